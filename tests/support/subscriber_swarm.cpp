#include "tests/support/subscriber_swarm.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "clients/cpp/live_binary.h"
#include "domain/schema/binary/message_frame.h"
#include "domain/schema/protocol.wire.h"

namespace silkledger::testing {
namespace {

constexpr std::size_t kRoomBytes = 256 * 1024;
constexpr std::size_t kDescriptorsKept = 512;
constexpr std::string_view kEventText = R"({"type":"event","position":")";
constexpr std::string_view kCaughtUpText = R"({"type":"caughtUp")";
constexpr std::uint8_t kClose = 8;
constexpr std::uint8_t kPing = 9;
constexpr std::uint8_t kPong = 10;

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

// Masked with a key of zeros: any key will do, and the server cannot tell.
std::string masked_frame(std::uint8_t opcode, std::string_view payload) {
  if (payload.size() > 0xFFFF) throw std::runtime_error("a subscriber says little");
  std::string frame{static_cast<char>(0x80U | opcode)};
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80U | payload.size());
  } else {
    frame += static_cast<char>(0xFE);
    frame += static_cast<char>(payload.size() >> 8U);
    frame += static_cast<char>(payload.size() & 0xFFU);
  }
  return frame.append(4, '\0').append(payload);
}

}  // namespace

std::size_t sockets_allowed() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) fail("getrlimit");
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) fail("setrlimit");
  return limit.rlim_cur > kDescriptorsKept ? limit.rlim_cur - kDescriptorsKept : 0;
}

struct SubscriberSwarm::Line {
  enum class State { closed, connecting, upgrading, open } state = State::closed;
  int descriptor = -1;
  std::string left;  // of what has come, not yet whole
  bool caught_up = false;
  std::uint32_t failures = 0;
  Clock::time_point again = Clock::time_point::max();
};

SubscriberSwarm::SubscriberSwarm(Habits habits)
    : habits_(std::move(habits)),
      subscribers_(habits_.count),
      lines_(habits_.count),
      room_(kRoomBytes, '\0'),
      random_(habits_.seed * 2 + 1),
      poll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (poll_ < 0) fail("epoll_create1");
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    subscribers_[i].last = habits_.from - 1;
    connect(i);
  }
}

SubscriberSwarm::~SubscriberSwarm() {
  for (const Line& line : lines_) {
    if (line.descriptor >= 0) ::close(line.descriptor);
  }
  ::close(poll_);
}

void SubscriberSwarm::watch(std::size_t index, int operation) const {
  epoll_event event{};
  const bool writes = lines_[index].state == Line::State::connecting;
  event.events = writes ? EPOLLOUT : (subscribers_[index].reading ? EPOLLIN : 0U);
  event.data.u64 = index;
  if (::epoll_ctl(poll_, operation, lines_[index].descriptor, &event) != 0) fail("epoll_ctl");
}

void SubscriberSwarm::connect(std::size_t index) {
  Line& line = lines_[index];
  line.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (line.descriptor < 0) fail("socket");
  const int on = 1;
  ::setsockopt(line.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (habits_.receive_buffer_bytes > 0) {
    ::setsockopt(line.descriptor, SOL_SOCKET, SO_RCVBUF, &habits_.receive_buffer_bytes,
                 sizeof habits_.receive_buffer_bytes);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(habits_.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  line.left.clear();
  line.caught_up = false;
  line.state = Line::State::connecting;
  const int done =
      ::connect(line.descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (done == 0) say_hello(index);
  if (done != 0 && errno != EINPROGRESS) {
    ::close(std::exchange(line.descriptor, -1));
    line.state = Line::State::closed;
    return drop(index);
  }
  watch(index, EPOLL_CTL_ADD);
}

void SubscriberSwarm::say_hello(std::size_t index) {
  const bool binary = habits_.encoding == client::Encoding::binary;
  const std::string hello =
      "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: c2lsa2xlZGdlci10ZXN0cw==\r\nSec-WebSocket-Protocol: silkledger.v1" +
      std::string(binary ? ".capnp" : "") + "\r\nAuthorization: Bearer " + habits_.token +
      "\r\n\r\n";
  lines_[index].state = Line::State::upgrading;
  const auto sent = ::send(lines_[index].descriptor, hello.data(), hello.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(hello.size())) return drop(index);
}

void SubscriberSwarm::send(std::size_t index, std::string_view message) {
  const bool binary = habits_.encoding == client::Encoding::binary;
  const auto frame = masked_frame(binary ? 2 : 1, message);
  const auto sent = ::send(lines_[index].descriptor, frame.data(), frame.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(frame.size())) drop(index);
}

void SubscriberSwarm::set_reading(std::size_t index, bool reads) {
  subscribers_[index].reading = reads;
  if (lines_[index].descriptor >= 0) watch(index, EPOLL_CTL_MOD);
}

// The connection is gone; it comes back later, if it is one that does.
void SubscriberSwarm::drop(std::size_t index) {
  Line& line = lines_[index];
  if (line.state == Line::State::open) --open_;
  if (line.caught_up) --caught_up_;
  line.caught_up = false;
  line.state = Line::State::closed;
  if (line.descriptor >= 0) ::close(std::exchange(line.descriptor, -1));
  line.left = {};
  if (!habits_.reconnects || line.again != Clock::time_point::max()) return;
  random_ = random_ * 6364136223846793005U + 1442695040888963407U;
  line.again = Clock::now() + client::retry_pause(line.failures++, random_ >> 33U, habits_.pauses);
  ++waiting_;
}

void SubscriberSwarm::reconnect_due() {
  if (waiting_ == 0) return;
  const auto now = Clock::now();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].again > now) continue;
    lines_[i].again = Clock::time_point::max();
    --waiting_;
    connect(i);
  }
}

bool SubscriberSwarm::run_until(const std::function<bool()>& done,
                                std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  std::array<epoll_event, 512> events;
  while (!done()) {
    if (Clock::now() >= deadline) return false;
    reconnect_due();
    const int count = ::epoll_wait(poll_, events.data(), events.size(), waiting_ > 0 ? 2 : 20);
    if (count < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < count; ++i) {
      const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
      Line& line = lines_[index];
      if (line.descriptor < 0) continue;
      if (line.state == Line::State::connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(line.descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
          drop(index);
          continue;
        }
        say_hello(index);
        if (line.descriptor >= 0) watch(index, EPOLL_CTL_MOD);
      } else if (!receive(index)) {
        drop(index);
      }
    }
  }
  return true;
}

// False when the connection has ended.
bool SubscriberSwarm::receive(std::size_t index) {
  Line& line = lines_[index];
  const auto got = ::recv(line.descriptor, room_.data(), room_.size(), 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  line.left.append(room_.data(), static_cast<std::size_t>(got));
  if (line.state == Line::State::upgrading && !take_answer(index)) return line.descriptor >= 0;
  take_frames(index);
  return line.descriptor >= 0;
}

// True once the upgrade has been answered with 101.
bool SubscriberSwarm::take_answer(std::size_t index) {
  Line& line = lines_[index];
  SwarmSubscriber& subscriber = subscribers_[index];
  const std::size_t end = line.left.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const std::string_view head = std::string_view(line.left).substr(0, end + 2);
  if (!head.starts_with("HTTP/1.1 101 ")) {
    subscriber.refused_status = std::atoi(line.left.c_str() + 9);
    subscriber.retry_after |= head.find("\r\nRetry-After:") != std::string_view::npos;
    drop(index);
    return false;
  }
  line.left.erase(0, end + 4);
  line.state = Line::State::open;
  line.failures = 0;
  ++open_;
  ++subscriber.connections;
  if (!habits_.subscribes) return true;
  const std::uint64_t from = subscriber.last + 1;
  if (habits_.encoding == client::Encoding::binary) {
    send(index, client::encode_message(schema::LiveSubscribeEvents{from, {}, {}}));
  } else {
    send(index, R"({"type":"subscribeEvents","from":")" + std::to_string(from) + "\"}");
  }
  return lines_[index].descriptor >= 0;
}

void SubscriberSwarm::take_frames(std::size_t index) {
  Line& line = lines_[index];
  const std::string bytes = std::exchange(line.left, {});
  std::string_view left = bytes;
  while (line.descriptor >= 0 && left.size() >= 2) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(left[i]); };
    std::uint64_t length = at(1);
    std::size_t header = 2;
    if (length >= 126) {
      header += length == 126 ? 2 : 8;
      if (left.size() < header) break;
      length = 0;
      for (std::size_t i = 2; i < header; ++i) length = length << 8 | at(i);
    }
    if (left.size() < header + length) break;
    const std::uint8_t opcode = at(0) & 0x0f;
    take_frame(index, opcode, left.substr(header, length));
    left.remove_prefix(header + length);
  }
  if (line.descriptor >= 0) line.left.assign(left);
}

void SubscriberSwarm::take_frame(std::size_t index, std::uint8_t opcode, std::string_view payload) {
  SwarmSubscriber& subscriber = subscribers_[index];
  if (opcode == kPing) {
    const auto pong = masked_frame(kPong, payload);
    ::send(lines_[index].descriptor, pong.data(), pong.size(), MSG_NOSIGNAL);
    return;
  }
  if (opcode == kClose) {
    if (payload.size() >= 2) {
      subscriber.close_code =
          static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
      subscriber.close_reason = payload.substr(2);
    }
    return drop(index);
  }
  ++subscriber.frames;
  ++frames_;
  bool caught_up = false;
  std::uint64_t position = 0;
  if (opcode == 1) {
    caught_up = payload.starts_with(kCaughtUpText);
    if (payload.starts_with(kEventText)) {
      std::from_chars(payload.data() + kEventText.size(), payload.data() + payload.size(),
                      position);
    }
  } else {
    const auto wrong = binary::open_message(payload, {}, [&](capnp::MessageReader& message) {
      const auto frame = message.getRoot<wire::LiveFrame>();
      caught_up = frame.isCaughtUp();
      if (frame.isEvent()) position = frame.getEvent().getPosition();
    });
    if (wrong) throw std::runtime_error("a binary frame that cannot be read: " + wrong->en);
  }
  if (caught_up && !std::exchange(lines_[index].caught_up, true)) ++caught_up_;
  if (position != 0) take_event(index, position);
}

void SubscriberSwarm::take_event(std::size_t index, std::uint64_t position) {
  SwarmSubscriber& subscriber = subscribers_[index];
  ++subscriber.events;
  if (position <= subscriber.last) ++subscriber.repeated;
  if (position > subscriber.last + 1) subscriber.skipped += position - subscriber.last - 1;
  subscriber.last = std::max(subscriber.last, position);
  if (on_event) on_event(index, position);
}

bool SubscriberSwarm::all_at(std::uint64_t position) const {
  return std::ranges::all_of(subscribers_, [&](const SwarmSubscriber& one) {
    return !one.reading || one.last >= position;
  });
}

}  // namespace silkledger::testing
