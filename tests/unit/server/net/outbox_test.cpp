// The outbox alone: budget, order, partial sends, closing.
#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>

#include "server/websocket/outbox.h"

namespace silkledger::testing {
namespace {

using server::CloseCode;
using server::Opcode;
using server::Outbox;

server::WireFrames frame(std::string text) { return server::whole_frame(Opcode::text, text); }

// Sends at most `bytes` of what waits and returns them.
std::string take(Outbox& outbox, std::size_t bytes, bool* writable = nullptr) {
  std::array<std::string_view, 64> pieces;
  const std::size_t count = outbox.gather(pieces, 1 << 20);
  std::string all;
  for (const std::string_view piece : std::span(pieces).first(count)) all.append(piece);
  all.resize(std::min(all.size(), bytes));
  const bool due = outbox.consume(all.size());
  if (writable != nullptr) *writable = due;
  return all;
}

TEST(Outbox, FramesAreGatheredInOrderWithTheirHeadersAndShared) {
  Outbox outbox(1000);
  const auto shared = frame("one");
  EXPECT_TRUE(outbox.send(shared));
  EXPECT_TRUE(outbox.send(frame("two")));
  std::array<std::string_view, 64> pieces;
  ASSERT_EQ(outbox.gather(pieces, 1000), 2u);
  EXPECT_EQ(pieces[0].data(), shared->data());  // the very bytes, not a copy
  outbox.consume(0);
  EXPECT_EQ(take(outbox, 1000), "\x81\x03one\x81\x03two");
  EXPECT_EQ(outbox.queued_bytes(), 0u);
}

TEST(Outbox, APartialSendGoesOnWhereItStoppedAtEveryByte) {
  for (std::size_t cut = 0; cut <= 10; ++cut) {
    Outbox outbox(1000);
    outbox.send(frame("one"));
    outbox.send(frame("two"));
    const std::string first = take(outbox, cut);
    EXPECT_EQ(outbox.queued_bytes(), 10 - cut);
    EXPECT_EQ(first + take(outbox, 1000), "\x81\x03one\x81\x03two") << cut;
  }
}

TEST(Outbox, AFullOutboxRefusesAndSaysWhenHalfIsFree) {
  Outbox outbox(100);
  EXPECT_TRUE(outbox.send(frame(std::string(40, 'a'))));
  EXPECT_TRUE(outbox.send(frame(std::string(40, 'b'))));
  EXPECT_FALSE(outbox.send(frame(std::string(40, 'c'))));
  bool writable = true;
  take(outbox, 30, &writable);
  EXPECT_FALSE(writable);
  take(outbox, 12, &writable);
  EXPECT_TRUE(writable);
  take(outbox, 100, &writable);
  EXPECT_FALSE(writable);  // said once
}

TEST(Outbox, AnEmptyOutboxTakesAFrameOfAnySize) {
  Outbox outbox(100);
  EXPECT_TRUE(outbox.send(frame(std::string(1000, 'a'))));
  EXPECT_FALSE(outbox.send(frame("b")));
}

TEST(Outbox, ClosingDropsWhatHasNotBegunAndFinishesWhatHas) {
  Outbox outbox(1000);
  outbox.send(frame("one"));
  outbox.send(frame("two"));
  EXPECT_EQ(take(outbox, 3), "\x81\x03o");
  outbox.close(CloseCode::going_away, "bye");
  EXPECT_FALSE(outbox.send(frame("three")));
  EXPECT_EQ(take(outbox, 1000),
            "ne\x88\x05\x03\xe9"
            "bye");
}

TEST(Outbox, ControlFramesGoAheadOfWhatHasNotBegunAndOnlyTheLatestWaits) {
  Outbox outbox(1000);
  outbox.send(frame("one"));
  outbox.send(frame("two"));
  EXPECT_EQ(take(outbox, 3), "\x81\x03o");
  for (int i = 0; i < 100; ++i) outbox.put_control(Opcode::pong, std::to_string(i));
  EXPECT_EQ(take(outbox, 1000),
            "ne\x8a\x02"
            "99\x81\x03two");
}

TEST(Outbox, WakesOnceForAllThatIsQueuedUntilTheNextGather) {
  Outbox outbox(1000);
  int wakes = 0;
  outbox.send(frame("early"));
  outbox.attach([&] { ++wakes; });
  EXPECT_EQ(wakes, 1);
  outbox.send(frame("one"));
  EXPECT_EQ(wakes, 1);
  take(outbox, 1000);
  outbox.send(frame("two"));
  outbox.send(frame("three"));
  EXPECT_EQ(wakes, 2);
}

TEST(Outbox, TellsWhatACloseWouldDrop) {
  Outbox outbox(1000);
  EXPECT_EQ(outbox.first_kept_back(), 0u);
  outbox.send(frame("answer"));
  outbox.send(frame("event 7"), 7);
  outbox.send(frame("event 8"), 8);
  EXPECT_EQ(outbox.first_kept_back(), 7u);
  take(outbox, 10);  // the answer, and the beginning of event 7
  EXPECT_EQ(outbox.first_kept_back(), 8u) << "what has begun is finished before the close";
  take(outbox, 1000);
  EXPECT_EQ(outbox.first_kept_back(), 0u);
}

TEST(Outbox, ALongReasonIsCutBetweenCharacters) {
  Outbox outbox(1000);
  std::string reason;
  while (reason.size() < 200) reason += "丝";
  outbox.close(CloseCode::stalled, reason);
  const std::string sent = take(outbox, 1000);
  EXPECT_EQ(sent.size(), 2 + 2 + 123u);  // 41 characters of three bytes
  EXPECT_EQ(sent.substr(sent.size() - 3), "丝");
}

}  // namespace
}  // namespace silkledger::testing
