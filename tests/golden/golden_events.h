// The golden form of every event: one stored payload for each arm of Event, as bytes and as JSON.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace silkledger::golden {

inline constexpr std::string_view kEventFolder = "tests/golden/events";

// "lead-reported.v1" of arm leadReported, "lead-reported.v2" of arm leadReportedV2.
std::string golden_name(std::size_t arm);
// A payload of that arm with every field filled, the same on every machine.
std::string golden_bytes(std::size_t arm);
std::string json_of(std::string_view bytes);  // of a payload; one line

std::string to_lines(std::string_view bytes);  // hex, 32 bytes a line
std::optional<std::string> from_lines(std::string_view text);

std::optional<std::string> read_file(const std::filesystem::path& path);

}  // namespace silkledger::golden
