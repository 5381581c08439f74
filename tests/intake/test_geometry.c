/* Every shape that bureaus deliver broken, in every format that can hold it: measured after a repair that is told, or
 * set aside. */
#include <ogr_api.h>

#include "files.h"
#include "gis/files.h"

static mj_park park;
static mj_error err;

enum { GPKG = 1, SHP = 2, GEOJSON = 4, SHP_Z = 8, ALL = GPKG | SHP | GEOJSON };
static const struct {
  const char *name, *words;
} formats[] = {{"p.gpkg", "-f GPKG -nlt GEOMETRY -a_srs EPSG:4549"},
               {"p.shp", "-nlt POLYGON -a_srs EPSG:4549"},
               {"p.geojson", "-f GeoJSON -a_srs EPSG:4549 -lco RFC7946=NO"},
               {"p.shp", "-nlt POLYGON25D -a_srs EPSG:4549"}};

#define NO_CODE MJ_LEDGER_END
/* A shape about (0, 0) in metres, its entry, its area after repair, what the entry says. Squares are 100 m wide. */
typedef struct {
  const char *what, *wkt;
  int formats;
  mj_ledger_code code;
  double area_m2;
  const char *found;
} shape_case;
static const shape_case cases[] = {
    {"plain", "POLYGON((0 0,100 0,100 100,0 100,0 0))", ALL, NO_CODE, 10000, NULL},
    {"crosses itself", "POLYGON((0 0,100 100,100 0,0 100,0 0))", ALL, MJ_L_GEOM_INVALID, 5000, "area 0.00 -> 5000.00"},
    {"a loop at one side", "POLYGON((0 0,60 0,40 -10,60 -10,40 0,100 0,100 100,0 100,0 0))", ALL, MJ_L_GEOM_INVALID,
     10100, "Self-intersection"},
    {"repeated points", "POLYGON((0 0,0 0,100 0,100 0,100 0,100 100,0 100,0 0))", ALL, NO_CODE, 10000, NULL},
    {"a spike", "POLYGON((0 0,100 0,100 100,100 150,100 100,0 100,0 0))", ALL, MJ_L_GEOM_INVALID, 10000,
     "area 10000.00 -> 10000.00"},
    {"not closed", "POLYGON((0 0,100 0,100 100,0 100))", GPKG, MJ_L_GEOM_INVALID, 10000, "ring not closed"},
    {"not closed", "POLYGON((0 0,100 0,100 100,0 100))", SHP, MJ_L_GEOM_INVALID, 10000, "ring not closed"},
    /* as GEOS repairs it: what lies outside is land; both areas are told */
    {"a hole outside its shell", "POLYGON((0 0,100 0,100 100,0 100,0 0),(200 0,220 0,220 20,200 20,200 0))",
     GPKG | GEOJSON, MJ_L_GEOM_INVALID, 10400, "area 9600.00 -> 10400.00"},
    {"a hole over the shell", "POLYGON((0 0,100 0,100 100,0 100,0 0),(90 10,90 30,110 30,110 10,90 10))",
     GPKG | GEOJSON, MJ_L_GEOM_INVALID, 9800, "area 9600.00 -> 9800.00"},
    {"a hole as wide as the shell", "POLYGON((0 0,100 0,100 100,0 100,0 0),(0 0,0 100,100 100,100 0,0 0))",
     GPKG | GEOJSON, MJ_L_GEOM_ZERO_AREA, 0, "area 0.00 -> 0.00"},
    {"a part inside another", "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((10 10,20 10,20 20,10 20,10 10)))",
     GPKG | GEOJSON, MJ_L_GEOM_INVALID, 10000, "area 10100.00 -> 10000.00"},
    {"parts apart", "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((200 0,210 0,210 10,200 10,200 0)))", ALL, NO_CODE,
     10100, NULL},
    {"a line there and back", "POLYGON((0 0,100 0,0 0,0 0))", GPKG | GEOJSON, MJ_L_GEOM_ZERO_AREA, 0, "0.00"},
    {"one point", "POLYGON((5 5,5 5,5 5,5 5))", GPKG | GEOJSON, MJ_L_GEOM_ZERO_AREA, 0, "0.00"},
    {"a crumb", "POLYGON((0 0,0.004 0,0.004 0.004,0 0.004,0 0))", ALL, MJ_L_GEOM_ZERO_AREA, 0, "m2"},
    {"heights", "POLYGON Z((0 0 5,100 0 6,100 100 7,0 100 8,0 0 5))", GPKG | SHP_Z | GEOJSON, MJ_L_GEOM_Z_DROPPED,
     10000, "shapes"},
    {"heights and measures", "POLYGON ZM((0 0 5 1,100 0 6 1,100 100 7 1,0 100 8 1,0 0 5 1))", GPKG, MJ_L_GEOM_Z_DROPPED,
     10000, "1 shapes"},
    {"a collection", "GEOMETRYCOLLECTION(POINT(5 5),POLYGON((0 0,100 0,100 100,0 100,0 0)),LINESTRING(0 0,9 9))",
     GPKG | GEOJSON, MJ_L_GEOM_COLLECTION, 10000, "Geometry Collection"},
    {"a line", "LINESTRING(0 0,100 0,100 100)", GPKG | GEOJSON, MJ_L_ROW_NOT_POLYGON, 0, "Line String"},
    {"arcs", "CURVEPOLYGON(CIRCULARSTRING(0 0,100 0,0 0))", GPKG, MJ_L_GEOM_CURVE, 7853.98, "area 7853.982 -> 7853."},
    {"nothing", "", ALL, MJ_L_ROW_NO_GEOMETRY, 0, NULL},
    {"empty", "POLYGON EMPTY", GPKG, MJ_L_ROW_NO_GEOMETRY, 0, NULL},
};

/* The shape moved to where parcels are: the first two numbers of every point; what follows are heights. */
static void place(const char *wkt, char *out) {
  int k = 0;
  for (const char *p = wkt; *p;) {
    char *end;
    bool number = strchr("0123456789-", *p);
    if (*p == '(' || *p == ',') k = 0;
    if (!number) {
      *out++ = *p++;
      continue;
    }
    double v = strtod(p, &end);
    v += k == 0 ? 500000 : k == 1 ? 2755000 : 0;
    out += sprintf(out, "%.10g", v);
    p = end;
    k++;
  }
  *out = 0;
}

static uint64_t bytes_of(const char *path) {
  uint64_t h = 14695981039346656037U;
  FILE *f = fopen(path, "rb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  for (int c; (c = fgetc(f)) != EOF;) h = (h ^ (uint64_t)c) * 1099511628211U;
  fclose(f);
  return h;
}

static void run_case(const shape_case *c, int format) {
  char csv[1000], wkt[600], yaml[80];
  double area[2];
  place(c->wkt, wkt);
  snprintf(csv, sizeof csv,
           "ZDDM,WKT\nA,\"%s\"\nB,\"POLYGON((501000 2755000,501100 2755000,501100 2755100,501000 2755100,501000 "
           "2755000))\"\n",
           wkt);
  write_text("a.csv", csv);
  const char *path = translate(in_folder("a.csv"), formats[format].name, formats[format].words);
  uint64_t before = bytes_of(path);
  snprintf(yaml, sizeof yaml, "parcels: %s\nsettings: {checks: {zero_area_m2: 0.0001}}\n", formats[format].name);
  mj_park_reset(&park);
  mj_status status = take_in(yaml, &park, &err);
  if (status) printf("\n    %s, %s: %s", c->what, formats[format].name, err.message);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
  CU_ASSERT_EQUAL(bytes_of(path), before);
  ASSERT_INT(park.table[MJ_PARCELS].n, 2);
  mj_polys g = mj_geom_view(&park.table[MJ_PARCELS].geom);
  mj_area_planar(&g, area);
  bool good = fabs(area[0] - c->area_m2) < (c->code == MJ_L_GEOM_CURVE ? 0.4 : 1e-6);
  const mj_ledger_entry *e = c->code == NO_CODE ? NULL : first_entry(&park, c->code);
  int64_t others = 0;
  for (int64_t i = 0; i < park.ledger.n; i++)
    others += park.ledger.entry[i].code != c->code && mj_ledger_severity(park.ledger.entry[i].code) != MJ_NOTE;
  good &= (c->code == NO_CODE) == !e && !others && (!c->found || (e && e->found && strstr(e->found, c->found)));
  if (!good) {
    printf("\n    %s, %s: area %.6f; ", c->what, formats[format].name, area[0]);
    for (int64_t i = 0; i < park.ledger.n; i++)
      printf("%s '%s' ", mj_ledger_code_name(park.ledger.entry[i].code),
             park.ledger.entry[i].found ? park.ledger.entry[i].found : "");
  }
  CU_ASSERT(good);
  ASSERT_NEAR(area[1], 10000, 1e-6);
}

static void every_shape_is_measured_after_a_repair_or_set_aside(void) {
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    for (int format = 0; format < 4; format++) {
      if (!(cases[k].formats >> format & 1)) continue;
      CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
      run_case(&cases[k], format);
      CU_ASSERT_EQUAL(folder_remove(), 0);
    }
  mj_park_reset(&park);
}

/* No text format holds them: the vertex is put into the file as other programs' faults do. */
static void spoil(const char *path, double value) {
  size_t n = strlen(path);
  if (!strcmp(path + n - 4, ".shp")) { /* GDAL refuses to: heads of 100 and 8 bytes, box and counts, two vertices */
    FILE *f = fopen(path, "r+b");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    CU_ASSERT_EQUAL(fseek(f, 100 + 8 + 48 + 32, SEEK_SET), 0);
    CU_ASSERT_EQUAL(fwrite(&value, sizeof value, 1, f), 1);
    fclose(f);
    return;
  }
  CPLPushErrorHandler(CPLQuietErrorHandler);
  GDALDatasetH ds = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
  OGRLayerH layer = GDALDatasetGetLayer(ds, 0);
  OGRFeatureH feature = OGR_L_GetNextFeature(layer);
  OGRGeometryH shape = OGR_F_GetGeometryRef(feature), ring = OGR_G_GetGeometryRef(shape, 0);
  OGR_G_SetPoint_2D(ring, 2, value, 2755100);
  CU_ASSERT_EQUAL(OGR_L_SetFeature(layer, feature), OGRERR_NONE);
  OGR_F_Destroy(feature);
  GDALClose(ds);
  CPLPopErrorHandler();
}

static void a_coordinate_that_is_no_number_sets_its_row_aside(void) {
  static const double values[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
  static const char csv[] =
      "ZDDM,WKT\nA,\"POLYGON((500000 2755000,500100 2755000,500100 2755100,500000 2755100,500000 2755000))\"\n"
      "B,\"POLYGON((501000 2755000,501100 2755000,501100 2755100,501000 2755100,501000 2755000))\"\n";
  for (int format = 0; format < 2; format++)
    for (int k = 0; k < 3; k++) {
      double area[2];
      char yaml[80];
      CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
      write_text("a.csv", csv);
      const char *words = format ? formats[format].words : "-f GPKG -nlt POLYGON -a_srs EPSG:4549";
      spoil(translate(in_folder("a.csv"), formats[format].name, words), values[k]);
      snprintf(yaml, sizeof yaml, "parcels: %s\n", formats[format].name);
      mj_park_reset(&park);
      CU_ASSERT_EQUAL_FATAL(take_in(yaml, &park, &err), MJ_OK);
      mj_polys g = mj_geom_view(&park.table[MJ_PARCELS].geom);
      mj_area_planar(&g, area);
      ASSERT_NEAR(area[0], 0, 0);
      ASSERT_NEAR(area[1], 10000, 1e-6);
      ASSERT_INT(count_entries(&park, MJ_L_COORD_NOT_FINITE), 1);
      const mj_ledger_entry *e = first_entry(&park, MJ_L_COORD_NOT_FINITE);
      if (e) ASSERT_INT(e->row, 1);
      CU_ASSERT_EQUAL(folder_remove(), 0);
    }
  mj_park_reset(&park);
}

SUITE_OF(geometry, T(a_coordinate_that_is_no_number_sets_its_row_aside),
         T(every_shape_is_measured_after_a_repair_or_set_aside));
