#include <string.h>

#include "base/embed.h"
#include "report/style.h"

static const mj_theme_fact themes[] = {
#define MJ_THEME(name, layer, file, zh, en) {#name, #layer, #file, zh, en},
#include "report/themes.def"
#undef MJ_THEME
};

const mj_theme_fact *mj_theme_facts(int *n) {
  *n = (int)(sizeof themes / sizeof *themes);
  return themes;
}

const char *mj_theme_text(const char *file) {
  for (const mj_embedded *f = mj_embedded_styles; f->name; f++)
    if (!strcmp(f->name, file)) return f->text;
  return NULL;
}

static const mj_out_column *find(const mj_sheet *sheet, const char *name, size_t n) {
  for (int i = 0; i < sheet->n_columns; i++)
    if (!strncmp(sheet->columns[i].name, name, n) && !sheet->columns[i].name[n]) return &sheet->columns[i];
  return NULL;
}

static bool has_value(const mj_sheet *sheet, const mj_column *c) {
  for (int64_t i = 0; c->data && i < sheet->n; i++) {
    int64_t row = sheet->rows ? sheet->rows[i] : i;
    if (c->type == MJ_TEXT ? c->text[row] != NULL : c->type == MJ_F64 ? c->f64[row] == c->f64[row] : true) return true;
  }
  return false;
}

/* Go through the fields of one attribute of the renderer: a bare name, or an expression with names in &quot;. */
static bool fields_there(const mj_sheet *sheet, const char *at, const char *end, bool *value) {
  static const char quote[] = "&quot;";
  const char *open = strstr(at, quote);
  if (!open || open >= end) {
    const mj_out_column *c = find(sheet, at, (size_t)(end - at));
    *value = *value || (c && has_value(sheet, c->column));
    return c != NULL;
  }
  while (open && open < end) {
    const char *name = open + sizeof quote - 1, *close = strstr(name, quote);
    const mj_out_column *c = close ? find(sheet, name, (size_t)(close - name)) : NULL;
    if (!c) return false;
    *value = *value || has_value(sheet, c->column);
    open = strstr(close + sizeof quote - 1, quote);
  }
  return true;
}

bool mj_theme_fits(const mj_theme_fact *theme, const mj_sheet *sheet) {
  static const char *const mark[] = {" attr=\"", " filter=\""};
  const char *text = mj_theme_text(theme->file);
  bool value = false, any = false;
  if (!text || strcmp(theme->layer, sheet->name) != 0) return false;
  for (int k = 0; k < 2; k++)
    for (const char *at = strstr(text, mark[k]); at; at = strstr(at, mark[k])) {
      at += strlen(mark[k]);
      any = true;
      if (!fields_there(sheet, at, strchr(at, '"'), &value)) return false;
    }
  return value || !any;
}

/* Is it "<layer>.qml"? */
static bool is_plain(const mj_theme_fact *theme) {
  size_t n = strlen(theme->layer);
  return !strncmp(theme->file, theme->layer, n) && !strcmp(theme->file + n, ".qml");
}

static bool paints_by_fields(const mj_theme_fact *theme) {
  const char *text = mj_theme_text(theme->file);
  return text && (strstr(text, " attr=\"") || strstr(text, " filter=\""));
}

const mj_theme_fact *mj_theme_default(const mj_sheet *sheet) {
  const mj_theme_fact *plain = NULL;
  int n;
  const mj_theme_fact *theme = mj_theme_facts(&n);
  for (int i = 0; i < n; i++) {
    if (strcmp(theme[i].layer, sheet->name) != 0) continue;
    if (paints_by_fields(&theme[i]) && mj_theme_fits(&theme[i], sheet)) return &theme[i];
    if (is_plain(&theme[i])) plain = &theme[i];
  }
  return plain;
}

static const char *english(const char *zh, size_t n) {
  static const struct {
    const char *zh, *en;
  } word[] = {
#define STYLE_WORD(zh, en) {zh, en},
#include "report/style_words.def"
#undef STYLE_WORD
  };
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    if (!strncmp(word[i].zh, zh, n) && !word[i].zh[n]) return word[i].en;
  return NULL;
}

/* The nearer of two marks before end; end where there is none. */
static const char *next_mark(const char *at, const char *end, const char *a, const char *b) {
  const char *x = strstr(at, a), *y = strstr(at, b), *to = end;
  if (x && x < to) to = x;
  if (y && y < to) to = y;
  return to;
}

void mj_style_words(const char *text, size_t n, mj_lang lang, mj_text *out) {
  static const char mark[] = " label=\"", unit[] = " 亩'";
  const char *at = text, *end = text + n;
  for (const char *next; lang != MJ_ZH && (next = next_mark(at, end, mark, unit)) < end;) {
    bool label = *next == *mark && next[1] == mark[1];
    const char *from = next + (label ? sizeof mark - 1 : 0);
    size_t length = label ? strcspn(from, "\"") : sizeof unit - 1;
    const char *word = label ? english(from, length) : " mu'";
    mj_text_put(out, at, (size_t)(from - at));
    if (word) mj_text_add(out, word);
    else mj_text_put(out, from, length);
    at = from + length;
  }
  mj_text_put(out, at, (size_t)(end - at));
}
