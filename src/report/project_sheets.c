#include "report/project_sheets.h"

#include <math.h>
#include <string.h>

static const mj_look title_look = {.points = 22, .bold = true};
static const mj_look under_look = {.points = 11};

static const char *park_name(const mj_qgs *q) {
  const char *name = q->run->park->project.name;
  return name && *name ? name : mj_qgs_word(q, "园区", "Park");
}

/* "判定 · 状态　基准日 2026-03-31" */
static void put_under_title(mj_qgs *q, mj_place at, const char *theme) {
  int32_t day = q->run->park->project.as_of;
  char date[11] = "";
  bool dated = day && day != MJ_DATE_NULL;
  if (dated) mj_date_format(day, date);
  const char *text = mj_arena_format(&q->run->arena, "%s%s%s", theme,
                                     dated ? mj_qgs_word(q, "　基准日 ", "   reference date ") : "", date);
  if (!text) q->out->failed = true;
  else mj_layout_text(q, at, text, under_look);
}

/* "A3 园区总图（判定 · 状态）" */
static const char *named(mj_qgs *q, const char *zh, const char *en, const mj_qgs_layer *l) {
  return mj_arena_format(&q->run->arena, "%s%s%s%s", mj_qgs_word(q, zh, en), mj_qgs_word(q, "（", " ("), l->title,
                         mj_qgs_word(q, "）", ")"));
}

enum { MOST_PANELS = 6 };

/* How the maps of an A3 lie: one of the whole park, or, where the zones are far apart, one a zone at one scale and a
 * small one of where they are. */
typedef struct {
  bool upright;
  int n, columns, rows; /* n zones; 0: the park as a whole */
  double scale;
  mj_box box[MOST_PANELS];
} panels;

static mj_place area_of(bool upright) { return upright ? (mj_place){10, 30, 277, 316} : (mj_place){10, 30, 302, 257}; }

static mj_place cell_of(const panels *p, int i) {
  mj_place all = area_of(p->upright);
  double gap = 3, w = (all.w - gap * (p->columns - 1)) / p->columns, h = (all.h - gap * (p->rows - 1)) / p->rows;
  return (mj_place){all.x + i % p->columns * (w + gap), all.y + i / p->columns * (h + gap), w, h};
}

/* The scale at which every box fits into a cell. */
static double scale_of(const mj_qgs *q, const panels *p) {
  double scale = 0;
  mj_place cell = cell_of(p, 0);
  for (int i = 0; i < p->n || !i; i++) scale = fmax(scale, mj_layout_scale_of(q, p->n ? p->box[i] : q->park, cell));
  return scale;
}

static panels arrange(const mj_qgs *q) {
  const mj_qgs_layer *zones = mj_qgs_find(q, "zones");
  panels whole = {.upright = q->park.ymax - q->park.ymin > q->park.xmax - q->park.xmin, .columns = 1, .rows = 1},
         apart = {0};
  whole.scale = scale_of(q, &whole);
  int64_t n = zones ? zones->item->sheet.n : 0;
  if (n < 2 || n > MOST_PANELS) return whole;
  for (int i = 0; i < n; i++) {
    apart.box[i] = mj_qgs_box(zones->item, i, i + 1);
    if (!(apart.box[i].xmin <= apart.box[i].xmax)) return whole;
  }
  for (int k = 0; k < 2 * (n + 1); k++) { /* lying and upright, one column to all */
    panels tried = apart;
    tried.upright = k % 2;
    tried.n = (int)n;
    tried.columns = k / 2 + 1;
    tried.rows = ((int)n + tried.columns) / tried.columns; /* with a cell for where they are */
    tried.scale = scale_of(q, &tried);
    if (!apart.n || tried.scale < apart.scale) apart = tried;
  }
  return apart.scale * 1.5 <= whole.scale ? apart : whole;
}

static void put_panels(mj_qgs *q, const panels *p, const mj_qgs_layer *l) {
  const mj_look caption = {.points = 10, .bold = true, .ground = "255,255,255"};
  const mj_qgs_layer *zones = mj_qgs_find(q, "zones");
  const char **name = p->n ? mj_table_text(zones->item->sheet.table, "zone") : NULL;
  mj_place cell = cell_of(p, p->n);
  for (int i = 0; i < p->n || !i; i++) {
    mj_place at = cell_of(p, i);
    mj_layout_map(q, at, l->title, mj_layout_extent(q, p->n ? p->box[i] : q->park, at, p->scale), 0);
  }
  for (int i = 0; i < p->n; i++) {
    mj_place at = cell_of(p, i);
    if (name && name[i]) mj_layout_text(q, (mj_place){at.x + 1, at.y + 1, 34, 6}, name[i], caption);
  }
  if (!p->n) return;
  double scale = mj_layout_scale_of(q, q->park, cell);
  mj_layout_map(q, cell, l->title, mj_layout_extent(q, q->park, cell, scale), 0);
  char number[540];
  mj_double_grouped(scale, 0, true, number);
  const char *words = mj_arena_format(&q->run->arena, "%s%s", mj_qgs_word(q, "位置图 1:", "Where they lie 1:"), number);
  if (!words) q->out->failed = true;
  else mj_layout_text(q, (mj_place){cell.x + 1, cell.y + 1, 44, 6}, words, caption);
}

/* A3 of the whole park under one theme: what explains it stands at the side or below. */
static void sheet_park(mj_qgs *q, const mj_qgs_layer *l) {
  panels p = arrange(q);
  double w = p.upright ? 297 : 420, x = p.upright ? 10 : 318, y = p.upright ? 352 : 30;
  const char *name = named(q, "A3 园区总图", "A3 park", l);
  const char *title =
      mj_arena_format(&q->run->arena, "%s%s", park_name(q), mj_qgs_word(q, "园区总图", ": the whole park"));
  const char *const shown[] = {l->theme->name, "zones", p.scale <= 10000 ? "buildings" : NULL, NULL};
  if (!name || !title) {
    q->out->failed = true;
    return;
  }
  mj_layout_open(q, name, w, p.upright ? 420 : 297);
  put_panels(q, &p, l);
  mj_layout_text(q, (mj_place){10, 8, w - 20, 12}, title, title_look);
  put_under_title(q, (mj_place){10, 20, w - 20, 8}, l->title);
  double legend = mj_layout_legend_height(q, shown);
  mj_layout_legend(q, (mj_place){x, y, p.upright ? 80 : 92, p.upright ? 58 : legend}, shown, p.upright ? 2 : 1);
  if (p.upright) {
    mj_sheet_zones(q, (mj_place){94, y, 100, 54});
    mj_layout_scale(q, (mj_place){202, y, 60, 15});
    mj_layout_north(q, (mj_place){272, y, 14, 24});
    mj_sheet_notes(q, (mj_place){202, y + 26, 85, 32});
  } else {
    mj_sheet_zones(q, (mj_place){x, y + legend + 4, 92, 200 - y - legend});
    mj_layout_scale(q, (mj_place){x, 210, 70, 15});
    mj_layout_north(q, (mj_place){x + 76, 206, 14, 24});
    mj_sheet_notes(q, (mj_place){x, 236, 92, 51});
  }
  mj_layout_close(q, NULL, NULL);
}

/* Is a page at a scale at which buildings show? */
static bool close_up(const mj_qgs *q, const mj_qgs_layer *zones, mj_place map) {
  for (int64_t i = 0; i < zones->item->sheet.n; i++) {
    mj_box box = mj_qgs_box(zones->item, i, i + 1);
    if (box.xmin <= box.xmax && mj_layout_scale_of(q, box, map) <= 9000) return true;
  }
  return false;
}

/* A4 a zone, one page each. */
static void sheet_zones(mj_qgs *q, const mj_qgs_layer *l, const mj_qgs_layer *zones) {
  static const char *const fields[] = {"parcel_count",
                                       "assigned_mu",
                                       "industrial_mu",
                                       "plot_ratio",
                                       "headroom_industrial_m2",
                                       "output_wan_per_mu",
                                       "tax_wan_per_mu",
                                       "idle_count",
                                       "idle_mu",
                                       "inefficient_count",
                                       "inefficient_mu",
                                       "candidate_count",
                                       NULL};
  mj_place map = {10, 26, 189, 174};
  double x = 204, w = 83;
  const char *name = named(q, "A4 片区图", "A4 zones", l);
  if (!name) {
    q->out->failed = true;
    return;
  }
  mj_layout_open(q, name, 297, 210);
  mj_layout_map(q, map, l->title, mj_layout_extent(q, q->park, map, mj_layout_scale_of(q, q->park, map)), 1.1);
  mj_layout_text(q, (mj_place){x, 8, w, 8}, park_name(q), (mj_look){.points = 10, .across = MJ_RIGHT});
  mj_layout_live(q, (mj_place){10, 6, 189, 11}, "[% \"zone\" %]", (mj_look){.points = 18, .bold = true});
  put_under_title(q, (mj_place){10, 17, 189, 7}, l->title);
  double y = 26 + mj_sheet_figures(q, (mj_place){x, 26, w, 84}, zones, fields, false) + 3;
  const char *const shown[] = {l->theme->name, "zones", close_up(q, zones, map) ? "buildings" : NULL, NULL};
  mj_layout_legend(q, (mj_place){x, y, w, 156 - y}, shown, 2);
  mj_layout_scale(q, (mj_place){x, 160, 54, 15});
  mj_layout_north(q, (mj_place){x + 66, 156, 12, 20});
  mj_sheet_notes(q, (mj_place){x, 177, w, 25});
  mj_layout_close(q, zones, "\"zone\"");
}

/* A4 a candidate: the parcel among its neighbours, its figures, and what the rules say of it. */
static void sheet_parcel(mj_qgs *q, const mj_qgs_layer *candidates) {
  static const char *const fields[] = {"zone",
                                       "land_use_class",
                                       "status",
                                       "area_mu",
                                       "plot_ratio",
                                       "plot_ratio_cap",
                                       "headroom_m2",
                                       "candidate_for",
                                       "enterprise_count",
                                       "output_wan_per_mu",
                                       "tax_wan_per_mu",
                                       "fit_way",
                                       "fit_floor_area_m2",
                                       "binding_constraint",
                                       NULL};
  static const char *const shown[] = {"current", "status", "buildings", NULL};
  mj_place map = {10, 28, 190, 128};
  mj_layout_open(q, mj_qgs_word(q, "A4 一地一图（再开发候选）", "A4 one parcel a page (candidates)"), 210, 297);
  mj_layout_map(q, map, mj_qgs_word(q, "一地一图", "One parcel"),
                mj_layout_extent(q, q->park, map, mj_layout_scale_of(q, q->park, map)), 2.6);
  mj_layout_live(q, (mj_place){10, 6, 128, 11}, "[% coalesce(\"parcel_id\", '—') %]",
                 (mj_look){.points = 17, .bold = true});
  mj_layout_text(q, (mj_place){140, 8, 60, 8}, park_name(q), (mj_look){.points = 10, .across = MJ_RIGHT});
  put_under_title(q, (mj_place){10, 18, 190, 7}, mj_qgs_word(q, "再开发候选 一地一图", "Redevelopment candidate"));
  double y = 160 + mj_sheet_figures(q, (mj_place){10, 160, 190, 42}, candidates, fields, true) + 3;
  mj_sheet_words(q, (mj_place){10, y, 190, 26}, candidates, "reasons",
                 mj_qgs_word(q, "'仅因剩余可建计容建筑面积达到候选下限而列入'",
                             "'listed for its headroom alone, which reaches the least of a candidate'"));
  mj_sheet_words(q, (mj_place){10, y + 28, 94, 18}, candidates, "renewal_text", "'—'");
  mj_sheet_words(q, (mj_place){106, y + 28, 94, 18}, candidates, "fit_reason", "'—'");
  y += 49;
  mj_layout_legend(q, (mj_place){10, y, 90, 35}, shown, 3);
  mj_layout_scale(q, (mj_place){102, y, 34, 15});
  mj_layout_north(q, (mj_place){102, y + 15, 12, 18});
  mj_sheet_notes(q, (mj_place){138, y, 62, 33});
  mj_layout_close(q, candidates, "\"parcel_id\"");
}

void mj_qgs_layouts(mj_qgs *q) {
  const mj_qgs_layer *zones = mj_qgs_find(q, "zones"), *candidates = mj_qgs_find(q, "current");
  mj_text_add(q->out, "  <Layouts>\n");
  for (int i = 0; i < q->n; i++)
    if (q->layer[i].group == MJ_QGS_PARCELS && strcmp(q->layer[i].theme->name, "base") != 0)
      sheet_park(q, &q->layer[i]);
  for (int i = 0; i < q->n && zones; i++)
    if (q->layer[i].group == MJ_QGS_PARCELS && strcmp(q->layer[i].theme->name, "base") != 0)
      sheet_zones(q, &q->layer[i], zones);
  if (candidates && mj_qgs_find(q, "status")) sheet_parcel(q, candidates);
  mj_text_add(q->out, "  </Layouts>\n");
}
