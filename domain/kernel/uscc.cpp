#include "domain/kernel/uscc.h"

#include <array>
#include <string>

#include "domain/kernel/code_points.h"

namespace silkledger {
namespace {

// GB 32100: digits and capitals without I, O, S, V, Z; a character's value is its place.
constexpr std::u32string_view kAlphabet = U"0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<std::uint32_t, 17> kWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                    29, 25, 13, 8,  24, 10, 30, 28};
// GB 11714: the organisation code inside, characters 9 to 17; letters count from A = 10, none left
// out.
constexpr std::array<std::uint32_t, 8> kOrganisationWeights = {3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::size_t kOrganisationAt = 8;
constexpr std::size_t kOrganisationDigitAt = 16;
constexpr std::size_t kCheckDigitAt = 17;

char32_t expected_check_digit(std::u32string_view code) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += kWeights[i] * static_cast<std::uint32_t>(kAlphabet.find(code[i]));
  }
  const auto modulus = static_cast<std::uint32_t>(kAlphabet.size());
  return kAlphabet[(modulus - sum % modulus) % modulus];
}

char32_t expected_organisation_digit(std::u32string_view code) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < kOrganisationWeights.size(); ++i) {
    const char32_t point = code[kOrganisationAt + i];
    const std::uint32_t value = point <= U'9' ? point - U'0' : point - U'A' + 10;
    sum += kOrganisationWeights[i] * value;
  }
  constexpr std::u32string_view kDigits = U"0X987654321";  // 11 - remainder, 10 written X, 11 as 0
  return kDigits[sum % 11];
}

UsccWarning at(UsccDoubt doubt, std::size_t index, char32_t written, const Text& why) {
  const std::string place = std::to_string(index + 1);
  const std::string shown = to_utf8({&written, 1});
  return {doubt,
          {index + 1,
           {"统一社会信用代码第" + place + "位“" + shown + "”" + why.zh,
            "unified social credit code, character " + place + " \"" + shown + "\" " + why.en}}};
}

UsccWarning mismatch(UsccDoubt doubt, std::size_t index, char32_t written, char32_t expected,
                     const Text& name) {
  const std::string shown = to_utf8({&expected, 1});
  return at(doubt, index, written,
            {"与" + name.zh + "不符，按规则应为“" + shown + "”；请对照营业执照核对，确认无误可保留",
             "does not agree with the " + name.en + ", which would be \"" + shown +
                 "\"; compare with the business licence, and keep it if it stands there so"});
}

std::string_view hint_zh(char32_t point) {
  if (point >= U'a' && point <= U'z') return "是小写字母；请改为大写";
  if (point >= U'！' && point <= U'～') return "是全角字符；请改为半角";
  return "不是代码字符；代码只含数字和大写字母，不含I、O、S、V、Z";
}

std::string_view hint_en(char32_t point) {
  if (point >= U'a' && point <= U'z') return "is a small letter; write the capital";
  if (point >= U'！' && point <= U'～') return "is a full-width character; write it half-width";
  return "does not occur in codes, which hold digits and capitals without I, O, S, V, Z";
}

}  // namespace

std::vector<UsccWarning> check_uscc(std::string_view code) {
  const DecodedText decoded = decode_utf8(code);
  const std::u32string& points = decoded.points;
  if (decoded.bad_byte || points.size() != kUsccCharacters) {
    const std::string found = std::to_string(points.size());
    return {{UsccDoubt::length,
             {0,
              {"统一社会信用代码应为18位，现为" + found + "位；请核对是否漏填或多填",
               "a unified social credit code has 18 characters, not " + found +
                   "; look for a missing or surplus one"}}}};
  }
  std::vector<UsccWarning> warnings;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (kAlphabet.find(points[i]) != std::u32string_view::npos) continue;
    warnings.push_back(at(UsccDoubt::character, i, points[i],
                          {std::string(hint_zh(points[i])), std::string(hint_en(points[i]))}));
  }
  if (!warnings.empty()) return warnings;

  const char32_t organisation = expected_organisation_digit(points);
  if (points[kOrganisationDigitAt] != organisation) {
    warnings.push_back(mismatch(UsccDoubt::organisation_digit, kOrganisationDigitAt,
                                points[kOrganisationDigitAt], organisation,
                                {"组织机构代码校验位", "check digit of the organisation code"}));
  }
  const char32_t check = expected_check_digit(points);
  if (points[kCheckDigitAt] != check) {
    warnings.push_back(mismatch(UsccDoubt::check_digit, kCheckDigitAt, points[kCheckDigitAt], check,
                                {"校验位", "check digit"}));
  }
  return warnings;
}

}  // namespace silkledger
