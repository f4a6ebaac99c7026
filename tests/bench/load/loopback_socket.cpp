#include "tests/bench/load/loopback_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "tests/bench/measuring/measure.h"

namespace silkledger::bench {
namespace {

constexpr std::size_t kReceiveBytes = 64 * 1024;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

LoopbackSocket::LoopbackSocket(std::uint16_t port)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) fail_with_errno("socket");
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const auto address = loopback(port);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const int reason = errno;
    ::close(descriptor_);
    errno = reason;
    fail_with_errno("connect");
  }
}

LoopbackSocket::~LoopbackSocket() { ::close(descriptor_); }

void LoopbackSocket::flush() {
  std::string_view bytes = out_;
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) fail_with_errno("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  out_.clear();
}

bool LoopbackSocket::receive(Wait wait) {
  if (taken_ > 0) {
    in_.erase(0, taken_);
    taken_ = 0;
  }
  const std::size_t had = in_.size();
  in_.resize(had + kReceiveBytes);
  ssize_t got = -1;
  do {
    got =
        ::recv(descriptor_, in_.data() + had, kReceiveBytes, wait == Wait::yes ? 0 : MSG_DONTWAIT);
  } while (got < 0 && errno == EINTR);
  const int reason = errno;
  in_.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
  if (got > 0) return true;
  if (got == 0) throw std::runtime_error("the other side closed a connection");
  if (reason == EAGAIN) return false;
  errno = reason;
  fail_with_errno("receive");
}

std::uint16_t free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) fail_with_errno("socket");
  auto address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound =
      ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(listener);
  if (!bound) fail_with_errno("bind");
  return ntohs(address.sin_port);
}

}  // namespace silkledger::bench
