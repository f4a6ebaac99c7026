#include "clients/cli/text/identity.h"

#include <openssl/sha.h>

#include "domain/schema/json/bytes.h"

namespace silkledger::cli {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

std::string uuid_v7(std::uint64_t unix_ms,
                    const std::array<std::uint8_t, kUuidRandomBytes>& random) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(unix_ms >> (8 * (5 - i)));
  }
  for (std::size_t i = 0; i < random.size(); ++i) bytes[6 + i] = random[i];
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x70U);  // version 7
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);  // variant 10
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHexDigits[bytes[i] >> 4U];
    text += kHexDigits[bytes[i] & 0x0FU];
  }
  return text;
}

std::string token_of(const std::array<std::uint8_t, kTokenRandomBytes>& random) {
  const std::string bytes(random.begin(), random.end());
  std::string token = "slt_";
  for (const char c : json::to_base64(bytes)) {
    if (c != '=') token += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  return token;
}

std::string sha256_hex(std::string_view text) {
  const std::string copy(text);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(copy.data()), copy.size(), digest.data());
  return json::to_hex(std::string(digest.begin(), digest.end()));
}

}  // namespace silkledger::cli
