#include "domain/kernel/uscc.h"

#include <gtest/gtest.h>

#include <string>

namespace silkledger {
namespace {

// Made-up codes of the pattern of Kashgar's registrars; check digits were computed apart from this
// code.
TEST(UnifiedSocialCreditCode, SoundCodesRaiseNoDoubt) {
  for (const char* code : {"91653100MA0000007K", "91653101MA0000015W", "91653100MA00000FX7",
                           "91653100MA00000K0H", "126531000000000000", "91653126TEXT000172"}) {
    EXPECT_TRUE(check_uscc(code).empty()) << code;
  }
}

struct DoubtCase {
  const char* code;
  std::vector<UsccDoubt> doubts;
  std::size_t first_at;
};

TEST(UnifiedSocialCreditCode, EachDoubtNamesItsCharacter) {
  using Doubt = UsccDoubt;
  for (const DoubtCase& c : {
           DoubtCase{"", {Doubt::length}, 0},
           DoubtCase{"91653100MA0000007", {Doubt::length}, 0},
           DoubtCase{"91653100MA0000007KK", {Doubt::length}, 0},
           DoubtCase{"91653100MA000000\xFF\xFF", {Doubt::length}, 0},
           DoubtCase{"91653100MA0000007k", {Doubt::character}, 18},
           DoubtCase{"91653100MA000000７K", {Doubt::character}, 17},
           DoubtCase{"9165310OMA00000I7K", {Doubt::character, Doubt::character}, 8},
           DoubtCase{"91653100SA0000007K", {Doubt::character}, 9},
           DoubtCase{"91653100MA0000007 ", {Doubt::character}, 18},
           DoubtCase{"91653100MA0000007L", {Doubt::check_digit}, 18},
           DoubtCase{"91653101MA0000010D", {Doubt::organisation_digit}, 17},
           DoubtCase{"91653100MA0000008K", {Doubt::organisation_digit, Doubt::check_digit}, 17},
       }) {
    const auto warnings = check_uscc(c.code);
    ASSERT_EQ(warnings.size(), c.doubts.size()) << c.code;
    for (std::size_t i = 0; i < warnings.size(); ++i) {
      EXPECT_EQ(warnings[i].doubt, c.doubts[i]) << c.code;
      EXPECT_FALSE(warnings[i].fault.message.zh.empty());
      EXPECT_FALSE(warnings[i].fault.message.en.empty());
    }
    EXPECT_EQ(warnings[0].fault.at_character, c.first_at) << c.code;
  }
}

TEST(UnifiedSocialCreditCode, AWarningSaysWhichDigitWouldAgree) {
  const auto warnings = check_uscc("91653100MA0000007L");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].fault.message.zh.find("应为“K”"), std::string::npos);
  EXPECT_NE(warnings[0].fault.message.en.find("\"K\""), std::string::npos);
}

TEST(UnifiedSocialCreditCode, EveryOneCharacterSlipIsSeen) {
  const std::string sound = "91653100MA0000007K";
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (std::size_t i = 0; i < sound.size(); ++i) {
    for (const char other : kAlphabet) {
      if (other == sound[i]) continue;
      std::string slip = sound;
      slip[i] = other;
      EXPECT_FALSE(check_uscc(slip).empty()) << slip;
    }
  }
}

}  // namespace
}  // namespace silkledger
