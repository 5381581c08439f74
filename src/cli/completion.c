#include <string.h>

#include "cli.h"

static void add_words(GString *out, const cli_option *options) {
  for (const cli_option *o = options; o->name; o++) {
    g_string_append_printf(out, " --%s", o->name);
    if (o->letter) g_string_append_printf(out, " -%c", o->letter);
  }
}

/* "--name|-n)" and what completes the value: choices, folders, nothing for
 * numbers and dates, files for the rest. */
static void add_value_case(GString *out, const cli_option *o) {
  if (o->kind == CLI_FLAG) return;
  g_string_append_printf(out, "    --%s", o->name);
  if (o->letter) g_string_append_printf(out, "|-%c", o->letter);
  g_string_append(out, ") ");
  if (o->choices) {
    char *words = g_strdelimit(g_strdup(o->choices), "|", ' ');
    g_string_append_printf(out, "COMPREPLY=($(compgen -W '%s' -- \"$cur\"));", words);
    g_free(words);
  } else if (!strcmp(o->value, "DIR")) {
    g_string_append(out, "COMPREPLY=($(compgen -d -- \"$cur\"));");
  } else if (g_str_has_prefix(o->value, "FILE") || g_str_has_prefix(o->value, "RULES")) {
    g_string_append(out, "COMPREPLY=($(compgen -f -- \"$cur\"));");
  }
  g_string_append(out, " return ;;\n");
}

static void add_command(GString *out, const cli_command *c) {
  g_string_append_printf(out, "  %s)\n    case \"$prev\" in\n", c->name);
  for (const cli_option *o = c->options; o->name; o++) add_value_case(out, o);
  for (const cli_option *o = cli_common_options(); o->name; o++) add_value_case(out, o);
  g_string_append(out, "    esac\n    words='");
  for (const cli_option *o = c->options; o->name; o++)
    if (o == c->options) add_words(out, c->options);
  add_words(out, cli_common_options());
  g_string_append(out, "' ;;\n");
}

void cli_bash_completion(GString *out) {
  g_string_append(out, "# bash completion of mujun\n_mujun() {\n  local cur prev words names='");
  for (const cli_command *const *c = cli_commands(); *c; c++)
    g_string_append_printf(out, "%s%s", c == cli_commands() ? "" : " ", (*c)->name);
  g_string_append(out,
                  "'\n"
                  "  COMPREPLY=()\n"
                  "  cur=\"${COMP_WORDS[COMP_CWORD]}\" "
                  "prev=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                  "  if [ \"$cur\" = = ]; then cur=; elif [ \"$prev\" = = "
                  "]; then prev=\"${COMP_WORDS[COMP_CWORD-2]}\"; fi\n"
                  "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                  "    COMPREPLY=($(compgen -W \"$names --help --version "
                  "--json-usage\" -- \"$cur\"))\n"
                  "    return\n"
                  "  fi\n"
                  "  case \"${COMP_WORDS[1]}\" in\n");
  for (const cli_command *const *c = cli_commands(); *c; c++) add_command(out, *c);
  g_string_append(out,
                  "  *) return ;;\n"
                  "  esac\n"
                  "  case \"$cur\" in\n"
                  "  -*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
                  "  *) [ \"${COMP_WORDS[1]}\" = help ] && "
                  "COMPREPLY=($(compgen -W \"$names\" -- \"$cur\")) "
                  "|| COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
                  "  esac\n"
                  "}\n"
                  "complete -o filenames -F _mujun mujun\n");
}
