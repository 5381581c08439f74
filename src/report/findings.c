#include <stdio.h>
#include <string.h>

#include "report/run.h"

enum { WIDTH = 80, CODE_WIDTH = 26, COUNT_WIDTH = 7, INDENT = CODE_WIDTH + COUNT_WIDTH + 2 };

/* How often every code stands in the ledger, [MJ_LEDGER_END]; the number of codes that do. */
static int64_t count_codes(const mj_ledger *ledger, int64_t *count) {
  int64_t n = 0;
  memset(count, 0, MJ_LEDGER_END * sizeof *count);
  for (int64_t i = 0; i < ledger->n; i++) n += count[ledger->entry[i].code]++ == 0;
  return n;
}

mj_status mj_ledger_codes(const mj_park *park, mj_lang lang, mj_table *out) {
  int64_t count[MJ_LEDGER_END], at = 0, n = count_codes(&park->ledger, count);
  MJ_TRY(mj_table_init(out, "ledger_codes", n));
  mj_column *code = mj_table_add(out, "code", MJ_TEXT), *severity = mj_table_add(out, "severity", MJ_TEXT);
  mj_column *entries = mj_table_add(out, "entries", MJ_I64), *text = mj_table_add(out, "text", MJ_TEXT);
  mj_column *todo = mj_table_add(out, "todo", MJ_TEXT);
  if (!code || !severity || !entries || !text || !todo) return MJ_ENOMEM;
  for (int s = MJ_SET_ASIDE; s >= MJ_NOTE; s--)
    for (int c = 0; c < MJ_LEDGER_END; c++) {
      mj_ledger_code k = (mj_ledger_code)c;
      if (!count[c] || (int)mj_ledger_severity(k) != s) continue;
      code->text[at] = mj_ledger_code_name(k);
      severity->text[at] = mj_severity_name((mj_severity)s, lang);
      entries->i64[at] = count[c];
      text->text[at] = mj_ledger_meaning(k, lang);
      todo->text[at++] = mj_ledger_remedy(k, lang);
    }
  return MJ_OK;
}

static void put_spaces(mj_text *out, int n) {
  for (; n > 0; n--) mj_text_put(out, " ", 1);
}

/* Bytes of the character at p. */
static size_t character(const char *p) {
  size_t n = 1;
  while (((unsigned char)p[n] & 0xC0) == 0x80) n++;
  return n;
}

/* Marks that no line may begin with. */
static bool is_mark(const char *p) {
  static const char *const marks[] = {"，", "。", "；", "、", "：", "）"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (!strncmp(p, marks[i], strlen(marks[i]))) return true;
  return false;
}

/* The sentence, broken at blanks or between wide characters so that no line is longer than WIDTH. */
static void put_wrapped(mj_text *out, const char *text) {
  int column = INDENT;
  while (*text) {
    size_t n = 0; /* a word, or one wide character */
    do n += character(text + n);
    while (text[n] && text[n] != ' ' && (unsigned char)text[n] < 0x80 && (unsigned char)text[n - 1] < 0x80);
    while (is_mark(text + n)) n += character(text + n);
    char word[128];
    snprintf(word, sizeof word, "%.*s", (int)(n < 120 ? n : 120), text);
    int width = mj_utf8_width(word);
    if (column + width > WIDTH && column > INDENT) {
      mj_text_add(out, "\n");
      put_spaces(out, INDENT);
      column = INDENT;
      if (*word == ' ') {
        text++;
        continue;
      }
    }
    mj_text_put(out, text, n);
    column += width;
    text += n;
  }
  mj_text_add(out, "\n");
}

mj_status mj_report_findings(const mj_park *park, mj_text *out, mj_error *err) {
  mj_lang lang = park->project.lang;
  mj_table t = {0};
  mj_status s = mj_ledger_codes(park, lang, &t);
  const char **code = s ? NULL : mj_table_text(&t, "code"), **severity = s ? NULL : mj_table_text(&t, "severity"),
             **text = s ? NULL : mj_table_text(&t, "text");
  const int64_t *entries = s ? NULL : mj_table_i64(&t, "entries");
  for (int64_t i = 0; code && severity && text && entries && i < t.n; i++) {
    if (i == 0 || strcmp(severity[i], severity[i - 1]) != 0) mj_text_format(out, "%s\n", severity[i]);
    mj_text_format(out, "  %-*s%*lld  ", CODE_WIDTH - 2, code[i], COUNT_WIDTH, (long long)entries[i]);
    put_wrapped(out, text[i]);
  }
  mj_table_reset(&t);
  char place[200];
  if (mj_run_place(park, lang, place)) mj_text_format(out, mj_tr(lang, "middle of the parcels: %s\n"), place);
  int64_t aside = mj_ledger_count(&park->ledger, MJ_SET_ASIDE),
          warned = mj_ledger_count(&park->ledger, MJ_WARN) - aside;
  mj_text_format(out, mj_tr(lang, "set aside: %lld, warnings: %lld, notes: %lld\n"), (long long)aside,
                 (long long)warned, (long long)(park->ledger.n - aside - warned));
  return s || out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
