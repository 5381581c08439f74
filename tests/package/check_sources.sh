#!/bin/sh
# check_sources.sh TREE: every source is built, every suite is registered, nothing is left to do later.
cd "$1" || exit 2
bad=0
for folder in src/* gis; do
  for file in "$folder"/*.c; do
    [ -f "$file" ] || continue
    grep -qw "$(basename "$file")" "$folder/CMakeLists.txt" || { echo "$file: not in $folder/CMakeLists.txt"; bad=1; }
  done
done
for file in tests/*/test_*.c; do
  [ -f "$file" ] || continue
  folder=$(basename "$(dirname "$file")")
  suite=$(basename "$file" .c)
  grep -q "^SUITE($folder, *${suite#test_})" tests/suites.h || { echo "$file: not in tests/suites.h"; bad=1; }
done
for header in include/mujun/*.h; do
  name=mujun/$(basename "$header")
  [ "$name" = mujun/mujun.h ] || grep -q "\"$name\"" include/mujun/mujun.h || { echo "$header: not in mujun.h"; bad=1; }
done
if grep -rnE --include='*.[ch]' --include='*.sql' '\b(TODO|FIXME|XXX)\b' include src gis samples tests; then
  echo "left for later"
  bad=1
fi
exit $bad
