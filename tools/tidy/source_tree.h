#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace silkledger::tidy {

enum class Kind : std::uint8_t { cpp, schema, cmake, script, markdown, other };

// A text file of the repository. `path` is relative to its root, with '/'.
// `code` holds C++ lines with comments, string and character literals blanked out, so that rules
// about words do not trip over prose; for other kinds it equals `lines`. Both have the same number
// of lines and columns.
struct SourceFile {
  std::string path;
  Kind kind = Kind::other;
  std::vector<std::string> lines;
  std::vector<std::string> code;

  bool within(std::string_view folder) const;  // folder without the '/' at its end
  std::string_view folder() const;             // "" for files at the root
  std::string_view name() const;
  bool is_header() const { return path.ends_with(".h"); }
};

SourceFile make_source_file(std::string path, std::string_view text);

// Reads every file the rules speak about: below the top-level folders and at the root, without
// build output, version control and data. Ordered by path. A file that cannot be read throws
// std::filesystem::filesystem_error.
std::vector<SourceFile> read_tree(const std::filesystem::path& root);

}  // namespace silkledger::tidy
