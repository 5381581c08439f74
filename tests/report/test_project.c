#include "report/fixture.h"
#include "report/project.h"
#include "report/project_sheets.h"

static char *project_of(mj_park *park, mj_lang lang) {
  mj_run run = {.park = park, .lang = lang, .folder = {.lock = -1}};
  mj_text out = {0};
  mj_error err = {0};
  park->project.lang = lang;
  CU_ASSERT_EQUAL_FATAL(mj_run_prepare(&run, &err), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_run_project(&run, &out, &err), MJ_OK);
  char *kept = strdup(out.data);
  mj_text_reset(&out);
  mj_run_reset(&run);
  return kept;
}

static int count(const char *text, const char *what) {
  int n = 0;
  for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) n++;
  return n;
}

/* Ids of more than ten characters, one path and that relative, tags that close. */
static void the_project_holds_what_qgis_needs(void) {
  mj_park park = {0};
  make_park(&park, 25, 2);
  char *text = project_of(&park, MJ_ZH);
  static const char id[] = "<id>";
  for (const char *at = strstr(text, id); at; at = strstr(at + 1, id)) CU_ASSERT(strcspn(at + 4, "<") > 10);
  CU_ASSERT_EQUAL(count(text, "<datasource>"), count(text, "<datasource>./mujun.gpkg|layername="));
  CU_ASSERT_EQUAL(count(text, "<maplayer "), count(text, "</maplayer>"));
  CU_ASSERT_EQUAL(count(text, "<LayoutItem "), count(text, "</LayoutItem>"));
  CU_ASSERT_EQUAL(count(text, "<layer-tree-group"), count(text, "</layer-tree-group>"));
  ASSERT_HAS(text, "<ProjectionsEnabled type=\"int\">1<");
  ASSERT_HAS(text, "<spatialrefsys><wkt>");
  ASSERT_HAS(text, "name=\"宗地专题（点选其一）\" checked=\"Qt::Checked\" expanded=\"1\" mutually-exclusive=\"1\"");
  ASSERT_HAS(text, "<visibility-preset name=\"判定 · 状态\"");
  ASSERT_HAS(text, "<Layout name=\"A3 园区总图（判定 · 状态）\"");
  CU_ASSERT_PTR_NULL(strstr(text, "mujun_parcels_yield")); /* nobody has a tax: no such theme */
  free(text);
  mj_park_reset(&park);
}

/* A name is text wherever it stands: no tag, no expression, no character that XML forbids. */
static void names_are_neither_tags_nor_expressions(void) {
  mj_park park = {0};
  make_park(&park, 5, 2);
  const char *was = park.project.name;
  park.project.name = "<b>&\"[% 1+1 %]\x01";
  char *text = project_of(&park, MJ_EN);
  ASSERT_HAS(text, "<title>&lt;b&gt;&amp;&quot;[% 1+1 %]");
  ASSERT_HAS(text, "labelText=\"&lt;b&gt;&amp;&quot;[% '[' %]% 1+1 %]");
  CU_ASSERT_PTR_NULL(strstr(text, "labelText=\"&lt;b&gt;&amp;&quot;[% 1"));
  CU_ASSERT_PTR_NULL(strchr(text, 1));
  CU_ASSERT_PTR_NULL(strstr(text, "判定"));
  free(text);
  park.project.name = was;
  mj_park_reset(&park);
}

/* A table of zones with room for two lines: the zones that have none are counted, the park stands last. */
static void zones_without_room_are_counted(void) {
  mj_park park = {0};
  mj_run run = {.park = &park, .folder = {.lock = -1}};
  mj_text out = {0};
  mj_error err = {0};
  make_park(&park, 25, 2);
  park.project.lang = run.lang = MJ_EN;
  CU_ASSERT_EQUAL_FATAL(mj_run_prepare(&run, &err), MJ_OK);
  mj_qgs q = {.run = &run, .out = &out};
  int64_t lines = mj_summaries_find(&run.summaries, "zones")->n;
  char more[40];
  mj_sheet_zones(&q, (mj_place){0, 0, 100, 18});
  snprintf(more, sizeof more, "… and %lld more zones", (long long)lines - 1);
  ASSERT_HAS(out.data, more);
  ASSERT_HAS(out.data, "labelText=\"park\"");
  CU_ASSERT(lines >= 3);
  out.n = 0;
  mj_sheet_zones(&q, (mj_place){0, 0, 100, 60});
  CU_ASSERT_PTR_NULL(strstr(out.data, "more zones"));
  mj_text_reset(&out);
  mj_run_reset(&run);
  mj_park_reset(&park);
}

SUITE_OF(project, T(zones_without_room_are_counted), T(the_project_holds_what_qgis_needs),
         T(names_are_neither_tags_nor_expressions));
