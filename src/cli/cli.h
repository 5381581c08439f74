/** @file cli.h  A command is a name, a sentence, an array of options and a
 * function; everything else is made from them. */
#ifndef MJ_CLI_H
#define MJ_CLI_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "mujun/mujun.h"

/** What the program ends with; 130 and 143 are a run that was interrupted. */
enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_SET_ASIDE = 3 };

/** What an option's value is, and what it is stored as. */
typedef enum {
  CLI_FLAG,   /**< no value; bool */
  CLI_TEXT,   /**< char *, g_malloc'd, never empty; NULL: not given */
  CLI_LIST,   /**< may be repeated; GPtrArray * of char *; NULL: not given */
  CLI_NAMES,  /**< may be repeated or hold commas; GPtrArray * of char * */
  CLI_INT,    /**< int within low..high; the fallback is stored by the command */
  CLI_DATE,   /**< int32_t days since 1970-01-01 */
  CLI_CHOICE, /**< int, position in choices plus 1; 0: not given */
  CLI_CHOICES /**< unsigned, one bit a choice, commas between; 0: not given */
} cli_kind;

/** One option. Texts are English and looked up in messages.def when shown. */
typedef struct {
  const char *name; /**< without dashes */
  char letter;      /**< or 0 */
  cli_kind kind;
  const char *value;    /**< what stands for the value in help, with its unit:
                           "DATE", "FILE[:LAYER]"; NULL for a flag */
  const char *choices;  /**< "zh|en"; NULL for other kinds */
  const char *fallback; /**< the default as people read it; NULL: none */
  int low, high;        /**< of CLI_INT */
  size_t offset;        /**< of the value in the command's struct */
  bool recorded;        /**< changes what is written, so the manifest names it */
  const char *help;     /**< one sentence, lower case */
} cli_option;

/** An example that runs on samples/park, and what it does. */
typedef struct {
  const char *command, *what;
} cli_example;

/** What every command is told. */
typedef struct {
  mj_lang lang;
  bool lang_given;     /**< --lang stands on the command line */
  const char *command; /**< "analyze" */
  bool json_events;    /**< errors go to stderr as a JSON line too */
} cli_context;

typedef struct cli_command {
  const char *name;
  int (*run)(cli_context *cli, int argc, char **argv);
  const char *arguments;     /**< "[PARK.YAML]", or "" */
  const char *summary;       /**< one sentence, lower case, no full stop */
  const char *detail;        /**< a paragraph, or NULL */
  const cli_option *options; /**< ends with a NULL name */
  cli_example examples[2];
  const char *exit_codes; /**< digits of the codes it may end with: "012" */
} cli_command;

extern const cli_command cmd_analyze, cmd_check, cmd_explain, cmd_map, cmd_fit, cmd_inspect, cmd_init, cmd_query,
    cmd_rules, cmd_version, cmd_help;

/** All commands in the order of help, ending with NULL. */
const cli_command *const *cli_commands(void);
/** A command by its name, or NULL. */
const cli_command *cli_find(const char *name);

/* parse.c */

/** Find the language: --lang in @p argv, else LC_ALL, LC_MESSAGES, LANG (the
 * first that is set; zh* is Chinese). */
void cli_language(cli_context *cli, int argc, char **argv);
/**
 * Store the options of @p argv in @p values (the command's struct) and leave
 * the arguments in @p files. Returns CLI_DONE, or CLI_USAGE after one line on
 * stderr. Free with cli_options_free in both cases.
 */
int cli_parse(const cli_context *cli, const cli_command *command, int argc, char **argv, void *values,
              GPtrArray *files);
void cli_options_free(const cli_option *options, void *values);
/** Options every command has beside its own (--lang, --json-usage, --help),
 * ending with a NULL name; offset is not used. */
const cli_option *cli_common_options(void);

/* say.c */

/** "mujun: message" on stderr without control characters, or {"event":"error"}
 * when the run speaks JSON. */
void cli_error(const cli_context *cli, const char *message);
/** As cli_error, and where to find the usage. Returns CLI_USAGE. */
G_GNUC_PRINTF(2, 3)
int cli_usage_error(const cli_context *cli, const char *format, ...);
/** A JSON string with its quotes appended to @p out; bytes that are not UTF-8
 * become U+FFFD. */
void cli_json(GString *out, const char *text);
/** Columns a terminal needs: 2 for Chinese characters. */
int cli_width(const char *text);
/** Append spaces up to @p width columns. */
void cli_pad(GString *out, const char *text, int width);

/** @p text with a capital and a full stop; to be freed. */
char *cli_sentence(const char *text, mj_lang lang);

/* help.c, usage_json.c, man.c, completion.c: what is made from the arrays. All
 * append to out. */

void cli_help(GString *out, mj_lang lang, const cli_command *command);
void cli_help_all(GString *out, mj_lang lang);
/** Append @p text broken into lines of at most @p right columns, those after
 * the first @p indent columns in. */
void cli_wrap(GString *out, const char *text, int column, int indent, int right);
/** What an exit code of a command means. */
const char *cli_exit_meaning(int code);
/** One command, or all where @p command is NULL. */
void cli_json_usage(GString *out, mj_lang lang, const cli_command *command);
void cli_man(GString *out, mj_lang lang);
void cli_bash_completion(GString *out);

/* progress.c */

typedef enum { CLI_PROGRESS_AUTO = 1, CLI_PROGRESS_JSON, CLI_PROGRESS_NONE } cli_progress_kind;

/** What the progress callback keeps. */
typedef struct {
  mj_lang lang;
  cli_progress_kind kind; /**< never CLI_PROGRESS_AUTO once set up */
  double last;            /**< when it was drawn, seconds */
  double fraction;        /**< of the whole run, 0..1; never falls */
  const char *stage;
  const mj_ledger *ledger; /**< its warnings are told as JSON lines, when a stage ends; may be NULL */
  int64_t told;            /**< entries that were looked at */
} cli_progress;

/** Let @p progress report to stderr as @p kind says: a line on a terminal, JSON
 * lines, or nothing. */
void cli_progress_start(cli_progress *state, mj_progress *progress, mj_lang lang, cli_progress_kind kind, bool quiet);
/** Warnings that have entered the ledger since the last time, as JSON lines: one for each code, with how many. */
void cli_progress_warnings(cli_progress *state, mj_lang lang);
/** Take the line off the terminal, if one stands there. Safe in a signal
 * handler. */
void cli_erase_line(void);
/** The seconds of each stage on stderr. */
void cli_profile(const mj_progress *progress, mj_lang lang);

#endif
