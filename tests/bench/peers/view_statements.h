// The folds of the views as set-based SQL: one statement for each view over a table of events.
//
// It computes the columns that people look at, named and written as the JSON of our rows has them,
// and leaves out what follows from days, calendars and rules, or from who takes part: lights and
// clocks, warnings, `units`, and the `position` at which a row last changed. So a statement does
// less than the fold it stands beside.
//
// Values; any thread.
#pragma once

#include <span>
#include <string_view>

namespace silkledger::bench {

// Creates the table of events: `id` is the stream's name behind its kind, `body` the event's fields
// as JSON.
extern const std::string_view kEventsTable;

struct ViewStatement {
  std::string_view view;
  std::string_view key;  // the column that tells rows apart
  std::string_view sql;  // creates the unlogged table <view>_rows
};

// In an order in which each finds the tables that it reads.
std::span<const ViewStatement> view_statements();

}  // namespace silkledger::bench
