// silkledger: the command line over the published API.
#include "clients/cli/command_line.h"

int main(int argc, char** argv) { return silkledger::cli::run(argc, argv); }
