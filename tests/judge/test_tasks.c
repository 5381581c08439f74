/* Work side by side: every piece runs, keeps what it made, and says for itself how it ended. */
#include "fixture.h"
#include "judge/run.h"

typedef struct {
  int number;
  const char *word, *text;
  mj_arena *arena; /* of the run that it was given */
} piece;

static mj_status make_words(mj_rb_run *run, void *user, mj_error *err) {
  piece *p = user;
  mj_store *store;
  p->arena = &run->arena;
  CU_ASSERT_EQUAL(run->threads, 1);
  MJ_TRY(mj_rb_run_store(run, 0, &store, err));
  if (p->number == 2) return mj_fail(err, MJ_ERULE, "out of memory"); /* any text: it is the piece's own */
  p->word = mj_arena_format(&run->arena, "word %d", p->number);
  p->text = mj_arena_format(run->texts, "text %d", p->number);
  return MJ_OK;
}

static void every_piece_runs_and_what_it_made_stays(void) {
  enum { N = 7 };
  for (int threads = 1; threads <= 3; threads++) {
    fixture f;
    mj_rb_run run;
    piece p[N];
    mj_rb_task task[N];
    char word[16];
    set_up(&f, 1, "2026-03-31");
    f.park.project.threads = threads;
    CU_ASSERT_EQUAL_FATAL(mj_rb_run_open(&run, &f.park, &f.err), MJ_OK);
    for (int i = 0; i < N; i++) {
      p[i] = (piece){.number = i};
      task[i] = (mj_rb_task){.fn = make_words, .user = &p[i]};
    }
    f.err.lang = MJ_ZH;
    CU_ASSERT_EQUAL_FATAL(mj_rb_tasks(&run, task, N, &f.err), MJ_OK);
    for (int i = 0; i < N; i++) {
      CU_ASSERT_EQUAL(mj_rb_task_end(&task[i], &f.err), i == 2 ? MJ_ERULE : MJ_OK);
      CU_ASSERT_PTR_NOT_EQUAL(p[i].arena, &run.arena);
      if (i == 2) continue;
      snprintf(word, sizeof word, "word %d", i);
      CU_ASSERT_STRING_EQUAL(p[i].word, word);
      CU_ASSERT_EQUAL(memcmp(p[i].text, "text", 4), 0);
    }
    CU_ASSERT_EQUAL(f.err.code, MJ_ERULE);
    CU_ASSERT_STRING_EQUAL(f.err.message, "内存不足"); /* in the language of who asked */
    mj_rb_run_close(&run);
    CU_ASSERT_STRING_EQUAL(p[6].text, "text 6"); /* texts are the park's and outlive the run */
    tear_down(&f);
  }
}

static void no_task_is_nothing_to_do(void) {
  fixture f;
  mj_rb_run run;
  set_up(&f, 1, "2026-03-31");
  CU_ASSERT_EQUAL_FATAL(mj_rb_run_open(&run, &f.park, &f.err), MJ_OK);
  CU_ASSERT_EQUAL(mj_rb_tasks(&run, NULL, 0, &f.err), MJ_OK);
  mj_rb_run_close(&run);
  tear_down(&f);
}

SUITE_OF(tasks, T(every_piece_runs_and_what_it_made_stays), T(no_task_is_nothing_to_do));
