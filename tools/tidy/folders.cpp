#include "tools/tidy/folders.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tools/tidy/code_text.h"

namespace silkledger::tidy {
namespace {

constexpr std::array<std::string_view, 7> kTopFolders = {
    "domain", "eventstore", "projections", "server", "clients", "tests", "tools"};
constexpr std::array<std::string_view, 6> kNamelessFolders = {"util",    "utils", "common",
                                                              "helpers", "misc",  "manager"};
constexpr std::array<std::string_view, 3> kMirroredFolders = {"domain", "eventstore",
                                                              "projections"};

std::string stem(const SourceFile& file) {
  const std::string_view name = file.name();
  return std::string(name.substr(0, name.find('.')));
}

bool is_code(const SourceFile& file) { return file.kind == Kind::cpp || file.kind == Kind::schema; }

bool in_top_folder(const SourceFile& file) {
  return std::ranges::any_of(kTopFolders, [&](std::string_view top) { return file.within(top); });
}

void check_names(const SourceFile& file, Findings& findings) {
  for (const std::string_view name : kNamelessFolders) {
    if (("/" + file.path).find("/" + std::string(name) + "/") == std::string::npos) continue;
    findings.push_back({file.path, 1, "folder-name",
                        "\"" + std::string(name) +
                            "\" says nothing; name the folder by what it holds, or put the "
                            "file beside its only user"});
  }
}

using Names = std::set<std::string, std::less<>>;

// Quoted includes in the order they stand.
std::vector<std::string> own_includes(const SourceFile& file) {
  constexpr std::string_view kInclude = "#include \"";
  std::vector<std::string> paths;
  for (const std::string& line : file.code) {
    if (!line.starts_with(kInclude)) continue;
    const std::string_view rest = std::string_view(line).substr(kInclude.size());
    paths.emplace_back(rest.substr(0, rest.find('"')));
  }
  return paths;
}

// The header that a .cpp implements.
std::string implemented_header(const SourceFile& file) {
  const auto includes = own_includes(file);
  return includes.empty() ? std::string() : includes.front();
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

// Headers that tests include, and from those on the headers that their own .cpp takes from its
// folder.
Names tested_headers(const std::vector<SourceFile>& files) {
  Names headers;
  for (const SourceFile& file : files) {
    if (file.kind != Kind::cpp || !file.within("tests")) continue;
    for (std::string& path : own_includes(file)) headers.insert(std::move(path));
  }
  for (std::size_t known = 0; known != headers.size();) {
    known = headers.size();
    for (const SourceFile& file : files) {
      const bool tested = file.kind == Kind::cpp &&
                          headers.contains(file.is_header() ? file.path : implemented_header(file));
      if (!tested) continue;
      for (std::string& path : own_includes(file)) {
        if (folder_of(path) == file.folder()) headers.insert(std::move(path));
      }
    }
  }
  return headers;
}

Names test_names(const std::vector<SourceFile>& files) {
  Names names;
  for (const SourceFile& file : files) {
    if (file.kind == Kind::cpp && file.within("tests")) names.insert(stem(file));
  }
  return names;
}

bool is_mirrored(const SourceFile& file) {
  return file.kind == Kind::cpp && !file.is_header() &&
         std::ranges::any_of(kMirroredFolders,
                             [&](std::string_view top) { return file.within(top); });
}

}  // namespace

Findings check_folders(const std::vector<SourceFile>& files) {
  Findings findings;
  std::map<std::string, std::set<std::string>, std::less<>> modules;
  for (const SourceFile& file : files) {
    if (!is_code(file) || !in_top_folder(file)) continue;
    check_names(file, findings);
    const std::string folder(file.folder());
    modules[folder].insert(stem(file));
    const auto depth = std::ranges::count(folder, '/');
    if (depth > kFolderDepthMax) {
      findings.push_back({file.path, 1, "folder-depth",
                          std::to_string(depth) + " folders deep, at most " +
                              std::to_string(kFolderDepthMax) +
                              "; a name may say what a folder says now"});
    }
  }
  for (const auto& [folder, names] : modules) {
    if (static_cast<int>(names.size()) <= kModulesPerFolderMax) continue;
    findings.push_back({folder, 1, "folder-size",
                        std::to_string(names.size()) + " modules, at most " +
                            std::to_string(kModulesPerFolderMax) + "; part the folder by subject"});
  }
  return findings;
}

Findings check_test_twins(const std::vector<SourceFile>& files) {
  const Names headers = tested_headers(files);
  const Names names = test_names(files);
  Findings findings;
  for (const SourceFile& file : files) {
    if (!is_mirrored(file)) continue;
    const std::string name = stem(file);
    if (names.contains(name + "_test") || headers.contains(implemented_header(file))) continue;
    findings.push_back(
        {file.path, 1, "test-twin",
         "no test reaches it: add " + name + "_test.cpp at the same place under tests/"});
  }
  return findings;
}

}  // namespace silkledger::tidy
