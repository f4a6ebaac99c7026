#include "tools/generator/journeys/landing_journeys.h"

#include <algorithm>
#include <utility>

#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

using schema::ItemDays;

const ChainWords& any_words() { return chain_words().front(); }

const schema::ApprovalItemDefined* item_of(const Simulation& simulation,
                                           const ApprovalCourse& course, const Dice& dice) {
  const auto& items = simulation.files().items;
  if (!course.item_id.empty()) {
    return &*std::ranges::find(items, course.item_id, &schema::ApprovalItemDefined::item_id);
  }
  return &items[static_cast<std::size_t>(
      dice.below("item", static_cast<std::int64_t>(items.size())))];
}

CivilDate end_of_month(CivilDate day) {
  const YearMonthDay date = year_month_day(day);
  const bool december = date.month == 12;
  return days_after(*civil_date({date.year + (december ? 1 : 0), december ? 1 : date.month + 1, 1}),
                    -1);
}

}  // namespace

// ---------------------------------------------------------------- approvals

ApprovalJourney::ApprovalJourney(Simulation& simulation, ApprovalCourse course)
    : ApprovalJourney(simulation, std::move(course), simulation.next_id("A")) {}

ApprovalJourney::ApprovalJourney(Simulation& simulation, ApprovalCourse course, std::string id)
    : Journey(simulation, "approval/" + id, course.day, course.unit_id),
      id_(std::move(id)),
      course_(std::move(course)),
      handling_unit_(simulation.world().handling_unit_of(course_.unit_id)),
      item_(item_of(simulation, course_, dice_)) {
  if (dice_.percent("by-the-county", 25)) handling_unit_ = course_.unit_id;
  on_day(day_, [this] { request(); });
}

void ApprovalJourney::request() {
  if (!sim_.books().projects().at(course_.project_id).on_board()) return;
  sim_.send_for(course_.unit_id,
                schema::ApprovalRequested{.approval_id = id_,
                                          .project_id = course_.project_id,
                                          .item_id = item_->item_id,
                                          .handling_unit = handling_unit_,
                                          .requested_on = day_},
                day_);
  if (dice_.percent("planned", 55)) {
    later(dice_.between("plan-gap", 0, 2), [this] { plan(); });
  } else if (dice_.percent("claimed", 92)) {
    later(dice_.between("claim-gap", 0, 4), [this] { claim(); });
  }
}

void ApprovalJourney::plan() {
  const CivilDate submit_by = sim_.calendar().add_working_days(day_, 6).day;
  sim_.send_for(course_.unit_id, schema::ApprovalPlanned{id_, submit_by}, day_);
  if (dice_.percent("claimed", 94)) {
    later(dice_.between("claim-gap", 0, 3), [this] { claim(); });
  }
}

void ApprovalJourney::claim() {
  const Member* agent =
      sim_.world().within_unit("claim-approval", handling_unit_, dice_.raw("agent"));
  if (agent == nullptr) return;  // the rules give this unit no agent
  sim_.send_by(agent, schema::ApprovalClaimed{id_, agent->person_id, day_}, day_);
  if (dice_.percent("submitted", 95)) {
    later(dice_.between("accept-gap", 1, 5), [this] { accept(); });
  }
}

void ApprovalJourney::accept() {
  const CivilDate submitted_on =
      std::max(course_.day, days_after(day_, -dice_.between("submitted", 0, 2)));
  sim_.send_for(handling_unit_, schema::AcceptApproval{id_, submitted_on, day_}, day_);
  const std::int64_t days = drawn_days();
  if (days >= 4 && dice_.percent("paused", 24)) {
    const std::int64_t before = dice_.between("before-pause", 1, days - 1);
    run(before, [this, days, before] { pause(days - before); });
  } else if (dice_.percent("decided", 93)) {
    run(days, [this] { decide(); });
  }
}

std::int64_t ApprovalJourney::drawn_days() {
  const std::int64_t statutory = item_->statutory_days.value_or(0);
  if (item_->days == ItemDays::instant) return 0;
  if (item_->days == ItemDays::none) return dice_.between("days", 1, 10);
  if (statutory < 2) return dice_.between("days", 0, 1);
  // Art. 23: 81 of 100 are decided within half the time.
  if (dice_.percent("within-half", 81)) return dice_.between("days", 1, statutory / 2);
  return dice_.between("days", statutory / 2 + 1, statutory + statutory / 2);
}

void ApprovalJourney::run(std::int64_t days, std::function<void()> step) {
  const bool calendar_days = item_->days == ItemDays::calendar;
  const DayUnit unit = calendar_days ? DayUnit::calendar : DayUnit::working;
  on_day(sim_.calendar().add_days(unit, day_, static_cast<std::int32_t>(days)).day,
         std::move(step));
}

void ApprovalJourney::pause(std::int64_t days_left) {
  sim_.send_for(handling_unit_,
                schema::ApprovalClockPaused{.approval_id = id_,
                                            .paused_on = day_,
                                            .reason = note(Note::pause_reason, dice_, any_words()),
                                            .legal_basis = "行政许可法第45条"},
                day_);
  if (dice_.percent("resumed", 80)) {
    run(dice_.between("pause", 3, 20), [this, days_left] { resume(days_left); });
  }
}

void ApprovalJourney::resume(std::int64_t days_left) {
  sim_.send_for(handling_unit_, schema::ApprovalClockResumed{id_, day_}, day_);
  run(days_left, [this] { decide(); });
}

void ApprovalJourney::decide() {
  if (dice_.percent("refused", 6)) {
    sim_.send_for(
        handling_unit_,
        schema::ApprovalRefused{id_, day_, note(Note::refusal_reason, dice_, any_words())}, day_);
    return;
  }
  schema::ApprovalGranted granted{.approval_id = id_, .decided_on = day_};
  if (dice_.percent("document", 80)) granted.document_no = "示例许〔2026〕" + id_.substr(2) + "号";
  sim_.send_for(handling_unit_, std::move(granted), day_);
}

// ---------------------------------------------------------------- funds

FundJourney::FundJourney(Simulation& simulation, FundCourse course)
    : FundJourney(simulation, std::move(course), simulation.next_id("F")) {}

FundJourney::FundJourney(Simulation& simulation, FundCourse course, std::string id)
    : Journey(simulation, "fund/" + id, course.paid_on, course.unit_id),
      id_(std::move(id)),
      course_(std::move(course)) {
  later(dice_.between("report-gap", 0, 2), [this] { report(); });
}

void FundJourney::report() {
  if (!sim_.books().projects().at(course_.project_id).on_board()) return;
  const std::int64_t origin = dice_.below("source", 100);
  schema::FundReported reported{
      .fund_id = id_,
      .project_id = course_.project_id,
      .amount_fen = course_.fen,
      .paid_on = course_.paid_on,
      .source = origin < 80   ? schema::FundSource::outside_region
                : origin < 96 ? schema::FundSource::inside_region
                              : schema::FundSource::foreign,
      .evidence = static_cast<schema::EvidenceKind>(dice_.below("evidence", 4)),
      .bank = "示例银行"};
  if (dice_.percent("voucher", 85)) reported.voucher_no = "SL-" + id_;
  sim_.send_for(course_.unit_id, std::move(reported), day_);
  if (dice_.percent("mistaken", 6)) {
    later(dice_.between("correct-gap", 1, 4), [this] { correct(); });
  } else if (dice_.percent("judged", 90)) {
    later(dice_.between("judge-gap", 3, 14), [this] { judge(); });
  }
}

void FundJourney::correct() {
  const FundBook& held = sim_.books().funds().at(id_);
  schema::FundCorrected corrected{
      .fund_id = id_,
      .field = schema::FundField::amount_fen,
      .change = schema::FenChange{held.reported_fen, held.reported_fen / 2 + 100},
      .corrects = {held.set_at[0]},
      .reason = note(Note::correction_reason, dice_, any_words()),
      .basis = "银行回单原件（示例）"};
  if (dice_.percent("day-mistaken", 30)) {
    corrected.field = schema::FundField::paid_on;
    corrected.change = schema::DateChange{held.paid_on, days_after(held.paid_on, -1)};
    corrected.corrects = {held.set_at[1]};
  }
  sim_.send_for(course_.unit_id, std::move(corrected), day_);
  later(dice_.between("judge-gap", 3, 14), [this] { judge(); });
}

void FundJourney::judge() {
  const std::int64_t draw = dice_.below("judge", 100);
  const std::int64_t reported = sim_.books().funds().at(id_).reported_fen;
  if (draw < 7) {
    sim_.send_for_prefecture(
        schema::FundRejected{id_, note(Note::fund_reject_reason, dice_, any_words())}, day_);
    return;
  }
  const std::int64_t verified = draw < 20 ? reported / 10 * dice_.between("share", 6, 9) : reported;
  sim_.send_for_prefecture(
      schema::FundVerified{id_, verified, note(Note::fund_basis, dice_, any_words())}, day_);
}

// ---------------------------------------------------------------- what follows on landing

void start_landing(Simulation& simulation, const Dice& dice, const std::string& project_id,
                   const std::string& unit_id, CivilDate day, std::int64_t agreed_fen) {
  constexpr std::int64_t kFenPerWan = 1'000'000;
  const std::int64_t percent = simulation.size().gaps_percent;
  const std::int64_t sums = dice.between("sums", 2, 7);
  for (std::int64_t i = 0; i < sums; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    const std::int64_t offset = (i * 32 + dice.between("sum-gap", 4, 30, index)) * percent / 100;
    CivilDate paid_on = days_after(day, offset);
    // Offices count by the month: sums crowd at its end.
    if (dice.percent("month-end", 50, index)) {
      const CivilDate end = days_after(end_of_month(paid_on), -dice.below("before-end", 4, index));
      paid_on = std::max(paid_on, end);
    }
    const std::int64_t share = agreed_fen / 1000 * dice.between("share", 30, 230, index);
    const std::int64_t fen = std::max(share - share % kFenPerWan, kFenPerWan);
    simulation.start<FundJourney>(FundCourse{project_id, unit_id, paid_on, fen});
  }
  const std::int64_t approvals = dice.between("approvals", 1, 5);
  for (std::int64_t i = 0; i < approvals; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    const std::int64_t offset =
        (i * 20 + dice.between("approval-gap", 1, 20, index)) * percent / 100;
    const CivilDate requested = working_day_from(simulation.calendar(), days_after(day, offset));
    simulation.start<ApprovalJourney>(ApprovalCourse{project_id, unit_id, requested, ""});
  }
}

}  // namespace silkledger::generator
