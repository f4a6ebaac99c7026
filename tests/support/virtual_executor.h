// A whole world in one thread: executor, clock and randomness in virtual time, driven from a seed.
//
// Threads: one. Whoever posts, runs and reads the clock does it on the test's own thread.
// Time stands still while tasks run; only advance() and run_to_end() move it. The same seed and the
// same calls give the same run, so print seed() when a test fails.
#pragma once

#include <cassert>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "eventstore/executor.h"

namespace silkledger::testing {

class VirtualExecutor final : public eventstore::Executor,
                              public eventstore::Clock,
                              public eventstore::Random {
 public:
  enum class Order {
    kPosted,         // tasks due at the same instant run in order of posting
    kShuffleTimers,  // timers due at the same instant run in any order; posted work keeps its order
    kShuffleAll,     // any task due at the same instant may be next: harsher than Executor promises
  };

  // 2026-01-01T00:00:00Z
  static constexpr std::int64_t kStartUs = 1'767'225'600'000'000;
  // A run that takes more tasks than this is taken for an endless loop.
  static constexpr std::size_t kTasksMax = 50'000'000;

  explicit VirtualExecutor(std::uint64_t seed = 1, Order order = Order::kPosted,
                           std::int64_t start_us = kStartUs)
      : seed_(seed), order_(order), start_us_(start_us), state_(seed), shuffle_state_(~seed) {}

  VirtualExecutor(const VirtualExecutor&) = delete;
  VirtualExecutor& operator=(const VirtualExecutor&) = delete;

  void post(std::function<void()> work) override {
    add(elapsed_us_, order_ == Order::kShuffleAll, std::move(work));
  }

  void post_after(std::chrono::microseconds delay, std::function<void()> work) override {
    const std::int64_t us = delay.count() > 0 ? delay.count() : 0;
    add(elapsed_us_ + us, order_ != Order::kPosted, std::move(work));
  }

  // Wall time: virtual time plus every jump of the clock so far.
  std::int64_t now_us() const override { return start_us_ + elapsed_us_ + jumped_us_; }

  // Random numbers for the code under test; shuffling draws from a sequence of its own, so it does
  // not change them.
  std::uint64_t next() override { return draw(state_); }

  // A number from 0 up to, and without, `bound`.
  std::uint64_t below(std::uint64_t bound) {
    assert(bound > 0);
    return next() % bound;
  }

  std::uint64_t seed() const { return seed_; }
  // Virtual time since the start. Never goes back, whatever the clock does.
  std::chrono::microseconds elapsed() const { return std::chrono::microseconds(elapsed_us_); }

  // Moves the wall clock, forwards or back, without passing time: no timer becomes due by it.
  void jump_clock(std::int64_t us) { jumped_us_ += us; }

  // Runs everything due now, and what that posts, until nothing is due. Time does not move.
  // Returns how many tasks ran.
  std::size_t run_until_idle() { return run_through(elapsed_us_); }

  // Runs one task if one is due now.
  bool run_one() {
    if (tasks_.empty() || std::get<0>(tasks_.begin()->first) > elapsed_us_) return false;
    run_first();
    return true;
  }

  // Lets `us` of virtual time pass; each task runs at the instant it is due.
  std::size_t advance(std::int64_t us) {
    assert(us >= 0);
    const std::int64_t end_us = elapsed_us_ + us;
    const std::size_t ran = run_through(end_us);
    elapsed_us_ = end_us;
    return ran;
  }
  std::size_t advance(std::chrono::microseconds time) { return advance(time.count()); }

  // Jumps from timer to timer until none is left or `tasks_max` ran. Whoever keeps a repeating
  // timer wants advance() instead.
  std::size_t run_to_end(std::size_t tasks_max = kTasksMax) {
    std::size_t ran = 0;
    for (; ran < tasks_max && !tasks_.empty(); ++ran) run_first();
    return ran;
  }

  // Forgets every task without running it: what a killed process does.
  void drop_all() { tasks_.clear(); }

  std::size_t waiting() const { return tasks_.size(); }
  // Time until the next task is due; nothing when there is none.
  std::optional<std::chrono::microseconds> next_due() const {
    if (tasks_.empty()) return std::nullopt;
    return std::chrono::microseconds(std::get<0>(tasks_.begin()->first) - elapsed_us_);
  }

 private:
  // (due, tie-break, order of posting)
  using Key = std::tuple<std::int64_t, std::uint64_t, std::uint64_t>;

  void add(std::int64_t due_us, bool shuffled, std::function<void()> work) {
    assert(work);
    const std::uint64_t tie = shuffled ? draw(shuffle_state_) : 0;
    tasks_.emplace(Key{due_us, tie, ++posted_}, std::move(work));
  }

  void run_first() {
    auto task = tasks_.extract(tasks_.begin());
    if (std::get<0>(task.key()) > elapsed_us_) elapsed_us_ = std::get<0>(task.key());
    task.mapped()();
  }

  std::size_t run_through(std::int64_t end_us) {
    std::size_t ran = 0;
    while (!tasks_.empty() && std::get<0>(tasks_.begin()->first) <= end_us) {
      run_first();
      ++ran;
      assert(ran < kTasksMax && "the tasks post each other for ever");
    }
    return ran;
  }

  // SplitMix64: any seed is a good seed, and the sequence is the same on every platform.
  static std::uint64_t draw(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  std::uint64_t seed_;
  Order order_;
  std::int64_t start_us_;
  std::int64_t elapsed_us_ = 0;
  std::int64_t jumped_us_ = 0;
  std::uint64_t state_;
  std::uint64_t shuffle_state_;
  std::uint64_t posted_ = 0;
  std::map<Key, std::function<void()>> tasks_;
};

}  // namespace silkledger::testing
