// Turns nodes into values and collects every fault. Generated code (<stem>.json.cpp) calls it field
// by field.
//
// A function that returns false or nothing has reported why. One thread at a time; lives for one
// document.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "domain/schema/json/faults.h"
#include "domain/schema/json/node.h"
#include "domain/schema/meta.h"

namespace silkledger::json {

class Decoder {
 public:
  // Both are borrowed for the life of the decoder.
  Decoder(const DecodeOptions& options, std::vector<JsonError>& errors)
      : options_(options), errors_(errors) {}

  void report(JsonError error);
  bool skips_unknown() const { return options_.from_ledger; }

  bool boolean(const Node& node, bool& out);
  bool text(const Node& node, std::string& out, std::size_t bytes_max,
            TextFormat format = TextFormat::plain);
  bool base64(const Node& node, std::string& out, std::size_t bytes_max);
  bool sha256(const Node& node, std::string& out);
  bool date(const Node& node, CivilDate& out);
  bool instant(const Node& node, Instant& out);
  bool sealed(const Node& node, schema::Sealed& out, std::size_t bytes_max);

  // Numbers of up to 32 bits are JSON numbers, wider ones are strings of digits.
  template <class I>
  bool integer(const Node& node, I& out, I least = std::numeric_limits<I>::min(),
               I most = std::numeric_limits<I>::max()) {
    if constexpr (sizeof(I) < 8) {
      return take(small(node, least, most), out);
    } else if constexpr (std::is_signed_v<I>) {
      return take(big_signed(node, least, most), out);
    } else {
      return take(big_unsigned(node, least, most), out);
    }
  }

  // `reserved` is an enumerant that means "absent" and so cannot be written.
  template <class E>
  bool enumerant(const Node& node, E& out, int reserved = kNoOrdinal) {
    return take(ordinal(node, schema::enumerants<E>(), reserved), out);
  }

  // True if the node is an array of at most so many items.
  bool array(const Node& node, std::size_t items_max);

  // The arm that the member "type" names.
  std::optional<std::size_t> arm(const Node& node, std::span<const std::string_view> arms);

 private:
  template <class From, class To>
  static bool take(const std::optional<From>& from, To& to) {
    if (from) to = static_cast<To>(*from);
    return from.has_value();
  }

  const std::string* string(const Node& node);
  std::optional<std::int64_t> small(const Node& node, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> big_signed(const Node& node, std::int64_t least, std::int64_t most);
  std::optional<std::uint64_t> big_unsigned(const Node& node, std::uint64_t least,
                                            std::uint64_t most);
  std::optional<std::uint16_t> ordinal(const Node& node,
                                       std::span<const schema::EnumerantMeta> names, int reserved);
  bool digits(const Node& node);
  bool short_enough(const Node& node, std::size_t bytes, std::size_t bytes_max);
  void wrong_type(const Node& node, std::string_view zh, std::string_view en);

  const DecodeOptions& options_;
  std::vector<JsonError>& errors_;
};

// The members of one object. Everything that was not asked for is reported as unknown by finish().
class Fields {
 public:
  // `known` is what the object may hold, for the message.
  Fields(const Node& node, Decoder& decoder, std::span<const std::string_view> known);

  const Node* required(std::string_view key);
  const Node* optional(std::string_view key);
  void finish();

 private:
  const Node& node_;
  Decoder& decoder_;
  std::span<const std::string_view> known_;
  const Node* next_ = nullptr;  // where the search for the next key begins
};

}  // namespace silkledger::json
