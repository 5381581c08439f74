#include <string.h>

#include "cli.h"

static const cli_option options[] = {{.name = NULL}};

/* One rulebook after the other, also after one that is wrong. */
static int each(const cli_context *cli, const GPtrArray *words, bool check) {
  int code = CLI_DONE;
  for (guint i = 1; i < words->len; i++) {
    mj_text text = {0};
    mj_error err = {.lang = cli->lang};
    const char *name = g_ptr_array_index(words, i);
    int doubts = 0;
    mj_status status =
        check ? mj_rules_check(name, cli->lang, &text, &doubts, &err) : mj_rules_show(name, cli->lang, &text, &err);
    if (text.data) printf("%s%s", i > 1 && !check ? "\n" : "", text.data);
    if (status) cli_error(cli, err.message);
    if (status) code = CLI_FAILED;
    mj_text_reset(&text);
  }
  return code;
}

static int list(const cli_context *cli) {
  mj_text text = {0};
  mj_error err = {.lang = cli->lang};
  mj_status status = mj_rules_list(cli->lang, &text, &err);
  if (!status && text.data) fputs(text.data, stdout);
  if (status) cli_error(cli, err.message);
  mj_text_reset(&text);
  return status ? CLI_FAILED : CLI_DONE;
}

static int act(const cli_context *cli, const GPtrArray *words) {
  const char *what = words->len ? g_ptr_array_index(words, 0) : "";
  if (!strcmp(what, "list") && words->len == 1) return list(cli);
  bool check = !strcmp(what, "check");
  if (!check && strcmp(what, "show") != 0)
    return cli_usage_error(cli, "%s", mj_tr(cli->lang, "say what to do: list, show RULEBOOK..., or check RULEBOOK..."));
  if (words->len < 2) return cli_usage_error(cli, "%s", mj_tr(cli->lang, "no rulebook given: a name or a .yaml file"));
  return each(cli, words, check);
}

static int run(cli_context *cli, int argc, char **argv) {
  GPtrArray *words = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_rules, argc, argv, NULL, words);
  if (!code) code = act(cli, words);
  g_ptr_array_unref(words);
  return code;
}

const cli_command cmd_rules = {
    .name = "rules",
    .run = run,
    .arguments = "list | show RULEBOOK... | check RULEBOOK...",
    .summary = "list the rulebooks, show one in words, or check one that is being written",
    .detail =
        "A rulebook is a name such as quanzhou-2025 or a YAML file. check reads it, tries every expression on a parcel "
        "that has all canonical columns, and names what is wrong or doubtful with line and column; columns of your own "
        "layers and lookups are not known to it.",
    .options = options,
    .examples = {{"mujun rules list", "the rulebooks that come with the program"},
                 {"mujun rules show quanzhou-2025", "one of them in words"}},
    .exit_codes = "012",
};
