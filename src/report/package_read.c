#define ZLIB_CONST
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "report/package.h"

enum { HEADER = 30, ENTRY = 46, END = 22 };

/* All @p n bytes from @p at on. */
static bool read_at(int fd, int64_t at, void *out, size_t n) {
  for (size_t done = 0; done < n;) {
    ssize_t got = pread(fd, (char *)out + done, n - done, (off_t)(at + (int64_t)done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += (size_t)got;
  }
  return true;
}

static uint32_t number(const unsigned char *p, int bytes) {
  uint32_t v = 0;
  for (int i = 0; i < bytes; i++) v |= (uint32_t)p[i] << 8 * i;
  return v;
}

/* ---- a zip that a library made ---- */

/* The member whose directory entry stands at @p p, of @p n bytes left; bytes of the entry, 0: it is none. */
static size_t read_entry(int fd, const unsigned char *p, size_t n, mj_member *m) {
  unsigned char header[HEADER];
  if (n < ENTRY || memcmp(p, "PK\1\2", 4) != 0) return 0;
  size_t n_name = number(p + 28, 2), size = ENTRY + n_name + number(p + 30, 2) + number(p + 32, 2);
  *m = (mj_member){.method = (uint16_t)number(p + 10, 2),
                   .time = (uint16_t)number(p + 12, 2),
                   .date = (uint16_t)number(p + 14, 2),
                   .crc = number(p + 16, 4),
                   .n_packed = number(p + 20, 4),
                   .n_text = number(p + 24, 4),
                   .at = number(p + 42, 4)};
  if (size > n || n_name >= sizeof m->name || m->method != Z_DEFLATED) return 0;
  memcpy(m->name, p + ENTRY, n_name);
  if (!read_at(fd, m->at, header, HEADER) || memcmp(header, "PK\3\4", 4) != 0) return 0;
  m->body = m->at + HEADER + number(header + 26, 2) + number(header + 28, 2);
  return size;
}

static bool read_directory(int fd, unsigned char **directory, size_t *n_bytes, int64_t *n) {
  unsigned char end[END];
  struct stat st;
  *directory = NULL;
  if (fstat(fd, &st) || st.st_size < END || !read_at(fd, st.st_size - END, end, END) || memcmp(end, "PK\5\6", 4) != 0)
    return false;
  *n = number(end + 10, 2);
  *n_bytes = number(end + 12, 4);
  *directory = malloc(*n_bytes + 1);
  return *directory && read_at(fd, number(end + 16, 4), *directory, *n_bytes);
}

mj_status mj_package_list(int fd, const char *shown, mj_member **out, int64_t *n, mj_error *err) {
  unsigned char *directory;
  size_t n_bytes = 0, at = 0, step = 1;
  *n = 0;
  *out = NULL;
  bool ok = read_directory(fd, &directory, &n_bytes, n);
  if (ok && !(*out = calloc((size_t)*n + 1, sizeof **out))) ok = false;
  for (int64_t i = 0; ok && i < *n; i++, at += step) {
    step = read_entry(fd, directory + at, n_bytes - at, &(*out)[i]);
    ok = step > 0;
  }
  free(directory);
  if (ok) return MJ_OK;
  free(*out);
  *out = NULL;
  return mj_fail(err, MJ_EFORMAT, "cannot write '%s': the package is damaged", shown);
}

/* ---- unpacking ---- */

/* One stream, checked by length and CRC. */
static bool inflate_all(const mj_member *m, const char *packed, char *text) {
  z_stream z = {.next_in = (const Bytef *)packed,
                .avail_in = (uInt)m->n_packed,
                .next_out = (Bytef *)text,
                .avail_out = (uInt)m->n_text + 1};
  if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
  bool whole = inflate(&z, Z_FINISH) == Z_STREAM_END && !z.avail_in && z.avail_out == 1;
  inflateEnd(&z);
  return whole && crc32_z(0, (const Bytef *)text, (size_t)m->n_text) == m->crc;
}

mj_status mj_package_text(int fd, const char *shown, const mj_member *m, mj_text *out, mj_error *err) {
  size_t n = (size_t)m->n_packed, n_text = (size_t)m->n_text;
  char *packed = malloc(n + 1), *text = n_text < UINT32_MAX ? mj_text_room(out, n_text + 1) : NULL;
  bool memory = packed && text;
  bool ok = memory && read_at(fd, m->body, packed, n) && inflate_all(m, packed, text);
  if (ok) out->n += n_text;
  free(packed);
  if (!memory) return mj_fail(err, MJ_ENOMEM, "out of memory");
  return ok ? MJ_OK : mj_fail(err, MJ_EFORMAT, "cannot write '%s': the package is damaged", shown);
}
