#include "gis/ogr_txt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/ogr_csv.h"

/* A 界址点 file has sections: words that describe it under [属性描述], then under [地块坐标] for every plot a line of
   cells that ends in '@', and a line a point: name, ring, X (north), Y (east). How many cells a plot has differs from
   province to province. Source: the ministry's form for land-use applications (建设用地报批坐标文件). */

enum { MARK_LINES = 200, MOST_CELLS = 64 };

typedef enum { NOWHERE, WORDS, PLOTS } section;

typedef struct {
  mj_source_file *file;
  struct mj_txt *txt;
  mj_decoder decoder;
  char *at, *end;
  int32_t line;
  section in;
  mj_error *err;
} parser;

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

/* ---- lines ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* The next line that is not blank, trimmed, NUL-terminated, as UTF-8; NULL at the end. */
static mj_status next_line(parser *p, const char **text) {
  *text = NULL;
  while (p->at < p->end) {
    char *from = p->at, *stop = from + strcspn(from, "\r\n");
    p->at = stop + (stop < p->end) + (*stop == '\r' && stop + 1 < p->end && stop[1] == '\n');
    p->line++;
    while (from < stop && is_blank(*from)) from++;
    while (stop > from && is_blank(stop[-1])) stop--;
    if (from == stop) continue;
    *stop = 0;
    *text = from;
    if (mj_is_ascii(from, (size_t)(stop - from))) return MJ_OK;
    mj_text_state state = mj_decode(&p->decoder, &p->file->arena, from, (size_t)(stop - from), text);
    if (state == MJ_TEXT_NO_MEMORY) return no_memory(p->err);
    if (*text) return MJ_OK;
    return mj_fail(p->err, MJ_EFORMAT, "%s: line %d: its texts are not in %s", p->file->path, p->line,
                   p->file->slot->encoding);
  }
  return MJ_OK;
}

/* What "[地块坐标]" opens, also in the brackets 【】; NOWHERE for a section that says nothing here. False: none. */
static bool opens(const char *line, section *to) {
  bool wide = !strncmp(line, "【", 3);
  if (*line != '[' && !wide) return false;
  const char *name = line + (wide ? 3 : 1);
  *to = !strncmp(name, "地块坐标", 12) ? PLOTS : !strncmp(name, "属性描述", 12) ? WORDS : NOWHERE;
  return true;
}

/* ---- cells ---- */

/* Cells between commas of either width, trimmed, "" for an empty one; of a point also between blanks and tabs. A cell
 * that begins with '@' ends a plot's line. */
static mj_status cells_of(parser *p, const char *line, const char **cell, int *n, bool *plot) {
  bool commas = strchr(line, ',') || strstr(line, "，");
  *n = 0;
  *plot = false;
  for (const char *at = line; at;) {
    size_t len = 0;
    while (at[len] && at[len] != ',' && strncmp(at + len, "，", 3) != 0 && (commas || !is_blank(at[len]))) len++;
    const char *from = at, *to = at + len;
    at = !at[len] ? NULL : at + len + (at[len] == ',' || is_blank(at[len]) ? 1 : 3);
    while (from < to && is_blank(*from)) from++;
    while (to > from && is_blank(to[-1])) to--;
    if (from < to && *from == '@') {
      *plot = true;
      return MJ_OK;
    }
    if (!commas && from == to) continue;
    if (*n == MOST_CELLS)
      return mj_fail(p->err, MJ_EFORMAT, "%s: line %d: more than %d cells", p->file->path, p->line, (int)MOST_CELLS);
    cell[*n] = mj_arena_text(&p->file->arena, from, (size_t)(to - from));
    if (!cell[(*n)++]) return no_memory(p->err);
  }
  return MJ_OK;
}

static bool is_kind(const char *cell) { return !strcmp(cell, "面") || !strcmp(cell, "线") || !strcmp(cell, "点"); }

static bool is_count(const char *cell) { return *cell && strspn(cell, "0123456789") == strlen(cell); }

static mj_txt_plot *add_plot(parser *p) {
  struct mj_txt *t = p->txt;
  if (t->n_plots == t->cap_plots) {
    int64_t cap = t->cap_plots ? t->cap_plots * 2 : 64;
    mj_txt_plot *grown = realloc(t->plot, (size_t)cap * sizeof *grown);
    if (!grown) return NULL;
    t->plot = grown;
    t->cap_plots = cap;
  }
  t->plot[t->n_plots] = (mj_txt_plot){.first = t->n_points, .line = p->line};
  return &t->plot[t->n_plots++];
}

/* Put the cells where their meaning is certain: the word for the shape (面) has the count, area, code and name before
 * it; files leave the count out, or the name. Where there is no such word the order of the form holds. */
static mj_status take_plot(parser *p, const char *const *cell, int n) {
  int kind = 0, shift = 0;
  mj_txt_plot *plot = add_plot(p);
  while (kind < n && !is_kind(cell[kind])) kind++;
  if (kind < n && kind < MJ_TXT_KIND && kind > 0 && !is_count(cell[0])) shift = 1;
  int gap = kind < MJ_TXT_KIND && kind < n ? MJ_TXT_KIND - kind - shift : 0;
  int total = n + shift + (gap > 0 ? gap : 0);
  if (total < MJ_TXT_KNOWN) total = MJ_TXT_KNOWN;
  if (plot) plot->cell = mj_arena_alloc(&p->file->arena, (size_t)total + 1, sizeof *plot->cell);
  if (!plot || !plot->cell) return no_memory(p->err);
  for (int i = 0; i < n; i++) {
    int to = i + shift;
    if (i >= kind && gap > 0) to += gap;
    plot->cell[to] = *cell[i] ? cell[i] : NULL;
  }
  plot->n_cells = total;
  if (total > p->txt->n_cells) p->txt->n_cells = total;
  return MJ_OK;
}

/* The coordinates of a point line: the third and fourth cell, of fewer cells the last two. "J2,1,2755000" has a ring
 * where X would be, and lacks Y. */
static bool coordinates(const char *const *cell, int n, mj_txt_point *out) {
  int at = n >= 4 ? 2 : n - 2;
  double ring = 1;
  if (n < 2 || !mj_double_parse(cell[at], &out->north) || !mj_double_parse(cell[at + 1], &out->east)) return false;
  if (n == 3 && fabs(out->north) < 1000 && fabs(out->east) > 1000) return false;
  if (n >= 4 && *cell[1] && !(mj_double_parse(cell[1], &ring) && ring >= 0 && ring < 1e6 && ring == floor(ring)))
    return false;
  out->ring = (int32_t)ring;
  return true;
}

/* A line under a plot that begins as a point but is broken costs that plot its shape, not the file its other plots; a
 * line that is neither plot nor point is an error. */
static mj_status take_point(parser *p, const char *line, const char *const *cell, int n) {
  struct mj_txt *t = p->txt;
  mj_txt_point one = {.ring = 1, .line = p->line};
  if (!coordinates(cell, n, &one)) {
    double count, north;
    bool heads = n >= 3 && mj_double_parse(cell[0], &count) && !mj_double_parse(cell[2], &north); /* a plot's line */
    if (n < 2 || !t->n_plots || heads)
      return mj_fail(p->err, MJ_EFORMAT,
                     "%s: line %d: '%.*s' is neither a plot (ending in ',@') nor a point (name, ring, X, Y)",
                     p->file->path, p->line, (int)mj_utf8_whole(line, strnlen(line, 60)), line);
    mj_txt_plot *plot = &t->plot[t->n_plots - 1];
    one.north = one.east = (double)NAN;
    if (!plot->broken && !(plot->broken = mj_arena_text(&p->file->arena, line, mj_utf8_whole(line, strnlen(line, 60)))))
      return no_memory(p->err);
    if (!plot->broken_line) plot->broken_line = p->line;
  }
  if (!t->n_plots) MJ_TRY(take_plot(p, NULL, 0)); /* a file of points alone */
  if (t->n_points == t->cap_points) {
    int64_t cap = t->cap_points ? t->cap_points * 2 : 1024;
    mj_txt_point *grown = realloc(t->point, (size_t)cap * sizeof *grown);
    if (!grown) return no_memory(p->err);
    t->point = grown;
    t->cap_points = cap;
  }
  t->point[t->n_points++] = one;
  t->plot[t->n_plots - 1].n_points++;
  return MJ_OK;
}

/* ---- words ---- */

static mj_status take_word(parser *p, const char *line) {
  mj_txt_words *w = &p->txt->words;
  const struct {
    const char *key, **to;
    int32_t *at;
  } known[] = {
      {"坐标系", &w->datum, NULL},       {"几度分带", &w->belt, NULL},          {"分带", &w->belt, NULL},
      {"带号", &w->zone, &w->zone_line}, {"计量单位", &w->unit, &w->unit_line}, {"投影类型", &w->projection, NULL}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    size_t n = strlen(known[i].key);
    if (strncmp(line, known[i].key, n) != 0) continue;
    const char *value = line + n + strspn(line + n, " \t");
    size_t sign = *value == '=' || *value == ':' ? 1 : !strncmp(value, "＝", 3) || !strncmp(value, "：", 3) ? 3 : 0;
    if (!sign) continue;
    value += sign;
    value += strspn(value, " \t");
    if (!(*known[i].to = mj_arena_text(&p->file->arena, value, strlen(value)))) return no_memory(p->err);
    if (known[i].at) *known[i].at = p->line;
    return MJ_OK;
  }
  return MJ_OK;
}

static mj_status take_line(parser *p, const char *line) {
  const char *cell[MOST_CELLS];
  bool plot;
  int n;
  if (opens(line, &p->in) || p->in == NOWHERE) return MJ_OK;
  if (p->in == WORDS) return take_word(p, line);
  MJ_TRY(cells_of(p, line, cell, &n, &plot));
  for (int i = 0; i < n && !plot; i++) plot = is_kind(cell[i]);
  return plot ? take_plot(p, cell, n) : take_point(p, line, cell, n);
}

/* ---- the file ---- */

static mj_status parse(parser *p) {
  const char *line = NULL;
  mj_status status = MJ_OK;
  p->txt->words = (mj_txt_words){.datum = "", .belt = "", .zone = "", .unit = "", .projection = ""};
  p->txt->n_cells = MJ_TXT_KNOWN;
  do {
    status = next_line(p, &line);
    if (!status && line) status = take_line(p, line);
  } while (!status && line);
  mj_decoder_reset(&p->decoder);
  if (!status && !p->txt->n_points)
    return mj_fail(p->err, MJ_EFORMAT, "%s: no point stands under %s; its texts are read as %s", p->file->path,
                   "[地块坐标]", p->file->slot->encoding);
  return status;
}

/* A table of texts does not begin with a line that opens a section; the bytes of both names in GBK and UTF-8. */
static bool is_marked(const char *text, const char *end) {
  static const char *const marks[] = {"地块坐标", "属性描述", "\xB5\xD8\xBF\xE9\xD7\xF8\xB1\xEA",
                                      "\xCA\xF4\xD0\xD4\xC3\xE8\xCA\xF6"};
  for (int line = 0; line < MARK_LINES && text < end; line++) {
    text += strspn(text, " \t\r\n");
    size_t n = strcspn(text, "\r\n");
    size_t bracket = *text == '[' ? 1 : !strncmp(text, "【", 3) ? 3 : !strncmp(text, "\xA1\xBE", 2) ? 2 : 0;
    for (size_t i = 0; bracket && i < sizeof marks / sizeof *marks; i++)
      if (!strncmp(text + bracket, marks[i], strlen(marks[i]))) return true;
    text += n;
  }
  return false;
}

static mj_status describe(mj_source_file *file, mj_error *err) {
  static const char *const names[MJ_TXT_KNOWN] = {"界址点数",     "地块面积(公顷)", "地块编号", "地块名称",
                                                  "记录图形属性", "图幅号",         "地块用途", "地类编号"};
  mj_slot *slot = file->slot;
  size_t n = (size_t)file->txt->n_cells;
  const char **name = mj_arena_alloc(&file->arena, n + 1, sizeof *name);
  const char **type = mj_arena_alloc(&file->arena, n + 1, sizeof *type);
  if (!name || !type) return no_memory(err);
  for (size_t i = 0; i < n; i++) {
    name[i] = i < MJ_TXT_KNOWN ? names[i] : mj_arena_format(&file->arena, "column_%d", (int)i + 1);
    type[i] = "String";
    if (!name[i]) return no_memory(err);
  }
  MJ_TRY(mj_text_layer(file, slot, "Polygon", err));
  slot->info.field = slot->raw = name;
  slot->info.type = type;
  slot->info.n_fields = (int)n;
  slot->info.rows = file->txt->n_plots;
  return mj_txt_crs(file->path, file->txt, &file->arena, &slot->info.crs, err);
}

static mj_status open_text(mj_source_file *file, char *text, int64_t n, mj_error *err) {
  const char *encoding = file->slot->encoding;
  file->txt = calloc(1, sizeof *file->txt);
  if (!file->txt) return no_memory(err);
  parser p = {.file = file, .txt = file->txt, .at = text, .end = text + n, .err = err};
  p.decoder.from = strncmp(encoding, "UTF-16", 6) ? encoding : "UTF-8";
  MJ_TRY(parse(&p));
  return describe(file, err);
}

mj_status mj_txt_open(mj_source_file *file, mj_error *err) {
  mj_arena arena = {0};
  int64_t n = 0;
  char *text = NULL;
  file->slot = calloc(1, sizeof *file->slot);
  if (!file->slot) return no_memory(err);
  file->slot->kind = MJ_FILE_TXT;
  file->n_slots = 1;
  mj_status status = mj_csv_text(file, file->slot, &arena, &text, &n, err);
  bool table = !status && !is_marked(text, text + n);
  if (!status && !table) status = open_text(file, text, n, err);
  mj_arena_reset(&arena);
  if (!table) return status;
  file->kind = MJ_FILE_CSV;
  return mj_csv_open(file, err);
}

void mj_txt_free(struct mj_txt *txt) {
  if (!txt) return;
  free(txt->plot);
  free(txt->point);
  free(txt);
}
