#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gis/crs.h"
#include "gis/ogr_read.h"
#include "gis/zip.h"
#include "report/fixture.h"

static const char *const argv[] = {"mujun", "analyze", "parcels.gpkg", "-o", "out", "--threads", "2", "--year", "2025"};

static mj_report_options options_for(const char *dir, bool overwrite) {
  return (mj_report_options){.out_dir = dir,
                             .overwrite = overwrite,
                             .geojson = true,
                             .csv = true,
                             .gpkg = true,
                             .xlsx = true,
                             .html = true,
                             .decimals = 8,
                             .no_sync = true,
                             .version = "1.2.3",
                             .argv = argv,
                             .argc = 9};
}

static const char *const files[] = {"parcels.geojson",
                                    "zones.geojson",
                                    "candidates.geojson",
                                    "parcels.qml",
                                    "zones.qml",
                                    "candidates.qml",
                                    "mujun.gpkg",
                                    "mujun.qgs",
                                    "summary.xlsx",
                                    "report.html",
                                    "ledger.csv",
                                    "manifest.json",
                                    "tables/parcels.csv",
                                    "tables/candidates.csv",
                                    "tables/zones.csv",
                                    "tables/status.csv",
                                    "tables/land_use.csv",
                                    "tables/candidate_kinds.csv",
                                    "tables/parcel_zones.csv",
                                    "tables/reasons.csv",
                                    "tables/enterprises.csv",
                                    "tables/fields.csv"};
enum { N_FILES = sizeof files / sizeof *files };

static void every_file_is_there_and_two_runs_give_the_same_bytes(void) {
  char base[64], dir[2][96];
  temp_dir(base);
  for (int k = 0; k < 2; k++) {
    mj_park park;
    mj_error err = {0};
    make_park(&park, 700, 2);
    park.project.threads = k ? 7 : 1;
    snprintf(dir[k], sizeof dir[k], "%s/%d", base, k);
    setenv("TZ", k ? "Asia/Shanghai" : "America/New_York", 1);
    mj_report_options o = options_for(dir[k], false);
    CU_ASSERT_EQUAL(mj_report(&park, &o, &err), MJ_OK);
    CU_ASSERT_STRING_EQUAL(err.message, "");
    mj_park_reset(&park);
  }
  unsetenv("TZ");
  for (int i = 0; i < N_FILES; i++) {
    size_t n[2] = {0};
    char *a = read_file(dir[0], files[i], &n[0]), *b = read_file(dir[1], files[i], &n[1]);
    CU_ASSERT_PTR_NOT_NULL(a);
    CU_ASSERT(a && b && n[0] == n[1] && !memcmp(a, b, n[0]));
    if (!a || !b || n[0] != n[1] || memcmp(a, b, n[0]) != 0) printf("differs: %s ", files[i]);
    free(a);
    free(b);
  }
  CU_ASSERT_TRUE(file_there(dir[0], "timings.json"));
  CU_ASSERT_EQUAL(count_entries(dir[0]), 12 + 1 + 1); /* files above, timings.json, tables */
  remove_tree(base);
}

static int64_t rows_read(const char *dir, const char *name, const char *layer, mj_table *t) {
  char path[200];
  mj_source_file *file = NULL;
  mj_ledger ledger = {0};
  mj_error err = {0};
  mj_read_options o = {.geometry = true};
  snprintf(path, sizeof path, "%s/%s", dir, name);
  CU_ASSERT_EQUAL_FATAL(mj_source_open(path, NULL, &file, &err), MJ_OK);
  for (int i = 0; i < mj_source_layers(file); i++)
    if (!strcmp(mj_source_layer(file, i)->name, layer))
      CU_ASSERT_EQUAL(mj_source_read(file, i, layer, &o, t, &ledger, &err), MJ_OK);
  mj_source_close(file);
  CU_ASSERT_EQUAL(ledger.n, 0);
  mj_ledger_reset(&ledger);
  return t->n;
}

/* Twice the signed area of a ring. */
static double turn(const mj_geom *g, int32_t ring) {
  double sum = 0;
  for (int32_t v = g->vert0[ring]; v + 1 < g->vert0[ring + 1]; v++)
    sum += (g->x[v] - g->x[g->vert0[ring]]) * (g->y[v + 1] - g->y[g->vert0[ring]]) -
           (g->x[v + 1] - g->x[g->vert0[ring]]) * (g->y[v] - g->y[g->vert0[ring]]);
  return sum;
}

static void gdal_reads_back_the_rows_the_rings_and_the_values(void) {
  char dir[64];
  mj_park park;
  mj_table t = {0}, g = {0}, c = {0};
  temp_dir(dir);
  make_park(&park, 25, 2);
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(rows_read(dir, "parcels.geojson", "parcels", &t), 25);
  CU_ASSERT_EQUAL_FATAL(t.geom.n, 25);
  for (int32_t p = 0; p < t.geom.parts; p++)
    for (int32_t r = t.geom.ring0[p]; r < t.geom.ring0[p + 1]; r++)
      CU_ASSERT(r == t.geom.ring0[p] ? turn(&t.geom, r) > 0 : turn(&t.geom, r) < 0);
  CU_ASSERT_DOUBLE_EQUAL(t.geom.x[0], 119.604, 0.001); /* 40 km west of 120 degrees at 24.9 degrees north */
  CU_ASSERT_DOUBLE_EQUAL(t.geom.y[0], 24.9, 0.01);
  const double *floor_area = mj_table_f64(&t, "floor_area_m2");
  CU_ASSERT_PTR_NOT_NULL_FATAL(floor_area);
  CU_ASSERT(floor_area[1] == 8000 + 1 / 3.0); /* the shortest text of a double reads back as the same double */
  CU_ASSERT_EQUAL_FATAL(rows_read(dir, "mujun.gpkg", "parcels", &g), 25);
  CU_ASSERT(g.geom.x[0] == park.table[MJ_PARCELS].geom.x[0]); /* delivered coordinates, untouched */
  CU_ASSERT_EQUAL(rows_read(dir, "mujun.gpkg", "candidates", &c), 15);
  mj_table_reset(&t);
  mj_table_reset(&g);
  mj_table_reset(&c);
  mj_park_reset(&park);
  remove_tree(dir);
}

static void degrees_are_delivered_in_degrees(void) {
  char dir[64];
  mj_park park;
  mj_table t = {0}, z = {0};
  temp_dir(dir);
  make_park(&park, 5, 2);
  free(park.frame.source_wkt);
  park.frame.source_wkt = strdup("EPSG:4490");
  park.frame.source_degrees = park.frame.laid = true;
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(rows_read(dir, "mujun.gpkg", "parcels", &t), 5);
  CU_ASSERT_EQUAL_FATAL(rows_read(dir, "mujun.gpkg", "zones", &z), 2);
  CU_ASSERT_DOUBLE_EQUAL(t.geom.x[0], 119.604, 0.001);
  CU_ASSERT_DOUBLE_EQUAL(z.geom.x[0], 119.594, 0.001);
  mj_table_reset(&t);
  mj_table_reset(&z);
  mj_park_reset(&park);
  remove_tree(dir);
}

/* Xian 1980, 120E, with or without the parameters that lead to WGS 84. */
static void on_an_old_datum(mj_park *park, const double *shift) {
  mj_crs *crs = NULL, *shifted = NULL;
  CU_ASSERT_EQUAL_FATAL(mj_crs_open("EPSG:2385", &crs, NULL), MJ_OK);
  if (shift) CU_ASSERT_EQUAL_FATAL(mj_crs_shift(crs, shift, &shifted, NULL), MJ_OK);
  free(park->frame.wkt);
  park->frame.wkt = strdup(mj_crs_get(shifted ? shifted : crs)->wkt);
  park->frame.no_wgs84 = !shift;
  mj_crs_close(crs);
  mj_crs_close(shifted);
}

static void without_a_way_to_wgs84_all_but_geojson_is_written(void) {
  char dir[64], other[64], path[128];
  mj_park park;
  mj_table t = {0};
  mj_error err = {0};
  temp_dir(dir);
  temp_dir(other);
  make_park(&park, 5, 2);
  on_an_old_datum(&park, NULL);
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, &err), MJ_OK);
  for (int i = 0; i < N_FILES; i++) {
    bool left_out = strstr(files[i], ".geojson") || strstr(files[i], ".qml");
    snprintf(path, sizeof path, "%s/%s", dir, files[i]);
    CU_ASSERT_EQUAL(access(path, F_OK) == 0, !left_out);
  }
  CU_ASSERT_EQUAL(rows_read(dir, "mujun.gpkg", "parcels", &t), 5);
  CU_ASSERT(t.n == 5 && t.geom.x[0] == park.table[MJ_PARCELS].geom.x[0]);
  mj_table_reset(&t);
  o = options_for(other, false);
  o.csv = o.gpkg = o.xlsx = o.html = false;
  CU_ASSERT_EQUAL(mj_report(&park, &o, &err), MJ_ECRS);
  CU_ASSERT_PTR_NOT_NULL(strstr(err.message, "give its parameters in park.yaml (datum_shift: [dx"));
  mj_park_reset(&park);
  remove_tree(dir);
  remove_tree(other);
}

/* Two runs differ by their shift alone: -100 m in z lifts a point at 24.9N by 100 cos 24.9 = 90.7 m to the south. */
static void with_parameters_the_geojson_is_shifted_and_the_geopackage_is_not(void) {
  static const double shift[2][7] = {{0}, {0, 0, -100}};
  double lat[2] = {0};
  for (int k = 0; k < 2; k++) {
    char dir[64];
    mj_park park;
    mj_table t = {0}, g = {0};
    temp_dir(dir);
    make_park(&park, 5, 2);
    on_an_old_datum(&park, shift[k]);
    mj_report_options o = options_for(dir, false);
    CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(rows_read(dir, "parcels.geojson", "parcels", &t), 5);
    CU_ASSERT_EQUAL_FATAL(rows_read(dir, "mujun.gpkg", "parcels", &g), 5);
    lat[k] = t.geom.y[0];
    CU_ASSERT(g.geom.y[0] == park.table[MJ_PARCELS].geom.y[0]);
    mj_table_reset(&t);
    mj_table_reset(&g);
    mj_park_reset(&park);
    remove_tree(dir);
  }
  ASSERT_NEAR((lat[1] - lat[0]) * 110800, -90.7, 1);
}

static void the_manifest_reconciles_and_names_every_output(void) {
  char dir[64], row[120];
  mj_park park;
  temp_dir(dir);
  make_park(&park, 700, 2);
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
  char *text = read_file(dir, "manifest.json", NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(text);
  for (int i = 0; i < N_FILES; i++) {
    snprintf(row, sizeof row, "{\"file\": \"%s\", \"bytes\": ", files[i]);
    CU_ASSERT((strstr(text, row) != NULL) == (strcmp(files[i], "manifest.json") != 0));
  }
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"command\": [\"analyze\", \"parcels.gpkg\", \"--year\", \"2025\"]"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"as_of\": \"2026-03-31\""));
  static const char key[] = "\"residual_";
  int n = 0;
  for (const char *at = strstr(text, key); at; at = strstr(at + 1, key), n++) {
    double v = NAN;
    CU_ASSERT_EQUAL(sscanf(strchr(at + 1, ':') + 1, "%lf", &v), 1);
    CU_ASSERT(fabs(v) < 1e-9 * 5.6e6); /* the largest sum is 700 parcels x 8,000 m2 of floor area */
  }
  CU_ASSERT_EQUAL(n, 4 * 2 + 3); /* zones and park for four figures, shares for three */
  free(text);
  mj_park_reset(&park);
  remove_tree(dir);
}

static void only_what_is_asked_for_is_written(void) {
  char dir[64];
  mj_park park;
  temp_dir(dir);
  make_park(&park, 5, 2);
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
  o.csv = o.gpkg = o.xlsx = false;
  mj_error err = {0};
  CU_ASSERT_EQUAL(mj_report_ready(&o, &err), MJ_EEXIST);
  CU_ASSERT_EQUAL(mj_report(&park, &o, &err), MJ_EEXIST);
  o.overwrite = true;
  CU_ASSERT_EQUAL(mj_report_ready(&o, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_report(&park, &o, NULL), MJ_OK);
  CU_ASSERT_TRUE(file_there(dir, "parcels.geojson"));
  CU_ASSERT_FALSE(file_there(dir, "mujun.gpkg")); /* the first run's: not part of this result */
  CU_ASSERT_FALSE(file_there(dir, "tables/parcels.csv"));
  mj_park_reset(&park);
  remove_tree(dir);
}

/* Files are limited to ever more bytes until everything fits: each time either all is new, or the old result stands as
 * it was. */
static void a_full_disk_leaves_the_old_result(void) {
  char dir[64];
  mj_park park;
  temp_dir(dir);
  make_park(&park, 60, 2);
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
  size_t n_old = 0;
  char *old = read_file(dir, "mujun.gpkg", &n_old), *manifest = read_file(dir, "manifest.json", NULL);
  int entries = count_entries(dir), failed = 0;
  struct rlimit all, some;
  getrlimit(RLIMIT_FSIZE, &all);
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  o.overwrite = true;
  for (rlim_t limit = 512; limit < (rlim_t)n_old; limit = limit * 3 / 2) {
    mj_error err = {0};
    some = all;
    some.rlim_cur = limit;
    setrlimit(RLIMIT_FSIZE, &some);
    mj_status s = mj_report(&park, &o, &err);
    setrlimit(RLIMIT_FSIZE, &all);
    CU_ASSERT_EQUAL(s, MJ_EIO);
    CU_ASSERT(!strncmp(err.message, "cannot write '", 14) && !strchr(err.message, '\n') &&
              !strstr(err.message, ".tmp"));
    size_t n = 0;
    char *now = read_file(dir, "mujun.gpkg", &n), *still = read_file(dir, "manifest.json", NULL);
    CU_ASSERT(now && n == n_old && !memcmp(now, old, n));
    CU_ASSERT(still && manifest && !strcmp(still, manifest));
    CU_ASSERT_EQUAL(count_entries(dir), entries);
    free(now);
    free(still);
    failed++;
  }
  signal(SIGXFSZ, handler);
  CU_ASSERT(failed > 10);
  CU_ASSERT_EQUAL(mj_report(&park, &o, NULL), MJ_OK);
  free(old);
  free(manifest);
  mj_park_reset(&park);
  remove_tree(dir);
}

/* What another reader than ours finds in the workbook. */
static void the_workbook_opens_and_holds_text_as_text(void) {
  char dir[64], command[400];
  mj_park park;
  temp_dir(dir);
  make_park(&park, 12, 2);
  park.table[MJ_PARCELS].columns[2]->text[0] = "=1+1\x01\xff";
  mj_rulebook_facts books[] = {{.code = "quanzhou-2025",
                                .version = "1",
                                .name = "某政策",
                                .document = "某文号",
                                .from = mj_date_from_ymd(2026, 2, 1),
                                .to = MJ_DATE_NULL,
                                .in_force = true},
                               {.code = "licheng-2022",
                                .version = "1",
                                .name = "某方案",
                                .document = "某号",
                                .from = mj_date_from_ymd(2022, 5, 25),
                                .to = mj_date_from_ymd(2024, 12, 31)}};
  const char *given[] = {"quanzhou-2025", "licheng-2022"};
  park.project.rulebooks = given;
  park.project.n_rulebooks = 2;
  park.rulebook_facts = books;
  park.n_rulebooks = 2;
  mj_report_options o = options_for(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, NULL), MJ_OK);
  const char *source = getenv("MUJUN_SOURCE");
  if (!source || system("/usr/bin/python3 -c 'import openpyxl' 2>/dev/null") != 0)
    printf("skipped: needs python3-openpyxl and MUJUN_SOURCE ");
  else {
    snprintf(command, sizeof command, "/usr/bin/python3 '%s/tests/report/check_workbook.py' '%s/summary.xlsx'", source,
             dir);
    CU_ASSERT_EQUAL(system(command), 0);
  }
  park.n_rulebooks = 0;
  mj_park_reset(&park);
  remove_tree(dir);
}

SUITE_OF(report, T(every_file_is_there_and_two_runs_give_the_same_bytes),
         T(gdal_reads_back_the_rows_the_rings_and_the_values), T(degrees_are_delivered_in_degrees),
         T(without_a_way_to_wgs84_all_but_geojson_is_written),
         T(with_parameters_the_geojson_is_shifted_and_the_geopackage_is_not),
         T(the_manifest_reconciles_and_names_every_output), T(only_what_is_asked_for_is_written),
         T(a_full_disk_leaves_the_old_result), T(the_workbook_opens_and_holds_text_as_text));
