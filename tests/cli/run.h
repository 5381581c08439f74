/** @file run.h  Run the command as a person would, in a folder of its own, and keep what it said. */
#ifndef TESTS_CLI_RUN_H
#define TESTS_CLI_RUN_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/** Texts are NUL-terminated and cut at 256 KiB. */
typedef struct {
  int code; /**< of the shell: 128 + n for a signal */
  char out[1 << 18], err[1 << 18];
} run_result;

static char run_folder[64];

static inline int run_setup(void) {
  strcpy(run_folder, "/tmp/mujun-cli-XXXXXX");
  return getenv("MUJUN_CLI") && mkdtemp(run_folder) ? 0 : 1;
}

static inline int run_cleanup(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", run_folder);
  return system(command);
}

static inline void run_read(const char *name, char *text, size_t cap) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", run_folder, name);
  FILE *file = fopen(path, "r");
  size_t n = file ? fread(text, 1, cap - 1, file) : 0;
  text[n] = 0;
  if (file) fclose(file);
}

/**
 * Run @p script in the folder by sh: $M is the command, $S the source tree. The locale is English unless the script
 * says another. The result is static: it holds until the next run.
 */
static inline const run_result *run(const char *script) {
  static run_result result;
  char command[4096];
  snprintf(command, sizeof command,
           "cd %s && M='%s' S='%s' && export M S LC_ALL=C.UTF-8 && { %s\n} > .out 2> .err < /dev/null", run_folder,
           getenv("MUJUN_CLI"), getenv("MUJUN_SOURCE"), script);
  int status = system(command);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run_read(".out", result.out, sizeof result.out);
  run_read(".err", result.err, sizeof result.err);
  return &result;
}

/** True when @p text holds @p part; prints the text where it does not. */
static inline bool says(const char *text, const char *part) {
  if (strstr(text, part)) return true;
  printf("\n    expected \"%s\" in \"%s\"", part, text);
  return false;
}

/** True when the two are equal; prints both where they are not. */
static inline bool same(const char *text, const char *expected) {
  if (!strcmp(text, expected)) return true;
  printf("\n    expected \"%s\"\n    obtained \"%s\"", expected, text);
  return false;
}

#define CLI_SUITE(name, ...)                                  \
  CU_SuiteInfo name##_suite = {#name, run_setup, run_cleanup, \
                               NULL,  NULL,      (CU_TestInfo[]){__VA_ARGS__, CU_TEST_INFO_NULL}}

#endif
