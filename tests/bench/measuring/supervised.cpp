#include "tests/bench/measuring/supervised.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

#include "tests/bench/measuring/measure.h"

namespace silkledger::bench {
namespace {

constexpr int kEndBySignal = 128;
constexpr double kPatienceSeconds = 10;

// The temporary folder of all that runs here. Programs that run as somebody else have theirs in it.
class Workplace {
 public:
  Workplace()
      : path_((std::filesystem::temp_directory_path() / "silkledger-bench-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) fail_with_errno("mkdtemp " + path_);
    ::chmod(path_.c_str(), S_IRWXU | S_IXGRP | S_IXOTH);
    ::setenv("TMPDIR", path_.c_str(), 1);
  }
  ~Workplace() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

 private:
  std::string path_;
};

// Everything that has ended by now is taken note of; false when nothing is left.
bool any_left(pid_t bench, int& bench_status) {
  while (true) {
    int status = 0;
    const pid_t ended = ::waitpid(-1, &status, WNOHANG);
    if (ended == 0) return true;
    if (ended < 0 && errno == EINTR) continue;
    if (ended < 0) return false;
    if (ended == bench) bench_status = status;
  }
}

// Orphans of the bench have become ours: asked first, for PostgreSQL's own children end with it
// and not with a kill.
void end_the_rest(pid_t bench, int& bench_status, const sigset_t& signals) {
  for (const int ending : {SIGINT, SIGKILL}) {
    if (!any_left(bench, bench_status)) return;
    ::kill(-bench, ending);
    const auto start = SteadyClock::now();
    while (any_left(bench, bench_status)) {
      if (seconds_since(start) > kPatienceSeconds) break;
      constexpr timespec kLookAgain{0, 50'000'000};
      ::sigtimedwait(&signals, nullptr, &kLookAgain);
    }
  }
}

}  // namespace

int supervised(const std::function<int()>& work) {
  const Workplace workplace;
  sigset_t signals;
  sigset_t before;
  ::sigemptyset(&signals);
  for (const int one : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) ::sigaddset(&signals, one);
  ::sigprocmask(SIG_BLOCK, &signals, &before);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  const pid_t bench = ::fork();
  if (bench < 0) fail_with_errno("fork");
  if (bench == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    ::signal(SIGINT, SIG_DFL);  // a shell ignores it for what runs in its background
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    std::exit(work());
  }
  ::setpgid(bench, bench);
  constexpr int kRuns = -1;  // no status of an ended process
  int status = kRuns;
  while (status == kRuns) {
    const int signal = ::sigwaitinfo(&signals, nullptr);
    if (signal > 0 && signal != SIGCHLD) break;
    any_left(bench, status);
  }
  end_the_rest(bench, status, signals);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return kEndBySignal + WTERMSIG(status);
}

}  // namespace silkledger::bench
