#include <string.h>

#include "analyze.h"

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

static mj_status copy(mj_project *project, const char *text, const char **out, mj_error *err) {
  if (!text) return MJ_OK;
  *out = mj_arena_text(&project->arena, text, strlen(text));
  return *out ? MJ_OK : no_memory(err);
}

static mj_status add_inputs(const analyze_options *asked, mj_project *project, mj_error *err) {
  for (int role = 0; role < MJ_ROLE_END; role++) {
    const GPtrArray *paths = asked->inputs[role];
    for (guint i = 0; paths && i < paths->len; i++)
      MJ_TRY(mj_project_add(project, (mj_table_id)role, g_ptr_array_index(paths, i), err));
  }
  return MJ_OK;
}

static mj_status add_names(const GPtrArray *names, mj_project *project, const char ***list, int32_t *n, mj_error *err) {
  if (!names || !names->len) return MJ_OK;
  *list = mj_arena_alloc(&project->arena, names->len, sizeof **list);
  if (!*list) return no_memory(err);
  for (guint i = 0; i < names->len; i++) MJ_TRY(copy(project, g_ptr_array_index(names, i), &(*list)[i], err));
  *n = (int32_t)names->len;
  return MJ_OK;
}

mj_status analyze_project(const cli_context *cli, const analyze_options *asked, const char *yaml, mj_project *project,
                          mj_error *err) {
  *project = (mj_project)MJ_PROJECT_DEFAULTS;
  project->as_of = asked->as_of;
  if (asked->year != CLI_NOT_GIVEN) project->year = asked->year;
  if (asked->threads != CLI_NOT_GIVEN) project->threads = asked->threads;
  project->lang = cli->lang;
  project->all_reasons = asked->all_reasons;
  MJ_TRY(copy(project, asked->crs, &project->crs, err));
  MJ_TRY(copy(project, asked->encoding, &project->encoding, err));
  MJ_TRY(copy(project, asked->corrections, &project->corrections, err));
  MJ_TRY(add_names(asked->rules, project, &project->rulebooks, &project->n_rulebooks, err));
  MJ_TRY(add_names(asked->sql, project, &project->summaries, &project->n_summaries, err));
  MJ_TRY(add_inputs(asked, project, err));
  if (yaml) MJ_TRY(mj_project_load(yaml, project, err));
  if (cli->lang_given) project->lang = cli->lang; /* the file may have said another */
  if (asked->fit) project->fit_of = (mj_fit_of)(asked->fit - 1);
  return MJ_OK;
}

static void add_list(GPtrArray *out, const cli_option *o, const GPtrArray *values) {
  for (guint i = 0; values && i < values->len; i++)
    g_ptr_array_add(out, g_strdup_printf("--%s=%s", o->name, (char *)g_ptr_array_index(values, i)));
}

static void add_choices(GPtrArray *out, const cli_option *o, unsigned mask) {
  char **known = g_strsplit(o->choices, "|", -1);
  GString *text = g_string_new(NULL);
  for (unsigned i = 0; known[i]; i++)
    if (mask & (1U << i)) g_string_append_printf(text, "%s%s", text->len ? "," : "", known[i]);
  if (mask) g_ptr_array_add(out, g_strdup_printf("--%s=%s", o->name, text->str));
  g_string_free(text, TRUE);
  g_strfreev(known);
}

static void add_parameter(GPtrArray *out, const cli_option *o, const void *at) {
  char date[11];
  switch (o->kind) {
    case CLI_LIST:
    case CLI_NAMES:
      add_list(out, o, *(GPtrArray *const *)at);
      break;
    case CLI_TEXT:
      if (*(char *const *)at) g_ptr_array_add(out, g_strdup_printf("--%s=%s", o->name, *(char *const *)at));
      break;
    case CLI_INT:
      if (*(const int *)at != CLI_NOT_GIVEN)
        g_ptr_array_add(out, g_strdup_printf("--%s=%d", o->name, *(const int *)at));
      break;
    case CLI_DATE:
      mj_date_format(*(const int32_t *)at, date);
      if (*date) g_ptr_array_add(out, g_strdup_printf("--%s=%s", o->name, date));
      break;
    case CLI_CHOICES:
      add_choices(out, o, *(const unsigned *)at);
      break;
    case CLI_FLAG:
      if (*(const bool *)at) g_ptr_array_add(out, g_strdup_printf("--%s", o->name));
      break;
    case CLI_CHOICE:
      if (*(const int *)at) add_choices(out, o, 1U << (*(const int *)at - 1));
      break;
  }
}

GPtrArray *analyze_parameters(const cli_option *options, const analyze_options *asked, const char *yaml) {
  GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(out, g_strdup("mujun"));
  for (const cli_option *o = options; o->name; o++)
    if (o->recorded) add_parameter(out, o, (const char *)asked + o->offset);
  if (yaml) g_ptr_array_add(out, g_strdup(yaml));
  return out;
}
