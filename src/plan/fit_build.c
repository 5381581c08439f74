#include <math.h>
#include <string.h>

#include "plan/fit.h"

/* Ceilings are equal to this. */
static const double SAME_M2 = 0.01;
enum { SMALL_PAGE = 16384 };

/* One packing with storeys: in the low mode all stay multi-storey, in the high mode they keep the greater distance. */
typedef struct {
  mj__fit_module_at *at; /* [n] */
  int32_t n;
  double plates_m2;   /* of all that found a place */
  double floor_m2;    /* within the cap */
  double capacity_m2; /* without a cap */
  double highest_m2;  /* every place as high as allowed */
  double reached_m2;  /* the same of the places that a lane reaches; NaN: all of them */
  bool spent;
} layout;

typedef struct {
  const mj__fit *fit;
  mj__fit_scratch *scratch;
  mj_arena *arena;
  const mj__fit_parcel *parcel;
  double room_m2, ground_m2; /* INFINITY: no limit */
  mj_plot reached;           /* the plot with what no lane reaches; without edges: not asked yet */
  bool failed;
} build;

/* True when a size has room in the place of a tower, lying as @p turned says. */
static bool has_room(const mj_rect_size *size, bool turned, const mj_placed *place) {
  double w = (turned ? size->depth_dm : size->length_dm) / 10.0, h = (turned ? size->length_dm : size->depth_dm) / 10.0;
  return w <= place->w_m + 1e-6 && h <= place->h_m + 1e-6;
}

/* The size and storeys for one tower that bring most within @p room_m2 and @p ground_m2; true when that is more than
 * now. */
static bool better(const build *b, const mj_placed *slot, double height_m, double room_m2, double ground_m2,
                   mj__tower *t, mj_placed *place) {
  const mj__catalogue *c = &b->fit->catalogue;
  double double_m = c->norms->limits.double_height_m;
  double most = t->plate_m2 * mj__storeys_counted(t->module, t->storeys, double_m);
  bool found = false;
  for (int32_t k = 0; k < 2 * c->n; k++) {
    const mj_rect_size *size = &c->size[k / 2];
    const mj_fit_module *m = c->module[k / 2];
    double plate = size->depth_dm / 10.0 * size->length_dm / 10.0;
    if (!has_room(size, k % 2, slot) || plate > ground_m2 + SAME_M2) continue;
    for (int s = mj__storeys_within(m, height_m); s >= m->storeys_min; s--) {
      double floor_m2 = plate * mj__storeys_counted(m, s, double_m);
      if (floor_m2 > room_m2 + SAME_M2) continue;
      if (floor_m2 > most + SAME_M2) {
        most = floor_m2;
        found = true;
        *t = (mj__tower){.plate_m2 = plate, .module = m, .storeys = s};
        *place = *slot;
        place->w_m = (k % 2 ? size->depth_dm : size->length_dm) / 10.0;
        place->h_m = (k % 2 ? size->length_dm : size->depth_dm) / 10.0;
        place->size = k / 2;
      }
      break;
    }
  }
  return found;
}

static double storeys_of(build *b, int32_t n, double height_m, double room_m2) {
  const mj_pack *pack = &b->scratch->pack;
  for (int32_t i = 0; i < n; i++) {
    const mj_fit_module *module = b->fit->catalogue.module[pack->placed[i].size];
    b->scratch->tower[i] = (mj__tower){.plate_m2 = pack->placed[i].w_m * pack->placed[i].h_m,
                                       .module = module,
                                       .least = module->storeys_min,
                                       .most = mj__storeys_within(module, height_m)};
  }
  return mj__storeys_choose(b->scratch->tower, n, room_m2, b->ground_m2,
                            b->fit->catalogue.norms->limits.double_height_m);
}

/* Floor area of all places as high as allowed. */
static double highest(const build *b, double height_m) {
  const mj__catalogue *c = &b->fit->catalogue;
  double m2 = 0;
  for (int32_t i = 0; i < b->scratch->pack.n_placed; i++) {
    const mj_placed *p = &b->scratch->pack.placed[i];
    int most = mj__storeys_within(c->module[p->size], height_m);
    m2 += p->w_m * p->h_m * mj__storeys_counted(c->module[p->size], most, c->norms->limits.double_height_m);
  }
  return m2;
}

/* Places for modules; where some lie on ground that no lane reaches, all are placed again off it. */
static mj_status place_modules(build *b, int32_t n_obstacles, bool high, double height_m, layout *out) {
  mj_pack *pack = &b->scratch->pack;
  const mj_shelves *shelves = high ? &b->fit->catalogue.high : &b->fit->catalogue.low;
  bool cut = false;
  MJ_TRY(mj_pack_plot(pack, &b->parcel->site.plot, n_obstacles, high, shelves));
  for (int32_t i = 0; i < pack->n_placed; i++) out->plates_m2 += pack->placed[i].w_m * pack->placed[i].h_m;
  out->highest_m2 = highest(b, height_m);
  out->spent = pack->spent;
  if (pack->n_placed && !b->reached.edge)
    MJ_TRY(mj__fit_cut_off(b->fit, b->scratch, &b->scratch->arena, &b->parcel->site, n_obstacles, &b->reached,
                           &b->failed));
  for (int32_t i = 0; i < pack->n_placed && !cut; i++)
    cut = mj__fit_is_in(&b->reached, n_obstacles, b->reached.n_obstacles, pack->placed[i].x, pack->placed[i].y);
  if (!cut) return MJ_OK;
  MJ_TRY(mj_pack_plot(pack, &b->reached, b->reached.n_obstacles, high, shelves));
  out->reached_m2 = highest(b, height_m);
  out->spent = out->spent || pack->spent;
  return MJ_OK;
}

/* Storeys within @p room_m2; what they leave of it and of the ground, smaller modules in the same places may use.
 * Returns the floor area. */
static double refine(build *b, int32_t n, double height_m, double room_m2, mj_placed *place) {
  double double_m = b->fit->catalogue.norms->limits.double_height_m, plates = 0;
  double floor_m2 = storeys_of(b, n, height_m, room_m2);
  mj__tower *t = b->scratch->tower;
  bool more = true;
  for (int32_t i = 0; i < n; i++) plates += t[i].storeys ? t[i].plate_m2 : 0;
  for (int pass = 0; pass < 3 && more; pass++) {
    more = false;
    for (int32_t i = 0; i < n; i++) {
      double own = t[i].plate_m2 * mj__storeys_counted(t[i].module, t[i].storeys, double_m);
      double under = t[i].storeys ? t[i].plate_m2 : 0;
      if (!better(b, &b->scratch->pack.placed[i], height_m, room_m2 - floor_m2 + own, b->ground_m2 - plates + under,
                  &t[i], &place[i]))
        continue;
      floor_m2 += t[i].plate_m2 * mj__storeys_counted(t[i].module, t[i].storeys, double_m) - own;
      plates += t[i].plate_m2 - under;
      more = true;
    }
  }
  return floor_m2;
}

static mj_status lay_out(build *b, int32_t n_obstacles, bool high, double height_m, layout *out) {
  mj_pack *pack = &b->scratch->pack;
  *out = (layout){.reached_m2 = (double)NAN};
  MJ_TRY(place_modules(b, n_obstacles, high, height_m, out));
  int32_t n = pack->n_placed;
  out->at = mj_arena_alloc(b->arena, (size_t)n + 1, sizeof *out->at);
  if (!out->at) return MJ_ENOMEM;
  mj_placed *place = mj_arena_alloc(b->arena, (size_t)n + 1, sizeof *place);
  if (!place) return MJ_ENOMEM;
  memcpy(place, pack->placed, (size_t)n * sizeof *place);
  out->capacity_m2 = refine(b, n, height_m, (double)INFINITY, place);
  memcpy(place, pack->placed, (size_t)n * sizeof *place);
  out->floor_m2 = refine(b, n, height_m, b->room_m2, place);
  for (int32_t i = 0; i < n; i++) {
    const mj__tower *t = &b->scratch->tower[i];
    if (t->storeys) out->at[out->n++] = (mj__fit_module_at){place[i], t->module, t->storeys};
  }
  return MJ_OK;
}

/* ---- what holds it back ---- */

/* The ground that buildings may cover beside what stands, and why no more. */
static double ground_of(const mj__fit_facts *f, const mj_fit_limits *l, double standing_m2, mj__fit_result *out,
                        int storeys) {
  double covered = f->coverage * f->land_m2 - standing_m2;
  double open = (1 - l->green_share - l->parking_share) * f->land_m2 - standing_m2;
  out->ceiling_m2[MJ__BIND_COVERAGE] = fmax(covered, 0) * storeys;
  out->ceiling_m2[MJ__BIND_GREEN] = fmax(open, 0) * storeys;
  return fmax(fmin(covered, open), 0);
}

/* Land on which the smallest module finds no place whatever its shape. */
static bool too_small(const mj__fit *fit, const mj__fit_parcel *p) {
  const mj_rect_size *s = &fit->catalogue.size[fit->catalogue.smallest];
  double clear = (double)INFINITY;
  for (int32_t i = 0; i < p->site.plot.edge0[0]; i++) clear = fmin(clear, p->site.plot.edge[i].clear_m);
  return (s->depth_dm / 10.0 + 2 * clear) * (s->length_dm / 10.0 + 2 * clear) > p->facts.land_m2;
}

static double effective(double ceiling_m2, double least_m2) { return ceiling_m2 < least_m2 - SAME_M2 ? 0 : ceiling_m2; }

/* The lowest ceiling binds; of equal ones the first. The second is the lowest of those that are higher. */
static void name_binds(mj__fit_result *out, double least_m2) {
  double lowest = (double)INFINITY, next = (double)INFINITY;
  for (int k = 1; k < MJ__BINDS; k++) {
    double c = effective(out->ceiling_m2[k], least_m2);
    if (c < lowest - SAME_M2) {
      lowest = c;
      out->binding = (mj__bind)k;
    }
  }
  for (int k = 1; k < MJ__BINDS; k++) {
    double c = effective(out->ceiling_m2[k], least_m2);
    if (c > lowest + SAME_M2 && c < next - SAME_M2) {
      next = c;
      out->second = (mj__bind)k;
    }
  }
}

static void sum_up(const layout *l, const mj__fit_facts *f, double standing_m2, double floor_m2, mj__fit_result *out) {
  out->modules = l->n;
  out->gross_m2 = l->floor_m2;
  for (int32_t i = 0; i < l->n; i++) {
    const mj__fit_module_at *m = &l->at[i];
    out->plates_m2 += m->place.w_m * m->place.h_m;
    out->height_m = fmax(out->height_m, mj__storeys_height(m->module, m->storeys));
    if (!i || m->storeys < out->storeys_least) out->storeys_least = m->storeys;
    if (m->storeys > out->storeys_most) out->storeys_most = m->storeys;
  }
  out->plot_ratio = (floor_m2 + out->gross_m2) / f->land_m2;
  out->coverage = (standing_m2 + out->plates_m2) / f->land_m2;
  out->gap_m2 = f->cap * f->land_m2 - floor_m2 - out->gross_m2;
}

mj_status mj__fit_build(const mj__fit *fit, mj__fit_scratch *scratch, mj_arena *arena, const mj__fit_parcel *parcel,
                        int32_t n_obstacles, double standing_m2, double floor_m2, double free_m2, mj__fit_result *out,
                        mj__fit_module_at **modules) {
  const mj__catalogue *c = &fit->catalogue;
  const mj_fit_limits *l = &c->norms->limits;
  const mj__fit_facts *f = &parcel->facts;
  build b = {.fit = fit, .scratch = scratch, .arena = arena, .parcel = parcel};
  layout low, high = {0};
  for (int k = 0; k < MJ__BINDS; k++) out->ceiling_m2[k] = (double)NAN;
  mj_arena_reset(&scratch->arena);
  scratch->arena.page_size = SMALL_PAGE;
  b.room_m2 = isnan(f->cap) ? (double)INFINITY : f->cap * f->land_m2 - floor_m2;
  b.ground_m2 = ground_of(f, l, standing_m2, out, c->storeys_max);
  MJ_TRY(lay_out(&b, n_obstacles, false, fmin(f->height_m, l->multi_height_m), &low));
  if (f->height_m > l->multi_height_m) MJ_TRY(lay_out(&b, n_obstacles, true, f->height_m, &high));
  const layout *best = high.floor_m2 > low.floor_m2 + SAME_M2 ? &high : &low;
  out->known = true;
  out->failed = b.failed;
  out->high = best == &high;
  out->spent = low.spent || high.spent;
  out->capacity_m2 = fmax(low.capacity_m2, high.capacity_m2);
  out->cap_breakpoint = (floor_m2 + out->capacity_m2) / f->land_m2;
  if (!isnan(f->cap)) out->ceiling_m2[MJ__BIND_PLOT_RATIO] = fmax(b.room_m2, 0);
  out->ceiling_m2[MJ__BIND_SHAPE] = fmax(free_m2, best->plates_m2) * c->storeys_max;
  out->ceiling_m2[MJ__BIND_DISTANCE] = best->plates_m2 * c->storeys_max;
  out->ceiling_m2[MJ__BIND_HEIGHT] = best->highest_m2;
  out->ceiling_m2[MJ__BIND_ACCESS] = best->reached_m2;
  if (free_m2 <= 0 && too_small(fit, parcel)) out->ceiling_m2[MJ__BIND_AREA] = 0;
  if (parcel->site.access == MJ_NO && parcel->site.plot.n_obstacles == parcel->site.plot.n_fixed) {
    out->ceiling_m2[MJ__BIND_ACCESS] = 0; /* nothing stands there either */
    static const layout none;
    best = &none;
  }
  sum_up(best, f, standing_m2, floor_m2, out);
  const mj_rect_size *least = &c->size[c->smallest];
  name_binds(out, least->depth_dm / 10.0 * least->length_dm / 10.0 * c->module[c->smallest]->storeys_min);
  *modules = best->at;
  return MJ_OK;
}
