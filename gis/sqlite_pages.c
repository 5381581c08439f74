#include "gis/sqlite_pages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/grow.h"
#include "gis/sqlite_bytes.h"

enum {
  OUT_BYTES = 1 << 20,
  LOCK_BYTE = 1 << 30, /* the page that holds this byte is never used: SQLite locks it */
  LEAF = 13,
  INNER = 5,
  LEAF_HEAD = 8,
  INNER_HEAD = 12
};

static bool fail(mj_pages *p, int error) {
  if (!p->error) p->error = error ? error : EIO;
  return false;
}

static bool write_at(mj_pages *p, const unsigned char *bytes, size_t n, uint32_t page) {
  off_t at = (off_t)(page - 1) * p->page_bytes;
  for (size_t done = 0; done < n;) {
    ssize_t got = pwrite(p->fd, bytes + done, n - done, at + (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail(p, got ? errno : ENOSPC);
    done += (size_t)got;
  }
  return true;
}

static bool flush(mj_pages *p) {
  uint32_t n = p->n_out;
  p->n_out = 0;
  return !n || write_at(p, p->out, (size_t)n * p->page_bytes, p->n - n + 1);
}

static bool is_locked(const mj_pages *p, uint32_t page) { return page == LOCK_BYTE / p->page_bytes + 1; }

/* The number of the page that mj_next_page gives next. */
static uint32_t next_number(const mj_pages *p) { return p->n + 1 + is_locked(p, p->n + 1); }

/* A new page of zeros at the end of the file, to be filled before the next one is asked for; NULL: see error. */
static unsigned char *next_page(mj_pages *p) {
  for (int skip = is_locked(p, p->n + 1); skip >= 0; skip--) {
    if (p->n == UINT32_MAX - 2) {
      fail(p, EFBIG);
      return NULL;
    }
    if (p->n_out == OUT_BYTES / p->page_bytes && !flush(p)) return NULL;
    memset(p->out + (size_t)p->n_out++ * p->page_bytes, 0, p->page_bytes);
    p->n++;
  }
  return p->out + (size_t)(p->n_out - 1) * p->page_bytes;
}

/* Nothing that would make other pages necessary: a write-ahead log, auto-vacuum, another encoding, an older format. */
static bool is_plain(const unsigned char head[100]) {
  return !memcmp(head, "SQLite format 3", 16) && head[18] == 1 && head[19] == 1 && mj_be32(head + 44) == 4 &&
         mj_be32(head + 52) == 0 && mj_be32(head + 56) == 1;
}

bool mj_pages_open(mj_pages *p, const char *path) {
  unsigned char head[100];
  struct stat is;
  *p = (mj_pages){.fd = open(path, O_RDWR | O_CLOEXEC)};
  if (p->fd < 0 || fstat(p->fd, &is)) return fail(p, errno);
  ssize_t got = pread(p->fd, head, sizeof head, 0);
  if (got < 0) return fail(p, errno);
  if (got != sizeof head || !is_plain(head)) return fail(p, EPROTO);
  p->page_bytes = (uint32_t)head[16] << 8 | head[17];
  if (p->page_bytes == 1) p->page_bytes = 65536;
  p->usable = p->page_bytes - head[20];
  p->n = mj_be32(head + 28);
  if (p->page_bytes < 512 || is.st_size != (off_t)p->n * p->page_bytes) return fail(p, EPROTO);
  p->out = malloc(OUT_BYTES);
  p->leaf = malloc(p->page_bytes);
  return (p->out && p->leaf) || fail(p, ENOMEM);
}

static void new_leaf(mj_pages *p) {
  memset(p->leaf, 0, p->page_bytes);
  p->n_cells = 0;
  p->top = p->usable;
}

bool mj_pages_begin(mj_pages *p, uint32_t root) {
  if (p->error) return false;
  ssize_t got = root > 1 && root <= p->n ? pread(p->fd, p->leaf, 1, (off_t)(root - 1) * p->page_bytes) : 0;
  if (got < 0) return fail(p, errno);
  if (got != 1 || p->leaf[0] != LEAF) return fail(p, EPROTO);
  p->root = root;
  p->n_keys = 0;
  new_leaf(p);
  return true;
}

static void put_head(unsigned char *page, int kind, uint32_t n_cells, uint32_t top) {
  page[0] = (unsigned char)kind;
  mj_put_be16(page + 3, n_cells);
  mj_put_be16(page + 5, top & 0xffff); /* 65536 stands as 0 */
}

static bool end_leaf(mj_pages *p) {
  unsigned char *page = next_page(p);
  mj_page_key *key = page ? mj_grown(p->key, p->n_keys, &p->cap_keys, sizeof *key) : NULL;
  if (!key) return fail(p, ENOMEM);
  p->key = key;
  put_head(p->leaf, LEAF, p->n_cells, p->top);
  memcpy(page, p->leaf, p->page_bytes);
  p->key[p->n_keys++] = (mj_page_key){p->n, p->last};
  new_leaf(p);
  return true;
}

/* How much of a record stands on the leaf; the rest is on pages of its own. */
static size_t local_bytes(const mj_pages *p, size_t n) {
  size_t most = p->usable - 35, least = (p->usable - 12) * 32 / 255 - 23;
  if (n <= most) return n;
  size_t local = least + (n - least) % (p->usable - 4);
  return local <= most ? local : least;
}

static bool put_overflow(mj_pages *p, const unsigned char *bytes, size_t n) {
  for (size_t most = p->usable - 4; n;) {
    unsigned char *page = next_page(p);
    if (!page) return false;
    size_t here = n < most ? n : most;
    mj_put_be32(page, here < n ? next_number(p) : 0);
    memcpy(page + 4, bytes, here);
    bytes += here;
    n -= here;
  }
  return true;
}

bool mj_pages_row(mj_pages *p, int64_t rowid, const unsigned char *record, size_t n) {
  if (p->error) return false;
  unsigned char head[18];
  size_t local = local_bytes(p, n), n_head = mj_put_varint(head, n);
  n_head += mj_put_varint(head + n_head, (uint64_t)rowid);
  size_t cell = n_head + local + (local < n ? 4 : 0);
  if (cell < 4) cell = 4;
  if (LEAF_HEAD + 2 * (p->n_cells + 1) + cell > p->top && !end_leaf(p)) return false;
  p->top -= (uint32_t)cell;
  mj_put_be16(p->leaf + LEAF_HEAD + 2 * p->n_cells++, p->top);
  unsigned char *at = p->leaf + p->top;
  memcpy(at, head, n_head);
  memcpy(at + n_head, record, local);
  p->last = rowid;
  if (local == n) return true;
  mj_put_be32(at + n_head + local, next_number(p));
  return put_overflow(p, record + local, n - local);
}

/* An inner page over key[0 .. n - 1]: the last of them has no cell, it is what lies right of all. */
static void put_inner(const mj_pages *p, unsigned char *page, const mj_page_key *key, int64_t n) {
  uint32_t top = p->usable;
  for (int64_t i = 0; i + 1 < n; i++) {
    top -= 4 + (uint32_t)mj_varint_bytes((uint64_t)key[i].last);
    mj_put_be32(page + top, key[i].page);
    mj_put_varint(page + top + 4, (uint64_t)key[i].last);
    mj_put_be16(page + INNER_HEAD + 2 * i, top);
  }
  put_head(page, INNER, (uint32_t)(n - 1), top);
  mj_put_be32(page + 8, key[n - 1].page);
}

/* One level up: the pages of p->key become few, spread evenly so that none stands nearly empty. */
static bool put_level(mj_pages *p, int64_t most) {
  int64_t n = p->n_keys, pages = (n + most - 1) / most;
  for (int64_t i = 0; i < pages; i++) {
    int64_t first = i * n / pages, end = (i + 1) * n / pages;
    unsigned char *page = next_page(p);
    if (!page) return false;
    put_inner(p, page, p->key + first, end - first);
    p->key[i] = (mj_page_key){p->n, p->key[end - 1].last};
  }
  p->n_keys = pages;
  return true;
}

bool mj_pages_end(mj_pages *p) {
  if (p->error) return false;
  if (!p->n_keys) { /* one page is enough, and that is the root */
    put_head(p->leaf, LEAF, p->n_cells, p->top);
    return write_at(p, p->leaf, p->page_bytes, p->root);
  }
  if (!end_leaf(p)) return false;
  size_t cell = 2 + 4 + mj_varint_bytes((uint64_t)p->last);
  int64_t most = 1 + (int64_t)((p->usable - INNER_HEAD) / cell);
  while (p->n_keys > most)
    if (!put_level(p, most)) return false;
  new_leaf(p);
  put_inner(p, p->leaf, p->key, p->n_keys);
  return write_at(p, p->leaf, p->page_bytes, p->root);
}

/* Page count and change counter, without which SQLite would not see what was added. */
static bool put_file_head(mj_pages *p) {
  unsigned char head[100];
  ssize_t got = pread(p->fd, head, sizeof head, 0);
  if (got != sizeof head) return fail(p, got < 0 ? errno : EIO);
  uint32_t changes = mj_be32(head + 24) + 1;
  mj_put_be32(head + 24, changes);
  mj_put_be32(head + 28, p->n);
  mj_put_be32(head + 92, changes);
  return write_at(p, head, sizeof head, 1);
}

bool mj_pages_close(mj_pages *p) {
  if (!p->error && flush(p)) put_file_head(p);
  if (p->fd >= 0 && close(p->fd)) fail(p, errno);
  free(p->out);
  free(p->leaf);
  free(p->key);
  int error = p->error;
  *p = (mj_pages){.fd = -1, .error = error};
  return !error;
}
