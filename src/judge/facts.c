#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/lookup.h"
#include "judge/run.h"

enum { SEEN_NUMBER = 1, SEEN_FRACTION = 2, SEEN_DATE = 4, SEEN_TEXT = 8 };

/* A fact while it is evaluated: dates stand in number as days. */
typedef struct {
  mj_rb_fact *fact;
  double *number;
  const char **text;
  uint8_t *kind; /* [parcels] 0 (NULL) or one of the SEEN bits */
} pending;

typedef struct {
  pending *item;
  int n;
  mj_arena arena[MJ_RB_WORKERS];
} batch;

static bool is_iso_date(const char *text, int32_t *date) {
  if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') return false;
  *date = mj_date_parse(text);
  return *date != MJ_DATE_NULL;
}

/* The code that the row gave becomes what the table says of it. */
static void look_up(const pending *p, int64_t row, const mj_sql_value *code) {
  char number[32];
  int32_t date;
  if (code->kind == MJ_SQL_NULL) return;
  if (code->kind == MJ_SQL_NUMBER) mj_double_shortest(code->number, number);
  const char *found = mj_rb_lookup_find(p->fact->lookup, code->kind == MJ_SQL_TEXT ? code->text : number);
  if (!found) return;
  if (p->fact->type == MJ_TEXT) {
    p->kind[row] = SEEN_TEXT;
    p->text[row] = found;
  } else if (p->fact->type == MJ_DATE) {
    date = mj_date_parse(found);
    p->kind[row] = SEEN_DATE;
    p->number[row] = date;
  } else {
    p->kind[row] = p->fact->type == MJ_F64 ? SEEN_FRACTION : SEEN_NUMBER;
    mj_double_parse(found, &p->number[row]);
  }
}

static mj_status keep_value(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  batch *b = user;
  for (int i = 0; i < b->n; i++) {
    pending *p = &b->item[i];
    int32_t date;
    if (p->fact->lookup) {
      look_up(p, row, &value[i]);
      continue;
    }
    if (value[i].kind == MJ_SQL_NUMBER) {
      p->kind[row] =
          value[i].number == trunc(value[i].number) && fabs(value[i].number) < 9e15 ? SEEN_NUMBER : SEEN_FRACTION;
      p->number[row] = value[i].number;
    } else if (value[i].kind == MJ_SQL_TEXT && is_iso_date(value[i].text, &date)) {
      p->kind[row] = SEEN_DATE;
      p->number[row] = date;
    } else if (value[i].kind == MJ_SQL_TEXT) {
      p->kind[row] = SEEN_TEXT;
      p->text[row] = mj_arena_text(&b->arena[worker], value[i].text, strlen(value[i].text));
      if (!p->text[row]) return mj_fail(err, MJ_ENOMEM, "out of memory");
    }
  }
  return MJ_OK;
}

/* The declared type, or what the values are; a value that does not fit its declaration is an error. */
static mj_status type_of(const mj_rb_run *run, const mj_rulebook *book, const pending *p, mj_type *type,
                         mj_error *err) {
  static const unsigned allowed[] = {[MJ_F64] = 3, [MJ_I64] = 1, [MJ_TEXT] = 15, [MJ_DATE] = 4, [MJ_TRI] = 1};
  static const char *const names[] = {"", "number", "integer", "text", "date", "truth"};
  unsigned seen = 0;
  *type = (mj_type)p->fact->type;
  for (int64_t i = 0; i < run->park->table[MJ_PARCELS].n; i++) {
    seen |= p->kind[i];
    bool wrong = *type && (p->kind[i] & ~allowed[*type] ||
                           (*type == MJ_TRI && p->kind[i] && p->number[i] != 0 && p->number[i] != 1));
    if (!wrong) continue;
    mj_fail(err, MJ_ERULE, "fact '%s': the value of parcel row %lld is not of type %s", p->fact->name, (long long)i + 1,
            names[*type]);
    return mj_rb_blame(book, &p->fact->sql, "facts", MJ_ERULE, err);
  }
  if (!*type) *type = seen == SEEN_DATE ? MJ_DATE : seen & (SEEN_DATE | SEEN_TEXT) ? MJ_TEXT : MJ_F64;
  return MJ_OK;
}

static const char *as_text(mj_table *table, const pending *p, int64_t row) {
  char text[32];
  if (p->kind[row] == SEEN_TEXT) return mj_arena_text(&table->arena, p->text[row], strlen(p->text[row]));
  if (p->kind[row] == SEEN_DATE) mj_date_format((int32_t)p->number[row], text);
  else mj_double_shortest(p->number[row], text);
  return mj_arena_text(&table->arena, text, strlen(text));
}

static mj_status write_column(mj_rb_run *run, const mj_rulebook *book, const pending *p, mj_error *err) {
  mj_table *table = &run->park->table[MJ_PARCELS];
  mj_type type;
  MJ_TRY(type_of(run, book, p, &type, err));
  mj_column *c = mj_table_add(table, p->fact->name, type);
  if (!c) return mj_fail(err, MJ_ENOMEM, "out of memory");
  const char *label = mj_rb_say(p->fact->text, run->park->project.lang);
  if (*label) c->label = label;
  c->unit = p->fact->unit;
  c->over_area_mu = strstr(p->fact->sql.sql, "area_mu") != NULL;
  for (int64_t i = 0; i < table->n; i++) {
    if (!p->kind[i]) continue;
    if (type == MJ_F64) c->f64[i] = p->number[i];
    if (type == MJ_I64) c->i64[i] = (int64_t)p->number[i];
    if (type == MJ_DATE) c->date[i] = (int32_t)p->number[i];
    if (type == MJ_TRI) c->tri[i] = p->number[i] != 0;
    if (type == MJ_TEXT && !(c->text[i] = as_text(table, p, i))) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  return MJ_OK;
}

/* Evaluate the pending facts in one pass and add their columns. */
static mj_status flush(mj_rb_run *run, const mj_rulebook *book, batch *b, mj_error *err) {
  mj_text exprs = {0};
  mj_status status = MJ_OK;
  size_t n = (size_t)run->park->table[MJ_PARCELS].n + 1;
  if (!b->n) return MJ_OK;
  for (int i = 0; i < b->n; i++) {
    pending *p = &b->item[i];
    mj_text_format(&exprs, "%s(%s\n)", i ? "," : "", p->fact->sql.sql);
    p->number = calloc(n, sizeof *p->number);
    p->text = calloc(n, sizeof *p->text);
    p->kind = calloc(n, 1);
    if (!p->number || !p->text || !p->kind) status = MJ_ENOMEM;
  }
  if (status || exprs.failed) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status) status = mj_rb_select(run, exprs.data, NULL, (int64_t)n - 1, keep_value, b, err);
  if (status == MJ_ERULE) status = mj_rb_blame(book, &b->item[0].fact->sql, "facts", status, err);
  for (int i = 0; !status && i < b->n; i++) status = write_column(run, book, &b->item[i], err);
  for (int i = 0; i < b->n; i++) {
    free(b->item[i].number);
    free(b->item[i].text);
    free(b->item[i].kind);
    b->item[i] = (pending){0};
  }
  for (int i = 0; i < MJ_RB_WORKERS; i++) mj_arena_reset(&b->arena[i]);
  mj_text_reset(&exprs);
  b->n = 0;
  return status ? status : mj_rb_run_refresh(run, err);
}

/* The rulebook of this run that the fact is of. */
static const mj_rulebook *book_of(const mj_rb_run *run, const mj_rb_fact *fact) {
  for (int32_t b = 0; b < run->park->n_rulebooks; b++) {
    const mj_rulebook *book = run->park->rulebooks[b];
    if (fact >= book->fact && fact < book->fact + book->n_facts) return book;
  }
  return NULL;
}

static const mj_rb_limit *limit_of(const mj_rulebook *book, const char *name, size_t n) {
  for (int i = 0; book && i < book->n_limits; i++)
    if (strlen(book->limit[i].name) == n && !strncmp(book->limit[i].name, name, n)) return &book->limit[i];
  return NULL;
}

static bool same_limit(const mj_rb_limit *a, const mj_rb_limit *b) {
  if (!a || !b) return a == b; /* neither: :as_of and the like */
  if (a->text || b->text) return a->text && b->text && !strcmp(a->text, b->text);
  return a->number == b->number;
}

/* The same SQL means the same only where its constants do. */
static bool same_constants(const mj_rulebook *a, const mj_rulebook *b, const char *sql) {
  for (const char *at = sql; (at = strchr(at, ':')); at++) {
    size_t n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (n && !same_limit(limit_of(a, at + 1, n), limit_of(b, at + 1, n))) return false;
  }
  return true;
}

/* A name of the tables may not be a fact; the same fact in two rulebooks is one when SQL, constants and table are. */
static mj_status check_name(const mj_rb_run *run, const mj_rulebook *book, const mj_rb_fact *fact, bool *known,
                            mj_error *err) {
  const mj_rb_fact *other = mj_rb_find_fact(run, fact->name);
  *known = other && !strcmp(other->sql.sql, fact->sql.sql) && mj_rb_lookup_same(other->lookup, fact->lookup) &&
           same_constants(book_of(run, other), book, fact->sql.sql);
  if (*known || (!other && !mj_rb_column(run, fact->name))) return MJ_OK;
  if (other) mj_fail(err, MJ_ERULE, "fact '%s' is defined differently in another rulebook", fact->name);
  else mj_fail(err, MJ_ERULE, "fact '%s': the parcels have a column of that name", fact->name);
  return mj_rb_blame(book, &fact->sql, "facts", MJ_ERULE, err);
}

/* Find @p name among the words of the SQL: cheap, and at worst a batch ends early. */
static bool mentions(const char *sql, const char *name) { return strstr(sql, name) != NULL; }

static mj_status list_fact(mj_rb_run *run, const mj_rb_fact *fact, mj_error *err) {
  const mj_rb_fact **grown = mj_arena_alloc(&run->arena, (size_t)run->n_facts + 1, sizeof *grown);
  if (!grown) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (run->n_facts) memcpy(grown, run->fact, (size_t)run->n_facts * sizeof *grown);
  grown[run->n_facts++] = fact;
  run->fact = grown;
  return MJ_OK;
}

static mj_status add_fact(mj_rb_run *run, const mj_rulebook *book, mj_rb_fact *fact, batch *b, mj_error *err) {
  char what[160];
  bool known;
  MJ_TRY(check_name(run, book, fact, &known, err));
  if (known) return MJ_OK;
  for (int i = 0; i < b->n; i++)
    if (mentions(fact->sql.sql, b->item[i].fact->name)) {
      MJ_TRY(flush(run, book, b, err));
      break;
    }
  mj_lang lang = err ? err->lang : MJ_EN;
  snprintf(what, sizeof what, mj_tr(lang, fact->set ? "fact '%s' as the settings say" : "fact '%s'"), fact->name);
  MJ_TRY(mj_rb_check(run, book, what, mj_table_id_name(MJ_PARCELS), &fact->sql, &fact->reads, err));
  b->item[b->n++] = (pending){.fact = fact};
  return list_fact(run, fact, err);
}

mj_status mj_rb_facts_stand(mj_rb_run *run, mj_rulebook *book, mj_error *err) {
  for (int i = 0; i < book->n_facts; i++) {
    mj_rb_fact *fact = &book->fact[i];
    const mj_column *column = mj_table_find(&run->park->table[MJ_PARCELS], fact->name);
    if (!column || mj_rb_find_fact(run, fact->name)) continue;
    /* what it is computed from may not all be there: then the fact stands for itself */
    mj_status status = mj_rb_check(run, book, fact->name, mj_table_id_name(MJ_PARCELS), &fact->sql, &fact->reads, NULL);
    if (status == MJ_ERULE) {
      const mj_column **own = mj_arena_alloc(&run->arena, 1, sizeof *own);
      if (!own) return mj_fail(err, MJ_ENOMEM, "out of memory");
      *own = column;
      fact->reads = (mj_rb_reads){own, 1};
    } else if (status) {
      return mj_fail(err, status, "out of memory");
    }
    MJ_TRY(list_fact(run, fact, err));
  }
  return MJ_OK;
}

mj_status mj_rb_facts(mj_rb_run *run, mj_rulebook *book, bool after, mj_error *err) {
  batch *b = calloc(1, sizeof *b);
  mj_status status = MJ_OK;
  if (b) b->item = calloc((size_t)book->n_facts + 1, sizeof *b->item);
  if (!b || !b->item) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_run_book(run, book);
  for (int i = 0; !status && i < book->n_facts; i++)
    if (book->fact[i].after == after) status = add_fact(run, book, &book->fact[i], b, err);
  if (!status) status = flush(run, book, b, err);
  for (int i = 0; b && b->item && i < b->n; i++) { /* left over after a failure */
    free(b->item[i].number);
    free(b->item[i].text);
    free(b->item[i].kind);
  }
  if (b) free(b->item);
  free(b);
  return status;
}
