#include <math.h>
#include <stddef.h>
#include <string.h>

#include "plan/fit.h"

const char *mj__fit_way_code(mj__fit_way way) {
  static const char *const codes[MJ__FIT_WAYS] = {"open", "storeys", "rebuild"};
  return codes[way];
}

mj_status mj__fit_keep(mj_park *park, const char *text, const char **out) {
  *out = text ? mj_arena_text(&park->arena, text, strlen(text)) : NULL;
  return text && !*out ? MJ_ENOMEM : MJ_OK;
}

/* Columns that a result fills as it is, and where it has them. */
#define NUMBER(column, member) \
  { column, offsetof(mj__fit_result, member) }
#define CEILING(column, bind) \
  { column, offsetof(mj__fit_result, ceiling_m2) + (bind) * sizeof(double) }
static const struct {
  const char *column;
  size_t from;
} NUMBERS[] = {NUMBER("gross_m2", gross_m2),
               NUMBER("demolished_m2", demolished_m2),
               NUMBER("net_m2", net_m2),
               NUMBER("plates_m2", plates_m2),
               NUMBER("height_m", height_m),
               NUMBER("plot_ratio_after", plot_ratio),
               NUMBER("coverage_after", coverage),
               NUMBER("gap_to_cap_m2", gap_m2),
               NUMBER("capacity_m2", capacity_m2),
               NUMBER("cap_breakpoint", cap_breakpoint),
               NUMBER("buildable_m2", buildable_m2),
               NUMBER("strip_m", strip_m),
               NUMBER("strip_needed_m", need_m),
               CEILING("ceiling_plot_ratio_m2", MJ__BIND_PLOT_RATIO),
               CEILING("ceiling_coverage_m2", MJ__BIND_COVERAGE),
               CEILING("ceiling_green_m2", MJ__BIND_GREEN),
               CEILING("ceiling_shape_m2", MJ__BIND_SHAPE),
               CEILING("ceiling_distance_m2", MJ__BIND_DISTANCE),
               CEILING("ceiling_height_m2", MJ__BIND_HEIGHT),
               CEILING("ceiling_structure_m2", MJ__BIND_STRUCTURE)};
enum { N_NUMBERS = sizeof NUMBERS / sizeof *NUMBERS };

typedef struct {
  mj_park *park;
  const char **parcel_id, **parcel_zone; /* of parcels */
  const double *headroom;
  const char **id, **zone, **way, **binding, **second, **reason;
  uint8_t *chosen;
  int64_t *row, *modules, *least, *most;
  double *paper, *state, *land, *stands, *number[N_NUMBERS];
} writer;

static writer open_writer(mj_park *park) {
  const mj_table *t = &park->table[MJ_FIT_OPTIONS], *parcels = &park->table[MJ_PARCELS];
  writer w = {.park = park,
              .parcel_id = mj_table_text(parcels, "parcel_id"),
              .parcel_zone = mj_table_text(parcels, "zone"),
              .headroom = mj_table_f64(parcels, "headroom_m2"),
              .id = mj_table_text(t, "parcel_id"),
              .zone = mj_table_text(t, "zone"),
              .way = mj_table_text(t, "fit_way"),
              .binding = mj_table_text(t, "binding_constraint"),
              .second = mj_table_text(t, "second_constraint"),
              .reason = mj_table_text(t, "fit_reason"),
              .chosen = mj_table_tri(t, "chosen"),
              .row = mj_table_i64(t, "parcel_row"),
              .modules = mj_table_i64(t, "modules"),
              .least = mj_table_i64(t, "storeys_min"),
              .most = mj_table_i64(t, "storeys_max"),
              .paper = mj_table_f64(t, "headroom_m2"),
              .state = mj_table_f64(t, "state_m2"),
              .land = mj_table_f64(t, "land_m2"),
              .stands = mj_table_f64(t, "countable_floor_area_m2")};
  for (int c = 0; c < N_NUMBERS; c++) w.number[c] = mj_table_f64(t, NUMBERS[c].column);
  return w;
}

static void write_known(const writer *w, int64_t k, const mj__fit_result *r) {
  w->binding[k] = mj__bind_code(r->binding);
  w->second[k] = mj__bind_code(r->second);
  w->modules[k] = r->modules;
  if (r->modules) {
    w->least[k] = r->storeys_least;
    w->most[k] = r->storeys_most;
  }
  for (int c = 0; c < N_NUMBERS; c++) w->number[c][k] = *(const double *)((const char *)r + NUMBERS[c].from);
  if (r->net_m2 >= 0) w->state[k] = w->park->project.fit.limits.state_share * r->net_m2;
}

mj_status mj__fit_options(mj_park *park, const mj__fit_parcel *parcel, int64_t n) {
  MJ_TRY(mj_park_new_table(park, MJ_FIT_OPTIONS, n * MJ__FIT_WAYS, NULL));
  writer w = open_writer(park);
  for (int64_t k = 0; k < n * MJ__FIT_WAYS; k++) {
    const mj__fit_parcel *p = &parcel[k / MJ__FIT_WAYS];
    mj__fit_way way = (mj__fit_way)(k % MJ__FIT_WAYS);
    int64_t i = p->facts.row;
    w.row[k] = i + 1;
    w.id[k] = w.parcel_id ? w.parcel_id[i] : NULL;
    w.zone[k] = w.parcel_zone ? w.parcel_zone[i] : NULL;
    w.way[k] = mj__fit_way_code(way);
    w.paper[k] = w.headroom ? w.headroom[i] : (double)NAN;
    w.land[k] = p->facts.land_m2;
    w.stands[k] = p->facts.floor_m2;
    w.chosen[k] = p->best == (int)way ? MJ_YES : MJ_NO;
    MJ_TRY(mj__fit_keep(park, p->way[way].reason, &w.reason[k]));
    if (p->way[way].known) write_known(&w, k, &p->way[way]);
  }
  return MJ_OK;
}
