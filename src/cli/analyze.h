/** @file analyze.h  The options of mujun analyze, and how they become a
 * project. */
#ifndef MJ_CLI_ANALYZE_H
#define MJ_CLI_ANALYZE_H

#include <limits.h>

#include "cli.h"

enum { CLI_NOT_GIVEN = INT_MIN };

/** Bits of --only, in the order of its choices. */
enum { CLI_GEOJSON = 1, CLI_CSV = 2, CLI_GPKG = 4, CLI_XLSX = 8 };

/** Values of the options; filled by cli_parse, freed by cli_options_free. */
typedef struct {
  GPtrArray *inputs[MJ_ROLE_END]; /**< by role; NULL: not given */
  GPtrArray *rules, *sql;
  int32_t as_of; /**< or MJ_DATE_NULL */
  int year;      /**< or CLI_NOT_GIVEN */
  char *output, *crs, *encoding, *corrections;
  int threads, decimals, progress;
  unsigned only; /**< 0: all */
  bool overwrite, all_reasons, strict, no_sync, quiet, profile;
} analyze_options;

/** The array of cmd_analyze. */
extern const cli_option analyze_option_list[];

/** Run cmd_analyze or cmd_check, which share all but the rooms they go through. */
int analyze_run(cli_context *cli, const cli_command *command, int argc, char **argv);
/** Put what the options say into @p project, then what park.yaml (or NULL)
 * says. Options win. */
MJ_NODISCARD mj_status analyze_project(const cli_context *cli, const analyze_options *asked, const char *yaml,
                                       mj_project *project, mj_error *err);
/** The options that change results as "--name=value" in the order of the array,
 * then @p yaml: for the manifest. */
GPtrArray *analyze_parameters(const analyze_options *asked, const char *yaml);

#endif
