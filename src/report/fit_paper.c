#include <math.h>
#include <string.h>

#include "base/sum.h"
#include "report/grid.h"
#include "report/run.h"

enum { WIDTH = 80, FEW = 5, MOST_FIELDS = 10, MOST_ROWS = 40, WAYS = 3 };

typedef struct {
  mj_text *out;
  mj_arena arena;
  const mj_park *park;
  mj_lang lang;
  bool failed;
} page;

/* A column of a grid: where it comes from and what it is called. decimals < 0: a text. */
typedef struct {
  const char *column, *heading; /* heading: English, looked up */
  int decimals;
} field;

static const char *keep(page *p, const char *text) {
  if (!text) p->failed = true;
  return text ? text : "";
}

/* "12,345"; "-" where nothing is known. */
static const char *number(page *p, double v, int decimals) {
  char text[540];
  int n = mj_double_grouped(v, decimals, true, text);
  return n ? keep(p, mj_arena_text(&p->arena, text, (size_t)n)) : "-";
}

static double value_at(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = mj_table_find(t, name);
  if (!c || mj_column_is_null(c, row)) return (double)NAN;
  return c->type == MJ_F64 ? c->f64[row] : c->type == MJ_I64 ? (double)c->i64[row] : (double)NAN;
}

static const char *text_at(const mj_table *t, const char *name, int64_t row) {
  const char **text = mj_table_text(t, name);
  return text ? text[row] : NULL;
}

static const char *cell_at(page *p, const mj_table *t, const field *f, int64_t row) {
  if (f->decimals >= 0) return number(p, value_at(t, f->column, row), f->decimals);
  const char *text = text_at(t, f->column, row);
  return text ? mj_code_of(t->name, f->column, text, p->lang) : mj_tr(p->lang, "not known");
}

/* Rows first .. last - 1 of a table; @p row NULL: in order. */
static void put_rows(page *p, const mj_table *t, const field *f, int n, const int64_t *row, int64_t rows) {
  const char *heading[MOST_FIELDS];
  bool right[MOST_FIELDS];
  const char **cell = mj_arena_alloc(&p->arena, (size_t)(rows * n) + 1, sizeof *cell);
  if (!cell) {
    p->failed = true;
    return;
  }
  for (int c = 0; c < n; c++) {
    heading[c] = mj_tr(p->lang, f[c].heading);
    right[c] = f[c].decimals >= 0;
    for (int64_t i = 0; i < rows; i++) cell[i * n + c] = cell_at(p, t, &f[c], row ? row[i] : i);
  }
  mj_grid grid = {n, heading, (const char *const *)cell, right, rows, 0, WIDTH};
  mj_grid_put(p->out, &grid);
}

static void line(page *p, const char *text) { mj_wrap_put(p->out, keep(p, text), 0, 2, WIDTH); }

/* ---- the park ---- */

static void put_zones(page *p, const mj_table *t) {
  static const field fields[] = {
      {"zone", "zone", -1},        {"fitted_count", "parcels", 0},  {"headroom_m2", "on paper", 0},
      {"open_m2", "open land", 0}, {"storeys_m2", "storeys", 0},    {"rebuild_m2", "rebuilt", 0},
      {"net_m2", "best way", 0},   {"buildable_share", "share", 2}, {"modules", "modules", 0}};
  enum { N = sizeof fields / sizeof *fields };
  int64_t shown = t->n < MOST_ROWS ? t->n : MOST_ROWS, *row = mj_arena_alloc(&p->arena, MOST_ROWS + 1, sizeof *row);
  if (!row) {
    p->failed = true;
    return;
  }
  for (int64_t i = 0; i < shown; i++) row[i] = i;
  if (shown) row[shown - 1] = t->n - 1; /* the park, whatever is left out */
  line(p, mj_tr(p->lang, "Standard factories that fit, net countable floor area in m2:"));
  put_rows(p, t, fields, N, row, shown);
  if (shown < t->n)
    line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "and %lld more zones: tables/fit_zones.csv"),
                            (long long)(t->n - shown)));
  int64_t last = t->n - 1;
  if (last < 0 || isnan(value_at(t, "plot_ratio_before", last))) return;
  line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "Plot ratio of the land fitted: %s, afterwards %s"),
                          number(p, value_at(t, "plot_ratio_before", last), 2),
                          number(p, value_at(t, "plot_ratio_after", last), 2)));
}

static void put_constraints(page *p, const mj_table *t) {
  static const field fields[] = {{"fit_way", "way", -1},         {"binding_constraint", "binds", -1},
                                 {"parcel_count", "parcels", 0}, {"chosen_count", "best there", 0},
                                 {"net_m2", "net m2", 0},        {"unusable_m2", "unusable headroom", 0}};
  mj_text_add(p->out, "\n");
  line(p, mj_tr(p->lang, "What binds:"));
  put_rows(p, t, fields, sizeof fields / sizeof *fields, NULL, t->n < MOST_ROWS ? t->n : MOST_ROWS);
}

static void put_caps(page *p, const mj_table *t) {
  if (t->n != 3) return;
  mj_text_add(p->out, "\n");
  line(p, mj_arena_format(&p->arena,
                          mj_tr(p->lang,
                                "A common cap of %s, %s, %s gives parcels with 50, 90, 100 %% of the capacity all they "
                                "can use (%s m2); above %s nothing more is gained"),
                          number(p, value_at(t, "cap", 0), 2), number(p, value_at(t, "cap", 1), 2),
                          number(p, value_at(t, "cap", 2), 2), number(p, value_at(t, "capacity_m2", 2), 0),
                          number(p, value_at(t, "cap", 2), 4)));
}

static void put_targets(page *p, const mj_table *t) {
  static const field fields[] = {{"item", "against the target", -1},
                                 {"target_value", "target", 2},
                                 {"fit_value", "fits", 2},
                                 {"share", "share", 2}};
  if (!t->n) return;
  mj_text_add(p->out, "\n");
  put_rows(p, t, fields, sizeof fields / sizeof *fields, NULL, t->n);
}

/* ---- parcels ---- */

/* "3 x 4-5": modules and storeys. */
static const char *modules_of(page *p, const mj_table *t, int64_t i) {
  long long n = (long long)value_at(t, "modules", i), least = (long long)value_at(t, "storeys_min", i),
            most = (long long)value_at(t, "storeys_max", i);
  if (isnan(value_at(t, "modules", i)) || !n) return "-";
  if (least == most) return keep(p, mj_arena_format(&p->arena, "%lld x %lld", n, least));
  return keep(p, mj_arena_format(&p->arena, "%lld x %lld-%lld", n, least, most));
}

static const char *constraint(const page *p, const mj_table *t, const char *column, int64_t i) {
  const char *code = text_at(t, column, i);
  return code ? mj_code_of(t->name, column, code, p->lang) : "-";
}

/* The ways of one parcel: @p first is the first of its rows. */
static void put_ways(page *p, const mj_table *t, int64_t first) {
  enum { N = 7 };
  const char *heading[N] = {"way", "net m2", "built m2", "modules x storeys", "binds", "then", "cap that still helps"};
  static const bool right[N] = {false, true, true, true, false, false, true};
  const char *cell[WAYS * N];
  for (int c = 0; c < N; c++) heading[c] = mj_tr(p->lang, heading[c]);
  for (int w = 0; w < WAYS; w++) {
    int64_t i = first + w;
    const char **c = &cell[w * N];
    c[0] = mj_code_of(t->name, "fit_way", text_at(t, "fit_way", i), p->lang);
    c[1] = number(p, value_at(t, "net_m2", i), 0);
    c[2] = number(p, value_at(t, "gross_m2", i), 0);
    c[3] = modules_of(p, t, i);
    c[4] = constraint(p, t, "binding_constraint", i);
    c[5] = constraint(p, t, "second_constraint", i);
    c[6] = number(p, value_at(t, "cap_breakpoint", i), 2);
  }
  mj_grid grid = {N, heading, cell, right, WAYS, 0, WIDTH};
  mj_grid_put(p->out, &grid);
}

static void put_parcel(page *p, const mj_table *t, int64_t first) {
  const uint8_t *chosen = mj_table_tri(t, "chosen");
  int64_t row = (int64_t)value_at(t, "parcel_row", first) - 1, last = first + WAYS - 1; /* rebuild */
  const char *id = text_at(t, "parcel_id", first), *zone = text_at(t, "zone", first), *best = NULL;
  double cap = p->park->project.fit_cap;
  if (!(cap > 0)) cap = value_at(&p->park->table[MJ_PARCELS], "plot_ratio_cap", row);
  if (first) mj_text_add(p->out, "\n");
  line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "Parcel %s%s%s: land %s m2, stands %s m2, cap %s, headroom %s m2"),
                          id ? id : keep(p, mj_arena_format(&p->arena, "#%lld", (long long)row + 1)), zone ? " " : "",
                          zone ? zone : "", number(p, value_at(t, "land_m2", first), 0),
                          number(p, value_at(t, "countable_floor_area_m2", first), 0), number(p, cap, 2),
                          number(p, value_at(t, "headroom_m2", first), 0)));
  put_ways(p, t, first);
  for (int64_t i = first; i < first + WAYS; i++) {
    const char *way = mj_code_of(t->name, "fit_way", text_at(t, "fit_way", i), p->lang),
               *why = text_at(t, "fit_reason", i);
    if (chosen && chosen[i] == MJ_YES) best = way;
    if (why) line(p, mj_arena_format(&p->arena, p->lang == MJ_ZH ? "%s：%s" : "%s: %s", way, why));
  }
  double cleared = isnan(value_at(t, "net_m2", last)) ? value_at(t, "gross_m2", last) : (double)NAN;
  if (best) line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "Most is added by: %s"), best));
  else if (!isnan(cleared))
    line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "Net is not known: %s m2 if the land is clear"),
                            number(p, cleared, 0)));
  else line(p, mj_tr(p->lang, "No way is known to add floor area"));
}

/* ---- what was tried out ---- */

static void put_sweep(page *p, const mj_table *t) {
  static const field fields[] = {
      {"cap", "cap", 2},           {"setback_m", "setback", 1},  {"modules_used", "modules", -1},
      {"zone", "zone", -1},        {"gaining_count", "gain", 0}, {"net_m2", "net m2", 0},
      {"gross_m2", "built m2", 0}, {"modules", "count", 0},      {"cleared_m2", "if cleared", 0}};
  if (!t->name || !t->n) return;
  int64_t shown = t->n < 2 * MOST_ROWS ? t->n : 2 * MOST_ROWS;
  mj_text_add(p->out, "\n");
  line(p, mj_tr(p->lang, "Tried out (each parcel by the way that adds most):"));
  put_rows(p, t, fields, sizeof fields / sizeof *fields, NULL, shown);
  if (shown < t->n)
    line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "and %lld more rows: tables/fit_sweep.csv"),
                            (long long)(t->n - shown)));
}

/* ---- what it rests on ---- */

static int64_t unknown_of(const mj_table *t, const char *way) {
  const char **of = mj_table_text(t, "fit_way");
  const double *net = mj_table_f64(t, "net_m2");
  int64_t n = 0;
  for (int64_t i = 0; of && net && i < t->n; i++) n += isnan(net[i]) && of[i] && !strcmp(of[i], way);
  return n;
}

/* Parcels that were fitted without a cap, and their net floor area, which no paper headroom stands beside. */
static long long uncapped(const mj_park *park, const mj_table *t, double *net_m2) {
  const double *cap = mj_table_f64(&park->table[MJ_PARCELS], "plot_ratio_cap"), *net = mj_table_f64(t, "net_m2");
  const int64_t *row = mj_table_i64(t, "parcel_row");
  const uint8_t *chosen = mj_table_tri(t, "chosen");
  mj_sum sum = {0};
  long long n = 0;
  for (int64_t i = 0; row && net && chosen && i < t->n && !(park->project.fit_cap > 0); i++) {
    if (cap && !isnan(cap[row[i] - 1])) continue;
    n += i % WAYS == 0;
    if (chosen[i] == MJ_YES) mj_sum_add(&sum, net[i]);
  }
  *net_m2 = mj_sum_value(&sum);
  return n;
}

/* Parcels of which it is not known what stands there, and what rebuilding would come to on them. */
static long long cleared_of(const mj_table *t, double *gross_m2) {
  const double *net = mj_table_f64(t, "net_m2"), *gross = mj_table_f64(t, "gross_m2");
  mj_sum sum = {0};
  long long n = 0;
  for (int64_t i = WAYS - 1; net && gross && i < t->n; i += WAYS) {
    if (!isnan(net[i]) || isnan(gross[i])) continue;
    n++;
    mj_sum_add(&sum, gross[i]);
  }
  *gross_m2 = mj_sum_value(&sum);
  return n;
}

static void put_unknown(page *p, const mj_table *t) {
  static const char *const ways[WAYS] = {"open", "storeys", "rebuild"};
  for (int w = 0; w < WAYS; w++) {
    long long n = (long long)unknown_of(t, ways[w]);
    if (n)
      line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "not known: %s, on %lld parcels"),
                              mj_code_of("fit_options", "fit_way", ways[w], p->lang), n));
  }
  double net_m2, gross_m2;
  long long n = cleared_of(t, &gross_m2);
  if (n)
    line(p, mj_arena_format(&p->arena,
                            mj_tr(p->lang, "not known: what stands on %lld parcels; if nothing does, %s m2 fit"), n,
                            number(p, gross_m2, 0)));
  n = uncapped(p->park, t, &net_m2);
  if (n)
    line(p, mj_arena_format(
                &p->arena,
                mj_tr(p->lang, "not known: the cap of %lld parcels, fitted without one: %s m2 net, not in the share"),
                n, number(p, net_m2, 0)));
  if (!mj_park_has(p->park, MJ_ROADS)) line(p, mj_tr(p->lang, "not known: access, as no roads were given"));
  if (isnan(p->park->project.fit.limits.state_share))
    line(p, mj_tr(p->lang,
                  "not known: the share of the state company; fill in settings: fit: {state_share: 0.1} where it is"));
}

static void put_norms(page *p) {
  const mj_fit_norms *norms = &p->park->project.fit;
  int assumed = 0;
  for (int i = 0; i < MJ_FIT_LIMITS; i++) assumed += (int)(norms->assumed >> i & 1);
  line(p, mj_arena_format(&p->arena, mj_tr(p->lang, "%d of %d norms are assumed; see mujun rules show fit"), assumed,
                          (int)MJ_FIT_LIMITS));
}

static void put_park(page *p, const mj_summaries *sums) {
  const mj_table *zones = mj_summaries_find(sums, "fit_zones"), *binds = mj_summaries_find(sums, "fit_constraints"),
                 *caps = mj_summaries_find(sums, "fit_caps"), *targets = mj_summaries_find(sums, "fit_targets");
  if (zones) put_zones(p, zones);
  if (binds) put_constraints(p, binds);
  if (caps) put_caps(p, caps);
  if (targets) put_targets(p, targets);
}

mj_status mj_fit_summary(const mj_park *park, mj_text *out, mj_error *err) {
  static const char *const only[] = {"fit_zones", "fit_constraints", "fit_caps", "fit_targets", NULL};
  const mj_table *t = &park->table[MJ_FIT_OPTIONS];
  page p = {.out = out, .arena = {.page_size = 16384}, .park = park, .lang = park->project.lang};
  mj_summaries sums = {0};
  mj_status s = MJ_OK;
  if (!t->name || !t->n) {
    line(&p, mj_tr(p.lang, "There is no parcel to fit factories on."));
  } else if (t->n <= FEW * WAYS) {
    for (int64_t i = 0; i < t->n; i += WAYS) put_parcel(&p, t, i);
  } else {
    s = mj_summaries_run(park, only, &sums, err);
    if (!s) put_park(&p, &sums);
  }
  if (!s) put_sweep(&p, &park->table[MJ_FIT_SWEEP]);
  if (!s && t->n) {
    mj_text_add(out, "\n");
    put_unknown(&p, t);
    put_norms(&p);
  }
  mj_summaries_reset(&sums);
  mj_arena_reset(&p.arena);
  return !s && (p.failed || out->failed) ? mj_fail(err, MJ_ENOMEM, "out of memory") : s;
}
