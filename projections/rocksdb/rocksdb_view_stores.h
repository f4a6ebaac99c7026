// View stores on RocksDB: one database for each generation, one column family for each view, no
// write-ahead log. All families are flushed together (atomic flush), so a crash leaves one whole
// earlier state; what it lost is folded again from the log.
//
//   <folder>/CURRENT              "served <n>\nprevious <n or 0>\nbeside <n or 0>\n"
//   <folder>/<generation>/        a database
//
// Threads: as view_store.h. Ownership: a store lives as long as whoever holds it, snapshots
// included.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "projections/view_store.h"

namespace silkledger::projections {

struct RocksDbViewOptions {
  std::uint64_t flush_bytes = 32ULL * 1024 * 1024;         // written rows between two flushes
  std::uint64_t flush_commits = 4096;                      // commits between two flushes
  // A commit of so many bytes is loaded as tables of its own, sorted, past memtables and flushes.
  std::uint64_t load_bytes_min = 4ULL * 1024 * 1024;
  std::uint64_t write_buffer_bytes = 64ULL * 1024 * 1024;  // memory of all families together
  std::uint64_t block_cache_bytes = 32ULL * 1024 * 1024;
  std::uint32_t background_threads = 2;
  // Each open table holds its index and filter in memory and a descriptor. Ten million events leave
  // less than half as many.
  std::uint32_t open_files_max = 512;
};

// Opens or creates the database of one generation; one that cannot be opened is deleted and made
// anew.
ViewResult<std::shared_ptr<ViewStore>> open_rocksdb_view_store(
    const std::filesystem::path& folder, std::vector<std::string> families,
    const RocksDbViewOptions& options = {});

class RocksDbViewStores final : public ViewStores {
 public:
  RocksDbViewStores(std::filesystem::path folder, std::vector<std::string> families,
                    RocksDbViewOptions options = {});
  ~RocksDbViewStores() override;

  ViewResult<std::shared_ptr<ViewStore>> open_current() override;
  ViewResult<std::shared_ptr<ViewStore>> open_beside() override;
  ViewResult<std::shared_ptr<ViewStore>> open_previous() override;
  bool has_beside() const override { return generations_.beside != 0; }
  bool has_previous() const override { return generations_.previous != 0; }
  std::optional<ViewStoreError> switch_to_beside() override;
  std::optional<ViewStoreError> switch_to_previous() override;
  std::optional<ViewStoreError> discard_beside() override;

 private:
  struct Generations {
    std::uint64_t served = 0;
    std::uint64_t previous = 0;
    std::uint64_t beside = 0;
  };
  ViewResult<std::shared_ptr<ViewStore>> open(std::uint64_t generation);
  std::optional<ViewStoreError> load();
  std::optional<ViewStoreError> save(const Generations& next);
  void remove(std::uint64_t generation);
  void remove_others();
  std::filesystem::path path_of(std::uint64_t generation) const;

  const std::filesystem::path folder_;
  const std::vector<std::string> families_;
  const RocksDbViewOptions options_;
  bool loaded_ = false;
  std::map<std::uint64_t, std::weak_ptr<ViewStore>> open_;
  Generations generations_;
};

}  // namespace silkledger::projections
