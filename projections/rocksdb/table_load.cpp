#include "projections/rocksdb/table_load.h"

#include <rocksdb/options.h>
#include <rocksdb/slice.h>
#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "projections/rocksdb/stored_entry.h"

namespace silkledger::projections {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

const std::string& key_of(const Write* write) { return write->key; }

}  // namespace

template <class Fill>
rocksdb::Status TableLoad::write(rocksdb::ColumnFamilyHandle* family, const Fill& fill) {
  const std::string path = db_.GetName() + "/" + family->GetName() + ".load";
  // One that a crash left may be a second name of a file that is part of the database by now: it is
  // unlinked, not written over.
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  rocksdb::SstFileWriter table(rocksdb::EnvOptions(), db_.GetOptions(family), family);
  rocksdb::Status status = table.Open(path);
  if (status.ok()) status = fill(table);
  if (status.ok()) status = table.Finish();
  rocksdb::IngestExternalFileArg& arg = tables_.emplace_back();
  arg.column_family = family;
  arg.external_files = {path};
  arg.options.move_files = true;
  arg.options.write_global_seqno = false;
  return status;
}

rocksdb::Status TableLoad::add(rocksdb::ColumnFamilyHandle* family,
                               std::vector<const Write*> writes) {
  std::ranges::stable_sort(writes, {}, key_of);
  return write(family, [&](rocksdb::SstFileWriter& table) {
    rocksdb::Status status;
    std::string stored;
    for (std::size_t i = 0; i < writes.size() && status.ok(); ++i) {
      const Write& one = *writes[i];
      if (i + 1 < writes.size() && writes[i + 1]->key == one.key) continue;
      if (!one.value) {
        status = table.Delete(one.key);
        continue;
      }
      const SinceBytes since = encode_since(one.since);
      stored.assign(since.data(), since.size()).append(*one.value);
      status = table.Put(one.key, stored);
    }
    return status;
  });
}

rocksdb::Status TableLoad::add(rocksdb::ColumnFamilyHandle* family, std::string_view key,
                               std::string_view value) {
  return write(family, [&](rocksdb::SstFileWriter& table) {
    return table.Put(slice(key), slice(value));
  });
}

rocksdb::Status TableLoad::take_in() { return db_.IngestExternalFiles(tables_); }

}  // namespace silkledger::projections
