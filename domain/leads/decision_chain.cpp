// Art. 19, the six classes: the office analyses, the leader in charge reviews, the leading group
// decides.
#include <utility>

#include "domain/checks.h"
#include "domain/leads/lead.h"
#include "domain/leads/lead_checks.h"
#include "domain/projects/project.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;
using Status = LeadState::Status;

// Art. 19: a negative end that the rules draw from a recorded conclusion.
Fact closed_by_rule(const LeadState& lead, std::string reason, const Checks& check) {
  return by_system(check.fact(schema::LeadClosed{lead.lead_id, std::move(reason)}));
}

schema::ProjectNegotiationOpened project_from(const LeadState& lead,
                                              const schema::LeadLeadingGroupDecided& stated) {
  return {.project_id = stated.project_id,
          .name = lead.investor_name,  // until somebody names the project
          .investor_name = lead.investor_name,
          .unit_id = stated.unit_id,
          .lead_id = lead.lead_id,
          .lead_class = lead.lead_class.value_or(""),
          .chain_id = lead.chain_id,
          .content = lead.content,
          .amount = lead.amount,
          .jobs = lead.jobs,
          .responsible_leader = stated.responsible_leader,
          .prefecture_led = true};
}

}  // namespace

Result<Decision> decide(const schema::LeadAnalysisConcluded& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (lead.status != Status::classified) {
    return wrong_stage(check, lead, "lead-not-to-be-analysed",
                       {"请先分类；已研判的线索须经退回后重新研判。",
                        "Classify it first; a lead is analysed again only when it was returned."});
  }
  if (!lead.prefecture_decides) {
    return check.reject(Kind::wrong_state, "lead-not-of-the-six-classes", "/leadId",
                        {"该线索不属于六类投资方，由县市自行跟踪洽谈，不作综合研判。",
                         "The lead is not of the six classes: a county follows it up by itself."},
                        {"请交办；分类有误的，请重新分类。",
                         "Delegate it, or classify it anew if the class is wrong."});
  }
  if (auto no = check.words(stated.reasons, "/reasons")) return *no;
  Decision decision = only(check.fact(stated));
  if (stated.verdict == schema::AnalysisVerdict::decline && !context.rules.decline_needs_review) {
    decision.facts.push_back(closed_by_rule(lead, stated.reasons, check));
  }
  return decision;
}

Result<Decision> decide(const schema::LeadLeaderReviewed& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (lead.status != Status::analysed) {
    return wrong_stage(check, lead, "lead-not-to-be-reviewed",
                       {"请先综合研判，再报分管领导审核。",
                        "Let the office conclude its analysis, then have it reviewed."});
  }
  if (auto no = check.words_if_stated(stated.reasons, "/reasons")) return *no;
  Decision decision = only(check.fact(stated));
  const bool proceeds = lead.analysis == schema::AnalysisVerdict::proceed;
  if (!proceeds && stated.verdict == schema::ReviewVerdict::agree) {
    decision.facts.push_back(
        closed_by_rule(lead, stated.reasons.value_or("分管领导同意不予洽谈"), check));
  }
  if (proceeds && stated.verdict == schema::ReviewVerdict::disagree) {
    decision.facts.push_back(
        closed_by_rule(lead, stated.reasons.value_or("分管领导不同意洽谈"), check));
  }
  return decision;
}

Result<Decision> decide(const schema::LeadLeadingGroupDecided& stated, const Context& context) {
  const Checks check(context, "19");
  const LeadState& lead = context.states.get<LeadState>(stated.lead_id);
  if (auto no = lead_exists(check, lead, stated.lead_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  // Reviewed means agreed, and a decline that was agreed with is closed.
  if (lead.status != Status::reviewed) {
    return wrong_stage(
        check, lead, "lead-not-to-be-decided",
        {"请先综合研判为可以洽谈，并经分管领导审核同意。",
         "It must be analysed as open to negotiation and the leader must have agreed."});
  }
  if (auto no = check.person_known(stated.responsible_leader, "/responsibleLeader")) return *no;
  if (auto no = check.words(stated.meeting, "/meeting")) return *no;
  if (auto no = check.unit_receives(stated.unit_id, "/unitId")) return *no;
  if (auto no = check.id_is_free(context.states.get<ProjectState>(stated.project_id).exists(),
                                 {"项目", "project"}, stated.project_id, "/projectId")) {
    return *no;
  }
  Decision decision = only(check.fact(stated));
  decision.facts.push_back(by_system(check.fact(project_from(lead, stated))));
  return decision;
}

}  // namespace silkledger::domain
