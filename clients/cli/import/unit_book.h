// Which unit a place in a file means: exactly one that receives projects, by name or alias.
//
// Values, pure. Nothing is matched by likeness: a name that is almost a unit's is refused.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clients/cli/import/remark.h"

namespace silkledger::cli {

class UnitBook {
 public:
  // Adds the rows of an answer of GET /api/v1/views/unit. Units that receive no projects, or were
  // closed, are left out. False when the text is no such answer.
  bool add(std::string_view answer);
  std::size_t size() const { return units_; }

  // The unit's id, or why there is none; `address` and `what` of the remark are the caller's.
  std::variant<std::string, Remark> find(std::string_view place) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> ids_by_name_;
  std::size_t units_ = 0;
};

}  // namespace silkledger::cli
