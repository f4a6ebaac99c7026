// Weekly and half-monthly reports (Art. 19, 22): most units report on the due day, some late, some
// not at all, and the office returns a few.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "tools/generator/simulation.h"

namespace silkledger::generator {
namespace {

constexpr std::int64_t kAfterDay = 8 * kMicrosPerSecond;  // behind the day's beginning

constexpr std::int64_t kReturned = 2;     // the number of a report that the office returns

class Reports final : public std::enable_shared_from_this<Reports> {
 public:
  explicit Reports(Simulation& simulation) : sim_(simulation), dice_(simulation.dice("reports")) {}

  void schedule() {
    const Size& size = sim_.size();
    for (CivilDate day = size.first; day <= size.last; ++day.days) {
      sim_.desk().at({beijing_midnight(day).us + kAfterDay},
                     [self = shared_from_this(), day] { self->begin(day); });
    }
  }

 private:
  using Duty = std::pair<std::string, DutyBook>;

  // What fell due yesterday and did not come has lapsed; what the day brought is planned.
  void begin(CivilDate day) {
    std::vector<Duty> lapsed;
    std::vector<Duty> brought;
    for (const auto& [duty_id, duty] : sim_.books().duties()) {
      if (duty.status != schema::DutyStatus::open) continue;
      if (duty.due_on.days + 1 == day.days) lapsed.emplace_back(duty_id, duty);
      if (planned_.insert(duty_id).second) brought.emplace_back(duty_id, duty);
    }
    for (const Duty& duty : lapsed) lapse(duty, day);
    for (const Duty& duty : brought) plan(duty);
  }

  void lapse(const Duty& duty, CivilDate day) {
    const auto& [duty_id, book] = duty;
    Letter letter{.principal = "system", .occurred_on = day, .command_id = "lapse-" + duty_id};
    if (book.kind == schema::DutyKind::weekly_report) {
      letter.command = schema::WeeklyReportLapsed{book.unit_id, book.period_begins, book.due_on};
    } else {
      letter.command =
          schema::HalfMonthReportLapsed{book.project_id, book.period_begins, book.due_on};
    }
    sim_.desk().send(std::move(letter));
  }

  void plan(const Duty& duty) {
    const std::string& duty_id = duty.first;
    // A unit that does not take part in this size has nobody to report.
    const char* command = duty.second.kind == schema::DutyKind::weekly_report
                              ? "submit-weekly-report"
                              : "submit-half-month-report";
    if (sim_.world().within_unit(command, duty.second.unit_id, 0) == nullptr) return;
    const std::int64_t draw = dice_.below(duty_id, 100);
    const std::int64_t number = ++planned_of_[duty.second.kind];
    // However little is drawn in a small size: one half month lapses, and one report of each kind
    // is returned.
    const bool first_half = number == 1 && duty.second.kind == schema::DutyKind::half_month_report;
    if (draw < 6 || first_half) return;  // never
    const bool late = draw < 16;
    const CivilDate day = working_day_from(
        sim_.calendar(), days_after(duty.second.due_on, late ? 1 + dice_.below(duty_id, 4, 1) : 0));
    const CivilDate on = late ? day : duty.second.due_on;
    at(on, duty_id, 2, [this, duty] { submit(duty); });
    if (number != kReturned && dice_.below(duty_id, 100, 3) >= 2) return;
    const CivilDate returned = working_day_from(sim_.calendar(), days_after(on, 1));
    at(returned, duty_id, 4, [this, duty] { send_back(duty); });
    const CivilDate again = working_day_from(sim_.calendar(), days_after(returned, 1));
    at(again, duty_id, 5, [this, duty] { submit(duty); });
  }

  void at(CivilDate day, const std::string& duty_id, std::uint64_t index,
          std::function<void()> act) {
    sim_.desk().at(office_time(day, dice_, duty_id, index),
                   [self = shared_from_this(), act = std::move(act)] { act(); });
  }

  bool has_come(const std::string& duty_id) const {
    const schema::DutyStatus status = sim_.books().duties().at(duty_id).status;
    return status == schema::DutyStatus::met || status == schema::DutyStatus::met_late;
  }

  void submit(const Duty& duty) {
    if (has_come(duty.first)) return;
    if (duty.second.kind == schema::DutyKind::weekly_report) {
      submit_week(duty.second);
    } else {
      submit_half(duty.first, duty.second);
    }
  }

  void submit_week(const DutyBook& duty) {
    schema::WeeklyReportSubmitted report{duty.unit_id, duty.period_begins, false, {}, {}};
    const CivilDate last = days_after(duty.period_begins, 6);
    for (const auto& [lead_id, lead] : sim_.books().leads()) {
      const bool in_week = lead.reported_on >= duty.period_begins && lead.reported_on <= last;
      if (in_week && sim_.world().within(lead.report.reporting_unit, duty.unit_id)) {
        report.leads.push_back(lead_id);
      }
    }
    report.nothing_to_report = report.leads.empty();
    sim_.send_for(duty.unit_id, std::move(report), sim_.desk().today());
  }

  void submit_half(const std::string& duty_id, const DutyBook& duty) {
    // Nobody reports on a project whose tier has fallen meanwhile.
    const ProjectBook& project = sim_.books().projects().at(duty.project_id);
    std::int32_t highest = 0;
    for (const schema::Tier& tier : sim_.world().rules().tiers) {
      highest = std::max(highest, tier.tier);
    }
    if (project.tier < highest) return;
    static constexpr std::array kProgress = {"示例进展：厂房主体施工", "示例进展：设备订货",
                                             "示例进展：用地手续办理中", "示例进展：招工培训"};
    const auto chosen = static_cast<std::size_t>(
        dice_.below(duty_id, static_cast<std::int64_t>(kProgress.size()), 6));
    sim_.send_for(duty.unit_id,
                  schema::HalfMonthReportSubmitted{duty.project_id, duty.period_begins,
                                                   kProgress[chosen], std::nullopt},
                  sim_.desk().today());
  }

  void send_back(const Duty& duty) {
    if (!has_come(duty.first)) return;
    const DutyBook& book = duty.second;
    if (book.kind == schema::DutyKind::weekly_report) {
      sim_.send_for_prefecture(
          schema::WeeklyReportReturned{book.unit_id, book.period_begins, "示例：请补充说明"},
          sim_.desk().today());
    } else {
      sim_.send_for_prefecture(
          schema::HalfMonthReportReturned{book.project_id, book.period_begins, "示例：请补充说明"},
          sim_.desk().today());
    }
  }

  Simulation& sim_;
  Dice dice_;
  std::set<std::string> planned_;
  std::map<schema::DutyKind, std::int64_t> planned_of_;
};

}  // namespace

void schedule_reports(Simulation& simulation) {
  const auto reports = std::make_shared<Reports>(simulation);
  reports->schedule();
}

}  // namespace silkledger::generator
