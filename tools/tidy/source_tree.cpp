#include "tools/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "tools/tidy/code_text.h"

namespace silkledger::tidy {
namespace {

namespace fs = std::filesystem;

// Where no rule applies: what is made by tools, or came from outside.
constexpr std::array<std::string_view, 5> kSkippedFolders = {".git", "build", "node_modules",
                                                             "data", "planted"};

Kind kind_of(std::string_view path) {
  const auto ends = [path](std::string_view suffix) { return path.ends_with(suffix); };
  if (ends(".h") || ends(".cpp")) return Kind::cpp;
  if (ends(".capnp")) return Kind::schema;
  if (ends(".cmake") || ends("CMakeLists.txt")) return Kind::cmake;
  if (ends(".md")) return Kind::markdown;
  if (ends(".sh") || path == ".ci/run") return Kind::script;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const bool bare = name.find('.') == std::string_view::npos;
  return bare && path.starts_with("tools/") ? Kind::script : Kind::other;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw fs::filesystem_error("cannot read", path, std::make_error_code(std::errc::io_error));
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

bool skipped(const fs::path& folder) {
  return std::ranges::find(kSkippedFolders, folder.filename().string()) != kSkippedFolders.end();
}

}  // namespace

bool SourceFile::within(std::string_view wanted) const {
  return path.size() > wanted.size() && path.starts_with(wanted) && path[wanted.size()] == '/';
}

std::string_view SourceFile::folder() const {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string_view{} : std::string_view(path).substr(0, slash);
}

std::string_view SourceFile::name() const {
  return std::string_view(path).substr(path.rfind('/') + 1);
}

SourceFile make_source_file(std::string path, std::string_view text) {
  SourceFile file{
      .path = std::move(path), .kind = Kind::other, .lines = split_lines(text), .code = {}};
  file.kind = kind_of(file.path);
  file.code = file.kind == Kind::cpp ? blank_prose(file.lines) : file.lines;
  return file;
}

std::vector<SourceFile> read_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    if (entry->is_directory()) {
      if (skipped(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    std::string path = fs::relative(entry->path(), root).generic_string();
    if (!entry->is_regular_file() || (kind_of(path) == Kind::other && !path.ends_with(".txt")))
      continue;
    files.push_back(make_source_file(std::move(path), read_text(entry->path())));
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

}  // namespace silkledger::tidy
