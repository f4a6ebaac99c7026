// What the program prints to, and how: streams, language, colours.
//
// One thread. Standard output carries answers, standard error everything said about them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "clients/cli/text/paint.h"
#include "clients/cli/text/words.h"
#include "domain/kernel/text.h"

namespace silkledger::cli {

// How the program ends; the manual lists them.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // or partly refused
inline constexpr int kUsage = 2;
inline constexpr int kUnreachable = 3;  // or the outcome is not known

struct TerminalOptions {
  bool json = false;
  Lang lang = Lang::zh;
  bool colour = true;  // where the stream is a terminal
};

class Terminal {
 public:
  explicit Terminal(TerminalOptions options);

  bool json() const { return options_.json; }
  Lang lang() const { return options_.lang; }
  bool zh() const { return options_.lang == Lang::zh; }
  const Paint& paint() const { return paint_out_; }
  const Paint& error_paint() const { return paint_err_; }
  bool out_is_terminal() const { return out_is_terminal_; }
  bool err_is_terminal() const { return err_is_terminal_; }
  std::size_t columns() const;  // 0 where the output is no terminal
  std::size_t rows() const;     // 0 likewise

  void out(const std::string& line);  // flushed: whoever reads a pipe sees it at once
  void out(const std::vector<std::string>& lines);
  void say(const Text& text);  // to standard error
  void say_lines(const std::vector<std::string>& lines);
  void error(const Text& text);

  // A line on standard error that is written over, only where that is a terminal.
  void progress(const std::string& line);
  void end_progress();

  // The whole screen anew, only where the output is a terminal.
  void redraw(const std::vector<std::string>& lines);

 private:
  TerminalOptions options_;
  bool out_is_terminal_;
  bool err_is_terminal_;
  Paint paint_out_;
  Paint paint_err_;
  bool progress_shown_ = false;
};

}  // namespace silkledger::cli
