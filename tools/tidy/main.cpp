// tidy [ROOT] [FILE…]: prints what breaks the house rules and ends with 1 if anything does. With
// files, only what concerns them is printed (tools/hooks/pre-commit); rules that look at several
// files still see the whole tree.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "tools/tidy/report.h"

int main(int count, char** arguments) {
  using namespace silkledger::tidy;
  const std::filesystem::path root = count > 1 ? arguments[1] : ".";
  const std::vector<std::string> wanted(arguments + std::min(count, 2), arguments + count);
  std::ifstream file(root / "tools/tidy/exceptions.txt");
  const std::string exceptions{std::istreambuf_iterator<char>(file), {}};

  const auto files = read_tree(root);
  int printed = 0;
  for (const Finding& finding : check_tree(files, exceptions)) {
    if (!wanted.empty() && std::ranges::find(wanted, finding.path) == wanted.end()) continue;
    std::cout << to_text(finding) << '\n';
    ++printed;
  }
  std::cout << files.size() << " files, " << printed << " findings\n";
  return printed == 0 ? 0 : 1;
}
