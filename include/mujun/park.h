/** @file park.h  What the five rooms hand on: the settings, the tables by name, the ledger. */
#ifndef MUJUN_PARK_H
#define MUJUN_PARK_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/fit.h"
#include "mujun/ledger.h"
#include "mujun/progress.h"
#include "mujun/status.h"
#include "mujun/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The tables of a park: first the roles that intake reads, then what measure, judge and plan add. */
typedef enum {
  MJ_PARCELS,
  MJ_ZONES,
  MJ_BUILDINGS,
  MJ_PLAN_UNITS,
  MJ_CONTROL_LINES,
  MJ_ROADS,
  MJ_WATER,
  MJ_EASEMENTS,
  MJ_ENTERPRISES,
  MJ_OCCUPANCIES,
  MJ_FACTORY_UNITS,
  MJ_PROJECTS,
  MJ_CONTRACTS,
  MJ_ROLE_END,                   /**< one past the last role that is read */
  MJ_PARCEL_ZONES = MJ_ROLE_END, /**< measure: parcel x zone with overlap, share */
  MJ_PARCEL_BUILDINGS,           /**< measure: parcel x building with footprint and floor area inside */
  MJ_CHECKS,                     /**< intake and measure: places of ledger entries that are polygons */
  MJ_CHECK_POINTS,               /**< intake and measure: places of ledger entries that are points */
  MJ_JOIN_CANDIDATES,            /**< intake: keys that match nothing but nearly match something */
  MJ_RECONCILIATION,             /**< measure: where each sum of the enterprise table went */
  MJ_ENTERPRISE_SERIES,          /**< measure: each enterprise over the years, and its state */
  MJ_REASONS,      /**< judge: one row a comparison that decided, of verdicts that are 是 or 数据不足, or all */
  MJ_TARGETS,      /**< judge: progress to each target, by park and zone */
  MJ_CORRECTIONS,  /**< intake: every line of the corrections file and what became of it */
  MJ_GAPS,         /**< measure: the delivered values that a NULL measure of a parcel lacks */
  MJ_PARCEL_YEARS, /**< measure: the yearly columns of parcels for earlier years, as far as a target names them */
  MJ_FIXES,        /**< judge: the values that would settle verdicts, most first */
  MJ_GRADES,       /**< judge: class, score and margins of each enterprise under each grade scheme */
  MJ_GRADE_POINTS, /**< judge: value, base and points of each indicator behind them */
  MJ_INDICATORS,   /**< judge: figures of the park and each zone, held against ideals */
  MJ_AUDITS,       /**< judge: what follows from a policy's own numbers, and whether it agrees */
  MJ_ENTERPRISE_REASONS, /**< judge: as reasons, of verdicts on enterprises */
  MJ_BREAKPOINTS,        /**< judge: values of a figure at which a parcel would be treated otherwise */
  MJ_OCCUPANCY_SHARES,   /**< measure: who uses which share of which parcel in the year, vacant and unknown too */
  MJ_ATTRIBUTIONS, /**< measure: land and figures of each enterprise in four ways of counting tenants and owners */
  MJ_OVER_LEASES,  /**< measure: lessees beside enterprises of their kind: floor per worker, electricity and output per
                      m2 */
  MJ_ATTRIBUTION_GRADES, /**< judge: the class of each enterprise in each way of attribution */
  MJ_FIT_OPTIONS,        /**< plan: what each way of renewal comes to on each parcel that was fitted */
  MJ_FIT,                /**< plan: the factories that fit, storeys that can be added, buildable areas and lanes */
  MJ_FIT_SWEEP,          /**< plan: what the fit comes to under other caps, setbacks and modules */
  MJ_FLIPS,              /**< report: what two runs decide differently */
  MJ_TABLE_END
} mj_table_id;

/** "parcels", "zones", ... */
MJ_API const char *mj_table_id_name(mj_table_id id);
/** "宗地", "片区", ...; in English the name. */
MJ_API const char *mj_table_id_word(mj_table_id id, mj_lang lang);

/** Where an area comes from, in the order of trust that a rulebook gives. */
typedef enum {
  MJ_BASIS_NONE = 0,
  MJ_BASIS_RECORDED,
  MJ_BASIS_CONTRACT,
  MJ_BASIS_ELLIPSOID,
  MJ_BASIS_PLANAR,
  MJ_BASIS_TUBAN
} mj_basis;
enum { MJ_MAX_BASES = 5 };
/** "recorded", "contract", "ellipsoid", "planar", "tuban"; "" for none. */
MJ_API const char *mj_basis_name(mj_basis basis);
/** Column of parcels that holds it: "area_recorded_m2"; "" for none. */
MJ_API const char *mj_basis_column(mj_basis basis);
/** Those of @p said that parcels have a column for, in its order; nothing said: recorded, contract, ellipsoid. Ends
 * with NONE. Returns their number. */
MJ_API int mj_bases_used(const mj_table *parcels, const mj_basis *said, mj_basis out[MJ_MAX_BASES + 1]);

/** One field of a role as park.yaml maps it. value set: a constant for every row; else column and, where not NULL,
 * unit. */
typedef struct {
  const char *field, *column, *unit, *value;
} mj_field_map;
/** Replace a text of a field on reading: {field: land_use, from: "3", to: "1001"}. */
typedef struct {
  const char *field, *from, *to;
} mj_value_map;

/** One input file of one role. Texts belong to the project's arena; NULL is "not said". */
typedef struct {
  mj_table_id role;
  const char *path, *layer, *crs, *encoding;
  const double *datum_shift; /**< [7] to WGS 84: dx, dy, dz in m, rx, ry, rz in arc-seconds, s in ppm; or NULL */
  int32_t year;              /**< of an enterprise table without a year column, or MJ_DATE_NULL */
  bool complete;             /**< no row means zero, not unknown */
  bool nameless;             /**< parcels may lack a column of identifiers: their row numbers then stand for them */
  const mj_field_map *fields;
  int32_t n_fields;
  const mj_value_map *values;
  int32_t n_values;
} mj_input;

/** A table joined by code whose column becomes a fact: the parcel's `match` looks up `key`, giving `value`. */
typedef struct {
  const char *name, *path, *key, *match, *value;
} mj_lookup;

/** What a project means by a word that the document leaves open: the SQL of a fact instead of the rulebook's. */
typedef struct {
  const char *name, *sql;
} mj_fact_setting;

/** What was read of one input, for the manifest. */
typedef struct {
  mj_table_id role;
  const char *path, *layer, *format, *crs, *encoding; /**< as used; "" where none */
  int64_t rows_in, rows_kept;
  double area_in_m2, area_repair_m2, area_lost_m2; /**< planar, in the frame: of all polygons as read, what repair took
                                                      away, what went with shapes set aside; 0 without polygons */
  char sha256[65]; /**< of the bytes of the file (of a folder or shapefile: of all its parts in name order); "" until
                      known */
} mj_source;

/** How the keys of two tables met. */
typedef struct {
  const char *left, *right, *key;
  int64_t left_rows, right_rows, left_keys, right_keys, matched_keys, only_left, only_right, left_null, right_null,
      right_repeated;
  int64_t right_most; /**< rows of the most repeated right key */
} mj_join;

/** Tolerances and bounds of the data checks, a member a line of checks.def; 0 or NaN: not said. mj_rules_load fills
 * what is not said from the rulebooks in force, then from rules/checks.yaml. */
typedef struct {
#define CHECK(name, unit, zh, en) double name;
#include "mujun/checks.def"
#undef CHECK
} mj_check_limits;
/** What one of them is: its name, unit and meaning. */
typedef struct {
  const char *name, *unit, *zh, *en;
} mj_check_fact;
/** All of them, [*n], in the order of the members: the i-th is ((double *)limits)[i]. */
MJ_API const mj_check_fact *mj_check_facts(int *n);
/** Take from @p from what @p into does not say. */
MJ_API void mj_check_limits_fill(mj_check_limits *into, const mj_check_limits *from);

/** A file that is in memory: its name, its bytes with a NUL behind them, their number. */
typedef struct {
  const char *name, *text;
  size_t n;
} mj_rulebook_file;

/** Which parcels factories are fitted on: candidates on land that may be industrial, all of that land, none. */
typedef enum { MJ_FIT_CANDIDATES, MJ_FIT_ALL, MJ_FIT_NONE } mj_fit_of;

/** Settings: park.yaml and options first, then the rulebooks (first that says it), then the defaults. */
typedef struct {
  const char *name; /**< of the park, may be NULL */
  int32_t as_of;    /**< reference date; required */
  int32_t year;     /**< of the enterprise figures; default: the year before as_of */
  mj_lang lang;
  bool all_reasons;          /**< reasons also of what is 否 */
  int threads;               /**< 0: one per core */
  const char *crs;           /**< for layers that carry none, or NULL */
  const double *datum_shift; /**< [7] as mj_input's, for layers on a datum without a known way to WGS 84, or NULL */
  const char *encoding;      /**< for texts, or NULL to find out */
  const char *corrections;   /**< file of corrections ("file.xlsx:sheet"), or NULL */
  mj_basis basis_yield[MJ_MAX_BASES], basis_plot_ratio[MJ_MAX_BASES],
      basis_coverage[MJ_MAX_BASES]; /**< ends with NONE; all NONE: not said */
  double headroom_min_m2;           /**< least headroom that makes a candidate; NaN: not said */
  double area_tolerance; /**< relative difference of recorded and measured area that is reported; NaN: not said */
  mj_check_limits checks;
  mj_fit_norms fit; /**< of the standard-factory fit; mj_rules_load fills what is not said, as checks */
  mj_fit_of fit_of;
  const char **fit_parcels; /**< [n_fit_parcels] these alone, whatever they are */
  int32_t n_fit_parcels;
  double fit_cap; /**< plot ratio to fit for on all parcels; 0: that of each */
  const char **summaries;
  int32_t n_summaries;         /**< paths of .sql files, one SELECT each */
  const char *land_use_scheme; /**< of the parcels' land-use codes ("mnr2023", ...), or NULL to find out */
  const char **rulebooks;
  const mj_rulebook_file *rulebook_files; /**< ends with a NULL name: rulebooks are found among these; NULL: those that
                                             come with the program, and files */
  int32_t n_rulebooks;                    /**< paths or names */
  mj_input *inputs;
  int32_t n_inputs;
  mj_lookup *lookups;
  int32_t n_lookups;
  mj_fact_setting *facts;
  int32_t n_facts;
  mj_arena arena; /**< owns every text above */
} mj_project;

/** Nothing said yet: `mj_park park = {.project = MJ_PROJECT_DEFAULTS};`. A date or year of 0 is read as not said too.
 */
#define MJ_PROJECT_DEFAULTS \
  { .as_of = MJ_DATE_NULL, .year = MJ_DATE_NULL, .headroom_min_m2 = (double)NAN, .area_tolerance = (double)NAN }

/** The reference system all geometry of the park is in: that of the parcels, or a 3-degree belt laid over parcels in
 * degrees or in a system that distorts areas, such as Web Mercator. */
typedef struct {
  char *wkt;               /**< of the frame (working system), malloc'd */
  char *source_wkt;        /**< of the parcel layer as delivered, malloc'd; the same where it is projected */
  char source_name[128];   /**< "EPSG:4549" or the name */
  bool source_degrees;     /**< the parcels came in degrees */
  bool laid;               /**< the frame is a belt of ours and not the system they came in */
  bool no_wgs84;           /**< no way from their datum to WGS 84 is known: no longitude and latitude are written */
  double lon_deg, lat_deg; /**< middle of the parcels on their own datum; NaN: no parcel has a place */
  double unit_m;           /**< metres per unit of the frame: 1, or 0.3048006... for US feet */
  double a_m, inv_f;       /**< ellipsoid */
} mj_frame;

typedef struct mj_rulebook mj_rulebook; /* judge's own */

/** What a person asks of a rulebook, in the run's language. Texts belong to the park's arena. */
typedef struct {
  const char *code, *version, *name, *document;
  int32_t from, to; /**< in force on these days and between; to may be MJ_DATE_NULL: open */
  bool in_force;    /**< on the reference date */
  char fnv1a64[17]; /**< of the bytes of its file and of its tables */
  const mj_rulebook_file *files;
  int n_files;           /**< as they were read: "quanzhou-2025.yaml", then the tables beside it */
  const char **measures; /**< [n_measures] the SQL of its targets: what measure keeps earlier years for */
  int n_measures;
} mj_rulebook_facts;

/** A summary that the user wrote: one SELECT over the tables of the result. Texts belong to the park's arena. */
typedef struct {
  const char *name;  /**< of its sheet and files: that of its file without .sql */
  const char *title; /**< heading of the sheet: its line `-- title:`, else the name */
  const char *path, *text;
  char fnv1a64[17]; /**< of the bytes of its file */
} mj_own_query;

/** A park on its way through the rooms. Valid when {0}; mj_park_reset frees it. */
typedef struct {
  mj_project project;
  mj_frame frame;
  mj_table table[MJ_TABLE_END]; /**< name is NULL where the table was not given */
  double *lon_deg, *lat_deg; /**< [vertices of parcels] WGS84, for output; measure fills them; NULL: frame.no_wgs84 */
  mj_ledger ledger;
  mj_source *sources;
  int32_t n_sources;
  mj_join *joins;
  int32_t n_joins;
  int32_t *enterprise_of_row; /**< measure: which of n_enterprises each row of the enterprise table is of; else NULL */
  int32_t n_enterprises;
  mj_rulebook **rulebooks;
  mj_rulebook_facts *rulebook_facts; /**< [n_rulebooks] */
  int32_t n_rulebooks;
  mj_own_query *queries; /**< mj_queries_load */
  int32_t n_queries;
  bool unread[MJ_TABLE_END]; /**< tables whose rows nobody will read: mj_park_wants */
  int64_t open_verdicts;     /**< judge: idle, inefficient and renewal tiers that lack data */
  mj_progress progress;
  mj_arena arena;
  mj_arena scratch; /**< what one stage of measure needs and no later one: mj_measure empties it after each */
} mj_park;
/** Make table @p id of the park anew: n rows, all columns that columns.def has for it, every value NULL. Errors:
 * MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_park_new_table(mj_park *park, mj_table_id id, int64_t n, mj_error *err);

/** False where no wanted output reads the rows of table @p id: it is then made with its columns and without rows. Asked
 * before reasons, enterprise_reasons, breakpoints and enterprise_series are filled; true unless mj_analyze was told
 * which files to write. */
MJ_API bool mj_park_wants(const mj_park *park, mj_table_id id);
/** True when the park has that table. */
MJ_API bool mj_park_has(const mj_park *park, mj_table_id id);
/** Name of the file that the row came from where several make up the table; NULL where one does, or it is not known. */
MJ_API const char *mj_park_file(const mj_park *park, mj_table_id id, int64_t row);
enum { MJ_WHERE = 320 };
/** "enterprises (2024.csv)" where several files make up the table, as row numbers count within a file; else
 * "enterprises". Returns @p out. */
MJ_API const char *mj_park_where(const mj_park *park, mj_table_id id, int64_t row, char out[MJ_WHERE]);
/** What people call a row of parcels, buildings, enterprises or occupancies; NULL where it has no name. */
MJ_API const char *mj_park_identifier(const mj_park *park, mj_table_id id, int64_t row);
MJ_API void mj_park_reset(mj_park *park);

#ifdef __cplusplus
}
#endif
#endif
