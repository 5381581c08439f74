/** @file uses.h  Who uses which land and floor: uses of a year, and the shares they have in their parcels. */
#ifndef MJ_MEASURE_USES_H
#define MJ_MEASURE_USES_H

#include "measure/firms.h"
#include "measure/use_words.h"

/** 1 mu is 10000/15 m2. */
static const double MJ__M2_PER_MU = 2000 / 3.0;

/** In what right; the codes of column use_role. */
typedef enum { MJ__OWNER, MJ__LESSEE, MJ__SUBLESSEE, MJ__USER, MJ__N_ROLES } mj__role;
/** What does not go together in one use. */
enum { MJ__NO_LESSOR = 1, MJ__LET_TOO_MUCH = 2, MJ__USED_TOO_MUCH = 4 };
/** What says so; the codes of column use_source. */
typedef enum { MJ__FROM_OCCUPANCY, MJ__FROM_UNIT, MJ__FROM_CODE, MJ__FROM_LIST, MJ__FROM_POINT } mj__use_source;

/**
 * One use of a parcel. Areas are means over the year: an area used for half of it counts half. NaN: not known.
 * What is sub-let is not in use by the lessee, what is let is not in use by the owner.
 */
typedef struct {
  int32_t firm, parcel, building; /**< building -1: not said */
  int32_t row;                    /**< of the occupancies, the factory units or the enterprises, by source */
  uint8_t role, source;
  uint8_t doubt;              /**< MJ__NO_LESSOR, ... or-ed */
  bool rest;                  /**< floor_m2 is what the others leave of the parcel */
  double year_share;          /**< part of the year that it lasts */
  double stated_m2;           /**< floor area owned, let or sub-let as stated, of the year's mean */
  double own_m2;              /**< floor area that is said to be really in use, of the year's mean */
  double land_m2;             /**< land as stated, of the year's mean */
  double let_m2;              /**< of it let or sub-let to others on the parcel */
  double floor_m2;            /**< floor area in use */
  double unused_m2;           /**< floor area let to it and not in use */
  double share, unused_share; /**< of the parcel's land */
} mj__use;

/** What the uses of a parcel leave. All uses and these add up: floor to the parcel's floor area (excess taken off),
 * shares to 1. */
typedef struct {
  double vacant_m2;  /**< factory units that stand empty and have an area */
  double unknown_m2; /**< floor of which no use is known; NaN: the floor area of the parcel is not known */
  double excess_m2;  /**< floor that is used or vacant and not there */
  double vacant_share, unknown_share;
  double over_land_m2; /**< land stated beyond the parcel's */
} mj__rest;

/** A place that an occupancy names and that cannot be found: the figures of its enterprise are not shared out. */
typedef struct {
  int32_t firm, row; /**< of the occupancies */
  uint8_t fate;      /**< mj__fate */
} mj__lost_use;

/** The uses of one year. Valid when {0}. */
typedef struct {
  int32_t year;
  mj__use *use; /**< [n] by parcel, in each as their rows came */
  int32_t n;
  int64_t cap;
  int32_t *on;    /**< [n] their parcels once more: what is asked most, side by side */
  int32_t *at;    /**< [parcels + 1] uses of parcel p: at[p] .. at[p + 1] - 1 */
  mj__rest *rest; /**< [parcels] */
  uint8_t *open;  /**< [parcels] a unit that stands empty has no area: what is vacant is more than vacant_m2 */
  mj__lost_use *lost;
  int32_t n_lost;
  int64_t cap_lost;
  mj__groups by_firm; /**< numbers of uses by firm */
  int32_t *rows;      /**< [firms] enterprise rows of the year */
  mj_arena arena;
} mj__uses;

/** How the places that enterprise rows tell (lon_deg, lat_deg) agree with the parcels that they name. */
typedef enum {
  MJ__POINTS_NONE,    /**< no row tells one, or the parcels have no longitude and latitude */
  MJ__POINTS_UNTRIED, /**< too few rows tell both: checks point_rows_min */
  MJ__POINTS_OFF,     /**< too few lie on the parcel that they name: checks point_share */
  MJ__POINTS_FIT
} mj__points;
/** 0 for what is not known: where known parts are added up. */
static inline double mj__known(double v) { return v == v ? v : 0; }

/** Instead of the row of a parcel: no code, a list or an unknown one; a code that several bear. */
enum { MJ__NO_PARCEL = -1, MJ__SEVERAL_PARCELS = -2 };
/** Parts of mj__use_tables that are made side by side. */
enum { MJ__TABLE_PARTS = 3 };
/** Tables and maps that every year's uses are read from; nothing changes in them while years are read side by side. */
typedef struct {
  mj_park *park;
  mj__firms firms;
  mj__use_words words;
  mj_keymap parcels, buildings, units; /**< codes to rows */
  int32_t *parcel_code;                /**< [parcels] number of its code in parcels; -1: none */
  int32_t *same_unit;                  /**< [factory units] the next of the same number, in whatever building, or -1 */
  int32_t *same_code;                  /**< [parcels] the next that bears the same code, or -1 */
  int32_t *row_point; /**< [enterprises] parcel that the row's place lies in, where it names none; -1: none;
                           NULL: places are not told, or not trusted */
  mj__points points;
  int32_t *row_code;                /**< [enterprises] number of its cell in parcels; -1: none, a list, unknown */
  int32_t *occ_code;                /**< [occupancies] the same of its own or its unit's cell */
  int32_t *row_parcel;              /**< [enterprises] the parcel of its code, or MJ__NO_PARCEL, ... */
  int32_t *occ_parcel;              /**< [occupancies] the same of its own or its unit's code */
  int32_t *occ_building, *occ_unit; /**< [occupancies] rows, -1: none found */
  uint8_t *occ_role;                /**< [occupancies] MJ__N_ROLES: not said, or no known word */
  mj__groups on_building;           /**< rows of parcel_buildings by building */
  const int32_t *row_year;          /**< [enterprises] MJ_DATE_NULL: none */
  mj__groups of_year;               /**< rows of the enterprises by year */
  mj_arena arena[MJ__TABLE_PARTS];  /**< of what is above */
} mj__use_tables;

/** Prepare, on several threads; @p row_year is borrowed. Errors: MJ_ENOMEM; MJ_EFORMAT where use_words.csv cannot be
 * read. */
MJ_NODISCARD mj_status mj__use_tables_open(mj_park *park, const int32_t *row_year, mj__use_tables *out, mj_error *err);
/** points: whether places that are told agree with parcels that are named; row_point: of rows without a parcel code
 * that tell longitude and latitude (WGS 84 or CGCS2000), the only parcel that these lie in. Only where the places of
 * rows that name their parcel lie in it (checks point_share, point_rows_min). Ledger: each parcel that was found so, or
 * that they are not trusted. Errors: MJ_ENOMEM. Cost: a look at the grid of parcels for each point. */
MJ_NODISCARD mj_status mj__points_find(mj__use_tables *tables);
void mj__use_tables_close(mj__use_tables *tables);

/** Uses of @p year: occupancies in force in it, else tenants of factory units, else the codes that the year's
 * enterprise rows name. Their shares are not set. Ledger: of the run's year alone. Several years may be read at once.
 * What @p out held is given up, and its memory used again. Errors: MJ_ENOMEM. Cost: linear. */
MJ_NODISCARD mj_status mj__uses_read(const mj__use_tables *tables, int32_t year, mj__uses *out);
/** Floor of the factory units on each parcel that stand empty, as the year's mean, is added to @p out [parcels]; where
 * such a unit has no area @p open [parcels] is set. A unit that names a building alone lies on the building's parcels,
 * by its footprint on them. */
void mj__vacant_units(const mj__use_tables *tables, int32_t year, double *out, uint8_t *open);
/** Part of the year that lies between two dates, either of which may be MJ_DATE_NULL: open; 0: none. */
double mj__part_of_year(int32_t year, int32_t from, int32_t to);
/**
 * let_m2 of the uses of one parcel: what a tenant has comes off the use of the enterprise that it names; else of the
 * only owner, or for a sub-lease the only lessee, in its building; else on the parcel. Errors: MJ_ENOMEM. Cost: n log
 * n.
 */
MJ_NODISCARD mj_status mj__let(const mj__use_tables *tables, mj__use *use, int32_t n);
/** Share every parcel among its uses: let_m2, floor_m2, unused_m2, share, rest. Errors: MJ_ENOMEM. Cost: linear;
 * parallel over parcels on @p threads. */
MJ_NODISCARD mj_status mj__uses_share(const mj__use_tables *tables, int threads, mj__uses *uses);
/** Ledger: what does not go together in them, and what they name that is not there. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__uses_doubt(const mj__use_tables *tables, const mj__uses *uses);
/** Number of the first use that the enterprise has on the parcel, or -1. Cost: log of its uses. */
int32_t mj__first_use(const mj__uses *uses, int32_t firm, int32_t parcel);
void mj__uses_reset(mj__uses *uses);
#endif
