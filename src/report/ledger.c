#include <string.h>

#include "report/run.h"

enum { REMEMBERED = 64 };

/* Words of one layer and field, made once: a ledger names few of them, but on many lines. */
typedef struct {
  const char *layer, *field, *layer_word, *field_word, *touched;
  mj_ledger_code code;
} named;

typedef struct {
  mj_run *run;
  named known[REMEMBERED];
  int n_known;
} words;

static bool same(const char *a, const char *b) { return a == b || (a && b && !strcmp(a, b)); }

/* The table that "enterprises (2023.csv)" or "parcels" speaks of; MJ_TABLE_END: none. */
static mj_table_id table_of(const char *layer, size_t *n) {
  *n = strcspn(layer, " ");
  for (int id = 0; id < MJ_TABLE_END; id++) {
    const char *name = mj_table_id_name((mj_table_id)id);
    if (strlen(name) == *n && !strncmp(name, layer, *n)) return (mj_table_id)id;
  }
  return MJ_TABLE_END;
}

/* "enterprises (2023.csv)": "企业（2023.csv）". */
static const char *layer_word(words *w, const char *layer) {
  size_t n, all = layer ? strlen(layer) : 0;
  if (!layer || w->run->lang != MJ_ZH) return layer;
  if (!strcmp(layer, "rules")) return "规则集";
  mj_table_id id = table_of(layer, &n);
  if (id == MJ_TABLE_END) return layer;
  const char *word = mj_table_id_word(id, MJ_ZH);
  if (n == all) return word;
  if (all < n + 3 || layer[n + 1] != '(' || layer[all - 1] != ')') return layer;
  return mj_arena_format(&w->run->arena, "%s（%.*s）", word, (int)(all - n - 3), layer + n + 2);
}

/* "area_recorded_m2": "登记面积 area_recorded_m2"; a column of the input stays as it is. */
static const char *field_word(words *w, const char *layer, const char *field) {
  size_t n;
  bool ok = true;
  if (!layer || !field || w->run->lang != MJ_ZH) return field;
  mj_table_id id = table_of(layer, &n);
  const char *word =
      id == MJ_TABLE_END ? NULL : mj_field_heading(mj_table_id_name(id), field, MJ_ZH, &w->run->arena, &ok);
  if (!ok) return NULL;
  return word && strcmp(word, field) != 0 ? mj_arena_format(&w->run->arena, "%s %s", word, field) : field;
}

/* What one touched name of ledger.def is called. */
static const char *touched_word(words *w, const char *name, bool *ok) {
  static const char *const layers[] = {"parcels", "zones", "enterprises", "buildings"};
  static const char *const many[][2] = {{"all columns", "全部列"},
                                        {"all columns of the row", "该行全部列"},
                                        {"last columns of the row", "该行末尾各列"},
                                        {"area_*", "各面积"},
                                        {"*_per_mu", "亩均指标"},
                                        {"text", "文字列"}};
  bool park = !strncmp(name, "park.", 5), zone = !strncmp(name, "zones.", 6);
  const char *bare = park ? name + 5 : zone ? name + 6 : name, *of = park ? "全园区" : zone ? "片区" : "";
  for (size_t i = 0; i < sizeof many / sizeof *many; i++)
    if (!strcmp(many[i][0], name)) return many[i][1];
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    const char *word = mj_field_heading(layers[i], bare, MJ_ZH, &w->run->arena, ok);
    if (word || !*ok) return word && *of ? mj_arena_format(&w->run->arena, "%s%s", of, word) : word;
  }
  return name;
}

/* The names in ledger.def with the entry's own field where they say so; in Chinese each in words. */
static const char *touched(words *w, const mj_ledger_entry *e) {
  const char *names = mj_ledger_touches(e->code);
  mj_arena *arena = &w->run->arena;
  if (!strncmp(names, "{field}", 7)) names = mj_arena_format(arena, "%s%s", e->field ? e->field : "-", names + 7);
  if (!names || w->run->lang != MJ_ZH) return names;
  mj_text text = {0};
  bool ok = true;
  for (const char *at = names; ok && *at;) {
    size_t n = strcspn(at, ",");
    const char *name = mj_arena_text(arena, at, n), *word = name ? touched_word(w, name, &ok) : NULL;
    if (!word) ok = false;
    mj_text_add(&text, at == names ? "" : "、");
    mj_text_add(&text, word ? word : "");
    at += n + strspn(at + n, ", ");
  }
  const char *kept = ok && !text.failed ? mj_arena_text(arena, text.data ? text.data : "", text.n) : NULL;
  mj_text_reset(&text);
  return kept;
}

static mj_status name_entry(words *w, const mj_ledger_entry *e, named *out) {
  for (int i = 0; i < w->n_known; i++)
    if (w->known[i].code == e->code && same(w->known[i].layer, e->layer) && same(w->known[i].field, e->field)) {
      *out = w->known[i];
      return MJ_OK;
    }
  *out = (named){.layer = e->layer, .field = e->field, .code = e->code};
  out->layer_word = layer_word(w, e->layer);
  out->field_word = field_word(w, e->layer, e->field);
  out->touched = touched(w, e);
  if ((e->layer && !out->layer_word) || (e->field && !out->field_word) || !out->touched) return MJ_ENOMEM;
  if (w->n_known < REMEMBERED) w->known[w->n_known++] = *out;
  return MJ_OK;
}

/* A text of the program's own, whole: a value of the input is never put in other words. */
static const char *own_words(const mj_ledger_entry *e, const char *text, bool expected, mj_lang lang) {
  static const mj_ledger_code shapes[] = {MJ_L_ROW_NO_GEOMETRY, MJ_L_ROW_NOT_POLYGON, MJ_L_ROW_OTHER_KIND,
                                          MJ_L_COORD_NOT_FINITE};
  bool ours = expected;
  if (text && e->code == MJ_L_AREA_NOT_RECORDED)
    return lang == MJ_ZH ? mj_code_of("parcels", "area_basis", text, lang) : text;
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) ours |= e->code == shapes[i];
  if (!text || lang != MJ_ZH || !(ours || !strcmp(text, "bytes that are no text"))) return text;
  const char *word = e->code == MJ_L_VALUE_UNREADABLE ? mj_unit_word(text, lang) : text;
  return word != text && *word ? word : mj_tr(lang, text);
}

mj_status mj_run_ledger(mj_run *run, mj_error *err) {
  static const char *const names[] = {"code",  "severity", "layer",   "id",   "field",
                                      "found", "expected", "touches", "text", "todo"};
  const mj_ledger *ledger = &run->park->ledger;
  mj_table *t = &run->ledger;
  mj_column *c[10];
  words w = {.run = run};
  mj_status s = mj_table_init(t, "ledger", ledger->n);
  for (int i = 0; i < 10 && !s; i++) s = (c[i] = mj_table_add(t, names[i], MJ_TEXT)) ? MJ_OK : MJ_ENOMEM;
  mj_column *row = s ? NULL : mj_table_add(t, "row", MJ_I64);
  if (!row) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < ledger->n; i++) {
    const mj_ledger_entry *e = &ledger->entry[i];
    named called;
    if (name_entry(&w, e, &called)) return mj_fail(err, MJ_ENOMEM, "out of memory");
    const char *text[10] = {mj_ledger_code_name(e->code),
                            mj_severity_name(mj_ledger_severity(e->code), run->lang),
                            called.layer_word,
                            e->id,
                            called.field_word,
                            own_words(e, e->found, false, run->lang),
                            own_words(e, e->expected, true, run->lang),
                            called.touched,
                            mj_ledger_meaning(e->code, run->lang),
                            mj_ledger_remedy(e->code, run->lang)};
    for (int k = 0; k < 10; k++) c[k]->text[i] = text[k];
    if (e->row > 0) row->i64[i] = e->row; /* 0 is the whole layer */
  }
  return MJ_OK;
}

/* One text column in words, the others as they are. */
static mj_column *in_words(words *w, const mj_table *t, const mj_column *layer, const mj_column *from) {
  mj_column *to = mj_arena_alloc(&w->run->arena, 1, sizeof *to);
  if (!to) return NULL;
  *to = *from;
  to->text = mj_arena_alloc(&w->run->arena, (size_t)t->n + 1, sizeof *to->text);
  for (int64_t i = 0; to->text && i < t->n; i++) {
    named names;
    mj_ledger_entry e = {.layer = layer->text[i], .field = from == layer ? NULL : from->text[i]};
    if (name_entry(w, &e, &names)) return NULL;
    to->text[i] = from == layer ? names.layer_word : names.field_word;
  }
  return to->text ? to : NULL;
}

const mj_table *mj_run_worded(mj_run *run, mj_table_id id) {
  const mj_table *t = &run->park->table[id];
  const mj_column *layer = mj_table_find(t, "layer"), *field = mj_table_find(t, "field");
  words w = {.run = run};
  if (!layer || !field || run->lang != MJ_ZH) return t;
  mj_table *out = mj_arena_alloc(&run->arena, 1, sizeof *out);
  mj_column **columns = mj_arena_alloc(&run->arena, (size_t)t->n_columns + 1, sizeof *columns);
  if (!out || !columns) return NULL;
  for (int32_t i = 0; i < t->n_columns; i++) {
    bool worded = t->columns[i] == layer || t->columns[i] == field;
    columns[i] = worded ? in_words(&w, t, layer, t->columns[i]) : t->columns[i];
    if (!columns[i]) return NULL;
  }
  *out = *t;
  out->columns = columns;
  return out;
}
