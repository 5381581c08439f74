#include <math.h>
#include <string.h>

#include "report/layout.h"

static const mj_column_fact facts[] = {
#define COLUMN(layer, name, type, unit, decimals, zh, en, about_zh, about_en, room) \
  {#layer, #name, type, unit, decimals, zh, en, about_zh, about_en, #room},
#include "mujun/columns.def"
#undef COLUMN
};

const mj_column_fact *mj_column_facts(int *n) {
  *n = (int)(sizeof facts / sizeof *facts);
  return facts;
}

const char *mj_unit_word(const char *unit, mj_lang lang) {
  static const struct {
    const char *unit, *zh, *en;
  } word[] = {{"m2", "㎡", "m²"},
              {"mu", "亩", "mu"},
              {"m", "米", "m"},
              {"wan", "万元", "10k yuan"},
              {"wan_per_mu", "万元/亩", "10k yuan/mu"},
              {"wan_per_ha", "万元/公顷", "10k yuan/ha"},
              {"person", "人", "persons"},
              {"m2_per_person", "㎡/人", "m²/person"},
              {"kwh_per_m2", "千瓦时/㎡", "kWh/m²"},
              {"wan_per_m2", "万元/㎡", "10k yuan/m²"},
              {"tce", "吨标准煤", "tce"},
              {"kwh", "千瓦时", "kWh"},
              {"storey", "层", "storeys"},
              {"month", "月", "months"},
              {"day", "天", "days"},
              {"wan_m2", "万㎡", "10k m²"},
              {"yi", "亿元", "100M yuan"},
              {"share", "", ""},
              {"year", "", ""}};
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    if (!strcmp(unit, word[i].unit)) return lang == MJ_ZH ? word[i].zh : word[i].en;
  return unit;
}

void mj_put_number(mj_text *out, double v, int decimals, bool at_most) {
  if (!isfinite(v)) return;
  char *at = mj_text_room(out, 400);
  if (!at) return;
  if (at_most && fabs(v) < 1e9) out->n += (size_t)mj_double_coord(v, decimals, at);
  else out->n += (size_t)(decimals < 0 ? mj_double_shortest(v, at) : mj_double_fixed(v, decimals, at));
}

const char *mj_tri_word(uint8_t value, mj_lang lang) {
  static const char *const word[2][3] = {{"no", "yes", "insufficient data"}, {"否", "是", "数据不足"}};
  return word[lang == MJ_ZH][value > MJ_UNKNOWN ? MJ_UNKNOWN : value];
}

const char *mj_tri_code(uint8_t value) {
  static const char *const code[] = {"no", "yes", "unknown"};
  return code[value > MJ_UNKNOWN ? MJ_UNKNOWN : value];
}

static const char *word_of(const mj_out_column *c, const char *code, size_t n, mj_lang lang) {
  for (int i = 0; i < c->n_codes; i++)
    if (!strncmp(c->codes[i].code, code, n) && !c->codes[i].code[n])
      return lang == MJ_ZH ? c->codes[i].zh : c->codes[i].en;
  return NULL;
}

const char *mj_code_word(const mj_out_column *column, const char *code, mj_lang lang, mj_text *scratch) {
  const char *whole = column->n_codes ? word_of(column, code, strlen(code), lang) : code;
  if (whole) return whole;
  scratch->n = 0;
  for (const char *at = code;; at++) {
    size_t n = strcspn(at, ";+");
    const char *word = word_of(column, at, n, lang);
    if (!word) return code;
    if (at != code) mj_text_add(scratch, lang == MJ_ZH ? "、" : ", ");
    mj_text_add(scratch, word);
    at += n;
    if (!*at) break;
  }
  return scratch->failed ? code : scratch->data;
}

/* Columns that may hold several codes, or names beside them: a domain cannot say that. */
static bool open_ended(const char *name) {
  return !strcmp(name, "candidate_for") || !strcmp(name, "floor_area_source") || !strcmp(name, "zone") ||
         !strcmp(name, "batch") || !strcmp(name, "year");
}

const char *mj_domain_text(const mj_out_column *column, mj_lang lang, mj_arena *arena, bool *ok) {
  mj_text text = {0};
  if (column->column->type == MJ_TRI) {
    for (uint8_t v = 0; v < (column->ours ? 3 : 2); v++)
      mj_text_format(&text, "%s%s=%s", v ? "|" : "", mj_tri_code(v), mj_tri_word(v, lang));
  } else if (!open_ended(column->name)) {
    for (int i = 0; i < column->n_codes; i++)
      mj_text_format(&text, "%s%s=%s", i ? "|" : "", column->codes[i].code,
                     lang == MJ_ZH ? column->codes[i].zh : column->codes[i].en);
  }
  char *kept = text.n ? mj_arena_text(arena, text.data, text.n) : NULL;
  if (text.failed || (text.n && !kept)) *ok = false;
  mj_text_reset(&text);
  return kept;
}

/* Tab and line ends are texts' own. U+FDD0..U+FDEF and the last two of every plane are no characters; XML, and so a
 * workbook, refuses U+FFFE and U+FFFF. Source: Unicode 15, 23.7. */
static bool unfit(const char *text, size_t n) {
  const unsigned char *p = (const unsigned char *)text;
  if (n == 1) return (*p < ' ' && *p != '\t' && *p != '\n' && *p != '\r') || *p == 0x7f;
  if (n == 3 && p[0] == 0xEF && p[1] == 0xB7) return p[2] >= 0x90 && p[2] <= 0xAF;
  if (n == 3) return p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE;
  return n == 4 && (p[1] & 0xF) == 0xF && p[2] == 0xBF && p[3] >= 0xBE;
}

/* Length of the character at @p text that may stand, 0 where it may not. */
static size_t fit(const char *text, size_t n) {
  unsigned char c = (unsigned char)*text;
  if (c >= ' ' && c < 0x7f) return 1; /* most of them */
  size_t step = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  return step <= n && mj_utf8_valid(text, step) && !unfit(text, step) ? step : 0;
}

/* A character that may not stand is one mark, and so is a byte that is none. */
static size_t unfit_length(const char *text, size_t n) {
  unsigned char c = (unsigned char)*text;
  size_t step = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  return step <= n && mj_utf8_valid(text, step) ? step : 1;
}

const char *mj_clean_text(const char *text, mj_text *scratch) {
  size_t n = strlen(text), good = 0, step;
  while (good < n && (step = fit(text + good, n - good))) good += step;
  if (good == n) return text;
  scratch->n = 0;
  for (size_t i = 0; i < n; i += step) {
    step = fit(text + i, n - i);
    if (step) mj_text_put(scratch, text + i, step);
    else mj_text_put(scratch, "\xEF\xBF\xBD", 3);
    if (!step) step = unfit_length(text + i, n - i);
  }
  return scratch->failed ? "" : scratch->data;
}

static bool escape_like(const char *p) {
  return !strncmp(p, "_x", 2) && strspn(p + 2, "0123456789ABCDEFabcdef") >= 4 && p[6] == '_';
}

const char *mj_workbook_text(const char *text, mj_text *scratch) {
  const char *p = text;
  while ((p = strstr(p, "_x")) && !escape_like(p)) p++;
  if (!p) return text;
  scratch->n = 0;
  for (p = text; *p; p++) {
    if (escape_like(p)) mj_text_add(scratch, "_x005F");
    mj_text_put(scratch, p, 1);
  }
  return scratch->failed ? "" : scratch->data;
}
