// What a live client is shown of the log: old events read at its own speed, many to a buffer, then
// the newest from the ring, each framed once for everybody.
#include <algorithm>
#include <utility>

#include "server/core/live/live_connection.h"
#include "server/core/live/live_hub.h"
#include "server/core/metrics.h"

namespace silkledger::server {
namespace {

bool any_of(const std::set<std::string>& wanted, const std::vector<std::string>& given) {
  return std::any_of(given.begin(), given.end(),
                     [&](const auto& one) { return wanted.contains(one); });
}

}  // namespace

Telling LiveConnectionState::telling() const {
  return {core_.sequencer().reference(), core_.sealer(), standing_->who.grants.sees_persons};
}

bool LiveConnectionState::wanted(const EventPart& event) const {
  if (events_->subjects && !events_->subjects->contains(event.subject)) return false;
  if (events_->units && !any_of(*events_->units, event.units)) return false;
  return visible(event, standing_->sight);
}

// True when there is more to send than one turn allows.
bool LiveConnectionState::pump_events() {
  if (!events_) return false;
  const auto applied = core_.runner().applied();
  if (events_->next <= applied) {
    if (hub_.recent(events_->next)) {
      pump_recent();
    } else if (!hub_.is_to_come(events_->next) && !catch_up(applied)) {
      return false;
    }
    const bool done = events_->next > applied || hub_.is_to_come(events_->next);
    if (!done || blocked_) return !blocked_;
  }
  say_caught_up(std::min(applied, events_->next - 1));
  return false;
}

bool LiveConnectionState::wants_everything() const {
  return !events_->subjects && !events_->units && standing_->sight.grants().reads_everything;
}

void LiveConnectionState::pump_recent() {
  const auto telling = this->telling();
  const auto first = events_->next;
  const auto* fresh = wants_everything() ? hub_.fresh(first, encoding_, telling) : nullptr;
  if (fresh != nullptr) {
    blocked_ = !outlet_->send(*fresh, first);
    if (blocked_) return;
    events_->next = hub_.last_recent() + 1;
    return core_.metrics().frames_sent(events_->next - first);
  }
  std::uint64_t sent = 0;
  const auto until = first + core_.parts().limits.pump_frames_max - 1;
  while (events_->next <= until && !blocked_) {
    const auto* frame = hub_.recent(events_->next);
    if (frame == nullptr) break;
    if (wanted((*frame)->part())) {
      blocked_ = !outlet_->send((*frame)->wire(encoding_, telling), events_->next);
      if (blocked_) break;
      ++sent;
    }
    ++events_->next;
  }
  core_.metrics().frames_sent(sent);
}

// One buffer of frames for this client alone, read from the log.
bool LiveConnectionState::catch_up(std::uint64_t applied) {
  const auto& limits = core_.parts().limits;
  const auto telling = this->telling();
  std::string bytes;
  std::uint64_t sent = 0;
  std::uint64_t first = 0;
  auto read = each_event(core_.parts().log, *core_.runner().snapshot(), events_->next, applied,
                         limits.catch_up_records_max, [&](const EventPart& event) {
                           if (!wanted(event)) return true;
                           if (sent++ == 0) first = event.header.position;
                           append_event_frame(bytes, event, encoding_, telling);
                           return bytes.size() < limits.catch_up_bytes;
                         });
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) {
    core_.parts().say(LogLevel::error, "live_read_failed", {{"detail", error->detail}});
    return false;
  }
  events_->next = std::get<std::uint64_t>(read);
  if (sent > 0) send(std::make_shared<const std::string>(std::move(bytes)), first);
  core_.metrics().frames_sent(sent);
  return true;
}

void LiveConnectionState::say_caught_up(std::uint64_t applied) {
  if (std::exchange(events_->caught_up_said, true)) return;
  const auto& log = core_.parts().log;
  send(
      render(schema::LiveCaughtUp{"events", applied, log.head().position, log.epoch()}, encoding_));
}

}  // namespace silkledger::server
