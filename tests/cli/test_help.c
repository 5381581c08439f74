#include "run.h"
#include "test.h"

static const char *const commands[] = {"analyze", "check", "fit",   "explain", "inspect",
                                       "init",    "query", "rules", "version", "help"};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void no_command_prints_help_on_stderr_and_ends_with_2(void) {
  const run_result *r = run("$M");
  CU_ASSERT_EQUAL(r->code, 2);
  CU_ASSERT(same(r->out, ""));
  CU_ASSERT(says(r->err, "Usage: mujun COMMAND"));
  for (int i = 0; i < N_COMMANDS; i++) CU_ASSERT(says(r->err, commands[i]));
}

static void every_command_explains_itself_with_examples_and_exit_codes(void) {
  for (int i = 0; i < N_COMMANDS; i++) {
    char script[64];
    snprintf(script, sizeof script, "$M %s --help", commands[i]);
    const run_result *r = run(script);
    CU_ASSERT_EQUAL(r->code, 0);
    CU_ASSERT(same(r->err, ""));
    CU_ASSERT(says(r->out, "Usage: mujun "));
    CU_ASSERT(says(r->out, "Options:\n"));
    CU_ASSERT(says(r->out, "Examples:\n  # "));
    CU_ASSERT(says(r->out, "Exit codes:\n  0  done\n"));
  }
}

static void the_language_may_stand_before_the_command(void) {
  CU_ASSERT_EQUAL(
      run("$M --lang zh analyze --help > a && $M analyze --help --lang zh > b && cmp a b && grep -q 用法 a")->code, 0);
  CU_ASSERT_EQUAL(run("$M --lang=zh --help > a && grep -q 用法 a")->code, 0);
  const run_result *r = run("$M --lang zh");
  CU_ASSERT_EQUAL(r->code, 2);
  CU_ASSERT(says(r->err, "用法"));
}

static void help_and_the_option_say_the_same(void) {
  CU_ASSERT_EQUAL(run("$M help analyze > a && $M analyze -h > b && cmp a b && test -s a")->code, 0);
}

/* Columns of a line, Chinese characters counted twice: every byte that starts a character of three or more is wide. */
static int columns(const char *line, size_t n) {
  int width = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)line[i];
    width += c >= 0xE0 ? 2 : (c & 0xC0) != 0x80;
  }
  return width;
}

static void help_fits_80_columns_in_both_languages(void) {
  for (int k = 0; k < 2; k++) {
    const run_result *r = run(k ? "$M analyze --help --lang zh" : "$M analyze --help --lang en");
    const char *end = strstr(r->out, k ? "\n示例：" : "\nExamples:"); /* commands are not broken */
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    for (const char *p = r->out; p < end;) {
      size_t n = strcspn(p, "\n");
      if (columns(p, n) > 80) printf("\n    too long: %.*s", (int)n, p);
      CU_ASSERT(columns(p, n) <= 80);
      p += n + 1;
    }
  }
}

/* The texts of the option arrays are looked up when shown; one without a Chinese line would come out in English. */
static void every_sentence_of_the_usage_has_a_chinese_line(void) {
  static const char *const keys[] = {"\"description\":\"", "\"summary\":\""};
  const run_result *r = run("$M --json-usage --lang zh");
  CU_ASSERT_EQUAL(r->code, 0);
  for (int k = 0; k < 2; k++) {
    int seen = 0;
    for (const char *p = r->out; (p = strstr(p, keys[k])); seen++) {
      p += strlen(keys[k]);
      size_t n = strcspn(p, "\"");
      bool chinese = false;
      for (size_t i = 0; i < n; i++) chinese = chinese || (unsigned char)p[i] >= 0x80;
      if (!chinese) printf("\n    not in Chinese: %.*s", (int)n, p);
      CU_ASSERT(chinese);
    }
    CU_ASSERT(seen >= N_COMMANDS);
  }
}

/* Programs show the words and pass the choice on: one for each, in the language asked for. */
static void choices_have_words(void) {
  CU_ASSERT(says(
      run("$M analyze --json-usage --lang zh")->out,
      "\"choices\":[\"candidates\",\"all\",\"none\"],\"labels\":[\"只对候选地块\",\"全部可能的工业用地\",\"不测算\"]"));
  CU_ASSERT(
      says(run("$M explain --json-usage --lang en")->out,
           "\"choices\":[\"text\",\"md\",\"html\"],\"labels\":[\"plain text\",\"Markdown\",\"HTML page with a map\"]"));
}

/* Two a command, run where samples/ is beside them; analyze refuses to write twice, so each starts afresh. */
static void every_example_runs_on_the_sample_park(void) {
  const run_result *r =
      run("ln -sfn \"$S/samples\" samples; PATH=\"$(dirname \"$M\"):$PATH\"\n"
          "for c in analyze check inspect init rules version help; do\n"
          "  $M $c --help | sed -n '/^Examples/,/^Exit/ s/^  mujun/mujun/p'\n"
          "done > examples; wc -l < examples\n"
          "while read -r line; do\n"
          "  rm -rf out park.yaml; sh -c \"$line\" > said 2>&1 < /dev/null || { echo \"fails: $line\"; cat said; }\n"
          "done < examples");
  CU_ASSERT(same(r->out, "14\n"));
}

static void the_manual_names_every_option(void) {
  const run_result *r = run("$M help --man");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, ".TH MUJUN 1"));
  CU_ASSERT(says(r->out, "\\-\\-parcels"));
  CU_ASSERT(says(r->out, "\\-o, \\-\\-output"));
  CU_ASSERT(says(r->out, ".SH EXIT STATUS"));
}

static void bash_completes_commands_options_and_choices(void) {
  const run_result *r =
      run("command -v bash > /dev/null || { echo skipped: no bash; exit 0; }\n"
          "$M help --bash-completion > c && bash -c '. ./c\n"
          "COMP_WORDS=(mujun an) COMP_CWORD=1; _mujun; echo \"${COMPREPLY[@]}\"\n"
          "COMP_WORDS=(mujun analyze --over) COMP_CWORD=2; _mujun; echo \"${COMPREPLY[@]}\"\n"
          "COMP_WORDS=(mujun analyze --only x) COMP_CWORD=3; _mujun; echo \"${COMPREPLY[@]}\"\n"
          "COMP_WORDS=(mujun init --lang =) COMP_CWORD=3; _mujun; echo \"${COMPREPLY[@]}\"'");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
  if (!strncmp(r->out, "skipped", 7)) printf("%s", r->out);
  else CU_ASSERT(same(r->out, "analyze\n--overwrite\nxlsx\nzh en\n"));
}

static void version_is_one_line_or_all_of_them(void) {
  const run_result *r = run("$M --version");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->out, "mujun " MJ_VERSION "\n"));
  r = run("$M version");
  CU_ASSERT(says(r->out, "mujun " MJ_VERSION "\nlibmujun " MJ_VERSION "\nGDAL "));
  CU_ASSERT(says(r->out, "\nSQLite 3."));
}

static void a_reader_that_leaves_is_no_error_and_a_full_disk_is_one(void) {
  const run_result *r = run("{ $M --json-usage; echo $? > code; } | head -c 10; cat code");
  CU_ASSERT(same(r->out, "{\"name\":\"m0\n"));
  CU_ASSERT(same(r->err, ""));
  r = run("$M --json-usage > /dev/full");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: cannot write to standard output: No space left on device\n"));
}

CLI_SUITE(help, T(no_command_prints_help_on_stderr_and_ends_with_2),
          T(every_command_explains_itself_with_examples_and_exit_codes), T(the_language_may_stand_before_the_command),
          T(help_and_the_option_say_the_same), T(help_fits_80_columns_in_both_languages),
          T(every_sentence_of_the_usage_has_a_chinese_line), T(choices_have_words),
          T(every_example_runs_on_the_sample_park), T(the_manual_names_every_option),
          T(bash_completes_commands_options_and_choices), T(version_is_one_line_or_all_of_them),
          T(a_reader_that_leaves_is_no_error_and_a_full_disk_is_one));
