#include "projections/digest.h"

#include "eventstore/ledger/sha256.h"

namespace silkledger::projections {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::uint64_t little_endian(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
  return value;
}

}  // namespace

EntryHash entry_hash(std::string_view key, std::string_view value) {
  // The length keeps ("ab", "c") and ("a", "bc") apart.
  std::array<char, 4> length{};
  for (unsigned i = 0; i < 4; ++i) {
    length[i] = static_cast<char>(static_cast<std::uint8_t>(key.size() >> (8 * i)));
  }
  const eventstore::Hash hash =
      eventstore::sha256(std::string_view(length.data(), length.size()), key, value);
  return {little_endian(hash.data()), little_endian(hash.data() + 8),
          little_endian(hash.data() + 16), little_endian(hash.data() + 24)};
}

void Digest::add(const EntryHash& entry) {
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] += entry[i];
  ++entries;
}

void Digest::remove(const EntryHash& entry) {
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] -= entry[i];
  --entries;
}

std::string to_hex(const Digest& digest) {
  std::string hex;
  hex.reserve(64);
  for (const std::uint64_t lane : digest.lanes) {
    for (int shift = 60; shift >= 0; shift -= 4) hex += kHex[(lane >> shift) & 0xFU];
  }
  return hex;
}

std::optional<EntryHash> lanes_from_hex(std::string_view hex) {
  if (hex.size() != 64) return std::nullopt;
  EntryHash lanes{};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const std::size_t digit = kHex.find(hex[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    lanes[i / 16] = (lanes[i / 16] << 4) | digit;
  }
  return lanes;
}

}  // namespace silkledger::projections
