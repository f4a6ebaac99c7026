#include "domain/landing/approval.h"

#include "tests/support/landed_project.h"

namespace silkledger::domain {
namespace {

using schema::ItemDays;

const Actor kCounty = clerk_of("county-a");
const Actor kBureau = clerk_of("bureau-a");

schema::ApprovalItemDefined item(std::string id, ItemDays days, std::optional<std::int32_t> limit) {
  return {std::move(id), "建设", "示例许可", "示例部门", days, limit, {}, {}};
}

// Autumn 2026 as published: 20 September and 10 October are worked, 25–27 September and 1–7 October
// are off.
schema::CalendarDaysSet autumn() {
  schema::CalendarDaysSet set{"national", 2026, {}, "示例来源"};
  for (const char* text : {"2026-09-25", "2026-09-26", "2026-09-27", "2026-10-01", "2026-10-02",
                           "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"}) {
    set.days.push_back({day(text), schema::DayKind::holiday, "节"});
  }
  for (const char* text : {"2026-09-20", "2026-10-10"}) {
    set.days.push_back({day(text), schema::DayKind::workday, "调休"});
  }
  return set;
}

Given with_items() {
  Given ledger = example::landed(day("2026-09-01"));
  ledger.happened(day("2026-09-01"),
                  {autumn(), item("one", ItemDays::working, 1), item("seven", ItemDays::working, 7),
                   item("twenty", ItemDays::working, 20), item("month", ItemDays::calendar, 30),
                   item("at-once", ItemDays::instant, {}), item("free", ItemDays::none, {}),
                   example::person("zhang"), example::role("zhang", "bureau-a", "agent"),
                   example::person("li"), example::role("li", "county-b", "clerk")});
  return ledger;
}

const CivilDate kRequested = day("2026-09-16");
const CivilDate kAccepted = day("2026-09-18");  // a Friday before a worked Sunday

schema::ApprovalRequested request(std::string item_id) {
  return {"A1", "P1", std::move(item_id), "bureau-a", kRequested};
}
schema::AcceptApproval accept(CivilDate submitted, CivilDate accepted) {
  return {"A1", submitted, accepted};
}

Given requested(std::string item_id = "seven") {
  return with_items().happened(kRequested, {request(std::move(item_id))});
}

Given claimed(std::string item_id = "seven") {
  return requested(std::move(item_id))
      .happened(kRequested, {schema::ApprovalClaimed{"A1", "zhang", kRequested}});
}

Given running(std::string item_id = "seven") {
  Given ledger = claimed(std::move(item_id));
  ledger.when(accept(day("2026-09-17"), kAccepted), kBureau, kAccepted).then_accepted();
  return ledger;
}

TEST(ApprovalRequest, NeedsALandedProjectAKnownItemAndAHandlingUnit) {
  Given ledger = with_items();
  const auto refused = [&](auto change, const char* code, const Actor& actor = kCounty) {
    schema::ApprovalRequested stated = request("seven");
    change(stated);
    ledger.when(stated, actor, kRequested).then_rejected(code, "23");
  };
  refused([](auto& r) { r.project_id = "P9"; }, "project-unknown");
  refused([](auto& r) { r.project_id = "TALKS"; }, "project-not-signed");
  refused([](auto& r) { r.project_id = "OVER"; }, "project-ended");
  refused([](auto& r) { r.item_id = "nothing"; }, "approval-item-unknown");
  refused([](auto& r) { r.handling_unit = "nowhere"; }, "unit-unknown");
  refused([](auto& r) { r.requested_on = {kRequested.days + 1}; }, "date-in-the-future");
  refused([](auto&) {}, "not-your-unit", clerk_of("county-b"));
  ledger.when(request("seven"), kCounty, kRequested).then({request("seven")});
  refused([](auto&) {}, "approval-already-exists");
  schema::ApprovalRequested old = request("seven");
  old.approval_id = "A2";
  old.project_id = "OLD";
  ledger.when(old, office_clerk(), kRequested).then({old});
}

TEST(ApprovalPlan, IsForTheTimeBeforeAcceptance) {
  Given ledger = requested();
  const schema::ApprovalPlanned planned{"A1", day("2026-09-30")};
  ledger.when(schema::ApprovalPlanned{"A1", {kRequested.days - 1}}, kCounty, kRequested)
      .then_rejected("dates-out-of-order", "23");
  ledger.when(schema::ApprovalPlanned{"A9", day("2026-09-30")}, kCounty, kRequested)
      .then_rejected("approval-unknown", "23");
  ledger.when(planned, clerk_of("county-b"), kRequested).then_rejected("not-your-unit", "23");
  ledger.when(planned, kCounty, kRequested).then({planned});
  running().when(planned, kCounty, kAccepted).then_rejected("approval-in-wrong-state", "23");
}

TEST(ApprovalClaim, IsMadeOnceByAPersonOfTheHandlingUnitOrBelow) {
  Given ledger = requested();
  const auto claim = [](std::string agent, CivilDate on) {
    return schema::ApprovalClaimed{"A1", std::move(agent), on};
  };
  ledger.when(claim("nobody", kRequested), kBureau, kRequested)
      .then_rejected("person-unknown", "23");
  ledger.when(claim("li", kRequested), kBureau, kRequested)
      .then_rejected("agent-of-another-unit", "23");
  ledger.when(claim("zhang", {kRequested.days - 1}), kBureau, kRequested)
      .then_rejected("dates-out-of-order", "23");
  ledger.when(claim("zhang", {kRequested.days + 1}), kBureau, kRequested)
      .then_rejected("date-in-the-future", "23");
  ledger.when(claim("zhang", kRequested), kBureau, kRequested).then({claim("zhang", kRequested)});
  ledger.when(claim("zhang", kRequested), kBureau, kRequested)
      .then_rejected("approval-in-wrong-state", "23");
}

TEST(ApprovalAcceptance, FollowsAClaimAndASubmission) {
  requested()
      .when(accept(kRequested, kAccepted), kBureau, kAccepted)
      .then_rejected("approval-in-wrong-state", "23");
  Given ledger = claimed();
  ledger.when(accept({kRequested.days - 1}, kAccepted), kBureau, kAccepted)
      .then_rejected("dates-out-of-order", "23");
  EXPECT_EQ(ledger.rejection().pointer, "/submittedOn");
  ledger.when(accept({kAccepted.days + 1}, kAccepted), kBureau, kAccepted)
      .then_rejected("dates-out-of-order", "23");
  EXPECT_EQ(ledger.rejection().pointer, "/acceptedOn");
  ledger.when(accept(kAccepted, {kAccepted.days + 1}), kBureau, kAccepted)
      .then_rejected("date-in-the-future", "23");
  ledger.when(accept(kAccepted, kAccepted), kBureau, kAccepted)
      .then({schema::ApprovalAccepted{"A1", kAccepted, kAccepted, ItemDays::working, 7}});
}

TEST(ApprovalAcceptance, KeepsTheLimitThatWasInForce) {
  Given ledger = running("seven");
  ledger.happened(kAccepted, {item("seven", ItemDays::working, 3)});
  EXPECT_EQ(ledger.states().get<ApprovalState>("A1").limit,
            (StatutoryLimit{LimitKind::working_days, 7}));
  Given later = claimed("seven").happened(kRequested, {item("seven", ItemDays::calendar, 5)});
  later.when(accept(kAccepted, kAccepted), kBureau, kAccepted).then_accepted();
  EXPECT_EQ(later.states().get<ApprovalState>("A1").limit,
            (StatutoryLimit{LimitKind::calendar_days, 5}));
}

TEST(ApprovalClock, PausesOnlyWhileItRunsAndWithALegalBasis) {
  const schema::ApprovalClockPaused pause{"A1", day("2026-09-21"), "专家评审", "行政许可法第45条"};
  claimed().when(pause, kBureau, day("2026-09-21")).then_rejected("approval-in-wrong-state", "23");
  Given ledger = running();
  const auto refused = [&](auto change, const char* code) {
    schema::ApprovalClockPaused stated = pause;
    change(stated);
    ledger.when(stated, kBureau, day("2026-09-21")).then_rejected(code, "23");
  };
  refused([](auto& p) { p.paused_on = day("2026-09-17"); }, "dates-out-of-order");
  refused([](auto& p) { p.paused_on = day("2026-09-22"); }, "date-in-the-future");
  refused([](auto& p) { p.reason = ""; }, "text-empty");
  refused([](auto& p) { p.legal_basis = " "; }, "text-empty");
  const CivilDate today = day("2026-09-24");
  ledger.when(schema::ApprovalClockResumed{"A1", today}, kBureau, today)
      .then_rejected("approval-in-wrong-state", "23");
  ledger.when(pause, kBureau, today).then({pause});
  ledger.when(pause, kBureau, today).then_rejected("approval-in-wrong-state", "23");
  // A decision waits for the clock.
  ledger.when(schema::ApprovalGranted{"A1", today, {}}, kBureau, today)
      .then_rejected("approval-in-wrong-state", "23");
  EXPECT_NE(ledger.rejection().remedy.en.find("Resume"), std::string::npos);
  ledger.when(schema::ApprovalClockResumed{"A1", day("2026-09-20")}, kBureau, today)
      .then_rejected("dates-out-of-order", "23");
  ledger.when(schema::ApprovalClockResumed{"A1", day("2026-09-23")}, kBureau, today)
      .then_accepted();
  // The next pause and the decision lie behind the resumption.
  ledger
      .when(schema::ApprovalClockPaused{"A1", day("2026-09-22"), "检测", "第45条"}, kBureau, today)
      .then_rejected("dates-out-of-order", "23");
  ledger.when(schema::ApprovalGranted{"A1", day("2026-09-22"), {}}, kBureau, today)
      .then_rejected("dates-out-of-order", "23");
  ledger.when(schema::ApprovalGranted{"A1", day("2026-09-23"), {}}, kBureau, today).then_accepted();
}

TEST(ApprovalDecision, IsMadeOnceAndARefusalSaysWhy) {
  Given ledger = running();
  const CivilDate today = day("2026-09-22");
  ledger.when(schema::ApprovalRefused{"A1", today, ""}, kBureau, today)
      .then_rejected("text-empty", "23");
  ledger.when(schema::ApprovalRefused{"A1", {kAccepted.days - 1}, "材料不实"}, kBureau, today)
      .then_rejected("dates-out-of-order", "23");
  ledger.when(schema::ApprovalRefused{"A1", {today.days + 1}, "材料不实"}, kBureau, today)
      .then_rejected("date-in-the-future", "23");
  ledger.when(schema::ApprovalRefused{"A1", today, "材料不实"}, clerk_of("county-b"), today)
      .then_rejected("not-your-unit", "23");
  const schema::ApprovalRefused refused{"A1", today, "材料不实"};
  ledger.when(refused, kBureau, today).then({refused});
  ledger.when(schema::ApprovalGranted{"A1", today, {}}, kBureau, today)
      .then_rejected("approval-in-wrong-state", "23");
}

// The half of 7 working days is 3, of 20 it is 10; days run from the day after acceptance on 18
// September.
struct Clock {
  const char* name;
  const char* item;
  const char* paused_on;   // first day that does not count; empty: no pause
  const char* resumed_on;  // first day that counts again
  const char* decided_on;
  HalfTimeState state;
  std::int32_t elapsed;
};

class HalfTime : public testing::TestWithParam<Clock> {};

TEST_P(HalfTime, CountsSwappedWeekendsAndLeavesPausesOut) {
  const Clock& clock = GetParam();
  Given ledger = running(clock.item);
  const CivilDate today = day("2026-11-01");
  if (*clock.paused_on != '\0') {
    ledger
        .when(schema::ApprovalClockPaused{"A1", day(clock.paused_on), "检测", "第45条"}, kBureau,
              today)
        .then_accepted();
    ledger.when(schema::ApprovalClockResumed{"A1", day(clock.resumed_on)}, kBureau, today)
        .then_accepted();
  }
  ledger.when(schema::ApprovalGranted{"A1", day(clock.decided_on), {}}, kBureau, today)
      .then_accepted();
  const HalfTimeMeter meter =
      half_time_of(ledger.states().get<ApprovalState>("A1"), ledger.reference(), today);
  EXPECT_EQ(meter.state, clock.state);
  EXPECT_EQ(meter.elapsed_days, clock.elapsed);
  EXPECT_FALSE(meter.is_provisional);
}

constexpr auto kMet = HalfTimeState::met;
constexpr auto kMissed = HalfTimeState::missed;
constexpr auto kNotApplicable = HalfTimeState::not_applicable;

INSTANTIATE_TEST_SUITE_P(
    Article23, HalfTime,
    testing::Values(Clock{"OneDayCannotBeHalved", "one", "", "", "2026-09-22", kNotApplicable, 3},
                    Clock{"SevenOnTheThirdDay", "seven", "", "", "2026-09-22", kMet, 3},
                    Clock{"SevenOnTheFourthDay", "seven", "", "", "2026-09-23", kMissed, 4},
                    Clock{"SevenPausedOverTheWorkedSunday", "seven", "2026-09-19", "2026-09-21",
                          "2026-09-23", kMet, 3},
                    Clock{"SevenPausedADayTooShort", "seven", "2026-09-19", "2026-09-20",
                          "2026-09-23", kMissed, 4},
                    Clock{"SevenPausedFromAcceptance", "seven", "2026-09-18", "2026-09-22",
                          "2026-09-24", kMet, 3},
                    Clock{"SevenPausedForNoDay", "seven", "2026-09-21", "2026-09-21", "2026-09-22",
                          kMet, 3},
                    Clock{"TwentyOnTheTenthDay", "twenty", "", "", "2026-10-09", kMet, 10},
                    Clock{"TwentyOnTheWorkedSaturday", "twenty", "", "", "2026-10-10", kMissed, 11},
                    Clock{"TwentyPausedOverTheWorkedSaturday", "twenty", "2026-10-09", "2026-10-12",
                          "2026-10-12", kMet, 10},
                    Clock{"TwentyPausedOverTheFeast", "twenty", "2026-09-28", "2026-10-08",
                          "2026-10-13", kMet, 10},
                    Clock{"MonthOfCalendarDays", "month", "", "", "2026-10-03", kMet, 15},
                    Clock{"MonthADayLate", "month", "", "", "2026-10-04", kMissed, 16},
                    Clock{"AtOnce", "at-once", "", "", "2026-09-22", kNotApplicable, 3},
                    Clock{"WithoutLimit", "free", "", "", "2026-09-22", kNotApplicable, 3}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(HalfTimeMeterOfAnApproval, DoesNotRunBeforeAcceptance) {
  const Given ledger = claimed();
  ApprovalState unaccepted;
  unaccepted.handling_unit = "bureau-a";
  EXPECT_EQ(half_time_of(unaccepted, ledger.reference(), day("2026-12-01")).state, kNotApplicable);
}

}  // namespace
}  // namespace silkledger::domain
