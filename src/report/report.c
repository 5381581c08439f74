#include <stdio.h>
#include <string.h>

#include "report/run.h"
#include "report/write.h"

mj_status mj_report_ready(const mj_report_options *options, mj_error *err) {
  return mj_folder_check(options->out_dir, options->overwrite, err);
}

static mj_status write_geojson(mj_run *run, mj_item *item, mj_error *err) {
  char name[96];
  const double *lon_deg, *lat_deg;
  mj_out_file *file;
  mj_sink sink;
  snprintf(name, sizeof name, "%s.geojson", item->sheet.name);
  MJ_TRY(mj_shapes_lonlat(run->park, item->sheet.table, &run->arena, &lon_deg, &lat_deg, err));
  MJ_TRY(mj_folder_add(&run->folder, name, &file, err));
  MJ_TRY(mj_sink_open(&sink, file->temp, file->path, err));
  mj_status s =
      mj_geojson_write(&sink, &item->sheet, lon_deg, lat_deg, run->options.decimals, run->park->project.threads, err);
  file->rows = item->sheet.n;
  file->bytes = sink.bytes;
  if (!s) return mj_sink_close(&sink, run->folder.sync, err);
  mj_sink_drop(&sink);
  return s;
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
    if (!s) s = mj_sink_text(file->temp, file->path, &qml, run->folder.sync, &file->bytes, err);
  }
  mj_text_reset(&qml);
  return s;
}

static mj_status write_csv(mj_run *run, mj_item *item, mj_error *err) {
  char name[96];
  mj_out_file *file;
  mj_sink sink;
  bool ledger = !strcmp(item->sheet.name, "ledger");
  snprintf(name, sizeof name, ledger ? "%s.csv" : "tables/%s.csv", item->sheet.name);
  MJ_TRY(mj_folder_add(&run->folder, name, &file, err));
  MJ_TRY(mj_sink_open(&sink, file->temp, file->path, err));
  mj_status s = mj_csv_write(&sink, &item->sheet, run->lang, run->park->project.threads, err);
  file->rows = item->sheet.n;
  file->bytes = sink.bytes;
  if (!s) return mj_sink_close(&sink, run->folder.sync, err);
  mj_sink_drop(&sink);
  return s;
}

static mj_status write_gpkg(mj_run *run, mj_error *err) {
  char day[11], date[40];
  mj_out_file *file;
  mj_date_format(run->park->project.as_of, day);
  snprintf(date, sizeof date, "%sT00:00:00.000Z", day);
  MJ_TRY(mj_folder_add(&run->folder, "mujun.gpkg", &file, err));
  MJ_TRY(mj_run_gpkg(run, file->temp, date, err));
  return mj_sink_settle(file->temp, file->path, run->folder.sync, &file->bytes, err);
}

static mj_status write_xlsx(mj_run *run, mj_error *err) {
  mj_out_file *file;
  mj_book *book = NULL;
  const mj_line *line;
  int n;
  const char *title = run->park->project.name ? run->park->project.name : "mujun";
  MJ_TRY(mj_run_overview(run, &line, &n, err));
  MJ_TRY(mj_folder_add(&run->folder, "summary.xlsx", &file, err));
  MJ_TRY(mj_book_open(file->temp, file->path, title, run->park->project.as_of, run->lang, &book, err));
  mj_status s = mj_book_lines(book, run->lang == MJ_ZH ? "总览" : "Overview", line, n, err);
  for (int i = 0; i < run->n && !s; i++)
    if (run->item[i].to & MJ_TO_XLSX) s = mj_book_sheet(book, &run->item[i].sheet, err);
  if (!s) return mj_book_close(book, run->folder.sync, &file->bytes, err);
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
  mj_text_add(&text, "]\n}\n");
  mj_status s = mj_folder_add(&run->folder, "timings.json", &file, err);
  if (!s) {
    file->exempt = true;
    s = mj_sink_text(file->temp, file->path, &text, run->folder.sync, &file->bytes, err);
  }
  mj_text_reset(&text);
  return s;
}

static mj_status write_manifest(mj_run *run, mj_error *err) {
  mj_out_file *file;
  mj_text text = {0};
  mj_status s = mj_folder_add(&run->folder, "manifest.json", &file, err);
  if (!s) s = mj_run_manifest(run, &text, err);
  if (!s) s = mj_sink_text(file->temp, file->path, &text, run->folder.sync, &file->bytes, err);
  mj_text_reset(&text);
  return s;
}

static mj_status write_all(mj_run *run, mj_progress *progress, mj_error *err) {
  mj_progress_stage(progress, "writing GeoJSON");
  for (int i = 0; i < run->n && run->options.geojson; i++) {
    if (!(run->item[i].to & MJ_TO_GEOJSON)) continue;
    MJ_TRY(write_geojson(run, &run->item[i], err));
    MJ_TRY(write_style(run, &run->item[i], err));
  }
  mj_progress_stage(progress, "writing tables");
  for (int i = 0; i < run->n && run->options.csv; i++)
    if (run->item[i].to & MJ_TO_CSV) MJ_TRY(write_csv(run, &run->item[i], err));
  if (run->options.gpkg) {
    mj_progress_stage(progress, "writing GeoPackage");
    MJ_TRY(write_gpkg(run, err));
  }
  if (run->options.xlsx) {
    mj_progress_stage(progress, "writing workbook");
    MJ_TRY(write_xlsx(run, err));
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
  if (!o->geojson && !o->csv && !o->gpkg && !o->xlsx) o->geojson = o->csv = o->gpkg = o->xlsx = true;
  if (o->decimals < 1) o->decimals = 8;
  if (o->decimals > 12) o->decimals = 12;
  run.folder.dir = o->out_dir;
  run.folder.overwrite = o->overwrite;
  run.folder.sync = !o->no_sync;
  mj_run_id(park, o, run.folder.run_id);
  mj_progress_stage(&park->progress, "summaries");
  mj_status s = mj_folder_check(o->out_dir, o->overwrite, err);
  if (!s) s = mj_run_prepare(&run, err);
  if (!s) s = mj_folder_open(&run.folder, err);
  if (!s) s = write_all(&run, &park->progress, err);
  if (s) show_final(&run.folder, err);
  mj_run_reset(&run);
  return s;
}
