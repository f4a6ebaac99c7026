#include "tests/contract/eventstore/raw_log.h"

#include <gtest/gtest.h>

namespace silkledger::testing {
namespace {

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

void expect_ok(const rocksdb::Status& status) { EXPECT_TRUE(status.ok()) << status.ToString(); }

}  // namespace

RawLog::RawLog(const std::filesystem::path& folder) {
  const rocksdb::DBOptions options;
  std::vector<std::string> names;
  expect_ok(rocksdb::DB::ListColumnFamilies(options, folder.string(), &names));
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const std::string& name : names) {
    descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions());
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  expect_ok(rocksdb::DB::Open(options, folder.string(), descriptors, &handles, &opened));
  db_.reset(opened);
  for (auto* handle : handles) families_[handle->GetName()] = handle;
}

RawLog::~RawLog() {
  for (const auto& [name, handle] : families_) expect_ok(db_->DestroyColumnFamilyHandle(handle));
}

std::string RawLog::get(const std::string& name, std::string_view key) {
  std::string value;
  expect_ok(db_->Get({}, family(name), slice(key), &value));
  return value;
}

void RawLog::put(const std::string& name, std::string_view key, std::string_view value) {
  expect_ok(db_->Put({}, family(name), slice(key), slice(value)));
}

void RawLog::remove(const std::string& name, std::string_view key) {
  get(name, key);
  expect_ok(db_->Delete({}, family(name), slice(key)));
}

rocksdb::ColumnFamilyHandle* RawLog::family(const std::string& name) { return families_.at(name); }

}  // namespace silkledger::testing
