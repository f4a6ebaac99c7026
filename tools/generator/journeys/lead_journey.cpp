#include "tools/generator/journeys/lead_journey.h"

#include <utility>

#include "domain/schema/json/options.h"
#include "tools/generator/journeys/project_journey.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

using schema::AnalysisVerdict;
using schema::ReviewVerdict;

const ChainInPlay& drawn_chain(const Simulation& simulation, const Dice& dice) {
  const auto& chains = simulation.world().chains();
  return chains[static_cast<std::size_t>(
      dice.below("chain", static_cast<std::int64_t>(chains.size())))];
}

schema::InvestorOrigin drawn_origin(const Dice& dice) {
  const std::int64_t draw = dice.below("origin", 100);
  if (draw < 76) return schema::InvestorOrigin::outside_region;
  if (draw < 85) return schema::InvestorOrigin::region_outside_prefecture;
  if (draw < 90) return schema::InvestorOrigin::prefecture;
  return draw < 95 ? schema::InvestorOrigin::hong_kong_macao_taiwan
                   : schema::InvestorOrigin::foreign;
}

std::string drawn(const std::vector<std::string>& units, const Dice& dice,
                  std::string_view purpose) {
  return units[static_cast<std::size_t>(
      dice.below(purpose, static_cast<std::int64_t>(units.size())))];
}

}  // namespace

LeadJourney::LeadJourney(Simulation& simulation, LeadCourse course)
    : LeadJourney(simulation, std::move(course), simulation.next_id("L")) {}

LeadJourney::LeadJourney(Simulation& simulation, LeadCourse course, std::string id)
    : Journey(simulation, "lead/" + id, course.day, course.reporting_unit),
      id_(std::move(id)),
      course_(std::move(course)),
      chain_(&drawn_chain(simulation, dice_)) {
  if (course_.entered_days_later) {
    const CivilDate entry =
        working_day_from(sim_.calendar(), days_after(day_, *course_.entered_days_later));
    sim_.desk().at(office_time(entry, dice_, "entry"), [this] { report(); });
  } else {
    on_day(day_, [this] { report(); });
  }
}

void LeadJourney::report() {
  const World& world = sim_.world();
  const std::vector<std::string> counties = world.receiving(day_);
  report_.lead_id = id_;
  report_.investor_name = course_.investor.value_or(enterprise_name(dice_, *chain_->words));
  report_.origin = drawn_origin(dice_);
  const bool overseas = report_.origin == schema::InvestorOrigin::foreign ||
                        report_.origin == schema::InvestorOrigin::hong_kong_macao_taiwan;
  if (!overseas && dice_.percent("uscc", 70)) report_.uscc = made_up_uscc(sim_.next_uscc_serial());
  if (course_.uscc) report_.uscc = course_.uscc;
  report_.reporting_unit = course_.reporting_unit;
  const bool is_county = world.receives(course_.reporting_unit);
  // Art. 8: a seconded person finds leads for the branch bureau and for the home county alike.
  if (!is_county && dice_.percent("home", 50))
    report_.home_unit = drawn(counties, dice_, "home-unit");
  if (dice_.percent("has-chain", 85)) report_.chain_id = chain_->chain_id;
  report_.content = note(Note::lead_content, dice_, *chain_->words);
  if (dice_.percent("has-amount", 88)) report_.amount = drawn_amount(dice_, "amount");
  if (dice_.percent("has-jobs", 70))
    report_.jobs = drawn_jobs(dice_, "jobs", chain_->words->labour);
  if (is_county) {
    report_.intended_unit = course_.reporting_unit;
  } else if (dice_.percent("intended", 60)) {
    report_.intended_unit = drawn(counties, dice_, "intended-unit");
  }
  json::PlainText plain;
  if (dice_.percent("contact", 80)) report_.contact_name = plain.seal(person_name(dice_));
  if (report_.contact_name) report_.contact_phone = plain.seal(made_up_phone(dice_));
  sim_.send_for(course_.reporting_unit, report_, day_);
  if (course_.stays_reported) return;
  if (report_.amount && dice_.percent("mistaken", 3)) {
    later(2, [this] { correct_amount(); });
  } else if (!is_county && dice_.percent("form", 60)) {
    later(dice_.between("form-gap", 1, 5), [this] { file_form(); });
  } else {
    later(dice_.between("class-gap", 1, 6), [this] { classify(); });
  }
}

void LeadJourney::correct_amount() {
  const LeadBook& held = sim_.books().leads().at(id_);
  schema::Money becomes = *held.report.amount;
  becomes.fen += becomes.fen / 10 * 2 + 1'000'000;
  schema::LeadCorrected corrected{
      .lead_id = id_,
      .field = schema::LeadField::amount,
      .change = schema::MoneyChange{held.report.amount, becomes},
      .corrects = {held.set_at[static_cast<std::size_t>(schema::LeadField::amount)]},
      .reason = note(Note::correction_reason, dice_, *chain_->words),
      .basis = "企业来函（示例）"};
  report_.amount = becomes;
  sim_.send_for(course_.reporting_unit, std::move(corrected), day_);
  later(dice_.between("class-gap", 1, 6), [this] { classify(); });
}

void LeadJourney::file_form() {
  const Member* visitor = sim_.world().sender("file-lead-form", course_.reporting_unit, 0);
  schema::LeadFormFiled form{.lead_id = id_,
                             .form_no = "ZB-" + id_,
                             .visited_on = day_,
                             .place = visit_place(dice_),
                             .background = note(Note::background, dice_, *chain_->words),
                             .demands = note(Note::demands, dice_, *chain_->words),
                             .feasible = dice_.percent("feasible", 85),
                             .judgement = note(Note::judgement, dice_, *chain_->words)};
  if (visitor != nullptr) form.visitors.push_back(visitor->person_id);
  sim_.send_for(course_.reporting_unit, std::move(form), day_);
  later(dice_.between("class-gap", 1, 6), [this] { classify(); });
}

void LeadJourney::classify() {
  const World& world = sim_.world();
  const bool six = dice_.percent("six-classes", 24);
  schema::ClassifyLead classify{.lead_id = id_, .lead_class = world.other_class()};
  if (six) {
    const auto& classes = world.six_classes();
    classify.lead_class = drawn(classes, dice_, "class");
    if (dice_.percent("list", 85)) {
      classify.list = "示例榜单";
      classify.list_year = 2025;
      classify.evidence = "榜单网页截图（示例）";
    }
  }
  sim_.send_for_prefecture(std::move(classify), day_);
  if (six) {
    later(dice_.between("analysis-gap", 2, 7), [this] { analyse(false); });
  } else if (dice_.percent("delegated", 88)) {
    later(dice_.between("delegate-gap", 1, 5), [this] { delegate(); });
  } else if (dice_.percent("closed-early", 40)) {
    later(dice_.between("close-gap", 3, 15), [this] { close(""); });
  }
}

void LeadJourney::analyse(bool again) {
  const bool declines = !again && dice_.percent("declines", 15);
  const AnalysisVerdict verdict = declines ? AnalysisVerdict::decline : AnalysisVerdict::proceed;
  const Note why = declines ? Note::decline_reason : Note::proceed_reason;
  sim_.send_for_prefecture(
      schema::LeadAnalysisConcluded{id_, verdict, note(why, dice_, *chain_->words, again ? 1 : 0)},
      day_);
  if (declines && !sim_.world().rules().decline_needs_review) return;  // closed by the rules
  later(dice_.between("review-gap", 1, 5), [this, verdict, again] { review(verdict, again); });
}

void LeadJourney::review(AnalysisVerdict verdict, bool again) {
  const std::int64_t draw = dice_.below("review", 100);
  ReviewVerdict review = ReviewVerdict::agree;
  if (!again && draw < 6) review = ReviewVerdict::returned;
  if (!again && draw >= 6 && draw < 11) review = ReviewVerdict::disagree;
  // A leader who does not share the office's "no" asks for another analysis: rare, but it has to be
  // right.
  if (!again && verdict == AnalysisVerdict::decline && draw < 35) review = ReviewVerdict::disagree;
  schema::LeadLeaderReviewed reviewed{.lead_id = id_, .verdict = review};
  if (review != ReviewVerdict::agree) reviewed.reasons = "请补充论证（示例）。";
  sim_.send_for_prefecture(std::move(reviewed), day_);
  const schema::LeadStatus status = sim_.books().leads().at(id_).status;
  if (status == schema::LeadStatus::reviewed) {
    later(dice_.between("decision-gap", 3, 12), [this] { decide(); });
  } else if (status == schema::LeadStatus::classified) {
    later(dice_.between("again-gap", 2, 8), [this] { analyse(true); });
  }
}

std::string LeadJourney::placed_in() const {
  if (report_.intended_unit && dice_.percent("as-intended", 85)) return *report_.intended_unit;
  return drawn(sim_.world().receiving(day_), dice_, "placed");
}

void LeadJourney::decide() {
  const Member* leader = sim_.world().prefecture_sender("review-lead", dice_.raw("leader"));
  const std::string project_id = sim_.next_id("P");
  const std::string unit_id = placed_in();
  sim_.send_for_prefecture(schema::LeadLeadingGroupDecided{.lead_id = id_,
                                                           .responsible_leader = leader->person_id,
                                                           .meeting = "领导小组会议（示例）",
                                                           .project_id = project_id,
                                                           .unit_id = unit_id},
                           day_);
  sim_.start<ProjectJourney>(ProjectCourse{.project_id = project_id,
                                           .unit_id = unit_id,
                                           .chain = chain_,
                                           .has_chain = report_.chain_id.has_value(),
                                           .prefecture_led = true,
                                           .amount = report_.amount,
                                           .jobs = report_.jobs,
                                           .day = day_});
}

void LeadJourney::delegate() {
  const std::string unit_id = placed_in();
  schema::LeadDelegated delegated{.lead_id = id_, .unit_id = unit_id};
  if (dice_.percent("opinion", 50)) delegated.opinion = "请按属地原则跟踪洽谈。";
  sim_.send_for_prefecture(std::move(delegated), day_);
  const std::int64_t draw = dice_.below("followed", 100);
  if (draw < 24) {
    later(dice_.between("follow-gap", 3, 15), [this] { follow(); });
  } else if (draw < 50) {
    later(dice_.between("close-gap", 10, 45), [this, unit_id] { close(unit_id); });
  }
}

void LeadJourney::follow() {
  const LeadBook& lead = sim_.books().leads().at(id_);
  const std::string project_id = sim_.next_id("P");
  schema::ProjectNegotiationOpened opened{
      .project_id = project_id,
      .name = project_name(dice_, *chain_->words),
      .investor_name = report_.investor_name,
      .unit_id = *lead.following_unit,
      .lead_id = id_,
      .lead_class = *lead.lead_class,
      .chain_id = report_.chain_id,
      .content = note(Note::project_content, dice_, *chain_->words),
      .amount = report_.amount,
      .jobs = report_.jobs};
  const ProjectCourse course{.project_id = project_id,
                             .unit_id = opened.unit_id,
                             .chain = chain_,
                             .has_chain = report_.chain_id.has_value(),
                             .amount = report_.amount,
                             .jobs = report_.jobs,
                             .day = day_};
  sim_.send_for(course.unit_id, std::move(opened), day_);
  sim_.start<ProjectJourney>(course);
}

void LeadJourney::close(const std::string& unit_id) {
  schema::LeadClosed closed{id_, note(Note::close_reason, dice_, *chain_->words)};
  if (unit_id.empty()) {
    sim_.send_for_prefecture(std::move(closed), day_);
  } else {
    sim_.send_for(unit_id, std::move(closed), day_);
  }
}

}  // namespace silkledger::generator
