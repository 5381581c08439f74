/** @file firms.h  Distinct enterprises, by whatever table names them. */
#ifndef MJ_MEASURE_FIRMS_H
#define MJ_MEASURE_FIRMS_H

#include "base/keymap.h"
#include "mujun/park.h"

/** An enterprise is its credit code. A row without one is the only enterprise of that name that has a code, else its
 * name; an enterprise row without a name too stands for itself. Numbers follow the order of first sight: codes and
 * then names of the enterprises, occupancies, factory units, owners of parcels. */
typedef struct {
  mj_keymap keys;
  int32_t n;             /**< enterprises */
  int32_t *of_row;       /**< [enterprises] */
  int32_t *of_occupancy; /**< [occupancies] -1: names nobody */
  int32_t *of_lessor;    /**< [occupancies] from whom, or -1 */
  int32_t *of_unit;      /**< [factory units] tenant, or -1 */
  int32_t *owner;        /**< [parcels] by the land record, or -1 */
  const char **name;     /**< [n] what it is called, or NULL */
  const char **code;     /**< [n] credit code, or NULL */
  mj_arena arena;
} mj__firms;

/** Find them all; mj__firms_reset frees them. Texts are borrowed from the tables. Errors: MJ_ENOMEM. Cost: linear. */
MJ_NODISCARD mj_status mj__firms_find(const mj_park *park, mj__firms *out);
void mj__firms_reset(mj__firms *firms);

/** Rows of a table grouped by a number: those of k are row[at[k]] .. row[at[k+1]-1], in order. */
typedef struct {
  int32_t *at, *row;
} mj__groups;
/** Group rows 0 .. n-1 by of[row] in [0, groups); negative ones belong to none. In @p arena. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__group(mj_arena *arena, const int32_t *of, int64_t n, int32_t groups, mj__groups *out);
#endif
