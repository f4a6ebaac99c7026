// Programs as their users start them: a child with its output in files, an end that is waited for
// with a limit, and nothing left behind.
//
// Threads: one object, one thread at a time. Ownership: a child lives no longer than its object.
// Errors: what cannot be started or does not end in time throws, which ends the test with a reason.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace silkledger::testing {

// A folder of its own below the system's temporary one, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string contents_of(const std::string& path);
void write_file(const std::string& path, const std::string& contents);
// Copies a data folder whose server does not run.
void copy_folder(const std::string& from, const std::string& to);

// How a process ended: its exit code, or the signal that killed it.
struct Ended {
  std::optional<int> code;
  std::optional<int> signal;
};

class ChildProcess {
 public:
  // Output goes to these files, appended.
  ChildProcess(const std::vector<std::string>& words, const std::string& out,
               const std::string& err);
  ~ChildProcess();  // SIGKILL, and waited for
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  // Nothing when it still runs after this time.
  std::optional<Ended> wait(std::chrono::milliseconds limit);
  // Waits until the file is there, renamed into place: false when the process ended or time is up.
  bool wait_for_file(const std::string& path, std::chrono::milliseconds limit);

 private:
  pid_t pid_ = -1;
  int pid_descriptor_ = -1;
  std::optional<Ended> ended_;
};

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

// Runs a program to its end.
Ran run_program(const std::vector<std::string>& words,
                std::chrono::milliseconds limit = std::chrono::seconds(60));

}  // namespace silkledger::testing
