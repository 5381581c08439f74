#include "measure/measure.h"

#include "mujun/rooms.h"

mj_status mj_measure(mj_park *park, mj_error *err) {
  static const struct {
    const char *stage;
    mj_status (*run)(mj_park *, mj_error *);
  } steps[] = {
      {"measure areas", mj__measure_areas},
      {"choose area basis", mj__measure_basis},
      {"assign zones", mj__measure_zones},
      {"overlay plans", mj__measure_plans},
      {"measure buildings", mj__measure_buildings},
      {"measure ratios", mj__measure_ratios},
      {"check topology", mj__measure_topology},
      {"join enterprises", mj__measure_enterprises},
      {"look up", mj__measure_lookups},
      {"list factory units", mj__measure_factory_units},
      {"list projects", mj__measure_projects},
      {"compare contracts", mj__measure_contracts},
      {"doubt figures", mj__measure_suspicions},
      {"reconcile", mj__measure_conservation},
  };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    mj_progress_stage(&park->progress, steps[i].stage);
    MJ_TRY(steps[i].run(park, err));
    mj_arena_reset(&park->scratch);
  }
  return MJ_OK;
}
