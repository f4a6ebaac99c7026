#include "eventstore/rocksdb/key_layout.h"

#include <bit>
#include <cassert>

#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore::keys {
namespace {

constexpr std::size_t kNumber = 8;

void put_u64(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

std::uint64_t get_u64(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes.substr(0, kNumber)) {
    value = value << 8U | static_cast<std::uint8_t>(byte);
  }
  return value;
}

// Seven bits a byte, lowest first; the high bit says that more follows.
void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<char>(value | 0x80U));
  out.push_back(static_cast<char>(value));
}

std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) return value;
  }
  return std::nullopt;
}

struct Span {
  Position first = 0;
  std::uint32_t records = 0;
};

std::optional<Span> take_span(std::string_view& bytes) {
  const auto first = take_varint(bytes);
  const auto records = take_varint(bytes);
  if (!first || !records || *first == 0 || *records == 0 || *records > UINT32_MAX) {
    return std::nullopt;
  }
  return Span{*first, static_cast<std::uint32_t>(*records)};
}

}  // namespace

std::string meta(std::string_view name) { return std::string("meta/").append(name); }

std::string continues_value(const Continuation& continues) {
  std::string value;
  put_u64(value, continues.position);
  value.append(bytes_of(continues.root));
  put_u64(value, static_cast<std::uint64_t>(continues.taken_at));
  return value;
}

std::optional<Continuation> read_continues_value(std::string_view value) {
  if (value.size() != 2 * kNumber + sizeof(Hash)) return std::nullopt;
  return Continuation{get_u64(value), hash_from(value.substr(kNumber, sizeof(Hash))),
                      static_cast<Microseconds>(get_u64(value.substr(kNumber + sizeof(Hash))))};
}

std::string head_value(const HeadValue& head) {
  std::string value;
  put_u64(value, head.position);
  return value.append(bytes_of(head.root));
}

std::optional<HeadValue> read_head_value(std::string_view value) {
  if (value.size() != kNumber + sizeof(Hash)) return std::nullopt;
  return HeadValue{get_u64(value), hash_from(value.substr(kNumber))};
}

std::string tree(unsigned level, std::uint64_t index) {
  assert(level < 64);
  std::string key = "tree/";
  key.push_back(static_cast<char>(level));
  put_u64(key, index);
  return key;
}

std::optional<Position> read_subtree_end(std::string_view prefix, std::string_view key) {
  if (!key.starts_with(prefix) || key.size() != prefix.size() + 1 + kNumber) return std::nullopt;
  const auto level = static_cast<std::uint8_t>(key[prefix.size()]);
  if (level >= 64) return std::nullopt;
  return (get_u64(key.substr(prefix.size() + 1)) + 1) << level;
}

std::string followed(std::string_view algorithm) {
  return std::string("follow/").append(algorithm);
}

std::string followed_tree(std::string_view algorithm, unsigned level, std::uint64_t index) {
  assert(level < 64);
  std::string key = followed(algorithm);
  key.push_back('/');
  key.push_back(static_cast<char>(level));
  put_u64(key, index);
  return key;
}

std::string followed_value(const FollowedValue& value) {
  assert(value.peaks.size() == static_cast<std::size_t>(std::popcount(value.position)));
  std::string bytes;
  put_u64(bytes, value.position);
  for (const Hash& peak : value.peaks) bytes.append(bytes_of(peak));
  return bytes;
}

std::optional<FollowedValue> read_followed_value(std::string_view value) {
  if (value.size() < kNumber) return std::nullopt;
  FollowedValue read{get_u64(value), {}};
  value.remove_prefix(kNumber);
  const auto peaks = static_cast<std::size_t>(std::popcount(read.position));
  if (value.size() != peaks * sizeof(Hash)) return std::nullopt;
  for (; !value.empty(); value.remove_prefix(sizeof(Hash))) {
    read.peaks.push_back(hash_from(value.substr(0, sizeof(Hash))));
  }
  return read;
}

RecordKey record(Position position) {
  RecordKey key;
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<char>(position >> (8 * (key.size() - 1 - i)));
  }
  return key;
}

std::optional<Position> read_record_key(std::string_view key) {
  if (key.size() != kNumber) return std::nullopt;
  return get_u64(key);
}

std::string name(std::string_view stream) { return std::string("n").append(stream); }

std::string name_value(Position first) {
  std::string value;
  put_u64(value, first);
  return value;
}

std::optional<Position> read_name_value(std::string_view value) { return read_record_key(value); }

std::string run_prefix(std::string_view stream) {
  std::string key;
  // Room for the version that usually follows.
  key.reserve(stream.size() + 2 + kNumber);
  key.push_back('r');
  key.append(stream).push_back('\0');
  return key;
}

std::string run(std::string_view stream, Version first_version) {
  std::string key = run_prefix(stream);
  put_u64(key, first_version);
  return key;
}

std::string run_value(Position first_position, std::uint32_t records) {
  std::string value;
  put_varint(value, first_position);
  put_varint(value, records);
  return value;
}

std::optional<Run> read_run(std::string_view prefix, std::string_view key, std::string_view value) {
  if (!key.starts_with(prefix) || key.size() != prefix.size() + kNumber) return std::nullopt;
  const auto span = take_span(value);
  const Version first_version = get_u64(key.substr(prefix.size()));
  if (!span || !value.empty() || first_version == 0) return std::nullopt;
  return Run{first_version, span->first, span->records};
}

std::optional<std::pair<std::string_view, Run>> read_any_run(std::string_view key,
                                                             std::string_view value) {
  // 'r', the stream, a zero byte, the version
  if (key.size() < 2 + kNumber || key.front() != 'r') return std::nullopt;
  const auto prefix = key.substr(0, key.size() - kNumber);
  if (prefix.back() != '\0') return std::nullopt;
  const auto run = read_run(prefix, key, value);
  if (!run) return std::nullopt;
  return std::pair(prefix.substr(1, prefix.size() - 2), *run);
}

std::string command(const CommandKey& key) {
  assert(key.principal.size() <= UINT16_MAX);
  std::string bytes;
  bytes.reserve(2 + key.principal.size() + key.id.size());
  bytes.push_back(static_cast<char>(key.principal.size() >> 8U));
  bytes.push_back(static_cast<char>(key.principal.size()));
  return bytes.append(key.principal).append(key.id);
}

std::string command_value(const CommandValue& value) {
  std::string bytes;
  put_varint(bytes, value.first);
  put_varint(bytes, value.records);
  return bytes.append(bytes_of(value.fingerprint));
}

std::optional<CommandValue> read_command_value(std::string_view value) {
  const auto span = take_span(value);
  if (!span || value.size() != sizeof(Hash)) return std::nullopt;
  return CommandValue{span->first, span->records, hash_from(value)};
}

}  // namespace silkledger::eventstore::keys
