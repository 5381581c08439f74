#include <stdlib.h>
#include <string.h>

#include "gis/ogr_source.h"

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

/* ---- columns ---- */

static mj_type type_of(const char *ogr) {
  if (!strcmp(ogr, "Integer") || !strcmp(ogr, "Integer64")) return MJ_I64;
  if (!strcmp(ogr, "Real")) return MJ_F64;
  return strcmp(ogr, "Date") ? MJ_TEXT : MJ_DATE;
}

bool mj_is_wanted(const mj_read_options *options, const char *name) {
  for (int i = 0; options->only && i < options->n_only; i++)
    if (!strcmp(options->only[i], name)) return true;
  return !options->only;
}

mj_status mj_reading_columns(mj_reading *r, int64_t cap) {
  const mj_layer_info *info = &r->slot->info;
  mj_arena *arena = &r->out->arena;
  size_t n = (size_t)info->n_fields;
  r->out->n = r->cap = cap;
  r->field = mj_arena_alloc(arena, n + 1, sizeof *r->field);
  r->column = mj_arena_alloc(arena, n + 1, sizeof *r->column);
  r->recent = mj_arena_alloc(arena, n + 1, sizeof *r->recent);
  r->out->source_row = mj_arena_alloc(arena, (size_t)cap + 1, sizeof(int64_t));
  if (r->options->geometry) r->shape = calloc((size_t)cap + 1, sizeof *r->shape);
  if (!r->field || !r->column || !r->recent || !r->out->source_row || (r->options->geometry && !r->shape))
    return no_memory(r->err);
  for (int f = 0; f < info->n_fields; f++) {
    if (!mj_is_wanted(r->options, info->field[f])) continue;
    mj_column *column = mj_table_add(r->out, info->field[f], type_of(info->type[f]));
    if (!column) return no_memory(r->err);
    column->from_source = true;
    r->field[r->n_columns] = f;
    r->column[r->n_columns++] = column;
  }
  return MJ_OK;
}

/* Columns repeat their texts: one seen lately is used again. */
static const char **recent_place(mj_reading *r, int c, const char *text, size_t n) {
  unsigned char first = (unsigned char)text[0], last = (unsigned char)text[n - 1], middle = (unsigned char)text[n / 2];
  return &r->recent[c][(first * 31U + middle * 7U + last + (unsigned)n) % 64];
}

mj_status mj_reading_note(mj_reading *r, mj_ledger_code code, int c, const char *found, const char *expected,
                          int64_t row) {
  mj_ledger_entry entry = {.code = code, .layer = r->layer_name, .found = found, .expected = expected, .row = row};
  if (c >= 0) entry.field = r->column[c]->name;
  return mj_ledger_add(r->ledger, entry) ? no_memory(r->err) : MJ_OK;
}

/* The first text of a UTF-8 format that is not UTF-8 is told once a layer. */
static mj_status note_encoding(mj_reading *r, int c, int64_t source_row) {
  if (r->said_encoding || r->decoder.from) return MJ_OK;
  r->said_encoding = true;
  return mj_reading_note(r, MJ_L_ENCODING_ASSUMED, c, "GB18030", "UTF-8", source_row);
}

mj_status mj_reading_text(mj_reading *r, int c, const char *bytes, size_t n, int64_t source_row) {
  const char **cell = &r->column[c]->text[r->row], **recent;
  *cell = NULL;
  if (!n) return MJ_OK;
  recent = recent_place(r, c, bytes, n);
  if (!r->decoder.cd && *recent && !strncmp(*recent, bytes, n) && !(*recent)[n]) {
    *cell = *recent;
    return MJ_OK;
  }
  switch (mj_decode(&r->decoder, &r->out->arena, bytes, n, cell)) {
    case MJ_TEXT_NO_MEMORY:
      return no_memory(r->err);
    case MJ_TEXT_BAD:
      return mj_reading_note(r, MJ_L_VALUE_UNREADABLE, c, "bytes that are no text",
                             r->decoder.from ? r->decoder.from : "UTF-8", source_row);
    case MJ_TEXT_CUT:
      return mj_reading_note(r, MJ_L_TEXT_CUT, c, *cell, NULL, source_row);
    default:
      break;
  }
  if (r->decoder.cd && !mj_is_ascii(bytes, n)) return note_encoding(r, c, source_row);
  *recent = *cell;
  return MJ_OK;
}

/* ---- rows ---- */

mj_status mj_reading_room(mj_reading *r) {
  if (r->row < r->cap) return MJ_OK;
  return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': more rows than the %lld it declares", r->file->path,
                 r->slot->info.name, (long long)r->cap);
}

void mj_reading_end_row(mj_reading *r, int64_t source_row) { r->out->source_row[r->row++] = source_row; }

/* Takes the empty row back from every column. */
static void drop_row(mj_shapes *shapes) {
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++)
    if (shapes->wanted[kind]) shapes->geom[kind].n--;
}

mj_status mj_reading_shape(mj_reading *r, const unsigned char *wkb, size_t n, int64_t source_row) {
  mj_shape_state state = MJ_SHAPE_EMPTY;
  int64_t unclosed = r->shapes.unclosed;
  unsigned kinds = 0, type = 0;
  mj_status status;
  if (!wkb || !n) {
    status = mj_shapes_push_empty(&r->shapes);
  } else {
    status = mj_shapes_push(&r->shapes, wkb, n, &state, &kinds, &type);
    if (!status && state == MJ_SHAPE_CURVED) {
      drop_row(&r->shapes);
      status = mj_reading_arcs(r, wkb, n, source_row, &state, &kinds, &type);
    }
  }
  if (status) return no_memory(r->err);
  if (state == MJ_SHAPE_BROKEN)
    return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': row %lld: the geometry is not well-known binary", r->file->path,
                   r->slot->info.name, (long long)source_row);
  r->shape[r->row] =
      (mj_row_shape){(unsigned char)state, (unsigned char)kinds, (unsigned char)type, r->shapes.unclosed > unclosed};
  return MJ_OK;
}

void mj_reading_step(const mj_reading *r, int64_t done, int64_t total) {
  if (r->options->progress) mj_progress_step(r->options->progress, done, total);
}
