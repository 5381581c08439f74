#include <math.h>

#include "report/fixture.h"
#include "report/html.h"

static void planes_are_bytes_by_rank(void) {
  /* 0 is none, a number is 1 more: 255 needs a second byte */
  const int64_t v[] = {0, MJ_I64_NULL, 254, 255};
  mj_text head = {0}, bytes = {0};
  CU_ASSERT_TRUE(mj_html_planes(v, 4, &head, &bytes));
  CU_ASSERT_STRING_EQUAL(head.data, ",\"w\":2");
  CU_ASSERT_EQUAL_FATAL(bytes.n, 8);
  CU_ASSERT(!memcmp(bytes.data, "\x01\x00\xff\x00\x00\x00\x00\x01", 8));
  mj_text_reset(&head);
  mj_text_reset(&bytes);
}

static void negative_numbers_are_folded(void) {
  const int64_t v[] = {0, -1, 1, -2}; /* folded 0 1 2 3, and 1 more */
  mj_text head = {0}, bytes = {0};
  CU_ASSERT_TRUE(mj_html_planes(v, 4, &head, &bytes));
  CU_ASSERT_STRING_EQUAL(head.data, ",\"w\":1,\"z\":1");
  CU_ASSERT(bytes.n == 4 && !memcmp(bytes.data, "\1\2\3\4", 4));
  mj_text_reset(&head);
  mj_text_reset(&bytes);
}

static void a_number_that_a_browser_does_not_hold_is_refused(void) {
  const int64_t v[] = {1, (int64_t)1 << 53};
  mj_text head = {0}, bytes = {0};
  CU_ASSERT_FALSE(mj_html_planes(v, 2, &head, &bytes));
  CU_ASSERT(head.n == 0 && bytes.n == 0);
}

static void scaled_numbers_round_as_the_tables_do(void) {
  static const struct {
    double v;
    int decimals;
  } some[] = {
      {1908.404999999, 2},      {6972.615, 2}, {11878.625, 2}, {0.125, 2}, {-0.375, 2}, {1e-9, 6}, {2.5, 0}, {3.5, 0},
      {-7.0049999999999999, 2}, {0.1, 1}};
  for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
    char text[400];
    mj_double_fixed(some[i].v, some[i].decimals, text);
    CU_ASSERT_DOUBLE_EQUAL((double)mj_html_scaled(some[i].v, some[i].decimals),
                           strtod(text, NULL) * pow(10, some[i].decimals), 1e-6);
  }
  CU_ASSERT_EQUAL(mj_html_scaled((double)NAN, 2), MJ_I64_NULL);
  CU_ASSERT_EQUAL(mj_html_scaled(1e15, 2), MJ_I64_NULL);
}

static void text_is_escaped(void) {
  mj_text out = {0};
  mj_html_put(&out, "<b a='1' c=\"2\">&\x01</b>\n");
  CU_ASSERT_STRING_EQUAL(out.data, "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;?&lt;/b&gt;\n");
  mj_text_reset(&out);
}

/* Two rows of two columns: their texts, their numbers in cents, and the one that rounding brings onto a border. */
static void a_sheet_is_words_and_planes(void) {
  mj_table t = {0};
  mj_error err = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 2), MJ_OK);
  mj_column *zone = column(&t, "zone", MJ_TEXT), *tax = column(&t, "tax_wan_per_mu", MJ_F64),
            *empty = column(&t, "empty", MJ_F64);
  zone->text[0] = zone->text[1] = "北</script>";
  tax->f64[0] = 4.997;
  tax->f64[1] = 5.01;
  mj_out_column columns[] = {
      {.column = zone, .name = "zone", .label = "片区", .about = "", .unit = "", .decimals = -1},
      {.column = tax, .name = "tax_wan_per_mu", .label = "亩均税收", .about = "", .unit = "", .decimals = 2},
      {.column = empty, .name = "empty", .label = "空", .about = "", .unit = "", .decimals = 2}};
  mj_sheet sheet = {.name = "parcels", .title = "宗地", .table = &t, .n = 2, .columns = columns, .n_columns = 3};
  mj_text out = {0};
  CU_ASSERT_EQUAL(mj_html_table(&sheet, "{\"rule\":\"\\\"tax_wan_per_mu\\\" < 5\"}", MJ_ZH, &out, &err), MJ_OK);
  CU_ASSERT_STRING_EQUAL(
      out.data,
      "{\"name\":\"parcels\",\"title\":\"宗地\",\"n\":2,\"columns\":[{\"n\":\"zone\",\"l\":\"片区\","
      "\"t\":\"s\",\"w\":1},\n{\"n\":\"tax_wan_per_mu\",\"l\":\"亩均税收\",\"d\":2,\"t\":\"f\",\"w\":2,"
      "\"e\":[0,4.997]}],\"words\":[\"北</script>\"]}");
  size_t head = strlen(out.data) + 1;
  CU_ASSERT_EQUAL_FATAL(out.n, head + 2 + 4);
  CU_ASSERT(!memcmp(out.data + head, "\1\1", 2));                 /* both the first word */
  CU_ASSERT(!memcmp(out.data + head + 2, "\xf5\xf6\x01\x01", 4)); /* 500 and 501, 1 more, low bytes first */
  mj_text_reset(&out);
  mj_table_reset(&t);
}

static void shapes_are_differences(void) {
  mj_table t = {0};
  mj_text out = {0};
  const double lon[] = {1, 1.5, 1.5, 1}, lat[] = {2, 2, 2.5, 2};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "zones", 1), MJ_OK);
  t.geom.kind = MJ_GEOM_POLYGON;
  CU_ASSERT_EQUAL_FATAL(mj_geom_push_ring(&t.geom, 4, lon, lat), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_part(&t.geom), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_geom_end_row(&t.geom), MJ_OK);
  mj_sheet sheet = {.name = "zones", .table = &t, .n = 1};
  CU_ASSERT_EQUAL(mj_html_shapes(&sheet, t.geom.x, t.geom.y, 10, &out, NULL), MJ_OK);
  CU_ASSERT_STRING_EQUAL(out.data,
                         "{\"kind\":\"polygon\",\"s\":10,\"arrays\":[{\"n\":1,\"w\":1},{\"n\":1,\"w\":1},{\"n\":1,"
                         "\"w\":1},{\"n\":3,\"w\":1},{\"n\":3,\"w\":1}]}");
  /* a part, a ring, three vertices; east 10 +5 +0, north 20 +0 +5; each 1 more */
  CU_ASSERT(!memcmp(out.data + strlen(out.data) + 1, "\2\2\4\x0b\6\1\x15\1\6", 9));
  mj_text_reset(&out);
  mj_table_reset(&t);
}

/* Five parcels of which four are candidates, on a page of two: those of rank 1 and 2, and the page says two of four. */
static void a_page_keeps_the_first_candidates_and_knows_how_many_there_are(void) {
  static const int64_t rank[] = {3, 2, MJ_I64_NULL, 1, 4};
  mj_park park = {0};
  mj_run run = {.park = &park, .lang = MJ_EN, .folder = {.lock = -1}};
  mj_html page = {.run = &run, .most = 2}, all = {.run = &run, .most = 5};
  mj_table *t = &park.table[MJ_PARCELS];
  mj_error err = {0};
  make_park(&park, 5, 1);
  uint8_t *is = mj_table_tri(t, "candidate");
  mj_column *place = column(t, "candidate_rank", MJ_I64);
  for (int i = 0; i < 5; i++) {
    is[i] = i == 2 ? MJ_NO : MJ_YES;
    place->i64[i] = rank[i];
  }
  CU_ASSERT_EQUAL_FATAL(mj_run_prepare(&run, &err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_html_pick(&page, &err), MJ_OK);
  CU_ASSERT(page.partly && page.n_parcels == 2 && page.n_candidates == 4);
  CU_ASSERT(page.parcel[0] == 1 && page.parcel[1] == 3);
  mj_text meta = {0};
  CU_ASSERT_EQUAL(mj_html_meta(&page, &meta, &err), MJ_OK);
  ASSERT_HAS(meta.data, "\"parcels\":5,\"held\":2,\"candidates\":4,\"partly\":true");
  CU_ASSERT_EQUAL_FATAL(mj_html_pick(&all, &err), MJ_OK);
  CU_ASSERT(!all.partly && all.n_parcels == 5);
  mj_text_reset(&meta);
  mj_arena_reset(&page.arena);
  mj_arena_reset(&all.arena);
  mj_run_reset(&run);
  mj_park_reset(&park);
}

SUITE_OF(html, T(planes_are_bytes_by_rank), T(negative_numbers_are_folded),
         T(a_number_that_a_browser_does_not_hold_is_refused), T(scaled_numbers_round_as_the_tables_do),
         T(text_is_escaped), T(a_sheet_is_words_and_planes), T(shapes_are_differences),
         T(a_page_keeps_the_first_candidates_and_knows_how_many_there_are));
