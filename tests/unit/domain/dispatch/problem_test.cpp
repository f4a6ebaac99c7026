#include "domain/dispatch/problem.h"

#include "tests/unit/domain/dispatch/dispatch_prefecture.h"

namespace silkledger::domain {
namespace {

using example::after;
using example::kMonday;
using schema::EscalationVerdict;
using schema::ProblemClass;

const Actor kCounty = clerk_of("county-a");
const Actor kOtherCounty = clerk_of("county-b");
const Actor kBureau = clerk_of("bureau-a");
const Actor kChainLead = clerk_of("commerce");
const Actor kIndustry = clerk_of("industry");

schema::ProblemRaised raise() {
  return {"Q1", "P1", ProblemClass::progress, "供电线路未到厂区", "commerce"};
}
schema::ProblemAssigned assign(std::string unit, CivilDate due = after(10)) {
  return {"Q1", std::move(unit), due};
}
const schema::ProblemFeedbackGiven kFeedback{"Q1", "已完成勘测"};
const schema::ProblemEscalated kEscalation{"Q1", "请协调电网公司"};
const schema::ProblemResolved kResolution{"Q1", "线路已接通"};
const schema::ProblemConfirmed kConfirmation{"Q1"};
const schema::ProblemReopened kReopening{"Q1", "仍时常断电"};
schema::ProblemEscalationDecided decision(EscalationVerdict verdict) {
  return {"Q1", verdict, "由示例发改委协调"};
}

Given raised() { return example::dispatched().happened(kMonday, {raise()}); }
Given assigned() { return raised().happened(kMonday, {assign("county-a")}); }
Given resolved() { return assigned().happened(after(5), {kResolution}); }
Given confirmed() { return resolved().happened(after(6), {kConfirmation}); }

TEST(ProblemRaised, BelongsToAProjectThatGoesOnAndToTheUnitThatRaisesIt) {
  Given ledger = example::dispatched();
  const auto refused = [&](auto change, const char* code, const Actor& actor = kChainLead) {
    schema::ProblemRaised stated = raise();
    change(stated);
    ledger.when(stated, actor, kMonday).then_rejected(code, "28");
  };
  refused([](auto& p) { p.project_id = "P9"; }, "project-unknown");
  refused([](auto& p) { p.project_id = "OVER"; }, "project-ended");
  refused([](auto& p) { p.raised_by = "nowhere"; }, "unit-unknown", office_clerk());
  refused([](auto&) {}, "not-your-unit", kCounty);
  refused([](auto& p) { p.text = " "; }, "text-empty");
  refused([](auto& p) { p.text = "含\x01控制字符"; }, "text-not-allowed");
  ledger.when(raise(), kChainLead, kMonday).then({raise()});
  refused([](auto&) {}, "problem-already-exists");
}

// Whether a promise was kept can be asked only when there is an agreement.
TEST(ProblemRaised, NeedsAnAgreementForPerformanceAndFulfilment) {
  Given ledger = example::dispatched();
  const auto talks = [](ProblemClass kind) {
    return schema::ProblemRaised{"Q2", "TALKS", kind, "示例问题", "commerce"};
  };
  for (const auto kind : {ProblemClass::performance, ProblemClass::fulfilment}) {
    ledger.when(talks(kind), kChainLead, kMonday).then_rejected("project-not-signed", "28");
    schema::ProblemRaised signed_project = raise();
    signed_project.problem_id = "Q-" + std::to_string(static_cast<int>(kind));
    signed_project.problem_class = kind;
    ledger.when(signed_project, kChainLead, kMonday).then({signed_project});
    signed_project.problem_id += "-old";
    signed_project.project_id = "OLD";
    ledger.when(signed_project, kChainLead, kMonday).then_accepted();
  }
  ledger.when(talks(ProblemClass::other), kChainLead, kMonday).then_accepted();
}

TEST(ProblemAssignment, IsMadeByWhoFollowsTheProjectWithinItsReach) {
  Given ledger = raised();
  const auto when = [&](const auto& stated, const Actor& actor) -> Given& {
    return ledger.when(stated, actor, kMonday);
  };
  when(assign("county-a"), kOtherCounty).then_rejected("not-following-project", "28");
  when(assign("county-a"), kIndustry).then_rejected("not-following-project", "28");
  when(assign("industry"), kCounty).then_rejected("not-your-unit", "28");
  when(assign("nowhere"), kChainLead).then_rejected("unit-unknown", "28");
  when(schema::ProblemAssigned{"Q9", "county-a", after(1)}, kCounty)
      .then_rejected("problem-unknown", "28");
  when(assign("bureau-a"), kCounty).then({assign("bureau-a")});
  when(assign("bureau-a"), kCounty).then_rejected("problem-in-wrong-state", "28");
  when(assign("industry"), kChainLead).then({assign("industry")});
  when(assign("county-b"), office_clerk()).then({assign("county-b")});
}

TEST(ProblemAssignment, MayBeDueOnItsDayAndNoEarlier) {
  Given ledger = raised();
  ledger.when(assign("county-a", after(-1)), kCounty, kMonday)
      .then_rejected("dates-out-of-order", "28");
  EXPECT_EQ(ledger.rejection().pointer, "/due");
  ledger.when(assign("county-a", kMonday), kCounty, kMonday).then_accepted();
  // A new due day alone is a new assignment.
  ledger.when(assign("county-a", after(1)), kCounty, kMonday).then_accepted();
  EXPECT_EQ(ledger.states().get<ProblemState>("Q1").due, after(1));
}

TEST(ProblemAssignment, IsOverOnceItIsResolved) {
  resolved()
      .when(assign("industry"), office_clerk(), after(6))
      .then_rejected("problem-in-wrong-state", "28");
}

TEST(ProblemFeedback, IsTheOwnersWhileItWorksOnIt) {
  raised().when(kFeedback, kCounty, kMonday).then_rejected("problem-in-wrong-state", "28");
  Given ledger = assigned();
  ledger.when(kFeedback, kIndustry, after(1)).then_rejected("not-your-unit", "28");
  ledger.when(schema::ProblemFeedbackGiven{"Q1", ""}, kCounty, after(1))
      .then_rejected("text-empty", "28");
  ledger.when(kFeedback, kCounty, after(1), after(-1)).then_rejected("dates-out-of-order", "28");
  ledger.when(kFeedback, kCounty, after(1)).then({kFeedback});
  ledger.when(kFeedback, kBureau, after(2)).then({kFeedback});
  ledger.when(kFeedback, office_clerk(), after(2)).then({kFeedback});
  resolved().when(kFeedback, kCounty, after(6)).then_rejected("problem-in-wrong-state", "28");
}

TEST(ProblemEscalation, IsTheChainLeadsOrTheOwnersAlone) {
  Given ledger = raised();
  ledger.when(kEscalation, kCounty, kMonday).then_rejected("not-to-be-escalated-by-you", "28");
  ledger.when(kEscalation, office_clerk(), kMonday)
      .then_rejected("not-to-be-escalated-by-you", "28");
  ledger.when(schema::ProblemEscalated{"Q1", " "}, kChainLead, kMonday)
      .then_rejected("text-empty", "28");
  ledger.when(kEscalation, kChainLead, kMonday).then({kEscalation});
  ledger.when(kEscalation, kChainLead, kMonday).then_rejected("already-escalated", "28");
  assigned().when(kEscalation, kCounty, after(1)).then({kEscalation});
  resolved().when(kEscalation, kCounty, after(6)).then_rejected("problem-in-wrong-state", "28");
}

TEST(ProblemEscalation, FollowsTheUnitThatLeadsTheChainOnTheDay) {
  Given ledger = raised();
  ledger.happened(kMonday, {schema::ChainLeadAssigned{"textile", "industry", after(3)}});
  ledger.when(kEscalation, kIndustry, after(2)).then_rejected("not-to-be-escalated-by-you", "28");
  ledger.when(kEscalation, kChainLead, after(3)).then_rejected("not-to-be-escalated-by-you", "28");
  ledger.when(kEscalation, kIndustry, after(3)).then_accepted();
}

TEST(ProblemEscalation, IsDecidedByTheOfficeAndMayBeAskedAnewWhenReturned) {
  Given ledger = assigned();
  const auto returned = decision(EscalationVerdict::returned);
  const auto taken = decision(EscalationVerdict::taken);
  ledger.when(taken, office_clerk(), after(1)).then_rejected("not-escalated", "28");
  ledger.happened(after(1), {kEscalation});
  ledger.when(taken, kCounty, after(1)).then_rejected("prefecture-decides", "28");
  ledger
      .when(schema::ProblemEscalationDecided{"Q1", EscalationVerdict::taken, ""}, office_clerk(),
            after(1))
      .then_rejected("text-empty", "28");
  ledger.when(returned, office_clerk(), after(2)).then({returned});
  ledger.when(taken, office_clerk(), after(2)).then_rejected("not-escalated", "28");
  ledger.when(kEscalation, kCounty, after(3)).then_accepted();
  ledger.when(taken, office_clerk(), after(4)).then({taken});
  ledger.when(kEscalation, kChainLead, after(5)).then_rejected("already-escalated", "28");
}

TEST(ProblemResolution, IsTheOwnersAndFollowsAnAssignment) {
  raised().when(kResolution, kCounty, kMonday).then_rejected("problem-in-wrong-state", "28");
  Given ledger = assigned();
  ledger.when(kResolution, kChainLead, after(1)).then_rejected("not-your-unit", "28");
  ledger.when(schema::ProblemResolved{"Q1", "\n"}, kCounty, after(1))
      .then_rejected("text-empty", "28");
  ledger.when(kResolution, kCounty, after(1)).then({kResolution});
  ledger.when(kResolution, kCounty, after(1)).then_rejected("problem-in-wrong-state", "28");
}

TEST(ProblemConfirmation, IsTheRaisersAlone) {
  assigned()
      .when(kConfirmation, kChainLead, after(1))
      .then_rejected("problem-in-wrong-state", "28");
  Given ledger = resolved();
  for (const Actor& actor : {kCounty, office_clerk(), kIndustry}) {
    ledger.when(kConfirmation, actor, after(6)).then_rejected("not-the-raising-unit", "28");
    ledger.when(kReopening, actor, after(6)).then_rejected("not-the-raising-unit", "28");
  }
  ledger.when(schema::ProblemConfirmed{"Q9"}, kChainLead, after(6))
      .then_rejected("problem-unknown", "28");
  ledger.when(kConfirmation, kChainLead, after(6)).then({kConfirmation});
  ledger.when(kConfirmation, kChainLead, after(6)).then_rejected("problem-in-wrong-state", "28");
}

TEST(ProblemReopening, GivesItBackToItsOwnerAfterResolutionOrConfirmation) {
  assigned().when(kReopening, kChainLead, after(1)).then_rejected("problem-in-wrong-state", "28");
  for (Given ledger : {resolved(), confirmed()}) {
    ledger.when(schema::ProblemReopened{"Q1", ""}, kChainLead, after(7))
        .then_rejected("text-empty", "28");
    ledger.when(kReopening, kChainLead, after(7)).then({kReopening});
    const ProblemState& state = ledger.states().get<ProblemState>("Q1");
    EXPECT_EQ(state.owner_unit, "county-a");
    EXPECT_EQ(state.due, after(10));
    ledger.when(kResolution, kCounty, after(8)).then_accepted();
    ledger.when(kConfirmation, kChainLead, after(9)).then_accepted();
  }
}

}  // namespace
}  // namespace silkledger::domain
