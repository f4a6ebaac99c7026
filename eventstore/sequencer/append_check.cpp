#include "eventstore/sequencer/append_check.h"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace silkledger::eventstore {
namespace {

using Exceeded = std::optional<LimitExceeded>;

Exceeded above(std::string_view limit, std::uint64_t value, std::uint64_t most) {
  if (value <= most) return std::nullopt;
  return LimitExceeded{std::string(limit), value, most};
}

// Used in asserts only, so a build without them has no use for these.
[[maybe_unused]] bool is_stream_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

[[maybe_unused]] bool are_named_once(const std::vector<Expectation>& expectations) {
  for (auto one = expectations.begin(); one != expectations.end(); ++one) {
    if (!is_stream_name(one->stream)) return false;
    const auto same = [one](const Expectation& other) { return other.stream == one->stream; };
    if (std::any_of(expectations.begin(), one, same)) return false;
  }
  return true;
}

[[maybe_unused]] bool covers(const Append& append) {
  const auto expects = [&append](const NewRecord& record) {
    return std::any_of(append.expected.begin(), append.expected.end(),
                       [&record](const Expectation& e) { return e.stream == record.stream; });
  };
  const auto writes = [&append](const Expectation& expected) {
    return std::any_of(append.records.begin(), append.records.end(),
                       [&expected](const NewRecord& r) { return r.stream == expected.stream; });
  };
  return std::all_of(append.records.begin(), append.records.end(), expects) &&
         std::all_of(append.expected.begin(), append.expected.end(), writes);
}

}  // namespace

std::uint64_t payload_bytes(const Append& append) {
  std::uint64_t bytes = 0;
  for (const NewRecord& record : append.records) bytes += record.payload.size();
  return bytes;
}

std::optional<LimitExceeded> exceeded_limit(const Append& append, const Limits& limits) {
  if (auto e = above("append_records_max", append.records.size(), limits.append_records_max)) {
    return e;
  }
  if (auto e =
          above("append_conditions_max", append.conditions.size(), limits.append_conditions_max)) {
    return e;
  }
  if (auto e = above("principal_bytes_max", append.command.principal.size(),
                     limits.principal_bytes_max)) {
    return e;
  }
  if (auto e =
          above("command_id_bytes_max", append.command.id.size(), limits.command_id_bytes_max)) {
    return e;
  }
  const auto name = [&limits](const StreamName& stream) {
    return above("stream_name_bytes_max", stream.size(), limits.stream_name_bytes_max);
  };
  for (const auto* expectations : {&append.expected, &append.conditions}) {
    for (const Expectation& expectation : *expectations) {
      if (auto e = name(expectation.stream)) return e;
    }
  }
  for (const NewRecord& record : append.records) {
    if (auto e = name(record.stream)) return e;
    if (auto e = above("record_payload_bytes_max", record.payload.size(),
                       limits.record_payload_bytes_max)) {
      return e;
    }
  }
  return above("append_bytes_max", payload_bytes(append), limits.append_bytes_max);
}

void assert_well_formed([[maybe_unused]] const Append& append) {
  assert(!append.records.empty() && "an append has at least one record");
  assert(!append.command.id.empty() && "a command has an id");
  assert(are_named_once(append.expected) && "one expectation per stream written, of a valid name");
  assert(are_named_once(append.conditions) && "one condition per stream read, of a valid name");
  assert(covers(append) && "one expectation per stream written, and no other");
  assert(std::all_of(append.records.begin(), append.records.end(),
                     [](const NewRecord& r) { return r.payload.size() % 8 == 0; }) &&
         "a payload is a whole number of 8-byte words");
}

}  // namespace silkledger::eventstore
