#include <dirent.h>
#include <stdlib.h>

#include "gis/theme.h"
#include "mujun/text.h"
#include "test.h"

#define QGIS(renderer) \
  "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version=\"3.22.0\">" renderer "</qgis>"
#define FILL(name, options)            \
  "<symbol type=\"fill\" name=\"" name \
  "\" alpha=\"0.5\"><layer class=\"SimpleFill\" pass=\"2\"><Option type=\"Map\">" options "</Option></layer></symbol>"
#define OPTION(name, value) "<Option name=\"" name "\" type=\"QString\" value=\"" value "\"/>"
#define RED OPTION("color", "200,16,8,250")

static mj_arena arena;
static mj_error err;

static mj_status read(const char *text, mj_theme *out) {
  mj_arena_reset(&arena);
  return mj_theme_read(text, strlen(text), &arena, out, &err);
}

static void categories_have_values_labels_and_symbols(void) {
  mj_theme t;
  CU_ASSERT_EQUAL_FATAL(
      read(QGIS("<renderer-v2 type=\"categorizedSymbol\" attr=\"CASE WHEN &quot;a&quot; &lt; 5 THEN 1 END\">"
                "<categories><category symbol=\"1\" value=\"idle\" label=\"疑似&amp;闲置\" render=\"true\"/>"
                "<category symbol=\"0\" value=\"\" label=\"rest\" render=\"false\"/>"
                "<category symbol=\"0\" label=\"both\"><val type=\"string\" value=\"b\"/><val type=\"string\" "
                "value=\"c\"/>"
                "</category></categories><symbols>" FILL("0", OPTION("style", "no") OPTION("outline_style", "dash dot"))
                    FILL("1", RED OPTION("style", "b_diagonal") OPTION("outline_color", "1,2,3")
                                  OPTION("outline_width", "0.16")
                                      OPTION("outline_width_unit", "MM")) "</symbols></renderer-v2>"),
           &t),
      MJ_OK);
  CU_ASSERT_EQUAL(t.kind, MJ_THEME_VALUES);
  ASSERT_TEXT(t.attribute, "CASE WHEN \"a\" < 5 THEN 1 END");
  ASSERT_INT(t.n_classes, 3);
  ASSERT_TEXT(t.classes[0].label, "疑似&闲置");
  ASSERT_INT(t.classes[0].n_layers, 1);
  const mj_theme_layer *layer = &t.classes[0].layers[0];
  CU_ASSERT_EQUAL(layer->brush, MJ_BRUSH_B_DIAGONAL);
  ASSERT_INT(layer->fill.r, 200);
  ASSERT_INT(layer->fill.g, 16);
  ASSERT_INT(layer->fill.b, 8);
  ASSERT_INT(layer->fill.a, 125); /* 250 by the symbol's half */
  CU_ASSERT_EQUAL(layer->pen, MJ_PEN_SOLID);
  ASSERT_INT(layer->outline.b, 3);
  ASSERT_INT(layer->outline.a, 128); /* no fourth number is opaque: 255 by the half */
  ASSERT_NEAR(layer->outline_mm, 0.16, 0);
  ASSERT_INT(layer->pass, 2);
  CU_ASSERT_PTR_NULL(layer->marker);
  CU_ASSERT_EQUAL(t.classes[1].layers[0].brush, MJ_BRUSH_NO);
  CU_ASSERT_EQUAL(t.classes[1].layers[0].pen, MJ_PEN_DASH_DOT);
  CU_ASSERT_TRUE(t.classes[0].shown);
  CU_ASSERT_FALSE(t.classes[1].shown);
  ASSERT_INT(t.classes[2].n_values, 2);
  ASSERT_INT(mj_theme_of_text(&t, "idle"), 0);
  ASSERT_INT(mj_theme_of_text(&t, "c"), 2);
  ASSERT_INT(mj_theme_of_text(&t, "never heard of"), 1);
  ASSERT_INT(mj_theme_of_text(&t, NULL), 1);
}

static void ranges_hold_both_bounds_and_missing_is_in_none(void) {
  mj_theme t;
  CU_ASSERT_EQUAL_FATAL(
      read(QGIS("<renderer-v2 type=\"graduatedSymbol\" attr=\"plot_ratio\"><ranges>"
                "<range symbol=\"0\" lower=\"0.000000\" upper=\"0.500000\" label=\"low\" render=\"true\"/>"
                "<range symbol=\"0\" lower=\"0.500000\" upper=\"1e3\" label=\"high\" render=\"true\"/></ranges>"
                "<symbols>" FILL("0", RED) "</symbols></renderer-v2>"),
           &t),
      MJ_OK);
  CU_ASSERT_EQUAL(t.kind, MJ_THEME_RANGES);
  ASSERT_INT(mj_theme_of_number(&t, 0), 0);
  ASSERT_INT(mj_theme_of_number(&t, 0.5), 0);
  ASSERT_INT(mj_theme_of_number(&t, 0.50001), 1);
  ASSERT_INT(mj_theme_of_number(&t, 1000), 1);
  ASSERT_INT(mj_theme_of_number(&t, -0.1), -1);
  ASSERT_INT(mj_theme_of_number(&t, NAN), -1);
}

static void rules_are_flattened_with_the_conditions_around_them(void) {
  mj_theme t;
  CU_ASSERT_EQUAL_FATAL(
      read(QGIS("<renderer-v2 type=\"RuleRenderer\" symbollevels=\"1\"><rules key=\"{0}\">"
                "<rule label=\"all\" symbol=\"0\"/>"
                "<rule label=\"chosen\" filter=\"x = 1\"><rule label=\"low\" filter=\"s &lt;= 3\" symbol=\"0\"/>"
                "<rule label=\"rest\" filter=\"ELSE\" symbol=\"0\" checkstate=\"0\"/></rule></rules>"
                "<symbols>" FILL("0", RED) "</symbols></renderer-v2>"),
           &t),
      MJ_OK);
  CU_ASSERT_EQUAL(t.kind, MJ_THEME_RULES);
  CU_ASSERT_TRUE(t.levels);
  ASSERT_INT(t.n_classes, 3);
  CU_ASSERT_PTR_NULL(t.classes[0].rule);
  CU_ASSERT_PTR_NULL(t.classes[0].group);
  ASSERT_TEXT(t.classes[1].label, "low");
  ASSERT_TEXT(t.classes[1].group, "chosen");
  ASSERT_TEXT(t.classes[1].rule, "(x = 1) AND (s <= 3)");
  ASSERT_TEXT(t.classes[2].rule, "(x = 1) AND (1 AND NOT coalesce((s <= 3), 0))");
  CU_ASSERT_TRUE(t.classes[1].shown);
  CU_ASSERT_FALSE(t.classes[2].shown);
}

static void markers_lines_and_the_older_properties_are_read(void) {
  mj_theme t;
  CU_ASSERT_EQUAL_FATAL(
      read(
          QGIS(
              "<renderer-v2 type=\"pointDisplacement\"><renderer-v2 type=\"singleSymbol\"><symbols>"
              "<symbol type=\"marker\" name=\"0\" alpha=\"1\"><layer class=\"SimpleMarker\"><prop k=\"color\" "
              "v=\"9,8,7,255\"/><prop k=\"name\" v=\"triangle\"/><prop k=\"size\" v=\"3.4\"/></layer>"
              "<layer class=\"SimpleMarker\" enabled=\"0\"/>"
              "<layer class=\"LinePatternFill\"><Option type=\"Map\">" OPTION("angle", "45") OPTION(
                  "distance",
                  "1.5") "</Option><symbol alpha=\"1\" type=\"line\" name=\"@0@1\"><layer class=\"SimpleLine\"><Option "
                         "type=\"Map\">" OPTION("line_color", "5,6,7,255")
                             OPTION("line_width", "0.2") "</Option></layer></symbol></layer></symbol></symbols></"
                                                         "renderer-v2></renderer-v2>"),
          &t),
      MJ_OK);
  CU_ASSERT_EQUAL(t.kind, MJ_THEME_SINGLE);
  ASSERT_INT(t.classes[0].n_layers, 2);
  const mj_theme_layer *marker = &t.classes[0].layers[0], *lines = &t.classes[0].layers[1];
  ASSERT_TEXT(marker->marker, "triangle");
  ASSERT_NEAR(marker->size_mm, 3.4, 0);
  ASSERT_INT(marker->fill.r, 9);
  CU_ASSERT_EQUAL(lines->brush, MJ_BRUSH_LINES);
  ASSERT_NEAR(lines->step_mm, 1.5, 0);
  ASSERT_NEAR(lines->angle_deg, 45, 0);
  ASSERT_NEAR(lines->line_mm, 0.2, 0);
  ASSERT_INT(lines->fill.g, 6);
  CU_ASSERT_EQUAL(lines->pen, MJ_PEN_NO);
}

static void what_is_not_known_is_refused_with_its_name(void) {
  static const struct {
    const char *text, *said;
  } bad[] = {
      {"<qgis><renderer", "no QGIS style"},
      {QGIS(""), "no renderer"},
      {QGIS("<renderer-v2 type=\"heatmap\"/>"), "heatmap"},
      {QGIS("<renderer-v2 type=\"singleSymbol\"><symbols/></renderer-v2>"), "no symbol '0'"},
      {QGIS("<renderer-v2 type=\"singleSymbol\"><symbols>" FILL("0",
                                                                OPTION("style", "b_diag")) "</symbols></renderer-v2>"),
       "b_diag"},
      {QGIS(
           "<renderer-v2 type=\"singleSymbol\"><symbols>" FILL("0", OPTION("color", "red")) "</symbols></renderer-v2>"),
       "red"},
      {QGIS("<renderer-v2 type=\"singleSymbol\"><symbols>" FILL(
           "0", OPTION("outline_width", "2") OPTION("outline_width_unit", "MapUnit")) "</symbols></renderer-v2>"),
       "MapUnit"},
      {QGIS("<renderer-v2 type=\"singleSymbol\"><symbols><symbol name=\"0\"><layer "
            "class=\"GradientFill\"/></symbol></symbols></renderer-v2>"),
       "GradientFill"},
      {QGIS("<renderer-v2 type=\"graduatedSymbol\" attr=\"a\"><ranges><range symbol=\"0\" "
            "label=\"wide\"/></ranges><symbols>" FILL("0", RED) "</symbols></renderer-v2>"),
       "wide"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    mj_theme t;
    CU_ASSERT_EQUAL(read(bad[i].text, &t), MJ_EFORMAT);
    ASSERT_HAS(err.message, bad[i].said);
    ASSERT_INT(t.n_classes, 0);
  }
}

/* What the project ships is what QGIS knows: a brush it does not know would be drawn solid there without a word. */
static void every_style_of_the_project_is_read(void) {
  char path[1024], text[65536];
  const char *source = getenv("MUJUN_SOURCE");
  snprintf(path, sizeof path, "%s/styles", source ? source : ".");
  DIR *folder = opendir(path);
  CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
  int n = 0;
  for (struct dirent *e; (e = readdir(folder));) {
    if (!strstr(e->d_name, ".qml")) continue;
    snprintf(path, sizeof path, "%s/styles/%s", source ? source : ".", e->d_name);
    FILE *f = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    size_t got = fread(text, 1, sizeof text, f);
    fclose(f);
    mj_theme t;
    mj_arena_reset(&arena);
    mj_status s = mj_theme_read(text, got, &arena, &t, &err);
    if (s) printf("\n    %s: %s", e->d_name, err.message);
    CU_ASSERT_EQUAL(s, MJ_OK);
    CU_ASSERT_TRUE(t.n_classes > 0);
    n++;
  }
  closedir(folder);
  CU_ASSERT_TRUE(n >= 10);
  mj_arena_reset(&arena);
}

SUITE_OF(theme, T(categories_have_values_labels_and_symbols), T(ranges_hold_both_bounds_and_missing_is_in_none),
         T(rules_are_flattened_with_the_conditions_around_them), T(markers_lines_and_the_older_properties_are_read),
         T(what_is_not_known_is_refused_with_its_name), T(every_style_of_the_project_is_read));
