#include "mujun/park.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bare_table.h"

static const char *const table_names[MJ_TABLE_END] = {
    [MJ_PARCELS] = "parcels",
    [MJ_ZONES] = "zones",
    [MJ_BUILDINGS] = "buildings",
    [MJ_PLAN_UNITS] = "plan_units",
    [MJ_CONTROL_LINES] = "control_lines",
    [MJ_ROADS] = "roads",
    [MJ_WATER] = "water",
    [MJ_EASEMENTS] = "easements",
    [MJ_ENTERPRISES] = "enterprises",
    [MJ_OCCUPANCIES] = "occupancies",
    [MJ_FACTORY_UNITS] = "factory_units",
    [MJ_PROJECTS] = "projects",
    [MJ_CONTRACTS] = "contracts",
    [MJ_PARCEL_ZONES] = "parcel_zones",
    [MJ_PARCEL_BUILDINGS] = "parcel_buildings",
    [MJ_CHECKS] = "checks",
    [MJ_CHECK_POINTS] = "check_points",
    [MJ_JOIN_CANDIDATES] = "join_candidates",
    [MJ_RECONCILIATION] = "reconciliation",
    [MJ_ENTERPRISE_SERIES] = "enterprise_series",
    [MJ_REASONS] = "reasons",
    [MJ_TARGETS] = "targets",
    [MJ_CORRECTIONS] = "corrections",
    [MJ_GAPS] = "gaps",
    [MJ_PARCEL_YEARS] = "parcel_years",
    [MJ_FIXES] = "fixes",
    [MJ_GRADES] = "grades",
    [MJ_GRADE_POINTS] = "grade_points",
    [MJ_INDICATORS] = "indicators",
    [MJ_AUDITS] = "audits",
    [MJ_ENTERPRISE_REASONS] = "enterprise_reasons",
    [MJ_BREAKPOINTS] = "breakpoints",
    [MJ_OCCUPANCY_SHARES] = "occupancy_shares",
    [MJ_ATTRIBUTIONS] = "attributions",
    [MJ_OVER_LEASES] = "over_leases",
    [MJ_ATTRIBUTION_GRADES] = "attribution_grades",
    [MJ_FIT_OPTIONS] = "fit_options",
    [MJ_FIT] = "fit",
    [MJ_FIT_SWEEP] = "fit_sweep",
    [MJ_FLIPS] = "flips",
};

const char *mj_table_id_name(mj_table_id id) { return (unsigned)id < MJ_TABLE_END ? table_names[id] : ""; }

static mj_status add_columns(mj_table *t, mj_column *(*add)(mj_table *, const char *, mj_type)) {
  static const struct {
    const char *layer, *name;
    mj_type type;
  } columns[] = {
#define COLUMN(layer, name, type, unit, decimals, zh, en, zh_text, en_text, room) {#layer, #name, type},
#include "mujun/columns.def"
#undef COLUMN
  };
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (!strcmp(columns[i].layer, t->name) && !add(t, columns[i].name, columns[i].type)) return MJ_ENOMEM;
  return MJ_OK;
}

static mj_status new_table(mj_park *park, mj_table_id id, int64_t n,
                           mj_column *(*add)(mj_table *, const char *, mj_type), mj_error *err) {
  mj_table *t = &park->table[id];
  mj_table_reset(t);
  if (mj_table_init(t, mj_table_id_name(id), n) || add_columns(t, add)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

mj_status mj_park_new_table(mj_park *park, mj_table_id id, int64_t n, mj_error *err) {
  return new_table(park, id, n, mj_table_add, err);
}

mj_status mj_park_bare_table(mj_park *park, mj_table_id id, int64_t n, mj_error *err) {
  return new_table(park, id, n, mj_table_add_bare, err);
}

const char *mj_table_id_word(mj_table_id id, mj_lang lang) {
  static const char *const words[MJ_TABLE_END] = {
      [MJ_PARCELS] = "宗地",
      [MJ_ZONES] = "片区",
      [MJ_BUILDINGS] = "建筑物",
      [MJ_PLAN_UNITS] = "规划地块",
      [MJ_CONTROL_LINES] = "产业区块线",
      [MJ_ROADS] = "道路",
      [MJ_WATER] = "水域",
      [MJ_EASEMENTS] = "地役权",
      [MJ_ENTERPRISES] = "企业",
      [MJ_OCCUPANCIES] = "用地用房关系",
      [MJ_FACTORY_UNITS] = "厂房单元",
      [MJ_PROJECTS] = "项目",
      [MJ_CONTRACTS] = "出让合同",
      [MJ_PARCEL_ZONES] = "宗地与片区",
      [MJ_PARCEL_BUILDINGS] = "宗地与建筑",
      [MJ_CHECKS] = "检查",
      [MJ_CHECK_POINTS] = "检查点",
      [MJ_JOIN_CANDIDATES] = "关联建议",
      [MJ_RECONCILIATION] = "核对",
      [MJ_ENTERPRISE_SERIES] = "企业历年",
      [MJ_REASONS] = "判定依据",
      [MJ_TARGETS] = "目标",
      [MJ_CORRECTIONS] = "更正",
      [MJ_GAPS] = "缺项",
      [MJ_PARCEL_YEARS] = "宗地历年",
      [MJ_FIXES] = "待补数据",
      [MJ_GRADES] = "企业分类",
      [MJ_GRADE_POINTS] = "分类得分",
      [MJ_INDICATORS] = "指标",
      [MJ_AUDITS] = "目标核对",
      [MJ_ENTERPRISE_REASONS] = "企业判定依据",
      [MJ_BREAKPOINTS] = "临界值",
      [MJ_OCCUPANCY_SHARES] = "用地用房分摊",
      [MJ_ATTRIBUTIONS] = "归属方式",
      [MJ_OVER_LEASES] = "租大用小核查",
      [MJ_ATTRIBUTION_GRADES] = "各归属方式分类",
      [MJ_FIT_OPTIONS] = "改造方式比较",
      [MJ_FIT] = "可建方案",
      [MJ_FIT_SWEEP] = "可建方案试算",
      [MJ_FLIPS] = "变动",
  };
  return lang == MJ_ZH && (unsigned)id < MJ_TABLE_END ? words[id] : mj_table_id_name(id);
}

const char *mj_basis_name(mj_basis basis) {
  static const char *const names[] = {"", "recorded", "contract", "ellipsoid", "planar", "tuban"};
  return (unsigned)basis < sizeof names / sizeof *names ? names[basis] : "";
}

const char *mj_basis_column(mj_basis basis) {
  static const char *const columns[] = {
      "", "area_recorded_m2", "area_contract_m2", "area_ellipsoid_m2", "area_planar_m2", "area_tuban_m2"};
  return (unsigned)basis < sizeof columns / sizeof *columns ? columns[basis] : "";
}

int mj_bases_used(const mj_table *parcels, const mj_basis *said, mj_basis out[MJ_MAX_BASES + 1]) {
  /* design.md: recorded, then contract, then ellipsoidal; planar only when asked */
  static const mj_basis usual[MJ_MAX_BASES] = {MJ_BASIS_RECORDED, MJ_BASIS_CONTRACT, MJ_BASIS_ELLIPSOID};
  const mj_basis *order = said[0] == MJ_BASIS_NONE ? usual : said;
  int n = 0;
  for (int k = 0; k < MJ_MAX_BASES && order[k]; k++)
    if (mj_table_f64(parcels, mj_basis_column(order[k]))) out[n++] = order[k];
  out[n] = MJ_BASIS_NONE;
  return n;
}

const mj_check_fact *mj_check_facts(int *n) {
  static const mj_check_fact facts[] = {
#define CHECK(name, unit, zh, en) {#name, unit, zh, en},
#include "mujun/checks.def"
#undef CHECK
  };
  *n = (int)(sizeof facts / sizeof *facts);
  _Static_assert(sizeof(mj_check_limits) == sizeof facts / sizeof *facts * sizeof(double), "one double a line");
  return facts;
}

void mj_check_limits_fill(mj_check_limits *into, const mj_check_limits *from) {
  double *to = (double *)into;
  const double *said = (const double *)from;
  for (size_t i = 0; i < sizeof *into / sizeof *to; i++)
    if (!(to[i] > 0) && said[i] > 0) to[i] = said[i];
}

bool mj_park_wants(const mj_park *park, mj_table_id id) { return !park->unread[id]; }

bool mj_park_has(const mj_park *park, mj_table_id id) { return park->table[id].name != NULL; }

const char *mj_park_file(const mj_park *park, mj_table_id id, int64_t row) {
  const mj_source *of = NULL;
  int64_t last = 0;
  int files = 0;
  for (int32_t i = 0; i < park->n_sources; i++) {
    const mj_source *s = &park->sources[i];
    if (s->role != id) continue;
    files++;
    last += s->rows_kept;
    if (!of && row < last) of = s;
  }
  const char *slash = of ? strrchr(of->path, '/') : NULL;
  return files > 1 && of ? slash ? slash + 1 : of->path : NULL;
}

const char *mj_park_where(const mj_park *park, mj_table_id id, int64_t row, char out[MJ_WHERE]) {
  const char *file = mj_park_file(park, id, row);
  if (file) snprintf(out, MJ_WHERE, "%s (%s)", mj_table_id_name(id), file);
  else snprintf(out, MJ_WHERE, "%s", mj_table_id_name(id));
  return out;
}

const char *mj_park_identifier(const mj_park *park, mj_table_id id, int64_t row) {
  static const char *const keys[MJ_ROLE_END][2] = {[MJ_PARCELS] = {"parcel_id"},
                                                   [MJ_BUILDINGS] = {"building_id"},
                                                   [MJ_ENTERPRISES] = {"credit_code", "enterprise_name"},
                                                   [MJ_OCCUPANCIES] = {"credit_code", "enterprise_name"},
                                                   [MJ_FACTORY_UNITS] = {"unit_id"},
                                                   [MJ_PROJECTS] = {"project_id", "project_name"},
                                                   [MJ_CONTRACTS] = {"contract_id"}};
  for (int k = 0; k < 2 && id < MJ_ROLE_END && keys[id][k]; k++) {
    const char **name = mj_table_text(&park->table[id], keys[id][k]);
    if (name && name[row]) return name[row];
  }
  return NULL;
}

void mj_park_reset(mj_park *park) {
  for (int i = 0; i < MJ_TABLE_END; i++) mj_table_reset(&park->table[i]);
  free(park->frame.wkt);
  if (park->frame.source_wkt != park->frame.wkt) free(park->frame.source_wkt);
  free(park->lon_deg);
  free(park->lat_deg);
  mj_ledger_reset(&park->ledger);
  mj_arena_reset(&park->project.arena);
  mj_arena_reset(&park->arena);
  mj_arena_reset(&park->scratch);
  *park = (mj_park){0};
}
