// What the log stores: opaque payloads under a header that the store owns (docs/formats/record.md).
//
// Values; no I/O. The store knows no word of the domain.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silkledger::eventstore {

// Dense over the whole log: 1, 2, 3, … Zero means "before the first event".
using Position = std::uint64_t;

// Dense within one stream: 1, 2, 3, … Zero means "the stream does not exist".
using Version = std::uint64_t;

// Counts the lives of a log: 1 when it is created, one more at every restore. A writer of an older
// epoch is fenced off.
using Epoch = std::uint64_t;

// Microseconds since 1970-01-01T00:00:00Z.
using Microseconds = std::int64_t;

using Hash = std::array<std::uint8_t, 32>;

// Names a stream: 1..Limits::stream_name_bytes_max bytes, printable ASCII without spaces,
// by convention "kind/id".
using StreamName = std::string;

// A command is named by who sent it and an id of the sender's choice; no two principals share an
// id.
struct CommandKey {
  std::string principal;
  std::string id;
  friend auto operator<=>(const CommandKey&, const CommandKey&) = default;
};

// The header as stored. The Merkle leaf covers header and payload.
struct RecordHeader {
  Epoch epoch = 0;
  Position position = 0;
  StreamName stream;
  Version version = 0;
  Microseconds recorded_at = 0;  // server time; never goes back within a log
  CommandKey command;
  std::uint32_t command_index = 0;  // 0-based index of this record within its command
  friend bool operator==(const RecordHeader&, const RecordHeader&) = default;
};

// A record to be appended: the store adds the rest of the header inside the commit.
struct NewRecord {
  StreamName stream;
  std::string payload;  // a whole number of 8-byte words
};

// A record as read. The payload points into memory owned by the ReadBatch and is 8-byte aligned.
struct RecordView {
  RecordHeader header;
  std::string_view payload;
};

}  // namespace silkledger::eventstore
