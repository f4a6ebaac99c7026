// The server as the subcommands see it: requests, and what a failed one says.
//
// One thread. Every call blocks, at most the limits of the client library.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/terminal.h"
#include "clients/cli/text/catalogue.h"
#include "clients/cli/text/names.h"
#include "clients/cli/text/target.h"
#include "clients/cpp/client.h"

namespace silkledger::cli {

class Api {
 public:
  Api(client::Endpoint endpoint, Terminal& terminal);

  Terminal& terminal() { return terminal_; }
  const client::Endpoint& endpoint() const { return endpoint_; }

  client::HttpResult get(const std::string& path, const QueryParameters& parameters = {});
  client::HttpResult post(const std::string& path, const client::Headers& headers,
                          const std::string& body, const QueryParameters& parameters = {});

  // Says what went wrong, in JSON too where that is asked for, and gives the code to exit with.
  int fail(const client::HttpResult& result);
  int fail(const client::Error& error);

  // The description built in; the server's own where that knows a command that ours does not.
  const Catalogue& catalogue();
  const Catalogue& catalogue_with(const std::string& command);
  // Fetched until there are some; without them, ids are shown. The reference stays good.
  const UnitNames& unit_names();

  // All pages of a view, or the first `limit` rows: one document {…, "rows": […]} with the position
  // of the last page. Nothing when a page failed: then `exit_code` is set.
  std::optional<boost::json::value> rows(const std::string& view, QueryParameters parameters,
                                         std::size_t limit, int& exit_code);

 private:
  client::Endpoint endpoint_;
  client::Client client_;
  Terminal& terminal_;
  std::optional<Catalogue> catalogue_;
  UnitNames unit_names_;
};

bool outcome_is_unknown(const client::HttpResult& result);

}  // namespace silkledger::cli
