#include "eventstore/ledger/sha256.h"

#include <openssl/evp.h>

#include <cassert>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace silkledger::eventstore {
namespace {

// OpenSSL 3 looks an algorithm up by name on each one-shot call, which costs more than hashing a
// short record. A context that is set up once and re-initialised without a name skips the look-up.
class Context {
 public:
  explicit Context(const EVP_MD* algorithm) : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), algorithm, nullptr) == 1);
  }

  Hash digest(std::string_view first, std::string_view second, std::string_view third) {
    require(EVP_DigestInit_ex(context_.get(), nullptr, nullptr) == 1);
    for (const std::string_view piece : {first, second, third}) {
      if (piece.empty()) continue;
      require(EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) == 1);
    }
    Hash hash;
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(context_.get(), hash.data(), &size) == 1 && size == hash.size());
    return hash;
  }

 private:
  // A ledger without its hash must not go on, in any build.
  static void require(bool holds) {
    if (!holds) std::abort();
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

Hash sha256(std::string_view first, std::string_view second, std::string_view third) {
  thread_local Context context(EVP_sha256());
  return context.digest(first, second, third);
}

Hash sm3(std::string_view first, std::string_view second, std::string_view third) {
  thread_local Context context(EVP_sm3());
  return context.digest(first, second, third);
}

Hash hash_from(std::string_view bytes) {
  Hash hash;
  assert(bytes.size() == hash.size());
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

std::string to_hex(const Hash& hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    hex.push_back(kDigits[byte >> 4U]);
    hex.push_back(kDigits[byte & 0x0FU]);
  }
  return hex;
}

}  // namespace silkledger::eventstore
