#include "domain/dispatch/meeting.h"

#include "tests/unit/domain/dispatch/dispatch_prefecture.h"

namespace silkledger::domain {
namespace {

using example::after;
using example::kMonday;
using Units = std::vector<std::string>;

const Actor kCounty = clerk_of("county-a");

schema::MeetingCalled call(std::string unit = "office") {
  return {"M1",
          schema::MeetingKind::dispatch,
          std::move(unit),
          after(3),
          "重点项目推进情况",
          {"commerce", "county-a", "county-b"},
          "leader"};
}
schema::MeetingHeld hold(Units attended = {"commerce", "bureau-a"}, Units heard = {"commerce"}) {
  return {"M1", after(3), std::move(attended), std::move(heard)};
}
const schema::MeetingMinutesIssued kMinutes{"M1", "示例纪〔2024〕1号", "会议议定事项如下……"};
const schema::MeetingCalledOff kOff{"M1", "与其他会议合并召开"};

Given called() { return example::dispatched().happened(kMonday, {call()}); }
Given held() { return called().happened(after(3), {hold()}); }

TEST(MeetingCall, NamesADayAheadAnAgendaAChairAndWhomItInvites) {
  Given ledger = example::dispatched();
  const auto refused = [&](auto change, const char* code, const char* pointer) {
    schema::MeetingCalled stated = call();
    change(stated);
    ledger.when(stated, office_clerk(), kMonday).then_rejected(code, "25");
    EXPECT_EQ(ledger.rejection().pointer, pointer);
  };
  refused([](auto& m) { m.unit_id = "nowhere"; }, "unit-unknown", "/unitId");
  refused([](auto& m) { m.on = after(-1); }, "dates-out-of-order", "/on");
  refused([](auto& m) { m.agenda = ""; }, "text-empty", "/agenda");
  refused([](auto& m) { m.invited.clear(); }, "nobody-invited", "/invited");
  refused([](auto& m) { m.invited[1] = "nowhere"; }, "unit-unknown", "/invited/1");
  refused([](auto& m) { m.invited[2] = "commerce"; }, "unit-named-twice", "/invited/2");
  refused([](auto& m) { m.chair = "nobody"; }, "person-unknown", "/chair");
  schema::MeetingCalled same_day = call();
  same_day.on = kMonday;
  ledger.when(same_day, office_clerk(), kMonday).then({same_day});
  refused([](auto&) {}, "meeting-already-exists", "/meetingId");
}

// Art. 27: the zone and the counties dispatch their own.
TEST(MeetingCall, IsOfTheUnitThatHoldsIt) {
  Given ledger = example::dispatched();
  ledger.when(call("office"), kCounty, kMonday).then_rejected("not-your-unit", "25");
  ledger.when(call("county-b"), kCounty, kMonday).then_rejected("not-your-unit", "25");
  ledger.when(call("county-a"), kCounty, kMonday).then({call("county-a")});
  ledger.when(hold(), clerk_of("county-b"), after(3)).then_rejected("not-your-unit", "25");
  ledger.when(hold(), kCounty, after(3)).then_accepted();
}

TEST(MeetingHeld, SaysWhoCameAndWhichChainLeadUnitsWereHeard) {
  Given ledger = called();
  const auto refused = [&](const schema::MeetingHeld& stated, const char* code,
                           const char* pointer) {
    ledger.when(stated, office_clerk(), after(3)).then_rejected(code, "25");
    EXPECT_EQ(ledger.rejection().pointer, pointer);
  };
  refused(hold({}, {}), "nobody-attended", "/attended");
  refused(hold({"commerce", "commerce"}), "unit-named-twice", "/attended/1");
  refused(hold({"county-a"}, {"commerce"}), "heard-but-absent", "/heard/0");
  refused(hold({"commerce", "county-a"}, {"county-a"}), "unit-leads-no-chain", "/heard/0");
  schema::MeetingHeld tomorrow = hold();
  tomorrow.held_on = after(4);
  refused(tomorrow, "date-in-the-future", "/heldOn");
  schema::MeetingHeld before = hold();
  before.held_on = after(-1);
  refused(before, "dates-out-of-order", "/heldOn");
  // Held a day early, with a unit that nobody had invited.
  schema::MeetingHeld early = hold({"commerce", "industry"}, {"commerce"});
  early.held_on = after(2);
  ledger.when(early, office_clerk(), after(3)).then({early});
  refused(early, "meeting-in-wrong-state", "/meetingId");
}

TEST(MeetingHeld, MayHearNobody) {
  called().when(hold({"county-a"}, {}), office_clerk(), after(3)).then_accepted();
}

TEST(MeetingMinutes, FollowTheMeetingOnce) {
  called().when(kMinutes, office_clerk(), after(3)).then_rejected("meeting-in-wrong-state", "25");
  Given ledger = held();
  ledger.when(kMinutes, kCounty, after(4)).then_rejected("not-your-unit", "25");
  ledger.when(kMinutes, office_clerk(), after(4), after(2))
      .then_rejected("dates-out-of-order", "25");
  schema::MeetingMinutesIssued nameless = kMinutes;
  nameless.number = " ";
  ledger.when(nameless, office_clerk(), after(4)).then_rejected("text-empty", "25");
  schema::MeetingMinutesIssued wordless = kMinutes;
  wordless.text = "";
  ledger.when(wordless, office_clerk(), after(4)).then_rejected("text-empty", "25");
  ledger.when(kMinutes, office_clerk(), after(3)).then({kMinutes});
  ledger.when(kMinutes, office_clerk(), after(4)).then_rejected("meeting-in-wrong-state", "25");
}

TEST(MeetingCalledOff, IsSaidWithAReasonBeforeItIsHeld) {
  Given ledger = called();
  ledger.when(schema::MeetingCalledOff{"M1", ""}, office_clerk(), after(1))
      .then_rejected("text-empty", "25");
  ledger.when(schema::MeetingCalledOff{"M9", "示例"}, office_clerk(), after(1))
      .then_rejected("meeting-unknown", "25");
  ledger.when(kOff, kCounty, after(1)).then_rejected("not-your-unit", "25");
  ledger.when(kOff, office_clerk(), after(1)).then({kOff});
  ledger.when(hold(), office_clerk(), after(3)).then_rejected("meeting-in-wrong-state", "25");
  held().when(kOff, office_clerk(), after(4)).then_rejected("meeting-in-wrong-state", "25");
}

}  // namespace
}  // namespace silkledger::domain
