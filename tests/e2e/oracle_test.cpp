// Everything that expected.json and truth.json hold of S0, read through the API and counted anew.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>
#include <sstream>

#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

namespace json = boost::json;
using Rows = std::vector<json::object>;
using Counts = std::map<std::string, std::uint64_t>;

json::object read_object(const std::string& name) {
  return json::parse(contents_of(std::string(kS0) + name)).as_object();
}

// A member's text, or "none".
std::string named(const json::object& row, std::string_view key) {
  const auto text = text_of(row, key);
  return text.empty() ? "none" : text;
}

Counts counted(const Rows& rows, std::string_view key) {
  Counts counts;
  for (const auto& row : rows) ++counts[named(row, key)];
  return counts;
}

Counts counts_of(const json::value& object) {
  Counts counts;
  for (const auto& [key, value] : object.as_object()) {
    counts[std::string(key)] = static_cast<std::uint64_t>(value.as_int64());
  }
  return counts;
}

std::uint64_t count_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);  // what would be 0 is left out
  return value ? static_cast<std::uint64_t>(value->as_int64()) : 0;
}

std::int64_t fen(const json::object& row, std::string_view key) {
  const auto text = text_of(row, key);
  return text.empty() ? 0 : std::stoll(text);
}

struct Sums {
  std::int64_t total = 0;
  std::map<std::string, std::int64_t> by_unit;
  void add(const json::object& row, std::int64_t amount) {
    total += amount;
    if (amount != 0) by_unit[text_of(row, "unitId")] += amount;
  }
  bool operator==(const Sums&) const = default;
};

Sums sums_of(const json::value& value) {
  Sums sums;
  sums.total = fen(value.as_object(), "total");
  for (const auto& [unit, amount] : value.at("byUnit").as_object()) {
    sums.by_unit[std::string(unit)] = std::stoll(std::string(amount.as_string()));
  }
  return sums;
}

class Oracle : public OnS0 {
 protected:
  void SetUp() override {
    OnS0::SetUp();
    auditor = std::make_unique<ApiClient>(server->endpoint(kAuditor));
    expected = read_object("expected.json");
  }
  Rows rows(const std::string& view, const std::string& query = {}) {
    return auditor->rows(view, query);
  }
  const json::object& part(std::string_view key) { return expected.at(key).as_object(); }

  void leads() {
    const auto leads = rows("lead");
    EXPECT_EQ(leads.size(), count_of(part("leads"), "total"));
    EXPECT_EQ(counted(leads, "status"), counts_of(part("leads").at("byStatus")));
    EXPECT_EQ(counted(leads, "leadClass"), counts_of(part("leads").at("byClass")));
    EXPECT_EQ(counted(leads, "reportingUnit"), counts_of(part("leads").at("byReportingUnit")));
  }

  void projects() {
    const auto projects = rows("project");
    EXPECT_EQ(projects.size(), count_of(part("projects"), "total"));
    EXPECT_EQ(counted(projects, "library"), counts_of(part("projects").at("byLibrary")));
    EXPECT_EQ(counted(projects, "stage"), counts_of(part("projects").at("byStage")));
    EXPECT_EQ(counted(projects, "unitId"), counts_of(part("projects").at("byUnit")));
    std::uint64_t opening = 0;
    Counts tiers;
    Sums agreed;
    Sums reported;
    Sums verified;
    for (const auto& project : projects) {
      opening += project.at("opening").as_bool() ? 1U : 0U;
      reported.add(project, fen(project, "fundsReportedFen"));
      verified.add(project, fen(project, "fundsVerifiedFen"));
      const auto* amount = project.if_contains("agreementAmount");
      if (!amount || !amount->is_object()) continue;
      agreed.add(project, fen(amount->as_object(), "fen"));
      ++tiers[std::to_string(number_of(project, "tier"))];
    }
    EXPECT_EQ(opening, count_of(part("projects"), "opening"));
    EXPECT_EQ(tiers, counts_of(part("projects").at("signedByTier")));
    EXPECT_EQ(agreed, sums_of(part("money").at("agreementFen")));
    EXPECT_EQ(reported, sums_of(part("money").at("fundsReportedFen")));
    EXPECT_EQ(verified, sums_of(part("money").at("fundsVerifiedFen")));
  }

  void funds() {
    const auto funds = rows("fund");
    EXPECT_EQ(funds.size(), count_of(part("funds"), "total"));
    EXPECT_EQ(counted(funds, "status"), counts_of(part("funds").at("byStatus")));
    Sums reported;
    Sums verified;
    for (const auto& fund : funds) {
      reported.add(fund, fen(fund, "reportedFen"));
      verified.add(fund, fen(fund, "verifiedFen"));
    }
    EXPECT_EQ(reported, sums_of(part("money").at("fundsReportedFen")));
    EXPECT_EQ(verified, sums_of(part("money").at("fundsVerifiedFen")));
  }

  void evaluations() {
    const auto evaluations = rows("evaluation");
    EXPECT_EQ(evaluations.size(), count_of(part("evaluations"), "total"));
    EXPECT_EQ(counted(evaluations, "verdict"), counts_of(part("evaluations").at("byVerdict")));
    std::uint64_t opinions = 0;
    for (const auto& row : evaluations) opinions += row.at("opinions").as_array().size();
    EXPECT_EQ(opinions, count_of(part("evaluations"), "opinions"));
  }

  void approvals() {
    const auto approvals = rows("approval");
    EXPECT_EQ(approvals.size(), count_of(part("approvals"), "total"));
    EXPECT_EQ(counted(approvals, "status"), counts_of(part("approvals").at("byStatus")));
    EXPECT_EQ(counted(approvals, "halfTime"), counts_of(part("approvals").at("byHalfTime")));
    std::uint64_t overdue = 0;
    std::map<std::string, std::string> decided;
    for (const auto& row : approvals) {
      overdue += row.at("overdue").as_bool() ? 1U : 0U;
      if (!row.contains("decidedOn")) continue;
      decided[text_of(row, "approvalId")] =
          std::to_string(number_of(row, "elapsedDays")) + " " + text_of(row, "halfTime");
    }
    EXPECT_EQ(overdue, count_of(part("approvals"), "overdue"));
    std::map<std::string, std::string> known;
    for (const auto& [id, verdict] : part("approvals").at("decided").as_object()) {
      known[std::string(id)] = std::to_string(number_of(verdict.as_object(), "elapsedDays")) + " " +
                               text_of(verdict.as_object(), "halfTime");
    }
    EXPECT_EQ(decided, known);
  }

  void duties() {
    const auto duties = rows("duty");
    EXPECT_EQ(duties.size(), count_of(part("duties"), "total"));
    EXPECT_EQ(counted(duties, "kind"), counts_of(part("duties").at("byKind")));
    EXPECT_EQ(counted(duties, "status"), counts_of(part("duties").at("byStatus")));
    std::map<std::string, std::string> due;
    std::map<std::string, std::string> known;
    Counts lapsed;
    for (const auto& row : duties) {
      due[text_of(row, "dutyId")] = text_of(row, "dueOn");
      if (text_of(row, "status") == "lapsed") ++lapsed[text_of(row, "unitId")];
      EXPECT_FALSE(row.at("because").as_array().empty()) << "each due day says why";
    }
    for (const auto& [id, day] : part("duties").at("dueOn").as_object()) {
      known[std::string(id)] = std::string(day.as_string());
    }
    EXPECT_EQ(due, known);
    EXPECT_EQ(lapsed, counts_of(part("duties").at("lapsedByUnit")));
  }

  void audit() {
    const auto audit = rows("audit");
    EXPECT_EQ(audit.size(), count_of(part("audit"), "rows"));
    EXPECT_EQ(counted(audit, "article"), counts_of(part("audit").at("byArticle")));
    EXPECT_EQ(counted(audit, "actor"), counts_of(part("audit").at("byActor")));
    EXPECT_EQ(counted(audit, "kind"), counts_of(expected.at("events")));
    const auto events = counts_of(expected.at("events"));
    EXPECT_EQ(rows("unit").size(), events.at("unitRegistered"));
    EXPECT_EQ(rows("item").size(), events.at("approvalItemDefined"));
    EXPECT_EQ(rows("chain").size(), events.at("chainDefined"));
    EXPECT_EQ(rows("person").size(), events.at("personRegistered"));
  }

  // The board as it was on three evenings, asked by the day and by the position.
  void lights() {
    for (const auto& one : expected.at("lights").as_array()) {
      const auto& evening = one.as_object();
      std::map<std::string, std::string> known;
      for (const auto& [project, light] : evening.at("projects").as_object()) {
        known[std::string(project)] = std::string(light.as_string());
      }
      for (const auto* by : {"day", "position"}) {
        const auto when = text_of(evening, by);
        const auto board = rows("progress", "asOf=" + when);
        std::map<std::string, std::string> shown;
        for (const auto& row : board) shown[text_of(row, "projectId")] = text_of(row, "light");
        EXPECT_EQ(shown, known) << when;
        EXPECT_EQ(counted(board, "light"), counts_of(evening.at("counts"))) << when;
      }
    }
  }

  std::unique_ptr<ApiClient> auditor;
  json::object expected;
};

TEST_F(Oracle, AllViewsEqualTheOracleOnS0) {
  const auto head = auditor->stand();
  EXPECT_EQ(head.head, count_of(part("script"), "events"));
  leads();
  projects();
  funds();
  evaluations();
  approvals();
  duties();
  audit();
  lights();
  EXPECT_EQ(auditor->stand(), head) << "looking back must change nothing";
}

TEST_F(Oracle, TheLogHoldsTheAcceptedLinesOfTheScriptInOrderAndNothingElse) {
  std::vector<std::string> known;
  std::istringstream script(contents_of(std::string(kS0) + "script.ndjson"));
  Counts commands;
  for (std::string text; std::getline(script, text);) {
    const auto line = json::parse(text).as_object();
    if (line.contains("expectRefusal")) continue;
    ++commands[text_of(line.at("request").at("command").as_object(), "type")];
    known.push_back(text_of(line, "at") + " " + text_of(line, "principal") + " " +
                    text_of(line, "commandId"));
  }
  EXPECT_EQ(commands, counts_of(expected.at("commands")));
  std::vector<std::string> stored;
  std::uint64_t position = 0;
  for (const auto& event : auditor->events()) {
    EXPECT_EQ(number_of(event, "position"), ++position);
    if (number_of(event, "commandIndex") != 0) continue;  // a further event of the same command
    stored.push_back(text_of(event, "recordedAt") + " " + text_of(event, "principal") + " " +
                     text_of(event, "commandId"));
  }
  EXPECT_EQ(stored, known);
  EXPECT_EQ(position, count_of(part("script"), "events"));
}

TEST_F(Oracle, ThePlantedCasesAreShownAsTheyWerePlanted) {
  const auto truth = read_object("truth.json");
  const auto row = [&](const std::string& view, const std::string& id) {
    const auto answer = auditor->get("/api/v1/views/" + view + "/" + id);
    EXPECT_EQ(answer.status, 200) << answer.raw;
    return answer.ok() ? answer.object().at("row").as_object() : json::object{};
  };
  for (const auto& [name, value] : truth) {
    const auto& planted = value.as_object();
    if (planted.contains("leadId")) {
      const auto lead = row("lead", text_of(planted, "leadId"));
      for (const auto* key : {"status", "uscc"}) {
        if (planted.contains(key)) {
          EXPECT_EQ(text_of(lead, key), text_of(planted, key)) << name;
        }
      }
      if (planted.contains("occurredOn")) {
        EXPECT_EQ(text_of(lead, "reportedOn"), text_of(planted, "occurredOn")) << name;
      }
      if (planted.contains("uscc")) {
        EXPECT_FALSE(lead.at("warnings").as_array().empty()) << name;
      }
    }
    if (planted.contains("fundId")) {
      const auto fund = row("fund", text_of(planted, "fundId"));
      for (const auto* key : {"reportedFen", "verifiedFen"}) {
        if (planted.contains(key)) {
          EXPECT_EQ(text_of(fund, key), text_of(planted, key)) << name;
        }
      }
    }
    if (planted.contains("approvalId")) row("approval", text_of(planted, "approvalId"));
    if (planted.contains("projectId")) row("project", text_of(planted, "projectId"));
  }
  // Art. 22: 以上 includes the number; the figures on either side of both thresholds.
  const std::map<std::string, std::uint64_t> tiers = {
      {"tier-exactly-1yi", 1}, {"tier-one-fen-less", 0}, {"tier-300-jobs", 1},
      {"tier-499-jobs", 1},    {"tier-500-jobs", 2},     {"tier-exactly-3yi", 2}};
  for (const auto& [name, tier] : tiers) {
    EXPECT_EQ(number_of(row("project", "PT-" + name), "tier"), tier) << name;
  }
}

}  // namespace
}  // namespace silkledger::testing
