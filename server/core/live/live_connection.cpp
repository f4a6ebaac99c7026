#include "server/core/live/live_connection.h"

#include <algorithm>
#include <utility>

#include "domain/schema/json/json.h"
#include "domain/schema/protocol.json.h"
#include "server/core/api/command_api.h"
#include "server/core/live/event_frame.h"
#include "server/core/live/live_hub.h"
#include "server/core/metrics.h"
#include "server/core/query_service.h"
#include "server/core/row_json.h"

namespace silkledger::server {
namespace {

const json::EncodeOptions kPlain{};

// A frame that carries a finished JSON object under one key.
std::string envelope(std::string_view type, std::string_view key, std::string_view id, int status,
                     const std::string& body) {
  std::string text;
  json::Writer out(text, kPlain);
  out.begin_object();
  out.key("type");
  out.string(type);
  out.key(key);
  out.string(id);
  out.key("status");
  out.integer(status);
  text += ",\"body\":" + body + '}';
  return text;
}

bool any_of(const std::set<std::string>& wanted, const std::vector<std::string>& given) {
  return std::any_of(given.begin(), given.end(),
                     [&](const auto& one) { return wanted.contains(one); });
}

// Why a client cannot go on from that position: the log was restored, and what the client has seen
// is not all of its history.
std::optional<Reply> refuse_resuming(const Core& core, std::uint64_t from,
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

LiveConnectionState::LiveConnectionState(Core& core, LiveHub& hub, Identity who,
                                         std::shared_ptr<LiveOutlet> outlet)
    : core_(core),
      hub_(hub),
      hub_alive_(hub.alive()),
      who_(std::move(who)),
      outlet_(std::move(outlet)) {}

LiveConnectionState::~LiveConnectionState() {
  if (!hub_alive_.expired()) hub_.closed(this, who_.grants.person);
}

void LiveConnectionState::on_closed() {
  open_ = false;
  events_.reset();
  boards_.clear();
  hub_.closed(this, who_.grants.person);
}

void LiveConnectionState::close(CloseCode code, const std::string& reason) {
  if (!std::exchange(open_, false)) return;
  outlet_->close(code, reason);
}

std::string LiveConnectionState::stalled_reason() {
  return "stalled; resume events from " + std::to_string(events_ ? events_->next : 0);
}

void LiveConnectionState::on_message(std::string text) {
  if (!still_allowed()) return;
  auto message = json::from_json<schema::LiveMessage>(text, {{}, &core_.sealer()});
  if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&message)) {
    return refuse("", invalid_json(*errors));
  }
  std::visit([this](const auto& body) { take(body); }, std::get<schema::LiveMessage>(message));
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
  send_command(core_, who_, message.command_id, message.request,
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
  events_ = Events{std::max<std::uint64_t>(1, message.from), as_set(message.subjects),
                   as_set(message.units), false};
  std::string frame;
  json::Writer out(frame, kPlain);
  out.begin_object();
  out.key("type");
  out.string("subscribed");
  out.key("topic");
  out.string("events");
  out.key("from");
  out.big(events_->next);
  core_.queries().write_position(out, core_.runner().applied());
  out.end_object();
  send(std::move(frame));
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
  if (!who_.grants.administers) {
    return refuse("jobs", forbidden({"仅管理员可查看任务。", "Jobs are for administrators."}));
  }
  jobs_ = true;
  send(R"({"type":"subscribed","topic":"jobs"})");
}

void LiveConnectionState::take(const schema::LiveUnsubscribe& message) {
  if (message.topic == "events") events_.reset();
  if (message.topic == "jobs") jobs_ = false;
  boards_.erase(message.topic);
  std::string frame;
  json::Writer out(frame, kPlain);
  out.begin_object();
  out.key("type");
  out.string("unsubscribed");
  out.key("topic");
  out.string(message.topic);
  out.end_object();
  send(std::move(frame));
}

void LiveConnectionState::send(std::string frame) {
  send_shared(std::make_shared<const std::string>(std::move(frame)));
}

void LiveConnectionState::send_shared(std::shared_ptr<const std::string> frame) {
  if (!open_) return;
  unsent_.push_back(std::move(frame));
  if (unsent_.size() > core_.parts().limits.unsent_frames_max) {
    return close(CloseCode::policy, "too many requests without reading the answers");
  }
  if (!blocked_) flush();
}

// True when the outbox took everything.
bool LiveConnectionState::flush() {
  while (!unsent_.empty()) {
    if (!outlet_->send(unsent_.front())) {
      blocked_ = true;
      return false;
    }
    core_.metrics().frames_sent(1);
    unsent_.pop_front();
  }
  return true;
}

void LiveConnectionState::answer(const std::string& command_id, const Reply& reply) {
  send(envelope("answer", "commandId", command_id, reply.status, reply.body));
}

void LiveConnectionState::refuse(const std::string& topic, const Reply& reply) {
  send(envelope("problem", "topic", topic, reply.status, reply.body));
}

void LiveConnectionState::job(const std::shared_ptr<const std::string>& frame) {
  if (jobs_) send_shared(frame);
}

void LiveConnectionState::note_changes(const projections::Applied& applied) {
  const auto most = core_.parts().limits.dirty_rows_max;
  const auto& reference = core_.sequencer().reference();
  for (auto& [topic, board] : boards_) {
    for (const auto& row : applied.rows) {
      if (row.view != board.view) continue;
      // Not even the key of a row that may not be seen is told.
      if (row.units && !domain::may_read(reference, who_.grants, *row.units)) continue;
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
  auto now = core_.identify_again(who_);
  if (!now) {
    close(CloseCode::unauthorised, "the token is no longer valid");
    return false;
  }
  who_ = std::move(*now);
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

bool LiveConnectionState::wanted(const Events& events, const EventFrame& frame) const {
  if (events.subjects && !events.subjects->contains(frame.subject())) return false;
  if (events.units && !any_of(*events.units, frame.units())) return false;
  return frame.visible_to(core_.sequencer().reference(), who_.grants);
}

// True when there is more to send than one turn allows.
bool LiveConnectionState::pump_events() {
  if (!events_) return false;
  auto& events = *events_;
  const auto applied = core_.runner().applied();
  const auto frames = hub_.frames(events.next, applied, core_.parts().limits.pump_frames_max);
  for (const auto& frame : frames) {
    if (wanted(events, *frame)) {
      if (!outlet_->send(frame->text(core_.sequencer().reference(), core_.sealer(),
                                     who_.grants.sees_persons))) {
        blocked_ = true;
        return false;
      }
      core_.metrics().frames_sent(1);
    }
    events.next = frame->position() + 1;
  }
  if (events.next <= applied) return !frames.empty();
  if (!std::exchange(events.caught_up_said, true)) {
    std::string frame;
    json::Writer out(frame, kPlain);
    out.begin_object();
    out.key("type");
    out.string("caughtUp");
    out.key("topic");
    out.string("events");
    core_.queries().write_position(out, applied);
    out.end_object();
    send(std::move(frame));
  }
  return false;
}

}  // namespace silkledger::server
