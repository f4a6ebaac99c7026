#include "server/core/core.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "server/core/problems.h"
#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using testing::CoreHarness;

boost::json::object parsed(const HttpResponse& response) {
  return boost::json::parse(response.body).as_object();
}

std::string text(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string lead_body(const std::string& id, const std::string& unit = "653101") {
  return R"({"leadId":")" + id +
         R"(","investorName":"测试企业","origin":"outsideRegion","reportingUnit":")" + unit +
         R"(","content":"示例","contactName":"测试·联系人","contactPhone":"00000000000"})";
}

class CoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
    harness.grant("neighbour", "653121", "county-clerk");
    harness.grant("registrar", "office", "registrar");
    harness.grant("auditor", "office", "auditor");
  }
  CoreHarness harness;
};

TEST_F(CoreTest, WithoutAValidTokenOnlyHealthIsAnswered) {
  EXPECT_EQ(harness.get("", "/healthz").status, 200);
  EXPECT_EQ(harness.get("", "/readyz").status, 200);
  EXPECT_EQ(harness.get("", "/metrics").status, 200);
  EXPECT_EQ(harness.get("", "/api/v1/openapi.json").status, 200);
  for (const auto* path : {"/api/v1/me", "/api/v1/views/lead", "/api/v1/history", "/api/v1/head",
                           "/api/v1/jobs/rebuild"}) {
    EXPECT_EQ(harness.get("", path).status, 401) << path;
    EXPECT_EQ(harness.get("nobody", path).status, 401) << path;
  }
}

TEST_F(CoreTest, WhoeverIsToldToComeLaterIsToldWhen) {
  const auto expect_when = [](const HttpResponse& response, int status) {
    EXPECT_EQ(response.status, status) << response.body;
    ASSERT_NE(find_value(response.headers, "Retry-After"), nullptr) << response.body;
    EXPECT_GT(std::stoi(*find_value(response.headers, "Retry-After")), 0);
  };
  for (const auto kind :
       {Undecided::Kind::overloaded, Undecided::Kind::read_only, Undecided::Kind::unknown}) {
    expect_when(to_http(undecided({kind, "why"})), 503);
  }
  CoreLimits limits;
  limits.connections_per_person_max = 1;
  limits.min_position_wait_ms_max = 10;
  limits.queries_waiting_max = 1;
  CoreHarness tight(1, limits);
  tight.set_up();
  const auto connect = [&] {
    LiveRequest request;
    request.token = CoreHarness::token_of("admin");
    return tight.core->open_live(request, std::make_shared<testing::FakeOutlet>());
  };
  const auto first = connect();
  expect_when(connect().refusal, 429);
  expect_when(tight.get("admin", "/api/v1/views/lead", {{"minPosition", "999"}}), 503);
  // The one place where queries wait is taken.
  HttpRequest waiting;
  waiting.method = "GET";
  waiting.path = "/api/v1/views/lead";
  waiting.query = {{"minPosition", "999"}};
  waiting.token = CoreHarness::token_of("admin");
  std::vector<HttpResponse> answers;
  for (int i = 0; i < 2; ++i) {
    tight.core->handle(waiting, [&](HttpResponse answer) { answers.push_back(std::move(answer)); });
  }
  ASSERT_EQ(answers.size(), 1u) << "the second one waits for nothing";
  expect_when(answers.front(), 503);
  tight.disk_space.free = 0;
  tight.world.advance(std::chrono::seconds(2));
  expect_when(tight.command("admin", "revoke-token",
                            R"({"personId":"admin","tokenId":"none","reason":"示例"})"),
              503);
  expect_when(tight.get("", "/readyz"), 503);
  tight.core->drain([] {});
  expect_when(connect().refusal, 503);
}

TEST_F(CoreTest, AReportedLeadIsInTheRegisterAtThePositionOfItsReceipt) {
  const auto receipt = harness.command("clerk", "report-lead", lead_body("L1"));
  ASSERT_EQ(receipt.status, 200) << receipt.body;
  const auto position = text(parsed(receipt), "position");
  const auto row = harness.get("clerk", "/api/v1/views/lead/L1", {{"minPosition", position}});
  ASSERT_EQ(row.status, 200) << row.body;
  EXPECT_EQ(text(parsed(row).at("row").as_object(), "investorName"), "测试企业");
  EXPECT_GE(std::stoull(text(parsed(row), "applied")), std::stoull(position));
}

TEST_F(CoreTest, WhoMayNotSeePersonsSeesAMask) {
  harness.command("clerk", "report-lead", lead_body("L1"));
  const auto masked = parsed(harness.get("clerk", "/api/v1/views/lead/L1")).at("row").as_object();
  const auto clear =
      parsed(harness.get("registrar", "/api/v1/views/lead/L1")).at("row").as_object();
  EXPECT_EQ(text(masked, "contactName"), "＊＊＊");
  EXPECT_EQ(text(clear, "contactName"), "测试·联系人");
}

TEST_F(CoreTest, AnotherCountySeesNeitherTheRowNorThatThereIsOne) {
  harness.command("clerk", "report-lead", lead_body("L1"));
  EXPECT_EQ(harness.get("neighbour", "/api/v1/views/lead/L1").body,
            harness.get("neighbour", "/api/v1/views/lead/L1").body);
  EXPECT_EQ(harness.get("neighbour", "/api/v1/views/lead/L1").status, 404);
  EXPECT_TRUE(parsed(harness.get("neighbour", "/api/v1/views/lead")).at("rows").as_array().empty());
  EXPECT_EQ(parsed(harness.get("clerk", "/api/v1/views/lead")).at("rows").as_array().size(), 1u);
}

TEST_F(CoreTest, AViewTellsWhatItShowedAtAnEarlierPosition) {
  const auto first =
      text(parsed(harness.command("clerk", "report-lead", lead_body("L1"))), "position");
  harness.command("clerk", "report-lead", lead_body("L2"));
  const auto then = harness.get("clerk", "/api/v1/views/lead", {{"asOf", first}});
  ASSERT_EQ(then.status, 200) << then.body;
  EXPECT_EQ(text(parsed(then), "applied"), first);
  EXPECT_EQ(parsed(then).at("rows").as_array().size(), 1u);
  EXPECT_EQ(parsed(harness.get("clerk", "/api/v1/views/lead")).at("rows").as_array().size(), 2u);
}

TEST_F(CoreTest, APositionThatDoesNotComeIsAnsweredInTime) {
  HttpRequest request;
  request.method = "GET";
  request.path = "/api/v1/views/lead";
  request.query = {{"minPosition", "1000000"}};
  request.token = CoreHarness::token_of("clerk");
  std::optional<HttpResponse> answer;
  harness.core->handle(request, [&](HttpResponse response) { answer = std::move(response); });
  harness.run();
  EXPECT_FALSE(answer);
  harness.world.advance(std::chrono::seconds(6));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
}

TEST_F(CoreTest, AHistoryIsWrittenInBothLanguages) {
  harness.command("clerk", "report-lead", lead_body("L1"));
  const auto history = harness.get("registrar", "/api/v1/history", {{"subject", "lead/L1"}});
  ASSERT_EQ(history.status, 200) << history.body;
  const auto events = parsed(history).at("events").as_array();
  ASSERT_EQ(events.size(), 1u);
  const auto& event = events[0].as_object();
  EXPECT_NE(text(event, "zh").find("测试企业"), std::string::npos) << text(event, "zh");
  EXPECT_NE(text(event, "en").find("测试企业"), std::string::npos) << text(event, "en");
  EXPECT_EQ(text(event.at("stored").as_object(), "article"), "19");
  EXPECT_TRUE(parsed(harness.get("neighbour", "/api/v1/history", {{"subject", "lead/L1"}}))
                  .at("events")
                  .as_array()
                  .empty());
}

TEST_F(CoreTest, TheDayBeginsByItselfOnceForEachDay) {
  harness.world.advance(std::chrono::hours(24 * 3));
  harness.run();
  const auto days = parsed(harness.get("auditor", "/api/v1/views/audit", {{"kind", "dayBegan"}}))
                        .at("rows")
                        .as_array();
  EXPECT_GE(days.size(), 3u);
  std::set<std::string> seen;
  for (const auto& day : days) EXPECT_TRUE(seen.insert(text(day.as_object(), "occurredOn")).second);
}

TEST_F(CoreTest, DaysMissedWhileTheServerStoodStillAreCaughtUpInOrder) {
  harness.run();
  harness.crash();
  harness.world.advance(std::chrono::hours(24 * 4));
  harness.restart();
  harness.world.advance(std::chrono::seconds(5));
  const auto today = harness.core->sequencer().today();
  EXPECT_EQ(harness.core->sequencer().reference().current_day(), today);
}

TEST_F(CoreTest, ARebuildGivesTheSameDigestsAndIsSwitchedTo) {
  for (int i = 0; i < 20; ++i)
    harness.command("clerk", "report-lead", lead_body("L" + std::to_string(i)));
  const auto before = parsed(harness.get("admin", "/api/v1/head")).at("views");
  HttpRequest start;
  start.method = "POST";
  start.path = "/api/v1/jobs/rebuild/start";
  EXPECT_EQ(harness.send("clerk", start).status, 403);
  EXPECT_EQ(harness.send("admin", start).status, 202);
  harness.world.advance(std::chrono::seconds(5));
  EXPECT_EQ(text(parsed(harness.get("admin", "/api/v1/jobs/rebuild")), "phase"), "switched");
  EXPECT_EQ(parsed(harness.get("admin", "/api/v1/head")).at("views"), before);
  EXPECT_EQ(harness.get("clerk", "/api/v1/views/lead/L7").status, 200);
}

TEST_F(CoreTest, WhatIsDrainedIsAnsweredFirstAndTakesNoMore) {
  HttpRequest late;
  bool drained = false;
  harness.core->drain([&] { drained = true; });
  harness.run();
  EXPECT_TRUE(drained);
}

TEST_F(CoreTest, MetricsCountCommandsByOutcome) {
  harness.command("clerk", "report-lead", lead_body("L1"));
  harness.command("clerk", "report-lead", lead_body("L1"));
  const auto metrics = harness.get("", "/metrics").body;
  EXPECT_NE(metrics.find(R"(silkledger_commands_total{command="report-lead",outcome="stored"} 1)"),
            std::string::npos)
      << metrics;
  EXPECT_NE(metrics.find(R"(outcome="refused"} 1)"), std::string::npos);
}

// Each request that must be refused, and how. None of them may change anything.
struct Refused {
  const char* name;
  const char* person;
  const char* command;
  const char* body;
  NamedValues headers;
  int status;
  const char* type;
};

class ARefusal : public CoreTest, public ::testing::WithParamInterface<Refused> {};

TEST_P(ARefusal, IsClearAndChangesNothing) {
  harness.command("clerk", "report-lead", lead_body("known"));
  const auto& expected = GetParam();
  const auto before = harness.log->head();
  const auto response =
      harness.command(expected.person, expected.command, expected.body, expected.headers);
  EXPECT_EQ(response.status, expected.status) << response.body;
  const auto problem = parsed(response);
  EXPECT_EQ(text(problem, "type"), std::string("urn:silkledger:problem:") + expected.type)
      << response.body;
  for (const auto* key : {"title", "titleZh", "detail", "detailZh"})
    EXPECT_FALSE(text(problem, key).empty()) << key;
  EXPECT_EQ(harness.log->head(), before);
}

constexpr const char* kGood =
    R"({"leadId":"L9","investorName":"测试企业","origin":"foreign","reportingUnit":"653101","content":"示例"})";

INSTANTIATE_TEST_SUITE_P(
    Commands, ARefusal,
    ::testing::Values(
        Refused{"Malformed", "clerk", "report-lead", "{\"leadId\":", {}, 400, "invalid-json"},
        Refused{
            "UnknownField",
            "clerk",
            "report-lead",
            R"({"leadId":"L9","investorName":"测试企业","origin":"foreign","reportingUnit":"653101","content":"示例","colour":"red"})",
            {},
            400,
            "invalid-json"},
        Refused{
            "MissingField", "clerk", "report-lead", R"({"leadId":"L9"})", {}, 400, "invalid-json"},
        Refused{
            "WrongType",
            "clerk",
            "report-lead",
            R"({"leadId":9,"investorName":"测试企业","origin":"foreign","reportingUnit":"653101","content":"示例"})",
            {},
            400,
            "invalid-json"},
        Refused{"UnknownCommand", "clerk", "paint-lead", kGood, {}, 404, "unknown-command"},
        Refused{"NoRole", "auditor", "report-lead", kGood, {}, 403, "role-not-allowed"},
        Refused{"NotYourUnit", "neighbour", "report-lead", kGood, {}, 403, "not-your-unit"},
        Refused{
            "IdTaken",
            "clerk",
            "report-lead",
            R"({"leadId":"known","investorName":"测试企业","origin":"foreign","reportingUnit":"653101","content":"示例"})",
            {},
            409,
            "lead-already-exists"},
        Refused{"StaleVersion",
                "clerk",
                "report-lead",
                kGood,
                {{"if-match", "\"4\""}},
                412,
                "stale-version"},
        Refused{"BadIfMatch",
                "clerk",
                "report-lead",
                kGood,
                {{"if-match", "four"}},
                400,
                "bad-parameter"},
        Refused{"ImpossibleDate",
                "clerk",
                "report-lead",
                kGood,
                {{"silkledger-occurred-on", "2025-02-30"}},
                400,
                "bad-parameter"},
        Refused{"Tomorrow",
                "clerk",
                "report-lead",
                kGood,
                {{"silkledger-occurred-on", "2099-01-01"}},
                422,
                "occurred-in-the-future"},
        Refused{"BadCommandId",
                "clerk",
                "report-lead",
                kGood,
                {{"idempotency-key", "two words"}},
                400,
                "bad-parameter"},
        Refused{"WrongState",
                "registrar",
                "conclude-lead-analysis",
                R"({"leadId":"known","verdict":"proceed","reasons":"示例"})",
                {},
                409,
                "lead-not-to-be-analysed"},
        Refused{"UnknownId",
                "registrar",
                "classify-lead",
                R"({"leadId":"nowhere","leadClass":"other"})",
                {},
                404,
                "lead-unknown"}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace silkledger::server
