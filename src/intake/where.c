#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "intake/frame.h"

const char *mj_crs_label(const mj_crs *crs) {
  const mj_crs_facts *f = mj_crs_get(crs);
  return *f->authority ? f->authority : f->name;
}

/* Corners and middle of a box as longitude and latitude; NULL op: the projection cannot be undone. */
static void to_lonlat(mj_crs_op *op, mj_box b, double x[5], double y[5]) {
  const double xs[5] = {b.xmin, b.xmax, b.xmax, b.xmin, (b.xmin + b.xmax) / 2},
               ys[5] = {b.ymin, b.ymin, b.ymax, b.ymax, (b.ymin + b.ymax) / 2};
  memcpy(x, xs, sizeof xs);
  memcpy(y, ys, sizeof ys);
  mj_crs_op_run(op, 5, x, y);
}

static mj_box span_of(const double x[5], const double y[5]) {
  mj_box at = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  for (int i = 0; i < 4; i++) {
    at.xmin = fmin(at.xmin, x[i]);
    at.xmax = fmax(at.xmax, x[i]);
    at.ymin = fmin(at.ymin, y[i]);
    at.ymax = fmax(at.ymax, y[i]);
  }
  return at;
}

bool mj_frame_lonlat(mj_crs_op *lonlat, mj_box b, mj_box *out) {
  double x[5], y[5];
  if (!(b.xmin <= b.xmax)) return false;
  to_lonlat(lonlat, b, x, y);
  *out = span_of(x, y);
  return isfinite(out->xmin) && isfinite(out->xmax) && isfinite(out->ymin) && isfinite(out->ymax);
}

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

double mj_frame_excess_percent(const mj_crs *crs, mj_box b) {
  mj_crs_op *op = NULL;
  if (mj_crs_get(crs)->geographic || !(b.xmin <= b.xmax) || mj_crs_op_lonlat(crs, &op, NULL)) return (double)NAN;
  double percent = excess_percent(crs, op, (b.xmin + b.xmax) / 2, (b.ymin + b.ymax) / 2);
  mj_crs_op_close(op);
  return percent;
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

/* A Gauss-Krueger grid of one's own states no area of use: that of a 6-degree belt is taken, 3 degrees either side. */
static mj_crs_facts with_area(const mj_crs_facts *f) {
  mj_crs_facts known = *f;
  if (f->has_area || !f->is_tmerc) return known;
  known.has_area = true;
  known.west_deg = f->lon0_deg - 3;
  known.east_deg = f->lon0_deg + 3;
  known.south_deg = -84;
  known.north_deg = 84;
  return known;
}

bool mj_frame_outside(const mj_crs *crs, mj_box b, mj_lang lang, char found[300], char expected[300]) {
  const mj_crs_facts known = with_area(mj_crs_get(crs)), *f = &known;
  double x[5], y[5];
  char belt[100] = "", excess[80] = "";
  const char *label = mj_crs_label(crs);
  mj_crs_op *op = NULL;
  if (!f->has_area || b.xmin > b.xmax || f->west_deg > f->east_deg || mj_crs_op_lonlat(crs, &op, NULL)) return false;
  to_lonlat(op, b, x, y);
  mj_box at = span_of(x, y);
  if (!isfinite(at.xmin) || !isfinite(at.xmax) || !isfinite(at.ymin) || !isfinite(at.ymax)) { /* nowhere on earth */
    snprintf(found, 300, "(%.10g, %.10g) .. (%.10g, %.10g)", b.xmin, b.ymin, b.xmax, b.ymax);
    snprintf(expected, 300, mj_tr(lang, "area of use %.2f..%.2fE %.2f..%.2fN%s"), f->west_deg, f->east_deg,
             f->south_deg, f->north_deg, "");
    mj_crs_op_close(op);
    return true;
  }
  bool outside =
      !(at.xmin >= f->west_deg && at.xmax <= f->east_deg && at.ymin >= f->south_deg && at.ymax <= f->north_deg);
  if (outside) {
    fitting_belt(f, x[4], lang, belt);
    if (!f->geographic)
      snprintf(excess, sizeof excess, mj_tr(lang, "; planar areas are %+.2f %% off there"),
               excess_percent(crs, op, (b.xmin + b.xmax) / 2, (b.ymin + b.ymax) / 2));
    snprintf(found, 300, mj_tr(lang, "data %.2f..%.2fE %.2f..%.2fN in %.*s%s"), at.xmin, at.xmax, at.ymin, at.ymax,
             (int)mj_utf8_cut(label, 60), label, excess);
    snprintf(expected, 300, mj_tr(lang, "area of use %.2f..%.2fE %.2f..%.2fN%s"), f->west_deg, f->east_deg,
             f->south_deg, f->north_deg, belt);
  }
  mj_crs_op_close(op);
  return outside;
}
