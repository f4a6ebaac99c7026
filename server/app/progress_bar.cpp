#include "server/app/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace silkledger::server {
namespace {

using std::chrono::steady_clock;

constexpr std::uint64_t kColumns = 30;
constexpr auto kDrawEvery = std::chrono::milliseconds(100);

}  // namespace

ProgressBar::ProgressBar() : is_terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (!what_.empty()) std::fprintf(stderr, "\n");
}

void ProgressBar::show(const std::string& what, std::uint64_t done, std::uint64_t total) {
  if (!is_terminal_) return;
  const auto now = steady_clock::now();
  if (what != what_) {
    if (!what_.empty()) std::fprintf(stderr, "\n");
    what_ = what;
    began_ = now;
    began_at_ = done;
  } else if (now - drawn_ < kDrawEvery && done < total) {
    return;
  }
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  const double rate = seconds > 0 ? static_cast<double>(done - began_at_) / seconds : 0;
  const double left = rate > 0 ? static_cast<double>(total - done) / rate : 0;
  const auto full = total == 0 ? kColumns : std::min(kColumns, done * kColumns / total);
  std::string bar;
  for (std::uint64_t i = 0; i < kColumns; ++i) bar += i < full ? "█" : "░";
  std::fprintf(stderr, "\r\x1b[K%s %s %llu/%llu  %.0f/s  %.0f s", what.c_str(), bar.c_str(),
               static_cast<unsigned long long>(done), static_cast<unsigned long long>(total), rate,
               left);
}

}  // namespace silkledger::server
