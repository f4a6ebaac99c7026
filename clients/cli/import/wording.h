// What the words of a row say about the row itself: bundles, frameworks, phases, doubts.
//
// Values, pure. A word does not count behind a negation (非打捆, 不是框架协议).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/money_text.h"

namespace silkledger::cli {

bool mentions(std::string_view text, std::string_view word);

// The phrase that says so, as it stands in the text; empty when nothing does.
std::string bundle_phrase(std::string_view text);            // 打捆, 跨地州, 四个子项目
std::string many_enterprises_phrase(std::string_view text);  // 19家企业
std::string many_projects_phrase(std::string_view name);     // 10个集中开工项目, in a name
std::string framework_phrase(std::string_view text);
std::string not_promotion_phrase(std::string_view text);
std::string phase_phrase(std::string_view note);           // the total is another row
std::string same_project_phrase(std::string_view note);    // 疑为同一项目
std::string presumed_unit_phrase(std::string_view note);   // 县属按援建关系推定
std::string presumed_date_phrase(std::string_view note);   // 年份推定
std::string not_own_jobs_phrase(std::string_view note);    // 就业为上下游带动数
std::string shared_figures_phrase(std::string_view note);  // 合计…未分列, 见上条合计
std::string unverified_phrase(std::string_view note);

// "一期" and the like in a name; empty without.
std::string phase_word(std::string_view name);

// What stands between “ and ”, in order.
std::vector<std::string> quoted_parts(std::string_view note);

// Written amounts in a text ("超10亿元", "1亿多元"), each as long as it can be read.
struct WrittenAmount {
  std::string text;
  Amount amount;
  std::string before;  // up to eight characters in front of it
};
std::vector<WrittenAmount> written_amounts(std::string_view text);

}  // namespace silkledger::cli
