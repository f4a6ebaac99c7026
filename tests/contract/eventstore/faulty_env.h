// A RocksDB environment on a disk that can be slow, full or failing, as a test says.
//
//   hold / release        the write-ahead log's syncs wait
//   fail_next_sync        the write-ahead log's next sync fails
//   fill / make_room      nothing that takes room succeeds; what is written in place does
//   fail_operation(n)     of all operations that change the disk, the n-th from now on fails
//
// Nothing is really synced: a crash is a copy of the folder, and no test cuts the power.
// Threads: any.
#pragma once

#include <rocksdb/env.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace silkledger::testing {

// Outlives the environment's files, as RocksDB may keep them until the very end.
class DiskFaults {
 public:
  void set_held(bool held) {
    {
      const std::lock_guard lock(mutex_);
      held_ = held;
    }
    released_.notify_all();
  }
  void set_full(bool full) {
    const std::lock_guard lock(mutex_);
    full_ = full;
  }
  bool is_full() const {
    const std::lock_guard lock(mutex_);
    return full_;
  }
  void fail_next_sync(rocksdb::Status failure) {
    const std::lock_guard lock(mutex_);
    next_sync_ = std::move(failure);
  }
  void fail_operation(std::uint64_t number, rocksdb::Status failure) {
    const std::lock_guard lock(mutex_);
    fail_at_ = operations_ + number;
    failure_ = std::move(failure);
  }
  std::uint64_t operations() const {
    const std::lock_guard lock(mutex_);
    return operations_;
  }

  // Called before each operation; anything but OK is its outcome.
  rocksdb::Status write(bool takes_room) {
    const std::lock_guard lock(mutex_);
    if (takes_room && full_) return rocksdb::Status::NoSpace("no space left on device");
    return count();
  }
  rocksdb::Status sync(bool is_log) {
    std::unique_lock lock(mutex_);
    if (is_log) {
      released_.wait(lock, [this] { return !held_; });
      if (!next_sync_.ok()) return std::exchange(next_sync_, rocksdb::Status::OK());
    }
    return count();
  }

 private:
  rocksdb::Status count() {
    ++operations_;
    return operations_ == fail_at_ ? failure_ : rocksdb::Status::OK();
  }

  mutable std::mutex mutex_;
  std::condition_variable released_;
  bool held_ = false;
  bool full_ = false;
  rocksdb::Status next_sync_;
  std::uint64_t operations_ = 0;
  std::uint64_t fail_at_ = 0;
  rocksdb::Status failure_;
};

class FaultyEnv final : public rocksdb::EnvWrapper {
 public:
  FaultyEnv() : EnvWrapper(rocksdb::Env::Default()), faults_(std::make_shared<DiskFaults>()) {}

  void hold() { faults_->set_held(true); }
  void release() { faults_->set_held(false); }
  void fail_next_sync(rocksdb::Status failure) { faults_->fail_next_sync(std::move(failure)); }
  void fill() { faults_->set_full(true); }
  void make_room() { faults_->set_full(false); }
  void fail_operation(std::uint64_t number, rocksdb::Status failure) {
    faults_->fail_operation(number, std::move(failure));
  }
  std::uint64_t operations() const { return faults_->operations(); }

  rocksdb::Status NewWritableFile(const std::string& path,
                                  std::unique_ptr<rocksdb::WritableFile>* file,
                                  const rocksdb::EnvOptions& options) override {
    auto status = faults_->write(true);
    if (status.ok()) status = EnvWrapper::NewWritableFile(path, file, options);
    if (status.ok()) {
      *file = std::make_unique<Written>(std::move(*file), faults_, path.ends_with(".log"));
    }
    return status;
  }

  rocksdb::Status NewRandomRWFile(const std::string& path,
                                  std::unique_ptr<rocksdb::RandomRWFile>* file,
                                  const rocksdb::EnvOptions& options) override {
    auto status = EnvWrapper::NewRandomRWFile(path, file, options);
    if (status.ok()) *file = std::make_unique<InPlace>(std::move(*file), faults_);
    return status;
  }

  rocksdb::Status NewDirectory(const std::string& path,
                               std::unique_ptr<rocksdb::Directory>* directory) override {
    auto status = EnvWrapper::NewDirectory(path, directory);
    if (status.ok()) *directory = std::make_unique<Folder>(faults_);
    return status;
  }

  rocksdb::Status GetFreeSpace(const std::string& path, std::uint64_t* free) override {
    if (!faults_->is_full()) return EnvWrapper::GetFreeSpace(path, free);
    *free = 0;
    return rocksdb::Status::OK();
  }

  rocksdb::Status RenameFile(const std::string& from, const std::string& to) override {
    if (auto failed = faults_->write(false); !failed.ok()) return failed;
    return EnvWrapper::RenameFile(from, to);
  }

 private:
  class Written final : public rocksdb::WritableFileWrapper {
   public:
    Written(std::unique_ptr<rocksdb::WritableFile> file, std::shared_ptr<DiskFaults> faults,
            bool is_log)
        : WritableFileWrapper(file.get()),
          file_(std::move(file)),
          faults_(std::move(faults)),
          is_log_(is_log) {}

    rocksdb::Status Append(const rocksdb::Slice& data) override {
      if (auto failed = faults_->write(true); !failed.ok()) return failed;
      return file_->Append(data);
    }
    rocksdb::Status Append(const rocksdb::Slice& data,
                           const rocksdb::DataVerificationInfo& info) override {
      if (auto failed = faults_->write(true); !failed.ok()) return failed;
      return file_->Append(data, info);
    }
    rocksdb::Status PositionedAppend(const rocksdb::Slice& data, std::uint64_t offset) override {
      if (auto failed = faults_->write(true); !failed.ok()) return failed;
      return file_->PositionedAppend(data, offset);
    }
    rocksdb::Status PositionedAppend(const rocksdb::Slice& data, std::uint64_t offset,
                                     const rocksdb::DataVerificationInfo& info) override {
      if (auto failed = faults_->write(true); !failed.ok()) return failed;
      return file_->PositionedAppend(data, offset, info);
    }
    rocksdb::Status Sync() override { return faults_->sync(is_log_); }
    rocksdb::Status Fsync() override { return faults_->sync(is_log_); }

   private:
    std::unique_ptr<rocksdb::WritableFile> file_;
    std::shared_ptr<DiskFaults> faults_;
    bool is_log_;
  };

  class Folder final : public rocksdb::Directory {
   public:
    explicit Folder(std::shared_ptr<DiskFaults> faults) : faults_(std::move(faults)) {}
    rocksdb::Status Fsync() override { return faults_->sync(false); }

   private:
    std::shared_ptr<DiskFaults> faults_;
  };

  class InPlace final : public rocksdb::RandomRWFileWrapper {
   public:
    InPlace(std::unique_ptr<rocksdb::RandomRWFile> file, std::shared_ptr<DiskFaults> faults)
        : RandomRWFileWrapper(file.get()), file_(std::move(file)), faults_(std::move(faults)) {}

    rocksdb::Status Write(std::uint64_t offset, const rocksdb::Slice& data) override {
      if (auto failed = faults_->write(false); !failed.ok()) return failed;
      return file_->Write(offset, data);
    }
    rocksdb::Status Sync() override { return faults_->sync(false); }

   private:
    std::unique_ptr<rocksdb::RandomRWFile> file_;
    std::shared_ptr<DiskFaults> faults_;
  };

  std::shared_ptr<DiskFaults> faults_;
};

}  // namespace silkledger::testing
