// The language that the program speaks, and small words that depend on it.
//
// Values, pure; the environment is passed in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/kernel/text.h"

namespace silkledger::cli {

enum class Lang : std::uint8_t { zh, en };

inline const std::string& in(Lang lang, const Text& text) {
  return lang == Lang::zh ? text.zh : text.en;
}

// `option` ("zh", "en" or empty) prevails, then LC_ALL, then LANG; Chinese when none says English.
Lang language(std::string_view option, std::string_view lc_all, std::string_view lang);

// "1 row", "2 rows"; Chinese has one form and needs no such function.
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

// "underConstruction" and "outcome-unknown" as people write it: "under construction".
std::string spaced(std::string_view name);

// Without blanks, tabs, line ends and U+3000 at both ends.
std::string_view trimmed(std::string_view text);

// Full-width forms (U+FF01…FF5E, U+3000) as their ASCII counterparts, for comparison and numbers.
std::string half_width(std::string_view text);

}  // namespace silkledger::cli
