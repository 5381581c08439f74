#!/bin/sh
# check_layers_bad.sh CMAKE TREE: the check of the layers finds what is wrong on purpose under tests/package/bad.
said=$("$1" -DROOT="$2/tests/package/bad" -P "$2/cmake/CheckLayers.cmake" 2>&1) && { echo "nothing found"; exit 1; }
for expected in 'src/geom/bad.c: includes gdal.h' 'src/plan/bad.c: includes judge/rules.h' \
  'src/cli/bad.c: includes ../base/text.h' 'src/judge/bad.c: includes yaml.h'; do
  case $said in
    *"$expected"*) ;;
    *) echo "not found: $expected"; echo "$said"; exit 1 ;;
  esac
done
