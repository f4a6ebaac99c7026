// The newest event frames, shared by all live subscribers: a ring of frames, a cursor in each
// subscriber. Bounded by bytes; whoever needs older frames reads them from the log at its own
// speed.
//
// Threads: the core executor's.
#pragma once

#include <cstdint>
#include <deque>

#include "server/core/live/event_frame.h"

namespace silkledger::server {

class EventRing {
 public:
  explicit EventRing(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // Frames in position order. A gap to what is held starts the ring anew.
  void push(EventFramePtr frame) {
    if (!frames_.empty() && frame->position() != frames_.back()->position() + 1) {
      frames_.clear();
      bytes_ = 0;
    }
    bytes_ += frame->bytes_max();
    frames_.push_back(std::move(frame));
    while (bytes_ > bytes_max_ && frames_.size() > 1) {
      bytes_ -= frames_.front()->bytes_max();
      frames_.pop_front();
    }
  }

  // The frame at that position, or nothing when it is not (or no longer) held.
  const EventFramePtr* at(std::uint64_t position) const {
    if (frames_.empty() || position < frames_.front()->position() ||
        position > frames_.back()->position()) {
      return nullptr;
    }
    return &frames_[position - frames_.front()->position()];
  }

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t last() const { return frames_.empty() ? 0 : frames_.back()->position(); }

 private:
  std::uint64_t bytes_max_;
  std::uint64_t bytes_ = 0;
  std::deque<EventFramePtr> frames_;
};

}  // namespace silkledger::server
