#include <string.h>

#include "base/embed.h"
#include "report/dossier.h"

/* The verdicts proved again: the parcel's own columns under the rulebooks that the result carries. */

/* Columns of the reasons that the dossier reads; verdicts as the result has them. */
static mj_status copy_reasons(const mj_table *from, mj_table *to) {
  static const char *const verdicts[] = {[MJ_NO] = "no", [MJ_YES] = "yes", [MJ_UNKNOWN] = "unknown"};
  MJ_TRY(mj_table_init(to, from->name, from->n));
  for (int32_t i = 0; i < from->n_columns; i++) {
    const mj_column *c = from->columns[i];
    mj_column *copy = mj_table_add(to, c->name, c->type == MJ_TRI ? MJ_TEXT : c->type);
    if (!copy) return MJ_ENOMEM;
    for (int64_t r = 0; r < from->n; r++) {
      if (c->type == MJ_TRI) copy->text[r] = verdicts[c->tri[r]];
      if (c->type == MJ_F64) copy->f64[r] = c->f64[r];
      if (c->type == MJ_I64) copy->i64[r] = c->i64[r];
      if (c->type == MJ_TEXT && c->text[r] &&
          !(copy->text[r] = mj_arena_text(&to->arena, c->text[r], strlen(c->text[r]))))
        return MJ_ENOMEM;
    }
  }
  return MJ_OK;
}

/* The row of the result as a table of its own. */
static mj_status copy_parcel(const mj_table *from, mj_table *to) {
  MJ_TRY(mj_table_init(to, mj_table_id_name(MJ_PARCELS), from->n));
  for (int32_t i = 0; i < from->n_columns; i++) {
    const mj_column *c = from->columns[i];
    mj_column *copy = mj_table_add(to, c->name, c->type);
    if (!copy) return MJ_ENOMEM;
    for (int64_t r = 0; r < from->n; r++) {
      if (c->type == MJ_F64) copy->f64[r] = c->f64[r];
      if (c->type == MJ_I64) copy->i64[r] = c->i64[r];
      if (c->type == MJ_TEXT) copy->text[r] = c->text[r];
    }
  }
  return MJ_OK;
}

/* Word for word the rulebook of that code that came with the program. */
static bool is_shipped(const char *name, const char *text) {
  const char *at = strchr(name, '@');
  size_t n = at ? (size_t)(at - name) : strlen(name);
  for (const mj_embedded *e = mj_embedded_rules; e->name; e++)
    if (!strncmp(e->name, name, n) && !strcmp(e->name + n, ".yaml")) return text && !strcmp(e->text, text);
  for (const mj_embedded *e = mj_embedded_rule_tables; e->name; e++)
    if (!strcmp(e->name, name)) return text && !strcmp(e->text, text);
  return false;
}

/* The files of the result and the rulebooks they are of, in order. */
static mj_status name_rulebooks(mj_dossier *d, const mj_table *files, mj_project *project) {
  const char **book = mj_table_text(files, "rulebook"), **name = mj_table_text(files, "file"),
             **text = mj_table_text(files, "text");
  mj_rulebook_file *list = mj_arena_alloc(&d->arena, (size_t)files->n + 1, sizeof *list);
  const char **books = mj_arena_alloc(&d->arena, (size_t)files->n + 1, sizeof *books);
  if (!list || !books) return MJ_ENOMEM;
  for (int64_t i = 0; book && name && text && i < files->n; i++) {
    if (!book[i] || !name[i]) continue;
    d->own_rules = d->own_rules || !is_shipped(name[i], text[i]);
    list[i] = (mj_rulebook_file){name[i], text[i] ? text[i] : "", text[i] ? strlen(text[i]) : 0};
    if (!project->n_rulebooks || strcmp(books[project->n_rulebooks - 1], book[i]) != 0)
      books[project->n_rulebooks++] = book[i];
  }
  project->rulebooks = books;
  project->rulebook_files = list;
  return MJ_OK;
}

static mj_status prove(mj_dossier *d, const mj_table *files, mj_park *park, mj_error *err) {
  mj_piece run = {.table = d->run};
  const char *as_of = mj_piece_text(&run, 0, "as_of");
  double year = mj_piece_number(&run, 0, "year");
  park->project.lang = d->lang;
  park->project.threads = 1;
  park->project.as_of = as_of ? mj_date_parse(as_of) : MJ_DATE_NULL;
  if (year > 0) park->project.year = (int32_t)year;
  if (name_rulebooks(d, files, &park->project) || copy_parcel(&d->parcel.table, &park->table[MJ_PARCELS]))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_rules_load(park, err));
  return mj_judge_proofs(park, err);
}

mj_status mj_dossier_prove(mj_dossier *d, mj_error *err) {
  mj_table files = {0};
  mj_park park = {.project = MJ_PROJECT_DEFAULTS};
  mj_error why = {.lang = d->lang};
  mj_wording words = {.lang = d->lang};
  d->unproved = NULL;
  d->own_rules = !mj_dossier_has(d, "rulebook_files");
  if (!mj_dossier_has(d, "rulebook_files")) return MJ_OK;
  mj_status s =
      mj_store_table(d->store, "SELECT rulebook, file, text FROM rulebook_files ORDER BY fid", "files", &files, err);
  mj_status proved = s ? s : prove(d, &files, &park, &why);
  if (!s && proved == MJ_ENOMEM) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s && proved && !(d->unproved = mj_arena_text(&d->arena, why.message, strlen(why.message))))
    s = mj_fail(err, MJ_ENOMEM, "out of memory");
  const mj_table *table = &d->proofs.table;
  if (!s && !proved && copy_reasons(&park.table[MJ_REASONS], &d->proofs.table))
    s = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s && !proved) s = mj_sheet_make(&d->proofs.sheet, "reasons", 1, &table, &words, &d->arena, err);
  mj_park_reset(&park);
  mj_table_reset(&files);
  return s;
}
