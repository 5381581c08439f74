#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

typedef struct {
  char *file;
  int format, seconds;
  bool tables;
} query_options;

/* One function of SpatiaLite may run on where the library cannot end it: the process ends GRACE seconds later. */
enum { SECONDS = 60, GRACE = 2 };

static char overdue[300];

#define OPTION(member, option, ...) \
  { .name = option, .offset = offsetof(query_options, member), __VA_ARGS__ }

static const cli_option options[] = {
    OPTION(file, "file", .kind = CLI_TEXT, .value = "FILE.sql", .help = "read the SELECT from a file"),
    OPTION(format, "format", .kind = CLI_CHOICE, .value = "FORMAT", .choices = "table|csv|json", .fallback = "table",
           .help = "how rows are printed; NULL stands as NULL, as nothing, as null; CSV puts ' before a text that a "
                   "spreadsheet would take for a formula, an infinite number is null"),
    OPTION(tables, "tables", .kind = CLI_FLAG, .help = "list the tables with their rows and columns"),
    OPTION(seconds, "timeout", .kind = CLI_INT, .value = "SECONDS", .low = 0, .high = 86400, .fallback = "60",
           .help = "end the query after so many seconds; 0 is never"),
    {.name = NULL}};

/* Columns of the terminal; 0 where the rows go into a file. */
static int terminal_width(void) {
  struct winsize size;
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col) return 0;
  return size.ws_col;
}

/* All of standard input or of a file, which must be text; NULL after one line on stderr. */
static char *read_sql(const cli_context *cli, const char *path) {
  char *sql = NULL;
  gsize n = 0;
  GError *why = NULL;
  const char *from = strcmp(path, "-") ? path : "/dev/stdin";
  if (!g_file_get_contents(from, &sql, &n, &why)) {
    cli_error(cli, why->message);
    g_error_free(why);
    return NULL;
  }
  if (g_utf8_validate(sql, (gssize)n, NULL)) return sql;
  char *message = g_strdup_printf(mj_tr(cli->lang, "'%s' is not text in UTF-8"), path);
  cli_error(cli, message);
  g_free(message);
  g_free(sql);
  return NULL;
}

static void end_overdue(int number) {
  (void)number;
  ssize_t gone = write(STDERR_FILENO, overdue, strlen(overdue));
  (void)gone;
  _exit(CLI_FAILED);
}

/* Nothing was printed yet and no file is written, so there is nothing to undo. */
static void set_alarm(const cli_context *cli, int seconds) {
  char *why =
      g_strdup_printf(mj_tr(cli->lang, "the query was stopped after %d seconds; --timeout gives it more"), seconds);
  g_snprintf(overdue, sizeof overdue, "mujun: %s\n", why);
  g_free(why);
  signal(SIGALRM, end_overdue);
  alarm((unsigned)(seconds + GRACE));
}

static int query(const cli_context *cli, const query_options *asked, const char *path, const char *sql) {
  mj_text text = {0};
  mj_error err = {.lang = cli->lang};
  mj_query_options o = {.path = path, .width = terminal_width(), .seconds = asked->seconds};
  o.format = asked->format ? (mj_rows_format)(asked->format - 1) : MJ_ROWS_TABLE;
  if (sql && g_str_has_prefix(sql, "\xEF\xBB\xBF")) sql += 3;
  if (asked->seconds) set_alarm(cli, asked->seconds);
  mj_status status = sql ? mj_query(&o, sql, &text, &err) : mj_query_tables(&o, &text, &err);
  alarm(0);
  if (!status && text.data) fputs(text.data, stdout);
  if (status) cli_error(cli, err.message);
  mj_text_reset(&text);
  return status ? CLI_FAILED : CLI_DONE;
}

static int act(const cli_context *cli, const query_options *asked, const GPtrArray *words) {
  if (!words->len) return cli_usage_error(cli, "%s", mj_tr(cli->lang, "no file given"));
  const char *said = words->len > 1 ? g_ptr_array_index(words, 1) : NULL;
  if (words->len > 2 || (said != NULL) + (asked->file != NULL) + asked->tables != 1)
    return cli_usage_error(cli, "%s",
                           mj_tr(cli->lang, "one SELECT is needed: as an argument, '-', --file FILE.sql, or --tables"));
  const char *path = g_ptr_array_index(words, 0);
  if (asked->tables) return query(cli, asked, path, NULL);
  bool inline_sql = said && strcmp(said, "-") != 0;
  char *sql = inline_sql ? g_strdup(said) : read_sql(cli, said ? said : asked->file);
  int code = sql ? query(cli, asked, path, sql) : CLI_FAILED;
  g_free(sql);
  return code;
}

static int run(cli_context *cli, int argc, char **argv) {
  query_options asked = {.seconds = SECONDS};
  GPtrArray *words = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_query, argc, argv, &asked, words);
  if (!code) code = act(cli, &asked, words);
  g_ptr_array_unref(words);
  cli_options_free(options, &asked);
  return code;
}

const cli_command cmd_query = {
    .name = "query",
    .run = run,
    .arguments = "FILE.gpkg|DIR [SELECT|-]",
    .summary = "run one SELECT over the GeoPackage of a result and print the rows",
    .detail =
        "The file is only read: nothing but SELECT is let through. SpatiaLite's functions take the geometry as it "
        "stands in the file and answer in the units of its reference system: ST_Area(geom) is in square metres where "
        "the layer is in metres. DIR stands for DIR/mujun.gpkg. A value has at most 16 MiB, the rows 256 MiB, and "
        "SQLite "
        "takes at most 1 GiB of memory.",
    .options = options,
    .examples = {{"mujun query out \"SELECT zone, count(*), sum(area_mu) FROM parcels GROUP BY zone\"",
                  "parcels and their area by zone"},
                 {"mujun query out --tables", "the tables of the result"}},
    .exit_codes = "012",
};
