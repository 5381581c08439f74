#!/bin/sh
# check_symbols.sh LIBRARY: a shared library exports names that start with mj_ and no others.
case $1 in
  *.so*) ;;
  *) echo "skipped: $1 is not a shared library"; exit 0 ;;
esac
names=$(nm -D --defined-only "$1" | awk '{ print $NF }' | grep -v '^__.*[ao]san' | grep -v '^__odr_asan')
[ -n "$names" ] || { echo "$1 exports nothing"; exit 1; }
if printf '%s\n' "$names" | grep -v '^mj_'; then
  echo "names above do not start with mj_"
  exit 1
fi
printf '%s\n' "$names" | wc -l
