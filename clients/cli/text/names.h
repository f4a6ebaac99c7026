// Names for the ids of units, as the server's view `unit` tells them.
//
// Values, pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "clients/cli/text/words.h"

namespace silkledger::cli {

class UnitNames {
 public:
  // Adds the rows of an answer of GET /api/v1/views/unit, or of a live frame of that view.
  void add(std::string_view answer);
  bool empty() const { return names_.empty(); }
  // The unit's name, or the id where it is not known.
  const std::string& name(const std::string& unit_id, Lang lang) const;

 private:
  std::map<std::string, Text, std::less<>> names_;
};

}  // namespace silkledger::cli
