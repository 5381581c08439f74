#include "gis/zip.h"
#include "report/book.h"
#include "report/fixture.h"

static int64_t times(const char *path, const char *member, const char *part) {
  int64_t n = -1;
  CU_ASSERT_EQUAL(mj_zip_count(path, member, part, "", &n, NULL), MJ_OK);
  return n;
}

/* Parcels 0 and 1, in that order reversed; the second has an id that a URL cannot take as it is. */
static void candidates_lead_to_their_row_and_to_the_report(void) {
  char folder[] = "/tmp/mj-book-XXXXXX", path[64];
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/summary.xlsx", folder);
  mj_park park;
  make_park(&park, 12, 2);
  mj_table *t = &park.table[MJ_PARCELS];
  mj_table_text(t, "parcel_id")[1] = "A#1 中&";
  mj_column *rank = column(t, "candidate_rank", MJ_I64);
  for (int i = 0; i < 12; i++) rank->i64[i] = i < 2 ? 2 - i : MJ_I64_NULL;
  mj_arena arena = {.page_size = 4096};
  mj_wording words = {.lang = MJ_ZH};
  const mj_table *tables[] = {t};
  mj_sheet sheet = {.name = "candidates", .title = "候选地块", .rows = (int64_t[]){1, 0}};
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&sheet, "parcels", 1, tables, &words, &arena, NULL), MJ_OK);
  sheet.n = 2;
  mj_book *book = NULL;
  int64_t bytes = 0;
  mj_links links = {.column = "parcel_id", .sheet = "宗地's", .page_column = "candidate_rank"};
  CU_ASSERT_EQUAL_FATAL(mj_book_open(path, path, "R&D 园", mj_date_from_ymd(2026, 3, 31), MJ_ZH, 2, &book, NULL),
                        MJ_OK);
  CU_ASSERT_EQUAL(mj_book_sheet(book, &sheet, &links, NULL), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_book_close(book, &bytes, NULL), MJ_OK);
  static const char one[] = "xl/worksheets/sheet1.xml", out[] = "xl/worksheets/_rels/sheet1.xml.rels";
  ASSERT_INT(times(path, one, "<hyperlink "), 4);
  ASSERT_INT(times(path, one, "location=\"'宗地''s'!A3\""), 1); /* the first listed is row 1 of the table */
  ASSERT_INT(times(path, one, "location=\"'宗地''s'!A2\""), 1);
  ASSERT_INT(times(path, out, "Target=\"report.html"), 2);
  ASSERT_INT(times(path, out, "TargetMode=\"External\""), 2);
  ASSERT_INT(times(path, one, "p=A%231%20%E4%B8%AD%26"), 1);
  ASSERT_INT(times(path, one, "p=350500000000"), 1);
  ASSERT_INT(times(path, one, "R&amp;&amp;D 园  2026-03-31"), 1); /* '&' begins a code in a footer */
  remove(path);
  rmdir(folder);
  mj_arena_reset(&arena);
  mj_park_reset(&park);
}

SUITE_OF(book, T(candidates_lead_to_their_row_and_to_the_report));
