#include "tools/generator/oracle/books.h"

#include <algorithm>

#include "domain/schema/command.meta.h"
#include "domain/schema/event.meta.h"

namespace silkledger::generator {
namespace {

const std::string kSystem = "system";

template <class Change>
auto becomes(const schema::Change& change) {
  return std::get<Change>(change).becomes;
}

template <class Field>
std::size_t at(Field field) {
  return static_cast<std::size_t>(field);
}

}  // namespace

// One row of the audit trail.
void Books::event(const schema::TypeMeta& type, const std::string& actor,
                  std::optional<std::string> article) {
  const auto arms = schema::event_arms();
  const auto arm = std::ranges::find(arms, &type, &schema::ArmMeta::type);
  ++position_;
  ++events_[std::string(arm->name)];
  ++articles_[article ? *article : std::string(type.article)];
  ++actors_[actor];
}

void Books::take(const schema::ScriptLine& line) {
  ++lines_;
  if (line.expect_refusal) {
    ++refused_;
    return;
  }
  const schema::Command& command = line.request.command;
  ++commands_[std::string(schema::command_arms()[command.index()].name)];
  const CivilDate day = line.request.occurred_on.value_or(beijing_date(line.at));
  const Place place{line.principal, day, line.at};
  std::visit([&](const auto& stated) { on(stated, place); }, command);
}

std::vector<std::string> Books::calendar_layers(const std::string& unit_id) const {
  std::vector<std::string> below;
  std::optional<std::string> unit = unit_id;
  while (unit) {
    below.push_back(*unit);
    const auto found = units_.find(*unit);
    unit = found == units_.end() ? std::nullopt : found->second.parent;
  }
  std::vector<std::string> layers{std::string(kNationalLayer), std::string(kRegionalLayer)};
  layers.insert(layers.end(), below.rbegin(), below.rend());
  return layers;
}

template <class Registry>
void Books::on(const Registry&, const Place& place) {
  event(schema::meta<Registry>(), place.actor);
}

void Books::on(const schema::UnitRegistered& stated, const Place& place) {
  event(schema::meta<schema::UnitRegistered>(), place.actor);
  units_[stated.unit_id] = {stated.kind, stated.parent, stated.valid_from, std::nullopt};
}

void Books::on(const schema::ApprovalItemDefined& stated, const Place& place) {
  event(schema::meta<schema::ApprovalItemDefined>(), place.actor);
  items_[stated.item_id] = stated;
}

// ---------------------------------------------------------------- libraries

void Books::on(const schema::EnterOfferLibrary&, const Place& place) {
  event(schema::meta<schema::OfferEnteredLibrary>(), place.actor);
}

void Books::on(const schema::ConfirmOffer&, const Place& place) {
  event(schema::meta<schema::OfferConfirmed>(), place.actor);
}

void Books::on(const schema::AssignEnterpriseByRegion&, const Place& place) {
  event(schema::meta<schema::EnterpriseAssignedByRegion>(), place.actor);
}

// Research is of Art. 11, the other kinds of Art. 7.
void Books::on(const schema::UnitPlanDrafted& stated, const Place& place) {
  const bool research = stated.kind == schema::UnitPlanKind::research;
  plan_articles_[stated.plan_id] = research ? "11" : "7";
  event(schema::meta<schema::UnitPlanDrafted>(), place.actor, plan_articles_[stated.plan_id]);
}

void Books::on(const schema::UnitPlanIssued& stated, const Place& place) {
  event(schema::meta<schema::UnitPlanIssued>(), place.actor, plan_articles_[stated.plan_id]);
}

void Books::on(const schema::UnitPlanWithdrawn& stated, const Place& place) {
  event(schema::meta<schema::UnitPlanWithdrawn>(), place.actor, plan_articles_[stated.plan_id]);
}

// ---------------------------------------------------------------- leads

void Books::on(const schema::LeadReported& stated, const Place& place) {
  event(schema::meta<schema::LeadReported>(), place.actor);
  LeadBook& lead = leads_[stated.lead_id];
  lead.report = stated;
  lead.reported_on = place.occurred_on;
  lead.set_at.fill(position_);
}

void Books::on(const schema::LeadFormFiled&, const Place& place) {
  event(schema::meta<schema::LeadFormFiled>(), place.actor);
}

void Books::on(const schema::ClassifyLead& stated, const Place& place) {
  event(schema::meta<schema::LeadClassified>(), place.actor);
  LeadBook& lead = leads_.at(stated.lead_id);
  lead.status = schema::LeadStatus::classified;
  lead.lead_class = stated.lead_class;
  const schema::RuleSet& rules = *files_->rules_on(place.occurred_on);
  const auto found =
      std::ranges::find(rules.lead_classes, stated.lead_class, &schema::LeadClass::code);
  lead.six_classes = found->prefecture_decides;
}

void Books::on(const schema::LeadAnalysisConcluded& stated, const Place& place) {
  event(schema::meta<schema::LeadAnalysisConcluded>(), place.actor);
  LeadBook& lead = leads_.at(stated.lead_id);
  lead.status = schema::LeadStatus::analysed;
  lead.analysis = stated.verdict;
  const bool declined = stated.verdict == schema::AnalysisVerdict::decline;
  if (declined && !files_->rules_on(place.occurred_on)->decline_needs_review) close_lead(lead);
}

void Books::on(const schema::LeadLeaderReviewed& stated, const Place& place) {
  event(schema::meta<schema::LeadLeaderReviewed>(), place.actor);
  LeadBook& lead = leads_.at(stated.lead_id);
  const bool proceeds = lead.analysis == schema::AnalysisVerdict::proceed;
  const bool agrees = stated.verdict == schema::ReviewVerdict::agree;
  const bool returned = stated.verdict == schema::ReviewVerdict::returned;
  if (agrees && proceeds) {
    lead.status = schema::LeadStatus::reviewed;
  } else if (returned || (!proceeds && !agrees)) {
    // A leader who does not share a decline asks for another analysis, as with a return.
    lead.status = schema::LeadStatus::classified;
    lead.analysis.reset();
  } else {
    close_lead(lead);
  }
}

void Books::on(const schema::LeadLeadingGroupDecided& stated, const Place& place) {
  event(schema::meta<schema::LeadLeadingGroupDecided>(), place.actor);
  LeadBook& lead = leads_.at(stated.lead_id);
  lead.status = schema::LeadStatus::decided;
  lead.project_id = stated.project_id;
  event(schema::meta<schema::ProjectNegotiationOpened>(), kSystem);
  ProjectBook& project = projects_[stated.project_id];
  project.unit_id = stated.unit_id;
  project.name = lead.report.investor_name;
  project.chain_id = lead.report.chain_id;
  project.amount = lead.report.amount;
  project.prefecture_led = true;
  project.set_at.fill(position_);
}

void Books::on(const schema::LeadDelegated& stated, const Place& place) {
  event(schema::meta<schema::LeadDelegated>(), place.actor);
  LeadBook& lead = leads_.at(stated.lead_id);
  lead.status = schema::LeadStatus::delegated;
  lead.following_unit = stated.unit_id;
}

void Books::on(const schema::LeadClosed& stated, const Place& place) {
  event(schema::meta<schema::LeadClosed>(), place.actor);
  leads_.at(stated.lead_id).status = schema::LeadStatus::closed;
}

void Books::close_lead(LeadBook& lead) {
  event(schema::meta<schema::LeadClosed>(), kSystem);
  lead.status = schema::LeadStatus::closed;
}

void Books::on(const schema::LeadCorrected& stated, const Place& place) {
  event(schema::meta<schema::LeadCorrected>(), place.actor);
  LeadBook& lead = leads_.at(stated.lead_id);
  lead.set_at[at(stated.field)] = position_;
  switch (stated.field) {
    case schema::LeadField::investor_name:
      lead.report.investor_name = becomes<schema::TextChange>(stated.change);
      break;
    case schema::LeadField::content:
      lead.report.content = becomes<schema::TextChange>(stated.change);
      break;
    case schema::LeadField::amount:
      lead.report.amount = becomes<schema::MoneyChange>(stated.change);
      break;
    case schema::LeadField::jobs:
      lead.report.jobs = becomes<schema::CountChange>(stated.change);
      break;
  }
}

}  // namespace silkledger::generator
