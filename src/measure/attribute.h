/** @file attribute.h  Whose land and whose figures: four ways that counties count tenants and owners. */
#ifndef MJ_MEASURE_ATTRIBUTE_H
#define MJ_MEASURE_ATTRIBUTE_H

#include "base/sum.h"
#include "measure/enterprises.h"

/** The codes of column attribution. */
typedef enum {
  MJ__BY_OWNER, /**< 随宗地主: whole parcels and all figures on them count for the owner; tenants follow it */
  MJ__MERGED,   /**< 合并共享: enterprises that share a parcel are one, and share the result */
  MJ__BY_FLOOR, /**< 按用房面积: each has the land of the floor that it uses; what stands empty is nobody's */
  MJ__APART,    /**< 租户单独评价: a tenant has the land of what it leases, the owner all the rest */
  MJ__N_WAYS
} mj__way;

/** What is added up: land, floor, then the figures of the enterprise rows. */
enum { MJ__LAND_M2, MJ__FLOOR_M2, MJ__FIGURE, MJ__N_AMOUNTS = MJ__FIGURE + 8 };
/** Names of the enterprise columns behind amounts MJ__FIGURE .. MJ__N_AMOUNTS - 1. */
const char *mj__figure_name(int amount);

/** Where what belongs to no unit went; the codes of the items in table reconciliation. */
typedef enum {
  MJ__LEFT_NO_OWNER, /**< parcels whose owner is not known, and figures on them */
  MJ__LEFT_NO_USER,  /**< parcels that nobody is known to use; uses by somebody unnamed */
  MJ__LEFT_UNUSED,
  MJ__LEFT_VACANT,
  MJ__LEFT_UNKNOWN_USE,
  MJ__LEFT_UNPLACED, /**< figures that reached no parcel */
  MJ__LEFT_LACKING,  /**< known parts of units that lack others */
  MJ__N_LEFT
} mj__left;

/** What is measured as one. NaN: not known. */
typedef struct {
  int32_t head; /**< the enterprise that stands for it */
  int32_t firms, parcels;
  double amount[MJ__N_AMOUNTS];
} mj__unit;

/** One way of attribution. Source = units + what is left + residual, for each amount. */
typedef struct {
  mj__unit *unit;
  int32_t n;
  int32_t *of_firm; /**< [firms] the unit that it is measured in, -1: none */
  mj_sum source[MJ__N_AMOUNTS], units[MJ__N_AMOUNTS], left[MJ__N_AMOUNTS][MJ__N_LEFT];
} mj__attribution;

/** All four ways, arrays in park->arena. Errors: MJ_ENOMEM. Cost: linear in uses and rows. */
MJ_NODISCARD mj_status mj__attribute(mj_park *park, const mj__places *places, mj__attribution out[MJ__N_WAYS]);
/** Table attributions. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__attribution_table(mj_park *park, const mj__places *places,
                                             const mj__attribution way[MJ__N_WAYS]);
/** Table reconciliation: for each sum of the year, source = parcels + what reached none and why + residual; for land,
 * output and tax in each way, source = units + what is no unit's + residual. @p way NULL: not attributed. Errors:
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__reconcile(mj_park *park, const mj__places *places, const mj__attribution *way);
#endif
