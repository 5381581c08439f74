#include "cli.h"

static const cli_option options[] = {{.name = NULL}};

static int run(cli_context *cli, int argc, char **argv) {
  GPtrArray *files = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_version, argc, argv, NULL, files);
  if (!code && files->len) code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "version takes no argument"));
  g_ptr_array_unref(files);
  if (code) return code;
  puts("mujun " MJ_VERSION);
  const char *name, *version;
  for (int i = 0; (name = mj_library_version(i, &version)); i++) printf("%s %s\n", name, version);
  return CLI_DONE;
}

const cli_command cmd_version = {
    .name = "version",
    .run = run,
    .arguments = "",
    .summary = "print the version, and those of the libraries it stands on",
    .options = options,
    .examples = {{"mujun version", "everything to say in a bug report"}, {"mujun --version", "one line"}},
    .exit_codes = "012",
};
