#include "domain/kernel/name_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "domain/kernel/code_points.h"

namespace silkledger {
namespace {

using Points = std::u32string_view;

constexpr bool is_between(char32_t point, char32_t first, char32_t last) {
  return point >= first && point <= last;
}

constexpr bool is_control(char32_t point) {
  return point < 0x20 || is_between(point, 0x7F, 0x9F) || point == 0x2028 || point == 0x2029 ||
         is_between(point, 0xFFF9, 0xFFFB);
}

constexpr bool is_direction_mark(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         is_between(point, 0x202A, 0x202E) || is_between(point, 0x2066, 0x2069);
}

constexpr bool is_joiner(char32_t point) { return point == 0x200C || point == 0x200D; }

constexpr bool is_invisible(char32_t point) {
  return point == 0x00AD || point == 0x034F || point == 0x200B || point == 0xFEFF ||
         is_between(point, 0x2060, 0x2065) || is_between(point, 0xE0000, 0xE007F);
}

constexpr bool is_blank(char32_t point) {
  return point == U' ' || point == U'\t' || point == U'\n' || point == U'\r' ||
         point == U'\u00A0' || point == U'\u3000';
}

// Han ideographs with their extensions and compatibility forms, and the private area in which older
// systems kept rare characters of names (GB 18030).
constexpr bool is_han(char32_t point) {
  return point == 0x3007 || is_between(point, 0x3400, 0x4DBF) ||
         is_between(point, 0x4E00, 0x9FFF) || is_between(point, 0xE000, 0xF8FF) ||
         is_between(point, 0xF900, 0xFAFF) || is_between(point, 0x20000, 0x323AF);
}

constexpr bool is_arabic(char32_t point) {
  return is_between(point, 0x0620, 0x06D3) || is_between(point, 0x06EE, 0x06FF) ||
         is_between(point, 0x0750, 0x077F) || is_between(point, 0x08A0, 0x08FF) ||
         is_between(point, 0xFB50, 0xFDFF) || is_between(point, 0xFE70, 0xFEFC);
}

// Letters of names in which the separator stands.
constexpr bool is_name_letter(char32_t point) { return is_han(point) || is_arabic(point); }

// Dots that keyboards offer instead of U+00B7.
constexpr std::array<char32_t, 13> kMistakenDots = {U'\u2022' /* • */,
                                                    U'\u2027' /* ‧ */,
                                                    U'\u30FB' /* ・ */,
                                                    U'\uFF65' /* ･ */,
                                                    U'.',
                                                    U'\uFF0E' /* ． */,
                                                    U'\uFE52' /* ﹒ */,
                                                    U'\u2219' /* ∙ */,
                                                    U'\u22C5' /* ⋅ */,
                                                    U'\u2024' /* ․ */,
                                                    U'\u25CF' /* ● */,
                                                    U'\u0387' /* · */,
                                                    U'\u16EB' /* ᛫ */};

bool is_mistaken_dot(char32_t point) {
  return std::ranges::find(kMistakenDots, point) != kMistakenDots.end();
}

std::string code_of(char32_t point) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string code;
  for (; point != 0 || code.size() < 4; point >>= 4U) code.insert(0, 1, kHex[point & 0xFU]);
  return "U+" + code;
}

TextFinding finding(TextProblem problem, std::size_t index, const Text& what) {
  const std::string place = std::to_string(index + 1);
  return {problem,
          {index + 1, {"第" + place + "个字符" + what.zh, "character " + place + " " + what.en}}};
}

std::optional<TextFinding> check_character(Points points, std::size_t index, TextKind kind) {
  const char32_t point = points[index];
  const bool is_line_layout = point == U'\n' || point == U'\r' || point == U'\t';
  if (is_control(point) && !(kind == TextKind::free_text && is_line_layout)) {
    return finding(
        TextProblem::control_character, index,
        {"是控制字符（" + code_of(point) + "）；请删除后重新录入",
         "is a control character (" + code_of(point) + "); delete it and type the text again"});
  }
  if (is_direction_mark(point)) {
    return finding(TextProblem::direction_override, index,
                   {"会改变显示方向（" + code_of(point) + "），使文字与所见不同；请删除",
                    "changes the direction of display (" + code_of(point) +
                        "), so that the text is not what it looks like; delete it"});
  }
  const bool joins_arabic = is_joiner(point) && index > 0 && index + 1 < points.size() &&
                            is_arabic(points[index - 1]) && is_arabic(points[index + 1]);
  if (is_invisible(point) || (is_joiner(point) && !joins_arabic)) {
    return finding(
        TextProblem::invisible_character, index,
        {"不可见（" + code_of(point) + "），会使相同的文字被当作不同；请删除",
         "is invisible (" + code_of(point) + ") and makes equal texts differ; delete it"});
  }
  return std::nullopt;
}

// The text without its blanks, each character with its place: "机 密 ★" is a mark as well.
struct Dense {
  std::u32string points;
  std::vector<std::size_t> places;
};

Dense without_blanks(Points points) {
  Dense dense;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (is_blank(points[i])) continue;
    dense.points.push_back(points[i]);
    dense.places.push_back(i);
  }
  return dense;
}

bool is_one_of(Points set, char32_t point) { return set.find(point) != Points::npos; }

constexpr Points kStars = U"★☆*＊✩✭⭐";
constexpr Points kOpening = U"(（[［【〔〈《「『";
constexpr Points kClosing = U")）]］】〕〉》」』";
constexpr Points kDigits = U"0123456789０１２３４５６７８９";

// GB/T 9704: a mark stands alone, or with its period behind a star ("机密★10年"). The same words
// inside a sentence (商业秘密, 机密文件柜) are no mark.
bool is_mark_at(Points dense, std::size_t at, std::size_t length) {
  const bool is_head = at == 0;
  const std::size_t end = at + length;
  const bool is_tail = end == dense.size();
  if (is_head && is_tail) return true;
  if (!is_tail && is_one_of(kStars, dense[end])) return true;
  if (!is_head && !is_tail && is_one_of(kOpening, dense[at - 1]) &&
      is_one_of(kClosing, dense[end])) {
    return true;
  }
  if (is_head && !is_tail && is_one_of(kDigits, dense[end])) return true;  // "机密10年"
  const Points before = dense.substr(0, at);
  return before.ends_with(U"密级") || before.ends_with(U"密级:") || before.ends_with(U"密级：") ||
         before.ends_with(U"密级为");
}

std::optional<TextFinding> find_classification_mark(Points points) {
  constexpr std::array<Points, 3> kMarks = {U"绝密", U"机密", U"秘密"};
  const Dense dense = without_blanks(points);
  for (std::size_t at = 0; at + 2 <= dense.points.size(); ++at) {
    for (const Points mark : kMarks) {
      if (Points(dense.points).substr(at, mark.size()) != mark) continue;
      if (!is_mark_at(dense.points, at, mark.size())) continue;
      const std::string word = to_utf8(mark);
      return finding(TextProblem::classification_mark, dense.places[at],
                     {"起是密级标志“" + word + "”；国家秘密不得录入本系统，请按保密规定办理",
                      "begins the classification mark \"" + word +
                          "\"; state secrets must not enter this system, follow the rules for "
                          "classified papers"});
    }
  }
  return std::nullopt;
}

// Mistaken dots count only between letters that take the separator: "A.B公司" and "3.5万" are left
// alone.
std::optional<TextFinding> check_separator(Points points, std::size_t index) {
  const char32_t point = points[index];
  const char32_t before = index > 0 ? points[index - 1] : 0;
  const char32_t after = index + 1 < points.size() ? points[index + 1] : 0;
  if (is_mistaken_dot(point) && is_name_letter(before) && is_name_letter(after)) {
    return finding(TextProblem::wrong_separator, index,
                   {"“" + to_utf8({&point, 1}) + "”（" + code_of(point) +
                        "）不是姓名间隔号；应为“·”（U+00B7，民委发〔2016〕33号）",
                    "\"" + to_utf8({&point, 1}) + "\" (" + code_of(point) +
                        ") is not the name separator; it should be \"·\" (U+00B7)"});
  }
  if (point != kNameSeparator) return std::nullopt;
  const bool is_edge = before == 0 || after == 0;
  const bool is_doubled = before == kNameSeparator;
  if (is_edge || is_doubled || is_blank(before) || is_blank(after)) {
    return finding(TextProblem::misplaced_separator, index,
                   {"间隔号“·”应在两段姓名之间，只用一个，前后不留空格",
                    "the separator \"·\" stands once between two parts of a name, without blanks"});
  }
  return std::nullopt;
}

std::vector<TextFinding> check_name_as_a_whole(Points points) {
  if (std::ranges::all_of(points, is_blank)) {
    return {{TextProblem::empty, {0, {"名称为空；请填写", "the name is empty; write it"}}}};
  }
  if (points.size() > kMostNameCharacters) {
    const std::string most = std::to_string(kMostNameCharacters);
    const std::string found = std::to_string(points.size());
    return {{TextProblem::too_long,
             {0,
              {"名称有" + found + "个字符，上限" + most + "个；请填写登记的全称，说明另填",
               "the name has " + found + " characters, at most " + most +
                   " fit; write the registered name and put remarks elsewhere"}}}};
  }
  return {};
}

}  // namespace

bool is_refusal(TextProblem problem) {
  return problem != TextProblem::wrong_separator && problem != TextProblem::misplaced_separator;
}

std::vector<TextFinding> check_text(std::string_view text, TextKind kind) {
  const DecodedText decoded = decode_utf8(text);
  const Points points = decoded.points;
  if (decoded.bad_byte) {
    return {finding(TextProblem::invalid_utf8, points.size(),
                    {"不是有效的UTF-8（第" + std::to_string(*decoded.bad_byte + 1) +
                         "字节）；请用UTF-8重新保存",
                     "is not valid UTF-8 (byte " + std::to_string(*decoded.bad_byte + 1) +
                         "); save the text as UTF-8"})};
  }
  std::vector<TextFinding> findings;
  if (kind == TextKind::name) findings = check_name_as_a_whole(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto found = check_character(points, i, kind);
    if (!found && kind == TextKind::name) found = check_separator(points, i);
    if (found) findings.push_back(std::move(*found));
  }
  if (auto mark = find_classification_mark(points)) findings.push_back(std::move(*mark));
  std::ranges::stable_sort(findings, {}, [](const TextFinding& f) { return f.fault.at_character; });
  return findings;
}

const TextFinding* first_refusal(const std::vector<TextFinding>& findings) {
  const auto refusal =
      std::ranges::find_if(findings, [](const TextFinding& f) { return is_refusal(f.problem); });
  return refusal == findings.end() ? nullptr : &*refusal;
}

}  // namespace silkledger
