// How a project begins, is negotiated and ends, and how what is known of it is put right.
#include <utility>

#include "domain/checks.h"
#include "domain/corrections.h"
#include "domain/leads/lead.h"
#include "domain/projects/project.h"
#include "domain/projects/project_checks.h"
#include "domain/registry/reference.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;

const Text kProject{"项目", "project"};
constexpr std::size_t kMostNameBytes = 512;      // as in the schema
constexpr std::size_t kMostContentBytes = 4096;  // as in the schema

// Art. 19: a lead that its following unit may turn into a project of its own.
Objection check_lead(const Checks& check, const schema::ProjectNegotiationOpened& stated,
                     const LeadState& lead) {
  if (auto no = check.exists(lead.exists(), {"线索", "lead"}, *stated.lead_id, "/leadId"))
    return no;
  if (lead.project_id) {
    return check.reject(Kind::wrong_state, "lead-has-a-project", "/leadId",
                        {"该线索已转入项目" + quoted_zh(*lead.project_id) + "。",
                         "The lead became the project " + quoted_en(*lead.project_id) + "."},
                        {"请在该项目上办理。", "Go on with that project."});
  }
  if (lead.status != LeadState::Status::delegated || !lead.following_unit) {
    return check.reject(
        Kind::wrong_state, "lead-not-delegated", "/leadId",
        {"该线索尚未交办，也未经领导小组确定，不能启动洽谈。",
         "The lead was neither delegated nor decided on by the leading group; no negotiation may "
         "begin."},
        {"请先由领导小组办公室分类并交办；六类投资方的线索由领导小组确定后自动启动。",
         "Let the office classify and delegate it first; a lead of the six classes opens by the "
         "leading group's decision."});
  }
  if (auto no = check.own_unit(*lead.following_unit)) return no;
  if (lead.lead_class != stated.lead_class) {
    return check.reject(
        Kind::invalid, "class-differs-from-lead", "/leadClass",
        {"所填投资方类别与线索的类别" + quoted_zh(lead.lead_class.value_or("")) + "不一致。",
         "The class is not that of the lead, " + quoted_en(lead.lead_class.value_or("")) + "."},
        {"请与线索保持一致。", "State the class of the lead."});
  }
  return {};
}

// A county that follows a lead negotiates for itself; a branch bureau or a department that follows
// one finds a place for it.
Objection check_place(const Checks& check, const schema::ProjectNegotiationOpened& stated,
                      const LeadState& lead) {
  if (auto no = check.unit_receives(stated.unit_id, "/unitId")) return no;
  if (stated.unit_id == *lead.following_unit) return {};
  if (check.unit_receives(*lead.following_unit, "/unitId")) return {};
  const Text following = unit_label(check.context(), *lead.following_unit);
  return check.reject(
      Kind::invalid, "not-the-following-unit", "/unitId",
      {"该线索由" + following.zh + "跟踪，承接单位应为该单位。",
       "The lead is followed by " + following.en + ", which therefore manages the project."},
      {"请填写该单位，或由领导小组办公室重新交办。",
       "Name that unit, or have the office delegate the lead anew."});
}

Objection check_class(const Checks& check, const schema::ProjectNegotiationOpened& stated) {
  const Context& context = check.context();
  const schema::LeadClass* lead_class =
      context.reference.lead_class(context.rules, stated.lead_class);
  if (auto no = check.exists(lead_class != nullptr, {"投资方类别", "lead class"}, stated.lead_class,
                             "/leadClass")) {
    return no;
  }
  if (lead_class->prefecture_decides || stated.prefecture_led) {
    return check.reject(
        Kind::wrong_state, "prefecture-decides-first",
        lead_class->prefecture_decides ? "/leadClass" : "/prefectureLed",
        {"六类投资方的项目须经综合研判、分管领导审核、领导小组研究确定后，由地区统筹洽谈。",
         "A project of the six classes is negotiated by the prefecture, after analysis, review and "
         "a "
         "decision of the leading group."},
        {"请先上报线索并按程序办理；领导小组确定后项目自动建立。",
         "Report a lead and take it through the procedure; the leading group's decision opens the "
         "project."});
  }
  return {};
}

}  // namespace

Result<Decision> decide(const schema::ProjectNegotiationOpened& stated, const Context& context) {
  const Checks check(context, "19");
  if (auto no = check.id_is_free(context.states.get<ProjectState>(stated.project_id).exists(),
                                 kProject, stated.project_id, "/projectId")) {
    return *no;
  }
  const LeadState* lead =
      stated.lead_id ? &context.states.get<LeadState>(*stated.lead_id) : nullptr;
  if (lead != nullptr) {
    if (auto no = check_lead(check, stated, *lead)) return *no;
    if (auto no = check_place(check, stated, *lead)) return *no;
  } else {
    if (auto no = check.unit_receives(stated.unit_id, "/unitId")) return *no;
    if (auto no = check.own_unit(stated.unit_id)) return *no;
  }
  if (auto no = check_class(check, stated)) return *no;
  if (stated.chain_id) {
    if (auto no = check.chain_exists(*stated.chain_id, "/chainId")) return *no;
  }
  if (stated.responsible_leader) {
    if (auto no = check.person_known(*stated.responsible_leader, "/responsibleLeader")) return *no;
  }
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = check.name(stated.investor_name, "/investorName")) return *no;
  if (auto no = check.words(stated.content, "/content")) return *no;
  Decision decision = only(check.fact(stated));
  if (lead != nullptr) {
    decision.facts.push_back(
        by_system(check.fact(schema::LeadNegotiationOpened{*stated.lead_id, stated.project_id})));
  }
  return decision;
}

Result<Decision> decide(const schema::ProjectChainAssigned& stated, const Context& context) {
  const Checks check(context, "9");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = check.chain_exists(stated.chain_id, "/chainId")) return *no;
  if (project.chain_id == stated.chain_id) {
    return check.reject(Kind::wrong_state, "already-in-chain", "/chainId",
                        {"项目已归入该产业链。", "The project is in this chain already."},
                        {"如需调整，请选择其他产业链。", "Choose another chain to move it."});
  }
  if (project.open_evaluation) {
    return check.reject(Kind::wrong_state, "evaluation-open", "/projectId",
                        {"项目正在评估，受邀链主单位按原产业链确定，不能调整。",
                         "The project is being evaluated with the lead unit of its chain invited."},
                        {"请在评估办结后调整。", "Move it once the evaluation is concluded."});
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectNegotiationNoted& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = check.words(stated.note, "/note")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectTerminated& stated, const Context& context) {
  const Checks check(context, "20");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectOpeningRecorded& stated, const Context& context) {
  // What began before the ledger is recorded as its source states it: no rule of the regulation is
  // applied, and the unit may have been founded since.
  const Checks check(context, "21");
  if (auto no = check.id_is_free(context.states.get<ProjectState>(stated.project_id).exists(),
                                 kProject, stated.project_id, "/projectId")) {
    return *no;
  }
  if (auto no = check.exists(context.reference.unit(stated.unit_id) != nullptr, {"单位", "unit"},
                             stated.unit_id, "/unitId")) {
    return *no;
  }
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectCorrected& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = check.exists(project.exists(), kProject, stated.project_id, "/projectId")) {
    return *no;
  }
  if (auto no = check.own_unit(project.unit_id)) return *no;
  const auto index = static_cast<std::size_t>(stated.field);
  const Correction correction =
      correction_of(stated, index < project.set_at.size() ? project.set_at[index] : 0);
  Objection no;
  switch (stated.field) {
    case schema::ProjectField::name:
      no = check_correction(check, correction, project.name, TextKind::name, kMostNameBytes);
      break;
    case schema::ProjectField::investor_name:
      no = check_correction(check, correction, project.investor_name, TextKind::name,
                            kMostNameBytes);
      break;
    case schema::ProjectField::content:
      no = check_correction(check, correction, project.content, TextKind::free_text,
                            kMostContentBytes);
      break;
    case schema::ProjectField::amount:
      no = check_correction(check, correction, project.amount);
      break;
    case schema::ProjectField::jobs:
      no = check_correction(check, correction, project.jobs);
      break;
  }
  if (no) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
