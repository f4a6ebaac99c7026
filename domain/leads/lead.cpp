#include "domain/leads/lead.h"

#include <algorithm>
#include <utility>

#include "domain/checks.h"
#include "domain/corrections.h"
#include "domain/leads/lead_checks.h"
#include "domain/registry/reference.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;
using Status = LeadState::Status;

constexpr std::size_t kMostInvestorNameBytes = 512;  // as in the schema
constexpr std::size_t kMostContentBytes = 4096;      // as in the schema

// ---------------------------------------------------------------- evolve

void set_by(LeadState& state, schema::LeadField field, std::uint64_t position) {
  const auto index = static_cast<std::size_t>(field);
  if (index < state.set_at.size()) state.set_at[index] = position;
}

void on_reported(LeadState& state, const schema::LeadReported& event, const EventPlace& place) {
  state = LeadState();
  state.status = Status::reported;
  state.lead_id = event.lead_id;
  state.investor_name = event.investor_name;
  state.content = event.content;
  state.reporting_unit = event.reporting_unit;
  state.home_unit = event.home_unit;
  state.intended_unit = event.intended_unit;
  state.chain_id = event.chain_id;
  state.amount = event.amount;
  state.jobs = event.jobs;
  state.reported_at_position = place.position;
  state.reported_on = place.occurred_on;
  // Fields left out were left out by this event as well: a correction that adds one names it.
  state.set_at.fill(place.position);
}

void on_reviewed(LeadState& state, schema::ReviewVerdict verdict) {
  const bool proceeds = state.analysis == schema::AnalysisVerdict::proceed;
  if (verdict == schema::ReviewVerdict::agree) {
    state.status = Status::reviewed;
  } else if (verdict == schema::ReviewVerdict::returned || !proceeds) {
    // Also the leader who does not share a decline asks for another analysis.
    state.status = Status::classified;
    state.analysis.reset();
  }
}

void on_corrected(LeadState& state, wire::LeadCorrected::Reader event, const EventPlace& place) {
  const auto field = static_cast<schema::LeadField>(event.getField());
  bool applied = false;
  switch (field) {
    case schema::LeadField::investor_name:
      applied = apply_change(event.getChange(), state.investor_name);
      break;
    case schema::LeadField::content:
      applied = apply_change(event.getChange(), state.content);
      break;
    case schema::LeadField::amount:
      applied = apply_change(event.getChange(), state.amount);
      break;
    case schema::LeadField::jobs:
      applied = apply_change(event.getChange(), state.jobs);
      break;
  }
  if (applied) set_by(state, field, place.position);
}

}  // namespace

void evolve(LeadState& state, wire::Event::Reader event, const EventPlace& place) {
  if (event.isLeadReported()) {
    on_reported(state, schema::read(event.getLeadReported()), place);
    return;
  }
  if (!state.exists()) return;  // nothing can follow on a lead that was never reported
  switch (event.which()) {
    case wire::Event::LEAD_FORM_FILED:
      state.form_filed = true;
      break;
    case wire::Event::LEAD_CLASSIFIED:
      state.status = Status::classified;
      state.classification = schema::read(event.getLeadClassified());
      state.lead_class = state.classification->lead_class;
      state.prefecture_decides = state.classification->prefecture_decides;
      break;
    case wire::Event::LEAD_ANALYSIS_CONCLUDED:
      state.status = Status::analysed;
      state.analysis = schema::read(event.getLeadAnalysisConcluded()).verdict;
      break;
    case wire::Event::LEAD_LEADER_REVIEWED:
      on_reviewed(state, schema::read(event.getLeadLeaderReviewed()).verdict);
      break;
    case wire::Event::LEAD_LEADING_GROUP_DECIDED:
      state.status = Status::decided;
      state.project_id = schema::read(event.getLeadLeadingGroupDecided()).project_id;
      break;
    case wire::Event::LEAD_DELEGATED:
      state.status = Status::delegated;
      state.following_unit = schema::read(event.getLeadDelegated()).unit_id;
      break;
    case wire::Event::LEAD_NEGOTIATION_OPENED:
      state.project_id = schema::read(event.getLeadNegotiationOpened()).project_id;
      break;
    case wire::Event::LEAD_CLOSED:
      state.status = Status::closed;
      break;
    case wire::Event::LEAD_CORRECTED:
      on_corrected(state, event.getLeadCorrected(), place);
      break;
    default:
      break;
  }
}

// ---------------------------------------------------------------- decide

namespace {

// Art. 2: the zone, counties and cities, branch bureaus and chain-lead units of key chains; what
// stands below one (a station, a department) reports in its name.
bool is_attracting(const Context& context, const std::string& unit_id) {
  const auto& units = context.reference.units();
  // A unit has fewer ancestors than there are units; the count ends a loop that never should be.
  std::optional<std::string> at = unit_id;
  for (std::size_t steps = 0; at && steps <= units.size(); ++steps) {
    const Unit* unit = context.reference.unit(*at);
    if (unit == nullptr) return false;
    const schema::UnitKind* kind = context.reference.kind_of(*unit, context.rules);
    if (kind != nullptr && kind->attracting) return true;
    at = unit->parent;
  }
  return false;
}

Objection check_reporting_unit(const Checks& check, const schema::LeadReported& stated) {
  if (auto no = check.unit_exists(stated.reporting_unit, "/reportingUnit")) return no;
  if (!is_attracting(check.context(), stated.reporting_unit)) {
    const Text unit = unit_label(check.context(), stated.reporting_unit);
    return refuse(
        check.context(), Kind::invalid, "unit-not-attracting", "2",
        {unit.zh + "不是引资单位，也不隶属于引资单位。",
         unit.en + " is not an investment-attracting unit, nor below one."},
        {"请由喀什经济开发区、县市、驻点招商片区分局或重点产业链链主单位上报。",
         "Let the zone, a county or city, a branch bureau or the lead unit of a key chain "
         "report it."},
        "/reportingUnit");
  }
  return check.own_unit(stated.reporting_unit);
}

}  // namespace

Result<Decision> decide(const schema::LeadReported& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = check.id_is_free(lead.exists(), {"线索", "lead"}, stated.lead_id, "/leadId")) {
    return *no;
  }
  if (auto no =
          check.in_order(context.occurred_on, {"业务发生日期", "the day on which this occurred"},
                         context.today, {"今天", "today"}, "/occurredOn")) {
    return *no;
  }
  if (auto no = check_reporting_unit(check, stated)) return *no;
  if (stated.home_unit) {
    if (auto no = check.unit_exists(*stated.home_unit, "/homeUnit")) return *no;
  }
  if (stated.intended_unit) {
    if (auto no = check.unit_receives(*stated.intended_unit, "/intendedUnit")) return *no;
  }
  if (stated.chain_id) {
    if (auto no = check.chain_exists(*stated.chain_id, "/chainId")) return *no;
  }
  if (auto no = check.name(stated.investor_name, "/investorName")) return *no;
  if (auto no = check.words(stated.content, "/content")) return *no;
  // A code of eighteen characters that fails its check digit is a question for views, never a
  // refusal: one real code that a public register issued fails it.
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::LeadFormFiled& stated, const Context& context) {
  const Checks check(context, "18");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.own_unit(lead.reporting_unit)) return *no;
  if (auto no = lead_is_open(check, lead)) return *no;
  if (lead.form_filed) {
    return check.reject(Kind::wrong_state, "lead-form-already-filed", "/leadId",
                        {"该线索已填报转办登记表。", "The form of this lead has been filed."},
                        {"如有变化，请更正线索。", "Correct the lead if something has changed."});
  }
  if (auto no =
          check.happened(stated.visited_on, {"拜访日期", "the day of the visit"}, "/visitedOn")) {
    return *no;
  }
  for (std::size_t i = 0; i < stated.visitors.size(); ++i) {
    const std::string pointer = "/visitors/" + std::to_string(i);
    if (auto no = check.person_known(stated.visitors[i], pointer)) return *no;
  }
  if (auto no = check.words(stated.place, "/place")) return *no;
  if (auto no = check.words(stated.background, "/background")) return *no;
  if (auto no = check.words(stated.demands, "/demands")) return *no;
  if (auto no = check.words(stated.judgement, "/judgement")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ClassifyLead& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (lead.status != Status::reported && lead.status != Status::classified) {
    return wrong_stage(
        check, lead, "lead-past-classification",
        {"只能在研判或交办之前分类或重新分类。",
         "A lead is classified, or classified anew, before it is analysed or delegated."});
  }
  const schema::LeadClass* lead_class =
      context.reference.lead_class(context.rules, stated.lead_class);
  if (auto no = check.exists(lead_class != nullptr, {"投资方类别", "lead class"}, stated.lead_class,
                             "/leadClass")) {
    return *no;
  }
  schema::LeadClassified event{.lead_id = stated.lead_id,
                               .lead_class = stated.lead_class,
                               .list = stated.list,
                               .list_year = stated.list_year,
                               .evidence = stated.evidence,
                               .prefecture_decides = lead_class->prefecture_decides};
  if (lead.classification == event) {
    return check.reject(Kind::wrong_state, "lead-already-of-class", "/leadClass",
                        {"该线索已按同一榜单和佐证归入此类别。",
                         "The lead is of this class already, on the same list and evidence."},
                        {"如需更改，请选择其他类别或补充榜单、佐证。",
                         "Choose another class, or add a list or evidence."});
  }
  return only(check.fact(std::move(event)));
}

Result<Decision> decide(const schema::LeadDelegated& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (lead.status != Status::classified) {
    return wrong_stage(check, lead, "lead-not-to-be-delegated",
                       {"请在分类之后、研判之前交办。", "Delegate it once it is classified."});
  }
  if (lead.prefecture_decides) {
    return check.reject(
        Kind::wrong_state, "lead-of-the-six-classes", "/leadId",
        {"六类投资方的线索由地区研究确定，不能交县市自行跟踪。",
         "A lead of the six classes is decided by the prefecture; it cannot be "
         "delegated."},
        {"请综合研判、报分管领导审核并提交领导小组；分类有误的，请重新分类。",
         "Analyse it, have it reviewed and submit it to the leading group; or classify "
         "it anew if the class is wrong."});
  }
  // "由县市自行": read as the reporting or the receiving unit.
  if (stated.unit_id == lead.reporting_unit) {
    if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  } else if (auto no = check.unit_receives(stated.unit_id, "/unitId")) {
    return *no;
  }
  if (auto no = check.words_if_stated(stated.opinion, "/opinion")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::LeadClosed& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (lead.following_unit) {
    if (auto no = check.own_unit(*lead.following_unit)) return *no;
  } else if (auto no = check.prefecture_acts()) {
    return *no;
  }
  if (auto no = lead_is_open(check, lead)) return *no;
  if (lead.project_id) {
    return wrong_stage(
        check, lead, "lead-has-a-project",
        {"该线索已转入项目" + quoted_zh(*lead.project_id) + "，请在项目上办理。",
         "The lead became the project " + quoted_en(*lead.project_id) + "; go on with that."});
  }
  // Art. 19: what the office would not negotiate waits for the leader, and is not closed past them.
  if (lead.status == Status::analysed) {
    return wrong_stage(check, lead, "lead-awaits-review",
                       {"请先由分管领导审核。", "Let the leader in charge review it first."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::LeadCorrected& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.own_unit(lead.following_unit.value_or(lead.reporting_unit))) return *no;
  const auto index = static_cast<std::size_t>(stated.field);
  const Correction correction =
      correction_of(stated, index < lead.set_at.size() ? lead.set_at[index] : 0);
  Objection no;
  switch (stated.field) {
    case schema::LeadField::investor_name:
      no = check_correction(check, correction, lead.investor_name, TextKind::name,
                            kMostInvestorNameBytes);
      break;
    case schema::LeadField::content:
      no =
          check_correction(check, correction, lead.content, TextKind::free_text, kMostContentBytes);
      break;
    case schema::LeadField::amount:
      no = check_correction(check, correction, lead.amount);
      break;
    case schema::LeadField::jobs:
      no = check_correction(check, correction, lead.jobs);
      break;
  }
  if (no) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
