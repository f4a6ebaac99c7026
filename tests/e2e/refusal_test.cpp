// Bad requests over real sockets: each is answered in clear words and changes nothing.
#include <gtest/gtest.h>

#include "tests/e2e/live_subscriber.h"
#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

constexpr const char* kKnownLead = "LT-declined-but-disagreed";

std::string good() { return lead_body("E-refused", kBranch); }

// Both languages, a type, the status: and for programs the same type over HTTP and WebSocket.
void expect_problem(const boost::json::value& body, int status, const std::string& type,
                    const std::string& raw) {
  ASSERT_TRUE(body.is_object()) << raw;
  const auto& problem = body.as_object();
  EXPECT_EQ(text_of(problem, "type"), "urn:silkledger:problem:" + type) << raw;
  EXPECT_EQ(number_of(problem, "status"), static_cast<std::uint64_t>(status)) << raw;
  for (const auto* key : {"title", "titleZh", "detail", "detailZh"})
    EXPECT_FALSE(text_of(problem, key).empty()) << key << ": " << raw;
}

struct Request {
  const char* name;
  const char* token;
  const char* method;
  std::string target;
  client::Headers headers;
  std::string body;
  int status;
  const char* type;
};

Request command(const char* name, const char* token, const std::string& command,
                const std::string& body, int status, const char* type,
                client::Headers headers = {}) {
  headers.emplace_back("Content-Type", "application/json");
  bool has_id = false;
  for (const auto& [key, value] : headers) has_id = has_id || key == "Idempotency-Key";
  if (!has_id) headers.emplace_back("Idempotency-Key", std::string("bad-") + name);
  return {name, token, "POST", "/api/v1/commands/" + command, headers, body, status, type};
}

Request query(const char* name, const std::string& target, int status, const char* type,
              const char* token = kAuditor, const char* method = "GET") {
  return {name, token, method, target, {}, "", status, type};
}

// What cannot be read as a command.
std::vector<Request> unreadable_commands() {
  const std::string unknown_field = good().insert(1, R"("colour":"red",)");
  const std::string wrong_type = R"({"leadId":9,)" + good().substr(good().find("\"investorName"));
  const std::string review = R"({"leadId":")" + std::string(kKnownLead) + R"(","verdict":"agree"})";
  return {
      command("Malformed", kBranchClerk, "report-lead", "{\"leadId\":", 400, "invalid-json"),
      command("NotUtf8", kBranchClerk, "report-lead", "{\"leadId\":\"\xff\"}", 400, "invalid-json"),
      command("NoBody", kBranchClerk, "report-lead", "", 400, "invalid-json"),
      command("UnknownField", kBranchClerk, "report-lead", unknown_field, 400, "invalid-json"),
      command("MissingField", kBranchClerk, "report-lead", R"({"leadId":"E"})", 400,
              "invalid-json"),
      command("WrongType", kBranchClerk, "report-lead", wrong_type, 400, "invalid-json"),
      command("TooLarge", kBranchClerk, "report-lead", std::string(1024 * 1024 + 1, ' '), 413,
              "body-too-large"),
      command("UnknownCommand", kBranchClerk, "paint-lead", good(), 404, "unknown-command"),
  };
}

// What is read and may not be done.
std::vector<Request> refused_commands() {
  const std::string review = R"({"leadId":")" + std::string(kKnownLead) + R"(","verdict":"agree"})";
  return {
      command("StaleVersion", kBranchClerk, "report-lead", good(), 412, "stale-version",
              {{"If-Match", "\"4\""}}),
      command("BadIfMatch", kBranchClerk, "report-lead", good(), 400, "bad-parameter",
              {{"If-Match", "four"}}),
      command("NotYourUnit", kBranchClerk, "report-lead", lead_body("E-refused", kOtherBranch), 403,
              "not-your-unit"),
      command("NoRole", kAuditor, "report-lead", good(), 403, "role-not-allowed"),
      command("TwoUnitsNoneNamed", kCountyClerk, "report-lead", lead_body("E-refused", "653101"),
              422, "acting-unit-needed"),
      command("IdTaken", kBranchClerk, "report-lead", lead_body(kKnownLead, kBranch), 409,
              "lead-already-exists"),
      command("WrongState", kLeader, "review-lead", review, 409, "lead-not-to-be-reviewed"),
      command("UnknownId", kRegistrar, "classify-lead",
              R"({"leadId":"nowhere","leadClass":"other"})", 404, "lead-unknown"),
      command("ImpossibleDate", kBranchClerk, "report-lead", good(), 400, "bad-parameter",
              {{"Silkledger-Occurred-On", "2026-02-30"}}),
      command("Tomorrow", kBranchClerk, "report-lead", good(), 422, "occurred-in-the-future",
              {{"Silkledger-Occurred-On", "2026-12-31"}}),
      command("ReusedId", kBranchClerk, "report-lead", good(), 409, "command-id-reused",
              {{"Idempotency-Key", "known-id"}}),
      command("BadId", kBranchClerk, "report-lead", good(), 400, "bad-parameter",
              {{"Idempotency-Key", "two words"}}),
      command("LongId", kBranchClerk, "report-lead", good(), 400, "bad-parameter",
              {{"Idempotency-Key", std::string(200, 'x')}}),
      {"NoId",
       kBranchClerk,
       "POST",
       "/api/v1/commands/report-lead",
       {{"Content-Type", "application/json"}},
       good(),
       400,
       "missing-command-id"},
      {"NotJson",
       kBranchClerk,
       "POST",
       "/api/v1/commands/report-lead",
       {{"Content-Type", "text/plain"}, {"Idempotency-Key", "bad-type"}},
       good(),
       415,
       "not-json"},
      command("NoToken", "", "report-lead", good(), 401, "unauthorised"),
      command("WrongToken", "demo-nobody", "report-lead", good(), 401, "unauthorised"),
      command("RevokedToken", "PT-token", "report-lead", good(), 401, "unauthorised"),
  };
}

std::vector<Request> bad_queries() {
  return {
      query("NoTokenToRead", "/api/v1/views/lead", 401, "unauthorised", ""),
      query("WrongMethod", "/api/v1/commands/report-lead", 405, "method-not-allowed"),
      query("WrongMethodOfAView", "/api/v1/views/lead", 405, "method-not-allowed", kAuditor,
            "DELETE"),
      query("NothingHere", "/api/v2/views/lead", 404, "not-found"),
      query("UnknownView", "/api/v1/views/weather", 404, "unknown-view"),
      query("UnknownRow", "/api/v1/views/lead/nowhere", 404, "not-found"),
      query("NotYourRow", std::string("/api/v1/views/lead/") + kKnownLead, 404, "not-found",
            kOtherBranchClerk),
      query("UnknownFilter", "/api/v1/views/lead?colour=red", 400, "unknown-field"),
      query("BadFilter", "/api/v1/views/lead?reportedOn=2026-02-30", 400, "bad-value"),
      query("BadCursor", "/api/v1/views/lead?cursor=next", 400, "bad-cursor"),
      query("NoRows", "/api/v1/views/lead?limit=0", 400, "bad-parameter"),
      query("TooManyRows", "/api/v1/views/lead?limit=100000", 400, "bad-parameter"),
      query("BadPosition", "/api/v1/views/lead?minPosition=-1", 400, "bad-parameter"),
      query("BadMoment", "/api/v1/views/lead?asOf=yesterday", 400, "bad-parameter"),
      query("MomentAhead", "/api/v1/views/lead?asOf=1000000", 400, "position-ahead"),
      query("JobsAreForAdministrators", "/api/v1/jobs/rebuild/start", 403, "forbidden", kAuditor,
            "POST"),
      query("UnknownJob", "/api/v1/jobs/rebuild/hurry", 404, "not-found", kAdministrator, "POST"),
      query("JobNotUnderWay", "/api/v1/jobs/rebuild/accept", 409, "job-not-possible",
            kAdministrator, "POST"),
      query("DotsInThePath", "/api/v1/views/../head", 400, "bad-target"),
      query("LongTarget", "/api/v1/views/lead?x=" + std::string(9000, 'x'), 414, "target-too-long"),
  };
}

class ARefusalIsClearAndChangesNothing : public OnS0 {
 protected:
  void SetUp() override {
    OnS0::SetUp();
    ASSERT_EQ(
        as(kBranchClerk).command("report-lead", "known-id", lead_body("E-known", kBranch)).status,
        200);
    before = as(kAuditor).stand();
  }
  Stand before;
};

TEST_F(ARefusalIsClearAndChangesNothing, OverHttp) {
  std::vector<Request> requests;
  for (auto& table : {unreadable_commands(), refused_commands(), bad_queries()})
    requests.insert(requests.end(), table.begin(), table.end());
  for (const auto& one : requests) {
    SCOPED_TRACE(one.name);
    const auto answer = as(one.token).send(one.method, one.target, one.headers, one.body);
    EXPECT_EQ(answer.status, one.status) << answer.raw;
    expect_problem(answer.body, one.status, one.type, answer.raw);
    EXPECT_EQ(as(kAuditor).stand(), before);
  }
}

struct Message {
  const char* name;
  const char* token;
  std::string text;
  const char* answer_type;  // "answer" or "problem"
  int status;
  const char* type;
};

std::vector<Message> bad_messages() {
  const auto report = [](const char* id, const std::string& body, const std::string& more = {}) {
    return command_frame(id, "reportLead", body, more);
  };
  return {
      {"Malformed", kBranchClerk, "{\"type\":", "problem", 400, "invalid-json"},
      {"UnknownMessage", kBranchClerk, R"({"type":"paint"})", "problem", 400, "invalid-json"},
      {"UnknownField", kBranchClerk, report("w1", good().insert(1, R"("colour":"red",)")),
       "problem", 400, "invalid-json"},
      {"MissingField", kBranchClerk, report("w2", R"({"leadId":"E"})"), "problem", 400,
       "invalid-json"},
      {"UnknownCommand", kBranchClerk, command_frame("w3", "paintLead", good()), "problem", 400,
       "invalid-json"},
      {"ImpossibleDate", kBranchClerk, report("w4", good(), R"("occurredOn":"2026-02-30",)"),
       "problem", 400, "invalid-json"},
      {"BadId", kBranchClerk, report("two words", good()), "answer", 400, "bad-parameter"},
      {"StaleVersion", kBranchClerk, report("w5", good(), R"("expectedVersion":"4",)"), "answer",
       412, "stale-version"},
      {"NotYourUnit", kBranchClerk, report("w6", lead_body("E-refused", kOtherBranch)), "answer",
       403, "not-your-unit"},
      {"NoRole", kAuditor, report("w7", good()), "answer", 403, "role-not-allowed"},
      {"IdTaken", kBranchClerk, report("w8", lead_body(kKnownLead, kBranch)), "answer", 409,
       "lead-already-exists"},
      {"ReusedId", kBranchClerk, report("known-id", good()), "answer", 409, "command-id-reused"},
      {"Tomorrow", kBranchClerk, report("w9", good(), R"("occurredOn":"2026-12-31",)"), "answer",
       422, "occurred-in-the-future"},
      {"BeyondTheLog", kAuditor, R"({"type":"subscribeEvents","from":"1000000"})", "problem", 409,
       "position-ahead"},
      {"UnknownView", kAuditor, R"({"type":"subscribeRows","topic":"b1","view":"weather"})",
       "problem", 404, "unknown-view"},
      {"UnknownFilter", kAuditor,
       R"({"type":"subscribeRows","topic":"b1","view":"lead",)"
       R"("filters":[{"field":"colour","value":"red"}]})",
       "problem", 400, "unknown-field"},
      {"JobsAreForAdministrators", kAuditor, R"({"type":"subscribeJobs"})", "problem", 403,
       "forbidden"},
  };
}

TEST_F(ARefusalIsClearAndChangesNothing, OverWebSocket) {
  for (const auto& one : bad_messages()) {
    SCOPED_TRACE(one.name);
    client::LiveClient live(server->endpoint(one.token));
    ASSERT_FALSE(live.connect());
    ASSERT_FALSE(live.send(one.text));
    const auto frame = next_frame(live);
    const auto raw = boost::json::serialize(frame);
    EXPECT_EQ(text_of(frame, "type"), one.answer_type) << raw;
    EXPECT_EQ(number_of(frame, "status"), static_cast<std::uint64_t>(one.status)) << raw;
    ASSERT_TRUE(frame.contains("body")) << raw;
    expect_problem(frame.at("body"), one.status, one.type, raw);
    EXPECT_EQ(as(kAuditor).stand(), before);
    // The connection is as good as before.
    ASSERT_FALSE(live.send(R"({"type":"unsubscribe","topic":"none"})"));
    EXPECT_EQ(text_of(next_frame(live), "type"), "unsubscribed");
  }
}

TEST_F(ARefusalIsClearAndChangesNothing, BeforeALiveConnectionOpens) {
  for (const auto* token : {"", "demo-nobody", "PT-token"}) {
    client::LiveClient live(server->endpoint(token));
    const auto error = live.connect();
    EXPECT_EQ(error.kind, client::ErrorKind::rejected) << error.message;
    EXPECT_EQ(error.status, 401);
    expect_problem(boost::json::parse(error.body), 401, "unauthorised", error.body);
  }
}

TEST_F(ARefusalIsClearAndChangesNothing, EndingAConnectionWhoseMessageIsTooLarge) {
  client::LiveClient live(server->endpoint(kBranchClerk));
  ASSERT_FALSE(live.connect());
  live.send(std::string(1024 * 1024 + 1, ' '));
  EXPECT_FALSE(live.receive(kFrameLimit));
  EXPECT_EQ(live.error().close_code, 1009) << live.error().message;
  EXPECT_EQ(as(kAuditor).stand(), before);
}

}  // namespace
}  // namespace silkledger::testing
