#include "layers.h"

static mj_park park;
static mj_error err;

static mj_status run(const char *yaml) {
  mj_park_reset(&park);
  return take_in(yaml, &park, &err);
}

static void taken(const char *yaml) {
  mj_status status = run(yaml);
  if (status) printf("\n    %s: %s", yaml, err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
}

static void refused(const char *yaml, const char *part) {
  CU_ASSERT_EQUAL(run(yaml), MJ_ECRS);
  ASSERT_HAS(err.message, part);
}

static mj_box box_of(mj_table_id id) {
  mj_box box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  const mj_geom *g = &park.table[id].geom;
  for (int32_t i = 0; i < g->verts; i++) {
    box.xmin = fmin(box.xmin, g->x[i]);
    box.xmax = fmax(box.xmax, g->x[i]);
    box.ymin = fmin(box.ymin, g->y[i]);
    box.ymax = fmax(box.ymax, g->y[i]);
  }
  return box;
}

/* The place of all tests here is the point of land-rules 8 at 118.55E 24.91N: zone 39 (117E) 2756976.99 N 656598.84 E,
 * zone 40 (120E) 2756865.54 N 353505.76 E. The rectangle is 200 m to the east and 100 m to the north of it, so its
 * middle is 0.00099 degrees further east (100 m of 101 km) and 0.00045 further north (50 m of 110.8 km). */
static void lies_in_licheng(void) {
  ASSERT_NEAR(park.frame.lon_deg, 118.55 + 0.00099, 3e-5);
  ASSERT_NEAR(park.frame.lat_deg, 24.91 + 0.00045, 3e-5);
}

static void is_200_by_100(void) {
  mj_box b = box_of(MJ_PARCELS);
  ASSERT_NEAR(b.xmax - b.xmin, 200, 0.2);
  ASSERT_NEAR(b.ymax - b.ymin, 100, 0.1);
}

#define E39 656598.84
#define N39 2756976.99
#define E40 353505.76
#define N40 2756865.54
#define PREFIX39 39e6
#define PREFIX40 40e6
#define PARCELS(file) "parcels: " file "\n"

static const char cm117[] = ESRI_GAUSS("CGCS2000_3_Degree_GK_CM_117E", ESRI_CHINA_2000, "500000.0", "117.0"),
                  zone39[] = ESRI_GAUSS("CGCS2000_3_Degree_GK_Zone_39", ESRI_CHINA_2000, "39500000.0", "117.0"),
                  grs117[] = ESRI_PROJCS("CGCS2000_3_Degree_GK_CM_117E", ESRI_CHINA_2000_GRS, "Transverse_Mercator",
                                         "500000.0", "0.0", "117.0", "1.0", "0.0", "\"Meter\",1.0"),
                  city[] = ESRI_GAUSS("Quanzhou_2000", ESRI_CHINA_2000, "500000.0", "118.5"),
                  another_name[] = ESRI_GAUSS("QZ_Survey", ESRI_CHINA_2000, "500000.0", "117.0"),
                  xian117[] = ESRI_GAUSS("Xian_1980_3_Degree_GK_CM_117E", ESRI_XIAN, "500000.0", "117.0"),
                  beijing117[] = ESRI_GAUSS("Beijing_1954_3_Degree_GK_CM_117E", ESRI_BEIJING, "500000.0", "117.0"),
                  wgs117[] = ESRI_GAUSS("WGS84_GK_117", ESRI_WGS84, "500000.0", "117.0");

/* ---- axis order ---- */

static void every_way_to_state_a_system_gives_east_and_north(void) {
  static const char wkt2[] =
      "PROJCRS[\"own\",BASEGEOGCRS[\"China Geodetic Coordinate System 2000\",DATUM[\"China 2000\",ELLIPSOID["
      "\"CGCS2000\",6378137,298.257222101]]],CONVERSION[\"own\",METHOD[\"Transverse Mercator\"],PARAMETER["
      "\"Latitude of natural origin\",0],PARAMETER[\"Longitude of natural origin\",117],PARAMETER[\"Scale factor at "
      "natural origin\",1],PARAMETER[\"False easting\",500000],PARAMETER[\"False northing\",0]],CS[Cartesian,2],"
      "AXIS[\"northing (X)\",north,ORDER[1]],AXIS[\"easting (Y)\",east,ORDER[2]],LENGTHUNIT[\"metre\",1]]";
  static const struct {
    const char *file, *system;
    double x, y, width, height;
  } at[] = {{"p.gpkg", "EPSG:4548", E39, N39, 200, 100},
            {"p.gpkg", "EPSG:4527", PREFIX39 + E39, N39, 200, 100},
            {"p.fgb", "EPSG:4549", E40, N40, 200, 100},
            {"p.shp", "EPSG:4528", PREFIX40 + E40, N40, 200, 100},
            {"p.gpkg", wkt2, E39, N39, 200, 100},
            {"p.fgb", wkt2, E39, N39, 200, 100},
            {"p.gpkg", "EPSG:4490", 118.55, 24.91, 0.00198, 0.0009},
            {"p.shp", "EPSG:4490", 118.55, 24.91, 0.00198, 0.0009},
            {"p.gpkg", "EPSG:4326", 118.55, 24.91, 0.00198, 0.0009},
            {"p.fgb", "EPSG:4326", 118.55, 24.91, 0.00198, 0.0009}};
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    char yaml[64];
    write_rectangle(at[i].file, "ZDDM", at[i].system, at[i].x, at[i].y, at[i].width, at[i].height);
    snprintf(yaml, sizeof yaml, PARCELS("%s"), at[i].file);
    taken(yaml);
    lies_in_licheng();
    mj_box b = box_of(MJ_PARCELS);
    /* degrees come into the belt of 120E turned by 1.45 sin 24.91 = 0.61 degrees: 1.1 m wider and 2.1 m higher */
    ASSERT_NEAR(b.xmax - b.xmin, 200, 1.5);
    ASSERT_NEAR(b.ymax - b.ymin, 100, 2.5);
    ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 0);
    ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), 0);
  }
  static const char *const prj[] = {cm117, grs117, wkt2};
  for (size_t i = 0; i < 3; i++) {
    write_with_prj("p", "ZDDM", prj[i], E39, N39, 200, 100);
    taken(PARCELS("p.shp"));
    lies_in_licheng();
    is_200_by_100();
  }
}

/* ---- x and y exchanged ---- */

static void exchanged_surveys_are_read_as_east_and_north(void) {
  static const struct {
    const char *system, *read_in;
    double x, y;
    int prefixes;
  } at[] = {{"EPSG:4548", "EPSG:4548", N39, E39, 0},
            {"EPSG:4527", "EPSG:4527", N39, PREFIX39 + E39, 0},
            {"EPSG:4548", "EPSG:4527", N39, PREFIX39 + E39, 1}, /* both at once */
            {"EPSG:4527", "EPSG:4548", N39, E39, 1},
            {"EPSG:2384", "EPSG:2384", N39, E39, 0},
            {city, "Quanzhou_2000", 2756000, 505049, 0}};
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    write_rectangle("p.gpkg", "ZDDM", at[i].system, at[i].x, at[i].y, 100, 200);
    taken(PARCELS("p.gpkg"));
    is_200_by_100();
    ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 1);
    ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), at[i].prefixes);
    ASSERT_TEXT(park.frame.source_name, at[i].read_in);
    if (!strcmp(at[i].system, "EPSG:4548")) lies_in_licheng();
  }
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", N39, E39, 100, 200);
  taken(PARCELS("p.gpkg"));
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_AXES_SWAPPED);
  ASSERT_TEXT(e->found, "x 2756976.99 .. 2757076.99, y 656598.84 .. 656798.84");
  ASSERT_TEXT(e->expected, "x is northing and y is easting; exchanged, they fit EPSG:4548");
}

static void exchanged_degrees_are_read_as_longitude_and_latitude(void) {
  static const char *const system[] = {"EPSG:4490", "EPSG:4326", "EPSG:4610"};
  for (int i = 0; i < 3; i++) {
    write_rectangle("p.gpkg", "ZDDM", system[i], 24.91, 118.55, 0.0009, 0.00198);
    taken(PARCELS("p.gpkg"));
    lies_in_licheng();
    ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 1);
    ASSERT_HAS(first_entry(&park, MJ_L_CRS_AXES_SWAPPED)->expected, "x is latitude and y is longitude");
  }
  /* 87.6E 43.8N: as it stands it would be in the Arctic Ocean, outside the area of EPSG:4490 */
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4490", 43.8, 87.6, 0.001, 0.001);
  taken(PARCELS("p.gpkg"));
  ASSERT_NEAR(park.frame.lon_deg, 87.6005, 1e-4);
}

static void numbers_that_fit_their_system_are_left_alone(void) {
  static const char far_origin[] = ESRI_PROJCS("Own grid", ESRI_CHINA_2000, "Gauss_Kruger", "2756000.0", "-2000000.0",
                                               "118.5", "1.0", "0.0", "\"Meter\",1.0");
  static const struct {
    const char *system;
    double x, y;
  } at[] = {{"EPSG:2263", 1010000, 197000},   /* New York: x of seven digits and y of six, in feet */
            {"EPSG:26986", 236000, 900000},   /* Massachusetts */
            {"EPSG:32650", 820000, 3490000},  /* beyond the edge of a UTM zone */
            {"EPSG:3857", 1500000, 500000},   /* Web Mercator off Gabon */
            {"EPSG:3857", 13197000, 2865000}, /* and at Quanzhou: digits of zone 13 */
            {"EPSG:4326", 45, 80},            /* Franz Josef Land: latitude 80 is a longitude of China */
            {"EPSG:2193", 1570000, 5180000},  /* New Zealand, false easting 1600000 */
            {"EPSG:4548", 150000, 2756976},   /* 350 km off the meridian */
            {far_origin, 2756500, 757000},    /* a grid whose eastings look like northings */
            {"EPSG:27700", 400000, 300000}};  /* Britain */
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    write_rectangle("p.gpkg", "ZDDM", at[i].system, at[i].x, at[i].y, 1, 0.5);
    taken(PARCELS("p.gpkg"));
    ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 0);
    ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), 0);
  }
}

/* ---- zone prefixes ---- */

static void eastings_with_a_zone_are_read_in_the_sibling_that_has_it(void) {
  static const struct {
    const char *prj, *read_in;
    double zone;
  } at[] = {{cm117, "EPSG:4527", 39},
            {zone39, "EPSG:4548", 0},
            {xian117, "EPSG:2363", 39},
            {beijing117, "EPSG:2415", 39},
            {another_name, "EPSG:4527", 39},
            {cm117, "EPSG:4498", 20}, /* the 6-degree zone of the same meridian */
            {wgs117, "WGS84_GK_117 (central meridian 117, false easting 39500000)", 39}};
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    write_with_prj("p", "ZDDM", at[i].prj, at[i].zone * 1e6 + E39, N39, 200, 100);
    taken(PARCELS("p.shp"));
    ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), 1);
    ASSERT_TEXT(park.frame.source_name, at[i].read_in);
    if (at[i].prj != xian117 && at[i].prj != beijing117) lies_in_licheng();
    mj_box b = box_of(MJ_PARCELS);
    ASSERT_NEAR(b.xmin, at[i].zone * 1e6 + E39, 1e-6); /* the coordinates stand as delivered */
  }
  write_with_prj("p", "ZDDM", cm117, PREFIX39 + E39, N39, 200, 100);
  taken(PARCELS("p.shp"));
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_ZONE_PREFIX);
  ASSERT_TEXT(e->found, "eastings 39656598.84 .. 39656798.84 with a zone; EPSG:4548 has false easting 500000");
  ASSERT_TEXT(e->expected, "read in EPSG:4527, false easting 39500000");
  write_rectangle("p.gpkg", "ZDDM", "EPSG:32650", 50e6 + E39, 2756000, 200, 100); /* a UTM zone put before it */
  taken(PARCELS("p.gpkg"));
  ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), 1);
  ASSERT_NEAR(park.frame.lon_deg, 118.551, 0.01);
}

static void a_zone_that_contradicts_the_meridian_is_refused(void) {
  write_with_prj("p", "ZDDM", cm117, PREFIX40 + E40, N40, 200, 100);
  refused(PARCELS("p.shp"),
          "its eastings begin with zone 40 (central meridian 120E), but its system (EPSG:4548) has central meridian "
          "117E; EPSG:4528 would fit them as they stand, EPSG:4548 without the 40; correct the system or the eastings");
  write_with_prj("p", "ZDDM", zone39, PREFIX40 + E40, N40, 200, 100);
  refused(PARCELS("p.shp"), "EPSG:4528 would fit them as they stand, EPSG:4548 without the 40");
  write_with_prj("p", "ZDDM", city, PREFIX39 + E39, N39, 200, 100);
  refused(PARCELS("p.shp"), "(Quanzhou_2000) has central meridian 118.5E; EPSG:4527 would fit them as they stand");
  write_with_prj("p", "ZDDM", cm117, N40, PREFIX40 + E40, 100, 200); /* exchanged as well */
  refused(PARCELS("p.shp"), "begin with zone 40");
}

/* ---- no system ---- */

static void a_layer_without_a_system_is_told_what_its_numbers_would_fit(void) {
  static const struct {
    double x, y;
    const char *told;
  } at[] = {{PREFIX39 + E39, N39, "by its numbers EPSG:4527 (CGCS2000 3-degree zone 39) would fit"},
            {20e6 + E39, N39, "by its numbers EPSG:4498 (CGCS2000 6-degree zone 20) would fit"},
            {E39, N39, "one of EPSG:4534 to EPSG:4554 (CGCS2000 3-degree, central meridian not in the numbers)"},
            {N39, PREFIX40 + E40, "x and y exchanged, EPSG:4528 (CGCS2000 3-degree zone 40) would fit"},
            {118.55, 24.91, "by its numbers EPSG:4490 (CGCS2000 in degrees) would fit"},
            {24.91, 118.55, "x and y exchanged, EPSG:4490 (CGCS2000 in degrees) would fit"},
            {-74, 40.7, "by its numbers EPSG:4326 (WGS 84 in degrees) would fit"}};
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    write_rectangle("p.shp", "ZDDM", "", at[i].x, at[i].y, 0.01, 0.01);
    refused(PARCELS("p.shp"), at[i].told);
    ASSERT_HAS(err.message, "layer 'p' has no reference system; name it with --crs or crs: in park.yaml");
  }
  write_rectangle("p.shp", "ZDDM", "", -5000, 77777777, 200, 100); /* nothing fits */
  CU_ASSERT_EQUAL(run(PARCELS("p.shp")), MJ_ECRS);
  CU_ASSERT(!strstr(err.message, "would fit"));
  write_rectangle("p.shp", "ZDDM", "", N40, PREFIX40 + E40, 100, 200);
  taken("crs: EPSG:4528\n" PARCELS("p.shp")); /* told, it is read as any other */
  lies_in_licheng();
  ASSERT_INT(count_entries(&park, MJ_L_CRS_ASSIGNED), 1);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 1);
}

/* ---- names and systems of one's own ---- */

static void names_that_only_resemble_are_said_and_a_city_keeps_its_own_system(void) {
  write_with_prj("p", "ZDDM", another_name, E39, N39, 200, 100);
  taken(PARCELS("p.shp"));
  lies_in_licheng();
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_CUSTOM);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "QZ_Survey");
  ASSERT_HAS(e->expected, "resembles EPSG:4");
  ASSERT_HAS(e->expected, "(70 %), not taken for it");
  ASSERT_TEXT(park.frame.source_name, "QZ_Survey");

  write_with_prj("p", "ZDDM", city, 505049, 2756000, 200, 100);
  taken(PARCELS("p.shp"));
  ASSERT_TEXT(first_entry(&park, MJ_L_CRS_CUSTOM)->expected, "like no system of the registry");
  ASSERT_NEAR(park.frame.lon_deg, 118.551, 0.001);
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  /* 5 km from its meridian the scale is 1 + (5.1 / 6378)^2 / 2: planar and ellipsoidal differ by 0.6 ppm */
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_planar_m2")[0], 20000, 1e-6);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_ellipsoid_m2")[0], 20000 * (1 - 6.5e-7), 0.002);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_tuban_m2")[0], 20000 * (1 - 6.5e-7), 0.02);

  ASSERT_INT(count_entries(&park, MJ_L_CRS_OUTSIDE_AREA), 0);
  write_with_prj("p", "ZDDM", city, 900000, 2756000, 200, 100); /* 400 km from its meridian: 3.96 degrees at 24.9N */
  taken(PARCELS("p.shp"));
  ASSERT_HAS(first_entry(&park, MJ_L_CRS_OUTSIDE_AREA)->expected, "area of use 115.50..121.50E");

  static const char lat0[] = ESRI_PROJCS("Shanghai_like", ESRI_CHINA_2000, "Gauss_Kruger", "0.0", "0.0",
                                         "121.4671519444444", "1.0", "31.2363", "\"Meter\",1.0");
  write_with_prj("p", "ZDDM", lat0, -2000, 1500, 200, 100);
  taken(PARCELS("p.shp"));
  ASSERT_NEAR(park.frame.lat_deg, 31.2363 + 1550 / 110900.0, 1e-4);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_CUSTOM), 1);
}

/* ---- Xian 1980 and Beijing 1954 ---- */

static void old_datums_are_measured_and_moved_only_with_parameters(void) {
  write_with_prj("p", "ZDDM", xian117, E39, N39, 200, 100);
  taken(PARCELS("p.shp"));
  ASSERT_TEXT(park.frame.source_name, "EPSG:2384");
  CU_ASSERT(park.frame.no_wgs84 && park.frame.a_m == 6378140);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_SHIFT_MISSING), 1);
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  CU_ASSERT_PTR_NULL(park.lon_deg); /* nothing that could be taken for WGS 84 */
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_planar_m2")[0], 20000, 1e-6);
  /* 156.7 km from the meridian: k2 - 1 = (156.7 / 6375)^2 = 604 ppm */
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_ellipsoid_m2")[0], 20000 / (1 + 604e-6), 0.1);

  write_rectangle("z.gpkg", "zone", "EPSG:4549", E40, N40, 200, 100);
  refused(PARCELS("p.shp") "zones: z.gpkg\n",
          "no datum shift is known well enough; give the parameters to WGS 84 or CGCS2000 in park.yaml (datum_shift: "
          "[dx, dy, dz, rx, ry, rz, s])");
  write_rectangle("z.gpkg", "zone", "EPSG:2363", PREFIX39 + E39, N39, 200, 100); /* the same datum, with zone */
  taken(PARCELS("p.shp") "zones: z.gpkg\n");
  ASSERT_NEAR(box_of(MJ_ZONES).xmin, E39, 1e-4);
  write_rectangle("z.gpkg", "zone", "EPSG:2415", PREFIX39 + E39, N39, 200, 100);
  refused(PARCELS("p.shp") "zones: z.gpkg\n", "from 'Beijing 1954 / 3-degree Gauss-Kruger zone 39' to 'Xian 1980");
}

/* A shift of (dx, dy) moves a point at longitude L by (dy cos L - dx sin L) to the east: with -100 and 0 at 118.55E by
 * +87.84 m. The other way goes up and north: -dx cos L sin B = -(-100)(-0.4779)(0.4212) -> -20.13 m. */
static void parameters_are_taken_from_park_yaml_and_their_effect_is_said(void) {
  write_with_prj("p", "ZDDM", xian117, E39, N39, 200, 100);
  write_rectangle("z.gpkg", "zone", "EPSG:4548", E39, N39, 200, 100);
  taken("datum_shift: [-100, 0, 0]\n" PARCELS("p.shp") "zones: z.gpkg\n");
  CU_ASSERT(!park.frame.no_wgs84);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_SHIFT_MISSING), 0);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_SHIFT_GIVEN);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->found, "datum_shift: [-100, 0, 0, 0, 0, 0, 0]");
  double east = 0, north = 0;
  CU_ASSERT_EQUAL_FATAL(sscanf(e->expected, "longitude and latitude move %lf m east, %lf m north", &east, &north), 2);
  ASSERT_NEAR(east, 87.84, 0.5);   /* metres on a sphere of 6371 km */
  ASSERT_NEAR(north, -20.13, 1.5); /* the flattenings differ a little, too */
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  CU_ASSERT_PTR_NOT_NULL_FATAL(park.lon_deg);
  ASSERT_NEAR(box_of(MJ_ZONES).xmin, E39 - 87.84, 3);
  ASSERT_TEXT(park.frame.source_name, "EPSG:2384");

  taken("parcels: {file: p.shp, datum_shift: [10, 20, 30, 0, 0, 0, 0]}\n");
  ASSERT_INT(count_entries(&park, MJ_L_CRS_SHIFT_GIVEN), 1);
  refused("parcels: {file: z.gpkg, datum_shift: [1, 2, 3], fields: {parcel_id: zone}}\n", "takes no datum_shift");
  taken("datum_shift: [1, 2, 3]\nparcels: {file: z.gpkg, fields: {parcel_id: zone}}\n"); /* not needed, not used */
  ASSERT_INT(count_entries(&park, MJ_L_CRS_SHIFT_GIVEN), 0);
  write_rectangle("z.gpkg", "zone", "EPSG:2415", PREFIX39 + E39, N39, 200, 100);
  refused("datum_shift: [1, 2, 3]\n" PARCELS("p.shp") "zones: z.gpkg\n", "are on two datums; give each its own");
  CU_ASSERT_EQUAL(run("datum_shift: [1, 2]\n" PARCELS("p.shp")), MJ_EFORMAT);
  ASSERT_HAS(err.message, "datum_shift: expected 3 or 7 numbers");
  CU_ASSERT_EQUAL(run("datum_shift: [1, 2, 3, 4, 5, 6, 7, 8]\n" PARCELS("p.shp")), MJ_EFORMAT);
  CU_ASSERT_EQUAL(run("datum_shift: [1, 2, x]\n" PARCELS("p.shp")), MJ_EFORMAT);
}

/* ---- units, degrees ---- */

static void units_are_those_of_the_system(void) {
  static const char km[] =
      ESRI_PROJCS("km", ESRI_CHINA_2000, "Gauss_Kruger", "500.0", "0.0", "117.0", "1.0", "0.0", "\"Kilometer\",1000.0"),
                    foot[] = ESRI_PROJCS("ft", ESRI_CHINA_2000, "Gauss_Kruger", "1640419.947506562", "0.0", "117.0",
                                         "1.0", "0.0", "\"Foot\",0.3048");
  write_with_prj("p", "ZDDM", km, E39 / 1000, N39 / 1000, 0.2, 0.1);
  taken(PARCELS("p.shp"));
  lies_in_licheng();
  ASSERT_NEAR(park.frame.unit_m, 1000, 0);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_AXIS_UNIT), 1);
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_planar_m2")[0], 20000, 1e-4);
  write_with_prj("p", "ZDDM", foot, E39 / 0.3048, N39 / 0.3048, 200 / 0.3048, 100 / 0.3048);
  taken(PARCELS("p.shp"));
  lies_in_licheng();
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_planar_m2")[0], 20000, 1e-4);
  write_rectangle("p.gpkg", "ZDDM", "EPSG:2263", 980000, 197000, 3937, 3937); /* 1200 m a side */
  taken(PARCELS("p.gpkg"));
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  ASSERT_NEAR(mj_table_f64(&park.table[MJ_PARCELS], "area_planar_m2")[0], 1440000, 1e-3);
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4807", 2, 54, 0.1, 0.1); /* gon from Paris */
  refused(PARCELS("p.gpkg"), "a system not in degrees");
  write_with_prj("p", "ZDDM", ESRI_GEOGCS_IN("\"Radian\",1.0"), 2.069, 0.4347, 0.0001, 0.0001);
  refused(PARCELS("p.shp"), "a system not in degrees; expected a projected system or one in degrees");
  ASSERT_HAS(err.message, "p.shp': layer 'p': ");
}

static void feet_and_metres_are_brought_together(void) {
  write_rectangle("p.gpkg", "ZDDM", "EPSG:2263", 984250, 200000, 200, 100);
  write_rectangle("z.gpkg", "zone", "EPSG:32118", 300000, 60960.121920, 60, 30); /* the same place in metres */
  taken(PARCELS("p.gpkg") "zones: z.gpkg\n");
  ASSERT_NEAR(box_of(MJ_ZONES).xmin, 984250, 0.01);
  ASSERT_NEAR(box_of(MJ_ZONES).ymin, 200000, 0.01);
}

static void degrees_that_are_called_metres_are_refused(void) {
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", 118.55, 24.91, 0.002, 0.001);
  refused(PARCELS("p.gpkg"),
          "layer 'p' is said to be projected (EPSG:4548), but its coordinates are degrees, from (118.55, 24.91) to "
          "(118.552, 24.911); by its numbers EPSG:4490 (CGCS2000 in degrees) would fit");
  write_rectangle("p.gpkg", "ZDDM", "EPSG:3857", 118.55, 24.91, 0.002, 0.001);
  refused(PARCELS("p.gpkg"), "but its coordinates are degrees");
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4490", PREFIX39 + E39, N39, 200, 100);
  refused(PARCELS("p.gpkg"), "by its numbers EPSG:4527 (CGCS2000 3-degree zone 39) would fit");
}

/* ---- several layers ---- */

static void siblings_and_degrees_meet_in_the_parcels_system(void) {
  static const struct {
    const char *system;
    double x, y, width, height;
  } at[] = {{"EPSG:4527", PREFIX39 + E39, N39, 200, 100},
            {"EPSG:4549", E40, N40, 200, 100},
            {"EPSG:4528", PREFIX40 + E40, N40, 200, 100},
            {"EPSG:4490", 118.55, 24.91, 0.00198, 0.0009},
            {"EPSG:4548", PREFIX39 + E39, N39, 200, 100}, /* a zone that the system has not */
            {"EPSG:4548", N39, E39, 100, 200}};           /* exchanged */
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", E39, N39, 200, 100);
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    write_rectangle("z.gpkg", "zone", at[i].system, at[i].x, at[i].y, at[i].width, at[i].height);
    taken(PARCELS("p.gpkg") "zones: z.gpkg\n");
    mj_box b = box_of(MJ_ZONES);
    /* between the belts a rectangle turns by the difference of the meridian convergences, 1.3 degrees: 2.2 m */
    ASSERT_NEAR(b.xmin, E39, 4);
    ASSERT_NEAR(b.ymax, N39 + 100, 6);
  }
}

static void layers_far_apart_are_refused_with_the_likely_cause(void) {
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", E39, N39, 200, 100);
  write_rectangle("z.gpkg", "zone", "EPSG:4549", E39, N39, 200, 100); /* the same numbers under another meridian */
  refused(PARCELS("p.gpkg") "zones: z.gpkg\n",
          "one of their reference systems is wrong (EPSG:4549, EPSG:4548); their "
          "coordinates as delivered lie near each other");
  static const char cone[] =
      "+proj=lcc +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=117 +x_0=500000 +ellps=GRS80 +units=m +type=crs";
  write_rectangle("p.gpkg", "ZDDM", cone, E39, N39, 200, 100); /* a plane that has no zones */
  write_rectangle("z.gpkg", "zone", cone, PREFIX39 + E39, N39, 200, 100);
  refused(PARCELS("p.gpkg") "zones: z.gpkg\n", "lies 39000 km from layer 'p'");
  ASSERT_HAS(err.message, "; one of them may have a zone before its eastings");
}

/* ---- planes that distort ---- */

static void web_mercator_is_measured_on_a_belt(void) {
  static const char limit[] = "settings: {checks: {planar_excess: 0.01}}\nparcels: p.gpkg\n";
  write_rectangle("p.gpkg", "ZDDM", "EPSG:3857", 13196925, 2864060, 200, 100);
  taken(limit);
  CU_ASSERT(park.frame.laid && !park.frame.source_degrees);
  ASSERT_TEXT(park.frame.source_name, "EPSG:3857");
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_DISTORTED);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_HAS(e->found, "EPSG:3857: planar areas are +22.");
  ASSERT_TEXT(e->expected, "3-degree belt, central meridian 120");
  CU_ASSERT_EQUAL_FATAL(mj_measure(&park, &err), MJ_OK);
  double ellipsoid = mj_table_f64(&park.table[MJ_PARCELS], "area_ellipsoid_m2")[0],
         planar = mj_table_f64(&park.table[MJ_PARCELS], "area_planar_m2")[0];
  /* M N cos2 B / a2 at 24.905N: 0.995077 * 1.000594 * 0.822659 = 0.819095 */
  ASSERT_NEAR(ellipsoid, 20000 * 0.819095, 0.5);
  ASSERT_NEAR(planar / ellipsoid, 1, 0.0007);
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", E39, N39, 200, 100);
  taken(limit);
  CU_ASSERT(!park.frame.laid);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_DISTORTED), 0);
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo system_suite = {
    "system",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){
        T(every_way_to_state_a_system_gives_east_and_north), T(exchanged_surveys_are_read_as_east_and_north),
        T(exchanged_degrees_are_read_as_longitude_and_latitude), T(numbers_that_fit_their_system_are_left_alone),
        T(eastings_with_a_zone_are_read_in_the_sibling_that_has_it), T(a_zone_that_contradicts_the_meridian_is_refused),
        T(a_layer_without_a_system_is_told_what_its_numbers_would_fit),
        T(names_that_only_resemble_are_said_and_a_city_keeps_its_own_system),
        T(old_datums_are_measured_and_moved_only_with_parameters),
        T(parameters_are_taken_from_park_yaml_and_their_effect_is_said), T(units_are_those_of_the_system),
        T(feet_and_metres_are_brought_together), T(degrees_that_are_called_metres_are_refused),
        T(siblings_and_degrees_meet_in_the_parcels_system), T(layers_far_apart_are_refused_with_the_likely_cause),
        T(web_mercator_is_measured_on_a_belt), CU_TEST_INFO_NULL}};
