// Pages, filters, cursors and who may see what.
#include "projections/query.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using Names = std::vector<std::string>;

bool everybody(std::span<const std::string>) { return true; }

class Queries : public ::testing::Test {
 protected:
  Queries() {
    history.set_up();
    for (int i = 0; i < 6; ++i) history.report_lead("l" + std::to_string(i));
    history.record("lead/l2", schema::LeadDelegated{"l2", "county-b", std::nullopt});
    history.record("lead/l4", schema::LeadClosed{"l4", "示例原因"});
    history.open_project("p1", "l1");
    history.plan("p1", {{"n1", day(1)}});
    served.catch_up();
  }

  ListPage page(const ListQuery& query, const Visible& visible = everybody) {
    auto answer = served.reader().list(query, visible);
    if (const auto* refusal = std::get_if<QueryRefusal>(&answer)) {
      ADD_FAILURE() << refusal->text.en;
      return {};
    }
    return std::get<ListPage>(answer);
  }
  Names keys(const ListQuery& query, const Visible& visible = everybody) {
    Names found;
    for (const RowBytes& row : page(query, visible).rows) found.push_back(row.key);
    return found;
  }
  std::string refused(const ListQuery& query) {
    const auto answer = served.reader().list(query, everybody);
    const auto* refusal = std::get_if<QueryRefusal>(&answer);
    if (!refusal) return "";
    EXPECT_FALSE(refusal->text.zh.empty());
    return refusal->code;
  }

  History history;
  Served served{history};
};

TEST_F(Queries, AnyFieldOfTheRowCanBeAskedFor) {
  EXPECT_EQ(keys({.view = "lead", .filters = {{"status", "delegated"}}}), Names{"l2"});
  EXPECT_EQ(keys({.view = "lead", .filters = {{"unit", "county-b"}}}), Names{"l2"});
  EXPECT_EQ(keys({.view = "lead", .filters = {{"chain", "textile"}, {"status", "closed"}}}),
            Names{"l4"});
  EXPECT_EQ(keys({.view = "lead", .filters = {{"prefectureDecides", "true"}}}), Names{});
  EXPECT_EQ(keys({.view = "lead", .filters = {{"version", "2"}}}), (Names{"l2", "l4"}));
  EXPECT_EQ(keys({.view = "progress", .filters = {{"light", "green"}}}), Names{"p1"});
  EXPECT_EQ(keys({.view = "progress", .filters = {{"nextOn", "2026-03-03"}}}), Names{"p1"});
  EXPECT_EQ(keys({.view = "project", .filters = {{"stage", "negotiating"}, {"lead", "l1"}}}),
            Names{"p1"});
  EXPECT_EQ(page({.view = "audit", .filters = {{"kind", "leadReported"}}}).rows.size(), 6U);
  EXPECT_EQ(
      page({.view = "audit", .filters = {{"person", "person-1"}, {"article", "19"}}, .limit = 500})
          .rows.size(),
      history.head());
}

TEST_F(Queries, OneRowCanBeNamed) {
  EXPECT_EQ(keys({.view = "lead", .key = "l3"}), Names{"l3"});
  EXPECT_EQ(keys({.view = "lead", .key = "l33"}), Names{});
  EXPECT_EQ(keys({.view = "lead", .filters = {{"status", "closed"}}, .key = "l3"}), Names{});
}

TEST_F(Queries, APositionRangeIsAStretchOfTheTrail) {
  const auto found = keys({.view = "audit", .from = 3, .until = 5});
  EXPECT_EQ(found, (Names{audit_key(3), audit_key(4), audit_key(5)}));
  EXPECT_EQ(keys({.view = "audit", .until = 5, .limit = 2, .backwards = true}),
            (Names{audit_key(5), audit_key(4)}));
}

TEST_F(Queries, PagesFollowEachOtherWithoutGapOrRepeat) {
  for (const bool backwards : {false, true}) {
    Names all;
    ListQuery query{.view = "lead", .limit = 4, .backwards = backwards};
    while (true) {
      const ListPage one = page(query);
      for (const RowBytes& row : one.rows) all.push_back(row.key);
      if (!one.next) break;
      query.cursor = *one.next;
    }
    if (backwards) std::ranges::reverse(all);
    EXPECT_EQ(all, (Names{"l0", "l1", "l2", "l3", "l4", "l5"}));
  }
}

TEST_F(Queries, RowsThatMayNotBeSeenAreNotThere) {
  const Visible county_b = [](std::span<const std::string> units) {
    return std::ranges::find(units, "county-b") != units.end();
  };
  EXPECT_EQ(keys({.view = "lead"}, county_b), Names{"l2"});
  const auto hidden = served.reader().get("lead", "l0", county_b);
  EXPECT_FALSE(std::get<std::optional<RowBytes>>(hidden));
  // Reference data is everybody's.
  EXPECT_EQ(keys({.view = "chain"}, [](auto) { return false; }), Names{"textile"});
}

// Given an asker who sees no row and a page that may look at one row, when a page is asked for, it
// is empty and the last: no row was looked at.
TEST_F(Queries, ForWhoSeesNothingNothingIsLookedAt) {
  const ViewReader reader(served.runner->snapshot(), {.page_rows_looked_at_max = 1});
  const auto answer = reader.list({.view = "lead"}, Visible());
  const auto& page = std::get<ListPage>(answer);
  EXPECT_TRUE(page.rows.empty());
  EXPECT_FALSE(page.next);
  EXPECT_FALSE(std::get<std::optional<RowBytes>>(reader.get("lead", "l0", Visible())));
  EXPECT_EQ(keys({.view = "chain"}, Visible()), Names{"textile"});
}

TEST_F(Queries, NotesOfAViewAreShownToNobody) {
  for (const View& view : catalogue()) {
    for (const std::string& key : keys({.view = view.name, .limit = 500})) {
      EXPECT_GT(key.front(), ' ') << view.name;
    }
  }
  const auto note = served.reader().get("lead", std::string("\0parties/l0", 11), everybody);
  EXPECT_FALSE(std::get<std::optional<RowBytes>>(note));
}

TEST_F(Queries, WhatCannotBeAnsweredIsRefusedInWords) {
  EXPECT_EQ(refused({.view = "weather"}), "unknown-view");
  EXPECT_EQ(refused({.view = "lead", .filters = {{"colour", "red"}}}), "unknown-field");
  EXPECT_EQ(refused({.view = "lead", .filters = {{"contactName", "张·某"}}}), "unknown-field");
  EXPECT_EQ(refused({.view = "lead", .filters = {{"status", "sleeping"}}}), "bad-value");
  EXPECT_EQ(refused({.view = "lead", .filters = {{"reportedOn", "yesterday"}}}), "bad-value");
  EXPECT_EQ(refused({.view = "lead", .limit = 0}), "bad-limit");
  EXPECT_EQ(refused({.view = "lead", .limit = 501}), "bad-limit");
  EXPECT_EQ(refused({.view = "lead", .cursor = "nonsense"}), "bad-cursor");
  EXPECT_EQ(refused({.view = "lead", .cursor = "1.0"}), "bad-cursor");
  EXPECT_EQ(refused({.view = "lead", .cursor = "9.6c30"}), "cursor-of-other-epoch");
}

TEST_F(Queries, ALongSearchEndsAPageEarlyAndGoesOn) {
  QueryLimits limits;
  limits.page_rows_looked_at_max = 4;
  const ViewReader reader(served.runner->snapshot(), limits);
  ListQuery query{.view = "lead", .filters = {{"status", "closed"}}};
  const auto first = std::get<ListPage>(reader.list(query, everybody));
  EXPECT_TRUE(first.rows.empty());
  ASSERT_TRUE(first.next);
  query.cursor = *first.next;
  const auto second = std::get<ListPage>(reader.list(query, everybody));
  ASSERT_EQ(second.rows.size(), 1U);
  EXPECT_EQ(second.rows[0].key, "l4");
}

TEST_F(Queries, OneReaderAnswersEverythingAtOnePosition) {
  const ViewReader reader = served.reader();
  const Position then = reader.at().position;
  history.report_lead("l9");
  served.catch_up();
  EXPECT_EQ(reader.at().position, then);
  EXPECT_FALSE(std::get<std::optional<RowBytes>>(reader.get("lead", "l9", everybody)));
  EXPECT_TRUE(std::get<std::optional<RowBytes>>(served.reader().get("lead", "l9", everybody)));
}

TEST_F(Queries, RowsAreReadAsValues) {
  const auto rows =
      rows_of<schema::LeadRow>(page({.view = "lead", .filters = {{"status", "closed"}}}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].lead_id, "l4");
}

}  // namespace
}  // namespace silkledger::projections
