#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/sum.h"
#include "mujun/rooms.h"
#include "plan/fit.h"

enum { CHUNK = 16, SMALL_PAGE = 65536, WORKERS = 64 };

/* What one combination comes to on one parcel. */
typedef struct {
  double net_m2, gross_m2; /* of the best way; 0: none */
  double cleared_m2;       /* after clearing, where what stands is not known; else 0 */
  int32_t modules;
  int8_t best;  /* mj__fit_way, or -1 */
  bool unknown; /* of no way is the net floor area known */
} outcome;

/* One setback and one set of modules: norms of their own, and the park seen with them. */
typedef struct {
  mj_park view; /* borrows everything */
  mj_fit_norms norms;
  mj__fit fit;
} setting;

typedef struct {
  const mj_park *park;
  const mj_fit_values *v;
  int n_setbacks, n_modules, n_caps;
  setting *setting; /* [n_setbacks * n_modules] */
  mj__fit_columns columns;
  int64_t *row, n;  /* of parcels */
  outcome *outcome; /* [combinations * n] */
  int setback;      /* in hand */
  mj__fit_scratch *scratch[WORKERS];
  mj_arena arena;
} sweep;

static int at_least_1(int n) { return n > 1 ? n : 1; }

/* ---- one parcel ---- */

static outcome outcome_of(const mj__fit_parcel *p) {
  const mj__fit_result *rebuild = &p->way[MJ__FIT_REBUILD];
  outcome o = {.best = (int8_t)p->best, .unknown = true};
  for (int w = 0; w < MJ__FIT_WAYS; w++)
    if (!isnan(p->way[w].net_m2)) o.unknown = false;
  if (rebuild->known && isnan(rebuild->net_m2)) o.cleared_m2 = rebuild->gross_m2;
  if (p->best < 0) return o;
  o.net_m2 = p->way[p->best].net_m2;
  o.gross_m2 = p->way[p->best].gross_m2;
  o.modules = p->way[p->best].modules;
  return o;
}

/* All sets of modules and caps on one parcel, whose ground is looked at once. */
static mj_status try_parcel(sweep *s, int64_t i, int worker, mj_arena *ground, mj_arena *work) {
  setting *first = &s->setting[s->setback * s->n_modules];
  mj__site site = {0};
  MJ_TRY(mj__ground_plot(first->fit.ground, s->row[i], ground, &site));
  for (int m = 0; m < s->n_modules; m++)
    for (int c = 0; c < s->n_caps; c++) {
      mj__fit_parcel p = {.site = site, .facts = mj__fit_facts_of(&s->columns, &first[m].view.project, s->row[i])};
      int64_t at = ((int64_t)s->setback * s->n_modules + m) * s->n_caps + c;
      if (s->v->n_caps > 1) p.facts.cap = s->v->cap[c];
      MJ_TRY(mj__fit_ways(&first[m].fit, s->scratch[worker], work, &p));
      s->outcome[at * s->n + i] = outcome_of(&p);
      mj_arena_reset(work);
    }
  return MJ_OK;
}

static mj_status try_range(void *ctx, int64_t first, int64_t last, int worker) {
  sweep *s = ctx;
  mj_arena ground = {.page_size = SMALL_PAGE}, work = {.page_size = SMALL_PAGE};
  mj_status status = MJ_OK;
  if (!s->scratch[worker] && !(s->scratch[worker] = calloc(1, sizeof *s->scratch[worker]))) return MJ_ENOMEM;
  for (int64_t i = first; i < last && !status; i++) {
    status = try_parcel(s, i, worker, &ground, &work);
    mj_arena_reset(&ground);
    mj_arena_reset(&work);
  }
  return status;
}

/* ---- the park ---- */

static mj_status make_settings(sweep *s, mj_error *err) {
  const mj_fit_values *v = s->v;
  for (int k = 0; k < s->n_setbacks * s->n_modules; k++) {
    setting *g = &s->setting[k];
    g->view = *s->park;
    MJ_TRY(mj__fit_norms_with(&s->park->project.fit, s->n_setbacks > 1 ? v->setback_m[k / s->n_modules] : (double)NAN,
                              s->n_modules > 1 ? v->modules[k % s->n_modules] : NULL, &s->arena, &g->norms, err));
    g->view.project.fit = g->norms;
    g->fit.park = &g->view;
    MJ_TRY(mj__catalogue_make(&g->fit.catalogue, &g->view.project.fit, mj__fit_widest_m(&g->view), err));
  }
  return MJ_OK;
}

/* The layers are indexed once for each setback. */
static mj_status try_all(sweep *s, mj_error *err) {
  int threads = s->park->project.threads;
  MJ_TRY(make_settings(s, err));
  for (s->setback = 0; s->setback < s->n_setbacks; s->setback++) {
    setting *first = &s->setting[s->setback * s->n_modules];
    mj__ground *ground = NULL;
    MJ_TRY(mj__ground_open(&first->view, threads, &ground, err));
    for (int m = 0; m < s->n_modules; m++) first[m].fit.ground = ground;
    mj_status status = mj_parallel(threads, s->n, CHUNK, try_range, s);
    mj__ground_close(ground);
    if (status) return status;
  }
  return MJ_OK;
}

static void close_sweep(sweep *s) {
  for (int k = 0; s->setting && k < s->n_setbacks * s->n_modules; k++)
    mj__catalogue_reset(&s->setting[k].fit.catalogue);
  for (int k = 0; k < WORKERS; k++) {
    if (s->scratch[k]) mj__fit_scratch_reset(s->scratch[k]);
    free(s->scratch[k]);
  }
  free(s->setting);
  free(s->row);
  free(s->outcome);
  mj_arena_reset(&s->arena);
}

/* ---- table fit_sweep ---- */

typedef struct {
  const char **zone, **modules_used;
  int64_t *number, *fitted, *fitting, *unknown, *modules;
  double *cap, *setback, *net, *gross, *cleared, *way[MJ__FIT_WAYS];
} sweep_columns;

static sweep_columns columns_of(const mj_table *t) {
  return (sweep_columns){
      .zone = mj_table_text(t, "zone"),
      .modules_used = mj_table_text(t, "modules_used"),
      .number = mj_table_i64(t, "combination"),
      .fitted = mj_table_i64(t, "fitted_count"),
      .fitting = mj_table_i64(t, "gaining_count"),
      .unknown = mj_table_i64(t, "unknown_count"),
      .modules = mj_table_i64(t, "modules"),
      .cap = mj_table_f64(t, "cap"),
      .setback = mj_table_f64(t, "setback_m"),
      .net = mj_table_f64(t, "net_m2"),
      .gross = mj_table_f64(t, "gross_m2"),
      .cleared = mj_table_f64(t, "cleared_m2"),
      .way = {mj_table_f64(t, "open_m2"), mj_table_f64(t, "storeys_m2"), mj_table_f64(t, "rebuild_m2")}};
}

/* The zones that parcels lie in, in the order of the layer, NULL for those outside; [*n]. The park comes last and is
 * not among them. */
static mj_status list_zones(const sweep *s, mj_arena *arena, const char ***out, int64_t *n) {
  const mj_table *zones = &s->park->table[MJ_ZONES];
  const char **name = zones->name ? mj_table_text(zones, "zone") : NULL,
             **of = mj_table_text(&s->park->table[MJ_PARCELS], "zone");
  bool outside = false;
  *n = 0;
  *out = mj_arena_alloc(arena, (size_t)zones->n + 2, sizeof **out);
  if (!*out) return MJ_ENOMEM;
  if (!s->v->by_zone || !name) return MJ_OK;
  for (int64_t z = 0; z < zones->n; z++) {
    bool seen = !name[z];
    for (int64_t k = 0; k < *n && !seen; k++) seen = !strcmp((*out)[k], name[z]);
    if (!seen) (*out)[(*n)++] = name[z];
  }
  for (int64_t i = 0; i < s->n; i++) outside = outside || !of || !of[s->row[i]];
  if (outside) (*out)[(*n)++] = NULL;
  return MJ_OK;
}

static bool same(const char *a, const char *b) { return a && b ? !strcmp(a, b) : a == b; }

/* The sums of one combination; @p all: of the park, else of the parcels of @p zone. */
static void sum_up(const sweep *s, int64_t combination, bool all, const char *zone, const sweep_columns *c, int64_t k) {
  const char **of = mj_table_text(&s->park->table[MJ_PARCELS], "zone");
  mj_sum net = {0}, gross = {0}, cleared = {0}, way[MJ__FIT_WAYS] = {{0}};
  c->fitted[k] = c->fitting[k] = c->unknown[k] = c->modules[k] = 0;
  for (int64_t i = 0; i < s->n; i++) {
    const outcome *o = &s->outcome[combination * s->n + i];
    if (!all && !same(of ? of[s->row[i]] : NULL, zone)) continue;
    c->fitted[k]++;
    c->fitting[k] += o->best >= 0;
    c->unknown[k] += o->unknown;
    c->modules[k] += o->modules;
    mj_sum_add(&net, o->net_m2);
    mj_sum_add(&gross, o->gross_m2);
    mj_sum_add(&cleared, o->cleared_m2);
    if (o->best >= 0) mj_sum_add(&way[o->best], o->net_m2);
  }
  c->net[k] = mj_sum_value(&net);
  c->gross[k] = mj_sum_value(&gross);
  c->cleared[k] = mj_sum_value(&cleared);
  for (int w = 0; w < MJ__FIT_WAYS; w++) c->way[w][k] = mj_sum_value(&way[w]);
}

/* "S,M,L" */
static const char *codes_of(const mj_fit_norms *norms, mj_arena *arena) {
  const char *text = "";
  for (int m = 0; m < norms->n_modules && text; m++)
    text = mj_arena_format(arena, "%s%s%s", text, m ? "," : "", norms->module[m].code);
  return text;
}

static mj_status write_sweep(const sweep *s, mj_park *park) {
  const char **zone;
  int64_t n_zones, n = (int64_t)s->n_setbacks * s->n_modules * s->n_caps, k = 0;
  MJ_TRY(list_zones(s, &park->arena, &zone, &n_zones));
  MJ_TRY(mj_park_new_table(park, MJ_FIT_SWEEP, n * (n_zones + 1), NULL));
  sweep_columns c = columns_of(&park->table[MJ_FIT_SWEEP]);
  for (int64_t at = 0; at < n; at++)
    for (int64_t z = 0; z <= n_zones; z++, k++) {
      const setting *g = &s->setting[at / s->n_caps];
      double setback = g->norms.limits.setback_road_m, fit_cap = park->project.fit_cap;
      const char *borders = g->norms.source[0];
      c.number[k] = at + 1;
      c.zone[k] = z == n_zones ? "park" : zone[z] ? zone[z] : "outside";
      c.cap[k] = s->n_caps > 1 ? s->v->cap[at % s->n_caps] : fit_cap > 0 ? fit_cap : (double)NAN;
      c.setback[k] = borders && !strcmp(borders, "--setback") ? setback : (double)NAN;
      c.modules_used[k] = codes_of(&g->norms, &park->arena);
      if (!c.modules_used[k]) return MJ_ENOMEM;
      sum_up(s, at, z == n_zones, z < n_zones ? zone[z] : NULL, &c, k);
    }
  return MJ_OK;
}

static mj_status run_sweep(sweep *s, mj_park *park, mj_error *err) {
  size_t settings = (size_t)s->n_setbacks * (size_t)s->n_modules;
  s->row = malloc(((size_t)park->table[MJ_PARCELS].n + 1) * sizeof *s->row);
  s->setting = calloc(settings, sizeof *s->setting);
  if (!s->row || !s->setting) return MJ_ENOMEM;
  s->n = mj__fit_rows(park, s->row);
  s->outcome = calloc(settings * (size_t)s->n_caps * (size_t)s->n + 1, sizeof *s->outcome);
  if (!s->outcome) return MJ_ENOMEM;
  s->columns = mj__fit_columns_of(&park->table[MJ_PARCELS]);
  MJ_TRY(try_all(s, err));
  return write_sweep(s, park);
}

mj_status mj_fit_sweep(mj_park *park, const mj_fit_values *v, mj_error *err) {
  sweep *s = calloc(1, sizeof *s);
  if (!s) return mj_fail(err, MJ_ENOMEM, "out of memory fitting factories");
  *s = (sweep){.park = park,
               .v = v,
               .n_setbacks = at_least_1(v->n_setbacks),
               .n_modules = at_least_1(v->n_modules),
               .n_caps = at_least_1(v->n_caps)};
  mj_progress_stage(&park->progress, "standard factories, tried out");
  mj_status status = run_sweep(s, park, err);
  close_sweep(s);
  free(s);
  return status == MJ_ENOMEM ? mj_fail(err, status, "out of memory fitting factories") : status;
}
