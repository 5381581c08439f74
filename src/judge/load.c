#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/text.h"
#include "judge/rulebook.h"
#include "mujun/rooms.h"

enum { MOST_BYTES = 4 << 20 }; /* of a rulebook: a policy, not a data set */

static mj_status read_file(const char *path, mj_text *out, mj_error *err) {
  FILE *file = fopen(path, "rb");
  if (!file) return mj_fail(err, errno == ENOENT ? MJ_ENOTFOUND : MJ_EIO, "rulebook '%s': %s", path, strerror(errno));
  mj_status status = MJ_OK;
  char bytes[8192];
  size_t n;
  while (!status && (n = fread(bytes, 1, sizeof bytes, file)) > 0) {
    mj_text_put(out, bytes, n);
    if (out->n > MOST_BYTES) status = mj_fail(err, MJ_EFORMAT, "rulebook '%s' is over %d bytes", path, MOST_BYTES);
  }
  if (!status && ferror(file)) status = mj_fail(err, MJ_EIO, "rulebook '%s': %s", path, strerror(errno));
  if (!status && out->failed) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  fclose(file);
  return status;
}

static bool is_path(const char *name) {
  size_t n = strlen(name);
  return strchr(name, '/') || (n > 5 && !strcmp(name + n - 5, ".yaml")) || (n > 4 && !strcmp(name + n - 4, ".yml"));
}

static const mj_embedded *find_embedded(const char *name) {
  size_t n = strlen(name);
  for (const mj_embedded *e = mj_embedded_rules; e->name; e++)
    if (!strncmp(e->name, name, n) && !strcmp(e->name + n, ".yaml")) return e;
  return NULL;
}

static mj_status unknown_name(const char *name, mj_error *err) {
  mj_text all = {0};
  for (const mj_embedded *e = mj_embedded_rules; e->name; e++)
    mj_text_format(&all, "%s%.*s", e == mj_embedded_rules ? "" : ", ", (int)(strlen(e->name) - strlen(".yaml")),
                   e->name);
  mj_status status =
      mj_fail(err, MJ_ENOTFOUND, "no rulebook '%s'; known: %s; another is given as a path to its .yaml file", name,
              all.data ? all.data : "");
  mj_text_reset(&all);
  return status;
}

static mj_status load_one(mj_park *park, const char *name, mj_rulebook **out, mj_error *err) {
  mj_text text = {0};
  mj_rb_doc doc = {.file = mj_arena_text(&park->arena, name, strlen(name)), .arena = &park->arena, .err = err};
  if (!doc.file) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!is_path(name)) {
    const mj_embedded *e = find_embedded(name);
    return e ? mj_rb_read(&doc, e->text, e->n, out) : unknown_name(name, err);
  }
  mj_status status = read_file(name, &text, err);
  if (!status) status = mj_rb_read(&doc, text.data ? text.data : "", text.n, out);
  mj_text_reset(&text);
  return status;
}

static void fill_basis(mj_basis into[MJ_MAX_BASES], const mj_basis from[MJ_MAX_BASES]) {
  if (into[0] == MJ_BASIS_NONE) memcpy(into, from, MJ_MAX_BASES * sizeof *into);
}

static void fill_settings(mj_project *project, const mj_rulebook *book) {
  fill_basis(project->basis_yield, book->basis[0]);
  fill_basis(project->basis_plot_ratio, book->basis[1]);
  fill_basis(project->basis_coverage, book->basis[2]);
  if (!(project->headroom_min_m2 > 0)) project->headroom_min_m2 = book->headroom_min_m2;
  if (!(project->area_tolerance > 0)) project->area_tolerance = book->area_tolerance;
}

mj_status mj_rules_load(mj_park *park, mj_error *err) {
  mj_project *project = &park->project;
  park->rulebooks = mj_arena_alloc(&park->arena, (size_t)project->n_rulebooks + 1, sizeof *park->rulebooks);
  park->rulebook_facts = mj_arena_alloc(&park->arena, (size_t)project->n_rulebooks + 1, sizeof *park->rulebook_facts);
  if (!park->rulebooks || !park->rulebook_facts) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (park->n_rulebooks = 0; park->n_rulebooks < project->n_rulebooks; park->n_rulebooks++) {
    mj_rulebook *book;
    MJ_TRY(load_one(park, project->rulebooks[park->n_rulebooks], &book, err));
    for (int32_t i = 0; i < park->n_rulebooks; i++)
      if (!strcmp(park->rulebooks[i]->code, book->code))
        return mj_fail(err, MJ_EFORMAT, "rulebook '%s' is given twice: %s and %s", book->code, park->rulebooks[i]->file,
                       book->file);
    fill_settings(project, book);
    park->rulebooks[park->n_rulebooks] = book;
    park->rulebook_facts[park->n_rulebooks] =
        (mj_rulebook_facts){.code = book->code,
                            .version = book->version,
                            .name = mj_rb_say(book->name, project->lang),
                            .document = book->document,
                            .from = book->from,
                            .to = book->to,
                            .in_force = mj_rb_in_force(book, project->as_of)};
  }
  return MJ_OK;
}
