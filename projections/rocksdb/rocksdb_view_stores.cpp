#include "projections/rocksdb/rocksdb_view_stores.h"

#include <fcntl.h>
#include <rocksdb/options.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include "projections/rocksdb/rocksdb_view_store.h"

namespace silkledger::projections {
namespace {

constexpr std::string_view kCurrent = "CURRENT";
constexpr std::string_view kCurrentNext = "CURRENT.next";

ViewStoreError system_error_of(const std::string& doing) {
  return {doing + ": " + std::strerror(errno)};
}

// Writes the whole text and returns once it is on disk.
std::optional<ViewStoreError> write_durably(const std::filesystem::path& path,
                                            std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (file < 0) return system_error_of("opening " + path.string());
  std::optional<ViewStoreError> error;
  while (!text.empty() && !error) {
    const ::ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      error = system_error_of("writing " + path.string());
    else
      text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!error && ::fsync(file) != 0) error = system_error_of("syncing " + path.string());
  ::close(file);
  return error;
}

std::optional<ViewStoreError> sync_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return system_error_of("opening " + folder.string());
  std::optional<ViewStoreError> error;
  if (::fsync(file) != 0) error = system_error_of("syncing " + folder.string());
  ::close(file);
  return error;
}

}  // namespace

ViewResult<std::shared_ptr<ViewStore>> open_rocksdb_view_store(const std::filesystem::path& folder,
                                                               std::vector<std::string> families,
                                                               const RocksDbViewOptions& options) {
  std::shared_ptr<RocksDbViewStore::Database> database;
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  rocksdb::Status status = RocksDbViewStore::open(folder.string(), families, options, database);
  // Busy or locked: somebody has it open, and it is not ours to delete.
  if (!status.ok() && !status.IsBusy() && status.ToString().find("lock") == std::string::npos) {
    // Unreadable: views are disposable, the log is not.
    std::filesystem::remove_all(folder, ignored);
    std::filesystem::create_directories(folder, ignored);
    status = RocksDbViewStore::open(folder.string(), families, options, database);
  }
  if (!status.ok()) return ViewStoreError{"opening " + folder.string() + ": " + status.ToString()};
  return std::shared_ptr<ViewStore>(
      std::make_shared<RocksDbViewStore>(std::move(database), std::move(families), options));
}

RocksDbViewStores::RocksDbViewStores(std::filesystem::path folder,
                                     std::vector<std::string> families, RocksDbViewOptions options)
    : folder_(std::move(folder)), families_(std::move(families)), options_(options) {}

RocksDbViewStores::~RocksDbViewStores() = default;

std::filesystem::path RocksDbViewStores::path_of(std::uint64_t generation) const {
  return folder_ / std::to_string(generation);
}

// ---------------------------------------------------------------- CURRENT

std::optional<ViewStoreError> RocksDbViewStores::load() {
  if (loaded_) return std::nullopt;
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) return ViewStoreError{"creating " + folder_.string() + ": " + error.message()};
  Generations found;
  std::ifstream file(folder_ / kCurrent);
  std::string name;
  std::uint64_t number = 0;
  while (file >> name >> number) {
    if (name == "served") found.served = number;
    if (name == "previous") found.previous = number;
    if (name == "beside") found.beside = number;
  }
  if (found.served == 0) {
    // Missing or unreadable: a generation that no folder on disk has.
    found = {};
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
      const std::string text = entry.path().filename().string();
      std::from_chars(text.data(), text.data() + text.size(), number);
      found.served = std::max(found.served, number);
    }
    ++found.served;
    if (auto fault = save(found)) return fault;
  }
  generations_ = found;
  loaded_ = true;
  remove_others();
  return std::nullopt;
}

std::optional<ViewStoreError> RocksDbViewStores::save(const Generations& next) {
  std::string text = "served " + std::to_string(next.served);
  text += "\nprevious " + std::to_string(next.previous);
  text += "\nbeside " + std::to_string(next.beside) + "\n";
  if (auto fault = write_durably(folder_ / kCurrentNext, text)) return fault;
  std::error_code error;
  std::filesystem::rename(folder_ / kCurrentNext, folder_ / kCurrent, error);
  if (error)
    return ViewStoreError{"replacing " + (folder_ / kCurrent).string() + ": " + error.message()};
  if (auto fault = sync_folder(folder_)) return fault;
  generations_ = next;
  return std::nullopt;
}

// Folders that CURRENT does not name: a crash came between its replacement and their deletion.
void RocksDbViewStores::remove_others() {
  std::error_code error;
  std::vector<std::filesystem::path> others;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const std::string text = entry.path().filename().string();
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) continue;
    const bool is_named = number == generations_.served || number == generations_.previous ||
                          number == generations_.beside;
    if (!is_named) others.push_back(entry.path());
  }
  for (const auto& path : others) std::filesystem::remove_all(path, error);
}

// ---------------------------------------------------------------- stores

ViewResult<std::shared_ptr<ViewStore>> RocksDbViewStores::open(std::uint64_t generation) {
  // A generation that somebody still holds is that very store: a database opens only once.
  if (auto held = open_[generation].lock()) return held;
  auto opened = open_rocksdb_view_store(path_of(generation), families_, options_);
  if (const auto* store = std::get_if<std::shared_ptr<ViewStore>>(&opened)) {
    open_[generation] = *store;
  }
  return opened;
}

ViewResult<std::shared_ptr<ViewStore>> RocksDbViewStores::open_current() {
  if (auto fault = load()) return std::move(*fault);
  return open(generations_.served);
}

ViewResult<std::shared_ptr<ViewStore>> RocksDbViewStores::open_beside() {
  if (auto fault = load()) return std::move(*fault);
  if (generations_.beside == 0) {
    Generations next = generations_;
    next.beside = std::max(next.served, next.previous) + 1;
    if (auto fault = save(next)) return std::move(*fault);
  }
  return open(generations_.beside);
}

ViewResult<std::shared_ptr<ViewStore>> RocksDbViewStores::open_previous() {
  if (auto fault = load()) return std::move(*fault);
  if (generations_.previous == 0) return std::shared_ptr<ViewStore>();
  return open(generations_.previous);
}

std::optional<ViewStoreError> RocksDbViewStores::switch_to_beside() {
  assert(generations_.beside != 0);
  const std::uint64_t oldest = generations_.previous;
  if (auto fault = save({generations_.beside, generations_.served, 0})) return fault;
  if (oldest != 0) remove(oldest);
  return std::nullopt;
}

std::optional<ViewStoreError> RocksDbViewStores::switch_to_previous() {
  assert(generations_.previous != 0);
  return save({generations_.previous, generations_.served, generations_.beside});
}

std::optional<ViewStoreError> RocksDbViewStores::discard_beside() {
  if (generations_.beside == 0) return std::nullopt;
  Generations next = generations_;
  const std::uint64_t beside = std::exchange(next.beside, 0);
  if (auto fault = save(next)) return fault;
  remove(beside);
  return std::nullopt;
}

// CURRENT no longer names it; what cannot be deleted now goes at the next start.
void RocksDbViewStores::remove(std::uint64_t generation) {
  open_.erase(generation);
  std::error_code ignored;
  std::filesystem::remove_all(path_of(generation), ignored);
}

}  // namespace silkledger::projections
