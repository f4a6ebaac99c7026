// HTTP over real sockets: what a well-behaved client gets, and each limit hit.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/server/net/edge_fixture.h"

namespace silkledger::testing {
namespace {

class HttpEdge : public EdgeTest {};

std::string get(const std::string& target, const std::string& fields = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: ledger.example\r\n" + fields + "\r\n";
}

std::string post(const std::string& target, const std::string& body,
                 const std::string& fields = {}) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: ledger.example\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + fields + "\r\n" + body;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(HttpEdge, KeepAliveServesSeveralRequestsOnOneConnection) {
  start();
  RawPeer peer(port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(peer.send(get("/echo?n=" + std::to_string(i))));
    const std::string answer = peer.read_answer();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(body_of(answer), "GET /echo|n=" + std::to_string(i) + "|");
    EXPECT_TRUE(has(answer, "Connection: keep-alive\r\n"));
  }
  EXPECT_EQ(edge_->counters().connections_accepted, 1u);
  EXPECT_EQ(edge_->counters().requests, 3u);
}

TEST_F(HttpEdge, PipelinedRequestsAreAnsweredOneAtATimeInOrder) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/later") + post("/echo", "two") + get("/echo?n=3")));
  ASSERT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.requests.size() == 1; }));
  application_.answer_later("one");
  EXPECT_EQ(body_of(peer.read_answer()), "one");
  EXPECT_EQ(body_of(peer.read_answer()), "POST /echo|two");
  EXPECT_EQ(body_of(peer.read_answer()), "GET /echo|n=3|");
}

TEST_F(HttpEdge, SeveralNetworkThreadsServeAlike) {
  start(3);
  for (int i = 0; i < 20; ++i) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.send(get("/later") + get("/echo")));
    application_.answer_later("one");
    EXPECT_EQ(body_of(peer.read_answer()), "one");
    EXPECT_EQ(body_of(peer.read_answer()), "GET /echo|");
  }
}

TEST_F(HttpEdge, TheApplicationSeesADecodedRequest) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/echo%E5%8E%BF?unit=%E7%A4%BA%E4%BE%8B%E5%8E%BF&a=1+2&a=3&b",
                            "X-Trace:  t1 \r\nauthorization: bearer secret-1\r\n")));
  peer.read_answer();
  const Noted seen = application_.noted.get();
  ASSERT_EQ(seen.requests.size(), 1u);
  const server::HttpRequest& request = seen.requests[0];
  EXPECT_EQ(request.path, "/echo县");
  EXPECT_EQ(request.query,
            (server::NamedValues{{"unit", "示例县"}, {"a", "1 2"}, {"a", "3"}, {"b", ""}}));
  ASSERT_NE(request.header("x-trace"), nullptr);
  EXPECT_EQ(*request.header("x-trace"), "t1");
  EXPECT_EQ(request.token, "secret-1");
  EXPECT_EQ(request.remote, "127.0.0.1");
}

TEST_F(HttpEdge, HeadAnswersLikeGetWithoutTheBody) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
  const std::string head = peer.read_until("\r\n\r\n");
  EXPECT_TRUE(has(head, "Content-Length: 10\r\n")) << head;
  ASSERT_TRUE(peer.send(get("/echo")));
  EXPECT_EQ(body_of(peer.read_answer()), "GET /echo|");
}

TEST_F(HttpEdge, EveryAnswerCarriesTheSecurityHeaders) {
  start();
  for (const std::string& request :
       {get("/echo"), get("/nothing"), std::string("NONSENSE\r\n\r\n")}) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.send(request));
    const std::string answer = peer.read_answer();
    EXPECT_TRUE(has(answer, "X-Content-Type-Options: nosniff\r\n")) << answer;
    EXPECT_TRUE(has(answer, "Cache-Control: no-store\r\n"));
    EXPECT_TRUE(has(answer, "Content-Security-Policy: default-src 'none'"));
    EXPECT_TRUE(has(answer, "Referrer-Policy: no-referrer\r\n"));
    EXPECT_TRUE(has(answer, "Date: "));
  }
}

TEST_F(HttpEdge, ABodyArrivesWholeByLengthAndByChunksInAnySlices) {
  start();
  const std::string chunked =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n";
  for (const std::string& request : {post("/echo", "hello, world"), chunked}) {
    RawPeer peer(port());
    for (const char byte : request) ASSERT_TRUE(peer.send(std::string_view(&byte, 1)));
    EXPECT_EQ(body_of(peer.read_answer()), "POST /echo|hello, world");
    ASSERT_TRUE(peer.send(request));
    EXPECT_EQ(body_of(peer.read_answer()), "POST /echo|hello, world");
  }
}

TEST_F(HttpEdge, ContinueIsSaidBeforeTheBodyIsSent) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"));
  EXPECT_EQ(peer.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(peer.send("body"));
  EXPECT_EQ(body_of(peer.read_answer()), "POST /echo|body");
}

TEST_F(HttpEdge, ABigAnswerReachesAClientThatReadsSlowly) {
  start();
  RawPeer peer(port(), 4096);
  ASSERT_TRUE(peer.send(get("/big")));
  EXPECT_EQ(body_of(peer.read_answer()).size(), 1024u * 1024);
}

TEST_F(HttpEdge, AnHttp10ClientIsAnsweredAndClosed) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send("GET /echo HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"));
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_EQ(status_of(*answer), 200);
}

TEST_F(HttpEdge, ADroppedReplyAnswers500AndTheConnectionGoesOn) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/dropped") + get("/echo")));
  EXPECT_EQ(status_of(peer.read_answer()), 500);
  EXPECT_EQ(status_of(peer.read_answer()), 200);
}

TEST_F(HttpEdge, AHeaderThatWouldSplitTheAnswerIsNotSent) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/bad-header")));
  const std::string answer = peer.read_answer();
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_FALSE(has(answer, "planted"));
}

TEST_F(HttpEdge, TheLivePathWithoutUpgradeSaysWhatIsNeeded) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/api/v1/live")));
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_EQ(status_of(*answer), 426);
  EXPECT_TRUE(has(*answer, "Upgrade: websocket\r\n"));
}

// ---- limits
// -----------------------------------------------------------------------------------------

struct LimitCase {
  const char* name;
  int status;
  std::string request;
};

class HttpLimit : public EdgeTest, public ::testing::WithParamInterface<LimitCase> {};

TEST_P(HttpLimit, IsAnsweredInBothLanguagesAndClosed) {
  start();
  RawPeer peer(port());
  peer.send(GetParam().request);
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer) << "the connection was not closed";
  EXPECT_EQ(status_of(*answer), GetParam().status) << *answer;
  EXPECT_TRUE(has(*answer, "Content-Type: application/problem+json; charset=utf-8\r\n"));
  for (const char* member : {"\"type\":\"urn:silkledger:problem:", "\"title\":\"", "\"titleZh\":\"",
                             "\"detail\":\"", "\"detailZh\":\""}) {
    EXPECT_TRUE(has(*answer, member)) << member << *answer;
  }
  EXPECT_TRUE(has(*answer, "\"status\":" + std::to_string(GetParam().status)));
  EXPECT_TRUE(application_.noted.get().requests.empty());
}

std::string many_fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i) fields += "X-Field-" + std::to_string(i) + ": v\r\n";
  return fields;
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpLimit,
    ::testing::Values(
        LimitCase{"HeaderBytes", 431,
                  get("/echo", "X-Long: " + std::string(16 * 1024, 'x') + "\r\n")},
        LimitCase{"HeaderFields", 431, get("/echo", many_fields(100))},
        LimitCase{"TargetBytes", 414, get("/echo?q=" + std::string(8 * 1024, 'q'))},
        LimitCase{"TargetThatNeverEnds", 414, "GET /" + std::string(9 * 1024, 'q')},
        LimitCase{"BodyByLength", 413,
                  "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"},
        LimitCase{"BodyLengthBeyond64Bits", 413,
                  "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"},
        LimitCase{"BodyByChunks", 413,
                  "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n" +
                      std::string(0x100001, 'c') + "\r\n0\r\n\r\n"},
        LimitCase{"QueryFields", 400,
                  get("/echo?" +
                      [] {
                        std::string query;
                        for (int i = 0; i < 101; ++i) query += "a=1&";
                        return query;
                      }())},
        LimitCase{"OptionsMethod", 405, "OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
        LimitCase{"TraceMethod", 405, "TRACE /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
        LimitCase{"ConnectMethod", 405, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"},
        LimitCase{"UnknownMethod", 405, "BREW /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
        LimitCase{"HttpVersion", 505, "GET /echo HTTP/2.0\r\nHost: a\r\n\r\n"},
        LimitCase{"OtherExpectation", 417, get("/echo", "Expect: the-unexpected\r\n")}),
    [](const auto& test) { return test.param.name; });

TEST_F(HttpEdge, HeadersUpToTheLimitsAreTaken) {
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/echo", many_fields(99))));  // and Host: 100
  EXPECT_EQ(status_of(peer.read_answer()), 200);
  ASSERT_TRUE(peer.send(get("/echo?q=" + std::string(8 * 1024 - 8, 'q'))));
  EXPECT_EQ(status_of(peer.read_answer()), 200);
  ASSERT_TRUE(peer.send(post("/echo", std::string(1024 * 1024, 'b'))));
  EXPECT_EQ(status_of(peer.read_answer()), 200);
}

// Each limit where it is set, not where it is by default: at it 200, one beyond it this status.
struct ConfiguredCase {
  const char* name;
  void (*set)(server::EdgeLimits&);
  std::string at;
  std::string beyond;
  int status;
};

class HttpConfigured : public EdgeTest, public ::testing::WithParamInterface<ConfiguredCase> {};

TEST_P(HttpConfigured, HoldsToTheByte) {
  GetParam().set(config_.limits);
  start();
  RawPeer within(port());
  ASSERT_TRUE(within.send(GetParam().at));
  EXPECT_EQ(status_of(within.read_answer()), 200);
  RawPeer beyond(port());
  ASSERT_TRUE(beyond.send(GetParam().beyond));
  const auto answer = beyond.read_to_end();
  ASSERT_TRUE(answer) << "the connection was not closed";
  EXPECT_EQ(status_of(*answer), GetParam().status) << *answer;
  EXPECT_EQ(application_.noted.get().requests.size(), 1u);
}

std::string of_bytes(std::size_t bytes) {
  const auto bare = get("/echo", "X: \r\n").size();
  return get("/echo", "X: " + std::string(bytes - bare, 'x') + "\r\n");
}

std::string in_chunks(const std::string& body) {
  std::string request = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char byte : body) request += "1\r\n" + std::string(1, byte) + "\r\n";
  return request + "0\r\n\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpConfigured,
    ::testing::Values(
        ConfiguredCase{"HeaderBytes", [](server::EdgeLimits& l) { l.header_bytes_max = 200; },
                       of_bytes(200), of_bytes(201), 431},
        ConfiguredCase{"HeaderFields", [](server::EdgeLimits& l) { l.header_fields_max = 3; },
                       get("/echo", many_fields(2)), get("/echo", many_fields(3)), 431},
        ConfiguredCase{"TargetBytes", [](server::EdgeLimits& l) { l.target_bytes_max = 9; },
                       get("/echo?a=1"), get("/echo?a=12"), 414},
        ConfiguredCase{"QueryFields", [](server::EdgeLimits& l) { l.query_fields_max = 2; },
                       get("/echo?a=1&b=2"), get("/echo?a=1&b=2&c=3"), 400},
        ConfiguredCase{"BodyByLength", [](server::EdgeLimits& l) { l.body_bytes_max = 4; },
                       post("/echo", "four"), post("/echo", "fives"), 413},
        ConfiguredCase{"BodyByChunks", [](server::EdgeLimits& l) { l.body_bytes_max = 4; },
                       in_chunks("four"), in_chunks("fives"), 413}),
    [](const auto& test) { return test.param.name; });

// It goes on sending and never closes: after a while that is its own affair.
TEST_F(HttpEdge, WhoeverIsRefusedAndStaysIsClosedAfterALinger) {
  config_.limits.linger_timeout_ms = 50;
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send("NONSENSE\r\n\r\n"));
  EXPECT_EQ(status_of(peer.read_answer()), 400);
  while (edge_->counters().connections_now > 0) peer.send("more");
}

// A byte now and then does not extend the time of the header, or anybody could hold a place.
TEST_F(HttpEdge, AHeaderThatTricklesTimesOutAllTheSame) {
  config_.limits.header_timeout_ms = 50;
  config_.limits.header_bytes_max = 4 * 1024 * 1024;
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send("GET /echo HTTP/1.1\r\nHost: a\r\nX-Slow: "));
  while (edge_->counters().requests_refused == 0 && peer.send("x")) std::this_thread::yield();
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_EQ(status_of(*answer), 408);
}

TEST_F(HttpEdge, ASlowHeaderTimesOutWith408) {
  config_.limits.header_timeout_ms = 50;
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send("GET /echo HTTP/1.1\r\nHost:"));
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_EQ(status_of(*answer), 408);
}

TEST_F(HttpEdge, ASlowBodyTimesOutWith408) {
  config_.limits.body_timeout_ms = 50;
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_EQ(status_of(*answer), 408);
}

TEST_F(HttpEdge, AnIdleConnectionIsClosedSilently) {
  config_.limits.idle_timeout_ms = 50;
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(get("/echo")));
  EXPECT_EQ(status_of(peer.read_answer()), 200);
  EXPECT_EQ(peer.read_to_end(), "");
}

TEST_F(HttpEdge, AClientThatTakesNoAnswerIsDropped) {
  config_.limits.write_timeout_ms = 50;
  config_.limits.socket_send_buffer_bytes = 4096;
  start();
  RawPeer peer(port(), 4096);
  ASSERT_TRUE(peer.send(get("/big")));
  ASSERT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.requests.size() == 1; }));
  while (edge_->counters().connections_now > 0) std::this_thread::yield();
}

TEST_F(HttpEdge, ConnectionsBeyondTheTotalGet503) {
  config_.limits.connections_max = 2;
  config_.limits.retry_after_s = 17;
  start();
  RawPeer first(port());
  RawPeer second(port());
  ASSERT_TRUE(first.send(get("/echo")) && second.send(get("/echo")));
  EXPECT_EQ(status_of(first.read_answer()), 200);
  EXPECT_EQ(status_of(second.read_answer()), 200);
  {
    RawPeer third(port());
    const auto answer = third.read_to_end();
    ASSERT_TRUE(answer);
    EXPECT_EQ(status_of(*answer), 503);
    EXPECT_TRUE(has(*answer, "Retry-After: 17\r\n")) << *answer;
  }
  ASSERT_TRUE(first.send(get("/echo")));
  EXPECT_EQ(status_of(first.read_answer()), 200);
}

TEST_F(HttpEdge, ConnectionsBeyondTheShareOfAnAddressGet429AndPlacesComeBack) {
  config_.limits.connections_per_address_max = 1;
  start();
  {
    RawPeer first(port());
    ASSERT_TRUE(first.send(get("/echo")));
    EXPECT_EQ(status_of(first.read_answer()), 200);
    RawPeer second(port());
    const auto answer = second.read_to_end();
    ASSERT_TRUE(answer);
    EXPECT_EQ(status_of(*answer), 429);
    EXPECT_TRUE(has(*answer, "Retry-After: 5\r\n")) << *answer;
  }
  while (edge_->counters().connections_now > 0) std::this_thread::yield();
  RawPeer third(port());
  ASSERT_TRUE(third.send(get("/echo")));
  EXPECT_EQ(status_of(third.read_answer()), 200);
}

TEST_F(HttpEdge, APortThatIsTakenIsReportedInWords) {
  start();
  server::EdgeConfig same = config_;
  same.port = port();
  server::EdgeServer other(*runtime_, application_, same, [](auto, auto, const auto&) {});
  const auto failure = other.start();
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->rfind("cannot listen on 127.0.0.1:" + std::to_string(port()), 0), 0u)
      << *failure;
}

}  // namespace
}  // namespace silkledger::testing
