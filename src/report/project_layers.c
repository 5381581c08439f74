#include <string.h>

#include "report/project.h"

static const struct {
  const char *zh, *en;
  bool radio; /* one of its layers at a time */
} groups[MJ_QGS_GROUPS] = {{"边界与建筑", "Edges and buildings", false},
                           {"数据质量", "Data quality", false},
                           {"企业与项目（点选其一）", "Enterprises and projects (pick one)", true},
                           {"规划与可建", "Plan and fit", false},
                           {"宗地专题（点选其一）", "Parcels by theme (pick one)", true}};

static const char *group_name(const mj_qgs *q, int group) { return mj_qgs_word(q, groups[group].zh, groups[group].en); }

static void put_node(mj_qgs *q, const mj_qgs_layer *l, const char *checked) {
  mj_text_format(q->out,
                 "      <layer-tree-layer id=\"%s\" name=\"%s\" source=\"./mujun.gpkg|layername=%s\" "
                 "providerKey=\"ogr\" checked=\"%s\" expanded=\"%d\" legend_exp=\"\" patch_size=\"-1,-1\" "
                 "legend_split_behavior=\"0\"><customproperties><Option/></customproperties></layer-tree-layer>\n",
                 l->id, l->title, l->item->gpkg, checked, l->on);
}

/* The first layer of a group, and the first that is on; -1: none. */
static int first_of(const mj_qgs *q, int group, bool on) {
  for (int i = 0; i < q->n; i++)
    if (q->layer[i].group == group && (q->layer[i].on || !on)) return i;
  return -1;
}

static void put_group(mj_qgs *q, int g) {
  int first = first_of(q, g, false), shown = first_of(q, g, true);
  bool on = shown >= 0, radio = groups[g].radio;
  if (first < 0) return;
  mj_text_format(q->out, "    <layer-tree-group name=\"%s\" checked=\"%s\" expanded=\"%d\"", group_name(q, g),
                 on ? "Qt::Checked" : "Qt::Unchecked", g == MJ_QGS_PARCELS);
  if (radio)
    mj_text_format(q->out, " mutually-exclusive=\"1\" mutually-exclusive-child=\"%d\"", on ? shown - first : 0);
  mj_text_add(q->out, ">\n      <customproperties><Option/></customproperties>\n");
  /* what a group that is off holds is ticked itself, so that one click on the group shows it */
  for (int i = first; i < q->n && q->layer[i].group == g; i++)
    put_node(q, &q->layer[i], q->layer[i].on || (!on && (!radio || i == first)) ? "Qt::Checked" : "Qt::Unchecked");
  mj_text_add(q->out, "    </layer-tree-group>\n");
}

void mj_qgs_tree(mj_qgs *q) {
  mj_text_add(q->out, "  <layer-tree-group>\n    <customproperties><Option/></customproperties>\n");
  for (int g = 0; g < MJ_QGS_GROUPS; g++) put_group(q, g);
  mj_text_add(q->out, "    <custom-order enabled=\"0\"/>\n  </layer-tree-group>\n  <layerorder>\n");
  for (int i = 0; i < q->n; i++) mj_text_format(q->out, "    <layer id=\"%s\"/>\n", q->layer[i].id);
  mj_text_add(q->out, "  </layerorder>\n");
}

/* "EPSG:4549" of a WKT that ends in ID["EPSG",4549]]; nothing where the whole has no number. */
static void put_authority(const char *wkt, mj_text *out) {
  static const char mark[] = "ID[\"EPSG\",";
  const char *last = NULL;
  int closed = 0;
  for (const char *at = strstr(wkt, mark); at; at = strstr(at + 1, mark)) last = at;
  if (!last) return;
  size_t digits = strspn(last + sizeof mark - 1, "0123456789");
  for (const char *at = last + sizeof mark - 1 + digits; *at; at++)
    closed += *at == ']' ? 1 : *at == ' ' || *at == '\n' ? 0 : 9;
  if (digits && closed == 2) mj_text_format(out, "<authid>EPSG:%.*s</authid>", (int)digits, last + sizeof mark - 1);
}

void mj_qgs_srs(mj_qgs *q, bool delivered) {
  const mj_frame *frame = &q->run->park->frame;
  const char *wkt = delivered && frame->laid ? frame->source_wkt : frame->wkt;
  mj_text_add(q->out, "<spatialrefsys><wkt>");
  mj_style_xml(q->out, wkt, &q->scratch);
  mj_text_add(q->out, "</wkt>");
  put_authority(wkt, q->out);
  mj_text_add(q->out, "</spatialrefsys>");
}

/* What a style is made of: the attributes of <qgis> that a layer takes over, and everything inside it. */
static void put_style(mj_qgs *q, const mj_qgs_layer *l) {
  static const char *const kept[] = {"labelsEnabled", "hasScaleBasedVisibilityFlag", "minScale", "maxScale"};
  mj_text qml = {0};
  if (!mj_style_theme(l->theme, &l->item->sheet, q->run->lang, &qml)) return;
  const char *open = strstr(qml.data, "<qgis "), *inside = open ? strchr(open, '>') : NULL;
  const char *end = inside ? strstr(inside, "</qgis>") : NULL;
  if (qml.failed || !end) {
    q->out->failed = true;
    mj_text_reset(&qml);
    return;
  }
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    const char *at = strstr(open, kept[i]);
    if (!at || at > inside) continue;
    size_t n = strcspn(at, "\"") + 1;
    n += strcspn(at + n, "\"") + 1;
    mj_text_add(q->out, " ");
    mj_text_put(q->out, at, n);
  }
  mj_text_format(q->out, ">\n      <id>%s</id>\n      <datasource>./mujun.gpkg|layername=%s</datasource>\n", l->id,
                 l->item->gpkg);
  mj_text_format(q->out, "      <layername>%s</layername>\n      <srs>", l->title);
  mj_qgs_srs(q, true);
  mj_text_add(q->out,
              "</srs>\n      <provider encoding=\"UTF-8\">ogr</provider>\n"
              "      <map-layer-style-manager current=\"default\"><map-layer-style name=\"default\"/>"
              "</map-layer-style-manager>");
  mj_text_put(q->out, inside + 1, (size_t)(end - inside - 1));
  mj_text_reset(&qml);
}

void mj_qgs_layers(mj_qgs *q) {
  mj_text_add(q->out, "  <projectlayers>\n");
  for (int i = 0; i < q->n; i++) {
    const mj_qgs_layer *l = &q->layer[i];
    bool point = l->item->sheet.table->geom.kind == MJ_GEOM_POINT;
    mj_text_format(
        q->out, "    <maplayer type=\"vector\" geometry=\"%s\" wkbType=\"%s\" styleCategories=\"AllStyleCategories\"",
        point ? "Point" : "Polygon", point ? "Point" : "MultiPolygon");
    put_style(q, l);
    const mj_out_column *first = &l->item->sheet.columns[0];
    if (l->item->sheet.n_columns && first->ours) /* what a person calls a feature by */
      mj_text_format(q->out, "  <previewExpression>\"%s\"</previewExpression>\n", first->name);
    mj_text_add(q->out, "    </maplayer>\n");
  }
  mj_text_add(q->out, "  </projectlayers>\n");
}

static void put_preset(mj_qgs *q, const char *name, const char *const *themes) {
  mj_text_format(q->out, "    <visibility-preset name=\"%s\" has-checked-group-info=\"1\" has-expanded-info=\"1\">\n",
                 name);
  for (; *themes; themes++) {
    const mj_qgs_layer *l = mj_qgs_find(q, *themes);
    if (l) mj_text_format(q->out, "      <layer id=\"%s\" visible=\"1\" style=\"default\" expanded=\"1\"/>\n", l->id);
  }
  mj_text_add(q->out, "      <checked-group-nodes>");
  for (int g = 0; g < MJ_QGS_GROUPS; g++) mj_text_format(q->out, "<checked-group-node id=\"%s\"/>", group_name(q, g));
  mj_text_format(q->out,
                 "</checked-group-nodes>\n      <expanded-group-nodes><expanded-group-node "
                 "id=\"%s\"/></expanded-group-nodes>\n    </visibility-preset>\n",
                 group_name(q, MJ_QGS_PARCELS));
}

void mj_qgs_presets(mj_qgs *q) {
  static const struct {
    const char *needs, *zh, *en, *themes[6];
  } more[] = {
      {"current", "一地一图", "One parcel", {"zones", "buildings", "current", "status", NULL}},
      {"candidates", "再开发候选", "Candidates", {"zones", "buildings", "candidates", "base", NULL}},
      {"fit", "标准厂房可建方案", "Factories that fit", {"zones", "buildings", "fit", "base", NULL}},
      {"grade", "企业 · 评价", "Enterprises: grade", {"zones", "grade", "base", NULL}},
      {"enterprise_yield", "企业 · 亩均税收", "Enterprises: tax per mu", {"zones", "enterprise_yield", "base", NULL}},
      {"factory_units", "厂房利用", "Factory units", {"zones", "factory_units", "base", NULL}},
      {"projects", "项目", "Projects", {"zones", "projects", "base", NULL}},
      {"checks", "数据质量", "Data quality", {"zones", "check_points", "checks", "base", NULL}}};
  mj_text_add(q->out, "  <visibility-presets>\n");
  for (int i = 0; i < q->n; i++)
    if (q->layer[i].group == MJ_QGS_PARCELS)
      put_preset(q, q->layer[i].title, (const char *const[]){"zones", "buildings", q->layer[i].theme->name, NULL});
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    if (mj_qgs_find(q, more[i].needs)) put_preset(q, mj_qgs_word(q, more[i].zh, more[i].en), more[i].themes);
  mj_text_add(q->out, "  </visibility-presets>\n");
}
