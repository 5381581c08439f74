#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/text.h"
#include "judge/run.h"

typedef struct {
  const char *rulebook, *document;
} book_names;

/* Rows of the reasons in order of parcels, entries of one parcel as they were found; those of parcel p end at end[p].
 */
static bool sort_by_parcel(const mj_rb_reasons *reasons, int64_t parcels, int64_t **order, int64_t **end) {
  int64_t *place = *order = malloc(((size_t)reasons->n + 1) * sizeof *place);
  int64_t *next = *end = calloc((size_t)parcels + 2, sizeof *next);
  if (!place || !next) return false;
  for (int64_t i = 0; i < reasons->n; i++) next[reasons->reason[i].row + 1]++;
  for (int64_t i = 0; i < parcels; i++) next[i + 1] += next[i];
  for (int64_t i = 0; i < reasons->n; i++) place[next[reasons->reason[i].row]++] = i;
  return true;
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

/* What one worker writes with. */
typedef struct {
  mj_text text; /* what is being put together */
  mj_arena arena;
} desk;

/* The reasons on their way into the table. */
typedef struct {
  const mj_park *park;
  const mj_rb_reasons *reasons;
  const int64_t *order, *end;
  const book_names *names;
  bool table;              /* its rows are wanted; else only what is said of each parcel */
  const char **id, **name; /* of the parcel or enterprise; NULL: none */
  const char **said;       /* parcels.reasons; NULL: of enterprises */
  const mj_table *of;
  reason_columns column;
  desk *desk; /* [threads] */
} writing;

static const char *keep(desk *d) { return d->text.failed ? NULL : mj_arena_text(&d->arena, d->text.data, d->text.n); }

/* An idle verdict never stands without the words that a bureau decides, nor a row of the ladder without its tier. */
static mj_status say_first(const writing *w, const mj_rb_reason *r, desk *d, const char **text) {
  mj_lang lang = w->park->project.lang;
  bool idle = r->rule->matter == MJ_RB_IDLE && r->verdict == MJ_YES, tier = r->rule->matter == MJ_RB_RENEWAL;
  if (!idle && !tier) return MJ_OK;
  d->text.n = 0;
  mj_text_add(&d->text, idle ? mj_rb_suspected(lang) : mj_rb_tier_text(r->book->ladder, r->rule, lang));
  if (tier) mj_text_add(&d->text, lang == MJ_ZH ? "：" : ": ");
  mj_text_add(&d->text, r->clause);
  return (*text = keep(d)) ? MJ_OK : MJ_ENOMEM;
}

/* "QZ2025-1 ...，...；NAT-1 ..." of the rules that hold on one parcel: reasons order[first..last). */
static mj_status say_all(const writing *w, int64_t first, int64_t last, desk *d, const char **said) {
  mj_lang lang = w->park->project.lang;
  const mj_rb_rule *before = NULL;
  d->text.n = 0;
  for (int64_t i = first; i < last; i++) {
    const mj_rb_reason *r = &w->reasons->reason[w->order[i]];
    if (r->verdict != MJ_YES || r->rule->matter == MJ_RB_RENEWAL) continue;
    if (r->rule == before) {
      mj_text_add(&d->text, lang == MJ_ZH ? "，" : ", ");
    } else {
      if (before) mj_text_add(&d->text, lang == MJ_ZH ? "；" : "; ");
      if (r->rule->matter == MJ_RB_IDLE && (!before || before->matter != MJ_RB_IDLE))
        mj_text_add(&d->text, mj_rb_suspected(lang));
      mj_text_add(&d->text, r->rule->code);
      mj_text_add(&d->text, " ");
    }
    mj_text_add(&d->text, r->clause);
    before = r->rule;
  }
  if (before) *said = keep(d);
  return before && !*said ? MJ_ENOMEM : MJ_OK;
}

static mj_status write_range(void *ctx, int64_t first, int64_t last, int worker) {
  const writing *w = ctx;
  desk *d = &w->desk[worker];
  const reason_columns *c = &w->column;
  for (int64_t row = first, i = first ? w->end[first - 1] : 0; row < last; row++) {
    int64_t from = i;
    for (; i < w->end[row]; i++) {
      if (!w->table) continue;
      const mj_rb_reason *r = &w->reasons->reason[w->order[i]];
      fill_row(c, i, r, w->id ? w->id[row] : NULL, names_of(w->park, w->names, r->book));
      if (c->name && w->name) c->name[i] = w->name[row];
      c->row[i] = mj_table_source_row(w->of, row);
      MJ_TRY(say_first(w, r, d, &c->text[i]));
    }
    if (w->said && i > from) MJ_TRY(say_all(w, from, i, d, &w->said[row]));
  }
  return MJ_OK;
}

/* Parcels side by side; what they point to is the park's afterwards. */
static mj_status write_all(writing *w, mj_park *park, int64_t rows) {
  enum { CHUNK = 1024 };
  int threads = mj_threads(park->project.threads);
  w->desk = calloc((size_t)threads, sizeof *w->desk);
  if (!w->desk) return MJ_ENOMEM;
  mj_status status = mj_parallel(threads, rows, CHUNK, write_range, w);
  for (int i = 0; i < threads; i++) {
    mj_arena_adopt(&park->arena, &w->desk[i].arena);
    mj_text_reset(&w->desk[i].text);
  }
  free(w->desk);
  return status;
}

mj_status mj_rb_write_reasons(mj_rb_run *run, mj_rb_reasons *reasons, mj_error *err) {
  mj_park *park = run->park;
  mj_table *rows = &park->table[run->subject];
  bool of_parcels = run->subject == MJ_PARCELS;
  mj_table_id into = of_parcels ? MJ_REASONS : MJ_ENTERPRISE_REASONS;
  bool wanted = mj_park_wants(park, into);
  MJ_TRY(mj_park_new_table(park, into, wanted ? reasons->n : 0, err));
  mj_column *said = of_parcels ? mj_table_add(rows, "reasons", MJ_TEXT) : NULL;
  book_names *names = mj_arena_alloc(&run->arena, (size_t)park->n_rulebooks + 1, sizeof *names);
  int64_t *order = NULL, *end = NULL;
  mj_status status = (said || !of_parcels) && names ? name_books(park, &park->arena, names) : MJ_ENOMEM;
  if (!status && !sort_by_parcel(reasons, rows->n, &order, &end)) status = MJ_ENOMEM;
  writing w = {.park = park,
               .reasons = reasons,
               .order = order,
               .end = end,
               .names = names,
               .table = wanted,
               .id = mj_table_text(rows, of_parcels ? "parcel_id" : "credit_code"),
               .name = mj_table_text(rows, "enterprise_name"),
               .said = said ? said->text : NULL,
               .of = rows,
               .column = columns_of(&park->table[into])};
  if (!status && (wanted || said)) status = write_all(&w, park, rows->n);
  free(order);
  free(end);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}
