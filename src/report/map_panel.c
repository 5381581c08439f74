#include <math.h>
#include <string.h>

#include "report/map.h"

enum { INK = 0x1D2733, GREY = 0x5B6B7C };

const char *mj_map_title(mj_map *map) {
  mj_piece run = {.table = map->d.run};
  const char *park = mj_piece_text(&run, 0, "park"), *theme = MJ_WORDS(&map->d, map->fact->zh, map->fact->en);
  const char *name = map->shown_name;
  return mj_arena_format(&map->d.arena, "%s%s%s · %s", park ? park : "", park && name ? " " : "", name ? name : "",
                         theme);
}

static mj_status put_head(cairo_t *cr, mj_map *map, const mj_map_page *page) {
  static const mj_map_type big = {5.4, MJ_MAP_BOLD, MJ_MAP_LEFT, INK, 0, 0},
                           small = {2.9, MJ_MAP_PLAIN, MJ_MAP_RIGHT, GREY, 0, 0};
  mj_piece run = {.table = map->d.run};
  const char *as_of = mj_piece_text(&run, 0, "as_of"), *title = mj_map_title(map);
  double year = mj_piece_number(&run, 0, "year");
  const char *when =
      isnan(year) ? mj_arena_format(&map->d.arena, MJ_WORDS(&map->d, "截至 %s", "as of %s"), as_of ? as_of : "?")
                  : mj_arena_format(&map->d.arena,
                                    MJ_WORDS(&map->d, "截至 %s，企业数据 %.0f 年", "as of %s, enterprises of %.0f"),
                                    as_of ? as_of : "?", year);
  if (!when || !title) return MJ_ENOMEM;
  double w = mj_map_width(map->fonts, when, &small), base = page->title.y + 6.6;
  title = mj_map_cut(map->fonts, title, &big, page->title.w - w - 6, &map->d.arena);
  if (!title) return MJ_ENOMEM;
  mj_map_text(cr, map->fonts, title, page->title.x, base, &big);
  mj_map_text(cr, map->fonts, when, page->title.x + page->title.w, base, &small);
  return MJ_OK;
}

/* Is any class of the kind that a bureau decides on? */
static bool is_suspected(const mj_map *map) {
  for (int c = 0; c < map->theme.n_classes; c++)
    if (strstr(map->theme.classes[c].label, "疑似") || strstr(map->theme.classes[c].label, "suspected")) return true;
  return false;
}

static mj_status put_foot(cairo_t *cr, mj_map *map, const mj_map_page *page) {
  static const mj_map_type small = {2.3, MJ_MAP_PLAIN, MJ_MAP_LEFT, GREY, 0, 0};
  mj_piece run = {.table = map->d.run};
  const char *version = mj_piece_text(&run, 0, "mujun"), *id = mj_piece_text(&run, 0, "run_id");
  const char *note = is_suspected(map)
                         ? MJ_WORDS(&map->d, "疑似闲置须经调查认定，本图不作认定依据。",
                                    "Suspected idle land is for the bureau to examine; this map decides nothing. ")
                         : "";
  const char *text = mj_arena_format(&map->d.arena,
                                     MJ_WORDS(&map->d, "%s来源：mujun %s，运行编号 %s；坐标系 %s，上为坐标北。",
                                              "%sSource: mujun %s, run %s; system %s, up is grid north."),
                                     note, version ? version : "?", id ? id : "?", map->d.crs ? map->d.crs : "?");
  text = text ? mj_map_cut(map->fonts, text, &small, page->foot.w, &map->d.arena) : NULL;
  if (!text) return MJ_ENOMEM;
  mj_map_text(cr, map->fonts, text, page->foot.x, page->foot.y + page->foot.h - 0.6, &small);
  return MJ_OK;
}

static const char *metres(mj_map *map, double m, bool named) {
  bool far = m >= 1000;
  const char *unit = !named ? "" : far ? MJ_WORDS(&map->d, " 千米", " km") : MJ_WORDS(&map->d, " 米", " m");
  return mj_arena_format(&map->d.arena, "%g%s", far ? m / 1000 : m, unit);
}

static mj_status put_scale(cairo_t *cr, mj_map *map, const mj_map_page *page, double x, double y) {
  static const mj_map_type small = {2.5, MJ_MAP_PLAIN, MJ_MAP_MIDDLE, INK, 0, 0};
  double bar = mj_map_bar(page->mm_per_m, 30), w = bar * page->mm_per_m, thick = 1.1;
  /* both ends in the unit of the longer one */
  bool far = bar >= 1000;
  const char *half = far ? mj_arena_format(&map->d.arena, "%g", bar / 2000) : metres(map, bar / 2, false),
             *whole = metres(map, bar, true);
  if (!half || !whole) return MJ_ENOMEM;
  mj_map_colour(cr, INK, 1);
  cairo_rectangle(cr, x, y, w / 2, thick);
  cairo_fill(cr);
  cairo_set_line_width(cr, 0.16);
  cairo_rectangle(cr, x, y, w, thick);
  cairo_stroke(cr);
  mj_map_text(cr, map->fonts, "0", x, y - 1.1, &small);
  if (w > 20) mj_map_text(cr, map->fonts, half, x + w / 2, y - 1.1, &small);
  mj_map_text(cr, map->fonts, whole, x + w, y - 1.1, &small);
  return MJ_OK;
}

static void put_arrow(cairo_t *cr, mj_map *map, double x, double y) {
  static const mj_map_type small = {2.9, MJ_MAP_BOLD, MJ_MAP_MIDDLE, INK, 0, 0};
  mj_map_text(cr, map->fonts, MJ_WORDS(&map->d, "北", "N"), x, y + 2.5, &small);
  for (int side = 0; side < 2; side++) {
    cairo_move_to(cr, x, y + 3.4);
    cairo_line_to(cr, x + (side ? 2 : -2), y + 9.6);
    cairo_line_to(cr, x, y + 8.2);
    cairo_close_path(cr);
    mj_map_colour(cr, side ? 0xFFFFFF : INK, 1);
    cairo_fill_preserve(cr);
    mj_map_colour(cr, INK, 1);
    cairo_set_line_width(cr, 0.16);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
  }
}

/* Where the zones lie that are drawn apart. */
static void put_locator(cairo_t *cr, mj_map *map, double x, double y, double w) {
  static const mj_map_type small = {2.3, MJ_MAP_PLAIN, MJ_MAP_MIDDLE, GREY, 0, 0},
                           name = {1.9, MJ_MAP_PLAIN, MJ_MAP_MIDDLE, INK, 0.3, 0xFFFFFF};
  mj_polys g = mj_geom_view(&map->locator);
  mj_box b = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  double h = MJ_MAP_LOCATOR_H - 13;
  for (int32_t v = 0; v < map->locator.verts; v++)
    b = (mj_box){fmin(b.xmin, g.x[v]), fmin(b.ymin, g.y[v]), fmax(b.xmax, g.x[v]), fmax(b.ymax, g.y[v])};
  double k = fmin(w / ((b.xmax - b.xmin) * map->east), h / ((b.ymax - b.ymin) * map->north));
  double x0 = x + (w - k * (b.xmax - b.xmin) * map->east) / 2;
  for (int32_t v = 0; v < map->locator.verts; v++) { /* read only once */
    map->locator.x[v] = x0 + (map->locator.x[v] - b.xmin) * map->east * k;
    map->locator.y[v] = y + 8 + (b.ymax - map->locator.y[v]) * map->north * k;
  }
  mj_map_text(cr, map->fonts, MJ_WORDS(&map->d, "片区位置（分置，同一比例尺）", "where the zones lie (drawn apart)"),
              x + w / 2, y + 5.5, &small);
  for (int64_t i = 0; i < g.n; i++) {
    double middle[2] = {0};
    mj_map_path(cr, &g, i);
    mj_map_colour(cr, 0xDCE0EA, 1);
    cairo_fill_preserve(cr);
    mj_map_colour(cr, 0x191970, 1);
    cairo_set_line_width(cr, 0.2);
    cairo_path_extents(cr, &b.xmin, &b.ymin, &b.xmax, &b.ymax);
    cairo_stroke(cr);
    middle[0] = fmin(fmax((b.xmin + b.xmax) / 2, x + 4), x + w - 4);
    middle[1] = (b.ymin + b.ymax) / 2 + 0.7;
    const char *word = map->zones.name[i] ? mj_map_cut(map->fonts, map->zones.name[i], &name, 22, &map->d.arena) : NULL;
    if (word) mj_map_text(cr, map->fonts, word, middle[0], middle[1], &name);
  }
}

mj_status mj_map_panel(cairo_t *cr, mj_map *map, const mj_map_page *page, mj_error *err) {
  const mj_map_rect *l = &page->legend;
  bool below = page->place == MJ_MAP_BELOW;
  mj_status s = put_head(cr, map, page);
  if (!s) s = put_foot(cr, map, page);
  if (!s && !below) {
    mj_map_colour(cr, 0xFFFFFF, 1);
    cairo_rectangle(cr, l->x, l->y, l->w, l->h);
    cairo_fill_preserve(cr);
    mj_map_colour(cr, 0x8A949E, 1);
    cairo_set_line_width(cr, 0.2);
    cairo_stroke(cr);
  }
  double right = l->x + l->w - (below ? 0 : 3.5), bottom = l->y + l->h;
  if (!s) s = put_scale(cr, map, page, below ? right - 42 : l->x + 4.5, below ? l->y + 9 : bottom - 4.5);
  if (!s && map->apart && page->place == MJ_MAP_BESIDE)
    put_locator(cr, map, l->x + 3.5, bottom - 17 - MJ_MAP_LOCATOR_H, l->w - 7);
  else if (!s && map->apart)
    put_locator(cr, map, below ? right - 45 - MJ_MAP_LOCATOR_W : right - MJ_MAP_LOCATOR_W + 6, l->y + (below ? 0 : 2),
                MJ_MAP_LOCATOR_W - 6);
  put_arrow(cr, map, right - 2.2, below ? l->y : bottom - 12.8);
  if (s) return mj_fail(err, s, "out of memory");
  return mj_map_legend(cr, map, page, err);
}
