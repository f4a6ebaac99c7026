// A RocksDB environment whose write-ahead log can be held, or fail, at its sync.
//
// Threads: any.
#pragma once

#include <rocksdb/env.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

namespace silkledger::testing {

// Outlives the environment's files, as RocksDB may keep them until the very end.
struct SyncGate {
  std::mutex mutex;
  std::condition_variable released;
  bool held = false;
  rocksdb::Status next_failure;  // OK: none

  rocksdb::Status pass() {
    std::unique_lock lock(mutex);
    released.wait(lock, [this] { return !held; });
    return std::exchange(next_failure, rocksdb::Status::OK());
  }
};

class FaultyEnv final : public rocksdb::EnvWrapper {
 public:
  FaultyEnv() : EnvWrapper(rocksdb::Env::Default()), gate_(std::make_shared<SyncGate>()) {}

  void hold() { set_held(true); }
  void release() { set_held(false); }
  void fail_next_sync(rocksdb::Status failure) {
    const std::lock_guard lock(gate_->mutex);
    gate_->next_failure = std::move(failure);
  }

  rocksdb::Status NewWritableFile(const std::string& path,
                                  std::unique_ptr<rocksdb::WritableFile>* file,
                                  const rocksdb::EnvOptions& options) override {
    auto status = EnvWrapper::NewWritableFile(path, file, options);
    if (status.ok() && path.ends_with(".log")) {
      *file = std::make_unique<LogFile>(std::move(*file), gate_);
    }
    return status;
  }

 private:
  class LogFile final : public rocksdb::WritableFileWrapper {
   public:
    LogFile(std::unique_ptr<rocksdb::WritableFile> file, std::shared_ptr<SyncGate> gate)
        : WritableFileWrapper(file.get()), file_(std::move(file)), gate_(std::move(gate)) {}

    rocksdb::Status Sync() override {
      if (auto failed = gate_->pass(); !failed.ok()) return failed;
      return file_->Sync();
    }
    rocksdb::Status Fsync() override {
      if (auto failed = gate_->pass(); !failed.ok()) return failed;
      return file_->Fsync();
    }

   private:
    std::unique_ptr<rocksdb::WritableFile> file_;
    std::shared_ptr<SyncGate> gate_;
  };

  void set_held(bool held) {
    {
      const std::lock_guard lock(gate_->mutex);
      gate_->held = held;
    }
    gate_->released.notify_all();
  }

  std::shared_ptr<SyncGate> gate_;
};

}  // namespace silkledger::testing
