#include "server/core/reactor.h"

#include <algorithm>
#include <utility>

#include "projections/query.h"
#include "server/core/core.h"

namespace silkledger::server {
namespace {

schema::Command lapse_of(const schema::DutyRow& duty) {
  if (duty.kind == schema::DutyKind::weekly_report) {
    return schema::WeeklyReportLapsed{duty.unit_id, duty.period_begins, duty.due_on};
  }
  return schema::HalfMonthReportLapsed{duty.project_id.value_or(std::string()), duty.period_begins,
                                       duty.due_on};
}

}  // namespace

Reactor::Reactor(Core& core) : core_(core), views_needed_(core.parts().log.head().position) {}

void Reactor::step() {
  if (core_.sequencer().read_only_reason()) return;
  days_begun_ = 0;
  begin_next_day();
  record_lapses();
}

// ---------------------------------------------------------------- days

void Reactor::begin_next_day() {
  const auto& reference = core_.sequencer().reference();
  // Before the first rule set there is no duty that a day could bring nearer.
  if (!reference.has_administrator() || core_.sequencer().read_only_reason()) return;
  const CivilDate today = beijing_date(Instant{core_.parts().clock.now_us()});
  const auto current = reference.current_day();
  if (day_in_flight_ || (current && *current >= today)) return;
  if (++days_begun_ > core_.parts().limits.day_steps_max) return;
  const CivilDate next = current ? CivilDate{current->days + 1} : today;
  Submission submission;
  submission.principal = std::string(domain::kSystemActor);
  submission.command_id = "begin-day-" + to_string(next);
  submission.request.occurred_on = next;
  submission.request.command = schema::DayBegan{next};
  day_in_flight_ = true;
  core_.submit(std::move(submission),
               [this, next, alive = std::weak_ptr<bool>(alive_)](const CommandOutcome& outcome) {
                 if (!alive.expired()) day_began(next, outcome);
               });
}

void Reactor::day_began(CivilDate day, const CommandOutcome& outcome) {
  day_in_flight_ = false;
  if (const auto* refused = std::get_if<Rejection>(&outcome)) {
    core_.parts().say(LogLevel::error, "day_not_begun",
                      {{"day", to_string(day)}, {"detail", refused->message.en}});
  } else if (const auto* accepted = std::get_if<Accepted>(&outcome)) {
    views_needed_ = std::max(views_needed_, accepted->receipt.last);
    begin_next_day();
  }
}

// ---------------------------------------------------------------- lapses

void Reactor::record_lapses() {
  const auto today = core_.sequencer().reference().current_day();
  const bool is_busy = day_in_flight_ || lapses_in_flight_ > 0;
  if (!today || settled_ == today || is_busy) return;
  if (core_.runner().applied() < views_needed_) return;
  const std::vector<schema::DutyRow> duties = passed_duties(*today);
  come_again_ = duties.size() >= core_.parts().limits.lapses_per_step_max;
  lapses_in_flight_ = static_cast<std::uint32_t>(duties.size());
  settling_ = today;
  if (duties.empty()) settled_ = settling_;
  for (const schema::DutyRow& duty : duties) lapse(duty);
}

std::vector<schema::DutyRow> Reactor::passed_duties(CivilDate today) const {
  const projections::ViewReader reader(core_.runner().snapshot());
  projections::ListQuery query{.view = "duty", .filters = {{"status", "open"}}};
  std::vector<schema::DutyRow> passed;
  while (true) {
    const auto read = reader.list(query, [](const auto&) { return true; });
    const auto* page = std::get_if<projections::ListPage>(&read);
    if (page == nullptr) {
      core_.parts().say(LogLevel::error, "duties_not_read",
                        {{"detail", std::get<projections::QueryRefusal>(read).text.en}});
      return passed;
    }
    for (schema::DutyRow& duty : projections::rows_of<schema::DutyRow>(*page)) {
      if (duty.due_on >= today) continue;
      passed.push_back(std::move(duty));
      if (passed.size() >= core_.parts().limits.lapses_per_step_max) return passed;
    }
    if (!page->next) return passed;
    query.cursor = *page->next;
  }
}

// Business date of a lapse is the day behind the due day, whenever the server came to record it.
void Reactor::lapse(const schema::DutyRow& duty) {
  Submission submission;
  submission.principal = std::string(domain::kSystemActor);
  submission.command_id = "lapse-" + duty.duty_id;
  submission.request.occurred_on = CivilDate{duty.due_on.days + 1};
  submission.request.command = lapse_of(duty);
  core_.submit(std::move(submission),
               [this, duty, alive = std::weak_ptr<bool>(alive_)](const CommandOutcome& outcome) {
                 if (!alive.expired()) lapsed(duty, outcome);
               });
}

void Reactor::lapsed(const schema::DutyRow& duty, const CommandOutcome& outcome) {
  --lapses_in_flight_;
  if (const auto* accepted = std::get_if<Accepted>(&outcome)) {
    views_needed_ = std::max(views_needed_, accepted->receipt.last);
  } else if (const auto* refused = std::get_if<Rejection>(&outcome)) {
    core_.parts().say(LogLevel::warning, "lapse_refused",
                      {{"duty", duty.duty_id}, {"detail", refused->message.en}});
  } else {
    come_again_ = true;
  }
  if (lapses_in_flight_ == 0 && !come_again_) settled_ = settling_;
}

}  // namespace silkledger::server
