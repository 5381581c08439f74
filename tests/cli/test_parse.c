#include "run.h"
#include "test.h"

/* One usage error: exit code 2, nothing on stdout, exactly this line on stderr. */
static void refused(const char *script, const char *line) {
  const run_result *r = run(script);
  CU_ASSERT_EQUAL(r->code, 2);
  CU_ASSERT(same(r->out, ""));
  CU_ASSERT(same(r->err, line));
}

static void an_unknown_option_is_named_and_the_one_meant_is_offered(void) {
  refused("$M analyze --nonsense", "mujun: unknown option '--nonsense'; see 'mujun analyze --help'\n");
  refused("$M analyze --parcel p.gpkg",
          "mujun: unknown option '--parcel' (meant: --parcels); see 'mujun analyze --help'\n");
  refused("$M analyze -qz", "mujun: unknown option '-z'; see 'mujun analyze --help'\n");
  refused("$M --nonsense", "mujun: unknown option '--nonsense'; see 'mujun --help'\n");
}

static void an_unknown_command_is_named(void) {
  refused("$M analyse", "mujun: 'analyse' is not a command; see 'mujun --help'\n");
  refused("$M help analyse", "mujun: 'analyse' is not a command; see 'mujun help --help'\n");
}

static void an_option_without_its_value_is_refused(void) {
  refused("$M analyze --parcels", "mujun: option '--parcels' needs a value; see 'mujun analyze --help'\n");
  refused("$M analyze -o", "mujun: option '-o' needs a value; see 'mujun analyze --help'\n");
  refused("$M analyze --parcels --overwrite",
          "mujun: option '--parcels' needs a value (FILE[:LAYER]); see 'mujun analyze --help'\n");
  refused("$M analyze --crs=", "mujun: option '--crs' needs a value (CRS); see 'mujun analyze --help'\n");
}

static void a_flag_with_a_value_is_refused(void) {
  refused("$M analyze --overwrite=no", "mujun: option '--overwrite' takes no value; see 'mujun analyze --help'\n");
}

static void a_value_outside_its_domain_is_refused(void) {
  refused("$M analyze --year=12x",
          "mujun: option '--year': '12x' is not a whole number from 1900 to 2200; see 'mujun analyze --help'\n");
  refused("$M analyze --decimals 13",
          "mujun: option '--decimals': '13' is not a whole number from 0 to 12; see 'mujun analyze --help'\n");
  refused("$M analyze --as-of 2026-02-30",
          "mujun: option '--as-of': '2026-02-30' is not a date such as 2026-03-31; see 'mujun analyze --help'\n");
  refused("$M analyze --only csv,pdf",
          "mujun: option '--only': 'csv,pdf' is not one of geojson|csv|gpkg|xlsx|html; see 'mujun analyze --help'\n");
  refused("$M analyze --progress auto,json",
          "mujun: option '--progress': 'auto,json' is not one of auto|json|none; see 'mujun analyze --help'\n");
}

static void the_language_follows_the_locale_and_the_option_wins(void) {
  refused("LC_ALL=zh_CN.UTF-8 $M analyze --year=12x",
          "mujun: 选项 '--year'：'12x' 不是 1900 到 2200 之间的整数；参见 'mujun analyze --help'\n");
  refused("LC_ALL= LC_MESSAGES=zh_CN.GBK LANG=en_GB.UTF-8 $M analyze --parcels",
          "mujun: 选项 '--parcels' 缺少取值；参见 'mujun analyze --help'\n");
  refused("LC_ALL=zh_CN.UTF-8 $M analyze --lang en --parcels",
          "mujun: option '--parcels' needs a value; see 'mujun analyze --help'\n");
  refused("LC_ALL=zh_CN.UTF-8 $M analyze --lang=fr",
          "mujun: 选项 '--lang'：'fr' 不在可选值 zh|en 之内；参见 'mujun analyze --help'\n");
}

static void a_message_cannot_steer_the_terminal(void) {
  refused("$M \"$(printf 'x\\033[31m')\"", "mujun: 'x?[31m' is not a command; see 'mujun --help'\n");
}

static void names_behind_two_dashes_are_files(void) {
  const run_result *r = run("$M inspect -- --help");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(says(r->err, "--help"));
}

CLI_SUITE(parse, T(an_unknown_option_is_named_and_the_one_meant_is_offered), T(an_unknown_command_is_named),
          T(an_option_without_its_value_is_refused), T(a_flag_with_a_value_is_refused),
          T(a_value_outside_its_domain_is_refused), T(the_language_follows_the_locale_and_the_option_wins),
          T(a_message_cannot_steer_the_terminal), T(names_behind_two_dashes_are_files));
