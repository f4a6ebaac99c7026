// What the ledger says to people: always in Chinese and in English.
//
// Values, pure.
#pragma once

#include <cstddef>
#include <string>

namespace silkledger {

// Both languages of one sentence. Neither is a translation key: they are shown as they are.
struct Text {
  std::string zh;
  std::string en;
  friend bool operator==(const Text&, const Text&) = default;
};

// What is wrong with a written text, and where.
struct TextFault {
  std::size_t at_character = 0;  // code points from 1; 0 when the text as a whole is meant
  Text message;                  // what was found and what would help
  friend bool operator==(const TextFault&, const TextFault&) = default;
};

}  // namespace silkledger
