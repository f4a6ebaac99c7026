#include "tests/support/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

extern char** environ;

namespace silkledger::testing {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return left < 0 ? 0 : static_cast<int>(left);
}

// A descriptor that is closed with its owner.
struct Descriptor {
  explicit Descriptor(int given) : number(given) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number;
};

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "silkledger-e2e-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) fail("mkdtemp " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string contents_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& contents) {
  std::ofstream out(path, std::ios::binary);
  out << contents;
  out.close();
  if (!out) fail("write " + path);
}

void copy_folder(const std::string& from, const std::string& to) {
  fs::copy(from, to, fs::copy_options::recursive);
}

ChildProcess::ChildProcess(const std::vector<std::string>& words, const std::string& out,
                           const std::string& err) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  const int append = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), append, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err.c_str(), append, 0600);
  errno = ::posix_spawn(&pid_, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (errno != 0) {
    pid_ = -1;
    fail("start " + words[0]);
  }
  // By number: glibc 2.36 declares its wrapper without C linkage.
  pid_descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (pid_descriptor_ < 0) fail("pidfd_open");
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0 && !ended_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (pid_descriptor_ >= 0) ::close(pid_descriptor_);
}

void ChildProcess::signal(int number) const {
  if (!ended_) ::kill(pid_, number);
}

std::optional<Ended> ChildProcess::wait(std::chrono::milliseconds limit) {
  if (ended_) return ended_;
  const auto deadline = Clock::now() + limit;
  pollfd ready{pid_descriptor_, POLLIN, 0};
  int count = 0;
  do {
    count = ::poll(&ready, 1, milliseconds_until(deadline));
  } while (count < 0 && errno == EINTR);
  if (count <= 0) return std::nullopt;
  int status = 0;
  if (::waitpid(pid_, &status, 0) != pid_) fail("waitpid");
  ended_ = Ended{};
  if (WIFEXITED(status)) ended_->code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended_->signal = WTERMSIG(status);
  return ended_;
}

bool ChildProcess::wait_for_file(const std::string& path, std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  const Descriptor changes(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (changes.number < 0) fail("inotify_init1");
  const std::string folder = fs::path(path).parent_path().string();
  if (::inotify_add_watch(changes.number, folder.c_str(), IN_MOVED_TO) < 0) fail("watch " + folder);
  while (!fs::exists(path)) {
    std::array<pollfd, 2> ready{pollfd{changes.number, POLLIN, 0},
                                pollfd{pid_descriptor_, POLLIN, 0}};
    const int count = ::poll(ready.data(), ready.size(), milliseconds_until(deadline));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || ready[1].revents != 0) return fs::exists(path);
    std::array<char, 4096> drained;
    while (::read(changes.number, drained.data(), drained.size()) > 0) {
    }
  }
  return true;
}

Ran run_program(const std::vector<std::string>& words, std::chrono::milliseconds limit) {
  const TemporaryFolder folder;
  ChildProcess child(words, folder.file("out"), folder.file("err"));
  const auto ended = child.wait(limit);
  Ran ran{-1, contents_of(folder.file("out")), contents_of(folder.file("err"))};
  if (!ended) throw std::runtime_error(words[0] + " did not end in time\n" + ran.out + ran.err);
  ran.code = ended->code.value_or(128 + ended->signal.value_or(0));
  return ran;
}

}  // namespace silkledger::testing
