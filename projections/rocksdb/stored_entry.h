// How an entry of a view store stands in RocksDB: its value behind since when the key is there,
// eight bytes, most significant first (docs/formats/views.md).
//
// Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "projections/view_store.h"

namespace silkledger::projections {

using SinceBytes = std::array<char, sizeof(eventstore::Position)>;

inline SinceBytes encode_since(eventstore::Position since) {
  SinceBytes bytes{};
  for (std::size_t i = bytes.size(); i > 0; --i, since >>= 8U) {
    bytes[i - 1] = static_cast<char>(since & 0xFFU);
  }
  return bytes;
}

// Nothing when the bytes are too few.
inline std::optional<KeyValue> decode_entry(std::string_view key, std::string_view stored) {
  if (stored.size() < sizeof(eventstore::Position)) return std::nullopt;
  KeyValue entry{std::string(key), std::string(stored.substr(sizeof(eventstore::Position)))};
  for (const char c : stored.substr(0, sizeof(eventstore::Position))) {
    entry.since = (entry.since << 8U) | static_cast<unsigned char>(c);
  }
  return entry;
}

}  // namespace silkledger::projections
