// The one reactor: what happens because time passes. It begins each day, the only clock that views
// know, and behind each day's beginning records the lapse of every report that was owed by then and
// never came (Art. 19, 22).
//
// It reads like a view and sends commands like a client, so supervision itself stands in the log
// and replays; folding the log again raises nothing again. Command ids are made of the day and the
// duty, so nothing can happen twice.
//
// Threads: the core executor's; step() is called again and again. Ownership: belongs to the Core.
// Errors: what is refused is logged, and not tried again before the next day.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "domain/kernel/time.h"
#include "domain/schema/view.values.h"
#include "eventstore/event_store.h"
#include "server/core/sequencer.h"

namespace silkledger::server {

class Core;

class Reactor {
 public:
  explicit Reactor(Core& core);

  void step();

 private:
  void begin_next_day();
  void day_began(CivilDate day, const CommandOutcome& outcome);
  void record_lapses();
  // Open duties whose day passed before `today`, at most as many as go into one step.
  std::vector<schema::DutyRow> passed_duties(CivilDate today) const;
  void lapse(const schema::DutyRow& duty);
  void lapsed(const schema::DutyRow& duty, const CommandOutcome& outcome);

  Core& core_;
  std::uint32_t days_begun_ = 0;  // in this step
  bool day_in_flight_ = false;
  // Where the views must stand before they are asked what is owed: the last event of ours.
  eventstore::Position views_needed_ = 0;
  std::optional<CivilDate> settled_;   // no duty is left that lapsed before this day
  std::optional<CivilDate> settling_;  // the day that is being settled
  std::uint32_t lapses_in_flight_ = 0;
  bool come_again_ = false;  // something of this round was not decided
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
