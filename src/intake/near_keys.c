#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/code_list.h"
#include "base/parallel.h"
#include "intake/code_tally.h"
#include "intake/near_find.h"

/* Which key of which table should meet which. */
typedef struct {
  mj_table_id role;
  const char *field;
  mj_table_id of;
  const char *of_field;
  mj_key_kind kind;
} join;

/* A key in a cell that lists several: which of those that meet nothing, and where it stands. */
typedef struct {
  int32_t miss, at, n;
} unmet;

/* One join under work. */
typedef struct {
  mj_park *park;
  const join *j;
  mj_table *t;                /* of join.role */
  const char **key;           /* the field */
  mj_keymap all;              /* keys of the other table */
  mj_keymap single;           /* those of one row, where some have several */
  const mj_keymap *reference; /* keys that may be met, one of the two: of parcels and buildings those of one row only */
  int32_t *met;               /* [rows] number of the key in all, or -1 */
  mj_keymap miss;             /* keys that meet nothing */
  mj_keymap lists;            /* cells that list several keys, one of which meets nothing */
  unmet *in_list;             /* [lists.n] */
  int32_t cap_lists;
  mj_near_found *found;           /* [miss.n] */
  mj_near_index by_code, by_name; /* parcels by their owner, enterprises by their name */
  mj_keymap lines;                /* "id|old|new" */
  mj_nears *list;
  mj_arena arena;
  int64_t rows, first_line;
} work;

/* The first code of the cell that meets nothing, in @p arena; NULL: there is none, or no memory. *known: how many do
 * meet something. A short one is the end of the code before it, as in measure. */
static const char *first_unmet(const mj_keymap *all, const char *cell, mj_arena *arena, int *known, unmet *out) {
  const char *rest = cell, *piece, *before = NULL, *missing = NULL;
  size_t n;
  while (mj_code_list_next(&rest, &piece, &n)) {
    const char *code = mj_code_list_text(arena, NULL, piece, n);
    bool met = code && mj_keymap_find(all, code) >= 0;
    if (code && !met && before) code = mj_code_list_text(arena, before, piece, n);
    met = met || (code && mj_keymap_find(all, code) >= 0);
    before = code;
    *known += met;
    if (met || missing) continue;
    missing = code;
    *out = (unmet){.at = (int32_t)(piece - cell), .n = (int32_t)n};
  }
  return missing;
}

static mj_status push_list(work *w, const char *cell, const char *missing, unmet first, int32_t row) {
  const char *code = mj_arena_text(&w->arena, missing, strlen(missing));
  int32_t number;
  if (!code) return MJ_ENOMEM;
  MJ_TRY(mj_keymap_add(&w->miss, code, row, &first.miss));
  MJ_TRY(mj_keymap_add(&w->lists, cell, row, &number));
  if (number >= w->cap_lists) {
    int32_t cap = w->cap_lists ? 2 * w->cap_lists : 64;
    unmet *grown = realloc(w->in_list, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    w->in_list = grown;
    w->cap_lists = cap;
  }
  w->in_list[number] = first;
  return MJ_OK;
}

/* A key that meets nothing. Cells of enterprises and occupancies may list several parcels: a cell of which one code at
 * least is known is taken for such a list, and the first code that is not stands for it. */
static mj_status take_miss(work *w, int32_t row) {
  const char *cell = w->key[row], *missing = NULL;
  bool may_list = w->j->kind == MJ_KEY_PARCEL && (w->j->role == MJ_ENTERPRISES || w->j->role == MJ_OCCUPANCIES);
  int32_t number;
  int known = 0;
  unmet first;
  mj_arena scratch = {.page_size = 2048}; /* most lists are short */
  if (may_list && mj_code_list_is(cell)) missing = first_unmet(&w->all, cell, &scratch, &known, &first);
  mj_status status = MJ_OK;
  if (!known) status = mj_keymap_add(&w->miss, cell, row, &number);
  else if (missing) status = push_list(w, cell, missing, first, row);
  mj_arena_reset(&scratch);
  return status;
}

/* The keys that may be met. An enterprise has a row a year. */
static mj_status take_reference(work *w) {
  const mj_table *t = &w->park->table[w->j->of];
  const char *const *id = (const char *const *)mj_table_text(t, w->j->of_field);
  int32_t *number = mj_arena_alloc(&w->arena, (size_t)t->n + 1, sizeof *number), singles = 0, unused;
  if (!number) return MJ_ENOMEM;
  w->reference = &w->all;
  if (id) MJ_TRY(mj_keymap_add_all(&w->all, id, t->n, number));
  for (int32_t k = 0; k < w->all.n; k++) singles += w->all.count[k] == 1;
  if (w->j->of == MJ_ENTERPRISES || singles == w->all.n) return MJ_OK;
  w->reference = &w->single;
  MJ_TRY(mj_keymap_reserve(&w->single, singles));
  for (int32_t k = 0; k < w->all.n; k++)
    if (w->all.count[k] == 1) MJ_TRY(mj_keymap_add(&w->single, w->all.key[k], w->all.first[k], &unused));
  return MJ_OK;
}

static mj_status meet_range(void *ctx, int64_t first, int64_t last, int worker) {
  work *w = ctx;
  (void)worker;
  mj_keymap_find_all(&w->all, (const char *const *)w->key + first, last - first, w->met + first);
  return MJ_OK;
}

static mj_status take_misses(work *w) {
  enum { CHUNK = 16384 };
  w->met = mj_arena_alloc(&w->arena, (size_t)w->t->n + 1, sizeof *w->met);
  if (!w->met) return MJ_ENOMEM;
  MJ_TRY(mj_parallel(w->park->project.threads, w->t->n, CHUNK, meet_range, w));
  for (int64_t i = 0; i < w->t->n; i++)
    if (w->key[i] && w->met[i] < 0) MJ_TRY(take_miss(w, (int32_t)i));
  return MJ_OK;
}

/* ---- other grounds: who owns the parcel, what the enterprise is called ---- */

static mj_status take_indexes(work *w) {
  const mj_table *pt = &w->park->table[MJ_PARCELS], *et = &w->park->table[MJ_ENTERPRISES];
  const char *const *id = (const char *const *)mj_table_text(pt, "parcel_id");
  if (w->j->kind == MJ_KEY_PARCEL) {
    MJ_TRY(mj_near_index_make(&w->by_code, (const char *const *)mj_table_text(pt, "owner_code"), id, pt->n, false));
    return mj_near_index_make(&w->by_name, (const char *const *)mj_table_text(pt, "owner_name"), id, pt->n, true);
  }
  if (w->j->kind != MJ_KEY_CREDIT || w->j->role != MJ_OCCUPANCIES) return MJ_OK;
  return mj_near_index_make(&w->by_name, (const char *const *)mj_table_text(et, "enterprise_name"),
                            (const char *const *)mj_table_text(et, "credit_code"), et->n, true);
}

/* A parcel code that several parcels bear leads to none of them. */
static const char *joinable(const work *w, const char *value) {
  return mj_keymap_find(w->reference, value) >= 0 ? value : NULL;
}

/* What the owner's code or the enterprise's name leads to; NULL: nothing. */
static const char *by_other_ground(const work *w, int64_t row, mj_near_reason *reason) {
  const char **code = mj_table_text(w->t, "credit_code"), **name = mj_table_text(w->t, "enterprise_name");
  int32_t k = code && code[row] && w->j->kind == MJ_KEY_PARCEL ? mj_near_index_find(&w->by_code, code[row], false) : -1;
  *reason = MJ_NEAR_OWNER;
  if (k >= 0) return joinable(w, w->by_code.value[k]);
  k = name && name[row] ? mj_near_index_find(&w->by_name, name[row], true) : -1;
  if (k < 0) return NULL;
  char a[MJ_FOLD], b[MJ_FOLD];
  mj_fold(name[row], a);
  mj_fold(w->by_name.name[k], b);
  *reason = strcmp(a, b) ? MJ_NEAR_NAME_STEM : MJ_NEAR_NAME;
  return joinable(w, w->by_name.value[k]);
}

/* ---- lines ---- */

/* The owner of the parcel that an edited key leads to speaks for it or against it. */
static double weigh_owner(const work *w, int64_t row, int32_t reference, mj_near *near) {
  const char **owner = mj_table_text(&w->park->table[MJ_PARCELS], "owner_code"),
             **code = mj_table_text(w->t, "credit_code");
  if (w->j->kind != MJ_KEY_PARCEL || !owner || !code || !code[row]) return near->score;
  const char *has = owner[w->reference->first[reference]];
  if (!has) return near->score;
  bool same = !strcmp(has, code[row]);
  near->text = same ? "the parcel's owner has this row's credit code" : "the parcel has another owner";
  return same ? 1 - (1 - near->score) / 4 : near->score / 2;
}

static mj_status put_line(work *w, mj_near near) {
  int32_t number;
  const char *key =
      mj_arena_format(&w->arena, "%s\x01%s\x01%s", near.id ? near.id : "", near.from ? near.from : "", near.to);
  if (!key) return MJ_ENOMEM;
  number = mj_keymap_find(&w->lines, key);
  if (number >= 0) {
    w->list->item[w->first_line + number].rows++;
    return MJ_OK;
  }
  MJ_TRY(mj_keymap_add(&w->lines, key, 0, &number));
  return mj_nears_push(w->list, near);
}

/* The whole cell with the proposed code in it: it is the cell that a correction changes. */
static mj_status put_in_list(work *w, const char *cell, unmet of, mj_near *near) {
  near->to = mj_arena_format(&w->park->arena, "%.*s%s%s", of.at, cell, near->to, cell + of.at + of.n);
  return near->to ? MJ_OK : MJ_ENOMEM;
}

static mj_status propose(work *w, int64_t row) {
  const char *key = w->key[row];
  int32_t list = key ? mj_keymap_find(&w->lists, key) : -1;
  int32_t m = list >= 0 ? w->in_list[list].miss : key ? mj_keymap_find(&w->miss, key) : -1;
  mj_near line[2] = {{.role = w->j->role, .id = mj_row_id(w->t, w->j->role, row), .field = w->j->field, .from = key}};
  mj_near *near = &line[0], *other = &line[1];
  if (key && m < 0) return MJ_OK;
  near->rows = 1;
  *other = *near;
  if (m >= 0 && w->found[m].key >= 0) {
    near->reason = w->found[m].reason;
    near->to = w->reference->key[w->found[m].key];
    near->score = mj_near_score(near->reason);
    near->score = weigh_owner(w, row, w->found[m].key, near);
  }
  if (list >= 0 && near->to) MJ_TRY(put_in_list(w, key, w->in_list[list], near));
  if (list < 0) other->to = by_other_ground(w, row, &other->reason); /* what it leads to is one parcel, and no list */
  other->score = mj_near_score(other->reason);
  if (other->to && near->to && !strcmp(other->to, near->to)) other->to = NULL;
  bool turn = other->to && near->to && other->score > near->score; /* the likelier stands first */
  for (int k = 0; k < 2; k++)
    if (line[turn ? 1 - k : k].to) MJ_TRY(put_line(w, line[turn ? 1 - k : k]));
  w->rows += near->to || other->to;
  return MJ_OK;
}

/* A row without a key is asked about where something else may stand in: an enterprise without parcel and occupancy, an
 * occupancy without code but with a name. */
static bool asked_without_key(const work *w, const mj_keymap *occupied, int64_t row) {
  const char **code = mj_table_text(w->t, "credit_code");
  if (w->j->role == MJ_OCCUPANCIES) return w->j->kind == MJ_KEY_CREDIT;
  return w->j->role == MJ_ENTERPRISES && !(code && code[row] && mj_keymap_find(occupied, code[row]) >= 0);
}

static mj_status say(work *w) {
  char found[160];
  if (w->list->n == w->first_line) return MJ_OK;
  snprintf(found, sizeof found, mj_tr(w->park->project.lang, "%lld rows; %lld lines in join_candidates"),
           (long long)w->rows, (long long)(w->list->n - w->first_line));
  return mj_ledger_add(
      &w->park->ledger,
      (mj_ledger_entry){
          .code = MJ_L_KEY_NEARLY, .layer = mj_table_id_name(w->j->role), .field = w->j->field, .found = found});
}

static mj_status run(work *w, const mj_keymap *occupied) {
  MJ_TRY(take_reference(w));
  MJ_TRY(take_misses(w));
  w->found = mj_arena_alloc(&w->arena, (size_t)w->miss.n + 1, sizeof *w->found);
  if (!w->found) return MJ_ENOMEM;
  if (w->miss.n) MJ_TRY(mj_near_find(w->reference, &w->miss, w->j->kind, w->park->project.threads, w->found));
  bool indexed = false;
  for (int64_t i = 0; i < w->t->n; i++) {
    if (w->key[i] ? w->met[i] >= 0 : !asked_without_key(w, occupied, i)) continue;
    if (!indexed) MJ_TRY(take_indexes(w)); /* for the first that is asked about: most tables have none */
    indexed = true;
    MJ_TRY(propose(w, i));
  }
  return say(w);
}

static mj_status one_join(mj_park *park, const join *j, const mj_keymap *occupied, mj_nears *list) {
  work w = {.park = park, .j = j, .t = &park->table[j->role], .list = list, .first_line = list->n};
  w.key = mj_table_text(w.t, j->field);
  if (!w.key || !mj_table_text(&park->table[j->of], j->of_field)) return MJ_OK;
  mj_status status = run(&w, occupied);
  mj_keymap_reset(&w.all);
  mj_keymap_reset(&w.single);
  mj_keymap_reset(&w.miss);
  mj_keymap_reset(&w.lists);
  free(w.in_list);
  mj_keymap_reset(&w.lines);
  mj_near_index_reset(&w.by_code);
  mj_near_index_reset(&w.by_name);
  mj_arena_reset(&w.arena);
  return status;
}

mj_status mj_near_keys(mj_park *park, mj_error *err) {
  static const join joins[] = {
      {MJ_ENTERPRISES, "parcel_id", MJ_PARCELS, "parcel_id", MJ_KEY_PARCEL},
      {MJ_OCCUPANCIES, "parcel_id", MJ_PARCELS, "parcel_id", MJ_KEY_PARCEL},
      {MJ_OCCUPANCIES, "credit_code", MJ_ENTERPRISES, "credit_code", MJ_KEY_CREDIT},
      {MJ_OCCUPANCIES, "building_id", MJ_BUILDINGS, "building_id", MJ_KEY_OTHER},
      {MJ_FACTORY_UNITS, "parcel_id", MJ_PARCELS, "parcel_id", MJ_KEY_PARCEL},
      {MJ_FACTORY_UNITS, "credit_code", MJ_ENTERPRISES, "credit_code", MJ_KEY_CREDIT},
      {MJ_FACTORY_UNITS, "building_id", MJ_BUILDINGS, "building_id", MJ_KEY_OTHER},
      {MJ_PROJECTS, "parcel_id", MJ_PARCELS, "parcel_id", MJ_KEY_PARCEL},
      {MJ_CONTRACTS, "parcel_id", MJ_PARCELS, "parcel_id", MJ_KEY_PARCEL},
  };
  const mj_table *occ = &park->table[MJ_OCCUPANCIES];
  const char **code = mj_table_text(occ, "credit_code");
  mj_keymap occupied = {0};
  mj_nears list = {0};
  mj_status status = MJ_OK;
  int32_t number;
  for (int64_t i = 0; code && !status && i < occ->n; i++)
    if (code[i]) status = mj_keymap_add(&occupied, code[i], (int32_t)i, &number);
  for (size_t i = 0; !status && i < sizeof joins / sizeof *joins; i++)
    status = one_join(park, &joins[i], &occupied, &list);
  if (!status) status = mj_nears_table(park, &list);
  mj_keymap_reset(&occupied);
  mj_nears_reset(&list);
  return status ? mj_fail(err, status, "out of memory") : MJ_OK;
}
