#!/bin/sh
# tests/bench/run.sh [N ...]: make the data (once, under build/bench), run the job beside ogr2ogr's copy, print times, memory and the ratio.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mujun=${MUJUN_CLI:-$root/build/release/src/cli/mujun}
[ -x "$mujun" ] || { echo "run.sh: no program at $mujun; run 'sh samples/run.sh' first" >&2; exit 1; }
[ $# -gt 0 ] || set -- 2000 50000
for n in "$@"; do
  data=$root/build/bench/$n
  if [ ! -f "$data/done" ]; then
    mkdir -p "$data"
    /usr/bin/python3 "$here/gen.py" "$n" "$data"
    touch "$data/done"
  fi
  check=
  [ "$n" = 2000 ] && check=--check
  limit=
  [ "$n" = 50000 ] && limit='--max-ratio 0.8 --max-judge 1.5'
  echo "== $n parcels"
  # shellcheck disable=SC2086
  /usr/bin/python3 "$here/bench.py" "$mujun" "$data" $check $limit
done
