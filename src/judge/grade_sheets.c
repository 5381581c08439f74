/* Every scheme in force, each in the way that its rulebook counts tenants and owners, and beside it in the others. */
#include <stdlib.h>
#include <string.h>

#include "judge/grade_run.h"

/* A scheme in one way: the one that its rulebook takes, with all that is told of it, or one to compare. */
typedef struct {
  mj_gr_work work;
  const mj_gr_roll *roll;
  mj_gr_way way;
  bool official;
  const char **answer; /* [rows of the year] */
} sheet;

static mj_status keep_answers(sheet *s, const mj_gr_work *w, mj_error *err) {
  s->answer = calloc((size_t)w->n + 1, sizeof *s->answer); /* class names are the rulebook's */
  if (!s->answer) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < w->n; i++) s->answer[i] = mj_gr_answer(w, &w->firm[i]);
  return MJ_OK;
}

/* What is only compared leaves nothing behind but its answers. */
static mj_status grade(mj_rb_run *run, sheet *s, mj_error *err) {
  mj_arena arena = run->arena;
  s->work.run = run;
  s->work.classes_only = !s->official;
  if (!s->official) run->arena = (mj_arena){0};
  mj_status status = mj_gr_grade(&s->work, s->roll, err);
  if (!status) status = keep_answers(s, &s->work, err);
  if (!s->official) {
    mj_rb_run_forget(run);
    mj_arena_reset(&run->arena);
    run->arena = arena;
  }
  return status;
}

/* The stores are opened on the enterprises that the way has, and closed before they go. */
static mj_status grade_sheet(mj_rb_run *run, void *user, mj_error *err) {
  sheet *s = user;
  if (s->way == MJ_GR_STATED) return grade(run, s, err);
  mj_table view = run->view[MJ_ENTERPRISES], firms = run->firms;
  mj_gr_overlay overlay;
  mj_status status = mj_gr_overlay_make(run, s->way, &overlay) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
  mj_rb_run_forget(run);
  run->view[MJ_ENTERPRISES] = run->firms = overlay.view;
  run->firms.name = firms.name;
  s->work.head = overlay.head;
  if (!status) status = grade(run, s, err);
  mj_rb_run_forget(run);
  run->view[MJ_ENTERPRISES] = view;
  run->firms = firms;
  s->work.head = NULL;
  mj_gr_overlay_reset(&overlay);
  return status;
}

/* Nothing is compared where the rulebook lacks what a class needs. */
static bool can_class(const mj_gr_scheme *s) {
  for (int g = 0; g < s->n_groups; g++) {
    const mj_gr_group *group = &s->group[g];
    bool known = group->cuts->by != MJ_GR_BY_UNKNOWN;
    for (int k = 0; k < group->n; k++)
      known = known && group->ind[k].weight >= 0 && group->ind[k].base.kind != MJ_GR_NOT_FOUND;
    if (known) return true;
  }
  return false;
}

int mj_rb_grades_most(const mj_park *park) { return park->n_rulebooks * (MJ_GR_WAYS + 1); }

mj_status mj_rb_grades_list(mj_rb_run *run, mj_rb_task *task, int *n, mj_error *err) {
  const mj_park *park = run->park;
  sheet *sheets = mj_arena_alloc(&run->arena, (size_t)mj_rb_grades_most(park) + 1, sizeof *sheets);
  mj_gr_roll *r = mj_arena_alloc(&run->arena, 1, sizeof *r);
  bool told = mj_park_has(park, MJ_ATTRIBUTIONS);
  *n = 0;
  if (!sheets || !r) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int32_t b = 0; b < park->n_rulebooks; b++) {
    mj_rulebook *book = park->rulebooks[b];
    if (!book->grades || !mj_rb_in_force(book, park->project.as_of)) continue;
    if (!*n) MJ_TRY(mj_gr_call_roll(run, r, err));
    mj_gr_way chosen = told ? (mj_gr_way)book->grades->way : MJ_GR_STATED;
    for (int way = -1; way < (told && can_class(book->grades) ? MJ_GR_WAYS : 0); way++) {
      bool official = way < 0; /* first the one that counts */
      if (way == (int)chosen) continue;
      sheets[*n] = (sheet){.work = {.book = book, .scheme = book->grades},
                           .roll = r,
                           .way = official ? chosen : (mj_gr_way)way,
                           .official = official};
      task[*n] = (mj_rb_task){.fn = grade_sheet, .user = &sheets[*n]};
      ++*n;
    }
  }
  return MJ_OK;
}

/* A rulebook that counts tenants and owners in its own way, in a park that does not tell them. */
static mj_status note_way(const sheet *s, mj_error *err) {
  mj_park *park = s->work.run->park;
  mj_ledger_entry e = {.code = MJ_L_GRADE_NO_ATTRIBUTION,
                       .layer = "rules",
                       .id = s->work.book->code,
                       .field = "attribution",
                       .found = mj_gr_way_name((mj_gr_way)s->work.scheme->way)};
  bool other = (int)s->way != s->work.scheme->way;
  return other && mj_ledger_add(&park->ledger, e) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* The answers of each scheme in the order of the ways. */
static mj_status compare(mj_rb_run *run, const mj_rb_task *task, int n, mj_error *err) {
  mj_gr_answers *answers = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *answers);
  const mj_gr_roll *roll = n ? ((sheet *)task->user)->roll : NULL;
  int kept = 0;
  if (!answers) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0, last; i < n; i = last) {
    const sheet *first = task[i].user;
    for (last = i + 1; last < n && !((sheet *)task[last].user)->official;) last++;
    if (last - i < MJ_GR_WAYS) continue;
    for (int k = i; k < last; k++) {
      const sheet *s = task[k].user;
      answers[kept + (int)s->way] = (mj_gr_answers){first->work.book, s->way, s->answer};
    }
    kept += MJ_GR_WAYS;
  }
  return kept ? mj_gr_compare(run, roll->row, roll->n, answers, kept, err) : MJ_OK;
}

static mj_status end_sheets(mj_rb_run *run, const mj_rb_task *task, int n, mj_error *err) {
  mj_gr_work **work = mj_arena_alloc(&run->arena, (size_t)n + 1, sizeof *work);
  int official = 0;
  if (!work) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < n; i++) {
    sheet *s = task[i].user;
    MJ_TRY(mj_rb_task_end(&task[i], err));
    if (!s->official) continue;
    work[official] = &s->work;
    s->work.run = run;
    MJ_TRY(note_way(s, err));
    MJ_TRY(mj_gr_note_repeated(&s->work, s->roll, err));
    official++;
  }
  if (official) MJ_TRY(mj_gr_write(work, official, err));
  return compare(run, task, n, err);
}

mj_status mj_rb_grades(mj_rb_run *run, const mj_rb_task *task, int n, mj_error *err) {
  mj_status status = end_sheets(run, task, n, err);
  for (int i = 0; i < n; i++) {
    sheet *s = task[i].user;
    free(s->answer);
    s->answer = NULL;
  }
  return status;
}
