#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geom/facing.h"
#include "geom/index.h"
#include "measure/topology.h"

/* ---- parcels on each other ---- */

/* What kind of overlap it is, by its share of the two parcels and its width. */
static mj_ledger_code kind_of(const mj_check_limits *is, double common, double one, double two, double width) {
  if (common >= is->same_share * fmax(one, two)) return MJ_L_PARCELS_DUPLICATE;
  if (common >= is->same_share * fmin(one, two)) return MJ_L_PARCELS_NESTED;
  return width > 0 && width <= is->sliver_width_m ? MJ_L_PARCELS_SLIVER : MJ_L_PARCELS_OVERLAP;
}

static mj_status tell_pair(mj_park *park, mj_marks *marks, const mj_pair *pair, const double *planar,
                           const mj_polys *common, const mj_left *left, int64_t k) {
  const mj_check_limits *is = &park->project.checks;
  mj_lang lang = park->project.lang;
  char text[240], name[64];
  double one = planar[pair->a], two = planar[pair->b];
  bool swapped = two < one; /* of one inside another, the entry stands at the inner one */
  mj__finding f = {.id = MJ_PARCELS,
                   .other_id = MJ_PARCELS,
                   .row = pair->a,
                   .other = pair->b,
                   .area_m2 = pair->area,
                   .width_m = mj__width_m(park, common, left, k),
                   .major = pair->area >= is->overlap_major_m2};
  f.code = kind_of(is, pair->area, one, two, f.width_m);
  if (f.code == MJ_L_PARCELS_NESTED && swapped) {
    f.row = pair->b;
    f.other = pair->a;
  }
  const char *other = mj__called(park, MJ_PARCELS, f.other, name);
  if (f.code == MJ_L_PARCELS_DUPLICATE)
    snprintf(text, sizeof text, mj_tr(lang, "the same shape as %s: %.2f m2 in common"), other, f.area_m2);
  else if (f.code == MJ_L_PARCELS_NESTED)
    snprintf(text, sizeof text, mj_tr(lang, "inside %s: %.2f m2"), other, f.area_m2);
  else if (isnan(f.width_m)) snprintf(text, sizeof text, mj_tr(lang, "overlaps %s: %.2f m2"), other, f.area_m2);
  else snprintf(text, sizeof text, mj_tr(lang, "overlaps %s: %.2f m2, %.3f m wide"), other, f.area_m2, f.width_m);
  return mj__report(park, marks, &f, text, true, common, k);
}

/* One figure for the whole: what sums over parcels hold twice. */
static mj_status tell_sum(mj_park *park, int64_t n, double sum_m2) {
  char found[120];
  if (!n) return MJ_OK;
  snprintf(found, sizeof found, mj_tr(park->project.lang, "%.2f m2 in %lld pairs of parcels"), sum_m2, (long long)n);
  return mj_ledger_add(&park->ledger,
                       (mj_ledger_entry){.code = MJ_L_AREA_COUNTED_TWICE, .layer = "parcels", .found = found});
}

static mj_status tell_overlaps(mj_park *park, mj_marks *marks, const mj_pairs *pairs, const mj_geom *common,
                               const mj_left *left) {
  const double *planar = mj_table_f64(&park->table[MJ_PARCELS], "area_planar_m2");
  mj_polys g = mj_geom_view(common);
  double sum = 0;
  for (int64_t k = 0; k < pairs->n; k++) {
    MJ_TRY(tell_pair(park, marks, &pairs->pair[k], planar, &g, left, k));
    sum += pairs->pair[k].area;
  }
  return tell_sum(park, pairs->n, sum);
}

static mj_status check_overlaps(mj_park *park, mj_marks *marks, mj_error *err) {
  mj_pairs pairs = {0};
  mj_geom common = {0};
  const mj_left *left = NULL;
  mj_status status = mj__self_overlaps(park, MJ_PARCELS, park->project.checks.overlap_min_m2, &pairs, err);
  if (!status) status = mj__common_shapes(park, MJ_PARCELS, &pairs, &common, &left, err);
  if (!status && (status = tell_overlaps(park, marks, &pairs, &common, left))) mj_fail(err, status, "out of memory");
  mj_geom_reset(&common);
  mj_pairs_reset(&pairs);
  return status;
}

/* ---- parcels of several parts ---- */

static mj_status check_parts(mj_park *park, mj_marks *marks, mj_error *err) {
  mj_polys g = mj_geom_view(&park->table[MJ_PARCELS].geom);
  const double *planar = mj_table_f64(&park->table[MJ_PARCELS], "area_planar_m2");
  mj_status status = MJ_OK;
  int64_t many = 0;
  char text[80];
  for (int64_t i = 0; i < g.n; i++) many += g.part0[i + 1] - g.part0[i] > 1;
  for (int64_t i = 0; i < g.n && many && !status; i++) {
    int32_t parts = g.part0[i + 1] - g.part0[i];
    if (parts < 2) continue;
    mj__finding f = {.code = MJ_L_GEOM_MULTIPART,
                     .id = MJ_PARCELS,
                     .row = i,
                     .other = -1,
                     .area_m2 = planar[i],
                     .width_m = (double)NAN};
    snprintf(text, sizeof text, mj_tr(park->project.lang, "%d parts"), (int)parts);
    status = mj__report(park, marks, &f, text, many <= MJ_LEDGER_FEW, &g, i);
  }
  snprintf(text, sizeof text, mj_tr(park->project.lang, "%lld parcels"), (long long)many);
  if (!status && many > MJ_LEDGER_FEW)
    status =
        mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = MJ_L_GEOM_MULTIPART, .layer = "parcels", .found = text});
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}

/* ---- parcels outside the park ---- */

typedef struct {
  mj_polys parcels, zones;
  const int64_t *row; /* parcels that may lie outside in part */
  const int64_t *first;
  const int32_t *zone; /* zones first[k] .. first[k+1]-1 are near row[k] */
} outside_job;

static mj_status make_outside(const void *ctx, mj_overlay *overlay, int64_t k, mj_geom *out, mj_left *left,
                              mj_error *err) {
  const outside_job *job = ctx;
  return mj_overlay_rest(overlay, &job->parcels, job->row[k], job->row[k] + 1, &job->zones, job->zone + job->first[k],
                         (int32_t)(job->first[k + 1] - job->first[k]), out, left, err);
}

/* Zones whose boxes meet those of the parcels row[n]. */
static mj_status zones_near(const outside_job *job, int64_t n, int64_t *first, mj_rows *near) {
  mj_box *zone = malloc(((size_t)job->zones.n + 1) * sizeof *zone), box;
  if (!zone) return MJ_ENOMEM;
  mj_geom_boxes(&job->zones, zone);
  mj_status status = MJ_OK;
  for (int64_t k = 0; k < n && !status; k++) {
    mj_polys one = job->parcels;
    one.n = 1;
    one.part0 += job->row[k];
    mj_geom_boxes(&one, &box);
    first[k] = near->n;
    if (near->cap - near->n < job->zones.n) {
      int64_t cap = 2 * near->cap + job->zones.n + 64;
      int32_t *grown = realloc(near->row, (size_t)cap * sizeof *grown);
      if (!grown) status = MJ_ENOMEM;
      else near->row = grown;
      if (grown) near->cap = cap;
    }
    for (int64_t z = 0; z < job->zones.n && !status; z++)
      if (mj_boxes_meet(&zone[z], &box)) near->row[near->n++] = (int32_t)z;
  }
  first[n] = near->n;
  free(zone);
  return status;
}

/* Rows whose overlaps with the zones do not add up to the parcel: less, or more where zones lie over each other. */
static int64_t doubtful_rows(const mj_park *park, const double *inside, int64_t *row) {
  const mj_table *t = &park->table[MJ_PARCELS];
  const double *planar = mj_table_f64(t, "area_planar_m2");
  int64_t n = 0;
  for (int64_t i = 0; i < t->n; i++)
    if (inside[i] > 0 && fabs(planar[i] - inside[i]) > park->project.checks.outside_min_m2) row[n++] = i;
  return n;
}

static mj_status tell_outside(mj_park *park, mj_marks *marks, int64_t n, const int64_t *row, const mj_geom *rest) {
  const double *planar = mj_table_f64(&park->table[MJ_PARCELS], "area_planar_m2");
  mj_polys g = mj_geom_view(rest);
  double unit = park->frame.unit_m, *area = mj_arena_alloc(&park->scratch, (size_t)n + 1, sizeof *area);
  char text[120];
  if (!area) return MJ_ENOMEM;
  mj_area_planar(&g, area);
  for (int64_t k = 0; k < n; k++) {
    mj__finding f = {.code = MJ_L_PARCEL_PARTLY_OUTSIDE,
                     .id = MJ_PARCELS,
                     .row = row[k],
                     .other = -1,
                     .area_m2 = area[k] * unit * unit,
                     .width_m = mj_geom_width(&g, k) * unit};
    if (f.area_m2 < park->project.checks.outside_min_m2) continue;
    snprintf(text, sizeof text, mj_tr(park->project.lang, "%.2f m2 outside, %.2f %% of the parcel"), f.area_m2,
             100 * f.area_m2 / planar[row[k]]);
    MJ_TRY(mj__report(park, marks, &f, text, true, &g, k));
  }
  return MJ_OK;
}

/* The entry of a parcel outside all zones was written where zones were assigned; here is its place. */
static mj_status mark_outside(mj_park *park, mj_marks *marks, const double *inside) {
  mj_polys g = mj_geom_view(&park->table[MJ_PARCELS].geom);
  const double *planar = mj_table_f64(&park->table[MJ_PARCELS], "area_planar_m2");
  for (int64_t i = 0; i < g.n; i++) {
    if (inside[i] != 0 || isnan(planar[i])) continue;
    mj__finding f = {.code = MJ_L_PARCEL_OUTSIDE_ZONES,
                     .id = MJ_PARCELS,
                     .row = i,
                     .other = -1,
                     .area_m2 = planar[i],
                     .width_m = (double)NAN};
    MJ_TRY(mj__report(park, marks, &f, NULL, false, &g, i));
  }
  return MJ_OK;
}

static mj_status check_outside(mj_park *park, mj_marks *marks, mj_error *err) {
  const mj_table *t = &park->table[MJ_PARCELS], *pairs = &park->table[MJ_PARCEL_ZONES];
  if (!pairs->name || !(park->project.checks.outside_min_m2 > 0)) return MJ_OK;
  const int64_t *of = mj_table_i64(pairs, "parcel_row");
  const double *overlap = mj_table_f64(pairs, "overlap_m2");
  double *inside = mj_arena_alloc(&park->scratch, (size_t)t->n + 1, sizeof *inside);
  int64_t *row = mj_arena_alloc(&park->scratch, (size_t)t->n + 1, sizeof *row);
  int64_t *first = mj_arena_alloc(&park->scratch, (size_t)t->n + 2, sizeof *first);
  if (!inside || !row || !first) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t k = 0; k < pairs->n; k++) inside[of[k] - 1] += overlap[k];
  outside_job job = {.parcels = mj_geom_view(&t->geom), .zones = mj_geom_view(&park->table[MJ_ZONES].geom), .row = row};
  int64_t n = doubtful_rows(park, inside, row);
  mj_rows near = {0};
  mj_geom rest = {0};
  const mj_left *left = NULL;
  mj_status status = zones_near(&job, n, first, &near);
  job.first = first;
  job.zone = near.row;
  if (status) mj_fail(err, status, "out of memory");
  else status = mj__make_shapes(park, n, make_outside, &job, &rest, &left, err);
  for (int64_t k = 0; k < n && !status; k++)
    if (left[k] == MJ_LEFT_UNKNOWN) status = mj__note_unknown(park, MJ_PARCELS, row[k], err);
  if (!status && (status = tell_outside(park, marks, n, row, &rest))) mj_fail(err, status, "out of memory");
  if (!status && (status = mark_outside(park, marks, inside))) mj_fail(err, status, "out of memory");
  mj_geom_reset(&rest);
  free(near.row);
  return status;
}

mj_status mj__check_parcels(mj_park *park, mj_marks *marks, mj_error *err) {
  if (park->project.checks.overlap_min_m2 > 0) MJ_TRY(check_overlaps(park, marks, err));
  MJ_TRY(check_parts(park, marks, err));
  return check_outside(park, marks, err);
}
