/** @file sample.h  The synthetic park while it is being made: blocks, parcels, buildings, enterprises and the list of
 * what is wrong on purpose. */
#ifndef MUJUN_SAMPLE_H
#define MUJUN_SAMPLE_H

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <stdbool.h>
#include <stdint.h>

#define EMPTY ((double)NAN)
enum {
  N_ZONES = 3,
  N_YEARS = 3,
  FIRST_YEAR = 2023,
  MAX_USES = 3,
  NO_ZONE = -1,
  EPSG_PARK = 4549,
  EPSG_PREFIXED = 4528
};

/* ---- chance ---- */

/** One stream of chance; every stage has its own, so that a change in one leaves the others alone. */
typedef struct {
  uint64_t state;
} chance;
chance chance_of(uint64_t seed, uint64_t stage);
double chance_between(chance *c, double low, double high);
int chance_below(chance *c, int n); /**< 0 .. n-1 */
bool chance_is(chance *c, double share);

/* ---- the park ---- */

/** What stands on a parcel, which decides everything else about it. */
typedef enum { FACTORY, SHARED, CENTRE, CLOSED, VACANT, STOPPED, OTHER } parcel_kind;

/** A street system: metres along (u) and across (v) the streets, bent a little, turned and moved into the plane. */
typedef struct {
  const char *name;                      /* 北部片区 ... */
  double east, north, turn;              /* of (0, 0); radians */
  double bend_u, bend_v, wave_u, wave_v; /* metres */
  double u_min, u_max, v_min, v_max;
  int n_parcels;
  double mean_m2; /* of a parcel */
} streets;

typedef struct {
  int zone, column, row;
  double u0, u1, v0, v1; /* between the kerbs */
  int n_parcels;
  bool single, curved, centre;
} block;

typedef struct {
  int zone, block;
  double u0, u1, v0, v1; /* in the street system of its zone */
  OGRGeometryH geom;
  char code[48]; /* as the parcel layer says it; "" is none */
  char key[40];  /* as every other table says it */
  int joined;    /* 1: built over together with the next parcel */
  parcel_kind kind;
  const char *use, *use_name, *cause, *tenure;
  int industry;
  double area_m2, recorded_m2, contract_m2, cap, price_wan;            /* EMPTY where not said */
  double developed_m2, developable_m2, invested_wan, invest_total_wan; /* EMPTY where not said */
  char due[40], extended[40], delivered[40], started_on[40], stopped[40], tenure_end[48];
  int started, mortgaged, seized; /* -1: empty */
  char owner[96], owner_code[24], address[96];
  double tax_per_mu; /* what its enterprises are made to yield */
  double floor_m2, footprint_m2;
  double let; /**< share of its floor that tenants have */
  int firms;
  int house0, house1; /* first and one past the last of the houses built in one go; gatehouses and annexes come later */
  bool marked;        /* taken for some piece of dirt or a threshold already */
} parcel;

typedef struct {
  OGRGeometryH geom;
  char id[16];
  int parcel;                                             /* -1: on none */
  int floors;                                             /* 0: empty */
  double height_m, ground_m, registered_m2, footprint_m2; /* EMPTY where not said */
  const char *structure, *use, *state;
  int year;
} building;

/** One enterprise's use of one parcel. EMPTY where not said. */
typedef struct {
  int parcel;
  double land_m2, floor_m2;
  const char *how;
} firm_use;

typedef struct {
  char code[24], name[96];
  char parcel_key[48]; /* "" where only occupancies.csv says it */
  int industry, n_uses;
  firm_use use[MAX_USES];
  bool listed[N_YEARS];
  double output_wan[N_YEARS], tax_wan[N_YEARS], rd_wan[N_YEARS], profit_wan[N_YEARS], added_wan[N_YEARS],
      energy_tce[N_YEARS];
  double staff[N_YEARS], power_kwh[N_YEARS];
  const char *tax_text[N_YEARS], *output_text[N_YEARS]; /* written instead of the number */
  bool above_scale, high_tech, flat;
} firm;

/** A line of truth.csv: what is so in the park, on purpose, and where. */
typedef struct {
  char kind[40], layer[24], id[40], detail[160];
  int64_t row;
} truth;

typedef struct {
  uint64_t seed;
  int n_wanted;
  double scale; /* of the distances between the three pieces */
  streets zone[N_ZONES];
  block *block;
  int n_blocks;
  parcel *parcel;
  int n_parcels;
  building *building;
  int n_buildings, cap_buildings;
  firm *firm;
  int n_firms;
  truth *truth;
  int n_truths, cap_truths;
  OGRGeometryH zone_outline[N_ZONES];
} park;

/* ---- the stages, in order ---- */

void make_blocks(park *p);                          /**< streets.c */
void make_parcels(park *p);                         /**< lots.c */
void make_land(park *p);                            /**< land.c: use, owner, dates, caps */
void make_buildings(park *p);                       /**< houses.c */
void make_firms(park *p);                           /**< firms.c */
void make_figures(park *p);                         /**< figures.c: what the enterprises yield, year by year */
void make_dirt(park *p);                            /**< dirt.c */
void make_firm_dirt(park *p);                       /**< dirt_tables.c */
void write_parcels(const park *p, const char *dir); /**< write_layers.c */
void write_buildings(const park *p, const char *dir);
void write_plan(park *p, const char *dir);               /**< write_plan.c: zones, plan units, block lines */
void write_surroundings(const park *p, const char *dir); /**< write_ground.c: roads, water, easements */
void write_enterprises(const park *p, const char *dir);  /**< write_tables.c */
void write_occupancies(const park *p, const char *dir);
void write_lists(const park *p, const char *dir); /**< write_lists.c: factory units, projects, contracts, truth */

/* ---- helpers ---- */

/** Print what went wrong and leave with 1 unless @p good. */
void need(bool good, const char *what);
/** realloc of n items, or leave. */
void *grow(void *items, size_t n, size_t size);
/** Note one row of truth; row is 1-based, 0 for none. The detail is printf's. */
__attribute__((format(printf, 6, 7))) void note(park *p, const char *kind, const char *layer, int64_t row,
                                                const char *id, const char *detail, ...);
/** (u, v) of a street system in the plane, rounded to the millimetre. */
void place(const streets *s, double u, double v, double *x, double *y);
/** Direction of the u axis at (u, v), radians. */
double heading(const streets *s, double u, double v);
/** A rectangle of length x depth around (x, y), its length along @p angle. */
OGRGeometryH rectangle(double x, double y, double length, double depth, double angle);
/** Polygon of n points; takes (u, v) pairs of a street system. */
OGRGeometryH street_polygon(const streets *s, int n, const double *uv);
double round_to(double value, double step);
bool is_industrial(const parcel *q);
double mu_of(double m2);
/** A building in the park's list; its id is given here. */
building *add_building(park *p, OGRGeometryH geom, int parcel_index);

/* ---- words.c ---- */

typedef struct {
  const char *code, *name;
  double output_per_tax;
} industry;
extern const industry industries[];
int industry_for(int zone, chance *c);
/** A name that is plainly made up, different for every @p index. */
void firm_name(int index, int industry_index, char *out, size_t size);
/** A unified social credit code with both check characters right (GB 32100-2015). */
void credit_code(int index, char out[24]);

/* ---- out.c ---- */

/** Make a layer file of one driver, replacing what is there. */
GDALDatasetH create_file(const char *driver, const char *dir, const char *name);
OGRLayerH create_layer(GDALDatasetH file, const char *name, int epsg, OGRwkbGeometryType type, char **options);
void add_fields(OGRLayerH layer, OGRFieldType type, const char *const *names);
void set_text(OGRFeatureH f, const char *field, const char *text); /**< "" or NULL: empty */
void set_number(OGRFeatureH f, const char *field, double value);   /**< EMPTY where not said */
void set_flag(OGRFeatureH f, const char *field, int flag);         /**< 是, 否, or empty for -1 */
/** Write the feature with a copy of @p geom (may be NULL) and free it. */
void put_feature(OGRLayerH layer, OGRFeatureH f, OGRGeometryH geom);
/** The spatial reference of an EPSG code, x east. Release with OSRRelease. */
OGRSpatialReferenceH reference(int epsg);
/** Copy of @p geom brought from the park's system to @p epsg. */
OGRGeometryH reprojected(OGRGeometryH geom, int epsg);

#endif
