#include "run.h"
#include "test.h"

static const char erase[] = "\r\033[K";

/* script(1) gives the command a terminal on both streams. */
static const run_result *on_terminal(const char *terminal, const char *options) {
  char line[512];
  snprintf(line, sizeof line,
           "command -v script > /dev/null || { echo skipped: no script; exit 0; }\n"
           "rm -rf out; TERM=%s script -qec \"$M analyze $S/samples/park/park.yaml -o out --only csv %s\" /dev/null",
           terminal, options);
  return run(line);
}

static void a_terminal_shows_one_line_that_is_gone_at_the_end(void) {
  const run_result *r = on_terminal("xterm", "-q --progress=auto");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(!strstr(r->out, erase));
  r = on_terminal("xterm", "--lang en");
  if (!strncmp(r->out, "skipped", 7)) {
    printf("%s", r->out);
    return;
  }
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, "\r\033[Kmujun: "));
  const char *last = NULL;
  for (const char *p = r->out; (p = strstr(p, erase)); p++) last = p;
  CU_ASSERT_PTR_NOT_NULL_FATAL(last);
  CU_ASSERT(strncmp(last + strlen(erase), "mujun: ", 7) != 0); /* what follows is the summary */
  const char *results = strstr(r->out, "Results: ");
  CU_ASSERT(results > last);
}

static void a_dumb_terminal_a_pipe_and_none_show_no_progress(void) {
  CU_ASSERT(!strstr(on_terminal("dumb", "")->out, erase));
  CU_ASSERT(!strstr(on_terminal("xterm", "--progress=none")->out, erase));
  const run_result *r = run("rm -rf out; $M analyze $S/samples/park/park.yaml -o out --only csv");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
}

/* The share of the whole run never falls, moves with every kind of stage, and each stage has its Chinese name. */
static void json_lines_say_how_far_the_run_is(void) {
  static const char *const commands[] = {"analyze", "check", "fit"};
  for (int c = 0; c < 3; c++) {
    char line[256];
    snprintf(line, sizeof line, "rm -rf out; $M %s $S/samples/park/park.yaml -o out --progress=json --only %s",
             commands[c], c ? "csv" : "csv,html");
    const run_result *r = run(line);
    CU_ASSERT_EQUAL_FATAL(r->code, 0);
    static const char label[] = "\"label\":\"", fraction[] = "\"fraction\":";
    double last = 0;
    int n = 0, higher = 0;
    for (const char *p = r->err; (p = strstr(p, label)); n++) {
      CU_ASSERT((unsigned char)p[strlen(label)] >= 0x80);
      p = strstr(p, fraction);
      CU_ASSERT_PTR_NOT_NULL_FATAL(p);
      double now = strtod(p + strlen(fraction), NULL);
      CU_ASSERT(now >= last && now <= 1);
      higher += now > last;
      last = now;
    }
    CU_ASSERT(n > 15);
    CU_ASSERT(higher >= 8);
    CU_ASSERT(last >= (c ? 0.6 : 0.97)); /* the page is written last */
  }
}

/* Two parcels share a code: that is seen while the layer is read, and told before anything is written; each warning
 * once. */
static void warnings_come_with_the_stage_that_finds_them(void) {
  const run_result *r = run("rm -rf out; $M analyze $S/samples/park/park.yaml -o out --progress=json --only csv");
  CU_ASSERT_EQUAL_FATAL(r->code, 0);
  const char *twin = strstr(r->err, "\"code\":\"ID_DUPLICATE\""),
             *written = strstr(r->err, "\"stage\":\"writing tables\"");
  CU_ASSERT(twin && written && twin < written);
  CU_ASSERT_PTR_NULL(twin ? strstr(twin + 1, "\"code\":\"ID_DUPLICATE\"") : r->err);
  long long n = 0;
  for (const char *p = r->err; (p = strstr(p, "\"count\":")); p++) n += atoll(p + 8);
  const char *done = strstr(r->err, "\"warnings\":");
  CU_ASSERT_EQUAL(n, done ? atoll(done + 11) : -1); /* the sample has none set aside */
}

CLI_SUITE(progress, T(a_terminal_shows_one_line_that_is_gone_at_the_end), T(json_lines_say_how_far_the_run_is),
          T(warnings_come_with_the_stage_that_finds_them), T(a_dumb_terminal_a_pipe_and_none_show_no_progress));
