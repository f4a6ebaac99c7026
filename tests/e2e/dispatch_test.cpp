// Dispatch and landing service over real sockets (Art. 21, 22, 25, 28): each step by the person
// whose it is, and what everybody sees afterwards.
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

constexpr const char* kCounty = "653101";
constexpr const char* kLongAfter = "2030-06-30";

class Dispatch : public OnS0 {
 protected:
  void SetUp() override {
    OnS0::SetUp();
    publish_present_rules();
    for (const auto& row : as(kAuditor).rows("project", "library=signed")) {
      if (text_of(row, "unitId") == kCounty) project = text_of(row, "projectId");
    }
    ASSERT_FALSE(project.empty()) << "S0 has no signed project of " << kCounty;
  }

  // The roles as this version ships them, in a rule set of their own behind that of S0.
  void publish_present_rules() {
    std::ifstream file("domain/rules/rule-set.ndjson");
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    auto body = boost::json::parse(line).at("body");
    auto& rules = body.at("rules").as_object();
    rules["version"] = "kashgar-2023-dispatch";
    rules["validFrom"] = "2023-10-08";
    rules["validUntil"] = "2027-10-06";
    const auto answer = as(kAdministrator)
                            .command("publish-rule-set", "dispatch-rules",
                                     boost::json::serialize(body));
    ASSERT_TRUE(answer.ok()) << answer.raw;
  }

  Answer send(const char* token, const std::string& name, boost::json::object body) {
    client::Headers headers;
    if (std::string_view(token) == kCountyClerk) {
      headers.emplace_back("Silkledger-Acting-Unit", kCounty);
    }
    return as(token).command(name, "dispatch-" + std::to_string(++sent),
                             boost::json::serialize(body), headers);
  }
  void taken(const char* token, const std::string& name, boost::json::object body) {
    const auto answer = send(token, name, std::move(body));
    ASSERT_TRUE(answer.ok()) << name << ": " << answer.raw;
  }
  void refused(const char* token, const std::string& name, boost::json::object body, int status,
               const std::string& type) {
    const auto answer = send(token, name, std::move(body));
    EXPECT_EQ(answer.status, status) << answer.raw;
    EXPECT_EQ(text_of(answer.object(), "type"), "urn:silkledger:problem:" + type);
  }
  boost::json::object row(const std::string& view, const std::string& id) {
    as(kAuditor).stand();
    const auto answer = as(kAuditor).get("/api/v1/views/" + view + "/" + id);
    if (!answer.ok()) throw std::runtime_error(view + " " + id + ": " + answer.raw);
    return answer.object().at("row").as_object();
  }

  std::string project;
  int sent = 0;
};

TEST_F(Dispatch, AProblemIsOverWhenWhoRaisedItSaysSo) {
  taken(kCountyClerk, "raise-problem",
        {{"problemId", "Q1"},
         {"projectId", project},
         {"problemClass", "performance"},
         {"text", "示例问题"},
         {"raisedBy", kCounty}});
  taken(kRegistrar, "assign-problem",
        {{"problemId", "Q1"}, {"ownerUnit", kCounty}, {"due", kLongAfter}});
  taken(kCountyClerk, "escalate-problem", {{"problemId", "Q1"}, {"matter", "示例事项"}});
  refused(kCountyClerk, "decide-escalation",
          {{"problemId", "Q1"}, {"verdict", "taken"}, {"text", "示例意见"}}, 403,
          "role-not-allowed");
  taken(kRegistrar, "decide-escalation",
        {{"problemId", "Q1"}, {"verdict", "taken"}, {"text", "示例意见"}});
  taken(kCountyClerk, "resolve-problem", {{"problemId", "Q1"}, {"result", "示例结果"}});
  refused(kRegistrar, "confirm-problem", {{"problemId", "Q1"}}, 403, "not-the-raising-unit");
  taken(kCountyClerk, "confirm-problem", {{"problemId", "Q1"}});
  const auto shown = row("problem", "Q1");
  EXPECT_EQ(text_of(shown, "status"), "confirmed");
  EXPECT_EQ(text_of(shown, "escalation"), "taken");
  EXPECT_EQ(text_of(shown, "projectId"), project);
}

TEST_F(Dispatch, AnItemIsExtendedDoneAndStruckOff) {
  taken(kRegistrar, "assign-action",
        {{"actionId", "A1"},
         {"projectId", project},
         {"assignedBy", "office"},
         {"ownerUnit", kCounty},
         {"text", "示例事项"},
         {"due", "2030-01-10"}});
  taken(kCountyClerk, "ask-action-extension",
        {{"actionId", "A1"}, {"until", "2030-02-10"}, {"reason", "示例原因"}});
  taken(kRegistrar, "grant-action-extension", {{"actionId", "A1"}, {"until", "2030-01-31"}});
  taken(kCountyClerk, "finish-action", {{"actionId", "A1"}, {"result", "示例结果"}});
  refused(kCountyClerk, "confirm-action", {{"actionId", "A1"}}, 403, "not-your-unit");
  taken(kRegistrar, "confirm-action", {{"actionId", "A1"}});
  const auto shown = row("action", "A1");
  EXPECT_EQ(text_of(shown, "status"), "confirmed");
  EXPECT_EQ(text_of(shown, "originalDue"), "2030-01-10");
  EXPECT_EQ(text_of(shown, "due"), "2030-01-31");
}

TEST_F(Dispatch, ALightSetByHandStandsBesideTheComputedOne) {
  const auto before = text_of(row("progress", project), "light");
  taken(kCountyClerk, "override-light",
        {{"projectId", project}, {"light", "red"}, {"reason", "示例原因"}, {"until", kLongAfter}});
  taken(kCountyClerk, "raise-risk",
        {{"projectId", project}, {"riskId", "R1"}, {"kind", "land"}, {"text", "示例风险"}});
  const auto shown = row("progress", project);
  EXPECT_EQ(text_of(shown, "light"), before);
  EXPECT_EQ(text_of(shown.at("overridden").as_object(), "light"), "red");
  EXPECT_EQ(shown.at("openRisks").as_int64(), 1);
  EXPECT_EQ(text_of(row("risk", project + "~R1"), "kind"), "land");
}

TEST_F(Dispatch, AProjectOfATierIsMissingItsGroupUntilOneIsFormed) {
  const auto missing = as(kAuditor).rows("work-group", "missing=true");
  ASSERT_FALSE(missing.empty());
  const std::string id = text_of(missing.front(), "projectId");
  const std::string unit = text_of(missing.front(), "unitId");
  const std::string person = text_of(as(kAuditor).rows("person").front(), "personId");
  boost::json::object group{{"projectId", id},
                            {"sponsor", person},
                            {"sponsorLevel", "countyPrincipal"},
                            {"leadServiceUnit", unit},
                            {"departments", boost::json::array{unit}}};
  refused(kRegistrar, "form-work-group", group, 422, "deviation-needs-reason");
  group["deviation"] = "示例说明";
  taken(kRegistrar, "form-work-group", group);
  const auto shown = row("work-group", id);
  EXPECT_EQ(text_of(shown, "status"), "formed");
  EXPECT_FALSE(shown.at("missing").as_bool());
}

}  // namespace
}  // namespace silkledger::testing
