// A stream of bytes to a server on this machine: what is sent is gathered first, what is received
// is kept until it was looked at.
//
// Threads: one object, one thread at a time. Ownership: the socket is closed with the object.
// Errors: whatever goes wrong throws std::runtime_error and ends the bench with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace silkledger::bench {

class LoopbackSocket {
 public:
  explicit LoopbackSocket(std::uint16_t port);
  ~LoopbackSocket();
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;

  int descriptor() const { return descriptor_; }

  void add(std::string_view bytes) { out_.append(bytes); }
  void flush();

  // What has come and was not taken; the view holds until the next receive.
  std::string_view unread() const { return std::string_view(in_).substr(taken_); }
  void take(std::size_t bytes) { taken_ += bytes; }
  // False when nothing has come, which cannot be when it waits.
  enum class Wait { no, yes };
  bool receive(Wait wait);

 private:
  int descriptor_;
  std::string in_;
  std::size_t taken_ = 0;  // of in_
  std::string out_;
};

// A port on which nobody listens at the moment.
std::uint16_t free_port();

}  // namespace silkledger::bench
