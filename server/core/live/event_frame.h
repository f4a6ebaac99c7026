// One event of the log as it is pushed and shown in histories: framed once, shared by everybody who
// may see it.
//
// Threads: the core executor's.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/registry/access.h"
#include "domain/schema/event.values.h"
#include "eventstore/event_store.h"
#include "projections/view_store.h"
#include "server/core/sealing.h"

namespace silkledger::server {

// Says who may see an event and renders it, with personal fields in clear or masked.
class EventFrame {
 public:
  EventFrame(eventstore::RecordHeader header, schema::StoredEvent stored, std::string subject,
             std::vector<std::string> units);

  std::uint64_t position() const { return header_.position; }
  const std::string& subject() const { return subject_; }
  const std::vector<std::string>& units() const { return units_; }
  std::size_t bytes() const;

  bool visible_to(const domain::Reference& reference, const domain::Grants& grants) const;

  // {"type":"event","position":…,…,"zh":…,"en":…,"stored":{…}}
  std::shared_ptr<const std::string> text(const domain::Reference& reference,
                                          PersonalSealer& sealer, bool persons_in_clear) const;

 private:
  eventstore::RecordHeader header_;
  schema::StoredEvent stored_;
  std::string subject_;  // "project/P1", or empty
  std::vector<std::string> units_;
  mutable std::array<std::shared_ptr<const std::string>, 2> texts_;  // masked, in clear
};

using EventFramePtr = std::shared_ptr<const EventFrame>;

// Reads up to `records_max` events from a position and looks up in the audit view what they belong
// to. Requires: the snapshot is at or beyond what is read; `until` is the last position wanted.
struct FramesRead {
  std::vector<EventFramePtr> frames;
  std::uint64_t next = 0;
};
eventstore::StoreResult<FramesRead> read_frames(const eventstore::EventStore& log,
                                                const projections::ViewSnapshot& snapshot,
                                                std::uint64_t from, std::uint64_t until,
                                                std::uint32_t records_max);

}  // namespace silkledger::server
