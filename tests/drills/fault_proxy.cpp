#include "tests/drills/fault_proxy.h"

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <exception>
#include <random>
#include <thread>
#include <utility>

namespace silkledger::testing {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

constexpr auto kAsResult = net::as_tuple(net::use_awaitable);
constexpr std::size_t kReadBytes = 4096;
constexpr std::uint64_t kNever = UINT64_MAX;
constexpr std::chrono::milliseconds kHalfClosed{150};  // how long the other half goes on

enum class End { cut, reset, half_closed };

// What happens to one direction of a connection.
struct Temper {
  std::chrono::microseconds latency{0};  // of every piece
  std::size_t piece_bytes = kReadBytes;
  std::uint64_t ends_after = kNever;  // bytes
  End end = End::cut;
};

Temper draw(std::mt19937& random) {
  const auto one_of = [&random](int n) {
    return std::uniform_int_distribution<int>(0, n - 1)(random);
  };
  Temper temper;
  switch (one_of(5)) {
    case 0:
      temper.latency = std::chrono::microseconds(one_of(20'000));
      break;
    case 1:
      temper.piece_bytes = 1;
      break;
    case 2:  // some 100 KiB a second
      temper.latency = std::chrono::milliseconds(2);
      temper.piece_bytes = 200;
      break;
    default:
      break;
  }
  if (one_of(3) != 0) {
    temper.ends_after = static_cast<std::uint64_t>(one_of(one_of(2) == 0 ? 1'000 : 60'000));
    temper.end =
        std::array{End::cut, End::reset, End::half_closed}[static_cast<std::size_t>(one_of(3))];
  }
  return temper;
}

struct Pair {
  Pair(tcp::socket from_client, net::io_context& context)
      : client(std::move(from_client)), server(context) {}
  void close() {
    error_code ignored;
    client.close(ignored);
    server.close(ignored);
  }
  tcp::socket client;
  tcp::socket server;
};

}  // namespace

class FaultProxy::State {
 public:
  explicit State(std::uint32_t seed)
      : random_(seed), acceptor_(context_, tcp::endpoint(net::ip::address_v4::loopback(), 0)) {
    start(accept(this));
    thread_ = std::thread([this] { context_.run(); });
  }
  ~State() {
    context_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::atomic<std::uint16_t> server_port{0};
  std::atomic<std::uint64_t> connections{0}, cut{0}, reset{0}, half_closed{0}, bytes{0};

 private:
  using Shared = std::shared_ptr<Pair>;

  // What is under way ends with the context; nothing may escape from it.
  void start(net::awaitable<void> work) {
    net::co_spawn(context_, std::move(work), [](std::exception_ptr escaped) {
      if (escaped) std::terminate();
    });
  }

  static net::awaitable<void> accept(State* self) {
    while (true) {
      auto [error, socket] = co_await self->acceptor_.async_accept(kAsResult);
      if (error) continue;
      ++self->connections;
      auto pair = std::make_shared<Pair>(std::move(socket), self->context_);
      const Temper up = draw(self->random_);
      const Temper down = draw(self->random_);
      self->start(lead(self, pair, up, down));
    }
  }

  static net::awaitable<void> lead(State* self, Shared pair, Temper up, Temper down) {
    const tcp::endpoint to(net::ip::address_v4::loopback(), self->server_port);
    auto [error] = co_await pair->server.async_connect(to, kAsResult);
    if (error) co_return pair->close();
    error_code ignored;
    pair->client.set_option(tcp::no_delay(true), ignored);
    pair->server.set_option(tcp::no_delay(true), ignored);
    self->start(pump(self, pair, true, up));
    self->start(pump(self, pair, false, down));
  }

  static net::awaitable<void> pump(State* self, Shared pair, bool upwards, Temper temper) {
    tcp::socket& from = upwards ? pair->client : pair->server;
    tcp::socket& to = upwards ? pair->server : pair->client;
    net::steady_timer timer(self->context_);
    std::array<char, kReadBytes> buffer;
    std::uint64_t done = 0;
    while (done < temper.ends_after) {
      const std::size_t most =
          std::min<std::uint64_t>(temper.piece_bytes, temper.ends_after - done);
      const auto into = net::buffer(buffer.data(), most);
      auto [failed, size] = co_await from.async_read_some(into, kAsResult);
      if (failed) co_return pair->close();
      if (temper.latency.count() > 0) {
        timer.expires_after(temper.latency);
        (void)co_await timer.async_wait(kAsResult);
      }
      const auto piece = net::buffer(buffer.data(), size);
      auto [broken, written] = co_await net::async_write(to, piece, kAsResult);
      if (broken) co_return pair->close();
      done += written;
      self->bytes += written;
    }
    co_await end(self, pair, upwards, temper.end);
  }

  static net::awaitable<void> end(State* self, Shared pair, bool upwards, End how) {
    error_code ignored;
    if (how == End::half_closed) {
      ++self->half_closed;
      (upwards ? pair->server : pair->client).shutdown(tcp::socket::shutdown_send, ignored);
      net::steady_timer timer(self->context_, kHalfClosed);
      (void)co_await timer.async_wait(kAsResult);
    } else if (how == End::reset) {
      ++self->reset;
      pair->client.set_option(net::socket_base::linger(true, 0), ignored);
      pair->server.set_option(net::socket_base::linger(true, 0), ignored);
    } else {
      ++self->cut;
    }
    pair->close();
  }

  net::io_context context_{1};
  std::mt19937 random_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

FaultProxy::FaultProxy(std::uint32_t seed) : state_(std::make_unique<State>(seed)) {}
FaultProxy::~FaultProxy() = default;
std::uint16_t FaultProxy::port() const { return state_->port(); }
void FaultProxy::lead_to(std::uint16_t server_port) { state_->server_port = server_port; }
ProxyCounts FaultProxy::counts() const {
  return {state_->connections, state_->cut, state_->reset, state_->half_closed, state_->bytes};
}

}  // namespace silkledger::testing
