// A call to the core that a coroutine of the edge waits for. Private to the edge.
//
// `start` runs on the core executor with a `reply` that may be called there or anywhere, now or
// later, once; further calls are ignored. The coroutine goes on with the result on its own
// executor. When every copy of `reply` is dropped uncalled, it goes on with `if_dropped`.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "server/runtime/executor.h"
#include "server/runtime/net.h"

namespace silkledger::server {

template <typename Result>
class PendingReply {
 public:
  template <typename Handler>
  PendingReply(net::any_io_executor executor, Handler handler, Result if_dropped)
      : if_dropped_(std::move(if_dropped)),
        // A handler is moved only, a std::function copied: one shared place holds it.
        resume_([executor = std::move(executor),
                 place = std::make_shared<Handler>(std::move(handler))](Result result) {
          net::post(executor,
                    [place, result = std::move(result)]() mutable { (*place)(std::move(result)); });
        }) {}
  ~PendingReply() { reply(std::move(if_dropped_)); }
  PendingReply(const PendingReply&) = delete;
  PendingReply& operator=(const PendingReply&) = delete;

  void reply(Result result) {
    if (!replied_.exchange(true)) std::exchange(resume_, nullptr)(std::move(result));
  }

 private:
  std::atomic<bool> replied_{false};
  Result if_dropped_;
  std::function<void(Result)> resume_;
};

template <typename Result>
using CoreStart = std::function<void(std::function<void(Result)> reply)>;

template <typename Result>
net::awaitable<Result> call_core(net::any_io_executor executor, Executor& core,
                                 CoreStart<Result> start, Result if_dropped) {
  auto initiate = [](auto handler, net::any_io_executor resume_on, Executor* on,
                     CoreStart<Result> work, Result otherwise) {
    auto pending = std::make_shared<PendingReply<Result>>(std::move(resume_on), std::move(handler),
                                                          std::move(otherwise));
    on->post([work = std::move(work), pending = std::move(pending)] {
      work([pending](Result result) { pending->reply(std::move(result)); });
    });
  };
  co_return co_await net::async_initiate<const net::use_awaitable_t<>, void(Result)>(
      std::move(initiate), net::use_awaitable, std::move(executor), &core, std::move(start),
      std::move(if_dropped));
}

}  // namespace silkledger::server
