#include "tools/tidy/functions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "tools/tidy/code_text.h"

namespace silkledger::tidy {
namespace {

// A type or namespace: its braces are transparent, functions are found inside.
bool opens_scope(std::string_view head) {
  constexpr std::array<std::string_view, 6> kScopes = {"namespace", "class", "struct",
                                                       "union",     "enum",  "extern"};
  const bool any = std::ranges::any_of(kScopes, [head](std::string_view word) {
    return find_word(head, word) != std::string_view::npos;
  });
  if (!any) return false;
  // `struct Case find_case(…) {` and a template over `class T` are functions after all.
  const std::size_t close = head.rfind(')');
  if (close == std::string_view::npos) return true;
  const std::string_view after = head.substr(close + 1);
  return head.find("alignas") != std::string_view::npos ||
         after.find(':') != std::string_view::npos;
}

class Finder {
 public:
  explicit Finder(const SourceFile& file) : file_(file) {}

  std::vector<Function> find() {
    bool continues = false;
    for (; line_ < file_.code.size(); ++line_) {
      const std::string& text = file_.code[line_];
      const bool preprocessor = continues || trimmed(text).starts_with('#');
      continues = preprocessor && text.ends_with('\\');
      if (!preprocessor) {
        for (const char character : text) take(character);
        head_ += ' ';
      }
    }
    return std::move(found_);
  }

 private:
  void take(char character) {
    if (character == '{') return open();
    if (character == '}') return close();
    if (body_depth_ > 0 || initialiser_depth_ > 0) return;
    if (character == ';') return forget_head();
    if (std::isspace(static_cast<unsigned char>(character)) == 0 && head_line_ == 0) {
      head_line_ = static_cast<int>(line_) + 1;
    }
    head_ += character;
  }

  void open() {
    if (body_depth_ > 0) {
      ++body_depth_;
    } else if (initialiser_depth_ > 0) {
      ++initialiser_depth_;
    } else if (continues_initialisers()) {
      // `Store::Store() : a_{1}, b_{2} {`: the braces of members are not the body; the last block
      // is.
      found_.pop_back();
      body_depth_ = 1;
    } else if (opens_scope(head_)) {
      forget_head();
    } else if (head_.find(')') != std::string::npos) {
      previous_ = {std::string(trimmed(head_)), head_line_, 0};
      body_depth_ = 1;
    } else {
      initialiser_depth_ = 1;
    }
  }

  bool continues_initialisers() const {
    if (found_.empty() || !just_closed_) return false;
    const std::string_view head = trimmed(head_);
    return head.empty() || head.front() == ',';
  }

  void close() {
    if (body_depth_ > 1) {
      --body_depth_;
    } else if (body_depth_ == 1) {
      body_depth_ = 0;
      previous_.last_line = static_cast<int>(line_) + 1;
      found_.push_back(previous_);
      forget_head();
      just_closed_ = true;
    } else if (initialiser_depth_ > 0) {
      --initialiser_depth_;
    } else {
      forget_head();
    }
  }

  void forget_head() {
    head_.clear();
    head_line_ = 0;
    just_closed_ = false;
  }

  const SourceFile& file_;
  std::vector<Function> found_;
  Function previous_;
  std::string head_;
  std::size_t line_ = 0;
  int head_line_ = 0;
  int body_depth_ = 0;
  int initialiser_depth_ = 0;
  bool just_closed_ = false;
};

}  // namespace

std::vector<Function> find_functions(const SourceFile& file) {
  if (file.kind != Kind::cpp) return {};
  return Finder(file).find();
}

Findings check_function_lengths(const SourceFile& file) {
  const int most = file.within("tests") ? kTestFunctionLinesMax : kFunctionLinesMax;
  Findings findings;
  for (const Function& function : find_functions(file)) {
    if (function.length() <= most) continue;
    findings.push_back(
        {file.path, function.first_line, "function-length",
         std::to_string(function.length()) + " lines, at most " + std::to_string(most) +
             "; give a part of it a name of its own, or turn the cases into a table"});
  }
  return findings;
}

}  // namespace silkledger::tidy
