#include "server/core/live/live_hub.h"

#include <algorithm>
#include <utility>

#include "server/core/core.h"
#include "server/core/live/live_connection.h"
#include "server/core/metrics.h"

namespace silkledger::server {

LiveHub::LiveHub(Core& core)
    : core_(core),
      ring_(core.parts().limits.ring_bytes_max),
      pages_(core.parts().limits.replay_pages_bytes_max) {}

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
  const auto encoding =
      request.subprotocol == kBinarySubprotocol ? Encoding::binary : Encoding::json;
  auto connection = std::make_shared<LiveConnectionState>(core_, *this, standing_of(std::move(who)),
                                                          encoding, std::move(outlet));
  if (connections_.empty()) told_ = core_.runner().applied();  // there were no waves for nobody
  places_.emplace(connection.get(), connections_.size());
  connections_.push_back(connection.get());
  core_.metrics().live_opened();
  return {connection, {}};
}

void LiveHub::closed(LiveConnectionState* connection, const std::string& person) {
  const auto place = places_.find(connection);
  if (place == places_.end()) return;
  // A wave serves from the back: what it has not served yet must stay before its mark.
  std::size_t gap = place->second;
  if (gap < to_serve_) {
    --to_serve_;
    connections_[gap] = connections_[to_serve_];
    places_[connections_[gap]] = gap;
    gap = to_serve_;
  }
  connections_[gap] = connections_.back();
  places_[connections_[gap]] = gap;
  connections_.pop_back();
  places_.erase(connection);
  core_.metrics().live_closed();
  if (auto found = by_person_.find(person); found != by_person_.end() && --found->second == 0) {
    by_person_.erase(found);
  }
}

RegistryState LiveHub::registry() const {
  return {core_.sequencer().registry_revision(), core_.sequencer().today()};
}

std::shared_ptr<const Standing> LiveHub::standing(const Standing& earlier) {
  const auto known = standings_.find(earlier.who.secret_sha256);
  if (known != standings_.end() && known->second->at == registry()) return known->second;
  return standing_of(core_.identify_again(earlier.who));
}

std::shared_ptr<const Standing> LiveHub::standing_of(std::optional<Identity> who) {
  if (!who) return nullptr;
  const auto now = registry();
  if (!(now == std::exchange(standings_at_, now))) standings_.clear();
  auto& known = standings_[who->secret_sha256];
  if (!known) {
    Sight sight(core_.sequencer().reference(), who->grants);
    known = std::make_shared<const Standing>(Standing{now, std::move(*who), std::move(sight)});
  }
  return known;
}

void LiveHub::on_applied(const projections::Applied& applied) {
  for (auto* connection : connections_) connection->note_changes(applied);
  schedule_wave();
}

void LiveHub::on_switched() {
  pages_.forget_all();
  for (auto* connection : connections_) connection->start_boards_again();
  schedule_wave();
}

void LiveHub::on_job(const std::string& name, const std::string& body) {
  const auto told = connections_;  // one that is told may end
  for (auto* connection : told) {
    if (places_.contains(connection)) connection->job(name, body);
  }
}

void LiveHub::post(std::function<void()> work) {
  core_.parts().executor.post([work = std::move(work), alive = std::weak_ptr<bool>(alive_)] {
    if (!alive.expired()) work();
  });
}

void LiveHub::schedule_wave() {
  if (connections_.empty() || wave_due_) return;
  if (to_serve_ > 0) {
    wave_wanted_ = true;
    return;
  }
  wave_due_ = true;
  const std::int64_t gap_us = pause_us();
  const std::int64_t since_us = core_.parts().clock.now_us() - last_wave_us_;
  if (since_us >= gap_us || since_us < 0) return post([this] { begin_wave(); });
  core_.parts().executor.post_after(std::chrono::microseconds(gap_us - since_us),
                                    [this, alive = std::weak_ptr<bool>(alive_)] {
                                      if (!alive.expired()) begin_wave();
                                    });
}

std::int64_t LiveHub::pause_us() const {
  const auto& limits = core_.parts().limits;
  const auto asked =
      static_cast<std::int64_t>(connections_.size()) * std::int64_t{limits.wave_us_per_client};
  return std::max(std::int64_t{1'000} * limits.wave_ms_min,
                  std::min(std::int64_t{1'000} * limits.wave_ms_max, asked));
}

// What is durable by now is not kept waiting for others to be folded with, or it would miss the
// wave.
void LiveHub::begin_wave() {
  const auto views = core_.runner().state();
  const auto applied = core_.runner().applied();
  const bool soon = applied + core_.parts().limits.pump_frames_max >= views.head;
  if (applied >= views.head || !soon || !views.running) return form_wave();
  fold_ = core_.runner().wait_applied(views.head, [this] { form_wave(); });
}

void LiveHub::on_views_failed() {
  if (fold_) form_wave();
}

void LiveHub::form_wave() {
  fold_.reset();
  wave_due_ = false;
  wave_wanted_ = false;
  core_.metrics().wave();
  last_wave_us_ = core_.parts().clock.now_us();
  fill_ring();
  to_serve_ = connections_.size();
  serve_some();
}

// A connection may end while it is served; the edge keeps it alive until its on_closed() returned.
void LiveHub::serve_some() {
  for (std::uint32_t turn = 0; to_serve_ > 0 && turn < core_.parts().limits.wave_clients_max;
       ++turn) {
    connections_[--to_serve_]->pump();
  }
  if (to_serve_ > 0) return post([this] { serve_some(); });
  if (std::exchange(wave_wanted_, false)) schedule_wave();
}

// Only the newest events are worth sharing: old ones are read by whoever catches up.
void LiveHub::fill_ring() {
  const auto applied = core_.runner().applied();
  fresh_from_ = std::exchange(told_, applied) + 1;
  fresh_ = {};
  const bool followed = std::any_of(connections_.begin(), connections_.end(),
                                    [](const auto* one) { return one->follows_events(); });
  if (!followed) return;
  const std::uint64_t most = core_.parts().limits.pump_frames_max;
  std::uint64_t from = ring_.last() + 1;
  if (applied >= most && from < applied - most + 1) from = applied - most + 1;
  auto read = read_frames(core_.parts().log, *core_.runner().snapshot(), from, applied,
                          core_.parts().limits.pump_frames_max);
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) {
    core_.parts().say(LogLevel::error, "live_read_failed", {{"detail", error->detail}});
    return;
  }
  for (auto& frame : std::get<std::vector<EventFramePtr>>(read)) ring_.push(std::move(frame));
}

const WireFrames* LiveHub::fresh(std::uint64_t from, Encoding encoding, const Telling& telling) {
  if (from != fresh_from_) return nullptr;
  auto& known = fresh_[encoding == Encoding::binary ? 1 : 0][telling.persons_in_clear ? 1 : 0];
  if (!known) known = joined(encoding, telling);
  return *known ? &*known : nullptr;
}

WireFrames LiveHub::joined(Encoding encoding, const Telling& telling) const {
  std::string bytes;
  for (auto position = fresh_from_; const auto* frame = ring_.at(position); ++position) {
    bytes += *(*frame)->wire(encoding, telling);
    if (bytes.size() > core_.parts().limits.catch_up_bytes) return nullptr;
  }
  if (bytes.empty()) return nullptr;
  return std::make_shared<const std::string>(std::move(bytes));
}

std::uint64_t LiveHub::queued_bytes() const {
  std::uint64_t sum = 0;
  for (const auto* connection : connections_) sum += connection->queued_bytes();
  return sum;
}

void LiveHub::close_all(CloseCode code, const std::string& reason) {
  const auto closing = connections_;
  for (auto* connection : closing) {
    if (places_.contains(connection)) connection->close(code, reason);
  }
}

}  // namespace silkledger::server
