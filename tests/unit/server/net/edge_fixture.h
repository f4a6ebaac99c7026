// A real edge on a loopback port with a fake application behind it, and a raw socket in front of
// it.
//
// Threads: the runtime runs on threads of its own; the fake is called there and guards what it
// notes. Waiting is waiting for a condition, with one generous limit (kPatience); nothing sleeps.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "server/edge.h"
#include "server/http/edge_server.h"
#include "server/runtime/runtime.h"

namespace silkledger::testing {

inline constexpr std::chrono::seconds kPatience{20};

// Something that several threads note and the test waits for.
template <typename Value>
class Watched {
 public:
  template <typename Change>
  void change(Change change) {
    {
      const std::lock_guard lock(mutex_);
      change(value_);
    }
    changed_.notify_all();
  }
  Value get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  bool wait(const std::function<bool(const Value&)>& holds) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return holds(value_); });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Value value_{};
};

struct Noted {
  std::vector<server::HttpRequest> requests;
  std::vector<server::LiveRequest> live_requests;
  std::vector<std::string> messages;
  std::size_t writable = 0;
  std::size_t closed = 0;
  std::size_t frames_taken = 0;
  std::size_t queued_bytes_most = 0;
};

// GET or POST /echo answers what it was sent; /later keeps the reply until answer_later(); /dropped
// drops it; /bad-header answers something unsendable; /big answers 1 MiB; all else 404. Live: token
// "bad" is refused with 401. "flood" sends numbered frames of 16 KiB whenever it may; "quit" closes
// with 4401; anything else is echoed.
class FakeApplication final : public server::Application {
 public:
  static constexpr std::size_t kFloodFrameBytes = 16 * 1024;

  void handle(server::HttpRequest request,
              std::function<void(server::HttpResponse)> reply) override;
  server::LiveOpening open_live(server::LiveRequest request,
                                std::shared_ptr<server::LiveOutlet> outlet) override;

  // Answers, from the calling thread, the oldest request to /later.
  void answer_later(const std::string& body);

  Watched<Noted> noted;

 private:
  Watched<std::vector<std::function<void(server::HttpResponse)>>> later_;
};

// A peer that sends what it likes and reads what comes.
class RawPeer {
 public:
  explicit RawPeer(std::uint16_t port, int receive_buffer_bytes = 0);
  ~RawPeer();
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  bool send(std::string_view bytes);
  void hang_up();  // closes the sending side
  // Reads until the text is there, or the other side has closed; what was read goes.
  std::string read_until(std::string_view text);
  std::string read_bytes(std::size_t count);
  // Everything until the other side closes; nothing when it does not.
  std::optional<std::string> read_to_end();
  // One answer with a Content-Length, header and body.
  std::string read_answer();

 private:
  bool read_more();
  int socket_ = -1;
  std::string received_;
  bool ended_ = false;
};

class EdgeTest : public ::testing::Test {
 protected:
  // Timeouts that a test may wait for; each test may change limits before start().
  EdgeTest();
  ~EdgeTest() override;

  void start(std::size_t threads = 1);
  // Runs the graceful end; true when run() has returned in time.
  bool shut_down(server::DrainHook drain = [](std::int64_t, std::function<void()> done) {
    done();
  });
  std::uint16_t port() const { return edge_->port(); }
  std::vector<std::string> logged() const { return log_.get(); }
  bool wait_for_log(const std::string& event) const;

  server::EdgeConfig config_;
  // The runtime goes last: replies that the application still holds and sockets of the edge refer
  // to it.
  std::unique_ptr<server::Runtime> runtime_;
  FakeApplication application_;
  std::unique_ptr<server::EdgeServer> edge_;

 private:
  Watched<std::vector<std::string>> log_;
  Watched<bool> returned_;
  std::thread thread_;
};

int status_of(const std::string& answer);
std::string body_of(const std::string& answer);

// A masked frame, as a client sends it; `first_byte` holds the fin bit and the opcode.
std::string client_frame(unsigned char first_byte, std::string_view payload);
// A whole upgrade request.
std::string upgrade_request(const std::string& extra_fields = "Authorization: Bearer good\r\n");

}  // namespace silkledger::testing
