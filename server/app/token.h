// Makes and shows API tokens. A token is "slt_" and 43 characters of base64url: 256 random bits.
// The ledger knows its SHA-256 only.
#pragma once

#include <optional>
#include <string>

namespace silkledger::server {

std::optional<std::string> new_token();

// Writes to a file of mode 0600 that must not exist. Says what went wrong, or nothing.
std::optional<std::string> write_secret(const std::string& path, const std::string& text);

}  // namespace silkledger::server
