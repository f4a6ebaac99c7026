// What may stand in a name or in free text, and what to ask about.
//
// Nothing that was written is ever changed: a finding names the character and the right one.
// Refused are texts that are not what they look like (broken UTF-8, control characters, marks that
// reorder or hide characters) and texts that carry a classification mark, because state secrets
// must not enter the ledger. Warned about are wrong separators in transliterated names:
// 民委发〔2016〕33号 requires U+00B7 "·" and room for at least 50 characters.
//
// Values, pure. Positions and lengths count code points, from 1.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/kernel/text.h"

namespace silkledger {

inline constexpr std::size_t kNameCharactersThatMustFit = 50;  // 民委发〔2016〕33号
inline constexpr std::size_t kMostNameCharacters = 200;
inline constexpr char32_t kNameSeparator = U'\u00B7';

enum class TextKind : std::uint8_t {
  name,       // one line, a person, a unit or an enterprise
  free_text,  // line breaks and tabs are allowed; separators are not looked at
};

enum class TextProblem : std::uint8_t {
  invalid_utf8,         // refused
  control_character,    // refused
  direction_override,   // refused: U+202A…202E, U+2066…2069 and the direction marks
  invisible_character,  // refused: zero-width blanks and joiners outside Arabic script
  classification_mark,  // refused: 绝密, 机密, 秘密★
  empty,                // refused for names
  too_long,             // refused for names
  wrong_separator,      // warned
  misplaced_separator,  // warned: at an edge, doubled, or beside a blank
};

struct TextFinding {
  TextProblem problem = TextProblem::invalid_utf8;
  TextFault fault;
  friend bool operator==(const TextFinding&, const TextFinding&) = default;
};

bool is_refusal(TextProblem problem);

// In the order of the characters; empty when nothing is to be said.
std::vector<TextFinding> check_text(std::string_view text, TextKind kind);

// The first refusal, for callers that show no warnings; null when the text may enter.
const TextFinding* first_refusal(const std::vector<TextFinding>& findings);

}  // namespace silkledger
