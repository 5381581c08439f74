#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/zip.h"
#include "report/book_rows.h"
#include "report/package.h"

/* libxlsxwriter's package lies in shared memory; where there is none, in the place of the file itself. */
static int open_made(mj_book *b) {
  if (b->memory >= 0) return b->memory;
  b->memory = open(b->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (b->memory >= 0) unlink(b->path);
  return b->memory;
}

static void member_of(int sheet, char name[64]) { snprintf(name, 64, "xl/worksheets/sheet%d.xml", sheet); }

/* The table whose rows go into that member; NULL: none. */
static mj_book_table *table_of(const mj_book *b, const char *member) {
  char name[64];
  for (int i = 0; i < b->n_sheets; i++) {
    member_of(i + 1, name);
    if (b->table[i] && !strcmp(name, member)) return b->table[i];
  }
  return NULL;
}

/* Everything to the end of the heading, our rows, everything from the end of the data on. Between them stand only cells
 * that say where they lead. */
static mj_status put_table(mj_book *b, mj_book_table *t, mj_package *out, const char *made, mj_error *err) {
  static const char end_of_row[] = "</row>", end_of_data[] = "</sheetData>";
  const char *head = strstr(made, end_of_row), *tail = head ? strstr(head, end_of_data) : NULL;
  if (!tail) return mj_book_refused(b, "a sheet without a heading", err);
  head += strlen(end_of_row);
  mj_text scratch[MJ_BOOK_SCRATCH * MJ_BOOK_WORKERS] = {0};
  t->scratch = scratch;
  mj_status s = mj_package_piece(out, made, (size_t)(head - made), false, err);
  if (!s) s = mj_package_rows(out, t->n + t->cut, mj_book_chunk(t), mj_book_rows_text, t, err);
  if (!s) s = mj_package_piece(out, tail, strlen(tail), true, err);
  for (int i = 0; i < MJ_BOOK_SCRATCH * MJ_BOOK_WORKERS; i++) mj_text_reset(&scratch[i]);
  return s;
}

static mj_status put_member(mj_book *b, int fd, const mj_member *m, mj_package *out, mj_error *err) {
  mj_book_table *t = table_of(b, m->name);
  if (!t) return mj_package_copy(out, fd, m, err);
  mj_text made = {0};
  mj_status s = mj_package_begin(out, m, err);
  if (!s) s = mj_package_text(fd, b->shown, m, &made, err);
  if (!s) {
    mj_text_put(&made, "", 0);
    s = made.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : put_table(b, t, out, made.data, err);
  }
  mj_text_reset(&made);
  return s ? s : mj_package_end(out, err);
}

/* The sheets that libxlsxwriter wrote whole, counted by a reader that knows nothing of what was sent. */
static mj_status count_again(const mj_book *b, mj_error *err) {
  for (int i = 0; i < b->n_sheets; i++) {
    char member[64];
    int64_t found;
    if (b->table[i]) continue;
    member_of(i + 1, member);
    MJ_TRY(mj_zip_count(b->path, member, "<c r=", "</worksheet>", &found, err));
    if (found != b->cells[i])
      return mj_fail(err, MJ_EIO, "cannot write '%s': sheet %d: read again, %lld cells of %lld", b->shown, i + 1,
                     (long long)found, (long long)b->cells[i]);
  }
  return MJ_OK;
}

mj_status mj_book_deliver(mj_book *b, int64_t *bytes, mj_error *err) {
  mj_package out = {.sink = {.fd = -1}};
  mj_member *member = NULL;
  int64_t n = 0;
  int fd = open_made(b);
  if (fd < 0) return mj_book_refused(b, strerror(errno), err);
  mj_status s = mj_package_list(fd, b->shown, &member, &n, err);
  if (!s) s = mj_package_open(&out, b->path, b->shown, b->threads, err);
  for (int64_t i = 0; i < n && !s; i++) s = put_member(b, fd, &member[i], &out, err);
  if (!s) s = mj_package_close(&out, bytes, err);
  if (!s) s = count_again(b, err);
  free(member);
  mj_package_reset(&out);
  return s;
}
