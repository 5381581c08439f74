#include "report/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/parallel.h"

static mj_status failed(const char *shown, int number, mj_error *err) {
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", shown, strerror(number));
}

mj_status mj_sink_open(mj_sink *sink, const char *path, const char *shown, mj_error *err) {
  *sink = (mj_sink){.path = path, .shown = shown};
  sink->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  return sink->fd < 0 ? failed(shown, errno, err) : MJ_OK;
}

static void remember_tail(mj_sink *sink, const char *bytes, size_t n) {
  size_t size = sizeof sink->tail, fresh = n < size ? n : size, kept = (size_t)sink->n_tail;
  if (kept > size - fresh) {
    memmove(sink->tail, sink->tail + (kept - (size - fresh)), size - fresh);
    kept = size - fresh;
  }
  memcpy(sink->tail + kept, bytes + n - fresh, fresh);
  sink->n_tail = (int)(kept + fresh);
}

mj_status mj_sink_put(mj_sink *sink, const void *bytes, size_t n, mj_error *err) {
  const char *at = bytes;
  size_t left = n;
  while (left) {
    ssize_t sent = write(sink->fd, at, left);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return failed(sink->shown, errno, err);
    at += sent;
    left -= (size_t)sent;
  }
  if (n) remember_tail(sink, bytes, n);
  sink->bytes += (int64_t)n;
  return MJ_OK;
}

mj_status mj_sink_patch(mj_sink *sink, int64_t at, const void *bytes, size_t n, mj_error *err) {
  ssize_t sent = pwrite(sink->fd, bytes, n, (off_t)at);
  if (sent < 0) return failed(sink->shown, errno, err);
  return sent == (ssize_t)n ? MJ_OK : failed(sink->shown, ENOSPC, err);
}

static mj_status look_again(mj_sink *sink, mj_error *err) {
  struct stat st;
  char back[sizeof sink->tail];
  if (fstat(sink->fd, &st)) return failed(sink->shown, errno, err);
  ssize_t got = pread(sink->fd, back, (size_t)sink->n_tail, (off_t)(sink->bytes - sink->n_tail));
  if (st.st_size != sink->bytes || got != sink->n_tail || memcmp(back, sink->tail, (size_t)got) != 0)
    return mj_fail(err, MJ_EIO, "cannot write '%s': %lld bytes were sent, %lld arrived", sink->shown,
                   (long long)sink->bytes, (long long)st.st_size);
  return MJ_OK;
}

mj_status mj_sink_close(mj_sink *sink, mj_error *err) {
  mj_status s = look_again(sink, err);
  if (close(sink->fd) && !s) s = failed(sink->shown, errno, err);
  sink->fd = -1;
  return s;
}

void mj_sink_drop(mj_sink *sink) {
  if (sink->fd >= 0) close(sink->fd);
  sink->fd = -1;
}

mj_status mj_sink_text(const char *path, const char *shown, const mj_text *text, int64_t *bytes, mj_error *err) {
  mj_sink sink;
  if (text->failed) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_sink_open(&sink, path, shown, err));
  mj_status s = mj_sink_put(&sink, text->data, text->n, err);
  *bytes = sink.bytes;
  if (!s) return mj_sink_close(&sink, err);
  mj_sink_drop(&sink);
  return s;
}

mj_status mj_sink_settle(const char *path, const char *shown, int64_t *bytes, mj_error *err) {
  struct stat st;
  if (lstat(path, &st)) return failed(shown, errno, err);
  *bytes = st.st_size;
  return st.st_size > 0 ? MJ_OK : mj_fail(err, MJ_EIO, "cannot write '%s': the file is empty", shown);
}

mj_status mj_sink_sync(const char *path, const char *shown, mj_error *err) {
  int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return failed(shown, errno, err);
  int bad = fsync(fd) ? errno : 0;
  close(fd);
  return bad ? failed(shown, bad, err) : MJ_OK;
}

mj_status mj_sink_place(const char *temp, const char *path, mj_error *err) {
  MJ_TRY(mj_sink_sync(temp, path, err));
  return rename(temp, path) ? failed(path, errno, err) : MJ_OK;
}

enum { CHUNK = 512, MAX_WORKERS = 64 };

/* A chunk waits until all before it are sent; the lowest one never waits, so
 * somebody always moves. */
typedef struct {
  mj_sink *sink;
  const char *between;
  size_t n_between;
  mj_row_text_fn fn;
  const void *ctx;
  const mj_also *also; /* NULL: none */
  mj_chunk_fn make;    /* of mj_sink_chunks */
  void *made_of;
  mj_text out[MAX_WORKERS], other[MAX_WORKERS], scratch[MAX_WORKERS];
  pthread_mutex_t lock;
  pthread_cond_t moved;
  int64_t next; /* first row that is not sent */
  bool stopped; /* a chunk failed: nothing more is sent */
  mj_error *err;
} relay;

static mj_status send_in_turn(relay *r, int64_t first, int64_t last, const mj_text *out, const mj_text *other,
                              mj_status s) {
  pthread_mutex_lock(&r->lock);
  while (r->next != first && !r->stopped) pthread_cond_wait(&r->moved, &r->lock);
  bool mine = !r->stopped;
  pthread_mutex_unlock(&r->lock);
  if (mine && !s) s = mj_sink_put(r->sink, out->data, out->n, r->err);
  if (mine && !s && other->n) s = mj_sink_put(r->also->sink, other->data, other->n, r->err);
  pthread_mutex_lock(&r->lock);
  if (mine) {
    r->next = last;
    r->stopped = s != MJ_OK;
  }
  pthread_cond_broadcast(&r->moved);
  pthread_mutex_unlock(&r->lock);
  return s;
}

/* First place in the rising rows of the second file that is not below @p row. */
static int64_t place_of(const mj_also *also, int64_t row) {
  int64_t low = 0, high = also ? also->n : 0;
  while (low < high) {
    int64_t mid = low + (high - low) / 2;
    if (also->row[mid] < row) low = mid + 1;
    else high = mid;
  }
  return low;
}

static mj_status make_chunk(void *ctx, int64_t first, int64_t last, int worker) {
  relay *r = ctx;
  mj_text *out = &r->out[worker];
  out->n = 0;
  mj_status s = r->make(r->made_of, first, last, worker, out);
  return send_in_turn(r, first, last, out, &r->other[worker], s || !out->failed ? s : MJ_ENOMEM);
}

static mj_status format_chunk(void *ctx, int64_t first, int64_t last, int worker) {
  relay *r = ctx;
  mj_text *out = &r->out[worker], *other = &r->other[worker], *scratch = &r->scratch[worker];
  int64_t at = place_of(r->also, first);
  mj_status s = MJ_OK;
  out->n = other->n = 0;
  for (int64_t row = first; row < last && !s; row++) {
    if (row) mj_text_put(out, r->between, r->n_between);
    size_t from = out->n;
    s = r->fn(r->ctx, row, out, scratch);
    if (s || !r->also || at == r->also->n || r->also->row[at] != row) continue;
    if (at++) mj_text_put(other, r->between, r->n_between);
    mj_text_put(other, out->data + from, out->n - from);
  }
  if (out->failed || other->failed || scratch->failed) s = MJ_ENOMEM;
  return send_in_turn(r, first, last, out, other, s);
}

static mj_status run(relay *r, int64_t n, int64_t chunk, int threads, mj_range_fn fn) {
  pthread_mutex_init(&r->lock, NULL);
  pthread_cond_init(&r->moved, NULL);
  mj_status s = mj_parallel(threads, n, chunk, fn, r);
  for (int i = 0; i < MAX_WORKERS; i++) {
    mj_text_reset(&r->out[i]);
    mj_text_reset(&r->other[i]);
    mj_text_reset(&r->scratch[i]);
  }
  pthread_cond_destroy(&r->moved);
  pthread_mutex_destroy(&r->lock);
  return s == MJ_ENOMEM ? mj_fail(r->err, s, "out of memory") : s;
}

mj_status mj_sink_rows(mj_sink *sink, int64_t n, int threads, const char *between, mj_row_text_fn fn, const void *ctx,
                       const mj_also *also, mj_error *err) {
  relay r = {
      .sink = sink, .between = between, .n_between = strlen(between), .fn = fn, .ctx = ctx, .also = also, .err = err};
  return run(&r, n, CHUNK, threads, format_chunk);
}

mj_status mj_sink_chunks(mj_sink *sink, int64_t n, int64_t chunk, int threads, mj_chunk_fn fn, void *ctx,
                         mj_error *err) {
  relay r = {.sink = sink, .make = fn, .made_of = ctx, .err = err};
  return run(&r, n, chunk, threads, make_chunk);
}
