#include <math.h>

#include "measure/doubts.h"

mj__bases mj__bases_of(const mj_park *park, const mj_basis *said) {
  const mj_table *parcels = &park->table[MJ_PARCELS];
  mj__bases bases = {.measured_m2 = mj_table_f64(parcels, "area_ellipsoid_m2"), .limits = &park->project.checks};
  mj_basis used[MJ_MAX_BASES + 1];
  bases.n = mj_bases_used(parcels, said, used);
  for (int k = 0; k < bases.n; k++) {
    bases.area_m2[k] = mj_table_f64(parcels, mj_basis_column(used[k]));
    bases.basis[k] = used[k];
  }
  return bases;
}

/* A digit too few is exactly ten times off, and the survey differs a little. */
bool mj__area_slipped(const mj_check_limits *limits, double paper, double measured) {
  return limits->area_slip_factor > 0 &&
         mj__times_off(paper, measured) >= limits->area_slip_factor * (1 - limits->slip_match);
}

double mj__bases_area(const mj__bases *bases, int64_t row, mj_basis *used) {
  for (int k = 0; k < bases->n; k++) {
    bool paper = (bases->basis[k] == MJ_BASIS_RECORDED || bases->basis[k] == MJ_BASIS_CONTRACT) && k + 1 < bases->n;
    double area = bases->area_m2[k][row];
    if (!(area > 0) || (paper && bases->measured_m2 && mj__area_slipped(bases->limits, area, bases->measured_m2[row])))
      continue;
    *used = bases->basis[k];
    return area;
  }
  *used = MJ_BASIS_NONE;
  return (double)NAN;
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
  mj__bases yield = mj__bases_of(park, park->project.basis_yield),
            built = mj__bases_of(park, park->project.basis_plot_ratio);
  for (int64_t i = 0; i < t->n && !status; i++) {
    mj_basis used;
    mu[i] = mj__bases_area(&yield, i, &used) * 15 / 10000;
    if (used) basis[i] = mj_basis_name(used);
    mj__bases_area(&built, i, &used);
    if (used) ratio_basis[i] = mj_basis_name(used);
  }
  if (!status) status = mj__compare_records(park);
  if (!status) status = note_stand_ins(park, &yield, basis);
  return status ? mj_fail(err, status, "out of memory choosing the area basis") : MJ_OK;
}

mj_status mj__measure_ratios(mj_park *park, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  const double *footprint = mj_table_f64(t, "footprint_m2"), *countable = mj_table_f64(t, "countable_floor_area_m2");
  mj_status status = MJ_OK;
  double *coverage = footprint ? mj__f64(t, "coverage", &status) : NULL;
  double *ratio = countable ? mj__f64(t, "plot_ratio", &status) : NULL;
  mj__bases ground = mj__bases_of(park, park->project.basis_coverage),
            built = mj__bases_of(park, park->project.basis_plot_ratio);
  for (int64_t i = 0; i < t->n && !status; i++) {
    mj_basis used;
    if (coverage) coverage[i] = footprint[i] / mj__bases_area(&ground, i, &used);
    if (ratio) ratio[i] = countable[i] / mj__bases_area(&built, i, &used);
  }
  return status ? mj_fail(err, status, "out of memory measuring ratios") : MJ_OK;
}
