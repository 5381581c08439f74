#include <stdlib.h>
#include <string.h>

#include "intake/near.h"

static const struct {
  const char *code;
  double score;
  const char *text;
} reasons[MJ_NEAR_REASONS] = {
    [MJ_NEAR_FORM] = {"form", 0.99, "the same but for blanks, full-width characters or capitals"},
    [MJ_NEAR_UNIT] = {"unit_of_parcel", 0.97, "both name one parcel: 28 characters begin with its 19"},
    [MJ_NEAR_LOOKALIKE] = {"lookalike", 0.95, "the same but for letters that look like digits (O 0, I 1)"},
    [MJ_NEAR_ZEROS] = {"leading_zeros", 0.95, "the same but for zeros in front"},
    [MJ_NEAR_OWNER] = {"owner_code", 0.85, "the parcel's owner has the credit code of this row, and no other parcel"},
    [MJ_NEAR_EDIT] = {"one_edit", 0.7, "one character differs or two are swapped; no other key is so near"},
    [MJ_NEAR_NUMBER] = {"cut_number", 0.7, "a spreadsheet kept the first digits only; no other key begins so"},
    [MJ_NEAR_NAME] = {"name", 0.7, "the same name of the enterprise"},
    [MJ_NEAR_NAME_STEM] = {"name_variant", 0.5, "the same name but for kind of company, brackets or place"},
};

double mj_near_score(mj_near_reason reason) { return reasons[reason].score; }

mj_status mj_nears_push(mj_nears *list, mj_near near) {
  if (list->n == list->cap) {
    int64_t cap = list->cap ? list->cap * 2 : 64;
    mj_near *grown = realloc(list->item, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    list->item = grown;
    list->cap = cap;
  }
  list->item[list->n++] = near;
  return MJ_OK;
}

void mj_nears_reset(mj_nears *list) {
  free(list->item);
  *list = (mj_nears){0};
}

static const char *sentence(mj_park *park, mj_arena *arena, const mj_near *near) {
  mj_lang lang = park->project.lang;
  const char *words = mj_tr(lang, reasons[near->reason].text);
  return near->text ? mj_arena_format(arena, "%s%s%s", words, lang == MJ_ZH ? "；" : "; ", mj_tr(lang, near->text))
                    : words;
}

mj_status mj_nears_table(mj_park *park, const mj_nears *list) {
  static const char *const names[] = {"layer", "id", "field", "old", "new", "reason", "who", "text"};
  enum { COLUMNS = sizeof names / sizeof *names };
  mj_table *t = &park->table[MJ_JOIN_CANDIDATES];
  mj_column *c[COLUMNS];
  if (!list->n) return MJ_OK;
  MJ_TRY(mj_table_init(t, mj_table_id_name(MJ_JOIN_CANDIDATES), list->n));
  for (int k = 0; k < COLUMNS; k++)
    if (!(c[k] = mj_table_add(t, names[k], MJ_TEXT))) return MJ_ENOMEM;
  mj_column *score = mj_table_add(t, "score", MJ_F64), *rows = mj_table_add(t, "rows", MJ_I64);
  if (!score || !rows) return MJ_ENOMEM;
  for (int64_t i = 0; i < list->n; i++) {
    const mj_near *near = &list->item[i];
    const char *text[COLUMNS] = {
        mj_table_id_name(near->role),   near->id, near->field, near->from, near->to, reasons[near->reason].code, NULL,
        sentence(park, &t->arena, near)};
    if (!text[COLUMNS - 1]) return MJ_ENOMEM;
    for (int k = 0; k < COLUMNS; k++) c[k]->text[i] = text[k];
    score->f64[i] = near->score;
    rows->i64[i] = near->rows;
  }
  return MJ_OK;
}
