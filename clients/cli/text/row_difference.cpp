#include "clients/cli/text/row_difference.h"

#include <boost/json.hpp>
#include <map>
#include <set>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/view_table.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

std::string shown(const value* found) {
  if (found == nullptr) return "—";
  return printable(found->is_string() ? std::string(found->get_string())
                                      : boost::json::serialize(*found));
}

bool is_missing(const value* row) { return row == nullptr || !row->is_object(); }

std::map<std::string, const value*> by_key(std::string_view view, const value& rows,
                                           const Catalogue& catalogue) {
  std::map<std::string, const value*> keyed;
  if (!rows.is_array()) return keyed;
  for (const value& row : rows.get_array()) keyed[row_key(view, row, catalogue)] = &row;
  return keyed;
}

const Sides kThenAndNow = {{"当时", "then"}, {"现在", "now"}};

}  // namespace

std::vector<std::string> difference_lines(const value* before, const value* after,
                                          const Sides& sides, Lang lang, const Paint& paint) {
  const auto only = [&](const Text& side) {
    return (lang == Lang::zh ? "只在" + side.zh + "有" : "only " + side.en);
  };
  if (is_missing(before) && is_missing(after)) return {};
  if (is_missing(before)) return {paint(Colour::green, only(sides.after))};
  if (is_missing(after)) return {paint(Colour::red, only(sides.before))};
  std::set<std::string> names;
  for (const auto& entry : before->get_object()) names.emplace(entry.key());
  for (const auto& entry : after->get_object()) names.emplace(entry.key());
  std::vector<std::string> lines;
  for (const std::string& name : names) {
    if (name == "position" || name == "version") continue;
    const value* was = before->get_object().if_contains(name);
    const value* is = after->get_object().if_contains(name);
    if (shown(was) == shown(is)) continue;
    lines.push_back(name + ": " + shown(was) + " → " + shown(is));
  }
  return lines;
}

std::vector<std::string> list_difference(std::string_view view, const value& then, const value& now,
                                         const Catalogue& catalogue, Lang lang,
                                         const Paint& paint) {
  const auto before = by_key(view, then, catalogue);
  const auto after = by_key(view, now, catalogue);
  std::set<std::string> keys;
  for (const auto& [key, row] : before) keys.insert(key);
  for (const auto& [key, row] : after) keys.insert(key);
  std::vector<std::string> lines;
  for (const std::string& key : keys) {
    const auto was = before.find(key);
    const auto is = after.find(key);
    const auto differences =
        difference_lines(was == before.end() ? nullptr : was->second,
                         is == after.end() ? nullptr : is->second, kThenAndNow, lang, paint);
    if (differences.empty()) continue;
    lines.push_back(paint(Colour::bold, printable(key)));
    for (const std::string& line : differences) lines.push_back("  " + line);
  }
  return lines;
}

}  // namespace silkledger::cli
