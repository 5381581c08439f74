#include <signal.h>
#include <sys/resource.h>

#include "report/fixture.h"
#include "report/sink.h"

static mj_status put_row(const void *ctx, int64_t row, mj_text *out, mj_text *scratch) {
  (void)scratch;
  if (ctx && row == *(const int64_t *)ctx) return MJ_ENOMEM;
  mj_text_format(out, "row %lld\n", (long long)row);
  return MJ_OK;
}

static void rows_arrive_in_order_for_any_number_of_threads(void) {
  char dir[64], path[96], *text[2] = {0};
  size_t n[2] = {0};
  temp_dir(dir);
  for (int i = 0; i < 2; i++) {
    mj_sink sink;
    snprintf(path, sizeof path, "%s/%d", dir, i);
    CU_ASSERT_EQUAL_FATAL(mj_sink_open(&sink, path, path, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_rows(&sink, 5000, i ? 8 : 1, "", put_row, NULL, NULL, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_close(&sink, NULL), MJ_OK);
    text[i] = read_file(dir, i ? "1" : "0", &n[i]);
  }
  CU_ASSERT_EQUAL(n[0], 10 * 6 + 90 * 7 + 900 * 8 + 4000 * 9); /* "row 7\n" has 6 bytes, "row 10\n" 7, ... */
  CU_ASSERT_EQUAL(n[0], n[1]);
  CU_ASSERT(text[0] && text[1] && !memcmp(text[0], text[1], n[0]));
  CU_ASSERT(text[0] && !strncmp(text[0], "row 0\nrow 1\n", 12));
  free(text[0]);
  free(text[1]);
  remove_tree(dir);
}

/* Every third row also goes to a second file, with the same separator between its rows only. */
static void some_rows_go_to_a_second_file_as_well(void) {
  enum { N = 5000, THIRD = 1667 };
  static int64_t pick[THIRD];
  char dir[64], path[96], other[96], want[32];
  for (int i = 0; i < THIRD; i++) pick[i] = 3 * i;
  temp_dir(dir);
  for (int threads = 1; threads <= 7; threads += 3) {
    mj_sink sink, second;
    mj_also also = {&second, pick, THIRD};
    snprintf(path, sizeof path, "%s/%d", dir, threads);
    snprintf(other, sizeof other, "%s/%d-also", dir, threads);
    CU_ASSERT_EQUAL_FATAL(mj_sink_open(&sink, path, path, NULL), MJ_OK);
    CU_ASSERT_EQUAL_FATAL(mj_sink_open(&second, other, other, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_rows(&sink, N, threads, "+", put_row, NULL, &also, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_close(&sink, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_close(&second, NULL), MJ_OK);
    size_t n;
    snprintf(want, sizeof want, "%d-also", threads);
    char *text = read_file(dir, want, &n), *at = text;
    for (int i = 0; text && i < THIRD; i++) {
      int k = snprintf(want, sizeof want, "%srow %d\n", i ? "+" : "", 3 * i);
      if (strncmp(at, want, (size_t)k)) CU_FAIL_FATAL("a row of the second file is wrong");
      at += k;
    }
    CU_ASSERT(text && (size_t)(at - text) == n);
    free(text);
  }
  remove_tree(dir);
}

static void a_row_that_fails_stops_the_file_whatever_the_threads(void) {
  char dir[64], path[96];
  int64_t bad = 3000;
  temp_dir(dir);
  for (int threads = 1; threads <= 8; threads *= 2) {
    mj_sink sink;
    mj_error err = {0};
    snprintf(path, sizeof path, "%s/%d", dir, threads);
    CU_ASSERT_EQUAL_FATAL(mj_sink_open(&sink, path, path, &err), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_rows(&sink, 5000, threads, "", put_row, &bad, NULL, &err), MJ_ENOMEM);
    CU_ASSERT_STRING_EQUAL(err.message, "out of memory");
    mj_sink_drop(&sink);
  }
  remove_tree(dir);
}

static void a_file_that_is_there_or_a_link_is_not_written_through(void) {
  char dir[64], path[96], expected[160];
  mj_sink sink;
  mj_error err = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/link", dir);
  CU_ASSERT_EQUAL_FATAL(symlink("nowhere", path), 0);
  CU_ASSERT_EQUAL(mj_sink_open(&sink, path, "out/parcels.geojson", &err), MJ_EIO);
  snprintf(expected, sizeof expected, "cannot write 'out/parcels.geojson': File exists");
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  CU_ASSERT_FALSE(file_there(dir, "nowhere"));
  remove_tree(dir);
}

static mj_status put_chunk(void *ctx, int64_t first, int64_t last, int worker, mj_text *out) {
  (void)ctx;
  (void)worker;
  mj_text_format(out, "%lld-%lld;", (long long)first, (long long)last);
  return MJ_OK;
}

/* Chunks as wholes, and bytes that are known only afterwards. */
static void chunks_arrive_in_order_and_sent_bytes_are_replaced(void) {
  char dir[64], path[96];
  temp_dir(dir);
  for (int threads = 1; threads <= 4; threads += 3) {
    mj_sink sink;
    size_t n;
    snprintf(path, sizeof path, "%s/a", dir);
    CU_ASSERT_EQUAL_FATAL(mj_sink_open(&sink, path, path, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_put(&sink, "........", 8, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_chunks(&sink, 25, 10, threads, put_chunk, NULL, NULL), MJ_OK);
    char end[sizeof sink.tail] = "";
    CU_ASSERT_EQUAL(mj_sink_put(&sink, end, sizeof end, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_patch(&sink, 2, "head", 4, NULL), MJ_OK);
    CU_ASSERT_EQUAL(mj_sink_close(&sink, NULL), MJ_OK);
    char *text = read_file(dir, "a", &n);
    ASSERT_TEXT(text, "..head..0-10;10-20;20-25;");
    free(text);
    remove(path);
  }
  remove_tree(dir);
}

/* A limit on the size of files stands for the full disk: both make write(2) fail half way. */
static void a_write_that_fails_half_way_is_told_in_one_line(void) {
  char dir[64], path[96], block[4096];
  struct rlimit old, small;
  mj_sink sink;
  mj_error err = {0};
  temp_dir(dir);
  memset(block, 'x', sizeof block);
  snprintf(path, sizeof path, "%s/a", dir);
  getrlimit(RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = 10000;
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  mj_status s = mj_sink_open(&sink, path, "out/a", &err);
  int written = 0;
  while (!s && written < 10) {
    s = mj_sink_put(&sink, block, sizeof block, &err);
    written++;
  }
  setrlimit(RLIMIT_FSIZE, &old);
  signal(SIGXFSZ, handler);
  CU_ASSERT_EQUAL(s, MJ_EIO);
  CU_ASSERT_EQUAL(written, 3); /* 4096 + 4096 fit in 10000, the third block does not */
  CU_ASSERT_STRING_EQUAL(err.message, "cannot write 'out/a': File too large");
  mj_sink_drop(&sink);
  remove_tree(dir);
}

static void bytes_that_did_not_arrive_are_found_when_closing(void) {
  char dir[64], path[96];
  mj_sink sink;
  mj_error err = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/a", dir);
  CU_ASSERT_EQUAL_FATAL(mj_sink_open(&sink, path, "out/a", &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_sink_put(&sink, "hello", 5, &err), MJ_OK);
  CU_ASSERT_EQUAL(truncate(path, 3), 0);
  CU_ASSERT_EQUAL(mj_sink_close(&sink, &err), MJ_EIO);
  CU_ASSERT_STRING_EQUAL(err.message, "cannot write 'out/a': 5 bytes were sent, 3 arrived");
  remove_tree(dir);
}

SUITE_OF(sink, T(rows_arrive_in_order_for_any_number_of_threads), T(some_rows_go_to_a_second_file_as_well),
         T(a_row_that_fails_stops_the_file_whatever_the_threads), T(chunks_arrive_in_order_and_sent_bytes_are_replaced),
         T(a_file_that_is_there_or_a_link_is_not_written_through), T(a_write_that_fails_half_way_is_told_in_one_line),
         T(bytes_that_did_not_arrive_are_found_when_closing));
