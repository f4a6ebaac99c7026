// The hub keeps the live connections and gathers what changed into waves: after each wave every
// connection sends what it can take, from its own cursor.
//
// Threads: the core executor's. Ownership: belongs to the Core; connections are kept by the edge
// and unlist themselves when they end.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "projections/runner.h"
#include "server/core/live/event_ring.h"
#include "server/edge.h"

namespace silkledger::server {

class Core;
class LiveConnectionState;
struct Identity;

class LiveHub {
 public:
  explicit LiveHub(Core& core);

  LiveOpening open(LiveRequest request, std::shared_ptr<LiveOutlet> outlet);
  void closed(LiveConnectionState* connection, const std::string& person);

  // From the runner: these events were folded and these rows changed.
  void on_applied(const projections::Applied& applied);
  // Another set of views is served: every board starts again from a snapshot.
  void on_switched();
  // To everybody who follows the jobs.
  void on_job(const std::shared_ptr<const std::string>& frame);

  // The frame at a position up to `applied`: from the ring, or read from the log when it is older.
  // Empty when the log cannot be read.
  std::vector<EventFramePtr> frames(std::uint64_t from, std::uint64_t applied, std::uint32_t count);

  // Ends every connection, telling each from where to resume.
  void close_all(CloseCode code, const std::string& reason);
  std::weak_ptr<bool> alive() const { return alive_; }
  std::size_t connections() const { return connections_.size(); }

 private:
  void schedule_wave();
  void wave();

  Core& core_;
  EventRing ring_;
  std::set<LiveConnectionState*> connections_;
  std::map<std::string, std::uint32_t> by_person_;
  bool wave_due_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
