#include "mujun/ledger.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  mj_severity severity;
  const char *touches, *zh, *en, *todo_zh, *todo_en;
} codes[] = {
#define LEDGER(code, severity, touches, zh, en, todo_zh, todo_en) {#code, severity, touches, zh, en, todo_zh, todo_en},
#include "mujun/ledger.def"
#undef LEDGER
};

/* Entries come in runs that say the same: @p before, kept of the entry before, serves again. */
static const char *keep(mj_ledger *ledger, const char *text, const char *before, mj_status *status) {
  if (!text) return NULL;
  if (before && !strcmp(before, text)) return before;
  char *copy = mj_arena_text(&ledger->arena, text, strlen(text));
  if (!copy) *status = MJ_ENOMEM;
  return copy;
}

mj_status mj_ledger_add(mj_ledger *ledger, mj_ledger_entry e) {
  mj_status status = MJ_OK;
  if (ledger->n == ledger->cap) {
    int64_t cap = ledger->cap ? ledger->cap * 2 : 256;
    mj_ledger_entry *grown = realloc(ledger->entry, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    ledger->entry = grown;
    ledger->cap = cap;
  }
  static const mj_ledger_entry none;
  const mj_ledger_entry *last = ledger->n ? &ledger->entry[ledger->n - 1] : &none;
  e.layer = keep(ledger, e.layer, last->layer, &status);
  e.id = keep(ledger, e.id, last->id, &status);
  e.field = keep(ledger, e.field, last->field, &status);
  e.found = keep(ledger, e.found, last->found, &status);
  e.expected = keep(ledger, e.expected, last->expected, &status);
  if (!status) ledger->entry[ledger->n++] = e;
  return status;
}

int64_t mj_ledger_count(const mj_ledger *ledger, mj_severity least) {
  int64_t n = 0;
  for (int64_t i = 0; i < ledger->n; i++) n += codes[ledger->entry[i].code].severity >= least;
  return n;
}

int64_t mj_ledger_set_aside(const mj_ledger *ledger) {
  int64_t n = 0;
  for (int64_t i = 0; i < ledger->n; i++) {
    const mj_ledger_entry *e = &ledger->entry[i];
    if (codes[e->code].severity == MJ_SET_ASIDE) n += e->rows > 0 ? e->rows : 1;
  }
  return n;
}

void mj_ledger_reset(mj_ledger *ledger) {
  free(ledger->entry);
  mj_arena_reset(&ledger->arena);
  *ledger = (mj_ledger){0};
}

const char *mj_ledger_code_name(mj_ledger_code code) { return codes[code].name; }
mj_severity mj_ledger_severity(mj_ledger_code code) { return codes[code].severity; }
const char *mj_ledger_meaning(mj_ledger_code code, mj_lang lang) {
  return lang == MJ_ZH ? codes[code].zh : codes[code].en;
}
const char *mj_ledger_remedy(mj_ledger_code code, mj_lang lang) {
  return lang == MJ_ZH ? codes[code].todo_zh : codes[code].todo_en;
}
const char *mj_ledger_touches(mj_ledger_code code) { return codes[code].touches; }

const char *mj_severity_name(mj_severity severity, mj_lang lang) {
  static const char *const words[3][2] = {{"note", "说明"}, {"warning", "警告"}, {"set aside", "剔除"}};
  return words[severity][lang == MJ_ZH];
}
