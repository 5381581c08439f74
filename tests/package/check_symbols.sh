#!/bin/sh
# check_symbols.sh LIBRARY: a shared library exports names that start with mj_ and no others.
case $1 in
  *.so*) ;;
  *) echo "skipped: $1 is not a shared library"; exit 0 ;;
esac
# the linker's own marks and those of the sanitizers are not ours
names=$(nm -D --defined-only "$1" | awk '{ print $NF }' | grep -vE '^(__bss_start|_edata|_end|__odr_asan.*|__asan.*|__ubsan.*)$')
[ -n "$names" ] || { echo "$1 exports nothing"; exit 1; }
if printf '%s\n' "$names" | grep -v '^mj_'; then
  echo "names above do not start with mj_"
  exit 1
fi
printf '%s\n' "$names" | wc -l
