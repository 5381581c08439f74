#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/front_draw.h"

/* Columns A to H: tables; I: a gap; J to N: charts. */
enum {
  LAST_TABLE = 7,
  FIRST_CHART = 9,
  LAST = 13,
  MOST_AIMS = 18,
  MOST_BOOKS = 6,
  CHART_ROWS = 9,
  AIM_WIDTH = 40,
  PAGE_ROWS = 40
};
static const double LINE = 16.5; /* points; 22 pixels */

typedef struct {
  mj_run *run;
  mj_book *book;
  lxw_worksheet *ws;
  lxw_row_t row;
  bool zh;
  lxw_error e;
  lxw_format *title, *sub, *heading, *label, *value[3], *below, *key, *unit, *about;
  mj_text scratch;
} page;

static bool make_formats(page *p) {
  lxw_format **const all[] = {&p->title,    &p->sub,   &p->heading, &p->label, &p->value[0], &p->value[1],
                              &p->value[2], &p->below, &p->key,     &p->unit,  &p->about};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (!(*all[i] = mj_book_format(p->book))) return false;
  format_set_font_size(p->title, 20);
  format_set_bold(p->title);
  format_set_font_color(p->title, 0x1F3A5F);
  format_set_align(p->title, LXW_ALIGN_VERTICAL_CENTER);
  format_set_font_size(p->sub, 9);
  format_set_font_color(p->sub, 0x595959);
  format_set_font_size(p->heading, 12);
  format_set_bold(p->heading);
  format_set_font_color(p->heading, 0x1F3A5F);
  format_set_bottom(p->heading, LXW_BORDER_THIN);
  format_set_bottom_color(p->heading, 0xB8C4D2);
  static const char *const patterns[] = {"#,##0", "#,##0.0", "#,##0.00"};
  lxw_format *const tile[] = {p->label, p->value[0], p->value[1], p->value[2], p->below};
  for (int i = 0; i < 5; i++) {
    format_set_bg_color(tile[i], 0xF3F6FA);
    format_set_align(tile[i], LXW_ALIGN_CENTER);
    format_set_align(tile[i], LXW_ALIGN_VERTICAL_CENTER);
  }
  for (int i = 0; i < 3; i++) {
    format_set_font_size(p->value[i], 18);
    format_set_bold(p->value[i]);
    format_set_font_color(p->value[i], 0x1F3A5F);
    format_set_num_format(p->value[i], patterns[i]);
  }
  format_set_font_size(p->label, 9);
  format_set_font_size(p->below, 8);
  format_set_font_color(p->below, 0x595959);
  format_set_font_color(p->unit, 0x595959);
  format_set_indent(p->unit, 1);
  format_set_indent(p->about, 1);
  format_set_align(p->key, LXW_ALIGN_CENTER);
  return true;
}

static void merge(page *p, lxw_col_t from, lxw_col_t to, const char *text, lxw_format *format) {
  if (!p->e) p->e = mj_book_merge(p->book, p->ws, p->row, from, to, text, format);
}
static void put(page *p, lxw_col_t col, const char *text, lxw_format *format) {
  if (!p->e) p->e = mj_book_text(p->book, p->ws, p->row, col, text, format);
}
static void put_number(page *p, lxw_col_t col, double v, lxw_format *format) {
  if (!p->e) p->e = mj_book_number(p->book, p->ws, p->row, col, v, format);
}
static void merge_number(page *p, lxw_col_t from, lxw_col_t to, double v, lxw_format *format) {
  merge(p, from, to, isfinite(v) ? "" : "–", isfinite(v) ? format : p->key);
  if (isfinite(v) && !p->e) p->e = worksheet_write_number(p->ws, p->row, from, v, format);
}
static const char *pick(const page *p, const char *zh, const char *en) { return p->zh ? zh : en; }

/* ---- head ---- */

static bool put_head(page *p) {
  mj_run *run = p->run;
  const mj_park *park = run->park;
  char day[11], place[200];
  mj_date_format(park->project.as_of, day);
  bool dated = park->project.as_of && park->project.as_of != MJ_DATE_NULL, at = mj_run_place(park, run->lang, place);
  worksheet_set_row(p->ws, p->row, 32, NULL);
  const char *name = park->project.name && *park->project.name ? park->project.name : pick(p, "园区", "park");
  const char *of = run->options.checks_only ? pick(p, "数据检查", "data checks")
                   : run->options.fit_only  ? pick(p, "标准厂房可建方案", "standard factories that fit")
                                            : pick(p, "用地与亩均要点", "land and yield");
  const char *title = mj_arena_format(&run->arena, p->zh ? "%s　%s" : "%s: %s", name, of);
  if (!title) return false;
  merge(p, 0, LAST, title, p->title);
  p->row++;
  const char *areas = run->options.checks_only ? "" : mj_basis_sentence(&run->words, &run->arena);
  const char *year = park->project.year > 0 ? mj_arena_format(&run->arena, "%d", park->project.year) : "–";
  const char *line =
      areas && year
          ? mj_arena_format(&run->arena, p->zh ? "基准日 %s　评价年度 %s　%s%s%s" : "as of %s, year %s, %s%s%s",
                            dated ? day : "–", year, at ? place : "", *areas ? p->zh ? "　" : ", " : "", areas)
          : NULL;
  if (!line) return false;
  merge(p, 0, LAST, line, p->sub);
  p->row++;
  return true;
}

static bool put_rulebooks(page *p) {
  const mj_park *park = p->run->park;
  int shown = 0;
  if (!park->n_rulebooks) {
    merge(p, 0, LAST, pick(p, "未给规则集，未作判定", "no rulebook is given, nothing is judged"), p->sub);
    p->row++;
  }
  for (int i = 0; i < park->n_rulebooks && park->rulebook_facts && shown < MOST_BOOKS; i++, shown++) {
    const mj_rulebook_facts *b = &park->rulebook_facts[i];
    const char *line = mj_arena_format(&p->run->arena, p->zh ? "规则集 %s：%s %s（%s）" : "rulebook %s: %s %s (%s)",
                                       b->code, b->name, b->document,
                                       b->in_force ? pick(p, "基准日有效", "in force")
                                                   : pick(p, "基准日不在有效期，只作对照", "not in force on that day"));
    if (!line) return false;
    merge(p, 0, LAST, line, p->sub);
    p->row++;
  }
  if (!p->run->options.checks_only) {
    merge(p, 0, LAST,
          pick(p, "疑似闲置须经调查认定，程序结论不代替行政认定",
               "suspected idle land is subject to investigation; findings do not replace an administrative decision"),
          p->sub);
    p->row++;
  }
  return true;
}

static bool put_tiles(page *p) {
  static const lxw_col_t from[MJ_TILES] = {0, 2, 4, 7, 10, 12}, to[MJ_TILES] = {1, 3, 6, 9, 11, 13};
  mj_tile tile[MJ_TILES];
  int n = mj_front_tiles(p->run, tile);
  if (n < 0) return false;
  p->row++;
  for (int i = 0; i < n; i++) merge(p, from[i], to[i], tile[i].label, p->label);
  p->row++;
  worksheet_set_row(p->ws, p->row, 30, NULL);
  for (int i = 0; i < n; i++) {
    lxw_format *format = p->value[tile[i].decimals < 2 ? tile[i].decimals : 2];
    if (isfinite(tile[i].value)) merge_number(p, from[i], to[i], tile[i].value, format);
    else merge(p, from[i], to[i], "–", format);
  }
  p->row++;
  for (int i = 0; i < n; i++) merge(p, from[i], to[i], tile[i].below, p->below);
  p->row += 2;
  return true;
}

/* ---- tables on the left ---- */

static const mj_tab *find_tab(const mj_tab *tab, int n, const char *name) {
  for (int i = 0; i < n; i++)
    if (!strcmp(tab[i].name, name)) return &tab[i];
  return NULL;
}

/* A heading that leads to the sheet that has all of it. */
static void put_heading(page *p, const char *text, const mj_tab *to, lxw_col_t last) {
  merge(p, 0, last, text, p->heading);
  if (to && !p->e)
    p->e = worksheet_write_url_opt(p->ws, p->row, 0, mj_book_place(to->title, 0, &p->scratch), p->heading, text,
                                   pick(p, "转到这张表", "to that sheet"));
  p->row++;
}

/* As much of a sentence as a line takes. */
static const char *cut(page *p, const char *text, int width) {
  size_t n = 0;
  int used = 0;
  if (mj_utf8_width(text) <= width) return text;
  while (text[n]) {
    char one[5] = {0};
    size_t step = 1;
    while (step < 4 && ((unsigned char)text[n + step] & 0xC0) == 0x80) step++;
    memcpy(one, text + n, step);
    used += mj_utf8_width(one);
    if (used > width - 2) break;
    n += step;
  }
  return mj_arena_format(&p->run->arena, "%.*s…", (int)n, text);
}

/* A count has no decimals. */
static lxw_format *number_format(const page *p, double v) { return p->book->number[v == floor(v) ? 0 : 2]; }

static bool put_aims(page *p, const mj_tab *tab, int n_tabs) {
  static const char *const zh[] = {"目标", "目标值", "现状值", "单位", "完成度", "期限"};
  static const char *const en[] = {"target", "target", "reached", "unit", "progress", "due"};
  mj_aim aim[MOST_AIMS];
  int all, n = mj_front_aims(p->run->park, aim, MOST_AIMS, &all);
  if (!n) return true;
  put_heading(p, pick(p, "目标进度（全园区）", "progress to the targets (park)"), find_tab(tab, n_tabs, "targets"),
              LAST_TABLE);
  merge(p, 0, 2, pick(p, zh[0], en[0]), p->book->head);
  for (int i = 1; i < 6; i++) put(p, (lxw_col_t)(i + 2), pick(p, zh[i], en[i]), p->book->head);
  lxw_row_t first = ++p->row;
  for (int i = 0; i < n; i++, p->row++) {
    const char *text = cut(p, aim[i].text, AIM_WIDTH);
    if (!text) return false;
    merge(p, 0, 2, text, NULL);
    put_number(p, 3, aim[i].aimed, number_format(p, aim[i].aimed));
    put_number(p, 4, aim[i].reached, number_format(p, aim[i].reached));
    put(p, 5, aim[i].unit, p->unit);
    put_number(p, 6, aim[i].progress, mj_book_percent(p->book, 4));
    if (aim[i].due != MJ_DATE_NULL && !p->e) {
      char day[11];
      mj_date_format(aim[i].due, day);
      const char *due = mj_arena_format(&p->run->arena, "%s%s", day, aim[i].expired ? pick(p, " 已到期", " over") : "");
      if (!due) return false;
      put(p, 7, due, p->unit);
    }
  }
  if (!p->e) p->e = mj_book_bars(p->ws, first, p->row - 1, 6);
  if (all > n) {
    const char *more =
        mj_arena_format(&p->run->arena, p->zh ? "其余 %d 项见“目标”表" : "%d more in sheet Targets", all - n);
    if (!more) return false;
    merge(p, 0, LAST_TABLE, more, p->sub);
    p->row++;
  }
  p->row++;
  return true;
}

static double value_at(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = mj_table_find(t, name);
  if (!c || mj_column_is_null(c, row)) return (double)NAN;
  return c->type == MJ_I64 ? (double)c->i64[row] : c->type == MJ_F64 ? c->f64[row] : (double)NAN;
}

static void put_kinds(page *p, const mj_tab *tab, int n_tabs) {
  const mj_tab *to = find_tab(tab, n_tabs, "candidate_kinds");
  const mj_table *t = to ? to->item->sheet.table : NULL;
  const char **kind = t ? mj_table_text(t, "kind") : NULL;
  if (!kind) return;
  put_heading(p, pick(p, "再开发候选（可并列）", "candidates (of several kinds)"), to, LAST_TABLE);
  put(p, 0, pick(p, "类别", "kind"), p->book->head);
  put(p, 1, pick(p, "宗地数", "parcels"), p->book->head);
  put(p, 2, pick(p, "面积（亩）", "area (mu)"), p->book->head);
  merge(p, 3, 4, pick(p, "剩余可建（㎡）", "headroom (m²)"), p->book->head);
  merge(p, 5, LAST_TABLE, pick(p, "现有税收（万元）", "tax now (10k yuan)"), p->book->head);
  p->row++;
  for (int64_t i = 0; i < t->n && !p->e; i++, p->row++) {
    const mj_colour *colour = kind[i] ? mj_book_colour(p->book, "parcels.qml", kind[i]) : NULL;
    put(p, 0, kind[i] ? mj_code_of("candidate_kinds", "kind", kind[i], p->run->lang) : "",
        colour ? colour->cell : p->key);
    put_number(p, 1, value_at(t, "parcel_count", i), p->book->number[0]);
    put_number(p, 2, value_at(t, "area_mu", i), p->book->number[1]);
    merge_number(p, 3, 4, value_at(t, "headroom_m2", i), p->book->number[0]);
    merge_number(p, 5, LAST_TABLE, value_at(t, "tax_wan", i), p->book->number[0]);
  }
  p->row++;
}

/* ---- contents ---- */

static void put_contents(page *p, const mj_tab *tab, int n_tabs) {
  merge(p, 0, LAST, pick(p, "目录", "contents"), p->heading);
  p->row++;
  merge(p, 0, 1, pick(p, "表", "sheet"), p->book->head);
  put(p, 2, pick(p, "行数", "rows"), p->book->head);
  merge(p, 3, LAST, pick(p, "内容", "what it holds"), p->book->head);
  p->row++;
  for (int i = 0; i < n_tabs && !p->e; i++, p->row++) {
    merge(p, 0, 1, "", p->book->link);
    if (!p->e)
      p->e = worksheet_write_url_opt(p->ws, p->row, 0, mj_book_place(tab[i].title, 0, &p->scratch), p->book->link,
                                     mj_book_clean(tab[i].title, &p->book->scratch, &p->book->more), NULL);
    if (tab[i].item) put_number(p, 2, (double)tab[i].item->sheet.n, p->book->number[0]);
    merge(p, 3, LAST, tab[i].about, p->about);
  }
}

static void set_page(page *p) {
  static const double width[LAST + 1] = {13, 12, 13, 11, 11, 10, 10, 17, 2, 11, 11, 11, 11, 11};
  for (int i = 0; i <= LAST; i++) worksheet_set_column(p->ws, (lxw_col_t)i, (lxw_col_t)i, width[i], NULL);
  worksheet_set_default_row(p->ws, LINE, LXW_FALSE);
  worksheet_gridlines(p->ws, LXW_HIDE_ALL_GRIDLINES);
  worksheet_set_print_scale(p->ws, 68);
  worksheet_center_horizontally(p->ws);
  worksheet_set_tab_color(p->ws, 0x1F3A5F);
  worksheet_activate(p->ws);
}

static bool write_page(page *p, const mj_tab *tab, int n_tabs) {
  if (!put_head(p) || !put_rulebooks(p) || !put_tiles(p)) return false;
  lxw_row_t top = p->row;
  if (!put_aims(p, tab, n_tabs)) return false;
  put_kinds(p, tab, n_tabs);
  const char *quality = mj_front_quality(p->run);
  if (!quality) return false;
  put_heading(p, quality, find_tab(tab, n_tabs, "ledger"), LAST_TABLE);
  int n = mj_front_charts(p->run, p->book, p->ws, top, FIRST_CHART, CHART_ROWS, tab, n_tabs);
  if (n < 0) p->e = LXW_ERROR_MEMORY_MALLOC_FAILED;
  if (n > 0 && p->row < top + (lxw_row_t)(n * CHART_ROWS)) p->row = top + (lxw_row_t)(n * CHART_ROWS);
  p->row++;
  lxw_row_t breaks[] = {p->row, 0};
  if (p->row + (lxw_row_t)n_tabs > PAGE_ROWS) worksheet_set_h_pagebreaks(p->ws, breaks);
  put_contents(p, tab, n_tabs);
  worksheet_print_area(p->ws, 0, 0, p->row, LAST);
  return true;
}

mj_status mj_front_write(mj_run *run, mj_book *book, const mj_tab *tab, int n_tabs, mj_error *err) {
  page p = {.run = run, .book = book, .zh = run->lang == MJ_ZH};
  MJ_TRY(mj_book_add(book, mj_front_title(run->lang), &p.ws, err));
  set_page(&p);
  bool ok = make_formats(&p) && write_page(&p, tab, n_tabs) && !p.scratch.failed;
  mj_text_reset(&p.scratch);
  if (!ok) return mj_fail(err, MJ_ENOMEM, "out of memory");
  return p.e ? mj_book_refused(book, lxw_strerror(p.e), err) : MJ_OK;
}
