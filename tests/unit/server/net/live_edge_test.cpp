// Live connections over real sockets: who gets in, what is said, what a slow or rude client costs.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/server/net/edge_fixture.h"

namespace silkledger::testing {
namespace {

using namespace std::string_literals;

constexpr unsigned char kText = 0x81;
constexpr unsigned char kClose = 0x88;
constexpr unsigned char kPing = 0x89;
constexpr unsigned char kPong = 0x8a;

struct Frame {
  int opcode = -1;
  std::string payload;
  int close_code() const {
    if (payload.size() < 2) return 0;
    return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
  }
  std::string close_reason() const { return payload.size() < 2 ? "" : payload.substr(2); }
};

// The next frame from the server; opcode -1 when there is none.
Frame read_frame(RawPeer& peer) {
  const std::string head = peer.read_bytes(2);
  if (head.size() < 2) return {};
  std::size_t size = static_cast<unsigned char>(head[1]);
  const std::size_t length_bytes = size == 127 ? 8 : (size == 126 ? 2 : 0);
  if (length_bytes > 0) {
    size = 0;
    for (const char byte : peer.read_bytes(length_bytes)) {
      size = size << 8 | static_cast<unsigned char>(byte);
    }
  }
  return {static_cast<unsigned char>(head[0]) & 0x0f, peer.read_bytes(size)};
}

class LiveEdge : public EdgeTest {
 protected:
  static std::string open(RawPeer& peer, const std::string& request = upgrade_request()) {
    EXPECT_TRUE(peer.send(request));
    return peer.read_answer();
  }
};

TEST_F(LiveEdge, TheHandshakeOfTheStandardIsAnsweredAsInTheStandard) {
  start();
  RawPeer peer(port());
  const std::string answer = open(peer);
  EXPECT_EQ(status_of(answer), 101);
  // RFC 6455 section 1.3 gives this answer for this key.
  EXPECT_NE(answer.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"),
            std::string::npos);
}

TEST_F(LiveEdge, TextIsEchoedWhateverItsLengthForm) {
  start();
  RawPeer peer(port());
  open(peer);
  for (const std::size_t size : {0u, 1u, 125u, 126u, 65'535u, 65'536u, 1'048'576u}) {
    const std::string text(size, 'x');
    ASSERT_TRUE(peer.send(client_frame(kText, text)));
    const Frame frame = read_frame(peer);
    EXPECT_EQ(frame.opcode, 1);
    EXPECT_TRUE(frame.payload == text) << size;
  }
}

TEST_F(LiveEdge, FramesSentTogetherWithTheUpgradeAreNotLost) {
  start();
  RawPeer peer(port());
  open(peer, upgrade_request() + client_frame(kText, "early") + client_frame(kText, "丝路"));
  EXPECT_EQ(read_frame(peer).payload, "early");
  EXPECT_EQ(read_frame(peer).payload, "丝路");
}

TEST_F(LiveEdge, FragmentsAreJoinedAroundAPing) {
  start();
  RawPeer peer(port());
  open(peer);
  ASSERT_TRUE(peer.send(client_frame(0x01, "\xe4\xb8") + client_frame(kPing, "p") +
                        client_frame(0x00, "\x9d") + client_frame(0x80, "!")));
  const Frame pong = read_frame(peer);
  EXPECT_EQ(pong.opcode, 10);
  EXPECT_EQ(pong.payload, "p");
  EXPECT_EQ(read_frame(peer).payload, "丝!");
}

TEST_F(LiveEdge, ATokenMayComeAsASubprotocolAndIsNotEchoed) {
  start();
  RawPeer peer(port());
  const std::string answer =
      open(peer, upgrade_request("Sec-WebSocket-Protocol: silkledger.v1, bearer.abc-1\r\n"));
  EXPECT_EQ(status_of(answer), 101);
  EXPECT_NE(answer.find("Sec-WebSocket-Protocol: silkledger.v1\r\n"), std::string::npos);
  EXPECT_EQ(answer.find("abc-1"), std::string::npos);
  const Noted seen = application_.noted.get();
  ASSERT_EQ(seen.live_requests.size(), 1u);
  EXPECT_EQ(seen.live_requests[0].token, "abc-1");
  EXPECT_EQ(seen.live_requests[0].subprotocol, "silkledger.v1");
}

struct Refusal {
  const char* name;
  std::string request;
  int status;
};

class LiveRefusal : public EdgeTest, public ::testing::WithParamInterface<Refusal> {};

TEST_P(LiveRefusal, IsAnsweredInsteadOf101) {
  config_.allowed_origins = {"https://board.example"};
  start();
  RawPeer peer(port());
  ASSERT_TRUE(peer.send(GetParam().request));
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_EQ(status_of(*answer), GetParam().status) << *answer;
  EXPECT_EQ(edge_->counters().live_opened, 0u);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, LiveRefusal,
    ::testing::Values(
        Refusal{"BadToken", upgrade_request("Authorization: Bearer bad\r\n"), 401},
        Refusal{"NoToken", upgrade_request(""), 401},
        Refusal{"TokenInTheUrl", replaced(upgrade_request(""), "/live", "/live?token=good"), 401},
        Refusal{"ForeignOrigin", upgrade_request("Origin: https://evil.example\r\n"), 403},
        Refusal{"NullOrigin", upgrade_request("Origin: null\r\n"), 403},
        Refusal{"OldVersion", replaced(upgrade_request(), "Version: 13", "Version: 8"), 426},
        Refusal{"ShortKey", replaced(upgrade_request(), "dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="),
                400},
        Refusal{"NoKey", replaced(upgrade_request(), "Sec-WebSocket-Key", "X-Key"), 400},
        Refusal{"OtherSubprotocol", upgrade_request("Sec-WebSocket-Protocol: chat\r\n"), 400},
        Refusal{"TwoTokens",
                upgrade_request("Authorization: Bearer good\r\nSec-WebSocket-Protocol: "
                                "silkledger.v1, bearer.other\r\n"),
                400},
        Refusal{"UpgradeByPost", replaced(upgrade_request(), "GET", "POST"), 426},
        Refusal{"UpgradeUnderHttp10", replaced(upgrade_request(), "HTTP/1.1", "HTTP/1.0"), 426},
        Refusal{"UpgradeWithoutConnection",
                replaced(upgrade_request(), "Connection: Upgrade", "Connection: close"), 426}),
    [](const auto& test) { return test.param.name; });

TEST_F(LiveEdge, OurOwnPageAndAListedOneMayConnect) {
  config_.allowed_origins = {"https://board.example"};
  start();
  for (const char* origin :
       {"http://ledger.example", "https://ledger.example", "https://board.example"}) {
    RawPeer peer(port());
    const std::string fields = "Authorization: Bearer good\r\nOrigin: "s + origin + "\r\n";
    EXPECT_EQ(status_of(open(peer, upgrade_request(fields))), 101) << origin;
  }
}

struct Violation {
  const char* name;
  std::string bytes;
  int code;
};

class LiveViolation : public LiveEdge, public ::testing::WithParamInterface<Violation> {};

TEST_P(LiveViolation, IsClosedWithItsCodeAndNothingMoreIsTaken) {
  config_.limits.live_message_bytes_max = 1000;
  config_.limits.live_fragments_max = 3;
  start();
  RawPeer peer(port());
  open(peer);
  ASSERT_TRUE(peer.send(GetParam().bytes + client_frame(kText, "after")));
  const Frame frame = read_frame(peer);
  EXPECT_EQ(frame.opcode, 8);
  EXPECT_EQ(frame.close_code(), GetParam().code) << frame.close_reason();
  peer.hang_up();
  EXPECT_EQ(peer.read_to_end(), "");
  ASSERT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.closed == 1; }));
  EXPECT_TRUE(application_.noted.get().messages.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, LiveViolation,
    ::testing::Values(
        Violation{"Binary", client_frame(0x82, "x"), 1003},
        Violation{"ReservedBit", client_frame(0xc1, "x"), 1002},
        Violation{"ReservedOpcode", client_frame(0x83, "x"), 1002},
        Violation{"ReservedControlOpcode", client_frame(0x8b, "x"), 1002},
        Violation{"Unmasked", "\x81\x01x"s, 1002},
        Violation{"NothingToContinue", client_frame(0x80, "x"), 1002},
        Violation{"MessageInsideMessage", client_frame(0x01, "a") + client_frame(kText, "b"), 1002},
        Violation{"FragmentedPing", client_frame(0x09, "x"), 1002},
        Violation{"LongPing", client_frame(kPing, std::string(126, 'p')), 1002},
        Violation{"LengthNotShortest", "\x81\xfe\x00\x05\x00\x00\x00\x00hello"s, 1002},
        Violation{"InvalidUtf8", client_frame(kText, "\xc0\xaf"), 1007},
        Violation{"LoneSurrogate", client_frame(kText, "\xed\xa0\x80"), 1007},
        Violation{"CutCharacter", client_frame(kText, "\xe4\xb8"), 1007},
        Violation{"TooBig", client_frame(kText, std::string(1001, 'x')), 1009},
        Violation{
            "TooBigInPieces",
            client_frame(0x01, std::string(600, 'x')) + client_frame(0x80, std::string(600, 'x')),
            1009},
        Violation{"HugeLength", "\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00"s, 1009},
        Violation{"TooManyFragments",
                  client_frame(0x01, "a") + client_frame(0x00, "a") + client_frame(0x00, "a") +
                      client_frame(0x00, "a"),
                  1008},
        Violation{"ForbiddenCloseCode", client_frame(kClose, "\x03\xed"), 1002},
        Violation{"HalfACloseCode", client_frame(kClose, "\x03"), 1002},
        Violation{"CloseReasonNotUtf8", client_frame(kClose, "\x03\xe8\xff"), 1007},
        // The normal way: the code comes back.
        Violation{"NormalClose", client_frame(kClose, "\x03\xe8"), 1000},
        Violation{"OwnCloseCode", client_frame(kClose, "\x0f\xa1"), 4001},
        Violation{"CloseWithoutCode", client_frame(kClose, ""), 1000}),
    [](const auto& test) { return test.param.name; });

TEST_F(LiveEdge, AFloodOfPingsIsClosedForPolicy) {
  config_.limits.live_control_frames_per_s_max = 5;
  start();
  RawPeer peer(port());
  open(peer);
  std::string pings;
  for (int i = 0; i < 6; ++i) pings += client_frame(kPing, "p");
  ASSERT_TRUE(peer.send(pings));
  Frame frame = read_frame(peer);
  while (frame.opcode == 10) frame = read_frame(peer);
  EXPECT_EQ(frame.opcode, 8);
  EXPECT_EQ(frame.close_code(), 1008);
}

TEST_F(LiveEdge, TheApplicationMayCloseWithItsOwnCode) {
  start();
  RawPeer peer(port());
  open(peer);
  ASSERT_TRUE(peer.send(client_frame(kText, "quit")));
  const Frame frame = read_frame(peer);
  EXPECT_EQ(frame.close_code(), 4401);
  EXPECT_EQ(frame.close_reason(), "token revoked");
  ASSERT_TRUE(peer.send(client_frame(kClose, "\x11\x31")));
  EXPECT_EQ(peer.read_to_end(), "");
  EXPECT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.closed == 1; }));
}

TEST_F(LiveEdge, AClientThatHangsUpIsReportedOnce) {
  start();
  {
    RawPeer peer(port());
    open(peer);
  }
  EXPECT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.closed == 1; }));
  while (edge_->counters().connections_now > 0) std::this_thread::yield();
  EXPECT_EQ(application_.noted.get().closed, 1u);
}

TEST_F(LiveEdge, ASilentClientIsPingedThenDropped) {
  config_.limits.live_ping_ms = 30;
  config_.limits.live_idle_ms_max = 150;
  start();
  RawPeer peer(port());
  open(peer);
  EXPECT_EQ(read_frame(peer).opcode, 9);
  ASSERT_TRUE(peer.send(client_frame(kPong, "")));
  EXPECT_EQ(read_frame(peer).opcode, 9);  // silent again, pinged again
  const Frame frame = read_frame(peer);
  EXPECT_EQ(frame.opcode, 8);
  EXPECT_EQ(frame.close_code(), 1001);
}

// Promise 9, the edge's part: ASlowClientCostsBoundedMemory.
TEST_F(LiveEdge, AClientThatDoesNotReadIsRefusedFramesAndOthersAreServed) {
  config_.limits.live_outbox_bytes_max = 256 * 1024;
  config_.limits.socket_send_buffer_bytes = 32 * 1024;
  config_.limits.live_stalled_ms_max = 60'000;
  start();
  RawPeer slow(port(), 4096);
  open(slow);
  ASSERT_TRUE(slow.send(client_frame(kText, "flood")));
  RawPeer brisk(port());
  open(brisk);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(brisk.send(client_frame(kText, "still here")));
    ASSERT_EQ(read_frame(brisk).payload, "still here");
  }
  const Noted seen = application_.noted.get();
  EXPECT_LE(seen.queued_bytes_most, 256u * 1024 + 64);
  // The budget, what the kernel holds, and no more.
  EXPECT_LE(seen.frames_taken * FakeApplication::kFloodFrameBytes, 1024u * 1024);
  // Once it reads, on_writable lets the application go on, without a gap.
  for (std::size_t i = 1; i <= 200; ++i) {
    const Frame frame = read_frame(slow);
    ASSERT_EQ(frame.payload.size(), FakeApplication::kFloodFrameBytes);
    ASSERT_EQ(std::stoul(frame.payload), i);
  }
  EXPECT_GT(application_.noted.get().writable, 0u);
}

TEST_F(LiveEdge, AStalledClientIsClosedWithThePositionToResumeFrom) {
  config_.limits.live_outbox_bytes_max = 64 * 1024;
  config_.limits.socket_send_buffer_bytes = 8 * 1024;
  config_.limits.live_stalled_ms_max = 80;
  start();
  RawPeer peer(port(), 4096);
  open(peer);
  ASSERT_TRUE(peer.send(client_frame(kText, "flood")));
  ASSERT_TRUE(wait_for_log("live.stalled"));
  Frame frame = read_frame(peer);  // it wakes up: what the kernel held, then the close
  while (frame.opcode == 1) frame = read_frame(peer);
  EXPECT_EQ(frame.opcode, 8);
  EXPECT_EQ(frame.close_code(), 4408);
  EXPECT_EQ(frame.close_reason(),
            "resume from " + std::to_string(application_.noted.get().frames_taken + 1));
  EXPECT_EQ(edge_->counters().live_stalled, 1u);
}

TEST_F(LiveEdge, AStalledClientThatStaysAwayIsGoneAfterTheCloseLimit) {
  config_.limits.live_outbox_bytes_max = 64 * 1024;
  config_.limits.socket_send_buffer_bytes = 8 * 1024;
  config_.limits.live_stalled_ms_max = 50;
  config_.limits.live_close_ms_max = 50;
  start();
  RawPeer peer(port(), 4096);
  open(peer);
  ASSERT_TRUE(peer.send(client_frame(kText, "flood")));
  EXPECT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.closed == 1; }));
}

TEST_F(LiveEdge, ManyMessagesInOnePacketArriveInOrderOnSeveralThreads) {
  config_.limits.live_inbound_messages_max = 2;
  start(3);
  RawPeer peer(port());
  open(peer);
  std::string frames;
  for (int i = 0; i < 2000; ++i) frames += client_frame(kText, std::to_string(i));
  ASSERT_TRUE(peer.send(frames));
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(read_frame(peer).payload, std::to_string(i));
}

}  // namespace
}  // namespace silkledger::testing
