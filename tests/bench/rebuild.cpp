// How fast views are folded again, against the fastest way to read the same events: a scan of raw
// RocksDB (lz4, XXH3, 16 KiB blocks as the log) that opens every event and looks at what a fold
// must look at.
//
// In turns: the scan; the first five views into an empty store on disk; all views; and what SQL
// makes of the same events in PostgreSQL, one statement a view (peers/view_statements.h), its rows
// compared with ours. A row counts as touched by each event that writes or erases it, however many
// events a commit gathers. At the end once through the server, as an administrator has it: all
// views, compared row by row and switched to.
//
//   bench_rebuild [--seconds S] [--size EVENTS]
#include <rocksdb/db.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include "domain/schema/event.capnp.h"
#include "domain/schema/message.h"
#include "projections/group.h"
#include "projections/memory/memory_view_stores.h"
#include "projections/rebuild.h"
#include "projections/rocksdb/rocksdb_view_stores.h"
#include "projections/view.h"
#include "tests/bench/load/ledger_copies.h"
#include "tests/bench/load/server_under_test.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/report.h"
#include "tests/bench/peers/sql_views.h"

namespace silkledger::bench {
namespace {

using eventstore::Position;

constexpr std::size_t kFirstViews = 5;
constexpr std::size_t kRawBatch = 4096;
constexpr Position kCountedEvents = 10'000;

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void check(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error("RocksDB: " + status.ToString());
}

// The payloads of the log under their positions, and nothing else.
class RawEvents {
 public:
  RawEvents(const std::string& folder, const eventstore::EventStore& log) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.compression = rocksdb::kLZ4Compression;
    rocksdb::BlockBasedTableOptions table;
    table.block_size = 16U << 10U;
    table.checksum = rocksdb::kXXH3;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    rocksdb::DB* opened = nullptr;
    check(rocksdb::DB::Open(options, folder, &opened));
    db_.reset(opened);
    copy(log);
  }

  // The number of events; asserts nothing of what they say.
  std::uint64_t scan() const {
    std::uint64_t events = 0;
    std::uint64_t seen = 0;
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator({}));
    for (at->SeekToFirst(); at->Valid(); at->Next(), ++events) {
      schema::MessageReader message({at->value().data(), at->value().size()});
      const auto stored = message.root<wire::StoredEvent>();
      seen += static_cast<std::uint64_t>(stored.getOccurredOn());
      seen += stored.getActor().size() + stored.getActingUnit().size();
      seen += static_cast<std::uint64_t>(stored.getEvent().which());
    }
    check(at->status());
    if (seen == 0) throw std::runtime_error("the raw events are empty");
    return events;
  }

 private:
  void copy(const eventstore::EventStore& log) {
    rocksdb::WriteBatch batch;
    for (Position next = 1; next <= log.head().position;) {
      const auto read = log.read(next, {}, {});
      const auto& records = std::get<eventstore::ReadBatch>(read);
      for (const auto& record : records.records) {
        std::string key;
        for (int shift = 56; shift >= 0; shift -= 8) {
          key.push_back(static_cast<char>(record.header.position >> static_cast<unsigned>(shift)));
        }
        check(batch.Put(key, {record.payload.data(), record.payload.size()}));
      }
      next = records.next;
      if (batch.Count() >= static_cast<int>(kRawBatch)) {
        check(db_->Write({}, &batch));
        batch.Clear();
      }
    }
    check(db_->Write({}, &batch));
    check(db_->Flush({}));
  }

  std::unique_ptr<rocksdb::DB> db_;
};

// Folds into this store up to a position; the number of rows that commits wrote or erased.
std::uint64_t fold(eventstore::EventStore& log, const projections::Catalogue& views,
                   std::shared_ptr<projections::ViewStore> store, Position until,
                   const projections::RunnerLimits& limits) {
  projections::ViewGroup group(views, std::move(store), projections::LogReader(log), limits);
  const auto begun = group.open(projections::ViewGroup::Mismatch::begin_again);
  if (begun.failure) throw std::runtime_error(*begun.failure);
  std::uint64_t rows = 0;
  while (group.position() < until) {
    const auto step = group.step(until);
    if (step.failure) throw std::runtime_error(*step.failure);
    if (!step.stopped.empty()) {
      throw std::runtime_error(step.stopped[0].first + ": " + step.stopped[0].second.cause);
    }
    rows += step.applied.rows.size();
  }
  return rows;
}

// Into a new store on disk, up to the head, as a rebuild does; the processor time in seconds.
double fold_all(eventstore::EventStore& log, const projections::Catalogue& views,
                const std::string& folder) {
  std::filesystem::remove_all(folder);
  const double before = processor_seconds();
  auto opened = projections::open_rocksdb_view_store(folder, projections::families_of(views));
  auto& store = std::get<std::shared_ptr<projections::ViewStore>>(opened);
  fold(log, views, store, log.head().position, projections::RebuildLimits{}.building());
  if (const auto error = store->flush()) throw std::runtime_error(error->detail);
  return processor_seconds() - before;
}

std::shared_ptr<const projections::ViewStore> fold_in_memory(eventstore::EventStore& log,
                                                             const projections::Catalogue& views) {
  auto store = std::make_shared<projections::MemoryViewStore>(projections::families_of(views));
  fold(log, views, store, log.head().position, {});
  return store;
}

// How many rows an event touches, counted by committing each event alone.
double rows_per_event(eventstore::EventStore& log, const projections::Catalogue& views) {
  const auto events = std::min<Position>(log.head().position, kCountedEvents);
  projections::RunnerLimits limits;
  limits.batch_records_max = 1;
  auto store = std::make_shared<projections::MemoryViewStore>(projections::families_of(views));
  return static_cast<double>(fold(log, views, store, events, limits)) / static_cast<double>(events);
}

void through_the_server(Report& report, const std::string& data, std::uint64_t events) {
  ServerUnderTest server(data);
  server.wait_for_views();
  auto api = server.api();
  const auto start = SteadyClock::now();
  const auto phase = api.rebuild(std::chrono::minutes(10));
  if (phase != "switched") throw std::runtime_error("the rebuild ended as " + phase);
  report.figure("rebuild of all views by the server, compared and switched",
                static_cast<double>(events) / seconds_since(start), "events/s");
  server.stop();
}

void run(Report& report) {
  const testing::TemporaryFolder folder;
  const auto data = make_ledger(folder, "s0");
  std::uint64_t events = 0;
  {
    OpenLog log(data, false);
    log.fill(report.options().size);
    events = log.store().head().position;
    report.figure("events of the log", static_cast<double>(events), "");
    const RawEvents raw(folder.file("raw"), log.store());
    const auto all = projections::catalogue();
    const projections::Catalogue first(all.begin(), all.begin() + kFirstViews);
    const double rows = rows_per_event(log.store(), all) * static_cast<double>(events);
    report.figure("rows that an event touches, all views", rows / static_cast<double>(events), "");
    std::vector<double> row_costs;
    std::vector<Contender> contenders = {
        {"raw scan + decode", 1,
         [&](double s, Series& out) {
           repeat(s, events, out, [&] {
             if (raw.scan() != events) throw std::runtime_error("the raw scan lost events");
           });
         }},
        {"fold of the first five views", 1,
         [&](double s, Series& out) {
           repeat(s, events, out, [&] { fold_all(log.store(), first, folder.file("views")); });
         }},
        {"fold of all views", 1, [&](double s, Series& out) {
           repeat(s, events, out, [&] {
             row_costs.push_back(fold_all(log.store(), all, folder.file("views")) / rows * 1e6);
           });
         }}};
    const auto postgres = report.options().peers ? start_postgres() : nullptr;
    std::unique_ptr<SqlViews> statements;
    if (postgres) {
      statements = std::make_unique<SqlViews>(*postgres, log.store());
      statements->rebuild();
      statements->expect_same(*fold_in_memory(log.store(), all));
      contenders.push_back(
          {"seven views as statements in PostgreSQL", 1,
           [&](double s, Series& out) { repeat(s, events, out, [&] { statements->rebuild(); }); }});
    } else {
      report.skipped("PostgreSQL", "postgresql");
    }
    run_rounds(contenders, report.options().seconds, 0);
    report.contenders(contenders);
    if (postgres) {
      report.result("rebuild-sql",
                    ratio_of(contenders[2].series.rates, contenders[3].series.rates));
    }
    report.result("rebuild-five", ratio_of(contenders[1].series.rates, contenders[0].series.rates));
    report.result("rebuild-row", {quantile(row_costs, 0.5), quantile(row_costs, 0.25),
                                  quantile(row_costs, 0.75), row_costs.size()});
  }
  through_the_server(report, data, events);
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  silkledger::bench::BenchMain bench;
  bench.name = "bench_rebuild";
  bench.what = "视图重建 / rebuild of views against a raw scan";
  bench.size = 100'000;
  bench.smoke_size = 3'000;
  bench.run = [](silkledger::bench::Report& report) { silkledger::bench::run(report); };
  return silkledger::bench::run_bench(bench, argc, argv);
}
