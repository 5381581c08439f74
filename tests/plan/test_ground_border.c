#include "plan/ground_fixture.h"

#define A "0 0,100 0,100 60,0 60"

static void check_edge(const seen *s, double x, double y, mj__ground_kind kind, double clear) {
  const mj_plot_edge *e = border_at(s, x, y);
  ASSERT_TEXT(mj__ground_code((mj__ground_kind)e->kind), mj__ground_code(kind));
  ASSERT_NEAR(e->clear_m, clear, 0);
  ASSERT_NEAR(e->clear_high_m, clear, 0);
}

/* South a road, east a neighbour, north a river drawn as a line of 8 m at y = 80, west nothing. */
static void each_edge_is_what_lies_outside_it(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A, "100 0,200 0,200 60,100 60");
  LAY(&park, MJ_ROADS, "-50 -20,250 -20,250 -1,-50 -1");
  numbers(lay_line(&park, MJ_WATER, MJ_GEOM_LINE, 2, (double[]){-50, 150}, (double[]){80, 80}), "width_m",
          (double[]){8});
  seen s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_ROAD, 10);
  check_edge(&s, 100, 30, MJ__GROUND_NEIGHBOUR, 5);
  check_edge(&s, 50, 60, MJ__GROUND_WATER, 15);
  check_edge(&s, 0, 30, MJ__GROUND_OTHER, 6);
  ASSERT_INT(s.site.plot.edge0[0], 4);
  ASSERT_INT(s.site.plot.n_obstacles, 0); /* 16 m to the bank: the water asks for 15 */
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_ROAD], 100, 1e-9);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_OTHER], 60, 1e-9);
  ASSERT_NEAR(s.site.frontage_m, 100, 1e-9);
  ASSERT_INT(s.site.access, MJ_YES);
  ASSERT_NEAR(border_m2(&s), 6000, 1e-9);
  CU_ASSERT(!s.site.missing && !s.site.n_unknown_width);
  drop(&s, &park);
}

/* The neighbour ends at y = 25; behind it, out of reach of the neighbour but of the road's, nothing. */
static void an_edge_is_split_where_what_it_faces_ends(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A, "100 0,200 0,200 25,100 25");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.edge0[0], 5);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_NEIGHBOUR], 25, 1e-6);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_OTHER], 295, 1e-6);
  const mj_plot_edge *e = border_at(&s, 100, 10);
  ASSERT_NEAR(e->by - e->ay, 25, 1e-6);
  ASSERT_NEAR(e[1].ay, e->by, 0);
  ASSERT_NEAR(border_m2(&s), 6000, 1e-6);
  drop(&s, &park);
}

/* One road 15 m off with nothing between, one behind the neighbour, one out of reach. */
static void a_road_is_faced_before_another_parcel_and_within_reach(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A, "100 0,105 0,105 60,100 60", "0 90,100 90,100 100,0 100");
  LAY(&park, MJ_ROADS, "-50 75,150 75,150 85,-50 85", "106 0,110 0,110 60,106 60", "-30 -30,150 -30,150 -21,-30 -21");
  seen s = look(&park, 0);
  check_edge(&s, 50, 60, MJ__GROUND_ROAD, 10);
  check_edge(&s, 100, 30, MJ__GROUND_NEIGHBOUR, 5);
  check_edge(&s, 50, 0, MJ__GROUND_OTHER, 6);
  ASSERT_NEAR(s.site.frontage_m, 100, 1e-9);
  drop(&s, &park);
}

/* A neighbour is one within 2 m; a lot 3 m off is not, one that lies over the border is. */
static void a_neighbour_lies_within_its_reach(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A, "103 0,200 0,200 60,103 60", "0 61.9,100 61.9,100 99,0 99", "-50 0,1 0,1 60,-50 60");
  seen s = look(&park, 0);
  check_edge(&s, 100, 30, MJ__GROUND_OTHER, 6);
  check_edge(&s, 50, 60, MJ__GROUND_NEIGHBOUR, 5);
  check_edge(&s, 0, 30, MJ__GROUND_NEIGHBOUR, 5);
  ASSERT_INT(s.site.access, MJ_UNKNOWN);
  drop(&s, &park);
}

/* A street of 12 m drawn as its middle line 4 m off the red line that the parcel has over it. */
static void a_road_line_is_as_wide_as_it_says(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  mj_table *roads = lay_line(&park, MJ_ROADS, MJ_GEOM_LINE, 2, (double[]){-50, 150}, (double[]){-25, -25});
  seen s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_OTHER, 6); /* no width: the line alone, 25 m off */
  ASSERT_INT(s.site.access, MJ_NO);
  drop(&s, NULL);
  numbers(roads, "width_m", (double[]){12});
  s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_ROAD, 10); /* 19 m to its side */
  ASSERT_INT(s.site.n_unknown_width, 0);
  drop(&s, NULL);
  numbers(roads, "width_m", (double[]){9.98});
  s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_OTHER, 6); /* 20.01 m */
  drop(&s, NULL);
  numbers(roads, "width_m", (double[]){54});
  s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_ROAD, 10); /* over the border */
  ASSERT_NEAR(s.site.frontage_m, 100, 1e-6);  /* what it covers of the sides, 2 m, lies between samples */
  drop(&s, &park);
}

/* The road ends at x = 30 in a half circle of 6 m about it: seen from y = 0 straight down up to x = 36. */
static void a_road_line_ends_round(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  numbers(lay_line(&park, MJ_ROADS, MJ_GEOM_LINE, 2, (double[]){-50, 30}, (double[]){-10, -10}), "width_m",
          (double[]){12});
  seen s = look(&park, 0);
  ASSERT_NEAR(s.site.frontage_m, 36, 1e-6);
  drop(&s, NULL);
  numbers(&park.table[MJ_ROADS], "width_m", (double[]){NAN});
  s = look(&park, 0);
  ASSERT_NEAR(s.site.frontage_m, 30, 1e-6);
  ASSERT_INT(s.site.n_unknown_width, 1);
  drop(&s, &park);
}

/* South the border of the zone runs along a road, 1 m inside; east it cuts through the parcel; the two features of zone
 * N meet along the north side. */
static void the_greater_of_zone_and_road_holds(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  LAY(&park, MJ_ROADS, "-50 -20,250 -20,250 -1,-50 -1");
  mj_table *zones = LAY(&park, MJ_ZONES, "-50 1,70 1,70 60,-50 60", "-50 60,70 60,70 99,-50 99");
  texts(zones, "zone", (const char *[]){"N", "N"});
  seen s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_ZONE, 12);
  check_edge(&s, 90, 0, MJ__GROUND_ROAD, 10);
  check_edge(&s, 50, 60, MJ__GROUND_OTHER, 6);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_ZONE], 70, 1e-6);
  ASSERT_NEAR(s.site.frontage_m, 100, 1e-6); /* it faces the road all along */
  drop(&s, NULL);
  texts(zones, "zone", (const char *[]){"N", "M"});
  park.project.fit.limits.setback_road_m = 12;
  s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_ROAD, 12);
  check_edge(&s, 50, 60, MJ__GROUND_ZONE, 12);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_ZONE], 70, 1e-6);
  drop(&s, &park);
}

/* Across the south side at 45 degrees: not along it. At a slope of 1 in 10 (6 degrees) from 1 m off in the west: until
 * it is 2 m off, at x = 10; the samples at 5 and 15 m see it begin and end. */
static void the_border_of_a_zone_runs_along_or_not(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  mj_table *zones = LAY(&park, MJ_ZONES, "25 -30,85 30,85 -30");
  seen s = look(&park, 0);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_ZONE], 0, 0);
  drop(&s, NULL);
  mj_table_reset(zones);
  LAY(&park, MJ_ZONES, "-100 9,300 -31,300 -40,-100 -40");
  s = look(&park, 0);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_ZONE], 10, 1e-6);
  check_edge(&s, 5, 0, MJ__GROUND_ZONE, 12);
  drop(&s, &park);
}

/* Lanes of 1 + 4 + 5 m ask for more than all but the water. */
static void an_edge_keeps_room_for_a_fire_lane(void) {
  mj_park park;
  new_park(&park);
  park.project.fit.limits.lane_edge_m = 1;
  park.project.fit.limits.lane_side_m = 5;
  LAY(&park, MJ_PARCELS, A);
  LAY(&park, MJ_WATER, "-50 -20,250 -20,250 -1,-50 -1");
  seen s = look(&park, 0);
  check_edge(&s, 50, 0, MJ__GROUND_WATER, 15);
  check_edge(&s, 50, 60, MJ__GROUND_OTHER, 10);
  drop(&s, &park);
}

/* A pond in the middle that is no land of the parcel, and a lot in another hole. */
static void edges_of_holes_face_what_is_in_them(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A ";10 10,20 10,20 20,10 20;50 10,50 20,60 20,60 10", "50 10,60 10,60 20,50 20");
  LAY(&park, MJ_WATER, "10 10,20 10,20 20,10 20");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.edge0[0], 12);
  ASSERT_NEAR(border_m2(&s), 5800, 1e-9);
  check_edge(&s, 15, 10, MJ__GROUND_WATER, 15);
  check_edge(&s, 60, 15, MJ__GROUND_NEIGHBOUR, 5);
  check_edge(&s, 100, 30, MJ__GROUND_OTHER, 6);
  drop(&s, &park);
}

/* Two parts with a lane of 10 m between them, which is a road; across a road of another's land one's own part hides. */
static void parts_of_a_parcel_are_one_plot_and_hide_what_is_behind(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,40 0,40 60,0 60|50 0,100 0,100 60,50 60");
  LAY(&park, MJ_ROADS, "42 -20,48 -20,48 80,42 80", "101 0,110 0,110 60,101 60");
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.edge0[0], 8);
  ASSERT_NEAR(border_m2(&s), 5400, 1e-9);
  check_edge(&s, 40, 30, MJ__GROUND_ROAD, 10);
  check_edge(&s, 50, 30, MJ__GROUND_ROAD, 10);
  check_edge(&s, 100, 30, MJ__GROUND_ROAD, 10);
  drop(&s, &park);
  new_park(&park);
  LAY(&park, MJ_PARCELS, "0 0,40 0,40 60,0 60|41 0,42 0,42 60,41 60");
  LAY(&park, MJ_ROADS, "43 0,48 0,48 60,43 60");
  s = look(&park, 0);
  check_edge(&s, 40, 30, MJ__GROUND_OTHER, 6); /* its own part is no neighbour and no road lies before it */
  check_edge(&s, 42, 30, MJ__GROUND_ROAD, 10);
  drop(&s, &park);
}

static void norms_that_are_not_known_are_told_where_they_are_needed(void) {
  mj_park park;
  new_park(&park);
  mj_fit_limits *is = &park.project.fit.limits;
  is->setback_water_m = is->fire_gap_m = (double)NAN;
  LAY(&park, MJ_PARCELS, A);
  seen s = look(&park, 0);
  CU_ASSERT(!s.site.missing);
  ASSERT_INT(s.site.access, MJ_UNKNOWN);
  drop(&s, NULL);
  is->setback_other_m = is->lane_m = (double)NAN;
  s = look(&park, 0);
  int bits = 0;
  for (uint64_t m = s.site.missing; m; m &= m - 1) bits++;
  ASSERT_INT(bits, 2);
  CU_ASSERT(s.site.missing & (uint64_t)1 << (&is->setback_other_m - (double *)is));
  CU_ASSERT(s.site.missing & (uint64_t)1 << (&is->lane_m - (double *)is));
  drop(&s, &park);
}

/* Without a layer of roads, or with one that holds nothing or points, nobody knows; with one that is elsewhere: no. */
static void access_is_not_known_without_roads(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, A);
  seen s = look(&park, 0);
  ASSERT_INT(s.site.access, MJ_UNKNOWN);
  ASSERT_NEAR(s.site.length_m[MJ__GROUND_OTHER], 320, 1e-9);
  drop(&s, NULL);
  must(mj_table_init(&park.table[MJ_ROADS], "roads", 0));
  s = look(&park, 0);
  ASSERT_INT(s.site.access, MJ_UNKNOWN);
  drop(&s, NULL);
  mj_table_reset(&park.table[MJ_ROADS]);
  lay_line(&park, MJ_ROADS, MJ_GEOM_POINT, 1, (double[]){50}, (double[]){-5});
  s = look(&park, 0);
  ASSERT_INT(s.site.access, MJ_UNKNOWN);
  drop(&s, NULL);
  mj_table_reset(&park.table[MJ_ROADS]);
  LAY(&park, MJ_ROADS, "900 0,910 0,910 10,900 10");
  s = look(&park, 0);
  ASSERT_INT(s.site.access, MJ_NO);
  ASSERT_NEAR(s.site.frontage_m, 0, 0);
  drop(&s, &park);
}

static void a_row_without_a_shape_has_no_edges(void) {
  mj_park park;
  new_park(&park);
  LAY(&park, MJ_PARCELS, "", A);
  seen s = look(&park, 0);
  ASSERT_INT(s.site.plot.edge0[0], 0);
  ASSERT_INT(s.site.plot.n_obstacles, 0);
  drop(&s, &park);
}

static void kinds_have_words(void) {
  for (int k = 0; k < MJ__GROUND_KINDS; k++)
    CU_ASSERT(*mj__ground_code((mj__ground_kind)k) && *mj__ground_word((mj__ground_kind)k, MJ_ZH));
  ASSERT_TEXT(mj__ground_code(MJ__GROUND_EASEMENT), "easement");
  ASSERT_TEXT(mj__ground_word(MJ__GROUND_ROAD, MJ_ZH), "临道路");
  ASSERT_TEXT(mj__ground_word(MJ__GROUND_ROAD, MJ_EN), "road");
}

SUITE_OF(ground_border, T(each_edge_is_what_lies_outside_it), T(an_edge_is_split_where_what_it_faces_ends),
         T(a_road_is_faced_before_another_parcel_and_within_reach), T(a_neighbour_lies_within_its_reach),
         T(a_road_line_is_as_wide_as_it_says), T(a_road_line_ends_round), T(the_greater_of_zone_and_road_holds),
         T(the_border_of_a_zone_runs_along_or_not), T(an_edge_keeps_room_for_a_fire_lane),
         T(edges_of_holes_face_what_is_in_them), T(parts_of_a_parcel_are_one_plot_and_hide_what_is_behind),
         T(norms_that_are_not_known_are_told_where_they_are_needed), T(access_is_not_known_without_roads),
         T(a_row_without_a_shape_has_no_edges), T(kinds_have_words));
