#include "intake/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static mj_status add_note(mj_part *p, mj_ledger_code code, const char *found, const char *expected, mj_error *err) {
  mj_ledger_entry e = {.code = code, .layer = p->label, .found = found, .expected = expected};
  return mj_ledger_add(&p->ledger, e) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* ---- the frame ---- */

/* The box of all parcels in degrees, and of how many it is. */
static int whole_box(mj_part *const *parcels, int n, mj_box *all) {
  int known = 0;
  mj_box at;
  for (int i = 0; i < n; i++) {
    mj_crs_op *op = NULL;
    bool placed = !mj_crs_op_lonlat(parcels[i]->crs, &op, NULL) && mj_frame_lonlat(op, parcels[i]->box, &at);
    mj_crs_op_close(op);
    if (!placed) continue;
    if (!known++) *all = at;
    all->xmin = fmin(all->xmin, at.xmin);
    all->xmax = fmax(all->xmax, at.xmax);
    all->ymin = fmin(all->ymin, at.ymin);
    all->ymax = fmax(all->ymax, at.ymax);
  }
  return known;
}

/* Degrees have no areas, and a plane that distorts them beyond the limit has wrong ones. */
static mj_status choose(mj_part *first, mj_frame *frame, mj_crs **working, mj_error *err) {
  const mj_crs_facts *f = mj_crs_get(first->crs);
  char found[160], expected[80];
  mj_lang lang = first->project->lang;
  const char *label = mj_crs_label(first->crs);
  double limit = first->project->checks.planar_excess, percent = mj_frame_excess_percent(first->crs, first->box);
  bool distorted = limit > 0 && fabs(percent) > limit * 100;
  if (!f->geographic && !distorted) return mj_crs_reopen(f->wkt, working, err);
  frame->laid = true;
  MJ_TRY(mj_crs_belt(first->crs, isnan(frame->lon_deg) ? 0 : frame->lon_deg, working, err));
  if (f->geographic) snprintf(found, sizeof found, "%.*s", (int)mj_utf8_cut(label, 60), label);
  else
    snprintf(found, sizeof found, mj_tr(lang, "%.*s: planar areas are %+.2f %% off there"), (int)mj_utf8_cut(label, 60),
             label, percent);
  snprintf(expected, sizeof expected, mj_tr(lang, "3-degree belt, central meridian %.0f"),
           mj_crs_get(*working)->lon0_deg);
  return add_note(first, f->geographic ? MJ_L_CRS_DEGREES : MJ_L_CRS_DISTORTED, found, expected, err);
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

static mj_status say_datum(mj_part *first, mj_frame *frame, mj_error *err) {
  const char *label = mj_crs_label(first->crs);
  if (is_cgcs2000(mj_crs_get(first->crs))) return add_note(first, MJ_L_CRS_DATUM_ASSUMED_EQUAL, label, "WGS 84", err);
  frame->no_wgs84 = !mj_crs_reaches_wgs84(first->crs);
  if (!frame->no_wgs84) return MJ_OK;
  return add_note(first, MJ_L_CRS_SHIFT_MISSING, label, "datum_shift: [dx, dy, dz, rx, ry, rz, s]", err);
}

mj_status mj_frame_make(mj_part *const *parcels, int n, mj_frame *frame, mj_crs **working, mj_error *err) {
  char found[300], expected[300];
  mj_part *first = parcels[0];
  mj_box all = {0};
  bool placed = whole_box(parcels, n, &all) > 0;
  frame->lon_deg = placed ? (all.xmin + all.xmax) / 2 : (double)NAN;
  frame->lat_deg = placed ? (all.ymin + all.ymax) / 2 : (double)NAN;
  MJ_TRY(choose(first, frame, working, err));
  MJ_TRY(fill(first, *working, frame, err));
  if (mj_crs_get(first->crs)->unit_m != 1 && !frame->source_degrees) {
    snprintf(found, sizeof found, "%.10g m", mj_crs_get(first->crs)->unit_m);
    MJ_TRY(add_note(first, MJ_L_CRS_AXIS_UNIT, found, "1 m", err));
  }
  MJ_TRY(say_datum(first, frame, err));
  for (int i = 0; i < n; i++)
    if (mj_frame_outside(parcels[i]->crs, parcels[i]->box, first->project->lang, found, expected))
      MJ_TRY(add_note(parcels[i], MJ_L_CRS_OUTSIDE_AREA, found, expected, err));
  return MJ_OK;
}

/* ---- into the frame ---- */

static mj_status move_all(mj_part *p, const mj_crs *to, int threads, mj_error *err) {
  mj_error why = {.lang = err ? err->lang : MJ_EN};
  mj_geom *g = &p->table.geom;
  mj_status status = mj_crs_move(p->crs, to, threads, g->verts, g->x, g->y, &why);
  return status ? mj_fail(err, status, "file '%s': layer '%s': %s", p->input->path, p->layer_name, why.message) : MJ_OK;
}

/* A wrong central meridian moves a layer by some 300 km; the pieces of one park lie nearer than this. The least zone
 * prefix, 13, moves it by 13,000 km. */
static const double FAR_KM = 100, PREFIX_KM = 10000;

static double gap(double a0, double a1, double b0, double b1) { return fmax(0, fmax(b0 - a1, a0 - b1)); }

/* Two layers of different systems whose numbers, as delivered, are nearer than this are probably of one. */
static bool numbers_meet(const mj_part *a, const mj_part *b) {
  mj_box p = a->delivered, q = b->delivered;
  double near = FAR_KM * 1000;
  return !mj_crs_same(a->crs, b->crs) && gap(p.xmin, p.xmax, q.xmin, q.xmax) <= near &&
         gap(p.ymin, p.ymax, q.ymin, q.ymax) <= near;
}

static mj_status check_distance(const mj_part *p, const mj_part *parcels, const mj_frame *frame, mj_error *err) {
  mj_box a = parcels->box, b = p->box;
  if (p == parcels || a.xmin > a.xmax || b.xmin > b.xmax) return MJ_OK;
  double dx = gap(a.xmin, a.xmax, b.xmin, b.xmax), dy = gap(a.ymin, a.ymax, b.ymin, b.ymax);
  double km = hypot(dx, dy) * frame->unit_m / 1000;
  if (km <= FAR_KM) return MJ_OK;
  const char *why = "";
  if (numbers_meet(p, parcels)) why = "; their coordinates as delivered lie near each other";
  else if (dx * frame->unit_m > PREFIX_KM * 1000) why = "; one of them may have a zone before its eastings";
  return mj_fail(err, MJ_ECRS,
                 "layer '%s' (%s) lies %.0f km from layer '%s' (%s); one of their reference systems is wrong (%s, "
                 "%s)%s",
                 p->layer_name, p->input->path, km, parcels->layer_name, parcels->input->path, mj_crs_label(p->crs),
                 mj_crs_label(parcels->crs), mj_tr(err ? err->lang : MJ_EN, why));
}

mj_status mj_frame_enter(mj_part *p, const mj_part *parcels, const mj_crs *working, const mj_frame *frame, int threads,
                         mj_error *err) {
  const mj_crs_facts *from = mj_crs_get(p->crs), *to = mj_crs_get(working);
  if (!mj_crs_same(p->crs, working)) {
    MJ_TRY(move_all(p, working, threads, err));
    p->box = mj_box_of(&p->table.geom);
    bool said = p->input->role == MJ_PARCELS && (from->geographic || !strcmp(from->wkt, frame->source_wkt));
    if (!said)
      MJ_TRY(add_note(p, MJ_L_CRS_REPROJECTED, mj_crs_label(p->crs), *to->authority ? to->authority : to->name, err));
    if (from->like_wgs84 && to->like_wgs84 && is_cgcs2000(from) != is_cgcs2000(to))
      MJ_TRY(add_note(p, MJ_L_CRS_DATUM_ASSUMED_EQUAL, mj_crs_label(p->crs), *to->authority ? to->authority : to->name,
                      err));
  }
  return check_distance(p, parcels, frame, err);
}
