#include "report/project.h"

#include <math.h>
#include <string.h>

void mj_qgs_extent(mj_qgs *q, mj_box box) {
  static const char *const name[] = {"xmin", "ymin", "xmax", "ymax"};
  const double value[] = {box.xmin, box.ymin, box.xmax, box.ymax};
  for (int i = 0; i < 4; i++) {
    char number[32];
    mj_double_shortest(value[i], number);
    mj_text_format(q->out, " %s=\"%s\"", name[i], number);
  }
}

static bool has_place(mj_box box) { return box.xmin <= box.xmax && box.ymin <= box.ymax; }

/* A margin of a twentieth, so that no parcel touches the window's edge. */
static mj_box roomy(mj_box box) {
  double dx = fmax(box.xmax - box.xmin, 10) / 20, dy = fmax(box.ymax - box.ymin, 10) / 20;
  return (mj_box){box.xmin - dx, box.ymin - dy, box.xmax + dx, box.ymax + dy};
}

static void put_canvas(mj_qgs *q) {
  static const char *const name[] = {"xmin", "ymin", "xmax", "ymax"};
  mj_box box = roomy(q->park);
  const double value[] = {box.xmin, box.ymin, box.xmax, box.ymax};
  if (!has_place(q->park)) return;
  mj_text_add(q->out, "  <mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units><extent>");
  for (int i = 0; i < 4; i++) {
    char number[32];
    mj_double_shortest(value[i], number);
    mj_text_format(q->out, "<%s>%s</%s>", name[i], number, name[i]);
  }
  mj_text_add(q->out, "</extent><rotation>0</rotation><destinationsrs>");
  mj_qgs_srs(q, false);
  mj_text_add(q->out, "</destinationsrs><rendermaptile>0</rendermaptile></mapcanvas>\n");
}

/* The scales that Chinese maps are drawn at; the atlas takes the one that a page fits in. */
static void put_view(mj_qgs *q) {
  static const int scale[] = {500,   1000,  1500,  2000,  2500,  3000,   4000,   5000,   6000,   8000,   10000,
                              15000, 20000, 25000, 30000, 50000, 100000, 200000, 250000, 500000, 1000000};
  mj_text_add(q->out, "  <ProjectViewSettings UseProjectScales=\"1\" rotation=\"0\">\n    <Scales>");
  for (size_t i = 0; i < sizeof scale / sizeof *scale; i++) mj_text_format(q->out, "<Scale Value=\"%d\"/>", scale[i]);
  mj_text_add(q->out, "</Scales>\n");
  if (has_place(q->park)) {
    mj_text_add(q->out, "    <DefaultViewExtent");
    mj_qgs_extent(q, roomy(q->park));
    mj_text_add(q->out, ">");
    mj_qgs_srs(q, false);
    mj_text_add(q->out, "</DefaultViewExtent>\n");
  }
  mj_text_add(q->out, "  </ProjectViewSettings>\n");
}

static void put_head(mj_qgs *q) {
  const char *park = q->run->park->project.name;
  mj_text_add(q->out,
              "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" projectname=\"");
  mj_style_xml(q->out, park ? park : "mujun", &q->scratch);
  mj_text_add(q->out, "\">\n  <homePath path=\"\"/>\n  <title>");
  mj_style_xml(q->out, park ? park : "mujun", &q->scratch);
  mj_text_add(q->out,
              "</title>\n  <autotransaction active=\"0\"/>\n  <evaluateDefaultValues active=\"0\"/>\n"
              "  <trust active=\"0\"/>\n  <projectCrs>");
  mj_qgs_srs(q, false);
  mj_text_add(q->out, "</projectCrs>\n");
}

static void put_properties(mj_qgs *q) {
  mj_text_add(q->out,
              "  <properties>\n"
              "    <Measurement><AreaUnits type=\"QString\">m2</AreaUnits><DistanceUnits type=\"QString\">meters"
              "</DistanceUnits></Measurement>\n"
              "    <PAL><PlacementEngineVersion type=\"int\">1</PlacementEngineVersion></PAL>\n"
              "    <Paths><Absolute type=\"bool\">false</Absolute></Paths>\n"
              "    <SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys>\n"
              "  </properties>\n");
}

mj_status mj_run_project(mj_run *run, mj_text *out, mj_error *err) {
  mj_qgs q = {.run = run, .zh = run->lang == MJ_ZH, .out = out};
  MJ_TRY(mj_qgs_choose(&q, err));
  put_head(&q);
  mj_qgs_tree(&q);
  put_canvas(&q);
  mj_qgs_layers(&q);
  put_properties(&q);
  mj_qgs_presets(&q);
  if (has_place(q.park)) mj_qgs_layouts(&q);
  put_view(&q);
  mj_text_add(out, "</qgis>\n");
  bool failed = out->failed || q.scratch.failed;
  mj_text_reset(&q.scratch);
  return failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
