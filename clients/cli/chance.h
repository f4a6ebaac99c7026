// Randomness and the clock of this machine: the only places where the program takes them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "clients/cli/text/identity.h"

namespace silkledger::cli {

// From OpenSSL's generator; nothing when the system has no entropy to give.
std::optional<std::string> new_token();
std::string new_command_id();  // a UUIDv7
std::uint32_t new_chance();

}  // namespace silkledger::cli
