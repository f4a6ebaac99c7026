// Every limit of the deterministic core, with its unit in its name. Set by configuration, tested in
// tests/unit/server/core.
#pragma once

#include <cstdint>

#include "eventstore/event_store.h"

namespace silkledger::server {

struct CoreLimits {
  eventstore::Limits store;  // the log's own: checked before a decision is acted on
  std::uint32_t commands_in_flight_max = 16'384;  // decided or waiting, over all clients
  std::uint32_t aggregates_cached_max = 200'000;  // states kept between decisions
  std::uint32_t page_rows_max = 500;
  std::uint32_t page_rows_default = 100;
  std::uint32_t min_position_wait_ms_max = 5'000;  // how long a query waits for minPosition
  std::uint32_t queries_waiting_max = 1'024;
  // From the beginning of a wave of pushes to the next lies as long as its clients ask for, within
  // these: serving them takes time, and others want the thread as well.
  std::uint32_t wave_ms_min = 10;
  std::uint32_t wave_ms_max = 20;
  std::uint32_t wave_us_per_client = 15;
  std::uint64_t ring_bytes_max = 32 * 1024 * 1024;           // frames shared by live subscribers
  std::uint64_t replay_pages_bytes_max = 256 * 1024 * 1024;  // old frames kept for who catches up
  std::uint32_t pump_frames_max = 256;   // frames for one client before others get a turn
  std::uint32_t wave_clients_max = 128;  // clients served in one turn of a wave
  // A client far behind is fed from the log: so many records are looked at and about so many bytes
  // of frames made in one turn. A wave's events are one buffer when they are no more than that.
  std::uint32_t catch_up_records_max = 1'024;
  std::uint32_t catch_up_bytes = 128 * 1024;
  std::uint32_t dirty_rows_max = 4'096;  // changed rows kept for one board; more is a new snapshot
  std::uint32_t subscriptions_per_connection_max = 32;
  std::uint32_t commands_per_connection_max = 64;  // unanswered commands of one live connection
  std::uint32_t unsent_frames_max = 256;  // answers kept for one client whose outbox is full
  std::uint32_t connections_per_person_max = 64;
  // Below the first the log takes no writes; it takes them again from the second on.
  std::uint64_t disk_free_bytes_min = 512ULL * 1024 * 1024;
  std::uint64_t disk_free_bytes_resume = 1024ULL * 1024 * 1024;
  std::uint32_t day_steps_max = 4'000;  // days that may be caught up after a long stop
  std::uint32_t lapses_per_step_max = 256;  // of reports that never came, recorded each second
};

}  // namespace silkledger::server
