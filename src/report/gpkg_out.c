#include <string.h>

#include "gis/ogr_write.h"
#include "report/run.h"
#include "report/write.h"

static mj_status columns_of(const mj_run *run, const mj_sheet *sheet, mj_arena *arena, mj_gpkg_column **out) {
  bool ok = true;
  mj_gpkg_column *c = mj_arena_alloc(arena, (size_t)sheet->n_columns + 1, sizeof *c);
  if (!c) return MJ_ENOMEM;
  for (int i = 0; i < sheet->n_columns && ok; i++) {
    c[i].column = sheet->columns[i].column;
    c[i].name = sheet->columns[i].name;
    c[i].domain = mj_domain_text(&sheet->columns[i], run->lang, arena, &ok);
  }
  *out = c;
  return ok ? MJ_OK : MJ_ENOMEM;
}

static mj_status put_item(const mj_run *run, mj_gpkg *gpkg, const mj_item *item, mj_arena *arena, mj_error *err) {
  const mj_sheet *sheet = &item->sheet;
  const mj_frame *frame = &run->park->frame;
  const char *crs = !item->shapes ? NULL : frame->laid ? frame->source_wkt : frame->wkt;
  const double *x = NULL, *y = NULL;
  mj_gpkg_column *columns = NULL;
  if (columns_of(run, sheet, arena, &columns)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (item->shapes) MJ_TRY(mj_shapes_delivered(run->park, sheet->table, arena, &x, &y, err));
  return mj_gpkg_layer(gpkg, item->gpkg, sheet->table, sheet->rows, sheet->n, crs, x, y, columns, sheet->n_columns,
                       err);
}

static mj_status put_style(const mj_run *run, mj_gpkg *gpkg, const mj_item *item, const mj_theme_fact *theme,
                           bool standard, const char *date, mj_error *err) {
  mj_text qml = {0};
  mj_status s = MJ_OK;
  const char *title = run->lang == MJ_ZH ? theme->zh : theme->en;
  if (mj_style_theme(theme, &item->sheet, run->lang, &qml))
    s = qml.failed ? mj_fail(err, MJ_ENOMEM, "out of memory")
                   : mj_gpkg_style(gpkg, item->gpkg, title, qml.data, date, standard, err);
  mj_text_reset(&qml);
  return s;
}

/* Every theme of a layer that fits it, and the one it opens with, which is marked. */
static mj_status put_styles(const mj_run *run, mj_gpkg *gpkg, const char *date, mj_error *err) {
  int n;
  const mj_theme_fact *theme = mj_theme_facts(&n);
  for (int i = 0; i < run->n; i++) {
    const mj_item *item = &run->item[i];
    if (!(item->to & MJ_TO_GPKG) || !item->shapes) continue;
    const mj_theme_fact *standard = mj_theme_default(&item->sheet);
    for (int k = 0; k < n; k++)
      if (&theme[k] == standard || mj_theme_fits(&theme[k], &item->sheet))
        MJ_TRY(put_style(run, gpkg, item, &theme[k], &theme[k] == standard, date, err));
  }
  return MJ_OK;
}

mj_status mj_run_gpkg(const mj_run *run, const char *path, const char *date, mj_error *err) {
  mj_gpkg *gpkg = NULL;
  mj_arena arena = {0};
  MJ_TRY(mj_gpkg_create(path, date, &gpkg, err));
  mj_status s = mj_gpkg_note(gpkg, "mujun_run_id", run->folder.run_id, err);
  for (int shapes = 1; shapes >= 0; shapes--) /* layers first: QGIS lists them in this order */
    for (int i = 0; i < run->n && !s; i++)
      if ((run->item[i].to & MJ_TO_GPKG) && run->item[i].shapes == shapes)
        s = put_item(run, gpkg, &run->item[i], &arena, err);
  if (!s) s = put_styles(run, gpkg, date, err);
  mj_status closed = mj_gpkg_close(gpkg, s ? NULL : err);
  mj_arena_reset(&arena);
  return s ? s : closed;
}
