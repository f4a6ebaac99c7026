#include "eventstore/codec/record_codec.h"

#include <cassert>

#include "eventstore/codec/little_endian.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

constexpr std::size_t kWord = 8;
constexpr std::size_t kLeafBytes = sizeof(Hash);

constexpr std::size_t round_up(std::size_t bytes) { return (bytes + kWord - 1) / kWord * kWord; }

StoreError corrupt(Position position, std::string_view why) {
  return {StoreError::Kind::corrupt,
          "the record at position " + std::to_string(position) + " is corrupt: " + std::string(why),
          position};
}

}  // namespace

RecordHeader header_of(const RecordRef& record) {
  return {.epoch = record.epoch,
          .position = record.position,
          .stream = StreamName(record.stream),
          .version = record.version,
          .recorded_at = record.recorded_at,
          .command = {std::string(record.principal), std::string(record.command_id)},
          .command_index = record.command_index};
}

void encode_record(const RecordRef& record, std::string& out) {
  assert(record.epoch > 0 && record.position > 0 && record.version > 0);
  assert(!record.stream.empty() && record.stream.size() <= kRecordNameBytesMax);
  assert(record.principal.size() <= kRecordNameBytesMax);
  assert(!record.command_id.empty() && record.command_id.size() <= kRecordNameBytesMax);
  assert(record.payload.size() % kWord == 0 && record.payload.size() <= UINT32_MAX);

  const std::size_t start = out.size();
  put_le<std::uint8_t>(out, kRecordFormatVersion);
  put_le<std::uint8_t>(out, 0);
  put_le(out, static_cast<std::uint16_t>(record.stream.size()));
  put_le(out, static_cast<std::uint16_t>(record.principal.size()));
  put_le(out, static_cast<std::uint16_t>(record.command_id.size()));
  put_le(out, record.command_index);
  put_le(out, static_cast<std::uint32_t>(record.payload.size()));
  put_le(out, record.epoch);
  put_le(out, record.position);
  put_le(out, record.version);
  put_le(out, static_cast<std::uint64_t>(record.recorded_at));
  out.append(record.stream).append(record.principal).append(record.command_id);
  out.append(round_up(out.size() - start) - (out.size() - start), '\0');
  out.append(record.payload);
}

StoreResult<RecordRef> decode_record(std::string_view bytes, Position position) {
  if (bytes.size() < kRecordFixedBytes) return corrupt(position, "shorter than its fixed part");
  if (get_le<std::uint8_t>(bytes, 0) != kRecordFormatVersion) {
    return corrupt(position, "unknown format version");
  }
  if (get_le<std::uint8_t>(bytes, 1) != 0) return corrupt(position, "reserved byte is not zero");
  const std::size_t stream_bytes = get_le<std::uint16_t>(bytes, 2);
  const std::size_t principal_bytes = get_le<std::uint16_t>(bytes, 4);
  const std::size_t command_id_bytes = get_le<std::uint16_t>(bytes, 6);
  const std::size_t payload_bytes = get_le<std::uint32_t>(bytes, 12);

  // No sum can overflow: three 16-bit and one 32-bit length in a size_t.
  const std::size_t names_end =
      kRecordFixedBytes + stream_bytes + principal_bytes + command_id_bytes;
  const std::size_t payload_start = round_up(names_end);
  if (bytes.size() != payload_start + payload_bytes) return corrupt(position, "wrong length");
  if (stream_bytes == 0 || command_id_bytes == 0) return corrupt(position, "empty name");
  if (payload_bytes % kWord != 0) return corrupt(position, "payload is not whole words");
  for (std::size_t i = names_end; i < payload_start; ++i) {
    if (bytes[i] != '\0') return corrupt(position, "padding is not zero");
  }

  RecordRef record;
  record.command_index = get_le<std::uint32_t>(bytes, 8);
  record.epoch = get_le<std::uint64_t>(bytes, 16);
  record.position = get_le<std::uint64_t>(bytes, 24);
  record.version = get_le<std::uint64_t>(bytes, 32);
  record.recorded_at = static_cast<Microseconds>(get_le<std::uint64_t>(bytes, 40));
  record.stream = bytes.substr(kRecordFixedBytes, stream_bytes);
  record.principal = bytes.substr(kRecordFixedBytes + stream_bytes, principal_bytes);
  record.command_id =
      bytes.substr(kRecordFixedBytes + stream_bytes + principal_bytes, command_id_bytes);
  record.payload = bytes.substr(payload_start);
  if (record.epoch == 0 || record.version == 0) return corrupt(position, "zero epoch or version");
  if (record.position != position) {
    return corrupt(position, "it says position " + std::to_string(record.position));
  }
  return record;
}

StoreResult<StoredRecord> open_stored_record(std::string_view stored, Position position) {
  if (stored.size() < kLeafBytes) return corrupt(position, "shorter than its leaf hash");
  const std::string_view bytes = stored.substr(kLeafBytes);
  StoredRecord opened;
  opened.bytes = bytes;
  opened.leaf = hash_from(stored.substr(0, kLeafBytes));
  if (leaf_hash(bytes) != opened.leaf) {
    return corrupt(position, "its bytes do not match its leaf hash");
  }
  auto record = decode_record(bytes, position);
  if (auto* error = std::get_if<StoreError>(&record)) return std::move(*error);
  opened.record = std::get<RecordRef>(record);
  return opened;
}

}  // namespace silkledger::eventstore
