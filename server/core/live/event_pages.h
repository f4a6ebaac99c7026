// Old events as they go out: framed once and shared by everybody who catches up over the same
// stretch of the log. The past does not change, so a page is good for as long as it is kept; those
// that say names (JSON) for as long as the registry says the same.
//
// Bounded by bytes; what was not used for longest goes first. Whoever still sends a page that went
// keeps it alive, within the bounds of their outbox.
//
// Threads: the core executor's.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "server/core/live/event_frame.h"

namespace silkledger::server {

// Positions of one page; pages begin at 1, 129, 257, …
inline constexpr std::uint64_t kPagePositions = 128;

inline std::uint64_t page_of(std::uint64_t position) {
  return (position - 1) / kPagePositions * kPagePositions + 1;
}

// The frames of successive events, and to which group each of them belongs: events of one group are
// wanted by the same readers.
class EventPage {
 public:
  explicit EventPage(std::uint64_t first) : first_(first) {}

  // Events in their order.
  void add(const EventPart& event, Encoding encoding, const Telling& telling);

  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return first_ + events_.size(); }  // position behind the last
  const std::string& frames() const { return frames_; }
  std::uint64_t bytes() const { return bytes_ + frames_.size(); }

  struct Group {
    std::string stream;  // what of its name decides who may see it
    std::string subject;
    std::vector<std::string> units;
    friend auto operator<=>(const Group&, const Group&) = default;
  };
  const std::vector<Group>& groups() const { return groups_; }
  std::size_t group_of(std::uint64_t position) const { return event(position).group; }
  // Where in frames() the frame of that event begins; for end(), where the last one ends.
  std::size_t begin_of(std::uint64_t position) const {
    return position == first_ ? 0 : event(position - 1).frame_end;
  }

 private:
  struct Event {
    std::size_t frame_end;
    std::size_t group;
  };
  const Event& event(std::uint64_t position) const { return events_[position - first_]; }

  std::uint64_t first_;
  std::vector<Group> groups_;
  std::vector<Event> events_;
  std::string frames_;
  std::uint64_t bytes_ = 0;  // of all but the frames, about
};

using EventPagePtr = std::shared_ptr<const EventPage>;

class EventPages {
 public:
  // 0: none are kept, nor made.
  explicit EventPages(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}

  struct Key {
    std::uint64_t first = 1;
    Encoding encoding = Encoding::json;
    bool persons_in_clear = false;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  bool enabled() const { return bytes_max_ > 0; }
  // Null when it is not kept, or says names as they were at another revision of the registry.
  EventPagePtr find(const Key& key, std::uint64_t revision);
  void keep(const Key& key, std::uint64_t revision, EventPagePtr page);

  // Other views are served, which may say otherwise who took part.
  void forget_all();

  std::uint64_t bytes() const { return bytes_; }

 private:
  struct Kept {
    Key key;
    std::uint64_t revision = 0;
    EventPagePtr page;
  };
  using Place = std::list<Kept>::iterator;

  void forget(Place place);

  std::uint64_t bytes_max_;
  std::uint64_t bytes_ = 0;
  std::list<Kept> kept_;  // the last used in front
  std::map<Key, Place> places_;
};

// Reads and frames a page: its events up to `kPagePositions`, or fewer where they are large.
// Requires: the log and the snapshot hold all of them.
eventstore::StoreResult<EventPagePtr> read_page(const eventstore::EventStore& log,
                                                const projections::ViewSnapshot& snapshot,
                                                std::uint64_t first, Encoding encoding,
                                                const Telling& telling);

}  // namespace silkledger::server
