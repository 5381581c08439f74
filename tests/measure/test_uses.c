#include "base/keymap.h"
#include "fixture.h"
#include "measure/attribute.h"
#include "measure/use_places.h"

/* ---- random parks ---- */

enum { PLOTS = 12, HOUSES = 6, PAIRS = 10, OCCS = 20, UNITS = 8, ROWS = 24, FIRMS = 9, NONE = -1, STRANGE = 99 };

typedef struct {
  int firm, plot[2], house, unit, role, lessor, from,
      to; /* NONE: blank, STRANGE: no such code; plot[1]: a second code */
  bool by_name;
  double floor, used, land, share;
} occ;
typedef struct {
  int n_plots, n_pairs, n_occs, n_units, n_rows;
  struct {
    double floor, mu;
    int owner, code; /* whose code it bears: its own, or that of another */
  } plot[PLOTS];
  struct {
    int house, plot;
    double share;
  } pair[PAIRS];
  occ occs[OCCS];
  struct {
    int plot, house, firm;
    bool vacant;
    double floor;
  } units[UNITS];
  struct {
    int firm, plot[2], year;
    double output;
  } rows[ROWS];
} sample;

static uint64_t state;
static int roll(int n) { /* splitmix64 */
  uint64_t z = state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (int)((z ^ (z >> 31)) % (uint64_t)n);
}
static bool one_in(int n) { return roll(n) == 0; }
static double area(int most) { return one_in(4) ? NAN : one_in(12) ? -roll(3) : 1 + roll(most); }
static int pick(int n, int blank, int strange) {
  return n == 0 || one_in(blank) ? NONE : one_in(strange) ? STRANGE : roll(n);
}

static occ roll_occ(const sample *s) {
  occ o = {.firm = pick(FIRMS, 15, 1000),
           .plot = {pick(s->n_plots, 6, 20), one_in(8) ? pick(s->n_plots, 1000, 10) : NONE},
           .house = pick(HOUSES, 2, 10),
           .unit = pick(s->n_units, 2, 10),
           .role = roll(6),
           .lessor = pick(FIRMS, 2, 10),
           .from = one_in(3) ? mj_date_from_ymd(2024 + roll(3), 1 + roll(12), 1) : MJ_DATE_NULL,
           .to = one_in(3) ? mj_date_from_ymd(2024 + roll(3), 1 + roll(12), 28) : MJ_DATE_NULL,
           .by_name = one_in(5),
           .floor = area(4000),
           .used = one_in(3) ? area(4000) : NAN,
           .land = one_in(2) ? area(6000) : NAN,
           .share = one_in(5) ? (1 + roll(120)) / 100.0 : NAN};
  return o;
}

static sample roll_sample(uint64_t seed) {
  sample s = {0};
  state = seed * 7919 + 1;
  s.n_plots = 1 + roll(PLOTS), s.n_pairs = roll(PAIRS + 1), s.n_occs = roll(OCCS + 1), s.n_units = roll(UNITS + 1);
  s.n_rows = roll(ROWS + 1);
  for (int p = 0; p < s.n_plots; p++) {
    s.plot[p].floor = one_in(5) ? NAN : one_in(5) ? 0 : 1 + roll(10000);
    s.plot[p].mu = one_in(6) ? NAN : 1 + roll(30);
    s.plot[p].owner = pick(FIRMS, 2, 1000);
    s.plot[p].code = p && one_in(10) ? p - 1 : p;
  }
  for (int k = 0; k < s.n_pairs; k++) {
    s.pair[k].house = roll(HOUSES), s.pair[k].plot = roll(s.n_plots);
    s.pair[k].share = (1 + roll(100)) / 100.0;
  }
  for (int k = 0; k < s.n_units; k++) {
    s.units[k].plot = pick(s.n_plots, 3, 10), s.units[k].house = pick(HOUSES, 3, 10);
    s.units[k].firm = pick(FIRMS, 2, 1000), s.units[k].vacant = one_in(2), s.units[k].floor = area(3000);
  }
  for (int k = 0; k < s.n_occs; k++) s.occs[k] = roll_occ(&s);
  for (int k = 0; k < s.n_rows; k++) {
    s.rows[k].firm = pick(FIRMS, 10, 1000), s.rows[k].year = 2024 + roll(2);
    s.rows[k].plot[0] = pick(s.n_plots, 3, 10), s.rows[k].plot[1] = one_in(5) ? pick(s.n_plots, 1000, 8) : NONE;
    s.rows[k].output = one_in(8) ? NAN : roll(1000);
  }
  return s;
}

/* ---- from samples to a park ---- */

typedef struct {
  mj_park park;
  int tag; /* the sample that is laid: codes differ between samples */
} yard;

static const char *code(yard *y, char kind, int number) {
  return number == NONE ? NULL : mj_arena_format(&y->park.arena, "%c%d-%d", kind, y->tag, number);
}
static const char *cell(yard *y, const sample *s, const int plot[2]) {
  int a = plot[0] >= 0 && plot[0] < PLOTS ? s->plot[plot[0]].code : plot[0];
  if (plot[1] == NONE || plot[0] == NONE) return code(y, 'p', a);
  return mj_arena_format(&y->park.arena, "%s;%s", code(y, 'p', a), code(y, 'p', plot[1]));
}

static mj_column *column(mj_table *t, const char *name, mj_type type) {
  mj_column *c = mj_table_add(t, name, type);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  return c;
}
static mj_table *open_table(yard *y, mj_table_id id, int64_t n) {
  must(mj_table_init(&y->park.table[id], mj_table_id_name(id), n));
  return &y->park.table[id];
}

static void lay_plots(yard *y, const sample *s, int n, int64_t total, int64_t pairs) {
  mj_table *t = open_table(y, MJ_PARCELS, total), *b = open_table(y, MJ_BUILDINGS, (int64_t)n * HOUSES),
           *pb = open_table(y, MJ_PARCEL_BUILDINGS, pairs);
  mj_column *id = column(t, "parcel_id", MJ_TEXT), *owner = column(t, "owner_code", MJ_TEXT),
            *floor = column(t, "floor_area_m2", MJ_F64), *mu = column(t, "area_mu", MJ_F64),
            *house = column(b, "building_id", MJ_TEXT), *pr = column(pb, "parcel_row", MJ_I64),
            *br = column(pb, "building_row", MJ_I64), *share = column(pb, "share", MJ_F64);
  int64_t at = 0, k = 0;
  for (y->tag = 0; y->tag < n; y->tag++, s++) {
    for (int i = 0; i < HOUSES; i++) house->text[y->tag * HOUSES + i] = code(y, 'h', i);
    for (int i = 0; i < s->n_pairs; i++, k++) {
      pr->i64[k] = at + s->pair[i].plot + 1, br->i64[k] = y->tag * HOUSES + s->pair[i].house + 1;
      share->f64[k] = s->pair[i].share;
    }
    for (int i = 0; i < s->n_plots; i++, at++) {
      id->text[at] = code(y, 'p', s->plot[i].code), owner->text[at] = code(y, 'c', s->plot[i].owner);
      floor->f64[at] = s->plot[i].floor, mu->f64[at] = s->plot[i].mu;
    }
  }
}

/* Occupancies of the first sample stand in the order of @p order. */
static void lay_occs(yard *y, const sample *s, int n, int64_t total, const int *order) {
  static const char *const roles[] = {"自有", "承租", "转租", NULL, "托管", "租赁"};
  mj_table *t = open_table(y, MJ_OCCUPANCIES, total);
  mj_column *who = column(t, "credit_code", MJ_TEXT), *name = column(t, "enterprise_name", MJ_TEXT),
            *at = column(t, "parcel_id", MJ_TEXT), *house = column(t, "building_id", MJ_TEXT),
            *unit = column(t, "unit_id", MJ_TEXT), *role = column(t, "occupancy_role", MJ_TEXT),
            *lessor = column(t, "lessor_code", MJ_TEXT), *from = column(t, "from_date", MJ_DATE),
            *to = column(t, "to_date", MJ_DATE), *floor = column(t, "floor_area_m2", MJ_F64),
            *used = column(t, "used_area_m2", MJ_F64), *land = column(t, "land_area_m2", MJ_F64),
            *share = column(t, "share", MJ_F64);
  int64_t k = 0;
  for (y->tag = 0; y->tag < n; y->tag++, s++)
    for (int i = 0; i < s->n_occs; i++, k++) {
      const occ *o = &s->occs[order ? order[i] : i];
      who->text[k] = o->by_name ? NULL : code(y, 'c', o->firm), name->text[k] = code(y, 'n', o->firm);
      at->text[k] = cell(y, s, o->plot), house->text[k] = code(y, 'h', o->house);
      unit->text[k] = code(y, 'u', o->unit), role->text[k] = roles[o->role];
      lessor->text[k] = code(y, 'c', o->lessor), from->date[k] = o->from, to->date[k] = o->to;
      floor->f64[k] = o->floor, used->f64[k] = o->used, land->f64[k] = o->land, share->f64[k] = o->share;
    }
}

static void lay_units(yard *y, const sample *s, int n, int64_t total) {
  mj_table *t = open_table(y, MJ_FACTORY_UNITS, total);
  mj_column *id = column(t, "unit_id", MJ_TEXT), *at = column(t, "parcel_id", MJ_TEXT),
            *house = column(t, "building_id", MJ_TEXT), *who = column(t, "credit_code", MJ_TEXT),
            *how = column(t, "state", MJ_TEXT), *floor = column(t, "floor_area_m2", MJ_F64);
  int64_t k = 0;
  for (y->tag = 0; y->tag < n; y->tag++, s++)
    for (int i = 0; i < s->n_units; i++, k++) {
      id->text[k] = code(y, 'u', i), at->text[k] = cell(y, s, (int[]){s->units[i].plot, NONE});
      house->text[k] = code(y, 'h', s->units[i].house), who->text[k] = code(y, 'c', s->units[i].firm);
      how->text[k] = s->units[i].vacant ? "空置" : "在用", floor->f64[k] = s->units[i].floor;
    }
}

static void lay_rows(yard *y, const sample *s, int n, int64_t total) {
  mj_table *t = open_table(y, MJ_ENTERPRISES, total);
  mj_column *who = column(t, "credit_code", MJ_TEXT), *name = column(t, "enterprise_name", MJ_TEXT),
            *at = column(t, "parcel_id", MJ_TEXT), *year = column(t, "year", MJ_I64),
            *output = column(t, "output_wan", MJ_F64);
  int64_t k = 0;
  for (y->tag = 0; y->tag < n; y->tag++, s++)
    for (int i = 0; i < s->n_rows; i++, k++) {
      who->text[k] = code(y, 'c', s->rows[i].firm), name->text[k] = code(y, 'n', s->rows[i].firm);
      at->text[k] = cell(y, s, s->rows[i].plot), year->i64[k] = s->rows[i].year;
      output->f64[k] = s->rows[i].output;
    }
}

static void lay_yard(yard *y, const sample *s, int n, int threads, const int *order) {
  int64_t plots = 0, pairs = 0, occs = 0, units = 0, rows = 0;
  *y = (yard){0};
  y->park.project.year = 2025;
  y->park.project.threads = threads;
  y->park.project.checks.use_tolerance = 0.01;
  for (int k = 0; k < n; k++) {
    plots += s[k].n_plots, pairs += s[k].n_pairs, occs += s[k].n_occs;
    units += s[k].n_units, rows += s[k].n_rows;
  }
  lay_plots(y, s, n, plots, pairs);
  lay_occs(y, s, n, occs, order);
  lay_units(y, s, n, units);
  lay_rows(y, s, n, rows);
}

/* ---- what must hold ---- */

static bool same(double a, double b) { return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * (1 + fabs(b)); }
static double known(double v) { return isnan(v) ? 0 : v; }

/* What is wrong with the uses of parcel p, or NULL. */
static const char *fault_of_parcel(const mj_park *park, const mj__uses *u, int64_t p) {
  const mj__rest *r = &u->rest[p];
  double built = mj_table_f64(&park->table[MJ_PARCELS], "floor_area_m2")[p];
  double floor = r->vacant_m2 + known(r->unknown_m2) - r->excess_m2, shares = r->vacant_share + r->unknown_share;
  bool open = false;
  if (r->vacant_m2 < 0 || r->unknown_m2 < 0 || r->excess_m2 < 0) return "a negative rest";
  if (r->vacant_share < 0 || !(r->unknown_share >= 0)) return "a share of the rest";
  for (int32_t k = u->at[p]; k < u->at[p + 1]; k++) {
    const mj__use *v = &u->use[k];
    if (v->parcel != p) return "a use under another parcel";
    if (v->floor_m2 < 0 || v->unused_m2 < 0 || v->let_m2 < 0) return "a negative floor";
    if (v->share < 0 || v->share > 1 + 1e-12 || v->unused_share < 0 || v->unused_share > 1 + 1e-12) return "a share";
    open = open || isnan(v->share);
    floor += known(v->floor_m2) + known(v->unused_m2);
    shares += known(v->share) + known(v->unused_share);
  }
  if (!isnan(built) && fabs(floor - built) > 1e-9 * fmax(1, built + 2 * r->excess_m2))
    return "the floor does not add up";
  if (shares > 1 + 1e-9 || (!open && shares < 1 - 1e-9)) return "the shares do not add up to 1";
  return NULL;
}

static const char *fault_of_places(const mj__places *p) {
  for (int64_t i = 0; i < p->n; i++) {
    double sum = 0;
    for (int32_t k = p->at[i]; k < p->at[i + 1]; k++) {
      if (!(p->place[k].share >= 0)) return "a share of a figure";
      sum += p->place[k].share;
    }
    if (p->fate[i] ? p->at[i] != p->at[i + 1] : fabs(sum - 1) > 1e-9) return "figures are lost or doubled";
  }
  return NULL;
}

/* A use by what it is of: the row of its table as it stood before the occupancies changed places. */
static int by_origin(const void *a, const void *b) {
  const mj__use *u = a, *v = b;
  int64_t x[] = {u->parcel, u->source, u->row, u->building}, y[] = {v->parcel, v->source, v->row, v->building};
  for (int k = 0; k < 4; k++)
    if (x[k] != y[k]) return x[k] < y[k] ? -1 : 1;
  return u->floor_m2 < v->floor_m2 ? -1 : u->floor_m2 > v->floor_m2;
}

static const char *difference(mj__places *a, mj__places *b, const int *order, int64_t parcels) {
  if (a->uses.n != b->uses.n || a->n_doubts != b->n_doubts) return "another number of uses or doubts";
  for (int32_t k = 0; k < b->uses.n; k++)
    if (b->uses.use[k].source == MJ__FROM_OCCUPANCY) b->uses.use[k].row = order[b->uses.use[k].row];
  qsort(a->uses.use, (size_t)a->uses.n, sizeof(mj__use), by_origin);
  qsort(b->uses.use, (size_t)b->uses.n, sizeof(mj__use), by_origin);
  for (int32_t k = 0; k < a->uses.n; k++) {
    const mj__use *u = &a->uses.use[k], *v = &b->uses.use[k];
    if (u->parcel != v->parcel || u->source != v->source || u->row != v->row || u->role != v->role ||
        u->doubt != v->doubt || u->rest != v->rest)
      return "another use";
    if (!same(u->floor_m2, v->floor_m2) || !same(u->unused_m2, v->unused_m2) || !same(u->share, v->share) ||
        !same(u->let_m2, v->let_m2))
      return "other areas of a use";
  }
  for (int64_t p = 0; p < parcels; p++) {
    const mj__rest *r = &a->uses.rest[p], *q = &b->uses.rest[p];
    if (!same(r->unknown_m2, q->unknown_m2) || !same(r->excess_m2, q->excess_m2) ||
        !same(r->unknown_share, q->unknown_share))
      return "another rest";
  }
  return NULL;
}

/* Figures by parcel, each row's for itself. */
static const char *moved_figures(const mj__places *a, const mj__places *b, int64_t parcels) {
  double sum[2][PLOTS];
  for (int64_t i = 0; i < a->n; i++) {
    if (!a->fate[i] != !b->fate[i]) return "a row is placed in one order and not in the other";
    memset(sum, 0, sizeof sum);
    for (int32_t k = a->at[i]; k < a->at[i + 1]; k++) sum[0][a->place[k].parcel] += a->place[k].share;
    for (int32_t k = b->at[i]; k < b->at[i + 1]; k++) sum[1][b->place[k].parcel] += b->place[k].share;
    for (int64_t p = 0; p < parcels; p++)
      if (!same(sum[0][p], sum[1][p])) return "figures go elsewhere in another order";
  }
  return NULL;
}

static const char *fault_of_order(const sample *s, mj__places *places) {
  yard y;
  mj__places other;
  int order[OCCS];
  for (int k = 0; k < s->n_occs; k++) order[k] = s->n_occs - 1 - k;
  if (s->n_occs > 3) order[0] = s->n_occs - 3, order[2] = s->n_occs - 1;
  lay_yard(&y, s, 1, 4, order);
  const char *fault = mj__enterprise_places(&y.park, &other) ? "it failed in another order" : NULL;
  if (!fault) fault = moved_figures(places, &other, s->n_plots);
  if (!fault) fault = difference(places, &other, order, s->n_plots);
  mj__places_reset(&other);
  mj_park_reset(&y.park);
  return fault;
}

/* In all four ways: what units have, and what is no unit's, is all there is. */
static const char *fault_of_ways(mj_park *park, const mj__places *places) {
  static const int amounts[] = {MJ__LAND_M2, MJ__FIGURE};
  mj__attribution way[MJ__N_WAYS];
  if (mj__attribute(park, places, way)) return "attributing failed";
  for (int w = 0; w < MJ__N_WAYS; w++)
    for (int k = 0; k < 2; k++) {
      const mj__attribution *a = &way[w];
      double source = mj_sum_value(&a->source[amounts[k]]), rest = source - mj_sum_value(&a->units[amounts[k]]),
             sum = 0;
      for (int left = 0; left < MJ__N_LEFT; left++) rest -= mj_sum_value(&a->left[amounts[k]][left]);
      if (!(fabs(rest) <= 1e-9 * (1 + fabs(source))))
        return k ? "figures of a way do not add up" : "land of a way does not";
      for (int32_t u = 0; u < a->n; u++) sum += known(a->unit[u].amount[amounts[k]]);
      if (!same(sum, mj_sum_value(&a->units[amounts[k]]))) return "the units are not their sum";
      for (int32_t f = 0; f < places->tables.firms.n; f++)
        if (a->of_firm[f] >= a->n) return "an enterprise is in a unit that is none";
    }
  return NULL;
}

/* The first property that the sample breaks, or NULL. */
static const char *fault(const sample *s) {
  yard y;
  mj__places places;
  lay_yard(&y, s, 1, 1, NULL);
  const char *what = mj__enterprise_places(&y.park, &places) ? "it failed" : NULL;
  for (int64_t p = 0; p < s->n_plots && !what; p++) what = fault_of_parcel(&y.park, &places.uses, p);
  if (!what) what = fault_of_places(&places);
  if (!what) what = fault_of_ways(&y.park, &places);
  if (!what) what = fault_of_order(s, &places);
  mj__places_reset(&places);
  mj_park_reset(&y.park);
  lay_yard(&y, s, 1, 1, NULL);
  if (!what && mj__measure_enterprises(&y.park, NULL)) what = "measuring failed";
  mj_park_reset(&y.park);
  return what;
}

/* ---- making a failure small ---- */

#define DROP(s, list, n, i) \
  (memmove(&(s).list[i], &(s).list[(i) + 1], sizeof *(s).list * (size_t)((s).n - (i)-1)), (s).n--)

static sample without(sample s, int kind, int i) {
  if (kind == 0) DROP(s, occs, n_occs, i);
  else if (kind == 1) DROP(s, rows, n_rows, i);
  else if (kind == 2) DROP(s, pair, n_pairs, i);
  else s.n_units--; /* units are named by their number */
  return s;
}

static sample shrink(sample s) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (int kind = 0; kind < 4 && !smaller; kind++) {
      int n = kind == 0 ? s.n_occs : kind == 1 ? s.n_rows : kind == 2 ? s.n_pairs : s.n_units > 0;
      for (int i = 0; i < n && !smaller; i++) {
        sample less = without(s, kind, i);
        if (fault(&less)) s = less, smaller = true;
      }
    }
  }
  return s;
}

static void print_sample(const sample *s) {
  for (int p = 0; p < s->n_plots; p++)
    printf("\n  plot %d: floor %g, %g mu, owner %d, code %d", p, s->plot[p].floor, s->plot[p].mu, s->plot[p].owner,
           s->plot[p].code);
  for (int k = 0; k < s->n_pairs; k++)
    printf("\n  house %d on plot %d: %g", s->pair[k].house, s->pair[k].plot, s->pair[k].share);
  for (int k = 0; k < s->n_units; k++)
    printf("\n  unit %d: plot %d, house %d, firm %d, %s, %g", k, s->units[k].plot, s->units[k].house, s->units[k].firm,
           s->units[k].vacant ? "vacant" : "-", s->units[k].floor);
  for (int k = 0; k < s->n_occs; k++) {
    const occ *o = &s->occs[k];
    printf(
        "\n  occupancy: firm %d%s, plots %d %d, house %d, unit %d, role %d, lessor %d, days %d %d, floor %g, used %g,"
        " land %g, share %g",
        o->firm, o->by_name ? " by name" : "", o->plot[0], o->plot[1], o->house, o->unit, o->role, o->lessor, o->from,
        o->to, o->floor, o->used, o->land, o->share);
  }
  for (int k = 0; k < s->n_rows; k++)
    printf("\n  row: firm %d, plots %d %d, %d, %g", s->rows[k].firm, s->rows[k].plot[0], s->rows[k].plot[1],
           s->rows[k].year, s->rows[k].output);
}

static void a_thousand_parks_add_up_in_any_order(void) {
  for (uint64_t seed = 1; seed <= 1000; seed++) {
    sample s = roll_sample(seed);
    if (!fault(&s)) continue;
    s = shrink(s);
    printf("\n    park %d: %s", (int)seed, fault(&s));
    print_sample(&s);
    printf("\n  ");
    CU_FAIL("a random park");
    return;
  }
}

static void threads_change_nothing(void) {
  enum { MANY = 1000 };
  sample *s = malloc(MANY * sizeof *s);
  yard one, four;
  mj__places a, b;
  for (int k = 0; k < MANY; k++) s[k] = roll_sample((uint64_t)k + 5000);
  lay_yard(&one, s, MANY, 1, NULL);
  lay_yard(&four, s, MANY, 4, NULL);
  must(mj__enterprise_places(&one.park, &a));
  must(mj__enterprise_places(&four.park, &b));
  size_t parcels = (size_t)one.park.table[MJ_PARCELS].n;
  CU_ASSERT(parcels > 4096 && a.uses.n > 4096); /* several chunks */
  CU_ASSERT_FATAL(a.uses.n == b.uses.n);
  CU_ASSERT(!memcmp(a.uses.rest, b.uses.rest, parcels * sizeof *a.uses.rest));
  for (int32_t k = 0; k < a.uses.n; k++)
    CU_ASSERT_FATAL(!memcmp(&a.uses.use[k].stated_m2, &b.uses.use[k].stated_m2, 8 * sizeof(double)));
  ASSERT_INT(one.park.ledger.n, four.park.ledger.n);
  must(mj__use_table(&one.park, &a));
  must(mj__use_table(&four.park, &b));
  const mj_table *t = &one.park.table[MJ_OCCUPANCY_SHARES], *u = &four.park.table[MJ_OCCUPANCY_SHARES];
  CU_ASSERT_FATAL(t->n == u->n && t->n > a.uses.n);
  static const char *const columns[] = {"floor_m2", "land_share", "output_wan"};
  for (int k = 0; k < 3; k++)
    CU_ASSERT(!memcmp(mj_table_f64(t, columns[k]), mj_table_f64(u, columns[k]), (size_t)t->n * sizeof(double)));
  CU_ASSERT(!memcmp(mj_table_f64(&one.park.table[MJ_PARCELS], "floor_excess_m2"),
                    mj_table_f64(&four.park.table[MJ_PARCELS], "floor_excess_m2"), parcels * sizeof(double)));
  mj__places_reset(&a);
  mj__places_reset(&b);
  mj_park_reset(&one.park);
  mj_park_reset(&four.park);
  free(s);
}

/* One lessee of 50,000 m2, of which 20,000 sub-lessees have 2 m2 each: half of them name it, half need not. */
static void a_lessor_of_many_thousands(void) {
  enum { TENANTS = 20000 };
  yard y = {0};
  mj__places places;
  y.park.project.year = 2025;
  mj_table *p = open_table(&y, MJ_PARCELS, 1), *o = open_table(&y, MJ_OCCUPANCIES, TENANTS + 1);
  open_table(&y, MJ_ENTERPRISES, 0);
  texts(p, "parcel_id", (const char *[]){"p"});
  numbers(p, "floor_area_m2", (double[]){60000});
  mj_column *who = column(o, "credit_code", MJ_TEXT), *at = column(o, "parcel_id", MJ_TEXT),
            *role = column(o, "occupancy_role", MJ_TEXT), *lessor = column(o, "lessor_code", MJ_TEXT),
            *floor = column(o, "floor_area_m2", MJ_F64);
  for (int i = 0; i <= TENANTS; i++) {
    who->text[i] = code(&y, 'c', i), at->text[i] = "p", role->text[i] = i ? "转租" : "承租";
    floor->f64[i] = i ? 2 : 50000;
    lessor->text[i] = i % 2 ? code(&y, 'c', 0) : NULL;
  }
  must(mj__enterprise_places(&y.park, &places));
  ASSERT_NEAR(places.uses.use[0].let_m2, 2 * TENANTS, 0);
  ASSERT_NEAR(places.uses.use[0].floor_m2, 50000 - 2 * TENANTS, 0);
  ASSERT_NEAR(places.uses.rest[0].unknown_m2, 10000, 0);
  ASSERT_INT(entries(&y.park, MJ_L_USE_NO_LESSOR), 0);
  ASSERT_INT(mj__first_use(&places.uses, places.tables.firms.of_occupancy[77], 0), 77);
  mj__places_reset(&places);
  mj_park_reset(&y.park);
}

SUITE_OF(uses, T(a_thousand_parks_add_up_in_any_order), T(threads_change_nothing), T(a_lessor_of_many_thousands));
