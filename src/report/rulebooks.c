#include <string.h>

#include "report/run.h"

/* The rulebooks of the run, word for word: a result can be read and proved when the files are long gone or changed. */
mj_status mj_run_rulebooks(mj_run *run, mj_error *err) {
  const mj_park *park = run->park;
  mj_table *t = &run->rulebooks;
  int64_t n = 0, at = 0;
  for (int32_t b = 0; b < park->n_rulebooks; b++) n += park->rulebook_facts[b].n_files;
  if (mj_table_init(t, "rulebook_files", n)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_column *book = mj_table_add(t, "rulebook", MJ_TEXT), *file = mj_table_add(t, "file", MJ_TEXT),
            *text = mj_table_add(t, "text", MJ_TEXT);
  if (!book || !file || !text) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int32_t b = 0; b < park->n_rulebooks; b++) {
    const mj_rulebook_facts *f = &park->rulebook_facts[b];
    const char *called = mj_arena_format(&t->arena, "%s@%s", f->code, f->version);
    if (!called) return mj_fail(err, MJ_ENOMEM, "out of memory");
    for (int i = 0; i < f->n_files; i++, at++) {
      book->text[at] = called;
      file->text[at] = f->files[i].name;
      text->text[at] = f->files[i].text;
    }
  }
  return MJ_OK;
}
