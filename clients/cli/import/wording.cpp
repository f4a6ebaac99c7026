#include "clients/cli/import/wording.h"

#include <algorithm>
#include <array>
#include <span>

#include "clients/cli/text/words.h"
#include "domain/kernel/code_points.h"

namespace silkledger::cli {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> kNegations = {"非", "不是", "不属", "并非"};
constexpr std::u32string_view kNumerals = U"0123456789一二三四五六七八九十两数多几";

std::string first_mention(std::string_view text, Words words) {
  for (const std::string_view word : words) {
    if (mentions(text, word)) return std::string(word);
  }
  return {};
}

bool is_numeral(char32_t point) { return kNumerals.find(point) != std::u32string_view::npos; }

// Numerals followed by one of the tails: "19家企业".
std::string numeral_before(std::string_view text, std::span<const std::u32string_view> tails) {
  const std::u32string points = decode_utf8(half_width(text)).points;
  for (const std::u32string_view tail : tails) {
    for (std::size_t at = points.find(tail); at != std::u32string::npos;
         at = points.find(tail, at + 1)) {
      std::size_t start = at;
      while (start > 0 && is_numeral(points[start - 1])) --start;
      // "一家企业" is one.
      const std::u32string_view number(points.data() + start, at - start);
      if (number.empty() || number == U"1" || number == U"一") continue;
      return to_utf8(points.substr(start, at - start + tail.size()));
    }
  }
  return {};
}

// A word, then another before the clause ends: 县属…推定.
std::string within_clause(std::string_view text, Words firsts, Words seconds) {
  constexpr std::array<std::string_view, 6> kEnds = {",", "，", ";", "；", "。", "\n"};
  for (const std::string_view first : firsts) {
    const std::size_t at = text.find(first);
    if (at == std::string_view::npos) continue;
    std::string_view clause = text.substr(at);
    for (const std::string_view end : kEnds) clause = clause.substr(0, clause.find(end));
    for (const std::string_view second : seconds) {
      const std::size_t found = clause.find(second);
      if (found != std::string_view::npos) {
        return std::string(clause.substr(0, found + second.size()));
      }
    }
  }
  return {};
}

}  // namespace

bool mentions(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const bool negated = std::ranges::any_of(
        kNegations, [before](std::string_view no) { return before.ends_with(no); });
    if (!negated) return true;
  }
  return false;
}

std::string bundle_phrase(std::string_view text) {
  constexpr std::array<std::string_view, 5> kWords = {"打捆", "跨地州", "跨县", "跨地区", "未分县"};
  constexpr std::array<std::u32string_view, 2> kTails = {U"个子项目", U"个单体项目"};
  const std::string word = first_mention(text, kWords);
  return word.empty() ? numeral_before(text, kTails) : word;
}

std::string many_enterprises_phrase(std::string_view text) {
  constexpr std::array<std::u32string_view, 4> kTails = {U"家企业", U"家公司", U"户企业",
                                                         U"家投资"};
  return numeral_before(text, kTails);
}

std::string many_projects_phrase(std::string_view name) {
  constexpr std::array<std::u32string_view, 8> kTails = {
      U"个项目",     U"个招商项目",     U"个签约项目",     U"个开工项目",
      U"个重点项目", U"个集中开工项目", U"个集中签约项目", U"个产业项目"};
  return numeral_before(name, kTails);
}

std::string framework_phrase(std::string_view text) {
  constexpr std::array<std::string_view, 7> kWords = {
      "框架协议", "框架合作", "合作框架", "无金额合作", "战略合作协议", "意向协议", "框架性协议"};
  return first_mention(text, kWords);
}

std::string not_promotion_phrase(std::string_view text) {
  constexpr std::array<std::string_view, 11> kWords = {
      "非招商",       "非典型招商",   "不属于招商",   "不属招商",     "不是招商",      "不应计入",
      "援疆资金建设", "财政资金建设", "政府投资建设", "政府投资项目", "专项债资金建设"};
  for (const std::string_view word : kWords) {
    if (text.find(word) != std::string_view::npos) return std::string(word);
  }
  return {};
}

std::string phase_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 4> kWords = {"与总项目重复", "总项目重复计数",
                                                      "不可重复计数", "不得重复计数"};
  if (std::string word = first_mention(note, kWords); !word.empty()) return word;
  constexpr std::array<std::string_view, 2> kTotal = {"总项目", "同一项目"};
  constexpr std::array<std::string_view, 2> kPart = {"的分期", "分期项目"};
  return within_clause(note, kTotal, kPart);
}

std::string same_project_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 8> kWords = {"疑为同一",   "疑似同一", "疑是同一",
                                                      "可能为同一", "疑似重复", "疑为重复",
                                                      "可能重复",   "重复录入"};
  return first_mention(note, kWords);
}

std::string presumed_unit_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 6> kUnit = {"县属",   "属地",     "归属",
                                                     "所在县", "承接单位", "落地县"};
  constexpr std::array<std::string_view, 6> kGuess = {"推定", "推测",   "推断",
                                                      "不明", "未核实", "存疑"};
  return within_clause(note, kUnit, kGuess);
}

std::string presumed_date_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 4> kDate = {"年份", "日期", "时间", "年月"};
  constexpr std::array<std::string_view, 4> kGuess = {"推定", "推测", "推断", "存疑"};
  // 开工时间为“去年九月”,年份推定: the clause with the guess may be the second that names a date.
  std::string phrase = within_clause(note, Words(kDate).first(1), kGuess);
  return phrase.empty() ? within_clause(note, kDate, kGuess) : phrase;
}

std::string not_own_jobs_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 6> kWords = {"上下游带动", "带动数",   "间接就业",
                                                      "间接带动",   "含上下游", "全产业链就业"};
  return first_mention(note, kWords);
}

std::string shared_figures_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 3> kPointers = {"见上条合计", "见下条合计", "合计见"};
  if (std::string word = first_mention(note, kPointers); !word.empty()) return word;
  constexpr std::array<std::string_view, 4> kUnsplit = {"未分列", "未分项", "未单列", "未拆分"};
  return note.find("合计") == std::string_view::npos ? std::string()
                                                     : first_mention(note, kUnsplit);
}

std::string unverified_phrase(std::string_view note) {
  constexpr std::array<std::string_view, 3> kWords = {"未核实", "unverified", "待核实"};
  return first_mention(note, kWords);
}

std::string phase_word(std::string_view name) {
  constexpr std::array<std::string_view, 8> kWords = {"一期", "二期", "三期", "四期",
                                                      "五期", "首期", "1期",  "2期"};
  for (const std::string_view word : kWords) {
    if (name.find(word) != std::string_view::npos) return std::string(word);
  }
  return {};
}

std::vector<std::string> quoted_parts(std::string_view note) {
  std::vector<std::string> parts;
  constexpr std::string_view kOpen = "“";
  constexpr std::string_view kClose = "”";
  for (std::size_t at = note.find(kOpen); at != std::string_view::npos;) {
    const std::size_t begin = at + kOpen.size();
    const std::size_t end = note.find(kClose, begin);
    if (end == std::string_view::npos) break;
    parts.emplace_back(note.substr(begin, end - begin));
    at = note.find(kOpen, end);
  }
  return parts;
}

std::vector<WrittenAmount> written_amounts(std::string_view text) {
  constexpr std::size_t kWordsBefore = 8;
  const std::u32string points = decode_utf8(half_width(text)).points;
  std::vector<WrittenAmount> found;
  for (std::size_t start = 0; start < points.size();) {
    std::size_t best = 0;
    Amount amount;
    const std::size_t most = std::min(points.size() - start, std::size_t{24});
    for (std::size_t size = most; size >= 2 && best == 0; --size) {
      const std::u32string_view part(points.data() + start, size);
      if (part.find(U'元') == std::u32string_view::npos &&
          part.find(U'亿') == std::u32string_view::npos) {
        break;  // shorter ones have neither
      }
      const auto parsed = parse_amount(to_utf8(part), AmountUnit::none);
      if (const auto* read = std::get_if<Amount>(&parsed)) {
        best = size;
        amount = *read;
      }
    }
    if (best == 0) {
      ++start;
      continue;
    }
    const std::size_t from = start - std::min(start, kWordsBefore);
    found.push_back(
        {to_utf8(points.substr(start, best)), amount, to_utf8(points.substr(from, start - from))});
    start += best;
  }
  return found;
}

}  // namespace silkledger::cli
