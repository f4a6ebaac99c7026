#include "tests/bench/load/crowd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
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

#include "tests/bench/measuring/measure.h"

namespace silkledger::bench {
namespace {

constexpr std::size_t kConnectingMax = 64;
constexpr std::size_t kPerAddress = 1000;
constexpr std::size_t kBufferBytes = 512 * 1024;
constexpr int kStallableBufferBytes = 4096;
constexpr double kPatienceSeconds = 60;
constexpr std::string_view kEvent = R"({"type":"event","position":")";
constexpr std::string_view kCaughtUp = R"({"type":"caughtUp")";
constexpr std::string_view kSubscribed = R"({"type":"subscribed")";

// As many connections as the system allows.
void raise_limit_of_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) fail_with_errno("getrlimit");
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) fail_with_errno("setrlimit");
}

sockaddr_in address_of(std::uint32_t host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(host);
  return address;
}

constexpr std::uint8_t kText = 1;
constexpr std::uint8_t kClose = 8;
constexpr std::uint8_t kPing = 9;
constexpr std::uint8_t kPong = 10;

// A short masked frame; the key is zero, so that the text stands as it is.
std::string short_frame(std::uint8_t opcode, std::string_view text) {
  std::string frame(1, static_cast<char>(0x80U | opcode));
  frame.push_back(static_cast<char>(0x80U | text.size()));
  frame.append(4, '\0');
  frame.append(text);
  return frame;
}

void send_all(int descriptor, std::string_view bytes) {
  // Short, into an empty buffer: taken whole or not at all.
  const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(bytes.size())) fail_with_errno("send");
}

}  // namespace

Crowd::Crowd(std::uint16_t port, const std::vector<std::string>& tokens, std::size_t count,
             std::size_t stallable)
    : port_(port),
      tokens_(tokens),
      stallable_(stallable),
      poll_(::epoll_create1(EPOLL_CLOEXEC)),
      connections_(count),
      buffer_(kBufferBytes) {
  if (poll_ < 0) fail_with_errno("epoll_create1");
  raise_limit_of_files();
  const auto start = SteadyClock::now();
  for (std::size_t opened = 0; upgraded_ < count;) {
    while (opened < count && opened - upgraded_ < kConnectingMax) open(opened++);
    take(std::chrono::seconds(1));
    if (seconds_since(start) > kPatienceSeconds) throw std::runtime_error("connecting takes long");
  }
  connect_seconds_ = seconds_since(start);
}

Crowd::~Crowd() {
  for (const auto& connection : connections_) {
    if (connection.descriptor >= 0) ::close(connection.descriptor);
  }
  ::close(poll_);
}

void Crowd::open(std::size_t index) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) fail_with_errno("socket");
  connections_[index].descriptor = descriptor;
  if (index < stallable_) {
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &kStallableBufferBytes,
                 sizeof kStallableBufferBytes);
  }
  const auto from =
      address_of(INADDR_LOOPBACK + 1 + static_cast<std::uint32_t>(index / kPerAddress), 0);
  const auto to = address_of(INADDR_LOOPBACK, port_);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0) {
    fail_with_errno("bind");
  }
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 &&
      errno != EINPROGRESS) {
    fail_with_errno("connect");
  }
  watch(index, EPOLL_CTL_ADD, EPOLLOUT);
}

void Crowd::watch(std::size_t index, int operation, std::uint32_t events) {
  epoll_event interest{};
  interest.events = events;
  interest.data.u64 = index;
  if (::epoll_ctl(poll_, operation, connections_[index].descriptor, &interest) != 0) {
    fail_with_errno("epoll_ctl");
  }
}

void Crowd::subscribe(std::uint64_t from) {
  for (auto& connection : connections_) {
    connection.last = from - 1;
    send_all(connection.descriptor, short_frame(kText, R"({"type":"subscribeEvents","from":")" +
                                                           std::to_string(from) + R"("})"));
  }
  const auto start = SteadyClock::now();
  while (caught_up_ < connections_.size()) {
    take(std::chrono::seconds(1));
    if (seconds_since(start) > kPatienceSeconds) throw std::runtime_error("subscribing takes long");
  }
}

void Crowd::take(std::chrono::microseconds patience) {
  std::array<epoll_event, 512> events;
  const timespec wait{static_cast<time_t>(patience.count() / 1'000'000),
                      static_cast<long>(patience.count() % 1'000'000 * 1000)};
  const int count = ::epoll_pwait2(poll_, events.data(), events.size(), &wait, nullptr);
  if (count < 0 && errno != EINTR) fail_with_errno("epoll_pwait2");
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
    advance(connections_[index], index);
  }
}

void Crowd::wait_for(std::uint64_t position) {
  const auto start = SteadyClock::now();
  const auto is_behind = [&](const Connection& connection) { return connection.last < position; };
  auto first = connections_.begin() + static_cast<std::ptrdiff_t>(stalled_ ? stallable_ : 0);
  while ((first = std::find_if(first, connections_.end(), is_behind)) != connections_.end()) {
    take(std::chrono::milliseconds(100));
    if (seconds_since(start) > kPatienceSeconds) throw std::runtime_error("an event did not come");
  }
}

void Crowd::stall() {
  for (std::size_t i = 0; i < stallable_; ++i) watch(i, EPOLL_CTL_DEL, 0);
  stalled_ = true;
}

void Crowd::resume() {
  for (std::size_t i = 0; i < stallable_; ++i) watch(i, EPOLL_CTL_ADD, EPOLLIN);
  stalled_ = false;
}

void Crowd::advance(Connection& connection, std::size_t index) {
  if (connection.stage != Stage::connecting) return receive(connection);
  send_all(connection.descriptor,
           "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
               "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: c2lsa2xlZGdlci1iZW5jaA==\r\nAuthorization: Bearer " +
               tokens_[index % tokens_.size()] + "\r\n\r\n");
  connection.stage = Stage::upgrading;
  watch(index, EPOLL_CTL_MOD, EPOLLIN);
}

void Crowd::receive(Connection& connection) {
  const std::size_t had = connection.rest.size();
  std::memcpy(buffer_.data(), connection.rest.data(), had);
  const auto got =
      ::recv(connection.descriptor, buffer_.data() + had, buffer_.size() - had, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got < 0) fail_with_errno("receive");
  if (got == 0) throw std::runtime_error("the server closed a connection");
  std::string_view bytes(buffer_.data(), had + static_cast<std::size_t>(got));
  if (connection.stage == Stage::upgrading) {
    const auto end = bytes.find("\r\n\r\n");
    if (end != std::string_view::npos) {
      if (!bytes.starts_with("HTTP/1.1 101 ")) {
        throw std::runtime_error("no upgrade: " + std::string(bytes));
      }
      connection.stage = Stage::open;
      ++upgraded_;
      bytes.remove_prefix(end + 4);
    }
  }
  if (connection.stage == Stage::open) bytes.remove_prefix(take_frames(connection, bytes));
  connection.rest.assign(bytes);
}

std::size_t Crowd::take_frames(Connection& connection, std::string_view bytes) {
  std::size_t taken = 0;
  const auto at = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[taken + i]));
  };
  while (bytes.size() - taken >= 2) {
    std::size_t length = at(1);
    std::size_t header = 2;
    if (length == 127) throw std::runtime_error("a frame longer than any event");
    if (length == 126) {
      header = 4;
      if (bytes.size() - taken < header) break;
      length = at(2) << 8U | at(3);
    }
    if (bytes.size() - taken < header + length) break;
    const auto opcode = at(0) & 0x0FU;
    const auto payload = bytes.substr(taken + header, length);
    if (opcode == kClose) throw std::runtime_error("the server closed a live connection");
    if (opcode == kPing) send_all(connection.descriptor, short_frame(kPong, payload));
    if (opcode == kText) take_text(connection, payload);
    taken += header + length;
  }
  return taken;
}

void Crowd::take_text(Connection& connection, std::string_view text) {
  if (text.starts_with(kEvent)) {
    frame_bytes_ = text.size();
    text.remove_prefix(kEvent.size());
    std::uint64_t position = 0;
    std::from_chars(text.data(), text.data() + text.size(), position);
    if (position != connection.last + 1) {
      throw std::runtime_error("event " + std::to_string(position) + " came after " +
                               std::to_string(connection.last));
    }
    connection.last = position;
    ++events_;
    if (on_event_) on_event_(position);
  } else if (text.starts_with(kCaughtUp)) {
    ++caught_up_;
  } else if (!text.starts_with(kSubscribed)) {
    throw std::runtime_error("unexpected: " + std::string(text));
  }
}

}  // namespace silkledger::bench
