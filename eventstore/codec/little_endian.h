// Fixed-width little-endian integers in byte strings, on any machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace silkledger::eventstore {

template <class Unsigned>
void put_le(std::string& out, Unsigned value) {
  static_assert(std::is_unsigned_v<Unsigned>);
  char bytes[sizeof(Unsigned)];
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  out.append(bytes, sizeof bytes);
}

// Requires: `bytes` holds the whole integer at `offset`.
template <class Unsigned>
Unsigned get_le(std::string_view bytes, std::size_t offset) {
  static_assert(std::is_unsigned_v<Unsigned>);
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[offset + i]);
    value = static_cast<Unsigned>(value |
                                  static_cast<Unsigned>(static_cast<Unsigned>(byte) << (8 * i)));
  }
  return value;
}

}  // namespace silkledger::eventstore
