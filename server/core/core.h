// The Core is the whole server without a network: sequencer, view runner, live subscribers, jobs
// and the one reactor. One deterministic machine: clock, randomness, storage and executor are
// passed in, it never blocks and never spawns; a test drives it in one thread under virtual time
// (tests/simulation).
//
// Threads: everything runs on the core executor, one call at a time; the edge posts there.
// Ownership: what is in Parts outlives the Core. Errors: start() answers why it cannot serve.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "eventstore/event_store.h"
#include "eventstore/executor.h"
#include "projections/runner.h"
#include "projections/view_store.h"
#include "server/core/core_limits.h"
#include "server/core/disk_gate.h"
#include "server/core/sealing.h"
#include "server/core/sequencer.h"
#include "server/edge.h"
#include "server/runtime/log.h"

namespace silkledger::eventstore {
class LogCheck;
}

namespace silkledger::server {

class LiveHub;
class Metrics;
class Jobs;
class QueryService;
class Reactor;

// Where backups are written while the server serves.
struct BackupPlace {
  std::filesystem::path folder;
  std::string store_id;
};

// A full check of the log, which may run beside its writer.
using MakeCheck = std::function<std::unique_ptr<eventstore::LogCheck>()>;

struct CoreParts {
  eventstore::EventStore& log;
  eventstore::Executor& executor;
  const eventstore::Clock& clock;
  eventstore::Random& random;
  projections::ViewStores& views;
  PersonalKey personal_key;
  CoreLimits limits;
  Log say;
  std::string openapi;  // served at /api/v1/openapi.json
  bool demo = false;    // said with every head
  // Called once when the log cannot be trusted to be written any more: the process should stop.
  std::function<void(std::string reason)> on_fatal;
  const DiskSpace* disk = nullptr;  // of the log; nothing: room is not watched
  // Of a log that was restored: what the beginning of its epoch tells.
  std::optional<eventstore::Continuation> continues = {};
  std::optional<BackupPlace> backups = {};
  MakeCheck make_check = {};  // none for an engine that has no check
  // For work that waits for the disk, which the core never does; its own executor when null.
  eventstore::Executor* background = nullptr;
};

// Who is asking.
struct Identity {
  domain::Grants grants;
  std::string secret_sha256;  // of the token, to look again later
};

class Core final : public Application {
 public:
  explicit Core(CoreParts parts);
  ~Core() override;
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  // Reads the reference data, brings up the views, begins the day. Nothing when it serves.
  std::optional<std::string> start();

  // Application: HTTP requests and live clients.
  void handle(HttpRequest request, std::function<void(HttpResponse)> reply) override;
  LiveOpening open_live(LiveRequest request, std::shared_ptr<LiveOutlet> outlet) override;

  // Takes no more commands; `done` runs when those in flight are answered and the views are
  // flushed.
  void drain(std::function<void()> done);

  // Commands from inside: the reactor, the seeder, first set-up. Requires: started.
  void submit(Submission submission, CommandAnswer answer);

  // For parts of the core and for tests.
  Sequencer& sequencer() { return *sequencer_; }
  const Sequencer& sequencer() const { return *sequencer_; }
  projections::Runner& runner() { return *runner_; }
  PersonalSealer& sealer() { return sealer_; }
  const CoreParts& parts() const { return parts_; }
  eventstore::Executor& background() {
    return parts_.background != nullptr ? *parts_.background : parts_.executor;
  }
  Metrics& metrics() { return *metrics_; }
  LiveHub& hub() { return *hub_; }
  Jobs& jobs() { return *jobs_; }
  QueryService& queries() { return *queries_; }

  // The log's head when the core started: once the views stand there, they show what was known
  // before.
  std::uint64_t head_at_start() const { return head_at_start_; }

  // The bearer of a token today, or nothing.
  std::optional<Identity> identify(const std::optional<std::string>& token) const;
  std::optional<Identity> identify_again(const Identity& identity) const;

 private:
  void stop_for(std::string reason);
  void tick();
  void begin_epoch();
  void wait_for_idle(std::function<void()> done);

  CoreParts parts_;
  PersonalSealer sealer_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<DiskGate> gate_;  // where the disk is watched
  std::unique_ptr<projections::Runner> runner_;
  std::unique_ptr<LiveHub> hub_;
  std::unique_ptr<Jobs> jobs_;
  std::unique_ptr<QueryService> queries_;
  std::unique_ptr<Reactor> reactor_;
  std::uint64_t head_at_start_ = 0;
  bool draining_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
