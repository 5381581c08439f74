#include <string.h>
#include <strings.h>

#include "base/keymap.h"
#include "report/queries.h"
#include "report/run.h"
#include "report/views.h"

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

/* One more sheet of one or two tables of equal length; layer names its columns
 * in columns.def. */
static mj_status add(mj_run *run, const char *name, const char *layer, const char *title_zh, const char *title_en,
                     const mj_table *table, const mj_table *beside, int to, const char *gpkg, mj_item **out,
                     mj_error *err) {
  if (run->n == MJ_MAX_ITEMS) return mj_fail(err, MJ_EINVAL, "more than %d output tables", MJ_MAX_ITEMS);
  mj_item *item = &run->item[run->n++];
  const mj_table *tables[2] = {table, beside};
  *item = (mj_item){.to = to, .gpkg = gpkg};
  item->sheet.name = name;
  item->sheet.title = run->lang == MJ_ZH ? title_zh : title_en;
  item->shapes = (to & MJ_TO_GPKG) && table->geom.n == table->n && table->geom.kind != MJ_GEOM_NONE;
  if (!item->shapes) item->to &= ~MJ_TO_GEOJSON;
  if (out) *out = item;
  return mj_sheet_make(&item->sheet, layer, beside ? 2 : 1, tables, &run->words, &run->arena, err);
}

/* Rows for which keep() holds, in order. */
static mj_status pick(mj_run *run, mj_item *item, bool (*keep)(const mj_run *run, int64_t row), mj_error *err) {
  int64_t n = 0, *rows = mj_arena_alloc(&run->arena, (size_t)item->sheet.n + 1, sizeof *rows);
  if (!rows) return no_memory(err);
  for (int64_t i = 0; i < item->sheet.n; i++)
    if (keep(run, i)) rows[n++] = i;
  item->sheet.rows = rows;
  item->sheet.n = n;
  return MJ_OK;
}

/* Leave out the columns that were worked out for the run's year. */
static void keep_delivered(mj_item *item) {
  mj_sheet *sheet = &item->sheet;
  int n_facts, n = 0;
  const mj_column_fact *fact = mj_column_facts(&n_facts);
  for (int c = 0; c < sheet->n_columns; c++) {
    bool made = false;
    for (int i = 0; i < n_facts; i++)
      made = made || (sheet->columns[c].ours && !strcmp(fact[i].layer, "enterprises") &&
                      !strcmp(fact[i].name, sheet->columns[c].column->name) && strcmp(fact[i].room, "intake") != 0);
    if (!made) sheet->columns[n++] = sheet->columns[c];
  }
  sheet->n_columns = n;
}

static bool is_candidate(const mj_run *run, int64_t row) {
  const uint8_t *candidate = mj_table_tri(&run->park->table[MJ_PARCELS], "candidate");
  return candidate && candidate[row] == MJ_YES;
}

/* The rows of candidates as they are ranked, for tables that people read; a map has no order. */
static mj_status put_in_order(mj_run *run, mj_item *item, mj_error *err) {
  const int64_t *rank = mj_table_i64(&run->park->table[MJ_PARCELS], "candidate_rank");
  if (!rank) return MJ_OK;
  int64_t *rows = mj_arena_alloc(&run->arena, (size_t)item->sheet.n + 1, sizeof *rows);
  if (!rows) return no_memory(err);
  for (int64_t i = 0; i < item->sheet.n; i++) rows[rank[item->sheet.rows[i]] - 1] = item->sheet.rows[i];
  item->ranked = rows;
  return MJ_OK;
}

static bool is_of_year(const mj_run *run, int64_t row) { return mj_is_of_year(run->park, row); }

/* The summary's columns beside the rows of the zone layer, by name; rows of one
 * name share them. */
static mj_status zone_sums(mj_run *run, mj_error *err) {
  const mj_table *zones = &run->park->table[MJ_ZONES], *sums = mj_summaries_find(&run->summaries, "zones");
  const char **name = mj_table_text(zones, "zone"), **key = sums ? mj_table_text(sums, "zone") : NULL;
  mj_keymap map = {0};
  mj_status s = mj_table_init(&run->zone_sums, "zones", zones->n);
  for (int64_t i = 0; !s && key && i < sums->n; i++) {
    int32_t number;
    if (key[i] && mj_keymap_find(&map, key[i]) < 0) s = mj_keymap_add(&map, key[i], (int32_t)i, &number);
  }
  for (int c = 0; !s && key && name && c < sums->n_columns; c++) {
    const mj_column *from = sums->columns[c];
    if (!strcmp(from->name, "zone") || (from->type != MJ_F64 && from->type != MJ_I64)) continue;
    mj_column *to = mj_table_add(&run->zone_sums, from->name, from->type);
    if (!to) s = MJ_ENOMEM;
    for (int64_t i = 0; !s && i < zones->n; i++) {
      int32_t at = name[i] ? mj_keymap_find(&map, name[i]) : -1;
      if (at >= 0 && from->type == MJ_F64) to->f64[i] = from->f64[map.first[at]];
      if (at >= 0 && from->type == MJ_I64) to->i64[i] = from->i64[map.first[at]];
    }
  }
  mj_keymap_reset(&map);
  return s ? no_memory(err) : MJ_OK;
}

static const char *summary_title(const mj_park *park, const char *name, mj_lang lang) {
  static const struct {
    const char *name, *zh, *en;
  } title[] = {{"zones", "片区", "Zones"},
               {"status", "状态", "Status"},
               {"zone_status", "片区状态", "Status by zone"},
               {"land_use", "用地", "Land use"},
               {"candidate_kinds", "候选类别", "Candidate kinds"},
               {"grade_classes", "分类汇总", "Grade classes"},
               {"industries", "行业", "Industries"},
               {"owner_types", "权利人类型", "Owner types"},
               {"sizes", "用地规模", "Land sizes"},
               {"verdicts", "判定汇总", "Verdicts"},
               {"years", "历年", "Years"},
               {"composition", "产业构成", "Composition"},
               {"factory_use", "厂房利用", "Factory use"},
               {"factory_vacancy", "厂房空置", "Factory vacancy"},
               {"project_batches", "四个一批", "Project batches"},
               {"fit_zones", "可建方案汇总", "Fit by zone"},
               {"fit_constraints", "可建方案制约", "Fit by constraint"},
               {"fit_caps", "容积率与可建能力", "Caps and capacity"},
               {"fit_targets", "可建方案与目标", "Fit and targets"},
               {"contract_compliance", "合同履约", "Contract compliance"}};
  for (size_t i = 0; i < sizeof title / sizeof *title; i++)
    if (!strcmp(title[i].name, name)) return lang == MJ_ZH ? title[i].zh : title[i].en;
  for (int i = 0; i < park->n_queries; i++)
    if (!strcmp(park->queries[i].name, name)) return park->queries[i].title;
  return name;
}

/* The user's title may be one of ours. */
static mj_status check_titles(const mj_run *run, mj_error *err) {
  for (int q = 0; q < run->park->n_queries; q++)
    for (int i = 0; i < run->n; i++) {
      const mj_own_query *query = &run->park->queries[q];
      const mj_sheet *sheet = &run->item[i].sheet;
      if (!strcmp(sheet->name, query->name) || strcasecmp(sheet->title, query->title) != 0) continue;
      mj_fail(err, MJ_EFORMAT, "the title '%s' is taken", query->title);
      return mj_query_blame(query, mj_query_title_at(query), MJ_EFORMAT, err);
    }
  return MJ_OK;
}

static mj_status add_summaries(mj_run *run, mj_error *err) {
  for (int k = 0; k < 2; k++) /* the zones come first */
    for (int i = 0; i < run->summaries.n; i++) {
      const mj_table *t = &run->summaries.table[i];
      if (!strcmp(t->name, "zones") != !k) continue;
      const char *gpkg = mj_arena_format(&run->arena, "summary_%s", t->name),
                 *title = summary_title(run->park, t->name, run->lang);
      if (!gpkg) return no_memory(err);
      MJ_TRY(add(run, t->name, t->name, title, title, t, NULL, MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG, gpkg, NULL, err));
    }
  return MJ_OK;
}

static mj_status add_codes(mj_run *run, mj_error *err) {
  if (mj_ledger_codes(run->park, run->lang, &run->ledger_codes)) return no_memory(err);
  return add(run, "ledger_codes", "ledger_codes", "台账汇总", "Findings by code", &run->ledger_codes, NULL,
             MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG, "ledger_codes", NULL, err);
}

static mj_status add_ledger(mj_run *run, mj_error *err) {
  MJ_TRY(mj_run_ledger(run, err));
  return add(run, "ledger", "ledger", "数据质量台账", "Ledger", &run->ledger, NULL, MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG,
             "ledger", NULL, err);
}

/* Candidates repeat the columns of parcels, and the zone layer those of its
 * summary: they need no lines of their own. */
static bool explained(const mj_item *item) {
  return strcmp(item->sheet.name, "candidates") != 0 && !(item->to & MJ_TO_GEOJSON && !(item->to & MJ_TO_CSV));
}

static mj_status add_fields(mj_run *run, mj_error *err) {
  int64_t n = 0, at = 0;
  for (int i = 0; i < run->n; i++) n += explained(&run->item[i]) ? run->item[i].sheet.n_columns : 0;
  mj_table *t = &run->fields;
  if (mj_table_init(t, "fields", n)) return no_memory(err);
  mj_column *table = mj_table_add(t, "table_name", MJ_TEXT), *field = mj_table_add(t, "field", MJ_TEXT),
            *label = mj_table_add(t, "label", MJ_TEXT), *unit = mj_table_add(t, "unit", MJ_TEXT),
            *about = mj_table_add(t, "about", MJ_TEXT);
  if (!table || !field || !label || !unit || !about) return no_memory(err);
  for (int i = 0; i < run->n; i++) {
    const mj_sheet *sheet = &run->item[i].sheet;
    const char *called = mj_arena_format(&run->arena, "%s %s", sheet->title, sheet->name);
    if (!called) return no_memory(err);
    for (int c = 0; explained(&run->item[i]) && c < sheet->n_columns; c++, at++) {
      const mj_out_column *column = &sheet->columns[c];
      table->text[at] = run->lang == MJ_ZH ? called : sheet->name;
      field->text[at] = column->name;
      label->text[at] = column->label;
      if (*column->unit) unit->text[at] = column->unit;
      if (*column->about) about->text[at] = column->about;
    }
  }
  return add(run, "fields", "fields", "字段说明", "Fields", t, NULL, MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG, "fields",
             NULL, err);
}

/* More rows than anybody reads in a workbook take it minutes to open; the CSV files and the GeoPackage have them all.
 */
enum { MAX_ROWS_IN_BOOK = 20000 };

static mj_status add_rulebooks(mj_run *run, mj_error *err) {
  MJ_TRY(mj_run_rulebooks(run, err));
  return add(run, "rulebook_files", "rulebook_files", "规则集原文", "Rulebooks", &run->rulebooks, NULL, MJ_TO_GPKG,
             "rulebook_files", NULL, err);
}

/* Several rows an enterprise or parcel: left out of the workbook where they are very many. */
static bool in_bulk(mj_table_id id) {
  return id == MJ_GRADES || id == MJ_BREAKPOINTS || id == MJ_OCCUPANCY_SHARES || id == MJ_ATTRIBUTIONS ||
         id == MJ_OVER_LEASES || id == MJ_FIT_OPTIONS || id == MJ_ATTRIBUTION_GRADES || id == MJ_ENTERPRISE_SERIES;
}

/* Tables of the park as they are. */
static mj_status add_plain(mj_run *run, mj_error *err) {
  static const struct {
    mj_table_id id;
    const char *zh, *en;
    int to;
  } plain[] = {{MJ_FACTORY_UNITS, "厂房台账", "Factory units", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_PROJECTS, "项目", "Projects", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG | MJ_TO_GEOJSON},
               {MJ_CONTRACTS, "合同", "Contracts", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_REASONS, "判定依据", "Reasons", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_TARGETS, "目标", "Targets", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_ENTERPRISE_REASONS, "企业判定依据", "Enterprise reasons", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_OCCUPANCY_SHARES, "用地用房分摊", "Occupancy shares", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_ATTRIBUTIONS, "归属方式", "Attributions", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_OVER_LEASES, "租大用小核查", "Over-leases", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_ATTRIBUTION_GRADES, "各归属方式分类", "Grades by attribution", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_BREAKPOINTS, "临界值", "Breakpoints", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_INDICATORS, "指标", "Indicators", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_AUDITS, "目标核对", "Target audit", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_GRADES, "企业分类", "Grades", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_GRADE_POINTS, "分类得分", "Grade points", MJ_TO_CSV | MJ_TO_GPKG},
               {MJ_FIT_OPTIONS, "改造方式比较", "Ways of renewal", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_FIT, "可建方案", "Fit", MJ_TO_GPKG | MJ_TO_GEOJSON},
               {MJ_FIT_SWEEP, "可建方案试算", "Fit, tried out", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_FIXES, "待补数据", "Fixes", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_CORRECTIONS, "更正", "Corrections", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_JOIN_CANDIDATES, "关联建议", "Join candidates", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_RECONCILIATION, "核对", "Reconciliation", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_ENTERPRISE_SERIES, "企业历年", "Enterprise series", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG},
               {MJ_PARCEL_ZONES, "宗地与片区", "Parcels and zones", MJ_TO_CSV | MJ_TO_GPKG},
               {MJ_BUILDINGS, "建筑物", "Buildings", MJ_TO_GPKG},
               {MJ_CHECKS, "检查", "Checks", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG | MJ_TO_GEOJSON},
               {MJ_CHECK_POINTS, "检查点", "Check points", MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG | MJ_TO_GEOJSON}};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    const char *name = mj_table_id_name(plain[i].id);
    bool list = plain[i].id == MJ_FACTORY_UNITS || plain[i].id == MJ_PROJECTS || plain[i].id == MJ_CONTRACTS;
    bool facts = list || plain[i].id == MJ_BUILDINGS || plain[i].id == MJ_PARCEL_ZONES ||
                 plain[i].id == MJ_ENTERPRISE_SERIES; /* of the land and its people, not of the data */
    bool worded = plain[i].id == MJ_FIXES || plain[i].id == MJ_CORRECTIONS;
    bool of_fit = plain[i].id == MJ_FIT || plain[i].id == MJ_FIT_OPTIONS || plain[i].id == MJ_FIT_SWEEP;
    if (!mj_park_has(run->park, plain[i].id) || (facts && run->options.checks_only)) continue;
    if (run->options.fit_only && !of_fit) continue;
    const mj_table *t = worded ? mj_run_worded(run, plain[i].id) : &run->park->table[plain[i].id];
    if (!t) return no_memory(err);
    bool long_one = worded || list || in_bulk(plain[i].id);
    int to = long_one && t->n > MAX_ROWS_IN_BOOK ? plain[i].to & ~MJ_TO_XLSX : plain[i].to;
    MJ_TRY(add(run, name, name, plain[i].zh, plain[i].en, t, NULL, to, name, NULL, err));
  }
  return MJ_OK;
}

/* What the checks found and where; the layers themselves stand where they were read from. */
static mj_status prepare_checks(mj_run *run, mj_error *err) {
  MJ_TRY(add_codes(run, err));
  MJ_TRY(add_plain(run, err));
  MJ_TRY(add_ledger(run, err));
  return add_fields(run, err);
}

/* Those of the year as a layer of points; every year, and who uses which land: what a dossier tells of a parcel. */
static mj_status add_enterprises(mj_run *run, mj_error *err) {
  const mj_table *t = &run->park->table[MJ_ENTERPRISES];
  mj_item *item = NULL;
  MJ_TRY(add(run, "enterprises", "enterprises", "企业", "Enterprises", t, NULL, MJ_TO_CSV | MJ_TO_GPKG | MJ_TO_GEOJSON,
             "enterprises", &item, err));
  MJ_TRY(pick(run, item, is_of_year, err));
  MJ_TRY(add(run, "enterprise_years", "enterprises", "企业逐年记录", "Enterprises by year", t, NULL, MJ_TO_GPKG,
             "enterprise_years", &item, err));
  keep_delivered(item);
  item->shapes = false;
  return MJ_OK;
}

static bool is_fitted(const mj_run *run, int64_t row) {
  const mj_table *t = &run->park->table[MJ_FIT_OPTIONS];
  const int64_t *of = t->name ? mj_table_i64(t, "parcel_row") : NULL;
  int64_t lo = 0, hi = of ? t->n : 0;
  while (lo < hi) { /* options are in order of parcels */
    int64_t middle = lo + (hi - lo) / 2;
    if (of[middle] < row + 1) lo = middle + 1;
    else hi = middle;
  }
  return of && lo < t->n && of[lo] == row + 1;
}

/* What the fit came to: its parcels, summaries, layers and what was tried out. */
static mj_status prepare_fit(mj_run *run, mj_error *err) {
  static const char *const only[] = {"fit_zones", "fit_constraints", "fit_caps", "fit_targets", NULL};
  mj_item *item = NULL;
  MJ_TRY(mj_summaries_run(run->park, only, &run->summaries, err));
  MJ_TRY(add_summaries(run, err));
  MJ_TRY(add(run, "parcels", "parcels", "宗地", "Parcels", &run->park->table[MJ_PARCELS], NULL,
             MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG | MJ_TO_GEOJSON, "parcels", &item, err));
  MJ_TRY(pick(run, item, is_fitted, err));
  if (item->sheet.n > MAX_ROWS_IN_BOOK) item->to &= ~MJ_TO_XLSX;
  MJ_TRY(add_plain(run, err));
  MJ_TRY(add_codes(run, err));
  MJ_TRY(add_ledger(run, err));
  if (run->park->n_rulebooks) MJ_TRY(add_rulebooks(run, err));
  return add_fields(run, err);
}

mj_status mj_run_prepare(mj_run *run, mj_error *err) {
  if (mj_wording_of(run->park, &run->arena, &run->words)) return no_memory(err);
  if (run->options.checks_only) return prepare_checks(run, err);
  if (run->options.fit_only) return prepare_fit(run, err);
  const mj_park *park = run->park;
  const mj_table *parcels = &park->table[MJ_PARCELS];
  mj_item *item = NULL;
  const char *const *only;
  MJ_TRY(mj_run_wanted_summaries(run, &only, err));
  MJ_TRY(mj_summaries_run(park, only, &run->summaries, err));
  MJ_TRY(add_summaries(run, err));
  MJ_TRY(add(run, "candidates", "parcels", "候选地块", "Candidates", parcels, NULL,
             MJ_TO_CSV | MJ_TO_XLSX | MJ_TO_GPKG | MJ_TO_GEOJSON, "candidates", &item, err));
  MJ_TRY(pick(run, item, is_candidate, err));
  MJ_TRY(put_in_order(run, item, err));
  MJ_TRY(add(run, "parcels", "parcels", "宗地", "Parcels", parcels, NULL,
             MJ_TO_CSV | MJ_TO_GPKG | MJ_TO_GEOJSON | (parcels->n > MAX_ROWS_IN_BOOK ? 0 : MJ_TO_XLSX), "parcels", NULL,
             err));
  if (mj_park_has(park, MJ_ZONES)) {
    MJ_TRY(zone_sums(run, err));
    MJ_TRY(add(run, "zones", "zones", "片区", "Zones", &park->table[MJ_ZONES], &run->zone_sums,
               MJ_TO_GPKG | MJ_TO_GEOJSON, "zones", NULL, err));
  }
  MJ_TRY(add_plain(run, err));
  if (mj_park_has(park, MJ_ENTERPRISES)) MJ_TRY(add_enterprises(run, err));
  if (mj_park_has(park, MJ_OCCUPANCIES))
    MJ_TRY(add(run, "occupancies", "occupancies", "用地用房关系", "Occupancies", &park->table[MJ_OCCUPANCIES], NULL,
               MJ_TO_GPKG, "occupancies", NULL, err));
  MJ_TRY(add_codes(run, err));
  MJ_TRY(add_ledger(run, err));
  if (run->park->n_rulebooks) MJ_TRY(add_rulebooks(run, err));
  MJ_TRY(add_fields(run, err));
  return check_titles(run, err);
}

void mj_run_reset(mj_run *run) {
  mj_folder_close(&run->folder);
  mj_summaries_reset(&run->summaries);
  mj_table_reset(&run->ledger);
  mj_table_reset(&run->ledger_codes);
  mj_table_reset(&run->fields);
  mj_table_reset(&run->rulebooks);
  mj_table_reset(&run->zone_sums);
  mj_arena_reset(&run->arena);
}
