#include "server/core/disk_gate.h"

#include <cassert>
#include <string>
#include <utility>

namespace silkledger::server {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

std::string mib(std::uint64_t bytes) { return std::to_string(bytes / kMiB) + " MiB"; }

}  // namespace

DiskGate::DiskGate(const DiskSpace& disk, Sequencer& sequencer, const CoreLimits& limits, Log say,
                   std::function<void(std::string reason)> give_up)
    : disk_(disk),
      sequencer_(sequencer),
      min_(limits.disk_free_bytes_min),
      resume_(limits.disk_free_bytes_resume),
      say_(std::move(say)),
      give_up_(std::move(give_up)) {
  assert(resume_ >= min_);
}

void DiskGate::check() {
  const auto free = disk_.free_bytes();
  if (!sequencer_.read_only_reason()) {
    if (free && *free < min_) close(*free);
    return;
  }
  // Without a figure the log itself says whether it can be written.
  if (sequencer_.recoverable() && (!free || *free >= resume_)) try_to_open();
}

void DiskGate::close(std::uint64_t free) {
  say_(LogLevel::error, "disk_nearly_full",
       {{"free_bytes", std::to_string(free)}, {"disk_free_bytes_min", std::to_string(min_)}});
  sequencer_.go_read_only(
      {"磁盘剩余空间不足 " + mib(min_) + "，腾出到 " + mib(resume_) + " 后自动恢复写入",
       "the disk has less than " + mib(min_) + " left; writing goes on by itself once " +
           mib(resume_) + " are free"});
}

void DiskGate::try_to_open() {
  if (auto error = sequencer_.recover()) {
    if (!std::exchange(told_failure_, true)) {
      say_(LogLevel::warning, "log_not_writable_yet", {{"detail", error->detail}});
    }
    const bool hopeless = error->kind == eventstore::StoreError::Kind::reopen ||
                          error->kind == eventstore::StoreError::Kind::corrupt;
    if (hopeless && give_up_) std::exchange(give_up_, nullptr)(error->detail);
    return;
  }
  told_failure_ = false;
  if (!sequencer_.read_only_reason()) say_(LogLevel::info, "log_writable_again", {});
}

}  // namespace silkledger::server
