// What waits to be sent to one live client: shared frames, bounded by bytes.
//
// Two sides. The application's (LiveOutlet) from any thread; the session's on the session's
// executor only. A mutex, held for a few instructions and never over I/O, is all that lies between
// them. No Asio here. Ownership: shared by the application and the session. Frames are shared with
// every other receiver, headers included. An empty outbox holds next to no memory.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/edge.h"
#include "server/websocket/frame_codec.h"

namespace silkledger::server {

class Outbox final : public LiveOutlet {
 public:
  explicit Outbox(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // The application's side.
  bool send(WireFrames frames, std::uint64_t mark = 0) override;
  std::uint64_t first_kept_back() const override;
  void close(CloseCode code, std::string reason) override;
  std::size_t queued_bytes() const override;

  // The session's side.

  // `wake` is called, without the lock, once for all that is queued until the next gather(); at
  // once when something already waits.
  void attach(std::function<void()> wake);
  // What waits, in order, into `pieces`, of together about `bytes_max`; answers how many it filled.
  // The views are valid until the next call of consume().
  std::size_t gather(std::span<std::string_view> pieces, std::size_t bytes_max);
  // So many bytes, 0 included, of what was gathered have been sent; follows each gather(). True:
  // on_writable() is due.
  bool consume(std::size_t bytes);
  // Answers and pings go ahead of what has not begun; at most one of each waits, the latest.
  void put_control(Opcode opcode, std::string_view payload);
  bool is_closing() const;  // a close frame is queued or sent; nothing more is taken
  // The client is gone: drops everything, takes nothing, wakes nobody.
  void shut();

 private:
  struct Entry {
    WireFrames frames;
    std::uint64_t mark = 0;
    Opcode opcode = Opcode::text;  // a control frame's own; of all else, text
  };

  std::size_t waiting() const { return entries_.size() - first_; }
  void push(Entry entry);
  std::size_t begun() const;
  void forget_sent();
  void schedule(std::unique_lock<std::mutex>& lock);

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;  // those before first_ are sent
  std::size_t first_ = 0;
  std::size_t front_sent_ = 0;      // bytes of the first entry that have left
  std::size_t front_gathered_ = 0;  // entries that the session is looking at
  std::size_t queued_bytes_ = 0;
  bool refused_ = false;  // a send was refused and on_writable() is owed
  bool closing_ = false;
  bool scheduled_ = false;  // the session has been woken and has not looked yet
  std::shared_ptr<const std::function<void()>> wake_;
};

}  // namespace silkledger::server
