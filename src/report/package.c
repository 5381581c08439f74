#define ZLIB_CONST
#include "report/package.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/grow.h"

enum { LEVEL = 2, ROOM = 20, HINT = 0xA220, HINT_SIGN = 0xA028, WIDE = 0x0001, NEWER = 45, PLAIN = 20 };

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

/* ---- records of a zip. Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.16 and 4.5.3 ---- */

static void put_number(mj_text *out, uint64_t v, int bytes) {
  char le[8];
  for (int i = 0; i < bytes; i++) le[i] = (char)(v >> 8 * i & 0xFF);
  mj_text_put(out, le, (size_t)bytes);
}

static bool is_wide(const mj_package *p, const mj_member *m) {
  return m->n_text >= p->large || m->n_packed >= p->large;
}

static uint64_t narrow(bool wide, int64_t v) { return wide ? 0xFFFFFFFF : (uint64_t)v; }

/* Where the sizes are not known yet, room is kept as a growth hint (ECMA-376, part 2, annex C), which readers pass
 * over; it becomes the field of 64-bit sizes where they need it. */
static void put_room(const mj_member *m, bool wide, mj_text *out) {
  put_number(out, wide ? WIDE : HINT, 2);
  put_number(out, ROOM - 4, 2);
  put_number(out, wide ? (uint64_t)m->n_text : HINT_SIGN, 8);
  put_number(out, wide ? (uint64_t)m->n_packed : 0, 8);
}

/* Version, flags, method, stamp, CRC, sizes and length of the name: as they stand in both headers. */
static void put_common(const mj_package *p, const mj_member *m, bool newer, mj_text *out) {
  bool wide = is_wide(p, m);
  put_number(out, newer ? NEWER : PLAIN, 2);
  put_number(out, 0, 2);
  put_number(out, m->method, 2);
  put_number(out, m->time, 2);
  put_number(out, m->date, 2);
  put_number(out, m->crc, 4);
  put_number(out, narrow(wide, m->n_packed), 4);
  put_number(out, narrow(wide, m->n_text), 4);
  put_number(out, strlen(m->name), 2);
}

static void put_header(const mj_package *p, const mj_member *m, mj_text *out) {
  bool wide = is_wide(p, m);
  mj_text_put(out, "PK\3\4", 4);
  put_common(p, m, wide, out);
  put_number(out, m->room ? ROOM : 0, 2);
  mj_text_add(out, m->name);
  if (m->room) put_room(m, wide, out);
}

static void put_entry(const mj_package *p, const mj_member *m, mj_text *out) {
  bool wide = is_wide(p, m), far = m->at >= p->large;
  int extra = 16 * wide + 8 * far;
  mj_text_put(out, "PK\1\2", 4);
  put_number(out, wide || far ? NEWER : PLAIN, 2);
  put_common(p, m, wide || far, out);
  put_number(out, (uint64_t)(extra ? extra + 4 : 0), 2);
  put_number(out, 0, 2); /* comment */
  put_number(out, 0, 8); /* disk, attributes inside and outside */
  put_number(out, narrow(far, m->at), 4);
  mj_text_add(out, m->name);
  if (extra) {
    put_number(out, WIDE, 2);
    put_number(out, (uint64_t)extra, 2);
  }
  if (wide) {
    put_number(out, (uint64_t)m->n_text, 8);
    put_number(out, (uint64_t)m->n_packed, 8);
  }
  if (far) put_number(out, (uint64_t)m->at, 8);
}

/* The end of a zip above 4 GiB, before the plain one. */
static void put_wide_end(const mj_package *p, int64_t at, int64_t size, mj_text *out) {
  mj_text_put(out, "PK\6\6", 4);
  put_number(out, 44, 8);
  put_number(out, NEWER, 2);
  put_number(out, NEWER, 2);
  put_number(out, 0, 8); /* disks */
  put_number(out, (uint64_t)p->n_members, 8);
  put_number(out, (uint64_t)p->n_members, 8);
  put_number(out, (uint64_t)size, 8);
  put_number(out, (uint64_t)at, 8);
  mj_text_put(out, "PK\6\7", 4);
  put_number(out, 0, 4);
  put_number(out, (uint64_t)(at + size), 8);
  put_number(out, 1, 4);
}

static void put_directory(const mj_package *p, int64_t at, mj_text *out) {
  size_t begin = out->n;
  for (int64_t i = 0; i < p->n_members; i++) put_entry(p, &p->member[i], out);
  int64_t size = (int64_t)(out->n - begin);
  bool far = at >= p->large;
  if (far) put_wide_end(p, at, size, out);
  mj_text_put(out, "PK\5\6", 4);
  put_number(out, 0, 4);
  put_number(out, (uint64_t)p->n_members, 2);
  put_number(out, (uint64_t)p->n_members, 2);
  put_number(out, (uint64_t)size, 4);
  put_number(out, narrow(far, at), 4);
  put_number(out, 0, 2);
}

/* ---- members ---- */

mj_status mj_package_open(mj_package *p, const char *path, const char *shown, int threads, mj_error *err) {
  *p = (mj_package){.sink = {.fd = -1}, .threads = threads, .large = 0xFFFFFFFF};
  return mj_sink_open(&p->sink, path, shown, err);
}

static mj_member *last_member(mj_package *p) { return &p->member[p->n_members - 1]; }

static mj_status begin(mj_package *p, const mj_member *like, bool room, mj_error *err) {
  mj_member *grown = mj_grown(p->member, p->n_members, &p->cap_members, sizeof *grown);
  if (!grown) return no_memory(err);
  p->member = grown;
  mj_member *m = &p->member[p->n_members++];
  *m = *like;
  m->room = room;
  m->at = p->sink.bytes;
  mj_text header = {0};
  put_header(p, m, &header);
  mj_status s = header.failed ? no_memory(err) : mj_sink_put(&p->sink, header.data, header.n, err);
  mj_text_reset(&header);
  m->body = p->sink.bytes;
  return s;
}

mj_status mj_package_begin(mj_package *p, const mj_member *like, mj_error *err) {
  mj_member fresh = *like;
  fresh.method = Z_DEFLATED;
  fresh.crc = 0;
  fresh.n_packed = fresh.n_text = 0;
  return begin(p, &fresh, true, err);
}

/* What a piece adds to its member. */
typedef struct {
  int64_t n_text;
  uint32_t crc;
} piece;

static void add_piece(mj_package *p, const piece *one) {
  mj_member *m = last_member(p);
  m->crc = (uint32_t)crc32_combine(m->crc, one->crc, (z_off_t)one->n_text);
  m->n_text += one->n_text;
}

static z_stream *packer_of(mj_package *p, int worker) {
  if (p->packer[worker]) return p->packer[worker];
  z_stream *z = calloc(1, sizeof *z);
  if (z && deflateInit2(z, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    free(z);
    z = NULL;
  }
  return p->packer[worker] = z;
}

/* A piece begins anew, and ends on a byte: Z_SYNC_FLUSH, or the end of the stream. */
static mj_status pack(mj_package *p, int worker, const char *text, size_t n, bool last, mj_text *out, piece *made) {
  z_stream *z = packer_of(p, worker);
  size_t most = z && n < UINT32_MAX / 2 ? deflateBound(z, n) + 64 : 0; /* and the mark of a flush */
  char *at = most ? mj_text_room(out, most) : NULL;
  if (!at || deflateReset(z) != Z_OK) return MJ_ENOMEM;
  z->next_in = (const Bytef *)text;
  z->avail_in = (uInt)n;
  z->next_out = (Bytef *)at;
  z->avail_out = (uInt)most;
  int done = deflate(z, last ? Z_FINISH : Z_SYNC_FLUSH);
  if (done != (last ? Z_STREAM_END : Z_OK) || z->avail_in || !z->avail_out) return MJ_ENOMEM;
  *made = (piece){(int64_t)n, (uint32_t)crc32_z(0, (const Bytef *)text, n)};
  out->n += most - z->avail_out;
  return MJ_OK;
}

mj_status mj_package_piece(mj_package *p, const char *text, size_t n, bool last, mj_error *err) {
  piece made = {0};
  mj_text packed = {0};
  mj_status s = pack(p, 0, text, n, last, &packed, &made) ? no_memory(err) : MJ_OK;
  if (!s) s = mj_sink_put(&p->sink, packed.data, packed.n, err);
  if (!s) add_piece(p, &made);
  mj_text_reset(&packed);
  return s;
}

typedef struct {
  mj_package *package;
  piece *made; /* [chunks] */
  int64_t chunk;
  mj_chunk_fn fn;
  void *ctx;
  mj_text text[MJ_PACKERS];
} rows;

static mj_status make_piece(void *ctx, int64_t first, int64_t last, int worker, mj_text *out) {
  rows *r = ctx;
  mj_text *text = &r->text[worker];
  text->n = 0;
  MJ_TRY(r->fn(r->ctx, first, last, worker, text));
  return text->failed ? MJ_ENOMEM
                      : pack(r->package, worker, text->data, text->n, false, out, &r->made[first / r->chunk]);
}

mj_status mj_package_rows(mj_package *p, int64_t n, int64_t chunk, mj_chunk_fn fn, void *ctx, mj_error *err) {
  int64_t chunks = (n + chunk - 1) / chunk;
  rows r = {.package = p, .made = malloc((size_t)(chunks + 1) * sizeof *r.made), .chunk = chunk, .fn = fn, .ctx = ctx};
  mj_status s = r.made ? mj_sink_chunks(&p->sink, n, chunk, p->threads, make_piece, &r, err) : no_memory(err);
  for (int64_t i = 0; i < chunks && !s; i++) add_piece(p, &r.made[i]);
  for (int i = 0; i < MJ_PACKERS; i++) mj_text_reset(&r.text[i]);
  free(r.made);
  return s;
}

mj_status mj_package_end(mj_package *p, mj_error *err) {
  mj_member *m = last_member(p);
  mj_text header = {0};
  m->n_packed = p->sink.bytes - m->body;
  put_header(p, m, &header);
  mj_status s = header.failed ? no_memory(err) : mj_sink_patch(&p->sink, m->at, header.data, header.n, err);
  mj_text_reset(&header);
  return s;
}

mj_status mj_package_copy(mj_package *p, int fd, const mj_member *from, mj_error *err) {
  char bytes[65536];
  MJ_TRY(begin(p, from, false, err));
  for (int64_t done = 0; done < from->n_packed;) {
    int64_t left = from->n_packed - done;
    ssize_t got =
        pread(fd, bytes, left < (int64_t)sizeof bytes ? (size_t)left : sizeof bytes, (off_t)(from->body + done));
    if (got <= 0) return mj_fail(err, MJ_EIO, "cannot write '%s': %s", p->sink.shown, strerror(got < 0 ? errno : EIO));
    MJ_TRY(mj_sink_put(&p->sink, bytes, (size_t)got, err));
    done += got;
  }
  return MJ_OK;
}

mj_status mj_package_close(mj_package *p, int64_t *bytes, mj_error *err) {
  mj_text directory = {0};
  put_directory(p, p->sink.bytes, &directory);
  mj_status s = directory.failed ? no_memory(err) : mj_sink_put(&p->sink, directory.data, directory.n, err);
  mj_text_reset(&directory);
  *bytes = p->sink.bytes;
  if (!s) return mj_sink_close(&p->sink, err);
  mj_sink_drop(&p->sink);
  return s;
}

void mj_package_reset(mj_package *p) {
  mj_sink_drop(&p->sink);
  for (int i = 0; i < MJ_PACKERS; i++) {
    if (p->packer[i]) deflateEnd(p->packer[i]);
    free(p->packer[i]);
  }
  free(p->member);
  *p = (mj_package){.sink = {.fd = -1}};
}
