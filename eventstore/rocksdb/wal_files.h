// The write-ahead log's files, prepared ahead: what a commit writes replaces zeros that are on the
// disk already (docs/adr/0016). A sync then writes the data and nothing about the file, which is
// most of its time otherwise.
//
// A prepared file is longer than what was written to it. Whoever reads it finds its end where the
// writing stopped, so that a write that a crash cut short looks as it does in any file: too short.
//
// Threads: as RocksDB's file systems. Errors: the file system's own; where there is no room to
// prepare, a file grows with what is written.
#pragma once

#include <rocksdb/file_system.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace silkledger::eventstore {

inline constexpr std::size_t kWalPreparedBytes = 256 * 1024;  // at a time
// Of one write. A larger one gains less than preparing costs it.
inline constexpr std::size_t kWalPreparingWriteBytesMax = 32 * 1024;

// `base`, but its files *.log are prepared and read as described.
std::shared_ptr<rocksdb::FileSystem> prepared_wal_files(std::shared_ptr<rocksdb::FileSystem> base);

// RocksDB frames a write-ahead log in blocks of this size.
inline constexpr std::size_t kWalBlockBytes = 32 * 1024;

// Where in this block the writing stopped; nothing when it goes on to the end of the block, or when
// what is damaged here was never a prepared place, which RocksDB shall judge. Stopped means: where
// a fragment should begin, or in one whose checksum is wrong, a disk's sector is still empty, or
// the last one is from there on. Pure.
std::optional<std::size_t> end_of_writing(std::string_view block);

}  // namespace silkledger::eventstore
