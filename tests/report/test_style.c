#include "base/embed.h"
#include "report/fixture.h"
#include "report/write.h"

static char *style_of(const char *name, mj_table *t, mj_lang lang) {
  mj_arena arena = {0};
  mj_text text = {0};
  const mj_table *tables[] = {t};
  mj_sheet s = {.name = name};
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&s, "parcels", 1, tables, &(mj_wording){.lang = lang}, &arena, NULL), MJ_OK);
  bool made = mj_style_make(&s, lang, &text);
  CU_ASSERT_FALSE(text.failed);
  char *out = made ? strdup(text.data) : NULL;
  mj_text_reset(&text);
  mj_arena_reset(&arena);
  return out;
}

static void aliases_and_words_follow_the_columns_and_the_language(void) {
  mj_table t = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  column(&t, "idle", MJ_TRI);
  column(&t, "area_mu", MJ_F64);
  column(&t, "status", MJ_TEXT)->text[0] = "idle"; /* a layer opens with the first theme that it has values for */
  column(&t, "a<b>\"&", MJ_TEXT)->from_source = true;
  mj_column *fact = column(&t, "per_mu", MJ_F64); /* a rulebook's */
  fact->label = "亩均效益", fact->unit = "wan_per_mu";
  char *zh = style_of("parcels", &t, MJ_ZH), *en = style_of("parcels", &t, MJ_EN);
  CU_ASSERT_PTR_NOT_NULL_FATAL(zh);
  CU_ASSERT_PTR_NOT_NULL_FATAL(en);
  CU_ASSERT_PTR_NOT_NULL(strstr(zh, "<alias field=\"area_mu\" index=\"2\" name=\"面积（亩）\"/>"));
  CU_ASSERT_PTR_NOT_NULL(strstr(zh, "name=\"亩均效益（万元/亩）\"/>"));
  CU_ASSERT_PTR_NOT_NULL(strstr(zh, "field=\"a&lt;b&gt;&quot;&amp;\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(zh, "value=\"idle\" label=\"疑似闲置\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(zh, "<field name=\"idle\"><editWidget type=\"ValueMap\">"));
  CU_ASSERT_PTR_NOT_NULL(strstr(zh, "name=\"数据不足\" value=\"unknown\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(en, "<alias field=\"area_mu\" index=\"2\" name=\"area (mu)\"/>"));
  CU_ASSERT_PTR_NOT_NULL(strstr(en, "value=\"idle\" label=\"suspected idle\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(en, "</qgis>\n"));
  CU_ASSERT_PTR_NULL(style_of("nothing", &t, MJ_ZH));
  free(zh);
  free(en);
  mj_table_reset(&t);
}

static void enterprises_are_painted_by_their_grades_where_they_have_them(void) {
  mj_table t = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "enterprises", 1), MJ_OK);
  column(&t, "tax_wan_per_mu", MJ_F64);
  mj_column *grade = column(&t, "grade", MJ_TEXT); /* nobody has one */
  char *plain = style_of("enterprises", &t, MJ_EN);
  grade->text[0] = "B";
  char *graded = style_of("enterprises", &t, MJ_ZH);
  CU_ASSERT_PTR_NOT_NULL_FATAL(plain);
  CU_ASSERT_PTR_NOT_NULL_FATAL(graded);
  CU_ASSERT_PTR_NOT_NULL(strstr(plain, "label=\"tax below 5 (10k yuan per mu)\""));
  CU_ASSERT_PTR_NULL(strstr(plain, "attr=\"grade\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(graded, "attr=\"grade\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(graded, "<alias field=\"grade\" index=\"1\""));
  free(plain);
  free(graded);
  mj_table_reset(&t);
}

/* Lightness of a colour as the eye and a grey printer see it. Source: CIE 1976 L*, sRGB (IEC 61966-2-1). */
static double lightness(const char *rgb) {
  int c[3] = {0};
  double y = 0;
  const double weight[3] = {0.2126, 0.7152, 0.0722};
  sscanf(rgb, "%d,%d,%d", &c[0], &c[1], &c[2]);
  for (int i = 0; i < 3; i++) {
    double v = c[i] / 255.0;
    y += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
  }
  return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y;
}

static void the_colours_of_the_states_survive_a_grey_printer(void) {
  mj_table t = {0};
  double light[6];
  int n = 0;
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 1), MJ_OK);
  column(&t, "status", MJ_TEXT)->text[0] = "idle";
  char *qml = style_of("parcels", &t, MJ_ZH);
  static const char key[] = "name=\"color\" type=\"QString\" value=\"";
  for (const char *at = qml ? strstr(qml, key) : NULL; at && n < 6; at = strstr(at + 1, key))
    light[n++] = lightness(at + sizeof key - 1);
  CU_ASSERT_EQUAL_FATAL(n, 6);
  static const int solid[] = {0, 1, 2, 4}; /* idle, inefficient, headroom, normal; insufficient is hatched */
  for (int i = 1; i < 4; i++) CU_ASSERT(light[solid[i]] - light[solid[i - 1]] > 12);
  free(qml);
  mj_table_reset(&t);
}

static void the_checks_are_painted_by_severity_in_the_language_of_the_run(void) {
  static const char *const names[] = {"checks", "check_points"};
  mj_table t = {0};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "checks", 1), MJ_OK);
  column(&t, "severity", MJ_TEXT);
  for (int k = 0; k < 2; k++) {
    char *zh = style_of(names[k], &t, MJ_ZH), *en = style_of(names[k], &t, MJ_EN);
    CU_ASSERT_PTR_NOT_NULL_FATAL(zh);
    CU_ASSERT_PTR_NOT_NULL_FATAL(en);
    ASSERT_HAS(zh, "attr=\"severity\"");
    ASSERT_HAS(zh, "value=\"major\" label=\"严重\"");
    ASSERT_HAS(en, "value=\"major\" label=\"major\"");
    ASSERT_HAS(en, "value=\"note\" label=\"note\"");
    ASSERT_HAS(zh, k ? "type=\"marker\"" : "type=\"fill\"");
    free(zh);
    free(en);
  }
  mj_table_reset(&t);
}

/* Labels in English have no Chinese left; every theme has its file, and every file of a layer is a theme. */
static void every_theme_has_a_file_and_english_words(void) {
  int n;
  const mj_theme_fact *theme = mj_theme_facts(&n);
  for (int i = 0; i < n; i++) {
    const char *text = mj_theme_text(theme[i].file);
    mj_text en = {0};
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_EQUAL(strncmp(theme[i].file, theme[i].layer, strlen(theme[i].layer)), 0);
    mj_style_words(text, strlen(text), MJ_EN, &en);
    for (const char *at = strstr(en.data, " label=\""); at; at = strstr(at + 1, " label=\""))
      for (const char *c = at + 8; *c != '"'; c++)
        if ((unsigned char)*c >= 0xe4 && (unsigned char)*c <= 0xe9) { /* CJK ideographs */
          printf("%s: %.40s\n", theme[i].file, at);
          CU_FAIL("a label without English");
          break;
        }
    CU_ASSERT_PTR_NULL(strstr(en.data, " 亩'"));
    mj_text_reset(&en);
  }
  int files = 0;
  for (const mj_embedded *f = mj_embedded_styles; f->name; f++) files++;
  CU_ASSERT_EQUAL(files, n + 1); /* candidates_current.qml is for the atlas alone */
}

/* A theme is offered where what it paints by is there. */
static void a_theme_fits_where_its_fields_are_and_one_has_a_value(void) {
  mj_table t = {0};
  mj_arena arena = {0};
  const mj_table *tables[] = {&t};
  mj_sheet s = {.name = "parcels"};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&t, "parcels", 2), MJ_OK);
  mj_column *status = column(&t, "status", MJ_TEXT);
  column(&t, "headroom_m2", MJ_F64)->f64[1] = 12;
  column(&t, "tax_wan_per_mu", MJ_F64); /* nobody has one */
  status->text[0] = "idle";
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&s, "parcels", 1, tables, &(mj_wording){.lang = MJ_ZH}, &arena, NULL), MJ_OK);
  int n;
  const mj_theme_fact *theme = mj_theme_facts(&n);
  for (int i = 0; i < n; i++) /* headroom asks for the excess beside it */
    CU_ASSERT_EQUAL(mj_theme_fits(&theme[i], &s), !strcmp(theme[i].name, "status") || !strcmp(theme[i].name, "base"));
  CU_ASSERT_STRING_EQUAL(mj_theme_default(&s)->name, "status");
  s.name = "nothing";
  CU_ASSERT_PTR_NULL(mj_theme_default(&s));
  mj_arena_reset(&arena);
  mj_table_reset(&t);
}

SUITE_OF(style, T(every_theme_has_a_file_and_english_words), T(a_theme_fits_where_its_fields_are_and_one_has_a_value),
         T(enterprises_are_painted_by_their_grades_where_they_have_them),
         T(the_checks_are_painted_by_severity_in_the_language_of_the_run),
         T(aliases_and_words_follow_the_columns_and_the_language), T(the_colours_of_the_states_survive_a_grey_printer));
