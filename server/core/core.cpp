#include "server/core/core.h"

#include <utility>

#include "eventstore/ledger/sha256.h"
#include "projections/view.h"
#include "server/core/api/router.h"
#include "server/core/jobs/jobs.h"
#include "server/core/live/live_hub.h"
#include "server/core/metrics.h"
#include "server/core/query_service.h"
#include "server/core/reactor.h"

namespace silkledger::server {
namespace {

constexpr auto kTick = std::chrono::seconds(1);
constexpr auto kIdleCheck = std::chrono::milliseconds(5);

}  // namespace

Core::Core(CoreParts parts)
    : parts_(std::move(parts)),
      sealer_(parts_.personal_key),
      metrics_(std::make_unique<Metrics>()) {
  sequencer_ =
      std::make_unique<Sequencer>(parts_.log, parts_.executor, parts_.clock, parts_.limits);
  if (parts_.disk != nullptr) {
    gate_ = std::make_unique<DiskGate>(*parts_.disk, *sequencer_, parts_.limits, parts_.say,
                                       [this](std::string why) { stop_for(std::move(why)); });
  }
}

Core::~Core() { jobs_.reset(); }

std::optional<std::string> Core::start() {
  if (auto error = sequencer_->open()) return "the log cannot be read: " + error->detail;
  head_at_start_ = parts_.log.head().position;
  auto store = parts_.views.open_current();
  if (auto* error = std::get_if<projections::ViewStoreError>(&store))
    return "the views: " + error->detail;
  const auto say = [this](LogLevel level, const char* event, const std::string& detail) {
    parts_.say(level, event, {{"detail", detail}});
  };
  projections::RunnerCallbacks callbacks;
  callbacks.on_applied = [this](const projections::Applied& applied) { hub_->on_applied(applied); };
  callbacks.on_restarted = [say](const std::string& reason) {
    say(LogLevel::warning, "views_begin_again", reason);
  };
  callbacks.on_failed = [this, say](const std::string& reason) {
    say(LogLevel::error, "views_failed", reason);
    hub_->on_views_failed();
  };
  callbacks.on_switched = [this, say] {
    say(LogLevel::info, "views_switched", "");
    hub_->on_switched();
  };
  callbacks.on_view_stopped = [say](const std::string& view, const projections::Stopped& stopped) {
    say(LogLevel::error, "view_stopped",
        view + " at " + std::to_string(stopped.position) + ": " + stopped.cause);
  };
  runner_ = std::make_unique<projections::Runner>(
      parts_.executor, projections::LogReader(parts_.log),
      std::move(std::get<std::shared_ptr<projections::ViewStore>>(store)), projections::catalogue(),
      projections::RunnerLimits{}, std::move(callbacks));
  hub_ = std::make_unique<LiveHub>(*this);
  queries_ = std::make_unique<QueryService>(*this);
  jobs_ = std::make_unique<Jobs>(*this);
  reactor_ = std::make_unique<Reactor>(*this);
  runner_->start();
  tick();
  return std::nullopt;
}

void Core::handle(HttpRequest request, std::function<void(HttpResponse)> reply) {
  route(*this, std::move(request), std::move(reply));
}

LiveOpening Core::open_live(LiveRequest request, std::shared_ptr<LiveOutlet> outlet) {
  if (draining_)
    return {nullptr, to_http(unavailable({"服务正在停止。", "The server is stopping."}, 5))};
  return hub_->open(std::move(request), std::move(outlet));
}

void Core::submit(Submission submission, CommandAnswer answer) {
  sequencer_->submit(std::move(submission), [this,
                                             answer = std::move(answer)](CommandOutcome outcome) {
    const auto* undecided = std::get_if<Undecided>(&outcome);
    const bool fatal =
        undecided && !undecided->recoverable &&
        (undecided->kind == Undecided::Kind::unknown || undecided->kind == Undecided::Kind::failed);
    answer(outcome);
    // A failed sync leaves open what is on the disk: the only honest thing is to stop and read
    // it again.
    if (fatal) stop_for(undecided->detail);
  });
}

void Core::stop_for(std::string reason) {
  if (parts_.on_fatal) std::exchange(parts_.on_fatal, nullptr)(std::move(reason));
}

std::optional<Identity> Core::identify(const std::optional<std::string>& token) const {
  if (!token || token->empty()) return std::nullopt;
  const auto hash = eventstore::sha256(*token);
  return identify_again({{}, std::string(eventstore::bytes_of(hash))});
}

std::optional<Identity> Core::identify_again(const Identity& identity) const {
  auto grants =
      domain::grants_of_token(sequencer_->reference(), identity.secret_sha256, sequencer_->today());
  if (!grants) return std::nullopt;
  return Identity{std::move(*grants), identity.secret_sha256};
}

// A restored log says so before anything else is recorded in it. The command id is made of the
// epoch, so it cannot happen twice.
void Core::begin_epoch() {
  const auto head = parts_.log.head();
  if (head.epoch <= sequencer_->reference().epoch() || sequencer_->read_only_reason()) return;
  const auto from = parts_.continues.value_or(eventstore::Continuation{head.position, head.root});
  schema::EpochBegan began;
  began.epoch = head.epoch;
  began.position = from.position;
  began.root = std::string(eventstore::bytes_of(from.root));
  if (parts_.continues) began.backup_taken_at = Instant{from.taken_at};
  Submission submission;
  submission.principal = std::string(domain::kSystemActor);
  submission.command_id = "begin-epoch-" + std::to_string(head.epoch);
  submission.request.command = std::move(began);
  submit(std::move(submission), [say = parts_.say, head](const CommandOutcome& outcome) {
    const bool done = std::holds_alternative<Accepted>(outcome);
    say(done ? LogLevel::info : LogLevel::error, done ? "epoch_began" : "epoch_not_begun",
        {{"epoch", std::to_string(head.epoch)}, {"position", std::to_string(head.position)}});
  });
}

void Core::tick() {
  if (draining_) return;
  if (gate_) gate_->check();
  begin_epoch();
  reactor_->step();
  parts_.executor.post_after(kTick, [this, alive = std::weak_ptr<bool>(alive_)] {
    if (!alive.expired()) tick();
  });
}

void Core::drain(std::function<void()> done) {
  draining_ = true;
  sequencer_->stop();
  jobs_->stop();
  wait_for_idle(std::move(done));
}

void Core::wait_for_idle(std::function<void()> done) {
  const bool caught_up =
      runner_->state().failure || runner_->applied() >= parts_.log.head().position;
  if (sequencer_->idle() && caught_up) {
    if (auto error = runner_->stop())
      parts_.say(LogLevel::warning, "views_not_flushed", {{"detail", error->detail}});
    return done();
  }
  parts_.executor.post_after(kIdleCheck,
                             [this, done = std::move(done), alive = std::weak_ptr<bool>(alive_)] {
                               if (!alive.expired()) wait_for_idle(done);
                             });
}

}  // namespace silkledger::server
