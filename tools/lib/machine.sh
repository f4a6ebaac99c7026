# shellcheck shell=bash
# What this machine can carry, and surroundings that tools expect to find.

# A unit that includes Beast takes this much memory under the sanitizers.
readonly compile_megabytes=1200

memory_megabytes() {
  local available=4096 limit
  if [[ -r /proc/meminfo ]]; then
    available=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
  fi
  if [[ -r /sys/fs/cgroup/memory.max ]]; then
    limit=$(</sys/fs/cgroup/memory.max)
    if [[ "$limit" =~ ^[0-9]+$ ]] && ((limit / 1048576 < available)); then
      available=$((limit / 1048576))
    fi
  fi
  printf '%d' "$available"
}

# Compilers that may run at once: as many as there are cores, fewer where memory is short, at least one.
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(($(memory_megabytes) / compile_megabytes))
  if ((memory < cores)); then cores=$memory; fi
  if ((cores < 1)); then cores=1; fi
  printf '%d' "$cores"
}

# The compiler cache needs a home; a service account or a chroot may have none.
settle_compiler_cache() {
  if [[ -z "${HOME:-}" || ! -w "${HOME:-/}" ]]; then
    export CCACHE_DIR="${CCACHE_DIR:-$repository/build/ccache}"
  fi
}

# gcc 12's sanitizers do not start where the kernel spreads addresses too widely (vm.mmap_rnd_bits over 28).
# `setarch -R` takes the spreading away for one program; where that is not allowed, the program starts as it is.
steady_addresses() {
  if setarch "$(uname -m)" -R true 2>/dev/null; then
    setarch "$(uname -m)" -R "$@"
  else
    "$@"
  fi
}
