#include "plan/ground_fixture.h"

#define A "0 0,100 0,100 60,0 60"
#define B "100 0,200 0,200 60,100 60"

/* parcel_buildings as measure makes it: rows from 1. */
static void join(mj_park *park, int n, const int64_t *parcel, const int64_t *building, const double *share) {
  mj_table *t = &park->table[MJ_PARCEL_BUILDINGS];
  must(mj_table_init(t, "parcel_buildings", n));
  memcpy(mj_table_add(t, "parcel_row", MJ_I64)->i64, parcel, sizeof *parcel * (size_t)n);
  memcpy(mj_table_add(t, "building_row", MJ_I64)->i64, building, sizeof *building * (size_t)n);
  numbers(t, "share", share);
}

static void check(const seen *s, int k, int64_t row, mj__ground_kind kind, double clear, double high) {
  const mj_plot_edge *e = obstacle(s, k);
  ASSERT_INT(s->site.row[k], row);
  ASSERT_TEXT(mj__ground_code((mj__ground_kind)e->kind), mj__ground_code(kind));
  ASSERT_NEAR(e->clear_m, clear, 1e-12);
  ASSERT_NEAR(e->clear_high_m, high, 1e-12);
}

/* Its own can be cleared away, the neighbour's 2 m off and the one on no parcel stand. The border keeps 5 m to the
 * neighbour: what is 13 - 5 = 8 m off and farther asks for nothing more. */
static void buildings_stand_or_can_be_cleared(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A, B);
  LAY(&park, MJ_BUILDINGS, "20 20,40 20,40 40,20 40", "102 20,110 20,110 40,102 40", "109 45,120 45,120 50,109 50",
      "50 61,60 61,60 70,50 70");
  join(&park, 3, (int64_t[]){1, 2, 2}, (int64_t[]){1, 2, 3}, (double[]){1, 1, 1});
  numbers(&park.table[MJ_BUILDINGS], "floors", (double[]){3, 3, 3, 3});
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, 3);
  ASSERT_INT(s.site.plot.n_fixed, 2);
  check(&s, 0, 1, MJ__GROUND_BUILDING_OUTSIDE, 10, 13);
  check(&s, 1, 3, MJ__GROUND_BUILDING_OUTSIDE, 10, 13);
  check(&s, 2, 0, MJ__GROUND_BUILDING, 10, 13);
  ASSERT_INT(s.site.plot.edge0[3] - s.site.plot.edge0[2], 4);
  ASSERT_INT(s.site.n_unknown_structure, 3);
  ASSERT_INT(s.site.n_unknown_height, 0);
  drop(&s, &park);
}

/* The larger share decides, the first parcel where they are equal; on the other the whole building stands. One that is
 * mostly on no parcel is nobody's. */
static void a_building_on_two_parcels_belongs_to_one(void) {
  mj_park park;
  new_park(&park);
  park.project.checks.building_inside_share = 0.5;
  LAY(&park, MJ_PARCELS, A, B);
  LAY(&park, MJ_BUILDINGS, "94 10,110 10,110 20,94 20", "95 30,105 30,105 40,95 40", "40 56,60 56,60 70,40 70");
  join(&park, 5, (int64_t[]){1, 1, 1, 2, 2}, (int64_t[]){1, 2, 3, 1, 2}, (double[]){0.375, 0.5, 4. / 14, 0.625, 0.5});
  numbers(&park.table[MJ_BUILDINGS], "parcel_share", (double[]){1, 1, 4. / 14});
  seen a = look(&park, 0), b = look(&park, 1);
  ASSERT_INT(a.site.plot.n_obstacles, 3);
  ASSERT_INT(a.site.plot.n_fixed, 2);
  check(&a, 0, 0, MJ__GROUND_BUILDING_OUTSIDE, 10, 13);
  check(&a, 1, 2, MJ__GROUND_BUILDING_OUTSIDE, 10, 13);
  check(&a, 2, 1, MJ__GROUND_BUILDING, 10, 13);
  double xmax = -1;
  for (int32_t k = a.site.plot.edge0[2]; k < a.site.plot.edge0[3]; k++) xmax = fmax(xmax, a.site.plot.edge[k].ax);
  ASSERT_NEAR(a.site.x0 + xmax, 105, 1e-9); /* its whole outline */
  ASSERT_INT(b.site.plot.n_obstacles, 2);
  ASSERT_INT(b.site.plot.n_fixed, 1);
  check(&b, 0, 1, MJ__GROUND_BUILDING_OUTSIDE, 10, 13);
  check(&b, 1, 0, MJ__GROUND_BUILDING, 10, 13);
  drop(&a, NULL);
  drop(&b, &park);
}

/* Fire class by the first word that fits; a single storey is never high, storeys without a height count 4.5 m. */
static void structure_and_height_decide_the_fire_distance(void) {
  enum { N = 8 };
  const char *row[N + 1] = {NULL};
  char text[N][80];
  int64_t one[N], building[N];
  double share[N];
  for (int i = 0; i < N; i++) {
    snprintf(text[i], sizeof text[i], "%d 20,%d 20,%d 40,%d 40", 2 + 12 * i, 8 + 12 * i, 8 + 12 * i, 2 + 12 * i);
    row[i] = text[i];
    one[i] = 1;
    building[i] = i + 1;
    share[i] = 1;
  }
  const mj_fit_structure is[] = {{.word = (const char *[]){"砖木", "木"}, .n_words = 2, .fire_class = 4},
                                 {.word = (const char *[]){"砖"}, .n_words = 1, .fire_class = 3},
                                 {.fire_class = 2}};
  mj_park park;
  new_park(&park);
  park.project.fit.structure = is;
  park.project.fit.n_structures = 3;
  LAY(&park, MJ_PARCELS, A);
  mj_table *t = lay(&park, MJ_BUILDINGS, row);
  join(&park, N, one, building, share);
  texts(t, "structure", (const char *[]){"砖木结构", "砖混", "钢结构", NULL, "钢", "钢", "钢", ""});
  numbers(t, "height_m", (double[]){NAN, NAN, 30, NAN, 24, 24.1, NAN, NAN});
  numbers(t, "floors", (double[]){2, 2, 1, 6, NAN, NAN, NAN, 5});
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, N);
  ASSERT_INT(s.site.plot.n_fixed, 0);
  check(&s, 0, 0, MJ__GROUND_BUILDING, 14, 17); /* wood */
  check(&s, 1, 1, MJ__GROUND_BUILDING, 12, 15); /* brick */
  check(&s, 2, 2, MJ__GROUND_BUILDING, 10, 13); /* one storey of 30 m */
  check(&s, 3, 3, MJ__GROUND_BUILDING, 13, 13); /* 6 x 4.5 = 27 m */
  check(&s, 4, 4, MJ__GROUND_BUILDING, 10, 13); /* not above 24 m */
  check(&s, 5, 5, MJ__GROUND_BUILDING, 13, 13);
  check(&s, 6, 6, MJ__GROUND_BUILDING, 10, 13); /* not known */
  check(&s, 7, 7, MJ__GROUND_BUILDING, 10, 13); /* 5 x 4.5 = 22.5 m */
  ASSERT_INT(s.site.n_unknown_structure, 2);
  ASSERT_INT(s.site.n_unknown_height, 1);
  numbers(t, "ground_storey_height_m", (double[]){NAN, NAN, NAN, NAN, NAN, NAN, NAN, 8});
  drop(&s, NULL);
  s = look(&park, 0);
  check(&s, 7, 7, MJ__GROUND_BUILDING, 13, 13); /* 8 + 4 x 4.5 = 26 m */
  drop(&s, NULL);
  numbers(t, "storey_height_m", (double[]){NAN, NAN, NAN, 4, NAN, NAN, NAN, 3.9});
  s = look(&park, 0);
  check(&s, 3, 3, MJ__GROUND_BUILDING, 10, 13); /* 6 x 4 = 24 m */
  check(&s, 7, 7, MJ__GROUND_BUILDING, 10, 13); /* 8 + 4 x 3.9 = 23.6 m */
  drop(&s, &park);
}

static void easements_that_are_areas_keep_themselves_free(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  LAY(&park, MJ_EASEMENTS, "30 -9000,40 -9000,40 9000,30 9000", "110 0,120 0,120 60,110 60",
      "-900 -900,900 -900,900 900,-900 900", "70 20,75 20,75 25,70 25");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, 3); /* across it, around all of it, inside it; not the one beside it */
  ASSERT_INT(s.site.plot.n_fixed, 3);
  check(&s, 0, 0, MJ__GROUND_EASEMENT, 0, 0);
  check(&s, 1, 2, MJ__GROUND_EASEMENT, 0, 0);
  check(&s, 2, 3, MJ__GROUND_EASEMENT, 0, 0);
  for (int32_t k = s.site.plot.edge0[0]; k < s.site.plot.edge0[1]; k++) /* cut, and well outside the parcel */
    CU_ASSERT(fabs(s.site.plot.edge[k].ay) < 100 && s.site.plot.edge[k].ay * (s.site.plot.edge[k].ay - 60) > 0);
  drop(&s, &park);
}

/* A pipe along y = -1.5 with 3 m either side asks for what the border of 6 m keeps free; one across for 3 m; one of 8 m
 * is as wide as it says. */
static void easements_that_are_lines_keep_a_distance(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  lay_line(&park, MJ_EASEMENTS, MJ_GEOM_LINE, 2, (double[]){-50, 150}, (double[]){-1.5, -1.5});
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, 0);
  drop(&s, NULL);
  mj_table_reset(&park.table[MJ_EASEMENTS]);
  mj_table *t = lay_line(&park, MJ_EASEMENTS, MJ_GEOM_LINE, 3, (double[]){-50, 150, 150}, (double[]){30, 30, 9000});
  s = look(&park, 0);
  check(&s, 0, 0, MJ__GROUND_EASEMENT, 3, 3);
  ASSERT_INT(s.site.plot.n_obstacles, 1);
  ASSERT_INT(s.site.plot.edge0[1] - s.site.plot.edge0[0], 2); /* there and back */
  ASSERT_NEAR(obstacle(&s, 0)->ax, obstacle(&s, 0)[1].bx, 0);
  drop(&s, NULL);
  numbers(t, "width_m", (double[]){8});
  s = look(&park, 0);
  check(&s, 0, 0, MJ__GROUND_EASEMENT, 7, 7);
  drop(&s, &park);
}

static void easements_that_are_points_keep_a_distance(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  lay_line(&park, MJ_EASEMENTS, MJ_GEOM_POINT, 1, (double[]){50}, (double[]){30});
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, 1);
  check(&s, 0, 0, MJ__GROUND_EASEMENT, 3, 3);
  ASSERT_NEAR(s.site.x0 + obstacle(&s, 0)->ax, 50, 1e-9);
  ASSERT_NEAR(s.site.y0 + obstacle(&s, 0)->by, 30, 1e-9);
  drop(&s, &park);
}

/* A creek across, and one whose bank is 8.9 m off a corner that no edge looks to: 15 m reach deeper than the
 * border's 6. */
static void water_keeps_its_distance_wherever_it_lies(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  LAY(&park, MJ_WATER, "30 -50,40 -50,40 150,30 150", "106 66,120 66,120 80,106 80", "107 -20,120 -20,120 -7,107 -7");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, 2);
  check(&s, 0, 0, MJ__GROUND_WATER, 15, 15);
  check(&s, 1, 1, MJ__GROUND_WATER, 15, 15);
  drop(&s, &park);
}

/* A part that lies in an easement that holds nothing of the other. */
static void a_part_inside_an_easement_is_found(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,40 0,40 60,0 60|200 0,240 0,240 60,200 60");
  LAY(&park, MJ_EASEMENTS, "190 -10,250 -10,250 70,190 70");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.n_obstacles, 1);
  drop(&s, &park);
}

/* Distance of a point from row @p i as it was delivered; 0 inside. */
static double apart_m(const mj_geom *g, int64_t i, double px, double py) {
  double least = (double)INFINITY;
  bool in = false;
  for (int32_t r = g->ring0[g->part0[i]]; r < g->ring0[g->part0[i + 1]]; r++)
    for (int32_t v = g->vert0[r]; v + 1 < g->vert0[r + 1]; v++) {
      double ax = g->x[v], ay = g->y[v], dx = g->x[v + 1] - ax, dy = g->y[v + 1] - ay;
      double t = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      least = fmin(least, hypot(ax + t * dx - px, ay + t * dy - py));
      if ((ay > py) != (ay + dy > py) && ax + (py - ay) * dx / dy > px) in = !in;
    }
  return in ? 0 : least;
}

static double from_border(const seen *s, double px, double py) {
  const mj_plot_edge *e = border_at(s, px, py);
  double x = px - s->site.x0 - e->ax, y = py - s->site.y0 - e->ay, dx = e->bx - e->ax, dy = e->by - e->ay;
  double t = (x * dx + y * dy) / (dx * dx + dy * dy);
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  return hypot(x - t * dx, y - t * dy);
}

/* What is left out asks for nothing: a point that the border of 6 m leaves free is as far from every building that is
 * no obstacle as that building asks for. Random triangles about and on a bent parcel, random points in it. */
static void what_is_left_out_takes_no_ground(void) {
  enum { N = 60, POINTS = 2000 };
  uint64_t seed = 11;
  long left_out = 0, kept = 0, free_points = 0;
  for (int round = 0; round < 20; round++) {
    const char *row[N + 1] = {NULL};
    char text[N][120];
    for (int i = 0; i < N; i++) {
      double x = 180 * shape_random(&seed) - 40, y = 180 * shape_random(&seed) - 40, v[4];
      for (int k = 0; k < 4; k++) v[k] = 24 * shape_random(&seed) - 12;
      snprintf(text[i], sizeof text[i], "%.3f %.3f,%.3f %.3f,%.3f %.3f", x, y, x + v[0], y + v[1], x + v[2], y + v[3]);
      row[i] = text[i];
    }
    mj_park park;
    new_park(&park);
    mj_table *t = LAY(&park, MJ_PARCELS, "0 0,97 3,120 40,80 91,60 50,33 70,-7 45"), *b = lay(&park, MJ_BUILDINGS, row);
    seen s = look(&park, 0);
    bool is[N] = {false};
    for (int k = 0; k < s.site.plot.n_obstacles; k++) is[s.site.row[k]] = true;
    for (int i = 0; i < N; i++) *(is[i] ? &kept : &left_out) += 1;
    for (int k = 0; k < POINTS; k++) {
      double x = 130 * shape_random(&seed) - 8, y = 95 * shape_random(&seed);
      if (apart_m(&t->geom, 0, x, y) > 0 || from_border(&s, x, y) < 6) continue;
      free_points++;
      for (int i = 0; i < N; i++)
        if (!is[i]) CU_ASSERT(apart_m(&b->geom, i, x, y) > 13 - 1e-6);
    }
    drop(&s, &park);
  }
  CU_ASSERT(left_out > 300 && kept > 300 && free_points > 5000);
}

SUITE_OF(ground_obstacles, T(what_is_left_out_takes_no_ground), T(buildings_stand_or_can_be_cleared),
         T(a_building_on_two_parcels_belongs_to_one), T(structure_and_height_decide_the_fire_distance),
         T(easements_that_are_areas_keep_themselves_free), T(easements_that_are_lines_keep_a_distance),
         T(easements_that_are_points_keep_a_distance), T(water_keeps_its_distance_wherever_it_lies),
         T(a_part_inside_an_easement_is_found));
