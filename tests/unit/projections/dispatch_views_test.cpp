// Problems, meetings and action items as people see them (Art. 25, 27, 28).
#include <gtest/gtest.h>

#include "domain/schema/view.values.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using Names = std::vector<std::string>;

class DispatchViews : public ::testing::Test {
 protected:
  DispatchViews() {
    history.set_up();
    history.open_project("p1");
  }

  template <class Event>
  void problem(Event event) {
    history.record("problem/q1", schema::Event(std::move(event)));
  }
  void raise() {
    problem(
        schema::ProblemRaised{"q1", "p1", schema::ProblemClass::progress, "示例问题", "commerce"});
  }
  schema::ProblemRow problem_row() {
    return served.row<schema::ProblemRow>("problem", "q1").value();
  }

  template <class Event>
  void meeting(Event event) {
    history.record("meeting/m1", schema::Event(std::move(event)));
  }
  void call_meeting() {
    meeting(schema::MeetingCalled{"m1",
                                  schema::MeetingKind::promotion,
                                  "planning",
                                  day(),
                                  "示例议题",
                                  {"commerce", "county-a", "county-b"},
                                  "person-1"});
  }
  schema::MeetingRow meeting_row() {
    return served.row<schema::MeetingRow>("meeting", "m1").value();
  }

  template <class Event>
  void action(const std::string& id, Event event) {
    history.record("action/" + id, schema::Event(std::move(event)));
  }
  // By 示例发改委 to 示例市, for project p1, due in three days.
  void assign(const std::string& id, std::optional<std::string> meeting_id) {
    action(id, schema::ActionAssigned{id, std::move(meeting_id), "p1", "planning", "county-b",
                                      "示例事项", day(3)});
  }
  schema::ActionRow action_row() { return served.row<schema::ActionRow>("action", "a1").value(); }

  History history;
  Served served{history};
};

// ---------------------------------------------------------------- problems

TEST_F(DispatchViews, AProblemNamesItsProjectAndWhoTakesPart) {
  raise();
  const auto row = problem_row();
  EXPECT_EQ(row.project_name, "测试项目 p1");
  EXPECT_EQ(row.unit_id, "county-b");
  EXPECT_EQ(row.units, (Names{"commerce", "county-b"}));
  EXPECT_EQ(row.status, schema::ProblemStatus::raised);
  EXPECT_EQ(row.raised_on, day());
  EXPECT_FALSE(row.due);
  problem(schema::ProblemAssigned{"q1", "industry", day(3)});
  EXPECT_EQ(problem_row().units, (Names{"commerce", "county-b", "industry"}));
  EXPECT_EQ(problem_row().owner_unit, "industry");
  EXPECT_EQ(problem_row().version, 2U);
}

TEST_F(DispatchViews, AProblemIsOverdueFromTheDayBehindItsDueDay) {
  raise();
  problem(schema::ProblemAssigned{"q1", "county-b", day(3)});
  history.begin_day(3);
  EXPECT_EQ(problem_row().days_open, 3);
  EXPECT_FALSE(problem_row().overdue);
  history.begin_day(1);
  EXPECT_TRUE(problem_row().overdue);
  EXPECT_EQ(problem_row().days_overdue, 1);
  // A later due day takes it back.
  problem(schema::ProblemAssigned{"q1", "county-b", day(9)});
  EXPECT_FALSE(problem_row().overdue);
}

TEST_F(DispatchViews, AResolvedProblemStandsStillUntilItIsReopened) {
  raise();
  problem(schema::ProblemAssigned{"q1", "county-b", day(1)});
  problem(schema::ProblemFeedbackGiven{"q1", "示例进展一"});
  history.begin_day(2);
  problem(schema::ProblemFeedbackGiven{"q1", "示例进展二"});
  problem(schema::ProblemResolved{"q1", "示例结果"});
  history.begin_day(5);
  auto row = problem_row();
  EXPECT_EQ(row.status, schema::ProblemStatus::resolved);
  EXPECT_EQ(row.days_open, 2);
  EXPECT_EQ(row.days_overdue, 1);
  EXPECT_EQ(row.feedbacks, 2);
  EXPECT_EQ(row.last_feedback, "示例进展二");
  EXPECT_EQ(row.last_feedback_on, day(2));
  problem(schema::ProblemConfirmed{"q1"});
  EXPECT_EQ(problem_row().confirmed_on, day(7));
  problem(schema::ProblemReopened{"q1", "示例原因"});
  row = problem_row();
  EXPECT_EQ(row.status, schema::ProblemStatus::assigned);
  EXPECT_EQ(row.reopened, 1);
  EXPECT_FALSE(row.resolved_on);
  EXPECT_FALSE(row.confirmed_on);
  EXPECT_EQ(row.days_open, 7);
  history.begin_day(1);
  EXPECT_EQ(problem_row().days_open, 8);
  EXPECT_EQ(problem_row().days_overdue, 7);
}

TEST_F(DispatchViews, AnEscalationShowsWhatWasAskedAndWhatThePrefectureSaid) {
  raise();
  EXPECT_EQ(problem_row().escalation, schema::Escalation::none);
  problem(schema::ProblemEscalated{"q1", "示例事项"});
  EXPECT_EQ(problem_row().escalation, schema::Escalation::asked);
  EXPECT_EQ(problem_row().matter, "示例事项");
  problem(schema::ProblemEscalationDecided{"q1", schema::EscalationVerdict::returned, "示例意见"});
  EXPECT_EQ(problem_row().escalation, schema::Escalation::returned);
  EXPECT_EQ(problem_row().ruling, "示例意见");
  problem(schema::ProblemEscalated{"q1", "示例事项二"});
  EXPECT_FALSE(problem_row().ruling);
  problem(schema::ProblemEscalationDecided{"q1", schema::EscalationVerdict::taken, "示例意见二"});
  EXPECT_EQ(problem_row().escalation, schema::Escalation::taken);
}

TEST_F(DispatchViews, AProblemFollowsItsProjectsChainAndName) {
  raise();
  problem(schema::ProblemAssigned{"q1", "planning", day(3)});
  history.record("project/p1", schema::ProjectChainAssigned{"p1", "textile"});
  history.record("chain/textile", schema::ChainLeadAssigned{"textile", "industry", day(1)});
  EXPECT_EQ(problem_row().units, (Names{"commerce", "county-b", "planning"}));
  history.begin_day(1);
  // 示例商务局 raised it, so it goes on seeing it.
  EXPECT_EQ(problem_row().units, (Names{"commerce", "county-b", "industry", "planning"}));
  schema::ProjectCorrected corrected;
  corrected.project_id = "p1";
  corrected.change = schema::TextChange{"测试项目 p1", "更正后的名称"};
  history.record("project/p1", corrected);
  EXPECT_EQ(problem_row().project_name, "更正后的名称");
}

TEST_F(DispatchViews, TheAuditTrailOfAProjectHoldsItsProblems) {
  raise();
  problem(schema::ProblemFeedbackGiven{"q1", "示例进展"});
  const auto row = served.row<schema::AuditRow>("audit", audit_key(history.head()));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->subject, "project/p1");
  EXPECT_EQ(row->article, "19");  // what the history of this test says
  EXPECT_EQ(row->units, (Names{"commerce", "county-b"}));
}

// ---------------------------------------------------------------- meetings and action items

TEST_F(DispatchViews, AMeetingShowsWhoWasAbsentAndWhoWasHeard) {
  call_meeting();
  EXPECT_EQ(meeting_row().status, schema::MeetingStatus::called);
  EXPECT_EQ(meeting_row().units, (Names{"commerce", "county-a", "county-b", "planning"}));
  meeting(schema::MeetingHeld{"m1", day(), {"commerce", "industry"}, {"commerce"}});
  const auto row = meeting_row();
  EXPECT_EQ(row.status, schema::MeetingStatus::held);
  EXPECT_EQ(row.attended, (Names{"commerce", "industry"}));
  EXPECT_EQ(row.absent, (Names{"county-a", "county-b"}));
  EXPECT_EQ(row.heard, (Names{"commerce"}));
  EXPECT_EQ(row.units, (Names{"commerce", "county-a", "county-b", "industry", "planning"}));
  history.begin_day(2);
  meeting(schema::MeetingMinutesIssued{"m1", "示例纪要1号", "示例纪要"});
  EXPECT_EQ(meeting_row().status, schema::MeetingStatus::minuted);
  EXPECT_EQ(meeting_row().minutes_no, "示例纪要1号");
  EXPECT_EQ(meeting_row().minutes_on, day(2));
}

TEST_F(DispatchViews, AMeetingThatWasCalledOffSaysWhy) {
  call_meeting();
  meeting(schema::MeetingCalledOff{"m1", "示例原因"});
  EXPECT_EQ(meeting_row().status, schema::MeetingStatus::called_off);
  EXPECT_EQ(meeting_row().reason, "示例原因");
}

TEST_F(DispatchViews, AMeetingCountsTheItemsItGaveOutAndThoseStruckOff) {
  call_meeting();
  assign("a1", "m1");
  assign("a2", "m1");
  assign("a3", std::nullopt);
  action("a1", schema::ActionDone{"a1", "示例结果"});
  EXPECT_EQ(meeting_row().actions, 2);
  EXPECT_EQ(meeting_row().actions_confirmed, 0);
  action("a1", schema::ActionConfirmed{"a1"});
  action("a3", schema::ActionConfirmed{"a3"});
  EXPECT_EQ(meeting_row().actions_confirmed, 1);
  EXPECT_EQ(meeting_row().version, 1U);  // of its own stream
}

TEST_F(DispatchViews, AnExtensionKeepsTheFirstDueDayBesideThePresentOne) {
  assign("a1", std::nullopt);
  action("a1", schema::ActionExtensionAsked{"a1", day(9), "示例原因"});
  auto row = action_row();
  EXPECT_EQ(row.status, schema::ActionStatus::extension_asked);
  EXPECT_EQ(row.asked_until, day(9));
  EXPECT_EQ(row.due, day(3));
  action("a1", schema::ActionExtensionGranted{"a1", day(7)});
  row = action_row();
  EXPECT_EQ(row.status, schema::ActionStatus::open);
  EXPECT_EQ(row.due, day(7));
  EXPECT_EQ(row.original_due, day(3));
  EXPECT_EQ(row.extensions, 1);
  EXPECT_FALSE(row.asked_until);
  EXPECT_FALSE(row.asked_reason);
  action("a1", schema::ActionExtensionAsked{"a1", day(12), "示例原因"});
  action("a1", schema::ActionExtensionRefused{"a1", "示例原因"});
  EXPECT_EQ(action_row().due, day(7));
  EXPECT_EQ(action_row().extensions, 1);
}

TEST_F(DispatchViews, AnItemIsOverdueFromTheDayBehindItsDueDayUntilItIsDone) {
  assign("a1", std::nullopt);
  history.begin_day(3);
  EXPECT_FALSE(action_row().overdue);
  history.begin_day(1);
  EXPECT_TRUE(action_row().overdue);
  EXPECT_EQ(action_row().days_overdue, 1);
  action("a1", schema::ActionFeedbackGiven{"a1", "示例进展"});
  action("a1", schema::ActionDone{"a1", "示例结果"});
  history.begin_day(5);
  EXPECT_EQ(action_row().days_overdue, 1);
  EXPECT_EQ(action_row().feedbacks, 1);
  EXPECT_EQ(action_row().last_feedback, "示例进展");
  action("a1", schema::ActionReturned{"a1", "示例原因"});
  EXPECT_EQ(action_row().status, schema::ActionStatus::open);
  EXPECT_EQ(action_row().days_overdue, 6);
  EXPECT_EQ(action_row().returned, 1);
  history.begin_day(1);
  EXPECT_EQ(action_row().days_overdue, 7);
  action("a1", schema::ActionDone{"a1", "示例结果"});
  action("a1", schema::ActionConfirmed{"a1"});
  EXPECT_EQ(action_row().status, schema::ActionStatus::confirmed);
  EXPECT_EQ(action_row().confirmed_on, day(10));
}

TEST_F(DispatchViews, AnItemOfAProjectStandsInItsAuditTrail) {
  assign("a1", std::nullopt);
  const auto of_project = history.head();
  history.record("action/a9", schema::ActionAssigned{"a9", std::nullopt, std::nullopt, "planning",
                                                     "county-b", "示例事项", day(3)});
  EXPECT_EQ(served.row<schema::AuditRow>("audit", audit_key(of_project))->subject, "project/p1");
  EXPECT_FALSE(served.row<schema::AuditRow>("audit", audit_key(history.head()))->subject);
}

}  // namespace
}  // namespace silkledger::projections
