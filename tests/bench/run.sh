#!/bin/sh
# tests/bench/run.sh [--peers] [--record] [--tools A,B] [--runs R] [N ...]: the bench's job by mujun, by ogr2ogr's copy and by the other tools that are
# installed, one table (README.md says how to read it). --peers installs them; --record appends the table to docs/benchmarks.md.
# tests/bench/run.sh --limits [N ...]: mujun beside the copy alone, fails where a ratio is above its limit (test bench.ratio).
# tests/bench/run.sh --data [N ...]: makes the data only.
# The data of N parcels are made once, below build/bench. N: 2000 and 50000 when nothing is said; 500000 takes some minutes.
set -eu
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bench=$root/build/bench
mujun=${MUJUN_CLI:-$root/build/release/src/cli/mujun}

# install: the peers; apt for what Debian has, a folder of our own for what pip has
install() {
  # shellcheck source=../../samples/setup.sh
  . "$root/samples/setup.sh"
  server=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | sed 's/ .*//' | sort -V | tail -n 1)
  need_packages gdal-bin python3-gdal sqlite3 libsqlite3-mod-spatialite python3-geopandas python3-rtree python3-venv ${server:+"$server"}
  [ -x "$bench/venv/bin/pip" ] || /usr/bin/python3 -m venv "$bench/venv"
  # one by one: a tool that cannot be had does not keep the others away
  for names in 'geopandas pyogrio shapely pyarrow' duckdb-extension-spatial 'sedonadb[geopandas]'; do
    # shellcheck disable=SC2086 # a list of names
    quietly "$bench/venv/bin/pip" install --quiet --upgrade $names || echo "run.sh: pip cannot install $names" >&2
  done
}

limits='' only='' options=''
while [ $# -gt 0 ]; do
  case $1 in
  --peers) install ;;
  --limits) limits=yes ;;
  --data) only=yes ;;
  --record) options="$options --record $root/docs/benchmarks.md" ;;
  --tools | --runs)
    options="$options $1=$2"
    shift
    ;;
  --tools=* | --runs=*) options="$options $1" ;;
  -*)
    sed -n '2,6s/^# //p' "$here/run.sh" >&2
    exit 2
    ;;
  *) break ;;
  esac
  shift
done
[ -x "$mujun" ] || {
  echo "run.sh: no program at $mujun; run 'sh samples/run.sh' first" >&2
  exit 1
}
[ $# -gt 0 ] || set -- 2000 50000
for n in "$@"; do
  data=$bench/$n
  [ -f "$data/done" ] && continue
  mkdir -p "$data"
  /usr/bin/python3 "$here/gen.py" "$n" "$data"
  touch "$data/done"
done
[ -z "$only" ] || exit 0
# shellcheck disable=SC2086 # options without blanks
if [ -z "$limits" ]; then exec /usr/bin/python3 "$here/bench.py" "$mujun" "$bench" "$@" $options; fi
for n in "$@"; do
  echo "== $n parcels"
  limit=
  [ "$n" = 2000 ] && limit='--check --max-ratio 0.85'
  [ "$n" = 50000 ] && limit='--max-ratio 0.8 --max-judge 1.2 --max-all 2.5'
  # shellcheck disable=SC2086
  /usr/bin/python3 "$here/ratio.py" "$mujun" "$bench/$n" $limit
done
