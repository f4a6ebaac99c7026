#include "server/app/token.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace silkledger::server {

std::optional<std::string> new_token() {
  std::array<unsigned char, 32> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return std::nullopt;
  std::array<unsigned char, 45> base64{};
  EVP_EncodeBlock(base64.data(), random.data(), static_cast<int>(random.size()));
  std::string token = "slt_";
  for (const unsigned char c : base64) {
    if (c == '=' || c == 0) break;
    token += c == '+' ? '-' : c == '/' ? '_' : static_cast<char>(c);
  }
  return token;
}

std::optional<std::string> write_secret(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return "cannot write " + path + ": " + std::strerror(errno);
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (!written) return "cannot write " + path + ": " + std::strerror(error);
  return std::nullopt;
}

}  // namespace silkledger::server
