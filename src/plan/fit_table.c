#include <math.h>
#include <stdio.h>

#include "plan/fit.h"

/* ---- parcels ---- */

typedef struct {
  const char **way, **binding, **second, **reason;
  double *floor, *of[MJ__FIT_WAYS], *breakpoint, *frontage;
} parcel_columns;

static mj_column *added(mj_table *t, const char *name, mj_type type, mj_status *status) {
  mj_column *column = *status ? NULL : mj_table_add(t, name, type);
  if (!column && !*status) *status = MJ_ENOMEM;
  return column;
}

static double *number(mj_table *t, const char *name, mj_status *status) {
  mj_column *column = added(t, name, MJ_F64, status);
  return column ? column->f64 : NULL;
}

static const char **text(mj_table *t, const char *name, mj_status *status) {
  mj_column *column = added(t, name, MJ_TEXT, status);
  return column ? column->text : NULL;
}

static mj_status write_parcels(mj_park *park, const mj__fit_parcel *parcel, int64_t n) {
  mj_table *t = &park->table[MJ_PARCELS];
  mj_status status = MJ_OK;
  parcel_columns o = {.way = text(t, "fit_way", &status),
                      .floor = number(t, "fit_floor_area_m2", &status),
                      .binding = text(t, "binding_constraint", &status),
                      .second = text(t, "second_constraint", &status),
                      .reason = text(t, "fit_reason", &status),
                      .of = {number(t, "fit_open_m2", &status), number(t, "fit_storeys_m2", &status),
                             number(t, "fit_rebuild_m2", &status)},
                      .breakpoint = number(t, "fit_cap_breakpoint", &status),
                      .frontage = number(t, "frontage_m", &status)};
  MJ_TRY(status);
  for (int64_t k = 0; k < n; k++) {
    const mj__fit_parcel *p = &parcel[k];
    int64_t i = p->facts.row;
    int by = mj__fit_speaker(p);
    for (int w = 0; w < MJ__FIT_WAYS; w++) o.of[w][i] = p->way[w].known ? p->way[w].net_m2 : (double)NAN;
    o.frontage[i] = p->site.access == MJ_UNKNOWN ? (double)NAN : p->site.frontage_m;
    if (by < 0) {
      MJ_TRY(mj__fit_keep(park, p->way[MJ__FIT_OPEN].reason, &o.reason[i]));
      continue;
    }
    const mj__fit_result *r = &p->way[by];
    o.way[i] = p->best >= 0 ? mj__fit_way_code((mj__fit_way)by) : NULL;
    o.floor[i] = p->best >= 0 ? r->net_m2 : isnan(r->net_m2) ? (double)NAN : 0;
    o.binding[i] = mj__bind_code(r->binding);
    o.second[i] = mj__bind_code(r->second);
    o.breakpoint[i] = r->cap_breakpoint;
    MJ_TRY(mj__fit_keep(park, r->reason, &o.reason[i]));
  }
  return MJ_OK;
}

/* ---- fit ---- */

typedef struct {
  mj_park *park;
  mj_table *t;
  int64_t at;
  const char **parcel_id, **zone, **id, **zones, **way, **part, **module, **building;
  int64_t *storeys;
  double *height, *plate, *floor, *length, *depth;
  uint8_t *chosen;
  const char **building_id;
} fit_writer;

static void write_common(fit_writer *w, const mj__fit_parcel *p, int way, const char *part) {
  int64_t i = w->at;
  w->id[i] = w->parcel_id ? w->parcel_id[p->facts.row] : NULL;
  w->zones[i] = w->zone ? w->zone[p->facts.row] : NULL;
  w->way[i] = mj__fit_way_code((mj__fit_way)way);
  w->part[i] = part;
  w->chosen[i] = p->best == way ? MJ_YES : MJ_NO;
}

static mj_status write_module(fit_writer *w, const mj__fit_parcel *p, int way, const mj__fit_module_at *m) {
  double x[5], y[5], double_m = w->park->project.fit.limits.double_height_m;
  int64_t i = w->at;
  write_common(w, p, way, "module");
  w->module[i] = m->module->code;
  w->storeys[i] = m->storeys;
  w->height[i] = mj__storeys_height(m->module, m->storeys);
  w->plate[i] = m->place.w_m * m->place.h_m;
  w->floor[i] = w->plate[i] * mj__storeys_counted(m->module, m->storeys, double_m);
  w->length[i] = fmax(m->place.w_m, m->place.h_m);
  w->depth[i] = fmin(m->place.w_m, m->place.h_m);
  mj_placed_corners(&m->place, x, y);
  for (int k = 0; k < 4; k++) {
    x[k] = p->site.x0 + x[k] / p->site.unit_m;
    y[k] = p->site.y0 + y[k] / p->site.unit_m;
  }
  x[4] = x[0];
  y[4] = y[0];
  w->at++;
  MJ_TRY(mj_geom_push_ring(&w->t->geom, 5, x, y));
  MJ_TRY(mj_geom_end_part(&w->t->geom));
  return mj_geom_end_row(&w->t->geom);
}

static mj_status write_added(fit_writer *w, const mj__fit_parcel *p, const mj__fit_added *a) {
  int64_t i = w->at;
  mj_polys buildings = mj_geom_view(&w->park->table[MJ_BUILDINGS].geom);
  write_common(w, p, MJ__FIT_STOREYS, "storeys");
  w->building[i] = w->building_id ? w->building_id[a->row] : NULL;
  w->storeys[i] = a->storeys;
  w->plate[i] = a->floor_m2 / a->storeys;
  w->floor[i] = a->floor_m2;
  w->at++;
  return mj_geom_push_row(&w->t->geom, &buildings, a->row);
}

/* The buildable area or the lanes of the way that speaks. */
static mj_status write_shape(fit_writer *w, const mj__fit_parcel *p, const char *part, int64_t row) {
  if (row < 0) return MJ_OK;
  mj_polys shapes = mj_geom_view(p->shapes);
  write_common(w, p, mj__fit_speaker(p), part);
  w->at++;
  return mj_geom_push_row(&w->t->geom, &shapes, row);
}

static mj_status write_fit(mj_park *park, const mj__fit_parcel *parcel, int64_t n) {
  int64_t rows = 0;
  for (int64_t k = 0; k < n; k++) {
    for (int w = 0; w < MJ__FIT_WAYS; w++) rows += parcel[k].way[w].modules;
    rows += (parcel[k].buildable >= 0) + (parcel[k].lane >= 0);
  }
  MJ_TRY(mj_park_new_table(park, MJ_FIT, rows, NULL));
  mj_table *t = &park->table[MJ_FIT];
  fit_writer w = {.park = park,
                  .t = t,
                  .parcel_id = mj_table_text(&park->table[MJ_PARCELS], "parcel_id"),
                  .zone = mj_table_text(&park->table[MJ_PARCELS], "zone"),
                  .building_id = mj_table_text(&park->table[MJ_BUILDINGS], "building_id"),
                  .id = mj_table_text(t, "parcel_id"),
                  .zones = mj_table_text(t, "zone"),
                  .way = mj_table_text(t, "fit_way"),
                  .part = mj_table_text(t, "part"),
                  .module = mj_table_text(t, "module"),
                  .building = mj_table_text(t, "building_id"),
                  .storeys = mj_table_i64(t, "storeys"),
                  .height = mj_table_f64(t, "height_m"),
                  .plate = mj_table_f64(t, "plate_m2"),
                  .floor = mj_table_f64(t, "floor_area_m2"),
                  .length = mj_table_f64(t, "length_m"),
                  .depth = mj_table_f64(t, "depth_m"),
                  .chosen = mj_table_tri(t, "chosen")};
  t->geom.kind = MJ_GEOM_POLYGON;
  for (int64_t k = 0; k < n; k++) {
    MJ_TRY(write_shape(&w, &parcel[k], "buildable", parcel[k].buildable));
    MJ_TRY(write_shape(&w, &parcel[k], "lane", parcel[k].lane));
    for (int way = 0; way < MJ__FIT_WAYS; way++)
      for (int32_t m = 0; m < parcel[k].way[way].modules; m++)
        MJ_TRY(way == MJ__FIT_STOREYS ? write_added(&w, &parcel[k], &parcel[k].added[m])
                                      : write_module(&w, &parcel[k], way, &parcel[k].module[way][m]));
  }
  return MJ_OK;
}

/* ---- ledger ---- */

/* What was not checked, said once, and shapes that could not be worked out. */
static mj_status note(mj_park *park, const mj__fit_parcel *parcel, int64_t n) {
  const mj_fit_limits *l = &park->project.fit.limits;
  bool roads = mj_park_has(park, MJ_ROADS) && !isnan(l->road_reach_m) && l->lane_m > 0;
  char found[24];
  snprintf(found, sizeof found, "%lld", (long long)n);
  if (n && !roads)
    MJ_TRY(
        mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_FIT_NO_ROADS, .layer = "parcels", .found = found}));
  const char **id = mj_table_text(&park->table[MJ_PARCELS], "parcel_id");
  for (int64_t k = 0; k < n; k++) {
    int64_t i = parcel[k].facts.row;
    bool failed = false;
    for (int w = 0; w < MJ__FIT_WAYS; w++) failed = failed || parcel[k].way[w].failed;
    if (failed)
      MJ_TRY(mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_OVERLAY_FAILED,
                                                            .layer = "parcels",
                                                            .id = id ? id[i] : NULL,
                                                            .field = "buildable_m2",
                                                            .row = mj_table_source_row(&park->table[MJ_PARCELS], i)}));
  }
  return MJ_OK;
}

mj_status mj__fit_tables(mj_park *park, const mj__fit_parcel *parcel, int64_t n) {
  MJ_TRY(write_parcels(park, parcel, n));
  MJ_TRY(mj__fit_options(park, parcel, n));
  MJ_TRY(write_fit(park, parcel, n));
  return note(park, parcel, n);
}
