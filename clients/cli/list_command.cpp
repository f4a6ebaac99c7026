// `list`, `show` and `replay`: views as tables, now and as they were.
#include <algorithm>
#include <boost/json.hpp>

#include "clients/cli/subcommands.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/row_difference.h"
#include "clients/cli/text/view_table.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;

// field=value arguments and positions as a query; false with words when one has no '='.
bool query_of(Terminal& terminal, const ListOptions& options, QueryParameters& parameters) {
  for (const std::string& filter : options.filters) {
    std::pair<std::string, std::string> pair;
    if (!split_pair(filter, pair)) {
      terminal.error({"筛选条件须写作 字段=值：" + filter, "A filter is field=value: " + filter});
      return false;
    }
    parameters.push_back(std::move(pair));
  }
  if (!options.as_of.empty()) parameters.emplace_back("asOf", options.as_of);
  if (!options.min_position.empty()) parameters.emplace_back("minPosition", options.min_position);
  return true;
}

std::size_t limit_of(const ListOptions& options) {
  if (options.all) return kRowsMost;
  return options.limit > 0 ? options.limit : kRowsDefault;
}

void show_table(Api& api, const std::string& view, const js::value& answer) {
  Terminal& terminal = api.terminal();
  const ViewWords words{api.catalogue(), api.unit_names(), terminal.lang()};
  std::vector<TableRow> rows;
  for (const js::value& row : answer.at("rows").get_array()) {
    rows.push_back(view_row(view, row, words));
  }
  terminal.out(table_lines(view_heads(view, words), rows, terminal.columns(), terminal.paint()));
  std::string line = position_line(answer, terminal.lang(), flag_at(answer, "asOf"));
  line += terminal.zh() ? "，" + std::to_string(rows.size()) + " 行"
                        : ", " + counted(rows.size(), "row", "rows");
  if (!text_at(answer, "next").empty()) {
    line += terminal.zh() ? "，还有更多（--all 或 --limit）" : ", and more (--all or --limit)";
  }
  terminal.out(terminal.paint()(Colour::dim, line));
}

}  // namespace

int run_list(Api& api, const ListOptions& options) {
  Terminal& terminal = api.terminal();
  QueryParameters parameters;
  if (!query_of(terminal, options, parameters)) return kUsage;
  int code = kDone;
  const auto answer = api.rows(options.view, parameters, limit_of(options), code);
  if (!answer) return code;
  if (terminal.json()) {
    terminal.out(js::serialize(*answer));
  } else {
    show_table(api, options.view, *answer);
  }
  return kDone;
}

int run_show(Api& api, const std::string& view, const std::string& id, const ListOptions& options) {
  Terminal& terminal = api.terminal();
  QueryParameters parameters;
  if (!query_of(terminal, options, parameters)) return kUsage;
  const auto result =
      api.get("/api/v1/views/" + percent_encoded(view) + '/' + percent_encoded(id), parameters);
  if (!result.ok()) return api.fail(result);
  if (terminal.json()) {
    terminal.out(result.body);
    return kDone;
  }
  const js::value answer = parse_json(result.body);
  const auto* row = member(answer, "row");
  if (row == nullptr) return api.fail(result);
  const ViewWords words{api.catalogue(), api.unit_names(), terminal.lang()};
  terminal.out(row_lines(view, *row, words));
  const std::string line = position_line(answer, terminal.lang(), !options.as_of.empty());
  terminal.out(terminal.paint()(Colour::dim, line));
  return kDone;
}

int run_replay(Api& api, const ListOptions& options) {
  Terminal& terminal = api.terminal();
  const int code = run_list(api, options);
  if (code != kDone || !options.and_now) return code;
  QueryParameters then_parameters;
  QueryParameters now_parameters;
  ListOptions now_options = options;
  now_options.as_of.clear();
  if (!query_of(terminal, options, then_parameters)) return kUsage;
  if (!query_of(terminal, now_options, now_parameters)) return kUsage;
  int failed = kDone;
  // Compared whole: a page's end would look like rows that came or went.
  const auto then = api.rows(options.view, then_parameters, kRowsMost, failed);
  const auto now = then ? api.rows(options.view, now_parameters, kRowsMost, failed) : std::nullopt;
  if (!now) return failed;
  if (terminal.json()) {
    terminal.out(js::serialize(*now));
    return kDone;
  }
  const auto lines = list_difference(options.view, then->at("rows"), now->at("rows"),
                                     api.catalogue(), terminal.lang(), terminal.paint());
  terminal.out(std::string());
  terminal.out(terminal.paint()(Colour::bold, terminal.zh() ? "与现在相比" : "compared with now"));
  if (lines.empty()) terminal.out(terminal.zh() ? "没有变化" : "nothing has changed");
  terminal.out(lines);
  terminal.out(terminal.paint()(Colour::dim, position_line(*now, terminal.lang())));
  return kDone;
}

}  // namespace silkledger::cli
