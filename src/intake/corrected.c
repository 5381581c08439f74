#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "base/text.h"
#include "intake/corrections.h"

/* What became of one line. */
typedef struct {
  int part;        /* that it speaks of, -1: none */
  bool applied;    /* its value stands in the cell */
  bool empty;      /* no new value: a form that was not filled in */
  bool spoilt;     /* another line of as much weight says otherwise: neither is applied */
  const char *why; /* it is not applied, in the run's language */
  mj_correction_look look;
} outcome;

typedef struct {
  const mj_corrections *list;
  mj_part *part;
  int n_parts;
  mj_park *park;
  mj_correction_look **look; /* [parts][lines] */
  outcome *outcome;          /* [lines] */
} settling;

/* One answer of all parts: the only cell that fits, else the first row that is named. */
static void join_looks(const settling *s, int64_t i, outcome *o, bool *known, bool *here) {
  o->part = -1;
  for (int p = 0; p < s->n_parts; p++) {
    const mj_correction_look *l = &s->look[p][i];
    *here = *here || l->here;
    *known = *known || l->known;
    bool better = l->rows && (!o->look.rows || (l->fits && !o->look.fits));
    int64_t rows = o->look.rows + l->rows, fits = o->look.fits + l->fits;
    if (better) {
      o->look = *l;
      o->part = p;
    }
    o->look.rows = rows;
    o->look.fits = fits;
  }
}

/* Why the line by itself cannot be applied, or NULL. */
static const char *fault_of(const settling *s, int64_t i, outcome *o) {
  const mj_correction *c = &s->list->item[i];
  mj_lang lang = s->park->project.lang;
  bool known = false, here = false;
  join_looks(s, i, o, &known, &here);
  o->empty = !c->value;
  if (!c->value) return mj_tr(lang, "no new value");
  if (c->unread)
    return mj_tr(lang, strcmp(c->unread, "row") ? "the year cannot be read" : "the row number cannot be read");
  if (c->role == MJ_ROLE_END) return mj_tr(lang, "no such layer");
  if (!here) return mj_tr(lang, "no input of that layer and file");
  if (!known) return mj_tr(lang, "no such field");
  if (!o->look.rows) return mj_tr(lang, "no such row");
  if (!o->look.fits) return mj_tr(lang, "the old value differs");
  if (o->look.fits > 1 && !o->look.key)
    return mj_tr(lang, "several rows fit; add the row number, the year or the file");
  const char *fault = mj_correction_fault(&s->part[o->part], &o->look, c->value);
  return fault ? mj_tr(lang, fault) : NULL;
}

/* True where the line puts its value into cells of part p. */
static bool is_put(const settling *s, int64_t i, int p) {
  const outcome *o = &s->outcome[i];
  return p == o->part || (o->look.key && s->look[p][i].fits);
}

/* How a line stands to those before it. */
typedef struct {
  int64_t cells, same;
  bool yields;
} standing;

/* Line i claims a cell. A suggestion that nobody put a name to gives way to a line with one, which also settles what
 * such suggestions make of it among themselves. */
static mj_status claim(settling *s, int64_t i, const char *cell, mj_keymap *cells, standing *is) {
  int32_t number;
  MJ_TRY(mj_keymap_add(cells, cell, (int32_t)i, &number));
  int64_t holder = cells->first[number];
  is->cells++;
  if (holder == i) return MJ_OK;
  const mj_correction *before = &s->list->item[holder], *here = &s->list->item[i];
  outcome *first = &s->outcome[holder], *o = &s->outcome[i];
  bool again = !strcmp(here->value, before->value);
  bool prevails = here->who && !before->who && (!again || first->spoilt);
  if (first->why || prevails) {
    if (!first->why) first->why = mj_tr(s->park->project.lang, "contradicts another line");
    cells->first[number] = (int32_t)i;
  } else if (again) {
    is->same++;
  } else if (before->who && !here->who) {
    is->yields = true;
  } else {
    first->spoilt = o->spoilt = true; /* lines after them still compare with them */
  }
  return MJ_OK;
}

/* Every cell that the line would be put into. */
static mj_status claim_cells(settling *s, int64_t i, mj_arena *arena, mj_keymap *cells, standing *is) {
  for (int p = 0; p < s->n_parts; p++) {
    if (!is_put(s, i, p)) continue;
    const mj_correction_look *l = &s->look[p][i];
    const char *field = l->column >= 0 ? s->part[p].column[l->column] : l->field->name;
    for (int64_t k = 0; k < (l->n_all ? l->n_all : 1); k++) {
      const char *cell = mj_arena_format(arena, "%d %lld %s", p, (long long)(l->n_all ? l->all[k] : l->row), field);
      if (!cell) return MJ_ENOMEM;
      MJ_TRY(claim(s, i, cell, cells, is));
    }
  }
  return MJ_OK;
}

/* Lines about one cell: the same again is applied once, two new values not at all. */
static mj_status compare_lines(settling *s, mj_arena *arena) {
  mj_keymap cells = {0};
  mj_lang lang = s->park->project.lang;
  mj_status status = MJ_OK;
  for (int64_t i = 0; i < s->list->n && !status; i++) {
    outcome *o = &s->outcome[i];
    standing is = {0};
    if (o->why) continue;
    status = claim_cells(s, i, arena, &cells, &is);
    if (is.yields) o->why = mj_tr(lang, "contradicts another line");
    else if (!o->spoilt && is.same == is.cells) o->why = mj_tr(lang, "the same line stands before");
  }
  for (int64_t i = 0; i < s->list->n && !status; i++)
    if (!s->outcome[i].why && s->outcome[i].spoilt) s->outcome[i].why = mj_tr(lang, "contradicts another line");
  mj_keymap_reset(&cells);
  return status;
}

static mj_status put_values(settling *s) {
  for (int64_t i = 0; i < s->list->n; i++) {
    outcome *o = &s->outcome[i];
    if (o->why) continue;
    for (int p = 0; p < s->n_parts; p++)
      if (is_put(s, i, p)) MJ_TRY(mj_correction_put(&s->part[p], &s->look[p][i], s->list->item[i].value));
    o->applied = true;
  }
  return MJ_OK;
}

/* ---- what is said of it ---- */

static mj_status enter(settling *s, int64_t i) {
  const mj_correction *c = &s->list->item[i];
  const outcome *o = &s->outcome[i];
  const mj_part *p = o->part < 0 ? NULL : &s->part[o->part];
  mj_ledger_entry e = {.code = o->applied ? MJ_L_CORRECTION_APPLIED : MJ_L_CORRECTION_NOT_APPLIED,
                       .layer = p          ? p->label
                                : c->layer ? c->layer
                                           : "corrections",
                       .id = c->id,
                       .row = p ? mj_table_source_row(&p->table, o->look.row) : c->row,
                       .field = o->look.field ? o->look.field->name : c->field,
                       .found = o->applied ? o->look.found : NULL,
                       .expected = c->value};
  mj_arena *arena = &s->park->arena;
  if (!o->applied) {
    bool differs = p && !o->look.fits;
    e.found = differs
                  ? mj_arena_format(arena, mj_tr(s->park->project.lang, "line %lld: %s; found '%s'"),
                                    (long long)c->line, o->why, o->look.found)
                  : mj_arena_format(arena, mj_tr(s->park->project.lang, "line %lld: %s"), (long long)c->line, o->why);
    e.expected = c->old;
    if (!e.found) return MJ_ENOMEM;
  }
  return mj_ledger_add(&s->park->ledger, e);
}

/* Lines of a form that nobody filled in are one entry with their number. */
static mj_status enter_all(settling *s) {
  int64_t empty = 0;
  for (int64_t i = 0; i < s->list->n; i++)
    if (s->outcome[i].empty) empty++;
    else MJ_TRY(enter(s, i));
  if (!empty) return MJ_OK;
  const char *found = mj_arena_format(&s->park->arena, mj_tr(s->park->project.lang, "lines without a new value: %lld"),
                                      (long long)empty);
  mj_ledger_entry e = {.code = MJ_L_CORRECTION_NOT_APPLIED, .layer = "corrections", .found = found};
  return found ? mj_ledger_add(&s->park->ledger, e) : MJ_ENOMEM;
}

static const char *copy(mj_arena *arena, const char *text, bool *ok) {
  const char *made = text ? mj_arena_text(arena, text, strlen(text)) : NULL;
  *ok = *ok && (made || !text);
  return made;
}

static mj_status write_table(settling *s) {
  static const char *const names[] = {"layer", "id",  "field", "old_value", "new_value",
                                      "state", "why", "found", "reason",    "who"};
  enum { TEXTS = sizeof names / sizeof *names };
  mj_table *t = &s->park->table[MJ_CORRECTIONS];
  bool ok = true;
  MJ_TRY(mj_table_init(t, mj_table_id_name(MJ_CORRECTIONS), s->list->n));
  mj_column *line = mj_table_add(t, "line", MJ_I64), *row = mj_table_add(t, "row", MJ_I64), *text[TEXTS];
  if (!line || !row) return MJ_ENOMEM;
  for (int k = 0; k < TEXTS; k++)
    if (!(text[k] = mj_table_add(t, names[k], MJ_TEXT))) return MJ_ENOMEM;
  for (int64_t i = 0; i < s->list->n && ok; i++) {
    const mj_correction *c = &s->list->item[i];
    const outcome *o = &s->outcome[i];
    const mj_part *p = o->part < 0 ? NULL : &s->part[o->part];
    const char *values[TEXTS] = {p ? p->label : c->layer,
                                 c->id,
                                 o->look.field ? o->look.field->name : c->field,
                                 c->old,
                                 c->value,
                                 o->applied ? "applied" : "not_applied",
                                 o->why,
                                 p ? o->look.found : NULL,
                                 c->reason,
                                 c->who};
    for (int k = 0; k < TEXTS; k++) text[k]->text[i] = copy(&t->arena, values[k], &ok);
    line->i64[i] = c->line;
    if (p) row->i64[i] = mj_table_source_row(&p->table, o->look.row);
    else if (c->row) row->i64[i] = c->row;
  }
  return ok ? MJ_OK : MJ_ENOMEM;
}

static mj_status settle(settling *s, mj_arena *arena) {
  s->look = mj_arena_alloc(arena, (size_t)s->n_parts + 1, sizeof *s->look);
  s->outcome = mj_arena_alloc(arena, (size_t)s->list->n + 1, sizeof *s->outcome);
  if (!s->look || !s->outcome) return MJ_ENOMEM;
  for (int p = 0; p < s->n_parts; p++) {
    s->look[p] = mj_arena_alloc(arena, (size_t)s->list->n + 1, sizeof **s->look);
    if (!s->look[p]) return MJ_ENOMEM;
    MJ_TRY(mj_correction_find(s->list, &s->part[p], s->look[p]));
  }
  for (int64_t i = 0; i < s->list->n; i++) { s->outcome[i].why = fault_of(s, i, &s->outcome[i]); }
  MJ_TRY(compare_lines(s, arena));
  MJ_TRY(put_values(s));
  MJ_TRY(enter_all(s));
  return write_table(s);
}

mj_status mj_corrections_apply(const mj_corrections *corrections, mj_part *part, int n_parts, mj_park *park,
                               mj_error *err) {
  settling s = {.list = corrections, .part = part, .n_parts = n_parts, .park = park};
  mj_arena arena = {0};
  if (!corrections->path) return MJ_OK;
  mj_status status = settle(&s, &arena);
  mj_arena_reset(&arena);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}
