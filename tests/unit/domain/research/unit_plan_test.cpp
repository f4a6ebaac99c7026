#include "domain/research/unit_plan.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Plan = schema::UnitPlanKind;

const Actor kCounty = acting_for("county-a");

schema::UnitPlanDrafted draft(Plan kind = Plan::plan) {
  return {"D1", "county-a", kind, 2026, "示例招商规划"};
}
schema::UnitPlanIssued issue(CivilDate on = kToday) { return {"D1", "示例发〔2026〕1号", on}; }

class UnitPlanRefusal : public testing::TestWithParam<Refused> {};

TEST_P(UnitPlanRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Article7, UnitPlanRefusal,
    testing::Values(
        Refused{"IdTaken",
                [](SmallPrefecture& in) {
                  in.must(draft(), kCounty);
                  return in.send(draft(), kCounty);
                },
                Kind::already_exists, "unit-plan-already-exists", "7", "/planId"},
        Refused{"UnitUnknown",
                [](SmallPrefecture& in) {
                  auto stated = draft();
                  stated.unit_id = "none";
                  return in.send(stated, office());
                },
                Kind::not_found, "unit-unknown", "7", "/unitId"},
        Refused{"ForAnotherCounty",
                [](SmallPrefecture& in) { return in.send(draft(), acting_for("county-b")); },
                Kind::not_your_unit, "not-your-unit", "7", ""},
        Refused{"WithoutTitle",
                [](SmallPrefecture& in) {
                  auto stated = draft();
                  stated.title = " ";
                  return in.send(stated, kCounty);
                },
                Kind::invalid, "text-empty", "7", "/title"},
        Refused{"IssuedUnknown", [](SmallPrefecture& in) { return in.send(issue(), kCounty); },
                Kind::not_found, "unit-plan-unknown", "7", "/planId"},
        Refused{"IssuedByAnotherCounty",
                [](SmallPrefecture& in) {
                  in.must(draft(), kCounty);
                  return in.send(issue(), acting_for("county-b"));
                },
                Kind::not_your_unit, "not-your-unit", "7", ""},
        Refused{"IssuedTomorrow",
                [](SmallPrefecture& in) {
                  in.must(draft(), kCounty);
                  return in.send(issue(in_days(1)), kCounty);
                },
                Kind::invalid, "date-in-the-future", "7", "/issuedOn"},
        Refused{"IssuedTwice",
                [](SmallPrefecture& in) {
                  in.must(draft(), kCounty);
                  in.must(issue(), kCounty);
                  return in.send(issue(), kCounty);
                },
                Kind::wrong_state, "unit-plan-issued", "7", "/planId"},
        Refused{"IssuedAfterWithdrawal",
                [](SmallPrefecture& in) {
                  in.must(draft(), kCounty);
                  in.must(schema::UnitPlanWithdrawn{"D1", "作废"}, kCounty);
                  return in.send(issue(), kCounty);
                },
                Kind::wrong_state, "unit-plan-withdrawn", "7", "/planId"},
        Refused{"WithdrawnTwice",
                [](SmallPrefecture& in) {
                  in.must(draft(), kCounty);
                  in.must(schema::UnitPlanWithdrawn{"D1", "作废"}, kCounty);
                  return in.send(schema::UnitPlanWithdrawn{"D1", "作废"}, kCounty);
                },
                Kind::wrong_state, "unit-plan-withdrawn", "7", "/planId"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(Article11, UnitPlanRefusal,
                         testing::Values(Refused{"ResearchForAnotherCounty",
                                                 [](SmallPrefecture& in) {
                                                   return in.send(draft(Plan::research),
                                                                  acting_for("county-b"));
                                                 },
                                                 Kind::not_your_unit, "not-your-unit", "11", ""},
                                         Refused{"ResearchIssuedWithoutNumber",
                                                 [](SmallPrefecture& in) {
                                                   in.must(draft(Plan::research), kCounty);
                                                   auto stated = issue();
                                                   stated.document_no = "";
                                                   return in.send(stated, kCounty);
                                                 },
                                                 Kind::invalid, "text-empty", "11", "/documentNo"}),
                         name_of_row);

TEST(UnitPlan, CitesTheArticleOfItsKind) {
  SmallPrefecture in;
  EXPECT_EQ(in.ask(draft(Plan::plan), kCounty)->facts[0].article, "7");
  EXPECT_EQ(in.ask(draft(Plan::programme), kCounty)->facts[0].article, "7");
  const auto decided = in.must(draft(Plan::research), kCounty);
  EXPECT_EQ(decided.facts[0].article, "11");
  EXPECT_EQ(decided.facts[0].stream, "unit-plan/D1");
  EXPECT_EQ(in.must(issue(), kCounty).facts[0].article, "11");
}

TEST(UnitPlan, MayBeWithdrawnAfterItWasIssued) {
  SmallPrefecture in;
  in.must(draft(), kCounty);
  in.must(issue(), kCounty);
  in.must(schema::UnitPlanWithdrawn{"D1", "被替代"}, kCounty);
  EXPECT_EQ(in.states().all<UnitPlanState>().at("D1").status, UnitPlanState::Status::withdrawn);
}

TEST(UnitPlan, OfAUnitBelowIsItsCountysToo) {
  SmallPrefecture in;
  auto stated = draft();
  stated.unit_id = "bureau-a";
  in.must(stated, kCounty);
}

}  // namespace
}  // namespace silkledger::domain
