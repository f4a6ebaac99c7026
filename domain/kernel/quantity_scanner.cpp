#include "domain/kernel/quantity_scanner.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "domain/kernel/code_points.h"

namespace silkledger {
namespace {

using Word = std::u32string_view;

constexpr std::size_t kMostDigits = 18;  // fits 64 bits with room to spare
constexpr std::size_t kGroup = 3;        // 12,000

constexpr bool is_digit(char32_t point) { return point >= U'0' && point <= U'9'; }

constexpr bool is_blank(char32_t point) {
  return point == U' ' || point == U'\t' || point == U'\u00A0' || point == U'\u3000';
}

constexpr char32_t fold(char32_t point) {
  if (point >= U'\uFF01' && point <= U'\uFF5E') return point - U'\uFF01' + U'!';
  if (point == U'\uFFE5') return U'\u00A5';  // ￥
  return point;
}

struct QualifierWord {
  Word word;
  Qualifier qualifier;
};

// 近 lies just below its number; the ledger has no such qualifier, and "about" claims less.
constexpr std::array kBefore = {
    QualifierWord{U"大约", Qualifier::about},      QualifierWord{U"约为", Qualifier::about},
    QualifierWord{U"约", Qualifier::about},        QualifierWord{U"接近", Qualifier::about},
    QualifierWord{U"将近", Qualifier::about},      QualifierWord{U"近", Qualifier::about},
    QualifierWord{U"超过", Qualifier::over},       QualifierWord{U"超出", Qualifier::over},
    QualifierWord{U"超", Qualifier::over},         QualifierWord{U"突破", Qualifier::over},
    QualifierWord{U"逾", Qualifier::over},         QualifierWord{U"多于", Qualifier::over},
    QualifierWord{U"高于", Qualifier::over},       QualifierWord{U"大于", Qualifier::over},
    QualifierWord{U"不少于", Qualifier::at_least}, QualifierWord{U"不低于", Qualifier::at_least},
    QualifierWord{U"不小于", Qualifier::at_least}, QualifierWord{U"至少", Qualifier::at_least},
    QualifierWord{U"最少", Qualifier::at_least},   QualifierWord{U">=", Qualifier::at_least},
    QualifierWord{U"≥", Qualifier::at_least},      QualifierWord{U">", Qualifier::over},
};

constexpr std::array kBehind = {
    QualifierWord{U"左右", Qualifier::about},
    QualifierWord{U"上下", Qualifier::about},
    // 民法典 Art. 1259: 以上 includes the number.
    QualifierWord{U"及以上", Qualifier::at_least},
    QualifierWord{U"以上", Qualifier::at_least},
};

struct Trouble {
  const char* zh;
  const char* en;
};

constexpr Trouble kRange = {"是一个范围；请只填一个数，或写“不少于”加下限",
                            "a range; write one number, or 不少于 with the lower bound"};
constexpr Trouble kForeign = {"是外币；请按签约日人民币汇率中间价折算后填写人民币金额",
                              "a foreign currency; enter the amount in yuan at the central parity "
                              "of the signing day"};
constexpr Trouble kVague = {"不是确定的数；请填写数字，可加“约”“超过”“不少于”",
                            "no definite number; write digits, if need be with 约, 超过 or 不少于"};
constexpr Trouble kNumeral = {"是汉字数字；请改用阿拉伯数字",
                              "a Chinese numeral; write Arabic digits"};
constexpr Trouble kUpper = {"是上限；台账不记上限，请填写确定的数或下限",
                            "an upper bound, which the ledger does not keep; write a definite "
                            "number or a lower bound"};
constexpr Trouble kScientific = {"是科学计数法，可能已丢失数位；请写出完整数字",
                                 "scientific notation may have lost digits; write all of them"};
constexpr Trouble kSeveral = {"像是几个数写在一起；每格只填一个数",
                              "looks like several numbers; one number a cell"};
constexpr Trouble kPlus = {"含义不明；请写“超过”（不含本数）或“以上”（含本数）",
                           "unclear; write 超过 (without the number) or 以上 (with it)"};
constexpr Trouble kNegative = {"表示负数；金额和数量不能为负",
                               "amounts and counts are not negative"};

struct TroubleWord {
  Word word;
  const Trouble* trouble;
};

constexpr std::array kTroubles = {
    TroubleWord{U"美元", &kForeign}, TroubleWord{U"万美元", &kForeign},
    TroubleWord{U"美金", &kForeign}, TroubleWord{U"欧元", &kForeign},
    TroubleWord{U"港元", &kForeign}, TroubleWord{U"港币", &kForeign},
    TroubleWord{U"日元", &kForeign}, TroubleWord{U"英镑", &kForeign},
    TroubleWord{U"卢布", &kForeign}, TroubleWord{U"坚戈", &kForeign},
    TroubleWord{U"索姆", &kForeign}, TroubleWord{U"卢比", &kForeign},
    TroubleWord{U"USD", &kForeign},  TroubleWord{U"EUR", &kForeign},
    TroubleWord{U"HKD", &kForeign},  TroubleWord{U"$", &kForeign},
    TroubleWord{U"€", &kForeign},    TroubleWord{U"£", &kForeign},
    TroubleWord{U"-", &kRange},      TroubleWord{U"–", &kRange},
    TroubleWord{U"—", &kRange},      TroubleWord{U"~", &kRange},
    TroubleWord{U"〜", &kRange},     TroubleWord{U"至", &kRange},
    TroubleWord{U"到", &kRange},     TroubleWord{U"不超过", &kUpper},
    TroubleWord{U"不足", &kUpper},   TroubleWord{U"不到", &kUpper},
    TroubleWord{U"以下", &kUpper},   TroubleWord{U"以内", &kUpper},
    TroubleWord{U"最多", &kUpper},   TroubleWord{U"低于", &kUpper},
    TroubleWord{U"少于", &kUpper},   TroubleWord{U"小于", &kUpper},
    TroubleWord{U"<", &kUpper},      TroubleWord{U"≤", &kUpper},
    TroubleWord{U"数", &kVague},     TroubleWord{U"几", &kVague},
    TroubleWord{U"上", &kVague},     TroubleWord{U"若干", &kVague},
    TroubleWord{U"十几", &kVague},   TroubleWord{U"多", &kVague},
    TroubleWord{U"余", &kVague},     TroubleWord{U"E", &kScientific},
    TroubleWord{U"e", &kScientific}, TroubleWord{U"、", &kSeveral},
    TroubleWord{U",", &kSeveral},    TroubleWord{U";", &kSeveral},
    TroubleWord{U"和", &kSeveral},   TroubleWord{U"+", &kPlus},
};

constexpr Word kNumerals = U"零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟";

std::string quoted(char32_t point) {
  constexpr char32_t kFirstVisible = 0x20;
  return point < kFirstVisible || point == 0x7F ? "␀" : to_utf8({&point, 1});
}

}  // namespace

QuantityScanner::QuantityScanner(std::string_view text) {
  const DecodedText decoded = decode_utf8(text);
  if (decoded.bad_byte) {
    refuse({"不是有效的UTF-8文本", "not valid UTF-8 text"});
    return;
  }
  if (decoded.points.size() > kMostQuantityCharacters) {
    const std::string most = std::to_string(kMostQuantityCharacters);
    refuse({"超过" + most + "个字符；只填一个数和单位",
            "longer than " + most + " characters; write one number and its unit"});
    return;
  }
  bool is_after_blank = false;
  for (std::size_t i = 0; i < decoded.points.size(); ++i) {
    const char32_t point = decoded.points[i];
    if (!is_blank(point)) symbols_.push_back({fold(point), point, i + 1, is_after_blank});
    is_after_blank = is_blank(point);
  }
  if (symbols_.empty()) refuse({"没有填写；请填写数字", "nothing is written; write a number"});
}

bool QuantityScanner::stands(std::u32string_view word) const {
  if (failed() || symbols_.size() - at_ < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (symbols_[at_ + i].folded != word[i]) return false;
  }
  return true;
}

bool QuantityScanner::stands_digit() const { return !at_end() && is_digit(symbols_[at_].folded); }

std::optional<std::size_t> QuantityScanner::take_any(std::span<const std::u32string_view> words) {
  const auto word = std::ranges::find_if(words, [this](Word w) { return stands(w); });
  if (word == words.end()) return std::nullopt;
  at_ += word->size();
  return static_cast<std::size_t>(word - words.begin());
}

void QuantityScanner::take_qualifier_before() {
  const auto found = std::ranges::find_if(kBefore, [this](auto& w) { return stands(w.word); });
  if (found == kBefore.end()) return;
  note(found->qualifier, false);
  at_ += found->word.size();
}

void QuantityScanner::take_qualifier_behind() {
  const auto found = std::ranges::find_if(kBehind, [this](auto& w) { return stands(w.word); });
  if (found == kBehind.end()) return;
  note(found->qualifier, false);
  at_ += found->word.size();
}

void QuantityScanner::take_odd() {
  if (stands(U"多") || stands(U"余")) {
    note(Qualifier::over, true);
  } else if (stands(U"来")) {
    note(Qualifier::about, true);
  } else {
    return;
  }
  ++at_;
}

void QuantityScanner::note(Qualifier qualifier, bool is_odd) {
  if (!qualifier_ || *qualifier_ == qualifier) {
    qualifier_ = qualifier;
    is_odd_ = is_odd;
    return;
  }
  // "约6000余": both words are vague on purpose; the weaker claim is kept.
  const bool is_about = *qualifier_ == Qualifier::about || qualifier == Qualifier::about;
  const bool is_over = *qualifier_ == Qualifier::over || qualifier == Qualifier::over;
  if (is_about && is_over && (is_odd || is_odd_)) {
    qualifier_ = Qualifier::about;
    return;
  }
  refuse(
      {"与前面的限定词矛盾；只保留一个", "contradicts the qualifier before it; keep one of them"});
}

std::optional<Decimal> QuantityScanner::take_number() {
  if (!stands_digit()) {
    if (at_end()) {
      refuse({"缺少数字", "the number is missing"});
    } else {
      refuse_rest();
    }
    return std::nullopt;
  }
  number_at_ = at_;
  Decimal number;
  std::size_t digits = 0;
  std::size_t group = 0;
  bool is_first_group = true;
  bool is_behind_point = false;
  while (!at_end()) {
    const Symbol& symbol = symbols_[at_];
    if (symbol.is_after_blank && at_ != number_at_ && is_digit(symbol.folded)) {
      refuse({"数字中间有空格；请去掉空格或写成两格", "a blank inside the number; remove it"});
    } else if (is_digit(symbol.folded)) {
      if (++digits > kMostDigits) refuse({"数字过长", "too many digits"});
      number.digits = number.digits * 10 + static_cast<std::int64_t>(symbol.folded - U'0');
      number.behind_point += is_behind_point ? 1 : 0;
      ++group;
      ++at_;
      continue;
    } else if (symbol.folded == U',' && !is_behind_point) {
      if (!take_separator(group, is_first_group)) return std::nullopt;
      is_first_group = false;
      group = 0;
      continue;
    } else if (symbol.folded == U'.' && !is_behind_point) {
      is_behind_point = true;
      ++at_;
      if (!stands_digit()) refuse({"小数点后缺少数字", "digits are missing behind the point"});
      if (!failed()) continue;
    } else if (symbol.folded == U'.') {
      refuse({"有两个小数点", "a second decimal point"});
    }
    break;
  }
  if (failed()) return std::nullopt;
  return number;
}

// A comma that groups by three: "12,000". Anything else could be a list or a foreign decimal comma.
bool QuantityScanner::take_separator(std::size_t digits_in_group, bool is_first_group) {
  const bool is_group_before = is_first_group ? digits_in_group >= 1 && digits_in_group <= kGroup
                                              : digits_in_group == kGroup;
  std::size_t after = 0;
  while (at_ + 1 + after < symbols_.size() && is_digit(symbols_[at_ + 1 + after].folded)) ++after;
  if (!is_group_before || after != kGroup) {
    refuse({"逗号应每三位分节，如12,000；小数请用小数点",
            "a comma groups three digits, as in 12,000; decimals take a point"});
    return false;
  }
  ++at_;
  return true;
}

void QuantityScanner::refuse_rest() {
  if (at_end()) return;
  if (at_ == 0 && (stands(U"-") || stands(U"−") || stands(U"负"))) {
    return refuse({kNegative.zh, kNegative.en});
  }
  const auto word = std::ranges::find_if(kTroubles, [this](auto& w) { return stands(w.word); });
  if (word != kTroubles.end()) return refuse({word->trouble->zh, word->trouble->en});
  if (kNumerals.find(symbols_[at_].folded) != Word::npos) {
    return refuse({kNumeral.zh, kNumeral.en});
  }
  refuse({"不认识；请只填数字和单位", "not understood here; write a number and its unit only"});
}

void QuantityScanner::refuse(Text why) { refuse_at(at_, std::move(why)); }

void QuantityScanner::refuse_number(Text why) { refuse_at(number_at_, std::move(why)); }

void QuantityScanner::refuse_at(std::size_t index, Text why) {
  if (failed()) return;
  if (index >= symbols_.size()) {
    fault_ = TextFault{0, std::move(why)};
    return;
  }
  const Symbol& symbol = symbols_[index];
  const std::string place = std::to_string(symbol.number);
  const std::string shown = quoted(symbol.written);
  fault_ = TextFault{symbol.number,
                     {"第" + place + "个字符“" + shown + "”：" + why.zh,
                      "character " + place + " \"" + shown + "\": " + why.en}};
}

}  // namespace silkledger
