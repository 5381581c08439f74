#include "intake/system.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "intake/fit.h"
#include "intake/frame.h"

static const double TINY = 5;

static mj_status no_memory(mj_part *p) { return mj_fail(&p->err, MJ_ENOMEM, "out of memory"); }

static mj_status add_note(mj_part *p, mj_ledger_code code, const char *found, const char *expected) {
  mj_ledger_entry e = {.code = code, .layer = p->label, .found = found, .expected = expected};
  return mj_ledger_add(&p->ledger, e) ? no_memory(p) : MJ_OK;
}

static bool fits(const mj_crs *crs, mj_box box) {
  mj_fit fit;
  mj_fit_open(&fit, crs);
  bool yes = mj_fits(&fit, box);
  mj_fit_close(&fit);
  return yes;
}

/* ---- what is read otherwise than it is stated ---- */

static void exchange(mj_part *p) {
  mj_geom *g = &p->table.geom;
  double *x = g->x;
  g->x = g->y;
  g->y = x;
  p->box = mj_box_turned(p->box);
}

static mj_status say_swapped(mj_part *p, mj_numbers n) {
  char found[200], expected[200];
  mj_lang lang = p->project->lang;
  mj_box b = p->delivered;
  const char *label = mj_crs_label(p->crs);
  snprintf(found, sizeof found, "x %.10g .. %.10g, y %.10g .. %.10g", b.xmin, b.xmax, b.ymin, b.ymax);
  snprintf(expected, sizeof expected,
           mj_tr(lang, n.kind == MJ_NUMBERS_DEGREES ? "x is latitude and y is longitude; exchanged, they fit %.*s"
                       : n.zone ? "x is northing and y is easting with its zone; exchanged, they fit %.*s"
                                : "x is northing and y is easting; exchanged, they fit %.*s"),
           (int)mj_utf8_cut(label, 100), label);
  return add_note(p, MJ_L_CRS_AXES_SWAPPED, found, expected);
}

static mj_status say_prefix(mj_part *p, const mj_crs *stated, mj_numbers n) {
  char found[200], expected[200];
  const char *said = mj_crs_label(stated), *label = mj_crs_label(p->crs);
  mj_lang lang = p->project->lang;
  snprintf(found, sizeof found,
           mj_tr(lang, n.zone ? "eastings %.10g .. %.10g with a zone; %.*s has false easting %.0f"
                              : "eastings %.10g .. %.10g without a zone; %.*s has false easting %.0f"),
           p->box.xmin, p->box.xmax, (int)mj_utf8_cut(said, 80), said, mj_crs_get(stated)->fe_m);
  snprintf(expected, sizeof expected, mj_tr(lang, "read in %.*s, false easting %.0f"), (int)mj_utf8_cut(label, 100),
           label, mj_crs_get(p->crs)->fe_m);
  return add_note(p, MJ_L_CRS_ZONE_PREFIX, found, expected);
}

/* The zone of the eastings and the central meridian of the system contradict each other: one of them is wrong, and
 * which one cannot be seen from here. */
static mj_status refuse_zone(mj_part *p, int zone, int stated_zone) {
  const mj_crs_facts *f = mj_crs_get(p->crs);
  double meridian = mj_zone_meridian(zone, f->k0);
  mj_crs *by_zone = NULL, *by_meridian = NULL;
  mj_status status = mj_crs_zone(p->crs, zone, meridian, true, &by_zone, &p->err);
  if (!status && stated_zone) status = mj_crs_zone(p->crs, stated_zone, f->lon0_deg, false, &by_meridian, &p->err);
  if (!status)
    status = mj_fail(&p->err, MJ_ECRS,
                     "file '%s': layer '%s': its eastings begin with zone %d (central meridian %gE), but its system "
                     "(%s) has central meridian %.10gE; %s would fit them as they stand, %s without the %d; correct "
                     "the system or the eastings",
                     p->input->path, p->layer_name, zone, meridian, mj_crs_label(p->crs), f->lon0_deg,
                     mj_crs_label(by_zone), mj_crs_label(by_meridian ? by_meridian : p->crs), zone);
  mj_crs_close(by_zone);
  mj_crs_close(by_meridian);
  return status;
}

/* The sibling of the stated system that has the eastings' zone or has none, as the eastings do; NULL where the stated
 * one is meant. */
static mj_status find_sibling(mj_part *p, mj_numbers n, mj_crs **out) {
  const mj_crs_facts *f = mj_crs_get(p->crs);
  int stated = mj_zone_of(f);
  *out = NULL;
  if (n.zone == stated) return MJ_OK;
  if (!n.zone) return mj_crs_zone(p->crs, stated, f->lon0_deg, false, out, &p->err);
  double meridian = mj_zone_meridian(n.zone, f->k0);
  if (isnan(meridian)) return MJ_OK; /* no zone of this family: it is for CRS_OUTSIDE_AREA to say where that lies */
  if (fabs(meridian - f->lon0_deg) > 1e-9) return refuse_zone(p, n.zone, stated);
  return mj_crs_zone(p->crs, n.zone, f->lon0_deg, true, out, &p->err);
}

static mj_status settle_gauss(mj_part *p, mj_numbers n) {
  const mj_crs_facts *f = mj_crs_get(p->crs);
  mj_crs *sibling, *stated = p->crs;
  if (!f->is_tmerc || f->unit_m != 1 || fits(p->crs, p->box)) return MJ_OK;
  MJ_TRY(find_sibling(p, n, &sibling));
  bool right = (sibling || n.swapped) && fits(sibling ? sibling : stated, n.swapped ? mj_box_turned(p->box) : p->box);
  mj_status status = MJ_OK;
  if (right && n.swapped) exchange(p);
  if (right && sibling) p->crs = sibling;
  if (right && n.swapped) status = say_swapped(p, n);
  if (right && sibling && !status) status = say_prefix(p, stated, n);
  mj_crs_close(right && sibling ? stated : sibling);
  return status;
}

static mj_status refuse_numbers(mj_part *p, bool degrees) {
  char fit[320];
  mj_box b = p->box;
  mj_numbers_would_fit(b, p->err.lang, fit);
  return mj_fail(&p->err, MJ_ECRS,
                 degrees ? "file '%s': layer '%s' is said to be in degrees (%s), but its coordinates reach from "
                           "(%.10g, %.10g) to (%.10g, %.10g)%s%s"
                         : "file '%s': layer '%s' is said to be projected (%s), but its coordinates are degrees, from "
                           "(%.10g, %.10g) to (%.10g, %.10g)%s%s",
                 p->input->path, p->layer_name, mj_crs_label(p->crs), b.xmin, b.ymin, b.xmax, b.ymax, *fit ? "; " : "",
                 fit);
}

static mj_status check_degrees(mj_part *p) {
  mj_box b = p->box;
  bool lonlat = b.xmin > b.xmax || (b.xmin >= -180 && b.xmax <= 180 && b.ymin >= -90 && b.ymax <= 90);
  return lonlat ? MJ_OK : refuse_numbers(p, true);
}

static mj_status settle_degrees(mj_part *p, mj_numbers n) {
  if (n.kind == MJ_NUMBERS_DEGREES && n.swapped && !fits(p->crs, p->box) && fits(p->crs, mj_box_turned(p->box))) {
    exchange(p);
    return say_swapped(p, n);
  }
  return check_degrees(p);
}

static bool is_wide(mj_box b, const mj_crs_facts *f) {
  double limit = f->geographic ? MJ_FAR_DEGREES : MJ_FAR_KM * 1000 / f->unit_m;
  return b.xmax - b.xmin > limit || b.ymax - b.ymin > limit;
}

/* Numbers of no one pattern, or wide apart: row by row where they do not fit as a whole. */
static mj_status settle_rows(mj_part *p) {
  mj_fit fit;
  mj_fit_open(&fit, p->crs);
  bool doubtful = is_wide(p->box, mj_crs_get(p->crs)) || !mj_fits(&fit, p->box);
  mj_status status = fit.op && doubtful ? mj_rows_settle(p, &fit) : MJ_OK;
  mj_fit_close(&fit);
  return status;
}

static mj_status settle(mj_part *p) {
  const mj_crs_facts *f = mj_crs_get(p->crs);
  if (mj_numbers_of(p->box).kind == MJ_NUMBERS_OPEN || is_wide(p->box, f)) MJ_TRY(settle_rows(p));
  mj_numbers n = mj_numbers_of(p->box);
  bool tiny = p->box.xmax - p->box.xmin <= TINY && p->box.ymax - p->box.ymin <= TINY;
  if (p->box.xmin > p->box.xmax || n.kind == MJ_NUMBERS_OPEN) return f->geographic ? check_degrees(p) : MJ_OK;
  if (f->geographic) return settle_degrees(p, n);
  if (n.kind == MJ_NUMBERS_GAUSS) return settle_gauss(p, n);
  return (n.china && tiny) || !fits(p->crs, p->box) ? refuse_numbers(p, false) : MJ_OK;
}

/* ---- what is stated ---- */

static mj_status ask_for_system(mj_part *p) {
  char fit[320];
  mj_numbers_would_fit(p->box, p->err.lang, fit);
  return mj_fail(&p->err, MJ_ECRS,
                 "file '%s': layer '%s' has no reference system; name it with --crs or crs: in park.yaml, as in "
                 "EPSG:4549%s%s",
                 p->input->path, p->layer_name, *fit ? "; " : "", fit);
}

static mj_status open_assigned(mj_part *p, const char *given) {
  if (!given) given = p->project->crs;
  if (!given) return ask_for_system(p);
  MJ_TRY(mj_crs_open(given, &p->crs, &p->err));
  return add_note(p, MJ_L_CRS_ASSIGNED, "", given);
}

/* What the layer carries stands; said otherwise it is for a person to decide. */
static mj_status open_carried(mj_part *p, const char *given) {
  mj_crs *other = NULL;
  mj_error why = {.lang = p->err.lang};
  mj_status status = mj_crs_open(p->carried, &p->crs, &why);
  if (status) return mj_fail(&p->err, status, "file '%s': layer '%s': %s", p->input->path, p->layer_name, why.message);
  if (!given) return MJ_OK;
  MJ_TRY(mj_crs_open(given, &other, &p->err));
  bool same = mj_crs_same(p->crs, other);
  mj_crs_close(other);
  if (same) return MJ_OK;
  return mj_fail(&p->err, MJ_ECRS, "file '%s': layer '%s' carries '%s', but crs: says '%s'; correct one of them",
                 p->input->path, p->layer_name, mj_crs_get(p->crs)->name, given);
}

static mj_status say_custom(mj_part *p) {
  const mj_crs_facts *f = mj_crs_get(p->crs);
  char like[240];
  mj_lang lang = p->project->lang;
  if (*f->authority) return MJ_OK;
  if (*f->resembles)
    snprintf(like, sizeof like, mj_tr(lang, "resembles %.*s (%d %%), not taken for it"),
             (int)mj_utf8_cut(f->resembles, 160), f->resembles, f->resemblance);
  else snprintf(like, sizeof like, "%s", mj_tr(lang, "like no system of the registry"));
  return add_note(p, MJ_L_CRS_CUSTOM, f->name, like);
}

/* ---- the shift of an old datum ---- */

/* How far a shift moves the middle of the layer, metres east and north on a sphere of 6371 km; false: nowhere. */
static bool shift_at(const mj_crs *crs, mj_box b, double *east_m, double *north_m) {
  const double m_per_deg = 111194.9;
  mj_crs *wgs84 = NULL;
  mj_crs_op *own = NULL, *moved = NULL;
  double x = (b.xmin + b.xmax) / 2, y = (b.ymin + b.ymax) / 2, u = x, v = y;
  bool ok = !mj_crs_open("EPSG:4326", &wgs84, NULL) && !mj_crs_op_lonlat(crs, &own, NULL) &&
            !mj_crs_op_open(crs, wgs84, &moved, NULL);
  if (ok) {
    mj_crs_op_run(own, 1, &x, &y);
    mj_crs_op_run(moved, 1, &u, &v);
    *east_m = (u - x) * m_per_deg * cos(y * 0.017453292519943295);
    *north_m = (v - y) * m_per_deg;
  }
  mj_crs_op_close(own);
  mj_crs_op_close(moved);
  mj_crs_close(wgs84);
  return ok && isfinite(*east_m) && isfinite(*north_m);
}

static mj_status say_shift(mj_part *p, const double s[7]) {
  char found[200], expected[120] = "";
  double east = 0, north = 0;
  snprintf(found, sizeof found, "datum_shift: [%.10g, %.10g, %.10g, %.10g, %.10g, %.10g, %.10g]", s[0], s[1], s[2],
           s[3], s[4], s[5], s[6]);
  if (p->box.xmin <= p->box.xmax && shift_at(p->crs, p->box, &east, &north))
    snprintf(expected, sizeof expected,
             mj_tr(p->project->lang, "longitude and latitude move %.2f m east, %.2f m north"), east, north);
  return add_note(p, MJ_L_CRS_SHIFT_GIVEN, found, expected);
}

/* What is said of the layer is nearer than what is said of the project; the project's is for datums that have no way of
 * their own. */
static mj_status apply_shift(mj_part *p) {
  const double *own = p->input->datum_shift, *shift = own ? own : p->project->datum_shift;
  mj_crs *shifted;
  if (!shift) return MJ_OK;
  if (own && mj_crs_get(p->crs)->like_wgs84)
    return mj_fail(&p->err, MJ_ECRS, "file '%s': layer '%s' is in '%s' and takes no datum_shift", p->input->path,
                   p->layer_name, mj_crs_get(p->crs)->name);
  if (!own && mj_crs_reaches_wgs84(p->crs)) return MJ_OK;
  MJ_TRY(mj_crs_shift(p->crs, shift, &shifted, &p->err));
  mj_crs_close(p->crs);
  p->crs = shifted;
  p->project_shift = !own;
  return say_shift(p, shift);
}

mj_status mj_system_open(mj_part *p) {
  const char *given = p->input->crs;
  p->delivered = p->box;
  MJ_TRY(*p->carried ? open_carried(p, given) : open_assigned(p, given));
  MJ_TRY(settle(p));
  MJ_TRY(say_custom(p));
  return apply_shift(p);
}

mj_status mj_systems_agree(const mj_part *part, int n, mj_error *err) {
  const mj_part *first = NULL;
  for (int i = 0; i < n; i++) {
    if (!part[i].project_shift) continue;
    if (!first) first = &part[i];
    if (!mj_crs_same_datum(first->crs, part[i].crs))
      return mj_fail(err, MJ_ECRS,
                     "layers '%s' (%s) and '%s' (%s) are on two datums; give each its own datum_shift: in park.yaml",
                     first->layer_name, mj_crs_label(first->crs), part[i].layer_name, mj_crs_label(part[i].crs));
  }
  return MJ_OK;
}
