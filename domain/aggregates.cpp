#include "domain/aggregates.h"

#include <type_traits>
#include <utility>

namespace silkledger::domain {
namespace {

template <class State>
bool begin(AggregateState& fresh, std::string_view aggregate) {
  if constexpr (!std::is_same_v<State, std::monostate>) {
    if (aggregate == State::kAggregate) {
      fresh.emplace<State>();
      return true;
    }
  }
  return false;
}

template <class... States>
void begin_any(std::variant<States...>& fresh, std::string_view aggregate) {
  (void)(begin<States>(fresh, aggregate) || ...);
}

}  // namespace

AggregateState fresh_state(std::string_view stream) {
  AggregateState fresh;
  begin_any(fresh, stream.substr(0, stream.find('/')));
  return fresh;
}

void evolve_any(AggregateState& state, wire::Event::Reader event, const EventPlace& place) {
  std::visit(
      [&](auto& known) {
        if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(known)>, std::monostate>) {
          evolve(known, event, place);
        }
      },
      state);
}

}  // namespace silkledger::domain
