// What the import has to say about a cell, a row or a file.
//
// Values, pure.
#pragma once

#include <cstdint>
#include <string>

#include "domain/kernel/text.h"

namespace silkledger::cli {

enum class Reason : std::uint8_t {
  format,         // not readable as written
  outside,        // a place outside the prefecture
  unit,           // no unit, or more than one, or a presumed one
  bundle,         // several projects or enterprises in one row
  framework,      // a framework agreement, no project yet
  not_promotion,  // public works that are no investment promotion
  phase,          // part of a project that is another row
  duplicate,      // the same project as another row, or suspected to be
  value,          // a figure that is implausible or cannot be this project's
  status,         // no stage can be told from it
  source,         // nobody could check it
};

Text reason_words(Reason reason);

struct Remark {
  bool refuses = true;  // else a warning: the row goes in
  Reason reason = Reason::format;
  std::string address;  // "E7"; "7" is a whole row, "" the whole file
  std::string what;     // the text at fault, as it was written
  Text why;
  Text help = {};
};

}  // namespace silkledger::cli
