// The limit of fan-out: epoll and send(), a frame that is built once, no library.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <deque>
#include <string>

#include "tests/bench/load/broadcasters.h"
#include "tests/bench/measuring/measure.h"

namespace silkledger::bench {
namespace {

constexpr int kBacklog = 4096;
constexpr int kSendBufferBytes = 64 * 1024;

// Runs in the child until it is killed; whatever fails ends it.
class BareServer {
 public:
  BareServer(int listener, int orders, std::size_t frame_bytes)
      : listener_(listener), orders_(orders), frame_bytes_(frame_bytes) {
    watch(listener_);
    watch(orders_);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 512> events;
    while (true) {
      const int count = ::epoll_wait(poll_, events.data(), events.size(), -1);
      for (int i = 0; i < count; ++i) {
        const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
        if (descriptor == listener_) {
          accept_all();
        } else if (descriptor == orders_) {
          obey();
        } else {
          greet(descriptor);
        }
      }
    }
  }

 private:
  void watch(int descriptor) const {
    epoll_event interest{};
    interest.events = EPOLLIN;
    interest.data.fd = descriptor;
    if (::epoll_ctl(poll_, EPOLL_CTL_ADD, descriptor, &interest) != 0) ::_exit(1);
  }

  void accept_all() {
    const int on = 1;
    for (int fd = -1; (fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBufferBytes, sizeof kSendBufferBytes);
      watch(fd);
    }
  }

  // The request of an upgrade, or a subscription: each has its fixed answer.
  void greet(int descriptor) {
    std::array<char, 4096> bytes;
    const auto got = ::recv(descriptor, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
      std::erase(receivers_, descriptor);
      ::close(descriptor);
      return;
    }
    if (bytes[0] == 'G') return send_whole(descriptor, "HTTP/1.1 101 Switching Protocols\r\n\r\n");
    receivers_.push_back(descriptor);
    send_whole(descriptor, frame(R"({"type":"caughtUp"})"));
  }

  void obey() {
    std::uint32_t events = 0;
    if (::read(orders_, &events, sizeof events) != sizeof events) ::_exit(0);
    std::string wave;
    for (std::uint32_t i = 0; i < events; ++i) {
      std::string text = R"({"type":"event","position":")" + std::to_string(++position_) + R"("})";
      text.resize(std::max(frame_bytes_, text.size()), ' ');
      wave += frame(text);
    }
    for (const int descriptor : receivers_) send_whole(descriptor, wave);
  }

  static std::string frame(const std::string& text) {
    std::string frame = "\x81";
    if (text.size() < 126) {
      frame.push_back(static_cast<char>(text.size()));
    } else {
      frame.push_back(126);
      frame.push_back(static_cast<char>(text.size() >> 8U));
      frame.push_back(static_cast<char>(text.size()));
    }
    return frame + text;
  }

  // Receivers keep up here; one that does not is waited for.
  static void send_whole(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN) return;
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  const int poll_ = ::epoll_create1(0);
  const int listener_;
  const int orders_;
  const std::size_t frame_bytes_;
  std::deque<int> receivers_;
  std::uint64_t position_ = 0;
};

}  // namespace

BareEvents::BareEvents(std::size_t frame_bytes) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  std::array<int, 2> pipe{};
  if (listener < 0 ||
      ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, kBacklog) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    fail_with_errno("a listening socket");
  }
  port_ = ntohs(address.sin_port);
  std::fflush(stdout);
  process_ = ::fork();
  if (process_ < 0) fail_with_errno("fork");
  if (process_ == 0) {
    ::close(pipe[1]);
    BareServer(listener, pipe[0], frame_bytes).run();
  }
  ::close(pipe[0]);
  ::close(listener);
  orders_ = pipe[1];
}

BareEvents::~BareEvents() {
  ::close(orders_);
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void BareEvents::publish(std::size_t events) {
  const auto order = static_cast<std::uint32_t>(events);
  if (::write(orders_, &order, sizeof order) != sizeof order) fail_with_errno("pipe");
  head_ += events;
}

}  // namespace silkledger::bench
