/* The library in sixty lines: open a layer of parcels and one of buildings, print every parcel's plot ratio.
 * cc plot_ratios.c $(pkg-config --cflags --libs mujun) -o plot_ratios */
#include <math.h>
#include <mujun/mujun.h>
#include <stdio.h>

static mj_status measure(mj_park *park, int argc, char **argv, mj_error *err) {
  MJ_TRY(mj_project_add(&park->project, MJ_PARCELS, argv[1], err));
  if (argc > 2) MJ_TRY(mj_project_add(&park->project, MJ_BUILDINGS, argv[2], err));
  MJ_TRY(mj_intake(park, err));
  return mj_measure(park, err);
}

/* The columns of a table are plain arrays; a missing number is NaN, a missing text NULL. */
static void print(const mj_park *park) {
  const mj_table *parcels = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(parcels, "parcel_id");
  const double *ratio = mj_table_f64(parcels, "plot_ratio"), *area = mj_table_f64(parcels, "area_ellipsoid_m2");
  printf("parcel\tarea_m2\tplot_ratio\n");
  for (int64_t i = 0; i < parcels->n; i++) {
    printf("%s\t", id && id[i] ? id[i] : "-");
    if (area && !isnan(area[i])) printf("%.2f\t", area[i]);
    else printf("unknown\t");
    if (ratio && !isnan(ratio[i])) printf("%.4f\n", ratio[i]);
    else printf("unknown\n");
  }
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    fprintf(stderr, "usage: mj_example PARCELS [BUILDINGS]\n");
    return 2;
  }
  mj_error err = {0};
  mj_park park = {0};
  park.project.as_of = mj_date_from_ymd(2026, 3, 31);
  park.project.year = 2025;
  park.project.headroom_min_m2 = park.project.area_tolerance = (double)NAN; /* not said */
  mj_status status = measure(&park, argc, argv, &err);
  if (status) fprintf(stderr, "mj_example: %s\n", err.message);
  else print(&park);
  /* what was doubted, repaired or set aside on the way */
  fprintf(stderr, "%lld ledger entries\n", (long long)mj_ledger_count(&park.ledger, MJ_NOTE));
  mj_park_reset(&park);
  return status ? 1 : 0;
}
