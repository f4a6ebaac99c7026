// One Cap'n Proto message as it travels: the standard segment table, then the segments
// (https://capnproto.org/encoding.html, "Serialization Over a Stream").
//
//   message := count-1:32 size:32{count} pad-to-8 segment{count}     sizes in words, little endian
//
// Outside bytes are checked against the limits before anything is allocated or followed. Pure; any
// thread. Errors: a fault with the pointer "", the whole message.
#pragma once

#include <capnp/message.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/schema/json/options.h"

namespace silkledger::binary {

struct MessageLimits {
  std::size_t bytes_max = 1024 * 1024;
  std::uint32_t segments_max = 16;
  int nesting_levels_max = 32;
  // A message may be followed this many words beyond its own size: pointers that share what they
  // point at would else multiply it.
  std::size_t extra_words_max = 64;
};

// What our own builders write needs no more than this at once, or takes it from the heap.
inline constexpr std::size_t kScratchWords = 512;

// Opens the message and hands its reader to `body`, whose kj::Exception or UnknownArm becomes a
// fault.
std::optional<json::JsonError> open_message(std::string_view bytes, const MessageLimits& limits,
                                            const std::function<void(capnp::MessageReader&)>& body);

// Appends what `fill` builds, in one segment if it can.
void append_message(std::string& out, const std::function<void(capnp::MessageBuilder&)>& fill);

}  // namespace silkledger::binary
