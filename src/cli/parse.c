#include <string.h>

#include "cli.h"

/* What the callbacks of GOption share while one command line is read. */
typedef struct {
  const cli_context *cli;
  const cli_command *command;
  void *values;
  int lang;      /* of the common option, checked here and used before */
  char *problem; /* of the first value that was refused */
} parse_state;

static const cli_option common[] = {
    {.name = "lang",
     .kind = CLI_CHOICE,
     .value = "LANG",
     .choices = "zh|en",
     .fallback = "LC_ALL, LC_MESSAGES, LANG",
     .help = "language of messages and results"},
    {.name = "json-usage", .kind = CLI_FLAG, .help = "print this usage as JSON, for programs"},
    {.name = "help", .letter = 'h', .kind = CLI_FLAG, .help = "print this text"},
    {.name = NULL}};

const cli_option *cli_common_options(void) { return common; }

void cli_language(cli_context *cli, int argc, char **argv) {
  const char *said = NULL;
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
    if (!strcmp(argv[i], "--lang") && i + 1 < argc) said = argv[i + 1];
    if (g_str_has_prefix(argv[i], "--lang=")) said = argv[i] + strlen("--lang=");
  }
  if (said && strcmp(said, "zh") != 0 && strcmp(said, "en") != 0)
    said = NULL; /* refused later, in the terminal's language */
  cli->lang_given = said != NULL;
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < G_N_ELEMENTS(names) && (!said || !*said); i++) said = g_getenv(names[i]);
  cli->lang = said && g_str_has_prefix(said, "zh") ? MJ_ZH : MJ_EN;
}

/* Bit mask of the choices that @p value names, with commas between; 0 where one
 * is no choice. */
static unsigned choices_of(const cli_option *option, const char *value) {
  char **known = g_strsplit(option->choices, "|", -1), **asked = g_strsplit(value, ",", -1);
  unsigned mask = 0;
  for (int i = 0; asked[i]; i++) {
    unsigned bit = 0;
    for (unsigned j = 0; known[j]; j++)
      if (!strcmp(known[j], g_strstrip(asked[i]))) bit = 1U << j;
    mask = bit && (i == 0 || mask) ? mask | bit : 0;
    if (!mask) break;
  }
  if (option->kind == CLI_CHOICE && asked[0] && asked[1]) mask = 0;
  g_strfreev(known);
  g_strfreev(asked);
  return mask;
}

static void append_names(GPtrArray *list, const char *value) {
  char **parts = g_strsplit(value, ",", -1);
  for (int i = 0; parts[i]; i++)
    if (*g_strstrip(parts[i])) g_ptr_array_add(list, g_strdup(parts[i]));
  g_strfreev(parts);
}

static void store_text(const cli_option *option, const char *value, void *at) {
  if (option->kind == CLI_TEXT) {
    char **text = at;
    g_free(*text);
    *text = g_strdup(value);
    return;
  }
  GPtrArray **list = at;
  if (!*list) *list = g_ptr_array_new_with_free_func(g_free);
  if (option->kind == CLI_NAMES) append_names(*list, value);
  else g_ptr_array_add(*list, g_strdup(value));
}

/* Store a value that is a number, a date or a choice; the reason where it is
 * none (to be freed), else NULL. */
static char *store_number(mj_lang lang, const cli_option *option, const char *shown, const char *value, void *at) {
  if (option->kind == CLI_INT) {
    gint64 number;
    if (!g_ascii_string_to_signed(value, 10, option->low, option->high, &number, NULL))
      return g_strdup_printf(mj_tr(lang, "option '%s': '%s' is not a whole number from %d to %d"), shown, value,
                             option->low, option->high);
    *(int *)at = (int)number;
    return NULL;
  }
  if (option->kind == CLI_DATE) {
    int32_t date = mj_date_parse(value);
    if (date == MJ_DATE_NULL)
      return g_strdup_printf(mj_tr(lang, "option '%s': '%s' is not a date such as 2026-03-31"), shown, value);
    *(int32_t *)at = date;
    return NULL;
  }
  unsigned mask = choices_of(option, value);
  if (!mask) return g_strdup_printf(mj_tr(lang, "option '%s': '%s' is not one of %s"), shown, value, option->choices);
  if (option->kind == CLI_CHOICES) *(unsigned *)at |= mask;
  else *(int *)at = g_bit_nth_lsf(mask, -1) + 1;
  return NULL;
}

static char *store(mj_lang lang, const cli_option *option, const char *shown, const char *value, void *at) {
  if (option->kind == CLI_FLAG) {
    *(bool *)at = true;
    return NULL;
  }
  /* GOption takes whatever comes next; an option there means that the value was
   * forgotten */
  if (!*value || g_str_has_prefix(value, "--"))
    return g_strdup_printf(mj_tr(lang, "option '%s' needs a value (%s)"), shown, option->value);
  if (option->kind == CLI_TEXT || option->kind == CLI_LIST || option->kind == CLI_NAMES) {
    store_text(option, value, at);
    return NULL;
  }
  return store_number(lang, option, shown, value, at);
}

/* The option that GOption names "--year" or "-o". */
static const cli_option *lookup(const cli_option *options, const char *shown) {
  for (const cli_option *o = options; o->name; o++)
    if (g_str_has_prefix(shown, "--") ? !strcmp(shown + 2, o->name) : shown[1] == o->letter) return o;
  return NULL;
}

static gboolean take(const char *shown, const char *value, gpointer data, GError **error) {
  parse_state *state = data;
  const cli_option *option = lookup(state->command->options, shown);
  void *at = option ? (char *)state->values + option->offset : NULL;
  if (!option) {
    option = lookup(common, shown);
    at = &state->lang; /* --help and --json-usage were acted on before */
  }
  if (option) state->problem = store(state->cli->lang, option, shown, value, at);
  if (!state->problem) return TRUE;
  g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, state->problem);
  return FALSE;
}

static void add_entries(GArray *entries, const cli_option *options) {
  for (const cli_option *o = options; o->name; o++) {
    GOptionEntry entry = {.long_name = o->name, .short_name = o->letter, .arg = G_OPTION_ARG_CALLBACK};
    /* FILENAME: the bytes as they are, whatever the locale's character set */
    entry.flags = o->kind == CLI_FLAG ? G_OPTION_FLAG_NO_ARG : G_OPTION_FLAG_FILENAME;
    GOptionArgFunc callback = take;
    memcpy(&entry.arg_data, &callback, sizeof callback);
    g_array_append_val(entries, entry);
  }
}

/* The option whose name begins as @p typed does, where there is only one. */
static const char *meant(const cli_option *options, const char *typed) {
  const char *found = NULL;
  size_t n = strcspn(typed, "=");
  for (const cli_option *o = options; o->name && n > 1; o++) {
    bool near = !strncmp(o->name, typed, n) || !strncmp(o->name, typed, strlen(o->name));
    if (near && found) return NULL;
    if (near) found = o->name;
  }
  return found;
}

static int unknown_option(const cli_context *cli, const cli_command *command, const char *typed) {
  const char *better = g_str_has_prefix(typed, "--") ? meant(command->options, typed + 2) : NULL;
  if (better) return cli_usage_error(cli, mj_tr(cli->lang, "unknown option '%s' (meant: --%s)"), typed, better);
  return cli_usage_error(cli, mj_tr(cli->lang, "unknown option '%s'"), typed);
}

/* What GOption left: arguments, "--", and options it does not know. */
static int take_arguments(const cli_context *cli, const cli_command *command, int argc, char **argv, GPtrArray *files) {
  bool only_files = false;
  for (int i = 1; i < argc; i++) {
    if (!only_files && !strcmp(argv[i], "--")) only_files = true;
    else if (!only_files && argv[i][0] == '-' && argv[i][1]) return unknown_option(cli, command, argv[i]);
    else g_ptr_array_add(files, argv[i]);
  }
  return CLI_DONE;
}

/* GOption takes "--overwrite=no" for "--overwrite". */
static const char *flag_with_value(const cli_command *command, int argc, char **argv) {
  const cli_option *const lists[] = {command->options, common};
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
    size_t n = strcspn(argv[i], "=");
    if (!g_str_has_prefix(argv[i], "--") || !argv[i][n]) continue;
    for (size_t l = 0; l < G_N_ELEMENTS(lists); l++)
      for (const cli_option *o = lists[l]; o->name; o++)
        if (o->kind == CLI_FLAG && strlen(o->name) == n - 2 && !strncmp(o->name, argv[i] + 2, n - 2)) return o->name;
  }
  return NULL;
}

int cli_parse(const cli_context *cli, const cli_command *command, int argc, char **argv, void *values,
              GPtrArray *files) {
  const char *flag = flag_with_value(command, argc, argv);
  if (flag) return cli_usage_error(cli, mj_tr(cli->lang, "option '--%s' takes no value"), flag);
  parse_state state = {.cli = cli, .command = command, .values = values};
  GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
  add_entries(entries, command->options);
  add_entries(entries, common);
  GOptionGroup *group = g_option_group_new("main", "", "", &state, NULL);
  g_option_group_add_entries(group, (const GOptionEntry *)(const void *)entries->data);
  GOptionContext *context = g_option_context_new(NULL);
  g_option_context_set_main_group(context, group);
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_set_ignore_unknown_options(context, TRUE);

  const char *last = argv[argc - 1];
  int code = CLI_DONE;
  if (g_option_context_parse(context, &argc, &argv, NULL)) code = take_arguments(cli, command, argc, argv, files);
  else if (state.problem) code = cli_usage_error(cli, "%s", state.problem);
  else /* the one failure that is GOption's own: an option at the end without
          its value */
    code = cli_usage_error(cli, mj_tr(cli->lang, "option '%s' needs a value"), last);
  g_free(state.problem);
  g_option_context_free(context);
  g_array_free(entries, TRUE);
  return code;
}

void cli_options_free(const cli_option *options, void *values) {
  for (const cli_option *o = options; o->name; o++) {
    void *at = (char *)values + o->offset;
    if (o->kind == CLI_TEXT) g_clear_pointer((char **)at, g_free);
    if (o->kind == CLI_LIST || o->kind == CLI_NAMES) g_clear_pointer((GPtrArray **)at, g_ptr_array_unref);
  }
}
