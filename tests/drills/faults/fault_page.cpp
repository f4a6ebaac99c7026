#include "tests/drills/faults/fault_page.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>
#include <stdexcept>
#include <utility>

namespace silkledger::faults {

FaultPage::FaultPage(std::string file, std::string folder)
    : file_(std::move(file)), folder_(std::move(folder)) {
  const int descriptor = ::open(file_.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0 || ::ftruncate(descriptor, sizeof(State)) != 0) {
    throw std::runtime_error("cannot make " + file_);
  }
  void* page = ::mmap(nullptr, sizeof(State), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  if (page == MAP_FAILED) throw std::runtime_error("cannot map " + file_);
  state_ = new (page) State;
}

FaultPage::~FaultPage() { ::munmap(state_, sizeof(State)); }

void FaultPage::reset() { new (state_) State; }

std::vector<std::string> FaultPage::words(const std::string& library) const {
  return {"/usr/bin/env", "LD_PRELOAD=" + library, "SILKLEDGER_FAULT_FOLDER=" + folder_,
          "SILKLEDGER_FAULT_STATE=" + file_};
}

}  // namespace silkledger::faults
