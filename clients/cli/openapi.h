// The published description of the API that this program was built with.
#pragma once

#include <string_view>

namespace silkledger::cli {

std::string_view openapi();

}  // namespace silkledger::cli
