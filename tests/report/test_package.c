#include <fcntl.h>

#include "gis/zip.h"
#include "report/fixture.h"
#include "report/package.h"

enum { ROWS = 3000, CHUNK = 100 };

/* Two cells a row, but none in row 7. */
static mj_status put_rows(void *ctx, int64_t first, int64_t last, int worker, mj_text *out) {
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    if (ctx && i == *(int64_t *)ctx) return MJ_ENOMEM;
    if (i == 7) continue;
    mj_text_format(out, "<c r=\"A%lld\"/><c r=\"B%lld\"/>", (long long)i, (long long)i);
  }
  return MJ_OK;
}

/* A member of a head with one cell, the rows and a tail. */
static mj_status make(mj_package *p, const char *path, int threads, int64_t large, mj_error *err) {
  const mj_member like = {.name = "a/rows.xml", .date = 0x21};
  int64_t bytes = 0;
  MJ_TRY(mj_package_open(p, path, "out.zip", threads, err));
  if (large) p->large = large;
  MJ_TRY(mj_package_begin(p, &like, err));
  MJ_TRY(mj_package_piece(p, "<a><c r=\"A0\"/>", 14, false, err));
  MJ_TRY(mj_package_rows(p, ROWS, CHUNK, put_rows, NULL, err));
  MJ_TRY(mj_package_piece(p, "</a>", 4, true, err));
  MJ_TRY(mj_package_end(p, err));
  return mj_package_close(p, &bytes, err);
}

static void expected_text(mj_text *out) {
  mj_text_add(out, "<a><c r=\"A0\"/>");
  CU_ASSERT_EQUAL(put_rows(NULL, 0, ROWS, 0, out), MJ_OK);
  mj_text_add(out, "</a>");
}

/* What Python's reader, which shares no code with ours, finds in the zip: its test, and the length of the member. */
static int python_reads(const char *path, size_t n) {
  char command[400];
  snprintf(command, sizeof command,
           "/usr/bin/python3 -c \"import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); "
           "sys.exit(z.testzip() is not None or len(z.read('a/rows.xml')) != %zu)\" '%s'",
           n, path);
  return system(command);
}

static void pieces_are_one_member_whatever_the_threads(void) {
  char dir[64], path[96], *first = NULL;
  size_t n_first = 0;
  mj_text want = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/out.zip", dir);
  expected_text(&want);
  for (int threads = 1; threads <= 7; threads += 3) {
    mj_package p;
    CU_ASSERT_EQUAL_FATAL(make(&p, path, threads, 0, NULL), MJ_OK);
    mj_package_reset(&p);
    size_t n;
    char *bytes = read_file(dir, "out.zip", &n);
    if (!first) {
      first = bytes;
      n_first = n;
    } else {
      CU_ASSERT(bytes && n == n_first && !memcmp(bytes, first, n));
      free(bytes);
    }
    int64_t found = 0;
    CU_ASSERT_EQUAL(mj_zip_count(path, "a/rows.xml", "<c r=", "</a>", &found, NULL), MJ_OK);
    ASSERT_INT(found, 2 * ROWS - 1); /* 1 and 2 * 2,999 */
    CU_ASSERT_EQUAL(python_reads(path, want.n), 0);
    remove(path);
  }
  free(first);
  mj_text_reset(&want);
  remove_tree(dir);
}

/* The records of a zip above 4 GiB, met at 100 bytes. */
static void sizes_above_the_limit_are_written_in_64_bits(void) {
  char dir[64], path[96];
  size_t n = 0;
  int64_t found = 0;
  mj_package p;
  mj_text want = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/out.zip", dir);
  expected_text(&want);
  CU_ASSERT_EQUAL_FATAL(make(&p, path, 2, 100, NULL), MJ_OK);
  mj_package_reset(&p);
  char *bytes = read_file(dir, "out.zip", &n);
  CU_ASSERT(bytes && n > 200 && !memcmp(bytes + n - 22 - 20, "PK\6\7", 4) && !memcmp(bytes + n - 22 - 76, "PK\6\6", 4));
  CU_ASSERT(bytes && !memcmp(bytes + 18, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8)); /* the sizes stand behind the name */
  CU_ASSERT_EQUAL(mj_zip_count(path, "a/rows.xml", "<c r=", "</a>", &found, NULL), MJ_OK);
  ASSERT_INT(found, 2 * ROWS - 1);
  CU_ASSERT_EQUAL(python_reads(path, want.n), 0);
  free(bytes);
  mj_text_reset(&want);
  remove_tree(dir);
}

static void a_row_that_fails_stops_the_package(void) {
  char dir[64], path[96];
  int64_t bad = 1234;
  mj_package p;
  mj_error err = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/out.zip", dir);
  CU_ASSERT_EQUAL_FATAL(mj_package_open(&p, path, "out.zip", 3, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_package_begin(&p, &(mj_member){.name = "a"}, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_package_rows(&p, ROWS, CHUNK, put_rows, &bad, &err), MJ_ENOMEM);
  ASSERT_TEXT(err.message, "out of memory");
  mj_package_reset(&p);
  remove_tree(dir);
}

/* A package is read for its members, and one of them goes into another as it is. */
static void a_member_is_taken_over_as_it_is(void) {
  char dir[64], path[96], other[96];
  mj_package p;
  mj_member *member = NULL;
  int64_t n = 0, bytes = 0;
  mj_text want = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/out.zip", dir);
  snprintf(other, sizeof other, "%s/other.zip", dir);
  expected_text(&want);
  CU_ASSERT_EQUAL_FATAL(make(&p, path, 2, 0, NULL), MJ_OK);
  mj_package_reset(&p);
  int fd = open(path, O_RDWR);
  CU_ASSERT_EQUAL_FATAL(mj_package_list(fd, "made", &member, &n, NULL), MJ_OK);
  ASSERT_INT(n, 1);
  ASSERT_TEXT(member[0].name, "a/rows.xml");
  CU_ASSERT_EQUAL(mj_package_open(&p, other, other, 2, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_package_copy(&p, fd, &member[0], NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_package_close(&p, &bytes, NULL), MJ_OK);
  mj_package_reset(&p);
  CU_ASSERT_EQUAL(python_reads(other, want.n), 0);
  CU_ASSERT_EQUAL(ftruncate(fd, 40), 0);
  mj_error err = {0};
  free(member);
  CU_ASSERT_EQUAL(mj_package_list(fd, "made", &member, &n, &err), MJ_EFORMAT);
  ASSERT_TEXT(err.message, "cannot write 'made': the package is damaged");
  close(fd);
  mj_text_reset(&want);
  remove_tree(dir);
}

SUITE_OF(package, T(pieces_are_one_member_whatever_the_threads), T(sizes_above_the_limit_are_written_in_64_bits),
         T(a_row_that_fails_stops_the_package), T(a_member_is_taken_over_as_it_is));
