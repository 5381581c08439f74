#include <stdint.h>

#include "gis/crs.h"
#include "gis/files.h"
#include "test.h"

/* The head of a file: datum, width of zones, zone. Y of the points below is 500 000 with or without a zone. */
#define HEAD(datum, belt, zone)                                                              \
  "[属性描述]\r\n格式版本号=1.01\r\n数据产生单位=某局\r\n坐标系=" datum "\r\n几度分带=" belt \
  "\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=" zone "\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n"
#define PLOT "5,1.0000,DK1,一号地块,面,I50G001,工业用地,0601,@\r\n"
/* 100 m by 100 m: X (north) 2755000 to 2755100, Y (east) 500000 to 500100 behind the zone. */
#define SQUARE(zone)                                                                                     \
  "J1,1,2755000.000," zone "500000.000\r\nJ2,1,2755100.000," zone "500000.000\r\nJ3,1,2755100.000," zone \
  "500100.000\r\nJ4,1,2755000.000," zone "500100.000\r\nJ1,1,2755000.000," zone "500000.000\r\n"
#define GOOD HEAD("2000国家大地坐标系", "3", "40") PLOT SQUARE("40")

static reading read_txt(const char *text) { return read_file(write_text("a.txt", text), NULL, 0); }

static double area_of(const mj_table *t, int64_t row) {
  mj_polys g = mj_geom_view(&t->geom);
  double *area = calloc((size_t)g.n + 1, sizeof *area);
  mj_area_planar(&g, area);
  double a = area[row];
  free(area);
  return a;
}

static void a_plot_is_a_row_with_x_north_and_y_east(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_txt(GOOD);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  ASSERT_TEXT(mj_source_format(r.file), "TXT");
  ASSERT_TEXT(mj_source_layer(r.file, 0)->name, "a");
  ASSERT_TEXT(mj_source_layer(r.file, 0)->crs, "EPSG:4528");
  ASSERT_INT(r.table.n, 1);
  ASSERT_INT(r.table.source_row[0], 1);
  ASSERT_TEXT(mj_table_text(&r.table, "地块编号")[0], "DK1");
  ASSERT_TEXT(mj_table_text(&r.table, "地块面积(公顷)")[0], "1.0000");
  ASSERT_TEXT(mj_table_text(&r.table, "地块名称")[0], "一号地块");
  ASSERT_TEXT(mj_table_text(&r.table, "地块用途")[0], "工业用地");
  ASSERT_TEXT(mj_table_text(&r.table, "地类编号")[0], "0601");
  ASSERT_INT(r.table.geom.kind, MJ_GEOM_POLYGON);
  ASSERT_NEAR(r.table.geom.x[0], 40500000, 0);
  ASSERT_NEAR(r.table.geom.y[0], 2755000, 0);
  ASSERT_NEAR(area_of(&r.table, 0), 10000, 1e-6);
  ASSERT_INT(r.table.geom.verts, 5);
  ASSERT_INT(r.ledger.n, 0);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Codes of the EPSG register: zone 25 of CGCS2000 is 4513, so 40 is 4528; its meridian 120E is 4549. 6 degrees: zone
 * 20 is 4498, its meridian 117E is 4509. Xi'an 1980: 2349 for zone 25, 2370 for 75E. Beijing 1954: 2401 and 2422,
 * 21413 for zone 13, 21453 for 75E. */
static void datum_belt_zone_and_prefix_name_the_reference_system(void) {
  static const struct {
    const char *text, *crs;
  } cases[] = {
      {HEAD("2000国家大地坐标系", "3", "40") PLOT SQUARE("40"), "EPSG:4528"},
      {HEAD("2000国家大地坐标系", "3", "40") PLOT SQUARE(""), "EPSG:4549"},
      {HEAD("CGCS2000", "3度带", "40带") PLOT SQUARE(""), "EPSG:4549"},
      {HEAD("2000国家大地坐标系", "", "") PLOT SQUARE("40"), "EPSG:4528"},
      {HEAD("2000国家大地坐标系", "6", "20") PLOT SQUARE("20"), "EPSG:4498"},
      {HEAD("2000国家大地坐标系", "6", "20") PLOT SQUARE(""), "EPSG:4509"},
      {HEAD("1980西安坐标系", "3", "39") PLOT SQUARE("39"), "EPSG:2363"},
      {HEAD("80国家大地坐标系", "3", "39") PLOT SQUARE(""), "EPSG:2384"},
      {HEAD("1954北京坐标系", "3", "39") PLOT SQUARE("39"), "EPSG:2415"},
      {HEAD("北京54", "6", "20") PLOT SQUARE("20"), "EPSG:21420"},
      {HEAD("北京54", "6", "20") PLOT SQUARE(""), "EPSG:21460"},
      {HEAD("2000国家大地坐标系", "3", "") PLOT SQUARE(""), ""},       /* no zone anywhere */
      {HEAD("", "3", "40") PLOT SQUARE("40"), ""},                     /* no datum */
      {HEAD("地方独立坐标系", "3", "40") PLOT SQUARE("40"), ""},       /* none that has a code */
      {HEAD("2000国家大地坐标系", "1.5", "40") PLOT SQUARE("40"), ""}, /* zones without a code */
      {"[地块坐标]\n" PLOT SQUARE("40"), ""},
      {HEAD("2000国家大地坐标系", "", "") PLOT "1,1,24.90,118.50\n2,1,24.91,118.50\n3,1,24.91,118.51\n", "EPSG:4490"}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading r = read_txt(cases[i].text);
    CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
    const char *crs = mj_source_layer(r.file, 0)->crs;
    ASSERT_TEXT(crs, cases[i].crs);
    mj_crs *opened = NULL;
    if (*crs) CU_ASSERT_EQUAL(mj_crs_open(crs, &opened, NULL), MJ_OK);
    mj_crs_close(opened);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void contradictions_and_broken_lines_are_one_line_with_their_number(void) {
  static const struct {
    const char *text, *message;
  } cases[] = {
      {HEAD("2000国家大地坐标系", "3", "39") PLOT SQUARE("40"),
       "line 13: Y has the zone prefix 40, but the zone in line 8 is 39"},
      {HEAD("2000国家大地坐标系", "6", "40") PLOT SQUARE("40"),
       "line 8: zone 40 is one of 3 degrees, but the width given is 6"},
      {HEAD("2000国家大地坐标系", "3", "117") PLOT SQUARE(""),
       "line 8: 117 is no zone; those of 3 degrees are 25 to 45"},
      {HEAD("2000国家大地坐标系", "3", "") PLOT SQUARE("40") PLOT SQUARE("39"),
       "line 19: Y has the zone prefix 39, in line 13 it is 40"},
      {HEAD("2000国家大地坐标系", "3", "40") PLOT SQUARE("40") PLOT SQUARE(""), "line 19: Y has the zone prefix 0"},
      {HEAD("2000国家大地坐标系", "3", "40") PLOT "J1\r\n", "line 13: 'J1' is neither a plot"},
      {HEAD("2000国家大地坐标系", "3", "40") PLOT SQUARE("40") "4,1.0,DK2,地块二\r\n" SQUARE("40"),
       "line 18: '4,1.0,DK2,地块二' is neither a plot"}, /* without ',@' its points would go to the plot before */
      {HEAD("2000国家大地坐标系", "3", "40") PLOT, "no point stands under [地块坐标]"},
      {"[属性描述]\n计量单位=毫米\n[地块坐标]\n" PLOT SQUARE("40"),
       "line 2: the unit of the coordinates is '毫米'; only metres and degrees are read"},
      {"[属性描述]\n坐标系=2000\n计量单位=度\n[地块坐标]\n" PLOT SQUARE("40"),
       "line 6: the unit in line 3 is '度', but the coordinates are no degrees"}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading r = read_txt(cases[i].text);
    assert_message(&r.err, MJ_EFORMAT, cases[i].message);
    CU_ASSERT_PTR_NULL(strchr(r.err.message, '\n'));
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* In 10 m: a square of 10 (1), a hole of 4 (2), an island of 1 in the hole (3), a part of 4 beside it (4), all not
 * closed: 100 - 16 + 1 + 16 = 101 squares of 100 m2; one part with a hole, two more parts. */
static void containment_tells_holes_from_parts(void) {
  static const char rings[] =
      "[地块坐标]\n,,DK1,名,面,,,,@\n"
      "1,1,2755000,500000\n2,1,2755100,500000\n3,1,2755100,500100\n4,1,2755000,500100\n"
      "5,2,2755020,500020\n6,2,2755060,500020\n7,2,2755060,500060\n8,2,2755020,500060\n"
      "9,3,2755030,500030\n10,3,2755040,500030\n11,3,2755040,500040\n12,3,2755030,500040\n"
      "13,4,2755000,500200\n14,4,2755040,500200\n15,4,2755040,500240\n16,4,2755000,500240\n";
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_txt(rings);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  ASSERT_INT(r.table.n, 1);
  ASSERT_NEAR(area_of(&r.table, 0), 10100, 1e-6);
  mj_polys g = mj_geom_view(&r.table.geom);
  ASSERT_INT(g.part0[1], 3);
  ASSERT_INT(g.ring0[1], 2); /* the first part has its hole */
  ASSERT_INT(g.ring0[3], 4);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* A hole that touches its shell at a vertex, the larger ring last, and two closed rings under one number. */
static void rings_are_sorted_out_whatever_their_order_and_number(void) {
  static const char touching[] =
      "[地块坐标]\n,,A,,面,,,,@\n1,1,2755000,500000\n2,1,2755010,500010\n3,1,2755010,500000\n1,1,2755000,500000\n"
      "4,2,2755000,500000\n5,2,2755100,500000\n6,2,2755100,500100\n7,2,2755000,500100\n4,2,2755000,500000\n";
  static const char one_number[] =
      "[地块坐标]\n,,B,,面,,,,@\n1,1,2755000,500000\n2,1,2755010,500000\n3,1,2755010,500010\n1,1,2755000,500000\n"
      "4,1,2755100,500100\n5,1,2755110,500100\n6,1,2755110,500110\n4,1,2755100,500100\n";
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_txt(touching);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  ASSERT_NEAR(area_of(&r.table, 0), 10000 - 50, 1e-6);
  ASSERT_INT(r.table.geom.n, 1);
  reading_end(&r);
  r = read_txt(one_number);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  ASSERT_NEAR(area_of(&r.table, 0), 100, 1e-6);
  ASSERT_INT(mj_geom_view(&r.table.geom).part0[1], 2);
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void plots_with_fewer_or_more_cells_give_what_is_certain(void) {
  static const struct {
    const char *line, *count, *area, *code, *name;
  } cases[] = {{"4,0.25,DK7,七号,面,,,,@", "4", "0.25", "DK7", "七号"},
               {"4,0.25,DK7,七号,面,@", "4", "0.25", "DK7", "七号"},
               {"0.2500公顷,DK7,七号,面,,,,@", NULL, "0.2500公顷", "DK7", "七号"},
               {"4,0.25,DK7,面,,,,@", "4", "0.25", "DK7", NULL},
               {"4，0.25，DK7，七号，面，，，，@", "4", "0.25", "DK7", "七号"},
               {"4,0.25,DK7,七号,面,,,,,1,B,C,备注,@", "4", "0.25", "DK7", "七号"},
               {"4, 0.25 , DK7,七号,面,,,", "4", "0.25", "DK7", "七号"}};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[1024];
    snprintf(text, sizeof text,
             "【地块坐标】\n\n%s\nJ1 1 2755000 500000\nJ2\t1\t2755050\t500000\n2755050,500050\nJ4，1，2755000，500050",
             cases[i].line);
    reading r = read_txt(text);
    CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
    ASSERT_TEXT(mj_table_text(&r.table, "界址点数")[0], cases[i].count);
    ASSERT_TEXT(mj_table_text(&r.table, "地块面积(公顷)")[0], cases[i].area);
    ASSERT_TEXT(mj_table_text(&r.table, "地块编号")[0], cases[i].code);
    ASSERT_TEXT(mj_table_text(&r.table, "地块名称")[0], cases[i].name);
    ASSERT_TEXT(mj_table_text(&r.table, "记录图形属性")[0], "面");
    ASSERT_NEAR(area_of(&r.table, 0), 2500, 1e-6);
    ASSERT_INT(r.ledger.n, 0);
    if (i == 5) ASSERT_TEXT(mj_table_text(&r.table, "column_13")[0], "备注");
    if (i == 5) ASSERT_TEXT(mj_table_text(&r.table, "column_12")[0], "C");
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

static void plots_that_are_no_areas_or_lack_points_are_in_the_ledger(void) {
  static const char text[] =
      "[地块坐标]\n4,1,A,,面,,,,@\n" SQUARE("") "9,1,B,,面,,,,@\n" SQUARE("") /* 5 rows, 9 said */
      "2,1,C,,线,,,,@\n1,1,2755000,500000\n2,1,2755010,500000\n"
      "2,1,D,,面,,,,@\n1,1,2755000,500000\n2,1,2755010,500000\n"
      "0,1,E,,面,,,,@\n";
  static const mj_ledger_code codes[] = {MJ_L_SOURCE_WARNING, MJ_L_SOURCE_WARNING, MJ_L_ROW_NOT_POLYGON,
                                         MJ_L_ROW_NO_GEOMETRY, MJ_L_ROW_NO_GEOMETRY};
  static const int rows[] = {2, 4, 3, 4, 5};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_txt(text);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  ASSERT_INT(r.table.n, 5);
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 5);
  for (int i = 0; i < 5; i++) {
    ASSERT_INT(r.ledger.entry[i].code, codes[i]);
    ASSERT_INT(r.ledger.entry[i].row, rows[i]);
  }
  ASSERT_TEXT(r.ledger.entry[0].found, "5 points");
  ASSERT_TEXT(r.ledger.entry[0].expected, "9 points");
  ASSERT_TEXT(r.ledger.entry[1].found, "ring 1: 2 points");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Ring 0 is a ring like others, and every one that is too short is told; of very many their number. */
static void every_ring_that_is_too_short_is_told(void) {
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_txt(HEAD("2000", "3", "40") "9,1,A,,面,,,,@\r\n" SQUARE(
      "40") "K1,0,2755010,40500010\r\n"
            "L1,3,2755010,40500010\r\nL2,3,2755020,40500010\r\n");
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 3);
  ASSERT_HAS(r.ledger.entry[1].found, "ring 0: 1 points");
  ASSERT_HAS(r.ledger.entry[2].found, "ring 3: 2 points");
  reading_end(&r);
  char text[4096] = HEAD("2000", "3", "40") "9,1,A,,面,,,,@\r\n" SQUARE("40"), line[40];
  for (int k = 2; k < 30; k++) {
    snprintf(line, sizeof line, "K1,%d,27550%d,40500010\r\n", k, k + 10);
    strcat(text, line);
  }
  r = read_txt(text);
  CU_ASSERT_EQUAL_FATAL(r.ledger.n, 2);
  ASSERT_HAS(r.ledger.entry[1].found, "rings of fewer points: 28");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* A letter in a number, a ring that is a word, a line cut after X: the plot has no shape, the next one has. */
static void a_broken_point_costs_its_plot_alone(void) {
  static const char *const lines[] = {"J1,1,27550x0,40500000", "J1,外,2755000,40500000", "J1,1,2755"};
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (int i = 0; i < 3; i++) {
    char text[2048], found[80];
    snprintf(text, sizeof text,
             HEAD("2000", "3", "40") "4,1,A,,面,,,,@\r\n%s\r\n" SQUARE("40") "4,1,B,,面,,,,@\r\n" SQUARE("40"),
             lines[i]);
    snprintf(found, sizeof found, "line 13: %s", lines[i]);
    reading r = read_txt(text);
    CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
    ASSERT_TEXT(mj_source_layer(r.file, 0)->crs, "EPSG:4528");
    ASSERT_INT(r.table.n, 2);
    CU_ASSERT_EQUAL_FATAL(r.ledger.n, 2);
    ASSERT_INT(r.ledger.entry[0].code, MJ_L_VALUE_UNREADABLE);
    ASSERT_TEXT(r.ledger.entry[0].found, found);
    ASSERT_INT(r.ledger.entry[1].code, MJ_L_COORD_NOT_FINITE);
    ASSERT_INT(r.ledger.entry[1].row, 1);
    ASSERT_NEAR(area_of(&r.table, 1), 10000, 1e-6);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* 地块坐标, 坐标系=2000, 面, 工业 in GBK. */
static void gbk_is_read_too(void) {
  static const char gbk[] =
      "[\xCA\xF4\xD0\xD4\xC3\xE8\xCA\xF6]\n\xD7\xF8\xB1\xEA\xCF\xB5=2000\n\xB4\xF8\xBA\xC5=40\n"
      "[\xB5\xD8\xBF\xE9\xD7\xF8\xB1\xEA]\n4,1,DK1,,\xC3\xE6,,\xB9\xA4\xD2\xB5,,@\n" SQUARE("40");
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  reading r = read_txt(gbk);
  CU_ASSERT_EQUAL_FATAL(r.status, MJ_OK);
  ASSERT_TEXT(mj_source_layer(r.file, 0)->crs, "EPSG:4528");
  ASSERT_TEXT(mj_table_text(&r.table, "地块用途")[0], "工业");
  ASSERT_TEXT(mj_source_encoding_facts(r.file).used, "GB18030");
  reading_end(&r);
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

/* Each place of a good file cut there, or changed to each of a few bytes; then random lines. Nothing but an answer. */
static void damaged_files_are_read_or_refused(void) {
  static const char good[] = HEAD("2000", "3", "40") "4,1,D,名,面,,,,@\n" SQUARE("40");
  static const char damage[] = {',', '\n', '@', '9', '-', (char)0xFF, 0};
  static const char alphabet[] = "0123456789,,,..-eJ@\n\n\t 1\xC3\xE6";
  CU_ASSERT_EQUAL_FATAL(folder_make(), 0);
  for (size_t at = 0; at + 1 < sizeof good; at++)
    for (size_t d = 0; d <= sizeof damage; d++) {
      if ((at + d) % (sizeof damage + 1)) continue; /* one damage a place, each in its turn */
      char bytes[sizeof good];
      memcpy(bytes, good, sizeof good);
      if (d < sizeof damage) bytes[at] = damage[d];
      reading r = read_file(write_bytes("a.txt", bytes, d < sizeof damage ? sizeof good - 1 : at), NULL, 0);
      CU_ASSERT(r.status == MJ_OK || r.status == MJ_EFORMAT);
      reading_end(&r);
    }
  uint64_t x = 88172645463325252U;
  for (int round = 0; round < 200; round++) {
    char bytes[400];
    int n = snprintf(bytes, sizeof bytes, "[\xB5\xD8\xBF\xE9\xD7\xF8\xB1\xEA]\n,,,,\xC3\xE6,@\n");
    for (; n < 390; n++) {
      x ^= x << 13, x ^= x >> 7, x ^= x << 17;
      bytes[n] = alphabet[x % (sizeof alphabet - 1)];
      if (bytes[n] == '\n')
        n += snprintf(bytes + n, (size_t)(390 - n), "\n1,%d,%d,%d\n", (int)(x >> 60), (int)(x >> 20 & 7),
                      (int)(x >> 10 & 7));
      if (n > 390) n = 390;
    }
    reading r = read_file(write_bytes("a.txt", bytes, (size_t)n), NULL, 0);
    CU_ASSERT(r.status == MJ_OK || r.status == MJ_EFORMAT);
    reading_end(&r);
  }
  CU_ASSERT_EQUAL(folder_remove(), 0);
}

SUITE_OF(ogr_txt, T(a_plot_is_a_row_with_x_north_and_y_east), T(datum_belt_zone_and_prefix_name_the_reference_system),
         T(contradictions_and_broken_lines_are_one_line_with_their_number), T(containment_tells_holes_from_parts),
         T(rings_are_sorted_out_whatever_their_order_and_number),
         T(plots_with_fewer_or_more_cells_give_what_is_certain),
         T(plots_that_are_no_areas_or_lack_points_are_in_the_ledger), T(every_ring_that_is_too_short_is_told),
         T(a_broken_point_costs_its_plot_alone), T(gbk_is_read_too), T(damaged_files_are_read_or_refused));
