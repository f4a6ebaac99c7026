#include "server/app/disk_space.h"

namespace silkledger::server {

std::optional<std::uint64_t> FolderDiskSpace::free_bytes() const {
  std::error_code error;
  const auto space = std::filesystem::space(folder_, error);
  if (error) return std::nullopt;
  return space.available;
}

}  // namespace silkledger::server
