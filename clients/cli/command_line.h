// The command line: options, environment, and which subcommand runs.
#pragma once

namespace silkledger::cli {

int run(int argc, const char* const* argv);

}  // namespace silkledger::cli
