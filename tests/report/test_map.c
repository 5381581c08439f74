#include <stdlib.h>
#include <string.h>

#include "report/map.h"
#include "test.h"

static mj_status push(mj_geom *g, int n, const double *x, const double *y) {
  MJ_TRY(mj_geom_push_ring(g, n, x, y));
  MJ_TRY(mj_geom_end_part(g));
  return mj_geom_end_row(g);
}

static void scale_bars_are_round_and_never_too_long(void) {
  ASSERT_NEAR(mj_map_bar(0.1, 30), 200, 1e-9);   /* 300 m would fit: 200 is the round one below */
  ASSERT_NEAR(mj_map_bar(0.03, 30), 1000, 1e-9); /* exactly as long as there is room */
  ASSERT_NEAR(mj_map_bar(0.06, 30), 500, 1e-9);
  ASSERT_NEAR(mj_map_bar(2, 30), 10, 1e-9);
  ASSERT_NEAR(mj_map_bar(0.00011, 30), 200000, 1e-9);
  for (double k = 0.0005; k < 20; k *= 1.37) {
    double bar = mj_map_bar(k, 30);
    CU_ASSERT_TRUE(bar * k <= 30 * (1 + 1e-12) && bar * k > 30 / 2.5 - 1e-9);
  }
}

/* The frame holds the ground, everything is on the page, nothing meets; the longer side is the page's. */
static void every_layout_fits_its_page(void) {
  static const mj_map_need needs[] = {{8, 48, false}, {14, 80, true}, {3, 48, false}, {8, 60, true}};
  static const double shapes[] = {0.05, 0.3, 0.62, 1, 1.6, 2.6, 40};
  for (int n = 0; n < 4; n++)
    for (int i = 0; i < 7; i++)
      for (int place = MJ_MAP_INSIDE; place <= MJ_MAP_BELOW; place++) {
        double w_m = 1000 * shapes[i], h_m = 1000;
        mj_map_page p = mj_map_layout(w_m, h_m, &needs[n], (mj_map_place)place);
        CU_ASSERT_TRUE(p.w <= MJ_MAP_PAGE_MM + 1e-9 && p.h <= MJ_MAP_PAGE_MM + 1e-9);
        ASSERT_NEAR(fmax(p.w, p.h), MJ_MAP_PAGE_MM, 1e-9);
        CU_ASSERT_TRUE(p.frame.y >= p.title.y + p.title.h - 1e-9 && p.frame.x + p.frame.w <= p.w);
        CU_ASSERT_TRUE(p.foot.y + p.foot.h <= p.h && p.frame.y + p.frame.h <= p.foot.y + 1e-9);
        CU_ASSERT_TRUE(p.x0 >= p.frame.x && p.x0 + p.mm_per_m * w_m <= p.frame.x + p.frame.w);
        CU_ASSERT_TRUE(p.y0 >= p.frame.y && p.y0 + p.mm_per_m * h_m <= p.frame.y + p.frame.h);
        if (place == MJ_MAP_BESIDE) CU_ASSERT_TRUE(p.legend.x > p.frame.x + p.frame.w);
        if (place == MJ_MAP_BELOW) CU_ASSERT_TRUE(p.legend.y > p.frame.y + p.frame.h);
        if (place != MJ_MAP_INSIDE)
          CU_ASSERT_TRUE(p.legend.x + p.legend.w <= p.w && p.legend.y + p.legend.h <= p.foot.y + 1e-9);
      }
  mj_map_need need = {8, 60, false};
  ASSERT_INT(mj_map_layout_best(3000, 1000, &need).place, MJ_MAP_BELOW);
  ASSERT_INT(mj_map_layout_best(1000, 1000, &need).place, MJ_MAP_BESIDE);
  ASSERT_INT(mj_map_layout_best(1000, 3000, &need).place, MJ_MAP_BESIDE);
}

static void the_legend_takes_the_corner_that_is_free(void) {
  mj_map_layer layer = {0};
  mj_map_layer *const layers[] = {&layer};
  mj_map_page p = {.frame = {0, 0, 100, 100}, .legend = {0, 0, 30, 30}, .margin = 4};
  mj_map_page before = p;
  static const double low_x[] = {1, 9, 9, 1}, low_y[] = {91, 91, 99, 91}, all_x[] = {1, 99, 99, 1},
                      all_y[] = {1, 1, 99, 1};
  CU_ASSERT_EQUAL_FATAL(push(&layer.shape[MJ_GEOM_POLYGON], 4, low_x, low_y), MJ_OK);
  CU_ASSERT_TRUE(mj_map_corner(layers, 1, NULL, 0, &p)); /* something is lower left: lower right */
  ASSERT_NEAR(p.legend.x, 66, 1e-9);
  ASSERT_NEAR(p.legend.y, 66, 1e-9);
  const mj_map_rect right = {70, 90, 5, 5};
  p = before;
  CU_ASSERT_TRUE(mj_map_corner(layers, 1, &right, 1, &p)); /* that is taken too: upper left */
  ASSERT_NEAR(p.legend.x, 4, 1e-9);
  ASSERT_NEAR(p.legend.y, 4, 1e-9);
  p = before;
  CU_ASSERT_EQUAL_FATAL(push(&layer.shape[MJ_GEOM_POLYGON], 4, all_x, all_y), MJ_OK);
  CU_ASSERT_FALSE(mj_map_corner(layers, 1, NULL, 0, &p));
  mj_map_layer_reset(&layer);
}

/* An L of 10 by 10 with arms 4 wide: area 64. Lines 1 apart run 64 long inside it, whatever their direction. */
static void hatches_cover_what_is_inside_and_no_more(void) {
  static const double x[] = {0, 10, 10, 4, 4, 0, 0}, y[] = {0, 0, 4, 4, 10, 10, 0};
  mj_geom g = {0};
  mj_map_spans spans = {0};
  CU_ASSERT_EQUAL_FATAL(push(&g, 7, x, y), MJ_OK);
  mj_polys view = mj_geom_view(&g);
  static const double angle[] = {0, 0.7853981633974483, -0.7853981633974483, 1.5707963267948966};
  for (int a = 0; a < 4; a++) {
    double sum = 0, step = 0.01;
    CU_ASSERT_EQUAL_FATAL(mj_map_cross(&view, 0, angle[a], step, 0.5, &spans), MJ_OK);
    ASSERT_INT(spans.n % 2, 0);
    for (int64_t i = 0; i + 1 < spans.n; i += 2) {
      ASSERT_INT(spans.at[i].line, spans.at[i + 1].line);
      sum += spans.at[i + 1].at - spans.at[i].at;
    }
    ASSERT_NEAR(sum * step, 64, 0.02);
  }
  free(spans.at);
  mj_geom_reset(&g);
}

static void labels_lie_inside_and_never_on_each_other(void) {
  static const double x[] = {0, 10, 10, 4, 4, 0, 0}, y[] = {0, 0, 4, 4, 10, 10, 0};
  mj_geom g = {0};
  mj_map_spans spans = {0};
  mj_map_taken taken = {0};
  mj_map_rect at = {0}, frame = {0, 0, 20, 20};
  CU_ASSERT_EQUAL_FATAL(push(&g, 7, x, y), MJ_OK);
  mj_polys view = mj_geom_view(&g);
  /* 6 by 2 has room in the wide arm only */
  CU_ASSERT_TRUE_FATAL(mj_map_room(&view, 0, 6, 2, &spans, &at));
  CU_ASSERT_TRUE(at.x >= 0 && at.x + at.w <= 10 && at.y >= 0 && at.y + at.h <= 4);
  ASSERT_NEAR(at.w, 6, 0);
  CU_ASSERT_FALSE(mj_map_room(&view, 0, 10.5, 1, &spans, &at)); /* wider than all of it */
  CU_ASSERT_FALSE(mj_map_room(&view, 0, 5, 6, &spans, &at));    /* its box has room, it has not */
  CU_ASSERT_TRUE(mj_map_take(&taken, &frame, (mj_map_rect){1, 1, 5, 2}));
  CU_ASSERT_FALSE(mj_map_take(&taken, &frame, (mj_map_rect){5.9, 2.9, 5, 2}));
  CU_ASSERT_TRUE(mj_map_take(&taken, &frame, (mj_map_rect){6, 1, 5, 2}));    /* beside it */
  CU_ASSERT_FALSE(mj_map_take(&taken, &frame, (mj_map_rect){16, 10, 5, 2})); /* out of the frame */
  ASSERT_INT(taken.n, 2);
  free(taken.box);
  free(spans.at);
  mj_geom_reset(&g);
  ASSERT_TEXT(mj_map_short("350502901002GB00019"), "GB00019");
  ASSERT_TEXT(mj_map_short("甲7"), "甲7");
  ASSERT_TEXT(mj_map_short("一二三四"), "二三四"); /* 12 bytes: seven would begin within a character */
}

static void points_in_one_place_are_set_around_it(void) {
  static const double x[] = {5, 5, 9, 5}, y[] = {5, 5, 5, 5};
  mj_map_layer layer = {0};
  mj_arena arena = {0};
  mj_geom *g = &layer.shape[MJ_GEOM_POINT];
  for (int i = 0; i < 4; i++) CU_ASSERT_EQUAL_FATAL(push(g, 1, &x[i], &y[i]), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_map_spread(&layer, 2, &arena), MJ_OK);
  ASSERT_NEAR(g->x[2], 9, 0); /* alone: it stays */
  ASSERT_NEAR(hypot(g->x[0] - g->x[1], g->y[0] - g->y[1]), 2, 1e-12);
  ASSERT_NEAR(hypot(g->x[1] - g->x[3], g->y[1] - g->y[3]), 2, 1e-12);
  ASSERT_NEAR(hypot(g->x[0] - g->x[3], g->y[0] - g->y[3]), 2, 1e-12);
  ASSERT_NEAR((g->x[0] + g->x[1] + g->x[3]) / 3, 5, 1e-12);
  ASSERT_NEAR((g->y[0] + g->y[1] + g->y[3]) / 3, 5, 1e-12);
  mj_map_layer_reset(&layer);
  mj_arena_reset(&arena);
}

static void classes_are_asked_for_in_sql(void) {
  mj_arena arena = {0};
  const mj_theme_class two[] = {{.rule = "\"a\" < 5"}, {.rule = NULL}};
  mj_theme t = {.kind = MJ_THEME_VALUES, .attribute = "status"};
  ASSERT_TEXT(mj_map_class_sql(&t, &arena), "CAST((\"status\") AS TEXT)");
  t.attribute = "CASE WHEN \"b\" ~ '开工|在建' THEN 1 END";
  ASSERT_TEXT(mj_map_class_sql(&t, &arena),
              "CAST((CASE WHEN (\"b\" LIKE '%开工%' OR \"b\" LIKE '%在建%') THEN 1 END) AS TEXT)");
  t = (mj_theme){.kind = MJ_THEME_RANGES, .attribute = "plot_ratio"};
  ASSERT_TEXT(mj_map_class_sql(&t, &arena), "CAST((\"plot_ratio\") AS REAL)");
  t = (mj_theme){.kind = MJ_THEME_RULES, .classes = two, .n_classes = 2};
  ASSERT_TEXT(mj_map_class_sql(&t, &arena),
              "0 + ((coalesce((\"a\" < 5), 0) <> 0) << 0) + ((coalesce((1), 0) <> 0) << 1)");
  mj_arena_reset(&arena);
}

static void the_end_of_a_name_says_the_format(void) {
  mj_map_format f;
  mj_error err = {0};
  CU_ASSERT_EQUAL(mj_map_format_of("a/b.PNG", &f, &err), MJ_OK);
  CU_ASSERT_EQUAL(f, MJ_MAP_PNG);
  CU_ASSERT_EQUAL(mj_map_format_of("x.y.svg", &f, &err), MJ_OK);
  CU_ASSERT_EQUAL(f, MJ_MAP_SVG);
  CU_ASSERT_EQUAL(mj_map_format_of("x.pdf", &f, &err), MJ_OK);
  CU_ASSERT_EQUAL(mj_map_format_of("png", &f, &err), MJ_EINVAL);
  CU_ASSERT_EQUAL(mj_map_format_of("map.jpg", &f, &err), MJ_EINVAL);
  ASSERT_HAS(err.message, "map.jpg");
}

static void texts_are_cut_between_characters(void) {
  static const mj_map_type type = {10, MJ_MAP_PLAIN, MJ_MAP_LEFT, 0, 0, 0};
  mj_map_fonts *fonts;
  mj_arena arena = {0};
  mj_error err = {0};
  CU_ASSERT_EQUAL_FATAL(mj_map_fonts_open(&fonts, &err), MJ_OK);
  const char *name = "北部片区工业园";
  double whole = mj_map_width(fonts, name, &type);
  ASSERT_TEXT(mj_map_cut(fonts, name, &type, whole, &arena), name);
  for (double w = whole - 0.01; w > 12; w -= 3) {
    const char *cut = mj_map_cut(fonts, name, &type, w, &arena);
    CU_ASSERT_PTR_NOT_NULL_FATAL(cut);
    CU_ASSERT_TRUE(mj_map_width(fonts, cut, &type) <= w);
    CU_ASSERT_TRUE(mj_utf8_valid(cut, strlen(cut)));
    CU_ASSERT_FALSE(strncmp(cut, name, strlen(cut) - strlen("…")));
    ASSERT_HAS(cut, "…");
  }
  char long_name[3001];
  memset(long_name, 'x', 3000);
  long_name[3000] = 0;
  CU_ASSERT_TRUE(mj_map_width(fonts, mj_map_cut(fonts, long_name, &type, 100, &arena), &type) <= 100);
  mj_map_fonts_close(fonts);
  mj_arena_reset(&arena);
}

SUITE_OF(map, T(scale_bars_are_round_and_never_too_long), T(every_layout_fits_its_page),
         T(the_legend_takes_the_corner_that_is_free), T(hatches_cover_what_is_inside_and_no_more),
         T(labels_lie_inside_and_never_on_each_other), T(points_in_one_place_are_set_around_it),
         T(classes_are_asked_for_in_sql), T(the_end_of_a_name_says_the_format), T(texts_are_cut_between_characters));
