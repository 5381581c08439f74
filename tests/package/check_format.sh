#!/bin/sh
# check_format.sh TREE: every source is formatted as .clang-format says.
command -v clang-format > /dev/null || { echo "skipped: no clang-format"; exit 0; }
cd "$1" || exit 2
find include src gis samples tests -name '*.[ch]' -type f -not -name suites.h | xargs clang-format --dry-run -Werror
