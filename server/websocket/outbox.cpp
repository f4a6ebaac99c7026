#include "server/websocket/outbox.h"

#include <cassert>
#include <utility>

namespace silkledger::server {

namespace {

constexpr std::size_t kSentEntriesKept = 64;  // before what is sent is dropped from the front
constexpr std::size_t kIdleEntriesMax = 8;    // places that an empty outbox keeps

}  // namespace

void Outbox::push(Entry entry) {
  queued_bytes_ += entry.frames->size();
  entries_.push_back(std::move(entry));
}

// What has begun must be finished, or the close frame would land inside it. What the session is
// looking at stays as well, its views point there.
std::size_t Outbox::begun() const {
  if (front_gathered_ > 0) return front_gathered_;
  return front_sent_ > 0 ? 1 : 0;
}

void Outbox::schedule(std::unique_lock<std::mutex>& lock) {
  if (scheduled_ || !wake_) return;
  scheduled_ = true;
  const auto wake = wake_;
  lock.unlock();
  (*wake)();
}

bool Outbox::send(WireFrames frames, std::uint64_t mark) {
  assert(frames != nullptr && !frames->empty());
  std::unique_lock lock(mutex_);
  if (closing_) return false;
  if (waiting() > 0 && queued_bytes_ + frames->size() > bytes_max_) {
    refused_ = true;
    return false;
  }
  push({std::move(frames), mark, Opcode::text});
  schedule(lock);
  return true;
}

void Outbox::close(CloseCode code, std::string reason) {
  auto frame = whole_frame(Opcode::close, close_payload(code, reason));
  std::unique_lock lock(mutex_);
  if (closing_) return;
  closing_ = true;
  refused_ = false;
  while (waiting() > begun()) {
    queued_bytes_ -= entries_.back().frames->size();
    entries_.pop_back();
  }
  push({std::move(frame), 0, Opcode::close});
  schedule(lock);
}

std::uint64_t Outbox::first_kept_back() const {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = first_ + begun(); i < entries_.size(); ++i) {
    if (entries_[i].mark != 0) return entries_[i].mark;
  }
  return 0;
}

std::size_t Outbox::queued_bytes() const {
  const std::lock_guard lock(mutex_);
  return queued_bytes_ - front_sent_;
}

void Outbox::attach(std::function<void()> wake) {
  std::unique_lock lock(mutex_);
  wake_ = std::make_shared<const std::function<void()>>(std::move(wake));
  if (waiting() > 0) schedule(lock);
}

std::size_t Outbox::gather(std::span<std::string_view> pieces, std::size_t bytes_max) {
  const std::lock_guard lock(mutex_);
  scheduled_ = false;
  front_gathered_ = 0;
  std::size_t skip = front_sent_;
  std::size_t bytes = 0;
  while (front_gathered_ < waiting() && front_gathered_ < pieces.size() && bytes < bytes_max) {
    std::string_view piece(*entries_[first_ + front_gathered_].frames);
    piece.remove_prefix(std::exchange(skip, 0));
    bytes += piece.size();
    pieces[front_gathered_++] = piece;
  }
  return front_gathered_;
}

bool Outbox::consume(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  front_gathered_ = 0;
  front_sent_ += bytes;
  while (waiting() > 0 && front_sent_ >= entries_[first_].frames->size()) {
    front_sent_ -= entries_[first_].frames->size();
    queued_bytes_ -= entries_[first_].frames->size();
    entries_[first_++].frames.reset();
  }
  assert(waiting() > 0 || front_sent_ == 0);
  forget_sent();
  if (!refused_ || queued_bytes_ - front_sent_ > bytes_max_ / 2) return false;
  refused_ = false;
  return true;
}

void Outbox::forget_sent() {
  if (waiting() == 0) {
    entries_.clear();
    if (entries_.capacity() > kIdleEntriesMax) entries_ = {};
    first_ = 0;
  } else if (first_ >= kSentEntriesKept && first_ >= waiting()) {
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void Outbox::put_control(Opcode opcode, std::string_view payload) {
  Entry control{whole_frame(opcode, payload), 0, opcode};
  std::unique_lock lock(mutex_);
  if (closing_) return;
  queued_bytes_ += control.frames->size();
  const std::size_t begin = first_ + (front_sent_ > 0 ? 1 : 0);
  for (std::size_t i = begin; i < entries_.size(); ++i) {
    if (entries_[i].opcode == Opcode::text) break;
    if (entries_[i].opcode != opcode) continue;
    queued_bytes_ -= entries_[i].frames->size();
    entries_[i] = std::move(control);
    return;
  }
  entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(begin), std::move(control));
  schedule(lock);
}

bool Outbox::is_closing() const {
  const std::lock_guard lock(mutex_);
  return closing_;
}

void Outbox::shut() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  refused_ = false;
  entries_ = {};
  first_ = 0;
  queued_bytes_ = 0;
  front_sent_ = 0;
  front_gathered_ = 0;
  wake_ = nullptr;
}

}  // namespace silkledger::server
