#pragma once

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

// The faults of coroutines that no tool in Debian 12 finds, by pattern: crude, but it runs.
//   - a lambda with captures that is a coroutine: captures die with the lambda, the frame lives on
//   - a coroutine that takes a string_view or span: it points into a buffer that another turn may
//   consume
//   - a lock that is held across a co_await
Findings check_coroutines(const SourceFile& file);

}  // namespace silkledger::tidy
