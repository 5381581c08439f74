/* Figures whose unit slipped: 元 in a column of 万元, 公顷 in one of 亩. The evidence is the enterprise's other years,
 * the figure's ratio to output against the park's middle one, and the parcel it stands on. */
#include <math.h>
#include <string.h>

#include "base/keymap.h"
#include "measure/doubts.h"
#include "measure/firms.h"

typedef struct {
  const char *field, *name, *unit;
  bool by_year;   /* steady enough that its own years speak against each other */
  bool by_output; /* a part of output, as money */
} figure;
/* The first two are named below. */
enum { OUTPUT, TAX, N_FIGURES = 8, LAND = N_FIGURES };
static const figure figures[N_FIGURES] = {{"output_wan", "output", "(10k yuan)", true, false},
                                          {"tax_wan", "tax", "(10k yuan)", true, true},
                                          {"rd_wan", "R&D", "(10k yuan)", false, true},
                                          {"profit_wan", "profit", "(10k yuan)", false, true},
                                          {"added_value_wan", "added value", "(10k yuan)", true, true},
                                          {"staff", "staff", "persons", true, false},
                                          {"energy_tce", "energy", "tce", true, false},
                                          {"electricity_kwh", "electricity", "kWh", true, false}};

typedef struct {
  mj_park *park;
  const mj_check_limits *limit;
  mj_lang lang;
  int64_t n;
  const int64_t *year;
  int32_t *next; /* [n] next row of the same enterprise, in a ring; a row alone names itself */
  const double *value[N_FIGURES + 1];
  double middle[N_FIGURES + 1], share[N_FIGURES]; /* of the park: the figure, and the figure over output */
  int now;                                        /* the figure that is asked about */
  int32_t *parcel;                                /* [n] parcel that the row names and stands on alone, or -1 */
  const double *parcel_m2;
} view;

/* A name that stands on more rows than this is no enterprise's own. */
enum { MOST_ROWS = 64 };

/* ---- the enterprise's other years ---- */

static bool farther(double a, double b, double middle) {
  return !(mj__times_off(a, middle) < mj__times_off(b, middle));
}

/* Years between two rows; the year before counts as nearer than the year after. */
static double years_off(const view *v, int64_t i, int64_t j) {
  double after = (double)v->year[j] - (double)v->year[i];
  return after > 0 ? after + 0.5 : -after;
}

/* Row of the nearest other year that is at least @p least times off, where most of the enterprise's rows are: the row
 * itself counts for itself, and of as many on both sides the one farther from the park's middle is doubted. -1: none.
 */
static int64_t against(const view *v, int f, int64_t i, double least) {
  const double *value = v->value[f];
  int64_t nearest = -1, off = 0, alike = 1;
  if (!value || !v->year || !(value[i] > 0) || v->year[i] == MJ_I64_NULL) return -1;
  for (int64_t j = v->next[i]; j != i; j = v->next[j]) {
    if (v->year[j] == v->year[i] || v->year[j] == MJ_I64_NULL || !(value[j] > 0)) continue;
    bool far = mj__times_off(value[i], value[j]) >= least;
    off += far;
    alike += !far;
    if (far && (nearest < 0 || years_off(v, i, j) < years_off(v, i, nearest))) nearest = j;
  }
  if (off < alike || (off == alike && !farther(value[i], value[nearest], v->middle[f]))) return -1;
  return nearest;
}

static double by_year(const view *v, int f, int64_t i) {
  int64_t j = figures[f].by_year ? against(v, f, i, mj__least_slip(v->limit)) : -1;
  return j < 0 ? 0 : mj__times_off(v->value[f][i], v->value[f][j]);
}

/* ---- the figure over output ---- */

static double over_output(const view *v, int f, int64_t i) {
  const double *value = v->value[f], *output = v->value[OUTPUT];
  if (!figures[f].by_output || !value || !output || !(value[i] > 0) || !(output[i] > 0)) return 0;
  double off = value[i] / output[i] / v->share[f];
  return off >= mj__least_slip(v->limit) ? off : 0;
}

/* The one of the two that is farther from the park's middle is doubted. */
static double by_output(const view *v, int f, int64_t i) {
  double off = over_output(v, f, i);
  if (!(off > 0)) return 0;
  return mj__times_off(v->value[f][i], v->middle[f]) >= mj__times_off(v->value[OUTPUT][i], v->middle[OUTPUT]) ? off : 0;
}

/* The part of output that speaks against it, or -1. */
static int part_against_output(const view *v, int64_t i) {
  for (int f = TAX; f < N_FIGURES; f++)
    if (over_output(v, f, i) > 0 && !(by_output(v, f, i) > 0) && !(by_year(v, f, i) > 0)) return f;
  return -1;
}

static double slipped(const view *v, int f, int64_t i) {
  double off = by_year(v, f, i);
  if (off > 0) return off;
  if (f == OUTPUT) {
    int part = part_against_output(v, i);
    return part < 0 ? 0 : over_output(v, part, i);
  }
  return by_year(v, OUTPUT, i) > 0 ? 0 : by_output(v, f, i);
}

static double unit(const void *facts, int64_t i) {
  const view *v = facts;
  return v->value[v->now] ? slipped(v, v->now, i) : 0;
}

static void put_figure(const view *v, int f, int64_t i, mj_text *out) {
  mj__digits d;
  mj_text_format(out, "%s %s %s", mj_tr(v->lang, figures[f].name), mj__digits_of(v->value[f][i], &d),
                 mj_tr(v->lang, figures[f].unit));
}

static void say_unit(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits off, share, usual;
  int f = v->now, part = f == OUTPUT ? part_against_output(v, i) : f;
  int64_t j = by_year(v, f, i) > 0 ? against(v, f, i, mj__least_slip(v->limit)) : -1;
  put_figure(v, f, i, found);
  if (j >= 0) {
    put_figure(v, f, j, expected);
    mj_text_format(expected, mj_tr(v->lang, " in %lld, off by a factor of %s"), (long long)v->year[j],
                   mj__factor_of(mj__times_off(v->value[f][i], v->value[f][j]), &off));
    return;
  }
  put_figure(v, f == OUTPUT ? part : OUTPUT, i, expected);
  mj_text_format(expected, mj_tr(v->lang, "; over output %s, middle of the park %s, off by a factor of %s"),
                 mj__digits_of(v->value[part][i] / v->value[OUTPUT][i], &share), mj__digits_of(v->share[part], &usual),
                 mj__factor_of(over_output(v, part, i), &off));
}

static double tax_over_output(const void *facts, int64_t i) {
  const view *v = facts;
  const double *tax = v->value[TAX], *output = v->value[OUTPUT];
  if (!tax || !output || !(output[i] > 0) || !(v->limit->tax_output_max > 0)) return 0;
  double share = tax[i] / output[i];
  if (!(share > v->limit->tax_output_max)) return 0;
  return slipped(v, TAX, i) > 0 || slipped(v, OUTPUT, i) > 0 ? 0 : share;
}

static void say_tax_over_output(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits share;
  put_figure(v, TAX, i, found);
  put_figure(v, OUTPUT, i, expected);
  mj_text_format(expected, mj_tr(v->lang, "; tax over output %s"),
                 mj__digits_of(v->value[TAX][i] / v->value[OUTPUT][i], &share));
}

/* ---- land that enterprises state ---- */

/* Land against another year's, or larger than the whole parcel; less than a parcel is a tenant's, unless it is as much
 * less as 亩 or 公顷 are. */
static double land_truth(const view *v, int64_t i) {
  const double *land = v->value[LAND];
  double least = v->limit->area_slip_factor * (1 - v->limit->slip_match), match = v->limit->slip_match;
  if (!(land[i] > 0) || !(least > 0)) return (double)NAN;
  int64_t j = against(v, LAND, i, least);
  if (j >= 0 && mj__slip_fits(land[i], land[j], match)) return land[j];
  double parcel = v->parcel[i] < 0 ? (double)NAN : v->parcel_m2[v->parcel[i]];
  bool off = land[i] > parcel * least || land[i] * (2000.0 / 3) * (1 - match) < parcel;
  return off && mj__slip_fits(land[i], parcel, match) ? parcel : (double)NAN;
}

static double land(const void *facts, int64_t i) {
  const view *v = facts;
  return v->value[LAND] ? mj__times_off(v->value[LAND][i], land_truth(v, i)) : 0;
}

static void say_land(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits area, truth;
  double is = v->value[LAND][i], should = land_truth(v, i);
  bool of_parcel = v->parcel[i] >= 0 && should == v->parcel_m2[v->parcel[i]];
  mj_text_format(found, mj_tr(v->lang, "land %s m2"), mj__digits_of(is, &area));
  mj_text_format(expected,
                 of_parcel ? mj_tr(v->lang, "the parcel has %s m2") : mj_tr(v->lang, "another year has %s m2"),
                 mj__digits_of(should, &truth));
  mj__slip_say(is, should, v->limit->slip_match, v->lang, expected);
}

/* ---- what the views need ---- */

/* Rows of one enterprise in a ring; of many the first MOST_ROWS. */
static mj_status tie_rows(view *v, mj_arena *arena, const int32_t *of_row, int32_t firms) {
  typedef struct {
    int32_t first, last, n; /* n 0: none yet */
  } ring;
  ring *rings = mj_arena_alloc(arena, (size_t)firms + 1, sizeof *rings);
  if (!rings) return MJ_ENOMEM;
  for (int32_t i = 0; i < v->n; i++) {
    ring *r = &rings[of_row[i]];
    v->next[i] = i;
    if (r->n++ >= MOST_ROWS) continue;
    if (r->n == 1) r->first = i;
    else v->next[r->last] = i;
    v->next[i] = r->first;
    r->last = i;
  }
  return MJ_OK;
}

/* The join of enterprises has told whose each row is; without it that is found out. */
static mj_status tie_enterprises(view *v) {
  const mj_park *park = v->park;
  mj__firms firms = {0};
  mj_arena arena = {0};
  v->next = mj_arena_alloc(&v->park->scratch, (size_t)v->n + 1, sizeof *v->next);
  mj_status status = v->next ? MJ_OK : MJ_ENOMEM;
  if (!status && !park->enterprise_of_row) status = mj__firms_find(park, &firms);
  if (!status && park->enterprise_of_row) status = tie_rows(v, &arena, park->enterprise_of_row, park->n_enterprises);
  else if (!status) status = tie_rows(v, &arena, firms.of_row, firms.n);
  mj_arena_reset(&arena);
  mj__firms_reset(&firms);
  return status;
}

/* The parcel whose code a row names, where it is one parcel's. */
static mj_status find_parcels(view *v, const mj_table *t) {
  const mj_table *p = &v->park->table[MJ_PARCELS];
  const char **id = mj_table_text(p, "parcel_id"), **named = mj_table_text(t, "parcel_id");
  mj_keymap map = {0};
  mj_status status = MJ_OK;
  int32_t number;
  v->parcel_m2 = mj_table_f64(p, "area_ellipsoid_m2");
  v->parcel = mj_arena_alloc(&v->park->scratch, (size_t)t->n + 1, sizeof *v->parcel);
  if (!v->parcel) return MJ_ENOMEM;
  for (int64_t i = 0; id && named && v->parcel_m2 && i < p->n && !status; i++)
    if (id[i]) status = mj_keymap_add(&map, id[i], (int32_t)i, &number);
  for (int64_t i = 0; i < t->n; i++) {
    int32_t at = map.n && named && named[i] ? mj_keymap_find(&map, named[i]) : -1;
    v->parcel[i] = at >= 0 && map.count[at] == 1 ? map.first[at] : -1;
  }
  mj_keymap_reset(&map);
  return status;
}

static mj_status middles(view *v) {
  for (int f = 0; f <= LAND; f++) {
    v->middle[f] = (double)NAN;
    if (v->value[f]) MJ_TRY(mj__median(v->value[f], NULL, v->n, 1, &v->middle[f]));
    if (f == LAND) break;
    v->share[f] = (double)NAN;
    if (!figures[f].by_output || !v->value[f] || !v->value[OUTPUT]) continue;
    MJ_TRY(mj__median(v->value[f], v->value[OUTPUT], v->n, v->limit->slip_rows_min, &v->share[f]));
  }
  return MJ_OK;
}

mj_status mj__suspect_slips(mj_park *park) {
  const mj_table *t = &park->table[MJ_ENTERPRISES];
  if (!mj_park_has(park, MJ_ENTERPRISES)) return MJ_OK;
  view v = {.park = park, .limit = &park->project.checks, .lang = park->project.lang, .n = t->n};
  v.year = mj_table_i64(t, "year");
  for (int f = 0; f < N_FIGURES; f++) v.value[f] = mj_table_f64(t, figures[f].field);
  v.value[LAND] = mj_table_f64(t, "land_area_m2");
  MJ_TRY(tie_enterprises(&v));
  if (v.value[LAND]) MJ_TRY(find_parcels(&v, t));
  MJ_TRY(middles(&v));
  for (v.now = 0; v.now < N_FIGURES; v.now++) {
    mj__suspicion s = {MJ_L_SUSPECT_UNIT, MJ_ENTERPRISES, figures[v.now].field, unit, say_unit};
    if (v.value[v.now]) MJ_TRY(mj__suspect(park, &s, 1, &v));
  }
  static const mj__suspicion rest[] = {
      {MJ_L_SUSPECT_UNIT, MJ_ENTERPRISES, "land_area_m2", land, say_land},
      {MJ_L_SUSPECT_TAX_PER_MU, MJ_ENTERPRISES, "tax_wan", tax_over_output, say_tax_over_output}};
  return mj__suspect(park, rest, sizeof rest / sizeof *rest, &v);
}
