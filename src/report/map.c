#include "report/map.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/sink.h"

/* The legend in a free corner where there is one; around the map where not. */
static mj_map_page set_page(mj_map *map) {
  mj_map_need need = mj_map_legend_need(map);
  double w = (map->window.xmax - map->window.xmin) * map->east, h = (map->window.ymax - map->window.ymin) * map->north;
  w = w > 10 ? w : 10; /* one point, one line */
  h = h > 10 ? h : 10;
  mj_map_layer *const layers[] = {&map->subject, &map->parcels, &map->zones, &map->buildings};
  mj_map_page page = mj_map_layout(w, h, &need, MJ_MAP_INSIDE);
  for (int i = 0; i < 4; i++) mj_map_project(map, &page, layers[i]);
  mj_map_rect cells[MJ_MAP_APART];
  for (int i = 0; i < map->n_cells; i++) cells[i] = mj_map_cell(map, &page, i);
  if (mj_map_corner(layers, 4, cells, map->n_cells, &page)) return page;
  mj_map_page other = mj_map_layout_best(w, h, &need);
  for (int i = 0; i < 4; i++) mj_map_move(layers[i], &page, &other);
  return other;
}

/* Pixels of the whole picture in the layers' own system: sizes of one, and the middle of the upper left one. */
static void put_world(const mj_map *map, const mj_map_page *page, mj_text *out) {
  double px_per_mm = map->ask->size_px / MJ_MAP_PAGE_MM, px = 1 / (px_per_mm * page->mm_per_m);
  double x0 = map->window.xmin - page->x0 / page->mm_per_m / map->east,
         y0 = map->window.ymax + page->y0 / page->mm_per_m / map->north;
  char number[6][400];
  const double value[6] = {px / map->east, 0, 0, -px / map->north, x0 + px / map->east / 2, y0 - px / map->north / 2};
  for (int i = 0; i < 6; i++) {
    (void)mj_double_fixed(value[i], 12, number[i]);
    mj_text_format(out, "%s\n", number[i]);
  }
}

static mj_status make(mj_map *map, mj_map_format format, mj_text *picture, mj_text *world, mj_text *warnings,
                      mj_error *err) {
  MJ_TRY(mj_map_fonts_open(&map->fonts, err));
  MJ_TRY(mj_map_read(map, err));
  MJ_TRY(mj_map_draw_apart(map, err));
  mj_map_page page = set_page(map);
  MJ_TRY(mj_map_render(map, &page, format, picture, err));
  put_world(map, &page, world);
  if (mj_map_fonts_lack(map->fonts))
    mj_text_add(warnings, mj_tr(map->ask->lang,
                                "no font of this machine has some of the characters of the map: they "
                                "are drawn as boxes; install fonts-noto-cjk"));
  return world->failed || warnings->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

static mj_status check_free(const char *path, bool overwrite, mj_error *err) {
  struct stat info;
  if (overwrite || stat(path, &info)) return MJ_OK;
  return mj_fail(err, MJ_EEXIST, "'%s' is already there; give --overwrite to replace it", path);
}

static mj_status put_file(const char *path, const mj_text *text, mj_error *err) {
  mj_arena arena = {.page_size = 4096};
  int64_t bytes;
  const char *temp = mj_arena_format(&arena, "%s.tmp-%ld", path, (long)getpid());
  mj_status s = temp ? mj_sink_text(temp, path, text, &bytes, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s) s = mj_sink_place(temp, path, err);
  if (s && temp) unlink(temp);
  mj_arena_reset(&arena);
  return s;
}

mj_status mj_map_write(const mj_map_options *options, const char *path, mj_text *warnings, mj_error *err) {
  mj_map map = {.ask = options};
  mj_map_format format;
  mj_text picture = {0}, world = {0};
  mj_arena arena = {.page_size = 4096};
  MJ_TRY(mj_map_format_of(path, &format, err));
  if (options->world && format != MJ_MAP_PNG)
    return mj_fail(err, MJ_EINVAL, "'%s': only a .png has a world file", path);
  /* the world file of a.png is a.pgw */
  const char *beside = mj_arena_format(&arena, "%.*s.pgw", (int)(strlen(path) - 4), path);
  mj_status s = beside ? check_free(path, options->overwrite, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s && options->world) s = check_free(beside, options->overwrite, err);
  if (!s) s = make(&map, format, &picture, &world, warnings, err);
  if (!s && options->world) s = put_file(beside, &world, err);
  if (!s) s = put_file(path, &picture, err);
  mj_map_reset(&map);
  mj_text_reset(&picture);
  mj_text_reset(&world);
  mj_arena_reset(&arena);
  return s;
}
