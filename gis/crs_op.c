#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "geom/gauss.h"
#include "gis/crs.h"
#include "gis/crs_private.h"

#define DEG_PER_RAD 57.295779513082320877

/* One operation of a chain; what goes in is multiplied by pre, what comes out by post (degrees and radians). A
 * transverse Mercator undone has a closed form, which leaves what is far off to pj. */
typedef struct {
  PJ *pj;
  PJ_DIRECTION direction;
  double pre, post;
  mj_gauss *gauss; /* NULL: pj alone */
} step;

struct mj_crs_op {
  PJ_CONTEXT *proj;
  step steps[3];
  int n;
};

static mj_status new_op(mj_crs_op **out, mj_error *err) {
  mj_crs_op *op = calloc(1, sizeof *op);
  if (op) op->proj = proj_context_create();
  if (!op || !op->proj) {
    free(op);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  proj_log_level(op->proj, PJ_LOG_NONE);
  *out = op;
  return MJ_OK;
}

void mj_crs_op_close(mj_crs_op *op) {
  if (!op) return;
  for (int i = 0; i < op->n; i++) {
    proj_destroy(op->steps[i].pj);
    free(op->steps[i].gauss);
  }
  proj_context_destroy(op->proj);
  free(op);
}

static bool add(mj_crs_op *op, PJ *pj, PJ_DIRECTION direction, double pre, double post) {
  if (pj) op->steps[op->n++] = (step){pj, direction, pre, post, NULL};
  return pj != NULL;
}

/* True for parameters that describe the datum, the file or an order of axes, and not the projection. */
static bool is_foreign(const char *token) {
  static const char *const names[] = {"+towgs84=", "+nadgrids=", "+datum=", "+ellps=",      "+a=",      "+b=", "+rf=",
                                      "+no_defs",  "+wktext",    "+type=",  "+geoidgrids=", "+vunits=", NULL};
  for (const char *const *name = names; *name; name++)
    if (!strncmp(token, *name, strlen(*name))) return true;
  return false;
}

/*
 * The bare projection step of a system on its own ellipsoid: 0.2 ms, where a search in PROJ's database takes 40.
 * NULL where the text does not say all: a sphere standing for an ellipsoid (Web Mercator), other axes, another prime
 * meridian.
 */
static PJ *projection_of(const mj_crs *crs, PJ_CONTEXT *proj) {
  const char *text = crs->proj;
  if (crs->facts.geographic || !*text || !crs->greenwich || strstr(text, "+axis=") || strstr(text, "@null") ||
      strstr(text, "+R=") || strstr(text, "+pm=") || strstr(text, "+proj=ob_tran") || strlen(text) > 900)
    return NULL;
  char step_text[1200];
  size_t n = 0;
  while (*text) {
    size_t length = strcspn(text, " ");
    if (length && !is_foreign(text)) {
      memcpy(step_text + n, text, length);
      n += length;
      step_text[n++] = ' ';
    }
    text += length;
    text += strspn(text, " ");
  }
  /* an inverse flattening of 0 stands for a sphere in GDAL */
  if (crs->facts.inv_f > 0)
    snprintf(step_text + n, sizeof step_text - n, "+a=%.6f +rf=%.12g", crs->facts.a_m, crs->facts.inv_f);
  else snprintf(step_text + n, sizeof step_text - n, "+R=%.6f", crs->facts.a_m);
  return proj_create(proj, step_text);
}

/* PROJ's own operation between two systems, x east and y north; NULL where it has none but a ballpark one. */
static PJ *search(PJ_CONTEXT *proj, const PJ *from, const PJ *to) {
  const char *const options[] = {"ALLOW_BALLPARK=NO", NULL};
  PJ *raw = from && to ? proj_create_crs_to_crs_from_pj(proj, (PJ *)(uintptr_t)from, (PJ *)(uintptr_t)to, NULL, options)
                       : NULL;
  PJ *visual = raw ? proj_normalize_for_visualization(proj, raw) : NULL;
  proj_destroy(raw);
  return visual;
}

static PJ *search_text(PJ_CONTEXT *proj, const char *from, const char *to) {
  PJ *a = proj_create(proj, from), *b = proj_create(proj, to);
  PJ *found = search(proj, a, b);
  proj_destroy(a);
  proj_destroy(b);
  return found;
}

/* Between a projected system and the geographic one below it, searched in the database; inverse is the way down. */
static PJ *search_geodetic(PJ_CONTEXT *proj, const char *wkt, bool down) {
  PJ *whole = proj_create(proj, wkt),
     *bare = whole && proj_get_type(whole) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(proj, whole) : NULL;
  const PJ *plane = bare ? bare : whole;
  PJ *geodetic = plane ? proj_crs_get_geodetic_crs(proj, plane) : NULL;
  PJ *found = down ? search(proj, plane, geodetic) : search(proj, geodetic, plane);
  proj_destroy(geodetic);
  proj_destroy(bare);
  proj_destroy(whole);
  return found;
}

/* The closed form of a transverse Mercator, where PROJ says the same of points all over the belt; else NULL, also where
 * memory ends. */
static mj_gauss *closed_form(const mj_crs *crs, PJ *pj) {
  enum { PROBES = 5 };
  static const double east_m[PROBES] = {0, -300000, -20000, 40000, 250000},
                      north_m[PROBES] = {0, 5500000, 3000000, 4000000, -1000000};
  const mj_crs_facts *f = &crs->facts;
  if (!f->is_tmerc || f->lat0_deg != 0 || f->unit_m != 1 || !(f->inv_f > 0)) return NULL;
  mj_gauss *g = malloc(sizeof *g);
  if (!g) return NULL;
  mj_gauss_make(g, f->a_m, f->inv_f, f->lon0_deg, f->k0, f->fe_m, f->fn_m);
  bool same = true;
  for (int i = 0; i < PROBES && same; i++) {
    double x = f->fe_m + east_m[i], y = f->fn_m + north_m[i], lon, lat;
    PJ_COORD c = proj_trans(pj, PJ_INV, proj_coord(x, y, 0, 0));
    mj_gauss_inverse(g, 1, &x, &y, &lon, &lat);
    same = fabs(lon - c.lp.lam * DEG_PER_RAD) < 1e-12 && fabs(lat - c.lp.phi * DEG_PER_RAD) < 1e-12;
  }
  if (same) return g;
  free(g);
  return NULL;
}

static bool add_to_lonlat(mj_crs_op *op, const mj_crs *crs) {
  if (crs->facts.geographic) return true;
  PJ *step_of = projection_of(crs, op->proj);
  if (step_of && add(op, step_of, PJ_INV, 1, DEG_PER_RAD)) {
    op->steps[op->n - 1].gauss = closed_form(crs, step_of);
    return true;
  }
  return add(op, search_geodetic(op->proj, crs->facts.wkt, true), PJ_FWD, 1, 1);
}

static bool add_from_lonlat(mj_crs_op *op, const mj_crs *crs) {
  if (crs->facts.geographic) return true;
  PJ *step_of = projection_of(crs, op->proj);
  if (step_of) return add(op, step_of, PJ_FWD, 1 / DEG_PER_RAD, 1);
  return add(op, search_geodetic(op->proj, crs->facts.wkt, false), PJ_FWD, 1, 1);
}

mj_status mj_crs_op_lonlat(const mj_crs *from, mj_crs_op **out, mj_error *err) {
  *out = NULL;
  mj_crs_op *op = NULL;
  MJ_TRY(new_op(&op, err));
  if (!add_to_lonlat(op, from)) {
    mj_crs_op_close(op);
    return mj_fail(err, MJ_ECRS, "reference system '%s': its projection cannot be undone", from->facts.name);
  }
  *out = op;
  return MJ_OK;
}

bool mj_crs_same_datum(const mj_crs *a, const mj_crs *b) {
  return strcmp(a->datum, "|") && !strstr(a->datum, "nknown") && !strcmp(a->datum, b->datum);
}

/* Systems of one datum, or of WGS 84 and CGCS2000 which are the same within decimetres: longitude and latitude pass
 * unchanged. Of one datum with two different shifts neither is to be believed. */
static bool needs_no_shift(const mj_crs *from, const mj_crs *to) {
  if (from->facts.like_wgs84 && to->facts.like_wgs84) return true;
  bool quarrel = from->bound && to->bound && memcmp(from->shift, to->shift, sizeof from->shift) != 0;
  return !quarrel && mj_crs_same_datum(from, to);
}

static bool add_shift(mj_crs_op *op, const mj_crs *from, const mj_crs *to) {
  /* what EPSG has for Beijing 1954 was fitted to single oil basins; nobody's parcels may be moved by it unasked */
  if ((from->old_chinese && !from->bound) || (to->old_chinese && !to->bound)) return false;
  if (add(op, search_text(op->proj, from->facts.wkt, to->facts.wkt), PJ_FWD, 1, 1)) return true;
  /* a shift to WGS 84 that the definition itself gives also leads to CGCS2000 */
  if (from->bound && to->facts.like_wgs84)
    return add(op, search_text(op->proj, from->facts.wkt, "EPSG:4326"), PJ_FWD, 1, 1) && add_from_lonlat(op, to);
  if (to->bound && from->facts.like_wgs84)
    return add_to_lonlat(op, from) && add(op, search_text(op->proj, "EPSG:4326", to->facts.wkt), PJ_FWD, 1, 1);
  return false;
}

mj_status mj_crs_op_open(const mj_crs *from, const mj_crs *to, mj_crs_op **out, mj_error *err) {
  *out = NULL;
  mj_crs_op *op = NULL;
  MJ_TRY(new_op(&op, err));
  bool equal = !strcmp(from->facts.wkt, to->facts.wkt);
  bool ready = equal || (needs_no_shift(from, to) ? add_to_lonlat(op, from) && add_from_lonlat(op, to)
                                                  : add_shift(op, from, to));
  if (!ready) {
    mj_crs_op_close(op);
    return mj_fail(err, MJ_ECRS,
                   "from '%s' to '%s': no datum shift is known well enough; give the parameters to WGS 84 or CGCS2000 "
                   "in park.yaml "
                   "(datum_shift: [dx, dy, dz, rx, ry, rz, s])",
                   from->facts.name, to->facts.name);
  }
  *out = op;
  return MJ_OK;
}

bool mj_crs_reaches_wgs84(const mj_crs *crs) {
  mj_crs *wgs84 = NULL;
  mj_crs_op *op = NULL;
  if (crs->facts.like_wgs84) return true;
  bool reaches = !mj_crs_open("EPSG:4326", &wgs84, NULL) && !mj_crs_op_open(crs, wgs84, &op, NULL);
  mj_crs_op_close(op);
  mj_crs_close(wgs84);
  return reaches;
}

static void scale(int64_t n, double *x, double *y, double factor) {
  if (factor == 1) return;
  for (int64_t i = 0; i < n; i++) {
    x[i] *= factor;
    y[i] *= factor;
  }
}

static void run_proj(const step *s, int64_t n, double *x, double *y) {
  const size_t size = sizeof(double), count = (size_t)n;
  scale(n, x, y, s->pre);
  proj_trans_generic(s->pj, s->direction, x, size, count, y, size, count, NULL, 0, 0, NULL, 0, 0);
  scale(n, x, y, s->post);
}

/* A piece at a time by the closed form, and its points that are too far off by PROJ. */
static void run_gauss(const step *s, int64_t n, double *x, double *y) {
  enum { PIECE = 512 };
  double lon[PIECE], lat[PIECE];
  for (int64_t at = 0; at < n; at += PIECE) {
    int64_t m = n - at < PIECE ? n - at : PIECE;
    mj_gauss_inverse(s->gauss, m, x + at, y + at, lon, lat);
    for (int64_t i = 0; i < m; i++) {
      if (isnan(lon[i]) || isnan(lat[i])) {
        run_proj(s, 1, &x[at + i], &y[at + i]);
        continue;
      }
      x[at + i] = lon[i];
      y[at + i] = lat[i];
    }
  }
}

void mj_crs_op_run(mj_crs_op *op, int64_t n, double *x, double *y) {
  if (n <= 0) return;
  for (int k = 0; k < op->n; k++) {
    const step *s = &op->steps[k];
    if (s->gauss) run_gauss(s, n, x, y);
    else run_proj(s, n, x, y);
  }
  for (int64_t i = 0; i < n; i++)
    if (!isfinite(x[i]) || !isfinite(y[i])) x[i] = y[i] = HUGE_VAL;
}

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

mj_status mj_crs_move(const mj_crs *from, const mj_crs *to, int threads, int64_t n, double *x, double *y,
                      mj_error *err) {
  enum { CHUNK = 1 << 14 };
  move m = {.from = from, .to = to, .x = x, .y = y};
  MJ_TRY(mj_crs_op_open(from, to, &m.op[0], err)); /* here, so that a refusal says why */
  mj_status status = mj_parallel(threads, n, CHUNK, move_range, &m);
  for (int i = 0; i < 64; i++) mj_crs_op_close(m.op[i]);
  return status ? mj_fail(err, status, "%s", mj_status_name(status)) : MJ_OK;
}

/* The system with axes east, north, without a shift of its own; owned by the caller. */
static PJ *plain(PJ_CONTEXT *proj, const mj_crs *crs) {
  PJ *whole = proj_create(proj, crs->facts.wkt), *visual = whole ? proj_normalize_for_visualization(proj, whole) : NULL;
  if (!visual) return whole;
  proj_destroy(whole);
  return visual;
}

bool mj_crs_same(const mj_crs *a, const mj_crs *b) {
  if (a == b || !strcmp(a->facts.wkt, b->facts.wkt)) return true;
  if (*a->facts.authority && *b->facts.authority && !strcmp(a->facts.authority, b->facts.authority)) return true;
  if (a->facts.geographic != b->facts.geographic || a->bound != b->bound || a->facts.a_m != b->facts.a_m) return false;
  PJ_CONTEXT *proj = proj_context_create();
  if (!proj) return false;
  proj_log_level(proj, PJ_LOG_NONE);
  PJ *p = plain(proj, a), *q = plain(proj, b);
  bool same = p && q && proj_is_equivalent_to_with_ctx(proj, p, q, PJ_COMP_EQUIVALENT);
  proj_destroy(q);
  proj_destroy(p);
  proj_context_destroy(proj);
  return same;
}
