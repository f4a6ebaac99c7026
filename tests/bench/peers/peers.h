// The stores that Silkledger is measured against, as child processes on a folder of their own,
// ended by their process id. From Debian; where they are not installed they are not measured.
//
// They are spoken to by their protocols over a plain socket, so that one thread drives their
// clients exactly as it drives ours (closed_loop.h). An append is one event of 296 bytes into one
// of 10,000 streams, with the version that the stream must have; clients have streams of their own.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/load/closed_loop.h"

namespace silkledger::bench {

inline constexpr std::size_t kPeerEventBytes = 296;
inline constexpr std::uint64_t kPeerStreams = 10'000;

class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string name() const = 0;
  virtual std::vector<std::unique_ptr<AppendClient>> clients(std::size_t count) = 0;
  // Events that are there for a replay, made at once and without waiting for the disk.
  virtual void fill(std::uint64_t events) = 0;
  // Reads all events in their order, in pages over one connection; the number read.
  virtual std::uint64_t replay() = 0;
};

// A peer that also answers questions of one's own.
class SqlPeer : public Peer {
 public:
  virtual void run(const std::string& statements) = 0;
  // What a statement answers in its only row's only column.
  virtual std::string answer(const std::string& statement) = 0;
  // The path of a file that COPY can read, once the caller has written it.
  virtual std::string file(const std::string& name) const = 0;
};

// Streams with `appendfsync always`; a script compares the version and appends. Nothing when
// redis-server is not installed.
std::unique_ptr<Peer> start_redis();
// A table of events, unique by stream and version. Nothing when PostgreSQL is not installed.
std::unique_ptr<SqlPeer> start_postgres();

// An event as the peers store it: half words, half numbers, about as compressible as one of ours.
std::string peer_event(std::uint64_t number);

// Which stream and version the number-th append of a client with this many neighbours has.
struct PeerStreams {
  std::uint64_t client = 0;
  std::uint64_t clients = 1;
  std::uint64_t appended = 0;

  struct Next {
    std::string stream;
    std::uint64_t version = 0;  // before the append
  };
  Next next();
};

}  // namespace silkledger::bench
