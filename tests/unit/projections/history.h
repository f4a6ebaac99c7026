// A ledger in memory for tests of views: events are recorded as the server would, and days begin.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/schema/event.values.h"
#include "eventstore/memory/memory_event_store.h"
#include "projections/log_reader.h"
#include "projections/memory/memory_view_stores.h"
#include "projections/query.h"
#include "projections/runner.h"
#include "projections/view.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::projections {

// Monday 2026-03-02 plus so many days.
inline CivilDate day(std::int32_t after = 0) { return {civil_date({2026, 3, 2})->days + after}; }

schema::RuleSet rules_of_2026();
schema::Money yuan(std::int64_t yuan);

class History {
 public:
  explicit History(std::uint64_t seed = 1) : world(seed), log(world, world) {}

  // Records one event on the present day; answers with its position.
  Position record(const std::string& stream, schema::Event event);
  // The next day, or the one after so many, begins.
  void begin_day(std::int32_t days = 1);
  // Bytes that are no event.
  Position record_bytes(const std::string& stream, std::string bytes);

  // Rules, a zone and two counties, departments, a chain led by 示例商务局, an item of 20 working
  // days.
  void set_up();
  // 测试企业's lead of 示例县 in the textile chain.
  void report_lead(const std::string& lead_id);
  void open_project(const std::string& project_id, std::optional<std::string> lead_id = {});
  void plan(const std::string& project_id,
            const std::vector<std::pair<std::string, CivilDate>>& nodes);
  void reach(const std::string& project_id, const std::string& node_id);
  void sign(const std::string& project_id, const std::string& contract_id, std::int64_t yuan);
  void request_approval(const std::string& approval_id, const std::string& project_id);
  void accept(const std::string& approval_id, std::int32_t working_days);
  void report_fund(const std::string& fund_id, const std::string& project_id, std::int64_t yuan,
                   std::optional<std::string> voucher = {});

  // Any history that the deciders would let in, from the executor's seed.
  void grow(std::size_t events);

  Position head() const { return log.head().position; }

  testing::VirtualExecutor world;
  eventstore::MemoryEventStore log;
  CivilDate today = day();

 private:
  struct Grown {
    std::string id;
    bool signed_ = false;
    bool is_out = false;  // terminated or in reserve
    std::vector<std::string> nodes;
  };
  void grow_one();
  void grow_project(Grown& project);
  void grow_approval(const std::string& approval_id, int& step);
  void grow_dispatch(const std::string& project_id);

  std::map<std::string, eventstore::Version> versions_;
  std::uint64_t commands_ = 0;
  std::vector<std::string> leads_;
  std::vector<Grown> projects_;
  std::vector<std::pair<std::string, int>> approvals_;
  std::vector<std::string> open_funds_;
  std::vector<std::pair<std::string, bool>> problems_;  // and whether it is resolved
  std::vector<std::pair<std::string, bool>> actions_;   // and whether it is done
  std::uint64_t names_ = 0;
};

// Views kept up with a history.
class Served {
 public:
  explicit Served(History& history, RunnerLimits limits = {},
                  std::shared_ptr<ViewStore> store = nullptr, Catalogue views = catalogue());

  void catch_up() { history.world.run_until_idle(); }
  ViewReader reader() { return ViewReader(runner->snapshot()); }

  template <class Row>
  std::optional<Row> row(const std::string& view, const std::string& key) {
    catch_up();
    const auto found = reader().get(view, key, [](auto) { return true; });
    const auto* bytes = std::get_if<std::optional<RowBytes>>(&found);
    if (!bytes || !*bytes) return std::nullopt;
    return schema::decode<Row>((*bytes)->bytes, schema::Trust::own);
  }

  History& history;
  std::shared_ptr<ViewStore> store;
  std::vector<Applied> applied;
  std::vector<std::string> restarts;
  std::vector<std::pair<std::string, Stopped>> stopped;
  std::vector<std::string> failures;
  int switches = 0;
  bool expects_stops = false;  // otherwise a view that stops fails the test with its cause
  std::unique_ptr<Runner> runner;
};

// All entries of all views, by view: what must be equal when digests are.
std::map<std::string, std::vector<KeyValue>> everything(const ViewSnapshot& snapshot);
// Digest of a family by reading all of it.
Digest scanned_digest(const ViewSnapshot& snapshot, const std::string& family);

}  // namespace silkledger::projections
