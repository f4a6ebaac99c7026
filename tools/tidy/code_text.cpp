#include "tools/tidy/code_text.h"

#include <cctype>

namespace silkledger::tidy {
namespace {

// Walks C++ text line by line; what stays open at the end of a line (a comment, a raw string) is
// the only state.
class Blanker {
 public:
  std::string blank(const std::string& line) {
    out_ = line;
    at_ = 0;
    if (in_comment_) skip_comment();
    if (!raw_end_.empty()) skip_raw_string();
    if (is_include(line)) return out_;
    while (at_ < out_.size()) step();
    return out_;
  }

 private:
  static bool is_include(const std::string& line) {
    const std::string_view text = trimmed(line);
    return text.starts_with('#') && text.find("include") != std::string_view::npos;
  }

  void step() {
    const std::string_view rest = std::string_view(out_).substr(at_);
    if (rest.starts_with("//")) {
      erase_to(out_.size());
    } else if (rest.starts_with("/*")) {
      in_comment_ = true;
      erase_to(at_ + 2);
      skip_comment();
    } else if (rest.starts_with("R\"")) {
      const std::size_t open = out_.find('(', at_);
      raw_end_ = ")" + out_.substr(at_ + 2, open == std::string::npos ? 0 : open - at_ - 2) + "\"";
      erase_to(open == std::string::npos ? out_.size() : open + 1);
      skip_raw_string();
    } else if (rest.front() == '"') {
      skip_literal('"');
    } else if (rest.front() == '\'' && !is_digit_separator()) {
      skip_literal('\'');
    } else {
      ++at_;
    }
  }

  bool is_digit_separator() const {
    return at_ > 0 && std::isxdigit(static_cast<unsigned char>(out_[at_ - 1])) != 0;
  }

  void skip_comment() {
    const std::size_t end = out_.find("*/", at_);
    in_comment_ = end == std::string::npos;
    erase_to(in_comment_ ? out_.size() : end + 2);
  }

  void skip_raw_string() {
    const std::size_t end = out_.find(raw_end_, at_);
    if (end == std::string::npos) return erase_to(out_.size());
    erase_to(end + raw_end_.size());
    raw_end_.clear();
  }

  void skip_literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < out_.size() && out_[end] != quote) end += out_[end] == '\\' ? 2U : 1U;
    const std::size_t open = at_;
    erase_to(end < out_.size() ? end + 1 : out_.size());
    // The quotes stay, so that a call keeps an argument and `case ' ':` its shape.
    out_[open] = quote;
    out_[at_ - 1] = quote;
  }

  void erase_to(std::size_t end) {
    for (; at_ < end; ++at_) out_[at_] = ' ';
  }

  std::string out_;
  std::size_t at_ = 0;
  bool in_comment_ = false;
  std::string raw_end_;
};

}  // namespace

std::vector<std::string> blank_prose(const std::vector<std::string>& lines) {
  std::vector<std::string> code;
  code.reserve(lines.size());
  Blanker blanker;
  for (const std::string& line : lines) code.push_back(blanker.blank(line));
  return code;
}

bool is_identifier_character(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

std::size_t find_word(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != std::string_view::npos;
       at = code.find(word, at + 1)) {
    const std::size_t after = at + word.size();
    const bool starts =
        at == 0 || !is_identifier_character(word.front()) || !is_identifier_character(code[at - 1]);
    const bool ends = after == code.size() || !is_identifier_character(word.back()) ||
                      !is_identifier_character(code[after]);
    if (starts && ends) return at;
  }
  return std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace silkledger::tidy
