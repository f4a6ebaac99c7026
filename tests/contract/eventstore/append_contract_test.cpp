// What the port promises of appends: order, atomicity, expectations, repetition, durability.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/contract/eventstore/contract_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

class AppendContract : public EventStoreContract {};
INSTANTIATE_TEST_SUITE_P(Engines, AppendContract, all_engines(), engine_name);

TEST_P(AppendContract, ANewLogIsEmptyAndInItsFirstEpoch) {
  EXPECT_EQ(epoch(), 1U);
  EXPECT_EQ(store().head().epoch, 1U);
  EXPECT_EQ(store().head().position, 0U);
  EXPECT_TRUE(read(1).records.empty());
  EXPECT_EQ(version("s/1"), 0U);
}

TEST_P(AppendContract, PositionsAreDense) {
  Position next = 1;
  std::vector<std::shared_ptr<Pending>> pending;
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(i);
    pending.push_back(send(several("c-" + id, "s/" + id, 0, 1 + static_cast<std::size_t>(i % 5))));
    // Refused appends in between take no position.
    pending.push_back(send(one("refused-" + id, "s/0", 77)));
  }
  for (std::size_t i = 0; i < pending.size(); i += 2) {
    const Receipt receipt = receipt_of<Stored>(answer(pending[i]));
    EXPECT_EQ(receipt.first, next);
    EXPECT_EQ(receipt.last, next + (i / 2) % 5);
    next = receipt.last + 1;
    expect<Conflict>(answer(pending[i + 1]));
  }
  EXPECT_EQ(store().head().position, next - 1);
  const ReadBatch batch = read(1);
  ASSERT_EQ(batch.records.size(), next - 1);
  for (Position at = 1; at < next; ++at) {
    EXPECT_EQ(batch.records[at - 1].header.position, at);
  }
}

TEST_P(AppendContract, TheHeaderSaysWhereAndWhenAndByWhom) {
  const std::int64_t now = engine_->now_us();
  Append append = one("c-1", "s/1", 0);
  append.records.push_back({"s/2", payload("second")});
  append.records.push_back({"s/1", payload("third")});
  append.expected.push_back({"s/2", 0});
  const Receipt receipt = stored(append);
  EXPECT_EQ(receipt, (Receipt{1, 1, 3, receipt.recorded_at, fingerprint(1)}));
  EXPECT_GE(receipt.recorded_at, now);
  const ReadBatch batch = read(1);
  ASSERT_EQ(batch.records.size(), 3U);
  const CommandKey command{"principal-1", "c-1"};
  EXPECT_EQ(batch.records[0].header,
            (RecordHeader{1, 1, "s/1", 1, receipt.recorded_at, command, 0}));
  EXPECT_EQ(batch.records[1].header,
            (RecordHeader{1, 2, "s/2", 1, receipt.recorded_at, command, 1}));
  EXPECT_EQ(batch.records[2].header,
            (RecordHeader{1, 3, "s/1", 2, receipt.recorded_at, command, 2}));
  EXPECT_EQ(payloads(batch),
            (std::vector<std::string>{payload("c-1"), payload("second"), payload("third")}));
}

TEST_P(AppendContract, AnAppendIsAtomic) {
  stored(one("c-1", "s/1", 0));
  Append append = one("c-2", "s/2", 0);
  append.records.push_back({"s/1", payload("late")});
  append.expected.push_back({"s/1", 0});
  const auto conflict = expect<Conflict>(this->append(append));
  EXPECT_EQ(conflict.stream, "s/1");
  EXPECT_EQ(conflict.expected, 0U);
  EXPECT_EQ(conflict.actual, 1U);
  EXPECT_EQ(version("s/2"), 0U);
  EXPECT_EQ(store().head().position, 1U);
  EXPECT_EQ(value_of(store().find_command({"principal-1", "c-2"})), std::nullopt)
      << "a refused command leaves no trace, its id may be used again";
  append.expected[1].version = 1;
  stored(append);
}

TEST_P(AppendContract, AStreamIsWrittenAtTheExpectedVersionOnly) {
  stored(several("c-1", "s/1", 0, 3));
  expect<Conflict>(append(one("c-2", "s/1", 2)));
  expect<Conflict>(append(one("c-3", "s/1", 4)));
  expect<Conflict>(append(one("c-4", "s/1", 0)));
  stored(one("c-5", "s/1", 3));
  EXPECT_EQ(version("s/1"), 4U);
}

TEST_P(AppendContract, StreamsThatWereOnlyReadMustNotHaveMoved) {
  stored(one("c-1", "rules/1", 0));
  Append append = one("c-2", "s/1", 0);
  append.conditions = {{"rules/1", 1}, {"rules/2", 0}};
  stored(append);
  append = one("c-3", "s/1", 1);
  append.conditions = {{"rules/1", 1}, {"rules/2", 1}};
  const auto conflict = expect<Conflict>(this->append(append));
  EXPECT_EQ(conflict.stream, "rules/2");
  EXPECT_EQ(conflict.expected, 1U);
  EXPECT_EQ(conflict.actual, 0U);
  EXPECT_EQ(version("rules/2"), 0U) << "reading a stream does not make it";
  EXPECT_TRUE(value_of(store().list_streams("rules/2", "", 10)).empty());
}

TEST_P(AppendContract, QueuedAppendsSeeEachOtherInCallOrder) {
  engine_->hold_syncs();
  const auto first = send(one("c-1", "s/1", 0));
  const auto second = send(one("c-2", "s/1", 1));
  const auto loser = send(one("c-3", "s/1", 1));
  Append reader = one("c-4", "s/2", 0);
  reader.conditions = {{"s/1", 2}};
  const auto third = send(reader);
  engine_->release_syncs();
  EXPECT_EQ(receipt_of<Stored>(answer(first)).first, 1U);
  EXPECT_EQ(receipt_of<Stored>(answer(second)).first, 2U);
  EXPECT_EQ(expect<Conflict>(answer(loser)).actual, 2U);
  EXPECT_EQ(receipt_of<Stored>(answer(third)).first, 3U);
}

TEST_P(AppendContract, ARepeatedCommandGetsItsFirstAnswer) {
  const Receipt first = stored(several("c-1", "s/1", 0, 2));
  stored(one("c-2", "s/1", 2));
  engine_->jump_clock(86'400'000'000);
  EXPECT_EQ(receipt_of<Duplicate>(append(several("c-1", "s/1", 0, 2))), first)
      << "although its expectation no longer holds";
  EXPECT_EQ(version("s/1"), 3U);
  EXPECT_EQ(value_of(store().find_command({"principal-1", "c-1"})), first);
  engine_->reopen();
  EXPECT_EQ(receipt_of<Duplicate>(append(several("c-1", "s/1", 0, 2))), first);
  EXPECT_EQ(value_of(store().find_command({"principal-1", "c-1"})), first);
  EXPECT_EQ(store().head().position, 3U);
}

TEST_P(AppendContract, ACommandIdWithAnotherBodyIsRefused) {
  const Receipt first = stored(one("c-1", "s/1", 0));
  Append other = one("c-1", "s/1", 1);
  other.fingerprint = fingerprint(2);
  EXPECT_EQ(receipt_of<CommandIdReused>(append(other)), first);
  engine_->reopen();
  EXPECT_EQ(receipt_of<CommandIdReused>(append(other)), first);
  EXPECT_EQ(version("s/1"), 1U);
}

TEST_P(AppendContract, PrincipalsDoNotShareCommandIds) {
  stored(one("c-1", "s/1", 0));
  Append other = one("c-1", "s/1", 1);
  other.command.principal = "principal-2";
  other.fingerprint = fingerprint(2);
  const Receipt second = stored(other);
  EXPECT_EQ(second.first, 2U);
  EXPECT_EQ(value_of(store().find_command({"principal-2", "c-1"})), second);
  EXPECT_EQ(value_of(store().find_command({"principal-3", "c-1"})), std::nullopt);
}

TEST_P(AppendContract, RepetitionsWithinOneQueueHaveOneEffect) {
  engine_->hold_syncs();
  const auto before = send(one("c-0", "s/0", 0));
  const auto first = send(one("c-1", "s/1", 0));
  const auto again = send(one("c-1", "s/1", 0));
  Append other = one("c-1", "s/2", 0);
  other.fingerprint = fingerprint(2);
  const auto reused = send(other);
  engine_->release_syncs();
  answer(before);
  const Receipt receipt = receipt_of<Stored>(answer(first));
  EXPECT_EQ(receipt_of<Duplicate>(answer(again)), receipt);
  EXPECT_EQ(receipt_of<CommandIdReused>(answer(reused)), receipt);
  EXPECT_EQ(store().head().position, 2U);
}

TEST_P(AppendContract, AWriterOfAnotherEpochIsFenced) {
  stored(one("c-1", "s/1", 0));
  EXPECT_EQ(expect<Fenced>(answer(send_in(2, one("c-2", "s/1", 1)))).current, 1U);
  EXPECT_EQ(expect<Fenced>(answer(send_in(0, one("c-2", "s/1", 1)))).current, 1U);
  engine_->reopen_in_next_epoch();
  EXPECT_EQ(epoch(), 2U);
  EXPECT_EQ(store().head().epoch, 2U);
  EXPECT_EQ(expect<Fenced>(answer(send_in(1, one("c-2", "s/1", 1)))).current, 2U);
  EXPECT_EQ(store().head().position, 1U);
  EXPECT_EQ(stored(one("c-2", "s/1", 1)).epoch, 2U);
  EXPECT_EQ(read(1).records[0].header.epoch, 1U);
  EXPECT_EQ(read(1).records[1].header.epoch, 2U);
  EXPECT_EQ(receipt_of<Duplicate>(append(one("c-1", "s/1", 0))).epoch, 1U)
      << "a receipt keeps the epoch of its time";
}

TEST_P(AppendContract, AnAnswerComesOnceAndNeverInsideTheCall) {
  std::vector<std::shared_ptr<Pending>> pending;
  pending.push_back(send(one("c-1", "s/1", 0)));
  pending.push_back(send(one("c-1", "s/1", 0)));
  pending.push_back(send(one("c-2", "s/1", 9)));
  pending.push_back(send_in(9, one("c-3", "s/1", 0)));
  pending.push_back(send(one(std::string(500, 'x'), "s/1", 0)));
  for (const auto& each : pending) EXPECT_EQ(each->answers, 0);
  for (const auto& each : pending) answer(each);
  engine_->reopen();
  engine_->run_posted();
  for (const auto& each : pending) EXPECT_EQ(each->answers, 1);
}

TEST_P(AppendContract, NothingIsAnsweredOrSeenBeforeItIsDurable) {
  stored(one("c-1", "s/1", 0));
  bool woken = false;
  const auto wait = store().wait_beyond(1, [&woken] { woken = true; });
  engine_->hold_syncs();
  const auto write = send(one("c-2", "s/1", 1));
  const auto refusal = send(one("c-3", "s/1", 1));
  engine_->run_posted();
  EXPECT_EQ(write->answers, 0);
  EXPECT_EQ(refusal->answers, 0) << "it was decided on what is not durable yet";
  EXPECT_FALSE(woken);
  EXPECT_EQ(store().head().position, 1U);
  EXPECT_EQ(read(1).records.size(), 1U);
  EXPECT_EQ(read_stream("s/1").records.size(), 1U);
  EXPECT_EQ(version("s/1"), 1U);
  EXPECT_EQ(value_of(store().find_command({"principal-1", "c-2"})), std::nullopt);
  engine_->release_syncs();
  stored(one("c-4", "s/2", 0));
  expect<Stored>(answer(write));
  expect<Conflict>(answer(refusal));
}

TEST_P(AppendContract, WhatWasAnsweredSurvivesACrash) {
  Receipt last;
  for (int i = 0; i < 20; ++i) {
    last = stored(one("c-" + std::to_string(i), "s/1", static_cast<Version>(i)));
  }
  const Head head = store().head();
  engine_->hold_syncs();
  const auto lost = send(one("c-lost", "s/2", 0));
  engine_->run_posted();
  engine_->crash_and_reopen();
  EXPECT_EQ(lost->answers, 0);
  EXPECT_GE(store().head().position, head.position);
  EXPECT_EQ(value_of(store().root_at(head.position)), head.root);
  EXPECT_EQ(version("s/1"), 20U);
  EXPECT_EQ(value_of(store().find_command({"principal-1", "c-19"})), last);
}

TEST_P(AppendContract, RecordedTimeNeverGoesBackWhenTheClockDoes) {
  const Receipt first = stored(one("c-1", "s/1", 0));
  engine_->jump_clock(-3'600'000'000);
  const Receipt second = stored(one("c-2", "s/1", 1));
  EXPECT_EQ(second.recorded_at, first.recorded_at);
  engine_->reopen();
  const Receipt third = stored(one("c-3", "s/1", 2));
  EXPECT_EQ(third.recorded_at, first.recorded_at);
  engine_->jump_clock(7'200'000'000);
  EXPECT_GT(stored(one("c-4", "s/1", 3)).recorded_at, first.recorded_at);
}

TEST_P(AppendContract, AFailedCommitIsUnknownAndEndsWriting) {
  stored(one("c-1", "s/1", 0));
  engine_->hold_syncs();
  engine_->fail_next_sync();
  const auto failed = send(one("c-2", "s/1", 1));
  const auto queued = send(one("c-3", "s/2", 0));
  engine_->release_syncs();
  EXPECT_FALSE(expect<Unknown>(answer(failed)).reason.empty());
  // It was queued in time, or came after the end.
  const AppendOutcome behind = answer(queued);
  EXPECT_TRUE(std::holds_alternative<Unknown>(behind) || std::holds_alternative<ReadOnly>(behind));
  EXPECT_FALSE(expect<ReadOnly>(append(one("c-4", "s/3", 0))).reason.empty());
  EXPECT_EQ(store().head().position, 1U);
  EXPECT_EQ(read(1).records.size(), 1U) << "reads go on";
  EXPECT_EQ(read_stream("s/1").records.size(), 1U);

  engine_->reopen();
  // The same command id settles what became of it.
  const AppendOutcome retried = append(one("c-2", "s/1", 1));
  EXPECT_TRUE(std::holds_alternative<Stored>(retried) ||
              std::holds_alternative<Duplicate>(retried));
  EXPECT_EQ(version("s/1"), 2U);
  const AppendOutcome also = append(one("c-3", "s/2", 0));
  EXPECT_TRUE(std::holds_alternative<Stored>(also) || std::holds_alternative<Duplicate>(also));
  EXPECT_EQ(store().head().position, 3U);
}

TEST_P(AppendContract, AReadOnlyStoreSaysWhyAndStillReads) {
  const Receipt receipt = stored(one("c-1", "s/1", 0));
  store().go_read_only("the disk is nearly full");
  EXPECT_EQ(expect<ReadOnly>(append(one("c-2", "s/1", 1))).reason, "the disk is nearly full");
  EXPECT_EQ(read(1).records.size(), 1U);
  EXPECT_EQ(value_of(store().find_command({"principal-1", "c-1"})), receipt);
}

TEST_P(AppendContract, AReadOnlyStoreTakesWritesAgainWhenToldTo) {
  EXPECT_FALSE(store().recover()) << "nothing to do";
  stored(one("c-1", "s/1", 0));
  store().go_read_only("the disk is nearly full");
  store().go_read_only("what follows from it");
  EXPECT_EQ(expect<ReadOnly>(append(one("c-2", "s/1", 1))).reason, "the disk is nearly full");
  EXPECT_FALSE(store().recover());
  EXPECT_EQ(stored(one("c-2", "s/1", 1)).first, 2U);
}

TEST_P(AppendContract, WhatIsQueuedIsStoredAlthoughTheStoreGoesReadOnly) {
  engine_->hold_syncs();
  const auto queued = send(one("c-1", "s/1", 0));
  store().go_read_only("the disk is nearly full");
  engine_->release_syncs();
  expect<Stored>(answer(queued));
}

TEST_P(AppendContract, AFullDiskIsTriedAgainOnceThereIsRoom) {
  stored(several("c-1", "s/1", 0, 2));
  const Head before = store().head();
  engine_->fill_disk();
  EXPECT_TRUE(expect<Unknown>(append(one("c-2", "s/1", 2))).recoverable);
  expect<ReadOnly>(append(one("c-3", "s/1", 2)));
  const auto error = store().recover();
  ASSERT_TRUE(error) << "there is no room yet";
  EXPECT_EQ(error->kind, StoreError::Kind::io) << error->detail;
  expect<ReadOnly>(append(one("c-3", "s/1", 2)));
  EXPECT_EQ(store().head(), before);
  engine_->make_room();
  // An engine may need some time to see it.
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  auto refused = store().recover();
  while (refused && std::chrono::steady_clock::now() < limit) refused = store().recover();
  ASSERT_FALSE(refused) << refused->detail;
  EXPECT_EQ(stored(one("c-2", "s/1", 2)).first, 3U);
  EXPECT_EQ(stored(one("c-3", "s/1", 3)).first, 4U);
}

TEST_P(AppendContract, AFailedSyncIsNotRecoveredFrom) {
  stored(one("c-1", "s/1", 0));
  engine_->fail_next_sync();
  EXPECT_FALSE(expect<Unknown>(append(one("c-2", "s/1", 1))).recoverable);
  const auto error = store().recover();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, StoreError::Kind::reopen) << error->detail;
  expect<ReadOnly>(append(one("c-2", "s/1", 1)));
}

TEST_P(AppendContract, ClosingCommitsWhatIsQueued) {
  std::vector<std::shared_ptr<Pending>> pending;
  for (int i = 0; i < 50; ++i) {
    pending.push_back(send(one("c-" + std::to_string(i), "s/" + std::to_string(i), 0)));
  }
  engine_->reopen();
  EXPECT_EQ(store().head().position, 50U);
  for (const auto& each : pending) expect<Stored>(answer(each));
}

TEST_P(AppendContract, ReopeningKeepsEverything) {
  for (int i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i);
    Append append = several("c-" + id, "s/" + id, 0, 2);
    append.records.push_back({"all", payload("x" + id)});
    append.expected.push_back({"all", static_cast<Version>(i)});
    send(append);
  }
  stored(one("last", "s/last", 0));
  const Head head = store().head();
  EXPECT_EQ(head.position, 901U);
  const ReadLimit everything{1000, 1U << 20U, UINT32_MAX};
  const auto before = payloads(read(1, everything));
  engine_->reopen();
  EXPECT_EQ(store().head(), head);
  EXPECT_EQ(payloads(read(1, everything)), before);
  EXPECT_EQ(version("all"), 300U);
  EXPECT_EQ(read_stream("s/7").records.size(), 2U);
  EXPECT_EQ(stored(one("next", "all", 300)).first, 902U);
}

}  // namespace
}  // namespace silkledger::testing
