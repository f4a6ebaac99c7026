// Keys and values of the log in RocksDB: the grammar of docs/formats/keys.md, as functions.
//
// Integers inside keys are big-endian, so that keys sort as the numbers do. A name inside a longer
// key ends with a zero byte, which no name contains and which sorts before every byte of a name.
// Threads: pure functions. Errors: reading returns nothing for bytes that break the grammar.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/event_store.h"

namespace silkledger::eventstore::keys {

// Column families. Each sorts, flushes and compacts by itself: records arrive in key order and are
// never rewritten, while command ids arrive in any order.
inline constexpr std::string_view kMetaFamily = "default";
inline constexpr std::string_view kRecordsFamily = "records";
inline constexpr std::string_view kStreamsFamily = "streams";
inline constexpr std::string_view kCommandsFamily = "commands";

// Subtrees below this level are computed again from their leaves: 2^8 leaves cost less to hash than
// 255 nodes to keep.
inline constexpr unsigned kStoredLevelMin = 8;

// default:  meta_key := "meta/" name
std::string meta(std::string_view name);

// default:  continues_value := position:u64 root:byte{32} taken_at:u64       (under meta/continues)
std::string continues_value(const Continuation& continues);
std::optional<Continuation> read_continues_value(std::string_view value);

// default:  head_key := "head"
inline constexpr std::string_view kHead = "head";
struct HeadValue {
  Position position = 0;
  Hash root{};
};
//           head_value := position:u64 root:byte{32}
std::string head_value(const HeadValue& head);
std::optional<HeadValue> read_head_value(std::string_view value);

// default:  tree_key := "tree/" level:u8 index:u64       tree_value := hash:byte{32}
std::string tree(unsigned level, std::uint64_t index);

// The last position under a subtree's key; `prefix` is all of the key before the level.
std::optional<Position> read_subtree_end(std::string_view prefix, std::string_view key);

// A tree that is computed behind the log, named by its algorithm:
// default:  followed_tree_key := "follow/" algorithm "/" level:u8 index:u64
//           followed_tree_value := hash:byte{32}
std::string followed_tree(std::string_view algorithm, unsigned level, std::uint64_t index);
// default:  followed_key := "follow/" algorithm
//           followed_value := position:u64 peak:byte{32}*     one for each bit set in position
std::string followed(std::string_view algorithm);
struct FollowedValue {
  Position position = 0;
  std::vector<Hash> peaks;
};
std::string followed_value(const FollowedValue& value);
std::optional<FollowedValue> read_followed_value(std::string_view value);

// records:  record_key := position:u64                   record_value := stored_record (record.md)
using RecordKey = std::array<char, 8>;
RecordKey record(Position position);
std::optional<Position> read_record_key(std::string_view key);
inline std::string_view view(const RecordKey& key) { return {key.data(), key.size()}; }

// streams:  name_key := "n" stream                       name_value := first_position:u64
std::string name(std::string_view stream);
std::string name_value(Position first);
std::optional<Position> read_name_value(std::string_view value);

// streams:  run_key := "r" stream 0x00 first_version:u64
// Records of one stream with neighbouring positions and versions share an entry.
struct Run {
  Version first_version = 0;
  Position first_position = 0;
  std::uint32_t records = 0;
};
std::string run_prefix(std::string_view stream);
std::string run(std::string_view stream, Version first_version);
//           run_value := first_position:varint records:varint
std::string run_value(Position first_position, std::uint32_t records);
// `prefix` is the run_prefix the key was found under.
std::optional<Run> read_run(std::string_view prefix, std::string_view key, std::string_view value);
// The same of whatever stream the key names.
std::optional<std::pair<std::string_view, Run>> read_any_run(std::string_view key,
                                                             std::string_view value);

// commands: command_key := principal_bytes:u16 principal id
std::string command(const CommandKey& key);
//           command_value := first:varint records:varint fingerprint:byte{32}
// The rest of the receipt stands in the record at `first`.
struct CommandValue {
  Position first = 0;
  std::uint32_t records = 0;
  Hash fingerprint{};
};
std::string command_value(const CommandValue& value);
std::optional<CommandValue> read_command_value(std::string_view value);

}  // namespace silkledger::eventstore::keys
