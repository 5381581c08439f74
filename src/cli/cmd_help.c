#include "cli.h"

typedef struct {
  bool man, bash_completion;
} help_options;

static const cli_option options[] = {
    {.name = "man", .kind = CLI_FLAG, .offset = offsetof(help_options, man), .help = "print the manual page (roff)"},
    {.name = "bash-completion",
     .kind = CLI_FLAG,
     .offset = offsetof(help_options, bash_completion),
     .help = "print the completion script of bash"},
    {.name = NULL}};

static int print_help(const cli_context *cli, const help_options *asked, const GPtrArray *names) {
  const cli_command *command = names->len ? cli_find(g_ptr_array_index(names, 0)) : NULL;
  if (names->len > 1) return cli_usage_error(cli, "%s", mj_tr(cli->lang, "help takes one command"));
  if (names->len && !command)
    return cli_usage_error(cli, mj_tr(cli->lang, "'%s' is not a command"), (char *)g_ptr_array_index(names, 0));
  GString *text = g_string_new(NULL);
  if (asked->man) cli_man(text, cli->lang);
  else if (asked->bash_completion) cli_bash_completion(text);
  else if (command) cli_help(text, cli->lang, command);
  else cli_help_all(text, cli->lang);
  fputs(text->str, stdout);
  g_string_free(text, TRUE);
  return CLI_DONE;
}

static int run(cli_context *cli, int argc, char **argv) {
  help_options asked = {0};
  GPtrArray *names = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_help, argc, argv, &asked, names);
  if (!code) code = print_help(cli, &asked, names);
  g_ptr_array_unref(names);
  return code;
}

const cli_command cmd_help = {
    .name = "help",
    .run = run,
    .arguments = "[COMMAND]",
    .summary = "explain the program or one command",
    .options = options,
    .examples = {{"mujun help analyze", "the same as mujun analyze --help"},
                 {"mujun help --man > mujun.1", "the manual page, to be read with man ./mujun.1"}},
    .exit_codes = "012",
};
