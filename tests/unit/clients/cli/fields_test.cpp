// field=value of a command line into JSON, by the published types.
#include "clients/cli/text/fields.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "domain/schema/command.json.h"
#include "domain/schema/command.meta.h"
#include "tests/unit/clients/cli/import_fixture.h"

namespace silkledger::testing {
namespace {

using cli::Catalogue;
using cli::FieldKind;
using cli::ParsedFields;

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = *Catalogue::read(file_text("server/api/openapi.json"));
  return kCatalogue;
}

ParsedFields parse(std::string_view command, std::vector<std::string> arguments,
                   std::string_view base = "") {
  return cli::parse_fields(catalogue(), command, base, arguments);
}

std::string body(std::string_view command, std::vector<std::string> arguments,
                 std::string_view base = "") {
  const ParsedFields parsed = parse(command, std::move(arguments), base);
  EXPECT_TRUE(parsed.faults.empty())
      << parsed.faults.front().argument << parsed.faults.front().message.en;
  return parsed.body;
}

TEST(Fields, TakeTheTypesOfTheDescription) {
  EXPECT_EQ(body("sign-contract", {"contractId=C1", "projectId=0042", "kind=formal",
                                   "signedOn=2026-03-05", "amount=约1.2亿元", "jobs=300余人"}),
            R"({"contractId":"C1","projectId":"0042","kind":"formal","signedOn":"2026-03-05",)"
            R"("amount":{"fen":"12000000000","qualifier":"about"},)"
            R"("jobs":{"number":300,"qualifier":"over"}})");
  EXPECT_EQ(body("sign-contract", {"kind=框架协议"}), R"({"kind":"framework"})");
  EXPECT_EQ(body("open-negotiation", {"prefectureLed=是"}), R"({"prefectureLed":true})");
}

TEST(Fields, NestAndListAsWritten) {
  EXPECT_EQ(body("record-opening-project", {"source.title=a=b", "source.kind=media"}),
            R"({"source":{"title":"a=b","kind":"media"}})");
  EXPECT_EQ(body("convene-evaluation", {"invited[]=u-1", "invited[]=u-2"}),
            R"({"invited":["u-1","u-2"]})");
  EXPECT_EQ(
      body("set-project-plan", {"nodes[0].nodeId=n1", "nodes[0].name=开工",
                                "nodes[0].plannedOn=2026-04-01", "nodes[1].nodeId=n2"}),
      R"({"nodes":[{"nodeId":"n1","name":"开工","plannedOn":"2026-04-01"},{"nodeId":"n2"}]})");
  EXPECT_EQ(body("set-project-plan", {R"(nodes=[{"nodeId":"n1"}])"}),
            R"({"nodes":[{"nodeId":"n1"}]})");
}

TEST(Fields, AChoiceTakesTheFieldsOfItsArmInAnyOrder) {
  EXPECT_EQ(body("correct-project",
                 {"change.becomes=约2亿元", "change.type=money", "corrects.position=42"}),
            R"({"change":{"type":"money","becomes":{"fen":"20000000000","qualifier":"about"}},)"
            R"("corrects":{"position":"42"}})");
}

TEST(Fields, AddToABase) {
  EXPECT_EQ(body("note-negotiation", {"note=新"}, R"({"projectId":"P1","note":"旧"})"),
            R"({"projectId":"P1","note":"新"})");
  EXPECT_EQ(parse("note-negotiation", {}, "[1]").faults.size(), 1U);
}

TEST(Fields, EveryFaultIsToldWithItsArgument) {
  const std::vector<std::string> wrong = {
      "amount=1.2",     "amount=3亿美元", "jobs=若干",       "signedOn=2026-02-30",
      "kind=loose",     "nonsense=1",     "noequals",        "=x",
      "amount.fen.x=1", "a..b=1",         "contractId[]=C1", "amount=[not json",
      "fixedAssets[=1"};
  const ParsedFields parsed = parse("sign-contract", wrong);
  ASSERT_EQ(parsed.faults.size(), wrong.size());
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_EQ(parsed.faults[i].argument, wrong[i]);
    EXPECT_FALSE(parsed.faults[i].message.zh.empty() || parsed.faults[i].message.en.empty());
  }
  EXPECT_NE(parsed.faults[5].message.en.find("contractId"), std::string::npos);
  EXPECT_EQ(parse("set-project-plan", {"nodes[2].name=x"}).faults.size(), 1U);
  EXPECT_EQ(parse("set-project-plan", {"nodes[999999].name=x"}).faults.size(), 1U);
  EXPECT_EQ(parse("set-project-plan", {"nodes=x"}).faults.size(), 1U);
}

TEST(Fields, OfACommandThatIsNotKnownAreReadByTheirLooks) {
  EXPECT_EQ(body("not-yet-known", {"n=7", "t=007x", "b=true", "a[]=1", "o.p=x", "j={\"k\":1}"}),
            R"({"n":7,"t":"007x","b":true,"a":[1],"o":{"p":"x"},"j":{"k":1}})");
}

TEST(Fields, WhatTheyMakeIsWhatTheServerReads) {
  const std::string sent =
      body("record-opening-project",
           {"projectId=P1", "name=测试项目", "unitId=u-1", "stage=signed", "statusText=已签约",
            "statusDate=2024-03", "amount=不少于5000万元", "jobs=约30人", "source.title=测试"});
  const auto command = json::command_from_json("record-opening-project", sent);
  EXPECT_TRUE(std::holds_alternative<schema::Command>(command));
}

TEST(Catalogue, KnowsEveryCommandWithFieldsAndArticle) {
  EXPECT_EQ(catalogue().commands().size(), schema::kCommandArms);
  for (const cli::CommandInfo& command : catalogue().commands()) {
    EXPECT_FALSE(command.title.zh.empty()) << command.name;
    EXPECT_NE(command.title.zh, command.title.en) << command.name;
    EXPECT_FALSE(command.article.empty()) << command.name;
    EXPECT_FALSE(catalogue().fields(command.schema).empty()) << command.name;
  }
  EXPECT_EQ(catalogue().command("nonsense"), nullptr);
  EXPECT_EQ(Catalogue::read("{}"), std::nullopt);
  EXPECT_EQ(Catalogue::read("no json"), std::nullopt);
}

TEST(Catalogue, TellsKindsAndWords) {
  const auto fields = catalogue().fields("ContractSigned");
  ASSERT_GE(fields.size(), 5U);
  EXPECT_EQ(fields[0].kind, FieldKind::id);
  EXPECT_EQ(fields[2].kind, FieldKind::enumeration);
  EXPECT_EQ(fields[3].kind, FieldKind::date);
  EXPECT_EQ(fields[4].kind, FieldKind::money);
  EXPECT_TRUE(fields[4].required);
  EXPECT_EQ(catalogue().row_schema("project"), "ProjectRow");
  EXPECT_EQ(catalogue().enum_word("ProjectRow", "stage", "construction", cli::Lang::zh), "在建");
  EXPECT_EQ(catalogue().enum_word("ProgressRow", "light", "grey", cli::Lang::en), "grey");
  EXPECT_EQ(catalogue().views().size(), 21U);
}

}  // namespace
}  // namespace silkledger::testing
