#include "tools/generator/oracle/expected.h"

#include <algorithm>
#include <boost/json.hpp>

#include "domain/schema/common.meta.h"
#include "domain/schema/projects.meta.h"
#include "domain/schema/reports.meta.h"
#include "domain/schema/view.meta.h"
#include "tools/generator/digest.h"

namespace silkledger::generator {
namespace {

namespace bj = boost::json;

const std::string kNone = "none";

template <class Enum>
std::string word(Enum value) {
  return std::string(schema::name(value));
}

bj::object object_of(const Tally& tally) {
  bj::object object;
  for (const auto& [key, count] : tally) object[key] = count;
  return object;
}

// Sums may pass 2^53, so they are digits in quotes, as everywhere.
bj::object sums_of(const Tally& tally) {
  bj::object object;
  std::int64_t total = 0;
  for (const auto& [key, sum] : tally) total += sum;
  object["total"] = std::to_string(total);
  bj::object by_unit;
  for (const auto& [key, sum] : tally) by_unit[key] = std::to_string(sum);
  object["byUnit"] = std::move(by_unit);
  return object;
}

// ---------------------------------------------------------------- parts

bj::object leads_of(const Books& books) {
  Tally by_status;
  Tally by_class;
  Tally by_unit;
  for (const auto& [lead_id, lead] : books.leads()) {
    ++by_status[word(lead.status)];
    ++by_class[lead.lead_class.value_or(kNone)];
    ++by_unit[lead.report.reporting_unit];
  }
  bj::object object;
  object["total"] = books.leads().size();
  object["byStatus"] = object_of(by_status);
  object["byClass"] = object_of(by_class);
  object["byReportingUnit"] = object_of(by_unit);
  return object;
}

bj::object projects_of(const Books& books) {
  Tally by_library;
  Tally by_stage;
  Tally by_unit;
  Tally by_tier;
  std::int64_t openings = 0;
  for (const auto& [project_id, project] : books.projects()) {
    ++by_library[word(project.library)];
    ++by_stage[word(project.stage)];
    ++by_unit[project.unit_id];
    if (project.contract_id) ++by_tier[std::to_string(project.tier)];
    openings += project.opening ? 1 : 0;
  }
  bj::object object;
  object["total"] = books.projects().size();
  object["opening"] = openings;
  object["byLibrary"] = object_of(by_library);
  object["byStage"] = object_of(by_stage);
  object["byUnit"] = object_of(by_unit);
  object["signedByTier"] = object_of(by_tier);
  return object;
}

bj::object money_of(const Books& books) {
  Tally agreement;
  Tally reported;
  Tally verified;
  for (const auto& [project_id, project] : books.projects()) {
    if (project.contract_id) {
      agreement[project.unit_id] += books.contracts().at(*project.contract_id).amount.fen;
    }
    reported[project.unit_id] += project.reported_fen;
    verified[project.unit_id] += project.verified_fen;
  }
  bj::object object;
  object["agreementFen"] = sums_of(agreement);
  object["fundsReportedFen"] = sums_of(reported);
  object["fundsVerifiedFen"] = sums_of(verified);
  return object;
}

bj::array lights_of(const Simulation& simulation) {
  bj::array days;
  for (const LightsOfADay& noted : simulation.lights()) {
    Tally counts;
    bj::object projects;
    for (const auto& [project_id, light] : noted.lights) {
      ++counts[word(light)];
      projects[project_id] = word(light);
    }
    bj::object day;
    day["day"] = to_string(noted.day);
    day["position"] = std::to_string(noted.position);
    day["counts"] = object_of(counts);
    day["projects"] = std::move(projects);
    days.push_back(std::move(day));
  }
  return days;
}

bj::object approvals_of(const Simulation& simulation) {
  const Books& books = simulation.books();
  Tally by_status;
  Tally by_half_time;
  std::int64_t overdue = 0;
  bj::object decided;
  for (const auto& [approval_id, approval] : books.approvals()) {
    const auto layers = books.calendar_layers(approval.handling_unit);
    const UnitCalendar calendar = simulation.files().calendar.for_layers(layers);
    const HalfTimeBook half = half_time_of(approval, calendar, simulation.size().last);
    ++by_status[word(approval.status)];
    ++by_half_time[word(half.verdict)];
    overdue += half.overdue ? 1 : 0;
    if (!approval.decided_on) continue;
    decided[approval_id] = {{"elapsedDays", half.elapsed_days}, {"halfTime", word(half.verdict)}};
  }
  bj::object object;
  object["total"] = books.approvals().size();
  object["byStatus"] = object_of(by_status);
  object["byHalfTime"] = object_of(by_half_time);
  object["overdue"] = overdue;
  object["decided"] = std::move(decided);
  return object;
}

bj::object evaluations_of(const Books& books) {
  Tally by_verdict;
  std::int64_t opinions = 0;
  for (const auto& [evaluation_id, evaluation] : books.evaluations()) {
    ++by_verdict[evaluation.verdict ? word(*evaluation.verdict) : kNone];
    opinions += evaluation.opinions;
  }
  bj::object object;
  object["total"] = books.evaluations().size();
  object["byVerdict"] = object_of(by_verdict);
  object["opinions"] = opinions;
  return object;
}

bj::object funds_of(const Books& books) {
  Tally by_status;
  for (const auto& [fund_id, fund] : books.funds()) ++by_status[word(fund.status)];
  bj::object object;
  object["total"] = books.funds().size();
  object["byStatus"] = object_of(by_status);
  return object;
}

bj::object duties_of(const Books& books) {
  Tally by_kind;
  Tally by_status;
  Tally lapsed_by_unit;
  bj::object due;
  for (const auto& [duty_id, duty] : books.duties()) {
    ++by_kind[word(duty.kind)];
    ++by_status[word(duty.status)];
    if (duty.status == schema::DutyStatus::lapsed) ++lapsed_by_unit[duty.unit_id];
    due[duty_id] = to_string(duty.due_on);
  }
  bj::object object;
  object["total"] = books.duties().size();
  object["byKind"] = object_of(by_kind);
  object["byStatus"] = object_of(by_status);
  object["lapsedByUnit"] = object_of(lapsed_by_unit);
  object["nilReports"] = books.nil_reports();
  object["dueOn"] = std::move(due);
  return object;
}

bj::object audit_of(const Books& books) {
  bj::object object;
  object["rows"] = books.position();
  object["byArticle"] = object_of(books.articles());
  object["byActor"] = object_of(books.actors());
  return object;
}

bj::object script_of(const Simulation& simulation, std::uint64_t seed, const std::string& script) {
  const Books& books = simulation.books();
  bj::object object;
  object["size"] = std::string(simulation.size().name);
  object["seed"] = std::to_string(seed);
  object["sha256"] = sha256_hex(script);
  object["firstDay"] = to_string(simulation.size().first);
  object["lastDay"] = to_string(simulation.size().last);
  object["lines"] = books.lines();
  object["refused"] = books.refused();
  object["events"] = books.position();
  return object;
}

// ---------------------------------------------------------------- text

// One value a line, two blanks a level.
void write(std::string& out, const bj::value& value, std::size_t level) {
  const std::string indent(2 * level + 2, ' ');
  const std::string outdent(2 * level, ' ');
  if (value.is_object() && !value.as_object().empty()) {
    std::string before = "{\n";
    for (const auto& [key, member] : value.as_object()) {
      out += before + indent + bj::serialize(bj::value(key)) + ": ";
      write(out, member, level + 1);
      before = ",\n";
    }
    out += "\n" + outdent + "}";
  } else if (value.is_array() && !value.as_array().empty()) {
    std::string before = "[\n";
    for (const bj::value& element : value.as_array()) {
      out += before + indent;
      write(out, element, level + 1);
      before = ",\n";
    }
    out += "\n" + outdent + "]";
  } else {
    out += bj::serialize(value);
  }
}

std::string text_of(bj::object object) {
  std::string out;
  write(out, bj::value(std::move(object)), 0);
  out += '\n';
  return out;
}

}  // namespace

schema::Light light_of(const ProjectBook& project, const schema::RuleSet* rules, CivilDate day) {
  if (rules == nullptr || project.nodes.empty()) return schema::Light::grey;
  std::int32_t due = 0;
  std::int32_t reached = 0;
  std::int32_t overdue = 0;
  for (const NodeBook& node : project.nodes) {
    if (node.planned_on <= day) ++due;
    if (node.reached) ++reached;
    if (!node.reached) overdue = std::max(overdue, day.days - node.planned_on.days);
  }
  const auto all = static_cast<std::int32_t>(project.nodes.size());
  const std::int32_t behind = due > reached ? (due - reached) * 100 / all : 0;
  const schema::Lights& limits = rules->lights;
  if (behind > limits.red_points_behind || overdue > limits.red_days_overdue)
    return schema::Light::red;
  if (behind >= limits.yellow_points_behind || overdue > limits.yellow_days_overdue) {
    return schema::Light::yellow;
  }
  return schema::Light::green;
}

HalfTimeBook half_time_of(const ApprovalBook& approval, const UnitCalendar& calendar,
                          CivilDate day) {
  HalfTimeBook book;
  if (!approval.accepted_on) return book;
  const bool calendar_days = approval.days == schema::ItemDays::calendar;
  const CivilDate last = approval.decided_on.value_or(day);
  for (CivilDate at = days_after(*approval.accepted_on, 1); at <= last; ++at.days) {
    const bool stands = std::ranges::any_of(approval.pauses, [at](const auto& pause) {
      return pause.first <= at && (!pause.second || at < *pause.second);
    });
    if (!stands && (calendar_days || calendar.is_working(at))) ++book.elapsed_days;
  }
  const std::int32_t statutory = approval.statutory_days.value_or(0);
  book.overdue = statutory > 0 && book.elapsed_days > statutory;
  if (statutory < 2) return book;  // one day cannot be halved
  if (book.elapsed_days * 2 > statutory) {
    book.verdict = schema::HalfTime::missed;
  } else {
    book.verdict = approval.decided_on ? schema::HalfTime::met : schema::HalfTime::running;
  }
  return book;
}

std::string expected_json(const Simulation& simulation, std::uint64_t seed,
                          const std::string& script) {
  const Books& books = simulation.books();
  bj::object expected;
  expected["script"] = script_of(simulation, seed, script);
  expected["commands"] = object_of(books.commands());
  expected["events"] = object_of(books.events());
  expected["leads"] = leads_of(books);
  expected["projects"] = projects_of(books);
  expected["money"] = money_of(books);
  expected["evaluations"] = evaluations_of(books);
  expected["approvals"] = approvals_of(simulation);
  expected["funds"] = funds_of(books);
  expected["duties"] = duties_of(books);
  expected["audit"] = audit_of(books);
  expected["lights"] = lights_of(simulation);
  return text_of(std::move(expected));
}

std::string truth_json(const Simulation& simulation) {
  bj::object truth;
  for (const PlantedCase& planted : simulation.planted()) {
    bj::object one;
    one["what"] = planted.what;
    for (const auto& [key, value] : planted.ids) one[key] = value;
    truth[planted.name] = std::move(one);
  }
  return text_of(std::move(truth));
}

}  // namespace silkledger::generator
