#include "clients/cli/chance.h"

#include <openssl/rand.h>

#include <chrono>
#include <cstring>
#include <random>

namespace silkledger::cli {
namespace {

template <std::size_t n>
bool fill(std::array<std::uint8_t, n>& bytes) {
  return RAND_bytes(bytes.data(), static_cast<int>(n)) == 1;
}

}  // namespace

std::optional<std::string> new_token() {
  std::array<std::uint8_t, kTokenRandomBytes> random{};
  if (!fill(random)) return std::nullopt;
  return token_of(random);
}

std::string new_command_id() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  std::array<std::uint8_t, kUuidRandomBytes> random{};
  // A command id need not be secret, only new; the system's own generator is the next best.
  if (!fill(random)) {
    std::random_device device;
    for (auto& byte : random) byte = static_cast<std::uint8_t>(device());
  }
  return uuid_v7(static_cast<std::uint64_t>(duration_cast<milliseconds>(since_1970).count()),
                 random);
}

std::uint32_t new_chance() {
  std::array<std::uint8_t, 4> random{};
  if (!fill(random)) return static_cast<std::uint32_t>(std::random_device()());
  std::uint32_t chance = 0;
  std::memcpy(&chance, random.data(), sizeof(chance));
  return chance;
}

}  // namespace silkledger::cli
