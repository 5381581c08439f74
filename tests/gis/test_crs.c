#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../test.h"
#include "gis/crs.h"

#define CHINA_2000                                                                                                   \
  "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298." \
  "257222101]],"                                                                                                     \
  "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
#define ESRI_BELT(name, meridian)                                                                          \
  "PROJCS[\"" name "\"," CHINA_2000                                                                        \
  ",PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0]," \
  "PARAMETER[\"Central_Meridian\"," meridian                                                               \
  "],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT["                          \
  "\"Meter\",1.0]]"

static mj_crs *opened(const char *definition) {
  mj_crs *crs = NULL;
  mj_error err = {0};
  mj_status status = mj_crs_open(definition, &crs, &err);
  if (status) printf("%s\n", err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
  return crs;
}

static void codes_are_described_by_their_facts(void) {
  mj_crs *crs = opened("EPSG:4549");
  const mj_crs_facts *f = mj_crs_get(crs);
  CU_ASSERT_STRING_EQUAL(f->name, "CGCS2000 / 3-degree Gauss-Kruger CM 120E");
  CU_ASSERT_STRING_EQUAL(f->authority, "EPSG:4549");
  CU_ASSERT(!strncmp(f->wkt, "PROJCRS[", 8));
  CU_ASSERT(!f->geographic && f->is_tmerc && f->like_wgs84 && f->has_area);
  CU_ASSERT(f->unit_m == 1 && f->lon0_deg == 120 && f->k0 == 1 && f->a_m == 6378137);
  CU_ASSERT_DOUBLE_EQUAL(f->inv_f, 298.257222101, 1e-9);
  CU_ASSERT(f->west_deg >= 118 && f->west_deg <= 118.6 && f->east_deg >= 121.4 && f->east_deg <= 122);
  mj_crs_close(crs);

  crs = opened("EPSG:2263"); /* US survey feet: 1200 / 3937 m */
  f = mj_crs_get(crs);
  CU_ASSERT_DOUBLE_EQUAL(f->unit_m, 1200.0 / 3937, 1e-12);
  CU_ASSERT(!f->is_tmerc && !f->like_wgs84);
  mj_crs_close(crs);

  crs = opened("EPSG:4490");
  f = mj_crs_get(crs);
  CU_ASSERT(f->geographic && f->like_wgs84 && f->unit_m == 0);
  mj_crs_close(crs);

  crs = opened("EPSG:32650");
  f = mj_crs_get(crs);
  CU_ASSERT(f->is_tmerc && f->lon0_deg == 117 && f->k0 == 0.9996 && f->like_wgs84);
  CU_ASSERT_DOUBLE_EQUAL(f->inv_f, 298.257223563, 1e-9);
  mj_crs_close(crs);

  crs = opened("EPSG:2384");
  f = mj_crs_get(crs);
  CU_ASSERT(!f->like_wgs84 && f->a_m == 6378140);
  mj_crs_close(crs);
}

static void esri_wkt_is_identified_and_a_city_system_is_not(void) {
  mj_crs *esri = opened(ESRI_BELT("CGCS2000_3_Degree_GK_CM_117E", "117.0")), *epsg = opened("EPSG:4548");
  CU_ASSERT_STRING_EQUAL(mj_crs_get(esri)->authority, "EPSG:4548");
  CU_ASSERT(mj_crs_same(esri, epsg));
  CU_ASSERT(mj_crs_same(epsg, esri));
  mj_crs *city = opened(ESRI_BELT("Quanzhou_2000", "118.5"));
  CU_ASSERT_STRING_EQUAL(mj_crs_get(city)->authority, "");
  CU_ASSERT_STRING_EQUAL(mj_crs_get(city)->name, "Quanzhou_2000");
  CU_ASSERT(mj_crs_get(city)->lon0_deg == 118.5 && mj_crs_get(city)->like_wgs84);
  CU_ASSERT(!mj_crs_same(city, epsg));
  mj_crs *belt = opened("EPSG:4549"), *zone = opened("EPSG:4528"), *height = opened("EPSG:4549+5737");
  CU_ASSERT(!mj_crs_same(belt, epsg));
  CU_ASSERT(!mj_crs_same(belt, zone)); /* the zone prefix differs */
  CU_ASSERT(mj_crs_same(belt, height));
  mj_crs *china = opened("EPSG:4490"), *wgs84 = opened("EPSG:4326"), *text = opened("+proj=longlat +datum=WGS84");
  CU_ASSERT(!mj_crs_same(china, wgs84));
  CU_ASSERT(mj_crs_same(text, wgs84)); /* axis order aside */
  mj_crs *all[] = {esri, epsg, city, belt, zone, height, china, wgs84, text};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) mj_crs_close(all[i]);
}

static void refused(const char *definition, const char *message) {
  mj_crs *crs = (mj_crs *)&crs;
  mj_error err = {0};
  CU_ASSERT_EQUAL(mj_crs_open(definition, &crs, &err), MJ_ECRS);
  CU_ASSERT_PTR_NULL(crs);
  CU_ASSERT_STRING_EQUAL(err.message, message);
}

static void what_cannot_hold_a_park_is_refused_by_name(void) {
  refused("garbage", "reference system 'garbage': unknown; expected a code such as EPSG:4549, WKT or PROJ text");
  refused("", "reference system '': unknown; expected a code such as EPSG:4549, WKT or PROJ text");
  refused("http://example.com/a.prj",
          "reference system 'http://example.com/a.prj': unknown; expected a code such as EPSG:4549, WKT or PROJ text");
  refused("EPSG:4978",
          "reference system 'EPSG:4978': is a geocentric system; expected a projected system or one in degrees");
  refused("EPSG:4807",
          "reference system 'EPSG:4807': is a system not in degrees; expected a projected system or one in degrees");
}

static void move(const char *from, const char *to, double *x, double *y) {
  mj_crs *a = opened(from), *b = opened(to);
  mj_crs_op *op;
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(a, b, &op, NULL), MJ_OK);
  mj_crs_op_run(op, 1, x, y);
  mj_crs_op_close(op);
  mj_crs_close(a);
  mj_crs_close(b);
}

static void arrives(const char *from, const char *to, double x, double y, double want_x, double want_y, double within) {
  move(from, to, &x, &y);
  CU_ASSERT_DOUBLE_EQUAL(x, want_x, within);
  CU_ASSERT_DOUBLE_EQUAL(y, want_y, within);
}

/* The test points of land-rules 8. */
static void the_known_points_arrive(void) {
  arrives("EPSG:4490", "EPSG:4527", 118.55, 24.91, 39656598.8389, 2756976.9900, 5e-5);
  arrives("EPSG:4490", "EPSG:4528", 118.55, 24.91, 40353505.7618, 2756865.5423, 5e-5);
  arrives("EPSG:4490", "EPSG:4548", 118.62, 24.95, 663619.4078, 2761491.4521, 5e-5);
  arrives("EPSG:4490", "EPSG:4549", 118.62, 24.95, 360623.8094, 2761223.6617, 5e-5);
  arrives("EPSG:4549", "EPSG:4326", 353505.7618, 2756865.5423, 118.55, 24.91, 1e-9); /* CGCS2000 as WGS 84 */
  arrives("EPSG:4528", "EPSG:4548", 40353505.7618, 2756865.5423, 656598.8389, 2756976.9900, 1e-4);
  arrives("EPSG:4326", "EPSG:4326", 1, 2, 1, 2, 0);
  arrives("EPSG:4326", "EPSG:2263", -74, 40 + 10.0 / 60, 984250, 0, 1e-6); /* its origin: 300000 m in feet */
}

/* What PROJ finds in its database, x east and y north. */
static void by_proj(const char *from, const char *to, double *x, double *y) {
  PJ_CONTEXT *ctx = proj_context_create();
  PJ *raw = proj_create_crs_to_crs(ctx, from, to, NULL), *op = proj_normalize_for_visualization(ctx, raw);
  PJ_COORD c = proj_trans(op, PJ_FWD, proj_coord(*x, *y, 0, 0));
  *x = c.xy.x;
  *y = c.xy.y;
  proj_destroy(op);
  proj_destroy(raw);
  proj_context_destroy(ctx);
}

static void operations_from_parameters_equal_those_of_the_database(void) {
  static const struct {
    const char *plane, *geographic;
    double x, y;
  } at[] = {{"EPSG:4549", "EPSG:4490", 353505.7, 2756865.5}, {"EPSG:4528", "EPSG:4490", 40400000, 3100000},
            {"EPSG:32650", "EPSG:4326", 700000, 3500000},    {"EPSG:2263", "EPSG:4269", 983000, 197000},
            {"EPSG:26986", "EPSG:4269", 236000, 900000},     {"EPSG:2384", "EPSG:4610", 520000, 4300000},
            {"EPSG:2436", "EPSG:4214", 520000, 4300000},     {"EPSG:3857", "EPSG:4326", 13000000, 2800000},
            {"EPSG:2053", "EPSG:4148", 10000, -3000000}};
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    double x = at[i].x, y = at[i].y, px = x, py = y;
    mj_crs *plane = opened(at[i].plane), *below = opened(at[i].geographic);
    mj_crs_op *op;
    CU_ASSERT_EQUAL_FATAL(mj_crs_op_lonlat(plane, &op, NULL), MJ_OK);
    mj_crs_op_run(op, 1, &x, &y);
    by_proj(at[i].plane, at[i].geographic, &px, &py);
    CU_ASSERT_DOUBLE_EQUAL(x, px, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(y, py, 1e-12);
    mj_crs_op_close(op);
    CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(below, plane, &op, NULL), MJ_OK);
    mj_crs_op_run(op, 1, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(x, at[i].x, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(y, at[i].y, 1e-6);
    mj_crs_op_close(op);
    mj_crs_close(plane);
    mj_crs_close(below);
  }
}

static void a_shift_that_nobody_knows_is_refused(void) {
  static const char *const old[] = {"EPSG:2384", "EPSG:2436", "EPSG:4610", "EPSG:4214"}, *const now[] = {"EPSG:4549",
                                                                                                         "EPSG:4326"};
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      mj_crs *a = opened(j < 2 ? old[i] : now[j - 2]), *b = opened(j < 2 ? now[j] : old[i]);
      mj_crs_op *op;
      mj_error err = {0};
      CU_ASSERT_EQUAL(mj_crs_op_open(a, b, &op, &err), MJ_ECRS);
      CU_ASSERT_PTR_NULL(op);
      CU_ASSERT_PTR_NOT_NULL(strstr(err.message, mj_crs_get(a)->name));
      CU_ASSERT_PTR_NOT_NULL(strstr(err.message, "no datum shift is known well enough; give the parameters"));
      mj_crs_close(a);
      mj_crs_close(b);
    }
}

/* A shift along x by 100 m at the equator and Greenwich raises the point by 100 m and moves it nowhere; at 90 E it
 * moves it 100 m west. */
static void parameters_in_the_definition_are_used(void) {
  const char *shifted = "+proj=longlat +a=6378137 +rf=298.257222101 +towgs84=100,0,0,0,0,0,0";
  arrives(shifted, "EPSG:4490", 0, 0, 0, 0, 1e-9);
  arrives(shifted, "EPSG:4326", 90, 0, 90 - 100 / 6378137.0 * 180 / 3.14159265358979, 0, 1e-9);
  const char *xian = "+proj=tmerc +lon_0=117 +x_0=500000 +a=6378140 +rf=298.257 +towgs84=10,20,30,0,0,0,0";
  double x = 520000, y = 2756865, lon = x, lat = y;
  move(xian, "EPSG:4549", &x, &y);
  move(xian, "EPSG:4326", &lon, &lat);
  arrives("EPSG:4326", "EPSG:4549", lon, lat, x, y, 1e-6);
  arrives("EPSG:4549", xian, x, y, 520000, 2756865, 1e-3);
}

static void points_without_image_become_huge(void) {
  mj_crs *a = opened("EPSG:4326"), *b = opened("EPSG:4549");
  mj_crs_op *op;
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(a, b, &op, NULL), MJ_OK);
  double x[] = {118.55, 500, (double)NAN, 118.55}, y[] = {24.91, 100, 24, 24.91};
  mj_crs_op_run(op, 4, x, y);
  CU_ASSERT(x[1] == HUGE_VAL && y[1] == HUGE_VAL && x[2] == HUGE_VAL && y[2] == HUGE_VAL);
  CU_ASSERT_DOUBLE_EQUAL(x[0], 353505.7618, 1e-4);
  CU_ASSERT(x[3] == x[0] && y[3] == y[0]);
  mj_crs_op_run(op, 0, NULL, NULL);
  mj_crs_op_close(op);
  mj_crs_close(a);
  mj_crs_close(b);
}

static void many_points_move_alike_for_any_number_of_threads(void) {
  enum { N = 40000 };
  mj_crs *a = opened("EPSG:4326"), *b = opened("EPSG:4549"), *old = opened("EPSG:2384");
  double *x = malloc(4 * N * sizeof *x), *y = x + N, *u = y + N, *v = u + N;
  mj_crs_op *op;
  mj_error err = {0};
  for (int i = 0; i < N; i++) {
    x[i] = u[i] = 118.5 + i * 1e-6;
    y[i] = v[i] = 24.9 - i * 1e-6;
  }
  CU_ASSERT_EQUAL(mj_crs_move(a, b, 3, N, x, y, &err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(a, b, &op, NULL), MJ_OK);
  mj_crs_op_run(op, N, u, v);
  CU_ASSERT(!memcmp(x, u, 2 * N * sizeof *x)); /* y stands behind x, v behind u */
  CU_ASSERT_EQUAL(mj_crs_move(a, b, 3, 0, NULL, NULL, &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_crs_move(old, b, 3, N, x, y, &err), MJ_ECRS);
  CU_ASSERT_PTR_NOT_NULL(strstr(err.message, "no datum shift is known"));
  CU_ASSERT(x[7] == u[7]);
  mj_crs_op_close(op);
  mj_crs_close(old);
  mj_crs_close(b);
  mj_crs_close(a);
  free(x);
}

static void belt(const char *geographic, double lon, const char *authority, double lon0) {
  mj_crs *base = opened(geographic), *made;
  CU_ASSERT_EQUAL_FATAL(mj_crs_belt(base, lon, &made, NULL), MJ_OK);
  const mj_crs_facts *f = mj_crs_get(made);
  CU_ASSERT_STRING_EQUAL(f->authority, authority);
  CU_ASSERT(f->is_tmerc && f->lon0_deg == lon0 && f->k0 == 1 && f->unit_m == 1 && !f->geographic);
  CU_ASSERT_EQUAL(f->a_m, mj_crs_get(base)->a_m);
  mj_crs_op *op;
  double x = lon0, y = 0;
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(base, made, &op, NULL), MJ_OK);
  mj_crs_op_run(op, 1, &x, &y);
  CU_ASSERT_DOUBLE_EQUAL(x, 500000, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(y, 0, 1e-6);
  mj_crs_op_close(op);
  mj_crs_close(made);
  mj_crs_close(base);
}

static void the_belt_has_the_nearest_multiple_of_three_degrees(void) {
  belt("EPSG:4490", 118.55, "EPSG:4549", 120);
  belt("EPSG:4490", 118.49, "EPSG:4548", 117);
  belt("EPSG:4490", 75, "EPSG:4534", 75);
  belt("EPSG:4326", -71.1, "", -72);
  belt("EPSG:4326", -179.9, "", 180);
  mj_crs *base = opened("EPSG:4326"), *made;
  mj_error err = {0};
  CU_ASSERT_EQUAL(mj_crs_belt(base, 1e9, &made, &err), MJ_EINVAL);
  CU_ASSERT_STRING_EQUAL(err.message, "longitude 1e+09: expected -180 to 180 degrees");
  mj_crs_close(base);
}

static void zoned(const char *like, int zone, double lon0, bool prefixed, const char *label, double fe_m) {
  mj_crs *base = opened(like), *made;
  CU_ASSERT_EQUAL_FATAL(mj_crs_zone(base, zone, lon0, prefixed, &made, NULL), MJ_OK);
  const mj_crs_facts *f = mj_crs_get(made);
  CU_ASSERT_STRING_EQUAL(*f->authority ? f->authority : f->name, label);
  CU_ASSERT(f->is_tmerc);
  ASSERT_NEAR(f->lon0_deg, lon0, 1e-12);
  ASSERT_NEAR(f->unit_m, mj_crs_get(base)->unit_m, 1e-14);
  CU_ASSERT_EQUAL(f->k0, mj_crs_get(base)->k0);
  ASSERT_NEAR(f->fe_m, fe_m, 1e-6);
  CU_ASSERT(mj_crs_same_datum(base, made));
  mj_crs_close(made);
  mj_crs_close(base);
}

/* Codes: land-rules 8, from EPSG. */
static void a_zone_has_its_sibling_with_and_without_prefix(void) {
  static const struct {
    int plain3, zone3, plain6, zone6;
  } family[] = {{4548, 4527, 4509, 4498}, {2384, 2363, 2345, 2334}, {2436, 2415, 21460, 21420}};
  for (int i = 0; i < 3; i++) {
    char a[16], b[16], c[16], d[16];
    snprintf(a, sizeof a, "EPSG:%d", family[i].plain3);
    snprintf(b, sizeof b, "EPSG:%d", family[i].zone3);
    snprintf(c, sizeof c, "EPSG:%d", family[i].plain6);
    snprintf(d, sizeof d, "EPSG:%d", family[i].zone6);
    zoned(a, 39, 117, true, b, 39500000);
    zoned(b, 39, 117, false, a, 500000);
    zoned(a, 20, 117, true, d, 20500000);
    zoned(d, 20, 117, false, c, 500000);
  }
  zoned("EPSG:4534", 25, 75, true, "EPSG:4513", 25500000); /* the first and the last of them */
  zoned("EPSG:4554", 45, 135, true, "EPSG:4533", 45500000);
  zoned("EPSG:4502", 13, 75, true, "EPSG:4491", 13500000);
  zoned("EPSG:4512", 23, 135, true, "EPSG:4501", 23500000);
  zoned("EPSG:32650", 50, 117, true, "WGS 84 / UTM zone 50N (central meridian 117, false easting 50500000)", 50500000);
  zoned("EPSG:2257", 39, -(104 + 1.0 / 3), true, /* New Mexico in US feet, false easting 165 km */
        "NAD83 / New Mexico East (ftUS) (central meridian -104.3333333, false easting 39165000)", 39165000);
}

static void zones_are_numbered_by_their_meridian(void) {
  CU_ASSERT(mj_zone_meridian(39, 1) == 117 && mj_zone_meridian(20, 1) == 117 && mj_zone_meridian(25, 1) == 75);
  CU_ASSERT(mj_zone_meridian(13, 1) == 75 && mj_zone_meridian(23, 1) == 135 && mj_zone_meridian(45, 1) == 135);
  CU_ASSERT(isnan(mj_zone_meridian(24, 1)) && isnan(mj_zone_meridian(12, 1)) && isnan(mj_zone_meridian(46, 1)));
  CU_ASSERT(mj_zone_meridian(50, 0.9996) == 117 && mj_zone_meridian(1, 0.9996) == -177);
  CU_ASSERT(isnan(mj_zone_meridian(61, 0.9996)) && isnan(mj_zone_meridian(0, 0.9996)));
}

static void matches_of_60_to_89_are_resemblances(void) {
  mj_crs *same = opened(ESRI_BELT("Somewhere", "117.0")), *city = opened(ESRI_BELT("Quanzhou_2000", "118.5")),
         *named = opened(ESRI_BELT("CGCS2000_3_Degree_GK_CM_117E", "118.5"));
  const mj_crs_facts *f = mj_crs_get(same);
  CU_ASSERT_STRING_EQUAL(f->authority, "");
  CU_ASSERT(f->resemblance >= 60 && f->resemblance < 90);
  ASSERT_HAS(f->resembles, "CGCS2000 / ");
  CU_ASSERT_STRING_EQUAL(mj_crs_get(city)->resembles, "");
  CU_ASSERT_STRING_EQUAL(mj_crs_get(named)->resembles, ""); /* a name alone is nothing */
  CU_ASSERT_STRING_EQUAL(mj_crs_get(named)->authority, "");
  mj_crs *again, *epsg = opened("EPSG:4548");
  CU_ASSERT_EQUAL_FATAL(mj_crs_reopen(f->wkt, &again, NULL), MJ_OK);
  CU_ASSERT(mj_crs_same(again, same) && mj_crs_same(again, epsg));
  CU_ASSERT_STRING_EQUAL(mj_crs_get(again)->wkt, f->wkt);
  mj_crs *all[] = {same, city, named, again, epsg};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) mj_crs_close(all[i]);
}

/* At the equator and Greenwich a shift of 100 m along y goes 100 m to the east. */
static void a_shift_is_put_on_a_datum_and_stays_with_it(void) {
  static const double shift[7] = {0, 100, 0, 0, 0, 0, 0}, other[7] = {0, 200, 0, 0, 0, 0, 0};
  mj_crs *xian = opened("EPSG:4610"), *belt = opened("EPSG:2384"), *shifted, *again, *quarrel;
  CU_ASSERT(!mj_crs_reaches_wgs84(xian) && mj_crs_reaches_wgs84(xian) == mj_crs_reaches_wgs84(belt));
  CU_ASSERT_EQUAL_FATAL(mj_crs_shift(xian, shift, &shifted, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_crs_shift(belt, other, &quarrel, NULL), MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_crs_get(shifted)->authority, "EPSG:4610");
  CU_ASSERT(mj_crs_reaches_wgs84(shifted) && !mj_crs_get(shifted)->like_wgs84);
  CU_ASSERT(mj_crs_same_datum(shifted, belt) && mj_crs_same(shifted, xian));
  CU_ASSERT_EQUAL_FATAL(mj_crs_reopen(mj_crs_get(shifted)->wkt, &again, NULL), MJ_OK);
  CU_ASSERT(mj_crs_reaches_wgs84(again));
  mj_crs *wgs84 = opened("EPSG:4326");
  mj_crs_op *op;
  double x = 0, y = 0;
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(again, wgs84, &op, NULL), MJ_OK);
  mj_crs_op_run(op, 1, &x, &y);
  ASSERT_NEAR(x, 100 / 6378137.0 * 180 / 3.14159265358979, 1e-8);
  ASSERT_NEAR(y, 0, 1e-9);
  mj_crs_op_close(op);
  /* within the datum a shift plays no part, unless two contradict each other */
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(shifted, belt, &op, NULL), MJ_OK);
  x = 117, y = 0;
  mj_crs_op_run(op, 1, &x, &y);
  ASSERT_NEAR(x, 500000, 1e-6);
  mj_crs_op_close(op);
  x = 117, y = 0;
  CU_ASSERT_EQUAL_FATAL(mj_crs_op_open(shifted, quarrel, &op, NULL), MJ_OK);
  mj_crs_op_run(op, 1, &x, &y);
  CU_ASSERT(fabs(x - 500000) > 10);
  mj_crs_op_close(op);
  mj_crs *all[] = {xian, belt, shifted, again, quarrel, wgs84};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) mj_crs_close(all[i]);
}

SUITE_OF(crs, T(a_zone_has_its_sibling_with_and_without_prefix), T(zones_are_numbered_by_their_meridian),
         T(matches_of_60_to_89_are_resemblances), T(a_shift_is_put_on_a_datum_and_stays_with_it),
         T(codes_are_described_by_their_facts), T(esri_wkt_is_identified_and_a_city_system_is_not),
         T(what_cannot_hold_a_park_is_refused_by_name), T(the_known_points_arrive),
         T(operations_from_parameters_equal_those_of_the_database), T(a_shift_that_nobody_knows_is_refused),
         T(parameters_in_the_definition_are_used), T(points_without_image_become_huge),
         T(many_points_move_alike_for_any_number_of_threads), T(the_belt_has_the_nearest_multiple_of_three_degrees));
