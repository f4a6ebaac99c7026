// The room on the file system of a folder, as the system tells it.
//
// Threads: any. What may be taken by an ordinary process counts, not what is kept for root.
#pragma once

#include <filesystem>

#include "server/core/disk_gate.h"

namespace silkledger::server {

class FolderDiskSpace final : public DiskSpace {
 public:
  explicit FolderDiskSpace(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::optional<std::uint64_t> free_bytes() const override;

 private:
  std::filesystem::path folder_;
};

}  // namespace silkledger::server
