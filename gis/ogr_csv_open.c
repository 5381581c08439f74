#include <stdlib.h>
#include <string.h>

#include "gis/ogr_csv.h"

enum { MAX_CELLS = 4096 };

/* The delimiter that stands most often outside quotes in the first line; a comma where none does. */
static char find_delimiter(const char *text, const char *end) {
  static const char delimiters[3] = {',', ';', '\t'};
  int count[3] = {0};
  bool inside = false;
  for (; text < end && (inside || (*text != '\n' && *text != '\r')); text++) {
    inside ^= *text == '"';
    for (int d = 0; d < 3 && !inside; d++) count[d] += *text == delimiters[d];
  }
  if (count[1] > count[0] && count[1] >= count[2]) return ';';
  return count[2] > count[0] ? '\t' : ',';
}

static const char *field_name(mj_source_file *file, const char *encoding, const char *text, size_t n, int i) {
  while (n > 0 && (*text == ' ' || *text == '\t')) {
    text++;
    n--;
  }
  while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t')) n--;
  mj_decoder decoder = {.from = encoding};
  const char *name = NULL;
  if (n) mj_decode(&decoder, &file->arena, text, n, &name);
  mj_decoder_reset(&decoder);
  return name ? name : mj_arena_format(&file->arena, "column_%d", i + 1);
}

static mj_status header(mj_source_file *file, mj_slot *slot, mj_csv *s, mj_error *err) {
  const char **name = mj_arena_alloc(&file->arena, MAX_CELLS, sizeof *name);
  const char **type = mj_arena_alloc(&file->arena, MAX_CELLS, sizeof *type);
  if (!name || !type) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_csv_next what = MJ_CSV_CELL;
  int n = 0;
  for (; what == MJ_CSV_CELL; n++) {
    char *text;
    size_t len;
    what = mj_csv_cell(s, &text, &len);
    if (what == MJ_CSV_BROKEN) return mj_fail(err, MJ_EFORMAT, "%s: header: %s", file->path, mj_csv_why(s, err));
    if (n == MAX_CELLS) return mj_fail(err, MJ_EFORMAT, "%s: header: more than %d cells", file->path, (int)MAX_CELLS);
    const char *said = field_name(file, slot->encoding, text, len, n);
    name[n] = said ? mj_unused_name(&file->arena, name, n, said) : NULL;
    type[n] = "String";
    if (!name[n]) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  slot->info.n_fields = n;
  slot->info.field = slot->raw = name;
  slot->info.type = type;
  return MJ_OK;
}

static mj_status vote_on(mj_source_file *file, mj_slot *slot, const char *text, size_t n, mj_error *err) {
  mj_vote vote;
  bool bom = n >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3);
  if (mj_vote_start(&vote, bom ? "UTF-8" : NULL)) return MJ_EINVAL;
  file->head = bom ? 3 : 0;
  mj_vote_feed(&vote, text + file->head, n - file->head, false);
  slot->encoding = mj_vote_end(&vote, &slot->declared);
  if (file->encoding_asked) {
    slot->encoding = file->encoding_asked;
    slot->declared = true;
  }
  slot->all_utf8 = vote.ascii || (vote.utf8 && slot->encoding && !strcmp(slot->encoding, "UTF-8"));
  if (slot->encoding) return MJ_OK;
  return mj_fail(err, MJ_EFORMAT, "%s: its texts are neither UTF-8 nor GB18030; name their encoding", file->path);
}

static mj_status describe(mj_source_file *file, mj_slot *slot, char *text, int64_t n, mj_error *err) {
  if (n >= 2 && (!memcmp(text, "\xFF\xFE", 2) || !memcmp(text, "\xFE\xFF", 2)))
    return mj_fail(err, MJ_EFORMAT, "%s: is UTF-16; save it as UTF-8", file->path);
  if (memchr(text, 0, (size_t)n))
    return mj_fail(err, MJ_EFORMAT, "%s: holds NUL bytes: not a table of texts, or UTF-16", file->path);
  MJ_TRY(vote_on(file, slot, text, (size_t)n, err));
  file->delimiter = find_delimiter(text + file->head, text + n);
  mj_csv s;
  mj_csv_start(&s, text + file->head, n - (int64_t)file->head, file->delimiter);
  MJ_TRY(header(file, slot, &s, err));
  file->head = (size_t)(s.at - text);
  const char *base = strrchr(file->path, '/');
  base = base ? base + 1 : file->path;
  slot->info.name =
      mj_arena_text(&file->arena, base, strcspn(base, ".") ? (size_t)(strrchr(base, '.') - base) : strlen(base));
  slot->info.geometry = "None";
  slot->info.rows = -1;
  slot->info.crs = "";
  return slot->info.name ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

mj_status mj_csv_open(mj_source_file *file, mj_error *err) {
  int64_t n = 0;
  mj_status status;
  char *text = malloc((size_t)file->bytes + 1);
  file->slot = calloc(1, sizeof *file->slot);
  if (!text || !file->slot) {
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
    goto done;
  }
  file->slot->kind = MJ_FILE_CSV;
  file->n_slots = 1;
  status = mj_csv_load(file, text, &n, err);
  text[n] = 0;
  if (!status) status = describe(file, file->slot, text, n, err);
done:
  free(text);
  return status;
}
