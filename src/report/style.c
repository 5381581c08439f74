#include "report/style.h"

#include <string.h>

void mj_style_xml(mj_text *out, const char *value, mj_text *scratch) {
  for (const char *p = mj_clean_text(value, scratch); *p; p++) switch (*p) {
      case '&':
        mj_text_add(out, "&amp;");
        break;
      case '<':
        mj_text_add(out, "&lt;");
        break;
      case '>':
        mj_text_add(out, "&gt;");
        break;
      case '"':
        mj_text_add(out, "&quot;");
        break;
      default:
        mj_text_put(out, p, 1);
    }
}

static void put_alias(const mj_out_column *c, int i, mj_text *out, mj_text *scratch) {
  mj_text_add(out, "    <alias field=\"");
  mj_style_xml(out, c->name, scratch);
  mj_text_format(out, "\" index=\"%d\" name=\"", i);
  mj_style_xml(out, c->label, scratch);
  mj_text_add(out, "\"/>\n");
}

/* The attribute table shows the word where the layer carries a code ("yes" ->
 * 是). */
static void put_value_map(const mj_out_column *c, const char *domain, mj_text *out, mj_text *scratch) {
  mj_text_add(out, "    <field name=\"");
  mj_style_xml(out, c->name, scratch);
  mj_text_add(out,
              "\"><editWidget type=\"ValueMap\"><config><Option "
              "type=\"Map\"><Option name=\"map\" type=\"List\">");
  for (const char *at = domain; *at; at += *at == '|') {
    size_t n_code = strcspn(at, "="), n_word = strcspn(at + n_code + 1, "|");
    mj_text_add(out, "<Option type=\"Map\"><Option type=\"QString\" name=\"");
    mj_text_put(out, at + n_code + 1, n_word);
    mj_text_add(out, "\" value=\"");
    mj_text_put(out, at, n_code);
    mj_text_add(out, "\"/></Option>");
    at += n_code + 1 + n_word;
  }
  mj_text_add(out, "</Option></Option></config></editWidget></field>\n");
}

static void put_fields(const mj_sheet *sheet, mj_lang lang, mj_text *out) {
  mj_text scratch = {0};
  mj_arena arena = {.page_size = 16384};
  bool ok = true;
  mj_text_add(out, "  <fieldConfiguration>\n");
  for (int i = 0; i < sheet->n_columns; i++) {
    const char *domain = mj_domain_text(&sheet->columns[i], lang, &arena, &ok);
    if (domain) put_value_map(&sheet->columns[i], domain, out, &scratch);
  }
  mj_text_add(out, "  </fieldConfiguration>\n  <aliases>\n");
  for (int i = 0; i < sheet->n_columns; i++) put_alias(&sheet->columns[i], i, out, &scratch);
  mj_text_add(out, "  </aliases>\n");
  if (!ok || scratch.failed) out->failed = true;
  mj_text_reset(&scratch);
  mj_arena_reset(&arena);
}

bool mj_style_theme(const mj_theme_fact *theme, const mj_sheet *sheet, mj_lang lang, mj_text *out) {
  const char *text = mj_theme_text(theme->file), *end = text ? strstr(text, "</qgis>") : NULL;
  if (!end) return false;
  mj_style_words(text, (size_t)(end - text), lang, out);
  put_fields(sheet, lang, out);
  mj_text_add(out, end);
  return true;
}

bool mj_style_make(const mj_sheet *sheet, mj_lang lang, mj_text *out) {
  const mj_theme_fact *theme = mj_theme_default(sheet);
  return theme && mj_style_theme(theme, sheet, lang, out);
}
