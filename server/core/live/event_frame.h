// One event of the log as it is pushed and shown in histories: framed once for each encoding and
// each right to see persons, shared by everybody who may see it.
//
// Threads: the core executor's.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/registry/reference.h"
#include "eventstore/event_store.h"
#include "projections/view_store.h"
#include "server/core/live/live_codec.h"
#include "server/core/live/sight.h"
#include "server/core/sealing.h"

namespace silkledger::server {

// An event and what the audit view says it belongs to. Views: nothing is owned.
struct EventPart {
  const eventstore::RecordHeader& header;
  std::string_view stored;     // canonical bytes of a StoredEvent
  const std::string& subject;  // "project/P1", or empty
  const std::vector<std::string>& units;
};

// Whether an event of that stream, in which these units take part, may be seen.
bool visible(std::string_view stream, const std::vector<std::string>& units, const Sight& sight);
// What of a stream's name visible() looks at: it answers the same for this as for the name.
std::string_view deciding_part(std::string_view stream);

// How an event is told.
struct Telling {
  const domain::Reference& reference;
  PersonalSealer& sealer;
  bool persons_in_clear = false;
};

// {"type":"event","position":…,…,"zh":…,"en":…,"stored":{…}}
void append_event_json(std::string& out, const EventPart& event, const Telling& telling);
// A whole WebSocket frame behind what `out` holds.
void append_event_frame(std::string& out, const EventPart& event, Encoding encoding,
                        const Telling& telling);

class EventFrame {
 public:
  EventFrame(eventstore::RecordHeader header, std::string stored, std::string subject,
             std::vector<std::string> units)
      : header_(std::move(header)),
        stored_(std::move(stored)),
        subject_(std::move(subject)),
        units_(std::move(units)) {}

  EventPart part() const { return {header_, stored_, subject_, units_}; }
  std::uint64_t position() const { return header_.position; }
  // What it takes with its renderings, at most: they come later.
  std::size_t bytes_max() const;

  const WireFrames& wire(Encoding encoding, const Telling& telling) const;

 private:
  eventstore::RecordHeader header_;
  std::string stored_;
  std::string subject_;
  std::vector<std::string> units_;
  // By encoding; masked, in clear.
  mutable std::array<std::array<WireFrames, 2>, 2> wires_;
};

using EventFramePtr = std::shared_ptr<const EventFrame>;

// Calls `each` for up to `records_max` events from a position, with what they belong to; the one
// for which it answers false is the last. Requires: the snapshot is at or beyond `until`, the last
// position wanted. Answers the next position, or why the log or the view cannot be read.
eventstore::StoreResult<std::uint64_t> each_event(
    const eventstore::EventStore& log, const projections::ViewSnapshot& snapshot,
    std::uint64_t from, std::uint64_t until, std::uint32_t records_max,
    const std::function<bool(const EventPart&)>& each);

eventstore::StoreResult<std::vector<EventFramePtr>> read_frames(
    const eventstore::EventStore& log, const projections::ViewSnapshot& snapshot,
    std::uint64_t from, std::uint64_t until, std::uint32_t records_max);

}  // namespace silkledger::server
