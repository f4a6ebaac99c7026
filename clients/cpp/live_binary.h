// What a client says and hears over the binary sub-protocol "silkledger.v1.capnp": one Cap'n Proto
// message in each WebSocket message (domain/schema/protocol.capnp). For LiveClient with
// Encoding::binary, or any other WebSocket.
//
// Pure; any thread. Personal fields go in clear: a Sealed of algorithm none whose ciphertext is the
// text; the server seals them, and shows them likewise, or masked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/schema/event.values.h"
#include "domain/schema/protocol.values.h"

namespace silkledger::client {

std::string encode_message(const schema::LiveMessage& message);

// Nothing when the bytes are damaged, or say what only a newer version understands. Their size is
// bounded by ClientLimits::message_bytes_max.
std::optional<schema::LiveFrame> decode_frame(std::string_view bytes);

// Of LiveEvent::stored.
std::optional<schema::StoredEvent> decode_stored(std::string_view stored);

}  // namespace silkledger::client
