#include <sqlite3.h>

#include "gis/files.h"
#include "gis/ogr_source.h"
#include "test.h"

/* A shapefile of one point with a text field "M" of @p width bytes, by hand, so that every byte of it is known. */
static const char *write_shapefile(const char *stem, const char *text, int width, int ldid, const char *cpg) {
  static unsigned char shp[128], shx[108], dbf[66 + 255];
  char name[64];
  memset(shp, 0, sizeof shp);
  memset(dbf, 0, sizeof dbf);
  memcpy(shp, "\0\0\x27\x0A", 4);
  memcpy(shp + 28, "\xE8\x03\0\0\1\0\0\0", 8);
  memcpy(shx, shp, 100);
  shp[27] = 64; /* sizes in 16-bit words */
  memcpy(shx, shp, 100);
  shx[27] = 54;
  memcpy(shp + 100, "\0\0\0\1\0\0\0\x0A\1\0\0\0", 12);
  memcpy(shx + 100, "\0\0\0\x32\0\0\0\x0A", 8);
  memcpy(dbf, "\3\x7E\1\1\1\0\0\0", 8);
  dbf[8] = 65;
  dbf[10] = (unsigned char)(width + 1);
  dbf[29] = (unsigned char)ldid;
  memcpy(dbf + 32, "M", 1);
  dbf[43] = 'C';
  dbf[48] = (unsigned char)width;
  dbf[64] = 0x0D;
  memset(dbf + 65, ' ', (size_t)width + 1);
  memcpy(dbf + 66, text, strlen(text));
  snprintf(name, sizeof name, "%s.dbf", stem);
  write_bytes(name, dbf, 66 + (size_t)width);
  snprintf(name, sizeof name, "%s.shx", stem);
  write_bytes(name, shx, sizeof shx);
  snprintf(name, sizeof name, "%s.cpg", stem);
  remove(in_folder(name));
  if (cpg) write_text(name, cpg);
  snprintf(name, sizeof name, "%s.shp", stem);
  return write_bytes(name, shp, sizeof shp);
}

static const char gbk[] = "\xB9\xA4\xD2\xB5\xD3\xC3\xB5\xD8", utf8[] = "工业用地";

static void what_a_dbf_declares_holds_only_where_it_fits(void) {
  static const struct {
    const char *text;
    int ldid;
    const char *cpg, *asked, *encoding;
    bool declared;
    const char *read;
  } cases[] = {{gbk, 0x4D, NULL, NULL, "GB18030", true, utf8},
               {gbk, 0, NULL, NULL, "GB18030", false, utf8},
               {gbk, 0, "936\n", NULL, "GB18030", true, utf8},
               {gbk, 0, "UTF-8", NULL, "GB18030", false, utf8},
               {gbk, 0x57, NULL, NULL, "GB18030", false, utf8},
               {gbk, 0, "ISO-8859-1", NULL, "GB18030", false, utf8},
               {gbk, 0, "OEM", NULL, "GB18030", false, utf8},
               {gbk, 0, NULL, "GBK", "GB18030", true, utf8},
               {utf8, 0, NULL, NULL, "UTF-8", false, utf8},
               {utf8, 0, "UTF-8", NULL, "UTF-8", true, utf8},
               {"plain", 0, NULL, NULL, "UTF-8", true, "plain"},
               {"caf\xE9", 0x57, NULL, NULL, "CP1252", true, "café"},
               {"\xA4\xA4\xA4\xE5", 0, "950", NULL, "BIG5-HKSCS", true, "中文"}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bool declared = !cases[i].declared;
    reading r = read_file(write_shapefile("a", cases[i].text, 20, cases[i].ldid, cases[i].cpg), cases[i].asked, 0);
    CU_ASSERT_EQUAL(r.status, MJ_OK);
    if (r.status) printf("\n    case %d: %s\n", (int)i, r.err.message);
    if (!r.status) {
      CU_ASSERT_STRING_EQUAL(mj_source_encoding(r.file, &declared), cases[i].encoding);
      CU_ASSERT_EQUAL(declared, cases[i].declared);
      CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "M")[0], cases[i].read);
    }
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void half_a_character_at_the_end_of_a_full_field_is_left_out(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_shapefile("a", "\xB9\xA4\xD2\xB5\xD3", 5, 0, NULL), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "M")[0], "工业");
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 1);
  CU_ASSERT_EQUAL(r.ledger.entry[0].code, MJ_L_TEXT_CUT);
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[0].field, "M");
  reading_end(&r);
  r = read_file(write_shapefile("a", "\xE5\xB7\xA5\xE4\xB8", 5, 0, NULL), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "M")[0], "工");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void bytes_of_no_encoding_and_names_of_none_are_errors(void) {
  mj_source_file *file;
  mj_error err = {0};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  CU_ASSERT_EQUAL(mj_source_open(write_shapefile("a", "\xFF\xFF", 20, 0, NULL), NULL, &file, &err), MJ_EFORMAT);
  assert_message(&err, MJ_EFORMAT, "neither UTF-8 nor GB18030");
  CU_ASSERT_PTR_NULL(file);
  CU_ASSERT_EQUAL(mj_source_open(in_folder("a.shp"), "no-such-set", &file, &err), MJ_EINVAL);
  assert_message(&err, MJ_EINVAL, "unknown encoding 'no-such-set'");
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Worked through GB 18030-2005: 0x81308130 is U+0080; a second byte of 7F, a third below 81 are no characters. */
static void gb18030_is_told_by_its_structure(void) {
  static const struct {
    const char *text;
    size_t n;
    bool valid;
  } cases[] = {{"\x81\x30\x81\x30", 4, true},
               {"\xB9\x7F", 2, false},
               {"\x81\x30\x7F\x30", 4, false},
               {"\x80", 1, false},
               {"\xFF\xA1", 2, false},
               {"a\xB9\xA4z", 4, true},
               {"\xB9", 1, false},
               {"\x81\x30\x81", 3, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    mj_vote vote;
    bool declared;
    CU_ASSERT_EQUAL_FATAL(mj_vote_start(&vote, NULL), MJ_OK);
    mj_vote_feed(&vote, cases[i].text, cases[i].n, false);
    CU_ASSERT_EQUAL(vote.gb18030, cases[i].valid);
    CU_ASSERT_EQUAL(mj_vote_end(&vote, &declared) != NULL, cases[i].valid);
  }
}

/* GeoPackage is UTF-8 by its standard; exporters that forget so are read all the same, and it is said once. */
static void a_geopackage_with_gbk_bytes_is_read_and_told(void) {
  static const char rows[] = "id,name\n1,x\n2,y\n3,z\n";
  sqlite3 *db = NULL;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  write_text("a.csv", rows);
  const char *path = translate(in_folder("a.csv"), "b.gpkg", "-f GPKG -nln t");
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
  CU_ASSERT_EQUAL(sqlite3_exec(db, "UPDATE t SET name = CAST(x'B9A4D2B5' AS TEXT) WHERE id > 1", NULL, NULL, NULL),
                  SQLITE_OK);
  sqlite3_close(db);
  reading r = read_file(in_folder("b.gpkg"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "name")[0], "x");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "name")[2], "工业");
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 1);
  CU_ASSERT_EQUAL(r.ledger.entry[0].code, MJ_L_ENCODING_ASSUMED);
  CU_ASSERT_EQUAL(r.ledger.entry[0].row, 2);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Independent truth: README of the data, 78 records that all decode as GBK, marked by language byte 0x4D alone. */
static void real_county_names_in_gbk_are_read(void) {
  const char *data = getenv("MUJUN_REALDATA");
  char path[512];
  bool declared = false;
  if (!data) {
    printf("skipped: MUJUN_REALDATA is not set ");
    return;
  }
  snprintf(path, sizeof path, "%s/gbk/chinese_encoding.shp", data);
  reading r = read_file(path, NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_EQUAL_FATAL(r.table.n, 78);
  CU_ASSERT_STRING_EQUAL(mj_source_encoding(r.file, &declared), "GB18030");
  CU_ASSERT_TRUE(declared);
  CU_ASSERT_STRING_EQUAL(mj_source_layer(r.file, 0)->crs, "");
  for (int i = 0; i < 78; i++) CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "PRO_NAME")[i], "安徽");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "NAME99")[0], "天长市");
  CU_ASSERT_EQUAL(r.ledger.n, 0);
  reading_end(&r);
}

SUITE_OF(ogr_encoding, T(what_a_dbf_declares_holds_only_where_it_fits),
         T(half_a_character_at_the_end_of_a_full_field_is_left_out),
         T(bytes_of_no_encoding_and_names_of_none_are_errors), T(gb18030_is_told_by_its_structure),
         T(a_geopackage_with_gbk_bytes_is_read_and_told), T(real_county_names_in_gbk_are_read));
