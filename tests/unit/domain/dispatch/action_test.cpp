#include "domain/dispatch/action.h"

#include "tests/unit/domain/dispatch/dispatch_prefecture.h"

namespace silkledger::domain {
namespace {

using example::after;
using example::kMonday;

const Actor kCounty = clerk_of("county-a");
const Actor kBureau = clerk_of("bureau-a");

schema::ActionAssigned assign(std::string by = "office", std::string owner = "county-a") {
  return {"A1", "M1", "P1", std::move(by), std::move(owner), "一周内接通厂区用水", after(10)};
}
const schema::ActionFeedbackGiven kFeedback{"A1", "管网已铺设一半"};
schema::ActionExtensionAsked ask(CivilDate until) { return {"A1", until, "管材延迟到货"}; }
schema::ActionExtensionGranted grant(CivilDate until) { return {"A1", until}; }
const schema::ActionExtensionRefused kRefusal{"A1", "影响投产"};
const schema::ActionDone kDone{"A1", "已接通"};
const schema::ActionConfirmed kConfirmed{"A1"};
const schema::ActionReturned kReturned{"A1", "水压不足"};

schema::MeetingCalled meeting(std::string id, std::string unit) {
  return {std::move(id),   schema::MeetingKind::dispatch,
          std::move(unit), kMonday,
          "示例议题",      {"county-a"},
          "leader"};
}

// M1 of the office and MC of county-a were held today; M2 was only called.
Given met() {
  return example::dispatched().happened(
      kMonday, {meeting("M1", "office"), schema::MeetingHeld{"M1", kMonday, {"county-a"}, {}},
                meeting("MC", "county-a"), schema::MeetingHeld{"MC", kMonday, {"bureau-a"}, {}},
                meeting("M2", "office")});
}
Given assigned() { return met().happened(kMonday, {assign()}); }
Given asked() { return assigned().happened(after(8), {ask(after(20))}); }
Given done() { return assigned().happened(after(9), {kDone}); }

TEST(ActionAssignment, NamesWhoDoesWhatUntilWhen) {
  Given ledger = met();
  const auto refused = [&](auto change, const char* code, const char* pointer) {
    schema::ActionAssigned stated = assign();
    change(stated);
    ledger.when(stated, office_clerk(), kMonday).then_rejected(code, "25");
    EXPECT_EQ(ledger.rejection().pointer, pointer);
  };
  refused([](auto& a) { a.meeting_id = "M9"; }, "meeting-unknown", "/meetingId");
  refused([](auto& a) { a.meeting_id = "M2"; }, "meeting-not-held", "/meetingId");
  refused([](auto& a) { a.meeting_id = "MC"; }, "not-the-convenors", "/assignedBy");
  refused([](auto& a) { a.project_id = "P9"; }, "project-unknown", "/projectId");
  refused([](auto& a) { a.assigned_by = "nowhere"; }, "unit-unknown", "/assignedBy");
  refused([](auto& a) { a.owner_unit = "nowhere"; }, "unit-unknown", "/ownerUnit");
  refused([](auto& a) { a.text = " "; }, "text-empty", "/text");
  refused([](auto& a) { a.due = after(-1); }, "dates-out-of-order", "/due");
  ledger.when(assign(), office_clerk(), kMonday, after(-1))
      .then_rejected("dates-out-of-order", "25");
  EXPECT_EQ(ledger.rejection().pointer, "/meetingId");
  schema::ActionAssigned today = assign();
  today.due = kMonday;
  ledger.when(today, office_clerk(), kMonday).then({today});
  refused([](auto&) {}, "action-already-exists", "/actionId");
  // Without a meeting and without a project.
  schema::ActionAssigned plain = assign();
  plain.action_id = "A2";
  plain.meeting_id.reset();
  plain.project_id.reset();
  ledger.when(plain, office_clerk(), kMonday).then({plain});
}

// Art. 27: a county charges its own units; what needs others is the prefecture's.
TEST(ActionAssignment, ReachesTheUnitsBelowAndThePrefecturesWordEverybody) {
  Given ledger = met();
  const auto of_county = [](std::string owner) {
    schema::ActionAssigned stated = assign("county-a", std::move(owner));
    stated.meeting_id = "MC";
    return stated;
  };
  ledger.when(of_county("county-b"), kCounty, kMonday).then_rejected("not-your-unit", "25");
  ledger.when(of_county("commerce"), kCounty, kMonday).then_rejected("not-your-unit", "25");
  ledger.when(assign("office"), kCounty, kMonday).then_rejected("not-your-unit", "25");
  ledger.when(of_county("bureau-a"), kCounty, kMonday).then({of_county("bureau-a")});
  schema::ActionAssigned far = assign("office", "commerce");
  far.action_id = "A2";
  ledger.when(far, office_clerk(), kMonday).then({far});
}

TEST(ActionFeedback, IsTheOwnersWhileItIsWorkedOn) {
  Given ledger = assigned();
  ledger.when(kFeedback, clerk_of("county-b"), after(1)).then_rejected("not-your-unit", "25");
  ledger.when(schema::ActionFeedbackGiven{"A9", "示例"}, kCounty, after(1))
      .then_rejected("action-unknown", "25");
  ledger.when(schema::ActionFeedbackGiven{"A1", ""}, kCounty, after(1))
      .then_rejected("text-empty", "25");
  ledger.when(kFeedback, kCounty, after(1), after(-1)).then_rejected("dates-out-of-order", "25");
  ledger.when(kFeedback, kBureau, after(1)).then({kFeedback});
  ledger.when(kFeedback, kCounty, after(2)).then({kFeedback});
  done().when(kFeedback, kCounty, after(10)).then_rejected("action-in-wrong-state", "25");
}

TEST(ActionExtension, IsAskedForALaterDayOneAtATime) {
  Given ledger = assigned();
  ledger.when(ask(after(11)), clerk_of("county-b"), after(8)).then_rejected("not-your-unit", "25");
  ledger.when(ask(after(10)), kCounty, after(8)).then_rejected("extension-extends-nothing", "25");
  schema::ActionExtensionAsked wordless = ask(after(11));
  wordless.reason = "";
  ledger.when(wordless, kCounty, after(8)).then_rejected("text-empty", "25");
  // After the due day it is still possible, but not for a day that is over.
  ledger.when(ask(after(11)), kCounty, after(12)).then_rejected("dates-out-of-order", "25");
  ledger.when(ask(after(11)), kCounty, after(8)).then({ask(after(11))});
  ledger.when(ask(after(12)), kCounty, after(8)).then_rejected("extension-already-asked", "25");
  done().when(ask(after(20)), kCounty, after(9)).then_rejected("action-in-wrong-state", "25");
}

TEST(ActionExtension, IsGrantedUpToTheDayAskedForByWhoAssignedTheItem) {
  assigned()
      .when(grant(after(12)), office_clerk(), after(8))
      .then_rejected("no-extension-asked", "25");
  Given ledger = asked();
  ledger.when(grant(after(20)), kCounty, after(9)).then_rejected("not-your-unit", "25");
  ledger.when(grant(after(21)), office_clerk(), after(9)).then_rejected("dates-out-of-order", "25");
  ledger.when(grant(after(10)), office_clerk(), after(9))
      .then_rejected("extension-extends-nothing", "25");
  ledger.when(grant(after(15)), office_clerk(), after(9)).then({grant(after(15))});
  EXPECT_EQ(ledger.states().get<ActionState>("A1").due, after(15));
  ledger.when(grant(after(16)), office_clerk(), after(9)).then_rejected("no-extension-asked", "25");
  asked().when(grant(after(20)), office_clerk(), after(9)).then_accepted();
}

TEST(ActionExtension, LeavesTheDueDayWhenItIsRefused) {
  Given ledger = asked();
  ledger.when(kRefusal, kCounty, after(9)).then_rejected("not-your-unit", "25");
  ledger.when(schema::ActionExtensionRefused{"A1", ""}, office_clerk(), after(9))
      .then_rejected("text-empty", "25");
  ledger.when(kRefusal, office_clerk(), after(9)).then({kRefusal});
  EXPECT_EQ(ledger.states().get<ActionState>("A1").due, after(10));
  ledger.when(kRefusal, office_clerk(), after(9)).then_rejected("no-extension-asked", "25");
  ledger.when(ask(after(12)), kCounty, after(9)).then_accepted();
}

TEST(ActionDone, EndsTheWaitForAnExtension) {
  Given ledger = asked();
  ledger.when(schema::ActionDone{"A1", ""}, kCounty, after(9)).then_rejected("text-empty", "25");
  ledger.when(kDone, clerk_of("county-b"), after(9)).then_rejected("not-your-unit", "25");
  ledger.when(kDone, kCounty, after(9)).then({kDone});
  ledger.when(grant(after(20)), office_clerk(), after(9)).then_rejected("no-extension-asked", "25");
  ledger.when(kDone, kCounty, after(9)).then_rejected("action-in-wrong-state", "25");
}

TEST(ActionConfirmation, IsOfWhoAssignedItAndCanReturnIt) {
  assigned()
      .when(kConfirmed, office_clerk(), after(1))
      .then_rejected("action-in-wrong-state", "25");
  Given ledger = done();
  ledger.when(kConfirmed, kCounty, after(10)).then_rejected("not-your-unit", "25");
  ledger.when(kReturned, kCounty, after(10)).then_rejected("not-your-unit", "25");
  ledger.when(schema::ActionReturned{"A1", ""}, office_clerk(), after(10))
      .then_rejected("text-empty", "25");
  ledger.when(kReturned, office_clerk(), after(10)).then({kReturned});
  ledger.when(kConfirmed, office_clerk(), after(10)).then_rejected("action-in-wrong-state", "25");
  ledger.when(kDone, kCounty, after(11)).then_accepted();
  ledger.when(kConfirmed, office_clerk(), after(12)).then({kConfirmed});
  ledger.when(kReturned, office_clerk(), after(12)).then_rejected("action-in-wrong-state", "25");
}

TEST(ActionConfirmation, IsTheCountysForWhatItAssignedToItsOwnUnits) {
  schema::ActionAssigned of_county = assign("county-a", "bureau-a");
  of_county.meeting_id = "MC";
  Given ledger = met().happened(kMonday, {of_county});
  ledger.when(kDone, kBureau, after(1)).then_accepted();
  ledger.when(kConfirmed, kBureau, after(2)).then_rejected("not-your-unit", "25");
  ledger.when(kConfirmed, kCounty, after(2)).then_accepted();
}

}  // namespace
}  // namespace silkledger::domain
