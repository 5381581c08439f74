#include <iconv.h>
#include <sqlite3.h>

#include "base/text.h"
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

/* UTF-8 to another encoding with iconv, which the program does not use to encode. */
static const char *in_encoding(const char *encoding, const char *text) {
  static char out[4096];
  char copy[4096], *from = copy, *to = out;
  size_t n = strlen(text), room = sizeof out - 1;
  CU_ASSERT_FATAL(n < sizeof copy);
  memcpy(copy, text, n + 1);
  iconv_t cd = iconv_open(encoding, "UTF-8");
  CU_ASSERT_FATAL(cd != (iconv_t)-1);
  CU_ASSERT_EQUAL(iconv(cd, &from, &n, &to, &room), 0);
  iconv_close(cd);
  *to = 0;
  return out;
}

static const char *voted(const char *bytes, const char *said, bool *declared) {
  mj_vote vote;
  CU_ASSERT_EQUAL_FATAL(mj_vote_start(&vote, said), MJ_OK);
  mj_vote_feed(&vote, bytes, strlen(bytes), false);
  return mj_vote_end(&vote, declared);
}

/* Places, owners and land uses as mainland registers write them, and as Taiwan and Hong Kong owners do. */
static const char *const simplified[] = {"鲤城区",
                                         "泉州市鲤城区江南街道高新技术产业园区",
                                         "晋江市陈埭镇洋埭村",
                                         "泗阳县",
                                         "深圳市龙岗区",
                                         "东莞市高埗镇",
                                         "泉州市鑫晟机械有限公司",
                                         "福建晟源纺织有限公司",
                                         "泉州市浔美工业区",
                                         "特步（中国）有限公司",
                                         "王伟",
                                         "陈志强",
                                         "蔡其矫",
                                         "工业用地",
                                         "一类工业用地",
                                         "物流仓储用地",
                                         "公园绿地",
                                         "城镇住宅用地",
                                         "国有建设用地使用权",
                                         "标准厂房",
                                         "钢结构",
                                         "是",
                                         "无",
                                         "已动工"};
static const char *const traditional[] = {"臺北市",
                                          "新北市板橋區",
                                          "桃園市龜山區科學園區",
                                          "彰化縣",
                                          "香港九龍觀塘",
                                          "高雄市岡山區",
                                          "深水埗",
                                          "鴻海精密工業股份有限公司",
                                          "台灣積體電路製造股份有限公司",
                                          "統一企業",
                                          "寶成國際集團",
                                          "新鴻基地產",
                                          "郭台銘",
                                          "張忠謀",
                                          "陳志強",
                                          "工業用地",
                                          "一類工業用地",
                                          "物流倉儲用地",
                                          "公園綠地",
                                          "標準廠房",
                                          "鋼結構",
                                          "是",
                                          "無",
                                          "已動工"};
enum { N_WORDS = 24 };

/* Every word alone, and every run of three and of twelve: simplified text is never taken for Big5; three words of
 * Big5 are always found. Alone, a word shorter than three characters may be too little, and is then GB18030. */
static void gb18030_and_big5_are_told_by_their_frequent_characters(void) {
  static const int sizes[] = {1, 3, 12};
  int missed = 0;
  bool declared;
  for (int k = 0; k < 3; k++)
    for (int first = 0; first + sizes[k] <= N_WORDS; first++) {
      char gb[1024] = "", b5[1024] = "";
      for (int i = first; i < first + sizes[k]; i++) {
        strcat(strcat(gb, simplified[i]), ",");
        strcat(strcat(b5, traditional[i]), ",");
      }
      CU_ASSERT_STRING_EQUAL(voted(in_encoding("GB18030", gb), NULL, &declared), "GB18030");
      CU_ASSERT_FALSE(declared);
      const char *found = voted(in_encoding("BIG5-HKSCS", b5), NULL, &declared);
      if (sizes[k] > 1) CU_ASSERT_STRING_EQUAL(found, "BIG5-HKSCS");
      if (strcmp(found, "BIG5-HKSCS") != 0) missed++;
    }
  CU_ASSERT(missed <= 6); /* of 24 words alone: names of one to three characters */
  if (missed > 6) printf("\n    %d words in Big5 taken for GB18030\n", missed);
}

/* Traditional characters in GBK use trails that Big5 has not (80-A0), or are rare in it. */
static void traditional_names_in_gbk_are_not_big5(void) {
  char all[1024] = "";
  bool declared;
  for (int i = 0; i < N_WORDS; i++) strcat(strcat(all, traditional[i]), ",");
  CU_ASSERT_STRING_EQUAL(voted(in_encoding("GBK", all), NULL, &declared), "GB18030");
}

static void a_declaration_falls_only_to_content_that_speaks_loudly(void) {
  bool declared = false;
  char gb[256], b5[256], u8[] = "泉州市鲤城区江南街道工业用地";
  strcpy(gb, in_encoding("GB18030", u8));
  strcpy(b5, in_encoding("BIG5", "桃園市龜山區科學園區工業用地"));
  CU_ASSERT_STRING_EQUAL(voted(gb, "BIG5-HKSCS", &declared), "GB18030"); /* well-formed in Big5 too */
  CU_ASSERT_FALSE(declared);
  CU_ASSERT_STRING_EQUAL(voted(b5, "GB18030", &declared), "BIG5-HKSCS");
  CU_ASSERT_FALSE(declared);
  CU_ASSERT_STRING_EQUAL(voted("\xA4\xA4\xA4\xE5", "GB18030", &declared),
                         "GB18030"); /* two characters say too little */
  CU_ASSERT_TRUE(declared);
  CU_ASSERT_STRING_EQUAL(voted(u8, "GB18030", &declared), "UTF-8"); /* an even number of bytes is well-formed GBK */
  CU_ASSERT_FALSE(declared);
  CU_ASSERT_STRING_EQUAL(voted(u8, "CP1252", &declared), "UTF-8");
}

/* D2 BB is 一 in GBK and a Cyrillic letter in UTF-8; C2 B2 is 虏 in GBK and a square in UTF-8. */
static void a_few_characters_that_are_both_are_read_as_tables_have_them(void) {
  bool declared;
  CU_ASSERT_STRING_EQUAL(voted("\xD2\xBB", NULL, &declared), "GB18030");
  CU_ASSERT_STRING_EQUAL(voted("m\xC2\xB2", NULL, &declared), "UTF-8");
  CU_ASSERT_STRING_EQUAL(voted("\xD2\xBB", "UTF-8", &declared), "UTF-8");
  CU_ASSERT_TRUE(declared);
}

static void the_facts_say_what_was_declared_found_and_given(void) {
  static const struct {
    const char *text;
    int ldid;
    const char *cpg, *asked, *used, *said, *found;
    bool given, ascii;
  } cases[] = {{gbk, 0, "UTF-8", NULL, "GB18030", "UTF-8 (.cpg)", "GB18030", false, false},
               {gbk, 0x57, NULL, NULL, "GB18030", "0x57 (.dbf)", "GB18030", false, false},
               {gbk, 0, "OEM", NULL, "GB18030", "OEM (.cpg)", "GB18030", false, false},
               {gbk, 0, "ANSI", NULL, "GB18030", "ANSI (.cpg)", "GB18030", false, false},
               {gbk, 0, NULL, NULL, "GB18030", NULL, "GB18030", false, false},
               {gbk, 0, NULL, "950", "BIG5-HKSCS", NULL, "GB18030", true, false},
               {utf8, 0x4D, NULL, NULL, "UTF-8", "0x4D (.dbf)", "UTF-8", false, false},
               {gbk, 0, "\x01\xFFx", NULL, "GB18030", "??x (.cpg)", "GB18030", false, false},
               {"plain", 0, "936", "GBK", "GB18030", "936 (.cpg)", "UTF-8", true, true}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading r = read_file(write_shapefile("a", cases[i].text, 20, cases[i].ldid, cases[i].cpg), cases[i].asked, 0);
    CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
    mj_encoding_facts f = mj_source_encoding_facts(r.file);
    ASSERT_TEXT(f.used, cases[i].used);
    ASSERT_TEXT(f.said, cases[i].said);
    ASSERT_TEXT(f.found, cases[i].found);
    CU_ASSERT_EQUAL(f.given, cases[i].given);
    CU_ASSERT_EQUAL(f.ascii, cases[i].ascii);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* A fixed sequence of random bytes (xorshift64): as a .dbf's text, alone, and with every encoding asked. */
static void no_bytes_crash_the_vote_or_the_decoder(void) {
  static const char *const asked[] = {NULL, "GB18030", "BIG5-HKSCS", "UTF-8", "CP1252"};
  uint64_t x = 88172645463325252U;
  for (int round = 0; round < 4000; round++) {
    char bytes[48];
    bool declared;
    mj_vote vote;
    mj_arena arena = {0};
    size_t n = (size_t)round % 47 + 1;
    for (size_t i = 0; i < n; i++) {
      x ^= x << 13, x ^= x >> 7, x ^= x << 17;
      bytes[i] = (char)(round % 3 ? 0x80 | x : x);
    }
    CU_ASSERT_EQUAL_FATAL(mj_vote_start(&vote, asked[round % 5]), MJ_OK);
    mj_vote_feed(&vote, bytes, n, round % 2);
    const char *found = mj_vote_end(&vote, &declared), *text;
    mj_decoder decoder = {.from = found};
    mj_text_state state = mj_decode(&decoder, &arena, bytes, n, &text);
    CU_ASSERT_NOT_EQUAL(state, MJ_TEXT_NO_MEMORY);
    CU_ASSERT(!text || mj_utf8_valid(text, strlen(text)));
    mj_decoder_reset(&decoder);
    mj_arena_reset(&arena);
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
         T(gb18030_and_big5_are_told_by_their_frequent_characters), T(traditional_names_in_gbk_are_not_big5),
         T(a_declaration_falls_only_to_content_that_speaks_loudly),
         T(a_few_characters_that_are_both_are_read_as_tables_have_them),
         T(the_facts_say_what_was_declared_found_and_given), T(no_bytes_crash_the_vote_or_the_decoder),
         T(a_geopackage_with_gbk_bytes_is_read_and_told), T(real_county_names_in_gbk_are_read));
