#include "server/core/live/live_hub.h"

#include <algorithm>

#include "server/core/core.h"
#include "server/core/live/live_connection.h"
#include "server/core/metrics.h"

namespace silkledger::server {

LiveHub::LiveHub(Core& core) : core_(core), ring_(core.parts().limits.ring_bytes_max) {}

LiveOpening LiveHub::open(LiveRequest request, std::shared_ptr<LiveOutlet> outlet) {
  auto who = core_.identify(request.token);
  if (!who) return {nullptr, to_http(unauthorised())};
  auto& of_person = by_person_[who->grants.person];
  if (of_person >= core_.parts().limits.connections_per_person_max) {
    return {nullptr,
            to_http(problem(429, "too-many-connections", {"连接过多", "Too many connections"},
                            {"同一人员的实时连接数已达上限，请关闭不用的页面。",
                             "This person has too many live connections; close some."}))};
  }
  ++of_person;
  auto connection =
      std::make_shared<LiveConnectionState>(core_, *this, std::move(*who), std::move(outlet));
  connections_.insert(connection.get());
  core_.metrics().live_opened();
  return {connection, {}};
}

void LiveHub::closed(LiveConnectionState* connection, const std::string& person) {
  if (connections_.erase(connection) == 0) return;
  core_.metrics().live_closed();
  if (auto found = by_person_.find(person); found != by_person_.end() && --found->second == 0) {
    by_person_.erase(found);
  }
}

void LiveHub::on_applied(const projections::Applied& applied) {
  for (auto* connection : connections_) connection->note_changes(applied);
  schedule_wave();
}

void LiveHub::on_switched() {
  for (auto* connection : connections_) connection->start_boards_again();
  schedule_wave();
}

void LiveHub::on_job(const std::shared_ptr<const std::string>& frame) {
  for (auto* connection : connections_) connection->job(frame);
}

void LiveHub::schedule_wave() {
  if (wave_due_ || connections_.empty()) return;
  wave_due_ = true;
  core_.parts().executor.post_after(std::chrono::milliseconds(core_.parts().limits.wave_ms),
                                    [this, alive = std::weak_ptr<bool>(alive_)] {
                                      if (!alive.expired()) wave();
                                    });
}

void LiveHub::wave() {
  wave_due_ = false;
  // A connection may end while it is served; the edge keeps it alive until its on_closed()
  // returned.
  const std::vector<LiveConnectionState*> served(connections_.begin(), connections_.end());
  for (auto* connection : served) {
    if (connections_.contains(connection)) connection->pump();
  }
}

std::vector<EventFramePtr> LiveHub::frames(std::uint64_t from, std::uint64_t applied,
                                           std::uint32_t count) {
  std::vector<EventFramePtr> out;
  while (out.size() < count && from <= applied) {
    const auto* held = ring_.at(from);
    if (!held) break;
    out.push_back(*held);
    ++from;
  }
  if (!out.empty() || from > applied) return out;
  auto read = read_frames(core_.parts().log, *core_.runner().snapshot(), from, applied, count);
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) {
    core_.parts().say(LogLevel::error, "live_read_failed", {{"detail", error->detail}});
    return {};
  }
  out = std::move(std::get<FramesRead>(read).frames);
  // Only the newest events are worth sharing: old ones are read by whoever catches up.
  const bool continues = !out.empty() && (ring_.last() + 1 == out.front()->position() ||
                                          out.back()->position() == applied);
  if (continues) {
    for (const auto& frame : out) ring_.push(frame);
  }
  return out;
}

void LiveHub::close_all(CloseCode code, const std::string& reason) {
  const std::vector<LiveConnectionState*> closing(connections_.begin(), connections_.end());
  for (auto* connection : closing) connection->close(code, reason);
}

}  // namespace silkledger::server
