#include "domain/projects/evaluation.h"

#include <algorithm>
#include <utility>

#include "domain/checks.h"
#include "domain/projects/project_checks.h"
#include "domain/registry/reference.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;
using Status = EvaluationState::Status;

const Text kEvaluation{"评估", "evaluation"};

Objection is_open(const Checks& check, const EvaluationState& evaluation,
                  std::string_view evaluation_id) {
  if (auto no = check.exists(evaluation.exists(), kEvaluation, evaluation_id, "/evaluationId")) {
    return no;
  }
  if (!evaluation.concluded()) return {};
  return check.reject(
      Kind::wrong_state, "evaluation-concluded", "/evaluationId",
      {"该评估已有结论。", "This evaluation is concluded."},
      {"如需重新评估，请另行召开项目评估会。", "Convene another meeting to evaluate anew."});
}

// The unit or one below it: the county's promotion authority speaks for the county.
Objection invites(const Checks& check, const std::vector<std::string>& invited,
                  const std::string& unit_id, const Text& as) {
  const Reference& reference = check.context().reference;
  const bool found = std::any_of(invited.begin(), invited.end(), [&](const std::string& unit) {
    return reference.within(unit, unit_id);
  });
  if (found) return {};
  const Text unit = unit_label(check.context(), unit_id);
  return check.reject(
      Kind::invalid, "unit-not-invited", "/invited",
      {"受邀单位中没有" + as.zh + "：" + unit.zh + "。",
       "The " + as.en + ", " + unit.en + ", is not invited."},
      {"六类投资方的项目评估会须邀请链主单位和拟落地县市，请加上。",
       "For the six classes the chain-lead unit and the place that would receive the project are "
       "invited: add it."});
}

// Art. 9: a chain, and so the department that answers for it, is known before the meeting.
Objection check_chain(const Checks& check, const ProjectState& project,
                      const schema::EvaluationConvened& stated) {
  if (!project.chain_id) {
    return refuse(check.context(), Kind::wrong_state, "project-without-chain", "9",
                  {"项目尚未归入产业链，无法确定受邀的链主单位。",
                   "The project is in no chain, so there is no chain-lead unit to invite."},
                  {"请先将项目归入产业链。", "Assign a chain to the project first."}, "/projectId");
  }
  if (!project.prefecture_led) return {};
  const auto lead = check.context().reference.chain_lead(*project.chain_id, stated.held_on);
  if (!lead) {
    return refuse(check.context(), Kind::wrong_state, "chain-without-lead", "9",
                  {"产业链" + quoted_zh(*project.chain_id) + "在会议当日没有链主单位。",
                   "The chain " + quoted_en(*project.chain_id) +
                       " has no lead unit on the day of the meeting."},
                  {"请先为该产业链指定链主单位。", "Assign a lead unit to the chain first."},
                  "/projectId");
  }
  if (auto no = invites(check, stated.invited, *lead, {"链主单位", "chain-lead unit"})) return no;
  return invites(check, stated.invited, project.unit_id, {"承接单位", "receiving unit"});
}

// Art. 20, quorum of the rule set: every invited unit on every criterion.
Objection every_opinion_given(const Checks& check, const EvaluationState& evaluation) {
  const Context& context = check.context();
  if (!context.rules.evaluation_needs_every_opinion) return {};
  for (const std::string& unit_id : evaluation.invited) {
    for (const schema::CodeName& criterion : context.rules.criteria) {
      if (evaluation.has_opinion(unit_id, criterion.code)) continue;
      const Text unit = unit_label(context, unit_id);
      return check.reject(Kind::wrong_state, "opinions-missing", "/evaluationId",
                          {unit.zh + "尚未就" + quoted_zh(criterion.zh) + "发表意见。",
                           unit.en + " has given no opinion on " + quoted_en(criterion.en) + "."},
                          {"须全体受邀单位就每项评估要点发表意见（到会或书面）后才能作出结论。",
                           "Every invited unit gives its opinion on every criterion, there or in "
                           "writing, before the "
                           "meeting concludes."});
    }
  }
  return {};
}

void add_outcome(Decision& decision, const Checks& check, const EvaluationState& evaluation,
                 const ProjectState& project, const schema::EvaluationConcluded& stated) {
  const auto add = [&](schema::Event event) {
    decision.facts.push_back(by_system(check.fact(std::move(event))));
  };
  add(schema::ProjectEvaluated{evaluation.project_id, evaluation.evaluation_id, stated.verdict});
  if (stated.verdict == schema::EvaluationVerdict::pass) {
    // "尽快": a reminder, never a breach.
    const CivilDate remind_on{evaluation.held_on.days + check.context().rules.sign_reminder_days};
    add(schema::ProjectSigningUrged{evaluation.project_id, project.unit_id, remind_on});
  } else {
    add(schema::ProjectTerminated{evaluation.project_id, stated.reasons});
    add(schema::ProjectEnteredReserve{evaluation.project_id, stated.reasons});
  }
}

void on_convened(EvaluationState& state, schema::EvaluationConvened event) {
  state = EvaluationState();
  state.status = Status::convened;
  state.evaluation_id = std::move(event.evaluation_id);
  state.project_id = std::move(event.project_id);
  state.held_on = event.held_on;
  state.invited = std::move(event.invited);
}

}  // namespace

bool EvaluationState::is_invited(std::string_view unit_id) const {
  return std::find(invited.begin(), invited.end(), unit_id) != invited.end();
}

bool EvaluationState::has_opinion(std::string_view unit_id, std::string_view criterion) const {
  return std::any_of(opinions.begin(), opinions.end(), [&](const auto& opinion) {
    return opinion.first == unit_id && opinion.second == criterion;
  });
}

void evolve(EvaluationState& state, wire::Event::Reader event, const EventPlace&) {
  if (event.isEvaluationConvened()) {
    on_convened(state, schema::read(event.getEvaluationConvened()));
    return;
  }
  if (!state.exists()) return;  // nothing can follow on a meeting that was never called
  if (event.isEvaluationOpinionGiven()) {
    auto opinion = schema::read(event.getEvaluationOpinionGiven());
    state.opinions.emplace_back(std::move(opinion.unit_id), std::move(opinion.criterion));
  } else if (event.isEvaluationConcluded()) {
    const bool passed =
        event.getEvaluationConcluded().getVerdict() == wire::EvaluationVerdict::PASS;
    state.status = passed ? Status::passed : Status::failed;
  }
}

Result<Decision> decide(const schema::EvaluationConvened& stated, const Context& context) {
  const Checks check(context, "20");
  if (auto no = check.id_is_free(context.states.get<EvaluationState>(stated.evaluation_id).exists(),
                                 kEvaluation, stated.evaluation_id, "/evaluationId")) {
    return *no;
  }
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_negotiates(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = may_evaluate(check, project)) return *no;
  if (project.open_evaluation) {
    return check.reject(Kind::wrong_state, "evaluation-open", "/projectId",
                        {"项目已有正在进行的评估" + quoted_zh(*project.open_evaluation) + "。",
                         "The evaluation " + quoted_en(*project.open_evaluation) +
                             " of this project is not concluded."},
                        {"请先对其作出结论。", "Conclude that one first."});
  }
  if (auto no = check.invited(stated.invited, "/invited")) return *no;
  if (auto no = check_chain(check, project, stated)) return *no;
  if (auto no = check.words(stated.agenda, "/agenda")) return *no;
  Decision decision = only(check.fact(stated));
  decision.facts.push_back(by_system(
      check.fact(schema::ProjectEvaluationConvened{stated.project_id, stated.evaluation_id})));
  return decision;
}

Result<Decision> decide(const schema::EvaluationOpinionGiven& stated, const Context& context) {
  const Checks check(context, "20");
  const EvaluationState& evaluation = context.states.get<EvaluationState>(stated.evaluation_id);
  if (auto no = is_open(check, evaluation, stated.evaluation_id)) return *no;
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  if (auto no = project_goes_on(check, context.states.get<ProjectState>(evaluation.project_id),
                                evaluation.project_id, "/evaluationId")) {
    return *no;
  }
  if (!evaluation.is_invited(stated.unit_id)) {
    const Text unit = unit_label(context, stated.unit_id);
    return check.reject(
        Kind::invalid, "unit-not-invited", "/unitId",
        {unit.zh + "未受邀参加该评估会。", unit.en + " was not invited to this evaluation."},
        {"只有受邀单位发表意见。", "Only invited units give opinions."});
  }
  const auto& criteria = context.rules.criteria;
  const bool known = std::any_of(criteria.begin(), criteria.end(), [&](const auto& criterion) {
    return criterion.code == stated.criterion;
  });
  if (auto no = check.exists(known, {"评估要点", "criterion"}, stated.criterion, "/criterion")) {
    return *no;
  }
  if (evaluation.has_opinion(stated.unit_id, stated.criterion)) {
    return check.reject(
        Kind::wrong_state, "opinion-already-given", "/criterion",
        {"该单位已就此评估要点发表意见。", "This unit has given its opinion on this criterion."},
        {"请就其他评估要点发表意见。", "Give one on another criterion."});
  }
  if (auto no = check.words_if_stated(stated.text, "/text")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EvaluationConcluded& stated, const Context& context) {
  const Checks check(context, "20");
  const EvaluationState& evaluation = context.states.get<EvaluationState>(stated.evaluation_id);
  if (auto no = is_open(check, evaluation, stated.evaluation_id)) return *no;
  const ProjectState& project = context.states.get<ProjectState>(evaluation.project_id);
  if (auto no = may_evaluate(check, project)) return *no;
  if (auto no = project_negotiates(check, project, evaluation.project_id, "/evaluationId")) {
    return *no;
  }
  if (auto no = check.happened(evaluation.held_on, {"会议日期", "the day of the meeting"}, {})) {
    return *no;
  }
  if (auto no = every_opinion_given(check, evaluation)) return *no;
  if (auto no = check.words(stated.reasons, "/reasons")) return *no;
  Decision decision = only(check.fact(stated));
  add_outcome(decision, check, evaluation, project, stated);
  return decision;
}

}  // namespace silkledger::domain
