#include "server/core/live/live_connection.h"

#include <algorithm>
#include <utility>

#include "server/core/api/command_api.h"
#include "server/core/live/live_codec.h"
#include "server/core/live/live_hub.h"
#include "server/core/metrics.h"
#include "server/core/query_service.h"

namespace silkledger::server {
namespace {

// Why a client cannot go on from that position: the log was restored, and what the client has seen
// is not all of its history.
std::optional<Reply> refuse_resuming(Core& core, std::uint64_t from,
                                     std::optional<std::uint64_t> epoch) {
  const auto head = core.parts().log.head();
  const std::string now = std::to_string(head.epoch);
  if (epoch) {
    for (const auto& began : core.sequencer().reference().epochs()) {
      if (began.epoch <= *epoch || from <= began.position + 1) continue;
      return epoch_changed(head.epoch, *epoch, began.position);
    }
  }
  if (from <= head.position + 1) return std::nullopt;
  const std::string end = std::to_string(head.position);
  return problem(
      409, "position-ahead", {"位置超前", "Position ahead of the log"},
      {"起始位置超过账本末尾 " + end + "（第 " + now + " 纪元），账本可能已恢复到较早状态。",
       "The position lies beyond the log's head " + end + " (epoch " + now +
           "); the log may have been restored to an earlier state."});
}

std::optional<std::set<std::string>> as_set(const std::optional<std::vector<std::string>>& list) {
  if (!list) return std::nullopt;
  return std::set<std::string>(list->begin(), list->end());
}

}  // namespace

LiveConnectionState::LiveConnectionState(Core& core, LiveHub& hub,
                                         std::shared_ptr<const Standing> standing,
                                         Encoding encoding, std::shared_ptr<LiveOutlet> outlet)
    : core_(core),
      hub_(hub),
      hub_alive_(hub.alive()),
      standing_(std::move(standing)),
      outlet_(std::move(outlet)),
      encoding_(encoding) {}

LiveConnectionState::~LiveConnectionState() {
  if (!hub_alive_.expired()) hub_.closed(this, standing_->who.grants.person);
}

void LiveConnectionState::on_closed() {
  open_ = false;
  events_.reset();
  boards_.clear();
  hub_.closed(this, standing_->who.grants.person);
}

void LiveConnectionState::close(CloseCode code, const std::string& reason) {
  if (!std::exchange(open_, false)) return;
  outlet_->close(code, reason);
}

// What is queued and not begun is dropped when the connection closes: the first event of it, or
// else of what waits here, is the first one that the client cannot have got.
std::string LiveConnectionState::stalled_reason() {
  std::uint64_t position = outlet_->first_kept_back();
  for (const auto& unsent : unsent_) {
    if (position == 0) position = unsent.position;
  }
  if (position == 0 && events_) position = events_->next;
  return "stalled; resume events from " + std::to_string(position);
}

void LiveConnectionState::on_message(std::string message) {
  if (!still_allowed()) return;
  const auto read = read_message(message, encoding_, &core_.sealer());
  if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&read)) {
    return refuse("", invalid_json(*errors));
  }
  std::visit([this](const auto& body) { take(body); }, std::get<schema::LiveMessage>(read));
}

void LiveConnectionState::take(const schema::LiveCommand& message) {
  if (commands_ >= core_.parts().limits.commands_per_connection_max) {
    return answer(
        message.command_id,
        unavailable({"本连接未答复的命令过多，请等待答复后再发。",
                     "Too many unanswered commands on this connection; wait for answers."},
                    1));
  }
  ++commands_;
  send_command(core_, standing_->who, message.command_id, message.request,
               [self = weak_from_this(), id = message.command_id](const Reply& reply) {
                 if (auto connection = self.lock()) {
                   --connection->commands_;
                   connection->answer(id, reply);
                 }
               });
}

void LiveConnectionState::take(const schema::LiveSubscribeEvents& message) {
  if (events_) {
    return refuse("events",
                  problem(409, "already-subscribed", {"已订阅", "Already subscribed"},
                          {"本连接已订阅事件，请先退订。",
                           "This connection follows events already; unsubscribe first."}));
  }
  if (auto refused = refuse_resuming(core_, message.from, message.epoch)) {
    return refuse("events", *refused);
  }
  const auto head = core_.parts().log.head().position;
  events_ =
      std::make_unique<Events>(Events{std::max<std::uint64_t>(1, message.from),
                                      as_set(message.subjects), as_set(message.units), false});
  send(render(schema::LiveSubscribed{"events", events_->next, core_.runner().applied(), head,
                                     core_.parts().log.epoch()},
              encoding_));
  pump();
}

void LiveConnectionState::take(const schema::LiveSubscribeRows& message) {
  if (boards_.size() >= core_.parts().limits.subscriptions_per_connection_max ||
      boards_.contains(message.topic)) {
    return refuse(message.topic,
                  problem(409, "already-subscribed", {"不能再订阅", "Cannot subscribe"},
                          {"该主题已订阅，或本连接的订阅数已达上限。",
                           "The topic is in use, or this connection has too many subscriptions."}));
  }
  Board board;
  board.view = message.view;
  for (const auto& filter : message.filters.value_or(std::vector<schema::LiveFilter>{})) {
    board.filters.push_back({filter.field, filter.value});
  }
  boards_.emplace(message.topic, std::move(board));
  pump();
}

void LiveConnectionState::take(const schema::LiveSubscribeJobs&) {
  if (!standing_->who.grants.administers) {
    return refuse("jobs", forbidden({"仅管理员可查看任务。", "Jobs are for administrators."}));
  }
  jobs_ = true;
  schema::LiveSubscribed jobs;
  jobs.topic = "jobs";
  send(render(std::move(jobs), encoding_));
}

void LiveConnectionState::take(const schema::LiveUnsubscribe& message) {
  if (message.topic == "events") events_.reset();
  if (message.topic == "jobs") jobs_ = false;
  boards_.erase(message.topic);
  send(render(schema::LiveUnsubscribed{message.topic}, encoding_));
}

void LiveConnectionState::send(WireFrames frames, std::uint64_t position) {
  if (!open_) return;
  unsent_.push_back({std::move(frames), position});
  if (unsent_.size() > core_.parts().limits.unsent_frames_max) {
    return close(CloseCode::policy, "too many requests without reading the answers");
  }
  if (!blocked_) flush();
}

// True when the outbox took everything.
bool LiveConnectionState::flush() {
  std::size_t taken = 0;
  while (taken < unsent_.size() && !blocked_) {
    blocked_ = !outlet_->send(unsent_[taken].frames, unsent_[taken].position);
    if (!blocked_) ++taken;
  }
  core_.metrics().frames_sent(taken);
  unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(taken));
  if (unsent_.empty()) unsent_ = {};
  return !blocked_;
}

void LiveConnectionState::answer(const std::string& command_id, const Reply& reply) {
  send(render_answer(command_id, reply, encoding_));
}

void LiveConnectionState::refuse(const std::string& topic, const Reply& reply) {
  send(render_problem(topic, reply, encoding_));
}

void LiveConnectionState::job(const std::string& name, const std::string& body) {
  if (jobs_) send(render_job(name, body, encoding_));
}

void LiveConnectionState::note_changes(const projections::Applied& applied) {
  const auto most = core_.parts().limits.dirty_rows_max;
  for (auto& [topic, board] : boards_) {
    for (const auto& row : applied.rows) {
      if (row.view != board.view) continue;
      // Not even the key of a row that may not be seen is told.
      if (row.units && !standing_->sight.may_read(*row.units)) continue;
      board.dirty.insert(row.key);
    }
    if (board.dirty.size() > most) {
      // Too much changed to tell it row by row: the board is sent anew.
      board.dirty.clear();
      board.cursor.clear();
      board.in_snapshot = true;
    }
  }
}

void LiveConnectionState::start_boards_again() {
  for (auto& [topic, board] : boards_) {
    board.dirty.clear();
    board.cursor.clear();
    board.in_snapshot = true;
  }
}

// A token revoked or a role lost ends the connection at the next thing it would see (checked at
// each wave).
bool LiveConnectionState::still_allowed() {
  if (!open_) return false;
  if (standing_->at == hub_.registry()) return true;
  auto now = hub_.standing(*standing_);
  if (!now) {
    close(CloseCode::unauthorised, "the token is no longer valid");
    return false;
  }
  standing_ = std::move(now);
  return true;
}

void LiveConnectionState::on_writable() {
  blocked_ = false;
  pump();
}

void LiveConnectionState::pump() {
  if (blocked_ || !still_allowed() || !flush()) return;
  bool more = pump_events();
  // A refused view drops out of the map while it is walked.
  for (auto next = boards_.begin(); next != boards_.end() && !blocked_;) {
    const auto current = next++;
    const std::string topic = current->first;
    more = pump_board(topic, current->second) || more;
  }
  if (!more || blocked_ || again_) return;
  again_ = true;
  core_.parts().executor.post([self = weak_from_this()] {
    if (auto connection = self.lock()) {
      connection->again_ = false;
      connection->pump();
    }
  });
}

}  // namespace silkledger::server
