#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "report/run.h"

enum { LONGEST = 96 };

static bool asked_for(const mj_report_options *o, const char *stem, const char *form) {
  char name[LONGEST];
  snprintf(name, sizeof name, "%s%s", stem, form);
  for (int i = 0; i < o->n_files; i++)
    if (!strcmp(o->files[i], name)) return true;
  return false;
}

static bool ends_with(const char *name, const char *form) {
  size_t n = strlen(name), m = strlen(form);
  return n > m && !strcmp(name + n - m, form);
}

void mj_run_kinds(mj_report_options *o) {
  if (!o->n_files) {
    if (!o->geojson && !o->csv && !o->gpkg && !o->xlsx && !o->html)
      o->geojson = o->csv = o->gpkg = o->xlsx = o->html = true;
    return;
  }
  o->geojson = false;
  o->csv = true; /* the ledger always is */
  o->gpkg = asked_for(o, "mujun", ".gpkg") || asked_for(o, "mujun", ".qgs");
  o->xlsx = asked_for(o, "summary", ".xlsx");
  o->html = asked_for(o, "report", ".html");
  for (int i = 0; i < o->n_files; i++) o->geojson = o->geojson || ends_with(o->files[i], ".geojson");
}

mj_status mj_run_wanted_summaries(mj_run *run, const char *const **only, mj_error *err) {
  const mj_report_options *o = &run->options;
  int n = 0;
  *only = NULL;
  if (!o->n_files || o->gpkg || o->xlsx || o->html || run->park->n_queries) return MJ_OK;
  const char **names = mj_arena_alloc(&run->arena, (size_t)o->n_files + 2, sizeof *names);
  if (!names) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < o->n_files; i++)
    if (ends_with(o->files[i], ".csv")) {
      if (!(names[n] = mj_arena_text(&run->arena, o->files[i], strlen(o->files[i]) - 4)))
        return mj_fail(err, MJ_ENOMEM, "out of memory");
      n++;
    }
  names[n++] = "zones"; /* the layer of zones carries its sums */
  names[n] = NULL;
  *only = names;
  return MJ_OK;
}

/* True where the text of a rulebook, or of a fact of the project, names the table. */
static bool rules_name(const mj_park *park, const char *table) {
  for (int32_t b = 0; b < park->n_rulebooks; b++)
    for (int f = 0; f < park->rulebook_facts[b].n_files; f++)
      if (strstr(park->rulebook_facts[b].files[f].text, table)) return true;
  for (int32_t i = 0; i < park->project.n_facts; i++)
    if (strstr(park->project.facts[i].sql, table)) return true;
  return false;
}

/* True where a summary reads the table; which of them are run is not asked. */
static bool summaries_name(const char *table) {
  for (const mj_embedded *file = mj_embedded_sql; file->name; file++)
    if (strstr(file->text, table)) return true;
  return false;
}

void mj_run_wants(mj_park *park, const mj_report_options *options) {
  static const mj_table_id long_ones[] = {MJ_REASONS, MJ_ENTERPRISE_REASONS, MJ_BREAKPOINTS, MJ_ENTERPRISE_SERIES};
  mj_report_options o = *options;
  mj_run_kinds(&o);
  for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++) {
    const char *name = mj_table_id_name(long_ones[i]);
    bool csv = o.csv && (!o.n_files || asked_for(&o, name, ".csv"));
    park->unread[long_ones[i]] = !csv && !o.gpkg && !o.xlsx && !o.html && !o.pdf && !park->n_queries &&
                                 !rules_name(park, name) && !summaries_name(name);
  }
}

static bool is_there(const mj_run *run, const char *name) {
  if (!strcmp(name, "mujun.gpkg") || !strcmp(name, "mujun.qgs") || !strcmp(name, "summary.xlsx") ||
      !strcmp(name, "report.html") || !strcmp(name, "ledger.csv"))
    return true;
  for (int i = 0; i < run->n; i++) {
    const mj_item *item = &run->item[i];
    const char *stem = item->sheet.name;
    size_t n = strlen(stem);
    if (strncmp(name, stem, n) != 0) continue;
    if (((item->to & MJ_TO_CSV) && !strcmp(name + n, ".csv")) ||
        ((item->to & MJ_TO_GEOJSON) && !strcmp(name + n, ".geojson")))
      return true;
  }
  return false;
}

static mj_status refuse(const mj_run *run, const char *name, mj_error *err) {
  mj_text known = {0};
  for (int i = 0; i < run->n; i++) {
    const mj_item *item = &run->item[i];
    if (item->to & MJ_TO_GEOJSON) mj_text_format(&known, "%s.geojson, ", item->sheet.name);
    if (item->to & MJ_TO_CSV) mj_text_format(&known, "%s.csv, ", item->sheet.name);
  }
  mj_text_add(&known, "mujun.gpkg, mujun.qgs, summary.xlsx, report.html");
  mj_status s =
      mj_fail(err, MJ_EINVAL, "this run writes no file '%s'; there are %s", name, known.failed ? "" : known.data);
  mj_text_reset(&known);
  return s;
}

mj_status mj_run_keep_files(mj_run *run, mj_error *err) {
  const mj_report_options *o = &run->options;
  for (int i = 0; i < o->n_files; i++)
    if (!is_there(run, o->files[i])) return refuse(run, o->files[i], err);
  for (int i = 0; i < run->n && o->n_files; i++) {
    mj_item *item = &run->item[i];
    if (!asked_for(o, item->sheet.name, ".geojson")) item->to &= ~MJ_TO_GEOJSON;
    if (!asked_for(o, item->sheet.name, ".csv") && strcmp(item->sheet.name, "ledger") != 0) item->to &= ~MJ_TO_CSV;
  }
  return MJ_OK;
}
