// A document from outside read as a T: refused with reasons, or the same value comes back from its
// JSON and from its canonical bytes.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/schema/encoding.h"
#include "domain/schema/json/json.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {

inline void expect_reasons(const std::vector<json::JsonError>& errors, std::size_t errors_max) {
  expect(!errors.empty() && errors.size() <= errors_max, "a refusal has reasons, within the limit");
  for (const auto& error : errors) {
    expect(!error.code.empty() && !error.zh.empty() && !error.en.empty(),
           "a reason has a code and words in both languages");
    expect(error.pointer.empty() || error.pointer.front() == '/', "a reason says where");
  }
}

// Whether the text was accepted.
template <class T>
bool round_trip(std::string_view text) {
  json::PlainText plain;
  const json::DecodeOptions options{.sealer = &plain};
  const auto read = json::from_json<T>(text, options);
  if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&read)) {
    expect_reasons(*errors, options.limits.errors_count_max);
    return false;
  }
  const T& value = std::get<T>(read);
  boost::system::error_code not_json;
  boost::json::parse({text.data(), text.size()}, not_json);
  expect(!not_json, "what is accepted is JSON to another parser as well");

  const json::EncodeOptions open{.unsealer = &plain};
  const std::string written = json::to_json(value, open);
  const auto again = json::from_json<T>(written, options);
  expect(std::holds_alternative<T>(again), "what was written is readable");
  expect(std::get<T>(again) == value, "the same value comes back from its JSON");
  expect(json::to_json(std::get<T>(again), open) == written, "equal values have equal JSON");

  const std::string bytes = schema::encode(value);
  const auto decoded = schema::decode<T>(bytes, schema::Trust::outside);
  expect(decoded.has_value() && *decoded == value, "the same value comes back from its bytes");
  expect(schema::encode(*decoded) == bytes, "equal values have equal bytes");
  return true;
}

}  // namespace silkledger::fuzz
