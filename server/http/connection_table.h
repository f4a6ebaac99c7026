// Every open connection: counted in total and per address, and reachable for deadlines and for
// shutdown.
//
// Threads: every method from any thread; a mutex guards the table and is never held over a call to
// a connection. Ownership: the table holds connections weakly, a connection holds its slot.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/edge.h"

namespace silkledger::server {

using SteadyTime = std::chrono::steady_clock::time_point;

// What the server asks of a connection. Called from any thread; the connection goes to its own
// executor.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void tick(SteadyTime now) = 0;  // look at deadlines
  virtual void finish() = 0;              // a request: answer what has begun, then close
  virtual void close_live(CloseCode code,
                          const std::string& reason) = 0;  // a live one: say so and close
  virtual void abandon() = 0;  // close the socket now, whatever is under way
};

class ConnectionTable;

// A place in the table; gives it back when it goes.
class ConnectionSlot {
 public:
  ConnectionSlot(std::shared_ptr<ConnectionTable> table, std::string address, std::uint64_t id);
  ~ConnectionSlot();
  ConnectionSlot(const ConnectionSlot&) = delete;
  ConnectionSlot& operator=(const ConnectionSlot&) = delete;

  // From now on this is the connection at this place.
  void occupy(std::weak_ptr<Connection> connection);
  const std::string& address() const { return address_; }

 private:
  std::shared_ptr<ConnectionTable> table_;
  std::string address_;
  std::uint64_t id_;
};

class ConnectionTable : public std::enable_shared_from_this<ConnectionTable> {
 public:
  enum class Refusal { none, full, address_full };

  ConnectionTable(std::size_t connections_max, std::size_t connections_per_address_max)
      : connections_max_(connections_max), per_address_max_(connections_per_address_max) {}

  // A slot, or why there is none.
  std::unique_ptr<ConnectionSlot> admit(const std::string& address, Refusal& refusal);
  std::vector<std::shared_ptr<Connection>> all() const;
  std::size_t size() const;

 private:
  friend class ConnectionSlot;
  void occupy(std::uint64_t id, std::weak_ptr<Connection> connection);
  void leave(std::uint64_t id, const std::string& address);

  const std::size_t connections_max_;
  const std::size_t per_address_max_;
  mutable std::mutex mutex_;
  std::uint64_t next_id_ = 1;
  std::unordered_map<std::uint64_t, std::weak_ptr<Connection>> connections_;
  std::unordered_map<std::string, std::size_t> per_address_;
};

}  // namespace silkledger::server
