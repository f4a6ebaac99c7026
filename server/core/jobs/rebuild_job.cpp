#include "server/core/jobs/rebuild_job.h"

#include <algorithm>

#include "domain/schema/json/writer.h"
#include "projections/view.h"
#include "server/core/core.h"
#include "server/core/jobs/jobs.h"
#include "server/core/jobs/reason.h"
#include "server/core/row_json.h"

namespace silkledger::server {
namespace {

using projections::RebuildPhase;

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

RebuildJob::RebuildJob(Core& core)
    : core_(core),
      rebuild_(core.parts().executor, projections::LogReader(core.parts().log), core.parts().views,
               core.runner(), {},
               [this](const projections::RebuildState& state) { on_progress(state); }) {}

// What waits for an administrator, or follows the log until then, does not keep others from work.
bool RebuildJob::is_busy() const {
  const auto phase = rebuild_.state().phase;
  return phase == RebuildPhase::building || phase == RebuildPhase::comparing ||
         phase == RebuildPhase::filling;
}

bool RebuildJob::begins_work(std::string_view action) const {
  return action == "start" || action == "resume" || action == "accept" || action == "roll-back";
}

void RebuildJob::stop() {
  if (under_way(rebuild_.state().phase)) cancel({"服务停止", "the server stops"}, true);
}

void RebuildJob::cancel(Text why, bool keep) {
  cancelled_ = std::move(why);
  rebuild_.cancel(cancelled_.en, keep);
}

// What the rebuild adds to the reason of a cancel is what then went wrong.
Text RebuildJob::reason() const {
  const auto& state = rebuild_.state();
  if (state.phase != RebuildPhase::cancelled) return reason_of_rebuild(state.reason);
  const auto more = state.reason.substr(std::min(cancelled_.en.size(), state.reason.size()));
  return {cancelled_.zh + more, state.reason};
}

Reply RebuildJob::act(const std::string& action, const HttpRequest& request) {
  projections::RebuildRequest wanted;
  bool keep = false;
  for (const auto& [name, value] : request.query) {
    if (name == "view") wanted.views.push_back(value);
    if (name == "switch") wanted.switch_when_equal = value != "false";
    if (name == "keep") keep = value != "false";
  }
  if (auto unknown = unknown_view(wanted.views)) return *std::move(unknown);
  bool done = false;
  if (action == "start" || action == "resume") {
    phase_ = RebuildPhase::idle;
    done = action == "start" ? rebuild_.start(wanted) : rebuild_.resume(wanted);
    if (!done && action == "resume" && !under_way(rebuild_.state().phase)) return nothing_kept();
  } else if (action == "accept") {
    done = rebuild_.accept();
  } else if (action == "roll-back") {
    done = rebuild_.roll_back();
    if (!done && !under_way(rebuild_.state().phase)) return nothing_previous();
  } else if (action == "cancel") {
    done = under_way(rebuild_.state().phase);
    if (done) cancel({"管理员取消", "cancelled by an administrator"}, keep);
  } else {
    return unknown_action("start、resume、accept、cancel、roll-back");
  }
  if (!done) return not_possible(*this, name_of(rebuild_.state().phase), action);
  return accepted(*this);
}

std::optional<Reply> RebuildJob::unknown_view(const std::vector<std::string>& names) const {
  std::string known;
  for (const auto& view : core_.runner().views()) {
    known += (known.empty() ? "" : " ") + view.name;
  }
  for (const auto& name : names) {
    const auto is_it = [&](const projections::View& view) { return view.name == name; };
    if (std::ranges::any_of(core_.runner().views(), is_it)) continue;
    return problem(404, "unknown-view", {"没有这个视图", "Unknown view"},
                   {"没有名为“" + name + "”的视图；视图有 " + known + "。",
                    "There is no view \"" + name + "\"; there are " + known + "."});
  }
  return std::nullopt;
}

Reply RebuildJob::nothing_kept() {
  return problem(
      409, "nothing-to-resume", {"没有可继续的重建", "Nothing to resume"},
      {"没有中断后保留的重建，请重新开始。", "No interrupted rebuild was kept; start one."});
}

Reply RebuildJob::nothing_previous() {
  return problem(409, "nothing-to-roll-back", {"没有可退回的视图", "Nothing to roll back to"},
                 {"没有保留的旧视图：切换之后才有，下一次重建时删除。",
                  "No earlier views are kept: a switch keeps them until the next rebuild."});
}

void RebuildJob::on_progress(const projections::RebuildState& state) {
  const auto now = core_.parts().clock.now_us();
  const bool moved_on = state.phase != phase_;
  if (moved_on) pace_.begin(now, state.position);
  phase_ = state.phase;
  pace_.reached(now, state.position);
  if (moved_on || pace_.is_due()) core_.jobs().tell(*this);
}

std::string RebuildJob::state_json() const {
  const auto& state = rebuild_.state();
  std::string body;
  json::Writer out(body, kPlain);
  begin_state(out, *this, name_of(state.phase));
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
  if (state.phase == RebuildPhase::building) {
    pace_.write(out, "eventsPerSecond", state.head);
  }
  out.key("resumable");
  out.boolean(!under_way(state.phase) && core_.parts().views.has_beside());
  out.key("canRollBack");
  out.boolean(!under_way(state.phase) && core_.parts().views.has_previous());
  if (state.compared_at) {
    out.key("comparedAt");
    out.big(*state.compared_at);
  }
  out.key("differenceCount");
  out.big(state.difference_count);
  if (!state.reason.empty()) write_reason(out, reason());
  append_differences(body, state);
  body += '}';
  return body;
}

}  // namespace silkledger::server
