#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "gis/gpkg.h"

typedef struct {
  char path[96];
  sqlite3 *db;
  mj_table table;
  mj_box *box; /* [n]; none where xmin > xmax */
  uint64_t seed;
} fixture;

/* Steele, Lea, Flood: SplitMix64 */
static double draw(fixture *f) {
  uint64_t z = f->seed += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/* A triangle of up to 60 m in a square of 10 km about Quanzhou; every 7th row has no shape, every 11th one that is no
 * number; in every 13th it is 8 km wide. */
static void push_row(fixture *f, int64_t i) {
  double w = i % 13 == 6 ? 8000 : 60 * draw(f), x = 640000 + 10000 * draw(f), y = 2750000 + 10000 * draw(f);
  double px[] = {x, x + w, x, x}, py[] = {y, y, y + w / 2, y};
  f->box[i] = (mj_box){x, y, x + w, y + w / 2};
  if (i % 11 == 3) px[1] = (double)INFINITY;
  if (i % 7 != 2) {
    CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&f->table.geom, 4, px, py), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&f->table.geom), MJ_OK);
  }
  if (i % 11 == 3 || i % 7 == 2) f->box[i] = (mj_box){1, 1, 0, 0};
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&f->table.geom), MJ_OK);
}

static void set_up(fixture *f, int64_t n) {
  *f = (fixture){.seed = (uint64_t)n};
  mj_gpkg *gpkg = NULL;
  mj_error err = {0};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  snprintf(f->path, sizeof f->path, "%s/a.gpkg", folder);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&f->table, "parcels", n), MJ_OK);
  f->table.geom.kind = MJ_GEOM_POLYGON;
  f->box = malloc((size_t)(n + 1) * sizeof *f->box);
  for (int64_t i = 0; i < n; i++) push_row(f, i);
  CU_ASSERT_EQUAL_FATAL(mj_gpkg_create(f->path, "2026-03-31T00:00:00.000Z", &gpkg, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_gpkg_layer(gpkg, "parcels", &f->table, NULL, 0, "EPSG:4549", NULL, NULL, NULL, 0, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_gpkg_close(gpkg, &err), MJ_OK);
  CU_ASSERT_STRING_EQUAL(err.message, "");
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(f->path, &f->db), SQLITE_OK);
}

static void tear_down(fixture *f) {
  sqlite3_close(f->db);
  mj_table_reset(&f->table);
  free(f->box);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void is_sound(fixture *f) {
  sqlite3_stmt *stmt = NULL;
  CU_ASSERT_EQUAL_FATAL(sqlite3_prepare_v2(f->db, "SELECT rtreecheck('rtree_parcels_geom')", -1, &stmt, NULL),
                        SQLITE_OK);
  CU_ASSERT_EQUAL(sqlite3_step(stmt), SQLITE_ROW);
  CU_ASSERT_STRING_EQUAL((const char *)sqlite3_column_text(stmt, 0), "ok");
  sqlite3_finalize(stmt);
}

/* The rows in a random box, by the tree and by a look at every row, in the tree's own precision. */
static int64_t finds_what_a_scan_finds(fixture *f) {
  static const char sql[] =
      "SELECT id FROM rtree_parcels_geom WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= "
      "?4 ORDER BY id";
  double w = draw(f) < 0.2 ? 20000 : 500 * draw(f), x = 639000 + 12000 * draw(f), y = 2749000 + 12000 * draw(f);
  const double side[] = {x, x + w, y, y + w};
  sqlite3_stmt *stmt = NULL;
  int64_t found = 0, wrong = 0;
  CU_ASSERT_EQUAL_FATAL(sqlite3_prepare_v2(f->db, sql, -1, &stmt, NULL), SQLITE_OK);
  for (int i = 0; i < 4; i++) sqlite3_bind_double(stmt, i + 1, side[i]);
  for (int64_t i = 0; i < f->table.n; i++) {
    const mj_box *b = &f->box[i];
    if (b->xmin > b->xmax || mj_float_above(b->xmax) < x || mj_float_below(b->xmin) > x + w ||
        mj_float_above(b->ymax) < y || mj_float_below(b->ymin) > y + w)
      continue;
    found++;
    wrong += sqlite3_step(stmt) != SQLITE_ROW || sqlite3_column_int64(stmt, 0) != i + 1;
  }
  wrong += sqlite3_step(stmt) != SQLITE_DONE;
  sqlite3_finalize(stmt);
  CU_ASSERT_EQUAL(wrong, 0);
  return found;
}

/* 51 boxes are a full node; 63, 64, 65 and 67 rows have 49, 50, 51 and 52 of them. 5,000 rows need a third level. */
static void the_tree_finds_what_a_scan_finds(void) {
  static const int64_t sizes[] = {0, 1, 2, 3, 50, 51, 52, 63, 64, 65, 67, 5000, 30000};
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    fixture f;
    int64_t found = 0;
    set_up(&f, sizes[k]);
    is_sound(&f);
    for (int i = 0; i < 200; i++) found += finds_what_a_scan_finds(&f);
    CU_ASSERT(sizes[k] == 0 ? found == 0 : found > 0);
    tear_down(&f);
  }
}

/* What QGIS does when a layer is edited: boxes go and come, nodes are split and thrown away. */
static void sqlite_goes_on_with_the_tree(void) {
  fixture f;
  set_up(&f, 5000);
  CU_ASSERT_EQUAL(sqlite3_exec(f.db,
                               "CREATE TEMP TABLE kept AS SELECT * FROM rtree_parcels_geom;"
                               "DELETE FROM rtree_parcels_geom WHERE id % 5 <> 0;"
                               "INSERT INTO rtree_parcels_geom SELECT * FROM kept WHERE id % 5 <> 0",
                               NULL, NULL, NULL),
                  SQLITE_OK);
  is_sound(&f);
  for (int i = 0; i < 200; i++) finds_what_a_scan_finds(&f);
  CU_ASSERT_EQUAL(sqlite3_exec(f.db, "DELETE FROM rtree_parcels_geom", NULL, NULL, NULL), SQLITE_OK);
  is_sound(&f);
  tear_down(&f);
}

static void boxes_are_rounded_outwards(void) {
  fixture f = {.seed = 7};
  for (int i = 0; i < 100000; i++) {
    double v = (draw(&f) - 0.5) * (i % 2 ? 8e6 : 400);
    CU_ASSERT_FATAL((double)mj_float_below(v) <= v && (double)mj_float_above(v) >= v);
    CU_ASSERT_FATAL((double)mj_float_above(v) - (double)mj_float_below(v) <= 3e-7 * fabs(v));
  }
  CU_ASSERT(mj_float_below(0.5) == 0.5F && mj_float_above(0.5) == 0.5F); /* what a float holds stays */
}

SUITE_OF(gpkg_rtree, T(the_tree_finds_what_a_scan_finds), T(sqlite_goes_on_with_the_tree),
         T(boxes_are_rounded_outwards));
