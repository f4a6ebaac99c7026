#include "server/core/disk_gate.h"

#include <gtest/gtest.h>

#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using testing::CoreHarness;

constexpr std::uint64_t kMin = CoreLimits{}.disk_free_bytes_min;
constexpr std::uint64_t kResume = CoreLimits{}.disk_free_bytes_resume;

class DiskGateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
  }

  HttpResponse report(const std::string& id) {
    return harness.command("clerk", "report-lead",
                           R"({"leadId":")" + id +
                               R"(","investorName":"测试企业","origin":"foreign",)"
                               R"("reportingUnit":"653101","content":"示例"})",
                           {{"idempotency-key", "key-" + id}});
  }
  void let_a_second_pass() { harness.world.advance(std::chrono::seconds(1)); }
  void leave_free(std::optional<std::uint64_t> bytes) {
    harness.disk_space.free = bytes;
    let_a_second_pass();
  }
  bool writable() { return !harness.core->sequencer().read_only_reason(); }

  CoreHarness harness;
};

TEST_F(DiskGateTest, TheLimitsLeaveRoomBetweenThem) {
  EXPECT_EQ(kMin, 512U * 1024 * 1024);
  EXPECT_GT(kResume, kMin);
}

TEST_F(DiskGateTest, ClosesBelowTheOneThresholdAndOpensAtTheOther) {
  leave_free(kMin);
  EXPECT_TRUE(writable());
  leave_free(kMin - 1);
  EXPECT_FALSE(writable());
  leave_free(kResume - 1);
  EXPECT_FALSE(writable()) << "it does not swing";
  leave_free(kResume);
  EXPECT_TRUE(writable());
  EXPECT_EQ(report("L1").status, 200);
}

TEST_F(DiskGateTest, SaysWhyInBothLanguagesWhileReadingGoesOn) {
  EXPECT_EQ(report("L1").status, 200);
  leave_free(1);
  const auto refused = report("L2");
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.body.find("磁盘剩余空间不足 512 MiB"), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find("the disk has less than 512 MiB left"), std::string::npos);
  const auto ready = harness.get("", "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_NE(ready.body.find("the disk has less"), std::string::npos) << ready.body;
  EXPECT_NE(ready.body.find("磁盘剩余空间不足"), std::string::npos) << ready.body;
  EXPECT_EQ(harness.get("clerk", "/api/v1/views/lead/L1").status, 200);
  EXPECT_EQ(report("L1").status, 200) << "what was recorded is told again";
  EXPECT_TRUE(harness.fatal.empty());
  leave_free(kResume);
  EXPECT_EQ(harness.get("", "/readyz").status, 200);
}

TEST_F(DiskGateTest, WhatWasDecidedBeforeItClosedIsStillStored) {
  Submission submission;
  submission.principal = "clerk";
  submission.command_id = "under-way";
  schema::LeadReported lead;
  lead.lead_id = "L1";
  lead.investor_name = "测试企业";
  lead.origin = schema::InvestorOrigin::outside_region;
  lead.reporting_unit = "653101";
  lead.content = "示例内容";
  submission.request.command = lead;
  auto& sequencer = harness.core->sequencer();
  submission.grants = domain::grants_of_person(sequencer.reference(), "clerk", sequencer.today());
  std::optional<CommandOutcome> outcome;
  harness.core->submit(std::move(submission),
                       [&outcome](CommandOutcome got) { outcome = std::move(got); });
  sequencer.go_read_only({"示例", "example"});
  harness.run();
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(std::holds_alternative<Accepted>(*outcome));
}

TEST_F(DiskGateTest, ACommitThatFailedForWantOfRoomComesBackAndDoesNotStopTheServer) {
  harness.log->fill_disk();
  const auto before = harness.log->head();
  EXPECT_EQ(report("L1").status, 503);
  EXPECT_FALSE(writable());
  EXPECT_TRUE(harness.fatal.empty());
  let_a_second_pass();
  EXPECT_FALSE(writable()) << "the log says that there is no room, whatever the system says";
  harness.log->make_room();
  let_a_second_pass();
  EXPECT_TRUE(writable());
  EXPECT_EQ(harness.log->head(), before);
  EXPECT_EQ(report("L1").status, 200) << "the same id, one effect";
  EXPECT_EQ(harness.log->head().position, before.position + 1);
}

TEST_F(DiskGateTest, AFailedSyncStopsTheServerAndIsNotTriedAgain) {
  harness.log->fail_next_commit(eventstore::MemoryEventStore::Fate::kLost);
  EXPECT_EQ(report("L1").status, 503);
  EXPECT_EQ(harness.fatal.size(), 1U);
  let_a_second_pass();
  EXPECT_FALSE(writable());
}

TEST_F(DiskGateTest, ALogThatHasToBeOpenedAnewStopsTheServerOnce) {
  harness.log->fill_disk();
  EXPECT_EQ(report("L1").status, 503);
  harness.log->end_recovery();
  let_a_second_pass();
  let_a_second_pass();
  EXPECT_EQ(harness.fatal.size(), 1U);
}

TEST_F(DiskGateTest, WithoutAFigureTheLogItselfSaysWhetherItCanBeWritten) {
  leave_free(std::nullopt);
  EXPECT_TRUE(writable());
  harness.log->fill_disk();
  EXPECT_EQ(report("L1").status, 503);
  harness.log->make_room();
  let_a_second_pass();
  EXPECT_TRUE(writable());
}

}  // namespace
}  // namespace silkledger::server
