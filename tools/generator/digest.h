// SHA-256, of the tokens' secrets and of the files that are made.
#pragma once

#include <string>
#include <string_view>

namespace silkledger::generator {

std::string sha256(std::string_view bytes);      // 32 bytes
std::string sha256_hex(std::string_view bytes);  // 64 digits

}  // namespace silkledger::generator
