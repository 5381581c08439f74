#include <fcntl.h>
#include <xlsxwriter.h>

#include "report/book_inside.h"
#include "report/fixture.h"
#include "report/package.h"

/* Texts that XML, Excel or UTF-8 treat in a way of their own. */
static const char *const odd[] = {"plain",
                                  "a < b & c > d \"e\" 'f'",
                                  " before",
                                  "behind\n",
                                  "\ttab",
                                  "two\r\nlines",
                                  "\r",
                                  "bell\x07 and \x7f",
                                  "not \xff UTF-8 \xe4\xb8",
                                  "中文（全角）＆",
                                  "𠮷野家 😀",
                                  "\xef\xbf\xbe\xef\xb7\x90 no characters",
                                  "_x0041_ and _x41_ _y_",
                                  "_x005F_x000D_",
                                  "=1+1",
                                  "é\xc2\x85ñ",
                                  "x"};
enum { ODD = sizeof odd / sizeof *odd, LONG = 40000 };

/* One member of a zip; free() it. */
static char *member_text(const char *path, const char *name) {
  mj_member *member = NULL;
  int64_t n = 0;
  mj_text text = {0};
  int fd = open(path, O_RDONLY);
  CU_ASSERT_EQUAL_FATAL(mj_package_list(fd, path, &member, &n, NULL), MJ_OK);
  for (int64_t i = 0; i < n; i++)
    if (!strcmp(member[i].name, name)) CU_ASSERT_EQUAL(mj_package_text(fd, path, &member[i], &text, NULL), MJ_OK);
  mj_text_put(&text, "", 0);
  free(member);
  close(fd);
  return text.data;
}

/* The sheet of one table in a book of its own; free() it. */
static char *sheet_of(const char *path, const mj_sheet *sheet, mj_lang lang, int threads) {
  mj_book *book = NULL;
  int64_t bytes = 0;
  remove(path);
  CU_ASSERT_EQUAL_FATAL(mj_book_open(path, path, "R", mj_date_from_ymd(2026, 3, 31), lang, threads, &book, NULL),
                        MJ_OK);
  CU_ASSERT_EQUAL(mj_book_sheet(book, sheet, NULL, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_book_close(book, &bytes, NULL), MJ_OK);
  return member_text(path, "xl/worksheets/sheet1.xml");
}

/* The next `<v>` or `<is>` of a cell from *at on, without its tag; its length, 0: none. */
static size_t next_value(const char **at) {
  const char *v = strstr(*at, "<v>"), *is = strstr(*at, "<is>");
  const char *from = v && (!is || v < is) ? v : is;
  if (!from) return 0;
  *at = from;
  return (size_t)(strstr(from, from == v ? "</v>" : "</is>") - from);
}

/* Cells of the same texts and days, which libxlsxwriter writes by itself. */
static char *by_the_library(const char *path, const char *const *text, const int32_t *day, int n) {
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  mj_text scratch = {0}, more = {0};
  remove(path);
  lxw_workbook *book = workbook_new_opt(path, &options);
  lxw_worksheet *ws = workbook_add_worksheet(book, "T");
  worksheet_write_string(ws, 0, 0, "text", NULL);
  worksheet_write_string(ws, 0, 1, "day", NULL);
  for (int i = 0; i < n; i++) {
    lxw_datetime at = {0};
    mj_date_to_ymd(day[i], &at.year, &at.month, &at.day);
    worksheet_write_string(ws, (lxw_row_t)i + 1, 0, mj_book_clean(text[i], &scratch, &more), NULL);
    worksheet_write_datetime(ws, (lxw_row_t)i + 1, 1, &at, NULL);
  }
  CU_ASSERT_EQUAL(workbook_close(book), LXW_NO_ERROR);
  mj_text_reset(&scratch);
  mj_text_reset(&more);
  return member_text(path, "xl/worksheets/sheet1.xml");
}

static void texts_and_days_are_those_that_the_library_writes(void) {
  static const int days[][3] = {{1900, 1, 1},   {1900, 2, 28}, {1900, 3, 1},
                                {1969, 12, 31}, {2024, 2, 29}, {9999, 12, 31}};
  enum { N = ODD + 1 };
  char dir[64], path[96], *many = malloc(LONG + 1);
  const char *text[N];
  int32_t day[N];
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a.xlsx", dir);
  for (int i = 0; i < LONG; i++) many[i] = i % 100 == 99 ? '&' : 'y';
  many[LONG] = 0;
  for (int i = 0; i < N; i++) {
    const int *d = days[i % 6];
    text[i] = i < ODD ? odd[i] : many;
    day[i] = mj_date_from_ymd(d[0], d[1], d[2]);
  }
  mj_column texts = {.name = "t", .type = MJ_TEXT, .text = text}, dates = {.name = "d", .type = MJ_DATE, .date = day};
  mj_out_column columns[] = {{.column = &texts, .name = "t", .label = "text"},
                             {.column = &dates, .name = "d", .label = "day"}};
  mj_sheet sheet = {.name = "t", .title = "T", .n = N, .columns = columns, .n_columns = 2};
  char *ours = sheet_of(path, &sheet, MJ_EN, 2), *theirs = by_the_library(path, text, day, N);
  const char *a = ours, *b = theirs;
  for (int i = 0; i < 2 * (N + 1); i++) {
    size_t n = next_value(&a), m = next_value(&b);
    if (!n || n != m || memcmp(a, b, n) != 0) printf("\n    cell %d: '%.60s', by the library '%.60s'", i, a, b);
    CU_ASSERT(n > 0 && n == m && !memcmp(a, b, n));
    a += n;
    b += m;
  }
  CU_ASSERT_EQUAL(next_value(&a), 0);
  free(ours);
  free(theirs);
  free(many);
  remove_tree(dir);
}

/* Sixteen digits, as the front sheet has them: some of these need seventeen. */
static void numbers_are_those_that_the_library_writes(void) {
  static double value[] = {0,
                           -0.0,
                           1,
                           -17,
                           9.3,
                           0.1,
                           10.281196796226855,
                           10718194.200000005,
                           1.0 / 3,
                           1e300,
                           5e-324,
                           123456789012345680.0,
                           2e21,
                           1e-7,
                           -1e-5,
                           1.7976931348623157e308,
                           100.5};
  enum { N = sizeof value / sizeof *value };
  char dir[64], path[96];
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a.xlsx", dir);
  mj_column numbers = {.name = "n", .type = MJ_F64, .f64 = value};
  mj_out_column column = {.column = &numbers, .name = "n", .label = "n", .decimals = -1};
  mj_sheet sheet = {.name = "t", .title = "T", .n = N, .columns = &column, .n_columns = 1};
  char *ours = sheet_of(path, &sheet, MJ_EN, 1);
  remove(path);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  lxw_workbook *book = workbook_new_opt(path, &options);
  lxw_worksheet *ws = workbook_add_worksheet(book, "T");
  for (int i = 0; i < N; i++) worksheet_write_number(ws, (lxw_row_t)i + 1, 0, value[i], NULL);
  CU_ASSERT_EQUAL(workbook_close(book), LXW_NO_ERROR);
  char *theirs = member_text(path, "xl/worksheets/sheet1.xml");
  const char *a = ours, *b = theirs;
  int same = 0;
  for (int i = 0; i < N && (a = strstr(a, "<v>")) && (b = strstr(b, "<v>")); i++, a++, b++) {
    double got = strtod(a + 3, NULL), want = strtod(b + 3, NULL);
    if (memcmp(&got, &want, sizeof got) != 0 && (got < 0 || got > 0)) printf("\n    %.20s, not %.20s", a, b);
    else same++;
  }
  ASSERT_INT(same, N);
  CU_ASSERT(ours && strstr(ours, "<v>10.28119679622685</v>") && strstr(ours, "<v>9.3</v>"));
  free(ours);
  free(theirs);
  remove_tree(dir);
}

/* Ours of every type in one row, worked out by hand. English: plain is Excel's own format, and so has no style. */
static void cells_have_type_value_and_style(void) {
  static const mj_code codes[] = {{"t", "c", "a", "甲", "first"}, {"t", "c", "b", "乙", "second"}};
  char dir[64], path[96];
  const char *text[] = {"P1", NULL}, *code[] = {"a;b", "b"};
  double number[] = {1234.5, (double)NAN}, share[] = {0.1, 17 / 3.0};
  int64_t year[] = {2026, MJ_I64_NULL}, count[] = {-3, 0};
  int32_t day[] = {mj_date_from_ymd(1899, 12, 31), MJ_DATE_NULL};
  uint8_t tri[] = {MJ_YES, MJ_UNKNOWN};
  mj_column column[] = {{.name = "t", .type = MJ_TEXT, .text = text}, {.name = "c", .type = MJ_TEXT, .text = code},
                        {.name = "n", .type = MJ_F64, .f64 = number}, {.name = "s", .type = MJ_F64, .f64 = share},
                        {.name = "y", .type = MJ_I64, .i64 = year},   {.name = "k", .type = MJ_I64, .i64 = count},
                        {.name = "d", .type = MJ_DATE, .date = day},  {.name = "q", .type = MJ_TRI, .tri = tri},
                        {.name = "p", .type = MJ_TRI, .tri = tri}};
  enum { N = sizeof column / sizeof *column };
  mj_out_column out[N];
  for (int i = 0; i < N; i++) out[i] = (mj_out_column){.column = &column[i], .name = column[i].name, .label = "h"};
  out[1].codes = codes;
  out[1].n_codes = 2;
  out[2].decimals = 3;
  out[2].at_most = true; /* one decimal is enough */
  out[3].share = true;
  out[4].at_most = out[4].ours = out[5].ours = out[7].ours = true;
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a.xlsx", dir);
  mj_sheet sheet = {.name = "t", .title = "T", .n = 2, .columns = out, .n_columns = N};
  char *xml = sheet_of(path, &sheet, MJ_EN, 1), *styles = member_text(path, "xl/styles.xml");
  ASSERT_HAS(xml, "<dimension ref=\"A1:I3\"/>");
  ASSERT_HAS(xml,
             "<row r=\"2\"><c s=\"1\" t=\"inlineStr\"><is><t>P1</t></is></c><c t=\"inlineStr\"><is><t>first, "
             "second</t></is></c>");
  ASSERT_HAS(xml, "<v>1234.5</v></c>");
  ASSERT_HAS(xml, "<v>0.1</v></c><c><v>2026</v></c>");
  ASSERT_HAS(xml, "<v>-3</v></c>");
  ASSERT_HAS(xml,
             "<is><t>1899-12-31</t></is></c><c t=\"inlineStr\"><is><t>yes</t></is></c>"
             "<c t=\"inlineStr\"><is><t>yes</t></is></c></row>");
  ASSERT_HAS(xml, "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>second</t></is></c>");
  ASSERT_HAS(xml, "<v>5.666666666666667</v></c>");
  ASSERT_HAS(xml, "<c r=\"D3\" s=\""); /* behind a NaN */
  ASSERT_HAS(xml, "<c r=\"F3\" s=\""); /* behind a missing integer; B3 and H3 do so for texts and days */
  ASSERT_HAS(xml,
             "<c r=\"H3\" t=\"inlineStr\"><is><t>insufficient data</t></is></c></row></sheetData>"); /* p3: blank */
  int style = 0;
  const char *at = strstr(xml, "</c><c s=\""), *xf = strstr(styles, "<cellXfs"), *format = NULL;
  CU_ASSERT(at && sscanf(at, "</c><c s=\"%d\"><v>1234.5<", &style) == 1 && style > 0);
  for (int i = 0; xf && i <= style; i++) xf = strstr(xf + 1, "<xf ");
  int id = 0;
  char key[64];
  CU_ASSERT(xf && sscanf(xf, "<xf numFmtId=\"%d\"", &id) == 1);
  snprintf(key, sizeof key, "numFmtId=\"%d\" formatCode=\"#,##0.0\"/>", id);
  format = strstr(styles, key);
  CU_ASSERT(format != NULL);
  free(xml);
  free(styles);
  remove_tree(dir);
}

static void the_file_does_not_depend_on_the_threads(void) {
  enum { N = 3000 };
  char dir[64], path[96], *bytes[2];
  size_t n[2];
  static double value[N];
  for (int i = 0; i < N; i++) value[i] = i / 7.0;
  mj_column numbers = {.name = "n", .type = MJ_F64, .f64 = value};
  mj_out_column column = {.column = &numbers, .name = "n", .label = "n", .decimals = -1};
  mj_sheet sheet = {.name = "t", .title = "T", .n = N, .columns = &column, .n_columns = 1};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a.xlsx", dir);
  for (int i = 0; i < 2; i++) {
    free(sheet_of(path, &sheet, MJ_ZH, i ? 5 : 1));
    bytes[i] = read_file(dir, "a.xlsx", &n[i]);
  }
  CU_ASSERT(bytes[0] && bytes[1] && n[0] == n[1] && !memcmp(bytes[0], bytes[1], n[0]));
  free(bytes[0]);
  free(bytes[1]);
  remove_tree(dir);
}

/* Excel has 1,048,576 rows: the heading, 1,048,574 of the table, and one that says so. */
static void rows_past_the_limit_are_left_out_and_the_last_says_so(void) {
  enum { N = MJ_BOOK_ROWS };
  char dir[64], path[96];
  int64_t *value = calloc(N, sizeof *value);
  for (int i = 0; i < N; i++) value[i] = i;
  mj_column numbers = {.name = "n", .type = MJ_I64, .i64 = value};
  mj_out_column column = {.column = &numbers, .name = "n", .label = "n", .at_most = true};
  mj_sheet sheet = {.name = "t", .title = "T", .n = N, .columns = &column, .n_columns = 1};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a.xlsx", dir);
  char *xml = sheet_of(path, &sheet, MJ_EN, 2);
  ASSERT_HAS(xml, "<dimension ref=\"A1:A1048576\"/>");
  const char *end = strstr(xml, "<row r=\"1048575\">");
  ASSERT_HAS(end,
             "<row r=\"1048575\"><c><v>1048573</v></c></row><row r=\"1048576\"><c "
             "t=\"inlineStr\"><is><t>more rows than Excel takes: see the folder tables</t></is></c></row></sheetData>");
  sheet.n = N - 1; /* these fit */
  free(xml);
  xml = sheet_of(path, &sheet, MJ_EN, 2);
  end = strstr(xml, "<row r=\"1048576\">");
  ASSERT_HAS(end, "<v>1048574</v></c></row></sheetData>");
  free(xml);
  free(value);
  remove_tree(dir);
}

SUITE_OF(book_rows, T(texts_and_days_are_those_that_the_library_writes), T(numbers_are_those_that_the_library_writes),
         T(cells_have_type_value_and_style), T(the_file_does_not_depend_on_the_threads),
         T(rows_past_the_limit_are_left_out_and_the_last_says_so));
