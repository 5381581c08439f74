#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

typedef struct {
  char *output;
  bool overwrite;
} init_options;

static const cli_option options[] = {{.name = "output",
                                      .letter = 'o',
                                      .kind = CLI_TEXT,
                                      .value = "FILE",
                                      .fallback = "standard output",
                                      .offset = offsetof(init_options, output),
                                      .help = "file to write, usually park.yaml"},
                                     {.name = "overwrite",
                                      .kind = CLI_FLAG,
                                      .offset = offsetof(init_options, overwrite),
                                      .help = "replace the file if it is there"},
                                     {.name = NULL}};

static int fail(const cli_context *cli, char *message) {
  cli_error(cli, message);
  g_free(message);
  return CLI_FAILED;
}

/* Paths in park.yaml are relative to it: unless it is written here, they are
 * made absolute. */
static char **paths_for(const init_options *asked, const GPtrArray *files) {
  bool elsewhere = asked->output && strchr(asked->output, '/');
  char **paths = g_new0(char *, files->len + 1);
  for (guint i = 0; i < files->len; i++) {
    const char *path = g_ptr_array_index(files, i);
    paths[i] = elsewhere ? g_canonicalize_filename(path, NULL) : g_strdup(path);
  }
  return paths;
}

static int write_project(const cli_context *cli, const init_options *asked, const mj_text *text) {
  if (!asked->output) return fwrite(text->data, 1, text->n, stdout) == text->n ? CLI_DONE : CLI_FAILED;
  GError *error = NULL;
  errno = 0;
  if (g_file_set_contents_full(asked->output, text->data, (gssize)text->n,
                               G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &error))
    return CLI_DONE;
  const char *why = errno ? strerror(errno) : error->message;
  int code = fail(cli, g_strdup_printf(mj_tr(cli->lang, "cannot write '%s': %s"), asked->output, why));
  g_error_free(error);
  return code;
}

static int init(const cli_context *cli, const init_options *asked, const GPtrArray *files) {
  struct stat there;
  if (asked->output && !asked->overwrite && !lstat(asked->output, &there))
    return fail(
        cli, g_strdup_printf(mj_tr(cli->lang, "'%s' is already there; give --overwrite to replace it"), asked->output));
  char **paths = paths_for(asked, files);
  mj_text text = {0};
  mj_error err = {.lang = cli->lang};
  int code = CLI_FAILED;
  if (mj_init_project((int)files->len, (const char *const *)paths, cli->lang, &text, &err) || !text.data)
    cli_error(cli, err.message);
  else code = write_project(cli, asked, &text);
  mj_text_reset(&text);
  g_strfreev(paths);
  return code;
}

static int run(cli_context *cli, int argc, char **argv) {
  init_options asked = {0};
  GPtrArray *files = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_init, argc, argv, &asked, files);
  if (!code && !files->len) code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "no file given"));
  if (!code) code = init(cli, &asked, files);
  g_ptr_array_unref(files);
  cli_options_free(options, &asked);
  return code;
}

const cli_command cmd_init = {
    .name = "init",
    .run = run,
    .arguments = "FILE...",
    .summary = "look at files and write a commented park.yaml for them",
    .detail =
        "Says which role each file plays (parcels, buildings, "
        "enterprises, ...), which field means what, the "
        "reference system and the units it believes in. Read it, correct "
        "it, then run mujun analyze park.yaml.",
    .options = options,
    .examples = {{"mujun init samples/park/parcels.gpkg samples/park/enterprises_2025.xlsx", "print the project file"},
                 {"mujun init -o park.yaml samples/park/parcels.gpkg samples/park/zones.geojson", "write it"}},
    .exit_codes = "012",
};
