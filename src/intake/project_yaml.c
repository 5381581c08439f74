#include <string.h>

#include "intake/land_use.h"
#include "intake/project.h"
#include "mujun/rooms.h"

static mj_status no_memory(const mj_project_file *f) { return mj_fail(f->doc.err, MJ_ENOMEM, "out of memory"); }

/* A text that an option did not give already. */
static mj_status read_unsaid(const mj_project_file *f, const mj_yaml_node *root, const char *key, const char **slot) {
  const char *text;
  MJ_TRY(mj_yaml_text(&f->doc, root, key, &text));
  if (!*slot) *slot = text;
  return MJ_OK;
}

static mj_status read_head(const mj_project_file *f, const mj_yaml_node *root) {
  static const char *const langs[] = {"en", "zh", NULL}; /* as mj_lang */
  mj_project *p = f->project;
  int32_t as_of, year;
  int lang, scheme;
  MJ_TRY(read_unsaid(f, root, "park", &p->name));
  MJ_TRY(read_unsaid(f, root, "crs", &p->crs));
  MJ_TRY(read_unsaid(f, root, "encoding", &p->encoding));
  MJ_TRY(mj_project_read_shift(f, root, &p->datum_shift));
  MJ_TRY(mj_yaml_date(&f->doc, root, "as_of", &as_of));
  MJ_TRY(mj_yaml_year(&f->doc, root, "year", &year));
  MJ_TRY(mj_yaml_word(&f->doc, root, "lang", langs, (int)p->lang, &lang));
  MJ_TRY(mj_yaml_word(&f->doc, root, "land_use_scheme", mj_land_scheme_names, MJ_LAND_SCHEMES, &scheme));
  if (p->as_of == MJ_DATE_NULL) p->as_of = as_of;
  if (p->year == MJ_DATE_NULL) p->year = year;
  p->lang = (mj_lang)lang;
  if (!p->land_use_scheme) p->land_use_scheme = mj_land_scheme_names[scheme];
  return MJ_OK;
}

/* A path says so by a slash or its ending and is relative to the file; anything else is the name of a rulebook. */
static mj_status push_rule(const mj_project_file *f, const mj_yaml_node *node) {
  const char *text;
  mj_project *p = f->project;
  MJ_TRY(mj_yaml_scalar(&f->doc, node, "rules", &text));
  if (!text || !*text) return mj_yaml_fail(&f->doc, node, "%s: expected the name or file of a rulebook", "rules");
  if (strchr(text, '/') || mj_path_ends(text, ".yaml") || mj_path_ends(text, ".yml"))
    text = mj_path_join(&p->arena, f->folder, text);
  const char **grown = mj_arena_alloc(&p->arena, (size_t)p->n_rulebooks + 1, sizeof *grown);
  if (!text || !grown) return no_memory(f);
  if (p->n_rulebooks) memcpy(grown, p->rulebooks, (size_t)p->n_rulebooks * sizeof *grown);
  grown[p->n_rulebooks++] = text;
  p->rulebooks = grown;
  return MJ_OK;
}

static mj_status read_rules(const mj_project_file *f, const mj_yaml_node *root) {
  if (f->project->n_rulebooks) return MJ_OK; /* options win as a whole: the order of rulebooks means something */
  const mj_yaml_node *list = mj_yaml_get(root, "rules");
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(list, i));) MJ_TRY(push_rule(f, i));
  return MJ_OK;
}

static mj_status push_lookup(const mj_project_file *f, const mj_yaml_node *node) {
  static const char *const keys[] = {"name", "table", "key", "match", "value", "", NULL};
  mj_project *p = f->project;
  mj_lookup l;
  MJ_TRY(mj_yaml_keys(&f->doc, node, "lookups", keys));
  MJ_TRY(mj_yaml_text(&f->doc, node, "name", &l.name));
  MJ_TRY(mj_yaml_text(&f->doc, node, "table", &l.path));
  MJ_TRY(mj_yaml_text(&f->doc, node, "key", &l.key));
  MJ_TRY(mj_yaml_text(&f->doc, node, "match", &l.match));
  MJ_TRY(mj_yaml_text(&f->doc, node, "value", &l.value));
  l.path = mj_path_join(&p->arena, f->folder, l.path);
  mj_lookup *grown = mj_arena_alloc(&p->arena, (size_t)p->n_lookups + 1, sizeof *grown);
  if (!l.path || !grown) return no_memory(f);
  if (p->n_lookups) memcpy(grown, p->lookups, (size_t)p->n_lookups * sizeof *grown);
  grown[p->n_lookups++] = l;
  p->lookups = grown;
  return MJ_OK;
}

/* Relative to the file, unless an option named it already. */
static mj_status read_corrections(const mj_project_file *f, const mj_yaml_node *root) {
  const char *text;
  MJ_TRY(mj_yaml_text(&f->doc, root, "corrections", &text));
  if (!text || f->project->corrections) return MJ_OK;
  f->project->corrections = mj_path_join(&f->project->arena, f->folder, text);
  return f->project->corrections ? MJ_OK : no_memory(f);
}

/* "benefit_3y_wan: profit_3y_wan": which fact, and what it is here. */
static mj_status read_facts(const mj_project_file *f, const mj_yaml_node *map) {
  mj_project *p = f->project;
  int32_t n = 0;
  MJ_TRY(mj_yaml_map(&f->doc, map, "facts"));
  for (const mj_yaml_node *i = map->first; i; i = i->next) n++;
  p->facts = mj_arena_alloc(&p->arena, (size_t)n + 1, sizeof *p->facts);
  if (!p->facts) return mj_fail(f->doc.err, MJ_ENOMEM, "out of memory");
  for (const mj_yaml_node *i = map->first; i; i = i->next) {
    mj_fact_setting *s = &p->facts[p->n_facts++];
    s->name = i->key;
    MJ_TRY(mj_yaml_text(&f->doc, map, i->key, &s->sql));
    if (!s->sql) return mj_yaml_fail(&f->doc, i, "'%s': expected a text, found %s", i->key, "''");
  }
  return MJ_OK;
}

/* More SELECTs, beside those that options named. */
static mj_status read_summaries(const mj_project_file *f, const mj_yaml_node *root) {
  mj_project *p = f->project;
  const mj_yaml_node *list = mj_yaml_get(root, "summaries");
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(list, i));) {
    const char *text;
    MJ_TRY(mj_yaml_scalar(&f->doc, i, "summaries", &text));
    if (!text || !mj_path_ends(text, ".sql")) return mj_yaml_fail(&f->doc, i, "%s: expected a .sql file", "summaries");
    text = mj_path_join(&p->arena, f->folder, text);
    const char **grown = mj_arena_alloc(&p->arena, (size_t)p->n_summaries + 1, sizeof *grown);
    if (!text || !grown) return no_memory(f);
    if (p->n_summaries) memcpy(grown, p->summaries, (size_t)p->n_summaries * sizeof *grown);
    grown[p->n_summaries++] = text;
    p->summaries = grown;
  }
  return MJ_OK;
}

static mj_status read_settings(const mj_project_file *f, const mj_yaml_node *root) {
  static const char *const keys[] = {"",        "area_basis", "headroom_min_m2", "area_tolerance", "checks", "fit",
                                     "modules", "structures", "facts",           "fit_of",         NULL};
  static const char *const of[] = {"candidates", "all", "none", NULL}; /* as mj_fit_of */
  static const mj_yaml_by by = {"park.yaml", .assumed = true}; /* no document, unless it says that one states it */
  const mj_yaml_node *map = mj_yaml_get(root, "settings");
  mj_project *p = f->project;
  mj_yaml_settings s;
  mj_fit_norms fit = {0};
  int fit_of;
  if (map) MJ_TRY(mj_yaml_keys(&f->doc, map, "settings", keys));
  MJ_TRY(mj_yaml_read_settings(&f->doc, map, &s));
  mj_basis *slots[3] = {p->basis_yield, p->basis_plot_ratio, p->basis_coverage};
  for (int i = 0; i < 3; i++)
    if (slots[i][0] == MJ_BASIS_NONE) memcpy(slots[i], s.basis[i], sizeof s.basis[i]);
  if (isnan(p->headroom_min_m2)) p->headroom_min_m2 = s.headroom_min_m2;
  if (isnan(p->area_tolerance)) p->area_tolerance = s.area_tolerance;
  mj_check_limits_fill(&p->checks, &s.checks);
  MJ_TRY(mj_yaml_read_fit(&f->doc, map, map, &by, &fit));
  mj_fit_norms_fill(&p->fit, &fit);
  if (map) {
    MJ_TRY(mj_yaml_word(&f->doc, map, "fit_of", of, (int)p->fit_of, &fit_of));
    p->fit_of = (mj_fit_of)fit_of;
  }
  const mj_yaml_node *facts = map ? mj_yaml_get(map, "facts") : NULL;
  return facts ? read_facts(f, facts) : MJ_OK;
}

/* Inputs keep the order of the file. */
static mj_status read_inputs(const mj_project_file *f, const mj_yaml_node *root) {
  for (const mj_yaml_node *n = root->first; n; n = n->next) {
    mj_table_id role = mj_role_find(n->key);
    if (role != MJ_ROLE_END) MJ_TRY(mj_project_read_role(f, role, n));
  }
  return MJ_OK;
}

static mj_status read_top(mj_project_file *f, const mj_yaml_node *root) {
  const char *keys[15 + MJ_ROLE_END] = {
      "",        "park",     "as_of",           "year",        "lang",     "crs", "encoding", "datum_shift", "rules",
      "lookups", "settings", "land_use_scheme", "corrections", "summaries"}; /* and the roles, and NULL */
  for (int i = 0; i < MJ_ROLE_END; i++) keys[14 + i] = mj_table_id_name((mj_table_id)i);
  for (int32_t i = 0; i < f->project->n_inputs; i++) f->said[f->project->inputs[i].role] = true;
  MJ_TRY(mj_yaml_keys(&f->doc, root, f->doc.what, keys));
  MJ_TRY(read_head(f, root));
  MJ_TRY(read_rules(f, root));
  const mj_yaml_node *lookups = mj_yaml_get(root, "lookups");
  for (const mj_yaml_node *i = NULL; (i = mj_yaml_each(lookups, i));) MJ_TRY(push_lookup(f, i));
  MJ_TRY(read_settings(f, root));
  MJ_TRY(read_corrections(f, root));
  MJ_TRY(read_summaries(f, root));
  return read_inputs(f, root);
}

mj_status mj_project_load(const char *path, mj_project *project, mj_error *err) {
  mj_fields fields = {0};
  mj_yaml_node *root;
  mj_project_fresh(project);
  mj_project_file f = {.doc = {.file = path, .arena = &project->arena, .err = err},
                       .folder = mj_path_folder(&project->arena, path),
                       .project = project,
                       .fields = &fields};
  f.doc.what = mj_tr(err ? err->lang : MJ_EN, "project file");
  if (!f.folder) return no_memory(&f);
  mj_status status = mj_fields_open(&fields, err);
  if (!status) status = mj_yaml_load(&f.doc, &root);
  if (!status) status = read_top(&f, root);
  mj_fields_close(&fields);
  return status;
}
