#include "gis/files.h"
#include "test.h"

static void cells_keep_quotes_line_ends_tabs_and_leading_zeros(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(
      write_text("a.csv",
                 "\xEF\xBB\xBF code , name,note\r\n0701,\"a \"\"b\"\", c\",\"x\r\ny\"\r\n,5\" pipe,\ttab \r\n"),
      NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_EQUAL(r.table.n, 2);
  CU_ASSERT_STRING_EQUAL(mj_source_format(r.file), "CSV");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "code")[0], "0701");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "name")[0], "a \"b\", c");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "note")[0], "x\r\ny");
  CU_ASSERT_PTR_NULL(mj_table_text(&r.table, "code")[1]);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "name")[1], "5\" pipe");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "note")[1], "\ttab ");
  CU_ASSERT_EQUAL(r.table.source_row[1], 2);
  CU_ASSERT_TRUE(r.table.columns[0]->from_source);
  bool declared = false;
  CU_ASSERT_STRING_EQUAL(mj_source_encoding(r.file, &declared), "UTF-8");
  CU_ASSERT_TRUE(declared);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void the_header_tells_the_delimiter(void) {
  static const char *const texts[] = {"a,b\n1,2;3\n", "a;b\n1;2,3\n", "a\tb\n1\t2;3\n", "a,b\r1,2;3\r",
                                      "\"a;;;\",b\n1,2;3"};
  static const char *const last[] = {"2;3", "2,3", "2;3", "2;3", "2;3"};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (int i = 0; i < 5; i++) {
    reading r = read_file(write_text("a.csv", texts[i]), NULL, 0);
    CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
    CU_ASSERT_EQUAL(r.table.n, 1);
    CU_ASSERT_EQUAL(r.table.n_columns, 2);
    CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "b")[0], last[i]);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void rows_out_of_step_are_in_the_ledger_under_their_number(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_text("a.csv", "id,name,v\n1,x,10\n2,Ltd, Co,20\n\n4,y\n5,z,30,,\n,,\n"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_EQUAL_FATAL(r.table.n, 3); /* the second is set aside, blank ones are no rows */
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "id")[1], "4");
  CU_ASSERT_PTR_NULL(mj_table_text(&r.table, "v")[1]);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "v")[2], "30");
  CU_ASSERT_EQUAL(r.table.source_row[1], 4);
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 2);
  CU_ASSERT_EQUAL(r.ledger.entry[0].code, MJ_L_ROW_CELLS_EXTRA);
  CU_ASSERT_EQUAL(r.ledger.entry[0].row, 2);
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[0].found, "4 cells");
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[0].expected, "3 cells");
  CU_ASSERT_EQUAL(r.ledger.entry[1].code, MJ_L_ROW_CELLS_MISSING);
  CU_ASSERT_EQUAL(r.ledger.entry[1].row, 4);
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[1].layer, "layer");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void headers_without_name_or_repeated_get_one_of_their_own(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_text("a.csv", "v,v,,v_2\n1,2,3,4\n"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "v_2")[0], "2");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "column_3")[0], "3");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "v_2_2")[0], "4");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void gbk_is_found_and_converted_in_names_and_cells(void) {
  /* 企业,产值 / 甲公司,12 in GBK */
  static const char gbk[] = "\xC6\xF3\xD2\xB5,\xB2\xFA\xD6\xB5\n\xBC\xD7\xB9\xAB\xCB\xBE,12\n";
  bool declared = true;
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_text("a.csv", gbk), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_source_encoding(r.file, &declared), "GB18030");
  CU_ASSERT_FALSE(declared);
  CU_ASSERT_STRING_EQUAL(mj_source_layer(r.file, 0)->field[0], "企业");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "企业")[0], "甲公司");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "产值")[0], "12");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Each ASCII or Chinese character of @p text as two bytes. */
static size_t utf16_of(const char *text, bool big, bool mark, unsigned char *out) {
  size_t n = 0;
  unsigned unit[256], k = 0;
  if (mark) unit[k++] = 0xFEFF;
  for (const unsigned char *c = (const unsigned char *)text; *c; c += *c < 0x80 ? 1 : 3)
    unit[k++] = *c < 0x80 ? *c : (*c & 0x0FU) << 12 | (c[1] & 0x3FU) << 6 | (c[2] & 0x3FU);
  for (unsigned i = 0; i < k; i++) {
    out[n++] = (unsigned char)(big ? unit[i] >> 8 : unit[i]);
    out[n++] = (unsigned char)(big ? unit[i] : unit[i] >> 8);
  }
  return n;
}

/* Excel's "Unicode text" is little-endian with a mark, cells between tabs, in a .txt; others leave the mark out. */
static void utf16_is_read_with_a_mark_and_without(void) {
  static const char text[] = "企业名称\t产值\r\n甲公司\t12\r\n\"一\t二\"\t3\r\n";
  static const char *const names[] = {"a.csv", "a.txt"};
  unsigned char bytes[512];
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (int way = 0; way < 8; way++) {
    bool big = way & 1, mark = way & 2;
    size_t n = utf16_of(text, big, mark, bytes);
    reading r = read_file(write_bytes(names[way / 4], bytes, n), NULL, 0);
    CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
    CU_ASSERT_STRING_EQUAL(mj_source_format(r.file), "CSV");
    CU_ASSERT_EQUAL_FATAL(r.table.n, 2);
    CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "企业名称")[0], "甲公司");
    CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "企业名称")[1], "一\t二");
    CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "产值")[1], "3");
    mj_encoding_facts f = mj_source_encoding_facts(r.file);
    CU_ASSERT_STRING_EQUAL(f.used, big ? "UTF-16BE" : "UTF-16LE");
    CU_ASSERT_EQUAL(f.declared, mark);
    reading_end(&r);
  }
  size_t n = utf16_of(text, false, true, bytes);
  reading r = read_file(write_bytes("a.csv", bytes, n), "GBK", 0); /* said of all files; this one cannot be GBK */
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_source_encoding_facts(r.file).used, "UTF-16LE");
  CU_ASSERT_STRING_EQUAL(mj_source_encoding_facts(r.file).said, "GB18030 (--encoding)");
  CU_ASSERT_FALSE(mj_source_encoding_facts(r.file).declared);
  reading_end(&r);
  r = read_file(write_bytes("a.csv", bytes + 2, n - 2), "UTF-16", 0);
  CU_ASSERT_EQUAL(r.status, MJ_OK);
  CU_ASSERT_TRUE(mj_source_encoding_facts(r.file).given);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void a_txt_that_is_a_table_is_read_as_one(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_text("a.txt", "id\tv\n1\t2\n"), NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_source_format(r.file), "CSV");
  CU_ASSERT_STRING_EQUAL(mj_source_layer(r.file, 0)->name, "a");
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "v")[0], "2");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* A good table with one byte in each place changed to each of a few, and cut in each place: read or refused. */
static void damaged_tables_are_read_or_refused(void) {
  static const char good[] = "id,\xC6\xF3\xD2\xB5,v\r\n1,\"\xBC\xD7,\"\"\",12\n2,,\xA3\xB1\n";
  static const char damage[] = {0, '"', ',', '\n', (char)0x80, (char)0xFF, (char)0xFE, (char)0xD8};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t at = 0; at + 1 < sizeof good; at++)
    for (size_t d = 0; d <= sizeof damage; d++) {
      char bytes[sizeof good];
      memcpy(bytes, good, sizeof good);
      if (d < sizeof damage) bytes[at] = damage[d];
      reading r = read_file(write_bytes("a.csv", bytes, d < sizeof damage ? sizeof good - 1 : at), NULL, 0);
      CU_ASSERT(r.status == MJ_OK || r.status == MJ_EFORMAT);
      CU_ASSERT(r.status || r.table.n <= 4);
      reading_end(&r);
    }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void a_cell_against_the_asked_encoding_is_null_and_in_the_ledger(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_file(write_text("a.csv", "id,name\n1,\xE4\xB8\xAD\n2,\xFF\xFE\n"), "UTF-8", 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&r.table, "name")[0], "中");
  CU_ASSERT_PTR_NULL(mj_table_text(&r.table, "name")[1]);
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 1);
  CU_ASSERT_EQUAL(r.ledger.entry[0].code, MJ_L_VALUE_UNREADABLE);
  CU_ASSERT_EQUAL(r.ledger.entry[0].row, 2);
  CU_ASSERT_STRING_EQUAL(r.ledger.entry[0].field, "name");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void only_the_asked_columns_are_read(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  mj_error err = {0};
  mj_source_file *file;
  mj_table table;
  mj_ledger ledger = {0};
  static const char *const only[] = {"c"}, *const wrong[] = {"d"};
  mj_read_options options = {.only = only, .n_only = 1};
  CU_ASSERT_EQUAL_FATAL(mj_source_open(write_text("a.csv", "a,b,c\n1,2,3\n"), NULL, &file, &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_source_read(file, 0, "t", &options, &table, &ledger, &err), MJ_OK);
  CU_ASSERT_EQUAL(table.n_columns, 1);
  CU_ASSERT_STRING_EQUAL(mj_table_text(&table, "c")[0], "3");
  mj_table_reset(&table);
  options.only = wrong;
  CU_ASSERT_EQUAL(mj_source_read(file, 0, "t", &options, &table, &ledger, &err), MJ_ENOTFOUND);
  assert_message(&err, MJ_ENOTFOUND, "layer 'a' has no field 'd'");
  mj_source_close(file);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void broken_tables_are_refused_in_one_line(void) {
  static const struct {
    const char *text;
    size_t n;
    const char *message;
  } cases[] = {{"a,b\n1,\"x\n2,y\n", 13, "row 1: a quoted text never ends"},
               {"a,b\n1,2\n\"x\"y,3\n", 15, "row 2: text follows a closing quote"},
               {"\xFF\xFE"
                "a\0\0\xD8,\0",
                8, "is UTF-16, but not from byte 5 on"}, /* half a surrogate pair */
               {"\xFE\xFF\0a\0\0", 6, "holds NUL bytes"},
               {"a,b\n\0,\0", 7, "holds NUL bytes"},
               {"a,\xFF\xFF\n", 5, "neither UTF-8 nor GB18030"},
               {"PK\3\4....", 8, "holds a zip or an .xlsx workbook"},
               {"", 0, "the file is empty"}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading r = read_file(write_bytes("a.csv", cases[i].text, cases[i].n), NULL, 0);
    assert_message(&r.err, MJ_EFORMAT, cases[i].message);
    CU_ASSERT_EQUAL(r.table.n, 0);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

SUITE_OF(ogr_csv, T(cells_keep_quotes_line_ends_tabs_and_leading_zeros), T(the_header_tells_the_delimiter),
         T(rows_out_of_step_are_in_the_ledger_under_their_number),
         T(headers_without_name_or_repeated_get_one_of_their_own), T(gbk_is_found_and_converted_in_names_and_cells),
         T(utf16_is_read_with_a_mark_and_without), T(a_txt_that_is_a_table_is_read_as_one),
         T(damaged_tables_are_read_or_refused), T(a_cell_against_the_asked_encoding_is_null_and_in_the_ledger),
         T(only_the_asked_columns_are_read), T(broken_tables_are_refused_in_one_line));
