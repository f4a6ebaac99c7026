// The fake of domain::States: aggregates by stream, evolved from events. One thread.
#pragma once

#include <map>
#include <string>

#include "domain/states.h"

namespace silkledger::domain {

class MemoryStates final : public States {
 public:
  void evolve_stream(const std::string& stream, wire::Event::Reader event,
                     const EventPlace& place) {
    evolve_any(at_stream(stream), event, place);
  }

  // Every state of one kind that was ever asked for or written, by id.
  template <class State>
  std::map<std::string, State> all() const {
    std::map<std::string, State> found;
    for (const auto& [stream, state] : states_) {
      if (const auto* one = std::get_if<State>(&state)) {
        found.emplace(stream.substr(stream.find('/') + 1), *one);
      }
    }
    return found;
  }

 private:
  const AggregateState& at(const std::string& stream) override { return at_stream(stream); }
  AggregateState& at_stream(const std::string& stream) {
    return states_.try_emplace(stream, fresh_state(stream)).first->second;
  }

  std::map<std::string, AggregateState> states_;
};

}  // namespace silkledger::domain
