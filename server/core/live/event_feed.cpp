// What a live client is shown of the log: old events at its own speed, from pages that are framed
// once for everybody; then the newest from the ring, each framed once for everybody.
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

bool LiveConnectionState::wanted(std::string_view stream, const std::string& subject,
                                 const std::vector<std::string>& units) const {
  if (events_->subjects && !events_->subjects->contains(subject)) return false;
  if (events_->units && !any_of(*events_->units, units)) return false;
  return visible(stream, units, standing_->sight);
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
    const auto part = (*frame)->part();
    if (wanted(part.header.stream, part.subject, part.units)) {
      blocked_ = !outlet_->send((*frame)->wire(encoding_, telling), events_->next);
      if (blocked_) break;
      ++sent;
    }
    ++events_->next;
  }
  core_.metrics().frames_sent(sent);
}

// The page of a position, when all of it is in the past and the position is in it.
EventPagePtr LiveConnectionState::page_at(std::uint64_t position, std::uint64_t applied) {
  auto& pages = hub_.pages();
  const auto first = page_of(position);
  if (!pages.enabled() || first + kPagePositions - 1 > applied) return nullptr;
  const auto telling = this->telling();
  const EventPages::Key key{first, encoding_, telling.persons_in_clear};
  const auto revision = hub_.registry().revision;
  auto page = pages.find(key, revision);
  if (!page) {
    auto read = read_page(core_.parts().log, *core_.runner().snapshot(), first, encoding_, telling);
    if (std::holds_alternative<eventstore::StoreError>(read)) return nullptr;  // said by catch_up
    page = std::get<EventPagePtr>(std::move(read));
    pages.keep(key, revision, page);
  }
  return position < page->end() ? page : nullptr;
}

// What this client wants of a page from its cursor on: the page itself if that is all of it.
void LiveConnectionState::send_page(const EventPagePtr& page) {
  std::vector<bool> wants;
  wants.reserve(page->groups().size());
  for (const auto& group : page->groups()) {
    wants.push_back(wanted(group.stream, group.subject, group.units));
  }
  auto& next = events_->next;
  const std::uint64_t bytes_max = core_.parts().limits.catch_up_bytes;
  const bool all = std::find(wants.begin(), wants.end(), false) == wants.end();
  if (all && next == page->first() && page->frames().size() <= bytes_max) {
    core_.metrics().frames_sent(page->end() - next);
    next = page->end();
    return send(WireFrames(page, &page->frames()), page->first());
  }
  std::string bytes;
  std::uint64_t sent = 0;
  std::uint64_t first = 0;
  bytes.reserve(std::min(bytes_max, page->frames().size() - page->begin_of(next)));
  for (; next < page->end() && bytes.size() < bytes_max; ++next) {
    if (!wants[page->group_of(next)]) continue;
    if (sent++ == 0) first = next;
    const auto begin = page->begin_of(next);
    bytes.append(page->frames(), begin, page->begin_of(next + 1) - begin);
  }
  if (sent > 0) send(std::make_shared<const std::string>(std::move(bytes)), first);
  core_.metrics().frames_sent(sent);
}

// One buffer of frames for this client: a page of the past, or else read from the log for it alone.
bool LiveConnectionState::catch_up(std::uint64_t applied) {
  if (const auto page = page_at(events_->next, applied)) {
    send_page(page);
    return true;
  }
  const auto& limits = core_.parts().limits;
  const auto telling = this->telling();
  std::string bytes;
  std::uint64_t sent = 0;
  std::uint64_t first = 0;
  auto read = each_event(core_.parts().log, *core_.runner().snapshot(), events_->next, applied,
                         limits.catch_up_records_max, [&](const EventPart& event) {
                           if (!wanted(event.header.stream, event.subject, event.units))
                             return true;
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
