#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/fit.h"
#include "base/text.h"
#include "judge/lookup.h"
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

/* @p builtin: names are looked up there, and their tables in @p tables */
static mj_status load_one(mj_arena *arena, const mj_embedded *builtin, const mj_embedded *tables, const char *name,
                          mj_rulebook **out, uint64_t *hash, mj_error *err) {
  mj_yaml_node *root;
  mj_text bytes = {0};
  mj_yaml_doc doc = {.file = mj_arena_text(arena, name, strlen(name)), .arena = arena, .err = err};
  const mj_embedded *e = NULL;
  mj_embedded source;
  doc.what = mj_tr(err ? err->lang : MJ_EN, "rulebook");
  doc.hash = hash;
  if (!doc.file) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (mj_rb_is_path(name)) {
    mj_status status = mj_yaml_bytes(&doc, &bytes);
    source = (mj_embedded){doc.file, mj_arena_text(arena, bytes.data ? bytes.data : "", bytes.n), bytes.n};
    mj_text_reset(&bytes);
    if (status) return status;
    if (!source.text) return mj_fail(err, MJ_ENOMEM, "out of memory");
  } else {
    e = find_embedded(builtin, name);
    if (!e && builtin == mj_embedded_rules) e = find_embedded(mj_embedded_fit, name);
    if (!e) return unknown_name(name, err);
    source = *e;
  }
  MJ_TRY(mj_yaml_parse(&doc, source.text, source.n, &root));
  MJ_TRY(mj_rb_read(&doc, e ? tables : NULL, root, out));
  (*out)->source = source;
  return MJ_OK;
}

mj_status mj_rb_open(mj_arena *arena, const char *name, mj_rulebook **out, mj_error *err) {
  return load_one(arena, mj_embedded_rules, mj_embedded_rule_tables, name, out, NULL, err);
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
  mj_fit_norms_fill(&project->fit, &book->fit);
}

/* The SQL of the targets. */
static mj_status list_measures(mj_arena *arena, const mj_rulebook *book, mj_rulebook_facts *f) {
  f->measures = mj_arena_alloc(arena, (size_t)book->n_targets + 1, sizeof *f->measures);
  for (int i = 0; i < book->n_targets && f->measures; i++)
    if (book->target[i].measure.sql) f->measures[f->n_measures++] = book->target[i].measure.sql;
  return f->measures ? MJ_OK : MJ_ENOMEM;
}

/* The YAML under the rulebook's code, and the tables that its facts read, each once. */
static mj_status list_files(mj_arena *arena, const mj_rulebook *book, mj_rulebook_facts *f) {
  mj_rulebook_file *file = mj_arena_alloc(arena, (size_t)book->n_facts + 1, sizeof *file);
  if (!file) return MJ_ENOMEM;
  file[f->n_files++] = (mj_rulebook_file){mj_arena_format(arena, "%s@%s.yaml", book->code, book->version),
                                          book->source.text, book->source.n};
  for (int i = 0; i < book->n_facts; i++) {
    const mj_rb_lookup *l = book->fact[i].lookup;
    bool known = !l;
    for (int k = 1; k < f->n_files && !known; k++) known = !strcmp(file[k].name, l->file);
    if (!known) file[f->n_files++] = l->source;
  }
  f->files = file;
  return file->name ? MJ_OK : MJ_ENOMEM;
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

/* What nobody said: rules/checks.yaml and rules/fit.yaml. They judge nothing, so they are no rulebooks of the run. */
static mj_status fill_unsaid(mj_park *park, mj_error *err) {
  mj_rulebook *checks, *fit;
  MJ_TRY(load_one(&park->arena, mj_embedded_checks, NULL, "checks", &checks, NULL, err));
  mj_check_limits_fill(&park->project.checks, &checks->settings.checks);
  MJ_TRY(load_one(&park->arena, mj_embedded_fit, NULL, "fit", &fit, NULL, err));
  mj_fit_norms_fill(&park->project.fit, &fit->fit);
  return MJ_OK;
}

/* A check of data has no reference date: every rulebook counts. */
static bool is_undated(const mj_project *project) { return !project->as_of || project->as_of == MJ_DATE_NULL; }

/* Each file agrees with itself; numbers of several may not. A result that is read again lacks those of its park.yaml,
 * and without a date numbers meet that are never in force together. */
static mj_status check_fit(const mj_project *project, mj_error *err) {
  char saying[MJ_FIT_SAYING];
  bool again = project->rulebook_files != NULL;
  if (again || is_undated(project) || !mj_fit_contradicts(&project->fit, err ? err->lang : MJ_EN, true, NULL, saying))
    return MJ_OK;
  return mj_fail(err, MJ_EFORMAT, "%s", saying);
}

static void span_of(const mj_rulebook *book, char out[32]) {
  char from[11], to[11];
  mj_date_format(book->from, from);
  mj_date_format(book->to, to);
  snprintf(out, 32, "%s..%s", from, to);
}

/* Two versions of one rulebook may be given where no day has both in force: the reference date then chooses. */
static mj_status check_twins(const mj_rulebook *a, const mj_rulebook *b, mj_error *err) {
  char of_a[32], of_b[32];
  if (strcmp(a->code, b->code) != 0) return MJ_OK;
  bool a_ends = a->to != MJ_DATE_NULL && a->to < b->from, b_ends = b->to != MJ_DATE_NULL && b->to < a->from;
  if (strcmp(a->version, b->version) == 0)
    return mj_fail(err, MJ_EFORMAT, "rulebook '%s' is given twice: %s and %s", b->code, a->file, b->file);
  if (a_ends || b_ends) return MJ_OK;
  span_of(a, of_a);
  span_of(b, of_b);
  return mj_fail(err, MJ_EFORMAT,
                 "versions %s and %s of rulebook '%s' are in force on the same days: %s (%s) and %s (%s)", a->version,
                 b->version, b->code, a->file, of_a, b->file, of_b);
}

/* The project's meaning of a fact, which no document states. It goes by the name, whichever rulebooks have it. */
static mj_status set_facts(mj_park *park, mj_error *err) {
  for (int32_t k = 0; k < park->project.n_facts; k++) {
    const mj_fact_setting *s = &park->project.facts[k];
    bool found = false;
    for (int32_t b = 0; b < park->n_rulebooks; b++)
      for (int i = 0; i < park->rulebooks[b]->n_facts; i++) {
        mj_rb_fact *fact = &park->rulebooks[b]->fact[i];
        if (strcmp(fact->name, s->name) != 0) continue;
        fact->sql.sql = s->sql;
        fact->lookup = NULL;
        fact->assumed = fact->set = found = true;
      }
    if (!found) return mj_fail(err, MJ_EFORMAT, "settings: facts: no rulebook of this run has a fact '%s'", s->name);
  }
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
    const mj_embedded *own = project->rulebook_files;
    MJ_TRY(load_one(&park->arena, own ? own : mj_embedded_rules, own ? own : mj_embedded_rule_tables,
                    project->rulebooks[park->n_rulebooks], &book, &hash, err));
    for (int32_t i = 0; i < park->n_rulebooks; i++) MJ_TRY(check_twins(park->rulebooks[i], book, err));
    if (is_undated(project) || mj_rb_in_force(book, project->as_of)) fill_settings(project, book);
    park->rulebooks[park->n_rulebooks] = book;
    park->rulebook_facts[park->n_rulebooks] = facts_of(book, hash, project);
    mj_rulebook_facts *facts = &park->rulebook_facts[park->n_rulebooks];
    if (list_files(&park->arena, book, facts) || list_measures(&park->arena, book, facts))
      return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  MJ_TRY(set_facts(park, err));
  MJ_TRY(fill_unsaid(park, err));
  return check_fit(project, err);
}
