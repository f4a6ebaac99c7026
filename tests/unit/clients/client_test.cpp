// The client library against a real edge with a fake application, and against nothing at all.
#include "clients/cpp/client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/server/net/edge_fixture.h"

namespace silkledger::testing {
namespace {

using client::Client;
using client::ClientLimits;
using client::Endpoint;
using client::ErrorKind;
using client::LiveClient;
using std::chrono::milliseconds;

class ClientLibrary : public EdgeTest {
 protected:
  Endpoint endpoint(const std::string& token = "good") const {
    return {"127.0.0.1", port(), token};
  }
};

std::uint16_t port_where_nothing_listens() {
  server::Runtime runtime;
  FakeApplication application;
  server::EdgeServer edge(runtime, application, {}, [](auto, auto, const auto&) {});
  EXPECT_FALSE(edge.start());
  return edge.port();
}

TEST_F(ClientLibrary, RequestsShareOneConnection) {
  start();
  Client client(endpoint());
  for (int i = 0; i < 3; ++i) {
    const auto result = client.request("POST", "/echo?n=1", {{"Idempotency-Key", "k-1"}}, "丝路");
    ASSERT_FALSE(result.error) << result.error.message;
    EXPECT_EQ(result.status, 200);
    EXPECT_TRUE(result.ok());
    EXPECT_EQ(result.body, "POST /echo|n=1|丝路");
    ASSERT_NE(result.header("content-type"), nullptr);
    EXPECT_EQ(*result.header("content-type"), "text/plain; charset=utf-8");
  }
  EXPECT_EQ(edge_->counters().connections_accepted, 1u);
  const Noted seen = application_.noted.get();
  EXPECT_EQ(seen.requests[0].token, "good");
  EXPECT_EQ(*seen.requests[0].header("idempotency-key"), "k-1");
}

TEST_F(ClientLibrary, HeadAndErrorsAreAnswersToo) {
  start();
  Client client(endpoint());
  const auto head = client.request("HEAD", "/echo");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  const auto missing = client.request("GET", "/nowhere");
  EXPECT_FALSE(missing.error);
  EXPECT_FALSE(missing.ok());
  EXPECT_EQ(missing.status, 404);
  const auto refused = client.request("GET", "/a//b");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(client.request("GET", "/echo").status, 200);  // on a new connection
}

TEST_F(ClientLibrary, AnIdleConnectionThatWasClosedIsOpenedAgainForAGet) {
  config_.limits.idle_timeout_ms = 20;
  start();
  Client client(endpoint());
  EXPECT_EQ(client.request("GET", "/echo").status, 200);
  while (edge_->counters().connections_now > 0) std::this_thread::yield();
  EXPECT_EQ(client.request("GET", "/echo").status, 200);
  while (edge_->counters().connections_now > 0) std::this_thread::yield();
  // The library cannot know whether a command was taken; the caller repeats it with its key.
  EXPECT_EQ(client.request("POST", "/echo", {}, "x").error.kind, ErrorKind::closed);
  EXPECT_EQ(client.request("POST", "/echo", {}, "x").status, 200);
}

TEST_F(ClientLibrary, AnAnswerThatDoesNotComeIsATimeoutAndTheNextRequestWorks) {
  start();
  ClientLimits limits;
  limits.request_timeout = milliseconds(50);
  Client client(endpoint(), limits);
  EXPECT_EQ(client.request("GET", "/later").error.kind, ErrorKind::timeout);
  EXPECT_EQ(client.request("GET", "/echo").status, 200);
  application_.answer_later("nobody waits");
}

TEST(ClientLibraryAlone, NobodyListeningIsRefused) {
  const Endpoint nobody{"127.0.0.1", port_where_nothing_listens(), ""};
  Client client(nobody);
  EXPECT_EQ(client.request("GET", "/echo").error.kind, ErrorKind::refused);
  LiveClient live(nobody);
  EXPECT_EQ(live.connect().kind, ErrorKind::refused);
  EXPECT_FALSE(live.is_open());
}

TEST_F(ClientLibrary, LiveTextGoesThereAndBack) {
  start();
  LiveClient live(endpoint());
  ASSERT_FALSE(live.connect("from=12&topic=all")) << live.error().message;
  for (const std::string& text : {std::string("丝路"), std::string(100'000, 'x'), std::string()}) {
    ASSERT_FALSE(live.send(text));
    const auto received = live.receive(kPatience);
    ASSERT_TRUE(received) << live.error().message;
    EXPECT_TRUE(*received == text);
  }
  EXPECT_FALSE(live.close(1000, "done")) << live.error().message;
  EXPECT_FALSE(live.is_open());
  const Noted seen = application_.noted.get();
  EXPECT_EQ(seen.live_requests[0].query, (server::NamedValues{{"from", "12"}, {"topic", "all"}}));
  EXPECT_EQ(seen.live_requests[0].subprotocol, "silkledger.v1");
}

TEST_F(ClientLibrary, ASilentServerIsATimeoutAndTheConnectionStaysGood) {
  start();
  LiveClient live(endpoint());
  ASSERT_FALSE(live.connect());
  EXPECT_FALSE(live.receive(milliseconds(20)));
  EXPECT_EQ(live.error().kind, ErrorKind::timeout);
  ASSERT_FALSE(live.send("still there?"));
  EXPECT_EQ(live.receive(kPatience), "still there?");
}

TEST_F(ClientLibrary, AServersCloseIsTold) {
  start();
  LiveClient live(endpoint());
  ASSERT_FALSE(live.connect());
  ASSERT_FALSE(live.send("quit"));
  EXPECT_FALSE(live.receive(kPatience));
  EXPECT_EQ(live.error().kind, ErrorKind::closed);
  EXPECT_EQ(live.error().close_code, 4401);
  EXPECT_EQ(live.error().close_reason, "token revoked");
  EXPECT_FALSE(live.is_open());
  ASSERT_FALSE(live.connect());  // the same object connects again
  ASSERT_FALSE(live.send("hello"));
  EXPECT_EQ(live.receive(kPatience), "hello");
}

TEST_F(ClientLibrary, ARejectedUpgradeCarriesTheAnswer) {
  start();
  LiveClient live(endpoint("bad"));
  const auto error = live.connect();
  EXPECT_EQ(error.kind, ErrorKind::rejected);
  EXPECT_EQ(error.status, 401);
  EXPECT_EQ(error.body, "who are you?");
}

TEST_F(ClientLibrary, AClientThatReadsLateGetsEveryFrameInOrder) {
  config_.limits.live_outbox_bytes_max = 256 * 1024;
  start();
  LiveClient live(endpoint());
  ASSERT_FALSE(live.connect());
  ASSERT_FALSE(live.send("flood"));
  for (std::size_t i = 1; i <= 500; ++i) {
    const auto frame = live.receive(kPatience);
    ASSERT_TRUE(frame) << live.error().message;
    ASSERT_EQ(std::stoul(*frame), i);
  }
}

TEST_F(ClientLibrary, ABinaryConnectionCarriesAnyBytesAndNoTexts) {
  start();
  LiveClient binary(endpoint(), {}, client::Encoding::binary);
  ASSERT_FALSE(binary.connect());
  EXPECT_EQ(application_.noted.get().live_requests.back().subprotocol, "silkledger.v1.capnp");
  const std::string bytes("\xff\x00\x80 no text", 11);
  ASSERT_FALSE(binary.send(bytes));
  EXPECT_EQ(binary.receive(kPatience), bytes);
  LiveClient text(endpoint());
  ASSERT_FALSE(text.connect("", {{"Sec-WebSocket-Protocol", "silkledger.v1.capnp"}}));
  ASSERT_FALSE(text.send("a text where binary is spoken"));
  EXPECT_FALSE(text.receive(kPatience));
  EXPECT_EQ(text.error().close_code, 1003);
}

TEST_F(ClientLibrary, AShutdownIsTold) {
  start();
  LiveClient live(endpoint());
  ASSERT_FALSE(live.connect());
  std::thread server([this] { EXPECT_TRUE(shut_down()); });
  EXPECT_FALSE(live.receive(kPatience));
  EXPECT_EQ(live.error().kind, ErrorKind::closed);
  EXPECT_EQ(live.error().close_code, 1001);
  server.join();
}

}  // namespace
}  // namespace silkledger::testing
