// Who waits for the head to move, and how they are woken; behind wait_beyond() of every engine.
//
// Threads: any. Ownership: the executor must outlive the list; a handle may outlive both.
#pragma once

#include <functional>
#include <memory>

#include "eventstore/event_store.h"
#include "eventstore/executor.h"

namespace silkledger::eventstore {

class WaitList {
 public:
  explicit WaitList(Executor& executor);

  EventStore::Wait add(Position beyond, std::function<void()> wake);

  // The head moved, and will be published: who asks from now on finds it so. Wakes nobody.
  void advance(Position head);

  // The head moved: posts the wake-up of everybody who waits for less. Heads never go back.
  void publish(Position head);

 private:
  struct Waiter;
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace silkledger::eventstore
