// Preloaded in front of the server (LD_PRELOAD): file-system calls below one folder fail as the
// drill asks for. It has no say anywhere else; outside the folder every call goes straight through.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "tests/drills/faults/fault_state.h"

namespace {

using namespace silkledger::faults;

constexpr std::size_t kDescriptors = 65536;
constexpr std::int64_t kWithoutEnd = std::numeric_limits<std::int64_t>::max();
std::array<std::atomic<bool>, kDescriptors> watched{};

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

std::string_view folder() {
  static const char* const path = std::getenv("SILKLEDGER_FAULT_FOLDER");
  return path ? path : "";
}

State* map_state() {
  const char* path = std::getenv("SILKLEDGER_FAULT_STATE");
  if (!path || folder().empty()) return nullptr;
  static const auto real = next<int (*)(const char*, int, ...)>("open");
  const int file = real(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* page = ::mmap(nullptr, sizeof(State), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return page == MAP_FAILED ? nullptr : static_cast<State*>(page);
}

State* state() {
  static State* const mapped = map_state();
  return mapped;
}

bool below(const char* path) { return path && std::string_view(path).starts_with(folder()); }
bool is_watched(int file) {
  return state() && file >= 0 && static_cast<std::size_t>(file) < kDescriptors &&
         watched[static_cast<std::size_t>(file)];
}

// Counts the call; what is to go wrong with it, or 0.
std::int32_t verdict(Call call) {
  State& shared = *state();
  const auto number = ++shared.seen[static_cast<std::size_t>(call)];
  if (shared.call != static_cast<std::uint32_t>(call) || shared.nth != number) return 0;
  ++shared.fired;
  if (shared.error == kKill) ::kill(::getpid(), SIGKILL);
  return shared.error;
}

int fail(int error) {
  errno = error;
  return -1;
}

// How many of these bytes the disk takes.
std::size_t take_room(std::size_t bytes) {
  State& shared = *state();
  std::int64_t room = shared.room_bytes;
  std::int64_t taken = 0;
  do {
    if (room == kWithoutEnd) return bytes;
    taken = std::clamp<std::int64_t>(room, 0, static_cast<std::int64_t>(bytes));
  } while (!shared.room_bytes.compare_exchange_weak(room, room - taken));
  return static_cast<std::size_t>(taken);
}

int open_with(const char* name, const char* path, int flags, mode_t mode) {
  using Open = int (*)(const char*, int, ...);
  const bool counts = state() && below(path);
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  if (counts && writes) {
    if (const auto error = verdict(Call::open)) return fail(error == kShort ? EIO : error);
  }
  const int file = next<Open>(name)(path, flags, mode);
  if (file >= 0 && static_cast<std::size_t>(file) < kDescriptors) {
    watched[static_cast<std::size_t>(file)] = counts;
  }
  return file;
}

template <class Write>
ssize_t write_with(Call call, std::size_t size, bool grows, Write write) {
  const auto error = verdict(call);
  if (error > 0) return fail(error);
  std::size_t taken = error == kShort && size > 1 ? size / 2 : size;
  if (grows) taken = take_room(taken);
  if (taken == 0 && size > 0) return fail(ENOSPC);
  return write(taken);
}

int vfs_with(const char* name, const char* path, struct statvfs* out) {
  const int result = next<int (*)(const char*, struct statvfs*)>(name)(path, out);
  if (result != 0 || !state() || !below(path)) return result;
  const std::int64_t room = state()->room_bytes;
  if (room != kWithoutEnd && state()->room_is_told) {
    out->f_bavail = out->f_bfree = static_cast<fsblkcnt_t>(room) / out->f_frsize;
  }
  return result;
}

// For calls that answer 0 or fail.
template <class Go>
int simple(Call call, bool counts, Go go) {
  if (counts) {
    if (const auto error = verdict(call)) return fail(error == kShort ? EIO : error);
  }
  return go();
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = va_arg(more, mode_t);
  va_end(more);
  return open_with("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = va_arg(more, mode_t);
  va_end(more);
  return open_with("open64", path, flags, mode);
}

int close(int file) {
  if (file >= 0 && static_cast<std::size_t>(file) < kDescriptors) {
    watched[static_cast<std::size_t>(file)] = false;
  }
  return next<int (*)(int)>("close")(file);
}

ssize_t write(int file, const void* bytes, std::size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t)>("write");
  if (!is_watched(file)) return real(file, bytes, size);
  return write_with(Call::write, size, true,
                    [&](std::size_t taken) { return real(file, bytes, taken); });
}

ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t, off_t)>("pwrite");
  if (!is_watched(file)) return real(file, bytes, size, offset);
  struct stat now {};
  const bool grows = ::fstat(file, &now) != 0 || offset + static_cast<off_t>(size) > now.st_size;
  return write_with(Call::pwrite, size, grows,
                    [&](std::size_t taken) { return real(file, bytes, taken, offset); });
}

int fdatasync(int file) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return simple(Call::fdatasync, is_watched(file), [&] { return real(file); });
}

int fsync(int file) {
  static const auto real = next<int (*)(int)>("fsync");
  return simple(Call::fsync, is_watched(file), [&] { return real(file); });
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return simple(Call::rename, state() && below(to), [&] { return real(from, to); });
}

int ftruncate(int file, off_t size) noexcept {
  static const auto real = next<int (*)(int, off_t)>("ftruncate");
  return simple(Call::ftruncate, is_watched(file), [&] { return real(file, size); });
}

int fallocate(int file, int mode, off_t offset, off_t size) {
  static const auto real = next<int (*)(int, int, off_t, off_t)>("fallocate");
  if (is_watched(file) && state()->room_bytes < size) return fail(ENOSPC);
  return simple(Call::fallocate, is_watched(file), [&] { return real(file, mode, offset, size); });
}

int statvfs(const char* path, struct statvfs* out) noexcept {
  return vfs_with("statvfs", path, out);
}

int statvfs64(const char* path, struct statvfs64* out) noexcept {
  static_assert(sizeof(struct statvfs64) == sizeof(struct statvfs));
  return vfs_with("statvfs64", path, reinterpret_cast<struct statvfs*>(out));
}

}  // extern "C"
