#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "measure/measure.h"

static const char *const basis_column[] = {
    [MJ_BASIS_NONE] = "",
    [MJ_BASIS_RECORDED] = "area_recorded_m2",
    [MJ_BASIS_CONTRACT] = "area_contract_m2",
    [MJ_BASIS_ELLIPSOID] = "area_ellipsoid_m2",
    [MJ_BASIS_PLANAR] = "area_planar_m2",
    [MJ_BASIS_TUBAN] = "area_tuban_m2",
};

/* design.md: recorded, then contract, then ellipsoidal; planar only when asked. */
static const mj_basis default_order[MJ_MAX_BASES] = {MJ_BASIS_RECORDED, MJ_BASIS_CONTRACT, MJ_BASIS_ELLIPSOID};

mj__bases mj__bases_of(const mj_table *parcels, const mj_basis *order) {
  mj__bases bases = {.measured_m2 = mj_table_f64(parcels, "area_ellipsoid_m2")};
  if (order[0] == MJ_BASIS_NONE) order = default_order;
  for (int k = 0; k < MJ_MAX_BASES && order[k]; k++) {
    const double *area = mj_table_f64(parcels, basis_column[order[k]]);
    if (area) {
      bases.area_m2[bases.n] = area;
      bases.basis[bases.n++] = order[k];
    }
  }
  return bases;
}

/* A recorded area off by this factor is a slip of unit (15, 666.67, 10000), not a survey difference: it divides
 * nothing. */
static const double IMPLAUSIBLE = 10;

static bool implausible(double recorded, double measured) {
  return recorded > measured * IMPLAUSIBLE || recorded * IMPLAUSIBLE < measured;
}

double mj__bases_area(const mj__bases *bases, int64_t row, mj_basis *used) {
  for (int k = 0; k < bases->n; k++) {
    bool paper = (bases->basis[k] == MJ_BASIS_RECORDED || bases->basis[k] == MJ_BASIS_CONTRACT) && k + 1 < bases->n;
    double area = bases->area_m2[k][row];
    if (!(area > 0) || (paper && bases->measured_m2 && implausible(area, bases->measured_m2[row]))) continue;
    *used = bases->basis[k];
    return area;
  }
  *used = MJ_BASIS_NONE;
  return (double)NAN;
}

/* "; 13.91 mu = 9273.33" behind the measured area where the number fits in another unit of land. */
static void name_unit(double recorded, double measured, mj_lang lang, char *out, size_t size) {
  static const struct {
    const char *unit, *zh;
    double m2;
  } units[] = {{"mu", "亩", 2000.0 / 3}, {"ha", "公顷", 10000}, {"km2", "平方公里", 1e6}};
  for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
    char as[400], number[32];
    if (fabs(recorded * units[k].m2 - measured) > 0.1 * measured) continue;
    mj_double_fixed(recorded * units[k].m2, 2, as);
    mj_double_shortest(recorded, number);
    snprintf(out, size, "; %s %s = %s", number, lang == MJ_ZH ? units[k].zh : units[k].unit, as);
    return;
  }
}

/* Recorded and measured area that differ beyond the tolerance: one of them is wrong, and every per-mu figure hangs on
 * it. */
static mj_status compare_record(mj_park *park) {
  const mj_table *t = &park->table[MJ_PARCELS];
  const double *recorded = mj_table_f64(t, "area_recorded_m2"), *ellipsoid = mj_table_f64(t, "area_ellipsoid_m2");
  double tolerance = isnan(park->project.area_tolerance) ? 0.03 : park->project.area_tolerance;
  if (!recorded) return MJ_OK;
  for (int64_t i = 0; i < t->n; i++) {
    if (!(fabs(recorded[i] - ellipsoid[i]) > tolerance * ellipsoid[i])) continue;
    bool slip = implausible(recorded[i], ellipsoid[i]);
    char found[400], expected[500];
    mj_double_fixed(recorded[i], 2, found);
    int n = mj_double_fixed(ellipsoid[i], 2, expected);
    if (slip) name_unit(recorded[i], ellipsoid[i], park->project.lang, expected + n, sizeof expected - (size_t)n);
    MJ_TRY(mj__note(park, slip ? MJ_L_AREA_IMPLAUSIBLE : MJ_L_AREA_DIFFERS, MJ_PARCELS, i, "area_recorded_m2", found,
                    expected));
  }
  return MJ_OK;
}

/* Where a record is looked for and missing, the area that stands in is said for every parcel that has one. */
static mj_status note_stand_ins(mj_park *park, const mj__bases *yield, const char *const *basis) {
  const mj_table *t = &park->table[MJ_PARCELS];
  const double *recorded = mj_table_f64(t, "area_recorded_m2");
  if (!recorded || !yield->n || yield->basis[0] != MJ_BASIS_RECORDED) return MJ_OK;
  for (int64_t i = 0; i < t->n; i++)
    if (isnan(recorded[i]) && basis[i])
      MJ_TRY(mj__note(park, MJ_L_AREA_NOT_RECORDED, MJ_PARCELS, i, "area_recorded_m2", NULL, basis[i]));
  return MJ_OK;
}

mj_status mj__measure_basis(mj_park *park, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  mj_status status = MJ_OK;
  const char **basis = mj__text(t, "area_basis", &status), **ratio_basis = mj__text(t, "plot_ratio_basis", &status);
  double *mu = mj__f64(t, "area_mu", &status);
  mj__bases yield = mj__bases_of(t, park->project.basis_yield), built = mj__bases_of(t, park->project.basis_plot_ratio);
  for (int64_t i = 0; i < t->n && !status; i++) {
    mj_basis used;
    mu[i] = mj__bases_area(&yield, i, &used) * 15 / 10000;
    if (used) basis[i] = mj_basis_name(used);
    mj__bases_area(&built, i, &used);
    if (used) ratio_basis[i] = mj_basis_name(used);
  }
  if (!status) status = compare_record(park);
  if (!status) status = note_stand_ins(park, &yield, basis);
  return status ? mj_fail(err, status, "out of memory choosing the area basis") : MJ_OK;
}

mj_status mj__measure_ratios(mj_park *park, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  const double *footprint = mj_table_f64(t, "footprint_m2"), *countable = mj_table_f64(t, "countable_floor_area_m2");
  mj_status status = MJ_OK;
  double *coverage = footprint ? mj__f64(t, "coverage", &status) : NULL;
  double *ratio = countable ? mj__f64(t, "plot_ratio", &status) : NULL;
  mj__bases ground = mj__bases_of(t, park->project.basis_coverage),
            built = mj__bases_of(t, park->project.basis_plot_ratio);
  for (int64_t i = 0; i < t->n && !status; i++) {
    mj_basis used;
    if (coverage) coverage[i] = footprint[i] / mj__bases_area(&ground, i, &used);
    if (ratio) ratio[i] = countable[i] / mj__bases_area(&built, i, &used);
  }
  return status ? mj_fail(err, status, "out of memory measuring ratios") : MJ_OK;
}
