// Runs a bench in a process of its own and leaves nothing behind when it ends, however it ends:
// what it has started is ended too, and what it has put below the temporary folder is removed.
//
// Threads: to be called before there are any. Errors: throws std::runtime_error when the system
// gives no process or folder.
#pragma once

#include <functional>

namespace silkledger::bench {

// The exit code of `work`, or 128 and the signal that ended it. SIGINT and SIGTERM to this process
// end it as well.
int supervised(const std::function<int()>& work);

}  // namespace silkledger::bench
