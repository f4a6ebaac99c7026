#include "tests/support/api_client.h"

#include <poll.h>

#include <ostream>
#include <stdexcept>
#include <utility>

namespace silkledger::testing {
namespace json = boost::json;
namespace {

constexpr int kRowsAPage = 200;
constexpr int kAskAgainMs = 20;

// A turn of waiting for another process, which has no other way to tell.
void a_moment() { ::poll(nullptr, 0, kAskAgainMs); }

}  // namespace

std::string text_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::uint64_t number_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value && value->is_int64()) return static_cast<std::uint64_t>(value->as_int64());
  return std::stoull(text_of(object, key));
}

std::ostream& operator<<(std::ostream& out, const Stand& stand) {
  return out << "head " << stand.head << " root " << stand.root << ' ' << stand.views;
}

ApiClient::ApiClient(client::Endpoint endpoint, client::ClientLimits limits)
    : client_(std::move(endpoint), limits) {}

Answer ApiClient::send(const std::string& method, const std::string& target,
                       const client::Headers& headers, const std::string& body) {
  auto result = client_.request(method, target, headers, body);
  Answer answer;
  if (result.error) {
    answer.raw = result.error.message;
    return answer;
  }
  answer.status = result.status;
  answer.headers = std::move(result.headers);
  answer.raw = std::move(result.body);
  boost::system::error_code not_json;
  answer.body = json::parse(answer.raw, not_json);
  if (not_json) answer.body = nullptr;
  return answer;
}

Answer ApiClient::get(const std::string& target) { return send("GET", target); }

Answer ApiClient::post(const std::string& target, const client::Headers& headers,
                       const std::string& body) {
  return send("POST", target, headers, body);
}

Answer ApiClient::command(const std::string& name, const std::string& id, const std::string& body,
                          client::Headers headers) {
  headers.emplace_back("Idempotency-Key", id);
  headers.emplace_back("Content-Type", "application/json");
  return send("POST", "/api/v1/commands/" + name, headers, body);
}

std::vector<json::object> ApiClient::all(const std::string& target, const std::string& member,
                                         const std::string& query) {
  std::vector<json::object> found;
  const std::string page_query =
      "?limit=" + std::to_string(kRowsAPage) + (query.empty() ? "" : "&" + query);
  std::string cursor;
  while (true) {
    const auto page = get(target + page_query + (cursor.empty() ? "" : "&cursor=" + cursor));
    if (page.status != 200) {
      throw std::runtime_error(target + page_query + ": " + std::to_string(page.status) + " " +
                               page.raw);
    }
    for (const auto& row : page.object().at(member).as_array()) found.push_back(row.as_object());
    cursor = text_of(page.object(), "next");
    if (cursor.empty()) return found;
  }
}

std::vector<json::object> ApiClient::rows(const std::string& view, const std::string& query) {
  return all("/api/v1/views/" + view, "rows", query);
}

std::vector<json::object> ApiClient::events(const std::string& query) {
  return all("/api/v1/history", "events", query);
}

Stand ApiClient::stand() {
  for (int turn = 0; turn < 10; ++turn) {
    const auto answer = get("/api/v1/head");
    if (answer.status != 200) throw std::runtime_error("head: " + answer.raw);
    const auto& head = answer.object();
    if (number_of(head, "applied") == number_of(head, "head")) {
      return {number_of(head, "head"), text_of(head, "root"), json::serialize(head.at("views"))};
    }
    // Answered once the views are there.
    get("/api/v1/views/unit?limit=1&minPosition=" + text_of(head, "head"));
  }
  throw std::runtime_error("the views do not reach the head");
}

std::string ApiClient::rebuild(std::chrono::milliseconds limit) {
  const auto started = post("/api/v1/jobs/rebuild/start");
  if (started.status != 202) throw std::runtime_error("rebuild: " + started.raw);
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (true) {
    const auto phase = text_of(get("/api/v1/jobs/rebuild").object(), "phase");
    if (phase == "switched" || phase == "differs" || phase == "failed" || phase == "cancelled" ||
        std::chrono::steady_clock::now() > deadline) {
      return phase;
    }
    a_moment();
  }
}

std::string lead_body(const std::string& lead_id, const std::string& unit) {
  return R"({"leadId":")" + lead_id +
         R"(","investorName":"测试企业","origin":"outsideRegion","reportingUnit":")" + unit +
         R"(","content":"示例 )" + lead_id +
         R"(","contactName":"测试·联系人","contactPhone":"00000000000"})";
}

}  // namespace silkledger::testing
