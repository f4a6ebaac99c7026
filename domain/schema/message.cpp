#include "domain/schema/message.h"

#include <kj/exception.h>

#include <cstdint>
#include <cstring>

namespace silkledger::schema {
namespace {

constexpr std::size_t kWordBytes = sizeof(capnp::word);

bool aligned(std::string_view bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes.data()) % kWordBytes == 0;
}

// A tail that is no whole word makes the whole message unreadable, rather than silently shorter.
std::size_t words_in(std::string_view bytes) {
  return bytes.size() % kWordBytes == 0 ? bytes.size() / kWordBytes : 0;
}

kj::Array<capnp::word> copy_if_unaligned(std::string_view bytes) {
  if (aligned(bytes) || words_in(bytes) == 0) return nullptr;
  auto words = kj::heapArray<capnp::word>(words_in(bytes));
  std::memcpy(words.asBytes().begin(), bytes.data(), bytes.size());
  return words;
}

capnp::ReaderOptions options(std::string_view bytes, Trust trust) {
  capnp::ReaderOptions out;
  if (trust == Trust::own) {
    out.traversalLimitInWords = UINT64_MAX;
    out.nestingLimit = kOwnNestingLevels;
  } else {
    out.traversalLimitInWords = words_in(bytes) * kOutsideTraversalFactor + kOutsideTraversalWords;
    out.nestingLimit = kOutsideNestingLevels;
  }
  return out;
}

}  // namespace

MessageReader::MessageReader(std::string_view bytes, Trust trust)
    : copy_(copy_if_unaligned(bytes)),
      segment_(
          copy_.size() > 0 ? copy_.begin() : reinterpret_cast<const capnp::word*>(bytes.data()),
          words_in(bytes)),
      reader_(kj::arrayPtr(&segment_, 1), options(bytes, trust)) {}

namespace detail {

std::string bytes_of(kj::ArrayPtr<const capnp::word> words) {
  const auto bytes = words.asBytes();
  return {bytes.asChars().begin(), bytes.size()};
}

Scratch& scratch() {
  thread_local Scratch memory{};
  return memory;
}

bool guarded(std::string_view bytes, Trust trust, void (*body)(MessageReader&, void*), void* out) {
  if (words_in(bytes) == 0) return false;
  try {
    MessageReader message(bytes, trust);
    body(message, out);
    return true;
  } catch (const kj::Exception&) {
    return false;
  } catch (const UnknownArm&) {
    return false;
  }
}

void unknown_arm(const char* type, unsigned arm) {
  throw UnknownArm(std::string(type) + " holds arm " + std::to_string(arm) +
                   ", which this version does not know; it was written by a newer one");
}

}  // namespace detail
}  // namespace silkledger::schema
