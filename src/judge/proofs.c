#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge/run.h"
#include "mujun/rooms.h"

/* Reasons of every rule, whatever it answers. */
static mj_status prove_book(mj_rb_run *run, const mj_rb_judged *j, mj_rb_reasons *out, mj_error *err) {
  int64_t n = run->park->table[MJ_PARCELS].n;
  int64_t *visit = malloc(((size_t)n + 1) * sizeof *visit);
  mj_status status = visit ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int r = 0; r < j->book->n_rules; r++)
    for (uint8_t verdict = MJ_NO; verdict <= MJ_UNKNOWN && !status; verdict++) {
      int64_t found = 0;
      for (int64_t i = 0; i < n; i++)
        if (j->result[r][i] == verdict) visit[found++] = i;
      status = mj_rb_explain(run, j->book, &j->book->rule[r], verdict, visit, found, out, err);
    }
  free(visit);
  return status;
}

/* What the rules say must be what the result says: else one of the two is not what it was. */
static mj_status compare(mj_rb_run *run, const mj_rb_judged *judged, int n, mj_rb_matter matter, const int *rank,
                         mj_error *err) {
  const mj_table *parcels = &run->park->table[MJ_PARCELS];
  const uint8_t *stands = mj_table_tri(parcels, mj_rb_matter_name(matter));
  const char **id = mj_table_text(parcels, "parcel_id");
  uint8_t *answer = mj_arena_alloc(&run->arena, (size_t)parcels->n + 1, 1); /* MJ_NO */
  bool any = false;
  if (!answer) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int b = 0; b < n; b++)
    if (rank[b] == 0) {
      any = true;
      mj_rb_join_answer(&judged[b], matter, parcels->n, answer);
    }
  for (int64_t i = 0; any && stands && i < parcels->n; i++)
    if (stands[i] != answer[i])
      return mj_fail(err, MJ_ERULE, "parcel %s: the result and its rulebooks do not agree on '%s'",
                     id && id[i] ? id[i] : "", mj_rb_matter_name(matter));
  return MJ_OK;
}

/* The type that rules know a column by; 0: any. */
static mj_type declared(const mj_rb_run *run, const char *name) {
  const mj_park *park = run->park;
  const mj_rb_field *field = mj_rb_find_field(run, mj_table_id_name(MJ_PARCELS), name);
  if (field) return field->type;
  for (int32_t b = 0; b < park->n_rulebooks; b++)
    for (int k = 0; k < park->rulebooks[b]->n_facts; k++)
      if (!strcmp(park->rulebooks[b]->fact[k].name, name)) return (mj_type)park->rulebooks[b]->fact[k].type;
  return 0;
}

/* A result has verdicts and dates as words, and a column of nothing as numbers; @p text may be NULL. */
static void read_word(mj_column *to, int64_t row, const char *text) {
  if (to->type == MJ_TEXT) to->text[row] = text;
  if (to->type == MJ_DATE) to->date[row] = text ? mj_date_parse(text) : MJ_DATE_NULL;
  if (to->type == MJ_TRI)
    to->tri[row] = !text ? MJ_UNKNOWN : !strcmp(text, "yes") ? MJ_YES : !strcmp(text, "no") ? MJ_NO : MJ_UNKNOWN;
}

static mj_status read_words(mj_rb_run *run, mj_error *err) {
  mj_table *t = &run->park->table[MJ_PARCELS];
  for (int32_t i = 0; i < t->n_columns; i++) {
    mj_column *c = t->columns[i];
    mj_type type = declared(run, c->name), was = c->type;
    bool words = type == MJ_TEXT || type == MJ_DATE || type == MJ_TRI;
    if (!words || was == type || was == MJ_DATE || was == MJ_TRI) continue;
    bool none = was == MJ_F64 || was == MJ_I64;
    for (int64_t r = 0; none && r < t->n; r++) none = mj_column_is_null(c, r);
    if (was != MJ_TEXT && !none) continue; /* a text of digits: SQL compares it as it likes */
    const char **text = was == MJ_TEXT ? c->text : NULL;
    c->data = mj_arena_alloc(&t->arena, (size_t)t->n + 1, sizeof(char *));
    if (!c->data) return mj_fail(err, MJ_ENOMEM, "out of memory");
    c->type = type;
    for (int64_t r = 0; r < t->n; r++) read_word(c, r, text ? text[r] : NULL);
  }
  return mj_rb_run_refresh(run, err);
}

static mj_status prove(mj_rb_run *run, mj_rb_reasons *reasons, mj_error *err) {
  mj_park *park = run->park;
  size_t most = (size_t)park->n_rulebooks + 1;
  mj_rb_judged *judged = mj_arena_alloc(&run->arena, most, sizeof *judged);
  const mj_rulebook **book = mj_arena_alloc(&run->arena, most, sizeof *book);
  int *rank = mj_arena_alloc(&run->arena, most, sizeof *rank), n = 0;
  if (!judged || !book || !rank) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(read_words(run, err));
  for (int32_t i = 0; i < park->n_rulebooks; i++)
    if (mj_rb_in_force(park->rulebooks[i], park->project.as_of))
      MJ_TRY(mj_rb_facts_stand(run, park->rulebooks[i], err));
  run->alone = run->tiers_stand = true;
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    if (!mj_rb_in_force(park->rulebooks[i], park->project.as_of)) continue;
    MJ_TRY(mj_rb_verdicts(run, park->rulebooks[i], park->rulebooks[i]->rule, park->rulebooks[i]->n_rules, &judged[n],
                          err));
    MJ_TRY(prove_book(run, &judged[n], reasons, err));
    book[n] = park->rulebooks[i];
    n++;
  }
  for (int m = MJ_RB_IDLE; m <= MJ_RB_INEFFICIENT; m++) {
    mj_rb_rank(book, n, (mj_rb_matter)m, rank);
    MJ_TRY(compare(run, judged, n, (mj_rb_matter)m, rank, err));
  }
  return mj_rb_write_reasons(run, reasons, err);
}

mj_status mj_judge_proofs(mj_park *park, mj_error *err) {
  mj_rb_run *run = calloc(1, sizeof *run);
  mj_rb_reasons reasons = {0};
  if (!run) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_status status = mj_rb_run_open(run, park, err);
  if (!status) status = prove(run, &reasons, err);
  free(reasons.reason);
  mj_rb_run_close(run);
  free(run);
  return status;
}
