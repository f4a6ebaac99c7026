#include "server/core/jobs/check_job.h"

#include <utility>

#include "domain/schema/json/writer.h"
#include "eventstore/ledger/sha256.h"
#include "server/core/core.h"
#include "server/core/jobs/jobs.h"
#include "server/core/jobs/reason.h"

namespace silkledger::server {
namespace {

using eventstore::CheckState;

const json::EncodeOptions kPlain{};

// What runs on the background executor: the check is made there as well, because it reads.
class Checking {
 public:
  Checking(const CoreParts& parts, std::function<void(CheckState)> report)
      : clock_(parts.clock), make_(parts.make_check), report_(std::move(report)) {}

  bool slice() {
    if (!check_) check_ = make_();
    const bool goes_on = check_->step();
    const auto now = clock_.now_us();
    const auto phase = check_->state().phase;
    if (!goes_on || phase != reported_ || now - reported_us_ >= Pace::kTellEveryUs) {
      reported_ = phase;
      reported_us_ = now;
      report_(check_->state());
    }
    return goes_on;
  }

 private:
  const eventstore::Clock& clock_;
  const MakeCheck make_;
  const std::function<void(CheckState)> report_;
  std::unique_ptr<eventstore::LogCheck> check_;
  std::optional<CheckState::Phase> reported_;
  std::int64_t reported_us_ = 0;
};

}  // namespace

Reply CheckJob::act(const std::string& action, const HttpRequest&) {
  if (action == "start") return start();
  if (action != "cancel") return unknown_action("start、cancel");
  if (!work_) return not_possible(*this, phase_, action);
  work_->cancel();
  return accepted(*this);
}

Reply CheckJob::start() {
  const auto& parts = core_.parts();
  if (!parts.make_check) {
    return problem(409, "no-check", {"不支持校验", "No check"},
                   {"此存储引擎没有全面校验。", "This engine has no full check."});
  }
  state_.reset();
  phase_ = "records";
  auto report = [this, alive = std::weak_ptr<bool>(alive_), &core = parts.executor](CheckState s) {
    core.post([this, alive, state = std::move(s)] {
      if (!alive.expired()) take(state);
    });
  };
  auto checking = std::make_shared<Checking>(parts, std::move(report));
  work_ = SlicedWork::start(
      core_.background(), parts.executor, [checking] { return checking->slice(); },
      [this, alive = std::weak_ptr<bool>(alive_)](bool cancelled) {
        if (!alive.expired()) ended(cancelled);
      });
  return accepted(*this);
}

void CheckJob::take(CheckState state) {
  const auto now = core_.parts().clock.now_us();
  const bool moved_on = !state_ || state_->phase != state.phase;
  if (moved_on) pace_.begin(now, state.records_done);
  pace_.reached(now, state.records_done);
  state_ = std::move(state);
  if (state_->phase == CheckState::Phase::kDone) return;  // ended() tells
  phase_ = name_of(state_->phase);
  if (moved_on || pace_.is_due()) core_.jobs().tell(*this);
}

void CheckJob::ended(bool cancelled) {
  work_.reset();
  phase_ = cancelled ? "cancelled" : "done";
  if (!cancelled && state_) {
    const bool whole = state_->whole();
    core_.parts().say(whole ? LogLevel::info : LogLevel::error, "log_checked",
                      {{"position", std::to_string(state_->head.position)},
                       {"root", eventstore::to_hex(state_->head.root)},
                       {"findings", std::to_string(state_->findings_count)}});
  }
  core_.jobs().tell(*this);
}

void CheckJob::stop() {
  if (work_) work_->cancel();
}

std::string CheckJob::state_json() const {
  std::string body;
  json::Writer out(body, kPlain);
  begin_state(out, *this, phase_);
  if (state_) {
    out.key("head");
    out.big(state_->head.position);
    out.key("root");
    out.string(eventstore::to_hex(state_->head.root));
    out.key("done");
    out.big(state_->records_done);
    out.key("total");
    out.big(state_->records_total);
    if (is_busy()) pace_.write(out, "recordsPerSecond", state_->records_total);
    out.key("findingsCount");
    out.big(state_->findings_count);
    out.key("findings");
    out.begin_array();
    for (const auto& finding : state_->findings) {
      out.begin_object();
      out.key("position");
      out.big(finding.position);
      const Text what = reason_of(finding);
      out.key("what");
      out.string(what.en);
      out.key("whatZh");
      out.string(what.zh);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
  return body;
}

}  // namespace silkledger::server
