// Stored bytes of schema values, without any Cap'n Proto header (domain/schema/README.md).
//
// encode(value), generated for every value type, gives canonical bytes: one segment without a
// frame, so equal values always give equal bytes and a hash of the bytes is a hash of the value.
// decode<T>(bytes, trust) is the way back. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace silkledger::schema {

// Whose bytes are read. Own bytes come from our log or our views and their hash was checked; a
// reader of them lives as long as it likes. Outside bytes are read once, under a limit that a bomb
// cannot pass.
enum class Trust { own, outside };

// An outside message may be traversed this many times its size, plus this many 8-byte words.
inline constexpr std::size_t kOutsideTraversalFactor = 4;
inline constexpr std::size_t kOutsideTraversalWords = 128;
inline constexpr int kOutsideNestingLevels = 32;
inline constexpr int kOwnNestingLevels = 64;

// Bytes written by a newer version: a union holds an arm that this build does not know. read()
// throws it, as Cap'n Proto throws kj::Exception at damaged bytes; decode() turns both into
// "nothing".
struct UnknownArm : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Nothing if the bytes are damaged, break a limit, or hold an arm that this build does not know.
template <class T>
std::optional<T> decode(std::string_view bytes, Trust trust) {
  std::optional<T> out(std::in_place);
  if (!decode(bytes, trust, *out)) out.reset();
  return out;
}

}  // namespace silkledger::schema
