// Ids and secrets: UUIDv7 for commands, API tokens, digests.
//
// Pure but for the digest's library; time and chance come in as arguments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace silkledger::cli {

inline constexpr std::size_t kUuidRandomBytes = 10;
inline constexpr std::size_t kTokenRandomBytes = 32;  // 256 bits

// RFC 9562 section 5.7: milliseconds since 1970 first, so that ids sort by time.
std::string uuid_v7(std::uint64_t unix_ms,
                    const std::array<std::uint8_t, kUuidRandomBytes>& random);

// "slt_" and 43 characters of base64url, as the server makes them too.
std::string token_of(const std::array<std::uint8_t, kTokenRandomBytes>& random);

std::string sha256_hex(std::string_view text);

}  // namespace silkledger::cli
