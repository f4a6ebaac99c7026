#include "tools/generator/digest.h"

#include <openssl/sha.h>

namespace silkledger::generator {

std::string sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (const char byte : sha256(bytes)) {
    const auto value = static_cast<unsigned char>(byte);
    text += kHex[value >> 4U];
    text += kHex[value & 0xFU];
  }
  return text;
}

}  // namespace silkledger::generator
