#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/parallel.h"
#include "report/front.h"
#include "report/html.h"
#include "report/project.h"
#include "report/run.h"
#include "report/write.h"

mj_status mj_report_ready(const mj_report_options *options, mj_error *err) {
  return mj_folder_check(options->out_dir, options->overwrite, err);
}

/* A text file of the run that is open. */
typedef struct {
  mj_out_file *file;
  mj_sink sink;
} outlet;

static mj_status open_outlet(mj_run *run, const mj_sheet *sheet, const char *form, outlet *out, mj_error *err) {
  char name[96];
  snprintf(name, sizeof name, "%s%s%s", !strcmp(form, ".csv") && strcmp(sheet->name, "ledger") != 0 ? "tables/" : "",
           sheet->name, form);
  MJ_TRY(mj_folder_add(&run->folder, name, &out->file, err));
  MJ_TRY(mj_sink_open(&out->sink, out->file->temp, out->file->path, err));
  out->file->rows = sheet->n;
  return MJ_OK;
}

static mj_status close_outlet(outlet *out, mj_status s, mj_error *err) {
  if (!out->file || out->sink.fd < 0) return s;
  out->file->bytes = out->sink.bytes;
  if (!s) return mj_sink_close(&out->sink, err);
  mj_sink_drop(&out->sink);
  return s;
}

static bool all_rows_of(const mj_item *whole, const mj_item *some) {
  return !whole->sheet.rows && some->sheet.rows && whole->sheet.table == some->sheet.table &&
         whole->sheet.n_columns == some->sheet.n_columns;
}

/* The item that has some rows of this one and the same columns, or the one that has all of its: they are written
 * together. */
static mj_item *companion(mj_run *run, const mj_item *item, int to) {
  if (to == MJ_TO_CSV && item->ranked) return NULL;
  for (int i = 0; i < run->n; i++) {
    mj_item *other = &run->item[i];
    if (to == MJ_TO_CSV && other->ranked) continue;
    if ((other->to & to) && (all_rows_of(item, other) || all_rows_of(other, item))) return other;
  }
  return NULL;
}

static mj_status write_rows(mj_run *run, mj_item *item, int to, mj_error *err) {
  const mj_park *park = run->park;
  const char *form = to == MJ_TO_CSV ? ".csv" : ".geojson";
  outlet out = {.sink = {.fd = -1}}, also = {.sink = {.fd = -1}};
  mj_item *other = companion(run, item, to);
  if (other && item->sheet.rows) return MJ_OK; /* it goes along with the item that has all rows */
  mj_sheet sheet = item->sheet;
  if (to == MJ_TO_CSV && item->ranked) sheet.rows = item->ranked;
  mj_twin twin = {&also.sink, other ? &other->sheet : NULL};
  const double *lon_deg = NULL, *lat_deg = NULL;
  if (to == MJ_TO_GEOJSON) MJ_TRY(mj_shapes_lonlat(park, item->sheet.table, &run->arena, &lon_deg, &lat_deg, err));
  mj_status s = open_outlet(run, &sheet, form, &out, err);
  if (!s && other) s = open_outlet(run, &other->sheet, form, &also, err);
  if (!s && to == MJ_TO_CSV)
    s = mj_csv_write(&out.sink, &sheet, other ? &twin : NULL, run->lang, park->project.threads, err);
  else if (!s)
    s = mj_geojson_write(&out.sink, &sheet, other ? &twin : NULL, lon_deg, lat_deg, run->options.decimals,
                         park->project.threads, err);
  s = close_outlet(&out, s, err);
  return close_outlet(&also, s, err);
}

/* QGIS takes the style that stands beside a GeoJSON by itself. */
static mj_status write_style(mj_run *run, mj_item *item, mj_error *err) {
  char name[96];
  mj_out_file *file;
  mj_text qml = {0};
  mj_status s = MJ_OK;
  snprintf(name, sizeof name, "%s.qml", item->sheet.name);
  if (mj_style_make(&item->sheet, run->lang, &qml)) {
    s = mj_folder_add(&run->folder, name, &file, err);
    if (!s) s = mj_sink_text(file->temp, file->path, &qml, &file->bytes, err);
  }
  mj_text_reset(&qml);
  return s;
}

/* The day that files are stamped with; a check of data may have none, and today's would change the bytes. */
static int32_t stamp(const mj_run *run) {
  int32_t day = run->park->project.as_of;
  return !day || day == MJ_DATE_NULL ? mj_date_from_ymd(2000, 1, 1) : day;
}

/* The GeoPackage is the work of one thread, as SQLite has it: it goes on beside the other files. */
typedef struct {
  const mj_run *run;
  mj_out_file *file;
  bool wanted, started;
  pthread_t thread;
  mj_status status;
  mj_error err;
} beside;

static void *write_gpkg(void *arg) {
  beside *b = arg;
  char day[11], date[40];
  mj_date_format(stamp(b->run), day);
  snprintf(date, sizeof date, "%sT00:00:00.000Z", day);
  b->status = mj_run_gpkg(b->run, b->file->temp, date, &b->err);
  if (!b->status) b->status = mj_sink_settle(b->file->temp, b->file->path, &b->file->bytes, &b->err);
  return NULL;
}

static mj_status start_gpkg(mj_run *run, beside *b, mj_error *err) {
  *b = (beside){.run = run, .wanted = run->options.gpkg, .err = {.lang = err ? err->lang : MJ_EN}};
  if (!b->wanted) return MJ_OK;
  MJ_TRY(mj_folder_add(&run->folder, "mujun.gpkg", &b->file, err));
  b->started = mj_threads(run->park->project.threads) > 1 && !pthread_create(&b->thread, NULL, write_gpkg, b);
  return MJ_OK;
}

/* Waits for it, or writes it now; with @p s, what went wrong meanwhile, it is only waited for. */
static mj_status end_gpkg(beside *b, mj_status s, mj_error *err) {
  if (b->started) pthread_join(b->thread, NULL);
  else if (b->wanted && !s) write_gpkg(b);
  if (s || !b->status) return s;
  if (err) *err = b->err;
  return b->status;
}

/* mujun.qgs points at mujun.gpkg beside it. */
static mj_status write_project(mj_run *run, mj_error *err) {
  mj_out_file *file;
  mj_text text = {0};
  mj_status s = mj_folder_add(&run->folder, "mujun.qgs", &file, err);
  if (!s) s = mj_run_project(run, &text, err);
  if (!s) s = mj_sink_text(file->temp, file->path, &text, &file->bytes, err);
  mj_text_reset(&text);
  return s;
}

static mj_status write_sheets(mj_run *run, mj_book *book, mj_error *err) {
  mj_tab tab[MJ_MAX_ITEMS + 1];
  const mj_line *line;
  int n_lines, n = mj_front_tabs(run, tab);
  const char *parcels = NULL; /* the sheet that has every row of the table */
  for (int i = 0; i < n; i++)
    if (!strcmp(tab[i].name, "parcels") && !tab[i].item->sheet.rows) parcels = tab[i].title;
  MJ_TRY(mj_run_overview(run, &line, &n_lines, err));
  MJ_TRY(mj_front_write(run, book, tab, n, err));
  for (int i = 0; i < n; i++) {
    bool listed = !strcmp(tab[i].name, "candidates");
    mj_links links = {.column = parcels ? "parcel_id" : NULL,
                      .sheet = parcels,
                      .page_column = run->options.html ? "candidate_rank" : NULL};
    mj_sheet sheet = tab[i].item ? tab[i].item->sheet : (mj_sheet){0};
    if (tab[i].item && tab[i].item->ranked) sheet.rows = tab[i].item->ranked;
    if (tab[i].item) MJ_TRY(mj_book_sheet(book, &sheet, listed ? &links : NULL, err));
    else MJ_TRY(mj_book_lines(book, tab[i].title, line, n_lines, err));
  }
  return MJ_OK;
}

static mj_status write_xlsx(mj_run *run, mj_error *err) {
  mj_out_file *file;
  mj_book *book = NULL;
  const char *title = run->park->project.name ? run->park->project.name : "mujun";
  MJ_TRY(mj_folder_add(&run->folder, "summary.xlsx", &file, err));
  MJ_TRY(mj_book_open(file->temp, file->path, title, stamp(run), run->lang, run->park->project.threads, &book, err));
  mj_status s = write_sheets(run, book, err);
  if (!s) return mj_book_close(book, &file->bytes, err);
  mj_book_drop(book);
  return s;
}

static mj_status write_timings(mj_run *run, mj_progress *progress, mj_error *err) {
  mj_out_file *file;
  mj_text text = {0};
  mj_progress_stage(progress, NULL);
  mj_text_add(&text, "{\n  \"stages\": [");
  for (int i = 0; i < progress->n_stages; i++) {
    mj_text_add(&text, i ? ",\n    {\"stage\": " : "\n    {\"stage\": ");
    mj_text_json(&text, progress->stage[i].name);
    mj_text_format(&text, ", \"seconds\": %.6f}", progress->stage[i].seconds);
  }
  mj_text_add(&text, "],\n  \"beside\": [");
  for (int i = 0; i < progress->n_beside; i++) {
    mj_text_add(&text, i ? ",\n    {\"stage\": " : "\n    {\"stage\": ");
    mj_text_json(&text, progress->beside[i].name);
    mj_text_format(&text, ", \"seconds\": %.6f}", progress->beside[i].seconds);
  }
  mj_text_add(&text, "]\n}\n");
  mj_status s = mj_folder_add(&run->folder, "timings.json", &file, err);
  if (!s) {
    file->exempt = true;
    s = mj_sink_text(file->temp, file->path, &text, &file->bytes, err);
  }
  mj_text_reset(&text);
  return s;
}

static mj_status write_manifest(mj_run *run, mj_error *err) {
  mj_out_file *file;
  mj_text text = {0};
  mj_status s = mj_folder_add(&run->folder, "manifest.json", &file, err);
  if (!s) s = mj_run_manifest(run, &text, err);
  if (!s) s = mj_sink_text(file->temp, file->path, &text, &file->bytes, err);
  mj_text_reset(&text);
  return s;
}

static mj_status write_others(mj_run *run, mj_progress *progress, mj_error *err) {
  mj_progress_stage(progress, "writing GeoJSON");
  for (int i = 0; i < run->n && run->options.geojson; i++) {
    if (!(run->item[i].to & MJ_TO_GEOJSON)) continue;
    MJ_TRY(write_rows(run, &run->item[i], MJ_TO_GEOJSON, err));
    MJ_TRY(write_style(run, &run->item[i], err));
  }
  mj_progress_stage(progress, "writing tables");
  for (int i = 0; i < run->n && run->options.csv; i++)
    if (run->item[i].to & MJ_TO_CSV) MJ_TRY(write_rows(run, &run->item[i], MJ_TO_CSV, err));
  if (run->options.xlsx) {
    mj_progress_stage(progress, "writing workbook");
    MJ_TRY(write_xlsx(run, err));
  }
  if (run->options.html) {
    mj_progress_stage(progress, "writing report");
    MJ_TRY(mj_html_write(run, err));
  }
  return MJ_OK;
}

static mj_status write_all(mj_run *run, mj_progress *progress, mj_error *err) {
  beside gpkg;
  MJ_TRY(start_gpkg(run, &gpkg, err));
  mj_status s = write_others(run, progress, err);
  if (gpkg.wanted) mj_progress_stage(progress, "writing GeoPackage");
  MJ_TRY(end_gpkg(&gpkg, s, err));
  if (gpkg.wanted) MJ_TRY(write_project(run, err));
  if (run->folder.sync) {
    mj_progress_stage(progress, "waiting for the disk");
    MJ_TRY(mj_folder_sync(&run->folder, err));
  }
  MJ_TRY(write_timings(run, progress, err));
  MJ_TRY(write_manifest(run, err));
  MJ_TRY(mj_folder_spare(&run->folder, run->park, err));
  return mj_folder_commit(&run->folder, err);
}

/* A person knows the file by its own name, not by the one it is written under. */
static void show_final(const mj_folder *folder, mj_error *err) {
  for (int i = 0; err && i < folder->n; i++) {
    const char *temp = folder->file[i].temp, *path = folder->file[i].path;
    char *at = temp ? strstr(err->message, temp) : NULL;
    if (!at || strlen(path) > strlen(temp)) continue;
    memmove(at + strlen(path), at + strlen(temp), strlen(at + strlen(temp)) + 1);
    memcpy(at, path, strlen(path));
  }
}

mj_status mj_report(mj_park *park, const mj_report_options *options, mj_error *err) {
  mj_run run = {.park = park, .options = *options, .lang = park->project.lang, .folder = {.lock = -1}};
  mj_report_options *o = &run.options;
  mj_run_kinds(o);
  if (o->checks_only || o->fit_only) o->html = o->pdf = false; /* the page is about a whole analysis */
  if (o->pdf) o->html = true;
  if (!o->geojson && !o->csv && !o->gpkg && !o->xlsx && !o->html)
    return mj_fail(err, MJ_EINVAL, "report.html is about a whole analysis: mujun analyze writes it");
  if (o->geojson && park->frame.no_wgs84) { /* CRS_SHIFT_MISSING has said it */
    if (o->n_files || (!o->csv && !o->gpkg && !o->xlsx && !o->html))
      return mj_fail(err, MJ_ECRS,
                     "GeoJSON is in WGS 84, and no datum shift from '%s' is known; give its parameters in park.yaml "
                     "(datum_shift: [dx, dy, dz, rx, ry, rz, s])",
                     park->frame.source_name);
    o->geojson = false;
  }
  if (o->decimals < 1) o->decimals = 8;
  if (o->decimals > 12) o->decimals = 12;
  run.folder.dir = o->out_dir;
  run.folder.overwrite = o->overwrite;
  run.folder.sync = !o->no_sync;
  mj_run_id(park, o, run.folder.run_id);
  mj_progress_stage(&park->progress, "summaries");
  mj_status s = mj_folder_check(o->out_dir, o->overwrite, err);
  if (!s) s = mj_run_prepare(&run, err);
  if (!s) s = mj_run_keep_files(&run, err);
  if (!s) s = mj_folder_open(&run.folder, err);
  if (!s) s = write_all(&run, &park->progress, err);
  if (s) show_final(&run.folder, err);
  mj_run_reset(&run);
  return s;
}
