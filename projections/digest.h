// The digest of a view: for each of its entries SHA-256(length of key, key, value), read as four
// 64-bit numbers, and these summed lane by lane modulo 2^64. Entries can be added and taken away in
// any order, so a live view keeps it up to date at the cost of its changes. It finds faults, not
// forgers: whoever can choose rows freely can make sums agree. For proof there are the Merkle roots
// of the log.
//
// Values, pure. Formats: docs/formats/views.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silkledger::projections {

using EntryHash = std::array<std::uint64_t, 4>;

EntryHash entry_hash(std::string_view key, std::string_view value);

struct Digest {
  EntryHash lanes{};
  std::uint64_t entries = 0;

  void add(const EntryHash& entry);
  void remove(const EntryHash& entry);
  friend bool operator==(const Digest&, const Digest&) = default;
};

// 64 hex digits of the lanes, without the number of entries.
std::string to_hex(const Digest& digest);
std::optional<EntryHash> lanes_from_hex(std::string_view hex);

}  // namespace silkledger::projections
