#include "fixture.h"

static const mj_check_limits limits = {
    .overlap_min_m2 = 0.01, .overlap_major_m2 = 10, .sliver_width_m = 0.5, .same_share = 0.999, .outside_min_m2 = 1};

static const mj_table *checked(mj_park *park, int n, const rect *r, const char *const *ids, mj_lang lang) {
  new_park(park);
  park->project.lang = lang;
  park->project.checks = limits;
  texts(lay(park, MJ_PARCELS, n, r), "parcel_id", ids);
  must(mj__measure_areas(park, NULL));
  must(mj__measure_topology(park, NULL));
  return &park->table[MJ_CHECKS];
}

typedef struct {
  const char *code, *severity, *id, *other;
  double area, width;
} want;

static void assert_checks(const mj_table *t, int n, const want *w) {
  ASSERT_INT(t->n, n);
  for (int k = 0; k < n && k < t->n; k++) {
    ASSERT_TEXT(mj_table_text(t, "code")[k], w[k].code);
    ASSERT_TEXT(mj_table_text(t, "severity")[k], w[k].severity);
    ASSERT_TEXT(mj_table_text(t, "id")[k], w[k].id);
    ASSERT_TEXT(mj_table_text(t, "other_id")[k], w[k].other);
    ASSERT_TEXT(mj_table_text(t, "layer")[k], "parcels");
    ASSERT_NEAR(mj_table_f64(t, "area_m2")[k], w[k].area, 1e-6);
    ASSERT_NEAR(mj_table_f64(t, "width_m")[k], w[k].width, 1e-6);
  }
}

static void each_kind_of_overlap_has_its_code_and_its_place(void) {
  static const rect plots[] = {{0, 0, 100, 100}, {90, 0, 100, 100},    {189.8, 0, 100, 100},
                               {20, 20, 30, 30}, {300, 0, 50, 50},     {300, 0, 50, 50},
                               {400, 0, 10, 10}, {409.9999, 0, 10, 10}}; /* 1 mm2 a metre: under the least */
  static const want wanted[] = {{"PARCELS_OVERLAP", "major", "A", "B", 1000, 10},
                                {"PARCELS_NESTED", "major", "D", "A", 900, 30},
                                {"PARCELS_SLIVER", "major", "B", "C", 20, 0.2},
                                {"PARCELS_DUPLICATE", "major", "E", "F", 2500, 50}};
  mj_park park;
  const mj_table *t = checked(&park, 8, plots, (const char *[]){"A", "B", "C", "D", "E", "F", "G", "H"}, MJ_EN);
  assert_checks(t, 4, wanted);
  ASSERT_INT(mj_table_i64(t, "row")[1], 4);
  ASSERT_INT(mj_table_i64(t, "other_row")[1], 1);
  ASSERT_TEXT(mj_table_text(t, "kind")[0], mj_ledger_meaning(MJ_L_PARCELS_OVERLAP, MJ_EN));
  ASSERT_TEXT(mj_table_text(t, "text")[2], "overlaps C: 20.00 m2, 0.200 m wide");
  mj_polys g = mj_geom_view(&t->geom);
  mj_box box[4];
  mj_geom_boxes(&g, box);
  ASSERT_NEAR(box[0].xmin - X0, 90, 1e-6); /* the common ground itself */
  ASSERT_NEAR(box[0].xmax - X0, 100, 1e-6);
  ASSERT_NEAR(box[3].xmin - X0, 300, 1e-6);
  ASSERT_INT(entries(&park, MJ_L_PARCELS_OVERLAP), 1);
  ASSERT_INT(entries(&park, MJ_L_PARCELS_DUPLICATE), 1);
  ASSERT_INT(entries(&park, MJ_L_AREA_COUNTED_TWICE), 1);
  for (int64_t i = 0; i < park.ledger.n; i++)
    if (park.ledger.entry[i].code == MJ_L_AREA_COUNTED_TWICE)
      ASSERT_TEXT(park.ledger.entry[i].found, "4420.00 m2 in 4 pairs of parcels");
  mj_park_reset(&park);
}

static void the_findings_are_in_the_language_of_the_run(void) {
  mj_park park;
  const mj_table *t =
      checked(&park, 2, (rect[]){{0, 0, 10, 10}, {9.9, 0, 10, 10}}, (const char *[]){"甲", NULL}, MJ_ZH);
  static const want wanted[] = {{"PARCELS_SLIVER", "minor", "甲", NULL, 1, 0.1}};
  assert_checks(t, 1, wanted);
  ASSERT_TEXT(mj_table_text(t, "text")[0], "与 #2 重叠：1.00 ㎡，宽 0.100 m"); /* by its row where it has no code */
  mj_park_reset(&park);
}

static void a_parcel_of_parts_is_one_note_and_many_are_counted(void) {
  for (int n = 2; n <= 22; n += 20) {
    mj_park park;
    new_park(&park);
    mj_table *t = &park.table[MJ_PARCELS];
    must(mj_table_init(t, "parcels", n));
    t->geom.kind = MJ_GEOM_POLYGON;
    for (int i = 0; i < n; i++) {
      push_rect(&t->geom, (rect){100 * i, 0, 10, 10});
      if (i == 0) continue;
      t->geom.n--; /* the next rectangle joins the row */
      push_rect(&t->geom, (rect){100 * i + 50, 0, 10, 10});
    }
    must(mj__measure_areas(&park, NULL));
    must(mj__measure_topology(&park, NULL));
    ASSERT_INT(park.table[MJ_CHECKS].n, n - 1);
    ASSERT_INT(entries(&park, MJ_L_GEOM_MULTIPART), 1);
    ASSERT_TEXT(park.ledger.entry[0].found, n == 2 ? "2 parts" : "21 parcels");
    ASSERT_INT(park.ledger.entry[0].row, n == 2 ? 2 : 0);
    mj_park_reset(&park);
  }
}

/* Zones north and south meet at y = 100; B has a tenth outside, C lies outside whole, D sticks out by half a metre. */
static void what_lies_outside_the_zones_is_told_with_its_place(void) {
  mj_park park;
  new_park(&park);
  park.project.checks = limits;
  texts(lay(&park, MJ_PARCELS, 4, (rect[]){{0, 50, 50, 100}, {60, 160, 40, 50}, {900, 0, 10, 10}, {-0.5, 10, 1, 1}}),
        "parcel_id", (const char *[]){"A", "B", "C", "D"});
  texts(lay(&park, MJ_ZONES, 2, (rect[]){{0, 100, 500, 105}, {0, 0, 500, 100}}), "zone", (const char *[]){"北", "南"});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_zones(&park, NULL));
  must(mj__measure_topology(&park, NULL));
  static const want wanted[] = {{"PARCEL_PARTLY_OUTSIDE", "minor", "B", NULL, 200, 5},
                                {"PARCEL_OUTSIDE_ZONES", "minor", "C", NULL, 100, NAN}};
  const mj_table *t = &park.table[MJ_CHECKS];
  ASSERT_INT(t->n, 2);
  for (int k = 0; k < 2 && k < t->n; k++) {
    ASSERT_TEXT(mj_table_text(t, "code")[k], wanted[k].code);
    ASSERT_TEXT(mj_table_text(t, "id")[k], wanted[k].id);
    ASSERT_NEAR(mj_table_f64(t, "area_m2")[k], wanted[k].area, 1e-6);
    CU_ASSERT(mj_table_i64(t, "other_row")[k] == MJ_I64_NULL);
  }
  ASSERT_NEAR(mj_table_f64(t, "width_m")[0], 5, 1e-6);
  ASSERT_INT(entries(&park, MJ_L_PARCEL_PARTLY_OUTSIDE), 1);
  ASSERT_INT(entries(&park, MJ_L_PARCEL_OUTSIDE_ZONES), 1);
  mj_park_reset(&park);
}

/* Zones that lie over each other hide nothing: by the sum of its overlaps A would be inside. */
static void zones_over_each_other_do_not_hide_what_is_outside(void) {
  mj_park park;
  new_park(&park);
  park.project.checks = limits;
  lay(&park, MJ_PARCELS, 1, (rect[]){{0, 0, 100, 10}});
  lay(&park, MJ_ZONES, 2, (rect[]){{0, 0, 80, 10}, {10, 0, 70, 10}});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_zones(&park, NULL));
  must(mj__measure_topology(&park, NULL));
  const mj_table *t = &park.table[MJ_CHECKS];
  ASSERT_INT(t->n, 1);
  if (t->n) ASSERT_NEAR(mj_table_f64(t, "area_m2")[0], 200, 1e-6);
  mj_park_reset(&park);
}

/* 25 characters of three bytes: 60 are told, whole ones; behind an x 58. */
static void a_long_identifier_is_told_in_whole_characters(void) {
  char text[64 + 32] = "overlaps x";
  mj_park park;
  const char *name = "x亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩亩";
  const mj_table *t = checked(&park, 2, (rect[]){{0, 0, 10, 10}, {9.9, 0, 10, 10}}, (const char *[]){"A", name}, MJ_EN);
  for (int i = 0; i < 19; i++) strcat(text, "亩");
  strcat(text, ": 1.00 m2, 0.100 m wide");
  ASSERT_TEXT(mj_table_text(t, "text")[0], text);
  mj_park_reset(&park);
}

/* A rectangle with a hole of two points: its areas are found by signs, its shapes GEOS refuses to make. */
static void push_refused(mj_geom *g, rect r) {
  double x[] = {X0 + r.x, X0 + r.x + r.w, X0 + r.x + r.w, X0 + r.x, X0 + r.x},
         y[] = {Y0 + r.y, Y0 + r.y, Y0 + r.y + r.h, Y0 + r.y + r.h, Y0 + r.y};
  double hx[] = {x[0] + 2, x[0] + 2}, hy[] = {y[0] + 2, y[0] + 2};
  must(mj_geom_push_ring(g, 5, x, y));
  must(mj_geom_push_ring(g, 2, hx, hy));
  must(mj_geom_end_part(g));
  must(mj_geom_end_row(g));
}

static void a_shape_that_cannot_be_made_is_told_and_not_taken_for_none(void) {
  mj_park park;
  new_park(&park);
  park.project.checks = limits;
  mj_table *t = &park.table[MJ_PARCELS];
  must(mj_table_init(t, "parcels", 2));
  t->geom.kind = MJ_GEOM_POLYGON;
  push_rect(&t->geom, (rect){0, 0, 100, 100});
  push_refused(&t->geom, (rect){90, -5, 100, 100});
  lay(&park, MJ_ZONES, 1, (rect[]){{-50, -50, 200, 300}}); /* the second lies outside in part */
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_zones(&park, NULL));
  must(mj__measure_topology(&park, NULL));
  const mj_table *c = &park.table[MJ_CHECK_POINTS]; /* a place without its shape */
  ASSERT_INT(entries(&park, MJ_L_OVERLAY_FAILED), 2);
  const mj_ledger_entry *e = first_entry(&park, MJ_L_OVERLAY_FAILED);
  ASSERT_TEXT(e ? e->field : NULL, "checks");
  ASSERT_INT(c->n, 1);
  ASSERT_TEXT(mj_table_text(c, "code")[0], "PARCELS_OVERLAP");
  ASSERT_TEXT(mj_table_text(c, "text")[0], "overlaps #2: 950.00 m2");
  mj_park_reset(&park);
}

/* Between the first two lies a gap, and in it one that GEOS cannot take off it. */
static void a_gap_that_cannot_be_made_out_is_told(void) {
  mj_park park;
  new_park(&park);
  park.project.checks = (mj_check_limits){
      .same_share = 0.999, .gap_width_m = 1, .gap_min_m2 = 0.01, .gap_least_m = 0.001, .gap_angle_deg = 20};
  mj_table *t = &park.table[MJ_PARCELS];
  must(mj_table_init(t, "parcels", 3));
  t->geom.kind = MJ_GEOM_POLYGON;
  push_rect(&t->geom, (rect){0, 0, 50, 50});
  push_rect(&t->geom, (rect){50.5, 0, 50, 50});
  push_refused(&t->geom, (rect){40, -10, 20, 20});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_topology(&park, NULL));
  CU_ASSERT(entries(&park, MJ_L_OVERLAY_FAILED) > 0);
  mj_park_reset(&park);
}

static void nothing_is_looked_for_without_limits(void) {
  mj_park park;
  new_park(&park);
  park.project.checks = (mj_check_limits){0};
  lay(&park, MJ_PARCELS, 2, (rect[]){{0, 0, 10, 10}, {5, 0, 10, 10}});
  must(mj__measure_areas(&park, NULL));
  must(mj__measure_topology(&park, NULL));
  ASSERT_INT(park.table[MJ_CHECKS].n, 0);
  ASSERT_INT(park.ledger.n, 0);
  mj_park_reset(&park);
}

static void the_number_of_threads_changes_no_place(void) {
  enum { N = 300 };
  static rect r[N];
  const char *ids[N];
  mj_park one, many;
  for (int i = 0; i < N; i++) {
    r[i] = (rect){18.3 * (i % 20), 23.7 * (i / 20), 20 + i % 7, 25};
    ids[i] = "P";
  }
  for (int threads = 1; threads <= 3; threads++) {
    mj_park *park = threads == 1 ? &one : &many;
    new_park(park);
    park->project.threads = threads;
    park->project.checks = limits;
    texts(lay(park, MJ_PARCELS, N, r), "parcel_id", ids);
    must(mj__measure_areas(park, NULL));
    must(mj__measure_topology(park, NULL));
    const mj_geom *a = &one.table[MJ_CHECKS].geom, *b = &park->table[MJ_CHECKS].geom;
    CU_ASSERT(a->n > 500);
    ASSERT_INT(b->n, a->n);
    CU_ASSERT(a->verts == b->verts && !memcmp(a->x, b->x, (size_t)a->verts * sizeof *a->x));
    if (park == &many) mj_park_reset(park);
  }
  mj_park_reset(&one);
}

SUITE_OF(parcels, T(each_kind_of_overlap_has_its_code_and_its_place), T(the_findings_are_in_the_language_of_the_run),
         T(a_parcel_of_parts_is_one_note_and_many_are_counted), T(what_lies_outside_the_zones_is_told_with_its_place),
         T(zones_over_each_other_do_not_hide_what_is_outside),
         T(a_shape_that_cannot_be_made_is_told_and_not_taken_for_none), T(a_gap_that_cannot_be_made_out_is_told),
         T(a_long_identifier_is_told_in_whole_characters), T(nothing_is_looked_for_without_limits),
         T(the_number_of_threads_changes_no_place));
