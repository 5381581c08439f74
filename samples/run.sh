#!/bin/sh
# Builds mujun and analyses the sample park: sh samples/run.sh, from anywhere.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=setup.sh
. "$root/samples/setup.sh"

# shellcheck disable=SC2046 # a list of names
need_packages $(packages "$root/samples/packages-build.txt")
build release -DMJ_BUILD_TESTS=OFF

cd "$root"
say "analysing samples/park/park.yaml" "分析 samples/park/park.yaml"
build/release/src/cli/mujun analyze samples/park/park.yaml -o out/sample --overwrite --lang "$lang"

echo
say "files:" "文件："
find out/sample -type f | LC_ALL=C sort | while read -r file; do
  printf '  %s  (%s)\n' "$file" "$(du -h "$file" | cut -f1)"
done
echo
say "next:
  page    open out/sample/report.html in a browser: map, dossiers, search, charts
  QGIS    open out/sample/mujun.qgs: styled layers, themes, print layouts
  Excel   open out/sample/summary.xlsx, or out/sample/tables/*.csv
  doubts  out/sample/ledger.csv: what in the input was set aside, repaired or doubted
  yours   build/release/src/cli/mujun init YOUR_FILES > park.yaml" "接下来：
  网页    用浏览器打开 out/sample/report.html：地图、逐宗档案、搜索、图表
  QGIS    打开 out/sample/mujun.qgs：图层、样式、专题、出图版面都已备好
  Excel   打开 out/sample/summary.xlsx 或 out/sample/tables/*.csv
  台账    out/sample/ledger.csv：输入中被剔除、修复或存疑的记录
  自己的数据  build/release/src/cli/mujun init 文件… > park.yaml"
