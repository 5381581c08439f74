#include <math.h>
#include <string.h>

#include "report/project.h"

/* What the project shows of each theme: from the top of the layer panel down, which is the order of drawing too. */
typedef struct {
  const char *theme;
  mj_qgs_group group;
  const char *zh, *en;
  bool on;
} place;

static const place places[] = {{"zones", MJ_QGS_EDGES, "片区", "Zones", true},
                               {"buildings", MJ_QGS_EDGES, "建筑物", "Buildings", true},
                               {"check_points", MJ_QGS_DATA, "检查（点）", "Checks (points)", false},
                               {"checks", MJ_QGS_DATA, "检查（面）", "Checks (areas)", false},
                               {"grade", MJ_QGS_FIRMS, "企业 · 评价", "Enterprises: grade", false},
                               {"enterprise_yield", MJ_QGS_FIRMS, "企业 · 亩均税收", "Enterprises: tax per mu", false},
                               {"projects", MJ_QGS_FIRMS, "项目", "Projects", false},
                               {"factory_units", MJ_QGS_FIRMS, "厂房利用", "Factory units", false},
                               {"current", MJ_QGS_PLAN, "本宗地（一地一图）", "This parcel (atlas)", false},
                               {"fit", MJ_QGS_PLAN, "标准厂房可建方案", "Factories that fit", false},
                               {"candidates", MJ_QGS_PLAN, "再开发候选", "Redevelopment candidates", false},
                               {"status", MJ_QGS_PARCELS, "判定 · 状态", "Verdict: status", true},
                               {"reasons", MJ_QGS_PARCELS, "判定 · 候选原因", "Verdict: reasons", false},
                               {"yield", MJ_QGS_PARCELS, "效益 · 亩均税收", "Yield: tax per mu", false},
                               {"output", MJ_QGS_PARCELS, "效益 · 亩均产值", "Yield: output per mu", false},
                               {"plot_ratio", MJ_QGS_PARCELS, "规划 · 容积率", "Plan: plot ratio", false},
                               {"headroom", MJ_QGS_PARCELS, "规划 · 剩余可建", "Plan: headroom", false},
                               {"buildable", MJ_QGS_PARCELS, "可建 · 标准厂房净增", "Fit: net floor area", false},
                               {"constraint", MJ_QGS_PARCELS, "可建 · 制约因素", "Fit: binding constraint", false},
                               {"land_use", MJ_QGS_PARCELS, "现状 · 用地类别", "Land use", false},
                               {"base", MJ_QGS_PARCELS, "宗地轮廓", "Parcels, plain", false}};

/* The candidate that an atlas page is about: no theme of its own, it paints nothing outside an atlas. */
static const mj_theme_fact current = {"current", "candidates", "candidates_current.qml", "本宗地", "this parcel"};

static const mj_theme_fact *theme_of(const char *name) {
  int n;
  const mj_theme_fact *theme = mj_theme_facts(&n);
  for (int i = 0; i < n; i++)
    if (!strcmp(theme[i].name, name)) return &theme[i];
  return !strcmp(name, current.name) ? &current : NULL;
}

static const mj_item *item_of(const mj_run *run, const mj_theme_fact *theme) {
  for (int i = 0; i < run->n; i++) {
    const mj_item *item = &run->item[i];
    if (!(item->to & MJ_TO_GPKG) || !item->shapes || strcmp(item->sheet.name, theme->layer) != 0) continue;
    if (theme == &current || theme == mj_theme_default(&item->sheet) || mj_theme_fits(theme, &item->sheet)) return item;
  }
  return NULL;
}

const mj_qgs_layer *mj_qgs_find(const mj_qgs *q, const char *theme) {
  for (int i = 0; i < q->n; i++)
    if (!strcmp(q->layer[i].theme->name, theme)) return &q->layer[i];
  return NULL;
}

static void widen(mj_box *box, double x, double y) {
  if (!isfinite(x) || !isfinite(y)) return;
  box->xmin = fmin(box->xmin, x);
  box->xmax = fmax(box->xmax, x);
  box->ymin = fmin(box->ymin, y);
  box->ymax = fmax(box->ymax, y);
}

mj_box mj_qgs_box(const mj_item *item, int64_t from, int64_t to) {
  const mj_geom *g = &item->sheet.table->geom;
  mj_box box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  for (int64_t i = from; i < to; i++) {
    int64_t row = item->sheet.rows ? item->sheet.rows[i] : i;
    int32_t first = g->vert0[g->ring0[g->part0[row]]], end = g->vert0[g->ring0[g->part0[row + 1]]];
    for (int32_t v = first; v < end; v++) widen(&box, g->x[v], g->y[v]);
  }
  return box;
}

/* Zones reach a little beyond their parcels; those of a whole city are not what the park's map is of. */
static mj_box with_zones(const mj_qgs *q, mj_box park) {
  const mj_qgs_layer *l = mj_qgs_find(q, "zones");
  mj_box zones = l ? mj_qgs_box(l->item, 0, l->item->sheet.n) : park, both = park;
  widen(&both, zones.xmin, zones.ymin);
  widen(&both, zones.xmax, zones.ymax);
  bool near =
      both.xmax - both.xmin <= 1.5 * (park.xmax - park.xmin) && both.ymax - both.ymin <= 1.5 * (park.ymax - park.ymin);
  return near ? both : park;
}

/* The box of the parcels with their zones; of all layers where no parcel has a place. */
static mj_box box_of_park(const mj_qgs *q) {
  mj_box all = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  for (int pass = 0; pass < 2 && !(all.xmin <= all.xmax); pass++)
    for (int i = 0; i < q->n; i++) {
      if (!pass && strcmp(q->layer[i].item->sheet.name, "parcels") != 0) continue;
      mj_box box = mj_qgs_box(q->layer[i].item, 0, q->layer[i].item->sheet.n);
      widen(&all, box.xmin, box.ymin);
      widen(&all, box.xmax, box.ymax);
      if (!pass) break;
    }
  return with_zones(q, all);
}

/* What `mujun fit` made is what its project shows. */
static bool is_on(const mj_qgs *q, const place *p) {
  if (!q->run->options.fit_only || p->group == MJ_QGS_EDGES) return p->on;
  return !strcmp(p->theme, "fit") || !strcmp(p->theme, "base");
}

mj_status mj_qgs_choose(mj_qgs *q, mj_error *err) {
  bool parcels = false;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const place *p = &places[i];
    const mj_theme_fact *theme = theme_of(p->theme);
    const mj_item *item = theme ? item_of(q->run, theme) : NULL;
    if (!item || q->n == MJ_QGS_LAYERS) continue;
    mj_qgs_layer *l = &q->layer[q->n++];
    *l = (mj_qgs_layer){item, theme, NULL, mj_qgs_word(q, p->zh, p->en), p->group, is_on(q, p)};
    l->id = mj_arena_format(&q->run->arena, "mujun_%s_%s", theme->layer, theme->name);
    if (!l->id) return mj_fail(err, MJ_ENOMEM, "out of memory");
    parcels = parcels || p->group == MJ_QGS_PARCELS;
  }
  /* where nothing is on but edges, what there is comes on: the plain parcels, or what the checks found */
  bool on = false;
  for (int i = 0; i < q->n; i++) on = on || (q->layer[i].on && q->layer[i].group == MJ_QGS_PARCELS);
  for (int i = q->n - 1; i >= 0 && !on; i--)
    if (parcels ? q->layer[i].group == MJ_QGS_PARCELS : q->layer[i].group == MJ_QGS_DATA) {
      q->layer[i].on = true;
      on = parcels;
    }
  q->park = box_of_park(q);
  return MJ_OK;
}
