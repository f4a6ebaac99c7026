// The hub keeps the live connections and gathers what changed into waves: in each wave every
// connection sends what it can take, from its own cursor.
//
// When it is quiet a wave leaves at once; under load there is a pause from the beginning of one to
// the next, the longer the more clients there are (wave_ms_min … wave_ms_max), since a send costs
// the same whatever it carries. A wave ends where the views stood when it began: what is folded
// while it is under way leaves with the next, for everybody in one send. It serves some clients and
// lets others have the executor in between.
//
// Threads: the core executor's. Ownership: belongs to the Core; connections are kept by the edge
// and unlist themselves when they end.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/runner.h"
#include "server/core/live/event_pages.h"
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
  // The views go no further: what they have is told all the same.
  void on_views_failed();
  // To everybody who follows the jobs; `body` is a JSON object.
  void on_job(const std::string& name, const std::string& body);

  // The frame at a position when it is among the newest, or null: then it is read from the log.
  const EventFramePtr* recent(std::uint64_t position) const { return ring_.at(position); }
  // All that this wave brought, for whoever stands at its beginning and may see all of it: one
  // buffer, made once. Null when the position is another or the events are too many bytes.
  const WireFrames* fresh(std::uint64_t from, Encoding encoding, const Telling& telling);
  // The wave to come brings that position: nothing is to be done for it before.
  bool is_to_come(std::uint64_t position) const {
    return position > ring_.last() && (wave_due_ || wave_wanted_);
  }
  std::uint64_t last_recent() const { return ring_.last(); }

  EventPages& pages() { return pages_; }

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
  std::int64_t pause_us() const;
  void begin_wave();
  void form_wave();
  void serve_some();
  void fill_ring();
  WireFrames joined(Encoding encoding, const Telling& telling) const;
  void post(std::function<void()> work);

  Core& core_;
  EventRing ring_;
  EventPages pages_;
  std::uint64_t told_ = 0;        // where the views stood at the wave
  std::uint64_t fresh_from_ = 1;  // the wave's events are those from here to the end of the ring
  std::array<std::array<std::optional<WireFrames>, 2>, 2> fresh_;  // as EventFrame has them
  // In no order that anybody sees; each knows its place by the second map.
  std::vector<LiveConnectionState*> connections_;
  std::unordered_map<LiveConnectionState*, std::size_t> places_;
  std::map<std::string, std::uint32_t> by_person_;
  std::unordered_map<std::string, std::shared_ptr<const Standing>> standings_;  // by token's hash
  RegistryState standings_at_;
  projections::Runner::Wait fold_;  // before the wave that is due is formed
  std::int64_t last_wave_us_ = 0;
  bool wave_due_ = false;
  bool wave_wanted_ = false;  // something changed while a wave was under way
  std::size_t to_serve_ = 0;  // connections that the wave under way has not served yet
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
