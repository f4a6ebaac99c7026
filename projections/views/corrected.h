// The new value of a correction, in the type its field has. Deciders let no other type into the
// log; if one stands there all the same, the view stops at it.
#pragma once

#include <cstdint>
#include <string>

#include "domain/schema/corrections.values.h"
#include "projections/view.h"

namespace silkledger::projections {

template <class Change>
auto corrected(const schema::Change& change) {
  const auto* found = std::get_if<Change>(&change);
  if (!found) throw ImpossibleEvent("the correction has a value of another type than its field");
  return found->becomes;
}

inline std::string corrected_text(const schema::Change& change) {
  return corrected<schema::TextChange>(change);
}
inline schema::Money corrected_money(const schema::Change& change) {
  return corrected<schema::MoneyChange>(change);
}
inline schema::Count corrected_count(const schema::Change& change) {
  return corrected<schema::CountChange>(change);
}
inline CivilDate corrected_date(const schema::Change& change) {
  return corrected<schema::DateChange>(change);
}
inline std::int64_t corrected_fen(const schema::Change& change) {
  return corrected<schema::FenChange>(change);
}

}  // namespace silkledger::projections
