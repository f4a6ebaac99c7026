// Where RocksDB's notes to people go: nowhere.
//
// Its own logger writes them to a file, and asserts at the next note after one that could not be
// written: on a full disk that ended the server, which else would wait for room. What went wrong
// comes back to us as a status, and the server's log says it.
#pragma once

#include <rocksdb/env.h>

#include <cstdarg>
#include <memory>

namespace silkledger::eventstore {

class NoInfoLog final : public rocksdb::Logger {
 public:
  void Logv(const char*, va_list) override {}
};

inline std::shared_ptr<rocksdb::Logger> no_info_log() { return std::make_shared<NoInfoLog>(); }

}  // namespace silkledger::eventstore
