// States gives deciders the aggregates of the log by id, as of the point where the decision is
// made.
//
// The implementation loads and evolves them from their streams and notes which were read, so that
// the append can be conditioned on them. References stay valid until the decision returns. An
// unknown id gives a state whose exists() is false.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "domain/aggregates.h"

namespace silkledger::domain {

class States {
 public:
  virtual ~States() = default;

  template <class State>
  const State& get(std::string_view id) {
    return std::get<State>(at(std::string(State::kAggregate) + "/" + std::string(id)));
  }

 private:
  // The state of a stream of an aggregate; a fresh one when the stream is empty.
  virtual const AggregateState& at(const std::string& stream) = 0;
};

}  // namespace silkledger::domain
