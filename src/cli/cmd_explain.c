#include <string.h>

#include "cli.h"

typedef struct {
  char *output, *enterprise;
  int format;
  bool open, overwrite;
} explain_options;

#define OPTION(member, option, ...) \
  { .name = option, .offset = offsetof(explain_options, member), __VA_ARGS__ }

static const cli_option options[] = {
    OPTION(enterprise, "enterprise", .kind = CLI_TEXT, .value = "CODE",
           .help = "instead of a parcel: the enterprise of this credit code, or of this exact name"),
    OPTION(format, "format", .kind = CLI_CHOICE, .value = "FORMAT", .choices = "text|md|html", .fallback = "text",
           .help = "text for the terminal, Markdown, or one HTML file with a map"),
    OPTION(open, "public", .kind = CLI_FLAG,
           .help = "leave out names and figures of enterprises, and coordinates finer than 100 m"),
    OPTION(output, "output", .letter = 'o', .kind = CLI_TEXT, .value = "FILE", .fallback = "standard output",
           .help = "write the dossier to a file"),
    OPTION(overwrite, "overwrite", .kind = CLI_FLAG, .help = "replace the file"),
    {.name = NULL}};

static int explain(const cli_context *cli, const explain_options *asked, const GPtrArray *words) {
  mj_error err = {.lang = cli->lang};
  mj_text text = {0};
  mj_dossier_options o = {.dir = g_ptr_array_index(words, 0),
                          .parcel_id = asked->enterprise ? NULL : g_ptr_array_index(words, 1),
                          .enterprise = asked->enterprise,
                          .open = asked->open,
                          .lang = cli->lang,
                          .lang_given = cli->lang_given};
  o.format = asked->format ? (mj_dossier_format)(asked->format - 1) : MJ_DOSSIER_TEXT;
  mj_status status =
      asked->output ? mj_dossier_write(&o, asked->output, asked->overwrite, &err) : mj_dossier_make(&o, &text, &err);
  if (!status && text.data) fputs(text.data, stdout);
  if (status) cli_error(cli, err.message);
  mj_text_reset(&text);
  return status ? CLI_FAILED : CLI_DONE;
}

static int run(cli_context *cli, int argc, char **argv) {
  explain_options asked = {0};
  GPtrArray *words = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_explain, argc, argv, &asked, words);
  if (!code && asked.enterprise && asked.open)
    code = cli_usage_error(
        cli, "%s", mj_tr(cli->lang, "there is no public dossier of an enterprise: all of it is its own figures"));
  if (!code && asked.enterprise && words->len != 1)
    code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "give the folder of a result and no parcel with --enterprise"));
  if (!code && !asked.enterprise && words->len != 2)
    code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "give the folder of a result and one parcel id"));
  if (!code) code = explain(cli, &asked, words);
  g_ptr_array_unref(words);
  cli_options_free(options, &asked);
  return code;
}

const cli_command cmd_explain = {
    .name = "explain",
    .run = run,
    .arguments = "DIR [PARCEL_ID]",
    .summary = "the dossier of one parcel or one enterprise: who uses what, figures, each verdict with its proof",
    .detail =
        "DIR is the folder of a result of mujun analyze. Every verdict is read aloud: rule, article, value, limit, "
        "margin, the data it read and how certain the limit is; then what may still be built, what the ledger doubts, "
        "and which values would change the answer. '#17' is row 17 of the result, for parcels without an id. With "
        "--enterprise it is an enterprise's: its places, years, state, classes and contracts; not for the public.",
    .options = options,
    .examples = {{"mujun explain out 350502901002GB00019 --format html --public -o dossier.html",
                  "a parcel of the sample for the public, with a map"},
                 {"mujun explain out --enterprise 91350502MXX0896580",
                  "an enterprise on three parcels, on the terminal"}},
    .exit_codes = "012",
};
