// The reading side of the log in RocksDB, up to a given head; every record's hash is checked.
//
// The head is passed in because a commit becomes visible in RocksDB a moment before it is
// published. Threads: any. Ownership: the database must outlive the reader.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/key_layout.h"

namespace silkledger::eventstore {

class LogReader {
 public:
  explicit LogReader(const Database& database) : database_(database) {}

  StoreResult<std::optional<Receipt>> receipt(const CommandKey& command, Position head) const;
  StoreResult<Version> stream_version(const StreamName& stream, Position head) const;
  StoreResult<ReadBatch> read(Position from, ReadLimit limit, const ReadFilter& filter,
                              Position head) const;
  StoreResult<ReadBatch> read_stream(const StreamName& stream, Version from, ReadLimit limit,
                                     Position head) const;
  StoreResult<std::vector<StreamName>> list_streams(std::string_view prefix, std::string_view after,
                                                    std::uint32_t names_max, Position head) const;
  StoreResult<Hash> leaf(Position position) const;
  StoreResult<Hash> root_at(Position position) const;

  // The last position in the records family; 0 when it is empty.
  StoreResult<Position> last_position() const;
  // Header of one record. Requires: it is within the log.
  StoreResult<RecordHeader> header(Position position) const;
  // The frontier over all positions up to `head`; reads stored subtrees and the leaves behind the
  // last.
  StoreResult<Frontier> frontier(Position head) const;

 private:
  const Database& database_;
};

}  // namespace silkledger::eventstore
