// A slot of the head file under a right checksum, whatever it says: it is refused or comes back as
// it was read, and no changed bit and no other length is accepted.
#include <string>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/head_file.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

using namespace eventstore;

void head(std::string_view bytes) {
  (void)decode_head_slot(bytes);
  std::string slot(bytes.substr(0, kHeadSlotBytes - sizeof(Hash)));
  slot.resize(kHeadSlotBytes - sizeof(Hash), '\0');
  slot.append(bytes_of(sha256(slot)));
  const auto read = decode_head_slot(slot);
  if (!read) return;
  const auto again = decode_head_slot(encode_head_slot(read->promise, read->sequence));
  expect(again && again->promise == read->promise && again->sequence == read->sequence,
         "a promise comes back from its slot");
  const std::uint64_t chance = spread(slot);
  std::string changed = slot;
  const std::size_t at = chance % changed.size();
  changed[at] = static_cast<char>(changed[at] ^ (1 << (chance >> 61)));
  expect(!decode_head_slot(changed), "a changed bit is found");
  expect(!decode_head_slot(slot.substr(0, chance % slot.size())), "a short slot is none");
  expect(!decode_head_slot(slot + '\0'), "a long slot is none");
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::head(silkledger::fuzz::text_of(data, size));
  return 0;
}
