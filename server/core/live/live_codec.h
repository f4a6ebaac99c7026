// The two encodings of the live channel: JSON texts and Cap'n Proto messages, one meaning
// (domain/schema/protocol.capnp).
//
// Pure apart from the sealer; any thread. Errors: every fault of what came from outside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/schema/binary/message_frame.h"
#include "domain/schema/json/options.h"
#include "domain/schema/protocol.values.h"
#include "server/core/problems.h"
#include "server/websocket/frame_header.h"

namespace silkledger::server {

enum class Encoding : std::uint8_t { json, binary };

inline Opcode opcode_of(Encoding encoding) {
  return encoding == Encoding::binary ? Opcode::binary : Opcode::text;
}

using ReadMessage = std::variant<schema::LiveMessage, std::vector<json::JsonError>>;

// What a client sent. A function of the bytes, whatever they are: nothing is allocated beyond a few
// times their size, nothing throws.
ReadMessage read_binary_message(std::string_view bytes, json::Sealer* sealer,
                                const binary::MessageLimits& limits = {});
ReadMessage read_message(std::string_view bytes, Encoding encoding, json::Sealer* sealer);

// Frames that say what a value says. Events and rows in JSON are written where they are made, from
// more than the value holds.
WireFrames render(const schema::LiveFrame& frame, Encoding encoding);
WireFrames render_answer(const std::string& command_id, const Reply& reply, Encoding encoding);
WireFrames render_problem(const std::string& topic, const Reply& reply, Encoding encoding);
// `body` is a JSON object.
WireFrames render_job(const std::string& job, const std::string& body, Encoding encoding);

}  // namespace silkledger::server
