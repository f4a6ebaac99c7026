// A refusal of the server, or a lost connection, as people read it.
//
// Values, pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/text/paint.h"
#include "clients/cli/text/words.h"
#include "domain/kernel/text.h"

namespace silkledger::cli {

// RFC 9457 with the server's own members; what is missing is empty.
struct Problem {
  int status = 0;
  std::string code;  // the last part of "urn:silkledger:problem:…"
  Text title;
  Text detail;
  Text remedy;
  std::string article;
  std::string rule_set;
  std::string pointer;
  std::string parameter;
  struct Fault {
    std::string pointer;
    Text message;
  };
  std::vector<Fault> errors;
};

// An answer that is no problem document keeps its status and the beginning of its text.
Problem read_problem(int status, std::string_view body);

// Detail, article, rule set, remedy, pointer and every fault; one line each.
std::vector<std::string> problem_lines(const Problem& problem, Lang lang, const Paint& paint);

std::string article_words(const std::string& article, Lang lang);  // "第22条", "Art. 22"

}  // namespace silkledger::cli
