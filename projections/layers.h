// Two layers of one family read as one: what the upper layer changed hides what stands below it.
//
// Pure but for the layers that are read. Errors: the first of either layer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/view_store.h"

namespace silkledger::projections {

// A key of the upper layer; without a value it hides the key below.
struct Change {
  std::string key;
  std::optional<std::string> value;
  eventstore::Position since = 0;  // of the value, as in KeyValue
};

// Reads a page of a layer: at most so many keys, fewer only at the end of the range.
template <class Entry>
using ReadPage =
    std::function<ViewResult<std::vector<Entry>>(const KeyRange& range, std::uint32_t keys_max)>;

ViewResult<std::vector<KeyValue>> scan_layers(const ReadPage<Change>& upper,
                                              const ReadPage<KeyValue>& lower,
                                              const KeyRange& range, std::uint32_t keys_max);

// What a key had, as one value of a store: empty when it was not there, else 0x01 and the bytes.
std::string encode_change(const std::optional<std::string>& value);
std::optional<std::string> decode_change(std::string_view bytes);

}  // namespace silkledger::projections
