// The hub keeps the live connections and gathers what changed into waves: in each wave every
// connection sends what it can take, from its own cursor.
//
// When it is quiet a wave leaves at once; under load what comes within wave_ms of the last one
// leaves with the next. A wave serves some clients and lets others have the executor in between.
//
// Threads: the core executor's. Ownership: belongs to the Core; connections are kept by the edge
// and unlist themselves when they end.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/runner.h"
#include "server/core/live/event_ring.h"
#include "server/core/live/standing.h"
#include "server/edge.h"

namespace silkledger::server {

class Core;
class LiveConnectionState;

class LiveHub {
 public:
  explicit LiveHub(Core& core);

  LiveOpening open(LiveRequest request, std::shared_ptr<LiveOutlet> outlet);
  void closed(LiveConnectionState* connection, const std::string& person);

  // From the runner: these events were folded and these rows changed.
  void on_applied(const projections::Applied& applied);
  // Another set of views is served: every board starts again from a snapshot.
  void on_switched();
  // To everybody who follows the jobs; `body` is a JSON object.
  void on_job(const std::string& name, const std::string& body);

  // The frame at a position when it is among the newest, or null: then it is read from the log.
  const EventFramePtr* recent(std::uint64_t position) const { return ring_.at(position); }

  RegistryState registry() const;
  // What that token is worth now; nothing when it is no longer good.
  std::shared_ptr<const Standing> standing(const Standing& earlier);

  // Ends every connection, telling each from where to resume.
  void close_all(CloseCode code, const std::string& reason);
  std::weak_ptr<bool> alive() const { return alive_; }
  std::size_t connections() const { return connections_.size(); }
  std::uint64_t ring_bytes() const { return ring_.bytes(); }
  std::uint64_t queued_bytes() const;

 private:
  std::shared_ptr<const Standing> standing_of(std::optional<Identity> who);
  void schedule_wave();
  void begin_wave();
  void serve_some();
  void fill_ring();
  void post(std::function<void()> work);

  Core& core_;
  EventRing ring_;
  // In no order that anybody sees; each knows its place by the second map.
  std::vector<LiveConnectionState*> connections_;
  std::unordered_map<LiveConnectionState*, std::size_t> places_;
  std::map<std::string, std::uint32_t> by_person_;
  std::unordered_map<std::string, std::shared_ptr<const Standing>> standings_;  // by token's hash
  RegistryState standings_at_;
  std::int64_t last_wave_us_ = 0;
  bool wave_due_ = false;
  bool wave_wanted_ = false;  // something changed while a wave was under way
  std::size_t to_serve_ = 0;  // connections that the wave under way has not served yet
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
