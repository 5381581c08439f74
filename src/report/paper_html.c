#include "report/paper.h"

static const char style[] =
    "*{box-sizing:border-box}\n"
    "html{background:#eef1f4}\n"
    "body{margin:24px auto;max-width:860px;padding:40px 52px;background:#fff;color:#1d2733;"
    "font:14px/1.65 \"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft YaHei\",\"Helvetica Neue\","
    "Arial,sans-serif;box-shadow:0 1px 6px rgba(20,40,60,.14)}\n"
    "h1{margin:0 0 18px;padding-bottom:10px;border-bottom:3px solid #1f4e79;font-size:23px;line-height:1.35;"
    "color:#143a5c}\n"
    "h1:not(:first-of-type){margin-top:56px}\n"
    "h2{margin:30px 0 10px;padding-left:10px;border-left:4px solid #1f4e79;font-size:16.5px;line-height:1.4;"
    "color:#143a5c}\n"
    "h3{margin:20px 0 6px;font-size:14.5px;color:#33475b}\n"
    "p{margin:7px 0}\n"
    "ul{margin:7px 0;padding-left:20px}\n"
    "table{width:100%;margin:10px 0 14px;border-collapse:collapse;font-size:12.5px;line-height:1.5}\n"
    "th,td{padding:5px 8px;border-bottom:1px solid #dde3ea;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}\n"
    "thead th{border-bottom:1.5px solid #8ba0b5;background:#f3f6f9;color:#33475b;font-weight:600;"
    "white-space:nowrap}\n"
    "td.n,thead th.n{text-align:right;font-variant-numeric:tabular-nums}thead "
    "th.n{white-space:normal}td.n,td.c{white-space:nowrap}\n"
    "dl{display:grid;grid-template-columns:1fr 1fr;column-gap:28px;margin:10px 0 "
    "14px;font-size:12.5px;line-height:1.5}\n"
    "dl div{display:flex;gap:12px;padding:5px 8px;border-bottom:1px solid #dde3ea}dl .wide{grid-column:1/-1}\n"
    "dt{flex:0 0 10.5em;color:#5b6b7c}dd{margin:0;overflow-wrap:anywhere}\n"
    ".verdict{display:flex;align-items:baseline;gap:10px;margin:10px 0;padding:8px 12px;border-radius:5px;"
    "background:#f3f6f9}\n"
    ".verdict b{flex:none;padding:1px 10px;border-radius:11px;color:#fff;font-size:13px;font-weight:600}\n"
    ".yes{background:#fdf0ee}.yes b{background:#b3261e}\n"
    ".no{background:#eef6f0}.no b{background:#2e7044}\n"
    ".unknown{background:#fcf6e7}.unknown b{background:#8a6100}\n"
    ".plain b{background:#46607a}\n"
    ".note{margin:10px 0;padding:8px 12px;border-left:4px solid #8a6100;background:#fcf6e7}\n"
    "figure{margin:12px 0}\n"
    "figure svg{display:block;width:100%;height:auto;border:1px solid #c3ccd6}\n"
    "figcaption{margin-top:5px;color:#5b6b7c;font-size:12px}\n"
    "@page{size:A4;margin:16mm 15mm}\n"
    "@media print{html{background:none}body{margin:0;max-width:none;padding:0;box-shadow:none;font-size:10.5pt}"
    "table{font-size:9pt}h1:not(:first-of-type){break-before:page}h2,h3{break-after:avoid}"
    "tr,.small,dl div,figure,.verdict,.note{break-inside:avoid}thead{display:table-header-group}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}figure "
    "svg{max-height:92mm}h2{margin-top:16pt}dl{font-size:9pt}dl div,th,td{padding:2.5pt 5pt}}\n";

static const char *tone_of(const mj_block *b) {
  static const char *const names[] = {"plain", "yes", "no", "unknown", "note"};
  return names[b->tone];
}

static void put(mj_text *out, const char *text) {
  for (const char *p = text; *p; p++) {
    if (*p == '&') mj_text_add(out, "&amp;");
    else if (*p == '<') mj_text_add(out, "&lt;");
    else if (*p == '>') mj_text_add(out, "&gt;");
    else if (*p == '"') mj_text_add(out, "&quot;");
    else if ((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') mj_text_add(out, "?");
    else mj_text_put(out, p, 1);
  }
}

static void put_in(mj_text *out, const char *open, const char *text, const char *close) {
  mj_text_add(out, open);
  put(out, text);
  mj_text_add(out, close);
}

/* Names and values in two columns; what needs room has a line of its own. */
static void put_facts(mj_text *out, const mj_block *b) {
  enum { SHORT = 26 };
  mj_text_add(out, "<dl>\n");
  for (int64_t i = 0; i + 1 < b->n_cells; i += 2) {
    bool wide = mj_utf8_width(b->cell[i + 1]) > SHORT;
    put_in(out, wide ? "<div class=\"wide\"><dt>" : "<div><dt>", b->cell[i], "</dt>");
    put_in(out, "<dd>", b->cell[i + 1], "</dd></div>\n");
  }
  mj_text_add(out, "</dl>\n");
}

/* A short cell, such as a code, a date or a limit, is not broken. */
static bool is_short(const char *text) {
  size_t n = strlen(text);
  return mj_utf8_width(text) <= 14 || (n <= 22 && !text[strcspn(text, " ")]);
}

static void put_table(mj_text *out, const mj_block *b) {
  bool is_small = b->n_cells <= 8 * (int64_t)b->n_columns; /* kept on one page */
  mj_text_add(out, is_small ? "<table class=\"small\">\n<thead><tr>" : "<table>\n<thead><tr>");
  for (int c = 0; c < b->n_columns; c++)
    put_in(out, b->right[c] ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">", b->heading[c], "</th>");
  mj_text_add(out, "</tr></thead>\n<tbody>");
  for (int64_t i = 0; i < b->n_cells; i++) {
    int c = (int)(i % b->n_columns);
    if (!c) mj_text_add(out, i ? "</tr>\n<tr>" : "\n<tr>");
    put_in(out,
           b->right[c]            ? "<td class=\"n\">"
           : is_short(b->cell[i]) ? "<td class=\"c\">"
                                  : "<td>",
           b->cell[i], "</td>");
  }
  mj_text_add(out, b->n_cells ? "</tr>\n</tbody></table>\n" : "</tbody></table>\n");
}

static void put_block(mj_text *out, const mj_block *b) {
  switch (b->kind) {
    case MJ_BLOCK_TITLE:
      put_in(out, "<h1>", b->text, "</h1>\n");
      break;
    case MJ_BLOCK_HEADING:
      put_in(out, "<h2>", b->text, "</h2>\n");
      break;
    case MJ_BLOCK_SUBHEADING:
      put_in(out, "<h3>", b->text, "</h3>\n");
      break;
    case MJ_BLOCK_VERDICT:
      mj_text_format(out, "<div class=\"verdict %s\">", tone_of(b));
      put_in(out, "<b>", b->lead ? b->lead : "", "</b>");
      put_in(out, "<span>", b->text, "</span></div>\n");
      break;
    case MJ_BLOCK_FACTS:
      put_facts(out, b);
      break;
    case MJ_BLOCK_TABLE:
      put_table(out, b);
      break;
    case MJ_BLOCK_FIGURE:
      mj_text_format(out, "<figure>%s", b->svg ? b->svg : "");
      put_in(out, "<figcaption>", b->text, "</figcaption></figure>\n");
      break;
    case MJ_BLOCK_ITEM:
      put_in(out, "<li>", b->text, "</li>\n");
      break;
    default:
      put_in(out, b->tone == MJ_TONE_NOTE ? "<p class=\"note\">" : "<p>", b->text, "</p>\n");
  }
}

void mj_paper_as_html(const mj_paper *paper, mj_text *out) {
  mj_text_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", paper->language);
  mj_text_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  put_in(out, "<title>", paper->title, "</title>\n<style>\n");
  mj_text_add(out, style);
  mj_text_add(out, "</style>\n</head>\n<body>\n");
  for (int i = 0; i < paper->n; i++) {
    bool item = paper->block[i].kind == MJ_BLOCK_ITEM, was = i && paper->block[i - 1].kind == MJ_BLOCK_ITEM;
    if (item && !was) mj_text_add(out, "<ul>\n");
    if (!item && was) mj_text_add(out, "</ul>\n");
    put_block(out, &paper->block[i]);
    if (item && i + 1 == paper->n) mj_text_add(out, "</ul>\n");
  }
  mj_text_add(out, "</body>\n</html>\n");
}
