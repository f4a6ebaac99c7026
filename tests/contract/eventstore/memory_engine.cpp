#include <utility>

#include "eventstore/memory/memory_event_store.h"
#include "tests/contract/eventstore/engine.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

class MemoryEngine final : public Engine {
 public:
  MemoryEngine() { open({}); }

  EventStore& store() override { return *store_; }
  void reopen(const Limits& limits) override {
    store_.reset();
    open(limits);
  }
  void crash_and_reopen() override {
    store_->crash();
    store_.reset();
    world_.drop_all();
    open({});
  }
  void reopen_in_next_epoch() override {
    const Epoch next = store_->epoch() + 1;
    store_.reset();
    disk_->begin_epoch(next);
    open({});
  }
  void close() override { store_.reset(); }

  void run_until(const std::function<bool()>& done) override {
    while (!done()) {
      const auto due = world_.next_due();
      if (!due) {
        ADD_FAILURE() << "nothing will happen any more";
        return;
      }
      world_.advance(*due);
    }
  }
  void run_posted() override { world_.run_until_idle(); }

  // A commit takes time, and run_posted() lets none pass.
  void hold_syncs() override {}
  void release_syncs() override {}
  void fail_next_sync() override { store_->fail_next_commit(MemoryEventStore::Fate::kWritten); }
  void fill_disk() override { store_->fill_disk(); }
  void make_room() override { store_->make_room(); }

  void jump_clock(std::int64_t us) override { world_.jump_clock(us); }
  std::int64_t now_us() const override { return world_.now_us(); }

  bool flip_bit_and_reopen(Position position, std::size_t bit) override {
    store_.reset();
    open({});
    disk_->flip_bit(position, bit);
    return true;
  }

 private:
  void open(const Limits& limits) {
    store_ = std::make_unique<MemoryEventStore>(world_, world_, MemoryOptions{limits, 1000}, disk_);
  }

  VirtualExecutor world_;
  std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
  std::unique_ptr<MemoryEventStore> store_;
};

}  // namespace

EngineKind memory_engine() {
  return {"Memory", [] { return std::make_unique<MemoryEngine>(); }};
}

}  // namespace silkledger::testing
