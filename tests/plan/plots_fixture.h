/** @file plots_fixture.h  Plots of 60 m x 60 m on which, 5 m off the border, one module of 42.0 m x 25.2 m (1058.4 m2 a
 * storey) has room and two do not (2 x 25.2 + 10 > 50). */
#ifndef TEST_PLAN_PLOTS_FIXTURE_H
#define TEST_PLAN_PLOTS_FIXTURE_H

#include "mujun/rooms.h"
#include "plan/ground_fixture.h"

static const mj_fit_module plot_modules[] = {{.code = "S",
                                              .depth_m = 25.2,
                                              .length_m = {42.0},
                                              .n_lengths = 1,
                                              .ground_m = 6,
                                              .upper_m = 4.5,
                                              .storeys_min = 3,
                                              .storeys_max = 8},
                                             {.code = "M",
                                              .depth_m = 25.2,
                                              .length_m = {58.8},
                                              .n_lengths = 1,
                                              .ground_m = 6,
                                              .upper_m = 4.5,
                                              .storeys_min = 3,
                                              .storeys_max = 8}};

/** Two plots far from each other, in zones "east" and none, with nothing on the first and 1,200 m2 on 400 m2 of ground
 * on the second; caps 2.0 and none. */
static inline void plots(mj_park *park) {
  new_park(park);
  mj_fit_norms *norms = &park->project.fit;
  norms->limits.setback_road_m = norms->limits.setback_neighbour_m = norms->limits.setback_water_m =
      norms->limits.setback_zone_m = norms->limits.setback_other_m = 5;
  norms->limits.height_max_m = 50;
  norms->limits.coverage_max = 0.55;
  norms->limits.green_share = 0.1;
  norms->limits.parking_share = 0.05;
  norms->limits.double_height_m = 8;
  norms->limits.state_share = (double)NAN;
  norms->said = ~(uint64_t)0;
  norms->module = plot_modules;
  norms->n_modules = 2;
  park->project.fit_of = MJ_FIT_ALL;
  mj_table *t = LAY(park, MJ_PARCELS, "0 0,60 0,60 60,0 60", "500 0,560 0,560 60,500 60");
  texts(t, "parcel_id", (const char *const[]){"A", "B"});
  texts(t, "zone", (const char *const[]){"east", NULL});
  texts(t, "plot_ratio_basis", (const char *const[]){"planar", "planar"});
  numbers(t, "area_planar_m2", (double[]){3600, 3600});
  numbers(t, "countable_floor_area_m2", (double[]){0, 1200});
  numbers(t, "footprint_m2", (double[]){0, 400});
  numbers(t, "plot_ratio_cap", (double[]){2, (double)NAN});
  must(mj_table_init(&park->table[MJ_ZONES], "zones", 1));
  texts(&park->table[MJ_ZONES], "zone", (const char *const[]){"east"});
}
#endif
