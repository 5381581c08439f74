/** @file analyze.h  The options of mujun analyze, and how they become a
 * project. */
#ifndef MJ_CLI_ANALYZE_H
#define MJ_CLI_ANALYZE_H

#include <limits.h>

#include "cli.h"

enum { CLI_NOT_GIVEN = INT_MIN };

/** Bits of --only, in the order of its choices. */
enum { CLI_GEOJSON = 1, CLI_CSV = 2, CLI_GPKG = 4, CLI_XLSX = 8, CLI_HTML = 16 };

/** Values of the options; filled by cli_parse, freed by cli_options_free. */
typedef struct {
  GPtrArray *inputs[MJ_ROLE_END]; /**< by role; NULL: not given */
  GPtrArray *rules, *sql, *files;
  int32_t as_of; /**< or MJ_DATE_NULL */
  int year;      /**< or CLI_NOT_GIVEN */
  char *output, *crs, *encoding, *corrections;
  int threads, decimals, progress;
  unsigned only;                        /**< 0: all */
  int fit;                              /**< mj_fit_of plus 1; 0: not given */
  char *on, *caps, *setbacks, *modules; /**< of mujun fit */
  bool by_zone;
  bool pdf, overwrite, all_reasons, strict, no_sync, quiet, profile;
} analyze_options;

/** The options of analyze and check, and of fit. */
extern const cli_option analyze_option_list[], fit_option_list[];

/** What is not said yet. */
#define ANALYZE_NOTHING_SAID                                                                           \
  {                                                                                                    \
    .as_of = MJ_DATE_NULL, .year = CLI_NOT_GIVEN, .threads = CLI_NOT_GIVEN, .decimals = CLI_NOT_GIVEN, \
    .progress = CLI_PROGRESS_AUTO                                                                      \
  }

/** Run cmd_analyze or cmd_check, which share all but the rooms they go through. */
int analyze_run(cli_context *cli, const cli_command *command, int argc, char **argv);
/** Put what the options say into @p project, then what park.yaml (or NULL)
 * says. Options win. */
MJ_NODISCARD mj_status analyze_project(const cli_context *cli, const analyze_options *asked, const char *yaml,
                                       mj_project *project, mj_error *err);
/** The options that change results as "--name=value" in the order of the array,
 * then @p yaml: for the manifest. */
GPtrArray *analyze_parameters(const cli_option *options, const analyze_options *asked, const char *yaml);
/** What mj_report is told; @p parameters must live as long. */
mj_report_options analyze_report_options(const analyze_options *asked, const GPtrArray *parameters);
/** A line that this command writes no report.html. Returns CLI_USAGE. */
int analyze_no_page(const cli_context *cli);
/** A line that there is no reference date. Returns CLI_USAGE. */
int analyze_no_date(const cli_context *cli);
/** How a run ends. */
typedef struct {
  mj_status (*summary)(const mj_park *park, mj_text *out, mj_error *err); /**< what the terminal shows */
  const char *without_folder; /**< a line (mj_tr) where no folder was given for the results; NULL: none */
  cli_progress *progress;     /**< for programs: the warnings not told yet, and that it is done, as JSON lines */
} analyze_ending;
/** What stands on the terminal when the rooms are through with @p status: summary, results and where to look, events,
 * profile, or the error. Returns the exit code: CLI_SET_ASIDE with --strict where rows or values were set aside. */
int analyze_end(cli_context *cli, const analyze_options *asked, const mj_park *park, const analyze_ending *ending,
                mj_status status, mj_error *err);

/* fit_values.c */

/** The lists of --cap, --setback and --module; free with fit_values_reset. Valid when {0}. */
typedef struct {
  double *cap, *setback_m;
  char **modules; /**< ends with NULL */
  mj_fit_values values;
} fit_values;
/** CLI_DONE, or CLI_USAGE after one line on stderr. */
int fit_values_read(const cli_context *cli, const analyze_options *asked, fit_values *out);
void fit_values_reset(fit_values *values);

#endif
