#include <math.h>

#include "base/text.h"
#include "gis/overlay.h"
#include "measure/measure.h"

/* Mean of value over the overlaps of one parcel where it is known, weighted by area; NaN where it is known nowhere. */
static double weighted(const mj_pairs *pairs, int64_t first, int64_t last, const double *value) {
  double sum = 0, area = 0;
  for (int64_t k = first; value && k < last; k++) {
    double v = value[pairs->pair[k].b];
    if (isnan(v)) continue;
    sum += v * pairs->pair[k].area;
    area += pairs->pair[k].area;
  }
  return area > 0 ? sum / area : (double)NAN;
}

/* A cap that holds on less of the parcel than this does not speak for the parcel. */
static const double PLAN_MIN_SHARE = 0.5;
/* Overlaps that add up to this much more than the parcel: the units lie over each other, which no rounding does. */
static const double OVER_WHOLE = 1.001;

/* The rows of one layer that meet one parcel. */
typedef struct {
  mj_park *park;
  mj_overlay *overlay;
  mj_table_id id;
  const mj_pairs *pairs;
  int64_t first, last;
  double whole;  /* planar m2 of the parcel */
  int32_t *list; /* [rows of the layer] */
} meeting;

/* Share of parcel i covered by the rows whose value is known (all, where value is NULL): once, where they lie over each
 * other; NaN, and told as @p field, where they cannot be put together. */
static mj_status covered(const meeting *m, int64_t i, const double *value, const char *field, double *share) {
  int32_t n = 0;
  double sum = 0;
  for (int64_t k = m->first; k < m->last; k++) {
    if (value && isnan(value[m->pairs->pair[k].b])) continue;
    sum += m->pairs->pair[k].area;
    m->list[n++] = m->pairs->pair[k].b;
  }
  double area = sum;
  if (n > 1 && !isnan(sum)) { /* an overlap that is not known was told where it was measured */
    mj_polys a = mj_geom_view(&m->park->table[MJ_PARCELS].geom), b = mj_geom_view(&m->park->table[m->id].geom);
    area = mj_overlay_cover(m->overlay, &a, i, &b, m->list, n) * m->park->frame.unit_m * m->park->frame.unit_m;
    if (isnan(area)) MJ_TRY(mj__note(m->park, MJ_L_OVERLAY_FAILED, MJ_PARCELS, i, field, NULL, NULL));
  }
  *share = isnan(m->whole) ? (double)NAN : area > m->whole ? 1 : area / m->whole;
  return MJ_OK;
}

static mj_status note_share(const meeting *m, mj_ledger_code code, int64_t i, double share, const char *expected) {
  char found[400];
  mj_double_fixed(share, 4, found);
  return mj__note(m->park, code, MJ_PARCELS, i, "plan_share", found, expected);
}

static double sum_of(const meeting *m) {
  double sum = 0;
  for (int64_t k = m->first; k < m->last; k++) sum += m->pairs->pair[k].area;
  return sum;
}

/* The least of value over the overlaps of one parcel where it is known: a height that no part may exceed. */
static double least(const mj_pairs *pairs, int64_t first, int64_t last, const double *value) {
  double found = (double)NAN;
  for (int64_t k = first; value && k < last; k++) {
    double v = value[pairs->pair[k].b];
    if (v > 0 && !(v >= found)) found = v;
  }
  return found;
}

typedef struct {
  double *share, *cap, *min, *coverage, *height; /* the last two NULL: the plan says nothing of them */
} plan_columns;

/* One parcel: what its plan units say, where they say it for enough of the parcel. */
static mj_status plan_of(const meeting *m, int64_t i, const plan_columns *says, const plan_columns *out) {
  MJ_TRY(covered(m, i, says->cap, "plan_share", &out->share[i]));
  if (!(out->share[i] > 0)) return MJ_OK;
  if (sum_of(m) > OVER_WHOLE * m->whole) MJ_TRY(note_share(m, MJ_L_PLAN_OVERLAP, i, sum_of(m) / m->whole, "1"));
  if (out->share[i] < PLAN_MIN_SHARE) return note_share(m, MJ_L_PLAN_TOO_LITTLE, i, out->share[i], "0.5");
  out->cap[i] = weighted(m->pairs, m->first, m->last, says->cap);
  out->min[i] = weighted(m->pairs, m->first, m->last, says->min);
  if (out->coverage) out->coverage[i] = weighted(m->pairs, m->first, m->last, says->coverage);
  if (out->height) out->height[i] = least(m->pairs, m->first, m->last, says->height);
  return out->share[i] < 0.99 ? note_share(m, MJ_L_PLAN_PARTLY_COVERED, i, out->share[i], "1") : MJ_OK;
}

static mj_status plan_units(meeting *m) {
  mj_table *t = &m->park->table[MJ_PARCELS];
  const mj_table *plan = &m->park->table[MJ_PLAN_UNITS];
  plan_columns says = {.cap = mj_table_f64(plan, "plot_ratio_cap"),
                       .min = mj_table_f64(plan, "plot_ratio_min"),
                       .coverage = mj_table_f64(plan, "coverage_cap"),
                       .height = mj_table_f64(plan, "height_cap_m")};
  const double *planar = mj_table_f64(t, "area_planar_m2");
  mj_status status = MJ_OK;
  plan_columns out = {0};
  out.share = mj__f64(t, "plan_share", &status);
  out.cap = mj__f64(t, "plan_cap", &status);
  out.min = mj__f64(t, "plan_min", &status);
  if (says.coverage) out.coverage = mj__f64(t, "plan_coverage_cap", &status);
  if (says.height) out.height = mj__f64(t, "plan_height_cap_m", &status);
  for (int64_t i = 0, k = 0; i < t->n && !status; i++) {
    for (m->first = k; k < m->pairs->n && m->pairs->pair[k].a == i;) k++;
    m->last = k;
    m->whole = planar[i];
    status = plan_of(m, i, &says, &out);
  }
  return status;
}

static mj_status control_lines(meeting *m) {
  mj_table *t = &m->park->table[MJ_PARCELS];
  const char **level = mj_table_text(&m->park->table[MJ_CONTROL_LINES], "level");
  const double *planar = mj_table_f64(t, "area_planar_m2");
  mj_status status = MJ_OK;
  double *share = mj__f64(t, "control_share", &status);
  const char **of = mj__text(t, "control_level", &status);
  for (int64_t i = 0, k = 0; i < t->n && !status; i++) {
    double best = 0;
    bool unknown = false;
    for (m->first = k; k < m->pairs->n && m->pairs->pair[k].a == i; k++) {
      unknown = unknown || isnan(m->pairs->pair[k].area);
      if (!(m->pairs->pair[k].area > best)) continue;
      best = m->pairs->pair[k].area;
      of[i] = level ? level[m->pairs->pair[k].b] : NULL;
    }
    if (unknown) of[i] = NULL; /* that one may be the largest */
    m->last = k;
    m->whole = planar[i];
    status = covered(m, i, NULL, "control_share", &share[i]);
  }
  return status;
}

static mj_status lay_over(mj_park *park, mj_table_id id, mj_status (*run)(meeting *), mj_error *err) {
  mj_pairs pairs = {0};
  meeting m = {.park = park, .id = id, .pairs = &pairs};
  if (!mj_park_has(park, id)) return MJ_OK;
  m.list = mj_arena_alloc(&park->scratch, (size_t)park->table[id].n + 1, sizeof *m.list);
  if (!m.list) return mj_fail(err, MJ_ENOMEM, "out of memory overlaying layers");
  mj_status status = mj__measure_overlaps(park, id, &pairs, err);
  if (!status) status = mj_overlay_open(&m.overlay, err);
  if (!status && (status = run(&m))) mj_fail(err, status, "out of memory overlaying layers");
  mj_overlay_close(m.overlay);
  mj_pairs_reset(&pairs);
  return status;
}

mj_status mj__measure_plans(mj_park *park, mj_error *err) {
  MJ_TRY(lay_over(park, MJ_PLAN_UNITS, plan_units, err));
  return lay_over(park, MJ_CONTROL_LINES, control_lines, err);
}
