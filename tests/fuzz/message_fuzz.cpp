// A text message of the live channel as JSON.
#include "domain/schema/protocol.json.h"
#include "tests/fuzz/json_round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace silkledger;
  fuzz::round_trip<schema::LiveMessage>(fuzz::text_of(data, size));
  return 0;
}
