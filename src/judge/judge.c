#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "judge/whatif.h"
#include "mujun/rooms.h"

/* Facts, verdicts and strategies of every rulebook in force; n judged. */
static mj_status judge_books(mj_rb_run *run, mj_rb_judged *judged, int *n, mj_error *err) {
  mj_park *park = run->park;
  *n = 0;
  MJ_TRY(mj_rb_note_force(run, err));
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    mj_rulebook *book = park->rulebooks[i];
    if (mj_rb_in_force(book, park->project.as_of)) MJ_TRY(mj_rb_facts(run, book, false, err));
  }
  MJ_TRY(mj_rb_caps(run, err));
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    mj_rulebook *book = park->rulebooks[i];
    if (!mj_rb_in_force(book, park->project.as_of)) continue;
    MJ_TRY(mj_rb_verdicts(run, book, book->rule, book->n_rules, &judged[(*n)++], err));
    MJ_TRY(mj_rb_strategies(run, book, err));
  }
  return MJ_OK;
}

void mj_rb_join_answer(const mj_rb_judged *judged, mj_rb_matter matter, int64_t parcels, uint8_t *answer) {
  for (int r = 0; r < judged->n_rules; r++) {
    const uint8_t *result = judged->result[r];
    if (judged->rule[r].matter != matter) continue;
    for (int64_t i = 0; i < parcels; i++)
      if (result[i] == MJ_YES || (result[i] == MJ_UNKNOWN && answer[i] == MJ_NO)) answer[i] = result[i];
  }
}

/* A rulebook that does not decide, but would have answered otherwise: both are named, and how many parcels. */
static mj_status note_conflict(mj_park *park, const mj_rb_judged *judged, mj_rb_matter matter, const uint8_t *answer,
                               const char *decided_by, mj_error *err) {
  const mj_table *parcels = &park->table[MJ_PARCELS];
  uint8_t *own = calloc((size_t)parcels->n + 1, 1); /* MJ_NO */
  int64_t differ = 0;
  char found[32];
  if (!own) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_join_answer(judged, matter, parcels->n, own);
  for (int64_t i = 0; i < parcels->n; i++)
    differ += own[i] != answer[i] && own[i] != MJ_UNKNOWN && answer[i] != MJ_UNKNOWN;
  free(own);
  snprintf(found, sizeof found, "%lld", (long long)differ);
  mj_ledger_entry e = {.code = MJ_L_RULES_CONFLICT,
                       .layer = "rules",
                       .id = judged->book->code,
                       .field = mj_rb_matter_name(matter),
                       .found = found,
                       .expected = decided_by};
  return differ && mj_ledger_add(&park->ledger, e) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* The answer of the rulebooks that decide. None at all: it stays open, and the ledger says so. */
static mj_status combine(mj_park *park, const mj_rb_judged *judged, int n, mj_rb_matter matter, const int *rank,
                         uint8_t **out, mj_error *err) {
  mj_table *parcels = &park->table[MJ_PARCELS];
  mj_column *column = mj_table_add(parcels, mj_rb_matter_name(matter), MJ_TRI);
  const char *decided_by = NULL;
  if (!column) return mj_fail(err, MJ_ENOMEM, "out of memory");
  *out = column->tri;
  for (int b = 0; b < n; b++) {
    if (rank[b] != 0) continue;
    if (!decided_by) memset(column->tri, MJ_NO, (size_t)parcels->n);
    mj_rb_join_answer(&judged[b], matter, parcels->n, column->tri);
    decided_by =
        decided_by ? mj_arena_format(&park->arena, "%s, %s", decided_by, judged[b].book->code) : judged[b].book->code;
    if (!decided_by) return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  for (int b = 0; b < n; b++)
    if (rank[b] > 0) MJ_TRY(note_conflict(park, &judged[b], matter, column->tri, decided_by, err));
  if (decided_by) return MJ_OK;
  mj_ledger_entry e = {.code = MJ_L_NOT_JUDGED, .layer = "parcels", .field = column->name};
  return mj_ledger_add(&park->ledger, e) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* One rule and one answer of it: a task, and the reasons that it finds. */
typedef struct {
  const mj_rb_judged *judged;
  int rule;
  uint8_t verdict;
  const uint8_t *answer; /* [parcels] of the matter */
  mj_rb_reasons found;
} explanation;

static mj_status explain_one(mj_rb_run *run, void *user, mj_error *err) {
  explanation *e = user;
  const uint8_t *result = e->judged->result[e->rule];
  int64_t parcels = run->park->table[MJ_PARCELS].n, n = 0;
  int64_t *visit = malloc(((size_t)parcels + 1) * sizeof *visit);
  if (!visit) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < parcels; i++)
    if (e->answer[i] == e->verdict && result[i] == e->verdict) visit[n++] = i;
  const mj_rulebook *book = e->judged->book;
  mj_status status = mj_rb_explain(run, book, &book->rule[e->rule], e->verdict, visit, n, &e->found, err);
  free(visit);
  return status;
}

typedef struct {
  mj_rb_task *task;
  mj_rb_reason *to;
  const int64_t *at; /* [tasks] where its reasons go */
} joining;

static mj_status join_found(void *ctx, int64_t first, int64_t last, int worker) {
  const joining *j = ctx;
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    mj_rb_reasons *found = &((explanation *)j->task[i].user)->found;
    if (found->n) memcpy(j->to + j->at[i], found->reason, (size_t)found->n * sizeof *j->to);
    free(found->reason);
    *found = (mj_rb_reasons){0};
  }
  return MJ_OK;
}

/* What the tasks found in their order; @p out is empty. */
static mj_status join_all(mj_rb_run *run, mj_rb_task *task, int n, mj_rb_reasons *out, mj_error *err) {
  int64_t *at = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *at), all = 0;
  for (int i = 0; at && i < n; i++) {
    at[i] = all;
    all += ((explanation *)task[i].user)->found.n;
  }
  joining j = {task, malloc(((size_t)all + 1) * sizeof *j.to), at};
  if (!at || !j.to) {
    free(j.to);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  *out = (mj_rb_reasons){j.to, all, all + 1};
  return mj_parallel(run->threads, n, 1, join_found, &j);
}

/* Side by side; the reasons then stand in the order of the tasks. */
static mj_status explain_all(mj_rb_run *run, mj_rb_task *task, int n, mj_rb_reasons *out, mj_error *err) {
  mj_status status = mj_rb_tasks(run, task, n, err);
  for (int i = 0; i < n && !status; i++) status = mj_rb_task_end(&task[i], err);
  if (!status) status = join_all(run, task, n, out, err);
  for (int i = 0; i < n; i++) free(((explanation *)task[i].user)->found.reason);
  return status;
}

/* Tasks for the rules that decided a 是, or that leave the matter 数据不足; where asked for, for all that say 否. */
static int list_matter(const mj_park *park, const mj_rb_judged *judged, int n, mj_rb_matter matter, const int *rank,
                       const uint8_t *answer, explanation *e) {
  static const uint8_t verdicts[] = {MJ_YES, MJ_UNKNOWN, MJ_NO};
  int tasks = 0;
  for (int b = 0; b < n; b++)
    for (int r = 0; rank[b] == 0 && r < judged[b].n_rules; r++)
      for (int pass = 0; judged[b].rule[r].matter == matter && pass < 2 + park->project.all_reasons; pass++)
        e[tasks++] = (explanation){.judged = &judged[b], .rule = r, .verdict = verdicts[pass], .answer = answer};
  return tasks;
}

/* The answers of both matters, then their reasons. */
static mj_status decide(mj_rb_run *run, const mj_rb_judged *judged, int n, const mj_rulebook *const *book, int *rank,
                        mj_rb_reasons *out, mj_error *err) {
  size_t most = 1;
  int tasks = 0;
  for (int b = 0; b < n; b++) most += 3 * (size_t)judged[b].n_rules;
  explanation *e = mj_arena_alloc(&run->arena, most, sizeof *e);
  mj_rb_task *task = mj_arena_alloc(&run->arena, most, sizeof *task);
  if (!e || !task) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int m = MJ_RB_IDLE; m <= MJ_RB_INEFFICIENT; m++) {
    uint8_t *answer = NULL;
    mj_rb_rank(book, n, (mj_rb_matter)m, rank);
    MJ_TRY(combine(run->park, judged, n, (mj_rb_matter)m, rank, &answer, err));
    tasks += list_matter(run->park, judged, n, (mj_rb_matter)m, rank, answer, e + tasks);
  }
  for (int i = 0; i < tasks; i++) task[i] = (mj_rb_task){.fn = explain_one, .user = &e[i]};
  return explain_all(run, task, tasks, out, err);
}

static mj_status judge_run(mj_rb_run *run, mj_rb_reasons *reasons, mj_error *err) {
  mj_park *park = run->park;
  int n;
  size_t most = (size_t)park->n_rulebooks + 1;
  mj_rb_judged *judged = mj_arena_alloc(&run->arena, most, sizeof *judged);
  const mj_rulebook **book = mj_arena_alloc(&run->arena, most, sizeof *book);
  int *rank = mj_arena_alloc(&run->arena, most, sizeof *rank);
  run->renewal_open = mj_arena_alloc(&run->arena, (size_t)park->table[MJ_PARCELS].n + 1, sizeof *run->renewal_open);
  if (!judged || !book || !rank || !run->renewal_open) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_rb_industrial(run, err));
  MJ_TRY(judge_books(run, judged, &n, err));
  for (int b = 0; b < n; b++) book[b] = judged[b].book;
  MJ_TRY(decide(run, judged, n, book, rank, reasons, err));
  MJ_TRY(mj_rb_run_refresh(run, err)); /* ladders, targets and some facts may read the verdicts */
  for (int b = 0; b < n; b++) MJ_TRY(mj_rb_facts(run, judged[b].book, true, err));
  mj_rb_rank(book, n, MJ_RB_RENEWAL, rank);
  for (int k = 0; k < n; k++) /* the higher first: a tier once given holds */
    for (int b = 0; b < n; b++)
      if (rank[b] == k || (k == 0 && rank[b] < 0)) MJ_TRY(mj_rb_ladder_run(run, judged[b].book, reasons, err));
  run->tiers_stand = true;
  MJ_TRY(mj_rb_breakpoints(run, book, n, err));
  MJ_TRY(mj_rb_write_reasons(run, reasons, err));
  MJ_TRY(mj_rb_run_refresh(run, err));
  MJ_TRY(mj_rb_firms(run, err));
  return mj_rb_beside(run, reasons, err);
}

mj_status mj_judge(mj_park *park, mj_error *err) {
  mj_rb_run *run = calloc(1, sizeof *run);
  mj_rb_reasons reasons = {0};
  if (!run) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_progress_stage(&park->progress, "apply rulebooks");
  mj_status status = mj_rb_run_open(run, park, err);
  if (!status) status = judge_run(run, &reasons, err);
  free(reasons.reason);
  mj_rb_run_close(run);
  free(run);
  return status;
}
