#include <utility>

#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "tests/contract/eventstore/crash_copy.h"
#include "tests/contract/eventstore/engine.h"
#include "tests/contract/eventstore/faulty_env.h"
#include "tests/contract/eventstore/raw_log.h"
#include "tests/contract/eventstore/scratch_folder.h"
#include "tests/support/queue_executor.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

class RocksEngine final : public Engine {
 public:
  RocksEngine() { open({}, RocksOptions::Mode::kCreate); }
  ~RocksEngine() override {
    env_.release();
    store_.reset();
  }

  EventStore& store() override { return *store_; }
  void reopen(const Limits& limits) override {
    store_.reset();
    open(limits, RocksOptions::Mode::kExisting);
  }
  // A copy of the folder as it lies on disk now is what the next process would find.
  void crash_and_reopen() override {
    const auto copy = scratch_.path() / ("life-" + std::to_string(++lives_));
    copy_as_of_a_crash(folder_, copy);
    env_.release();
    store_.reset();
    executor_.drop_all();
    folder_ = copy;
    open({}, RocksOptions::Mode::kExisting);
  }
  void reopen_in_next_epoch() override {
    const Epoch next = store_->epoch() + 1;
    store_.reset();
    RawLog(folder_).put("default", keys::meta("epoch"), std::to_string(next));
    open({}, RocksOptions::Mode::kExisting);
  }
  void close() override { store_.reset(); }

  void run_until(const std::function<bool()>& done) override {
    EXPECT_TRUE(executor_.run_until(done)) << "nothing was posted any more";
  }
  void run_posted() override { executor_.run_ready(); }

  void hold_syncs() override { env_.hold(); }
  void release_syncs() override { env_.release(); }
  void fail_next_sync() override {
    env_.fail_next_sync(rocksdb::Status::IOError("simulated sync failure"));
  }
  void fill_disk() override { env_.fill(); }
  void make_room() override { env_.make_room(); }

  void jump_clock(std::int64_t us) override { clock_.jump_clock(us); }
  std::int64_t now_us() const override { return clock_.now_us(); }

  bool flip_bit_and_reopen(Position position, std::size_t bit) override {
    store_.reset();
    {
      RawLog log(folder_);
      const auto key = keys::record(position);
      std::string value = log.get("records", keys::view(key));
      value.at(bit / 8) =
          static_cast<char>(static_cast<unsigned char>(value[bit / 8]) ^ (1U << (bit % 8)));
      log.put("records", keys::view(key), value);
    }
    auto opened = try_open({}, RocksOptions::Mode::kExisting);
    if (const auto* error = std::get_if<StoreError>(&opened)) {
      EXPECT_EQ(error->kind, StoreError::Kind::corrupt);
      EXPECT_EQ(error->position, position) << error->detail;
      return false;
    }
    store_ = std::get<0>(std::move(opened));
    return true;
  }

 private:
  StoreResult<std::unique_ptr<RocksEventStore>> try_open(const Limits& limits,
                                                         RocksOptions::Mode mode) {
    RocksOptions options;
    options.mode = mode;
    options.limits = limits;
    options.env = &env_;
    return RocksEventStore::open(folder_, options, executor_, clock_);
  }
  void open(const Limits& limits, RocksOptions::Mode mode) {
    auto opened = try_open(limits, mode);
    if (const auto* error = std::get_if<StoreError>(&opened)) {
      ADD_FAILURE() << error->detail;
      std::abort();  // no later line of any test makes sense
    }
    store_ = std::get<0>(std::move(opened));
  }

  ScratchFolder scratch_;
  std::filesystem::path folder_ = scratch_.path() / "log";
  int lives_ = 0;
  FaultyEnv env_;
  QueueExecutor executor_;
  // Read by the writer's thread, moved by the test's between commits only.
  VirtualExecutor clock_;
  std::unique_ptr<RocksEventStore> store_;
};

}  // namespace

EngineKind rocksdb_engine() {
  return {"RocksDb", [] { return std::make_unique<RocksEngine>(); }};
}

}  // namespace silkledger::testing
