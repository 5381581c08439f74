#!/bin/sh
# check_sizes.sh TREE: no file over 500 lines (public header 300, CMakeLists.txt 120), no function over 60.
# Prints the five longest files and functions.
cd "$1" || exit 2
list=$(mktemp) || exit 2
trap 'rm -f "$list"' EXIT
find include src gis samples tests -name '*.[ch]' -type f > "$list"

bad=0
for file in $(find . -name CMakeLists.txt -not -path './build/*' | sed 's|^\./||') $(cat "$list"); do
  case $file in
    *CMakeLists.txt) limit=120 ;;
    include/*) limit=300 ;;
    *) limit=500 ;;
  esac
  lines=$(wc -l < "$file")
  [ "$lines" -le "$limit" ] || { echo "$file: $lines lines, at most $limit"; bad=1; }
done

# A function starts at the last line in the first column that holds a '(', and ends at a '}' alone in it.
xargs awk '
  FNR == 1 { start = 0 }
  /^[A-Za-z_].*\(/ { start = FNR; body = 0 }
  /\{$/ && start { body = 1 }
  /^}$/ { if (start && body) print FNR - start + 1, FILENAME ":" start; start = 0 }
' < "$list" | sort -rn > "$list.functions"
awk '$1 > 60 { print $2 ": function of " $1 " lines, at most 60"; bad = 1 } END { exit bad }' "$list.functions" || bad=1

echo "longest files:"
xargs wc -l < "$list" | grep -v ' total$' | sort -rn | head -5
echo "longest functions:"
head -5 "$list.functions"
rm -f "$list.functions"
exit $bad
