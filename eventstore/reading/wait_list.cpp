#include "eventstore/reading/wait_list.h"

#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace silkledger::eventstore {

struct WaitList::Waiter {
  std::function<void()> wake;
  std::weak_ptr<Shared> list;
  // Where it stands in the list, to leave it without a search. Guarded by the list's mutex.
  std::multimap<Position, std::weak_ptr<Waiter>>::iterator place;
  bool listed = false;

  ~Waiter();
};

struct WaitList::Shared {
  explicit Shared(Executor& on) : executor(on) {}

  Executor& executor;
  std::mutex mutex;
  Position head = 0;
  std::multimap<Position, std::weak_ptr<Waiter>> waiting;
};

WaitList::Waiter::~Waiter() {
  const auto shared = list.lock();
  if (!shared) return;
  const std::lock_guard lock(shared->mutex);
  if (listed) shared->waiting.erase(place);
}

namespace {

// The task holds the waiter weakly: when the handle is gone by the time it runs, nobody is woken.
template <class Waiter>
void post_wake(Executor& executor, std::weak_ptr<Waiter> waiter) {
  executor.post([waiter = std::move(waiter)] {
    if (const auto alive = waiter.lock()) alive->wake();
  });
}

}  // namespace

WaitList::WaitList(Executor& executor) : shared_(std::make_shared<Shared>(executor)) {}

EventStore::Wait WaitList::add(Position beyond, std::function<void()> wake) {
  auto waiter = std::make_shared<Waiter>();
  waiter->wake = std::move(wake);
  waiter->list = shared_;
  bool due = false;
  {
    const std::lock_guard lock(shared_->mutex);
    due = shared_->head > beyond;
    if (!due) {
      waiter->place = shared_->waiting.emplace(beyond, waiter);
      waiter->listed = true;
    }
  }
  if (due) post_wake(shared_->executor, std::weak_ptr(waiter));
  return waiter;
}

void WaitList::advance(Position head) {
  const std::lock_guard lock(shared_->mutex);
  shared_->head = head;
}

void WaitList::publish(Position head) {
  std::vector<std::weak_ptr<Waiter>> due;
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->head = head;
    const auto end = shared_->waiting.lower_bound(head);
    for (auto place = shared_->waiting.begin(); place != end;) {
      // A waiter that is being destroyed right now finds the mutex taken; it leaves by itself.
      due.push_back(place->second);
      ++place;
    }
  }
  for (auto& waiter : due) {
    const auto alive = waiter.lock();
    if (!alive) continue;
    {
      const std::lock_guard lock(shared_->mutex);
      if (!alive->listed) continue;
      alive->listed = false;
      shared_->waiting.erase(alive->place);
    }
    post_wake(shared_->executor, waiter);
  }
}

}  // namespace silkledger::eventstore
