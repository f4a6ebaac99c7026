#include "server/core/live/event_pages.h"

#include <algorithm>
#include <utility>

namespace silkledger::server {

// Neighbours often are of one project, so the last groups are looked at first.
void EventPage::add(const EventPart& event, Encoding encoding, const Telling& telling) {
  const auto stream = deciding_part(event.header.stream);
  const auto same = std::find_if(groups_.rbegin(), groups_.rend(), [&](const Group& group) {
    return group.subject == event.subject && group.stream == stream && group.units == event.units;
  });
  std::size_t group = groups_.size() - 1 - static_cast<std::size_t>(same - groups_.rbegin());
  if (same == groups_.rend()) {
    group = groups_.size();
    groups_.push_back({std::string(stream), event.subject, event.units});
    bytes_ += sizeof(Group) + stream.size() + event.subject.size();
    for (const auto& unit : event.units) bytes_ += sizeof unit + unit.size();
  }
  append_event_frame(frames_, event, encoding, telling);
  events_.push_back({frames_.size(), group});
  bytes_ += sizeof(Event);
}

EventPagePtr EventPages::find(const Key& key, std::uint64_t revision) {
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  const auto place = found->second;
  if (key.encoding == Encoding::json && place->revision != revision) {
    forget(place);
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, place);
  return place->page;
}

void EventPages::keep(const Key& key, std::uint64_t revision, EventPagePtr page) {
  if (!enabled()) return;
  if (const auto found = places_.find(key); found != places_.end()) forget(found->second);
  bytes_ += page->bytes();
  kept_.push_front({key, revision, std::move(page)});
  places_.emplace(key, kept_.begin());
  while (bytes_ > bytes_max_) forget(std::prev(kept_.end()));
}

void EventPages::forget_all() {
  kept_.clear();
  places_.clear();
  bytes_ = 0;
}

void EventPages::forget(Place place) {
  bytes_ -= place->page->bytes();
  places_.erase(place->key);
  kept_.erase(place);
}

eventstore::StoreResult<EventPagePtr> read_page(const eventstore::EventStore& log,
                                                const projections::ViewSnapshot& snapshot,
                                                std::uint64_t first, Encoding encoding,
                                                const Telling& telling) {
  auto page = std::make_shared<EventPage>(first);
  auto read = each_event(log, snapshot, first, first + kPagePositions - 1, kPagePositions,
                         [&](const EventPart& event) {
                           page->add(event, encoding, telling);
                           return true;
                         });
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) return std::move(*error);
  return EventPagePtr(std::move(page));
}

}  // namespace silkledger::server
