// What a crash would leave of a folder that a store is still writing to.
//
// RocksDB flushes and deletes files behind a test's back, and a walk through the folder may meet a
// new file before and a deleted one behind: such a copy never lay on any disk. So a copy counts
// only when the folder held the same files of the same sizes before it and after it.
// Requires: no append is writing meanwhile.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>

namespace silkledger::testing {

inline std::map<std::string, std::uintmax_t> files_and_sizes(const std::filesystem::path& folder) {
  std::map<std::string, std::uintmax_t> found;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::error_code gone;
    const auto size = file.file_size(gone);
    if (!gone) found[file.path().filename().string()] = size;
  }
  return found;
}

inline void copy_as_of_a_crash(const std::filesystem::path& from, const std::filesystem::path& to) {
  constexpr int kAttemptsMax = 1'000;
  std::error_code error;
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    std::filesystem::remove_all(to);
    const auto before = files_and_sizes(from);
    std::filesystem::copy(from, to, error);
    if (!error && before == files_and_sizes(from) && before == files_and_sizes(to)) return;
  }
  ADD_FAILURE() << "could not copy " << from << " as it lay: " << error.message();
}

}  // namespace silkledger::testing
