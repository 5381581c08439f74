#include <sys/stat.h>
#include <unistd.h>

#include "gis/files.h"
#include "test.h"

/* Two parcels of 4 and 8 square units, the second in two parts; a third row without shape. */
static const char parcels[] =
    "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::"
    "4548\"}},\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"0701\",\"name\":\"甲公司\",\"area\":4.1,\"floors\":3,\"due\":"
    "\"2024-05-01\"},"
    "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[500000,3000000],[500002,3000000],[500002,3000002],["
    "500000,3000002],[500000,3000000]]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"0702\",\"name\":\"乙\",\"area\":null,\"floors\":null,\"due\":"
    "null},"
    "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[500010,3000000],[500012,3000000],[500012,3000002],["
    "500010,3000002],[500010,3000000]]],"
    "[[[500020,3000000],[500022,3000000],[500022,3000002],[500020,3000002],[500020,3000000]]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"\",\"name\":null,\"area\":1,\"floors\":1,\"due\":\"2024-12-31\"},"
    "\"geometry\":null}]}";

/* What every format must give back; first is the source row of the first record. */
static void assert_parcels(reading *r, const char *format, int64_t first) {
  CU_ASSERT_EQUAL(r->status, MJ_OK);
  if (r->status || r->table.n != 3) printf("\n    %s: %d rows; %s\n", format, (int)r->table.n, r->err.message);
  CU_ASSERT_EQUAL_FATAL(r->table.n, 3);
  CU_ASSERT_STRING_EQUAL(mj_source_format(r->file), format);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r->table, "code")[0], "0701");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r->table, "name")[0], "甲公司");
  CU_ASSERT_PTR_NULL(mj_table_text(&r->table, "code")[2]);
  CU_ASSERT_PTR_NULL(mj_table_text(&r->table, "name")[2]);
  CU_ASSERT_EQUAL(mj_table_f64(&r->table, "area")[0], 4.1);
  CU_ASSERT_TRUE(isnan(mj_table_f64(&r->table, "area")[1]));
  CU_ASSERT_EQUAL(mj_table_i64(&r->table, "floors")[0], 3);
  CU_ASSERT_EQUAL(mj_table_i64(&r->table, "floors")[1], MJ_I64_NULL);
  CU_ASSERT_EQUAL(r->table.source_row[0], first);
  CU_ASSERT_EQUAL(r->table.source_row[2], first + 2);
  CU_ASSERT_EQUAL(r->table.geom.kind, MJ_GEOM_POLYGON);
  CU_ASSERT_EQUAL(r->table.geom.n, 3);
  CU_ASSERT_EQUAL(r->table.geom.parts, 3);
  CU_ASSERT_EQUAL(r->table.geom.verts, 15);
  mj_polys polys = mj_geom_view(&r->table.geom);
  double area[3];
  mj_area_planar(&polys, area);
  CU_ASSERT_EQUAL(area[0], 4);
  CU_ASSERT_EQUAL(area[1], 8);
  CU_ASSERT_EQUAL(area[2], 0);
  CU_ASSERT_EQUAL_FATAL(r->ledger.n, 1);
  CU_ASSERT_EQUAL(r->ledger.entry[0].code, MJ_L_ROW_NO_GEOMETRY);
  CU_ASSERT_EQUAL(r->ledger.entry[0].row, first + 2);
  CU_ASSERT_PTR_NOT_NULL(strstr(mj_source_layer(r->file, 0)->crs, "4548"));
  CU_ASSERT_EQUAL(mj_source_layer(r->file, 0)->rows, 3);
}

static void every_layer_format_gives_the_same_table(void) {
  static const struct {
    const char *name, *words, *format;
    bool day;
  } kinds[] = {{"b.gpkg", "-f GPKG -nlt MULTIPOLYGON", "GPKG", true},
               {"b.shp", "-lco ENCODING=UTF-8", "ESRI Shapefile", true},
               {"b.gdb", "-f OpenFileGDB -nlt MULTIPOLYGON", "OpenFileGDB", false},
               {"b.geojson", "-f GeoJSON", "GeoJSON", true}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", parcels);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    reading r = read_file(translate(in_folder("a.geojson"), kinds[i].name, kinds[i].words), NULL, 0);
    assert_parcels(&r, kinds[i].format, 1);
    if (kinds[i].day) {
      CU_ASSERT_EQUAL(mj_table_date(&r.table, "due")[0], mj_date_from_ymd(2024, 5, 1));
    } else { /* geodatabases know only moments; midnight is written as the day */
      CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "due")[0], "2024-05-01");
    }
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* GDAL's writer leaves out rows without shape. */
static void flatgeobuf_gives_its_rows(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", parcels);
  reading r = read_file(translate(in_folder("a.geojson"), "b.fgb", "-f FlatGeobuf -lco SPATIAL_INDEX=NO"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_source_format(r.file), "FlatGeobuf");
  CU_ASSERT_EQUAL_FATAL(r.table.n, 2);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "name")[1], "乙");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "due")[0], "2024-05-01"); /* the format knows only moments */
  CU_ASSERT_EQUAL(mj_table_i64(&r.table, "floors")[1], MJ_I64_NULL);
  CU_ASSERT_EQUAL(r.table.source_row[1], 2);
  CU_ASSERT_EQUAL(r.table.geom.parts, 3);
  CU_ASSERT_EQUAL(r.table.geom.x[5], 500010);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void archives_give_the_layers_inside(void) {
  char command[512];
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", parcels);
  mkdir(in_folder("data"), 0700);
  translate(in_folder("a.geojson"), "data/b.shp", "-lco ENCODING=UTF-8");
  translate(in_folder("a.geojson"), "data/c.shp", "-lco ENCODING=UTF-8");
  translate(in_folder("a.geojson"), "d.gdb", "-f OpenFileGDB -nlt MULTIPOLYGON");
  snprintf(command, sizeof command,
           "cd %s && python3 -c \"import shutil; shutil.make_archive('z', 'zip', '.', 'data'); "
           "shutil.make_archive('d.gdb', 'zip', '.', 'd.gdb')\"",
           folder);
  CU_ASSERT_EQUAL_FATAL(system(command), 0);
  reading r = read_file(in_folder("z.zip"), NULL, 1);
  assert_parcels(&r, "ESRI Shapefile", 1);
  CU_ASSERT_EQUAL(mj_source_layers(r.file), 2);
  reading_end(&r);
  r = read_file(in_folder("d.gdb.zip"), NULL, 0);
  assert_parcels(&r, "OpenFileGDB", 1);
  CU_ASSERT_EQUAL(mj_source_layers(r.file), 1);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void worksheets_keep_codes_and_digits_as_texts(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.csv", "宗地代码,产值,空\n0701,1234567.891234567,\n0702,0.1,\n");
  reading r = read_file(translate(in_folder("a.csv"), "b.xlsx", "-f XLSX -oo AUTODETECT_TYPE=NO"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_source_format(r.file), "XLSX");
  CU_ASSERT_EQUAL_FATAL(r.table.n, 2); /* every cell is text, and still the first row is the header */
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "宗地代码")[0], "0701");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "产值")[0], "1234567.891234567");
  CU_ASSERT_PTR_NULL(mj_table_text(&r.table, "空")[0]);
  CU_ASSERT_EQUAL(r.table.source_row[0], 2); /* as the worksheet numbers it */
  CU_ASSERT_EQUAL(r.table.geom.n, 0);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void shapes_of_several_kinds_follow_the_commonest(void) {
  static const char mixed[] =
      "{\"type\":\"FeatureCollection\",\"features\":["
      "{\"type\":\"Feature\",\"properties\":{\"a\":[1,2]},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}},"
      "{\"type\":\"Feature\",\"properties\":{\"a\":[3]},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[0,0],["
      "1,1],[2,0]]}},"
      "{\"type\":\"Feature\",\"properties\":{\"a\":[]},\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":["
      "{\"type\":\"Point\",\"coordinates\":[5,5]},{\"type\":\"MultiLineString\",\"coordinates\":[[[0,0],[1,1]],[[3,3],["
      "4,4]]]}]}}]}";
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_text("a.geojson", mixed), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_EQUAL(r.table.geom.kind, MJ_GEOM_LINE); /* two points and two lines: the larger dimension */
  CU_ASSERT_EQUAL(r.table.geom.n, 3);
  CU_ASSERT_EQUAL(r.table.geom.parts, 3);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "a")[0], "1;2");
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 2);
  CU_ASSERT_EQUAL(r.ledger.entry[1].code, MJ_L_GEOM_COLLECTION); /* whose point is left out */
  CU_ASSERT_EQUAL(r.ledger.entry[1].row, 3);
  CU_ASSERT_EQUAL(r.ledger.entry[0].code, MJ_L_ROW_OTHER_KIND);
  CU_ASSERT_EQUAL(r.ledger.entry[0].row, 1);
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[0].found, "Point");
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[0].expected, "Line String");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Farthest that the middle of an edge is from the circle of radius r about (x, y). */
static double sagitta(const mj_geom *g, double x, double y, double r) {
  double most = 0;
  for (int32_t v = 0; v + 1 < g->verts; v++)
    most = fmax(most, r - hypot((g->x[v] + g->x[v + 1]) / 2 - x, (g->y[v] + g->y[v + 1]) / 2 - y));
  return most;
}

/* Circles: of 50 m as the survey draws a roundabout, of 3 km as it draws a road, and a small one. */
static void arcs_become_lines_within_a_millimetre(void) {
  static const double radius[] = {1, 50, 3000};
  for (int k = 0; k < 3; k++) {
    char csv[200], found[80];
    double r = radius[k], area = 0;
    CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
    snprintf(csv, sizeof csv,
             "id,WKT\n1,\"CURVEPOLYGON(CIRCULARSTRING(500000 3000000,%.0f 3000000,500000 3000000))\"\n",
             500000 + 2 * r);
    write_text("a.csv", csv);
    reading it =
        read_file(translate(in_folder("a.csv"), "b.gpkg", "-f GPKG -nlt CURVEPOLYGON -a_srs EPSG:4548"), NULL, 0);
    CU_ASSERT_EQUAL_FATAL(it.status, MJ_OK);
    double off = sagitta(&it.table.geom, 500000 + r, 3000000, r), circle = 3.141592653589793 * r * r;
    CU_ASSERT(off > 0.0001 && off <= 0.001 * (1 + 1e-6));
    mj_polys polys = mj_geom_view(&it.table.geom);
    mj_area_planar(&polys, &area);
    CU_ASSERT(area < circle && area > circle - 6.2832 * r * 0.001); /* a strip of a millimetre along the circle */
    CU_ASSERT_EQUAL_FATAL(it.ledger.n, 1);
    CU_ASSERT_EQUAL(it.ledger.entry[0].code, MJ_L_GEOM_CURVE);
    CU_ASSERT_EQUAL(it.ledger.entry[0].row, 1);
    snprintf(found, sizeof found, "arcs; area %.3f -> %.3f m2", circle, area);
    ASSERT_TEXT(it.ledger.entry[0].found, found);
    ASSERT_TEXT(it.ledger.entry[0].expected, "lines at most 0.001 m from the arcs");
    reading_end(&it);
    CU_ASSERT_EQUAL(folder_remove(), 0);
  }
}

static void only_the_asked_fields_and_no_shapes(void) {
  static const char *const only[] = {"area"};
  mj_read_options options = {.only = only, .n_only = 1};
  mj_error err = {0};
  mj_ledger ledger = {0};
  mj_source_file *file;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", parcels);
  CU_ASSERT_EQUAL_FATAL(mj_source_open(translate(in_folder("a.geojson"), "b.gpkg", "-f GPKG"), NULL, &file, &err),
                        MJ_OK);
  for (int twice = 0; twice < 2; twice++) {
    mj_table table;
    CU_ASSERT_EQUAL_FATAL(mj_source_read(file, 0, "t", &options, &table, &ledger, &err), MJ_OK);
    CU_ASSERT_EQUAL(table.n_columns, 1);
    CU_ASSERT_EQUAL(table.geom.n, 0);
    CU_ASSERT_EQUAL(mj_table_f64(&table, "area")[2], 1);
    mj_table_reset(&table);
  }
  CU_ASSERT_EQUAL(ledger.n, 0);
  mj_source_close(file);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void layers_are_described_before_reading(void) {
  mj_error err = {0};
  mj_source_file *file;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.geojson", parcels);
  CU_ASSERT_EQUAL_FATAL(
      mj_source_open(translate(in_folder("a.geojson"), "b.gpkg", "-f GPKG -nln 宗地"), NULL, &file, &err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_source_layers(file), 1);
  const mj_layer_info *info = mj_source_layer(file, 0);
  CU_ASSERT_STRING_EQUAL(info->name, "宗地");
  CU_ASSERT_STRING_EQUAL(info->geometry, "Multi Polygon");
  CU_ASSERT_EQUAL(info->n_fields, 5);
  CU_ASSERT_STRING_EQUAL(info->field[4], "due");
  CU_ASSERT_STRING_EQUAL(info->type[4], "Date");
  CU_ASSERT_PTR_NULL(mj_source_layer(file, 1));
  mj_source_close(file);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

SUITE_OF(ogr_read, T(every_layer_format_gives_the_same_table), T(flatgeobuf_gives_its_rows),
         T(archives_give_the_layers_inside), T(worksheets_keep_codes_and_digits_as_texts),
         T(shapes_of_several_kinds_follow_the_commonest), T(arcs_become_lines_within_a_millimetre),
         T(only_the_asked_fields_and_no_shapes), T(layers_are_described_before_reading));
