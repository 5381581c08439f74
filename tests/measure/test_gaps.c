/* Gaps planted between the lots of a town that is turned by an angle no double holds: all are found, none invented. */
#include "fixture.h"

enum { BLOCKS = 120, COLUMNS = 6, LOTS = BLOCKS * COLUMNS * 2 };
static const double WIDE = 40.3, DEEP = 61.7, STREET = 12, TURN = 0.4;

typedef struct {
  double width, area; /* of the gap east of the lot; 0: none */
} planted;

static void corner(double x, double y, double *east, double *north) {
  *east = 39500000 + cos(TURN) * x - sin(TURN) * y;
  *north = 2755000 + sin(TURN) * x + cos(TURN) * y;
}

/* A lot whose eastern corners are moved west by g0 (south) and g1 (north). */
static void push_lot(mj_geom *g, double x, double y, double g0, double g1, bool joint) {
  double px[6], py[6];
  int n = 0;
  corner(x, y, &px[n], &py[n]), n++;
  corner(x + WIDE - g0, y, &px[n], &py[n]), n++;
  corner(x + WIDE - g1, y + DEEP, &px[n], &py[n]), n++;
  if (joint) corner(x + WIDE / 2, y + DEEP, &px[n], &py[n]), n++; /* a vertex where the neighbours have none */
  corner(x, y + DEEP, &px[n], &py[n]), n++;
  px[n] = px[0];
  py[n] = py[0];
  must(mj_geom_push_ring(g, n + 1, px, py));
  must(mj_geom_end_part(g));
  must(mj_geom_end_row(g));
}

/* Blocks of two rows of lots, the upper row half a lot further east, between streets. */
static void build(mj_park *park, planted *what, double clean) {
  new_park(park);
  mj_table *t = &park->table[MJ_PARCELS];
  must(mj_table_init(t, "parcels", LOTS));
  t->geom.kind = MJ_GEOM_POLYGON;
  uint64_t seed = 77;
  for (int k = 0; k < LOTS; k++) {
    int block = k / (2 * COLUMNS), row = k / COLUMNS % 2, column = k % COLUMNS;
    double x = (block % 12) * ((COLUMNS + 0.5) * WIDE + STREET) + (column + 0.5 * row) * WIDE;
    double y = (block / 12) * (2 * DEEP + STREET) + row * DEEP, draw[3];
    for (int i = 0; i < 3; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      draw[i] = (double)(seed >> 11) / 9007199254740992.0;
    }
    double g = 0.005 * pow(0.99 / 0.005, draw[1]); /* 5 mm to just under the width that is told */
    bool gap = column + 1 < COLUMNS && draw[0] > clean, wedge = draw[2]<0.3, lane = draw[2]> 0.9;
    if (lane) g = 1.5 + draw[1]; /* wider: a lane */
    what[k] = gap && !lane ? (planted){g, wedge ? g * DEEP / 2 : g * DEEP} : (planted){0, 0};
    push_lot(&t->geom, x, y, gap && !wedge ? g : 0, gap ? g : 0, draw[2] < 0.5);
  }
  park->project.checks = (mj_check_limits){.overlap_min_m2 = 0.01,
                                           .same_share = 0.999,
                                           .sliver_width_m = 0.5,
                                           .gap_width_m = 1,
                                           .gap_min_m2 = 0.01,
                                           .gap_least_m = 0.001,
                                           .gap_angle_deg = 20};
  must(mj__measure_areas(park, NULL));
  must(mj__measure_topology(park, NULL));
}

static void every_planted_gap_is_found_and_none_invented(void) {
  static planted what[LOTS];
  mj_park park;
  build(&park, what, 0.6);
  const mj_table *checks = &park.table[MJ_CHECKS];
  const int64_t *row = mj_table_i64(checks, "row"), *other = mj_table_i64(checks, "other_row");
  const double *area = mj_table_f64(checks, "area_m2"), *width = mj_table_f64(checks, "width_m");
  const char **code = mj_table_text(checks, "code");
  int found = 0, invented = 0, wrong = 0, wedges = 0, want = 0;
  for (int k = 0; k < LOTS; k++) want += what[k].width > 0;
  for (int64_t i = 0; i < checks->n; i++) {
    const planted *p = &what[row[i] - 1];
    bool right = !strcmp(code[i], "PARCELS_GAP") && other[i] == row[i] + 1 && p->width > 0;
    found += right;
    invented += !right;
    if (!right) continue;
    bool wedge = p->area < 0.6 * p->width * DEEP;
    wedges += wedge;
    /* coordinates are stored to 7e-9 m; a wedge is cut square at its open end, and as wide as the rectangle of its area
     * and outline */
    double area_off = wedge ? pow(p->width, 3) / DEEP + 1e-5 : 1e-5, width_off = wedge ? 0.01 * p->width : 1e-6;
    wrong += fabs(area[i] - p->area) > area_off || fabs(width[i] - p->width / (wedge ? 2 : 1)) > width_off;
  }
  CU_ASSERT(want > 300 && wedges > 50);
  ASSERT_INT(found, want);
  ASSERT_INT(invented, 0);
  ASSERT_INT(wrong, 0);
  ASSERT_INT(entries(&park, MJ_L_PARCELS_GAP), want);
  ASSERT_INT(entries(&park, MJ_L_PARCELS_OVERLAP), 0);
  mj_park_reset(&park);
}

static void a_clean_town_has_no_findings(void) {
  static planted what[LOTS];
  mj_park park;
  build(&park, what, 2);
  ASSERT_INT(park.table[MJ_CHECKS].n, 0);
  ASSERT_INT(park.ledger.n, 0);
  CU_ASSERT_TRUE(mj_park_has(&park, MJ_CHECKS));
  mj_park_reset(&park);
}

/* A third parcel fills the northern half: what is left is the southern one. */
static void what_another_parcel_fills_is_no_gap(void) {
  mj_park park;
  new_park(&park);
  lay(&park, MJ_PARCELS, 3, (rect[]){{0, 0, 50, 100}, {50.4, 0, 50, 100}, {50, 50, 0.4, 50}});
  park.project.checks =
      (mj_check_limits){.gap_width_m = 1, .gap_min_m2 = 0.01, .gap_least_m = 0.001, .gap_angle_deg = 20};
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_topology(&park, NULL));
  const mj_table *checks = &park.table[MJ_CHECKS];
  ASSERT_INT(checks->n, 1);
  ASSERT_NEAR(mj_table_f64(checks, "area_m2")[0], 20, 1e-6);
  ASSERT_NEAR(mj_table_f64(checks, "width_m")[0], 0.4, 1e-6);
  ASSERT_TEXT(mj_table_text(checks, "severity")[0], "note");
  mj_box box;
  mj_polys g = mj_geom_view(&checks->geom);
  mj_geom_boxes(&g, &box);
  ASSERT_NEAR(box.xmin - X0, 50, 1e-6);
  ASSERT_NEAR(box.ymin - Y0, 0, 1e-6);
  ASSERT_NEAR(box.ymax - Y0, 50, 1e-6);
  mj_park_reset(&park);
}

SUITE_OF(gaps, T(every_planted_gap_is_found_and_none_invented), T(a_clean_town_has_no_findings),
         T(what_another_parcel_fills_is_no_gap));
