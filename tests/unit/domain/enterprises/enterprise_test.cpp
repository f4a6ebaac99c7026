#include "domain/enterprises/enterprise.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Basis = schema::AssignmentBasis;
using Names = std::vector<std::string>;

schema::EnterpriseAdded enterprise(std::string id = "E1") {
  schema::EnterpriseAdded added;
  added.enterprise_id = std::move(id);
  added.name = "测试企业";
  added.main_business = "示例纺织";
  added.registered_place = "示例市";
  added.registered_code = "440300";
  return added;
}
schema::AssignEnterpriseByRegion by_region(std::string unit, Basis basis = Basis::headquarters,
                                           std::optional<std::string> place = "310000") {
  return {"E1", std::move(unit), basis, std::move(place)};
}
schema::EnterpriseContactMade contact(std::string unit) {
  schema::EnterpriseContactMade made;
  made.enterprise_id = "E1";
  made.unit_id = std::move(unit);
  made.contacted_on = kToday;
  made.result = "愿意考察";
  return made;
}
schema::EnterpriseStatusClaimed claim(std::string claim_id = "S1") {
  return {"E1", std::move(claim_id), "top500", "示例榜单", 2026, "榜单第9页", {}};
}
schema::EnterpriseStatusChecked checked(bool upheld) { return {"E1", "S1", upheld, "查榜单原文"}; }

void add(SmallPrefecture& in) { in.must(enterprise()); }
void push(SmallPrefecture& in) {
  add(in);
  in.must(schema::EnterprisePushed{"E1", "county-a"});
}
void merge(SmallPrefecture& in) {
  add(in);
  in.must(enterprise("E2"));
  in.must(schema::EnterpriseMerged{"E1", "E2", "同一企业"});
}

EnterpriseState state(const SmallPrefecture& in, const char* id = "E1") {
  return in.states().all<EnterpriseState>().at(id);
}

class EnterpriseRefusal : public testing::TestWithParam<Refused> {};

TEST_P(EnterpriseRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Article16, EnterpriseRefusal,
    testing::Values(
        Refused{"IdTaken",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(enterprise(), office());
                },
                Kind::already_exists, "enterprise-already-exists", "16", "/enterpriseId"},
        Refused{"AddedByACounty",
                [](SmallPrefecture& in) { return in.send(enterprise(), acting_for("county-a")); },
                Kind::not_your_unit, "prefecture-decides", "16", ""},
        Refused{"PlaceCodeOfFiveDigits",
                [](SmallPrefecture& in) {
                  auto stated = enterprise();
                  stated.registered_code = "44030";
                  return in.send(stated, office());
                },
                Kind::invalid, "place-code-malformed", "16", "/registeredCode"},
        Refused{"PlaceCodeWithALetter",
                [](SmallPrefecture& in) {
                  auto stated = enterprise();
                  stated.registered_code = "44030O";
                  return in.send(stated, office());
                },
                Kind::invalid, "place-code-malformed", "16", "/registeredCode"},
        Refused{"UnknownAssigned",
                [](SmallPrefecture& in) { return in.send(by_region("branch"), office()); },
                Kind::not_found, "enterprise-unknown", "16", "/enterpriseId"},
        Refused{"ChainTwice",
                [](SmallPrefecture& in) {
                  add(in);
                  in.must(schema::EnterpriseAssignedByChain{"E1", "textile"});
                  return in.send(schema::EnterpriseAssignedByChain{"E1", "textile"}, office());
                },
                Kind::wrong_state, "enterprise-already-assigned", "16", "/chainId"},
        Refused{"ChainUnknown",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(schema::EnterpriseAssignedByChain{"E1", "none"}, office());
                },
                Kind::not_found, "chain-unknown", "16", "/chainId"},
        Refused{"AssignedByABranch",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(by_region("branch"), acting_for("branch"));
                },
                Kind::not_your_unit, "prefecture-decides", "16", ""},
        Refused{"RegionOfACommand",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(by_region("command"), office());
                },
                Kind::invalid, "unit-not-attracting", "16", "/unitId"},
        Refused{"RegionTwice",
                [](SmallPrefecture& in) {
                  add(in);
                  in.must(by_region("branch"));
                  return in.send(by_region("branch"), office());
                },
                Kind::wrong_state, "enterprise-already-assigned", "16", "/unitId"},
        Refused{"RegisteredElsewhere",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(by_region("branch", Basis::registered_place, "310000"), office());
                },
                Kind::invalid, "place-differs", "16", "/placeCode"},
        Refused{"PushedByAnybody",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(schema::EnterprisePushed{"E1", "county-a"}, acting_for("branch"));
                },
                Kind::not_your_unit, "prefecture-decides", "16", ""},
        Refused{"PushedTwice",
                [](SmallPrefecture& in) {
                  push(in);
                  return in.send(schema::EnterprisePushed{"E1", "county-a"}, office());
                },
                Kind::wrong_state, "enterprise-already-pushed", "16", "/unitId"},
        Refused{"ReceiptWithoutPush",
                [](SmallPrefecture& in) {
                  push(in);
                  return in.send(schema::EnterpriseReceiptConfirmed{"E1", "county-b"},
                                 acting_for("county-b"));
                },
                Kind::wrong_state, "enterprise-not-pushed", "16", "/unitId"},
        Refused{"ReceiptByTheOffice",
                [](SmallPrefecture& in) {
                  push(in);
                  return in.send(schema::EnterpriseReceiptConfirmed{"E1", "county-a"}, office());
                },
                Kind::not_your_unit, "receipt-is-the-receivers", "16", "/unitId"},
        Refused{
            "ReceiptTwice",
            [](SmallPrefecture& in) {
              push(in);
              in.must(schema::EnterpriseReceiptConfirmed{"E1", "county-a"}, acting_for("county-a"));
              return in.send(schema::EnterpriseReceiptConfirmed{"E1", "county-a"},
                             acting_for("county-a"));
            },
            Kind::wrong_state, "receipt-already-confirmed", "16", "/unitId"},
        Refused{"MergedIntoItself",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(schema::EnterpriseMerged{"E1", "E1", "同一企业"}, office());
                },
                Kind::invalid, "enterprise-into-itself", "16", "/into"},
        Refused{"MergedIntoUnknown",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(schema::EnterpriseMerged{"E1", "E2", "同一企业"}, office());
                },
                Kind::not_found, "enterprise-unknown", "16", "/into"},
        Refused{"MergedIntoAMergedOne",
                [](SmallPrefecture& in) {
                  merge(in);
                  return in.send(schema::EnterpriseMerged{"E2", "E1", "同一企业"}, office());
                },
                Kind::wrong_state, "enterprise-merged", "16", "/into"},
        Refused{"PushedAfterMerger",
                [](SmallPrefecture& in) {
                  merge(in);
                  return in.send(schema::EnterprisePushed{"E1", "county-a"}, office());
                },
                Kind::wrong_state, "enterprise-merged", "16", "/enterpriseId"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Article17, EnterpriseRefusal,
    testing::Values(
        Refused{"ContactOfAnotherUnit",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(contact("command"), acting_for("branch"));
                },
                Kind::not_your_unit, "not-your-unit", "17", ""},
        Refused{"ContactOfTomorrow",
                [](SmallPrefecture& in) {
                  add(in);
                  auto stated = contact("command");
                  stated.contacted_on = in_days(1);
                  return in.send(stated, acting_for("command"));
                },
                Kind::invalid, "date-in-the-future", "17", "/contactedOn"},
        Refused{"ContactWithoutResult",
                [](SmallPrefecture& in) {
                  add(in);
                  auto stated = contact("command");
                  stated.result = "";
                  return in.send(stated, acting_for("command"));
                },
                Kind::invalid, "text-empty", "17", "/result"},
        Refused{"HandedOverByWhoHasNothing",
                [](SmallPrefecture& in) {
                  add(in);
                  return in.send(schema::EnterpriseHandedOver{"E1", "command", "branch", {}},
                                 acting_for("command"));
                },
                Kind::wrong_state, "enterprise-not-held", "17", "/fromUnit"},
        Refused{"HandedOverByAnotherUnit",
                [](SmallPrefecture& in) {
                  add(in);
                  in.must(contact("command"), acting_for("command"));
                  return in.send(schema::EnterpriseHandedOver{"E1", "command", "branch", {}},
                                 acting_for("branch"));
                },
                Kind::not_your_unit, "not-your-unit", "17", ""},
        Refused{"HandedOverToItself",
                [](SmallPrefecture& in) {
                  add(in);
                  in.must(contact("command"), acting_for("command"));
                  return in.send(schema::EnterpriseHandedOver{"E1", "command", "command", {}},
                                 acting_for("command"));
                },
                Kind::invalid, "handed-over-to-itself", "17", "/toUnit"},
        Refused{"HandedOverToTheHolder",
                [](SmallPrefecture& in) {
                  add(in);
                  in.must(by_region("branch"));
                  in.must(contact("command"), acting_for("command"));
                  return in.send(schema::EnterpriseHandedOver{"E1", "command", "branch", {}},
                                 acting_for("command"));
                },
                Kind::wrong_state, "enterprise-already-held", "17", "/toUnit"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Article19Enterprise, EnterpriseRefusal,
    testing::Values(Refused{"ClaimIdTaken",
                            [](SmallPrefecture& in) {
                              add(in);
                              in.must(claim());
                              return in.send(claim(), office());
                            },
                            Kind::already_exists, "claim-already-exists", "19", "/claimId"},
                    Refused{"SameClaimUnderAnotherId",
                            [](SmallPrefecture& in) {
                              add(in);
                              in.must(claim());
                              return in.send(claim("S2"), office());
                            },
                            Kind::already_exists, "status-already-claimed", "19", "/list"},
                    Refused{"ClassUnknown",
                            [](SmallPrefecture& in) {
                              add(in);
                              auto stated = claim();
                              stated.lead_class = "none";
                              return in.send(stated, office());
                            },
                            Kind::not_found, "lead-class-unknown", "19", "/leadClass"},
                    Refused{"ClassOfNoList",
                            [](SmallPrefecture& in) {
                              add(in);
                              auto stated = claim();
                              stated.lead_class = "ordinary";
                              return in.send(stated, office());
                            },
                            Kind::invalid, "class-needs-no-claim", "19", "/leadClass"},
                    Refused{"ListOfNextYear",
                            [](SmallPrefecture& in) {
                              add(in);
                              auto stated = claim();
                              stated.list_year = 2027;
                              return in.send(stated, office());
                            },
                            Kind::invalid, "list-year-in-the-future", "19", "/listYear"},
                    Refused{"CheckedByACounty",
                            [](SmallPrefecture& in) {
                              add(in);
                              in.must(claim());
                              return in.send(checked(true), acting_for("county-a"));
                            },
                            Kind::not_your_unit, "prefecture-decides", "19", ""},
                    Refused{"UnknownClaimChecked",
                            [](SmallPrefecture& in) {
                              add(in);
                              return in.send(checked(true), office());
                            },
                            Kind::not_found, "claim-unknown", "19", "/claimId"},
                    Refused{"CheckedTwice",
                            [](SmallPrefecture& in) {
                              add(in);
                              in.must(claim());
                              in.must(checked(true));
                              return in.send(checked(true), office());
                            },
                            Kind::wrong_state, "claim-already-checked", "19", "/upheld"}),
    name_of_row);

TEST(Enterprise, AQuestionableCreditCodeIsNoReasonToRefuse) {
  SmallPrefecture in;
  auto stated = enterprise();
  stated.uscc = "示例代码";
  const auto decided = in.must(stated);
  EXPECT_EQ(decided.facts[0].stream, "enterprise/E1");
  EXPECT_TRUE(decided.facts[0].event == schema::Event(stated));
}

struct Region {
  const char* name;
  Basis basis;
  std::optional<std::string> place;
  std::optional<std::string> circle;
};

class EnterpriseRegion : public testing::TestWithParam<Region> {};

// The place by the stated basis decides; what is registered is known from the entry.
TEST_P(EnterpriseRegion, FollowsFromThePlaceUnderTheRules) {
  SmallPrefecture in;
  add(in);
  const auto decided = in.must(by_region("branch", GetParam().basis, GetParam().place));
  const auto& assigned = std::get<schema::EnterpriseAssignedByRegion>(decided.facts[0].event);
  EXPECT_EQ(assigned.circle, GetParam().circle);
}

INSTANTIATE_TEST_SUITE_P(
    Article16, EnterpriseRegion,
    testing::Values(Region{"RegisteredAsEntered", Basis::registered_place, {}, "pearl-river-delta"},
                    Region{"Headquarters", Basis::headquarters, "310115", "yangtze-delta"},
                    Region{"Shandong", Basis::headquarters, "370100", "shandong"},
                    Region{"Chongqing", Basis::decision_centre, "500000", "sichuan-chongqing"},
                    Region{"Tianjin", Basis::decision_centre, "120000", "beijing-tianjin-hebei"},
                    Region{"GuangdongOutsideTheDelta", Basis::headquarters, "440500", {}},
                    Region{"Abroad", Basis::headquarters, {}, {}}),
    [](const auto& tested) { return tested.param.name; });

TEST(Enterprise, CirclesAreTheRuleSetsToDraw) {
  SmallPrefecture in;
  in.rules().circles = std::vector<schema::Circle>{{"wide", "宽", "Wide", {"31"}, "示例"},
                                                   {"near", "近", "Near", {"3101"}, "示例"}};
  add(in);
  const auto near = in.must(by_region("branch", Basis::headquarters, "310115"));
  EXPECT_EQ(std::get<schema::EnterpriseAssignedByRegion>(near.facts[0].event).circle, "near")
      << "the longer prefix decides";
  const auto wide = in.must(by_region("branch", Basis::headquarters, "310200"));
  EXPECT_EQ(std::get<schema::EnterpriseAssignedByRegion>(wide.facts[0].event).circle, "wide");
}

TEST(Enterprise, ALaterAssignmentOnTheSameBasisTakesTheFormersPlace) {
  SmallPrefecture in;
  add(in);
  in.must(by_region("branch"));
  in.must(by_region("chain-lead"));
  EXPECT_EQ(state(in).holding.holders, Names{"chain-lead"});
  EXPECT_EQ(state(in).holding.regions.size(), 1U);
}

TEST(Enterprise, AnotherBasisMayNameAnotherBranch) {
  SmallPrefecture in;
  add(in);
  in.must(by_region("branch"));
  in.must(by_region("chain-lead", Basis::registered_place, {}));
  EXPECT_EQ(state(in).holding.holders, (Names{"branch", "chain-lead"}));
  // The branch that two bases name stays when one of them changes.
  in.must(by_region("chain-lead"));
  in.must(by_region("branch"));
  EXPECT_EQ(state(in).holding.holders, (Names{"branch", "chain-lead"}));
}

TEST(Enterprise, TheReceiverConfirmsWhatWasPushedToIt) {
  SmallPrefecture in;
  push(in);
  EXPECT_FALSE(state(in).pushes.at("county-a"));
  in.must(schema::EnterpriseReceiptConfirmed{"E1", "county-a"}, acting_for("county-a"));
  EXPECT_TRUE(state(in).pushes.at("county-a"));
}

TEST(Enterprise, ACommandContactsAndHandsOverToABranch) {
  SmallPrefecture in;
  add(in);
  const auto made = in.must(contact("command"), acting_for("command"));
  EXPECT_EQ(made.facts[0].article, "17");
  in.must(schema::EnterpriseHandedOver{"E1", "command", "branch", "愿意考察"},
          acting_for("command"));
  EXPECT_EQ(state(in).holding.holders, Names{"branch"});
  in.must(schema::EnterpriseHandedOver{"E1", "branch", "county-a", {}}, acting_for("branch"));
  EXPECT_EQ(state(in).holding.holders, Names{"county-a"});
}

TEST(Enterprise, ARefutedClaimMayBeMadeAnewAndACheckMayChange) {
  SmallPrefecture in;
  add(in);
  in.must(claim(), acting_for("branch"));
  in.must(checked(false));
  in.must(claim("S2"), acting_for("branch"));
  in.must(checked(true));
  EXPECT_EQ(state(in).claims.at("S1").upheld, true);
  EXPECT_FALSE(state(in).claims.at("S2").upheld);
}

TEST(Enterprise, AMergerEndsOneRecordAndTheOtherGoesOn) {
  SmallPrefecture in;
  merge(in);
  EXPECT_EQ(state(in).merged_into, "E2");
  in.must(schema::EnterprisePushed{"E2", "county-a"});
}

}  // namespace
}  // namespace silkledger::domain
