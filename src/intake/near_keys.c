#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* One join under work. */
typedef struct {
  mj_park *park;
  const join *j;
  mj_table *t;                    /* of join.role */
  const char **key;               /* the field */
  mj_keymap reference;            /* keys that may be met: of parcels and buildings those of one row only */
  mj_keymap miss;                 /* keys that meet nothing */
  mj_near_found *found;           /* [miss.n] */
  mj_near_index by_code, by_name; /* parcels by their owner, enterprises by their name */
  mj_keymap lines;                /* "id|old|new" */
  mj_nears *list;
  mj_arena arena;
  int64_t rows, first_line;
} work;

static mj_status take_reference(work *w) {
  const mj_table *t = &w->park->table[w->j->of];
  const char **id = mj_table_text(t, w->j->of_field);
  mj_keymap all = {0};
  mj_status status = MJ_OK;
  int32_t number;
  for (int64_t i = 0; id && !status && i < t->n; i++)
    if (id[i]) status = mj_keymap_add(&all, id[i], (int32_t)i, &number);
  bool once = w->j->of != MJ_ENTERPRISES; /* an enterprise has a row a year */
  for (int32_t k = 0; !status && k < all.n; k++)
    if (!once || all.count[k] == 1) status = mj_keymap_add(&w->reference, all.key[k], all.first[k], &number);
  for (int64_t i = 0; !status && i < w->t->n; i++)
    if (w->key[i] && mj_keymap_find(&all, w->key[i]) < 0)
      status = mj_keymap_add(&w->miss, w->key[i], (int32_t)i, &number);
  mj_keymap_reset(&all);
  return status;
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
  return mj_keymap_find(&w->reference, value) >= 0 ? value : NULL;
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
  const char *has = owner[w->reference.first[reference]];
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

static mj_status propose(work *w, int64_t row) {
  const char *key = w->key[row];
  int32_t m = key ? mj_keymap_find(&w->miss, key) : -1;
  mj_near line[2] = {{.role = w->j->role, .id = mj_row_id(w->t, w->j->role, row), .field = w->j->field, .from = key}};
  mj_near *near = &line[0], *other = &line[1];
  if (key && m < 0) return MJ_OK;
  near->rows = 1;
  *other = *near;
  if (m >= 0 && w->found[m].key >= 0) {
    near->reason = w->found[m].reason;
    near->to = w->reference.key[w->found[m].key];
    near->score = mj_near_score(near->reason);
    near->score = weigh_owner(w, row, w->found[m].key, near);
  }
  other->to = by_other_ground(w, row, &other->reason);
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
  MJ_TRY(take_indexes(w));
  w->found = mj_arena_alloc(&w->arena, (size_t)w->miss.n + 1, sizeof *w->found);
  if (!w->found) return MJ_ENOMEM;
  if (w->miss.n) MJ_TRY(mj_near_find(&w->reference, &w->miss, w->j->kind, w->found));
  for (int64_t i = 0; i < w->t->n; i++)
    if (w->key[i] || asked_without_key(w, occupied, i)) MJ_TRY(propose(w, i));
  return say(w);
}

static mj_status one_join(mj_park *park, const join *j, const mj_keymap *occupied, mj_nears *list) {
  work w = {.park = park, .j = j, .t = &park->table[j->role], .list = list, .first_line = list->n};
  w.key = mj_table_text(w.t, j->field);
  if (!w.key || !mj_table_text(&park->table[j->of], j->of_field)) return MJ_OK;
  mj_status status = run(&w, occupied);
  mj_keymap_reset(&w.reference);
  mj_keymap_reset(&w.miss);
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
