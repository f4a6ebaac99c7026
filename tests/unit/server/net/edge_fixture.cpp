#include "tests/unit/server/net/edge_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "server/websocket/frame_header.h"

namespace silkledger::testing {

namespace {

using server::HttpRequest;
using server::HttpResponse;

HttpResponse text_answer(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

std::string describe(const HttpRequest& request) {
  std::string text = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) text += "|" + name + "=" + value;
  return text + "|" + request.body;
}

class FakeLive final : public server::LiveConnection {
 public:
  FakeLive(Watched<Noted>& noted, std::shared_ptr<server::LiveOutlet> outlet, server::Opcode opcode)
      : noted_(noted), outlet_(std::move(outlet)), opcode_(opcode) {}

  void on_message(std::string text) override {
    noted_.change([&](Noted& noted) { noted.messages.push_back(text); });
    if (text == "quit") return outlet_->close(server::CloseCode::unauthorised, "token revoked");
    if (text == "flood") {
      flooding_ = true;
      return flood();
    }
    outlet_->send(server::whole_frame(opcode_, text), 0);
  }
  void on_writable() override {
    noted_.change([](Noted& noted) { ++noted.writable; });
    if (flooding_) flood();
  }
  void on_closed() override {
    flooding_ = false;
    noted_.change([](Noted& noted) { ++noted.closed; });
  }
  std::string stalled_reason() override { return "resume from " + std::to_string(next_); }

 private:
  void flood() {
    for (;;) {
      std::string frame = std::to_string(next_) + " ";
      frame.resize(FakeApplication::kFloodFrameBytes, '.');
      if (!outlet_->send(server::whole_frame(opcode_, frame), 0)) break;
      ++next_;
      noted_.change([&](Noted& noted) {
        ++noted.frames_taken;
        noted.queued_bytes_most = std::max(noted.queued_bytes_most, outlet_->queued_bytes());
      });
    }
  }

  Watched<Noted>& noted_;
  std::shared_ptr<server::LiveOutlet> outlet_;
  const server::Opcode opcode_;
  bool flooding_ = false;
  std::size_t next_ = 1;
};

}  // namespace

void FakeApplication::handle(HttpRequest request, std::function<void(HttpResponse)> reply) {
  noted.change([&](Noted& seen) { seen.requests.push_back(request); });
  if (request.path == "/echo") return reply(text_answer(200, describe(request)));
  if (request.path == "/later") {
    return later_.change([&](auto& waiting) { waiting.push_back(std::move(reply)); });
  }
  if (request.path == "/dropped") return;
  if (request.path == "/big") return reply(text_answer(200, std::string(1024 * 1024, 'b')));
  if (request.path == "/bad-header") {
    HttpResponse response = text_answer(200, "x");
    response.headers.emplace_back("Location", "/a\r\nSet-Cookie: planted=1");
    return reply(response);
  }
  reply(text_answer(404, "not found"));
}

server::LiveOpening FakeApplication::open_live(server::LiveRequest request,
                                               std::shared_ptr<server::LiveOutlet> outlet) {
  noted.change([&](Noted& seen) { seen.live_requests.push_back(request); });
  if (!request.token || *request.token == "bad") {
    return {nullptr, text_answer(401, "who are you?")};
  }
  const auto opcode = request.subprotocol == server::kBinarySubprotocol ? server::Opcode::binary
                                                                        : server::Opcode::text;
  return {std::make_shared<FakeLive>(noted, std::move(outlet), opcode), {}};
}

void FakeApplication::answer_later(const std::string& body) {
  std::function<void(HttpResponse)> reply;
  ASSERT_TRUE(later_.wait([](const auto& waiting) { return !waiting.empty(); }));
  later_.change([&](auto& waiting) {
    reply = std::move(waiting.front());
    waiting.erase(waiting.begin());
  });
  reply(text_answer(200, body));
}

RawPeer::RawPeer(std::uint16_t port, int receive_buffer_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer_bytes > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
                 sizeof receive_buffer_bytes);
  }
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

RawPeer::~RawPeer() { ::close(socket_); }

bool RawPeer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawPeer::hang_up() { ::shutdown(socket_, SHUT_WR); }

bool RawPeer::read_more() {
  if (ended_) return false;
  pollfd waiting{socket_, POLLIN, 0};
  const auto patience = std::chrono::milliseconds(kPatience).count();
  if (::poll(&waiting, 1, static_cast<int>(patience)) <= 0) return false;
  std::array<char, 64 * 1024> bytes;
  const ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (size <= 0) {
    ended_ = true;
    return false;
  }
  received_.append(bytes.data(), static_cast<std::size_t>(size));
  return true;
}

std::string RawPeer::read_until(std::string_view text) {
  std::size_t at = received_.find(text);
  while (at == std::string::npos && read_more()) at = received_.find(text);
  return read_bytes(at == std::string::npos ? received_.size() : at + text.size());
}

std::string RawPeer::read_bytes(std::size_t count) {
  while (received_.size() < count && read_more()) {
  }
  std::string result = received_.substr(0, count);
  received_.erase(0, count);
  return result;
}

std::optional<std::string> RawPeer::read_to_end() {
  while (read_more()) {
  }
  if (!ended_) return std::nullopt;
  return std::exchange(received_, {});
}

std::string RawPeer::read_answer() {
  std::string answer = read_until("\r\n\r\n");
  const std::string_view field = "Content-Length: ";
  const std::size_t at = answer.find(field);
  if (at == std::string::npos) return answer;
  return answer + read_bytes(std::stoul(answer.substr(at + field.size())));
}

EdgeTest::EdgeTest() {
  config_.limits.sweep_interval_ms = 10;
  config_.limits.linger_timeout_ms = 200;
}

EdgeTest::~EdgeTest() {
  if (!thread_.joinable()) return;
  if (!returned_.get()) shut_down();
  thread_.join();
}

void EdgeTest::start(std::size_t threads) {
  runtime_ = std::make_unique<server::Runtime>(threads);
  edge_ = std::make_unique<server::EdgeServer>(
      *runtime_, application_, config_,
      [this](server::LogLevel, std::string_view event, const server::LogFields& fields) {
        std::string line(event);
        for (const auto& [name, value] : fields)
          line.append(" ").append(name).append("=").append(value);
        log_.change([&](std::vector<std::string>& lines) { lines.push_back(std::move(line)); });
      });
  const auto failure = edge_->start();
  ASSERT_FALSE(failure) << *failure;
  ASSERT_NE(port(), 0);
  thread_ = std::thread([this] {
    runtime_->run();
    returned_.change([](bool& returned) { returned = true; });
  });
}

bool EdgeTest::shut_down(server::DrainHook drain) {
  server::run_shutdown(
      runtime_->core(),
      [this](server::LogLevel, std::string_view event, const server::LogFields& fields) {
        std::string line(event);
        for (const auto& [name, value] : fields)
          line.append(" ").append(name).append("=").append(value);
        log_.change([&](std::vector<std::string>& lines) { lines.push_back(std::move(line)); });
      },
      server::shutdown_steps(*edge_, {}, std::move(drain)),
      [this](bool in_time) { in_time ? runtime_->finish() : runtime_->abort(); });
  return returned_.wait([](bool returned) { return returned; });
}

bool EdgeTest::wait_for_log(const std::string& event) const {
  return log_.wait([&](const std::vector<std::string>& lines) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.find(event) != std::string::npos;
    });
  });
}

int status_of(const std::string& answer) {
  if (answer.size() < 12 || answer.compare(0, 9, "HTTP/1.1 ") != 0) return 0;
  return std::stoi(answer.substr(9, 3));
}

std::string body_of(const std::string& answer) {
  const std::size_t at = answer.find("\r\n\r\n");
  return at == std::string::npos ? std::string() : answer.substr(at + 4);
}

std::string client_frame(unsigned char first_byte, std::string_view payload) {
  constexpr std::array<unsigned char, 4> kKey = {0x12, 0x34, 0x56, 0x78};
  std::string frame(1, static_cast<char>(first_byte));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(0x80 | payload.size()));
  } else {
    const bool is_long = payload.size() > 0xffff;
    frame.push_back(static_cast<char>(0x80 | (is_long ? 127 : 126)));
    for (int shift = is_long ? 56 : 8; shift >= 0; shift -= 8) {
      frame.push_back(static_cast<char>((payload.size() >> shift) & 0xff));
    }
  }
  for (const unsigned char byte : kKey) frame.push_back(static_cast<char>(byte));
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame.push_back(static_cast<char>(static_cast<unsigned char>(payload[i]) ^ kKey[i % 4]));
  }
  return frame;
}

std::string upgrade_request(const std::string& extra_fields) {
  return "GET /api/v1/live HTTP/1.1\r\nHost: ledger.example\r\nUpgrade: websocket\r\n"
         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         extra_fields + "\r\n";
}

}  // namespace silkledger::testing
