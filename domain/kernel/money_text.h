// Amounts and counts as Chinese offices write them, read and written without floating point.
//
// "1.2亿", "12,000万元", "约３亿元", "1亿多元", "不少于5000万", "1亿2000万元". What is clear is
// read exactly; what is vague keeps its qualifier; what is ambiguous, foreign, negative or only a
// feeling ("数千万") is refused with the character at fault and what would help. Nothing is rounded
// and nothing is guessed.
//
// Values, pure, no locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "domain/kernel/text.h"

namespace silkledger {

inline constexpr std::int64_t kMostFen = 9'000'000'000'000'000;  // fen; 90 万亿元
inline constexpr std::int32_t kMostCount = 100'000'000;          // pieces
inline constexpr std::size_t kMostQuantityCharacters = 64;  // code points of one written amount

// In the order of the enumerants of domain/schema/common.capnp.
enum class Qualifier : std::uint16_t {
  exact,
  about,  // 约, 左右, 近; also 约…余, where both are written and the weaker claim is kept
  over,   // 超, 逾, 多, 余: more than the number, which is not included
  at_least,  // 不少于, 至少, 以上: includes the number (民法典 Art. 1259)
};

struct Amount {
  std::int64_t fen = 0;  // 0 … kMostFen
  Qualifier qualifier = Qualifier::exact;
  friend bool operator==(const Amount&, const Amount&) = default;
};

struct QualifiedCount {
  std::int32_t number = 0;  // 0 … kMostCount
  Qualifier qualifier = Qualifier::exact;
  friend bool operator==(const QualifiedCount&, const QualifiedCount&) = default;
};

// The unit that the head of a column gives to numbers without one. A unit in the cell itself
// prevails.
enum class AmountUnit : std::uint8_t { none, yuan, wan_yuan, yi_yuan };

std::variant<Amount, TextFault> parse_amount(std::string_view text, AmountUnit column_unit);
std::variant<QualifiedCount, TextFault> parse_count(std::string_view text);

// Numbers for tables, without their unit ("单位：万元" stands above the table). Negative
// differences are allowed.
std::string format_wan_yuan(
    std::int64_t fen);  // "1,200.00": two decimals, half away from zero (四舍五入)
std::string format_yi_yuan(std::int64_t fen);  // "1.2": exact, no more digits than needed
std::string format_yuan(std::int64_t fen);     // "120,000,000.00"

// For sentences, exact, with unit and qualifier: "约1.2亿元", "about 120,000,000.00 yuan".
// parse_amount reads the Chinese form back to the same value.
Text describe(const Amount& amount);

}  // namespace silkledger
