#include "plan/land.h"

#include <math.h>
#include <string.h>

mj__land mj__land_of(const mj_table *t) {
  mj__land land = {.basis = mj_table_text(t, "plot_ratio_basis")};
  for (int k = 0; k < MJ_MAX_BASES; k++) land.area_m2[k] = mj_table_f64(t, mj_basis_column((mj_basis)(k + 1)));
  return land;
}

double mj__land_m2(const mj__land *land, int64_t i) {
  const char *basis = land->basis ? land->basis[i] : NULL;
  for (int k = MJ_BASIS_RECORDED; basis && k <= MJ_BASIS_TUBAN; k++)
    if (!strcmp(basis, mj_basis_name((mj_basis)k))) return land->area_m2[k - 1] ? land->area_m2[k - 1][i] : (double)NAN;
  return (double)NAN;
}
