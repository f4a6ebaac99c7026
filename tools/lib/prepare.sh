# shellcheck shell=bash
# prepare [build|test|bench]: sees to it that everything Silkledger is built from is installed (Debian 12).
# Asks the package database first: a second run installs nothing and needs no network.
# Runs as root or with sudo; anybody else is told the one line to type.

readonly packages_build=(
  g++ cmake ninja-build pkg-config ccache
  capnproto libcapnp-dev
  librocksdb-dev
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libspdlog-dev libcli11-dev libssl-dev libjemalloc-dev
  libgtest-dev # one configuration serves both commands, so both look for it
  prometheus-cpp-dev # brings civetweb and curl, which its CMake file looks for
)
readonly packages_test=(clang libclang-rt-14-dev)
# What we are measured against. Spoken to over a socket, so nothing is built with them.
readonly packages_bench=(redis-server postgresql)

missing_packages() {
  local package status
  for package in "$@"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) || status=''
    if [[ "$status" != 'install ok installed' ]]; then printf '%s ' "$package"; fi
  done
}

prepare() {
  local wanted=("${packages_build[@]}") missing as_root=()
  case ${1:-build} in
    test) wanted+=("${packages_test[@]}") ;;
    bench) wanted+=("${packages_test[@]}" "${packages_bench[@]}") ;;
  esac

  if ! command -v dpkg-query >/dev/null; then
    say "这不是 Debian 系统，请自行安装 / not a Debian system, please install by hand: ${wanted[*]}"
    return 0
  fi
  missing=$(missing_packages "${wanted[@]}")
  if [[ -z "$missing" ]]; then return 0; fi

  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      die "缺少软件包，且没有 root 权限。请以 root 运行 / packages are missing and this is not root. As root, run:
  apt-get update && apt-get install --no-install-recommends $missing"
    fi
    as_root=(sudo)
  fi
  heading "安装 / installing: $missing"
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
  # shellcheck disable=SC2086 # the list is split into words on purpose
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    die "安装失败：请检查网络与软件源 / installation failed: check the network and the package sources (Debian 12, main).
  missing: $missing"
}
