// The payload of a record as an event: damaged bytes are refused without harm, and what is read
// comes back from its canonical bytes.
#include "domain/schema/event.values.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

void event(std::string_view bytes) {
  const auto read = schema::decode<schema::StoredEvent>(bytes, schema::Trust::outside);
  if (!read) return;
  const std::string canonical = schema::encode(*read);
  const auto again = schema::decode<schema::StoredEvent>(canonical, schema::Trust::own);
  expect(again.has_value(), "canonical bytes are readable");
  expect(*again == *read, "canonical bytes hold the same event");
  expect(schema::encode(*again) == canonical, "equal events have equal bytes");
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::event(silkledger::fuzz::text_of(data, size));
  return 0;
}
