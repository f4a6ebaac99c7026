#include "domain/research/offer.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = schema::OfferStatus;

const Actor kCounty = acting_for("county-a");
const Actor kLead = acting_for("chain-lead");

schema::OfferProposed proposal() {
  schema::OfferProposed offer;
  offer.offer_id = "O1";
  offer.unit_id = "county-a";
  offer.name = "示例纺纱项目";
  offer.chain_id = "textile";
  offer.content = "示例建设内容";
  offer.amount = yuan(120'000'000);
  return offer;
}
schema::OfferReviewedByChainUnit review() { return {"O1", schema::OfferVerdict::supports, "补链"}; }
schema::OfferAssessed assessment(schema::Feasibility feasibility = schema::Feasibility::feasible) {
  return {"O1", feasibility, "示例意见"};
}
schema::OfferUpdated update() {
  schema::OfferUpdated stated;
  stated.offer_id = "O1";
  stated.reason = "深化论证";
  return stated;
}
schema::OfferUpdated new_content() {
  auto stated = update();
  stated.content = "新的内容";
  return stated;
}

void assess(SmallPrefecture& in, CivilDate on = kToday) {
  in.must(proposal(), kCounty, on);
  in.must(review(), kLead, on);
  in.must(assessment(), office(), on);
}
void enter(SmallPrefecture& in, CivilDate on = days_ago(10)) {
  assess(in, on);
  in.must(schema::EnterOfferLibrary{"O1"}, office(), on);
}

OfferState offer(const SmallPrefecture& in) { return in.states().all<OfferState>().at("O1"); }

class OfferRefusal : public testing::TestWithParam<Refused> {};

TEST_P(OfferRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Article13, OfferRefusal,
    testing::Values(Refused{"IdTaken",
                            [](SmallPrefecture& in) {
                              in.must(proposal(), kCounty);
                              return in.send(proposal(), kCounty);
                            },
                            Kind::already_exists, "offer-already-exists", "13", "/offerId"},
                    Refused{"OfABranch",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.unit_id = "branch";
                              return in.send(stated, acting_for("branch"));
                            },
                            Kind::invalid, "unit-receives-no-projects", "13", "/unitId"},
                    Refused{"OfAnotherCounty",
                            [](SmallPrefecture& in) {
                              return in.send(proposal(), acting_for("county-b"));
                            },
                            Kind::not_your_unit, "not-your-unit", "13", ""},
                    Refused{"ChainUnknown",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.chain_id = "none";
                              return in.send(stated, kCounty);
                            },
                            Kind::not_found, "chain-unknown", "13", "/chainId"},
                    Refused{"NodeWithoutChain",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.chain_id.reset();
                              stated.node_id = "yarn";
                              return in.send(stated, kCounty);
                            },
                            Kind::invalid, "node-without-chain", "13", "/chainId"},
                    Refused{"NodeNotInTheGraph",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.node_id = "yarn";
                              return in.send(stated, kCounty);
                            },
                            Kind::not_found, "chain-node-unknown", "13", "/nodeId"},
                    Refused{"AmountOfNothing",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.amount = yuan(0);
                              return in.send(stated, kCounty);
                            },
                            Kind::invalid, "amount-not-positive", "13", "/amount"},
                    Refused{"ReturnWithoutItsStudy",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.expected_return = "内部收益率12%";
                              return in.send(stated, kCounty);
                            },
                            Kind::invalid, "return-without-study", "13", "/study"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Article14, OfferRefusal,
    testing::Values(Refused{"ReviewOfUnknown",
                            [](SmallPrefecture& in) { return in.send(review(), kLead); },
                            Kind::not_found, "offer-unknown", "14", "/offerId"},
                    Refused{"ReviewByAnotherUnit",
                            [](SmallPrefecture& in) {
                              in.must(proposal(), kCounty);
                              return in.send(review(), kCounty);
                            },
                            Kind::not_your_unit, "not-your-unit", "14", ""},
                    Refused{"ReviewWithoutChainUnit",
                            [](SmallPrefecture& in) {
                              auto stated = proposal();
                              stated.chain_id = "orphan";
                              in.must(stated, kCounty);
                              return in.send(review(), kLead);
                            },
                            Kind::wrong_state, "offer-without-chain-unit", "14", "/offerId"},
                    Refused{"ReviewAfterAssessment",
                            [](SmallPrefecture& in) {
                              assess(in);
                              return in.send(review(), kLead);
                            },
                            Kind::wrong_state, "offer-past-review", "14", "/offerId"},
                    Refused{"AssessedByTheCounty",
                            [](SmallPrefecture& in) {
                              in.must(proposal(), kCounty);
                              in.must(review(), kLead);
                              return in.send(assessment(), kCounty);
                            },
                            Kind::not_your_unit, "prefecture-decides", "14", ""},
                    Refused{"AssessedBeforeTheChainUnitWasHeard",
                            [](SmallPrefecture& in) {
                              in.must(proposal(), kCounty);
                              return in.send(assessment(), office());
                            },
                            Kind::wrong_state, "offer-not-reviewed", "14", "/offerId"},
                    Refused{"AssessedTwice",
                            [](SmallPrefecture& in) {
                              assess(in);
                              return in.send(assessment(), office());
                            },
                            Kind::wrong_state, "offer-already-assessed", "14", "/offerId"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Article15, OfferRefusal,
    testing::Values(Refused{"EnteredByTheCounty",
                            [](SmallPrefecture& in) {
                              assess(in);
                              return in.send(schema::EnterOfferLibrary{"O1"}, kCounty);
                            },
                            Kind::not_your_unit, "prefecture-decides", "15", ""},
                    Refused{"EnteredBeforeAssessment",
                            [](SmallPrefecture& in) {
                              in.must(proposal(), kCounty);
                              return in.send(schema::EnterOfferLibrary{"O1"}, office());
                            },
                            Kind::wrong_state, "offer-not-feasible", "15", "/offerId"},
                    Refused{"EnteredThoughNotFeasible",
                            [](SmallPrefecture& in) {
                              in.must(proposal(), kCounty);
                              in.must(review(), kLead);
                              in.must(assessment(schema::Feasibility::not_feasible));
                              return in.send(schema::EnterOfferLibrary{"O1"}, office());
                            },
                            Kind::wrong_state, "offer-not-feasible", "15", "/offerId"},
                    Refused{"EnteredTwice",
                            [](SmallPrefecture& in) {
                              enter(in);
                              return in.send(schema::EnterOfferLibrary{"O1"}, office());
                            },
                            Kind::wrong_state, "offer-in-library", "15", "/offerId"},
                    Refused{"ConfirmedOutsideTheLibrary",
                            [](SmallPrefecture& in) {
                              assess(in);
                              return in.send(schema::ConfirmOffer{"O1"}, kCounty);
                            },
                            Kind::wrong_state, "offer-not-in-library", "15", "/offerId"},
                    Refused{"ConfirmedByAnotherCounty",
                            [](SmallPrefecture& in) {
                              enter(in);
                              return in.send(schema::ConfirmOffer{"O1"}, acting_for("county-b"));
                            },
                            Kind::not_your_unit, "not-your-unit", "15", ""},
                    Refused{"ConfirmedOnTheDayOfEntry",
                            [](SmallPrefecture& in) {
                              enter(in, kToday);
                              return in.send(schema::ConfirmOffer{"O1"}, kCounty);
                            },
                            Kind::wrong_state, "offer-already-confirmed", "15", "/offerId"},
                    Refused{"UpdatedWithNothing",
                            [](SmallPrefecture& in) {
                              enter(in);
                              return in.send(update(), kCounty);
                            },
                            Kind::invalid, "offer-unchanged", "15", ""},
                    Refused{"UpdatedWithWhatItSays",
                            [](SmallPrefecture& in) {
                              enter(in);
                              auto stated = update();
                              stated.amount = yuan(120'000'000);
                              return in.send(stated, kCounty);
                            },
                            Kind::invalid, "offer-unchanged", "15", ""},
                    Refused{"UpdatedWithoutReason",
                            [](SmallPrefecture& in) {
                              enter(in);
                              auto stated = new_content();
                              stated.reason = "";
                              return in.send(stated, kCounty);
                            },
                            Kind::invalid, "text-empty", "15", "/reason"},
                    Refused{"UpdatedWithReturnAndNoStudy",
                            [](SmallPrefecture& in) {
                              enter(in);
                              auto stated = update();
                              stated.expected_return = "内部收益率12%";
                              return in.send(stated, kCounty);
                            },
                            Kind::invalid, "return-without-study", "15", "/study"},
                    Refused{"LandedFromOutsideTheLibrary",
                            [](SmallPrefecture& in) {
                              assess(in);
                              in.must(county_project(), kCounty);
                              return in.send(schema::OfferLanded{"O1", "P1"}, kCounty);
                            },
                            Kind::wrong_state, "offer-not-in-library", "15", "/offerId"},
                    Refused{"LandedAsUnknownProject",
                            [](SmallPrefecture& in) {
                              enter(in);
                              return in.send(schema::OfferLanded{"O1", "P1"}, kCounty);
                            },
                            Kind::not_found, "project-unknown", "15", "/projectId"},
                    Refused{"LandedAsEndedProject",
                            [](SmallPrefecture& in) {
                              enter(in);
                              in.must(county_project(), kCounty);
                              in.must(schema::ProjectTerminated{"P1", "原因"}, kCounty);
                              return in.send(schema::OfferLanded{"O1", "P1"}, kCounty);
                            },
                            Kind::wrong_state, "project-ended", "15", "/projectId"},
                    Refused{"WithdrawnTwice",
                            [](SmallPrefecture& in) {
                              enter(in);
                              in.must(schema::OfferWithdrawn{"O1", "条件变化"}, kCounty);
                              return in.send(schema::OfferWithdrawn{"O1", "条件变化"}, kCounty);
                            },
                            Kind::wrong_state, "offer-ended", "15", "/offerId"},
                    Refused{"ConfirmedAfterLanding",
                            [](SmallPrefecture& in) {
                              enter(in);
                              in.must(county_project(), kCounty);
                              in.must(schema::OfferLanded{"O1", "P1"}, kCounty);
                              return in.send(schema::ConfirmOffer{"O1"}, kCounty);
                            },
                            Kind::wrong_state, "offer-ended", "15", "/offerId"}),
    name_of_row);

TEST(Offer, KeepsWhatItsStudySaysAndComputesNothing) {
  SmallPrefecture in;
  auto stated = proposal();
  stated.expected_return = "内部收益率12%";
  stated.study = schema::Source{"示例可行性研究", {}, {}, {}};
  const auto decided = in.must(stated, kCounty);
  ASSERT_EQ(decided.facts.size(), 1U);
  EXPECT_TRUE(decided.facts[0].event == schema::Event(stated));
}

TEST(Offer, WithoutAChainUnitIsAssessedDirectly) {
  SmallPrefecture in;
  auto stated = proposal();
  stated.chain_id.reset();
  in.must(stated, kCounty);
  in.must(assessment());
  EXPECT_EQ(offer(in).status, Status::feasible);
}

struct EntryDay {
  YearMonthDay entered;
  std::int32_t months;  // 0: the rule set does not say
  YearMonthDay confirm_by;
};

class OfferConfirmation : public testing::TestWithParam<EntryDay> {};

// A month that is too short ends with its last day.
TEST_P(OfferConfirmation, IsDueSoManyMonthsOn) {
  SmallPrefecture in;
  if (GetParam().months != 0) in.rules().offer_confirm_months = GetParam().months;
  const CivilDate on = *civil_date(GetParam().entered);
  assess(in, on);
  const auto decided = in.must(schema::EnterOfferLibrary{"O1"}, office(), on);
  const auto& entered = std::get<schema::OfferEnteredLibrary>(decided.facts[0].event);
  EXPECT_EQ(entered.confirm_by, *civil_date(GetParam().confirm_by));
}

INSTANTIATE_TEST_SUITE_P(Article15, OfferConfirmation,
                         testing::Values(EntryDay{{2026, 1, 15}, 0, {2026, 4, 15}},
                                         EntryDay{{2025, 11, 30}, 3, {2026, 2, 28}},
                                         EntryDay{{2023, 11, 30}, 3, {2024, 2, 29}},
                                         EntryDay{{2025, 12, 1}, 1, {2026, 1, 1}},
                                         EntryDay{{2025, 12, 31}, 12, {2026, 12, 31}}));

TEST(Offer, AConfirmationCountsFromItsOwnDay) {
  SmallPrefecture in;
  enter(in, days_ago(40));
  const auto decided = in.must(schema::ConfirmOffer{"O1"}, kCounty);
  const auto& confirmed = std::get<schema::OfferConfirmed>(decided.facts[0].event);
  EXPECT_EQ(to_string(kToday), "2026-02-16");
  EXPECT_EQ(to_string(confirmed.confirm_by), "2026-05-16");
}

TEST(Offer, AnUpdateBeforeTheLibraryBeginsReviewAndAssessmentAnew) {
  SmallPrefecture in;
  in.must(proposal(), kCounty);
  in.must(review(), kLead);
  in.must(assessment(schema::Feasibility::not_feasible));
  in.must(new_content(), kCounty);
  EXPECT_EQ(offer(in).status, Status::proposed);
  in.must(review(), kLead);
  in.must(assessment());
  EXPECT_EQ(offer(in).status, Status::feasible);
}

TEST(Offer, AnUpdateLeavesAnEntryInTheLibrary) {
  SmallPrefecture in;
  enter(in);
  in.must(new_content(), kCounty);
  EXPECT_EQ(offer(in).status, Status::in_library);
  EXPECT_EQ(offer(in).said.content, "新的内容");
  EXPECT_EQ(offer(in).said.name, proposal().name);
}

TEST(Offer, AnotherChainTakesTheNodeAway) {
  SmallPrefecture in;
  in.must(schema::ChainNodeAdded{"textile", "yarn", "纱", {}}, kLead);
  auto stated = proposal();
  stated.node_id = "yarn";
  in.must(stated, kCounty);
  auto moved = update();
  moved.chain_id = "orphan";
  in.must(moved, kCounty);
  EXPECT_EQ(offer(in).said.chain_id, "orphan");
  EXPECT_FALSE(offer(in).said.node_id);
}

TEST(Offer, LandsAsAProjectOnce) {
  SmallPrefecture in;
  enter(in);
  in.must(county_project(), kCounty);
  in.must(schema::OfferLanded{"O1", "P1"}, kCounty);
  EXPECT_EQ(offer(in).status, Status::landed);
}

}  // namespace
}  // namespace silkledger::domain
