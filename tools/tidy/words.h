#pragma once

#include <string_view>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

// A word that must not stand in some folders. `where` empty: everywhere. Words match whole
// identifiers of the code, without comments and strings, unless `prose` is set: then they match
// anywhere in a line of any text file.
struct BannedWord {
  std::string_view word;
  std::vector<std::string_view> where;
  std::string_view remedy;
  bool prose = false;
  std::vector<std::string_view> except = {};
};

const std::vector<BannedWord>& banned_words();

Findings check_words(const SourceFile& file);

}  // namespace silkledger::tidy
