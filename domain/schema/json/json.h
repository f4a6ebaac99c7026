// JSON in and out (docs/formats/json.md). Use with the generated <stem>.json.h of the type.
//
// Pure apart from the Sealer that is passed in; any thread. Errors are values: all faults of a
// document, in the order in which they were found, never more than Limits::errors_count_max.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/schema/json/options.h"
#include "domain/schema/json/writer.h"

namespace silkledger::json {

struct Node;
class Decoder;

// Parses the text and hands its root to `decode`. Returns the faults; empty means decoded.
std::vector<JsonError> decode_text(std::string_view text, const DecodeOptions& options,
                                   void (*decode)(const Node&, Decoder&, void*), void* out);

template <class T>
std::variant<T, std::vector<JsonError>> from_json(std::string_view text,
                                                  const DecodeOptions& options = {}) {
  T value{};
  auto errors = decode_text(
      text, options,
      [](const Node& node, Decoder& decoder, void* out) {
        decode(node, decoder, *static_cast<T*>(out));
      },
      &value);
  if (!errors.empty()) return errors;
  return value;
}

template <class T>
void append_json(std::string& out, const T& value, const EncodeOptions& options = {}) {
  Writer writer(out, options);
  encode(writer, value);
}

template <class T>
std::string to_json(const T& value, const EncodeOptions& options = {}) {
  std::string out;
  append_json(out, value, options);
  return out;
}

}  // namespace silkledger::json
