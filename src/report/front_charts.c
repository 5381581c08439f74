#include <string.h>

#include "report/front_draw.h"

enum { MOST_ZONES = 12, WIDTH = 400, LINE_PIXELS = 22 };

typedef struct {
  const mj_run *run;
  mj_book *book;
  const mj_tab *tab;
  int n_tabs;
  bool zh;
  lxw_chart_font small, title;
} charts;

static const mj_tab *tab_named(const charts *c, const char *name) {
  for (int i = 0; i < c->n_tabs; i++)
    if (!strcmp(c->tab[i].name, name) && c->tab[i].item && c->tab[i].item->sheet.n) return &c->tab[i];
  return NULL;
}

static int column_named(const mj_sheet *sheet, const char *name) {
  for (int i = 0; i < sheet->n_columns; i++)
    if (sheet->columns[i].ours && !strcmp(sheet->columns[i].name, name)) return i;
  return -1;
}

/* Rows of zones, without those of the park and of what lies in no zone; of a park without zones its own row. */
static int zone_rows(const mj_sheet *sheet) {
  const char **zone = mj_table_text(sheet->table, "zone");
  int n = 0;
  for (int64_t i = 0; zone && i < sheet->n; i++)
    n += zone[i] && strcmp(zone[i], "park") != 0 && strcmp(zone[i], "outside") != 0;
  if (!n) return sheet->n == 1;
  return n < MOST_ZONES ? n : MOST_ZONES;
}

static lxw_chart_series *add_series(const charts *c, lxw_chart *chart, const mj_tab *tab, const char *keys,
                                    const char *values, int n, const char *name) {
  const mj_sheet *sheet = &tab->item->sheet;
  int key = column_named(sheet, keys), value = column_named(sheet, values);
  lxw_chart_series *s = key < 0 || value < 0 ? NULL : chart_add_series(chart, NULL, NULL);
  if (!s) return NULL;
  chart_series_set_categories(s, sheet->title, 1, (lxw_col_t)key, (lxw_row_t)n, (lxw_col_t)key);
  chart_series_set_values(s, sheet->title, 1, (lxw_col_t)value, (lxw_row_t)n, (lxw_col_t)value);
  chart_series_set_name(s, name);
  (void)c;
  return s;
}

static void paint(lxw_chart_series *s, lxw_color_t colour, bool hatched) {
  lxw_chart_line edge = {.color = 0x7F7F7F, .width = 0.5f};
  lxw_chart_fill fill = {.color = colour};
  lxw_chart_pattern hatch = {
      .fg_color = 0x8C8C8C, .bg_color = 0xFFFFFF, .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
  if (hatched) chart_series_set_pattern(s, &hatch);
  else chart_series_set_fill(s, &fill);
  chart_series_set_line(s, &edge);
}

static void dress(charts *c, lxw_chart *chart, const char *title, const char *format) {
  lxw_chart_line none = {.none = LXW_TRUE}, grid = {.color = 0xE3E3E3, .width = 0.5f};
  chart_title_set_name(chart, title);
  chart_title_set_name_font(chart, &c->title);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font(chart, &c->small);
  chart_axis_set_num_font(chart->x_axis, &c->small);
  chart_axis_set_num_font(chart->y_axis, &c->small);
  chart_axis_set_num_format(chart->y_axis, format);
  chart_axis_set_min(chart->y_axis, 0); /* columns are compared by their length */
  chart_axis_set_line(chart->y_axis, &none);
  chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
  chart_chartarea_set_line(chart, &none);
}

static lxw_chart *by_status(charts *c) {
  static const char *const codes[] = {"idle", "inefficient", "headroom", "insufficient", "normal"};
  static const char *const columns[] = {"idle_mu", "inefficient_mu", "headroom_mu", "insufficient_mu", "normal_mu"};
  const mj_tab *tab = tab_named(c, "zone_status");
  lxw_chart *chart = tab ? workbook_add_chart(c->book->book, LXW_CHART_COLUMN_STACKED) : NULL;
  for (int i = 0; chart && i < 5; i++) {
    lxw_chart_series *s = add_series(c, chart, tab, "zone", columns[i], zone_rows(&tab->item->sheet),
                                     mj_code_of("parcels", "status", codes[i], c->run->lang));
    const mj_colour *colour = mj_book_colour(c->book, "parcels.qml", codes[i]);
    if (s && colour) paint(s, colour->fill, colour->hatched);
  }
  if (!chart) return NULL;
  chart_set_series_gap(chart, 60);
  dress(c, chart, c->zh ? "各片区用地状态（亩）" : "land by zone and status (mu)", "#,##0");
  return chart;
}

static lxw_chart *paper_and_fit(charts *c) {
  const mj_tab *tab = tab_named(c, "fit_zones");
  lxw_chart *chart = tab ? workbook_add_chart(c->book->book, LXW_CHART_COLUMN) : NULL;
  if (!chart) return NULL;
  int n = zone_rows(&tab->item->sheet);
  lxw_chart_series *paper = add_series(c, chart, tab, "zone", "headroom_m2", n, c->zh ? "纸面剩余" : "on paper"),
                   *fits = add_series(c, chart, tab, "zone", "net_m2", n, c->zh ? "可建净增" : "can be built");
  if (paper) paint(paper, 0xD9D9D9, false);
  if (fits) paint(fits, 0x2F6DA8, false);
  chart_set_series_gap(chart, 80);
  dress(c, chart, c->zh ? "剩余可建：纸面与可建（千㎡）" : "headroom: paper and buildable (1,000 m²)", "#,##0,");
  return chart;
}

static lxw_chart *by_year(charts *c) {
  const mj_tab *tab = tab_named(c, "years");
  lxw_chart *chart = tab && tab->item->sheet.n > 1 ? workbook_add_chart(c->book->book, LXW_CHART_COLUMN) : NULL;
  lxw_chart_series *s = chart ? add_series(c, chart, tab, "year", "tax_wan_per_mu", (int)tab->item->sheet.n, "") : NULL;
  if (!s) return NULL;
  paint(s, 0x7FA6CC, false);
  chart_series_set_labels(s);
  chart_series_set_labels_num_format(s, "0.0");
  chart_series_set_labels_font(s, &c->small);
  chart_set_series_gap(chart, 120);
  dress(c, chart, c->zh ? "历年亩均税收（万元/亩，企业申报用地）" : "tax per mu by year (10k yuan, land as stated)",
        "0");
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  return chart;
}

int mj_front_charts(const mj_run *run, mj_book *book, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, int rows,
                    const mj_tab *tab, int n_tabs) {
  static const char *const about[2][MJ_FRONT_CHARTS] = {
      {"land by zone and status", "headroom on paper and what can be built, by zone", "tax per mu by year"},
      {"各片区各状态用地面积", "各片区纸面剩余可建与可建净增", "历年亩均税收"}};
  charts c = {.run = run, .book = book, .tab = tab, .n_tabs = n_tabs, .zh = run->lang == MJ_ZH};
  char font[32] = "";
  if (book->font) strncpy(font, book->font, sizeof font - 1);
  c.small = (lxw_chart_font){.name = *font ? font : NULL, .size = 8, .color = 0x404040};
  c.title = (lxw_chart_font){.name = *font ? font : NULL, .size = 10, .bold = LXW_TRUE, .color = 0x1F3A5F};
  lxw_chart *(*const draw[MJ_FRONT_CHARTS])(charts *) = {by_status, paper_and_fit, by_year};
  int n = 0;
  for (int i = 0; i < MJ_FRONT_CHARTS; i++) {
    lxw_chart *chart = draw[i](&c);
    char text[128] = "";
    if (!chart) continue;
    strncpy(text, about[c.zh][i], sizeof text - 1);
    lxw_chart_options options = {.x_scale = WIDTH / 480.0,
                                 .y_scale = (rows * LINE_PIXELS - 4) / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = text};
    if (worksheet_insert_chart_opt(ws, row + (lxw_row_t)(n * rows), col, chart, &options)) return -1;
    n++;
  }
  return n;
}
