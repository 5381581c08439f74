#include "base/csv.h"

#include <string.h>

#include "base/text.h"

typedef struct {
  mj_arena *arena;
  const char *file, *at, *end;
  int line;
  mj_error *err;
} reader;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* "a ""b""": the cell behind its opening quote; at ends behind the closing one. */
static mj_status quoted_cell(reader *r, const char **cell) {
  const char *from = ++r->at;
  int line = r->line;
  char *out = mj_arena_alloc(r->arena, (size_t)(r->end - from) + 1, 1), *to = out;
  if (!out) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  for (; r->at < r->end; r->at++) {
    if (*r->at == '"' && (r->at + 1 == r->end || r->at[1] != '"')) break;
    if (*r->at == '"') r->at++;
    r->line += *r->at == '\n';
    *to++ = *r->at;
  }
  if (r->at == r->end) return mj_fail(r->err, MJ_EFORMAT, "%s:%d: a quoted cell does not end", r->file, line);
  r->at++;
  while (r->at < r->end && is_blank(*r->at)) r->at++;
  if (r->at < r->end && *r->at != ',' && *r->at != '\n')
    return mj_fail(r->err, MJ_EFORMAT, "%s:%d: expected a comma behind a quoted cell", r->file, r->line);
  *cell = out;
  return MJ_OK;
}

static mj_status plain_cell(reader *r, const char **cell) {
  const char *from = r->at;
  while (r->at < r->end && *r->at != ',' && *r->at != '\n') r->at++;
  const char *end = r->at;
  while (end > from && is_blank(end[-1])) end--;
  *cell = mj_arena_text(r->arena, from, (size_t)(end - from));
  return *cell ? MJ_OK : mj_fail(r->err, MJ_ENOMEM, "out of memory");
}

/* One line; at ends behind its line end. */
static mj_status read_row(reader *r, mj_csv_row *row) {
  int cap = 1;
  row->line = r->line;
  for (const char *p = r->at; p < r->end && *p != '\n'; p++) cap += *p == ','; /* enough, unless quotes go over lines */
  for (bool more = true; more; row->n++) {
    if (row->n == cap || !row->cell) {
      const char **grown = mj_arena_alloc(r->arena, (size_t)(cap = row->cell ? 2 * cap : cap), sizeof *grown);
      if (!grown) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
      if (row->n) memcpy(grown, row->cell, (size_t)row->n * sizeof *grown);
      row->cell = grown;
    }
    while (r->at < r->end && is_blank(*r->at)) r->at++;
    MJ_TRY(r->at < r->end && *r->at == '"' ? quoted_cell(r, &row->cell[row->n]) : plain_cell(r, &row->cell[row->n]));
    more = r->at < r->end && *r->at == ',';
    r->at += more;
  }
  if (r->at < r->end) r->at++;
  r->line++;
  return MJ_OK;
}

mj_status mj_csv_parse(mj_arena *arena, const char *file, const char *text, size_t n, mj_csv *out, mj_error *err) {
  reader r = {arena, file, text, text + n, 1, err};
  int most = 1;
  *out = (mj_csv){0};
  if (!mj_utf8_valid(text, n)) return mj_fail(err, MJ_EFORMAT, "%s: expected UTF-8", file);
  if (n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) r.at += 3;
  for (const char *p = r.at; p < r.end; p++) most += *p == '\n';
  out->row = mj_arena_alloc(arena, (size_t)most, sizeof *out->row);
  if (!out->row) return mj_fail(err, MJ_ENOMEM, "out of memory");
  while (r.at < r.end) {
    mj_csv_row *row = &out->row[out->n];
    *row = (mj_csv_row){0};
    MJ_TRY(read_row(&r, row));
    out->n += row->n > 1 || *row->cell[0];
  }
  return MJ_OK;
}

int mj_csv_column(const mj_csv *csv, const char *name) {
  for (int i = 0; csv->n && i < csv->row[0].n; i++)
    if (!strcmp(csv->row[0].cell[i], name)) return i;
  return -1;
}
