/** @file fit_fixture.h  Parcels on which one size of factory is fitted. */
#ifndef TEST_PLAN_FIT_FIXTURE_H
#define TEST_PLAN_FIT_FIXTURE_H

#include "ground_fixture.h"
#include "plan/fit.h"

/** Setbacks of 7 m everywhere, lanes of 4 m 3 m from walls, one module of 20 m x 30 m with 3 storeys. */
static inline void fit_park(mj_park *park) {
  static const mj_fit_module module = {.code = "S",
                                       .depth_m = 20,
                                       .length_m = {30},
                                       .n_lengths = 1,
                                       .ground_m = 6,
                                       .upper_m = 4.5,
                                       .storeys_min = 3,
                                       .storeys_max = 3};
  *park = (mj_park){.frame = {.unit_m = 1}};
  mj_fit_norms *norms = &park->project.fit;
  norms->limits = (mj_fit_limits){.setback_road_m = 7,
                                  .setback_neighbour_m = 7,
                                  .setback_other_m = 7,
                                  .setback_zone_m = 7,
                                  .setback_water_m = 7,
                                  .neighbour_reach_m = 2,
                                  .road_reach_m = 20,
                                  .fire_gap_m = 10,
                                  .fire_gap_high_m = 13,
                                  .multi_height_m = 24,
                                  .height_max_m = 24,
                                  .coverage_max = 1,
                                  .lane_m = 4,
                                  .lane_side_m = 3,
                                  .double_height_m = 8,
                                  .add_upper_m = 4.5};
  norms->module = &module;
  norms->n_modules = 1;
}

/** What rebuilding the first parcel comes to, and the scratch and arenas behind it. */
typedef struct {
  mj__fit fit;
  mj__fit_scratch scratch;
  mj_arena arena;
  mj_geom shapes;
  seen ground;
  mj__fit_parcel parcel;
} fitted;

static inline void fit_first(mj_park *park, fitted *f) {
  *f = (fitted){.fit = {.park = park}};
  must(mj__catalogue_make(&f->fit.catalogue, &park->project.fit, mj__fit_widest_m(park), NULL));
  f->ground = look(park, 0);
  f->parcel.site = f->ground.site;
  f->parcel.facts =
      (mj__fit_facts){.row = 0, .land_m2 = border_m2(&f->ground), .cap = NAN, .height_m = 24, .coverage = 1};
  f->parcel.best = MJ__FIT_REBUILD;
  must(mj__fit_build(&f->fit, &f->scratch, &f->arena, &f->parcel, f->parcel.site.plot.n_fixed, 0, 0, 1e9,
                     &f->parcel.way[MJ__FIT_REBUILD], &f->parcel.module[MJ__FIT_REBUILD]));
}

static inline void drop_fit(fitted *f) {
  mj__catalogue_reset(&f->fit.catalogue);
  mj__fit_scratch_reset(&f->scratch);
  mj_arena_reset(&f->arena);
  mj_geom_reset(&f->shapes);
  drop(&f->ground, NULL);
}
#endif
