#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

// Who may include what: one row per folder, the longest folder that holds a file decides.
// docs/adr/0002 gives the reasons.
struct Layer {
  std::string_view folder;
  std::vector<std::string_view>
      own;  // prefixes of quoted includes: folders ("domain/") or single headers
  std::vector<std::string_view> library;  // prefixes of <…> includes of libraries
  bool system = false;      // may touch threads, files, streams, random numbers and POSIX headers
  std::string_view reason;  // why, for the message
};

const std::vector<Layer>& layers();

Findings check_layers(const SourceFile& file);

// Beast costs half a minute a unit: it stays in at most this many .cpp files outside tests/, and in
// no header.
inline constexpr int kBeastUnitsMax = 3;

Findings check_beast(const std::vector<SourceFile>& files);

}  // namespace silkledger::tidy
