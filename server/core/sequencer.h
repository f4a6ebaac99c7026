// The Sequencer turns commands into events: authorise → decide → append, one command at a time, in
// the order of arrival. There is one for each log.
//
// It decides ahead of durability: while an append is under way the next command is already decided
// on the state that append will leave. No answer, a refusal included, leaves before the state it
// was decided on is durable. When an append fails, everything decided after it is discarded with it
// and the state is read anew from the log (docs/adr/0006).
//
// Threads: the core executor's; completions of the store arrive there as well. It never blocks on
// the disk's writing side. Answers are given from the executor, never inside submit().
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/registry/access.h"
#include "domain/registry/reference.h"
#include "eventstore/event_store.h"
#include "eventstore/executor.h"
#include "server/core/aggregate_cache.h"
#include "server/core/core_limits.h"

namespace silkledger::server {

struct Submission {
  std::string principal;  // person id or "system": scopes the command id
  std::string command_id;
  schema::CommandRequest request;
  std::optional<domain::Grants> grants;  // of the sender; the system needs none
};

// The command's events are stored, now or by an earlier sending of the same command.
struct Accepted {
  eventstore::Receipt receipt;
  std::string stream;         // the command's own
  std::uint64_t version = 0;  // of that stream after the command
  bool repeated = false;
};

// Why nothing was decided, or why nobody knows.
struct Undecided {
  enum class Kind {
    id_reused,   // the id was used for another command
    overloaded,  // too many commands in flight: retry later
    read_only,   // the log takes no writes now (disk full, being restored); reads go on
    unknown,     // the outcome is not known: retry with the same command id
    too_large,   // a limit of the store would be exceeded
    failed,      // the log cannot be read: see the server's log
  };
  Kind kind = Kind::failed;
  std::string detail;          // for the server's operators and, where it helps, for the sender
  std::string detail_zh = {};  // the same for senders; empty: `detail` serves
  // Of an unknown outcome: whether the log may be written again without opening it anew.
  bool recoverable = false;
};

using CommandOutcome = std::variant<Accepted, Rejection, Undecided>;
using CommandAnswer = std::function<void(CommandOutcome)>;

class Sequencer {
 public:
  Sequencer(eventstore::EventStore& store, eventstore::Executor& executor,
            const eventstore::Clock& clock, const CoreLimits& limits);
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Folds the registry's streams. Call once before anything else.
  std::optional<eventstore::StoreError> open();

  void submit(Submission submission, CommandAnswer answer);

  // No further commands are taken; those in flight are answered.
  void stop() { stopped_ = true; }
  bool idle() const { return in_flight_.empty(); }
  std::size_t in_flight() const { return in_flight_.size(); }

  // As of the newest decision, which may not be durable yet.
  const domain::Reference& reference() const { return reference_; }
  // Another number whenever the reference has changed, a discarded decision included.
  std::uint64_t registry_revision() const { return reloads_ << 32U | reference_.revision(); }
  // Today in Beijing; never earlier than what the log has recorded.
  CivilDate today() const;
  // Why writes are refused, or nothing.
  const std::optional<Text>& read_only_reason() const { return read_only_; }
  // Takes no more commands; those in flight are still stored and answered.
  void go_read_only(Text reason);
  // Whether recover() may help: not when a sync failed, and not when another server took over.
  bool recoverable() const { return recoverable_; }
  // Takes writes again if the log does, and reads the state anew; or says why not.
  std::optional<eventstore::StoreError> recover();

 private:
  struct InFlight;
  using InFlightPtr = std::shared_ptr<InFlight>;

  void take(const InFlightPtr& command, Submission& submission);
  std::optional<CommandOutcome> known_before(const InFlight& command);
  std::uint64_t version_after(const eventstore::Receipt& receipt, const std::string& stream) const;
  Result<domain::Decision> consider(Submission& submission, domain::Actor& actor);
  void write(const InFlightPtr& command, const Submission& submission, const domain::Actor& actor,
             domain::Decision decision);
  void stop_writing(Text reason, bool recoverable);
  void refuse_when_durable(const InFlightPtr& command, CommandOutcome outcome);
  void finished(const InFlightPtr& command, eventstore::AppendOutcome outcome);
  Undecided failed_append(const eventstore::AppendOutcome& outcome);
  void release_front();
  void discard_speculation();
  std::optional<eventstore::StoreError> reload();

  eventstore::EventStore& store_;
  eventstore::Executor& executor_;
  const eventstore::Clock& clock_;
  CoreLimits limits_;
  domain::Reference reference_;
  AggregateCache aggregates_;
  std::uint64_t next_position_ = 1;    // of the next decided event
  CivilDate latest_day_;               // today() never goes back
  std::deque<InFlightPtr> in_flight_;  // in order of decision; answered from the front
  std::map<eventstore::CommandKey, InFlightPtr> by_id_;
  std::optional<Text> read_only_;
  bool recoverable_ = false;
  bool discarding_ = false;  // an append failed: the rest of in_flight_ falls with it
  bool stopped_ = false;
  std::uint64_t reloads_ = 0;
};

}  // namespace silkledger::server
