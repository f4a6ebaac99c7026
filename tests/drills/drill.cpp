#include "tests/drills/drill.h"

#include <cstdio>
#include <cstdlib>

namespace silkledger::testing {
namespace {

constexpr int kDefaultSeconds = 60;
constexpr std::uint32_t kDefaultSeed = 20'260'501;
constexpr int kAnsweredAgain = 12;  // of the acknowledged, sent again for the same receipt

int from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

}  // namespace

Cycles::Cycles(int least, int sharing)
    : least_(least), wanted_(from_environment("SILKLEDGER_DRILL_CYCLES", 0)) {
  const int seconds = from_environment("SILKLEDGER_DRILL_SECONDS", kDefaultSeconds) /
                      std::max(1, from_environment("SILKLEDGER_DRILLS", 1)) / sharing;
  end_ = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::printf(wanted_ > 0 ? "%d cycles\n" : "%d cycles at least, %d s\n",
              wanted_ > 0 ? wanted_ : least_, seconds);
}

bool Cycles::next() {
  ++done_;
  if (wanted_ > 0) return done_ < wanted_;
  return done_ < least_ || std::chrono::steady_clock::now() < end_;
}

std::uint32_t Drill::seed_from_environment() {
  return static_cast<std::uint32_t>(
      from_environment("SILKLEDGER_DRILL_SEED", static_cast<int>(kDefaultSeed)));
}

void Drill::SetUp() {
  std::printf("seed %u\n", seed);
  const auto script = folder.file("script.ndjson");
  const auto made = run_program({SILKLEDGER_GENERATE_PROGRAM, "--size", "tiny", "--out", script});
  ASSERT_EQ(made.code, 0) << made.err;
  const auto seeded =
      run_program({SILKLEDGER_SERVER_PROGRAM, "seed", "--data", data(), "--script", script});
  ASSERT_EQ(seeded.code, 0) << seeded.err;
  start_server();
  const auto me = as(kClerk).get("/api/v1/me");
  ASSERT_EQ(me.status, 200) << me.raw;
  unit = text_of(me.object().at("roles").as_array().at(0).as_object(), "unitId");
  ASSERT_EQ(server->stop(), 0);
}

void Drill::TearDown() {
  if (HasFailure() && server) std::printf("%s", server->log().c_str());
}

void Drill::start_server(const std::vector<std::string>& before) {
  server = std::make_unique<ServerProcess>(SILKLEDGER_SERVER_PROGRAM, data(), true, before);
}

void Drill::expect_nothing_lost() {
  auto auditor = as("demo-auditor");
  const auto log = read_log(auditor);
  const auto facts = history.facts();
  expect_kept(facts, log);
  if (::testing::Test::HasFatalFailure()) return;
  for (const auto& id : facts.unanswered()) {
    send_again(id, log);
    ++unanswered;
    if (log.position_of.contains(id)) ++stored_unanswered;
  }
  if (facts.stored.empty()) return;
  std::uniform_int_distribution<std::size_t> offset(0, facts.stored.size() - 1);
  for (int i = 0; i < kAnsweredAgain; ++i) {
    send_again(std::next(facts.stored.begin(), static_cast<std::ptrdiff_t>(offset(random)))->first,
               log);
  }
}

// The same command id again: stored now, or known to be stored already.
void Drill::send_again(const std::string& id, const SeenLog& log) {
  const auto answer = as(kClerk).command("report-lead", id, lead_body(id, unit));
  ASSERT_EQ(answer.status, 200) << id << ": " << answer.raw;
  const auto& receipt = answer.object();
  const auto found = log.position_of.find(id);
  EXPECT_EQ(receipt.at("repeated").as_bool(), found != log.position_of.end()) << id;
  if (found != log.position_of.end()) {
    EXPECT_EQ(number_of(receipt, "position"), found->second) << id;
  }
  history.stored(id, number_of(receipt, "position"));
}

void Drill::expect_views_equal_a_fresh_fold() {
  const auto live = as("demo-auditor").stand();
  EXPECT_EQ(as("demo-admin").rebuild(), "switched");
  EXPECT_EQ(as("demo-auditor").stand(), live) << "views differ from a rebuild";
}

}  // namespace silkledger::testing
