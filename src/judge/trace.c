#include <string.h>

#include "judge/needs.h"

static mj_status need_cell(mj_rb_tracer *t, mj_table_id layer, int64_t row, const char *field, const char *code,
                           bool sure) {
  return mj_rb_need(t,
                    (mj_rb_fix){.kind = MJ_FIX_VALUE,
                                .layer = layer,
                                .row = row,
                                .parcel = -1,
                                .year = MJ_I64_NULL,
                                .field = field,
                                .code = code},
                    sure);
}

/* A layer, or a column of it, that was not delivered: taken as one value that comes whole. */
static mj_status need_layer(mj_rb_tracer *t, mj_table_id layer, const char *field) {
  return mj_rb_need(
      t,
      (mj_rb_fix){.kind = MJ_FIX_LAYER, .layer = layer, .row = -1, .parcel = -1, .year = MJ_I64_NULL, .field = field},
      true);
}

/* What overlays say of a parcel hangs on its shape; what they then find is not known. */
static mj_status need_shape(mj_rb_tracer *t, int64_t parcel) {
  return mj_rb_need(t,
                    (mj_rb_fix){.kind = MJ_FIX_SHAPE,
                                .layer = MJ_PARCELS,
                                .row = parcel,
                                .parcel = -1,
                                .year = MJ_I64_NULL,
                                .code = "ROW_NO_GEOMETRY"},
                    false);
}

/* ---- enterprise figures ---- */

static mj_table_id layer_named(const char *name) {
  int id = 0;
  while (id < MJ_ROLE_END && strcmp(mj_table_id_name((mj_table_id)id), name) != 0) id++;
  return (mj_table_id)id;
}

static mj_status need_gap(mj_rb_tracer *t, int64_t parcel, int64_t g) {
  const mj_table *gaps = &t->run->park->table[MJ_GAPS];
  int64_t row = mj_table_i64(gaps, "row")[g], year = mj_table_i64(gaps, "year")[g];
  bool none = row == MJ_I64_NULL;
  return mj_rb_need(t,
                    (mj_rb_fix){.kind = none ? MJ_FIX_ROW : MJ_FIX_VALUE,
                                .layer = layer_named(mj_table_text(gaps, "layer")[g]),
                                .row = none ? -1 : row - 1,
                                .parcel = none ? parcel : -1,
                                .year = year,
                                .field = mj_table_text(gaps, "field")[g],
                                .code = mj_table_text(gaps, "code")[g]},
                    mj_table_tri(gaps, "sure")[g] == MJ_YES);
}

/* Figures and their means: the column that the gaps are named by, and how many years it goes over. */
static const struct {
  const char *column, *measure;
  int years;
} figures[] = {{"tax_wan", "tax_wan", 1},
               {"tax_3y_wan", "tax_wan", 3},
               {"output_wan", "output_wan", 1},
               {"output_3y_wan", "output_wan", 3},
               {"profit_wan", "profit_wan", 1},
               {"profit_3y_wan", "profit_wan", 3},
               {"staff", "staff", 1},
               {"rd_wan", "rd_wan", 1},
               {"added_value_wan", "added_value_wan", 1},
               {"energy_tce", "energy_tce", 1},
               {"electricity_kwh", "electricity_kwh", 1},
               {"enterprise_count", "", 1}};

static mj_status trace_figure(mj_rb_tracer *t, int64_t parcel, const char *measure, int years) {
  const mj_park *park = t->run->park;
  const mj_table *gaps = &park->table[MJ_GAPS];
  bool told = false;
  if (!mj_park_has(park, MJ_ENTERPRISES)) return need_layer(t, MJ_ENTERPRISES, NULL);
  if (*measure && !mj_table_find(&park->table[MJ_ENTERPRISES], measure)) {
    told = true;
    MJ_TRY(need_layer(t, MJ_ENTERPRISES, measure));
  }
  for (int64_t k = t->gap_from[parcel]; gaps->name && k < t->gap_from[parcel + 1]; k++) {
    const char *of = mj_table_text(gaps, "measure")[t->gap[k]];
    int64_t year = mj_table_i64(gaps, "year")[t->gap[k]];
    if (of && strcmp(of, measure) != 0) continue;
    if (year != MJ_I64_NULL && year <= park->project.year - years) continue;
    told = true;
    MJ_TRY(need_gap(t, parcel, t->gap[k]));
  }
  if (!told) t->sure = false; /* in years and rows that nobody told of */
  return MJ_OK;
}

/* ---- the rest ---- */

static mj_status trace_if_null(mj_rb_tracer *t, int64_t parcel, const char *name) {
  const mj_column *c = mj_rb_column(t->run, name);
  return !c || mj_rb_is_null(c, parcel) ? mj_rb_trace(t, parcel, name) : MJ_OK;
}

static mj_status trace_buildings(mj_rb_tracer *t, int64_t parcel) {
  const mj_park *park = t->run->park;
  const mj_table *pairs = &park->table[MJ_PARCEL_BUILDINGS];
  const double *floor_area = mj_table_f64(pairs, "floor_area_m2");
  const int64_t *house = mj_table_i64(pairs, "building_row");
  bool told = false;
  if (!mj_park_has(park, MJ_BUILDINGS)) return need_layer(t, MJ_BUILDINGS, NULL);
  for (int64_t k = t->house_from[parcel]; floor_area && house && k < t->house_from[parcel + 1]; k++)
    if (isnan(floor_area[k])) {
      told = true;
      MJ_TRY(need_cell(t, MJ_BUILDINGS, house[k] - 1, "floors", "BUILDING_NO_FLOORS", true));
    }
  return !told ? need_shape(t, parcel) : MJ_OK;
}

/* Land area of any kind: the record is the one a person can supply, where the bases name it. */
static mj_status trace_area(mj_rb_tracer *t, int64_t parcel) {
  const mj_column *mu = mj_rb_column(t->run, "area_mu");
  const mj_basis *bases = t->run->park->project.basis_yield;
  bool used = !bases[0];
  for (int i = 0; i < MJ_MAX_BASES && bases[i]; i++) used = used || bases[i] == MJ_BASIS_RECORDED;
  if (mu && !mj_rb_is_null(mu, parcel)) return MJ_OK;
  return need_cell(t, MJ_PARCELS, parcel, "area_recorded_m2", NULL, used);
}

/* The contract's cap, where the rulebooks in force take it as a source, or say nothing of sources. */
static mj_status trace_cap(mj_rb_tracer *t, int64_t parcel) {
  const mj_park *park = t->run->park;
  bool any = false, contract = false;
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    const mj_rulebook *book = park->rulebooks[i];
    for (int c = 0; mj_rb_in_force(book, park->project.as_of) && c < book->n_caps; c++) {
      any = true;
      contract = contract || book->cap[c].source == MJ_RB_CONTRACT;
    }
  }
  return need_cell(t, MJ_PARCELS, parcel, "plot_ratio_cap", NULL, !any || contract);
}

/* A column that a lookup gives: its table lacks the parcel's code, or the parcel has none. */
static mj_status trace_lookup(mj_rb_tracer *t, int64_t parcel, const mj_lookup *l) {
  const mj_column *match = mj_rb_column(t->run, l->match);
  if (!match || mj_rb_is_null(match, parcel)) { /* nobody knows whether the table has the code that is then given */
    t->sure = false;
    return mj_rb_trace(t, parcel, l->match);
  }
  const char *code = match->type == MJ_TEXT  ? match->text[parcel]
                     : match->type == MJ_I64 ? mj_arena_format(t->arena, "%lld", (long long)match->i64[parcel])
                                             : NULL;
  if (!code) {
    t->sure = false;
    return MJ_OK;
  }
  return mj_rb_need(t,
                    (mj_rb_fix){.kind = MJ_FIX_ROW,
                                .layer = MJ_PARCELS,
                                .row = -1,
                                .parcel = -1,
                                .year = MJ_I64_NULL,
                                .field = l->value,
                                .code = "LOOKUP_NO_ROW",
                                .old = code,
                                .lookup = l->name},
                    true);
}

static mj_status trace_layer(mj_rb_tracer *t, int64_t parcel, mj_table_id layer) {
  return mj_park_has(t->run->park, layer) ? need_shape(t, parcel) : need_layer(t, layer, NULL);
}

static mj_status trace_industrial(mj_rb_tracer *t, int64_t parcel) {
  const mj_rb_reads *reads = &t->run->industrial;
  bool told = false;
  for (int i = 0; i < reads->n; i++)
    if (mj_rb_is_null(reads->column[i], parcel)) {
      told = true;
      MJ_TRY(mj_rb_trace(t, parcel, reads->column[i]->name));
    }
  return told ? MJ_OK : need_cell(t, MJ_PARCELS, parcel, "land_use", NULL, false); /* a code that says too little */
}

static bool is_measured_here(const char *name) {
  const char *room = mj_rb_room_of(name);
  return room && strcmp(room, "intake") != 0;
}

static const struct {
  const char *name, *of; /* of: over area; or the layer it comes from */
  mj_table_id layer;
} derived[] = {{"tax_wan_per_mu", "tax_wan", MJ_TABLE_END},
               {"output_wan_per_mu", "output_wan", MJ_TABLE_END},
               {"plot_ratio", "countable_floor_area_m2", MJ_TABLE_END},
               {"coverage", "footprint_m2", MJ_TABLE_END},
               {"zone", NULL, MJ_ZONES},
               {"zone_share", NULL, MJ_ZONES},
               {"control_share", NULL, MJ_CONTROL_LINES},
               {"control_level", NULL, MJ_CONTROL_LINES},
               {"plan_share", NULL, MJ_PLAN_UNITS},
               {"plan_cap", NULL, MJ_PLAN_UNITS},
               {"plan_min", NULL, MJ_PLAN_UNITS}};

static mj_rb_way find_way(const mj_project *project, const char *name) {
  static const char *const houses[] = {"floor_area_m2", "countable_floor_area_m2", "footprint_m2", "building_count"};
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
    if (!strcmp(figures[i].column, name)) return (mj_rb_way){name, MJ_WAY_FIGURE, (int)i};
  for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
    if (!strcmp(derived[i].name, name)) return (mj_rb_way){name, MJ_WAY_DERIVED, (int)i};
  for (size_t i = 0; i < sizeof houses / sizeof *houses; i++)
    if (!strcmp(houses[i], name)) return (mj_rb_way){name, MJ_WAY_BUILDINGS, 0};
  if (!strcmp(name, "area_mu")) return (mj_rb_way){name, MJ_WAY_AREA, 0};
  if (!strcmp(name, "industrial")) return (mj_rb_way){name, MJ_WAY_INDUSTRIAL, 0};
  if (!strncmp(name, "plot_ratio_cap", 14)) return (mj_rb_way){name, MJ_WAY_CAP, 0};
  if (!strcmp(name, "land_use_class")) return (mj_rb_way){name, MJ_WAY_LAND_USE, 0};
  for (int32_t i = 0; i < project->n_lookups; i++)
    if (!strcmp(project->lookups[i].name, name)) return (mj_rb_way){name, MJ_WAY_LOOKUP, i};
  return (mj_rb_way){name, is_measured_here(name) ? MJ_WAY_SHAPE : MJ_WAY_CELL, 0};
}

/* Asked for every parcel, answered once a column. */
static mj_rb_way way_of(mj_rb_tracer *t, const char *name) {
  int most = (int)(sizeof t->seen / sizeof *t->seen);
  for (int i = 0; i < t->n_seen; i++)
    if (t->seen[i].name == name) return t->seen[i];
  mj_rb_way way = find_way(&t->run->park->project, name);
  if (t->n_seen < most) t->seen[t->n_seen++] = way;
  return way;
}

mj_status mj_rb_trace(mj_rb_tracer *t, int64_t parcel, const char *name) {
  mj_rb_way way = way_of(t, name);
  switch (way.kind) {
    case MJ_WAY_FIGURE:
      return trace_figure(t, parcel, figures[way.at].measure, figures[way.at].years);
    case MJ_WAY_DERIVED:
      if (!derived[way.at].of) return trace_layer(t, parcel, derived[way.at].layer);
      MJ_TRY(trace_if_null(t, parcel, derived[way.at].of));
      return trace_area(t, parcel);
    case MJ_WAY_AREA:
      return trace_area(t, parcel);
    case MJ_WAY_INDUSTRIAL:
      return trace_industrial(t, parcel);
    case MJ_WAY_BUILDINGS:
      return trace_buildings(t, parcel);
    case MJ_WAY_CAP:
      return trace_cap(t, parcel);
    case MJ_WAY_LAND_USE: /* by crosswalk */
      return need_cell(t, MJ_PARCELS, parcel, "land_use", NULL, false);
    case MJ_WAY_LOOKUP:
      return trace_lookup(t, parcel, &t->run->park->project.lookups[way.at]);
    case MJ_WAY_SHAPE:
      return need_shape(t, parcel);
    default:
      return need_cell(t, MJ_PARCELS, parcel, name, NULL, true);
  }
}
