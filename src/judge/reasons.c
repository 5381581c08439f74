#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

typedef struct {
  const char *rulebook, *document;
} book_names;

/* Rows of the reasons in order of parcels, entries of one parcel as they were found. */
static int64_t *sort_by_parcel(const mj_rb_reasons *reasons, int64_t parcels) {
  int64_t *order = malloc(((size_t)reasons->n + 1) * sizeof *order), *next = calloc((size_t)parcels + 2, sizeof *next);
  for (int64_t i = 0; order && next && i < reasons->n; i++) next[reasons->reason[i].row + 1]++;
  for (int64_t i = 0; order && next && i < parcels; i++) next[i + 1] += next[i];
  for (int64_t i = 0; order && next && i < reasons->n; i++) order[next[reasons->reason[i].row]++] = i;
  if (!next) {
    free(order);
    order = NULL;
  }
  free(next);
  return order;
}

static mj_status name_books(const mj_park *park, mj_arena *arena, book_names *names) {
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    const mj_rulebook *b = park->rulebooks[i];
    const char *name = mj_rb_say(b->name, park->project.lang);
    names[i].rulebook = mj_arena_format(arena, "%s %s", b->code, b->version);
    names[i].document = mj_arena_format(arena, "%s%s%s", name, *name ? " " : "", b->document);
    if (!names[i].rulebook || !names[i].document) return MJ_ENOMEM;
  }
  return MJ_OK;
}

static const book_names *names_of(const mj_park *park, const book_names *names, const mj_rulebook *book) {
  int32_t i = 0;
  while (park->rulebooks[i] != book) i++;
  return &names[i];
}

const char *mj_rb_suspected(mj_lang lang) {
  return lang == MJ_ZH ? "疑似闲置（待调查认定）：" : "suspected idle (to be investigated): ";
}

/* The columns of the reasons, found once. */
typedef struct {
  const char **parcel_id, **name, **verdict_on, **rule, **rulebook, **document, **article, **measure, **value, **op,
      **limit, **operands, **certainty, **text, **measure_sql;
  int64_t *row;
  uint8_t *verdict;
  double *margin;
} reason_columns;

static reason_columns columns_of(const mj_table *t) {
  return (reason_columns){.parcel_id = mj_table_text(t, mj_table_find(t, "parcel_id") ? "parcel_id" : "credit_code"),
                          .name = mj_table_find(t, "enterprise_name") ? mj_table_text(t, "enterprise_name") : NULL,
                          .verdict_on = mj_table_text(t, "verdict_on"),
                          .rule = mj_table_text(t, "rule"),
                          .rulebook = mj_table_text(t, "rulebook"),
                          .document = mj_table_text(t, "document"),
                          .article = mj_table_text(t, "article"),
                          .measure = mj_table_text(t, "measure"),
                          .value = mj_table_text(t, "value"),
                          .op = mj_table_text(t, "op"),
                          .limit = mj_table_text(t, "limit_value"),
                          .operands = mj_table_text(t, "operands"),
                          .certainty = mj_table_text(t, "certainty"),
                          .text = mj_table_text(t, "text"),
                          .measure_sql = mj_table_text(t, "measure_sql"),
                          .row = mj_table_i64(t, "row"),
                          .verdict = mj_table_tri(t, "verdict"),
                          .margin = mj_table_f64(t, "margin")};
}

/* Every text is a rulebook's or the park's: rows only point. */
static void fill_row(const reason_columns *c, int64_t row, const mj_rb_reason *r, const char *parcel,
                     const book_names *names) {
  c->parcel_id[row] = parcel;
  c->verdict_on[row] = mj_rb_matter_name(r->rule->matter);
  c->verdict[row] = r->verdict;
  c->rule[row] = r->rule->code;
  c->rulebook[row] = names->rulebook;
  c->document[row] = names->document;
  c->article[row] = r->rule->article;
  c->measure[row] = r->measure;
  c->measure_sql[row] = r->leaf ? r->leaf->measure.sql : r->rule->scope.sql;
  c->value[row] = r->value;
  c->op[row] = r->leaf && *r->leaf->op ? r->leaf->op : NULL;
  c->limit[row] = r->limit;
  c->margin[row] = r->margin;
  c->operands[row] = r->operands;
  c->certainty[row] = r->assumed ? "assumed" : "stated";
  c->text[row] = r->clause;
}

/* An idle verdict never stands without the words that a bureau decides, nor a row of the ladder without its tier. */
static mj_status say_first(mj_park *park, const mj_rb_reason *r, const char **text) {
  mj_lang lang = park->project.lang;
  if (r->rule->matter == MJ_RB_IDLE && r->verdict == MJ_YES)
    *text = mj_arena_format(&park->arena, "%s%s", mj_rb_suspected(lang), r->clause);
  if (r->rule->matter == MJ_RB_RENEWAL)
    *text = mj_arena_format(&park->arena, lang == MJ_ZH ? "%s：%s" : "%s: %s",
                            mj_rb_tier_text(r->book->ladder, r->rule, lang), r->clause);
  return *text ? MJ_OK : MJ_ENOMEM;
}

static mj_status fill_rows(const mj_rb_run *run, mj_table_id into, const mj_rb_reasons *reasons, const int64_t *order,
                           const book_names *names) {
  mj_park *park = run->park;
  const mj_table *of = &park->table[run->subject];
  const char **id = mj_table_text(of, run->subject == MJ_PARCELS ? "parcel_id" : "credit_code"),
             **name = mj_table_text(of, "enterprise_name");
  reason_columns c = columns_of(&park->table[into]);
  for (int64_t i = 0; i < reasons->n; i++) {
    const mj_rb_reason *r = &reasons->reason[order[i]];
    fill_row(&c, i, r, id ? id[r->row] : NULL, names_of(park, names, r->book));
    if (c.name && name) c.name[i] = name[r->row];
    c.row[i] = mj_table_source_row(of, r->row);
    MJ_TRY(say_first(park, r, &c.text[i]));
  }
  return MJ_OK;
}

/* "QZ2025-1 ...，...；NAT-1 ..." of the rules that hold on one parcel: reasons order[first..last). */
static const char *parcel_text(const mj_rb_run *run, const mj_rb_reasons *reasons, const int64_t *order, int64_t first,
                               int64_t last, bool *any) {
  mj_lang lang = run->park->project.lang;
  mj_text text = {0};
  const mj_rb_rule *before = NULL;
  for (int64_t i = first; i < last; i++) {
    const mj_rb_reason *r = &reasons->reason[order[i]];
    if (r->verdict != MJ_YES || r->rule->matter == MJ_RB_RENEWAL) continue;
    if (r->rule == before) {
      mj_text_add(&text, lang == MJ_ZH ? "，" : ", ");
    } else {
      if (before) mj_text_add(&text, lang == MJ_ZH ? "；" : "; ");
      if (r->rule->matter == MJ_RB_IDLE && (!before || before->matter != MJ_RB_IDLE))
        mj_text_add(&text, mj_rb_suspected(lang));
      mj_text_format(&text, "%s ", r->rule->code);
    }
    mj_text_add(&text, r->clause);
    before = r->rule;
  }
  *any = before != NULL;
  const char *copy =
      before && !text.failed ? mj_arena_text(&run->park->table[MJ_PARCELS].arena, text.data, text.n) : NULL;
  mj_text_reset(&text);
  return copy;
}

mj_status mj_rb_write_reasons(mj_rb_run *run, mj_rb_reasons *reasons, mj_error *err) {
  mj_park *park = run->park;
  mj_table *rows = &park->table[run->subject];
  bool of_parcels = run->subject == MJ_PARCELS;
  mj_table_id into = of_parcels ? MJ_REASONS : MJ_ENTERPRISE_REASONS;
  MJ_TRY(mj_park_new_table(park, into, reasons->n, err));
  mj_column *column = of_parcels ? mj_table_add(rows, "reasons", MJ_TEXT) : NULL;
  book_names *names = mj_arena_alloc(&run->arena, (size_t)park->n_rulebooks + 1, sizeof *names);
  int64_t *order = sort_by_parcel(reasons, rows->n);
  mj_status status = (column || !of_parcels) && names && order ? name_books(park, &park->arena, names) : MJ_ENOMEM;
  if (!status) status = fill_rows(run, into, reasons, order, names);
  for (int64_t first = 0, last; column && !status && first < reasons->n; first = last) {
    int64_t row = reasons->reason[order[first]].row;
    bool any;
    for (last = first; last < reasons->n && reasons->reason[order[last]].row == row;) last++;
    column->text[row] = parcel_text(run, reasons, order, first, last, &any);
    if (any && !column->text[row]) status = MJ_ENOMEM;
  }
  free(order);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}
