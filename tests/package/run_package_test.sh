#!/bin/sh
# run_package_test.sh CMAKE BUILD CONSUMER: install into a new prefix, move it, and build a program against it
# by find_package and by pkg-config. CC and CFLAGS are those of the build.
set -e
cmake=$1 build=$2 consumer=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$cmake" --install "$build" --prefix "$work/first" > "$work/log" || { cat "$work/log"; exit 1; }
mv "$work/first" "$work/prefix"
libdir=$(dirname "$(find "$work/prefix" -name 'libmujun.*' | head -1)")
LD_LIBRARY_PATH=$libdir
export LD_LIBRARY_PATH

"$cmake" -S "$consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_C_COMPILER="$CC" \
  -DCMAKE_C_FLAGS="$CFLAGS" > "$work/log" 2>&1 && "$cmake" --build "$work/build" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$work/build/consumer"
echo "found by find_package"

PKG_CONFIG_PATH=$libdir/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046,SC2086
"$CC" $CFLAGS "$consumer/consumer.c" $(pkg-config --cflags --libs mujun) -o "$work/by_pkg_config"
"$work/by_pkg_config"
echo "found by pkg-config"

"$work/prefix/bin/mujun" version
for file in share/man/man1/mujun.1 share/man/zh_CN/man1/mujun.1 share/bash-completion/completions/mujun; do
  [ -s "$work/prefix/$file" ] || { echo "not installed: $file"; exit 1; }
done
