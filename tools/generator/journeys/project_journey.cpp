#include "tools/generator/journeys/project_journey.h"

#include <algorithm>
#include <utility>

#include "tools/generator/journeys/landing_journeys.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

using schema::Milestone;

// In the order of Step: names of the nodes and working days from one to the next in a plan.
constexpr std::array<std::string_view, 9> kNodes = {"实地考察", "商务洽谈", "项目评估",
                                                    "签订协议", "注册公司", "落实用地",
                                                    "开工建设", "设备安装", "竣工投产"};
constexpr std::array<std::int64_t, 9> kGaps = {5, 10, 12, 12, 15, 25, 30, 55, 40};

std::string node_id(std::size_t step) { return "n" + std::to_string(step + 1); }

std::int64_t drawn_pace(const Dice& dice, Temperament temperament) {
  switch (temperament) {
    case Temperament::punctual:
      return dice.between("pace", 55, 115);
    case Temperament::late:
      return dice.between("pace", 90, 170);
    case Temperament::careless:
      return dice.between("pace", 130, 320);
  }
  return 100;
}

}  // namespace

ProjectJourney::ProjectJourney(Simulation& simulation, ProjectCourse course)
    : Journey(simulation, "project/" + course.project_id, course.day, course.unit_id),
      course_(std::move(course)) {
  pace_ = course_.agreements.empty() ? drawn_pace(dice_, temperament_) : 100;
  if (!course_.has_chain) {
    later(dice_.between("chain-gap", 1, 3), [this] { assign_chain(); });
  } else if (!course_.agreements.empty() || dice_.percent("planned", 84)) {
    later(dice_.between("plan-gap", 1, 8), [this] { set_plan(); });
  } else {
    go(Step::contact);
  }
}

bool ProjectJourney::ended() const {
  return !sim_.books().projects().at(course_.project_id).on_board();
}

void ProjectJourney::assign_chain() {
  sim_.send_for(course_.unit_id,
                schema::ProjectChainAssigned{course_.project_id, course_.chain->chain_id}, day_);
  later(dice_.between("plan-gap", 1, 6), [this] { set_plan(); });
}

void ProjectJourney::set_plan() {
  schema::ProjectPlanSet plan{.project_id = course_.project_id};
  CivilDate day = day_;
  for (std::size_t i = 0; i < kSteps; ++i) {
    day = sim_.calendar().add_working_days(day, static_cast<std::int32_t>(scaled(kGaps[i]))).day;
    planned_on_[i] = day;
    schema::PlanNode node{.node_id = node_id(i), .name = std::string(kNodes[i]), .planned_on = day};
    if (i > 3) node.unit_id = course_.unit_id;
    plan.nodes.push_back(std::move(node));
  }
  planned_ = true;
  sim_.send_for(course_.unit_id, std::move(plan), day_);
  if (course_.project_id.back() == '7') {
    later(1, [this] { correct_name(); });
  } else {
    go(Step::contact);
  }
}

// The decision names a project by its investor; now it gets a name of its own.
void ProjectJourney::correct_name() {
  const ProjectBook& held = sim_.books().projects().at(course_.project_id);
  const std::string name = project_name(dice_, *course_.chain->words);
  const auto field = static_cast<std::size_t>(schema::ProjectField::name);
  if (held.name != name) {
    sim_.send_for(course_.unit_id,
                  schema::ProjectCorrected{.project_id = course_.project_id,
                                           .field = schema::ProjectField::name,
                                           .change = schema::TextChange{held.name, name},
                                           .corrects = {held.set_at[field]},
                                           .reason = "项目定名。",
                                           .basis = "洽谈纪要（示例）"},
                  day_);
  }
  go(Step::contact);
}

void ProjectJourney::go(Step step) {
  if (ended()) return;
  const auto index = static_cast<std::size_t>(step);
  if (dice_.percent("stuck", temperament_ == Temperament::careless ? 12 : 4, index)) {
    if (course_.agreements.empty()) return;  // nobody does anything any more
  }
  later(kGaps[index] * pace_ / 100, [this, step] { perform(step); });
  if (planned_ && days_after(planned_on_[index], 8) < day_) maybe_slip(step);
}

void ProjectJourney::maybe_slip(Step step) {
  const auto index = static_cast<std::size_t>(step);
  if (!dice_.percent("slips", 40, index)) return;
  const CivilDate noticed = working_day_from(sim_.calendar(), days_after(planned_on_[index], 5));
  const CivilDate becomes = days_after(day_, dice_.between("slip", -3, 6, index));
  const Instant moment = office_time(noticed, dice_, "slip-time", index);
  if (moment < sim_.desk().now() || becomes <= noticed) return;
  sim_.desk().at(moment, [this, index, becomes] {
    const ProjectBook& project = sim_.books().projects().at(course_.project_id);
    if (!project.on_board() || project.nodes[index].reached ||
        project.nodes[index].planned_on == becomes) {
      return;
    }
    sim_.send_for(
        course_.unit_id,
        schema::ProjectNodeSlipped{course_.project_id, node_id(index), becomes,
                                   note(Note::slip_reason, dice_, *course_.chain->words, index)},
        sim_.desk().today());
  });
}

void ProjectJourney::reached(Step step) {
  const auto index = static_cast<std::size_t>(step);
  if (!planned_) return;
  schema::ProjectNodeReached node{
      .project_id = course_.project_id, .node_id = node_id(index), .reached_on = day_};
  if (dice_.percent("evidence", 70, index)) node.evidence = "现场照片（示例）";
  sim_.send_for(course_.unit_id, std::move(node), day_);
}

void ProjectJourney::take_note() {
  const std::uint64_t line = sim_.books().lines();
  sim_.send_for(
      course_.unit_id,
      schema::ProjectNegotiationNoted{course_.project_id,
                                      note(Note::negotiation, dice_, *course_.chain->words, line)},
      day_);
}

void ProjectJourney::perform(Step step) {
  if (ended()) return;
  const bool planted = !course_.agreements.empty();
  switch (step) {
    case Step::contact:
      take_note();
      reached(step);
      if (planted && !course_.prefecture_led) {
        sign();
        return;
      }
      return go(Step::negotiate);
    case Step::negotiate:
      take_note();
      reached(step);
      if (!planted && dice_.percent("falls-through", 9)) {
        return later(dice_.between("end-gap", 4, 25), [this] { terminate(); });
      }
      if (course_.prefecture_led || dice_.percent("county-evaluates", 30))
        return go(Step::evaluate);
      if (dice_.percent("framework", 18)) {
        return later(dice_.between("framework-gap", 3, 10), [this] { sign_framework(); });
      }
      return go(Step::sign);
    case Step::evaluate:
      return convene();
    case Step::sign:
      return sign();
    case Step::registered:
      milestone(Milestone::company_registered);
      reached(step);
      return go(Step::land);
    case Step::land:
      milestone(Milestone::land_secured);
      reached(step);
      return go(Step::construction);
    case Step::construction:
      milestone(Milestone::construction_started);
      reached(step);
      return go(Step::equipment);
    case Step::equipment:
      reached(step);
      return go(Step::production);
    case Step::production:
      milestone(Milestone::production_started);
      return reached(step);
  }
}

void ProjectJourney::milestone(Milestone milestone) {
  schema::ProjectMilestoneReached reached{
      .project_id = course_.project_id, .milestone = milestone, .reached_on = day_};
  if (milestone == Milestone::construction_started) reached.evidence = "施工许可证（示例）";
  sim_.send_for(course_.unit_id, std::move(reached), day_);
}

void ProjectJourney::terminate() {
  if (ended()) return;
  sim_.send_for(course_.unit_id,
                schema::ProjectTerminated{course_.project_id, note(Note::termination_reason, dice_,
                                                                   *course_.chain->words)},
                day_);
}

// ---------------------------------------------------------------- evaluation (Art. 20)

void ProjectJourney::convene() {
  const std::string evaluation_id = sim_.next_id("E");
  const auto days =
      static_cast<std::int32_t>(std::max<std::int64_t>(scaled(dice_.between("meeting", 2, 7)), 0));
  const CivilDate held_on = sim_.calendar().add_working_days(day_, days).day;
  std::vector<std::string> invited{course_.unit_id};
  if (course_.prefecture_led || dice_.percent("chain-invited", 30)) {
    invited.insert(invited.begin(), course_.chain->lead_unit);
  }
  schema::EvaluationConvened convened{.evaluation_id = evaluation_id,
                                      .project_id = course_.project_id,
                                      .held_on = held_on,
                                      .agenda = "项目评估会（示例）",
                                      .invited = invited};
  if (course_.prefecture_led) {
    sim_.send_for_prefecture(std::move(convened), day_);
  } else {
    sim_.send_for(course_.unit_id, std::move(convened), day_);
  }
  on_day(held_on,
         [this, evaluation_id, held_on, invited] { hold(evaluation_id, held_on, invited); });
}

// Opinions one after the other, a minute apart, then the conclusion.
void ProjectJourney::hold(const std::string& evaluation_id, CivilDate held_on,
                          const std::vector<std::string>& invited) {
  constexpr std::int64_t kApart = 60 * kMicrosPerSecond;
  std::int64_t moment = sim_.desk().now().us;
  std::uint64_t index = 0;
  for (const std::string& unit_id : invited) {
    for (const schema::CodeName& criterion : sim_.world().rules().criteria) {
      const std::int64_t draw = dice_.below("opinion", 100, ++index);
      schema::EvaluationOpinionGiven opinion{.evaluation_id = evaluation_id,
                                             .unit_id = unit_id,
                                             .criterion = criterion.code,
                                             .verdict = draw < 74 ? schema::OpinionVerdict::support
                                                        : draw < 93
                                                            ? schema::OpinionVerdict::conditional
                                                            : schema::OpinionVerdict::oppose};
      if (opinion.verdict != schema::OpinionVerdict::support) {
        opinion.text = note(Note::opinion, dice_, *course_.chain->words, index);
      }
      sim_.desk().at({moment += kApart}, [this, opinion, held_on] {
        if (!ended()) sim_.send_for(opinion.unit_id, opinion, held_on);
      });
    }
  }
  sim_.desk().at({moment + 5 * kApart}, [this, evaluation_id] { conclude(evaluation_id); });
}

void ProjectJourney::conclude(const std::string& evaluation_id) {
  if (ended()) return;
  const bool planted = !course_.agreements.empty();
  const bool fails = !planted && dice_.percent("fails", course_.prefecture_led ? 22 : 12);
  const schema::EvaluationConcluded concluded{
      .evaluation_id = evaluation_id,
      .verdict = fails ? schema::EvaluationVerdict::fail : schema::EvaluationVerdict::pass,
      .reasons = note(fails ? Note::evaluation_fail : Note::evaluation_pass, dice_,
                      *course_.chain->words)};
  if (course_.prefecture_led) {
    sim_.send_for_prefecture(concluded, day_);
  } else {
    sim_.send_for(course_.unit_id, concluded, day_);
  }
  if (fails) return;  // ended by the rules, in reserve
  reached(Step::evaluate);
  go(Step::sign);
}

// ---------------------------------------------------------------- contract (Art. 22)

void ProjectJourney::sign_framework() {
  if (ended()) return;
  const schema::Money amount = course_.amount.value_or(drawn_amount(dice_, "framework-amount"));
  sim_.send_for(course_.unit_id,
                schema::ContractSigned{.contract_id = sim_.next_id("C"),
                                       .project_id = course_.project_id,
                                       .kind = schema::ContractKind::framework,
                                       .signed_on = day_,
                                       .amount = {amount.fen * 2, schema::Qualifier::about}},
                day_);
  go(Step::sign);
}

void ProjectJourney::sign() {
  if (!course_.agreements.empty()) {
    const auto& [fen, jobs] = course_.agreements.front();
    sign_for({fen, schema::Qualifier::exact}, schema::Count{jobs, schema::Qualifier::exact});
    return;
  }
  schema::Money amount = course_.amount.value_or(drawn_amount(dice_, "agreement"));
  amount.fen = amount.fen / 100 * dice_.between("agreed-share", 80, 120);
  if (dice_.percent("exact", 90)) amount.qualifier = schema::Qualifier::exact;
  std::optional<schema::Count> jobs = course_.jobs;
  if (!jobs && dice_.percent("jobs-promised", 70)) {
    jobs = drawn_jobs(dice_, "promised", course_.chain->words->labour);
  }
  sign_for(amount, jobs);
}

void ProjectJourney::sign_for(schema::Money amount, std::optional<schema::Count> jobs) {
  contract_id_ = sim_.next_id("C");
  agreed_ = amount;
  const schema::Money fixed{amount.fen / 100 * dice_.between("fixed-share", 60, 95),
                            amount.qualifier};
  sim_.send_for(course_.unit_id,
                schema::ContractSigned{.contract_id = contract_id_,
                                       .project_id = course_.project_id,
                                       .kind = schema::ContractKind::formal,
                                       .signed_on = day_,
                                       .amount = amount,
                                       .fixed_assets = fixed,
                                       .jobs = jobs},
                day_);
  reached(Step::sign);
  after_signing();
}

void ProjectJourney::after_signing() {
  if (course_.agreements.size() > 1) {
    later(2, [this] { amend(1); });
    return;
  }
  if (course_.agreements.empty()) {
    start_landing(sim_, dice_, course_.project_id, course_.unit_id, day_, agreed_.fen);
    if (dice_.percent("amended", 18)) {
      return later(dice_.between("amend-gap", 6, 30), [this] { amend_somehow(); });
    }
    if (dice_.percent("contract-mistaken", 5)) {
      return later(dice_.between("correct-gap", 1, 6), [this] { correct_contract(); });
    }
  }
  if (!course_.agreements.empty() || dice_.percent("performs", 95)) return go(Step::registered);
  later(dice_.between("end-gap", 20, 60), [this] { terminate(); });
}

void ProjectJourney::amend(std::size_t index) {
  const auto& [fen, jobs] = course_.agreements[index];
  sim_.send_for(course_.unit_id,
                schema::ContractAmended{
                    .contract_id = contract_id_,
                    .amended_on = day_,
                    .amount = {fen, schema::Qualifier::exact},
                    .jobs = schema::Count{jobs, schema::Qualifier::exact},
                    .reason = note(Note::amendment_reason, dice_, *course_.chain->words, index)},
                day_);
  if (index + 1 < course_.agreements.size()) {
    later(2, [this, index] { amend(index + 1); });
  } else {
    go(Step::registered);
  }
}

void ProjectJourney::amend_somehow() {
  if (ended()) return;
  const bool up = dice_.percent("amended-up", 60);
  const std::int64_t percent = up ? dice_.between("up", 120, 260) : dice_.between("down", 30, 85);
  schema::ContractAmended amended{
      .contract_id = contract_id_,
      .amended_on = day_,
      .amount = {agreed_.fen / 100 * percent, agreed_.qualifier},
      .reason = note(Note::amendment_reason, dice_, *course_.chain->words)};
  sim_.send_for(course_.unit_id, std::move(amended), day_);
  go(Step::registered);
}

void ProjectJourney::correct_contract() {
  if (ended()) return;
  const ContractBook& held = sim_.books().contracts().at(contract_id_);
  schema::Money becomes = held.amount;
  becomes.fen += 5'000'000'000;  // 5000 万元 forgotten
  sim_.send_for(course_.unit_id,
                schema::ContractCorrected{
                    .contract_id = contract_id_,
                    .field = schema::ContractField::amount,
                    .change = schema::MoneyChange{held.amount, becomes},
                    .corrects = {held.set_at[0]},
                    .reason = note(Note::correction_reason, dice_, *course_.chain->words),
                    .basis = "协议原件（示例）"},
                day_);
  go(Step::registered);
}

}  // namespace silkledger::generator
