// A bad network between a client and the server: each connection that it takes has a temper of its
// own, drawn from the seed — slow, in single bytes, with little bandwidth, cut, reset or half
// closed after so many bytes.
//
// Threads: one of its own; everything public may be called from any. Ownership: connections end
// with it. Errors: what fails on a socket ends that connection.
#pragma once

#include <cstdint>
#include <memory>

namespace silkledger::testing {

struct ProxyCounts {
  std::uint64_t connections = 0;
  std::uint64_t cut = 0;
  std::uint64_t reset = 0;
  std::uint64_t half_closed = 0;
  std::uint64_t bytes = 0;
};

class FaultProxy {
 public:
  explicit FaultProxy(std::uint32_t seed);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  std::uint16_t port() const;  // on the loopback
  // Where connections that come from now on lead.
  void lead_to(std::uint16_t server_port);
  ProxyCounts counts() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace silkledger::testing
