#include <string.h>

#include "cli.h"

/* Text for roff: '-' and '\' are written so that they can be copied, a leading
 * dot or quote is no request. */
static void roff(GString *out, const char *text) {
  if (*text == '.' || *text == '\'') g_string_append(out, "\\&");
  for (const char *p = text; *p; p++) {
    if (*p == '\\') g_string_append(out, "\\e");
    else if (*p == '-') g_string_append(out, "\\-");
    else g_string_append_c(out, *p);
  }
}

static void heading(GString *out, mj_lang lang, const char *title) {
  g_string_append_printf(out, ".SH %s\n", mj_tr(lang, title));
}

static void line(GString *out, const char *text) {
  roff(out, text);
  g_string_append_c(out, '\n');
}

static void option_entry(GString *out, mj_lang lang, const cli_option *o) {
  g_string_append(out, ".TP\n.B ");
  char *name = o->letter ? g_strdup_printf("-%c, --%s", o->letter, o->name) : g_strdup_printf("--%s", o->name);
  roff(out, name);
  g_free(name);
  if (o->value) {
    g_string_append(out, " \\fI");
    roff(out, o->value);
    g_string_append(out, "\\fR");
  }
  g_string_append_c(out, '\n');
  roff(out, mj_tr(lang, o->help));
  if (o->choices) {
    char *said = g_strdup_printf(mj_tr(lang, "; one of %s"), o->choices);
    roff(out, said);
    g_free(said);
  }
  if (o->fallback) {
    char *said = g_strdup_printf(mj_tr(lang, " (default: %s)"), mj_tr(lang, o->fallback));
    roff(out, said);
    g_free(said);
  }
  g_string_append_c(out, '\n');
}

static void command_section(GString *out, mj_lang lang, const cli_command *c) {
  g_string_append_printf(out, ".SS mujun %s \\fI%s\\fR\n", c->name, c->arguments);
  char *summary = cli_sentence(mj_tr(lang, c->summary), lang);
  line(out, summary);
  g_free(summary);
  if (c->detail) {
    g_string_append(out, ".PP\n");
    line(out, mj_tr(lang, c->detail));
  }
  for (const cli_option *o = c->options; o->name; o++) option_entry(out, lang, o);
}

static void examples(GString *out, mj_lang lang) {
  for (const cli_command *const *c = cli_commands(); *c; c++)
    for (size_t i = 0; i < G_N_ELEMENTS((*c)->examples); i++) {
      g_string_append(out, ".TP\n");
      line(out, mj_tr(lang, (*c)->examples[i].what));
      g_string_append(out, ".nf\n");
      line(out, (*c)->examples[i].command);
      g_string_append(out, ".fi\n");
    }
}

void cli_man(GString *out, mj_lang lang) {
  g_string_append(out, ".TH MUJUN 1 \"\" \"mujun " MJ_VERSION "\"\n");
  heading(out, lang, "NAME");
  g_string_append(out, "mujun \\- ");
  line(out, mj_tr(lang,
                  "What the land of an industrial park yields, and what "
                  "can still be built on it."));
  heading(out, lang, "SYNOPSIS");
  g_string_append(out, ".B mujun\n");
  line(out, mj_tr(lang, "COMMAND [options] [arguments]"));
  heading(out, lang, "COMMANDS");
  for (const cli_command *const *c = cli_commands(); *c; c++) command_section(out, lang, *c);
  heading(out, lang, "OPTIONS OF EVERY COMMAND");
  for (const cli_option *o = cli_common_options(); o->name; o++) option_entry(out, lang, o);
  heading(out, lang, "EXAMPLES");
  examples(out, lang);
  heading(out, lang, "EXIT STATUS");
  for (int code = CLI_DONE; code <= CLI_SET_ASIDE; code++) {
    g_string_append_printf(out, ".TP\n.B %d\n", code);
    line(out, mj_tr(lang, cli_exit_meaning(code)));
  }
}
