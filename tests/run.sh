#!/bin/sh
# Everything that is checked: sh tests/run.sh [--quick], from anywhere.
# Ends with "N passed, N failed, N skipped"; exit code 0 only when nothing failed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=../samples/setup.sh
. "$root/samples/setup.sh"

depth=full
case ${1:-} in
'') ;;
--quick) depth=quick ;;
*)
  echo "usage: sh tests/run.sh [--quick]" >&2
  exit 2
  ;;
esac

passed=0 failed=0 skipped=0
good() { passed=$((passed + 1)); }
bad() {
  failed=$((failed + 1))
  say "FAILED: $1" "失败：$1" >&2
}

# attribute NAME FILE: a number in the first tag of a JUnit file
attribute() {
  sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1
}

# run_tests PRESET [CTEST OPTION...]: one ctest run, its figures added up
run_tests() {
  preset=$1
  shift
  say "testing: $preset" "测试：$preset"
  report=$root/build/$preset/tests.xml
  rm -f "$report"
  log=$root/build/$preset/tests.log
  code=0
  (cd "$root" && ctest --preset "$preset" -j "$(nproc)" --output-junit "$report" "$@") >"$log" 2>&1 || code=$?
  if [ ! -s "$report" ]; then
    cat "$log" >&2
    bad "ctest $preset"
    return 0
  fi
  all=$(attribute tests "$report") no=$(attribute failures "$report")
  out=$(attribute skipped "$report") off=$(attribute disabled "$report")
  [ "$code" -eq 0 ] || cat "$log" >&2
  if [ "$code" -ne 0 ] && [ "$no" -eq 0 ]; then bad "ctest $preset"; fi
  said=$(grep -c '^skipped: ' "$report") || said=0
  [ "$said" -eq 0 ] || grep '^skipped: ' "$report" | LC_ALL=C sort | uniq -c
  passed=$((passed + all - no - out - off))
  failed=$((failed + no))
  skipped=$((skipped + out + off + said))
}

# memory FOLDER [SUITE...]: a test runner of the release build under valgrind, all of it or the suites named
memory() {
  runner=$root/build/release/tests/mj_tests_$1
  say "valgrind: $*" "valgrind：$*"
  shift
  [ -x "$runner" ] || return 0
  [ $# -gt 0 ] || set -- ''
  for suite in "$@"; do
    if (cd "$root" && MUJUN_SOURCE=$root MUJUN_CLI=$root/build/release/src/cli/mujun quietly valgrind -q --error-exitcode=9 \
      --leak-check=full --errors-for-leak-kinds=definite "$runner" ${suite:+"$suite"}); then good; else bad "valgrind $runner $suite"; fi
  done
}

# shellcheck disable=SC2046 # lists of names
need_packages $(packages "$root/samples/packages-build.txt") $(packages "$root/tests/packages-test.txt" "$depth")
if [ "$depth" = quick ]; then
  left=$(packages "$root/tests/packages-test.txt" | while read -r name; do
    packages "$root/tests/packages-test.txt" quick | grep -qx "$name" || printf '%s ' "$name"
  done)
  say "--quick: not installed for this run: $left" "--quick：本次不安装：$left"
fi

if [ -z "${MUJUN_REALDATA:-}" ] && [ -d "$root/../shared/realdata" ]; then
  MUJUN_REALDATA=$(cd "$root/../shared/realdata" && pwd)
  export MUJUN_REALDATA
fi
[ -n "${MUJUN_REALDATA:-}" ] || say "no real data (MUJUN_REALDATA): those tests are skipped" "没有真实数据（MUJUN_REALDATA）：相关测试跳过"

for preset in release clang asan; do
  if build "$preset" -DMJ_BUILD_TESTS=ON; then good; else bad "build $preset"; fi
done

run_tests release
# tests labelled release_only look at the tree, measure time or open big programs: once is enough
run_tests asan -LE release_only
for folder in base yaml; do memory "$folder"; done
memory geom area band facing geom index overlap ring shelf simple tuban # pack searches for ten seconds; it runs under the sanitizers
memory intake corrections fields project reading typing units # the others take minutes and run under the sanitizers
say "valgrind: the sample park" "valgrind：示例园区"
if (cd "$root" && quietly valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
  build/release/src/cli/mujun analyze samples/park/park.yaml -o build/valgrind-sample --overwrite --quiet); then good; else bad "valgrind sample"; fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
