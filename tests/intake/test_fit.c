#include "intake/fit.h"
#include "layers.h"

static mj_park park;
static mj_error err;

static void taken(const char *yaml) {
  mj_park_reset(&park);
  mj_status status = take_in(yaml, &park, &err);
  if (status) printf("\n    %s", err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
}

static bool fits(const char *definition, double xmin, double ymin, double xmax, double ymax) {
  mj_crs *crs = NULL;
  mj_fit fit;
  CU_ASSERT_EQUAL_FATAL(mj_crs_open(definition, &crs, NULL), MJ_OK);
  mj_fit_open(&fit, crs);
  bool yes = mj_fits(&fit, (mj_box){xmin, ymin, xmax, ymax});
  mj_fit_close(&fit);
  mj_crs_close(crs);
  return yes;
}

/* EPSG:4548 is for 115.5 to 118.5E: with 3 degrees more, to 121.5E. At 25N a degree is 100.9 km of the parallel, so
 * that is 454 km and 3.3 more from the meridian's false easting of 500 km. */
static void the_area_of_use_has_a_margin_of_three_degrees(void) {
  CU_ASSERT(fits("EPSG:4548", 656598, 2756976, 656798, 2757076));
  CU_ASSERT(fits("EPSG:4548", 950000, 2756976, 950100, 2757076));
  CU_ASSERT(!fits("EPSG:4548", 970000, 2756976, 970100, 2757076));
  CU_ASSERT(!fits("EPSG:4548", 656598, 1e6, 656798, 1e6 + 100)); /* 9N; its area begins at 22.6N */
  CU_ASSERT(!fits("EPSG:4548", 39656598, 2756976, 39656798, 2757076));
  CU_ASSERT(fits("EPSG:4527", 39656598, 2756976, 39656798, 2757076));
  CU_ASSERT(!fits("EPSG:4548", 2756976, 656598, 2757076, 656798));
}

static void without_an_area_of_use_a_thousand_kilometres_from_the_false_easting_is_the_end(void) {
  const char *own = "+proj=tmerc +lon_0=118.5 +k=1 +x_0=500000 +ellps=GRS80 +type=crs";
  CU_ASSERT(fits(own, 1499000, 2756976, 1499999, 2757076));
  CU_ASSERT(!fits(own, 1499000, 2756976, 1500001, 2757076));
  CU_ASSERT(fits(own, -499999, 2756976, 0, 2757076));
  CU_ASSERT(!fits(own, -500001, 2756976, 0, 2757076));
  CU_ASSERT(fits("EPSG:4326", -180, -90, 180, 90));
  CU_ASSERT(!fits("EPSG:4326", 24.9, 118.5, 25, 118.6));
  CU_ASSERT(!fits("EPSG:4490", 24.9, 80, 25, 81)); /* on earth, and far from China */
}

static double x_of(int64_t row) {
  const mj_geom *g = &park.table[MJ_PARCELS].geom;
  if (g->part0[row] == g->part0[row + 1]) return (double)NAN;
  double least = HUGE_VAL;
  for (int32_t v = g->vert0[g->ring0[g->part0[row]]]; v < g->vert0[g->ring0[g->part0[row + 1]]]; v++)
    least = fmin(least, g->x[v]);
  return least;
}

static void single_rows_of_another_order_or_form_are_read_rightly_and_lost_ones_set_aside(void) {
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", 656598, 2756976, 200, 100);
  add_rectangle("p.gpkg", "B", 2756976, 656898, 100, 200);   /* exchanged */
  add_rectangle("p.gpkg", "C", 39657198, 2756976, 200, 100); /* with its zone */
  add_rectangle("p.gpkg", "D", 2756976, 39657498, 100, 200); /* both */
  add_rectangle("p.gpkg", "E", 0, 0, 200, 100);              /* nowhere */
  add_rectangle("p.gpkg", "F", 40353505, 2756865, 200, 100); /* of another zone: not to be read in this system */
  taken("parcels: p.gpkg\n");
  ASSERT_NEAR(x_of(0), 656598, 0);
  ASSERT_NEAR(x_of(1), 656898, 0);
  ASSERT_NEAR(x_of(2), 657198, 0);
  ASSERT_NEAR(x_of(3), 657498, 0);
  CU_ASSERT(isnan(x_of(4)) && isnan(x_of(5)));
  ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 2);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), 2);
  ASSERT_INT(count_entries(&park, MJ_L_COORD_MISPLACED), 2);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_COORD_MISPLACED);
  ASSERT_TEXT(e->id, "E");
  ASSERT_INT(e->row, 5);
  ASSERT_TEXT(e->found, "(0, 0)");
  ASSERT_TEXT(e->expected, "within 3 degrees of the area of use of EPSG:4548 and 1,000 km of the other shapes");
  e = first_entry(&park, MJ_L_CRS_AXES_SWAPPED);
  ASSERT_TEXT(e->id, "B");
  ASSERT_TEXT(e->found, "(2756976, 656898)");
  ASSERT_INT(count_entries(&park, MJ_L_CRS_OUTSIDE_AREA), 1); /* 118.55E is beside the zone, as before */
  ASSERT_NEAR(park.frame.lon_deg, 118.555, 0.01);
}

static void one_wrong_parcel_among_degrees_is_exchanged(void) {
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4490", 118.55, 24.91, 0.001, 0.001);
  add_rectangle("p.gpkg", "B", 24.91, 118.552, 0.001, 0.001);
  taken("parcels: p.gpkg\n");
  ASSERT_INT(count_entries(&park, MJ_L_CRS_AXES_SWAPPED), 1);
  ASSERT_NEAR(park.frame.lon_deg, 118.5515, 1e-6);
}

static void many_rows_are_one_entry_and_none_that_fits_means_none_is_changed(void) {
  char id[16];
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", 656598, 2756976, 200, 100);
  for (int i = 0; i < 21; i++) {
    snprintf(id, sizeof id, "N%d", i);
    add_rectangle("p.gpkg", id, 39656598, 2757176 + i * 200, 200, 100);
  }
  taken("parcels: p.gpkg\n");
  ASSERT_INT(count_entries(&park, MJ_L_CRS_ZONE_PREFIX), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_CRS_ZONE_PREFIX)->found, "21 rows");
  ASSERT_NEAR(x_of(21), 656598, 0);
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", 0, 0, 200, 100);
  add_rectangle("p.gpkg", "B", 39656598, 2757176, 200, 100);
  taken("parcels: p.gpkg\n");
  ASSERT_INT(count_entries(&park, MJ_L_COORD_MISPLACED), 0);
  ASSERT_INT(count_entries(&park, MJ_L_CRS_OUTSIDE_AREA), 1);
  ASSERT_NEAR(x_of(0), 0, 0);
}

/* (0, 0) and a northing with a wrong first digit lie on earth; only the other rows tell that they are wrong. */
static void what_lies_far_from_most_rows_is_set_aside_and_halves_are_not(void) {
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4326", 118.55, 24.91, 0.001, 0.001);
  add_rectangle("p.gpkg", "B", 118.552, 24.91, 0.001, 0.001);
  add_rectangle("p.gpkg", "C", 0, 0, 0.001, 0.001);
  taken("parcels: p.gpkg\n");
  ASSERT_INT(count_entries(&park, MJ_L_COORD_MISPLACED), 1);
  ASSERT_TEXT(first_entry(&park, MJ_L_COORD_MISPLACED)->id, "C");
  ASSERT_NEAR(park.frame.lon_deg, 118.5515, 1e-6); /* and the belt is 120E, not 60E */
  ASSERT_HAS(park.frame.wkt, "120");
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4548", 656598, 2756976, 200, 100);
  add_rectangle("p.gpkg", "B", 656898, 2756976, 200, 100);
  add_rectangle("p.gpkg", "C", 656898, 4756976, 200, 100); /* 2,000 km north, in the area of use */
  taken("parcels: p.gpkg\n");
  ASSERT_INT(count_entries(&park, MJ_L_COORD_MISPLACED), 1);
  write_rectangle("p.gpkg", "ZDDM", "EPSG:4326", 118.55, 24.91, 0.001, 0.001);
  add_rectangle("p.gpkg", "B", 0, 0, 0.001, 0.001);
  taken("parcels: p.gpkg\n");
  ASSERT_INT(count_entries(&park, MJ_L_COORD_MISPLACED), 0);
}

static int clean(void) {
  mj_park_reset(&park);
  return folder_remove();
}

CU_SuiteInfo fit_suite = {
    "fit",
    folder_make,
    clean,
    NULL,
    NULL,
    (CU_TestInfo[]){T(the_area_of_use_has_a_margin_of_three_degrees),
                    T(without_an_area_of_use_a_thousand_kilometres_from_the_false_easting_is_the_end),
                    T(single_rows_of_another_order_or_form_are_read_rightly_and_lost_ones_set_aside),
                    T(what_lies_far_from_most_rows_is_set_aside_and_halves_are_not),
                    T(one_wrong_parcel_among_degrees_is_exchanged),
                    T(many_rows_are_one_entry_and_none_that_fits_means_none_is_changed), CU_TEST_INFO_NULL}};
