#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "report/book_inside.h"

/* The styles whose classes the sheets show as well. */
static const char *const styles[] = {"parcels.qml", "enterprises_grades.qml", "checks.qml", "factory_units.qml"};

lxw_format *mj_book_format(mj_book *b) {
  lxw_format *f = workbook_add_format(b->book);
  if (!f || !b->font) return f;
  format_set_font_name(f, b->font);
  format_set_font_size(f, 10);
  return f;
}

/* ---- colours of the styles ---- */

/* The value of attribute @p name in the tag that begins at @p tag; length in *n; NULL: it has none. */
static const char *attribute(const char *tag, const char *name, size_t *n) {
  char key[32];
  size_t n_tag = strcspn(tag, ">");
  snprintf(key, sizeof key, " %s=\"", name);
  const char *at = strstr(tag, key);
  if (!at || at > tag + n_tag) return NULL;
  at += strlen(key);
  *n = strcspn(at, "\"");
  return at;
}

/* The Option of that name inside one symbol. */
static const char *option(const char *symbol, const char *name, size_t *n) {
  char key[64];
  const char *end = strstr(symbol, "</symbol>");
  snprintf(key, sizeof key, "<Option name=\"%s\"", name);
  const char *at = strstr(symbol, key);
  return at && end && at < end ? attribute(at, "value", n) : NULL;
}

static const char *symbol_named(const char *text, const char *name, size_t n_name) {
  const char *at = strstr(text, "<symbols>");
  while (at && (at = strstr(at, "<symbol "))) {
    size_t n = 0;
    const char *found = attribute(at, "name", &n);
    if (found && n == n_name && !memcmp(found, name, n)) return at;
    at++;
  }
  return NULL;
}

static int lightness(lxw_color_t c) {
  return (int)(((c >> 16 & 255) * 299 + (c >> 8 & 255) * 587 + (c & 255) * 114) / 1000);
}

static bool make_cell(mj_book *b, mj_colour *c) {
  lxw_format *f = c->cell = mj_book_format(b);
  if (!f) return false;
  if (c->hatched) {
    format_set_pattern(f, LXW_PATTERN_LIGHT_UP);
    format_set_fg_color(f, 0xBFBFBF);
    format_set_bg_color(f, 0xFFFFFF);
  } else {
    format_set_bg_color(f, c->fill);
    format_set_font_color(f, lightness(c->fill) < 140 ? 0xFFFFFF : 0x1A1A1A);
  }
  format_set_align(f, LXW_ALIGN_CENTER);
  return true;
}

/* One category: its code, and the fill of its symbol. A class without a fill has no colour of its own. */
static bool add_class(mj_book *b, const char *style, const char *text, const char *tag) {
  size_t n_code = 0, n_symbol = 0, n_rgb = 0, n_brush = 0;
  const char *code = attribute(tag, "value", &n_code), *number = attribute(tag, "symbol", &n_symbol);
  const char *symbol = code && n_code && number ? symbol_named(text, number, n_symbol) : NULL;
  const char *rgb = symbol ? option(symbol, "color", &n_rgb) : NULL,
             *brush = symbol ? option(symbol, "style", &n_brush) : NULL;
  int red, green, blue;
  bool none = brush && n_brush == 2 && !memcmp(brush, "no", 2);
  if (!rgb || none || sscanf(rgb, "%d,%d,%d", &red, &green, &blue) != 3 || b->n_colours == MJ_BOOK_COLOURS) return true;
  mj_colour *c = &b->colour[b->n_colours];
  if (n_code >= sizeof c->code) return true;
  b->n_colours++;
  *c = (mj_colour){.style = style, .fill = (lxw_color_t)(red << 16 | green << 8 | blue)};
  memcpy(c->code, code, n_code);
  c->hatched = brush && n_brush != strlen("solid");
  return make_cell(b, c);
}

static bool add_colours(mj_book *b) {
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
    for (const mj_embedded *file = mj_embedded_styles; file->name; file++) {
      if (strcmp(file->name, styles[i]) != 0) continue;
      for (const char *at = file->text; (at = strstr(at, "<category ")); at++)
        if (!add_class(b, styles[i], file->text, at)) return false;
    }
  return true;
}

const mj_colour *mj_book_colour(const mj_book *b, const char *style, const char *code) {
  for (int i = 0; i < b->n_colours; i++)
    if (!strcmp(b->colour[i].style, style) && !strcmp(b->colour[i].code, code)) return &b->colour[i];
  return NULL;
}

/* ---- formats of tables ---- */

int mj_book_percent_at(int decimals) { return decimals <= 2 ? 0 : decimals <= 4 ? 1 : 2; }

lxw_format *mj_book_percent(const mj_book *b, int decimals) { return b->percent[mj_book_percent_at(decimals)]; }

static bool add_numbers(mj_book *b) {
  static const char *const pattern[MJ_BOOK_NUMBERS] = {"#,##0",      "#,##0.0",     "#,##0.00",    "#,##0.000",
                                                       "#,##0.0000", "#,##0.00000", "#,##0.000000"};
  static const char *const percent[] = {"0%", "0.0%", "0.00%"};
  for (int i = 0; i < MJ_BOOK_NUMBERS; i++) {
    if (!(b->number[i] = mj_book_format(b))) return false;
    format_set_num_format(b->number[i], pattern[i]);
  }
  for (int i = 0; i < 3; i++) {
    if (!(b->percent[i] = mj_book_format(b))) return false;
    format_set_num_format(b->percent[i], percent[i]);
  }
  return true;
}

static void as_link(lxw_format *f) {
  format_set_font_color(f, 0x1F4E9E);
  format_set_underline(f, LXW_UNDERLINE_SINGLE);
}

bool mj_book_formats(mj_book *b) {
  lxw_format *own = STAILQ_FIRST(b->book->formats); /* of cells that name none, and what widths are counted in */
  if (own && b->font) {
    format_set_font_name(own, b->font);
    format_set_font_size(own, 10);
  }
  lxw_format **const one[] = {&b->head, &b->text, &b->prose, &b->date, &b->plain, &b->link, &b->number_link};
  for (size_t i = 0; i < sizeof one / sizeof *one; i++)
    if (!(*one[i] = mj_book_format(b))) return false;
  format_set_bold(b->head);
  format_set_text_wrap(b->head);
  format_set_align(b->head, LXW_ALIGN_CENTER);
  format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
  format_set_font_color(b->head, 0x1F3A5F);
  format_set_bg_color(b->head, 0xE9EEF4);
  format_set_border(b->head, LXW_BORDER_THIN);
  format_set_border_color(b->head, 0xB8C4D2);
  format_set_num_format(b->text, "@");
  format_set_indent(b->text, 1); /* clear of a number to its left */
  format_set_num_format(b->prose, "@");
  format_set_indent(b->prose, 1);
  format_set_text_wrap(b->prose);
  format_set_align(b->prose, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(b->date, "yyyy-mm-dd");
  format_set_num_format(b->link, "@");
  format_set_indent(b->link, 1);
  as_link(b->link);
  format_set_num_format(b->number_link, "#,##0");
  as_link(b->number_link);
  return add_numbers(b) && add_colours(b);
}
