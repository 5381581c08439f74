/* GEOS as the oracle of the packing: no rectangle leaves the ground, overlaps another or breaks a distance. */
#include <geos_c.h>

#include "../geom/plots.h"
#include "../test.h"
#include "files.h"

#ifdef __SANITIZE_ADDRESS__
enum { PLOTS = 600, MOST_CLEARS = 8 };
#else
enum { PLOTS = 5000, MOST_CLEARS = 8 };
#endif
#define GAP_M 10.0
#define ROUNDING_M 1e-6

typedef struct {
  GEOSContextHandle_t geos;
  GEOSGeometry *border;                       /* even-odd over its rings */
  GEOSGeometry *obstacle[PLOT_OBSTACLES + 1]; /* NULL: a line */
  GEOSGeometry *lines[MOST_CLEARS];           /* the edges of one distance */
  const GEOSPreparedGeometry *border_of, *near[MOST_CLEARS];
  double clear[MOST_CLEARS];
  int n_obstacles, n_clears;
} oracle;

static void silent(const char *message, void *user) { (void)message, (void)user; }

static GEOSGeometry *line_of(GEOSContextHandle_t g, const double *x, const double *y, int n) {
  return GEOSGeom_createLineString_r(g, GEOSCoordSeq_copyFromArrays_r(g, x, y, NULL, NULL, (unsigned)n));
}

static GEOSGeometry *polygon_of(GEOSContextHandle_t g, const double *x, const double *y, int n) {
  GEOSCoordSequence *seq = GEOSCoordSeq_copyFromArrays_r(g, x, y, NULL, NULL, (unsigned)n);
  return GEOSGeom_createPolygon_r(g, GEOSGeom_createLinearRing_r(g, seq), NULL, 0);
}

/* What the rings among edges i .. end-1 hold, even-odd; NULL where there is no ring. */
static GEOSGeometry *inside_of(GEOSContextHandle_t g, const mj_plot_edge *e, int32_t i, int32_t end) {
  static double x[PLOT_EDGES + 1], y[PLOT_EDGES + 1];
  GEOSGeometry *sum = NULL;
  while (i < end) {
    int n = 0;
    x[n] = e[i].ax, y[n++] = e[i].ay;
    do {
      x[n] = e[i].bx, y[n++] = e[i].by;
    } while ((x[n - 1] != x[0] || y[n - 1] != y[0]) && ++i < end && e[i].ax == x[n - 1] && e[i].ay == y[n - 1]);
    if (x[n - 1] != x[0] || y[n - 1] != y[0]) continue;
    i++;
    GEOSGeometry *ring = polygon_of(g, x, y, n), *whole = GEOSMakeValid_r(g, ring);
    GEOSGeometry *more = sum ? GEOSSymDifference_r(g, sum, whole) : NULL;
    GEOSGeom_destroy_r(g, ring);
    if (sum) GEOSGeom_destroy_r(g, sum);
    if (more) GEOSGeom_destroy_r(g, whole);
    sum = more ? more : whole;
  }
  return sum;
}

static void oracle_start(oracle *o, const mj_plot *p, bool high) {
  static GEOSGeometry *line[MOST_CLEARS][PLOT_EDGES];
  int n[MOST_CLEARS] = {0};
  o->border = inside_of(o->geos, p->edge, 0, p->edge0[0]);
  o->n_obstacles = p->n_obstacles;
  o->n_clears = 0;
  for (int k = 0; k < p->n_obstacles; k++) o->obstacle[k] = inside_of(o->geos, p->edge, p->edge0[k], p->edge0[k + 1]);
  for (int32_t i = 0; i < p->edge0[p->n_obstacles]; i++) {
    const mj_plot_edge *e = &p->edge[i];
    double r = high ? e->clear_high_m : e->clear_m;
    int c = 0;
    while (c < o->n_clears && o->clear[c] != r) c++;
    CU_ASSERT_FATAL(c < MOST_CLEARS);
    if (c == o->n_clears) o->clear[o->n_clears++] = r;
    line[c][n[c]++] = line_of(o->geos, (double[]){e->ax, e->bx}, (double[]){e->ay, e->by}, 2);
  }
  o->border_of = GEOSPrepare_r(o->geos, o->border);
  for (int c = 0; c < o->n_clears; c++) {
    o->lines[c] = GEOSGeom_createCollection_r(o->geos, GEOS_MULTILINESTRING, line[c], (unsigned)n[c]);
    o->near[c] = GEOSPrepare_r(o->geos, o->lines[c]);
  }
}

static void oracle_end(oracle *o) {
  GEOSPreparedGeom_destroy_r(o->geos, o->border_of);
  for (int c = 0; c < o->n_clears; c++) GEOSPreparedGeom_destroy_r(o->geos, o->near[c]);
  GEOSGeom_destroy_r(o->geos, o->border);
  for (int k = 0; k < o->n_obstacles; k++)
    if (o->obstacle[k]) GEOSGeom_destroy_r(o->geos, o->obstacle[k]);
  for (int c = 0; c < o->n_clears; c++) GEOSGeom_destroy_r(o->geos, o->lines[c]);
}

/* The rectangle, smaller by @p less on every side. */
static GEOSGeometry *placed_of(const oracle *o, const mj_placed *placed, double less) {
  mj_placed p = *placed;
  double x[5], y[5];
  p.w_m -= 2 * less, p.h_m -= 2 * less;
  mj_placed_corners(&p, x, y);
  x[4] = x[0], y[4] = y[0];
  return polygon_of(o->geos, x, y, 5);
}

/* True where a rectangle stands as it must: on ground, clear of every edge, a gap from those placed before it. */
static bool stands(const oracle *o, const mj_pack *pack, int32_t i, GEOSGeometry **whole) {
  GEOSContextHandle_t g = o->geos;
  GEOSGeometry *own = placed_of(o, &pack->placed[i], MJ_PLOT_TOLERANCE_M + ROUNDING_M);
  bool good = GEOSPreparedCovers_r(g, o->border_of, own) == 1;
  for (int k = 0; k < o->n_obstacles; k++)
    if (o->obstacle[k]) good = good && GEOSRelatePattern_r(g, own, o->obstacle[k], "F********") == 1;
  for (int c = 0; c < o->n_clears; c++) {
    double least = o->clear[c] - ROUNDING_M; /* of none, it may touch */
    good = good && GEOSPreparedIntersects_r(g, o->near[c], own) == 0;
    good = good && (least <= 0 || GEOSPreparedDistanceWithin_r(g, o->near[c], own, least) == 0);
  }
  for (int32_t k = 0; k < i; k++) {
    const mj_placed *a = &pack->placed[i], *b = &pack->placed[k];
    bool far = hypot(a->x - b->x, a->y - b->y) > 110; /* 90 m x 27 m has a diagonal of 94 m */
    good = good && (far || GEOSDistanceWithin_r(g, own, whole[k], GAP_M - ROUNDING_M) == 0);
  }
  GEOSGeom_destroy_r(g, own);
  return good;
}

/* Number of rectangles that stand wrongly, have no size of the catalogue, or do not add up to the score. */
static int violations(oracle *o, const mj_plot *plot, bool high, const mj_pack *pack) {
  static GEOSGeometry *whole[MJ_PACK_MOST];
  int bad = 0;
  int64_t score = 0;
  oracle_start(o, plot, high);
  for (int32_t i = 0; i < pack->n_placed; i++) {
    const mj_placed *p = &pack->placed[i];
    const mj_rect_size *s = &plot_sizes[p->size];
    double d = s->depth_dm / 10.0, l = s->length_dm / 10.0;
    bool sized = (p->w_m == d && p->h_m == l) || (p->w_m == l && p->h_m == d);
    bool unit = fabs(hypot(p->ux, p->uy) - 1) < 1e-12;
    whole[i] = placed_of(o, p, 0);
    bad += !sized || !unit || !stands(o, pack, i, whole);
    score += (int64_t)s->depth_dm * s->length_dm * MJ_SHELF_COUNTS - 1;
  }
  for (int32_t i = 0; i < pack->n_placed; i++) GEOSGeom_destroy_r(o->geos, whole[i]);
  oracle_end(o);
  return bad + (score != pack->score);
}

static void open_all(oracle *o, mj_shelves *s) {
  o->geos = GEOS_init_r();
  GEOSContext_setErrorMessageHandler_r(o->geos, silent, NULL);
  GEOSContext_setNoticeMessageHandler_r(o->geos, silent, NULL);
  CU_ASSERT_EQUAL_FATAL(mj_shelves_make(s, plot_sizes, 8, GAP_M, 1500), MJ_OK);
}

static void rectangles_on_plots_of_every_shape_stand_right_says_geos(void) {
  static ground g;
  static oracle o;
  mj_shelves s;
  mj_pack pack = {0};
  uint64_t seed = 5;
  int bad = 0, placed = 0, some = 0;
  open_all(&o, &s);
  for (int k = 0; k < PLOTS; k++) {
    plot_random(&g, k, &seed);
    mj_plot p = ground_plot(&g);
    bool high = k % 5 == 4;
    CU_ASSERT_EQUAL_FATAL(mj_pack_plot(&pack, &p, p.n_obstacles, high, &s), MJ_OK);
    int wrong = violations(&o, &p, high, &pack);
    if (wrong) printf("\n    plot %d: %d violations", k, wrong);
    bad += wrong;
    placed += pack.n_placed;
    some += pack.n_placed > 0;
  }
  ASSERT_INT(bad, 0);
  CU_ASSERT(placed > 3 * PLOTS);
  CU_ASSERT(some > PLOTS / 2);
  mj_pack_reset(&pack);
  mj_shelves_reset(&s);
  GEOS_finish_r(o.geos);
}

/* All rings of a row as a border. */
static void ground_row(ground *g, const mj_polys *v, int64_t row) {
  int32_t first = v->ring0[v->part0[row]], end = v->ring0[v->part0[row + 1]];
  CU_ASSERT_FATAL(v->vert0[end] - v->vert0[first] <= PLOT_EDGES);
  double x0 = v->x[v->vert0[first]], y0 = v->y[v->vert0[first]];
  ground_start(g);
  for (int32_t r = first; r < end; r++)
    for (int32_t i = v->vert0[r]; i + 1 < v->vert0[r + 1]; i++)
      ground_edge(g, v->x[i] - x0, v->y[i] - y0, v->x[i + 1] - x0, v->y[i + 1] - y0, 8);
  g->edge0[0] = g->n;
}

/* The industrial land of a district (class 3), 435 polygons. */
static void rectangles_on_real_industrial_land_stand_right_says_geos(void) {
  static ground g;
  static oracle o;
  const char *data = getenv("MUJUN_REALDATA");
  char path[512];
  mj_shelves s;
  mj_pack pack = {0};
  int bad = 0, plots = 0, some = 0, spent = 0;
  if (!data) {
    printf("skipped: MUJUN_REALDATA is not set ");
    return;
  }
  snprintf(path, sizeof path, "%s/xinwu/xinwu_land_use.gpkg", data);
  reading r = read_file(path, NULL, 0);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  open_all(&o, &s);
  mj_polys v = mj_geom_view(&r.table.geom);
  const int64_t *class = mj_table_i64(&r.table, "Class");
  CU_ASSERT_PTR_NOT_NULL_FATAL(class);
  for (int64_t i = 0; i < r.table.n; i++) {
    if (class[i] != 3) continue;
    ground_row(&g, &v, i);
    mj_plot p = ground_plot(&g);
    CU_ASSERT_EQUAL_FATAL(mj_pack_plot(&pack, &p, 0, false, &s), MJ_OK);
    int wrong = violations(&o, &p, false, &pack);
    if (wrong) printf("\n    row %lld: %d violations", (long long)i, wrong);
    bad += wrong;
    plots++;
    some += pack.n_placed > 0;
    spent += pack.spent;
  }
  ASSERT_INT(bad, 0);
  ASSERT_INT(plots, 435);
  ASSERT_INT(spent, 0);
  CU_ASSERT(some > 350);
  mj_pack_reset(&pack);
  mj_shelves_reset(&s);
  GEOS_finish_r(o.geos);
  reading_end(&r);
}

SUITE_OF(pack_oracle, T(rectangles_on_plots_of_every_shape_stand_right_says_geos),
         T(rectangles_on_real_industrial_land_stand_right_says_geos));
