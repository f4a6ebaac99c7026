#include "server/core/jobs.h"

#include <algorithm>

#include "domain/schema/json/writer.h"
#include "server/core/core.h"
#include "server/core/live/live_hub.h"
#include "server/core/query_service.h"
#include "server/core/row_json.h"

namespace silkledger::server {
namespace {

using projections::RebuildPhase;

constexpr std::int64_t kTellEveryUs = 250'000;
const json::EncodeOptions kPlain{};

bool under_way(RebuildPhase phase) {
  switch (phase) {
    case RebuildPhase::building:
    case RebuildPhase::comparing:
    case RebuildPhase::differs:
    case RebuildPhase::filling:
    case RebuildPhase::following:
      return true;
    case RebuildPhase::idle:
    case RebuildPhase::switched:
    case RebuildPhase::cancelled:
    case RebuildPhase::failed:
      break;
  }
  return false;
}

Reply not_possible(const std::string& action, std::string_view phase) {
  return problem(
      409, "job-not-possible", {"当前不能执行", "Not possible now"},
      {"重建处于“" + std::string(phase) + "”，不能执行“" + action + "”。",
       "The rebuild is " + std::string(phase) + "; \"" + action + "\" is not possible."});
}

void row_or_null(std::string& out, const std::string& view,
                 const std::optional<std::string>& bytes) {
  if (!bytes || !append_row_json(out, view, *bytes, {})) out += "null";
}

void append_differences(std::string& body, const projections::RebuildState& state) {
  body += ",\"differences\":[";
  for (std::size_t i = 0; i < state.differences.size(); ++i) {
    const auto& difference = state.differences[i];
    if (i > 0) body += ',';
    json::Writer one(body, kPlain);
    one.begin_object();
    one.key("view");
    one.string(difference.view);
    one.key("key");
    one.string(difference.key);
    body += ",\"live\":";
    row_or_null(body, difference.view, difference.live);
    body += ",\"rebuilt\":";
    row_or_null(body, difference.view, difference.rebuilt);
    body += '}';
  }
  body += ']';
}

}  // namespace

Jobs::Jobs(Core& core)
    : core_(core),
      rebuild_(core.parts().executor, projections::LogReader(core.parts().log), core.parts().views,
               core.runner(), {},
               [this](const projections::RebuildState& state) { on_progress(state); }) {}

Jobs::~Jobs() = default;

void Jobs::stop() {
  if (under_way(rebuild_.state().phase)) rebuild_.cancel("the server stops", true);
}

void Jobs::route(const Identity& who, const HttpRequest& request,
                 const std::vector<std::string>& rest, std::function<void(const Reply&)> answer) {
  if (!who.grants.administers) {
    return answer(forbidden({"仅管理员可管理任务。", "Jobs are for administrators."}));
  }
  if (rest.empty() || rest[0] != "rebuild" || rest.size() > 2) {
    return answer(not_found({"没有这个任务。", "There is no such job."}));
  }
  if (rest.size() == 1 && request.method == "GET") return answer({200, state_json(), {}});
  if (rest.size() == 2 && request.method == "POST") return act(rest[1], request, answer);
  answer(problem(405, "method-not-allowed", {"方法不允许", "Method not allowed"},
                 {"查看用 GET /api/v1/jobs/rebuild，操作用 POST /api/v1/jobs/rebuild/{动作}。",
                  "GET /api/v1/jobs/rebuild shows it, POST /api/v1/jobs/rebuild/{action} acts."}));
}

void Jobs::act(const std::string& action, const HttpRequest& request,
               const std::function<void(const Reply&)>& answer) {
  projections::RebuildRequest wanted;
  for (const auto& [name, value] : request.query) {
    if (name == "view") wanted.views.push_back(value);
    if (name == "switch") wanted.switch_when_equal = value != "false";
  }
  bool done = false;
  if (action == "start" || action == "resume") {
    started_us_ = core_.parts().clock.now_us();
    done = action == "start" ? rebuild_.start(wanted) : rebuild_.resume(wanted);
    started_at_ = rebuild_.state().position;
  } else if (action == "accept") {
    done = rebuild_.accept();
  } else if (action == "roll-back") {
    done = rebuild_.roll_back();
  } else if (action == "cancel") {
    done = under_way(rebuild_.state().phase);
    if (done) rebuild_.cancel("cancelled by an administrator");
  } else {
    return answer(not_found({"动作须为 start、resume、accept、cancel 或 roll-back。",
                             "The action must be start, resume, accept, cancel or roll-back."}));
  }
  if (!done) return answer(not_possible(action, name_of(rebuild_.state().phase)));
  answer({202, state_json(), {}});
}

void Jobs::on_progress(const projections::RebuildState& state) {
  const auto now = core_.parts().clock.now_us();
  if (state.phase == told_phase_ && now - told_us_ < kTellEveryUs) return;
  told_phase_ = state.phase;
  told_us_ = now;
  core_.hub().on_job(R"({"type":"job","job":"rebuild","body":)" + state_json() + '}');
}

// Events folded a second since the start, and what that means for the rest.
void Jobs::write_rate(json::Writer& out, const projections::RebuildState& state) const {
  const auto elapsed_us = std::max<std::int64_t>(1, core_.parts().clock.now_us() - started_us_);
  if (state.phase == RebuildPhase::building && state.position > started_at_) {
    const auto rate =
        (state.position - started_at_) * 1'000'000 / static_cast<std::uint64_t>(elapsed_us);
    out.key("eventsPerSecond");
    out.big(rate);
    if (rate > 0) {
      out.key("secondsLeft");
      out.big((state.head - std::min(state.head, state.position)) / rate);
    }
  }
}

std::string Jobs::state_json() const {
  const auto& state = rebuild_.state();
  std::string body;
  json::Writer out(body, kPlain);
  out.begin_object();
  out.key("job");
  out.string("rebuild");
  out.key("phase");
  out.string(name_of(state.phase));
  out.key("rollBack");
  out.boolean(state.is_roll_back);
  out.key("views");
  out.begin_array();
  for (const auto& view : state.views) out.string(view);
  out.end_array();
  out.key("position");
  out.big(state.position);
  out.key("head");
  out.big(state.head);
  out.key("rows");
  out.big(state.rows);
  write_rate(out, state);
  if (state.compared_at) {
    out.key("comparedAt");
    out.big(*state.compared_at);
  }
  out.key("differenceCount");
  out.big(state.difference_count);
  if (!state.reason.empty()) {
    out.key("reason");
    out.string(state.reason);
  }
  append_differences(body, state);
  body += '}';
  return body;
}

}  // namespace silkledger::server
