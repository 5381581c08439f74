#include <stdlib.h>
#include <string.h>

#include "judge/run.h"

/* Rules over enterprises: the same trees, three values and reasons, with an enterprise's row in the place of a
 * parcel's. Only rows of the year of the run are judged. */

typedef struct {
  mj_rb_judged *item;
  int n;
  int64_t *visit; /* rows of the year */
  int64_t n_visit;
} judged_books;

static bool judges(const mj_rb_judged *j, mj_rb_matter matter) {
  for (int r = 0; r < j->n_rules; r++)
    if (j->rule[r].matter == matter) return true;
  return false;
}

/* Of the rulebooks that judge the matter the highest decide, together; 9: nobody does. */
static int deciding_level(const judged_books *b, mj_rb_matter matter) {
  int level = 9;
  for (int i = 0; i < b->n; i++)
    if (judges(&b->item[i], matter) && b->item[i].book->level < level) level = b->item[i].book->level;
  return level;
}

static mj_status list_rows(const mj_rb_run *run, judged_books *b) {
  const mj_table *t = &run->park->table[MJ_ENTERPRISES];
  const int64_t *year = mj_table_i64(t, "year");
  b->visit = malloc(((size_t)t->n + 1) * sizeof *b->visit);
  for (int64_t i = 0; b->visit && i < t->n; i++)
    if (!year || year[i] == run->park->project.year) b->visit[b->n_visit++] = i;
  return b->visit ? MJ_OK : MJ_ENOMEM;
}

static mj_status judge_matter(mj_rb_run *run, const judged_books *b, mj_rb_matter matter, mj_rb_reasons *out,
                              mj_error *err) {
  mj_table *t = &run->park->table[MJ_ENTERPRISES];
  int level = deciding_level(b, matter);
  uint8_t *answer = mj_arena_alloc(&run->arena, (size_t)t->n + 1, 1); /* MJ_NO */
  int64_t *visit = mj_arena_alloc(&run->arena, (size_t)t->n + 1, sizeof *visit);
  if (level == 9) return MJ_OK;
  mj_column *column = mj_table_add(t, mj_rb_matter_name(matter), MJ_TRI);
  if (!answer || !visit || !column) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < b->n; i++)
    if (b->item[i].book->level == level) mj_rb_join_answer(&b->item[i], matter, t->n, answer);
  for (int64_t k = 0; k < b->n_visit; k++) column->tri[b->visit[k]] = answer[b->visit[k]];
  for (int i = 0; i < b->n; i++)
    for (int r = 0; b->item[i].book->level == level && r < b->item[i].n_rules; r++)
      for (uint8_t verdict = run->park->project.all_reasons ? MJ_NO : MJ_YES; verdict <= MJ_UNKNOWN; verdict++) {
        const mj_rb_judged *j = &b->item[i];
        int64_t n = 0;
        if (j->rule[r].matter != matter) continue;
        for (int64_t k = 0; k < b->n_visit; k++)
          if (answer[b->visit[k]] == verdict && j->result[r][b->visit[k]] == verdict) visit[n++] = b->visit[k];
        MJ_TRY(mj_rb_explain(run, j->book, &j->rule[r], verdict, visit, n, out, err));
      }
  return MJ_OK;
}

static mj_status judge_books(mj_rb_run *run, judged_books *b, mj_rb_reasons *out, mj_error *err) {
  const mj_park *park = run->park;
  b->item = mj_arena_alloc(&run->arena, (size_t)park->n_rulebooks + 1, sizeof *b->item);
  if (!b->item || list_rows(run, b)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    mj_rulebook *book = park->rulebooks[i];
    if (!book->n_firm_rules || !mj_rb_in_force(book, park->project.as_of)) continue;
    MJ_TRY(mj_rb_verdicts(run, book, book->firm_rule, book->n_firm_rules, &b->item[b->n++], err));
  }
  for (int m = MJ_RB_IDLE; m <= MJ_RB_INEFFICIENT; m++) MJ_TRY(judge_matter(run, b, (mj_rb_matter)m, out, err));
  return mj_rb_write_reasons(run, out, err);
}

mj_status mj_rb_firms(mj_rb_run *run, mj_error *err) {
  judged_books b = {0};
  mj_rb_reasons reasons = {0};
  bool any = false;
  for (int32_t i = 0; i < run->park->n_rulebooks; i++)
    any = any ||
          (run->park->rulebooks[i]->n_firm_rules && mj_rb_in_force(run->park->rulebooks[i], run->park->project.as_of));
  if (!any || !mj_park_has(run->park, MJ_ENTERPRISES)) return MJ_OK;
  run->subject = MJ_ENTERPRISES;
  mj_status status = mj_rb_run_refresh(run, err);
  if (!status) status = judge_books(run, &b, &reasons, err);
  run->subject = MJ_PARCELS;
  free(b.visit);
  free(reasons.reason);
  return status ? status : mj_rb_run_refresh(run, err);
}
