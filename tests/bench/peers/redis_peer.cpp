// Redis: requests as arrays of bulk strings, replies read by their first byte.
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <deque>
#include <stdexcept>
#include <string_view>

#include "tests/bench/load/loopback_socket.h"
#include "tests/bench/peers/peers.h"
#include "tests/support/child_process.h"

namespace silkledger::bench {
namespace {

constexpr const char* kServer = "/usr/bin/redis-server";
constexpr std::uint64_t kPageEvents = 1000;
constexpr auto kStartLimit = std::chrono::seconds(20);
constexpr auto kAskAgain = std::chrono::milliseconds(20);
// One stream holds the log; a hash holds the version of every stream of events.
constexpr std::string_view kAppend = R"(
local version = tonumber(redis.call('HGET', 'versions', ARGV[1]) or '0')
if version ~= tonumber(ARGV[2]) then return redis.error_reply('CONFLICT at ' .. version) end
redis.call('HSET', 'versions', ARGV[1], version + 1)
return redis.call('XADD', 'log', '*', 'stream', ARGV[1], 'version', ARGV[2], 'event', ARGV[3])
)";

class RedisConnection {
 public:
  explicit RedisConnection(std::uint16_t port) : socket_(port) {}

  int descriptor() const { return socket_.descriptor(); }

  void add(std::initializer_list<std::string_view> words) {
    std::string request = "*" + std::to_string(words.size()) + "\r\n";
    for (const auto word : words) {
      request += "$" + std::to_string(word.size()) + "\r\n";
      request.append(word);
      request += "\r\n";
    }
    socket_.add(request);
  }
  void flush() { socket_.flush(); }

  // A reply without children: a line or a bulk string. Nothing when it has not come as a whole.
  std::optional<std::string_view> next(LoopbackSocket::Wait wait) {
    while (true) {
      std::size_t at = 0;
      if (const auto reply = value_at(at)) {
        socket_.take(at);
        return reply;
      }
      if (!socket_.receive(wait)) return std::nullopt;
    }
  }

  std::string ask(std::initializer_list<std::string_view> words) {
    add(words);
    flush();
    return std::string(*next(LoopbackSocket::Wait::yes));
  }

  // A page of XRANGE: the number of entries; `last` becomes the id of the last.
  std::uint64_t page(std::string& last) {
    std::size_t at = 0;
    const auto entries = header_at(at, '*');
    for (std::int64_t i = 0; i < entries; ++i) {
      header_at(at, '*');  // id and fields
      last = wait_for_value(at);
      const auto fields = header_at(at, '*');
      for (std::int64_t field = 0; field < fields; ++field) wait_for_value(at);
      socket_.take(at);
      at = 0;
    }
    socket_.take(at);
    return static_cast<std::uint64_t>(entries);
  }

 private:
  std::optional<std::string_view> line_at(std::size_t& at) const {
    const auto bytes = socket_.unread();
    const auto end = bytes.find("\r\n", at);
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = bytes.substr(at, end - at);
    at = end + 2;
    return line;
  }

  static std::int64_t number_in(std::string_view line) {
    std::int64_t number = -1;
    std::from_chars(line.data() + 1, line.data() + line.size(), number);
    return number;
  }

  std::optional<std::string_view> value_at(std::size_t& at) const {
    const auto line = line_at(at);
    if (!line) return std::nullopt;
    if (line->front() == '-') throw std::runtime_error("Redis: " + std::string(*line));
    if (line->front() != '$') return line->substr(1);
    const auto size = static_cast<std::size_t>(number_in(*line));
    if (socket_.unread().size() < at + size + 2) return std::nullopt;
    const auto value = socket_.unread().substr(at, size);
    at += size + 2;
    return value;
  }

  std::int64_t header_at(std::size_t& at, char kind) {
    while (true) {
      if (const auto line = line_at(at)) {
        if (line->front() != kind) throw std::runtime_error("Redis: " + std::string(*line));
        return number_in(*line);
      }
      socket_.receive(LoopbackSocket::Wait::yes);
    }
  }

  std::string wait_for_value(std::size_t& at) {
    while (true) {
      std::size_t end = at;
      if (const auto value = value_at(end)) {
        at = end;
        return std::string(*value);
      }
      socket_.receive(LoopbackSocket::Wait::yes);
    }
  }

  LoopbackSocket socket_;
};

class RedisClient final : public AppendClient {
 public:
  RedisClient(std::uint16_t port, PeerStreams streams)
      : connection_(port),
        streams_(streams),
        script_(connection_.ask({"SCRIPT", "LOAD", kAppend})) {}

  int descriptor() const override { return connection_.descriptor(); }
  void add(std::uint64_t number) override {
    const auto next = streams_.next();
    connection_.add(
        {"EVALSHA", script_, "0", next.stream, std::to_string(next.version), peer_event(number)});
    sent_.push_back(number);
  }
  void flush() override { connection_.flush(); }
  std::optional<std::uint64_t> next_stored() override {
    if (!connection_.next(LoopbackSocket::Wait::no)) return std::nullopt;
    const auto number = sent_.front();
    sent_.pop_front();
    return number;
  }

 private:
  RedisConnection connection_;
  PeerStreams streams_;
  std::string script_;
  std::deque<std::uint64_t> sent_;
};

class Redis final : public Peer {
 public:
  Redis() : port_(free_port()) {
    process_ = std::make_unique<testing::ChildProcess>(
        std::vector<std::string>{kServer, "--bind", "127.0.0.1", "--port", std::to_string(port_),
                                 "--dir", folder_.path(), "--appendonly", "yes", "--appendfsync",
                                 "always", "--save", "", "--daemonize", "no"},
        folder_.file("log"), folder_.file("log"));
    const auto start = SteadyClock::now();
    while (true) {
      try {
        RedisConnection(port_).ask({"PING"});
        return;
      } catch (const std::runtime_error&) {
        if (SteadyClock::now() - start > kStartLimit) throw;
      }
      if (process_->wait(kAskAgain))
        throw std::runtime_error(testing::contents_of(folder_.file("log")));
    }
  }

  std::string name() const override { return "Redis, appendfsync always"; }

  std::vector<std::unique_ptr<AppendClient>> clients(std::size_t count) override {
    std::vector<std::unique_ptr<AppendClient>> made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(std::make_unique<RedisClient>(port_, PeerStreams{i, count}));
    }
    return made;
  }

  void fill(std::uint64_t events) override {
    RedisConnection connection(port_);
    connection.ask({"CONFIG", "SET", "appendfsync", "no"});
    PeerStreams streams;
    for (std::uint64_t i = 0; i < events; i += kPageEvents) {
      const auto page = std::min(kPageEvents, events - i);
      for (std::uint64_t k = 0; k < page; ++k) {
        const auto next = streams.next();
        connection.add({"XADD", "log", "*", "stream", next.stream, "version",
                        std::to_string(next.version), "event", peer_event(i + k)});
      }
      connection.flush();
      for (std::uint64_t k = 0; k < page; ++k) connection.next(LoopbackSocket::Wait::yes);
    }
  }

  std::uint64_t replay() override {
    if (!reader_) reader_ = std::make_unique<RedisConnection>(port_);
    std::uint64_t events = 0;
    std::string last;
    while (true) {
      reader_->add({"XRANGE", "log", last.empty() ? "-" : "(" + last, "+", "COUNT",
                    std::to_string(kPageEvents)});
      reader_->flush();
      const auto page = reader_->page(last);
      if (page == 0) return events;
      events += page;
    }
  }

 private:
  testing::TemporaryFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<testing::ChildProcess> process_;
  std::unique_ptr<RedisConnection> reader_;
};

}  // namespace

std::unique_ptr<Peer> start_redis() {
  if (::access(kServer, X_OK) != 0) return nullptr;
  return std::make_unique<Redis>();
}

}  // namespace silkledger::bench
