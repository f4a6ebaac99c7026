// The digests of the ledger, SHA-256 and SM3 (GB/T 32905), one shot over up to three pieces without
// joining them first.
//
// Threads: any; each thread keeps a context of its own. Errors: none; a broken OpenSSL aborts.
#pragma once

#include <string_view>

#include "eventstore/record.h"

namespace silkledger::eventstore {

Hash sha256(std::string_view first, std::string_view second = {}, std::string_view third = {});
Hash sm3(std::string_view first, std::string_view second = {}, std::string_view third = {});

// The bytes of a hash, for storing and feeding on.
inline std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// Requires: bytes holds exactly 32 bytes.
Hash hash_from(std::string_view bytes);

// Lower-case hex, for messages to people.
std::string to_hex(const Hash& hash);

}  // namespace silkledger::eventstore
