// The command line against a real server, as people and scripts use it.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

constexpr const char* kPublished = "tests/data/published/projects.csv";
constexpr std::uint64_t kPublishedAccepted = 43;
constexpr std::uint64_t kPublishedRows = 83;

Ran silkledger(const ServerProcess& server, const std::string& token,
               std::vector<std::string> words) {
  std::vector<std::string> all = {kCliProgram, "--server", server.url(),
                                  "--token",   token,      "--no-color"};
  all.insert(all.end(), std::make_move_iterator(words.begin()),
             std::make_move_iterator(words.end()));
  return run_program(all);
}

std::vector<boost::json::object> lines_of(const std::string& out) {
  std::vector<boost::json::object> lines;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(boost::json::parse(line).as_object());
  }
  return lines;
}

class CommandLine : public OnS0 {
 protected:
  Ran run(const std::string& token, std::vector<std::string> words) {
    return silkledger(*server, token, std::move(words));
  }
};

TEST_F(CommandLine, ListsEveryRowOfAViewAsJson) {
  const auto ran = run(kAuditor, {"--json", "list", "lead", "--all"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto answers = lines_of(ran.out);
  ASSERT_EQ(answers.size(), 1u) << ran.out;
  const auto& rows = answers[0].at("rows").as_array();
  const auto known = as(kAuditor).rows("lead");
  ASSERT_EQ(rows.size(), known.size());
  for (std::size_t i = 0; i < known.size(); ++i) EXPECT_EQ(rows[i].as_object(), known[i]);
}

TEST_F(CommandLine, TellsAHistoryInEitherLanguage) {
  const auto events = as(kAuditor).events("subject=project/PT-tier-up-and-down");
  ASSERT_FALSE(events.empty());
  for (const auto* language : {"zh", "en"}) {
    const auto ran =
        run(kAuditor, {"--lang", language, "history", "project/PT-tier-up-and-down", "--all"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    for (const auto& event : events)
      EXPECT_NE(ran.out.find(text_of(event, language)), std::string::npos)
          << text_of(event, language) << "\n"
          << ran.out;
  }
}

TEST_F(CommandLine, FollowsARebuildToItsEnd) {
  const auto before = as(kAuditor).stand();
  EXPECT_EQ(run(kAdministrator, {"rebuild"}).code, 0);
  EXPECT_EQ(as(kAuditor).stand(), before);
  EXPECT_EQ(run(kAuditor, {"rebuild"}).code, 1) << "rebuilding is for administrators";
}

TEST_F(CommandLine, WatchesSoManyUpdates) {
  const auto ran =
      run(kAuditor, {"--json", "watch", "progress", "--count", "1", "--seconds", "20"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_FALSE(lines_of(ran.out).empty());
}

TEST_F(CommandLine, ReplaysABoardAsItWasOnADay) {
  const auto ran = run(kAuditor, {"--json", "replay", "progress", "--as-of", "2026-05-12"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto answers = lines_of(ran.out);
  ASSERT_FALSE(answers.empty());
  const auto then = as(kAuditor).rows("progress", "asOf=2026-05-12");
  EXPECT_EQ(answers[0].at("rows").as_array().size(), then.size());
}

TEST_F(CommandLine, AHistoryOfAnEarlierDayIsNotCalledBehind) {
  const auto ran =
      run(kAuditor, {"--lang", "en", "history", "--limit", "1", "--as-of", "2026-05-12"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find("(as it was then)"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("behind"), std::string::npos) << ran.out;
}

TEST_F(CommandLine, SaysByItsExitCodeWhatWentWrong) {
  EXPECT_EQ(run("demo-nobody", {"me"}).code, 1);
  EXPECT_EQ(run(kAuditor, {"paint"}).code, 2);
  server->kill9();
  EXPECT_EQ(run(kAuditor, {"me"}).code, 3);
}

// A new ledger with a registrar, as an office would begin.
TEST(PublishedProjects, AreImportedOnceHoweverOftenTheyAreSent) {
  const TemporaryFolder folder;
  const auto made =
      run_program({kServerProgram, "init", "--data", folder.file("data"), "--admin-name",
                   "测试管理员", "--token-file", folder.file("token")});
  ASSERT_EQ(made.code, 0) << made.err;
  auto admin_token = contents_of(folder.file("token"));
  admin_token.pop_back();
  ServerProcess server(kServerProgram, folder.file("data"), false);
  ApiClient admin(server.endpoint(admin_token));
  const auto must = [&](const std::string& name, const std::string& body) {
    const auto answer = admin.command(name, "set-up-" + name, body);
    ASSERT_EQ(answer.status, 200) << answer.raw;
  };
  must("register-person", R"({"personId":"registrar","name":"测试·登记员"})");
  must("grant-role",
       R"({"personId":"registrar","unitId":"office","role":"registrar","from":"2026-01-01"})");
  const auto issued = silkledger(
      server, admin_token,
      {"token", "issue", "--person", "registrar", "--token-id", "t1", "--expires", "2029-12-31"});
  ASSERT_EQ(issued.code, 0) << issued.err;
  const auto at = issued.out.find("slt_");
  ASSERT_NE(at, std::string::npos) << issued.out;
  const auto token = issued.out.substr(at, 47);

  ApiClient registrar(server.endpoint(token));
  const auto empty = registrar.stand();
  const auto dry = silkledger(server, token, {"import", kPublished, "--dry-run"});
  EXPECT_EQ(dry.code, 1) << "some rows stay out\n" << dry.err;
  EXPECT_EQ(registrar.stand(), empty) << "a dry run sends nothing";

  const auto first = silkledger(server, token, {"import", kPublished});
  EXPECT_EQ(first.code, 1) << first.err;
  const auto imported = registrar.stand();
  const auto projects = registrar.rows("project");
  EXPECT_EQ(projects.size(), kPublishedAccepted) << first.out << first.err;
  for (const auto& project : projects) EXPECT_TRUE(project.at("opening").as_bool());
  const auto told = first.out + first.err;
  EXPECT_NE(told.find(std::to_string(kPublishedAccepted)), std::string::npos) << told;
  EXPECT_NE(told.find(std::to_string(kPublishedRows - kPublishedAccepted)), std::string::npos)
      << told;

  const auto second = silkledger(server, token, {"import", kPublished});
  EXPECT_EQ(second.code, 1) << second.err;
  EXPECT_EQ(registrar.stand(), imported) << "a second import adds nothing";
}

}  // namespace
}  // namespace silkledger::testing
