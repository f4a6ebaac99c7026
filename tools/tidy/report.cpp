#include "tools/tidy/report.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "tools/tidy/coroutines.h"
#include "tools/tidy/exceptions.h"
#include "tools/tidy/folders.h"
#include "tools/tidy/functions.h"
#include "tools/tidy/layers.h"
#include "tools/tidy/lines.h"
#include "tools/tidy/words.h"

namespace silkledger::tidy {
namespace {

void append(Findings& findings, Findings more) {
  std::ranges::move(more, std::back_inserter(findings));
}

}  // namespace

std::string to_text(const Finding& finding) {
  return finding.path + ":" + std::to_string(finding.line) + ": " + finding.rule + ": " +
         finding.remedy;
}

Findings check_file(const SourceFile& file) {
  Findings findings = check_layers(file);
  append(findings, check_lines(file));
  append(findings, check_titles(file));
  append(findings, check_function_lengths(file));
  append(findings, check_words(file));
  append(findings, check_coroutines(file));
  return findings;
}

Findings check_tree(const std::vector<SourceFile>& files, std::string_view exceptions) {
  Findings findings;
  for (const SourceFile& file : files) append(findings, check_file(file));
  append(findings, check_beast(files));
  append(findings, check_folders(files));
  append(findings, check_test_twins(files));
  findings = apply_exceptions(findings, parse_exceptions(exceptions));
  std::ranges::sort(findings, {}, [](const Finding& finding) {
    return std::tie(finding.path, finding.line, finding.rule, finding.remedy);
  });
  return findings;
}

}  // namespace silkledger::tidy
