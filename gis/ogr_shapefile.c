#include <cpl_vsi.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_source.h"

/* GDAL opens a shapefile whose parts do not belong together without a word, and reads a broken one as far as it goes.
   So the sizes and counts that the three headers declare are compared first. Source: ESRI Shapefile Technical
   Description, July 1998; dBASE III. */

typedef struct {
  VSILFILE *file;
  int64_t bytes;
  unsigned char head[100];
} part;

/* The part beside the .shp with the ending @p ext, in lower or upper case. */
static mj_status part_open(mj_arena *arena, const char *shp, const char *ext, part *p, mj_error *err) {
  size_t n = strlen(shp);
  char *path = mj_arena_text(arena, shp, n);
  if (!path) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int upper = 0; upper < 2 && !p->file; upper++) {
    for (size_t i = 0; i < 3; i++) path[n - 3 + i] = upper ? (char)(ext[i] - 32) : ext[i];
    p->file = VSIFOpenL(path, "rb");
  }
  if (!p->file) return mj_fail(err, MJ_EFORMAT, "%s: its .%s is missing or cannot be read", shp, ext);
  VSIFSeekL(p->file, 0, SEEK_END);
  p->bytes = (int64_t)VSIFTellL(p->file);
  VSIFSeekL(p->file, 0, SEEK_SET);
  memset(p->head, 0, sizeof p->head);
  VSIFReadL(p->head, 1, sizeof p->head, p->file);
  return MJ_OK;
}

static int64_t big32(const unsigned char *p) {
  return (int64_t)p[0] << 24 | (int64_t)p[1] << 16 | (int64_t)p[2] << 8 | p[3];
}

static mj_status check_index(const char *shp, const part *index, int64_t shp_bytes, int64_t *shapes, mj_error *err) {
  int64_t declared = big32(index->head + 24) * 2;
  if (big32(index->head) != 9994 || declared < 100 || index->bytes < declared)
    return mj_fail(err, MJ_EFORMAT, "%s: its .shx is truncated: %lld bytes where %lld are declared", shp,
                   (long long)index->bytes, (long long)declared);
  *shapes = (declared - 100) / 8;
  if (*shapes == 0) return MJ_OK;
  unsigned char last[8] = {0};
  VSIFSeekL(index->file, (vsi_l_offset)(100 + (*shapes - 1) * 8), SEEK_SET);
  VSIFReadL(last, 1, sizeof last, index->file);
  int64_t end = (big32(last) + big32(last + 4) + 4) * 2;
  if (end > shp_bytes)
    return mj_fail(err, MJ_EFORMAT, "%s: truncated: %lld bytes where its .shx points to byte %lld", shp,
                   (long long)shp_bytes, (long long)end);
  return MJ_OK;
}

typedef struct {
  int64_t records;
  int header, record;
  int n_texts;
  struct {
    int at, width;
  } text[256];
} dbf;

static unsigned little16(const unsigned char *p) { return p[0] | (unsigned)p[1] << 8; }

/* Field descriptors of 32 bytes from byte 32 on, up to a 0D; type at 11, width at 16. Names take part in the vote. */
static mj_status dbf_header(const char *shp, part *p, dbf *d, mj_vote *vote, mj_error *err) {
  d->records = p->head[4] | (int64_t)p->head[5] << 8 | (int64_t)p->head[6] << 16 | (int64_t)p->head[7] << 24;
  d->header = (int)little16(p->head + 8);
  d->record = (int)little16(p->head + 10);
  int64_t need = d->header + d->records * d->record;
  if (p->bytes < 32 || d->header < 33 || d->record < 1 || p->bytes < need)
    return mj_fail(err, MJ_EFORMAT, "%s: its .dbf is truncated: %lld bytes where %lld records of %d bytes are declared",
                   shp, (long long)p->bytes, (long long)d->records, d->record);
  unsigned char field[32];
  int at = 1;
  VSIFSeekL(p->file, 32, SEEK_SET);
  while (at < d->record && VSIFReadL(field, 1, 32, p->file) == 32 && field[0] != 0x0D) {
    int width = field[16];
    if (field[11] == 'C') width += field[17] << 8; /* long texts put the high byte into the decimals */
    if (field[11] == 'C' && d->n_texts < 256 && at + width <= d->record) {
      d->text[d->n_texts].at = at;
      d->text[d->n_texts++].width = width;
    }
    const char *name = (const char *)field;
    mj_vote_feed(vote, name, strnlen(name, 11), true);
    at += width;
  }
  return MJ_OK;
}

static int64_t dbf_vote(const dbf *d, const unsigned char *record, int64_t n, mj_vote *vote) {
  int64_t deleted = 0;
  for (int64_t i = 0; i < n; i++, record += d->record) {
    deleted += record[0] == '*';
    if (mj_is_ascii((const char *)record, (size_t)d->record)) continue;
    for (int t = 0; t < d->n_texts; t++) {
      const char *cell = (const char *)record + d->text[t].at;
      size_t len = strnlen(cell, (size_t)d->text[t].width);
      while (len > 0 && cell[len - 1] == ' ') len--;
      mj_vote_feed(vote, cell, len, len == (size_t)d->text[t].width);
    }
  }
  return deleted;
}

static mj_status dbf_records(const char *shp, part *p, const dbf *d, mj_vote *vote, int64_t *deleted, mj_error *err) {
  int64_t batch = (1 << 20) / d->record + 1;
  unsigned char *buffer = malloc((size_t)(batch * d->record));
  if (!buffer) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_status status = MJ_OK;
  VSIFSeekL(p->file, (vsi_l_offset)d->header, SEEK_SET);
  for (int64_t i = 0; i < d->records && !status; i += batch) {
    int64_t n = d->records - i < batch ? d->records - i : batch;
    if (VSIFReadL(buffer, (size_t)d->record, (size_t)n, p->file) < (size_t)n)
      status = mj_fail(err, MJ_EIO, "%s: its .dbf cannot be read at record %lld", shp, (long long)i + 1);
    else *deleted += dbf_vote(d, buffer, n, vote);
  }
  free(buffer);
  return status;
}

/* What the file says of the encoding: its .cpg, else the language byte; iconv's name, NULL where it names none. In
 * slot->said how it says it. */
static const char *said(mj_source_file *file, mj_slot *slot, int ldid) {
  mj_arena *arena = &file->arena;
  size_t n = strlen(slot->path);
  char *path = mj_arena_text(arena, slot->path, n), text[64] = "";
  for (int upper = 0; path && upper < 2 && !text[0]; upper++) {
    memcpy(path + n - 3, upper ? "CPG" : "cpg", 3);
    VSILFILE *cpg = VSIFOpenL(path, "rb");
    if (!cpg) continue;
    text[VSIFReadL(text, 1, sizeof text - 1, cpg)] = 0;
    VSIFCloseL(cpg);
  }
  char *from = text + strspn(text, " \t\r\n\xEF\xBB\xBF");
  from[strcspn(from, "\r\n")] = 0;
  for (size_t len = strlen(from); len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\t'); len--) from[len - 1] = 0;
  for (char *c = from; *c; c++)
    if (*c < ' ' || *c > '~') *c = '?'; /* it goes into the ledger */
  const char *named = mj_encoding_of(from, arena);
  const char *by_byte = mj_encoding_of_ldid(ldid);
  if (named || (*from && !by_byte)) slot->said = mj_arena_format(arena, "%s (.cpg)", from);
  else if (ldid) slot->said = mj_arena_format(arena, "0x%02X (.dbf)", (unsigned)ldid);
  return named ? named : by_byte;
}

static mj_status vote_on(mj_source_file *file, mj_slot *slot, part *table, mj_error *err) {
  mj_vote vote;
  dbf d = {0};
  const char *declared = said(file, slot, table->head[29]);
  if (mj_vote_start(&vote, declared)) declared = NULL; /* a .cpg that names no known encoding says nothing */
  mj_status status = dbf_header(slot->path, table, &d, &vote, err);
  if (!status) status = dbf_records(slot->path, table, &d, &vote, &slot->deleted, err);
  slot->encoding = slot->found = mj_vote_end(&vote, &slot->declared);
  slot->ascii = vote.ascii;
  if (status) return status;
  if (file->encoding_asked && strncmp(file->encoding_asked, "UTF-16", 6) != 0) { /* no .dbf is UTF-16 */
    slot->encoding = file->encoding_asked;
    slot->declared = slot->given = true;
  }
  if (!slot->encoding)
    return mj_fail(err, MJ_EFORMAT,
                   "%s: its texts are neither UTF-8 nor GB18030 nor Big5; name their encoding with --encoding",
                   slot->path);
  return MJ_OK;
}

mj_status mj_shapefile_check(mj_source_file *file, mj_slot *slot, mj_error *err) {
  part index = {0}, table = {0}, main = {0};
  int64_t shapes = 0, records;
  mj_status status = part_open(&file->arena, slot->path, "shp", &main, err);
  if (!status) status = part_open(&file->arena, slot->path, "shx", &index, err);
  if (!status) status = part_open(&file->arena, slot->path, "dbf", &table, err);
  if (!status && main.bytes < big32(main.head + 24) * 2)
    status = mj_fail(err, MJ_EFORMAT, "%s: truncated: %lld bytes where the header declares %lld", slot->path,
                     (long long)main.bytes, (long long)big32(main.head + 24) * 2);
  if (!status) status = check_index(slot->path, &index, main.bytes, &shapes, err);
  if (!status) status = vote_on(file, slot, &table, err);
  records = table.head[4] | (int64_t)table.head[5] << 8 | (int64_t)table.head[6] << 16 | (int64_t)table.head[7] << 24;
  if (!status && records != shapes)
    status = mj_fail(err, MJ_EFORMAT, "%s: %lld shapes but %lld records in its .dbf", slot->path, (long long)shapes,
                     (long long)records);
  if (main.file) VSIFCloseL(main.file);
  if (index.file) VSIFCloseL(index.file);
  if (table.file) VSIFCloseL(table.file);
  return status;
}
