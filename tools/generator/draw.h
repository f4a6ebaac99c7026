// Counter-based hashing: what is drawn depends on the seed, a stream, a purpose and an index, and
// on nothing that was drawn before. So a new draw somewhere changes no other one, and parts can be
// made in any order.
//
// Values, pure, any thread. No library distribution (their results differ between libraries), no
// floating point.
#pragma once

#include <cstdint>
#include <string_view>

namespace silkledger::generator {

// SplitMix64's output function.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

// FNV-1a.
constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

// The draws of one stream, for instance of one lead.
class Dice {
 public:
  constexpr Dice(std::uint64_t seed, std::string_view stream)
      : key_(mix(mix(seed) ^ hash_text(stream))) {}

  constexpr std::uint64_t raw(std::string_view purpose, std::uint64_t index = 0) const {
    return mix(mix(key_ ^ hash_text(purpose)) + index);
  }
  // 0 … count - 1; count > 0. The remainder's bias is below 2^-40 for the counts that occur here.
  constexpr std::int64_t below(std::string_view purpose, std::int64_t count,
                               std::uint64_t index = 0) const {
    return static_cast<std::int64_t>(raw(purpose, index) % static_cast<std::uint64_t>(count));
  }
  // Both ends included.
  constexpr std::int64_t between(std::string_view purpose, std::int64_t least, std::int64_t most,
                                 std::uint64_t index = 0) const {
    return least + below(purpose, most - least + 1, index);
  }
  constexpr bool percent(std::string_view purpose, std::int64_t chance,
                         std::uint64_t index = 0) const {
    return below(purpose, 100, index) < chance;
  }

 private:
  std::uint64_t key_;
};

}  // namespace silkledger::generator
