#include "tests/bench/measuring/process_usage.h"

#include <sched.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace silkledger::bench {
namespace {

std::string folder_of(pid_t process) { return "/proc/" + std::to_string(process); }

std::filesystem::directory_iterator threads_of(pid_t process) {
  return std::filesystem::directory_iterator(folder_of(process) + "/task");
}

}  // namespace

double processor_seconds_of(pid_t process) {
  double nanoseconds = 0;
  for (const auto& thread : threads_of(process)) {
    // The first number: time on a processor.
    std::ifstream usage(thread.path() / "schedstat");
    double own = 0;
    if (usage >> own) nanoseconds += own;
  }
  return nanoseconds * 1e-9;
}

double resident_bytes_of(pid_t process) {
  std::ifstream usage(folder_of(process) + "/statm");
  double all_pages = 0;
  double resident_pages = 0;
  if (!(usage >> all_pages >> resident_pages)) throw std::runtime_error("a process is gone");
  return resident_pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void keep_on_processor(pid_t process, unsigned processor) {
  if (std::thread::hardware_concurrency() < 2) return;
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(processor, &only);
  for (const auto& thread : threads_of(process)) {
    ::sched_setaffinity(std::stoi(thread.path().filename()), sizeof only, &only);
  }
}

}  // namespace silkledger::bench
