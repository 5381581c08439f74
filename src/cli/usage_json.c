#include <string.h>

#include "cli.h"

static const char *kind_name(cli_kind kind) {
  switch (kind) {
    case CLI_FLAG:
      return "flag";
    case CLI_TEXT:
      return "text";
    case CLI_LIST:
    case CLI_NAMES:
      return "list";
    case CLI_INT:
      return "integer";
    case CLI_DATE:
      return "date";
    case CLI_CHOICE:
      return "choice";
    default:
      return "choices";
  }
}

static void member(GString *out, const char *name, const char *text) {
  g_string_append_printf(out, ",\"%s\":", name);
  if (text) cli_json(out, text);
  else g_string_append(out, "null");
}

/* What a program shows to people instead of a choice; a choice that is not here stands for itself. */
static const struct {
  const char *option, *choice, *words;
} choice_words[] = {
    {"only", "geojson", "GeoJSON layers"},
    {"only", "csv", "CSV tables"},
    {"only", "gpkg", "GeoPackage"},
    {"only", "xlsx", "Excel workbook"},
    {"only", "html", "HTML report"},
    {"fit", "candidates", "candidates only"},
    {"fit", "all", "all that may be industrial"},
    {"fit", "none", "none at all"},
    {"format", "text", "plain text"},
    {"format", "md", "Markdown"},
    {"format", "html", "HTML page with a map"},
    {"lang", "zh", "Chinese"},
    {"lang", "en", "English"},
};

static const char *words_of(const char *option, const char *choice) {
  for (size_t i = 0; i < G_N_ELEMENTS(choice_words); i++)
    if (!strcmp(choice_words[i].option, option) && !strcmp(choice_words[i].choice, choice))
      return choice_words[i].words;
  return choice;
}

static void choices(GString *out, mj_lang lang, const cli_option *o) {
  char **all = g_strsplit(o->choices, "|", -1);
  g_string_append(out, ",\"choices\":[");
  for (int i = 0; all[i]; i++) {
    if (i) g_string_append_c(out, ',');
    cli_json(out, all[i]);
  }
  g_string_append(out, "],\"labels\":[");
  for (int i = 0; all[i]; i++) {
    if (i) g_string_append_c(out, ',');
    cli_json(out, mj_tr(lang, words_of(o->name, all[i])));
  }
  g_string_append_c(out, ']');
  g_strfreev(all);
}

static void option_object(GString *out, mj_lang lang, const cli_option *o, bool first) {
  g_string_append(out, first ? "\n  {\"name\":" : ",\n  {\"name\":");
  cli_json(out, o->name);
  char letter[] = {o->letter, 0};
  member(out, "letter", o->letter ? letter : NULL);
  member(out, "type", kind_name(o->kind));
  member(out, "value", o->value);
  if (o->choices) choices(out, lang, o);
  if (o->kind == CLI_INT) g_string_append_printf(out, ",\"minimum\":%d,\"maximum\":%d", o->low, o->high);
  member(out, "default", o->fallback ? mj_tr(lang, o->fallback) : NULL);
  bool repeats = o->kind == CLI_LIST || o->kind == CLI_NAMES;
  g_string_append_printf(out, ",\"repeatable\":%s", repeats ? "true" : "false");
  member(out, "description", mj_tr(lang, o->help));
  g_string_append_c(out, '}');
}

static void command_object(GString *out, mj_lang lang, const cli_command *c) {
  g_string_append(out, "{\"name\":");
  cli_json(out, c->name);
  member(out, "arguments", c->arguments);
  member(out, "summary", mj_tr(lang, c->summary));
  member(out, "description", c->detail ? mj_tr(lang, c->detail) : NULL);
  g_string_append(out, ",\"options\":[");
  for (const cli_option *o = c->options; o->name; o++) option_object(out, lang, o, o == c->options);
  for (const cli_option *o = cli_common_options(); o->name; o++)
    option_object(out, lang, o, o == cli_common_options() && !c->options->name);
  g_string_append(out, "],\"examples\":[");
  for (size_t i = 0; i < G_N_ELEMENTS(c->examples); i++) {
    g_string_append(out, i ? ",{\"command\":" : "{\"command\":");
    cli_json(out, c->examples[i].command);
    member(out, "description", mj_tr(lang, c->examples[i].what));
    g_string_append_c(out, '}');
  }
  g_string_append(out, "],\"exit_codes\":{");
  for (const char *e = c->exit_codes; *e; e++) {
    g_string_append_printf(out, "%s\"%c\":", e == c->exit_codes ? "" : ",", *e);
    cli_json(out, mj_tr(lang, cli_exit_meaning(*e - '0')));
  }
  g_string_append(out, "}}");
}

void cli_json_usage(GString *out, mj_lang lang, const cli_command *command) {
  if (command) {
    command_object(out, lang, command);
    g_string_append_c(out, '\n');
    return;
  }
  g_string_append(out, "{\"name\":\"mujun\",\"version\":\"" MJ_VERSION "\",\"commands\":[\n");
  for (const cli_command *const *c = cli_commands(); *c; c++) {
    if (c != cli_commands()) g_string_append(out, ",\n");
    command_object(out, lang, *c);
  }
  g_string_append(out, "]}\n");
}
