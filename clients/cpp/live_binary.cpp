#include "clients/cpp/live_binary.h"

#include "domain/schema/binary/message_frame.h"
#include "domain/schema/protocol.wire.h"

namespace silkledger::client {

std::string encode_message(const schema::LiveMessage& message) {
  std::string bytes;
  binary::append_message(bytes, [&](capnp::MessageBuilder& builder) {
    schema::write(message, builder.initRoot<wire::LiveMessage>());
  });
  return bytes;
}

std::optional<schema::LiveFrame> decode_frame(std::string_view bytes) {
  schema::LiveFrame frame;
  binary::MessageLimits limits;
  limits.bytes_max = bytes.size();
  const auto wrong = binary::open_message(bytes, limits, [&](capnp::MessageReader& reader) {
    frame = schema::read(reader.getRoot<wire::LiveFrame>());
  });
  if (wrong) return std::nullopt;
  return frame;
}

std::optional<schema::StoredEvent> decode_stored(std::string_view stored) {
  return schema::decode<schema::StoredEvent>(stored, schema::Trust::outside);
}

}  // namespace silkledger::client
