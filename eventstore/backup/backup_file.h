// The two files that backups are made of: one that is written under another name until it is whole,
// and one that is read front to back.
//
// Threads: one owner each. Errors: StoreError io, with the file and the reason; a folder or a name
// that is taken is said before anything is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

// NAME.part until keep(); gone when it is dropped before.
class UnfinishedFile {
 public:
  // Refuses a name that is taken. What an interrupted writer left under NAME.part is replaced.
  static StoreResult<std::unique_ptr<UnfinishedFile>> create(const std::filesystem::path& target);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  std::optional<StoreError> write(std::string_view bytes);
  // Everything written is on the disk; what is read afterwards comes from there, as far as the
  // system lets us ask for it.
  std::optional<StoreError> sync();
  // Gives it its name, durably.
  std::optional<StoreError> keep();

  const std::filesystem::path& path() const { return unfinished_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  UnfinishedFile(std::filesystem::path target, Descriptor descriptor);

  std::filesystem::path target_;
  std::filesystem::path unfinished_;
  Descriptor descriptor_;
  std::uint64_t bytes_ = 0;
  bool kept_ = false;
};

class InputFile {
 public:
  static StoreResult<std::unique_ptr<InputFile>> open(const std::filesystem::path& path);

  // Exactly this many bytes into `out`, or fewer at the end of the file.
  std::optional<StoreError> read(std::size_t bytes, std::string& out);
  void skip(std::uint64_t bytes) { offset_ += bytes; }

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  std::uint64_t offset() const { return offset_; }

 private:
  InputFile(std::filesystem::path path, Descriptor descriptor, std::uint64_t size)
      : path_(std::move(path)), descriptor_(std::move(descriptor)), size_(size) {}

  std::filesystem::path path_;
  Descriptor descriptor_;
  std::uint64_t size_;
  std::uint64_t offset_ = 0;
};

// Makes names in a folder durable.
std::optional<StoreError> sync_folder_names(const std::filesystem::path& folder);

}  // namespace silkledger::eventstore
