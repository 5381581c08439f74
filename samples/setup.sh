# Functions that samples/run.sh and tests/run.sh share. Sourced with $root set; POSIX sh.

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
zh*) lang=zh ;;
*) lang=en ;;
esac

# say ENGLISH CHINESE: one line to the person, in the language of the locale
say() {
  if [ "$lang" = zh ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

# packages FILE [quick]: the names in a list; with "quick", without those marked full
packages() {
  sed 's/#.*//' "$1" | while read -r name mark; do
    [ -n "$name" ] || continue
    if [ "${2:-}" = quick ] && [ "$mark" = full ]; then continue; fi
    printf '%s\n' "$name"
  done
}

# missing NAME...: those that dpkg doesn't have installed
missing() {
  for name in "$@"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) || state=
    [ "$state" = installed ] || printf '%s ' "$name"
  done
}

# quietly COMMAND...: its output is shown only when it fails
quietly() {
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
  else
    status=$?
    cat "$log" >&2
    rm -f "$log"
    say "failed ($status): $*" "失败（$status）：$*" >&2
    return "$status"
  fi
}

# need_packages NAME...: install what is missing; nothing is touched when nothing is
need_packages() {
  wanted=$(missing "$@")
  [ -n "$wanted" ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "these packages are missing and there is no apt-get: $wanted" "缺少以下软件包，且没有 apt-get：$wanted" >&2
    return 1
  fi
  as=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "these packages are missing; install them as root: $wanted" "缺少以下软件包，请用 root 安装：$wanted" >&2
      return 1
    fi
    as=sudo
  fi
  say "installing (takes minutes): $wanted" "安装（需要几分钟）：$wanted"
  quietly $as apt-get update
  # shellcheck disable=SC2086 # a list of names
  quietly $as env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted
}

# build PRESET [CMAKE OPTION...]: configure and build below build/PRESET
build() {
  preset=$1
  shift
  say "building: $preset" "编译：$preset"
  (cd "$root" && quietly cmake --preset "$preset" "$@" && quietly cmake --build --preset "$preset" -- --quiet)
}
