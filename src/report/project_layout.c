#include "report/project_layout.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The map is the first item of its layout. */
static void put_uuid(mj_qgs *q, const char *attribute, int item) {
  mj_text_format(q->out, " %s=\"{6d756a75-6e00-4000-8000-%04d%08d}\"", attribute, q->sheets, item);
}

static void put_item(mj_qgs *q, int type, mj_place at, bool frame, const char *ground) {
  int number = ++q->items;
  mj_text_format(q->out, "      <LayoutItem type=\"%d\" id=\"%s\"", type, number == 1 ? "map" : "");
  put_uuid(q, "uuid", number);
  put_uuid(q, "templateUuid", number);
  mj_text_format(
      q->out,
      " position=\"%g,%g,mm\" positionOnPage=\"%g,%g,mm\" size=\"%g,%g,mm\" zValue=\"%d\" referencePoint=\"0\""
      " itemRotation=\"0\" opacity=\"1\" visibility=\"1\" blendMode=\"0\" frame=\"%s\" frameJoinStyle=\"miter\""
      " outlineWidthM=\"0.2,mm\" background=\"%s\"",
      at.x, at.y, at.x, at.y, at.w, at.h, number, frame ? "true" : "false", ground ? "true" : "false");
}

static void put_colours(mj_qgs *q, const char *ground) {
  int r = 255, g = 255, b = 255;
  if (ground) sscanf(ground, "%d,%d,%d", &r, &g, &b);
  mj_text_format(q->out,
                 "        <FrameColor red=\"60\" green=\"60\" blue=\"60\" alpha=\"255\"/>"
                 "<BackgroundColor red=\"%d\" green=\"%d\" blue=\"%d\" alpha=\"255\"/>\n",
                 r, g, b);
}

static void put_page_symbol(mj_qgs *q) {
  mj_text_add(q->out,
              "<symbol type=\"fill\" name=\"\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer "
              "class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\"><Option "
              "name=\"color\" type=\"QString\" value=\"255,255,255,255\"/><Option name=\"style\" "
              "type=\"QString\" value=\"solid\"/><Option name=\"outline_style\" type=\"QString\" "
              "value=\"no\"/></Option></layer></symbol>");
}

void mj_layout_open(mj_qgs *q, const char *name, double w, double h) {
  q->sheets++;
  q->items = 0;
  mj_text_format(q->out, "    <Layout name=\"%s\" units=\"mm\" printResolution=\"300\" worldFileMap=\"\">\n", name);
  mj_text_add(q->out, "      <PageCollection>");
  put_page_symbol(q);
  mj_text_format(q->out, "<LayoutItem type=\"65638\" position=\"0,0,mm\" positionOnPage=\"0,0,mm\" size=\"%g,%g,mm\"",
                 w, h);
  put_uuid(q, "uuid", 0);
  put_uuid(q, "templateUuid", 0);
  mj_text_add(q->out, " zValue=\"0\" visibility=\"1\" opacity=\"1\" background=\"true\" frame=\"false\">");
  put_page_symbol(q);
  mj_text_add(q->out, "</LayoutItem><GuideCollection visible=\"1\"/></PageCollection>\n");
}

void mj_layout_close(mj_qgs *q, const mj_qgs_layer *coverage, const char *page) {
  if (coverage) {
    mj_text_format(
        q->out,
        "      <Atlas enabled=\"1\" hideCoverage=\"0\" filterFeatures=\"0\" sortFeatures=\"0\" coverageLayer=\"%s\" "
        "coverageLayerName=\"%s\" coverageLayerProvider=\"ogr\" "
        "coverageLayerSource=\"./mujun.gpkg|layername=%s\" pageNameExpression=\"",
        coverage->id, coverage->title, coverage->item->gpkg);
    mj_style_xml(q->out, page, &q->scratch);
    mj_text_add(q->out, "\" filenamePattern=\"'mujun_' || lpad(@atlas_featurenumber, 4, '0')\"/>\n");
  }
  mj_text_add(q->out, "    </Layout>\n");
}

/* QGIS knows round scales for an atlas only in its window, so the map's scale is an expression: the first round one at
 * which the page's feature fits into the map that often. */
static void put_atlas_scale(mj_qgs *q, mj_place at, double room) {
  const mj_frame *frame = &q->run->park->frame;
  double unit_m = frame->unit_m > 0 ? frame->unit_m : 1;
  mj_text e = {0};
  const char *g = frame->laid ? "transform(@atlas_geometry, layer_property(@atlas_layerid, 'crs'), @project_crs)"
                              : "@atlas_geometry";
  mj_text_format(&e, "with_variable('need', %g * max(bounds_width(%s) / %g, bounds_height(%s) / %g), ", room * unit_m,
                 g, at.w / 1000, g, at.h / 1000);
  mj_text_add(&e,
              "coalesce(array_min(array_filter(array(500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 8000, 10000, "
              "12000, 15000, 20000, 25000, 30000, 50000, 100000, 200000), @element >= @need)), @need))");
  mj_text_add(q->out,
              "        <LayoutObject><dataDefinedProperties><Option type=\"Map\"><Option name=\"name\" "
              "type=\"QString\" value=\"\"/><Option name=\"properties\" type=\"Map\"><Option "
              "name=\"dataDefinedMapScale\" type=\"Map\"><Option name=\"active\" type=\"bool\" "
              "value=\"true\"/><Option name=\"expression\" type=\"QString\" value=\"");
  if (e.failed) q->out->failed = true;
  else mj_style_xml(q->out, e.data, &q->scratch);
  mj_text_add(q->out,
              "\"/><Option name=\"type\" type=\"int\" value=\"3\"/></Option></Option><Option name=\"type\" "
              "type=\"QString\" value=\"collection\"/></Option></dataDefinedProperties></LayoutObject>\n");
  mj_text_reset(&e);
}

void mj_layout_map(mj_qgs *q, mj_place at, const char *preset, mj_box extent, double room) {
  put_item(q, 65639, at, true, "255,255,255");
  mj_text_format(q->out,
                 " followPreset=\"true\" followPresetName=\"%s\" keepLayerSet=\"false\" keepLayerStyles=\"false\" "
                 "mapRotation=\"0\" mapFlags=\"0\" drawCanvasItems=\"true\" labelMargin=\"0,mm\" isTemporal=\"0\">\n",
                 preset);
  put_colours(q, NULL);
  if (room > 0) put_atlas_scale(q, at, room);
  mj_text_add(q->out, "        <Extent");
  mj_qgs_extent(q, extent);
  mj_text_format(q->out,
                 "/><LayerSet/><AtlasMap atlasDriven=\"%d\" scalingMode=\"0\" margin=\"0.1\"/>\n      </LayoutItem>\n",
                 room > 0);
}

/* In a label "[%" begins an expression: of a text that is not ours it is spelt by one. */
static void put_plain(mj_qgs *q, const char *text) {
  mj_text plain = {0};
  for (const char *at = text; *at; at++) {
    if (at[0] == '[' && at[1] == '%') mj_text_add(&plain, "[% '[' %]");
    else mj_text_put(&plain, at, 1);
  }
  if (plain.failed) q->out->failed = true;
  else mj_style_xml(q->out, plain.data ? plain.data : "", &q->scratch);
  mj_text_reset(&plain);
}

static void put_font(mj_qgs *q, const char *name, double points, bool bold) {
  mj_text_format(q->out, "<%s description=\"Noto Sans CJK SC,%g,-1,5,%d,0,0,0,0,0\" style=\"%s\"/>", name, points,
                 bold ? 75 : 50, bold ? "Bold" : "Regular");
}

static void put_label(mj_qgs *q, mj_place at, const char *text, bool live, mj_look look) {
  put_item(q, 65641, at, look.framed, look.ground);
  mj_text_format(q->out, " htmlState=\"0\" halign=\"%d\" valign=\"%d\" marginX=\"%g\" marginY=\"0.6\" labelText=\"",
                 look.across ? look.across : MJ_LEFT, look.top ? 32 : 128, look.framed ? 1.2 : 0.0);
  if (live) mj_style_xml(q->out, text, &q->scratch);
  else put_plain(q, text);
  mj_text_add(q->out, "\">\n");
  put_colours(q, look.ground);
  mj_text_add(q->out, "        ");
  put_font(q, "LabelFont", look.points, look.bold);
  mj_text_add(q->out, "<FontColor red=\"25\" green=\"25\" blue=\"25\" alpha=\"255\"/>\n      </LayoutItem>\n");
}

void mj_layout_text(mj_qgs *q, mj_place at, const char *text, mj_look look) { put_label(q, at, text, false, look); }
void mj_layout_live(mj_qgs *q, mj_place at, const char *text, mj_look look) { put_label(q, at, text, true, look); }

static void put_legend_styles(mj_qgs *q) {
  static const struct {
    const char *name, *margins;
    double points;
    bool bold;
  } style[] = {{"title", "marginBottom=\"2\"", 11, true},
               {"group", "marginTop=\"2\"", 9, true},
               {"subgroup", "marginTop=\"2\"", 8.5, true},
               {"symbol", "marginTop=\"1.4\"", 8, false},
               {"symbolLabel", "marginTop=\"1.4\" marginLeft=\"2\"", 8, false}};
  mj_text_add(q->out, "        <styles>");
  for (size_t i = 0; i < sizeof style / sizeof *style; i++) {
    mj_text_format(q->out, "<style name=\"%s\" alignment=\"1\" indent=\"0\" %s>", style[i].name, style[i].margins);
    put_font(q, "styleFont", style[i].points, style[i].bold);
    mj_text_add(q->out, "</style>");
  }
  mj_text_add(q->out, "</styles>\n");
}

void mj_layout_legend(mj_qgs *q, mj_place at, const char *const *themes, int columns) {
  put_item(q, 65642, at, false, NULL);
  mj_text_format(
      q->out,
      " title=\"%s\" titleAlignment=\"1\" columnCount=\"%d\" splitLayer=\"1\" equalColumnWidth=\"0\" columnSpace=\"3\" "
      "boxSpace=\"0\" lineSpacing=\"1\" symbolWidth=\"6\" symbolHeight=\"4\" symbolAlignment=\"1\" wrapChar=\"\" "
      "fontColor=\"#191919\" resizeToContents=\"0\" legendFilterByAtlas=\"0\"",
      mj_qgs_word(q, "图例", "Legend"), columns);
  put_uuid(q, "map_uuid", 1);
  mj_text_add(q->out, ">\n");
  put_colours(q, NULL);
  put_legend_styles(q);
  mj_text_add(q->out, "        <layer-tree-group><customproperties><Option/></customproperties>\n");
  static const char hidden[] = "<Option name=\"legend/title-style\" type=\"QString\" value=\"hidden\"/>";
  for (; *themes; themes++) {
    const mj_qgs_layer *l = mj_qgs_find(q, *themes);
    if (!l) continue;
    mj_text_format(
        q->out,
        "          <layer-tree-layer id=\"%s\" name=\"%s\" source=\"./mujun.gpkg|layername=%s\" providerKey=\"ogr\" "
        "checked=\"Qt::Checked\" expanded=\"1\" legend_exp=\"\" patch_size=\"-1,-1\" legend_split_behavior=\"0\">"
        "<customproperties><Option type=\"Map\"><Option name=\"cached_name\" type=\"QString\" value=\"%s\"/>%s</Option>"
        "</customproperties></layer-tree-layer>\n",
        l->id, l->title, l->item->gpkg, l->title, strcmp(l->theme->name, "current") != 0 ? "" : hidden);
  }
  mj_text_add(q->out, "        </layer-tree-group>\n      </LayoutItem>\n");
}

double mj_layout_legend_height(const mj_qgs *q, const char *const *themes) {
  double height = 8; /* title, then a heading a theme and a line a class */
  for (; *themes; themes++) {
    const mj_qgs_layer *l = mj_qgs_find(q, *themes);
    height += l ? 6 : 0;
    for (const char *p = l ? mj_theme_text(l->theme->file) : NULL; p && (p = strstr(p, " label=\"")); p++)
      height += 5.4;
  }
  return height;
}

void mj_layout_scale(mj_qgs *q, mj_place at) {
  static const char number[] = "1:[% format_number(round(item_variables('map')['map_scale']), 0) %]";
  mj_layout_live(q, (mj_place){at.x, at.y, at.w, 5}, number, (mj_look){.points = 9, .bold = true});
  put_item(q, 65646, (mj_place){at.x, at.y + 5.5, at.w, 9}, false, NULL);
  mj_text_format(
      q->out,
      " style=\"Single Box\" unitType=\"meters\" unitLabel=\"%s\" numMapUnitsPerScaleBarUnit=\"1\" numSegments=\"2\" "
      "numSegmentsLeft=\"0\" numUnitsPerSegment=\"100\" segmentSizeMode=\"1\" minBarWidth=\"%g\" maxBarWidth=\"%g\" "
      "segmentMillimeters=\"20\" height=\"2\" boxContentSpace=\"0\" labelBarSpace=\"1\" labelVerticalPlacement=\"0\" "
      "labelHorizontalPlacement=\"0\" alignment=\"0\" outlineWidth=\"0.2\" lineJoinStyle=\"miter\" "
      "lineCapStyle=\"square\" subdivisionsHeight=\"1.5\" numSubdivisions=\"1\"",
      mj_qgs_word(q, "米", "m"), at.w * 0.35, at.w * 0.7);
  put_uuid(q, "mapUuid", 1);
  mj_text_add(q->out, ">\n");
  put_colours(q, NULL);
  mj_text_add(
      q->out,
      "        <text-style fontFamily=\"Noto Sans CJK SC\" fontSize=\"7.5\" fontSizeUnit=\"Point\" "
      "fontWeight=\"50\" textColor=\"25,25,25,255\" textOpacity=\"1\"/>\n"
      "        <strokeColor red=\"25\" green=\"25\" blue=\"25\" alpha=\"255\"/><fillColor red=\"25\" green=\"25\" "
      "blue=\"25\" alpha=\"255\"/><fillColor2 red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>\n"
      "      </LayoutItem>\n");
}

/* An arrow of our own: the pictures that come with QGIS lie elsewhere in every installation. An SVG of two
 * halves, black and white, in base64. */
static const char arrow[] =
    "base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA0MCA2MCI+PHBhdGggZD0iTTIwIDIg"
    "MzYgNTggMjAgNDZaIiBmaWxsPSIjMTkxOTE5Ii8+PHBhdGggZD0iTTIwIDIgNCA1OCAyMCA0NloiIGZpbGw9IiNmZmYiIHN0cm9r"
    "ZT0iIzE5MTkxOSIgc3Ryb2tlLXdpZHRoPSIxLjUiIHN0cm9rZS1saW5lam9pbj0icm91bmQiLz48L3N2Zz4=";

void mj_layout_north(mj_qgs *q, mj_place at) {
  mj_layout_text(q, (mj_place){at.x, at.y, at.w, 5}, mj_qgs_word(q, "北", "N"),
                 (mj_look){.points = 9, .bold = true, .across = MJ_MIDDLE});
  put_item(q, 65640, (mj_place){at.x, at.y + 5, at.w, at.h - 5}, false, NULL);
  mj_text_format(q->out,
                 " file=\"%s\" mode=\"1\" resizeMode=\"0\" anchorPoint=\"4\" pictureRotation=\"0\" northMode=\"0\" "
                 "northOffset=\"0\"",
                 arrow);
  put_uuid(q, "mapUuid", 1);
  mj_text_add(q->out, ">\n");
  put_colours(q, NULL);
  mj_text_add(q->out, "      </LayoutItem>\n");
}

double mj_layout_scale_of(const mj_qgs *q, mj_box box, mj_place at) {
  double unit_m = q->run->park->frame.unit_m > 0 ? q->run->park->frame.unit_m : 1;
  double width_m = fmax(box.xmax - box.xmin, 1) * unit_m * 1.04,
         height_m = fmax(box.ymax - box.ymin, 1) * unit_m * 1.04;
  double scale = fmax(width_m / (at.w / 1000), height_m / (at.h / 1000));
  double step = pow(10, floor(log10(scale))) / 10; /* two figures of the scale count: 1:13000, 1:18000 */
  if (scale / step > 20) step *= 5;                /* above 20 in fives: 1:25000 */
  return ceil(scale / step) * step;
}

mj_box mj_layout_extent(const mj_qgs *q, mj_box box, mj_place at, double scale) {
  double unit_m = q->run->park->frame.unit_m > 0 ? q->run->park->frame.unit_m : 1;
  double dx = at.w / 2000 * scale / unit_m, dy = at.h / 2000 * scale / unit_m;
  double x = (box.xmin + box.xmax) / 2, y = (box.ymin + box.ymax) / 2;
  return (mj_box){x - dx, y - dy, x + dx, y + dy};
}
