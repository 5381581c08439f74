#include <math.h>
#include <string.h>

#include "mujun/rooms.h"
#include "plan/fit.h"
#include "plan/land.h"
#include "plan/rank.h"

/* Least headroom of a candidate where no rulebook says one: any at all would make every parcel a candidate. */
static const double DEFAULT_HEADROOM_MIN_M2 = 1000;

typedef struct {
  const double *cap, *min, *renewal_cap, *countable;
  double *headroom, *excess, *shortfall, *renewal, *turn;
} headroom_columns;

static double *added(mj_table *t, const char *name, mj_status *status) {
  mj_column *column = *status ? NULL : mj_table_add(t, name, MJ_F64);
  if (!column && !*status) *status = MJ_ENOMEM;
  return column ? column->f64 : NULL;
}

/* At least 0, and NULL stays NULL: fmax would make a number of NaN. */
static double at_least_0(double v) { return v < 0 ? 0 : v; }

/* headroom = max(0, cap x land - countable floor area); the excess and the shortfall are its two other sides, the turn
 * is the cap at which headroom is @p least. */
static mj_status headroom(mj_table *t, double least) {
  headroom_columns c = {.cap = mj_table_f64(t, "plot_ratio_cap"),
                        .min = mj_table_f64(t, "plot_ratio_min"),
                        .renewal_cap = mj_table_f64(t, "renewal_cap"),
                        .countable = mj_table_f64(t, "countable_floor_area_m2")};
  mj__land of = mj__land_of(t);
  mj_status status = MJ_OK;
  if (c.cap) {
    c.headroom = added(t, "headroom_m2", &status);
    c.excess = added(t, "plot_ratio_excess_m2", &status);
    c.turn = added(t, "plot_ratio_cap_breakpoint", &status);
  }
  if (c.min) c.shortfall = added(t, "plot_ratio_shortfall_m2", &status);
  if (c.renewal_cap) c.renewal = added(t, "renewal_headroom_m2", &status);
  for (int64_t i = 0; i < t->n && !status && c.countable; i++) {
    double land = mj__land_m2(&of, i);
    if (c.headroom) {
      c.headroom[i] = at_least_0(c.cap[i] * land - c.countable[i]);
      c.excess[i] = at_least_0(c.countable[i] - c.cap[i] * land);
      c.turn[i] = land > 0 ? (c.countable[i] + least) / land : (double)NAN;
    }
    if (c.shortfall) c.shortfall[i] = at_least_0(c.min[i] * land - c.countable[i]);
    if (c.renewal) c.renewal[i] = at_least_0(c.renewal_cap[i] * land - c.countable[i]);
  }
  return status;
}

/* Headroom for factories: land that is surely not industrial has none to offer, whatever its cap. */
static uint8_t enough(const double *headroom_m2, const uint8_t *industrial, int64_t i, double least) {
  if (industrial && industrial[i] == MJ_NO) return MJ_NO;
  if (!headroom_m2 || isnan(headroom_m2[i])) return MJ_UNKNOWN;
  return headroom_m2[i] >= least && headroom_m2[i] > 0 ? MJ_YES : MJ_NO;
}

/* Idle before inefficient before headroom; a verdict that lacks data shows only where none of them holds. */
static const char *status_of(uint8_t idle, uint8_t inefficient, uint8_t room) {
  if (idle == MJ_YES) return "idle";
  if (inefficient == MJ_YES) return "inefficient";
  if (room == MJ_YES) return "headroom";
  return idle == MJ_UNKNOWN || inefficient == MJ_UNKNOWN || room == MJ_UNKNOWN ? "insufficient" : "normal";
}

static uint8_t any_of(uint8_t a, uint8_t b, uint8_t c) {
  if (a == MJ_YES || b == MJ_YES || c == MJ_YES) return MJ_YES;
  return a == MJ_UNKNOWN || b == MJ_UNKNOWN || c == MJ_UNKNOWN ? MJ_UNKNOWN : MJ_NO;
}

/* What makes a row a candidate, for people who ask why; NULL where nothing does. */
static const char *kinds_of(uint8_t idle, uint8_t inefficient, uint8_t room) {
  static const char *const kinds[] = {NULL,       "idle",          "inefficient",          "idle;inefficient",
                                      "headroom", "idle;headroom", "inefficient;headroom", "idle;inefficient;headroom"};
  return kinds[(idle == MJ_YES) + 2 * (inefficient == MJ_YES) + 4 * (room == MJ_YES)];
}

static mj_status candidates(mj_park *park, double least) {
  mj_table *t = &park->table[MJ_PARCELS];
  mj_column *status = mj_table_add(t, "status", MJ_TEXT), *candidate = mj_table_add(t, "candidate", MJ_TRI);
  mj_column *kinds = mj_table_add(t, "candidate_for", MJ_TEXT);
  const uint8_t *idle = mj_table_tri(t, "idle"), *inefficient = mj_table_tri(t, "inefficient"),
                *industrial = mj_table_tri(t, "industrial");
  const double *room = mj_table_f64(t, "headroom_m2");
  if (!status || !candidate || !kinds) return MJ_ENOMEM;
  for (int64_t i = 0; i < t->n; i++) {
    uint8_t a = idle ? idle[i] : MJ_UNKNOWN, b = inefficient ? inefficient[i] : MJ_UNKNOWN,
            c = enough(room, industrial, i, least);
    status->text[i] = status_of(a, b, c);
    candidate->tri[i] = any_of(a, b, c);
    kinds->text[i] = kinds_of(a, b, c);
  }
  return MJ_OK;
}

mj_status mj_plan(mj_park *park, mj_error *err) {
  mj_progress_stage(&park->progress, "headroom and candidates");
  double least = isnan(park->project.headroom_min_m2) ? DEFAULT_HEADROOM_MIN_M2 : park->project.headroom_min_m2;
  mj_status status = headroom(&park->table[MJ_PARCELS], least);
  if (!status) status = candidates(park, least);
  if (status) return mj_fail(err, status, "out of memory planning");
  MJ_TRY(mj__fit_run(park, err));
  return mj__rank(&park->table[MJ_PARCELS]) ? mj_fail(err, MJ_ENOMEM, "out of memory planning") : MJ_OK;
}
