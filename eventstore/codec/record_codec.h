// The bytes of a stored record (docs/formats/record.md): writing them, and reading them with
// mistrust.
//
// Threads: pure functions. Ownership: a RecordRef points into the bytes it was decoded from.
// Errors: StoreError corrupt; decoding never reads beyond its input, whatever the bytes say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

inline constexpr std::uint8_t kRecordFormatVersion = 1;
inline constexpr std::size_t kRecordFixedBytes = 48;
// The widths of the length fields bound every limit that may be configured.
inline constexpr std::size_t kRecordNameBytesMax = 0xFFFF;

// A record without ownership; what the codec reads and writes.
struct RecordRef {
  Epoch epoch = 0;
  Position position = 0;
  Version version = 0;
  Microseconds recorded_at = 0;
  std::uint32_t command_index = 0;
  std::string_view stream;
  std::string_view principal;
  std::string_view command_id;
  std::string_view payload;
};

RecordHeader header_of(const RecordRef& record);

// Appends the record's bytes to `out`. Requires: what the grammar says of lengths and numbers.
void encode_record(const RecordRef& record, std::string& out);

// `position` is where the bytes were found: an error names it, and a record that claims another is
// corrupt.
StoreResult<RecordRef> decode_record(std::string_view bytes, Position position);

// A record with its leaf hash, as an engine stores and returns it.
struct StoredRecord {
  RecordRef record;
  std::string_view bytes;  // all of the record, as the leaf covers it
  Hash leaf{};
};

// Splits, compares the leaf hash with the record, and decodes.
StoreResult<StoredRecord> open_stored_record(std::string_view stored, Position position);

}  // namespace silkledger::eventstore
