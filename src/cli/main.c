#define _DEFAULT_SOURCE /* madvise */
#include <errno.h>
#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli.h"

static const cli_command *const commands[] = {&cmd_analyze, &cmd_check,   &cmd_fit,  &cmd_explain,
                                              &cmd_map,     &cmd_inspect, &cmd_init, &cmd_query,
                                              &cmd_rules,   &cmd_version, &cmd_help, NULL};

const cli_command *const *cli_commands(void) { return commands; }

const cli_command *cli_find(const char *name) {
  for (int i = 0; commands[i]; i++)
    if (!strcmp(name, commands[i]->name)) return commands[i];
  return NULL;
}

/* Take the progress line away and die of the signal as the shell expects: $? is
 * 130 after ctrl-C, and a loop around the command ends too. Nothing stands
 * under a final name before everything is written, so there is nothing to undo.
 */
static void interrupted(int number) {
  cli_erase_line();
  signal(number, SIG_DFL);
  raise(number);
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = interrupted, .sa_flags = SA_NODEFER};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  signal(SIGPIPE, SIG_IGN); /* a reader that leaves shows as EPIPE in finish() */
}

static bool asks(int argc, char **argv, const char *name, const char *letter) {
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (!strcmp(argv[i], name) || (letter && !strcmp(argv[i], letter))) return true;
  return false;
}

static int print(GString *text, FILE *to, int code) {
  fputs(text->str, to);
  g_string_free(text, TRUE);
  return code;
}

static int run_command(cli_context *cli, const cli_command *command, int argc, char **argv) {
  GString *text = g_string_new(NULL);
  cli->command = command->name;
  if (asks(argc, argv, "--help", "-h")) {
    cli_help(text, cli->lang, command);
    return print(text, stdout, CLI_DONE);
  }
  if (asks(argc, argv, "--json-usage", NULL)) {
    cli_json_usage(text, cli->lang, command);
    return print(text, stdout, CLI_DONE);
  }
  g_string_free(text, TRUE);
  return command->run(cli, argc, argv);
}

/* Arguments that --lang and its value take at the start of the line. */
static int language_first(int argc, char **argv) {
  if (argc < 2 || strncmp(argv[1], "--lang", 6) != 0) return 0;
  return argv[1][6] == '=' ? 1 : argv[1][6] == 0 && argc > 2 ? 2 : 0;
}

/* "mujun --lang zh analyze ..." is read as "mujun analyze --lang zh ...". */
static void command_first(int argc, char **argv) {
  int n = language_first(argc, argv);
  if (!n || argc <= n + 1) return;
  char *command = argv[n + 1];
  memmove(argv + 2, argv + 1, (size_t)n * sizeof *argv);
  argv[1] = command;
}

/* No command: help, usage or version, or an error. */
static int run_without(cli_context *cli, int argc, char **argv) {
  if (asks(argc, argv, "--version", NULL)) return puts("mujun " MJ_VERSION) < 0 ? CLI_FAILED : CLI_DONE;
  bool help = asks(argc, argv, "--help", "-h"), usage = asks(argc, argv, "--json-usage", NULL);
  if (argc > 1 + language_first(argc, argv) && !help && !usage) {
    bool option = argv[1][0] == '-';
    return option ? cli_usage_error(cli, mj_tr(cli->lang, "unknown option '%s'"), argv[1])
                  : cli_usage_error(cli, mj_tr(cli->lang, "'%s' is not a command"), argv[1]);
  }
  GString *text = g_string_new(NULL);
  if (usage) cli_json_usage(text, cli->lang, NULL);
  else cli_help_all(text, cli->lang);
  return help || usage ? print(text, stdout, CLI_DONE) : print(text, stderr, CLI_USAGE);
}

/* True where nobody reads any more (mujun inspect FILE | head -1), which is no error. */
static bool reader_left(void) {
  struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* What was printed must have arrived. The reason of an earlier failure is not kept by stdio: EIO stands for it. */
static int finish(const cli_context *cli, int code) {
  errno = 0;
  bool lost = fflush(stdout) != 0;
  int why = errno ? errno : EIO;
  if ((!lost && !ferror(stdout)) || reader_left()) return code;
  char *message = g_strdup_printf(mj_tr(cli->lang, "cannot write to standard output: %s"), strerror(why));
  cli_error(cli, message);
  g_free(message);
  return CLI_FAILED;
}

#ifdef __GLIBC__
/* What a large park needs beyond the first 256 MiB of the heap may come in pages of 2 MiB: 500,000 parcels take 10.7 s
 * instead of 12.6 where small pages are dear. Below, large ones would be cleared for nothing. Only a wish; nothing is
 * taken before it is used. */
static void large_pages(void) {
  enum { HEAP = 1536 << 20, SMALL = 256 << 20, PAGE = 2 << 20 };
  struct rlimit most;
  if (getrlimit(RLIMIT_AS, &most) || most.rlim_cur != RLIM_INFINITY) return; /* addresses are counted: none to spare */
  mallopt(M_TOP_PAD, HEAP);
  uintptr_t from = (uintptr_t)sbrk(0);
  void *volatile first = malloc(PAGE); /* a compiler drops a pair of malloc and free that nothing uses */
  mallopt(M_TOP_PAD, PAGE);
  free(first);
  uintptr_t end = (uintptr_t)sbrk(0);
  from = (from + SMALL + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
  if (end > from) madvise((void *)from, end - from, MADV_HUGEPAGE);
}
#endif

/* A heap for two processors: what one thread has freed is there for the next (254 MB instead of 300 for 50,000 parcels,
 * and no more time: rows are not allocated one by one). Eight threads on one heap wait for each other. Columns of
 * megabytes come and go with every year and stage: kept by the process, their pages need not be asked for and cleared
 * again each time. Measured on two cores: allocating the uses of 500,000 parcels takes 0.94 s instead of 1.12. */
static void keep_memory(void) {
#ifdef __GLIBC__
  long heaps = sysconf(_SC_NPROCESSORS_ONLN) / 2;
  mallopt(M_ARENA_MAX, heaps > 1 ? (int)heaps : 1);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  large_pages();
#endif
}

/* Everything is closed and written by now, and what is left are the destructors of GDAL's hundred libraries: 4 ms that
 * nobody needs. A build that looks for leaks goes through them. */
static int leave(int code) {
#ifdef NDEBUG
  _exit(code);
#else
  return code;
#endif
}

int main(int argc, char **argv) {
  keep_memory();
  catch_signals();
  /* one write at the end, whose error is known; a terminal keeps its lines */
  static char buffer[1 << 18];
  if (!isatty(STDOUT_FILENO)) setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  cli_context cli = {0};
  cli_language(&cli, argc, argv);
  command_first(argc, argv);
  const cli_command *command = argc > 1 ? cli_find(argv[1]) : NULL;
  int code = command ? run_command(&cli, command, argc - 1, argv + 1) : run_without(&cli, argc, argv);
  return leave(finish(&cli, code));
}
