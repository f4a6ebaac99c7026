#include "server/websocket/outbox.h"

#include <cassert>
#include <utility>

namespace silkledger::server {

Outbox::Entry Outbox::make_entry(Opcode opcode, std::shared_ptr<const std::string> payload) {
  Entry entry{frame_header(opcode, payload->size()), std::move(payload), opcode};
  queued_bytes_ += entry.bytes();
  return entry;
}

void Outbox::schedule(std::unique_lock<std::mutex>& lock) {
  if (scheduled_ || !wake_) return;
  scheduled_ = true;
  const std::function<void()> wake = wake_;
  lock.unlock();
  wake();
}

bool Outbox::send(std::shared_ptr<const std::string> frame) {
  assert(frame != nullptr);
  std::unique_lock lock(mutex_);
  if (closing_) return false;
  if (!entries_.empty() && queued_bytes_ + frame->size() > bytes_max_) {
    refused_ = true;
    return false;
  }
  entries_.push_back(make_entry(Opcode::text, std::move(frame)));
  schedule(lock);
  return true;
}

void Outbox::close(CloseCode code, std::string reason) {
  auto payload = std::make_shared<const std::string>(close_payload(code, reason));
  std::unique_lock lock(mutex_);
  if (closing_) return;
  closing_ = true;
  refused_ = false;
  // What has begun must be finished, or the close frame would land inside it. What the session is
  // looking at stays as well, its views point there.
  const std::size_t keep = front_gathered_ > 0 ? front_gathered_ : (front_sent_ > 0 ? 1 : 0);
  while (entries_.size() > keep) {
    queued_bytes_ -= entries_.back().bytes();
    entries_.pop_back();
  }
  entries_.push_back(make_entry(Opcode::close, std::move(payload)));
  schedule(lock);
}

std::size_t Outbox::queued_bytes() const {
  const std::lock_guard lock(mutex_);
  return queued_bytes_ - front_sent_;
}

void Outbox::attach(std::function<void()> wake) {
  std::unique_lock lock(mutex_);
  wake_ = std::move(wake);
  if (!entries_.empty()) schedule(lock);
}

void Outbox::gather(std::vector<std::string_view>& pieces, std::size_t pieces_max,
                    std::size_t bytes_max) {
  pieces.clear();
  const std::lock_guard lock(mutex_);
  scheduled_ = false;
  front_gathered_ = 0;
  std::size_t skip = front_sent_;
  std::size_t bytes = 0;
  for (const Entry& entry : entries_) {
    if (pieces.size() + 2 > pieces_max || bytes >= bytes_max) break;
    std::string_view header(entry.header.bytes.data(), entry.header.size);
    std::string_view payload(*entry.payload);
    if (skip < header.size()) {
      header.remove_prefix(skip);
      pieces.push_back(header);
    } else {
      payload.remove_prefix(skip - header.size());
    }
    if (!payload.empty()) pieces.push_back(payload);
    bytes += entry.bytes() - skip;
    skip = 0;
    ++front_gathered_;
  }
}

bool Outbox::consume(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  front_gathered_ = 0;
  front_sent_ += bytes;
  while (!entries_.empty() && front_sent_ >= entries_.front().bytes()) {
    front_sent_ -= entries_.front().bytes();
    queued_bytes_ -= entries_.front().bytes();
    entries_.pop_front();
  }
  assert(!entries_.empty() || front_sent_ == 0);
  if (!refused_ || queued_bytes_ - front_sent_ > bytes_max_ / 2) return false;
  refused_ = false;
  return true;
}

void Outbox::put_control(Opcode opcode, std::string_view payload) {
  auto text = std::make_shared<const std::string>(payload);
  std::unique_lock lock(mutex_);
  if (closing_) return;
  const std::size_t first = front_sent_ > 0 ? 1 : 0;
  for (std::size_t i = first; i < entries_.size(); ++i) {
    if (entries_[i].opcode == Opcode::text) break;
    if (entries_[i].opcode != opcode) continue;
    queued_bytes_ -= entries_[i].bytes();
    entries_[i] = make_entry(opcode, std::move(text));
    return;
  }
  entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(first),
                  make_entry(opcode, std::move(text)));
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
  entries_.clear();
  queued_bytes_ = 0;
  front_sent_ = 0;
  front_gathered_ = 0;
  wake_ = nullptr;
}

}  // namespace silkledger::server
