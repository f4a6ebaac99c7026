// The outbox alone: budget, order, partial sends, closing.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/websocket/outbox.h"

namespace silkledger::testing {
namespace {

using server::CloseCode;
using server::Opcode;
using server::Outbox;

std::shared_ptr<const std::string> frame(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// Sends at most `bytes` of what waits and returns them.
std::string take(Outbox& outbox, std::size_t bytes, bool* writable = nullptr) {
  std::vector<std::string_view> pieces;
  outbox.gather(pieces, 64, 1 << 20);
  std::string all;
  for (const std::string_view piece : pieces) all.append(piece);
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
  std::vector<std::string_view> pieces;
  outbox.gather(pieces, 64, 1000);
  ASSERT_EQ(pieces.size(), 4u);
  EXPECT_EQ(pieces[1].data(), shared->data());  // the very bytes, not a copy
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
