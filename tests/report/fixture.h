/* A small park made in memory: squares of 100 m in two zones, with what measure, judge and plan would have added. */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mujun/rooms.h"
#include "test.h"

static inline void box(mj_geom *g, double x, double y, double side, bool clockwise) {
  double px[] = {x, x + side, x + side, x, x}, py[] = {y, y, y + side, y + side, y}, qx[5], qy[5];
  for (int i = 0; i < 5; i++) {
    qx[i] = px[4 - i];
    qy[i] = py[4 - i];
  }
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(g, 5, clockwise ? qx : px, clockwise ? qy : py), MJ_OK);
}

/* Row i of parcels: a square of 100 m, wound the wrong way round; every third with a hole of 20 m. */
static inline void parcel_shape(mj_geom *g, int64_t i) {
  double x = 460000 + (double)(i % 100) * 120, y = 2755000 + (double)(i / 100) * 120;
  box(g, x, y, 100, true);
  if (i % 3 == 0) box(g, x + 40, y + 40, 20, false);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(g), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(g), MJ_OK);
}

static inline mj_column *column(mj_table *t, const char *name, mj_type type) {
  mj_column *c = mj_table_add(t, name, type);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c);
  return c;
}

static const char *const statuses[] = {"idle", "inefficient", "headroom", "insufficient", "normal"};

static inline void fill_parcels(mj_table *t, int64_t n, int n_zones) {
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcels", n), MJ_OK);
  t->geom.kind = MJ_GEOM_POLYGON;
  mj_column *id = column(t, "parcel_id", MJ_TEXT), *zone = column(t, "zone", MJ_TEXT),
            *use = column(t, "land_use", MJ_TEXT);
  mj_column *industrial = column(t, "industrial", MJ_TRI), *status = column(t, "status", MJ_TEXT),
            *candidate = column(t, "candidate", MJ_TRI);
  mj_column *kinds = column(t, "candidate_for", MJ_TEXT), *idle = column(t, "idle", MJ_TRI),
            *inefficient = column(t, "inefficient", MJ_TRI);
  mj_column *planar = column(t, "area_planar_m2", MJ_F64), *recorded = column(t, "area_recorded_m2", MJ_F64),
            *mu = column(t, "area_mu", MJ_F64);
  mj_column *floor_area = column(t, "floor_area_m2", MJ_F64), *countable = column(t, "countable_floor_area_m2", MJ_F64);
  mj_column *ratio = column(t, "plot_ratio", MJ_F64), *basis = column(t, "plot_ratio_basis", MJ_TEXT),
            *room = column(t, "headroom_m2", MJ_F64);
  mj_column *output = column(t, "output_wan", MJ_F64), *tax = column(t, "tax_wan", MJ_F64),
            *count = column(t, "enterprise_count", MJ_I64);
  mj_column *due = column(t, "start_due", MJ_DATE), *seized = column(t, "seized", MJ_TRI),
            *theirs = column(t, "ZONE", MJ_TEXT);
  theirs->from_source = true;
  for (int64_t i = 0; i < n; i++) {
    int k = (int)(i % 5);
    parcel_shape(&t->geom, i);
    id->text[i] = mj_arena_format(&t->arena, "35050%07lld", (long long)i);
    zone->text[i] = i % 7 == 6 ? NULL
                               : mj_arena_format(&t->arena, n_zones > 2 ? "Z%lld" : (i % 2 ? "南片" : "北片"),
                                                 (long long)(i % n_zones));
    use->text[i] = i % 4 ? "1001" : "0701";
    industrial->tri[i] = i % 4 ? MJ_YES : MJ_NO;
    status->text[i] = statuses[k];
    candidate->tri[i] = k < 3 ? MJ_YES : k == 3 ? MJ_UNKNOWN : MJ_NO;
    kinds->text[i] = k == 0 ? "idle;headroom" : k == 1 ? "inefficient" : k == 2 ? "headroom" : NULL;
    idle->tri[i] = k == 0 ? MJ_YES : k == 3 ? MJ_UNKNOWN : MJ_NO;
    inefficient->tri[i] = k == 1 ? MJ_YES : MJ_NO;
    planar->f64[i] = i % 3 ? 10000 : 9600;
    recorded->f64[i] = i % 5 == 4 ? (double)NAN : 10000;
    mu->f64[i] = i % 5 == 4 ? (double)NAN : 15;
    floor_area->f64[i] = 8000 + (double)i / 3;
    countable->f64[i] = 8000 + (double)i / 3;
    ratio->f64[i] = i % 5 == 4 ? (double)NAN : countable->f64[i] / 10000;
    basis->text[i] = i % 5 == 4 ? NULL : "recorded";
    room->f64[i] = k == 3 ? (double)NAN : 1000.125 * k;
    output->f64[i] = i % 2 ? 300.1 : (double)NAN;
    tax->f64[i] = i % 2 ? 20.3 : (double)NAN;
    count->i64[i] = i % 2 ? 1 : MJ_I64_NULL;
    due->date[i] = i % 2 ? mj_date_from_ymd(2024, 2, 29) : MJ_DATE_NULL;
    seized->tri[i] = i % 2 ? MJ_YES : MJ_UNKNOWN;
    theirs->text[i] = "source's own";
  }
}

static inline void fill_zones(mj_table *t, int n_zones) {
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "zones", n_zones), MJ_OK);
  t->geom.kind = MJ_GEOM_POLYGON;
  mj_column *zone = column(t, "zone", MJ_TEXT);
  for (int i = 0; i < n_zones; i++) {
    box(&t->geom, 459000 + i * 10, 2754000, 9, false);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t->geom), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t->geom), MJ_OK);
    zone->text[i] = n_zones > 2 ? mj_arena_format(&t->arena, "Z%d", i) : i ? "南片" : "北片";
  }
}

/* Every parcel wholly in its zone, but those without one half in the first zone. */
static inline void fill_shares(mj_park *park) {
  const mj_table *parcels = &park->table[MJ_PARCELS];
  mj_table *t = &park->table[MJ_PARCEL_ZONES];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "parcel_zones", parcels->n), MJ_OK);
  mj_column *row = column(t, "parcel_row", MJ_I64), *id = column(t, "parcel_id", MJ_TEXT),
            *zone = column(t, "zone", MJ_TEXT);
  mj_column *overlap = column(t, "overlap_m2", MJ_F64), *share = column(t, "share", MJ_F64);
  const char **zones = mj_table_text(parcels, "zone");
  const double *planar = mj_table_f64(parcels, "area_planar_m2");
  for (int64_t i = 0; i < parcels->n; i++) {
    row->i64[i] = i + 1;
    id->text[i] = mj_table_text(parcels, "parcel_id")[i];
    zone->text[i] = zones[i] ? zones[i] : mj_table_text(&park->table[MJ_ZONES], "zone")[0];
    share->f64[i] = zones[i] ? 1 : 0.5;
    overlap->f64[i] = planar[i] * share->f64[i];
  }
}

static inline void fill_enterprises(mj_park *park) {
  mj_table *t = &park->table[MJ_ENTERPRISES];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "enterprises", 3), MJ_OK);
  mj_column *name = column(t, "enterprise_name", MJ_TEXT), *year = column(t, "year", MJ_I64),
            *output = column(t, "output_wan", MJ_F64);
  static const char *const names[] = {"=cmd()|'/c calc'!A0", "<script>alert(1)</script>",
                                      "某\"电子\", 公司\n二厂\x01\xff"};
  for (int i = 0; i < 3; i++) {
    name->text[i] = names[i];
    year->i64[i] = i == 1 ? 2024 : 2025;
    output->f64[i] = 300.1;
  }
}

static inline void fill_reasons(mj_park *park) {
  mj_table *t = &park->table[MJ_REASONS];
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "reasons", 2), MJ_OK);
  mj_column *id = column(t, "parcel_id", MJ_TEXT), *on = column(t, "verdict_on", MJ_TEXT),
            *verdict = column(t, "verdict", MJ_TRI);
  mj_column *margin = column(t, "margin", MJ_F64);
  for (int i = 0; i < 2; i++) {
    id->text[i] = "350500000000";
    on->text[i] = i ? "inefficient" : "idle";
    verdict->tri[i] = i ? MJ_UNKNOWN : MJ_YES;
    margin->f64[i] = i ? (double)NAN : -1.25;
  }
}

/* A park of @p n parcels; zones, shares, enterprises, reasons and two ledger entries come with it. */
static inline void make_park(mj_park *park, int64_t n, int n_zones) {
  memset(park, 0, sizeof *park);
  park->project = (mj_project){.name = "示例园区",
                               .as_of = mj_date_from_ymd(2026, 3, 31),
                               .year = 2025,
                               .lang = MJ_ZH,
                               .headroom_min_m2 = 1000,
                               .area_tolerance = NAN};
  park->frame = (mj_frame){.wkt = strdup("EPSG:4549"),
                           .source_wkt = strdup("EPSG:4549"),
                           .source_name = "EPSG:4549",
                           .lon_deg = 118.5523,
                           .lat_deg = 24.9087,
                           .unit_m = 1,
                           .a_m = 6378137,
                           .inv_f = 298.257222101};
  fill_parcels(&park->table[MJ_PARCELS], n, n_zones);
  fill_zones(&park->table[MJ_ZONES], n_zones);
  fill_shares(park);
  fill_enterprises(park);
  fill_reasons(park);
  mj_ledger_entry e = {
      .code = MJ_L_GEOM_INVALID, .layer = "parcels", .id = "350500000000", .row = 1, .found = "Self-intersection"};
  CU_ASSERT_EQUAL_FATAL(mj_ledger_add(&park->ledger, e), MJ_OK);
  e = (mj_ledger_entry){
      .code = MJ_L_ROW_NO_GEOMETRY, .layer = "buildings", .row = 7, .found = "=HYPERLINK(\"http://x\")"};
  CU_ASSERT_EQUAL_FATAL(mj_ledger_add(&park->ledger, e), MJ_OK);
}

static inline char *temp_dir(char path[64]) {
  strcpy(path, "/tmp/mujun-report-XXXXXX");
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(path));
  return path;
}

static inline void remove_tree(const char *path) {
  DIR *dir = opendir(path);
  char inner[512];
  struct stat st;
  for (struct dirent *e; dir && (e = readdir(dir));) {
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
    if (snprintf(inner, sizeof inner, "%s/%s", path, e->d_name) >= (int)sizeof inner) continue;
    if (!lstat(inner, &st) && S_ISDIR(st.st_mode)) remove_tree(inner);
    else unlink(inner);
  }
  if (dir) closedir(dir);
  rmdir(path);
}

/* The whole file, NUL behind it; NULL where there is none. The caller frees it. */
static inline char *read_file(const char *dir, const char *name, size_t *n) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *f = fopen(path, "rb");
  if (!f) return NULL;
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *text = malloc((size_t)size + 1);
  size_t got = text ? fread(text, 1, (size_t)size, f) : 0;
  fclose(f);
  if (text) text[got] = 0;
  if (n) *n = got;
  return text;
}

static inline void write_file(const char *dir, const char *name, const char *text) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *f = fopen(path, "wb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  fputs(text, f);
  fclose(f);
}

static inline bool file_there(const char *dir, const char *name) {
  char path[512];
  struct stat st;
  snprintf(path, sizeof path, "%s/%s", dir, name);
  return !lstat(path, &st);
}

/* Entries of a folder, "." and ".." aside. */
static inline int count_entries(const char *path) {
  DIR *dir = opendir(path);
  int n = -2;
  while (dir && readdir(dir)) n++;
  if (dir) closedir(dir);
  return n;
}
#endif
