// The views of a log as statements in PostgreSQL make them (view_statements.h), beside ours.
//
// Threads: one object, one thread at a time. Ownership: the database must outlive it.
// Errors: throws std::runtime_error.
#pragma once

#include "eventstore/event_store.h"
#include "projections/view_store.h"
#include "tests/bench/peers/peers.h"

namespace silkledger::bench {

class SqlViews {
 public:
  // Loads the events of the log, untimed: a table of columns and JSON.
  SqlViews(SqlPeer& database, const eventstore::EventStore& log);

  // Drops the tables of the last time and runs every statement.
  void rebuild();

  // Loads our rows and compares each column that the statements compute: throws when the views do
  // not hold the same rows with the same values.
  void expect_same(const projections::ViewStore& ours);

 private:
  SqlPeer& database_;
};

}  // namespace silkledger::bench
