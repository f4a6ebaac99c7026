#include "tools/tidy/folders.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>

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

// Headers that any test includes, and the names of test files.
struct Tested {
  std::set<std::string, std::less<>> headers;
  std::set<std::string, std::less<>> names;
};

Tested what_is_tested(const std::vector<SourceFile>& files) {
  Tested tested;
  for (const SourceFile& file : files) {
    if (file.kind != Kind::cpp || !file.within("tests")) continue;
    tested.names.insert(stem(file));
    for (const std::string& line : file.code) {
      const std::size_t open = line.find("#include \"");
      if (open == std::string::npos) continue;
      const std::string_view rest = std::string_view(line).substr(open + 10);
      tested.headers.emplace(rest.substr(0, rest.find('"')));
    }
  }
  return tested;
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
  const Tested tested = what_is_tested(files);
  Findings findings;
  for (const SourceFile& file : files) {
    if (!is_mirrored(file)) continue;
    const std::string name = stem(file);
    const std::string header = file.path.substr(0, file.path.size() - 4) + ".h";
    if (tested.names.contains(name + "_test") || tested.headers.contains(header)) continue;
    findings.push_back(
        {file.path, 1, "test-twin",
         "no test names it: add " + name + "_test.cpp at the same place under tests/"});
  }
  return findings;
}

}  // namespace silkledger::tidy
