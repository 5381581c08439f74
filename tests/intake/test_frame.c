#include "files.h"

static mj_park park;
static mj_error err;

static mj_status run(const char *yaml) {
  mj_park_reset(&park);
  return take_in(yaml, &park, &err);
}

#define DEGREES(x0, x1) "[" x0 ",24.9],[" x1 ",24.9],[" x1 ",24.91],[" x0 ",24.91],[" x0 ",24.9]"

static double planar(mj_table_id id, int64_t row) {
  mj_polys g = mj_geom_view(&park.table[id].geom);
  double area[8];
  CU_ASSERT_FATAL(g.n <= 8);
  mj_area_planar(&g, area);
  return area[row];
}

static void parcels_in_degrees_are_laid_into_a_belt(void) {
  write_layer("p.geojson", "", FEATURE("\"ZDDM\":\"A\"", DEGREES("118.58", "118.59")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  CU_ASSERT_TRUE(park.frame.source_degrees);
  ASSERT_NEAR(park.frame.unit_m, 1, 0);
  /* 0.01 degree of longitude at 24.905N is 1010.0 m, of latitude 1107.8 m on WGS 84; the belt of 120E adds 2 (1.415 deg
   * cos)^2/2 = 0.05 % */
  ASSERT_NEAR(planar(MJ_PARCELS, 0), 1010.0 * 1107.8 * 1.0005, 1500);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_DEGREES);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_TEXT(e->expected, "3-degree belt, central meridian 120");
  ASSERT_INT(count_entries(&park, MJ_L_CRS_REPROJECTED), 0);
}

static void other_layers_are_brought_into_the_parcels_system(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")));
  write_layer("z.geojson", "", FEATURE("\"zone\":\"N\"", DEGREES("119.99", "120.01")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\nzones: z.geojson\n"), MJ_OK);
  const mj_geom *g = &park.table[MJ_ZONES].geom;
  for (int32_t i = 0; i < g->verts; i++) {
    CU_ASSERT_TRUE(fabs(g->x[i] - 500000) < 1100); /* 0.01 degree either side of the central meridian */
    CU_ASSERT_TRUE(fabs(g->y[i] - 2755000) < 2000);
  }
  ASSERT_TEXT(first_entry(&park, MJ_L_CRS_REPROJECTED)->expected, "EPSG:4549");
  ASSERT_INT(count_entries(&park, MJ_L_CRS_DATUM_ASSUMED_EQUAL), 2); /* the zones, and the parcels for the GeoJSON */
}

static void a_layer_without_a_system_must_be_told_one(void) {
  write_shapefile("p", "ZDDM", "A");
  CU_ASSERT_EQUAL(run("parcels: p.shp\n"), MJ_ECRS);
  ASSERT_HAS(err.message,
             "layer 'p' has no reference system; name it with --crs or crs: in park.yaml, as in EPSG:4549");
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.shp\ncrs: EPSG:4549\n"), MJ_OK);
  ASSERT_TEXT(first_entry(&park, MJ_L_CRS_ASSIGNED)->expected, "EPSG:4549");
  CU_ASSERT_EQUAL_FATAL(run("parcels: {file: p.shp, crs: EPSG:4549}\ncrs: EPSG:4548\n"),
                        MJ_OK); /* what is said of the layer is nearer */
  ASSERT_TEXT(park.frame.source_name, "EPSG:4549");
}

static void a_name_that_the_dbf_cut_in_mid_character_is_found(void) {
  write_shapefile("p", "地块编\xE5", "A");
  CU_ASSERT_EQUAL_FATAL(run("parcels: {file: p.shp, crs: EPSG:4549}\n"), MJ_OK);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[0], "A");
}

static void a_system_that_contradicts_the_file_is_refused(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")));
  CU_ASSERT_EQUAL(run("parcels: {file: p.geojson, crs: EPSG:4548}\n"), MJ_ECRS);
  ASSERT_HAS(err.message, "carries 'CGCS2000 / 3-degree Gauss-Kruger CM 120E', but crs: says 'EPSG:4548'");
  CU_ASSERT_EQUAL(run("parcels: {file: p.geojson, crs: EPSG:4549}\n"), MJ_OK);
  CU_ASSERT_EQUAL(run("crs: EPSG:4548\nparcels: p.geojson\n"), MJ_OK); /* for layers that carry none: this one does */
}

static void a_datum_without_a_known_shift_is_refused(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")));
  write_layer("z.geojson", "EPSG:2385", FEATURE("\"zone\":\"N\"", SQUARE_RING("500000", "500100"))); /* Xian 1980 */
  CU_ASSERT_EQUAL(run("parcels: p.geojson\nzones: z.geojson\n"), MJ_ECRS);
  ASSERT_HAS(err.message, "layer 'z'");
}

static void data_outside_the_area_of_use_name_the_zone_that_fits(void) {
  /* EPSG:32650 serves 114 to 120E; easting 820000 at 31.5N is about 120.4E */
  write_layer("p.geojson", "EPSG:32650",
              FEATURE("\"ZDDM\":\"A\"",
                      "[820000,3490000],[821000,3490000],[821000,3491000],[820000,3491000],[820000,3490000]"));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_CRS_OUTSIDE_AREA);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  ASSERT_HAS(e->found, "data 120.3");
  ASSERT_HAS(e->found, "planar areas are +0.17 % off there"); /* k = 0.9996 (1 + (820000-500000)^2 / (2 * 6378000^2
                                                                 k0^2)): k2 - 1 = 0.17 % */
  ASSERT_HAS(e->expected, "area of use 114.00..120.00E");
  ASSERT_HAS(e->expected, "UTM zone 51 (central meridian 123E) fits");
}

static void data_in_their_belt_draw_no_warning(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_OUTSIDE_AREA), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_AXIS_UNIT), 0);
}

static void metres_that_are_called_degrees_are_refused(void) {
  write_layer("p.geojson", "EPSG:4490", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")));
  CU_ASSERT_EQUAL(run("parcels: p.geojson\n"), MJ_ECRS);
  ASSERT_HAS(err.message,
             "layer 'p' is said to be in degrees (EPSG:4490), but its coordinates reach from (500000, 2755000) to "
             "(500100, 2755100)");
}

static void a_layer_a_thousand_kilometres_away_is_refused(void) {
  write_layer("p.geojson", "EPSG:4549", FEATURE("\"ZDDM\":\"A\"", SQUARE_RING("500000", "500100")));
  write_layer("z.geojson", "EPSG:4549",
              FEATURE("\"zone\":\"N\"", SQUARE_RING("2500100", "2500200"))); /* 2,000 km east */
  CU_ASSERT_EQUAL(run("parcels: p.geojson\nzones: z.geojson\n"), MJ_ECRS);
  ASSERT_HAS(err.message, "layer 'z'");
  ASSERT_HAS(err.message, "lies 2000 km from layer 'p'");
}

static void feet_are_said_and_kept(void) {
  write_layer(
      "p.geojson", "EPSG:2263",
      FEATURE("\"BBL\":1000160003", "[980000,197000],[980100,197000],[980100,197100],[980000,197100],[980000,197000]"));
  CU_ASSERT_EQUAL_FATAL(run("parcels: p.geojson\n"), MJ_OK);
  ASSERT_NEAR(park.frame.unit_m, 1200.0 / 3937, 1e-15);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_AXIS_UNIT), 1);
  ASSERT_TEXT(mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[0], "1000160003");
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo frame_suite = {
    "frame",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(parcels_in_degrees_are_laid_into_a_belt), T(other_layers_are_brought_into_the_parcels_system),
                    T(a_layer_without_a_system_must_be_told_one), T(a_name_that_the_dbf_cut_in_mid_character_is_found),
                    T(a_system_that_contradicts_the_file_is_refused), T(a_datum_without_a_known_shift_is_refused),
                    T(data_outside_the_area_of_use_name_the_zone_that_fits), T(data_in_their_belt_draw_no_warning),
                    T(metres_that_are_called_degrees_are_refused), T(a_layer_a_thousand_kilometres_away_is_refused),
                    T(feet_are_said_and_kept), CU_TEST_INFO_NULL}};
