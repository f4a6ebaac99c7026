#include "eventstore/backup/backup_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace silkledger::eventstore {
namespace {

constexpr mode_t kOwnerOnly = 0600;  // a backup holds what the log holds

StoreError io_error(std::string_view what, const std::filesystem::path& path, int number) {
  return {StoreError::Kind::io,
          "could not " + std::string(what) + " \"" + path.string() +
              "\": " + std::error_code(number, std::generic_category()).message(),
          0};
}

std::filesystem::path home_of(const std::filesystem::path& file) {
  const auto parent = file.parent_path();
  return parent.empty() ? std::filesystem::path(".") : parent;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

std::optional<StoreError> sync_folder_names(const std::filesystem::path& folder) {
  const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!open.is_open() || ::fsync(open.number()) != 0) {
    return io_error("sync the folder", folder, errno);
  }
  return std::nullopt;
}

UnfinishedFile::UnfinishedFile(std::filesystem::path target, Descriptor descriptor)
    : target_(std::move(target)),
      unfinished_(target_.string() + ".part"),
      descriptor_(std::move(descriptor)) {}

UnfinishedFile::~UnfinishedFile() {
  if (!kept_) ::unlink(unfinished_.c_str());
}

StoreResult<std::unique_ptr<UnfinishedFile>> UnfinishedFile::create(
    const std::filesystem::path& target) {
  struct stat ignored {};
  if (::lstat(target.c_str(), &ignored) == 0) return io_error("write", target, EEXIST);
  const std::string unfinished = target.string() + ".part";
  Descriptor open(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                         kOwnerOnly));
  if (!open.is_open()) return io_error("write", unfinished, errno);
  return std::unique_ptr<UnfinishedFile>(new UnfinishedFile(target, std::move(open)));
}

std::optional<StoreError> UnfinishedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return io_error("write", unfinished_, written == 0 ? EIO : errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    bytes_ += static_cast<std::uint64_t>(written);
  }
  return std::nullopt;
}

std::optional<StoreError> UnfinishedFile::sync() {
  if (::fsync(descriptor_.number()) != 0) return io_error("sync", unfinished_, errno);
  // Only clean pages can be dropped, so this must follow the sync; it is advice and may not be
  // taken.
  ::posix_fadvise(descriptor_.number(), 0, 0, POSIX_FADV_DONTNEED);
  return std::nullopt;
}

std::optional<StoreError> UnfinishedFile::keep() {
  // renameat2 with RENAME_NOREPLACE is not offered by every file system; a link refuses a taken
  // name on all that know hard links.
  if (::link(unfinished_.c_str(), target_.c_str()) == 0) {
    ::unlink(unfinished_.c_str());
  } else if (errno == EEXIST || ::rename(unfinished_.c_str(), target_.c_str()) != 0) {
    return io_error("rename to", target_, errno);
  }
  kept_ = true;
  return sync_folder_names(home_of(target_));
}

StoreResult<std::unique_ptr<InputFile>> InputFile::open(const std::filesystem::path& path) {
  Descriptor open(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (!open.is_open() || ::fstat(open.number(), &about) != 0) {
    const int number = errno;
    auto error = io_error("read", path, number);
    if (number == ENOENT) error.kind = StoreError::Kind::not_found;
    return error;
  }
  if (!S_ISREG(about.st_mode)) return io_error("read", path, EISDIR);
  return std::unique_ptr<InputFile>(
      new InputFile(path, std::move(open), static_cast<std::uint64_t>(about.st_size)));
}

std::optional<StoreError> InputFile::read(std::size_t bytes, std::string& out) {
  out.resize(std::min<std::uint64_t>(bytes, size_ - std::min(size_, offset_)));
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t got = ::pread(descriptor_.number(), out.data() + have, out.size() - have,
                                static_cast<off_t>(offset_ + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error("read", path_, errno);
    if (got == 0) break;  // it was cut while we read
    have += static_cast<std::size_t>(got);
  }
  out.resize(have);
  offset_ += have;
  return std::nullopt;
}

}  // namespace silkledger::eventstore
