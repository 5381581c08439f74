#include "intake/fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "intake/frame.h"

static const double FAR_FROM_ORIGIN_M = 1e6, NEAR_AREA_DEG = 3, MILLION = 1e6;

void mj_fit_open(mj_fit *fit, const mj_crs *crs) {
  *fit = (mj_fit){.crs = crs};
  if (mj_crs_op_lonlat(crs, &fit->op, NULL)) fit->op = NULL;
}

void mj_fit_close(mj_fit *fit) {
  mj_crs_op_close(fit->op);
  *fit = (mj_fit){0};
}

static bool near_origin(const mj_crs_facts *f, mj_box b) {
  return fabs(b.xmin * f->unit_m - f->fe_m) <= FAR_FROM_ORIGIN_M &&
         fabs(b.xmax * f->unit_m - f->fe_m) <= FAR_FROM_ORIGIN_M;
}

static bool is_lonlat(mj_box b) { return b.xmin >= -180 && b.xmax <= 180 && b.ymin >= -90 && b.ymax <= 90; }

bool mj_fits(const mj_fit *fit, mj_box b) {
  const mj_crs_facts *f = mj_crs_get(fit->crs);
  mj_box at;
  if (f->geographic && !is_lonlat(b)) return false;
  if (f->is_tmerc && !near_origin(f, b)) return false;
  if (!fit->op || !mj_frame_lonlat(fit->op, b, &at) || !is_lonlat(at)) return false;
  if (!f->has_area || f->west_deg > f->east_deg) return true;
  return at.xmin >= f->west_deg - NEAR_AREA_DEG && at.xmax <= f->east_deg + NEAR_AREA_DEG &&
         at.ymin >= f->south_deg - NEAR_AREA_DEG && at.ymax <= f->north_deg + NEAR_AREA_DEG;
}

int mj_zone_of(const mj_crs_facts *f) { return f->is_tmerc && f->fe_m >= MILLION ? (int)(f->fe_m / MILLION) : 0; }

/* ---- row by row ---- */

/* How a row is brought to fit. */
typedef struct {
  bool swapped, prefix, aside;
  double dx; /* to x, after the exchange */
} cure;

typedef struct {
  mj_part *part;
  const mj_fit *fit;
  mj_polys g;
  mj_box *box;
  cure *cure;
} rows;

static cure cure_of(const mj_fit *fit, mj_box b) {
  const mj_crs_facts *f = mj_crs_get(fit->crs);
  mj_numbers n = mj_numbers_of(b);
  cure c = {.swapped = n.swapped};
  bool gauss = n.kind == MJ_NUMBERS_GAUSS && f->is_tmerc && f->unit_m == 1;
  bool degrees = n.kind == MJ_NUMBERS_DEGREES && n.swapped && f->geographic;
  int zone = mj_zone_of(f);
  if (gauss && n.zone != zone) {
    c.prefix = true;
    c.dx = (zone - n.zone) * MILLION;
    gauss = !n.zone || mj_zone_meridian(n.zone, f->k0) == f->lon0_deg;
  }
  if (n.swapped) b = mj_box_turned(b);
  b.xmin += c.dx;
  b.xmax += c.dx;
  return (gauss || degrees) && mj_fits(fit, b) ? c : (cure){.aside = true};
}

/* The number of rows that fit; rows without vertices are left alone. */
static int64_t examine(rows *r) {
  int64_t n = 0;
  for (int64_t i = 0; i < r->g.n; i++) {
    if (!(r->box[i].xmin <= r->box[i].xmax)) continue;
    bool fits = mj_fits(r->fit, r->box[i]);
    n += fits;
    if (!fits) r->cure[i] = cure_of(r->fit, r->box[i]);
  }
  return n;
}

/* ---- far from the others ---- */

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double middle_of(mj_box b, bool north) { return north ? (b.ymin + b.ymax) / 2 : (b.xmin + b.xmax) / 2; }

static bool is_sound(const rows *r, int64_t i) {
  return r->box[i].xmin <= r->box[i].xmax && !r->cure[i].aside && !r->cure[i].swapped && !r->cure[i].prefix;
}

/* The median of the middles of sound rows; values is room for all rows. */
static double median(const rows *r, bool north, double *values) {
  size_t n = 0;
  for (int64_t i = 0; i < r->g.n; i++)
    if (is_sound(r, i)) values[n++] = middle_of(r->box[i], north);
  qsort(values, n, sizeof *values, by_value);
  return n ? values[n / 2] : 0;
}

/* Rows far from where most rows are; where there is no such majority, none is. */
static mj_status examine_distance(rows *r) {
  const mj_crs_facts *f = mj_crs_get(r->fit->crs);
  double limit = f->geographic ? MJ_FAR_DEGREES : MJ_FAR_KM * 1000 / f->unit_m;
  double *values = malloc(((size_t)r->g.n + 1) * sizeof *values);
  int64_t n = 0, n_far = 0;
  if (!values) return mj_fail(&r->part->err, MJ_ENOMEM, "out of memory");
  double x = median(r, false, values), y = median(r, true, values);
  free(values);
  for (int pass = 0; pass < 2; pass++)
    for (int64_t i = 0; i < r->g.n; i++) {
      if (!is_sound(r, i)) continue;
      bool far = fabs(middle_of(r->box[i], false) - x) > limit || fabs(middle_of(r->box[i], true) - y) > limit;
      n += pass == 0;
      n_far += pass == 0 && far;
      if (pass == 1 && far && 2 * n_far < n) r->cure[i].aside = true;
    }
  return MJ_OK;
}

/* ---- what is told and done ---- */

static mj_status enter(const rows *r, int64_t row, mj_ledger_code code, const char *found, const char *expected) {
  const mj_table *t = &r->part->table;
  const mj_column *first = t->n_columns ? t->columns[0] : NULL;
  bool named = row >= 0 && first && first->type == MJ_TEXT && !first->from_source;
  mj_ledger_entry e = {.code = code,
                       .layer = r->part->label,
                       .id = named ? first->text[row] : NULL,
                       .row = row < 0 ? 0 : mj_table_source_row(t, row),
                       .found = found,
                       .expected = expected};
  return mj_ledger_add(&r->part->ledger, e) ? mj_fail(&r->part->err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

static bool has(const cure *c, mj_ledger_code code) {
  return code == MJ_L_CRS_AXES_SWAPPED ? c->swapped : code == MJ_L_CRS_ZONE_PREFIX ? c->prefix : c->aside;
}

/* Entries of one code: by row while they are few, and always where the row is lost. */
static mj_status say(const rows *r, mj_ledger_code code, const char *would) {
  char found[120];
  mj_lang lang = r->part->project->lang;
  int64_t n = 0;
  for (int64_t i = 0; i < r->g.n; i++) n += has(&r->cure[i], code);
  for (int64_t i = 0; i < r->g.n && (n <= MJ_LEDGER_FEW || code == MJ_L_COORD_MISPLACED); i++) {
    if (!has(&r->cure[i], code)) continue;
    snprintf(found, sizeof found, "(%.10g, %.10g)", r->box[i].xmin, r->box[i].ymin);
    MJ_TRY(enter(r, i, code, found, would));
  }
  if (n <= MJ_LEDGER_FEW || code == MJ_L_COORD_MISPLACED) return MJ_OK;
  snprintf(found, sizeof found, mj_tr(lang, "%lld rows"), (long long)n);
  return enter(r, -1, code, found, would);
}

static void change(mj_geom *g, int64_t row, cure c) {
  int32_t last = g->vert0[g->ring0[g->part0[row + 1]]];
  for (int32_t v = g->vert0[g->ring0[g->part0[row]]]; v < last; v++) {
    double x = g->x[v], y = g->y[v];
    g->x[v] = (c.swapped ? y : x) + c.dx;
    if (c.swapped) g->y[v] = x;
  }
}

/* Area of the rows that are set aside, in the plane they are stated in; none in degrees, which lie nowhere. */
static void count_misplaced(rows *r) {
  const mj_crs_facts *f = mj_crs_get(r->fit->crs);
  for (int64_t i = 0; i < r->g.n && !f->geographic && r->part->table.geom.kind == MJ_GEOM_POLYGON; i++) {
    double area = 0;
    mj_polys one = r->g;
    if (!r->cure[i].aside) continue;
    one.n = 1;
    one.part0 = r->g.part0 + i;
    mj_area_planar(&one, &area);
    if (isfinite(area)) r->part->area_misplaced_m2 += area * f->unit_m * f->unit_m;
  }
}

/* Set-aside rows lose their shape; the others keep their place in the list. */
static mj_status apply(rows *r) {
  mj_geom *geom = &r->part->table.geom, out = {.kind = geom->kind};
  mj_status status = mj_geom_reserve(&out, geom->n, geom->parts, geom->rings, geom->verts);
  count_misplaced(r);
  for (int64_t i = 0; i < r->g.n; i++)
    if (r->cure[i].swapped || r->cure[i].prefix) change(geom, i, r->cure[i]);
  for (int64_t i = 0; i < r->g.n && !status; i++)
    status = r->cure[i].aside ? mj_geom_end_row(&out) : mj_geom_push_row(&out, &r->g, i);
  if (status) {
    mj_geom_reset(&out);
    return mj_fail(&r->part->err, MJ_ENOMEM, "out of memory");
  }
  mj_geom_reset(geom);
  *geom = out;
  r->part->box = mj_box_of(geom);
  return MJ_OK;
}

static mj_status settle(rows *r) {
  char would[200];
  mj_lang lang = r->part->project->lang;
  const char *label = mj_crs_label(r->fit->crs);
  int cut = (int)mj_utf8_cut(label, 100);
  if (!examine(r)) return MJ_OK;
  MJ_TRY(examine_distance(r));
  snprintf(
      would, sizeof would,
      mj_tr(lang, mj_crs_get(r->fit->crs)->geographic ? "x is latitude and y is longitude; exchanged, they fit %.*s"
                                                      : "x is northing and y is easting; exchanged, they fit %.*s"),
      cut, label);
  MJ_TRY(say(r, MJ_L_CRS_AXES_SWAPPED, would));
  snprintf(would, sizeof would, mj_tr(lang, "with the zone as %.*s has it"), cut, label);
  MJ_TRY(say(r, MJ_L_CRS_ZONE_PREFIX, would));
  snprintf(would, sizeof would,
           mj_tr(lang, "within 3 degrees of the area of use of %.*s and 1,000 km of the other shapes"), cut, label);
  MJ_TRY(say(r, MJ_L_COORD_MISPLACED, would));
  return apply(r);
}

mj_status mj_rows_settle(mj_part *p, const mj_fit *fit) {
  rows r = {.part = p, .fit = fit, .g = mj_geom_view(&p->table.geom)};
  r.box = calloc((size_t)r.g.n + 1, sizeof *r.box);
  r.cure = calloc((size_t)r.g.n + 1, sizeof *r.cure);
  mj_status status = r.box && r.cure ? MJ_OK : mj_fail(&p->err, MJ_ENOMEM, "out of memory");
  if (!status) {
    mj_geom_boxes(&r.g, r.box);
    status = settle(&r);
  }
  free(r.box);
  free(r.cure);
  return status;
}
