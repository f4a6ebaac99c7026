// How close an append at the port comes to raw RocksDB: the same payloads, the same disk, the same
// run.
//
// Raw: one Put per record under its position, one synced WriteBatch per N records. Ours: record
// with header, stream index, command index, Merkle leaf, checks. Two shapes of N records: one
// append of them, and appends of one of which N are kept in flight. Rounds are interleaved, and the
// median of the pairwise ratios counts, because the machine is noisy.
//
//   bench_append_port [--seconds S] [--folder F]     S: time for each cell of the table
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
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "eventstore/rocksdb/rocksdb_event_store.h"

namespace {

using namespace silkledger::eventstore;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kPayloadBytes = 296;
constexpr std::size_t kPayloads = 4096;
constexpr std::uint64_t kStreamsInUse = 10'000;
constexpr std::uint64_t kStreamRecords = 64;
// Records of one turn of a pair, so that a single sync does not decide it.
constexpr std::size_t kTurnRecords = 8192;
constexpr int kRoundsMin = 5;
constexpr int kRoundsMax = 400;

double since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

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

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "bench_append_port: %s\n", why.c_str());
  std::exit(1);
}

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

  std::uint64_t position() const { return store_->head().position; }

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

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Cell {
  double raw = 0;  // records per second
  double ours = 0;
  double ratio = 0;  // median of the pairs
  std::size_t rounds = 0;
};

std::size_t batches_of(std::size_t batch) { return std::max<std::size_t>(1, kTurnRecords / batch); }

// Pairs of equal work, raw and ours in turn; each call does a whole turn.
Cell compare(double seconds, std::size_t batch, const std::function<void()>& raw,
             const std::function<void()>& ours) {
  const auto rate = [&](const std::function<void()>& work) {
    const auto start = SteadyClock::now();
    work();
    return static_cast<double>(batches_of(batch) * batch) / since(start);
  };
  std::vector<double> raws;
  std::vector<double> ourss;
  std::vector<double> ratios;
  const auto start = SteadyClock::now();
  for (int round = 0; round < kRoundsMax; ++round) {
    if (round >= kRoundsMin && since(start) > seconds) break;
    // Whoever goes first in a pair finds the disk as the other left it; so they take turns.
    const bool raw_first = round % 2 == 0;
    if (raw_first) raws.push_back(rate(raw));
    ourss.push_back(rate(ours));
    if (!raw_first) raws.push_back(rate(raw));
    ratios.push_back(ourss.back() / raws.back());
  }
  return {median(raws), median(ourss), median(ratios), ratios.size()};
}

std::uint64_t folder_bytes(const std::filesystem::path& folder, bool tables_only) {
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (!tables_only || file.path().extension() == ".sst") bytes += file.file_size();
  }
  return bytes;
}

void run(double seconds, const std::filesystem::path& folder) {
  const auto payloads = make_payloads();
  RawRocks raw(folder / "raw", payloads);
  Port port(folder / "log", payloads);
  std::printf("%-8s %-22s %12s %12s %8s %7s\n", "records", "shape", "raw/s", "port/s", "ratio",
              "rounds");
  for (const std::size_t batch : {64U, 512U}) {
    const std::size_t batches = batches_of(batch);
    const auto raw_turn = [&] {
      for (std::size_t i = 0; i < batches; ++i) raw.append(batch);
    };
    const auto together = [&] {
      for (std::size_t i = 0; i < batches; ++i) port.append_together(batch);
    };
    const auto one_by_one = [&] { port.append_one_by_one(batch * batches, batch); };
    const auto print = [batch](const char* shape, const Cell& cell) {
      std::printf("%-8zu %-22s %12.0f %12.0f %8.2f %7zu\n", batch, shape, cell.raw, cell.ours,
                  cell.ratio, cell.rounds);
    };
    print("one append", compare(seconds, batch, raw_turn, together));
    print("appends of one", compare(seconds, batch, raw_turn, one_by_one));
  }
  std::printf(
      "%llu records appended; tables on disk %.0f bytes a record (payload %zu), all files %.0f\n",
      static_cast<unsigned long long>(port.position()),
      static_cast<double>(folder_bytes(folder / "log", true)) /
          static_cast<double>(port.position()),
      kPayloadBytes,
      static_cast<double>(folder_bytes(folder / "log", false)) /
          static_cast<double>(port.position()));
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 3;
  std::filesystem::path parent = std::filesystem::temp_directory_path();
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--seconds") {
      seconds = std::atof(argv[i + 1]);
    } else if (option == "--folder") {
      parent = argv[i + 1];
    } else {
      give_up("unknown option " + std::string(option));
    }
  }
  std::string folder = (parent / "silkledger-append-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) give_up("no folder " + folder);
  run(seconds, folder);
  std::error_code ignored;  // the numbers are out; a leftover folder is seen by whoever owns it
  std::filesystem::remove_all(folder, ignored);
}
