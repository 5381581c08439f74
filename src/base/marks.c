#include "base/marks.h"

#include <stdlib.h>
#include <string.h>

void mj_marks_reset(mj_marks *marks) {
  free(marks->item);
  mj_geom_reset(&marks->shape);
  mj_arena_reset(&marks->arena);
  *marks = (mj_marks){0};
}

static mj_status keep(mj_arena *arena, const char **text) {
  if (*text && !(*text = mj_arena_text(arena, *text, strlen(*text)))) return MJ_ENOMEM;
  return MJ_OK;
}

static mj_status keep_all(mj_arena *arena, mj_mark *m) {
  MJ_TRY(keep(arena, &m->layer));
  MJ_TRY(keep(arena, &m->id));
  MJ_TRY(keep(arena, &m->other_layer));
  MJ_TRY(keep(arena, &m->other_id));
  return keep(arena, &m->text);
}

mj_status mj_marks_add(mj_marks *marks, mj_mark mark, const mj_polys *shape, int64_t row) {
  if (marks->n == marks->cap) {
    int64_t cap = marks->cap ? marks->cap * 2 : 64;
    mj_mark *grown = realloc(marks->item, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    marks->item = grown;
    marks->cap = cap;
  }
  MJ_TRY(keep_all(&marks->arena, &mark));
  marks->shape.kind = MJ_GEOM_POLYGON;
  if (shape) MJ_TRY(mj_geom_push_row(&marks->shape, shape, row));
  else MJ_TRY(mj_geom_end_row(&marks->shape));
  marks->item[marks->n++] = mark;
  return MJ_OK;
}

static const char *severity_of(const mj_mark *m) {
  mj_severity severity = mj_ledger_severity(m->code);
  return m->major || severity == MJ_SET_ASIDE ? "major" : severity == MJ_NOTE ? "note" : "minor";
}

enum {
  CODE,
  KIND,
  SEVERITY,
  LAYER,
  ID,
  ROW,
  TEXT,
  POINT_COLUMNS,
  OTHER_LAYER = POINT_COLUMNS,
  OTHER_ID,
  OTHER_ROW,
  AREA,
  WIDTH,
  N_COLUMNS
};

static mj_status add_columns(mj_table *t, mj_column *column[N_COLUMNS], int n) {
  static const struct {
    const char *name;
    mj_type type;
  } is[N_COLUMNS] = {{"code", MJ_TEXT},     {"kind", MJ_TEXT},     {"severity", MJ_TEXT}, {"layer", MJ_TEXT},
                     {"id", MJ_TEXT},       {"row", MJ_I64},       {"text", MJ_TEXT},     {"other_layer", MJ_TEXT},
                     {"other_id", MJ_TEXT}, {"other_row", MJ_I64}, {"area_m2", MJ_F64},   {"width_m", MJ_F64}};
  for (int c = 0; c < n; c++)
    if (!(column[c] = mj_table_add(t, is[c].name, is[c].type))) return MJ_ENOMEM;
  return MJ_OK;
}

/* A text, a whole number and a number are cells of one size. */
enum { CELL = 8 };
_Static_assert(sizeof(const char *) == CELL && sizeof(double) == CELL && sizeof(int64_t) == CELL, "cells of 8 bytes");

/* The rows of before, whose texts belong to the park, and room for n more. */
static mj_status reopen(mj_table *t, const mj_table *before, mj_table_id id, int64_t more,
                        mj_column *column[N_COLUMNS]) {
  MJ_TRY(mj_table_init(t, mj_table_id_name(id), before->n + more));
  MJ_TRY(add_columns(t, column, id == MJ_CHECKS ? N_COLUMNS : POINT_COLUMNS));
  for (int32_t c = 0; c < before->n_columns && before->n; c++) {
    const mj_column *from = before->columns[c];
    mj_column *to = mj_table_find(t, from->name);
    if (to) memcpy(to->data, from->data, (size_t)before->n * CELL);
  }
  return MJ_OK;
}

static void fill(mj_column *const column[N_COLUMNS], int64_t at, const mj_mark *m, mj_lang lang, bool whole) {
  column[CODE]->text[at] = mj_ledger_code_name(m->code);
  column[KIND]->text[at] = mj_ledger_meaning(m->code, lang);
  column[SEVERITY]->text[at] = severity_of(m);
  column[LAYER]->text[at] = m->layer;
  column[ID]->text[at] = m->id;
  if (m->row) column[ROW]->i64[at] = m->row;
  column[TEXT]->text[at] = m->text;
  if (!whole) return;
  column[OTHER_LAYER]->text[at] = m->other_layer;
  column[OTHER_ID]->text[at] = m->other_id;
  if (m->other_row) column[OTHER_ROW]->i64[at] = m->other_row;
  column[AREA]->f64[at] = m->area_m2;
  column[WIDTH]->f64[at] = m->width_m;
}

static mj_status push_point(mj_geom *geom, const mj_mark *m) {
  if (isfinite(m->x) && isfinite(m->y)) {
    MJ_TRY(mj_geom_push_ring(geom, 1, &m->x, &m->y));
    MJ_TRY(mj_geom_end_part(geom));
  }
  return mj_geom_end_row(geom);
}

/* Marks with a polygon go to checks, the others to check_points. */
static mj_status put(const mj_marks *marks, mj_park *park, mj_table_id id) {
  mj_table *t = &park->table[id], now = {0};
  mj_column *column[N_COLUMNS] = {NULL};
  mj_polys g = mj_geom_view(&marks->shape);
  bool polygons = id == MJ_CHECKS;
  int64_t more = 0, at = t->n;
  for (int64_t i = 0; i < marks->n; i++) more += (g.part0[i] < g.part0[i + 1]) == polygons;
  if (t->name && !more) return MJ_OK;
  mj_status status = reopen(&now, t, id, more, column);
  now.geom = t->geom;
  t->geom = (mj_geom){0};
  now.geom.kind = polygons ? MJ_GEOM_POLYGON : MJ_GEOM_POINT;
  for (int64_t i = 0; i < marks->n && !status; i++) {
    if ((g.part0[i] < g.part0[i + 1]) != polygons) continue;
    mj_mark m = marks->item[i];
    status = keep_all(&park->arena, &m);
    fill(column, at++, &m, park->project.lang, polygons);
    if (!status) status = polygons ? mj_geom_push_row(&now.geom, &g, i) : push_point(&now.geom, &m);
  }
  mj_table_reset(t);
  *t = now;
  return status;
}

mj_status mj_marks_put(const mj_marks *marks, mj_park *park) {
  MJ_TRY(put(marks, park, MJ_CHECKS));
  return put(marks, park, MJ_CHECK_POINTS);
}
