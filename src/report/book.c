#include "report/book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "report/book_rows.h"

mj_status mj_book_refused(const mj_book *book, const char *why, mj_error *err) {
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", book->shown, why);
}

/* An unnamed piece of shared memory; -1 where the system has none. */
static int memory_file(const void *unique) {
  char name[64];
  snprintf(name, sizeof name, "/mujun-%ld-%llx", (long)getpid(), (unsigned long long)(uintptr_t)unique);
  int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (fd >= 0) shm_unlink(name);
  return fd;
}

static void free_book(mj_book *b) {
  if (b->memory >= 0) close(b->memory);
  mj_text_reset(&b->scratch);
  mj_text_reset(&b->more);
  mj_arena_reset(&b->arena);
  free(b);
}

/* Park and day, sheet, page. '&' begins a code there, and a size is told from a number behind it by a blank. */
static void make_footer(mj_book *b, const char *park, int32_t as_of) {
  char name[128] = "", day[11];
  size_t n = 0, most = mj_utf8_cut(park, 60);
  for (size_t i = 0; i < most; i++) {
    if (park[i] == '&') name[n++] = '&';
    name[n++] = (unsigned char)park[i] < ' ' ? ' ' : park[i];
  }
  mj_date_format(as_of, day);
  snprintf(b->footer, sizeof b->footer,
           b->lang == MJ_ZH ? "&L&8 %s  %s&C&8 &A&R&8 第 &P 页 / 共 &N 页" : "&L&8 %s  %s&C&8 &A&R&8 page &P of &N",
           mj_utf8_valid(name, n) ? name : "", day);
}

mj_status mj_book_open(const char *path, const char *shown, const char *title, int32_t as_of, mj_lang lang, int threads,
                       mj_book **out, mj_error *err) {
  mj_book *b = calloc(1, sizeof *b);
  if (!b) return mj_fail(err, MJ_ENOMEM, "out of memory");
  *b = (mj_book){.path = path, .shown = shown, .lang = lang, .threads = threads, .memory = memory_file(b)};
  b->font = lang == MJ_ZH ? "Microsoft YaHei" : NULL; /* Excel's own has no Chinese */
  char name[64];
  snprintf(name, sizeof name, "/proc/self/fd/%d", b->memory);
  if (b->memory >= 0 && access(name, W_OK)) {
    close(b->memory);
    b->memory = -1;
  }
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  b->book = workbook_new_opt(b->memory >= 0 ? name : path, &options);
  if (!b->book || !mj_book_formats(b)) {
    if (b->book) lxw_workbook_free(b->book);
    free_book(b);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  mj_book_leads(b);
  char *copy = mj_text_room(&b->scratch, strlen(title) + 1);
  if (copy) strcpy(copy, title);
  lxw_doc_properties properties = {.title = copy, .created = (time_t)as_of * 86400};
  workbook_set_properties(b->book, &properties);
  make_footer(b, title, as_of);
  *out = b;
  return MJ_OK;
}

mj_status mj_book_add(mj_book *b, const char *title, lxw_worksheet **out, mj_error *err) {
  if (b->n_sheets == MJ_BOOK_SHEETS) return mj_book_refused(b, "too many sheets", err);
  *out = workbook_add_worksheet(b->book, title);
  if (!*out) return mj_book_refused(b, "the workbook takes no further sheet", err);
  b->n_sheets++;
  worksheet_set_landscape(*out);
  worksheet_set_paper(*out, 9);
  worksheet_set_margins(*out, 0.4, 0.4, 0.5, 0.6);
  worksheet_set_footer(*out, b->footer);
  return MJ_OK;
}

mj_status mj_book_close(mj_book *b, int64_t *bytes, mj_error *err) {
  errno = 0;
  lxw_error e = workbook_close(b->book);
  mj_status s = b->scratch.failed || b->more.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  if (!s && e) s = mj_book_refused(b, errno ? strerror(errno) : lxw_strerror(e), err);
  if (!s) s = mj_book_deliver(b, bytes, err);
  free_book(b);
  return s;
}

void mj_book_drop(mj_book *b) {
  if (!b) return;
  lxw_workbook_free(b->book);
  free_book(b);
}
