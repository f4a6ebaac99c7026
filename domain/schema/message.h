// Opens canonical bytes as a Cap'n Proto message.
//
// MessageReader borrows the bytes: they must outlive it, and it must outlive every reader taken
// from it. Bytes that do not start on an 8-byte boundary are copied first, for Cap'n Proto refuses
// them. One thread at a time. root() throws kj::Exception at bytes that are not a whole number of
// words.
#pragma once

#include <capnp/any.h>
#include <capnp/message.h>

#include <array>
#include <string>
#include <string_view>

#include "domain/schema/encoding.h"

namespace silkledger::schema {

class MessageReader {
 public:
  explicit MessageReader(std::string_view bytes, Trust trust = Trust::own);
  MessageReader(const MessageReader&) = delete;
  MessageReader& operator=(const MessageReader&) = delete;

  // T is a generated Cap'n Proto type: root<wire::Event>().
  template <class T>
  typename T::Reader root() {
    return reader_.getRoot<T>();
  }

 private:
  kj::Array<capnp::word> copy_;  // empty unless the bytes were unaligned
  kj::ArrayPtr<const capnp::word> segment_;
  capnp::SegmentArrayMessageReader reader_;
};

// Used by generated code.
namespace detail {

std::string bytes_of(kj::ArrayPtr<const capnp::word> words);

// First segments of a message as it is written and of its canonical form, of the calling thread;
// zero between two uses, as Cap'n Proto leaves and wants them. With memory of its own each message
// would zero eight kilobytes.
struct Scratch {
  static constexpr std::size_t kWords = 1024;
  std::array<capnp::word, kWords> written;
  std::array<capnp::word, kWords> canonical;
};
Scratch& scratch();

template <class Wire, class Value>
std::string canonical_bytes(const Value& value) {
  Scratch& memory = scratch();
  capnp::MallocMessageBuilder written(kj::arrayPtr(memory.written.data(), Scratch::kWords));
  auto root = written.initRoot<Wire>();
  write(value, root);
  capnp::MallocMessageBuilder canonical(kj::arrayPtr(memory.canonical.data(), Scratch::kWords));
  canonical.getRoot<capnp::AnyPointer>().setCanonicalAs<Wire>(root.asReader());
  const auto segments = canonical.getSegmentsForOutput();
  if (segments.size() == 1) return bytes_of(segments[0]);
  return bytes_of(capnp::canonicalize(root.asReader()));  // longer than the scratch
}

// Runs the body over an opened message; false if it threw kj::Exception or UnknownArm.
bool guarded(std::string_view bytes, Trust trust, void (*body)(MessageReader&, void*), void* out);

[[noreturn]] void unknown_arm(const char* type, unsigned arm);

inline std::string text(capnp::Text::Reader value) { return {value.begin(), value.size()}; }
inline std::string data(capnp::Data::Reader value) {
  return {value.asChars().begin(), value.size()};
}
inline capnp::Text::Reader text(const std::string& value) { return {value.c_str(), value.size()}; }
inline capnp::Data::Reader data(const std::string& value) {
  return {reinterpret_cast<const kj::byte*>(value.data()), value.size()};
}

}  // namespace detail
}  // namespace silkledger::schema
