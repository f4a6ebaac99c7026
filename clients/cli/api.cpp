#include "clients/cli/api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "clients/cli/openapi.h"
#include "clients/cli/text/problem_text.h"
#include "clients/cli/text/reading.h"

namespace silkledger::cli {
namespace {

using client::ErrorKind;
using client::HttpResult;

constexpr std::size_t kPageRowsMost = 500;  // as the API takes

Text error_words(const client::Error& error, const client::Endpoint& endpoint) {
  const std::string place = endpoint.host + ':' + std::to_string(endpoint.port);
  switch (error.kind) {
    case ErrorKind::refused:
      return {"连不上服务器 " + place + "（" + error.message +
                  "）。请确认已启动，或用 --server 指定地址。",
              "Cannot reach the server at " + place + " (" + error.message +
                  "). Is it running? --server names another address."};
    case ErrorKind::timeout:
      return {"服务器 " + place + " 未在时限内答复。",
              "The server at " + place + " did not answer in time."};
    case ErrorKind::closed:
      return {"与服务器 " + place + " 的连接中断。", "The connection to " + place + " was closed."};
    case ErrorKind::rejected:
    case ErrorKind::protocol:
    case ErrorKind::none:
      break;
  }
  return {place + " 的答复不符合协议（" + error.message + "）。那里运行的也许不是丝路台账。",
          "What " + place + " answers is not our protocol (" + error.message +
              "). Perhaps something else runs there."};
}

}  // namespace

bool outcome_is_unknown(const HttpResult& result) {
  if (result.error) return true;
  return result.status == 503 && read_problem(result.status, result.body).code == "outcome-unknown";
}

Api::Api(client::Endpoint endpoint, Terminal& terminal)
    : endpoint_(std::move(endpoint)), client_(endpoint_), terminal_(terminal) {}

HttpResult Api::get(const std::string& path, const QueryParameters& parameters) {
  return client_.request("GET", target(path, parameters));
}

HttpResult Api::post(const std::string& path, const client::Headers& headers,
                     const std::string& body, const QueryParameters& parameters) {
  return client_.request("POST", target(path, parameters), headers, body);
}

int Api::fail(const HttpResult& result) {
  if (result.error) return fail(result.error);
  if (terminal_.json()) {
    terminal_.out(result.body);
  } else {
    terminal_.say_lines(problem_lines(read_problem(result.status, result.body), terminal_.lang(),
                                      terminal_.error_paint()));
  }
  return outcome_is_unknown(result) ? kUnreachable : kRefused;
}

int Api::fail(const client::Error& error) {
  if (error.kind == ErrorKind::rejected) {
    HttpResult answer;
    answer.status = error.status;
    answer.body = error.body;
    return fail(answer);
  }
  const Text words = error_words(error, endpoint_);
  if (terminal_.json()) {
    terminal_.out(
        boost::json::serialize(boost::json::object{{"type", "urn:silkledger:client:unreachable"},
                                                   {"detail", words.en},
                                                   {"detailZh", words.zh}}));
  } else {
    terminal_.error(words);
  }
  return kUnreachable;
}

const Catalogue& Api::catalogue() {
  if (!catalogue_) catalogue_ = Catalogue::read(openapi());
  return *catalogue_;
}

const Catalogue& Api::catalogue_with(const std::string& command) {
  if (catalogue().command(command) != nullptr) return *catalogue_;
  const HttpResult answer = get("/api/v1/openapi.json");
  if (answer.ok()) {
    if (auto newer = Catalogue::read(answer.body)) catalogue_ = std::move(newer);
  }
  return *catalogue_;
}

const UnitNames& Api::unit_names() {
  if (!unit_names_.empty()) return unit_names_;
  QueryParameters parameters = {{"limit", std::to_string(kPageRowsMost)}};
  for (;;) {
    const HttpResult answer = get("/api/v1/views/unit", parameters);
    if (!answer.ok()) break;
    unit_names_.add(answer.body);
    const std::string next = text_at(parse_json(answer.body), "next");
    if (next.empty()) break;
    parameters = {{"limit", std::to_string(kPageRowsMost)}, {"cursor", next}};
  }
  return unit_names_;
}

std::optional<boost::json::value> Api::rows(const std::string& view, QueryParameters parameters,
                                            std::size_t limit, int& exit_code) {
  boost::json::array all;
  const std::size_t fixed = parameters.size();
  std::string cursor;
  for (;;) {
    parameters.resize(fixed);
    parameters.emplace_back("limit", std::to_string(std::min(kPageRowsMost, limit - all.size())));
    if (!cursor.empty()) parameters.emplace_back("cursor", cursor);
    const HttpResult answer = get("/api/v1/views/" + percent_encoded(view), parameters);
    if (!answer.ok()) {
      exit_code = fail(answer);
      return std::nullopt;
    }
    boost::json::value page = parse_json(answer.body);
    const auto* sent = member(page, "rows");
    if (sent == nullptr || !sent->is_array()) {
      exit_code = fail(answer);
      return std::nullopt;
    }
    for (const auto& row : sent->get_array()) all.push_back(row);
    cursor = text_at(page, "next");
    if (cursor.empty() || all.size() >= limit) {
      page.get_object()["rows"] = std::move(all);
      return page;
    }
  }
}

}  // namespace silkledger::cli
