#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>

#include "gis/ogr_source.h"

/* Radius of the circle through three points; of the circle on their distance where the ends are one point; 0 where they
 * are on a line. */
static double radius(OGRGeometryH arc, int k) {
  double x[3], y[3];
  for (int i = 0; i < 3; i++) {
    x[i] = OGR_G_GetX(arc, k + i);
    y[i] = OGR_G_GetY(arc, k + i);
  }
  double a = hypot(x[1] - x[0], y[1] - y[0]), b = hypot(x[2] - x[1], y[2] - y[1]), c = hypot(x[2] - x[0], y[2] - y[0]);
  if (c == 0) return a / 2;
  double twice = fabs((x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]));
  return twice > 1e-12 * a * b ? a * b * c / (2 * twice) : 0;
}

static double largest_radius(OGRGeometryH shape) {
  double largest = 0;
  if (wkbFlatten(OGR_G_GetGeometryType(shape)) == wkbCircularString)
    for (int k = 0; k + 2 < OGR_G_GetPointCount(shape); k += 2) largest = fmax(largest, radius(shape, k));
  for (int i = 0; i < OGR_G_GetGeometryCount(shape); i++)
    largest = fmax(largest, largest_radius(OGR_G_GetGeometryRef(shape, i)));
  return largest;
}

/* Metres in a unit of the layer: of a degree, along a meridian. */
static double unit_metres(OGRSpatialReferenceH srs) {
  if (!srs) return 1;
  return OSRIsGeographic(srs) ? 111320 : OSRGetLinearUnits(srs, NULL);
}

/* Degrees of arc whose chord is @p tolerance away from it: r (1 - cos(step / 2)). GDAL's own step is the coarsest. */
static double step_of(double radius_m, double tolerance_m) {
  if (!(radius_m > tolerance_m)) return 4;
  double step = 2 * acos(1 - tolerance_m / radius_m) * 57.29577951308232;
  return fmin(fmax(step, 1e-5), 4);
}

/* One entry a row for the first of them: if there are more, one for all takes their place. */
static void remember(mj_reading *r, OGRGeometryH curved, OGRGeometryH plain, double unit, int64_t source_row) {
  mj_arcs *arcs = &r->arcs;
  if (arcs->n < MJ_LEDGER_FEW) {
    arcs->row[arcs->n] = source_row;
    arcs->before_m2[arcs->n] = OGR_G_Area(curved) * unit * unit;
    arcs->after_m2[arcs->n] = OGR_G_Area(plain) * unit * unit;
  }
  arcs->n++;
}

mj_status mj_reading_arcs(mj_reading *r, const unsigned char *wkb, size_t n, int64_t source_row, mj_shape_state *state,
                          unsigned *kinds, unsigned *type) {
  OGRGeometryH curved = NULL, plain = NULL;
  OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(r->slot->layer);
  unsigned char *bytes = NULL;
  mj_status status = MJ_OK;
  double unit = unit_metres(srs);
  if (n <= INT32_MAX && !OGR_G_CreateFromWkb(wkb, NULL, &curved, (int)n))
    plain =
        OGR_G_GetLinearGeometry(curved, step_of(largest_radius(curved) * unit, mj_arc_tolerance_m(r->options)), NULL);
  int size = plain ? OGR_G_WkbSize(plain) : 0;
  if (size > 0) bytes = malloc((size_t)size);
  if (bytes && !OGR_G_ExportToIsoWkb(plain, wkbNDR, bytes)) {
    status = mj_shapes_push(&r->shapes, bytes, (size_t)size, state, kinds, type);
    if (*state == MJ_SHAPE_FILLED) remember(r, curved, plain, srs && OSRIsGeographic(srs) ? 0 : unit, source_row);
  } else {
    *state = MJ_SHAPE_BROKEN;
    status = mj_shapes_push_empty(&r->shapes);
  }
  free(bytes);
  OGR_G_DestroyGeometry(plain);
  OGR_G_DestroyGeometry(curved);
  return status;
}

double mj_arc_tolerance_m(const mj_read_options *options) {
  return options->curve_tolerance_m > 0 ? options->curve_tolerance_m : 0.001;
}

mj_status mj_reading_tell_arcs(mj_reading *r) {
  const mj_arcs *arcs = &r->arcs;
  char found[120], expected[80];
  double tolerance = mj_arc_tolerance_m(r->options);
  snprintf(expected, sizeof expected, mj_tr(r->options->lang, "lines at most %g m from the arcs"), tolerance);
  for (int64_t k = 0; k < arcs->n && arcs->n <= MJ_LEDGER_FEW; k++) {
    snprintf(found, sizeof found, mj_tr(r->options->lang, "arcs; area %.3f -> %.3f m2"), arcs->before_m2[k],
             arcs->after_m2[k]);
    if (!(arcs->before_m2[k] > 0)) snprintf(found, sizeof found, "%s", mj_tr(r->options->lang, "arcs"));
    MJ_TRY(mj_reading_note(r, MJ_L_GEOM_CURVE, -1, found, expected, arcs->row[k]));
  }
  snprintf(found, sizeof found, mj_tr(r->options->lang, "%lld shapes"), (long long)arcs->n);
  return arcs->n > MJ_LEDGER_FEW ? mj_reading_note(r, MJ_L_GEOM_CURVE, -1, found, expected, 0) : MJ_OK;
}
