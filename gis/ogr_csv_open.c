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
  mj_decoder decoder = {.from = strncmp(encoding, "UTF-16", 6) ? encoding : "UTF-8"};
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

mj_status mj_text_layer(mj_source_file *file, mj_slot *slot, const char *geometry, mj_error *err) {
  const char *base = strrchr(file->path, '/');
  base = base ? base + 1 : file->path;
  slot->info.name =
      mj_arena_text(&file->arena, base, strcspn(base, ".") ? (size_t)(strrchr(base, '.') - base) : strlen(base));
  slot->info.geometry = geometry;
  slot->info.rows = -1;
  slot->info.crs = "";
  return slot->info.name ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

static mj_status describe(mj_source_file *file, mj_slot *slot, char *text, int64_t n, mj_error *err) {
  file->delimiter = find_delimiter(text, text + n);
  mj_csv s;
  mj_csv_start(&s, text, n, file->delimiter);
  MJ_TRY(header(file, slot, &s, err));
  file->head = (size_t)(s.at - text);
  return mj_text_layer(file, slot, "None", err);
}

mj_status mj_csv_open(mj_source_file *file, mj_error *err) {
  mj_arena arena = {0};
  int64_t n = 0;
  char *text = NULL;
  if (!file->slot) file->slot = calloc(1, sizeof *file->slot);
  if (!file->slot) return mj_fail(err, MJ_ENOMEM, "out of memory");
  file->slot->kind = MJ_FILE_CSV;
  file->n_slots = 1;
  mj_status status = mj_csv_text(file, file->slot, &arena, &text, &n, err);
  if (!status) status = describe(file, file->slot, text, n, err);
  mj_arena_reset(&arena);
  return status;
}
