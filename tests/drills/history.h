// What clients know of a ledger from outside: what they sent, what was acknowledged, what was
// refused. After the worst, the log is held against it.
//
// Threads: a History may be told from any thread. Errors: expect_kept() and read_log() fail the
// running test.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/api_client.h"

namespace silkledger::testing {

class History {
 public:
  struct Facts {
    std::vector<std::string> sent;                // command ids, each once
    std::map<std::string, std::uint64_t> stored;  // acknowledged at this position
    std::set<std::string> refused;                // told that nothing was changed
    std::vector<std::string> unanswered() const;
  };

  void sent(const std::string& id);
  void stored(const std::string& id, std::uint64_t position);
  void refused(const std::string& id);
  void forget();
  Facts facts() const;

 private:
  mutable std::mutex mutex_;
  Facts facts_;
};

// The log from its first position on. Reading it finds gaps, and commands with two effects.
struct SeenLog {
  std::map<std::string, std::uint64_t> position_of;  // of a command's first event
  std::map<std::string, std::string> lead_of;        // stream and stored body of a reported lead
  std::uint64_t last = 0;
};
SeenLog read_log(ApiClient& auditor);

// Whatever was acknowledged is where it was said to be, as it was sent; what was refused is not
// there. The commands are those of lead_body().
void expect_kept(const History::Facts& facts, const SeenLog& log);

}  // namespace silkledger::testing
