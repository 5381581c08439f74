/* What the papers say of a parcel's area against what its shape says. */
#include <math.h>

#include "measure/doubts.h"

typedef struct {
  mj_park *park;
  const mj_check_limits *limits;
  mj_lang lang;
  const double *ellipsoid, *planar, *recorded, *contract;
  mj_text found, expected;
} records;

/* Tolerance of a parcel of that measured area: a setting holds for all sizes. NaN where none is said. */
static double tolerance_of(const records *r, double m2) {
  const mj_check_limits *l = r->limits;
  double of_class = m2 < l->area_small_m2   ? l->area_tolerance_small
                    : m2 < l->area_large_m2 ? l->area_tolerance_medium
                                            : l->area_tolerance_large;
  if (!isnan(r->park->project.area_tolerance)) return r->park->project.area_tolerance;
  return of_class > 0 ? of_class : (double)NAN;
}

/* "medium parcel, 3,333.33 to 66,666.67 m2". */
static void put_class(records *r, double m2) {
  mj__digits small, large;
  mj__digits_of(r->limits->area_small_m2, &small);
  mj__digits_of(r->limits->area_large_m2, &large);
  mj_text *out = &r->expected;
  if (!isnan(r->park->project.area_tolerance)) mj_text_add(out, mj_tr(r->lang, "set for parcels of every size"));
  else if (m2 < r->limits->area_small_m2) mj_text_format(out, mj_tr(r->lang, "small parcel, under %s m2"), small.text);
  else if (m2 < r->limits->area_large_m2)
    mj_text_format(out, mj_tr(r->lang, "medium parcel, %s to %s m2"), small.text, large.text);
  else mj_text_format(out, mj_tr(r->lang, "large parcel, %s m2 and over"), large.text);
}

/* The area of a column off @p truth beyond the tolerance; expected begins with what is said of the truth. */
static mj_status differs(records *r, int64_t i, const char *field, double area, double truth) {
  char number[400];
  mj__digits off, tolerance;
  mj__digits_of(100 * fabs(area / truth - 1), &off);
  mj__digits_of(100 * tolerance_of(r, r->ellipsoid[i]), &tolerance);
  mj_double_fixed(area, 2, number);
  mj_text_add(&r->found, number);
  mj_text_format(&r->expected, mj_tr(r->lang, "; off by %s %%, tolerance %s %% ("), off.text, tolerance.text);
  put_class(r, r->ellipsoid[i]);
  mj_text_add(&r->expected, mj_tr(r->lang, ")"));
  if (r->found.failed || r->expected.failed) return MJ_ENOMEM;
  return mj__note(r->park, MJ_L_AREA_DIFFERS, MJ_PARCELS, i, field, r->found.data, r->expected.data);
}

static bool off(const records *r, int64_t i, double area, double truth) {
  return fabs(area - truth) > tolerance_of(r, r->ellipsoid[i]) * truth;
}

static void put_measured(records *r, int64_t i) {
  char ellipsoid[400], planar[400];
  mj_double_fixed(r->ellipsoid[i], 2, ellipsoid);
  mj_double_fixed(r->planar[i], 2, planar);
  mj_text_format(&r->expected, mj_tr(r->lang, "ellipsoidal %s (planar %s)"), ellipsoid, planar);
}

/* A slip of unit is named as such; it divides nothing, so no difference is told beside it. */
static mj_status implausible(records *r, int64_t i, const char *field, double area) {
  char number[400];
  mj_double_fixed(area, 2, number);
  mj_text_add(&r->found, number);
  mj_double_fixed(r->ellipsoid[i], 2, number);
  mj_text_add(&r->expected, number);
  mj__slip_say(area, r->ellipsoid[i], r->limits->slip_match, r->lang, &r->expected);
  if (r->found.failed || r->expected.failed) return MJ_ENOMEM;
  return mj__note(r->park, MJ_L_AREA_IMPLAUSIBLE, MJ_PARCELS, i, field, r->found.data, r->expected.data);
}

/* One column of a paper: a slip of unit, else a difference against @p other (NULL or unusable there: the shape). */
static mj_status compare(records *r, int64_t i, const char *field, double area, const double *other) {
  r->found.n = r->expected.n = 0;
  if (mj__area_slipped(r->limits, area, r->ellipsoid[i])) return implausible(r, i, field, area);
  double paper = other && other[i] > 0 && !mj__area_slipped(r->limits, other[i], r->ellipsoid[i]) ? other[i] : 0;
  if (!off(r, i, area, paper > 0 ? paper : r->ellipsoid[i])) return MJ_OK;
  if (paper > 0) {
    char number[400];
    mj_double_fixed(paper, 2, number);
    mj_text_format(&r->expected, mj_tr(r->lang, "recorded %s"), number);
  } else {
    put_measured(r, i);
  }
  return differs(r, i, field, area, paper > 0 ? paper : r->ellipsoid[i]);
}

/* The projection itself: off beyond the tolerance only where the reference system is not made for the place. */
static double projection_off(const void *facts, int64_t i) {
  const records *r = facts;
  return off(r, i, r->planar[i], r->ellipsoid[i]) ? mj__times_off(r->planar[i], r->ellipsoid[i]) : 0;
}

static void say_projection(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const records *r = facts;
  mj__digits planar, ellipsoid, by;
  mj_text_format(found, mj_tr(r->lang, "planar %s"), mj__digits_of(r->planar[i], &planar));
  mj_text_format(expected, mj_tr(r->lang, "ellipsoidal %s, off by %s %%"), mj__digits_of(r->ellipsoid[i], &ellipsoid),
                 mj__digits_of(100 * fabs(r->planar[i] / r->ellipsoid[i] - 1), &by));
}

mj_status mj__compare_records(mj_park *park) {
  static const mj__suspicion planar = {MJ_L_AREA_DIFFERS, MJ_PARCELS, "area_planar_m2", projection_off, say_projection};
  const mj_table *t = &park->table[MJ_PARCELS];
  records r = {.park = park,
               .limits = &park->project.checks,
               .lang = park->project.lang,
               .ellipsoid = mj_table_f64(t, "area_ellipsoid_m2"),
               .planar = mj_table_f64(t, "area_planar_m2"),
               .recorded = mj_table_f64(t, "area_recorded_m2"),
               .contract = mj_table_f64(t, "area_contract_m2")};
  mj_status status = MJ_OK;
  for (int64_t i = 0; i < t->n && !status; i++) {
    if (!(r.ellipsoid[i] > 0)) continue;
    if (r.recorded && r.recorded[i] > 0) status = compare(&r, i, "area_recorded_m2", r.recorded[i], NULL);
    if (!status && r.contract && r.contract[i] > 0)
      status = compare(&r, i, "area_contract_m2", r.contract[i], r.recorded);
  }
  if (!status) status = mj__suspect(park, &planar, 1, &r);
  mj_text_reset(&r.found);
  mj_text_reset(&r.expected);
  return status;
}
