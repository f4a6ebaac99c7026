// The libraries by example: chain graphs, offers, checklists of plans, target enterprises.
#include <gtest/gtest.h>

#include "domain/schema/view.values.h"
#include "projections/views/views.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using Names = std::vector<std::string>;
using Basis = schema::AssignmentBasis;

class LibraryViews : public ::testing::Test {
 protected:
  LibraryViews() { history.set_up(); }

  std::optional<schema::ChainGraphRow> graph() {
    return served.row<schema::ChainGraphRow>("chain-graph", "textile");
  }
  std::optional<schema::OfferRow> offer() { return served.row<schema::OfferRow>("offer", "o1"); }
  std::optional<schema::UnitPlanRow> checklist(const std::string& key) {
    return served.row<schema::UnitPlanRow>("unit-plan", key);
  }
  std::optional<schema::EnterpriseRow> enterprise(const std::string& id) {
    return served.row<schema::EnterpriseRow>("enterprise", id);
  }
  Names audit_units(Position position) {
    return served.row<schema::AuditRow>("audit", audit_key(position))->units;
  }

  void draw(schema::Event event) { history.record("chain-graph/textile", std::move(event)); }
  void add_node(const std::string& id) {
    draw(schema::ChainNodeAdded{"textile", id, "环节" + id, schema::ChainNodeKind::link});
  }
  void judge(const std::string& id, schema::ChainNodeStatus status) {
    draw(schema::ChainNodeStatusSet{"textile", id, status, "示例调研"});
  }

  void propose() {
    schema::OfferProposed event;
    event.offer_id = "o1";
    event.unit_id = "county-a";
    event.name = "示例谋划项目";
    event.chain_id = "textile";
    event.content = "示例内容";
    history.record("offer/o1", event);
  }
  void review_and_assess() {
    history.record("offer/o1", schema::OfferReviewedByChainUnit{"o1", schema::OfferVerdict::doubts,
                                                                "示例意见"});
    history.record("offer/o1",
                   schema::OfferAssessed{"o1", schema::Feasibility::feasible, "示例论证"});
  }
  void enter(CivilDate confirm_by) {
    history.record("offer/o1", schema::OfferEnteredLibrary{"o1", confirm_by});
  }

  void add_enterprise(const std::string& id, const std::string& name,
                      std::optional<std::string> uscc = {}) {
    schema::EnterpriseAdded event;
    event.enterprise_id = id;
    event.name = name;
    event.uscc = std::move(uscc);
    event.main_business = "示例";
    event.registered_place = "示例市";
    history.record("enterprise/" + id, event);
  }
  Position happened(schema::Event event) {
    return history.record("enterprise/e1", std::move(event));
  }
  void contact(std::int32_t days_ago) {
    schema::EnterpriseContactMade made;
    made.enterprise_id = "e1";
    made.unit_id = "planning";
    made.contacted_on = {history.today.days - days_ago};
    made.person = schema::Sealed{"sealed", 1, schema::SealAlgorithm::none, {}};
    made.result = "第" + std::to_string(days_ago) + "次";
    happened(made);
  }

  History history;
  Served served{history};
};

// ---------------------------------------------------------------- chain graphs

TEST_F(LibraryViews, AGraphCountsWhatIsWeakShortOrBroken) {
  EXPECT_FALSE(graph()) << "a chain without a graph has no row";
  for (const char* id : {"cotton", "yarn", "cloth", "dress"}) add_node(id);
  judge("cotton", schema::ChainNodeStatus::present);
  judge("yarn", schema::ChainNodeStatus::weak);
  judge("cloth", schema::ChainNodeStatus::short_);
  draw(schema::ChainEdgeAdded{"textile", "cotton", "yarn"});
  draw(schema::ChainEdgeAdded{"textile", "yarn", "cloth"});
  const auto row = graph();
  ASSERT_TRUE(row);
  EXPECT_EQ(row->name, "纺织服装");
  EXPECT_EQ(row->node_count, 4);
  EXPECT_EQ(row->weak, 1);
  EXPECT_EQ(row->short_, 1);
  EXPECT_EQ(row->broken, 0);
  EXPECT_EQ(row->edges.size(), 2U);
  EXPECT_EQ(row->nodes[3].status, schema::ChainNodeJudged::unjudged);
  EXPECT_EQ(row->version, 9U);
}

TEST_F(LibraryViews, AJudgementReplacesTheFormerOneAndItsCount) {
  add_node("yarn");
  judge("yarn", schema::ChainNodeStatus::broken);
  EXPECT_EQ(graph()->broken, 1);
  history.begin_day(30);
  judge("yarn", schema::ChainNodeStatus::weak);
  EXPECT_EQ(graph()->broken, 0);
  EXPECT_EQ(graph()->weak, 1);
  EXPECT_EQ(graph()->nodes[0].judged_on, history.today);
}

TEST_F(LibraryViews, ARemovedNodeTakesItsEnterprisesAlong) {
  add_node("yarn");
  add_node("cloth");
  draw(schema::ChainEdgeAdded{"textile", "yarn", "cloth"});
  draw(schema::ChainEnterpriseAttached{"textile", "yarn", "测试企业", "not-a-code"});
  draw(schema::ChainEnterpriseAttached{"textile", "cloth", "测试企业", std::nullopt});
  EXPECT_EQ(graph()->enterprises[0].warnings, Names{"uscc-length"});
  draw(schema::ChainEdgeRemoved{"textile", "yarn", "cloth", "改道"});
  draw(schema::ChainNodeRemoved{"textile", "yarn", "合并"});
  ASSERT_EQ(graph()->enterprises.size(), 1U);
  EXPECT_EQ(graph()->enterprises[0].node_id, "cloth");
  EXPECT_TRUE(graph()->edges.empty());
  draw(schema::ChainEnterpriseDetached{"textile", "cloth", "测试企业", "停产"});
  EXPECT_TRUE(graph()->enterprises.empty());
}

TEST_F(LibraryViews, TheTrailOfAGraphIsItsLeadUnitsToRead) {
  add_node("yarn");
  served.catch_up();
  EXPECT_EQ(audit_units(history.head()), Names{"commerce"});
}

// ---------------------------------------------------------------- offers

TEST_F(LibraryViews, AnOfferIsItsUnitsAndItsChainUnitsToRead) {
  propose();
  EXPECT_EQ(offer()->units, (Names{"commerce", "county-a"}));
  EXPECT_EQ(offer()->status, schema::OfferStatus::proposed);
  EXPECT_EQ(audit_units(history.head()), (Names{"commerce", "county-a"}));
  history.record("chain/textile", schema::ChainLeadAssigned{"textile", "industry", history.today});
  EXPECT_EQ(offer()->units, (Names{"county-a", "industry"}));
}

TEST_F(LibraryViews, AnEntryIsOverdueTheDayAfterItWasToBeConfirmed) {
  propose();
  review_and_assess();
  EXPECT_EQ(offer()->chain_verdict, "doubts");
  EXPECT_EQ(offer()->assessment, "示例论证");
  const CivilDate entered = history.today;
  enter({entered.days + 2});
  EXPECT_EQ(offer()->status, schema::OfferStatus::in_library);
  EXPECT_EQ(offer()->entered_on, entered);
  history.begin_day(2);
  EXPECT_FALSE(offer()->overdue) << "the last day still counts";
  history.begin_day();
  EXPECT_TRUE(offer()->overdue);
  EXPECT_EQ(offer()->status, schema::OfferStatus::in_library) << "it stays in the library";
  history.record("offer/o1", schema::OfferConfirmed{"o1", {history.today.days + 90}});
  EXPECT_FALSE(offer()->overdue);
  EXPECT_EQ(offer()->confirmed_on, history.today);
  EXPECT_EQ(offer()->entered_on, entered);
  history.begin_day(91);
  EXPECT_TRUE(offer()->overdue);
}

TEST_F(LibraryViews, AConfirmationEnteredLateIsOverdueAtOnce) {
  propose();
  review_and_assess();
  enter({history.today.days - 1});
  EXPECT_TRUE(offer()->overdue);
}

TEST_F(LibraryViews, AConfirmedEntryIsNotOverdueOnItsFormerDay) {
  propose();
  review_and_assess();
  enter({history.today.days + 2});
  history.record("offer/o1", schema::OfferConfirmed{"o1", {history.today.days + 9}});
  history.begin_day(3);
  EXPECT_FALSE(offer()->overdue);
}

TEST_F(LibraryViews, WhatHasLandedOrWasWithdrawnIsNoLongerDue) {
  propose();
  review_and_assess();
  enter({history.today.days + 2});
  history.record("offer/o1", schema::OfferLanded{"o1", "p1"});
  history.begin_day(5);
  EXPECT_EQ(offer()->status, schema::OfferStatus::landed);
  EXPECT_EQ(offer()->project_id, "p1");
  EXPECT_FALSE(offer()->overdue);
  EXPECT_FALSE(offer()->confirm_by);
}

TEST_F(LibraryViews, AnUpdateBeforeTheLibraryTakesWhatWasSaidOfItAway) {
  propose();
  review_and_assess();
  schema::OfferUpdated update;
  update.offer_id = "o1";
  update.content = "新的内容";
  update.reason = "深化";
  history.record("offer/o1", update);
  EXPECT_EQ(offer()->status, schema::OfferStatus::proposed);
  EXPECT_EQ(offer()->content, "新的内容");
  EXPECT_FALSE(offer()->chain_verdict);
  EXPECT_FALSE(offer()->assessment);
}

// ---------------------------------------------------------------- checklists of plans

TEST_F(LibraryViews, AChecklistSaysWhatOfAYearWasNotIssued) {
  const auto draft = [&](const std::string& id, schema::UnitPlanKind kind, std::int32_t year) {
    history.record("unit-plan/" + id, schema::UnitPlanDrafted{id, "county-a", kind, year, "示例"});
  };
  draft("d1", schema::UnitPlanKind::plan, 2026);
  draft("d2", schema::UnitPlanKind::research, 2026);
  draft("d3", schema::UnitPlanKind::plan, 2025);
  EXPECT_EQ(checklist("county-a.2026")->missing, (Names{"plan", "programme", "research"}));
  history.record("unit-plan/d1", schema::UnitPlanIssued{"d1", "示例发1号", history.today});
  const auto row = checklist("county-a.2026");
  EXPECT_EQ(row->issued, Names{"plan"});
  EXPECT_EQ(row->missing, (Names{"programme", "research"}));
  EXPECT_EQ(row->documents[0].document_no, "示例发1号");
  EXPECT_EQ(row->documents[0].version, 2U);
  EXPECT_EQ(row->units, Names{"county-a"});
  EXPECT_EQ(checklist("county-a.2025")->documents.size(), 1U);
  history.record("unit-plan/d1", schema::UnitPlanWithdrawn{"d1", "被替代"});
  EXPECT_EQ(checklist("county-a.2026")->missing.size(), 3U);
  EXPECT_EQ(checklist("county-a.2026")->documents[0].reason, "被替代");
}

// ---------------------------------------------------------------- target enterprises

TEST_F(LibraryViews, APushIsOpenUntilItsReceiptIsConfirmed) {
  add_enterprise("e1", "测试企业");
  happened(schema::EnterprisePushed{"e1", "county-a"});
  happened(schema::EnterprisePushed{"e1", "county-b"});
  EXPECT_EQ(enterprise("e1")->unreceived, (Names{"county-a", "county-b"}));
  history.begin_day(3);
  happened(schema::EnterpriseReceiptConfirmed{"e1", "county-b"});
  const auto row = enterprise("e1");
  EXPECT_EQ(row->unreceived, Names{"county-a"});
  EXPECT_EQ(row->pushes[1].received_on, history.today);
  EXPECT_EQ(row->units, (Names{"county-a", "county-b"}));
}

TEST_F(LibraryViews, AnEnterpriseIsShownByChainAndByRegion) {
  add_enterprise("e1", "测试企业");
  happened(schema::EnterpriseAssignedByChain{"e1", "textile"});
  happened(schema::EnterpriseAssignedByRegion{"e1", "industry", Basis::headquarters, "310000",
                                              "yangtze-delta"});
  const auto row = enterprise("e1");
  EXPECT_EQ(row->chains, Names{"textile"});
  EXPECT_EQ(row->circles, Names{"yangtze-delta"});
  EXPECT_EQ(row->holders, Names{"industry"});
  EXPECT_EQ(row->units, (Names{"commerce", "industry"}));
  EXPECT_TRUE(row->warnings.empty());
  history.record("chain/textile", schema::ChainLeadAssigned{"textile", "planning", history.today});
  EXPECT_EQ(enterprise("e1")->units, (Names{"industry", "planning"}));
}

TEST_F(LibraryViews, TwoBranchesOnOneEnterpriseAreFlagged) {
  add_enterprise("e1", "测试企业");
  happened(schema::EnterpriseAssignedByRegion{"e1", "industry", Basis::headquarters, "310000",
                                              "yangtze-delta"});
  happened(schema::EnterpriseAssignedByRegion{"e1", "planning", Basis::registered_place, {}, {}});
  EXPECT_EQ(enterprise("e1")->warnings, Names{"two-branches"});
  happened(schema::EnterpriseHandedOver{"e1", "planning", "county-a", {}});
  EXPECT_TRUE(enterprise("e1")->warnings.empty());
  happened(schema::EnterpriseHandedOver{"e1", "industry", "county-b", {}});
  EXPECT_EQ(enterprise("e1")->holders, (Names{"county-a", "county-b"}));
  EXPECT_TRUE(enterprise("e1")->warnings.empty()) << "two counties may both work on it";
}

TEST_F(LibraryViews, TwoRecordsOfOneEnterpriseAreFlaggedUntilTheyAreMerged) {
  add_enterprise("e1", "测试企业甲", "X1");
  add_enterprise("e2", "测试企业乙", "X1");
  add_enterprise("e3", "测试企业甲");
  add_enterprise("e4", "测试企业丁");
  EXPECT_EQ(enterprise("e1")->twins, (Names{"e2", "e3"}));
  EXPECT_EQ(enterprise("e2")->twins, Names{"e1"});
  EXPECT_EQ(enterprise("e3")->warnings, Names{"same-enterprise-twice"});
  EXPECT_EQ(enterprise("e1")->version, 1U) << "its own stream has not moved";
  EXPECT_TRUE(enterprise("e4")->twins.empty());
  history.record("enterprise/e2", schema::EnterpriseMerged{"e2", "e1", "同一企业"});
  EXPECT_EQ(enterprise("e1")->twins, Names{"e3"});
  EXPECT_EQ(enterprise("e2")->merged_into, "e1");
  EXPECT_TRUE(enterprise("e2")->twins.empty());
}

TEST_F(LibraryViews, TheLatestContactsAreShownAndAllAreCounted) {
  add_enterprise("e1", "测试企业");
  for (int i = 0; i < 51; ++i) contact(60 - i);
  const auto row = enterprise("e1");
  EXPECT_EQ(row->contact_count, 51);
  ASSERT_EQ(row->contacts.size(), 50U);
  EXPECT_EQ(row->contacts.front().result, "第59次");
  EXPECT_EQ(row->last_contact_on, (CivilDate{history.today.days - 10}));
  EXPECT_EQ(row->contacts.back().person->ciphertext, "sealed");
  contact(30);  // entered late: the last contact stays the last
  EXPECT_EQ(enterprise("e1")->last_contact_on, (CivilDate{history.today.days - 10}));
}

TEST_F(LibraryViews, OnlyUpheldClaimsMakeAClass) {
  add_enterprise("e1", "测试企业");
  const auto claim = [&](const std::string& id, const std::string& code) {
    happened(schema::EnterpriseStatusClaimed{"e1", id, code, "示例榜单", 2026, "示例佐证", {}});
  };
  claim("s1", "world-500");
  claim("s2", "listed");
  EXPECT_TRUE(enterprise("e1")->classes.empty());
  happened(schema::EnterpriseStatusChecked{"e1", "s1", true, "查原文"});
  happened(schema::EnterpriseStatusChecked{"e1", "s2", false, "已退市"});
  EXPECT_EQ(enterprise("e1")->classes, Names{"world-500"});
  EXPECT_EQ(enterprise("e1")->claims[1].status, schema::ClaimStatus::not_upheld);
  happened(schema::EnterpriseStatusChecked{"e1", "s1", false, "榜单更新"});
  EXPECT_TRUE(enterprise("e1")->classes.empty());
}

TEST_F(LibraryViews, WhoTookPartReadsTheTrailOfAnEnterprise) {
  add_enterprise("e1", "测试企业");
  happened(schema::EnterprisePushed{"e1", "county-a"});
  happened(schema::EnterpriseAssignedByChain{"e1", "textile"});
  const Position last =
      happened(schema::EnterpriseHandedOver{"e1", "county-a", "county-b", std::nullopt});
  served.catch_up();
  EXPECT_EQ(audit_units(last), (Names{"commerce", "county-a", "county-b"}));
}

}  // namespace
}  // namespace silkledger::projections
