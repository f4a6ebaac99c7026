// What a process costs: processor time, memory, and on which processor it may run.
//
// Threads: any. Errors: throws std::runtime_error when the process is gone.
#pragma once

#include <sys/types.h>

namespace silkledger::bench {

// Seconds of processor time of all its threads so far.
double processor_seconds_of(pid_t process);
// Resident memory in bytes.
double resident_bytes_of(pid_t process);
// All its threads, and those they start, stay on this processor; nothing where there is only one.
void keep_on_processor(pid_t process, unsigned processor);

}  // namespace silkledger::bench
