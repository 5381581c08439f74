#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/text.h"
#include "judge/rulebook.h"
#include "mujun/rooms.h"

bool mj_rb_is_path(const char *name) {
  size_t n = strlen(name);
  return strchr(name, '/') || (n > 5 && !strcmp(name + n - 5, ".yaml")) || (n > 4 && !strcmp(name + n - 4, ".yml"));
}

static const mj_embedded *find_embedded(const mj_embedded *list, const char *name) {
  size_t n = strlen(name);
  for (const mj_embedded *e = list; e->name; e++)
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

/* @p builtin: names are looked up there */
static mj_status load_one(mj_arena *arena, const mj_embedded *builtin, const char *name, mj_rulebook **out,
                          uint64_t *hash, mj_error *err) {
  mj_yaml_node *root;
  mj_yaml_doc doc = {.file = mj_arena_text(arena, name, strlen(name)), .arena = arena, .err = err};
  doc.what = mj_tr(err ? err->lang : MJ_EN, "rulebook");
  doc.hash = hash;
  if (!doc.file) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (mj_rb_is_path(name)) {
    MJ_TRY(mj_yaml_load(&doc, &root));
  } else {
    const mj_embedded *e = find_embedded(builtin, name);
    if (!e) return unknown_name(name, err);
    MJ_TRY(mj_yaml_parse(&doc, e->text, e->n, &root));
  }
  return mj_rb_read(&doc, root, out);
}

mj_status mj_rb_open(mj_arena *arena, const char *name, mj_rulebook **out, mj_error *err) {
  return load_one(arena, mj_embedded_rules, name, out, NULL, err);
}

static void fill_basis(mj_basis into[MJ_MAX_BASES], const mj_basis from[MJ_MAX_BASES]) {
  if (into[0] == MJ_BASIS_NONE) memcpy(into, from, MJ_MAX_BASES * sizeof *into);
}

static void fill_settings(mj_project *project, const mj_rulebook *book) {
  fill_basis(project->basis_yield, book->settings.basis[0]);
  fill_basis(project->basis_plot_ratio, book->settings.basis[1]);
  fill_basis(project->basis_coverage, book->settings.basis[2]);
  if (isnan(project->headroom_min_m2)) project->headroom_min_m2 = book->settings.headroom_min_m2;
  if (isnan(project->area_tolerance)) project->area_tolerance = book->settings.area_tolerance;
  mj_check_limits_fill(&project->checks, &book->settings.checks);
}

static mj_rulebook_facts facts_of(const mj_rulebook *book, uint64_t hash, const mj_project *project) {
  mj_rulebook_facts f = {.code = book->code,
                         .version = book->version,
                         .name = mj_rb_say(book->name, project->lang),
                         .document = book->document,
                         .from = book->from,
                         .to = book->to,
                         .in_force = mj_rb_in_force(book, project->as_of)};
  snprintf(f.fnv1a64, sizeof f.fnv1a64, "%016" PRIx64, hash);
  return f;
}

/* What nobody said: rules/checks.yaml. It judges nothing, so it is no rulebook of the run. */
static mj_status fill_checks(mj_park *park, mj_error *err) {
  mj_rulebook *book;
  MJ_TRY(load_one(&park->arena, mj_embedded_checks, "checks", &book, NULL, err));
  mj_check_limits_fill(&park->project.checks, &book->settings.checks);
  return MJ_OK;
}

mj_status mj_rules_load(mj_park *park, mj_error *err) {
  mj_project *project = &park->project;
  park->rulebooks = mj_arena_alloc(&park->arena, (size_t)project->n_rulebooks + 1, sizeof *park->rulebooks);
  park->rulebook_facts = mj_arena_alloc(&park->arena, (size_t)project->n_rulebooks + 1, sizeof *park->rulebook_facts);
  if (!park->rulebooks || !park->rulebook_facts) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (park->n_rulebooks = 0; park->n_rulebooks < project->n_rulebooks; park->n_rulebooks++) {
    mj_rulebook *book;
    uint64_t hash = 0;
    MJ_TRY(load_one(&park->arena, mj_embedded_rules, project->rulebooks[park->n_rulebooks], &book, &hash, err));
    for (int32_t i = 0; i < park->n_rulebooks; i++)
      if (!strcmp(park->rulebooks[i]->code, book->code))
        return mj_fail(err, MJ_EFORMAT, "rulebook '%s' is given twice: %s and %s", book->code, park->rulebooks[i]->file,
                       book->file);
    bool undated = !project->as_of || project->as_of == MJ_DATE_NULL; /* a check of data has no reference date */
    if (undated || mj_rb_in_force(book, project->as_of)) fill_settings(project, book);
    park->rulebooks[park->n_rulebooks] = book;
    park->rulebook_facts[park->n_rulebooks] = facts_of(book, hash, project);
  }
  return fill_checks(park, err);
}
