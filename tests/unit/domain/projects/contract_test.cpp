#include "domain/projects/contract.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;

const Actor kCounty = acting_for("county-a");

class ContractRefusal : public testing::TestWithParam<Refused> {};

TEST_P(ContractRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

// P1 is a county's own project.
template <class Change>
auto sign_with(Change change, Actor actor = kCounty, CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    in.must(county_project(), kCounty);
    auto contract = some_contract();
    change(in, contract);
    return in.send(contract, actor, on);
  };
}

schema::ContractAmended amendment(schema::Money amount, std::optional<schema::Count> jobs = {}) {
  return {"C1", days_ago(1), amount, {}, jobs, "示例原因"};
}

template <class Stated>
auto signed_then(Stated stated, Actor actor = kCounty, CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    in.must(county_project(), kCounty);
    in.must(some_contract(), kCounty);
    return in.send(stated, actor, on);
  };
}

schema::ContractAmended amended_on(CivilDate day) {
  auto stated = amendment(yuan(1));
  stated.amended_on = day;
  return stated;
}

INSTANTIATE_TEST_SUITE_P(
    Article22, ContractRefusal,
    testing::Values(
        Refused{"IdTaken", signed_then(some_contract()), Kind::already_exists,
                "contract-already-exists", "22", "/contractId"},
        Refused{"ProjectUnknown", sign_with([](auto&, auto& c) { c.project_id = "P9"; }),
                Kind::not_found, "project-unknown", "22", "/projectId"},
        Refused{"AnothersProject", sign_with([](auto&, auto&) {}, acting_for("county-b")),
                Kind::not_your_unit, "not-your-unit", "22", ""},
        Refused{"SignedTomorrow", sign_with([](auto&, auto& c) { c.signed_on = in_days(1); }),
                Kind::invalid, "date-in-the-future", "22", "/signedOn"},
        Refused{"SecondFormalContract", signed_then(some_contract("C2")), Kind::wrong_state,
                "project-signed", "22", "/projectId"},
        Refused{"FixedAssetsMissingWhereTheyDecide", sign_with([](auto& in, auto&) {
                  in.rules().tier_amount_basis = schema::TierAmountBasis::fixed_assets;
                }),
                Kind::invalid, "fixed-assets-missing", "22", "/fixedAssets"},
        Refused{"AmendmentOfNothing",
                [](SmallPrefecture& in) { return in.send(amendment(yuan(1)), kCounty); },
                Kind::not_found, "contract-unknown", "22", "/contractId"},
        Refused{"AmendedByAnother", signed_then(amendment(yuan(1)), acting_for("county-b")),
                Kind::not_your_unit, "not-your-unit", "22", ""},
        Refused{"AmendedBeforeSigning", signed_then(amended_on(days_ago(3))), Kind::invalid,
                "dates-out-of-order", "22", "/amendedOn"},
        Refused{"AmendedTomorrow", signed_then(amended_on(in_days(1))), Kind::invalid,
                "date-in-the-future", "22", "/amendedOn"},
        Refused{"NothingAmended", signed_then(amendment(yuan(100'000'000), people(80))),
                Kind::invalid, "nothing-amended", "22", "/amount"},
        Refused{"AmendedAfterTheEnd",
                [](SmallPrefecture& in) {
                  in.must(county_project(), kCounty);
                  in.must(some_contract(), kCounty);
                  in.must(schema::ProjectTerminated{"P1", "示例原因"}, kCounty);
                  return in.send(amendment(yuan(1)), kCounty);
                },
                Kind::wrong_state, "project-ended", "22", "/contractId"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Article20, ContractRefusal,
    testing::Values(Refused{"SixClassWithoutEvaluation",
                            [](SmallPrefecture& in) {
                              decide_lead(in);
                              return in.send(some_contract(), kCounty);
                            },
                            Kind::wrong_state, "evaluation-not-passed", "20", "/projectId"},
                    Refused{"SignedWhileEvaluated",
                            sign_with([](auto& in, auto&) { in.must(some_evaluation(), kCounty); }),
                            Kind::wrong_state, "evaluation-open", "20", "/projectId"},
                    Refused{"SignedADayBeforeTheEvaluation",
                            [](SmallPrefecture& in) {
                              decide_lead(in);
                              pass_evaluation(in);
                              auto contract = some_contract();
                              contract.signed_on = days_ago(6);
                              return in.send(contract, kCounty);
                            },
                            Kind::invalid, "dates-out-of-order", "20", "/signedOn"}),
    name_of_row);

schema::ContractTierDetermined tier_in(const Decision& decided) {
  for (const Fact& fact : decided.facts) {
    if (const auto* tier = std::get_if<schema::ContractTierDetermined>(&fact.event)) return *tier;
  }
  ADD_FAILURE() << "no tier was determined";
  return {};
}

TEST(Contract, SigningDeterminesTheTierAndTellsTheProject) {
  SmallPrefecture in;
  decide_lead(in);
  pass_evaluation(in);
  auto contract = some_contract();
  contract.signed_on = days_ago(5);  // on the day of the evaluation
  const Decision decided = in.must(contract, kCounty);
  ASSERT_EQ(decided.facts.size(), 3u);
  EXPECT_EQ(decided.facts[0], (Fact{"contract/C1", contract, "22", false}));
  EXPECT_EQ(
      decided.facts[1],
      (Fact{"contract/C1",
            schema::ContractTierDetermined{"C1", "P1", 1, {}, true, false, 10'000'000'000, 80},
            "22", true}));
  EXPECT_EQ(decided.facts[2],
            (Fact{"project/P1", schema::ProjectSigned{"P1", "C1", schema::ContractKind::formal},
                  "22", true}));
  EXPECT_EQ(in.project("P1").contract_id, "C1");
  EXPECT_EQ(in.project("P1").status, ProjectState::Status::signed_);
}

TEST(Contract, FrameworkAgreementOpensNothing) {
  SmallPrefecture in;
  decide_lead(in);
  auto framework = some_contract("F1");
  framework.kind = schema::ContractKind::framework;
  const Decision decided = in.must(framework, kCounty);
  EXPECT_EQ(decided.facts.size(), 2u);
  EXPECT_EQ(in.contract("F1").tier, std::nullopt);
  EXPECT_EQ(in.project("P1").status, ProjectState::Status::negotiating);
  EXPECT_EQ(in.project("P1").contract_id, std::nullopt);
  EXPECT_EQ(in.project("P1").framework_contracts, std::vector<std::string>{"F1"});
}

TEST(Contract, AmendmentMovesTheTierBothWays) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(some_contract(), kCounty);
  const auto raised = tier_in(in.must(amendment(yuan(300'000'000)), kCounty));
  EXPECT_EQ(raised.previous_tier, 1);
  EXPECT_EQ(raised.tier, 2);
  const auto lowered = tier_in(in.must(amendment(yuan(99'999'999, 99), people(299)), kCounty));
  EXPECT_EQ(lowered.previous_tier, 2);
  EXPECT_EQ(lowered.tier, 0);
  const auto again = tier_in(in.must(amendment(yuan(99'999'999, 99), people(300)), kCounty));
  EXPECT_EQ(again.previous_tier, 0);
  EXPECT_EQ(again.tier, 1);
  EXPECT_FALSE(again.by_amount);
  EXPECT_TRUE(again.by_jobs);
}

TEST(Contract, TierIsDeterminedAnewWhenItsGroundChangesThoughTheTierDoesNot) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(some_contract(), kCounty);
  const auto tier = tier_in(in.must(amendment(yuan(100'000'000), people(81)), kCounty));
  EXPECT_EQ(tier.tier, 1);
  EXPECT_EQ(tier.previous_tier, 1);
  EXPECT_EQ(tier.jobs, 81);
}

TEST(Contract, AmendmentOfWhatNoTierStandsOnDeterminesNone) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(some_contract(), kCounty);
  auto stated = amendment(yuan(100'000'000));
  stated.fixed_assets = yuan(60'000'000);
  EXPECT_EQ(in.must(stated, kCounty).facts.size(), 1u);
}

TEST(Contract, FigureLeftOutOfAnAmendmentStays) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  auto contract = some_contract();
  contract.amount = yuan(1);
  contract.jobs = people(500);
  in.must(contract, kCounty);
  const auto tier = tier_in(in.must(amendment(yuan(2)), kCounty));
  EXPECT_EQ(tier.tier, 2);
  EXPECT_EQ(in.contract("C1").jobs, people(500));
}

schema::ContractCorrected correction(schema::ContractField field, schema::Change change,
                                     std::uint64_t position) {
  return {"C1", field, std::move(change), {position}, "笔误", "示例依据"};
}

TEST(ContractCorrection, DeterminesTheTierAnew) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);  // 1
  in.must(some_contract(), kCounty);   // 2 signed, 3 tier, 4 project signed
  const auto amount = correction(schema::ContractField::amount,
                                 schema::MoneyChange{yuan(100'000'000), yuan(10'000'000)}, 2);
  EXPECT_EQ(tier_in(in.must(amount, kCounty)).tier, 0);  // 5, 6
  const auto jobs =
      correction(schema::ContractField::jobs, schema::CountChange{people(80), people(500)}, 2);
  const auto tier = tier_in(in.must(jobs, kCounty));
  EXPECT_EQ(tier.previous_tier, 0);
  EXPECT_EQ(tier.tier, 2);
  EXPECT_EQ(in.contract("C1").tier->tier, 2);
}

TEST(ContractCorrection, NamesTheAmendmentOnceItSetTheValue) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(some_contract(), kCounty);
  in.must(amendment(yuan(120'000'000)), kCounty);  // 5, 6
  const schema::Change change = schema::MoneyChange{yuan(120'000'000), yuan(130'000'000)};
  expect_refused(in.send(correction(schema::ContractField::amount, change, 2), kCounty),
                 Kind::invalid, "corrects-another-event", "22", "/corrects/position");
  in.must(correction(schema::ContractField::amount, change, 5), kCounty);
  // The amendment left the jobs alone, so they are still the contract's.
  in.must(correction(schema::ContractField::jobs, schema::CountChange{people(80), people(90)}, 2),
          kCounty);
}

TEST(ContractCorrection, SigningDayStaysBetweenEvaluationAndAmendment) {
  SmallPrefecture in;
  decide_lead(in);
  pass_evaluation(in);  // held five days ago
  const std::uint64_t signing = in.last_position() + 1;
  in.must(some_contract(), kCounty);               // signed two days ago
  in.must(amendment(yuan(120'000'000)), kCounty);  // one day ago
  const auto to = [&](CivilDate day) {
    return in.ask(
        correction(schema::ContractField::signed_on, schema::DateChange{days_ago(2), day}, signing),
        kCounty);
  };
  expect_refused(to(days_ago(6)), Kind::invalid, "dates-out-of-order", "20", "/change/becomes");
  expect_refused(to(kToday), Kind::invalid, "dates-out-of-order", "22", "/change/becomes");
  EXPECT_TRUE(to(days_ago(5)).has_value());
  ASSERT_TRUE(to(days_ago(1)).has_value());
  EXPECT_EQ(to(days_ago(1)).value().facts.size(), 1u);  // the tier does not stand on the day
}

TEST(ContractCorrection, IsTakenAfterTheProjectEnded) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(some_contract(), kCounty);
  in.must(schema::ProjectTerminated{"P1", "示例原因"}, kCounty);
  in.must(correction(schema::ContractField::jobs, schema::CountChange{people(80), people(90)}, 2),
          kCounty);
  EXPECT_EQ(in.contract("C1").jobs, people(90));
}

}  // namespace
}  // namespace silkledger::domain
