#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_txt.h"

static mj_status read_cells(mj_reading *r, const mj_txt_plot *plot, int64_t row) {
  for (int c = 0; c < r->n_columns; c++) {
    const char *cell = r->field[c] < plot->n_cells ? plot->cell[r->field[c]] : NULL;
    if (cell) MJ_TRY(mj_reading_text(r, c, cell, strlen(cell), row));
  }
  return MJ_OK;
}

/* Files count the points of a plot with the closing ones or without. */
static mj_status check_count(mj_reading *r, const mj_txt_plot *plot, const mj_txt_shape *shape, int64_t row) {
  mj_lang lang = r->options->lang;
  const char *said = plot->cell[MJ_TXT_COUNT];
  long long declared = said ? strtoll(said, NULL, 10) : 0;
  char found[48], expected[48];
  if (declared <= 0 || (declared <= plot->n_points && declared >= plot->n_points - shape->closings)) return MJ_OK;
  snprintf(found, sizeof found, mj_tr(lang, "%lld points"), (long long)plot->n_points);
  snprintf(expected, sizeof expected, mj_tr(lang, "%lld points"), declared);
  return mj_reading_note(r, MJ_L_SOURCE_WARNING, -1, found, expected, row);
}

/* A plot with a point that cannot be read has no shape: one of the points that can be read would be another. */
static mj_status set_aside(mj_reading *r, const mj_txt_plot *plot, int64_t row) {
  char found[160];
  double ring[8];
  unsigned char wkb[13 + sizeof ring] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 4}; /* a polygon that is not finite */
  for (int i = 0; i < 8; i++) ring[i] = (double)NAN;
  memcpy(wkb + 13, ring, sizeof ring);
  snprintf(found, sizeof found, mj_tr(r->options->lang, "line %d: %s"), plot->broken_line, plot->broken);
  MJ_TRY(mj_reading_note(r, MJ_L_VALUE_UNREADABLE, -1, found, mj_tr(r->options->lang, "name, ring, X, Y"), row));
  return mj_reading_shape(r, wkb, sizeof wkb, row);
}

/* Rings that are no areas: each, or how many. */
static mj_status note_short(mj_reading *r, const mj_txt_shape *shape, int64_t row) {
  mj_lang lang = r->options->lang;
  char found[80];
  if (shape->n_short > MJ_LEDGER_FEW) {
    snprintf(found, sizeof found, mj_tr(lang, "rings of fewer points: %d"), shape->n_short);
    return mj_reading_note(r, MJ_L_SOURCE_WARNING, -1, found, mj_tr(lang, "at least 3 points"), row);
  }
  for (int k = 0; k < shape->n_short; k++) {
    snprintf(found, sizeof found, mj_tr(lang, "ring %d: %d points"), shape->too_short[k].ring,
             shape->too_short[k].points);
    MJ_TRY(mj_reading_note(r, MJ_L_SOURCE_WARNING, -1, found, mj_tr(lang, "at least 3 points"), row));
  }
  return MJ_OK;
}

static mj_status read_shape(mj_reading *r, const mj_txt_plot *plot, mj_txt_shape *shape, int64_t row) {
  if (plot->broken) return set_aside(r, plot, row);
  mj_status status = mj_txt_rings(r->file->txt->point + plot->first, plot->n_points, plot->cell[MJ_TXT_KIND], shape);
  if (status == MJ_EFORMAT)
    return mj_fail(r->err, MJ_EFORMAT, "%s: line %d: the plot has more rings than can be sorted out", r->file->path,
                   plot->line);
  if (status) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_reading_shape(r, shape->wkb, shape->n, row));
  MJ_TRY(check_count(r, plot, shape, row));
  return note_short(r, shape, row);
}

mj_status mj_read_txt(mj_reading *r) {
  const struct mj_txt *txt = r->file->txt;
  mj_txt_shape shape = {0};
  mj_status status = mj_reading_columns(r, txt->n_plots);
  r->shapes.wanted[MJ_GEOM_POLYGON] = r->options->geometry;
  for (int64_t i = 0; i < txt->n_plots && !status; i++) {
    status = read_cells(r, &txt->plot[i], i + 1);
    if (!status && r->options->geometry) status = read_shape(r, &txt->plot[i], &shape, i + 1);
    if (!status) mj_reading_end_row(r, i + 1);
    if (i % 8192 == 8191) mj_reading_step(r, i, txt->n_plots);
  }
  free(shape.wkb);
  return status;
}
