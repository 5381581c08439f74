#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "judge/run.h"
#include "mujun/rooms.h"

/* What one check hands on. */
typedef struct {
  mj_rb_run *run;
  const mj_rulebook *book;
  mj_text *out;
  mj_lang lang;
  int doubts;
} lint;

MJ_PRINTF(4, 5) static void doubt(lint *l, int line, int column, const char *format, ...) {
  char text[400];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, mj_tr(l->lang, format), args);
  va_end(args);
  mj_text_format(l->out, "%s:%d:%d: %s\n", l->book->file, line, column, text);
  l->doubts++;
}

/* ---- words that turn missing data into an answer ---- */

static bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The first of them in the SQL, outside quotes; NULL: none. */
static const char *answers_missing(const char *sql) {
  static const char *const words[] = {"case", "coalesce", "ifnull", "iif"};
  bool was_is = false;
  while (sql && *sql) {
    size_t n = 0;
    if (*sql == '\'' || *sql == '"') {
      const char *end = strchr(sql + 1, *sql);
      sql = end ? end + 1 : sql + strlen(sql);
      continue;
    }
    while (is_word(sql[n])) n++;
    for (size_t i = 0; n && i < sizeof words / sizeof *words; i++)
      if (strlen(words[i]) == n && !strncasecmp(sql, words[i], n)) return words[i];
    if (n == 4 && was_is && !strncasecmp(sql, "null", 4)) return "is null";
    if ((n == 6 && !strncasecmp(sql, "isnull", 6)) || (n == 7 && !strncasecmp(sql, "notnull", 7))) return "is null";
    if (n) was_is = (n == 2 && !strncasecmp(sql, "is", 2)) || (was_is && n == 3 && !strncasecmp(sql, "not", 3));
    sql += n ? n : 1;
  }
  return NULL;
}

static void lint_sql(lint *l, const mj_rb_rule *rule, const mj_rb_sql *sql) {
  const char *word = answers_missing(sql->sql);
  if (word)
    doubt(l, sql->line, sql->column, "rule %s: '%s' can turn missing data into an answer; put it into a fact",
          rule->code, word);
}

/* ---- kinds of values ---- */

typedef struct {
  char kind[2][16];
} kinds;

static mj_status keep_kinds(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  kinds *k = user;
  (void)worker, (void)row, (void)err;
  for (int i = 0; i < 2; i++) snprintf(k->kind[i], sizeof k->kind[i], "%s", value[i].text ? value[i].text : "");
  return MJ_OK;
}

/* SQLite would compare '4.0' with 5 by some rule; tried on a parcel that has everything. */
static mj_status lint_kinds(lint *l, const mj_rb_rule *rule, const mj_rb_cond *c, mj_error *err) {
  kinds k = {{"", ""}};
  mj_text sql = {0};
  mj_text_format(&sql, "typeof((%s\n)),typeof((%s\n))", c->measure.sql, c->limit.sql);
  mj_status status = sql.failed ? mj_fail(err, MJ_ENOMEM, "out of memory")
                                : mj_rb_select(l->run, sql.data, NULL, 1, keep_kinds, &k, err);
  mj_text_reset(&sql);
  bool text = !strcmp(k.kind[0], "text"), other = !strcmp(k.kind[1], "text");
  if (!status && text != other && strcmp(k.kind[0], "null") != 0 && strcmp(k.kind[1], "null") != 0)
    doubt(l, c->measure.line, c->measure.column, "rule %s: '%s' gives %s, '%s' gives %s", rule->code, c->measure.sql,
          k.kind[0], c->limit.sql, k.kind[1]);
  return status;
}

static mj_status lint_rule(lint *l, const mj_rb_rule *rule, mj_error *err) {
  if (!rule->article || !*rule->article) doubt(l, rule->line, rule->column, "rule %s: no article", rule->code);
  if (!rule->text.zh) doubt(l, rule->line, rule->column, "rule %s: no Chinese text", rule->code);
  lint_sql(l, rule, &rule->scope);
  for (int i = 0; i < rule->n_leaves; i++) {
    lint_sql(l, rule, &rule->leaf[i]->measure);
    if (rule->leaf[i]->kind != MJ_RB_COMPARE) continue;
    lint_sql(l, rule, &rule->leaf[i]->limit);
    MJ_TRY(lint_kinds(l, rule, rule->leaf[i], err));
  }
  return MJ_OK;
}

/* ---- a parcel and an enterprise that have everything ---- */

/* Fields that a room behind the facts fills are not there yet when rules are evaluated. */
static bool is_given(const char *name) {
  const char *room = mj_rb_room_of(name);
  return !room || !strcmp(room, "intake") || !strcmp(room, "measure");
}

static mj_status fill_row(mj_park *park, const mj_rb_run *run, mj_table_id id) {
  mj_table *t = &park->table[id];
  MJ_TRY(mj_table_init(t, mj_table_id_name(id), 1));
  for (int i = 0; i < run->n_fields; i++) {
    const mj_rb_field *f = &run->field[i];
    if (strcmp(f->table, t->name) != 0 || (id == MJ_PARCELS && !is_given(f->name))) continue;
    const char *name = mj_arena_text(&t->arena, f->name, strlen(f->name));
    mj_column *c = name ? mj_table_add(t, name, f->type) : NULL;
    if (!c) return MJ_ENOMEM;
    if (f->type == MJ_F64) c->f64[0] = 1.5;
    if (f->type == MJ_I64) c->i64[0] = !strcmp(f->name, "year") ? park->project.year : 1;
    if (f->type == MJ_TEXT) c->text[0] = "x";
    if (f->type == MJ_DATE) c->date[0] = park->project.as_of;
    if (f->type == MJ_TRI) c->tri[0] = MJ_YES;
  }
  return MJ_OK;
}

/* How much of the standard-factory fit the book says, where it says any. */
static void lint_fit(lint *l) {
  const mj_fit_norms *fit = &l->book->fit;
  int norms = 0;
  for (int i = 0; i < MJ_FIT_LIMITS; i++) norms += ((fit->said | fit->unknown) >> i & 1) != 0;
  if (norms || fit->n_modules || fit->n_structures)
    mj_text_format(l->out, mj_tr(l->lang, "%s: norms of the fit: %d, modules: %d, structures: %d\n"), l->book->file,
                   norms, fit->n_modules, fit->n_structures);
}

static mj_status lint_book(lint *l, mj_park *park, mj_error *err) {
  const mj_rulebook *book = l->book = park->rulebooks[0];
  MJ_TRY(mj_rb_run_open(l->run, park, err));
  mj_rb_run_book(l->run, book);
  for (int i = 0; i < book->n_rules; i++) MJ_TRY(lint_rule(l, &book->rule[i], err));
  l->run->subject = MJ_ENTERPRISES;
  for (int i = 0; i < book->n_firm_rules; i++) MJ_TRY(lint_rule(l, &book->firm_rule[i], err));
  l->run->subject = MJ_PARCELS;
  for (int i = 0; book->ladder && i < book->ladder->n_tiers; i++) {
    const mj_rb_rule *rule = &book->ladder->tier[i].rule;
    for (int k = 0; k < rule->n_leaves; k++)
      if (rule->leaf[k]->kind == MJ_RB_COMPARE) MJ_TRY(lint_kinds(l, rule, rule->leaf[k], err));
  }
  lint_fit(l);
  mj_text_format(
      l->out, mj_tr(l->lang, "%s: rules: %d, facts: %d, targets: %d, indicators: %d, audits: %d; doubts: %d\n"),
      book->file, book->n_rules, book->n_facts, book->n_targets, book->n_indicators, book->n_audits, l->doubts);
  return l->out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

mj_status mj_rules_check(const char *name, mj_lang lang, mj_text *out, int *doubts, mj_error *err) {
  mj_park park = {.project = MJ_PROJECT_DEFAULTS};
  mj_rb_run run = {.park = &park};
  mj_rulebook *book;
  lint l = {.run = &run, .out = out, .lang = lang};
  park.project.lang = lang;
  park.project.rulebooks = &name;
  park.project.n_rulebooks = 1;
  park.project.threads = 1;
  mj_status status = mj_rb_open(&park.arena, name, &book, err);
  if (!status) {
    park.project.as_of = book->from; /* any day on which it is in force */
    park.project.year = 2000;
    status = mj_rb_read_fields(&run, err);
    if (!status && (fill_row(&park, &run, MJ_PARCELS) || fill_row(&park, &run, MJ_ENTERPRISES)))
      status = mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  mj_arena_reset(&run.arena);
  if (!status) status = mj_rules_load(&park, err);
  if (!status) status = mj_judge(&park, err);
  if (!status) status = lint_book(&l, &park, err);
  mj_rb_run_close(&run);
  mj_park_reset(&park);
  *doubts = l.doubts;
  return status;
}
