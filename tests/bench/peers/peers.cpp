#include "tests/bench/peers/peers.h"

#include <array>
#include <string_view>

namespace silkledger::bench {

std::string peer_event(std::uint64_t number) {
  constexpr std::array<std::string_view, 8> kWords = {"project ", "approved", "reported",
                                                      "station ", "progress", "contract",
                                                      "evaluate", "deadline"};
  std::uint64_t state = (number + 1) * 0x9E3779B97F4A7C15ULL;
  std::string event;
  while (event.size() < kPeerEventBytes) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    // A quarter are bytes without a pattern.
    if (event.size() % 32 == 0) {
      event.append(reinterpret_cast<const char*>(&state), sizeof state);
    } else {
      event.append(kWords[state % kWords.size()]);
    }
  }
  return event;
}

PeerStreams::Next PeerStreams::next() {
  const std::uint64_t own = kPeerStreams / clients;
  const std::uint64_t stream = client * own + appended % own;
  const std::uint64_t version = appended / own;
  ++appended;
  return {"lead/" + std::to_string(stream), version};
}

}  // namespace silkledger::bench
