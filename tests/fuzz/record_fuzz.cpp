// Bytes of a record: each record has one encoding, and no changed bit of a stored one is accepted.
#include <string>

#include "eventstore/codec/little_endian.h"
#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/ledger/sha256.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

using namespace eventstore;

constexpr std::size_t kPositionOffset = 24;  // docs/formats/record.md

bool is_corrupt(const auto& result, Position position) {
  const auto* error = std::get_if<StoreError>(&result);
  return error != nullptr && error->kind == StoreError::Kind::corrupt &&
         error->position == position && !error->detail.empty();
}

void expect_mistrust(const std::string& stored, Position position) {
  const auto opened = open_stored_record(stored, position);
  expect(std::holds_alternative<StoredRecord>(opened), "a record opens under its own leaf hash");
  expect(is_corrupt(open_stored_record(stored, position + 1), position + 1),
         "a record is refused at any position but its own");
  const std::uint64_t chance = spread(stored);
  std::string changed = stored;
  changed[chance % changed.size()] ^= static_cast<char>(1u << (chance >> 61));
  expect(is_corrupt(open_stored_record(changed, position), position), "a changed bit is found");
  expect(
      is_corrupt(open_stored_record(stored.substr(0, chance % stored.size()), position), position),
      "a record cut short is found");
}

void record(std::string_view bytes) {
  const Position position =
      bytes.size() >= kRecordFixedBytes ? get_le<std::uint64_t>(bytes, kPositionOffset) : 1;
  const auto decoded = decode_record(bytes, position);
  expect(std::holds_alternative<RecordRef>(decoded) || is_corrupt(decoded, position),
         "what is not a record is corrupt, and the error says where");
  std::string stored(bytes_of(leaf_hash(bytes)));
  stored.append(bytes);
  if (const auto* found = std::get_if<RecordRef>(&decoded)) {
    if (position == 0) return;
    std::string again;
    encode_record(*found, again);
    expect(again == bytes, "a record has one encoding");
    expect_mistrust(stored, position);
  } else {
    expect(is_corrupt(open_stored_record(stored, position), position),
           "a leaf hash does not make a record of other bytes");
  }
  (void)open_stored_record(bytes, position);
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::record(silkledger::fuzz::text_of(data, size));
  return 0;
}
