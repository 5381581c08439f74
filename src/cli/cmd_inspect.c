#include "cli.h"

typedef struct {
  char *encoding;
} inspect_options;

static const cli_option options[] = {{.name = "encoding",
                                      .kind = CLI_TEXT,
                                      .value = "NAME",
                                      .fallback = "found out",
                                      .offset = offsetof(inspect_options, encoding),
                                      .help = "encoding of the texts, such as GBK"},
                                     {.name = NULL}};

/* Every file is looked at, also after one that cannot be read. */
static int inspect(const cli_context *cli, const char *encoding, const GPtrArray *files) {
  int code = CLI_DONE;
  for (guint i = 0; i < files->len; i++) {
    mj_text text = {0};
    mj_error err = {.lang = cli->lang};
    if (mj_inspect(g_ptr_array_index(files, i), encoding, cli->lang, &text, &err)) {
      cli_error(cli, err.message);
      code = CLI_FAILED;
    } else if (text.data) {
      printf("%s%s", i ? "\n" : "", text.data);
    }
    mj_text_reset(&text);
  }
  return code;
}

static int run(cli_context *cli, int argc, char **argv) {
  inspect_options asked = {0};
  GPtrArray *files = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_inspect, argc, argv, &asked, files);
  if (!code && !files->len) code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "no file given"));
  if (!code) code = inspect(cli, asked.encoding, files);
  g_ptr_array_unref(files);
  cli_options_free(options, &asked);
  return code;
}

const cli_command cmd_inspect = {
    .name = "inspect",
    .run = run,
    .arguments = "FILE...",
    .summary =
        "say what is in a file: layers, reference system, encoding, "
        "fields, geometry health",
    .detail =
        "Reads shapefiles (also zipped), GeoPackage, FileGDB, GeoJSON, "
        "FlatGeobuf, CSV, TXT, XLSX and XLS, and changes "
        "nothing. For each field it says what it seems to mean and in "
        "which unit.",
    .options = options,
    .examples = {{"mujun inspect samples/park/parcels.gpkg", "the parcels of the sample"},
                 {"mujun inspect --encoding GBK samples/park/enterprises_2023.csv", "a table whose encoding is known"}},
    .exit_codes = "012",
};
