#include "clients/cli/text/problem_text.h"

#include <boost/json.hpp>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

constexpr std::size_t kForeignAnswerColumns = 200;

Text both(const boost::json::value& document, const std::string& key) {
  Text text{text_at(document, key + "Zh"), text_at(document, key)};
  if (text.zh.empty()) text.zh = text.en;
  return text;
}

}  // namespace

Problem read_problem(int status, std::string_view body) {
  const boost::json::value document = parse_json(body);
  Problem problem;
  problem.status = status;
  problem.detail = both(document, "detail");
  if (problem.detail.en.empty()) {
    const std::string start = cut(printable(body), kForeignAnswerColumns);
    problem.title = {"服务器未按约定答复", "Unexpected answer"};
    problem.detail = {"状态 " + std::to_string(status) + "：" + start,
                      "Status " + std::to_string(status) + ": " + start};
    return problem;
  }
  const std::string type = text_at(document, "type");
  problem.code = type.substr(type.rfind(':') + 1);
  problem.title = both(document, "title");
  problem.remedy = both(document, "remedy");
  problem.article = text_at(document, "article");
  problem.rule_set = text_at(document, "ruleSet");
  problem.pointer = text_at(document, "pointer");
  problem.parameter = text_at(document, "parameter");
  const auto* errors = member(document, "errors");
  if (errors != nullptr && errors->is_array()) {
    for (const auto& error : errors->get_array()) {
      problem.errors.push_back(
          {text_at(error, "pointer"), {text_at(error, "zh"), text_at(error, "en")}});
    }
  }
  return problem;
}

std::string article_words(const std::string& article, Lang lang) {
  if (article.empty()) return {};
  return lang == Lang::zh ? "第" + article + "条" : "Art. " + article;
}

std::vector<std::string> problem_lines(const Problem& problem, Lang lang, const Paint& paint) {
  const bool zh = lang == Lang::zh;
  std::vector<std::string> lines;
  const std::string title = printable(in(lang, problem.title));
  lines.push_back(paint(Colour::red, title + " (" + std::to_string(problem.status) + ")") +
                  (zh ? "：" : ": ") + printable(in(lang, problem.detail)));
  const auto add = [&](const Text& label, const std::string& text) {
    if (text.empty()) return;
    lines.push_back("  " + in(lang, label) + (zh ? "：" : ": ") + printable(text));
  };
  std::string basis = article_words(problem.article, lang);
  if (!problem.rule_set.empty()) {
    basis += (basis.empty() ? ""
              : zh          ? "，"
                            : ", ") +
             std::string(zh ? "规则集 " : "rule set ") + problem.rule_set;
  }
  add({"依据", "basis"}, basis);
  add({"办法", "what would help"}, in(lang, problem.remedy));
  add({"字段", "field"}, problem.pointer);
  add({"参数", "parameter"}, problem.parameter);
  for (const Problem::Fault& fault : problem.errors) {
    lines.push_back("  " + printable(fault.pointer.empty() ? "/" : fault.pointer) + "  " +
                    printable(in(lang, fault.message)));
  }
  return lines;
}

}  // namespace silkledger::cli
