#include "domain/kernel/name_rules.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/kernel/code_points.h"

namespace silkledger {
namespace {

using Problem = TextProblem;

TEST(Names, OrdinaryNamesPassWithoutAWord) {
  for (const char* name :
       {"张·某", "阿卜杜拉·示例", "示例·某·甲", "测试企业（喀什）有限公司", "A.B测试公司",
        "3.5万吨示例项目", "شەرق", "示例县商务局", "测试·abc", "A•B", "A.某", "Test Company Ltd.",
        "𠮷·某", "测试保密科技公司", "商业秘密保护协会", "秘密花园示例店", "示例机密文件柜厂"}) {
    EXPECT_TRUE(check_text(name, TextKind::name).empty()) << name;
  }
}

struct NameCase {
  const char* text;
  Problem problem;
  std::size_t at;
};

TEST(Names, AWrongSeparatorIsNamedWithItsPlaceAndNeverChanged) {
  for (const NameCase& c : {
           NameCase{"阿卜•示例", Problem::wrong_separator, 3},
           NameCase{"阿卜‧示例", Problem::wrong_separator, 3},
           NameCase{"阿卜・示例", Problem::wrong_separator, 3},
           NameCase{"阿卜･示例", Problem::wrong_separator, 3},
           NameCase{"张.某", Problem::wrong_separator, 2},
           NameCase{"张．某", Problem::wrong_separator, 2},
           NameCase{"张●某", Problem::wrong_separator, 2},
           NameCase{"𠮷⋅某", Problem::wrong_separator, 2},
           NameCase{"张·某•甲", Problem::wrong_separator, 4},
           NameCase{"·张某", Problem::misplaced_separator, 1},
           NameCase{"张某·", Problem::misplaced_separator, 3},
           NameCase{"张 ·某", Problem::misplaced_separator, 3},
           NameCase{"张· 某", Problem::misplaced_separator, 2},
           NameCase{"张··某", Problem::misplaced_separator, 3},
       }) {
    const auto findings = check_text(c.text, TextKind::name);
    ASSERT_EQ(findings.size(), 1U) << c.text;
    EXPECT_EQ(findings[0].problem, c.problem) << c.text;
    EXPECT_EQ(findings[0].fault.at_character, c.at) << c.text;
    EXPECT_EQ(first_refusal(findings), nullptr) << c.text;
    EXPECT_NE(findings[0].fault.message.zh.find("·"), std::string::npos) << c.text;
    EXPECT_FALSE(findings[0].fault.message.en.empty());
    EXPECT_TRUE(check_text(c.text, TextKind::free_text).empty()) << c.text;
  }
}

TEST(Names, WhatIsNotWhatItLooksLikeIsRefused) {
  for (const NameCase& c : {
           NameCase{"张\x01某", Problem::control_character, 2},
           NameCase{"张\n某", Problem::control_character, 2},
           NameCase{"张\t某", Problem::control_character, 2},
           NameCase{"张某\x7F", Problem::control_character, 3},
           NameCase{"张\u0085某", Problem::control_character, 2},
           NameCase{"张\u2028某", Problem::control_character, 2},
           NameCase{"张\u202E某", Problem::direction_override, 2},
           NameCase{"\u2066张某", Problem::direction_override, 1},
           NameCase{"张某\u200F", Problem::direction_override, 3},
           NameCase{"张\u200B某", Problem::invisible_character, 2},
           NameCase{"\uFEFF张某", Problem::invisible_character, 1},
           NameCase{"张\u200D某", Problem::invisible_character, 2},
           NameCase{"ئا\u200C某", Problem::invisible_character, 3},
           NameCase{"张某\xFF", Problem::invalid_utf8, 3},
           NameCase{"张某\xE5\xBC", Problem::invalid_utf8, 3},
           NameCase{"\xC0\x80", Problem::invalid_utf8, 1},
           NameCase{"\xED\xA0\x80", Problem::invalid_utf8, 1},
           NameCase{"\xF4\x90\x80\x80", Problem::invalid_utf8, 1},
           NameCase{"", Problem::empty, 0},
           NameCase{" \u3000", Problem::empty, 0},
       }) {
    const auto findings = check_text(c.text, TextKind::name);
    ASSERT_EQ(findings.size(), 1U) << c.text;
    EXPECT_EQ(findings[0].problem, c.problem) << c.text;
    EXPECT_EQ(findings[0].fault.at_character, c.at) << c.text;
    EXPECT_EQ(first_refusal(findings), &findings[0]) << c.text;
  }
}

TEST(Names, UyghurScriptMayJoinItsLetters) {
  EXPECT_TRUE(check_text("ئا\u200Cئا", TextKind::name).empty());
}

TEST(Names, AZeroByteIsFoundWhereItStands) {
  const auto findings = check_text(std::string_view("ab\0c", 4), TextKind::free_text);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].fault.at_character, 3U);
}

TEST(Names, FiftyCharactersFitAndTheLimitCountsCharacters) {
  const auto name_of = [](std::size_t characters) {
    return to_utf8(std::u32string(characters, U'测'));
  };
  static_assert(kMostNameCharacters >= kNameCharactersThatMustFit);
  EXPECT_TRUE(check_text(name_of(kNameCharactersThatMustFit), TextKind::name).empty());
  EXPECT_TRUE(check_text(name_of(kMostNameCharacters), TextKind::name).empty());
  const auto findings = check_text(name_of(kMostNameCharacters + 1), TextKind::name);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].problem, Problem::too_long);
  EXPECT_TRUE(check_text(name_of(kMostNameCharacters + 1), TextKind::free_text).empty());
}

TEST(FreeText, LinesAndTabsAreAllowed) {
  EXPECT_TRUE(check_text("第一行\r\n第二行\t第三列", TextKind::free_text).empty());
  EXPECT_TRUE(check_text("", TextKind::free_text).empty());
}

TEST(FreeText, AClassificationMarkIsRefused) {
  for (const NameCase& c : {
           NameCase{"绝密", Problem::classification_mark, 1},
           NameCase{" 机密 ", Problem::classification_mark, 2},
           NameCase{"秘密★", Problem::classification_mark, 1},
           NameCase{"机密★10年\n关于示例的通知", Problem::classification_mark, 1},
           NameCase{"示例通知 机 密 ★ 长期", Problem::classification_mark, 6},
           NameCase{"示例通知（秘密）", Problem::classification_mark, 6},
           NameCase{"【绝密】示例", Problem::classification_mark, 2},
           NameCase{"密级：机密", Problem::classification_mark, 4},
           NameCase{"示例，密级:秘密，份号", Problem::classification_mark, 7},
           NameCase{"机密10年", Problem::classification_mark, 1},
       }) {
    const auto findings = check_text(c.text, TextKind::free_text);
    ASSERT_EQ(findings.size(), 1U) << c.text;
    EXPECT_EQ(findings[0].problem, c.problem) << c.text;
    EXPECT_EQ(findings[0].fault.at_character, c.at) << c.text;
    EXPECT_TRUE(is_refusal(findings[0].problem));
  }
  for (const char* text : {"签订商业秘密保护协议", "工作秘密管理办法", "不涉及国家秘密",
                           "保密期限10年", "★重点项目", "机密性要求"}) {
    EXPECT_TRUE(check_text(text, TextKind::free_text).empty()) << text;
  }
}

TEST(CodePoints, EveryScalarValueGoesThereAndBack) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, point);
    const DecodedText decoded = decode_utf8(text);
    ASSERT_FALSE(decoded.bad_byte) << static_cast<std::uint32_t>(point);
    ASSERT_EQ(decoded.points, std::u32string(1, point));
  }
}

TEST(CodePoints, BadBytesAreFoundAtTheirOffset) {
  EXPECT_EQ(decode_utf8("ab\x80").bad_byte, 2U);
  EXPECT_EQ(decode_utf8("测\xE6\xB5").bad_byte, 3U);
  EXPECT_EQ(decode_utf8("\xE0\x9F\xBF").bad_byte, 0U) << "overlong";
  EXPECT_EQ(decode_utf8("\xF0\x8F\xBF\xBF").bad_byte, 0U) << "overlong";
  EXPECT_EQ(decode_utf8("a\xF5\x80\x80\x80").bad_byte, 1U);
}

}  // namespace
}  // namespace silkledger
