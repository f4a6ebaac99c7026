#include "clients/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

constexpr std::size_t kColumnsUnknown = 80;
constexpr std::size_t kRowsUnknown = 24;

winsize window_of(int stream) {
  winsize size{};
  if (::ioctl(stream, TIOCGWINSZ, &size) != 0) size = {};
  return size;
}

void write_line(std::FILE* stream, const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stream);
  std::fputc('\n', stream);
  std::fflush(stream);
}

}  // namespace

Terminal::Terminal(TerminalOptions options)
    : options_(options),
      out_is_terminal_(::isatty(STDOUT_FILENO) == 1),
      err_is_terminal_(::isatty(STDERR_FILENO) == 1),
      paint_out_(options.colour && out_is_terminal_ && !options.json),
      paint_err_(options.colour && err_is_terminal_) {}

std::size_t Terminal::columns() const {
  if (!out_is_terminal_) return 0;
  const std::size_t columns = window_of(STDOUT_FILENO).ws_col;
  return columns == 0 ? kColumnsUnknown : columns;
}

std::size_t Terminal::rows() const {
  if (!out_is_terminal_) return 0;
  const std::size_t rows = window_of(STDOUT_FILENO).ws_row;
  return rows == 0 ? kRowsUnknown : rows;
}

void Terminal::out(const std::string& line) { write_line(stdout, line); }

void Terminal::out(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out(line);
}

void Terminal::say(const Text& text) {
  end_progress();
  write_line(stderr, in(options_.lang, text));
}

void Terminal::say_lines(const std::vector<std::string>& lines) {
  end_progress();
  for (const std::string& line : lines) write_line(stderr, line);
}

void Terminal::error(const Text& text) {
  end_progress();
  write_line(stderr, paint_err_(Colour::red, in(options_.lang, text)));
}

void Terminal::progress(const std::string& line) {
  if (!err_is_terminal_ || options_.json) return;
  const std::size_t columns = window_of(STDERR_FILENO).ws_col;
  const std::string fitted = cut(line, (columns == 0 ? kColumnsUnknown : columns) - 1);
  std::fprintf(stderr, "\r\x1b[K%s", fitted.c_str());
  std::fflush(stderr);
  progress_shown_ = true;
}

void Terminal::end_progress() {
  if (!progress_shown_) return;
  progress_shown_ = false;
  std::fputc('\n', stderr);
}

void Terminal::redraw(const std::vector<std::string>& lines) {
  std::string screen = "\x1b[H\x1b[2J";
  for (const std::string& line : lines) screen += line + '\n';
  std::fwrite(screen.data(), 1, screen.size(), stdout);
  std::fflush(stdout);
}

}  // namespace silkledger::cli
