#!/bin/sh
# sample_repeats.sh GENERATOR PARK: the committed park is, byte for byte, what its generator writes; another seed gives another park.
set -eu
generator=$1 park=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"$generator" "$dir/same" >/dev/null
"$generator" "$dir/other" 400 2 >/dev/null
for file in "$dir"/same/*; do
  name=$(basename "$file")
  cmp "$file" "$park/$name"
  [ "$name" = buildings.cpg ] || [ "$name" = buildings.prj ] || ! cmp -s "$file" "$dir/other/$name" || {
    echo "$name is the same for seeds 1 and 2"
    exit 1
  }
done

code=0
"$generator" "$dir/few" 10 2>/dev/null || code=$?
[ "$code" -eq 2 ] || {
  echo "10 parcels: exit code $code, expected 2"
  exit 1
}
[ ! -e "$dir/few" ]
