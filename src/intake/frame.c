#include "intake/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

const char *mj_crs_label(const mj_crs *crs) {
  const mj_crs_facts *f = mj_crs_get(crs);
  return *f->authority ? f->authority : f->name;
}

static mj_status add_note(mj_part *p, mj_ledger_code code, const char *found, const char *expected, mj_error *err) {
  mj_ledger_entry e = {.code = code, .layer = p->label, .found = found, .expected = expected};
  return mj_ledger_add(&p->ledger, e) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* ---- area of use ---- */

/* What k2 - 1 is at a place, in percent: a kilometre square on the projection plane over its geodesic area. */
static double excess_percent(const mj_crs *crs, mj_crs_op *lonlat, double x, double y) {
  const mj_crs_facts *f = mj_crs_get(crs);
  double half = 500 / f->unit_m, area = (double)NAN;
  double xs[5] = {x - half, x + half, x + half, x - half, x - half},
         ys[5] = {y - half, y - half, y + half, y + half, y - half};
  const int32_t part0[2] = {0, 1}, ring0[2] = {0, 1}, vert0[2] = {0, 5};
  mj_polys polys = {1, part0, ring0, vert0, xs, ys};
  mj_crs_op_run(lonlat, 5, xs, ys);
  mj_area_geodesic(&polys, xs, ys, f->a_m, f->inv_f, 0, 1, &area);
  return (1e6 / area - 1) * 100;
}

/* The belt of the same family that holds the longitude: UTM zones, or Gauss-Krueger belts as wide as the one in use. */
static void fitting_belt(const mj_crs_facts *f, double lon, mj_lang lang, char out[100]) {
  if (!f->is_tmerc) {
    out[0] = '\0';
  } else if (fabs(f->k0 - 0.9996) < 1e-9) {
    int zone = (int)floor((lon + 180) / 6) + 1;
    snprintf(out, 100, mj_tr(lang, "; UTM zone %d (central meridian %dE) fits"), zone, zone * 6 - 183);
  } else if (f->has_area && f->east_deg - f->west_deg > 4) {
    snprintf(out, 100, mj_tr(lang, "; the 6-degree belt of central meridian %.0fE fits"), floor(lon / 6) * 6 + 3);
  } else {
    snprintf(out, 100, mj_tr(lang, "; the 3-degree belt of central meridian %.0fE fits"), round(lon / 3) * 3);
  }
}

bool mj_frame_outside(const mj_crs *crs, mj_box b, mj_lang lang, char found[300], char expected[300]) {
  const mj_crs_facts *f = mj_crs_get(crs);
  double xs[5] = {b.xmin, b.xmax, b.xmax, b.xmin, (b.xmin + b.xmax) / 2},
         ys[5] = {b.ymin, b.ymin, b.ymax, b.ymax, (b.ymin + b.ymax) / 2};
  double w = HUGE_VAL, e = -HUGE_VAL, s = HUGE_VAL, n = -HUGE_VAL;
  char belt[100] = "", excess[80] = "";
  mj_crs_op *op = NULL;
  if (!f->has_area || b.xmin > b.xmax || f->west_deg > f->east_deg || mj_crs_op_lonlat(crs, &op, NULL)) return false;
  mj_crs_op_run(op, 5, xs, ys);
  for (int i = 0; i < 4; i++) {
    w = fmin(w, xs[i]);
    e = fmax(e, xs[i]);
    s = fmin(s, ys[i]);
    n = fmax(n, ys[i]);
  }
  bool outside = !(w >= f->west_deg && e <= f->east_deg && s >= f->south_deg && n <= f->north_deg);
  if (outside) {
    fitting_belt(f, xs[4], lang, belt);
    if (!f->geographic)
      snprintf(excess, sizeof excess, mj_tr(lang, "; planar areas are %+.2f %% off there"),
               excess_percent(crs, op, (b.xmin + b.xmax) / 2, (b.ymin + b.ymax) / 2));
    snprintf(found, 300, mj_tr(lang, "data %.2f..%.2fE %.2f..%.2fN in %.60s%s"), w, e, s, n, mj_crs_label(crs), excess);
    snprintf(expected, 300, mj_tr(lang, "area of use %.2f..%.2fE %.2f..%.2fN%s"), f->west_deg, f->east_deg,
             f->south_deg, f->north_deg, belt);
  }
  mj_crs_op_close(op);
  return outside;
}

/* ---- the frame ---- */

static mj_status check_degrees(const mj_part *p, mj_error *err) {
  mj_box b = p->box;
  const mj_crs_facts *f = mj_crs_get(p->crs);
  if (!f->geographic || b.xmin > b.xmax || (b.xmin >= -180 && b.xmax <= 180 && b.ymin >= -90 && b.ymax <= 90))
    return MJ_OK;
  return mj_fail(err, MJ_ECRS,
                 "file '%s': layer '%s' is said to be in degrees (%s), but its coordinates reach from (%.10g, %.10g) "
                 "to (%.10g, %.10g)",
                 p->input->path, p->layer_name, mj_crs_label(p->crs), b.xmin, b.ymin, b.xmax, b.ymax);
}

static mj_status choose(mj_part *const *parcels, int n, mj_crs **working, mj_error *err) {
  const mj_crs_facts *f = mj_crs_get(parcels[0]->crs);
  mj_box all = parcels[0]->box;
  char found[80], expected[80];
  if (!f->geographic) return mj_crs_open(f->wkt, working, err);
  for (int i = 1; i < n; i++) {
    mj_box b = parcels[i]->box;
    if (!mj_crs_get(parcels[i]->crs)->geographic) continue;
    all.xmin = fmin(all.xmin, b.xmin);
    all.xmax = fmax(all.xmax, b.xmax);
  }
  double lon = all.xmin > all.xmax ? 0 : (all.xmin + all.xmax) / 2;
  MJ_TRY(mj_crs_belt(parcels[0]->crs, lon, working, err));
  snprintf(found, sizeof found, "%.60s", mj_crs_label(parcels[0]->crs));
  snprintf(expected, sizeof expected, mj_tr(parcels[0]->project->lang, "3-degree belt, central meridian %.0f"),
           mj_crs_get(*working)->lon0_deg);
  return add_note(parcels[0], MJ_L_CRS_DEGREES, found, expected, err);
}

static char *copy(const char *text) {
  char *out = malloc(strlen(text) + 1);
  return out ? strcpy(out, text) : NULL;
}

static mj_status fill(const mj_part *first, const mj_crs *working, mj_frame *frame, mj_error *err) {
  const mj_crs_facts *from = mj_crs_get(first->crs), *to = mj_crs_get(working);
  frame->wkt = copy(to->wkt);
  frame->source_wkt = copy(from->wkt);
  if (!frame->wkt || !frame->source_wkt) return mj_fail(err, MJ_ENOMEM, "out of memory");
  snprintf(frame->source_name, sizeof frame->source_name, "%s", mj_crs_label(first->crs));
  frame->source_degrees = from->geographic;
  frame->unit_m = to->unit_m;
  frame->a_m = to->a_m;
  frame->inv_f = to->inv_f;
  return MJ_OK;
}

/* CGCS2000 and WGS 84 differ by their flattening, 298.257222101 against 298.257223563. */
static bool is_cgcs2000(const mj_crs_facts *f) { return f->like_wgs84 && fabs(f->inv_f - 298.257222101) < 1e-7; }

mj_status mj_frame_make(mj_part *const *parcels, int n, mj_frame *frame, mj_crs **working, mj_error *err) {
  char found[300], expected[300];
  mj_part *first = parcels[0];
  for (int i = 0; i < n; i++) MJ_TRY(check_degrees(parcels[i], err));
  MJ_TRY(choose(parcels, n, working, err));
  MJ_TRY(fill(first, *working, frame, err));
  if (frame->unit_m != 1) {
    snprintf(found, sizeof found, "%.10g m", frame->unit_m);
    MJ_TRY(add_note(first, MJ_L_CRS_AXIS_UNIT, found, "1 m", err));
  }
  if (is_cgcs2000(mj_crs_get(first->crs)))
    MJ_TRY(add_note(first, MJ_L_CRS_DATUM_ASSUMED_EQUAL, mj_crs_label(first->crs), "WGS 84", err));
  for (int i = 0; i < n; i++)
    if (mj_frame_outside(parcels[i]->crs, parcels[i]->box, first->project->lang, found, expected))
      MJ_TRY(add_note(parcels[i], MJ_L_CRS_OUTSIDE_AREA, found, expected, err));
  return MJ_OK;
}

/* ---- into the frame ---- */

typedef struct {
  const mj_crs *from, *to;
  double *x, *y;
  mj_crs_op *op[64]; /* one a worker; mj_threads never gives more */
} move;

static mj_status move_range(void *ctx, int64_t first, int64_t last, int worker) {
  move *m = ctx;
  if (!m->op[worker]) MJ_TRY(mj_crs_op_open(m->from, m->to, &m->op[worker], NULL));
  mj_crs_op_run(m->op[worker], last - first, m->x + first, m->y + first);
  return MJ_OK;
}

static mj_status move_all(mj_part *p, const mj_crs *to, int threads, mj_error *err) {
  move m = {.from = p->crs, .to = to, .x = p->table.geom.x, .y = p->table.geom.y};
  mj_error why = {.lang = err ? err->lang : MJ_EN};
  mj_status status = mj_crs_op_open(p->crs, to, &m.op[0], &why); /* here, so that a refusal says why */
  if (status) mj_fail(err, status, "file '%s': layer '%s': %s", p->input->path, p->layer_name, why.message);
  else if ((status = mj_parallel(threads, p->table.geom.verts, 1 << 16, move_range, &m)))
    mj_fail(err, status, "file '%s': layer '%s': %s", p->input->path, p->layer_name, mj_status_name(status));
  for (int i = 0; i < 64; i++) mj_crs_op_close(m.op[i]);
  return status;
}

/* A wrong central meridian moves a layer by some 300 km; the pieces of one park lie nearer than this. */
static const double FAR_KM = 100;

static double gap(double a0, double a1, double b0, double b1) { return fmax(0, fmax(b0 - a1, a0 - b1)); }

static mj_status check_distance(const mj_part *p, const mj_part *parcels, const mj_frame *frame, mj_error *err) {
  mj_box a = parcels->box, b = p->box;
  if (p == parcels || a.xmin > a.xmax || b.xmin > b.xmax) return MJ_OK;
  double km = hypot(gap(a.xmin, a.xmax, b.xmin, b.xmax), gap(a.ymin, a.ymax, b.ymin, b.ymax)) * frame->unit_m / 1000;
  if (km <= FAR_KM) return MJ_OK;
  return mj_fail(err, MJ_ECRS,
                 "layer '%s' (%s) lies %.0f km from layer '%s' (%s); one of their reference systems is wrong (%s, %s)",
                 p->layer_name, p->input->path, km, parcels->layer_name, parcels->input->path, mj_crs_label(p->crs),
                 mj_crs_label(parcels->crs));
}

mj_status mj_frame_enter(mj_part *p, const mj_part *parcels, const mj_crs *working, const mj_frame *frame, int threads,
                         mj_error *err) {
  const mj_crs_facts *from = mj_crs_get(p->crs), *to = mj_crs_get(working);
  MJ_TRY(check_degrees(p, err));
  if (!mj_crs_same(p->crs, working)) {
    MJ_TRY(move_all(p, working, threads, err));
    p->box = mj_box_of(&p->table.geom);
    bool own_belt = p->input->role == MJ_PARCELS && from->geographic; /* CRS_DEGREES has said it */
    if (!own_belt)
      MJ_TRY(add_note(p, MJ_L_CRS_REPROJECTED, mj_crs_label(p->crs), *to->authority ? to->authority : to->name, err));
    if (from->like_wgs84 && to->like_wgs84 && is_cgcs2000(from) != is_cgcs2000(to))
      MJ_TRY(add_note(p, MJ_L_CRS_DATUM_ASSUMED_EQUAL, mj_crs_label(p->crs), *to->authority ? to->authority : to->name,
                      err));
  }
  return check_distance(p, parcels, frame, err);
}
