// Seals personal fields at the edge and opens them for those who may see them.
//
// AES-256-GCM under a nonce derived by HMAC-SHA-256 from the text: the same text always gives the
// same bytes, so that a retried command keeps its fingerprint and equal people can be found by the
// blind index. What equal ciphertexts reveal (that two are the same) the blind index reveals by
// intention.
//
// Threads: any; immutable after construction. Errors: unseal answers nothing for a foreign key, an
// unknown algorithm or damaged bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/schema/json/json.h"

namespace silkledger::server {

struct PersonalKey {
  std::uint32_t key_id = 1;
  std::array<std::uint8_t, 32> secret{};
};

class PersonalSealer final : public json::Sealer, public json::Unsealer {
 public:
  explicit PersonalSealer(const PersonalKey& key);

  schema::Sealed seal(std::string_view text) override;
  std::optional<std::string> unseal(const schema::Sealed& sealed) override;

 private:
  using Key = std::array<std::uint8_t, 32>;
  std::uint32_t key_id_;
  Key cipher_key_;
  Key nonce_key_;
  Key index_key_;
};

}  // namespace silkledger::server
