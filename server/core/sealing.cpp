#include "server/core/sealing.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <memory>

namespace silkledger::server {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

using Key = std::array<std::uint8_t, 32>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
int length(std::size_t size) { return static_cast<int>(size); }

Key keyed_hash(const Key& key, std::string_view text) {
  Key out{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), length(key.size()), bytes(text), text.size(), out.data(), &size);
  return out;
}

}  // namespace

PersonalSealer::PersonalSealer(const PersonalKey& key)
    : key_id_(key.key_id),
      cipher_key_(keyed_hash(key.secret, "silkledger personal cipher 1")),
      nonce_key_(keyed_hash(key.secret, "silkledger personal nonce 1")),
      index_key_(keyed_hash(key.secret, "silkledger personal index 1")) {}

schema::Sealed PersonalSealer::seal(std::string_view text) {
  const auto nonce = keyed_hash(nonce_key_, text);
  schema::Sealed sealed;
  sealed.key_id = key_id_;
  sealed.algorithm = schema::SealAlgorithm::aes256_gcm_siv1;
  sealed.ciphertext.assign(nonce.begin(), nonce.begin() + kNonceBytes);
  sealed.ciphertext.resize(kNonceBytes + text.size() + kTagBytes);
  CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  auto* body = bytes(sealed.ciphertext) + kNonceBytes;
  EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, cipher_key_.data(), nonce.data());
  EVP_EncryptUpdate(context.get(), body, &written, bytes(text), length(text.size()));
  EVP_EncryptFinal_ex(context.get(), body + text.size(), &written);
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, body + text.size());
  const auto index = keyed_hash(index_key_, text);
  sealed.blind_index.assign(index.begin(), index.begin() + kTagBytes);
  return sealed;
}

std::optional<std::string> PersonalSealer::unseal(const schema::Sealed& sealed) {
  const auto& sealed_bytes = sealed.ciphertext;
  if (sealed.algorithm != schema::SealAlgorithm::aes256_gcm_siv1 || sealed.key_id != key_id_ ||
      sealed_bytes.size() < kNonceBytes + kTagBytes) {
    return std::nullopt;
  }
  const std::size_t size = sealed_bytes.size() - kNonceBytes - kTagBytes;
  std::string text(size, '\0');
  std::string tag = sealed_bytes.substr(kNonceBytes + size);
  CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, cipher_key_.data(),
                     bytes(sealed_bytes));
  EVP_DecryptUpdate(context.get(), bytes(text), &written, bytes(sealed_bytes) + kNonceBytes,
                    length(size));
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data());
  if (EVP_DecryptFinal_ex(context.get(), bytes(text) + size, &written) != 1) return std::nullopt;
  return text;
}

}  // namespace silkledger::server
