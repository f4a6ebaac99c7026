#include "domain/schema/binary/message_frame.h"

#include <capnp/serialize.h>
#include <kj/exception.h>

#include <array>
#include <cassert>
#include <cstring>

#include "domain/schema/encoding.h"

namespace silkledger::binary {
namespace {

constexpr std::size_t kWordBytes = sizeof(capnp::word);
constexpr std::uint32_t kSegmentsMost = 64;  // whatever the limits say: they stand on the stack

json::JsonError fault(std::string_view zh, std::string_view en) {
  return {"bad_message", "", std::string(zh), std::string(en)};
}

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[offset + i]);
  return value;
}

void append_number(std::string& out, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xffU);
}

bool is_aligned(std::string_view bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes.data()) % kWordBytes == 0;
}

struct Segments {
  std::array<kj::ArrayPtr<const capnp::word>, kSegmentsMost> table;
  std::uint32_t count = 0;
};

// The segments of bytes that stand aligned; nothing allocated, nothing followed.
std::optional<json::JsonError> cut(std::string_view bytes, const MessageLimits& limits,
                                   Segments& out) {
  if (bytes.size() > limits.bytes_max) {
    const auto most = std::to_string(limits.bytes_max);
    return json::JsonError{"too_large", "", "消息过大：最多 " + most + " 字节",
                           "the message is too large: at most " + most + " bytes"};
  }
  if (bytes.size() < 2 * kWordBytes || bytes.size() % kWordBytes != 0)
    return fault("不是完整的 Cap'n Proto 消息", "not a whole Cap'n Proto message");
  const std::uint32_t last = number_at(bytes, 0);
  if (last >= limits.segments_max || last >= kSegmentsMost)
    return fault("消息段过多", "the message has too many segments");
  const std::size_t table_words = (last + 1) / 2 + 1;
  std::size_t left = bytes.size() / kWordBytes;
  if (left < table_words) return fault("消息段表不完整", "the segment table is cut short");
  left -= table_words;
  const auto* words = reinterpret_cast<const capnp::word*>(bytes.data()) + table_words;
  for (std::uint32_t i = 0; i <= last; ++i) {
    const std::size_t size = number_at(bytes, 4 * (1 + std::size_t{i}));
    if (size > left) return fault("消息段超出消息", "a segment reaches beyond the message");
    out.table[i] = kj::arrayPtr(words, size);
    words += size;
    left -= size;
  }
  if (left > 0) return fault("消息之后有多余的字节", "there are bytes behind the message");
  out.count = last + 1;
  return std::nullopt;
}

}  // namespace

std::optional<json::JsonError> open_message(
    std::string_view bytes, const MessageLimits& limits,
    const std::function<void(capnp::MessageReader&)>& body) {
  kj::Array<capnp::word> copy;  // only of bytes within the limit
  if (!is_aligned(bytes) && bytes.size() <= limits.bytes_max) {
    copy = kj::heapArray<capnp::word>(bytes.size() / kWordBytes + 1);
    std::memcpy(copy.asBytes().begin(), bytes.data(), bytes.size());
    bytes = {copy.asBytes().asChars().begin(), bytes.size()};
  }
  Segments segments;
  if (auto wrong = cut(bytes, limits, segments)) return wrong;
  capnp::ReaderOptions options;
  options.traversalLimitInWords = bytes.size() / kWordBytes + limits.extra_words_max;
  options.nestingLimit = limits.nesting_levels_max;
  try {
    capnp::SegmentArrayMessageReader reader(kj::arrayPtr(segments.table.data(), segments.count),
                                            options);
    body(reader);
  } catch (const kj::Exception&) {
    return fault("消息内容损坏或超出限制", "the message is damaged or breaks a limit");
  } catch (const schema::UnknownArm& unknown) {
    return json::JsonError{"unknown_arm", "", "本版本不认识的种类", unknown.what()};
  }
  return std::nullopt;
}

void append_message(std::string& out, const std::function<void(capnp::MessageBuilder&)>& fill) {
  std::array<capnp::word, kScratchWords> scratch;
  std::memset(static_cast<void*>(scratch.data()), 0, sizeof scratch);
  capnp::MallocMessageBuilder message(kj::arrayPtr(scratch.data(), scratch.size()));
  fill(message);
  const auto segments = message.getSegmentsForOutput();
  assert(segments.size() > 0);
  append_number(out, static_cast<std::uint32_t>(segments.size() - 1));
  for (const auto segment : segments)
    append_number(out, static_cast<std::uint32_t>(segment.size()));
  if (segments.size() % 2 == 0) append_number(out, 0);
  for (const auto segment : segments) {
    const auto chars = segment.asChars();
    out.append(chars.begin(), chars.size());
  }
}

}  // namespace silkledger::binary
