#include "domain/kernel/money_text.h"

#include <array>
#include <optional>
#include <utility>

#include "domain/kernel/quantity_scanner.h"

namespace silkledger {
namespace {

using Word = std::u32string_view;

constexpr std::int32_t kYuanExponent = 2;       // 1元 = 10^2 fen
constexpr std::int32_t kWanYuanExponent = 6;    // 1万元
constexpr std::int32_t kYiYuanExponent = 10;    // 1亿元
constexpr std::int32_t kTenExponentFromYi = 8;  // 1亿 = 10^8 of anything

// Magnitudes as they stand between a number and 元, with their powers of ten. Longer words first.
constexpr std::array<Word, 11> kMagnitudes = {U"万亿", U"千亿", U"百亿", U"十亿", U"亿", U"千万",
                                              U"百万", U"十万", U"万",   U"千",   U"百"};
constexpr std::array<std::int32_t, 11> kMagnitudePowers = {12, 11, 10, 9, kTenExponentFromYi, 7, 6,
                                                           5,  4,  3,  2};
constexpr std::int32_t kLeastPlainPower =
    4;  // 千 and 百 alone need their 元: "5千" says too little

constexpr std::array<Word, 5> kRenminbi = {U"人民币", U"RMB", U"CNY", U"¥", U"(人民币)"};
constexpr std::array<Word, 15> kMeasures = {U"个就业岗位", U"个岗位", U"就业岗位", U"岗位", U"人",
                                            U"名",         U"个",     U"位",       U"户",   U"家",
                                            U"座",         U"台",     U"套",       U"件",   U"项"};

constexpr std::int64_t power_of_ten(std::int32_t exponent) {
  std::int64_t value = 1;
  for (std::int32_t i = 0; i < exponent; ++i) value *= 10;
  return value;
}

enum class ScaleFault : std::uint8_t { too_fine, too_large };

// number × 10^exponent when it is an integer of at most `most`.
std::variant<std::int64_t, ScaleFault> scale(const Decimal& number, std::int32_t exponent,
                                             std::int64_t most) {
  std::int64_t digits = number.digits;
  std::int32_t shift = exponent - number.behind_point;
  for (; shift < 0 && digits % 10 == 0 && digits != 0; ++shift) digits /= 10;
  if (digits == 0) return std::int64_t{0};
  if (shift < 0) return ScaleFault::too_fine;
  for (; shift > 0; --shift) {
    if (digits > most / 10) return ScaleFault::too_large;
    digits *= 10;
  }
  if (digits > most) return ScaleFault::too_large;
  return digits;
}

std::optional<std::int32_t> column_exponent(AmountUnit unit) {
  switch (unit) {
    case AmountUnit::none:
      break;
    case AmountUnit::yuan:
      return kYuanExponent;
    case AmountUnit::wan_yuan:
      return kWanYuanExponent;
    case AmountUnit::yi_yuan:
      return kYiYuanExponent;
  }
  return std::nullopt;
}

struct AmountTerm {
  std::int64_t fen = 0;
  std::int32_t exponent = 0;
  bool has_yuan = false;  // closed by 元: nothing may follow but a qualifier
};

// The power of ten, in fen, of the unit behind a number; nothing and a fault when it says too
// little.
std::optional<std::int32_t> take_unit(QuantityScanner& scanner, AmountUnit column_unit,
                                      bool is_first_term, AmountTerm& term) {
  scanner.take_odd();
  const auto magnitude = scanner.take_any(kMagnitudes);
  if (magnitude) scanner.take_odd();
  term.has_yuan = scanner.take(U"元");
  if (term.has_yuan) scanner.take_odd();
  const std::int32_t power = magnitude ? kMagnitudePowers[*magnitude] : 0;
  if (magnitude || term.has_yuan) {
    if (term.has_yuan || power >= kLeastPlainPower) return kYuanExponent + power;
    scanner.refuse_number({"“千”“百”后缺少单位；请写明元、万元或亿元",
                           "千 or 百 without its unit; add 元, 万元 or 亿元"});
    return std::nullopt;
  }
  if (!is_first_term) {
    scanner.refuse_number({"末尾数字缺少单位，可有两种读法；请写明，如“1亿2000万元”",
                           "the last number has no unit and can be read in two ways; write it out, "
                           "as in 1亿2000万元"});
    return std::nullopt;
  }
  // What is not a unit is told first: "3美元" lacks no unit, it has a foreign one.
  const auto exponent = column_exponent(column_unit);
  if (!exponent) {
    scanner.take_qualifier_behind();
    scanner.refuse_rest();
    scanner.refuse_number({"缺少单位；请写明元、万元或亿元", "no unit; add 元, 万元 or 亿元"});
  }
  return exponent;
}

std::optional<AmountTerm> take_term(QuantityScanner& scanner, AmountUnit column_unit,
                                    bool is_first_term) {
  const auto number = scanner.take_number();
  if (!number) return std::nullopt;
  AmountTerm term;
  const auto exponent = take_unit(scanner, column_unit, is_first_term, term);
  if (!exponent || scanner.failed()) return std::nullopt;
  const auto scaled = scale(*number, *exponent, kMostFen);
  if (const auto* fault = std::get_if<ScaleFault>(&scaled)) {
    if (*fault == ScaleFault::too_fine) {
      scanner.refuse_number({"比“分”更细；请核对小数位数", "finer than a fen; check the decimals"});
    } else {
      scanner.refuse_number({"超过上限90万亿元；请核对单位",
                             "above the limit of 90,000,000,000,000 yuan; check the unit"});
    }
    return std::nullopt;
  }
  term.fen = std::get<std::int64_t>(scaled);
  term.exponent = *exponent;
  return term;
}

// "1亿2000万元": each further term is smaller than one unit of the term before.
std::optional<std::int64_t> take_amount(QuantityScanner& scanner, AmountUnit column_unit) {
  auto term = take_term(scanner, column_unit, true);
  if (!term) return std::nullopt;
  std::int64_t fen = term->fen;
  while (!term->has_yuan && scanner.stands_digit() && scanner.qualifier() == Qualifier::exact) {
    const std::int32_t before = term->exponent;
    term = take_term(scanner, column_unit, false);
    if (!term) return std::nullopt;
    if (term->fen >= power_of_ten(before) || fen > kMostFen - term->fen) {
      scanner.refuse_number(
          {"后一段不小于前一段的单位；请核对", "not smaller than the unit before it"});
      return std::nullopt;
    }
    fen += term->fen;
  }
  return fen;
}

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::uint64_t magnitude_of(std::int64_t value) {
  // Negated as unsigned: the smallest value has no positive counterpart.
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

std::string two_digits(std::uint64_t value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

// fen / 10^exponent without loss and without zeros at the end.
std::string exact_decimal(std::int64_t fen, std::int32_t exponent) {
  const auto unit = static_cast<std::uint64_t>(power_of_ten(exponent));
  const std::uint64_t magnitude = magnitude_of(fen);
  std::string out = fen < 0 ? "-" : "";
  out += std::to_string(magnitude / unit);
  std::string fraction = std::to_string(magnitude % unit);
  fraction.insert(0, static_cast<std::size_t>(exponent) - fraction.size(), '0');
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? out : out + "." + fraction;
}

}  // namespace

std::variant<Amount, TextFault> parse_amount(std::string_view text, AmountUnit column_unit) {
  QuantityScanner scanner(text);
  scanner.take_any(kRenminbi);
  scanner.take_qualifier_before();
  scanner.take_any(kRenminbi);
  const auto fen = take_amount(scanner, column_unit);
  if (fen) {
    scanner.take_qualifier_behind();
    scanner.take_any(kRenminbi);
    scanner.take_qualifier_behind();
    scanner.refuse_rest();
  }
  if (scanner.failed()) return scanner.fault();
  return Amount{*fen, scanner.qualifier()};
}

std::variant<QualifiedCount, TextFault> parse_count(std::string_view text) {
  QuantityScanner scanner(text);
  scanner.take_qualifier_before();
  const auto number = scanner.take_number();
  if (number) {
    scanner.take_odd();
    const auto magnitude = scanner.take_any(kMagnitudes);
    if (magnitude) scanner.take_odd();
    scanner.take_any(kMeasures);
    scanner.take_qualifier_behind();
    scanner.refuse_rest();
    const auto scaled = scale(*number, magnitude ? kMagnitudePowers[*magnitude] : 0, kMostCount);
    if (const auto* value = std::get_if<std::int64_t>(&scaled); value && !scanner.failed()) {
      return QualifiedCount{static_cast<std::int32_t>(*value), scanner.qualifier()};
    }
    if (scaled == decltype(scaled){ScaleFault::too_fine}) {
      scanner.refuse_number({"不是整数；人数和件数不能有小数", "not a whole number"});
    } else {
      scanner.refuse_number({"超过上限1亿；请核对", "above the limit of 100,000,000; check it"});
    }
  }
  return scanner.fault();
}

std::string format_wan_yuan(std::int64_t fen) {
  constexpr std::uint64_t kFenOfLastDigit = 10'000;  // 0.01万元
  const std::uint64_t magnitude = magnitude_of(fen);
  const std::uint64_t rounded = (magnitude + kFenOfLastDigit / 2) / kFenOfLastDigit;
  // "-0.00" would show a sign that the figure does not have.
  const std::string sign = fen < 0 && rounded != 0 ? "-" : "";
  return sign + grouped(rounded / 100) + "." + two_digits(rounded % 100);
}

std::string format_yi_yuan(std::int64_t fen) { return exact_decimal(fen, kYiYuanExponent); }

std::string format_yuan(std::int64_t fen) {
  const std::uint64_t magnitude = magnitude_of(fen);
  return (fen < 0 ? "-" : "") + grouped(magnitude / 100) + "." + two_digits(magnitude % 100);
}

Text describe(const Amount& amount) {
  Text text;
  if (amount.fen >= power_of_ten(kYiYuanExponent)) {
    text.zh = exact_decimal(amount.fen, kYiYuanExponent) + "亿元";
  } else if (amount.fen >= power_of_ten(kWanYuanExponent)) {
    text.zh = exact_decimal(amount.fen, kWanYuanExponent) + "万元";
  } else {
    text.zh = exact_decimal(amount.fen, kYuanExponent) + "元";
  }
  text.en = format_yuan(amount.fen) + " yuan";
  switch (amount.qualifier) {
    case Qualifier::exact:
      return text;
    case Qualifier::about:
      return {"约" + text.zh, "about " + text.en};
    case Qualifier::over:
      return {"超过" + text.zh, "over " + text.en};
    case Qualifier::at_least:
      return {"不少于" + text.zh, "at least " + text.en};
  }
  return text;
}

}  // namespace silkledger
