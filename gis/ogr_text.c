#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/ogr_csv.h"

/* A file of texts as one text: tables with delimiters and boundary points. Its encoding is found once, on opening. */

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

static mj_status load(const mj_source_file *file, char *to, int64_t *n, mj_error *err) {
  int fd = open(file->opened, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return mj_fail(err, MJ_EIO, "%s: cannot be read: %s", file->path, strerror(errno));
  ssize_t got = 1;
  for (*n = 0; *n < file->bytes && got > 0; *n += got > 0 ? got : 0)
    got = read(fd, to + *n, (size_t)(file->bytes - *n));
  mj_status status = got < 0 ? mj_fail(err, MJ_EIO, "%s: cannot be read: %s", file->path, strerror(errno)) : MJ_OK;
  close(fd);
  to[*n] = 0;
  return status;
}

/* ---- UTF-16 ---- */

static bool is_utf16(const char *encoding) { return !strncmp(encoding, "UTF-16", 6); }

static const char *utf16_mark(const char *text, int64_t n) {
  if (n >= 2 && !memcmp(text, "\xFF\xFE", 2)) return "UTF-16LE";
  return n >= 2 && !memcmp(text, "\xFE\xFF", 2) ? "UTF-16BE" : NULL;
}

/* What tables are made of: ASCII, Latin-1, signs, CJK with kana, full-width forms. */
static bool is_common(unsigned c) {
  return (c >= ' ' && c < 0x7F) || c == '\t' || c == '\r' || c == '\n' || (c >= 0xA0 && c <= 0xFF) ||
         (c >= 0x2000 && c <= 0x33FF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF);
}

/* Without a mark: every ASCII character, line end and delimiter has a NUL on the same side, and nine of ten units are
 * what tables are made of. */
static const char *utf16_by_content(const char *text, int64_t n) {
  const unsigned char *b = (const unsigned char *)text;
  int64_t zeros[2] = {0}, common = 0, units = (n < 65536 ? n : 65536) / 2;
  if (n % 2 || !units) return NULL;
  for (int64_t i = 0; i < 2 * units; i++) zeros[i % 2] += !b[i];
  bool little = zeros[1] > 2 * zeros[0];
  if (!little && zeros[0] <= 2 * zeros[1]) return NULL;
  for (int64_t i = 0; i < units; i++) common += is_common((unsigned)b[2 * i + little] << 8 | b[2 * i + !little]);
  return common * 10 < units * 9 ? NULL : little ? "UTF-16LE" : "UTF-16BE";
}

static mj_status from_utf16(const mj_source_file *file, const char *encoding, char *bytes, int64_t n, mj_arena *arena,
                            char **text, int64_t *length, mj_error *err) {
  size_t skip = utf16_mark(bytes, n) ? 2 : 0, rest = (size_t)n - skip, room = rest / 2 * 3 + 4, cap = room;
  iconv_t cd = iconv_open("UTF-8", encoding);
  char *out = *text = mj_arena_alloc(arena, room + 1, 1), *in = bytes + skip;
  if (cd == (iconv_t)-1 || !out) {
    if (cd != (iconv_t)-1) iconv_close(cd);
    return no_memory(err);
  }
  bool good = iconv(cd, &in, &rest, &out, &room) != (size_t)-1;
  iconv_close(cd);
  *length = (int64_t)(cap - room);
  if (!good)
    return mj_fail(err, MJ_EFORMAT, "%s: is UTF-16, but not from byte %lld on", file->path,
                   (long long)(in - bytes) + 1);
  return MJ_OK;
}

/* ---- finding out ---- */

/* True where the bytes are UTF-16: by their mark, by what the caller said, or by their content. A mark outweighs what
 * the caller said of all files: nothing else can begin so. */
static bool settle_utf16(mj_source_file *file, mj_slot *slot, const char *bytes, int64_t n) {
  const char *asked = file->encoding_asked, *mark = utf16_mark(bytes, n);
  bool asked16 = asked && is_utf16(asked);
  const char *content = mark || (asked && !asked16) ? NULL : utf16_by_content(bytes, n);
  slot->found = mark ? mark : content;
  if (!slot->found && !asked16) return false;
  slot->encoding = asked16 && asked[6] ? asked : slot->found ? slot->found : "UTF-16LE";
  slot->said = mark ? mj_arena_format(&file->arena, "%s (BOM)", mark) : NULL;
  slot->given = asked16;
  slot->declared = asked16 || (mark && !asked);
  if (mark && asked && !asked16) slot->said = mj_arena_format(&file->arena, "%s (--encoding)", asked);
  slot->all_utf8 = true;
  return true;
}

static mj_status settle(mj_source_file *file, mj_slot *slot, const char *bytes, int64_t n, mj_error *err) {
  mj_vote vote;
  if (settle_utf16(file, slot, bytes, n)) return MJ_OK;
  if (memchr(bytes, 0, (size_t)n))
    return mj_fail(err, MJ_EFORMAT, "%s: holds NUL bytes: not a table of texts", file->path);
  bool bom = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3);
  if (mj_vote_start(&vote, bom ? "UTF-8" : NULL)) return MJ_EINVAL;
  size_t skip = bom ? 3 : 0;
  mj_vote_feed(&vote, bytes + skip, (size_t)n - skip, false);
  slot->encoding = slot->found = mj_vote_end(&vote, &slot->declared);
  slot->said = bom ? "UTF-8 (BOM)" : NULL;
  slot->ascii = vote.ascii;
  if (file->encoding_asked) {
    slot->encoding = file->encoding_asked;
    slot->declared = slot->given = true;
  }
  slot->all_utf8 = vote.ascii || (vote.utf8 && slot->encoding && !strcmp(slot->encoding, "UTF-8"));
  if (slot->encoding) return MJ_OK;
  return mj_fail(err, MJ_EFORMAT,
                 "%s: its texts are neither UTF-8 nor GB18030 nor Big5; name their encoding with "
                 "--encoding",
                 file->path);
}

mj_status mj_csv_text(mj_source_file *file, mj_slot *slot, mj_arena *arena, char **text, int64_t *n, mj_error *err) {
  char *bytes = slot->encoding && is_utf16(slot->encoding) ? NULL : mj_arena_alloc(arena, (size_t)file->bytes + 1, 1);
  char *wide = bytes ? NULL : malloc((size_t)file->bytes + 1);
  if (!bytes && !wide) return no_memory(err);
  mj_status status = load(file, bytes ? bytes : wide, n, err);
  if (!status && !slot->encoding) status = settle(file, slot, bytes, *n, err);
  *text = bytes;
  if (!status && is_utf16(slot->encoding)) {
    status = from_utf16(file, slot->encoding, bytes ? bytes : wide, *n, arena, text, n, err);
    if (!status && memchr(*text, 0, (size_t)*n))
      status = mj_fail(err, MJ_EFORMAT, "%s: holds NUL bytes: not a table of texts", file->path);
  }
  free(wide);
  MJ_TRY(status);
  int64_t skip = *n >= 3 && !memcmp(*text, "\xEF\xBB\xBF", 3) ? 3 : 0; /* the mark, or what UTF-16 made of it */
  *text += skip;
  *n -= skip;
  return MJ_OK;
}
