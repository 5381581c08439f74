#include <stdio.h>
#include <string.h>

#include "report/html.h"

/* Of a long list the page without JavaScript shows the first. */
enum { MOST_ROWS = 200 };

void mj_html_put(mj_text *out, const char *text) {
  for (const char *p = text ? text : "", *from = p;; p++) {
    const char *as = *p == '&'                                                   ? "&amp;"
                     : *p == '<'                                                 ? "&lt;"
                     : *p == '>'                                                 ? "&gt;"
                     : *p == '"'                                                 ? "&quot;"
                     : *p == '\''                                                ? "&#39;"
                     : (unsigned char)*p < ' ' && *p != '\n' && *p != '\t' && *p ? "?"
                                                                                 : NULL;
    if (!as && *p) continue;
    mj_text_put(out, from, (size_t)(p - from));
    if (!*p) return;
    mj_text_add(out, as);
    from = p + 1;
  }
}

static void put_in(mj_text *out, const char *open, const char *text, const char *close) {
  mj_text_add(out, open);
  mj_html_put(out, text);
  mj_text_add(out, close);
}

static const mj_out_column *column(const mj_sheet *sheet, const char *name) {
  for (int i = 0; sheet && i < sheet->n_columns; i++)
    if (sheet->columns[i].ours && !strcmp(sheet->columns[i].name, name)) return &sheet->columns[i];
  return NULL;
}

static bool is_number(const mj_out_column *c) { return c->column->type == MJ_F64 || c->column->type == MJ_I64; }

/* A cell for people, as the workbook has it; grouped digits. */
static void put_cell(const mj_out_column *c, int64_t row, mj_lang lang, mj_text *out, mj_text *scratch) {
  const mj_column *col = c->column;
  char text[540];
  if (col->type == MJ_TRI) mj_html_put(out, mj_tri_word(col->tri[row], lang));
  else if (mj_column_is_null(col, row)) return;
  else if (col->type == MJ_TEXT) {
    const char *word = mj_code_word(c, col->text[row], lang, scratch);
    mj_html_put(out, word == col->text[row] ? mj_clean_text(word, scratch) : word);
  } else if (col->type == MJ_DATE) {
    mj_date_format(col->date[row], text);
    mj_text_add(out, text);
  } else {
    double v = col->type == MJ_F64 ? col->f64[row] : (double)col->i64[row];
    mj_double_grouped(v, col->type == MJ_F64 ? c->decimals < 0 ? 4 : c->decimals : 0, !c->at_most, text);
    mj_text_add(out, text);
  }
}

/* A table of some columns; those that the sheet does not have are left out. */
static void put_table(const mj_html *page, const char *id, const char *title, const mj_sheet *sheet,
                      const char *const *names, mj_text *out) {
  const mj_out_column *shown[16];
  int n = 0;
  mj_text scratch = {0};
  mj_lang lang = page->run->lang;
  for (; sheet && *names && n < 16; names++)
    if ((shown[n] = column(sheet, *names))) n++;
  if (!n) return;
  mj_text_format(out, "<section id=\"%s\"><h2>", id);
  mj_html_put(out, title);
  mj_text_add(out, "</h2>\n<div class=\"scroll\"><table><thead><tr>");
  for (int c = 0; c < n; c++)
    put_in(out, is_number(shown[c]) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">", shown[c]->label,
           "</th>");
  mj_text_add(out, "</tr></thead>\n<tbody>\n");
  for (int64_t i = 0; i < sheet->n && i < MOST_ROWS; i++) {
    mj_text_add(out, "<tr>");
    for (int c = 0; c < n; c++) {
      mj_text_add(out, is_number(shown[c]) ? "<td class=\"n\">" : "<td>");
      put_cell(shown[c], sheet->rows ? sheet->rows[i] : i, lang, out, &scratch);
      mj_text_add(out, "</td>");
    }
    mj_text_add(out, "</tr>\n");
  }
  mj_text_add(out, "</tbody></table></div>\n");
  if (sheet->n > MOST_ROWS)
    mj_text_format(out,
                   lang == MJ_ZH ? "<p>此处列出前 %d 行，共 %lld 行，其余见 tables/%s.csv。</p>\n"
                                 : "<p>The first %d of %lld rows; the others are in tables/%s.csv.</p>\n",
                   MOST_ROWS, (long long)sheet->n, sheet->name);
  mj_text_add(out, "</section>\n");
  if (scratch.failed) out->failed = true;
  mj_text_reset(&scratch);
}

/* The last row of the summary of zones is the whole park. */
static void put_figures(const mj_html *page, mj_text *out) {
  static const char *const names[] = {"parcel_count",      "assigned_mu",       "plot_ratio",        "headroom_m2",
                                      "output_wan",        "output_wan_per_mu", "tax_wan",           "tax_wan_per_mu",
                                      "candidate_count",   "candidate_mu",      "idle_count",        "idle_mu",
                                      "inefficient_count", "inefficient_mu",    "insufficient_count"};
  const mj_sheet *sheet = mj_html_sheet(page->run, "zones");
  bool zh = page->run->lang == MJ_ZH;
  mj_text scratch = {0};
  if (!sheet || !sheet->n) return;
  mj_text_add(out, zh ? "<section id=\"s-figures\"><h2>园区主要指标</h2>\n<dl class=\"figures\">\n"
                      : "<section id=\"s-figures\"><h2>Key figures of the park</h2>\n<dl class=\"figures\">\n");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const mj_out_column *c = column(sheet, names[i]);
    if (!c || mj_column_is_null(c->column, sheet->n - 1)) continue;
    put_in(out, "<div><dt>", c->label, "</dt><dd>");
    put_cell(c, sheet->n - 1, page->run->lang, out, &scratch);
    mj_text_add(out, "</dd></div>\n");
  }
  mj_text_add(out, "</dl></section>\n");
  if (scratch.failed) out->failed = true;
  mj_text_reset(&scratch);
}

void mj_html_static(mj_html *page, mj_text *out) {
  static const char *const zone[] =
      {"zone",       "parcel_count",      "assigned_mu",        "plot_ratio",      "headroom_m2",  "tax_wan_per_mu",
       "idle_count", "inefficient_count", "insufficient_count", "candidate_count", "candidate_mu", NULL},
                           *const land[] = {"parcel_id",      "zone",        "status",
                                            "candidate_for",  "area_mu",     "plot_ratio",
                                            "plot_ratio_cap", "headroom_m2", "fit_floor_area_m2",
                                            "tax_wan_per_mu", NULL};
  bool zh = page->run->lang == MJ_ZH;
  put_figures(page, out);
  put_table(page, "s-zones", zh ? "片区" : "Zones", mj_html_sheet(page->run, "zones"), zone, out);
  put_table(page, "s-candidates", zh ? "再开发候选地块" : "Redevelopment candidates",
            mj_html_sheet(page->run, "candidates"), land, out);
}
