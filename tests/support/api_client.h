// The published API for tests: answers parsed, all pages read, and the commands that tests send.
//
// Threads: one object, one thread at a time. Errors: a broken connection is status 0; what must be
// there and is not throws.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cpp/client.h"

namespace silkledger::testing {

struct Answer {
  int status = 0;  // 0: no answer came
  boost::json::value body;
  client::Headers headers;
  std::string raw;
  bool ok() const { return status >= 200 && status < 300; }
  const boost::json::object& object() const { return body.as_object(); }
};

// The text of a member, or empty; a number of 64 bits is text.
std::string text_of(const boost::json::object& object, std::string_view key);
std::uint64_t number_of(const boost::json::object& object, std::string_view key);

// Where the log and every view stand; equal texts mean equal rows.
struct Stand {
  std::uint64_t head = 0;
  std::string root;
  std::string views;  // name, digest and number of entries of each
  bool operator==(const Stand&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Stand& stand);

class ApiClient {
 public:
  explicit ApiClient(client::Endpoint endpoint, client::ClientLimits limits = {});

  Answer get(const std::string& target);
  Answer post(const std::string& target, const client::Headers& headers = {},
              const std::string& body = {});
  Answer command(const std::string& name, const std::string& id, const std::string& body,
                 client::Headers headers = {});
  // Any method, headers as they are.
  Answer send(const std::string& method, const std::string& target,
              const client::Headers& headers = {}, const std::string& body = {});

  // Every row of a view, page by page; `query` such as "unit=653101", may be empty.
  std::vector<boost::json::object> rows(const std::string& view, const std::string& query = {});
  // Every event of the history that may be seen, in order.
  std::vector<boost::json::object> events(const std::string& query = {});
  // The views have folded the whole log when this answers.
  Stand stand();
  // Rebuilds every view and waits for the end; the phase at the end.
  std::string rebuild(std::chrono::milliseconds limit = std::chrono::seconds(60));

 private:
  std::vector<boost::json::object> all(const std::string& target, const std::string& member,
                                       const std::string& query);
  client::Client client_;
};

// The body of report-lead: a made-up lead of 测试企业, the id in its content.
std::string lead_body(const std::string& lead_id, const std::string& unit);

}  // namespace silkledger::testing
