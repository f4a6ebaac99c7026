#include "tests/golden/golden_events.h"

#include <fstream>
#include <iterator>

#include "domain/schema/event.json.h"
#include "domain/schema/event.meta.h"
#include "domain/schema/event.samples.h"
#include "domain/schema/json/bytes.h"

namespace silkledger::golden {

std::string golden_name(std::size_t arm) {
  std::string name(schema::event_arms()[arm].kebab);
  const auto suffix = name.rfind("-v");
  const bool versioned = suffix != std::string::npos && suffix + 2 < name.size() &&
                         name.find_first_not_of("0123456789", suffix + 2) == std::string::npos;
  if (versioned) {
    name[suffix] = '.';
    return name;
  }
  return name + ".v1";
}

std::string golden_bytes(std::size_t arm) {
  schema::Sampler sampler(arm + 1, schema::Sampler::Style::full);
  schema::StoredEvent event;
  sample(sampler, event);
  sample_arm(sampler, arm, event.event);
  return encode(event);
}

std::string json_of(std::string_view bytes) {
  const auto event = schema::decode<schema::StoredEvent>(bytes, schema::Trust::own);
  return event ? json::to_json(*event) + '\n' : "unreadable\n";
}

std::string to_lines(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 32)
    out += json::to_hex(bytes.substr(i, 32)) + '\n';
  return out;
}

std::optional<std::string> from_lines(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '\n') digits += c;
  }
  return json::from_hex(digits);
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace silkledger::golden
