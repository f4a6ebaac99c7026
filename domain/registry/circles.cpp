#include "domain/registry/circles.h"

#include <algorithm>
#include <map>

namespace silkledger::domain {
namespace {

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_prefix_of_codes(std::string_view prefix) {
  return (prefix.size() == 2 || prefix.size() == 4 || prefix.size() == kPlaceCodeDigits) &&
         is_digits(prefix);
}

}  // namespace

const std::vector<schema::Circle>& circles_of(const schema::RuleSet& rules) {
  static const std::vector<schema::Circle> kOfTheText = {
      {"pearl-river-delta",
       "珠三角",
       "Pearl River Delta",
       {"4401", "4403", "4404", "4406", "4407", "4412", "4413", "4419", "4420"},
       "珠三角九市；条文未列举"},
      {"yangtze-delta",
       "长三角",
       "Yangtze River Delta",
       {"31", "32", "33", "34"},
       "上海、江苏、浙江、安徽；条文未列举"},
      {"shandong", "山东", "Shandong", {"37"}, "条文以省名列出"},
      {"sichuan-chongqing",
       "川渝",
       "Sichuan and Chongqing",
       {"50", "51"},
       "条文以四川、重庆简称列出"},
      {"beijing-tianjin-hebei",
       "京津冀",
       "Beijing, Tianjin and Hebei",
       {"11", "12", "13"},
       "条文以北京、天津、河北简称列出"}};
  return rules.circles ? *rules.circles : kOfTheText;
}

std::optional<std::string> circle_of(const schema::RuleSet& rules, std::string_view place_code) {
  const schema::Circle* best = nullptr;
  std::size_t longest = 0;
  for (const schema::Circle& circle : circles_of(rules)) {
    for (const std::string& prefix : circle.prefixes) {
      if (prefix.size() <= longest || !place_code.starts_with(prefix)) continue;
      best = &circle;
      longest = prefix.size();
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->code);
}

Objection place_code_is_sound(const Checks& check, const std::optional<std::string>& place_code,
                              std::string_view pointer) {
  if (!place_code || (place_code->size() == kPlaceCodeDigits && is_digits(*place_code))) return {};
  return check.reject(Rejection::Kind::invalid, "place-code-malformed", pointer,
                      {"区划代码" + quoted_zh(*place_code) + "不是六位数字。",
                       "The place code " + quoted_en(*place_code) + " is not of six digits."},
                      {"请填写 GB/T 2260 的六位代码；境外请留空。",
                       "State the six digits of GB/T 2260; leave it out abroad."});
}

Objection circles_are_sound(const Checks& check, const schema::RuleSet& rules) {
  if (!rules.circles) return {};
  std::map<std::string_view, std::string_view> circle_by_prefix;
  for (std::size_t i = 0; i < rules.circles->size(); ++i) {
    const schema::Circle& circle = (*rules.circles)[i];
    for (std::size_t j = 0; j < circle.prefixes.size(); ++j) {
      const std::string& prefix = circle.prefixes[j];
      const std::string pointer =
          "/rules/circles/" + std::to_string(i) + "/prefixes/" + std::to_string(j);
      if (!is_prefix_of_codes(prefix)) {
        return check.reject(
            Rejection::Kind::invalid, "circle-prefix-malformed", pointer,
            {circle.zh + "的前缀" + quoted_zh(prefix) + "不是两位、四位或六位数字。",
             "The prefix " + quoted_en(prefix) + " of " + circle.en +
                 " is not of two, four or six digits."},
            {"请填写 GB/T 2260 代码的前两位、四位或全部六位。",
             "State the first two, four or all six digits of GB/T 2260 codes."});
      }
      const auto [at, is_new] = circle_by_prefix.emplace(prefix, circle.zh);
      if (is_new) continue;
      return check.reject(Rejection::Kind::invalid, "circle-prefix-twice", pointer,
                          {"前缀" + quoted_zh(prefix) + "已属于" + std::string(at->second) + "。",
                           "The prefix " + quoted_en(prefix) + " stands twice."},
                          {"一地只归一个经济圈；较长的前缀优先。",
                           "A place belongs to one circle; a longer prefix decides."});
    }
  }
  return {};
}

}  // namespace silkledger::domain
