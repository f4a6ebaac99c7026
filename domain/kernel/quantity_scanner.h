// Reads the parts of a written quantity: qualifiers, numbers, units. The grammars of amounts and of
// counts (money_text.h) are built from these steps.
//
// A scanner is used once, by one thread. It folds full-width forms, passes over blanks (but not
// inside a number) and keeps the first fault; after a fault nothing more is taken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/kernel/money_text.h"
#include "domain/kernel/text.h"

namespace silkledger {

// A decimal number as written: its digits without the point, and how many stood behind the point.
struct Decimal {
  std::int64_t digits = 0;
  std::int32_t behind_point = 0;
};

class QuantityScanner {
 public:
  explicit QuantityScanner(std::string_view text);

  bool failed() const { return fault_.has_value(); }
  const TextFault& fault() const { return *fault_; }
  bool at_end() const { return failed() || at_ == symbols_.size(); }
  bool stands_digit() const;

  // Consumes the first of `words` that stands here. Longer words come before their own beginnings.
  std::optional<std::size_t> take_any(std::span<const std::u32string_view> words);
  bool take(std::u32string_view word) { return take_any({&word, 1}).has_value(); }

  void take_qualifier_before();          // 约, 超过, 不少于 …
  void take_odd();                       // 多, 余, 来 behind a number or its unit
  void take_qualifier_behind();          // 左右, 以上 …
  std::optional<Decimal> take_number();  // a fault when none stands here
  Qualifier qualifier() const { return qualifier_.value_or(Qualifier::exact); }

  void refuse(Text why);         // at the current character, or the text as a whole at its end
  void refuse_number(Text why);  // at the number that was taken last
  void refuse_rest();            // whatever stands here, with the reason when it is a known one

 private:
  struct Symbol {
    char32_t folded;     // half-width form
    char32_t written;    // as it was
    std::size_t number;  // position in the text, from 1
    bool is_after_blank;
  };

  bool stands(std::u32string_view word) const;
  bool take_separator(std::size_t digits_in_group, bool is_first_group);
  void note(Qualifier qualifier, bool is_odd);
  void refuse_at(std::size_t index, Text why);

  std::vector<Symbol> symbols_;
  std::size_t at_ = 0;
  std::size_t number_at_ = 0;
  std::optional<TextFault> fault_;
  std::optional<Qualifier> qualifier_;
  bool is_odd_ = false;  // the qualifier came from 多 or 余
};

}  // namespace silkledger
