#include "tools/tidy/lines.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "tools/tidy/code_text.h"

namespace silkledger::tidy {
namespace {

int columns(std::string_view line) {
  // Characters, not bytes: a continuation byte of UTF-8 is no column.
  return static_cast<int>(std::ranges::count_if(
      line, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

bool may_be_wide(const SourceFile& file, std::string_view line) {
  if (line.find("://") != std::string_view::npos) return true;
  if (file.kind == Kind::markdown) return trimmed(line).starts_with('|');
  // A raw string keeps its text as the world has it.
  return file.kind == Kind::cpp && line.find("R\"") != std::string_view::npos;
}

int columns_max(const SourceFile& file) {
  return file.kind == Kind::cpp ? kColumnsMax : kProseColumnsMax;
}

bool has_limits(const SourceFile& file) { return file.kind != Kind::other; }

int lines_max(const SourceFile& file) {
  if (file.name() == "README.md" && !file.folder().empty()) return kReadmeLinesMax;
  return file.within("tests") ? kTestFileLinesMax : kFileLinesMax;
}

}  // namespace

Findings check_lines(const SourceFile& file) {
  if (!has_limits(file)) return {};
  Findings findings;
  const int count = static_cast<int>(file.lines.size());
  if (count > lines_max(file)) {
    findings.push_back({file.path, count, "file-length",
                        std::to_string(count) + " lines, at most " +
                            std::to_string(lines_max(file)) +
                            "; split it where it changes the subject"});
  }
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::string& line = file.lines[index];
    const int number = static_cast<int>(index) + 1;
    if (columns(line) > columns_max(file) && !may_be_wide(file, line)) {
      findings.push_back({file.path, number, "columns",
                          std::to_string(columns(line)) + " columns, at most " +
                              std::to_string(columns_max(file)) + "; break the line"});
    }
    if (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
      findings.push_back(
          {file.path, number, "blank-end", "remove the blanks at the end of the line"});
    }
  }
  return findings;
}

Findings check_titles(const SourceFile& file) {
  if (file.kind != Kind::markdown) return {};
  int titles = 0;
  int second = 0;
  bool fenced = false;
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::string& line = file.lines[index];
    if (line.starts_with("```")) fenced = !fenced;
    if (!fenced && line.starts_with("# ") && ++titles == 2) second = static_cast<int>(index) + 1;
  }
  if (titles == 1) return {};
  return {{file.path, titles == 0 ? 1 : second, "title",
           titles == 0 ? "a page begins with one `# Title`"
                       : "one `# Title` a page; use `##` below it"}};
}

}  // namespace silkledger::tidy
