// A client of the live channel that reports leads, every one of a new company.
//
// Its message is prepared once and gets another number for each command; of an answer it reads the
// number and the status: a load costs about what that of the peers costs.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/load/closed_loop.h"
#include "tests/bench/load/live_socket.h"

namespace silkledger::bench {

class CommandClient final : public AppendClient {
 public:
  // `run` keeps the ids of several loops on one ledger apart.
  CommandClient(std::uint16_t port, const std::string& run, Encoding encoding);

  int descriptor() const override { return socket_.descriptor(); }
  void add(std::uint64_t number) override;
  void flush() override { socket_.flush(); }
  std::optional<std::uint64_t> next_stored() override;

 private:
  LiveSocket socket_;
  const Encoding encoding_;
  const std::string id_prefix_;
  std::string message_;
  std::vector<std::size_t> numbers_;  // where they stand in it
};

std::vector<std::unique_ptr<AppendClient>> command_clients(std::uint16_t port,
                                                           const std::string& run,
                                                           std::size_t clients,
                                                           Encoding encoding = Encoding::json);

// The live message that reports a lead of a new company, under this id of command and lead.
std::string report_lead_message(const std::string& id, Encoding encoding = Encoding::json);

}  // namespace silkledger::bench
