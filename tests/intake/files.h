/** @file files.h  Small input files for the tests of intake. */
#ifndef TEST_INTAKE_FILES_H
#define TEST_INTAKE_FILES_H

#include "folder.h"
#include "mujun/rooms.h"

/** A GeoJSON layer of ready features in a reference system ("EPSG:4549"; "": the format's own). */
static inline const char *write_layer(const char *name, const char *crs, const char *features) {
  char text[8192], head[160] = "";
  if (!strncmp(crs, "EPSG:", 5))
    snprintf(head, sizeof head, "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::%s\"}},",
             crs + 5);
  CU_ASSERT_FATAL(snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",%s\"features\":[%s]}", head, features) <
                  (int)sizeof text);
  return write_text(name, text);
}

/** A feature of one ring: coordinates as GeoJSON, properties as the inside of an object. */
#define FEATURE(properties, ring)                                                                                    \
  "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[" ring \
  "]]}}"
/** A square of 100 m in the middle of belt EPSG:4549 (120E, about 24.9N), its lower left corner at (500000 + x,
 * 2755000). */
#define SQUARE_RING(x0, x1) "[" x0 ",2755000],[" x1 ",2755000],[" x1 ",2755100],[" x0 ",2755100],[" x0 ",2755000]"

static inline unsigned char *put_int(unsigned char *at, unsigned v, int big) {
  for (int i = 0; i < 4; i++) at[i] = (unsigned char)(v >> (big ? 24 - 8 * i : 8 * i));
  return at + 4;
}

static inline unsigned char *put_doubles(unsigned char *at, int n, const double *v) {
  memcpy(at, v, (size_t)n * sizeof *v); /* the format is little-endian, as every machine this runs on */
  return at + (size_t)n * sizeof *v;
}

static inline void write_part(const char *stem, const char *ext, const unsigned char *bytes, size_t n) {
  char name[64];
  snprintf(name, sizeof name, "%s.%s", stem, ext);
  write_bytes(name, bytes, n);
}

/** A shapefile without .prj: the square of 100 m at (500000, 2755000), one text field of at most ten bytes, in UTF-8.
 */
static inline const char *write_shapefile(const char *stem, const char *field, const char *value) {
  static const double box[4] = {500000, 2755000, 500100, 2755100};
  static const double ring[10] = {500000, 2755000, 500000, 2755100, 500100, 2755100, 500100, 2755000, 500000, 2755000};
  unsigned char head[100] = {0}, body[8 + 128], dbf[98], index[8], *p = body;
  char name[64];
  put_int(head, 9994, 1);
  put_int(head + 28, 1000, 0);
  put_int(head + 32, 5, 0);
  put_doubles(head + 36, 4, box);
  p = put_int(put_int(p, 1, 1), 64, 1);
  p = put_doubles(put_int(p, 5, 0), 4, box);
  p = put_int(put_int(put_int(p, 1, 0), 5, 0), 0, 0);
  p = put_doubles(p, 10, ring);
  CU_ASSERT_EQUAL_FATAL(p - body, (long)sizeof body);
  unsigned char all[100 + sizeof body];
  put_int(head + 24, (100 + sizeof body) / 2, 1);
  memcpy(all, head, 100);
  memcpy(all + 100, body, sizeof body);
  write_part(stem, "shp", all, sizeof all);
  put_int(head + 24, 54, 1);
  memcpy(all, head, 100);
  put_int(put_int(index, 50, 1), 64, 1);
  memcpy(all + 100, index, 8);
  write_part(stem, "shx", all, 108);
  memset(dbf, 0, sizeof dbf);
  memcpy(dbf, "\x03\x7e\x01\x01", 4);
  put_int(dbf + 4, 1, 0);
  dbf[8] = 65, dbf[10] = 31; /* length of the header, of a record */
  memcpy(dbf + 32, field, strlen(field));
  dbf[43] = 'C', dbf[48] = 30, dbf[64] = 13;
  memset(dbf + 65, ' ', 31);
  memcpy(dbf + 66, value, strlen(value));
  dbf[96] = 26;
  write_part(stem, "dbf", dbf, 97);
  snprintf(name, sizeof name, "%s.cpg", stem);
  write_text(name, "UTF-8");
  snprintf(name, sizeof name, "%s.shp", stem);
  return in_folder(name);
}

/** Load the text as park.yaml in the folder and run intake on it. */
static inline mj_status take_in(const char *yaml, mj_park *park, mj_error *err) {
  *park = (mj_park){0};
  *err = (mj_error){0};
  mj_status status = mj_project_load(write_text("park.yaml", yaml), &park->project, err);
  return status ? status : mj_intake(park, err);
}

static inline int64_t count_entries(const mj_park *park, mj_ledger_code code) {
  int64_t n = 0;
  for (int64_t i = 0; i < park->ledger.n; i++) n += park->ledger.entry[i].code == code;
  return n;
}

static inline const mj_ledger_entry *first_entry(const mj_park *park, mj_ledger_code code) {
  for (int64_t i = 0; i < park->ledger.n; i++)
    if (park->ledger.entry[i].code == code) return &park->ledger.entry[i];
  return NULL;
}
#endif
