// `history`: what happened, in the server's plain sentences.
#include <algorithm>
#include <boost/json.hpp>

#include "clients/cli/subcommands.h"
#include "clients/cli/text/event_line.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/view_table.h"

namespace silkledger::cli {
namespace {

constexpr std::size_t kEventsDefault = 200;
constexpr std::size_t kPageEventsMost = 500;  // as the API takes

QueryParameters query_of(const HistoryOptions& options) {
  QueryParameters parameters;
  const auto add = [&parameters](const char* name, const std::string& value) {
    if (!value.empty()) parameters.emplace_back(name, value);
  };
  // "P1" alone is a project, since that is what most histories are asked of.
  const bool is_stream = options.subject.find('/') != std::string::npos;
  add("subject",
      options.subject.empty() || is_stream ? options.subject : "project/" + options.subject);
  add("unit", options.unit);
  add("person", options.person);
  add("article", options.article);
  add("kind", options.kind);
  add("asOf", options.as_of);
  add("backwards", options.backwards ? "true" : "");
  return parameters;
}

}  // namespace

int run_history(Api& api, const HistoryOptions& options) {
  Terminal& terminal = api.terminal();
  const QueryParameters filters = query_of(options);
  const std::size_t limit = options.all         ? kRowsMost
                            : options.limit > 0 ? options.limit
                                                : kEventsDefault;
  std::size_t shown = 0;
  std::string cursor;
  for (;;) {
    QueryParameters parameters = filters;
    parameters.emplace_back("limit", std::to_string(std::min(kPageEventsMost, limit - shown)));
    if (!cursor.empty()) parameters.emplace_back("cursor", cursor);
    const auto result = api.get("/api/v1/history", parameters);
    if (!result.ok()) return api.fail(result);
    const boost::json::value page = parse_json(result.body);
    const auto* events = member(page, "events");
    if (events == nullptr || !events->is_array()) return api.fail(result);
    for (const auto& event : events->get_array()) {
      terminal.out(terminal.json() ? boost::json::serialize(event)
                                   : event_line(event, terminal.lang(), terminal.paint()));
    }
    shown += events->get_array().size();
    cursor = text_at(page, "next");
    if (!cursor.empty() && shown < limit) continue;
    if (!terminal.json()) {
      std::string line = position_line(page, terminal.lang(), !options.as_of.empty());
      if (!cursor.empty()) line += terminal.zh() ? "，还有更多（--all）" : ", and more (--all)";
      terminal.out(terminal.paint()(Colour::dim, line));
    }
    return kDone;
  }
}

}  // namespace silkledger::cli
