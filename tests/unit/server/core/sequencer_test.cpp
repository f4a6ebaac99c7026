#include "server/core/sequencer.h"

#include <gtest/gtest.h>

#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using testing::CoreHarness;

// A harness with an office registrar and a county clerk.
class SequencerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
    harness.grant("registrar", "office", "registrar");
  }

  static schema::LeadReported lead(const std::string& id) {
    schema::LeadReported stated;
    stated.lead_id = id;
    stated.investor_name = "测试企业";
    stated.origin = schema::InvestorOrigin::outside_region;
    stated.reporting_unit = "653101";
    stated.content = "示例内容";
    return stated;
  }

  Submission submission(const std::string& person, const std::string& id, schema::Command command) {
    Submission made;
    made.principal = person;
    made.command_id = id;
    made.request.command = std::move(command);
    made.grants = domain::grants_of_person(sequencer().reference(), person, sequencer().today());
    return made;
  }

  void submit(Submission made) {
    const auto index = outcomes.size();
    outcomes.emplace_back();
    sequencer().submit(std::move(made), [this, index](CommandOutcome outcome) {
      ASSERT_FALSE(outcomes[index]) << "answered twice";
      outcomes[index] = std::move(outcome);
      order.push_back(index);
    });
  }

  Sequencer& sequencer() { return harness.core->sequencer(); }
  std::uint64_t head() { return harness.log->head().position; }
  template <class T>
  const T& outcome(std::size_t index) {
    EXPECT_TRUE(outcomes[index].has_value());
    return std::get<T>(*outcomes[index]);
  }

  CoreHarness harness;
  std::vector<std::optional<CommandOutcome>> outcomes;
  std::vector<std::size_t> order;
};

TEST_F(SequencerTest, ARetryHasOneEffect) {
  submit(submission("clerk", "same", lead("L1")));
  harness.run();
  const auto before = head();
  for (int i = 0; i < 3; ++i) submit(submission("clerk", "same", lead("L1")));
  harness.run();
  EXPECT_EQ(head(), before);
  for (std::size_t i = 1; i <= 3; ++i) {
    EXPECT_TRUE(outcome<Accepted>(i).repeated);
    EXPECT_EQ(outcome<Accepted>(i).receipt, outcome<Accepted>(0).receipt);
    EXPECT_EQ(outcome<Accepted>(i).version, outcome<Accepted>(0).version);
  }
}

TEST_F(SequencerTest, ARetryWhileTheFirstIsStillInFlightGetsTheFirstAnswer) {
  const auto before = head();
  submit(submission("clerk", "same", lead("L1")));
  submit(submission("clerk", "same", lead("L1")));
  harness.run();
  EXPECT_EQ(head(), before + 1);
  EXPECT_EQ(outcome<Accepted>(0).receipt, outcome<Accepted>(1).receipt);
}

TEST_F(SequencerTest, TheSameIdWithAnotherBodyIsRefusedAndChangesNothing) {
  submit(submission("clerk", "same", lead("L1")));
  harness.run();
  const auto before = head();
  submit(submission("clerk", "same", lead("L2")));
  harness.run();
  EXPECT_EQ(outcome<Undecided>(1).kind, Undecided::Kind::id_reused);
  EXPECT_EQ(head(), before);
}

TEST_F(SequencerTest, TwoPeopleMayUseTheSameId) {
  submit(submission("clerk", "same", lead("L1")));
  auto other = lead("L2");
  submit(submission("registrar", "same", schema::ClassifyLead{"L1", "other", {}, {}, {}}));
  harness.run();
  EXPECT_FALSE(outcome<Accepted>(0).repeated);
  EXPECT_FALSE(outcome<Accepted>(1).repeated);
}

TEST_F(SequencerTest, DecidesOnWhatIsNotYetDurable) {
  submit(submission("clerk", "a", lead("L1")));
  submit(submission("registrar", "b", schema::ClassifyLead{"L1", "other", {}, {}, {}}));
  EXPECT_TRUE(order.empty()) << "no answer before it is durable";
  harness.run();
  EXPECT_EQ(outcome<Accepted>(0).receipt.last + 1, outcome<Accepted>(1).receipt.first);
  EXPECT_EQ(outcome<Accepted>(1).version, 2u);
}

TEST_F(SequencerTest, ARefusalWaitsForTheStateItWasDecidedOn) {
  submit(submission("clerk", "a", lead("L1")));
  submit(submission("clerk", "b", lead("L1")));
  harness.world.run_until_idle();
  EXPECT_TRUE(order.empty())
      << "the first lead is not durable yet, so neither is the refusal of the second";
  harness.run();
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(outcome<Rejection>(1).kind, Rejection::Kind::already_exists);
}

TEST_F(SequencerTest, AStaleVersionIsRefusedWithBothVersions) {
  submit(submission("clerk", "a", lead("L1")));
  auto stale = submission("registrar", "b", schema::ClassifyLead{"L1", "other", {}, {}, {}});
  stale.request.expected_version = 7;
  const auto before = head();
  submit(std::move(stale));
  harness.run();
  EXPECT_EQ(head(), before + 1);
  EXPECT_EQ(outcome<Rejection>(1).kind, Rejection::Kind::stale_version);
  EXPECT_NE(outcome<Rejection>(1).message.en.find('7'), std::string::npos);
}

TEST_F(SequencerTest, TomorrowHasNotHappened) {
  auto early = submission("clerk", "a", lead("L1"));
  early.request.occurred_on = CivilDate{sequencer().today().days + 1};
  const auto before = head();
  submit(std::move(early));
  harness.run();
  EXPECT_EQ(outcome<Rejection>(0).code, "occurred-in-the-future");
  EXPECT_EQ(head(), before);
}

TEST_F(SequencerTest, AFailedCommitLeavesTheOutcomeUnknownAndNothingDecidedOnItStands) {
  harness.log->fail_next_commit(eventstore::MemoryEventStore::Fate::kLost);
  submit(submission("clerk", "a", lead("L1")));
  submit(submission("clerk", "b", lead("L1")));
  harness.run();
  EXPECT_EQ(outcome<Undecided>(0).kind, Undecided::Kind::unknown);
  EXPECT_EQ(outcome<Undecided>(1).kind, Undecided::Kind::unknown)
      << "its refusal rested on a lead that is lost";
  EXPECT_TRUE(sequencer().read_only_reason());
  submit(submission("clerk", "c", lead("L3")));
  harness.run();
  EXPECT_EQ(outcome<Undecided>(2).kind, Undecided::Kind::read_only);
}

TEST_F(SequencerTest, WhatWasDecidedAheadOfAFailedCommitIsDiscardedWhole) {
  submit(submission("clerk", "before", lead("L0")));
  harness.run();
  const auto before = harness.log->head();
  harness.log->fill_disk();
  // One decided on the other: a lead, its classification, and a lead of its own.
  submit(submission("clerk", "a", lead("L1")));
  submit(submission("registrar", "b", schema::ClassifyLead{"L1", "other", {}, {}, {}}));
  submit(submission("clerk", "c", lead("L2")));
  harness.run();
  for (std::size_t i = 1; i <= 3; ++i) {
    EXPECT_EQ(outcome<Undecided>(i).kind, Undecided::Kind::unknown);
    EXPECT_TRUE(outcome<Undecided>(i).recoverable);
  }
  EXPECT_EQ(harness.log->head(), before);
  harness.log->make_room();
  ASSERT_FALSE(sequencer().recover());
  EXPECT_FALSE(sequencer().read_only_reason());
  // Nothing of it is left in the state that is decided on: L1 is unknown, and then new.
  submit(submission("registrar", "d", schema::ClassifyLead{"L1", "other", {}, {}, {}}));
  submit(submission("clerk", "a", lead("L1")));
  submit(submission("registrar", "b", schema::ClassifyLead{"L1", "other", {}, {}, {}}));
  submit(submission("clerk", "e", lead("L0")));
  harness.run();
  EXPECT_EQ(outcome<Rejection>(4).kind, Rejection::Kind::not_found);
  EXPECT_FALSE(outcome<Accepted>(5).repeated);
  EXPECT_EQ(outcome<Accepted>(5).receipt.first, before.position + 1);
  EXPECT_EQ(outcome<Accepted>(6).version, 2U);
  EXPECT_EQ(outcome<Rejection>(7).kind, Rejection::Kind::already_exists);
}

TEST_F(SequencerTest, DoesNotTakeWritesAgainWhileCommandsAreInFlight) {
  submit(submission("clerk", "a", lead("L1")));
  sequencer().go_read_only({"示例", "example"});
  EXPECT_TRUE(sequencer().recover());
  harness.run();
  EXPECT_TRUE(std::holds_alternative<Accepted>(*outcomes[0]));
  EXPECT_FALSE(sequencer().recover());
  submit(submission("clerk", "b", lead("L2")));
  harness.run();
  EXPECT_FALSE(outcome<Accepted>(1).repeated);
}

TEST_F(SequencerTest, AfterAnUnknownOutcomeTheSameIdTellsWhatHappened) {
  harness.log->fail_next_commit(eventstore::MemoryEventStore::Fate::kWritten);
  submit(submission("clerk", "a", lead("L1")));
  harness.run();
  ASSERT_EQ(outcome<Undecided>(0).kind, Undecided::Kind::unknown);
  harness.crash();
  harness.restart();
  const auto before = head();
  submit(submission("clerk", "a", lead("L1")));
  harness.run();
  EXPECT_TRUE(outcome<Accepted>(1).repeated);
  EXPECT_EQ(head(), before);
}

TEST_F(SequencerTest, AFullDiskRefusesWritesAndAnswersReads) {
  submit(submission("clerk", "a", lead("L1")));
  harness.run();
  harness.log->go_read_only("the disk is full");
  submit(submission("clerk", "b", lead("L2")));
  harness.run();
  EXPECT_EQ(outcome<Undecided>(1).kind, Undecided::Kind::read_only);
  EXPECT_NE(outcome<Undecided>(1).detail.find("full"), std::string::npos);
  EXPECT_EQ(harness.get("clerk", "/api/v1/views/lead/L1").status, 200);
}

TEST_F(SequencerTest, WhatIsCachedMayBeForgottenAndReadAgain) {
  CoreLimits small;
  small.aggregates_cached_max = 2;
  CoreHarness tight(3, small);
  tight.set_up();
  tight.grant("clerk", "653101", "county-clerk");
  tight.grant("registrar", "office", "registrar");
  for (int i = 0; i < 10; ++i) {
    const std::string id = "L" + std::to_string(i);
    const std::string body =
        R"({"leadId":")" + id +
        R"(","investorName":"测试企业","origin":"foreign","reportingUnit":"653101","content":"示例"})";
    EXPECT_EQ(tight.command("clerk", "report-lead", body).status, 200);
  }
  for (int i = 0; i < 10; ++i) {
    const std::string body = R"({"leadId":"L)" + std::to_string(i) + R"(","leadClass":"other"})";
    EXPECT_EQ(tight.command("registrar", "classify-lead", body).status, 200) << i;
  }
}

TEST_F(SequencerTest, TooManyCommandsInFlightAreTurnedAway) {
  CoreLimits small;
  small.commands_in_flight_max = 2;
  CoreHarness tight(3, small);
  tight.set_up();
  tight.grant("clerk", "653101", "county-clerk");
  std::vector<CommandOutcome> answers;
  for (int i = 0; i < 3; ++i) {
    Submission one;
    one.principal = "clerk";
    one.command_id = std::to_string(i);
    one.request.command = lead("L" + std::to_string(i));
    one.grants = domain::grants_of_person(tight.core->sequencer().reference(), "clerk",
                                          tight.core->sequencer().today());
    tight.core->sequencer().submit(
        std::move(one), [&](CommandOutcome given) { answers.push_back(std::move(given)); });
  }
  tight.run();
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(std::get<Undecided>(answers[2]).kind, Undecided::Kind::overloaded);
}

}  // namespace
}  // namespace silkledger::server
