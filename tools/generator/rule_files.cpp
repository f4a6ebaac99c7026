#include "tools/generator/rule_files.h"

#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <optional>
#include <utility>

#include "domain/schema/command.json.h"

namespace silkledger::generator {
namespace {

constexpr std::array<std::string_view, 4> kFiles = {"rule-set.ndjson", "units.ndjson",
                                                    "calendar.ndjson", "approval-items.ndjson"};

void keep(RuleFiles& files, const schema::RuleSetPublished& published) {
  files.rule_sets.push_back(published.rules);
}

void keep(RuleFiles& files, const schema::RuleSetRenewed& renewed) {
  for (schema::RuleSet& rules : files.rule_sets) {
    if (rules.version == renewed.version) rules.valid_until = renewed.valid_until;
  }
}

void keep(RuleFiles& files, const schema::UnitRegistered& unit) { files.units.push_back(unit); }

void keep(RuleFiles& files, const schema::ApprovalItemDefined& item) {
  files.items.push_back(item);
}

void keep(RuleFiles& files, const schema::CalendarDaysSet& set) {
  std::vector<DayEntry> days;
  for (const schema::CalendarDay& day : set.days) {
    const bool works = day.kind == schema::DayKind::workday;
    days.push_back({day.date, works ? DayEntryKind::workday : DayEntryKind::holiday, day.name});
  }
  files.calendar.publish_list(set.layer, set.year, std::move(days));
}

template <class Other>
void keep(RuleFiles&, const Other&) {}

std::optional<std::string> text_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->as_string());
}

// An answer is what is wrong with the line.
std::optional<std::string> take_line(RuleFiles& files, std::string_view line) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(line, error);
  if (error || !value.is_object()) return "is not a JSON object";
  const boost::json::object& object = value.as_object();
  const auto name = text_of(object, "name");
  auto command_id = text_of(object, "commandId");
  const auto* body = object.if_contains("body");
  if (!name || !command_id || body == nullptr) return "needs name, commandId and body";
  if (!json::is_command_name(*name)) return "names the unknown command " + *name;
  json::PlainText plain;
  auto command = json::command_from_json(*name, boost::json::serialize(*body), {{}, &plain});
  if (const auto* faults = std::get_if<std::vector<json::JsonError>>(&command)) {
    return faults->front().pointer + " " + faults->front().en;
  }
  SetupLine setup{std::move(*command_id), std::move(std::get<schema::Command>(command))};
  std::visit([&files](const auto& stated) { keep(files, stated); }, setup.command);
  files.lines.push_back(std::move(setup));
  return std::nullopt;
}

}  // namespace

const schema::RuleSet* RuleFiles::rules_on(CivilDate day) const {
  const schema::RuleSet* found = nullptr;
  for (const schema::RuleSet& rules : rule_sets) {
    const bool began = rules.valid_from <= day;
    if (began && (found == nullptr || found->valid_from <= rules.valid_from)) found = &rules;
  }
  return found;
}

std::variant<RuleFiles, std::string> read_rule_files(const std::string& folder) {
  RuleFiles files;
  for (const std::string_view name : kFiles) {
    const std::string path = folder + "/" + std::string(name);
    std::ifstream in(path, std::ios::binary);
    if (!in) return path + ": cannot be read";
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      if (line.empty()) continue;
      if (auto fault = take_line(files, line)) {
        return path + ":" + std::to_string(number) + ": " + *fault;
      }
    }
  }
  if (files.rule_sets.empty()) return folder + ": no rule set is published";
  return files;
}

}  // namespace silkledger::generator
