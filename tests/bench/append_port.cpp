// How close an append at the port comes to raw RocksDB: the same payloads, the same disk, the same
// run.
//
// Raw: one Put per record under its position, one synced WriteBatch per N records. Ours: record
// with header, stream index, command index, Merkle leaf, checks. Two shapes of N records: one
// append of them, and appends of one, each with a command id of its own as the server makes them,
// of which N are kept in flight.
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/report.h"
#include "tests/support/child_process.h"

namespace silkledger::bench {
namespace {

using namespace silkledger::eventstore;

constexpr std::size_t kPayloadBytes = 296;
constexpr std::size_t kPayloads = 4096;
constexpr std::uint64_t kStreamsInUse = 10'000;
constexpr std::uint64_t kStreamRecords = 64;
// Records of one turn of a pair, so that a single sync does not decide it.
constexpr std::size_t kTurnRecords = 8192;

class SystemClock final : public Clock {
 public:
  std::int64_t now_us() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

// One thread, as the server's executor for a core has.
class ThreadExecutor final : public Executor {
 public:
  ThreadExecutor() : thread_([this] { run(); }) {}
  ~ThreadExecutor() override {
    post(nullptr);
    thread_.join();
  }
  void post(std::function<void()> work) override {
    {
      const std::lock_guard lock(mutex_);
      work_.push_back(std::move(work));
    }
    posted_.notify_one();
  }
  void post_after(std::chrono::microseconds, std::function<void()> work) override {
    post(std::move(work));
  }

 private:
  void run() {
    while (true) {
      std::unique_lock lock(mutex_);
      posted_.wait(lock, [this] { return !work_.empty(); });
      const auto work = std::move(work_.front());
      work_.pop_front();
      lock.unlock();
      if (!work) return;
      work();
    }
  }

  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> work_;
  std::thread thread_;
};

// Half words from a small dictionary, half random: about as compressible as a real event.
std::vector<std::string> make_payloads() {
  constexpr std::string_view kWords[] = {"project ", "approved", "reported", "station ",
                                         "progress", "contract", "evaluate", "deadline"};
  std::uint64_t state = 0x9E3779B97F4A7C15ULL;
  const auto next = [&state] {
    state ^= state << 13U;
    state ^= state >> 7U;
    return state ^= state << 17U;
  };
  std::vector<std::string> payloads(kPayloads);
  for (std::string& payload : payloads) {
    for (std::size_t word = 0; word < kPayloadBytes / 8; ++word) {
      const std::uint64_t number = next();
      if (word % 4 == 0) {
        payload.append(reinterpret_cast<const char*>(&number), sizeof number);
      } else {
        payload.append(kWords[number % std::size(kWords)]);
      }
    }
  }
  return payloads;
}

[[noreturn]] void give_up(const std::string& why) { throw std::runtime_error(why); }

class RawRocks {
 public:
  RawRocks(const std::filesystem::path& folder, const std::vector<std::string>& payloads)
      : payloads_(payloads) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.compression = rocksdb::kLZ4Compression;
    options.write_buffer_size = 64U << 20U;
    options.max_background_jobs = 2;
    rocksdb::BlockBasedTableOptions table;
    table.block_size = 16U << 10U;
    table.format_version = 5;
    table.checksum = rocksdb::kXXH3;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    rocksdb::DB* opened = nullptr;
    const auto status = rocksdb::DB::Open(options, folder.string(), &opened);
    if (!status.ok()) give_up(status.ToString());
    db_.reset(opened);
  }

  void append(std::size_t records) {
    rocksdb::WriteBatch batch;
    for (std::size_t i = 0; i < records; ++i) {
      std::string key;
      for (int shift = 56; shift >= 0; shift -= 8) {
        key.push_back(static_cast<char>(position_ >> shift));
      }
      if (!batch.Put(key, payloads_[position_ % kPayloads]).ok()) give_up("no memory");
      ++position_;
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    const auto status = db_->Write(options, &batch);
    if (!status.ok()) give_up(status.ToString());
  }

 private:
  const std::vector<std::string>& payloads_;
  std::unique_ptr<rocksdb::DB> db_;
  std::uint64_t position_ = 1;
};

// Streams of about 64 records, ids that rise with time as UUIDv7 does.
class Port {
 public:
  Port(const std::filesystem::path& folder, const std::vector<std::string>& payloads)
      : payloads_(payloads) {
    RocksOptions options;
    options.mode = RocksOptions::Mode::kCreate;
    // So that 512 records may be one append.
    options.limits.append_records_max = 1024;
    auto opened = RocksEventStore::open(folder, options, executor_, clock_);
    if (const auto* error = std::get_if<StoreError>(&opened)) give_up(error->detail);
    store_ = std::get<0>(std::move(opened));
  }

  // All that was appended is there, and nothing else.
  std::uint64_t position() const {
    const auto position = store_->head().position;
    if (position != records_) give_up("the log holds other records than were appended");
    return position;
  }

  void append_together(std::size_t records) {
    Append append = begin();
    const std::string stream = "project/" + std::to_string(++streams_);
    append.expected.push_back({stream, 0});
    append.records.reserve(records);
    for (std::size_t i = 0; i < records; ++i) append.records.push_back(record(stream));
    send(std::move(append));
    wait_for_room(1);
  }

  // Keeps `window` appends in flight until `records` were sent, and waits for the last.
  void append_one_by_one(std::size_t records, std::size_t window) {
    for (std::size_t i = 0; i < records; ++i) {
      // Neighbours go to streams of their own, as the appends of many people do.
      const std::uint64_t turn = sent_one_by_one_ / kStreamsInUse;
      const std::string stream = "lead/" + std::to_string(turn / kStreamRecords) + "-" +
                                 std::to_string(sent_one_by_one_ % kStreamsInUse);
      ++sent_one_by_one_;
      Append append = begin();
      append.expected.push_back({stream, turn % kStreamRecords});
      append.records.push_back(record(stream));
      wait_for_room(window);
      send(std::move(append));
    }
    wait_for_room(1);
  }

 private:
  Append begin() {
    Append append;
    char id[40];
    std::snprintf(id, sizeof id, "0191f3a2-%04llx-7%03llx-8abc-%012llx",
                  static_cast<unsigned long long>(commands_ >> 12U & 0xFFFFU),
                  static_cast<unsigned long long>(commands_ & 0xFFFU),
                  static_cast<unsigned long long>(commands_ * 0x9E3779B97F4AULL & 0xFFFFFFFFFFFFU));
    ++commands_;
    append.command = {"person-" + std::to_string(commands_ % 50), id};
    // Distinct and without pattern, as a hash is.
    std::uint64_t word = commands_ * 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < append.fingerprint.size(); i += sizeof word) {
      word ^= word >> 29U;
      word *= 0xBF58476D1CE4E5B9ULL;
      std::memcpy(append.fingerprint.data() + i, &word, sizeof word);
    }
    return append;
  }
  NewRecord record(const std::string& stream) {
    return {stream, payloads_[records_++ % kPayloads]};
  }
  void send(Append append) {
    {
      const std::lock_guard lock(mutex_);
      ++in_flight_;
    }
    store_->append(1, std::move(append), [this](AppendOutcome outcome) {
      if (!std::holds_alternative<Stored>(outcome)) give_up("an append was refused");
      const std::lock_guard lock(mutex_);
      if (--in_flight_ == most_in_flight_) room_.notify_one();
    });
  }
  // Waits until less than `window` appends are in flight.
  void wait_for_room(std::size_t window) {
    std::unique_lock lock(mutex_);
    most_in_flight_ = window - 1;
    room_.wait(lock, [this] { return in_flight_ <= most_in_flight_; });
  }

  const std::vector<std::string>& payloads_;
  SystemClock clock_;
  ThreadExecutor executor_;
  std::unique_ptr<RocksEventStore> store_;
  std::uint64_t commands_ = 0;
  std::uint64_t records_ = 0;
  std::uint64_t streams_ = 0;
  std::uint64_t sent_one_by_one_ = 0;
  std::mutex mutex_;
  std::condition_variable room_;
  std::size_t in_flight_ = 0;
  std::size_t most_in_flight_ = 0;
};

double folder_bytes(const std::filesystem::path& folder, bool tables_only) {
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (!tables_only || file.path().extension() == ".sst") bytes += file.file_size();
  }
  return static_cast<double>(bytes);
}

void compare(Report& report, RawRocks& raw, Port& port, std::size_t batch) {
  const std::size_t batches = std::max<std::size_t>(1, kTurnRecords / batch);
  const auto turns_of = [&](auto work) {
    return [batch, batches, work](double seconds, Series& out) {
      repeat(seconds, batch * batches, out, work);
    };
  };
  const std::string many = std::to_string(batch);
  std::vector<Contender> contenders = {
      {"raw RocksDB, batches of " + many, 1, turns_of([&raw, batch, batches] {
         for (std::size_t i = 0; i < batches; ++i) raw.append(batch);
       })},
      {"port, one append of " + many, 1, turns_of([&port, batch, batches] {
         for (std::size_t i = 0; i < batches; ++i) port.append_together(batch);
       })},
      {"port, appends of one, in flight " + many, 1,
       turns_of([&port, batch, batches] { port.append_one_by_one(batch * batches, batch); })}};
  run_rounds(contenders, report.options().seconds / 2, 0);
  for (auto& contender : contenders) contender.series.latencies.clear();  // of whole turns
  report.contenders(contenders);
  const auto& limit = contenders[0].series.rates;
  report.result("append-" + many, ratio_of(contenders[1].series.rates, limit));
  report.result("append-" + many + "-own", ratio_of(contenders[2].series.rates, limit));
}

void run(Report& report) {
  const testing::TemporaryFolder folder;
  const auto payloads = make_payloads();
  RawRocks raw(folder.file("raw"), payloads);
  Port port(folder.file("log"), payloads);
  for (const std::size_t batch : {64U, 512U}) compare(report, raw, port, batch);
  const auto records = static_cast<double>(port.position());
  report.figure("tables on disk, per record with a payload of 296 bytes",
                folder_bytes(folder.file("log"), true) / records, "bytes");
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  silkledger::bench::BenchMain bench;
  bench.name = "bench_append_port";
  bench.what = "日志端口追加 / appends at the port against raw RocksDB";
  bench.run = [](silkledger::bench::Report& report) { silkledger::bench::run(report); };
  return silkledger::bench::run_bench(bench, argc, argv);
}
