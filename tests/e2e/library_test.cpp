// Chain graphs, the key-project library, the target-enterprise library and checklists of plans over
// the real socket, under a rule set that grants their commands (Art. 7, 12–17).
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

class Libraries : public OnS0 {
 protected:
  void SetUp() override {
    OnS0::SetUp();
    publish_todays_rules();
  }

  // S0 began under rules that knew none of these commands; the ones a new ledger is told follow.
  void publish_todays_rules() {
    std::ifstream file("domain/rules/rule-set.ndjson");
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    auto body = boost::json::parse(line).as_object().at("body").as_object();
    auto& rules = body["rules"].as_object();
    rules["version"] = "example-successor";
    rules["validFrom"] = "2026-05-01";
    rules["validUntil"] = "2027-04-30";
    const auto answer =
        as(kAdministrator).command("publish-rule-set", "lib-rules", boost::json::serialize(body));
    ASSERT_EQ(answer.status, 200) << answer.raw;
  }

  // The position of what was recorded.
  std::uint64_t must(const char* token, const std::string& command, const std::string& body) {
    const auto answer = as(token).command(command, next_id(), body);
    EXPECT_EQ(answer.status, 200) << command << ": " << answer.raw;
    return answer.status == 200 ? number_of(answer.object(), "position") : 0;
  }
  void refused(const char* token, const std::string& command, const std::string& body, int status,
               const std::string& type) {
    const auto answer = as(token).command(command, next_id(), body);
    ASSERT_EQ(answer.status, status) << command << ": " << answer.raw;
    EXPECT_EQ(text_of(answer.object(), "type"), "urn:silkledger:problem:" + type) << answer.raw;
    EXPECT_FALSE(text_of(answer.object(), "detailZh").empty()) << answer.raw;
  }
  std::string next_id() { return "lib-" + std::to_string(++ids_); }

  // Of a view, as the holder of the token sees it; empty when there is no such row.
  boost::json::object row(const char* token, const std::string& target) {
    as(kAuditor).stand();
    const auto answer = as(token).get("/api/v1/views/" + target);
    if (answer.status != 200) return {};
    const auto& body = answer.object();
    return body.contains("row") ? body.at("row").as_object() : body;
  }

 private:
  int ids_ = 0;
};

TEST_F(Libraries, AGraphIsDrawnRefusesCyclesAndIsSeenAsItWas) {
  const auto chain = text_of(as(kAuditor).rows("chain").at(0), "chainId");
  const auto node = [&](const std::string& id) {
    return R"({"chainId":")" + chain + R"(","nodeId":")" + id +
           R"(","name":"示例环节","kind":"link"})";
  };
  const auto edge = [&](const std::string& from, const std::string& to) {
    return R"({"chainId":")" + chain + R"(","upstream":")" + from + R"(","downstream":")" + to +
           R"("})";
  };
  must(kRegistrar, "add-chain-node", node("yarn"));
  const auto then = must(kRegistrar, "add-chain-node", node("cloth"));
  must(kRegistrar, "add-chain-edge", edge("yarn", "cloth"));
  refused(kRegistrar, "add-chain-edge", edge("cloth", "yarn"), 422, "chain-edge-closes-cycle");
  must(kRegistrar, "set-chain-node-status",
       R"({"chainId":")" + chain + R"(","nodeId":"cloth","status":"broken","basis":"示例调研"})");
  const auto now = row(kBranchClerk, "chain-graph/" + chain);
  EXPECT_EQ(number_of(now, "broken"), 1U) << boost::json::serialize(now);
  EXPECT_EQ(now.at("edges").as_array().size(), 1U);
  const auto before = row(kAuditor, "chain-graph/" + chain + "?asOf=" + std::to_string(then));
  EXPECT_EQ(number_of(before, "broken"), 0U) << boost::json::serialize(before);
  EXPECT_TRUE(before.at("edges").as_array().empty());
}

TEST_F(Libraries, AnEnterpriseIsPushedReceivedAndContacted) {
  must(kRegistrar, "add-enterprise",
       R"({"enterpriseId":"TE-1","name":"测试企业","mainBusiness":"示例",)"
       R"("registeredPlace":"示例市","registeredCode":"440300"})");
  EXPECT_TRUE(row(kBranchClerk, "enterprise/TE-1").empty()) << "nobody gave it to the branch";
  must(kRegistrar, "assign-enterprise-by-region",
       R"({"enterpriseId":"TE-1","unitId":")" + std::string(kBranch) +
           R"(","basis":"registeredPlace"})");
  const std::string to_branch =
      R"({"enterpriseId":"TE-1","unitId":")" + std::string(kBranch) + R"("})";
  must(kRegistrar, "push-enterprise", to_branch);
  refused(kOtherBranchClerk, "confirm-enterprise-receipt", to_branch, 403,
          "receipt-is-the-receivers");
  EXPECT_EQ(row(kBranchClerk, "enterprise/TE-1").at("unreceived").as_array().size(), 1U);
  must(kBranchClerk, "confirm-enterprise-receipt", to_branch);
  must(kBranchClerk, "record-enterprise-contact",
       R"({"enterpriseId":"TE-1","unitId":")" + std::string(kBranch) +
           R"(","contactedOn":"2026-05-30","person":"测试联系人","result":"愿意考察"})");
  const auto seen = row(kAuditor, "enterprise/TE-1");
  EXPECT_TRUE(seen.at("unreceived").as_array().empty());
  EXPECT_EQ(seen.at("circles").as_array().at(0).as_string(), "pearl-river-delta");
  EXPECT_EQ(text_of(seen.at("contacts").as_array().at(0).as_object(), "result"), "愿意考察");
  const auto events = as(kBranchClerk).events("subject=enterprise/TE-1");
  ASSERT_EQ(events.size(), 4U) << "of the five, the entry names no unit but the office";
  EXPECT_NE(text_of(events.back(), "zh").find("联系企业 TE-1"), std::string::npos);
}

TEST_F(Libraries, AnOfferEntersTheLibraryOfTheOffice) {
  must(kRegistrar, "propose-offer",
       R"({"offerId":"OF-1","unitId":"653126","name":"示例谋划项目","content":"示例内容"})");
  refused(kRegistrar, "enter-offer-library", R"({"offerId":"OF-1"})", 409, "offer-not-feasible");
  must(kRegistrar, "assess-offer",
       R"({"offerId":"OF-1","feasibility":"feasible","opinion":"示例意见"})");
  must(kRegistrar, "enter-offer-library", R"({"offerId":"OF-1"})");
  const auto entry = row(kAuditor, "offer/OF-1");
  EXPECT_EQ(text_of(entry, "status"), "inLibrary") << boost::json::serialize(entry);
  EXPECT_EQ(text_of(entry, "confirmBy"), "2026-08-31");
  must(kRegistrar, "draft-unit-plan",
       R"({"planId":"UP-1","unitId":"653126","kind":"programme","year":2026,"title":"示例方案"})");
  EXPECT_EQ(row(kAuditor, "unit-plan/653126.2026").at("missing").as_array().size(), 3U);
}

}  // namespace
}  // namespace silkledger::testing
