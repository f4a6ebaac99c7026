#include "domain/kernel/money_text.h"

#include <gtest/gtest.h>

#include <random>

namespace silkledger {
namespace {

constexpr auto kNone = AmountUnit::none;
constexpr auto kYuan = AmountUnit::yuan;
constexpr auto kWan = AmountUnit::wan_yuan;
constexpr auto kYi = AmountUnit::yi_yuan;
constexpr auto kExact = Qualifier::exact;
constexpr auto kAbout = Qualifier::about;
constexpr auto kOver = Qualifier::over;
constexpr auto kAtLeast = Qualifier::at_least;
constexpr std::int64_t kFenOfWan = 1'000'000;
constexpr std::int64_t kFenOfYi = 10'000'000'000;

struct AmountCase {
  const char* text;
  AmountUnit unit;
  std::int64_t fen;
  Qualifier qualifier;
};

TEST(Amounts, WhatOfficesWriteIsReadExactly) {
  for (const AmountCase& c : {
           AmountCase{"1.2亿", kNone, 12 * kFenOfYi / 10, kExact},
           AmountCase{"1.2亿元", kWan, 12 * kFenOfYi / 10, kExact},
           AmountCase{"12,000万元", kNone, 12'000 * kFenOfWan, kExact},
           AmountCase{"12，000万元", kNone, 12'000 * kFenOfWan, kExact},
           AmountCase{"３亿", kNone, 3 * kFenOfYi, kExact},
           AmountCase{"３．５亿元", kNone, 35 * kFenOfYi / 10, kExact},
           AmountCase{" 3 亿元 ", kNone, 3 * kFenOfYi, kExact},
           AmountCase{"\u30003亿元", kNone, 3 * kFenOfYi, kExact},
           AmountCase{"3.9", kYi, 39 * kFenOfYi / 10, kExact},
           AmountCase{"1130", kYi, 1'130 * kFenOfYi, kExact},
           AmountCase{"0.26", kYi, 26 * kFenOfYi / 100, kExact},
           AmountCase{"0", kYi, 0, kExact},
           AmountCase{"1200.50", kWan, 1'200'500'000, kExact},
           AmountCase{"100000000.00", kYuan, kFenOfYi, kExact},
           AmountCase{"99,999,999.99元", kNone, 9'999'999'999, kExact},
           AmountCase{"5000万", kYi, 5'000 * kFenOfWan, kExact},
           AmountCase{"5千万元", kNone, 5'000 * kFenOfWan, kExact},
           AmountCase{"3百万", kNone, 300 * kFenOfWan, kExact},
           AmountCase{"5千元", kNone, 500'000, kExact},
           AmountCase{"1.5万亿元", kNone, 15'000 * kFenOfYi, kExact},
           AmountCase{"1亿2000万元", kNone, 12 * kFenOfYi / 10, kExact},
           AmountCase{"1亿2000万300元", kNone, 12 * kFenOfYi / 10 + 30'000, kExact},
           AmountCase{"人民币3亿元", kNone, 3 * kFenOfYi, kExact},
           AmountCase{"￥300元", kNone, 30'000, kExact},
           AmountCase{"3亿元人民币", kNone, 3 * kFenOfYi, kExact},
           AmountCase{"3亿元（人民币）", kNone, 3 * kFenOfYi, kExact},
           AmountCase{"约3亿元", kNone, 3 * kFenOfYi, kAbout},
           AmountCase{"约人民币3亿元", kNone, 3 * kFenOfYi, kAbout},
           AmountCase{"大约3", kYi, 3 * kFenOfYi, kAbout},
           AmountCase{"3亿元左右", kNone, 3 * kFenOfYi, kAbout},
           AmountCase{"约3亿元左右", kNone, 3 * kFenOfYi, kAbout},
           AmountCase{"近3亿元", kNone, 3 * kFenOfYi, kAbout},
           AmountCase{"10来亿元", kNone, 10 * kFenOfYi, kAbout},
           AmountCase{"超10亿元", kNone, 10 * kFenOfYi, kOver},
           AmountCase{"超过10亿元", kNone, 10 * kFenOfYi, kOver},
           AmountCase{"逾10亿", kNone, 10 * kFenOfYi, kOver},
           AmountCase{"1亿多元", kNone, kFenOfYi, kOver},
           AmountCase{"1亿元多", kNone, kFenOfYi, kOver},
           AmountCase{"10余亿元", kNone, 10 * kFenOfYi, kOver},
           AmountCase{"10多", kYi, 10 * kFenOfYi, kOver},
           AmountCase{"超10多亿元", kNone, 10 * kFenOfYi, kOver},
           AmountCase{"约10余亿元", kNone, 10 * kFenOfYi, kAbout},
           AmountCase{"＞10亿", kNone, 10 * kFenOfYi, kOver},
           AmountCase{"不少于5000万", kNone, 5'000 * kFenOfWan, kAtLeast},
           AmountCase{"不低于5000万元", kNone, 5'000 * kFenOfWan, kAtLeast},
           AmountCase{"至少1亿", kNone, kFenOfYi, kAtLeast},
           AmountCase{"1亿元以上", kNone, kFenOfYi, kAtLeast},
           AmountCase{"1亿元及以上", kNone, kFenOfYi, kAtLeast},
           AmountCase{"≥1亿", kNone, kFenOfYi, kAtLeast},
           AmountCase{">=1亿", kNone, kFenOfYi, kAtLeast},
           AmountCase{"90万亿元", kNone, kMostFen, kExact},
           AmountCase{"0.000000000100亿", kNone, 1, kExact},
       }) {
    const auto parsed = parse_amount(c.text, c.unit);
    const auto* amount = std::get_if<Amount>(&parsed);
    ASSERT_NE(amount, nullptr) << c.text << ": " << std::get<TextFault>(parsed).message.zh;
    EXPECT_EQ(*amount, (Amount{c.fen, c.qualifier})) << c.text << " read as " << amount->fen;
  }
}

struct FaultCase {
  const char* text;
  AmountUnit unit;
  std::size_t at;
  const char* zh;
};

TEST(Amounts, WhatIsAmbiguousIsRefusedWithItsPlaceAndReason) {
  for (const FaultCase& c : {
           FaultCase{"", kYi, 0, "没有填写"},
           FaultCase{"  ", kYi, 0, "没有填写"},
           FaultCase{"1-2亿", kNone, 2, "范围"},
           FaultCase{"1-2", kYi, 2, "范围"},
           FaultCase{"1～2亿元", kNone, 2, "范围"},
           FaultCase{"1亿—2亿", kNone, 3, "范围"},
           FaultCase{"1亿至2亿元", kNone, 3, "范围"},
           FaultCase{"1亿美元", kNone, 3, "外币"},
           FaultCase{"3美元", kNone, 2, "外币"},
           FaultCase{"5000万港币", kYi, 6, "外币"},
           FaultCase{"$300", kYuan, 1, "外币"},
           FaultCase{"数千万", kNone, 1, "不是确定的数"},
           FaultCase{"约数亿元", kNone, 2, "不是确定的数"},
           FaultCase{"上亿元", kNone, 1, "不是确定的数"},
           FaultCase{"几千万", kNone, 1, "不是确定的数"},
           FaultCase{"十几亿", kNone, 1, "不是确定的数"},
           FaultCase{"10几亿", kNone, 3, "不是确定的数"},
           FaultCase{"三亿元", kNone, 1, "阿拉伯数字"},
           FaultCase{"不超过3亿", kNone, 1, "上限"},
           FaultCase{"3亿元以下", kNone, 4, "上限"},
           FaultCase{"不足1亿", kNone, 1, "上限"},
           FaultCase{"-3亿", kNone, 1, "负"},
           FaultCase{"3.9", kNone, 1, "缺少单位"},
           FaultCase{"3.9左右", kNone, 1, "缺少单位"},
           FaultCase{"5千", kYi, 1, "缺少单位"},
           FaultCase{"1亿2000", kNone, 3, "缺少单位"},
           FaultCase{"1亿2亿", kNone, 3, "不小于前一段"},
           FaultCase{"1亿10000万", kNone, 3, "不小于前一段"},
           FaultCase{"1万2亿", kNone, 3, "不小于前一段"},
           FaultCase{"1亿元2000万元", kNone, 4, "不认识"},
           FaultCase{"1亿、2亿", kNone, 3, "几个数"},
           FaultCase{"1,2亿", kNone, 2, "三位分节"},
           FaultCase{"1234,567元", kNone, 5, "三位分节"},
           FaultCase{"12,0000元", kNone, 3, "三位分节"},
           FaultCase{"1.5,000", kWan, 4, "几个数"},
           FaultCase{"1.2.3亿", kNone, 4, "两个小数点"},
           FaultCase{"1.亿", kNone, 3, "小数点后"},
           FaultCase{".5亿", kNone, 1, "不认识"},
           FaultCase{"1 2亿", kNone, 3, "空格"},
           FaultCase{"1.2E9", kYuan, 4, "科学计数法"},
           FaultCase{"1e8元", kNone, 2, "科学计数法"},
           FaultCase{"10亿+", kNone, 4, "含义不明"},
           FaultCase{"亿元", kNone, 1, "阿拉伯数字"},
           FaultCase{"约", kYi, 0, "缺少数字"},
           FaultCase{"约3亿元以上", kNone, 5, "矛盾"},
           FaultCase{"超过3亿元左右", kNone, 6, "矛盾"},
           FaultCase{"不少于10余亿", kNone, 6, "矛盾"},
           FaultCase{"0.001元", kNone, 1, "更细"},
           FaultCase{"0.00000000001亿", kNone, 1, "更细"},
           FaultCase{"90.1万亿元", kNone, 1, "上限90万亿"},
           FaultCase{"90万亿1元", kNone, 5, "不小于前一段"},
           FaultCase{"999999999999999999亿", kNone, 1, "上限90万亿"},
           FaultCase{"1234567890123456789", kYuan, 19, "过长"},
           FaultCase{"3亿元/年", kNone, 4, "不认识"},
           FaultCase{"总投资3亿元", kNone, 1, "不认识"},
           FaultCase{"=1+1", kYi, 1, "不认识"},
           FaultCase{"3亿\x01", kNone, 3, "不认识"},
           FaultCase{"\xFF", kYi, 0, "UTF-8"},
           FaultCase{"NaN", kYi, 1, "不认识"},
           FaultCase{"待定", kYi, 1, "不认识"},
       }) {
    const auto parsed = parse_amount(c.text, c.unit);
    const auto* fault = std::get_if<TextFault>(&parsed);
    ASSERT_NE(fault, nullptr) << c.text << " read as " << std::get<Amount>(parsed).fen;
    EXPECT_EQ(fault->at_character, c.at) << c.text << ": " << fault->message.zh;
    EXPECT_NE(fault->message.zh.find(c.zh), std::string::npos)
        << c.text << ": " << fault->message.zh;
    EXPECT_FALSE(fault->message.en.empty()) << c.text;
  }
}

TEST(Amounts, ATextWithoutEndIsRefused) {
  const std::string text(kMostQuantityCharacters + 1, '0');
  EXPECT_TRUE(std::holds_alternative<TextFault>(parse_amount(text, kYi)));
}

TEST(Amounts, AFaultShowsTheCharacterInBothLanguages) {
  const TextFault fault = std::get<TextFault>(parse_amount("1亿美元", kNone));
  EXPECT_TRUE(fault.message.zh.starts_with("第3个字符“美”：")) << fault.message.zh;
  EXPECT_TRUE(fault.message.en.starts_with("character 3 \"美\": ")) << fault.message.en;
}

struct FormatCase {
  std::int64_t fen;
  const char* wan;
  const char* yi;
  const char* yuan;
};

TEST(Amounts, TablesShowThemWithoutFloatingPoint) {
  for (const FormatCase& c : {
           FormatCase{0, "0.00", "0", "0.00"},
           FormatCase{1, "0.00", "0.0000000001", "0.01"},
           FormatCase{4'999, "0.00", "0.0000004999", "49.99"},
           FormatCase{5'000, "0.01", "0.0000005", "50.00"},
           FormatCase{-4'999, "0.00", "-0.0000004999", "-49.99"},
           FormatCase{-5'000, "-0.01", "-0.0000005", "-50.00"},
           FormatCase{1'200'000'000, "1,200.00", "0.12", "12,000,000.00"},
           FormatCase{12'000'000'000, "12,000.00", "1.2", "120,000,000.00"},
           FormatCase{9'999'999'999, "10,000.00", "0.9999999999", "99,999,999.99"},
           FormatCase{kMostFen, "9,000,000,000.00", "900000", "90,000,000,000,000.00"},
           FormatCase{INT64_MIN, "-9,223,372,036,854.78", "-922337203.6854775808",
                      "-92,233,720,368,547,758.08"},
       }) {
    EXPECT_EQ(format_wan_yuan(c.fen), c.wan);
    EXPECT_EQ(format_yi_yuan(c.fen), c.yi);
    EXPECT_EQ(format_yuan(c.fen), c.yuan);
  }
}

TEST(Amounts, ASentenceIsReadBackToTheSameAmount) {
  const std::uint32_t seed = 10'008;
  std::mt19937_64 random(seed);
  for (int i = 0; i < 5'000; ++i) {
    const int digits = std::uniform_int_distribution<int>(1, 16)(random);
    std::int64_t most = 1;
    for (int d = 0; d < digits; ++d) most *= 10;
    Amount amount;
    amount.fen = std::uniform_int_distribution<std::int64_t>(0, std::min(most, kMostFen))(random);
    amount.qualifier = static_cast<Qualifier>(i % 4);
    const auto parsed = parse_amount(describe(amount).zh, kNone);
    ASSERT_TRUE(std::holds_alternative<Amount>(parsed)) << describe(amount).zh << " seed " << seed;
    ASSERT_EQ(std::get<Amount>(parsed), amount) << describe(amount).zh << " seed " << seed;
    const auto yuan = parse_amount(format_yuan(amount.fen), kYuan);
    ASSERT_EQ(std::get<Amount>(yuan).fen, amount.fen) << format_yuan(amount.fen);
  }
  EXPECT_EQ(describe({12 * kFenOfYi / 10, kAbout}),
            (Text{"约1.2亿元", "about 120,000,000.00 yuan"}));
}

struct CountCase {
  const char* text;
  std::int32_t number;
  Qualifier qualifier;
};

TEST(Counts, PeopleAndPiecesKeepTheirQualifier) {
  for (const CountCase& c : {
           CountCase{"1000人", 1'000, kExact},
           CountCase{"1,100", 1'100, kExact},
           CountCase{"１０００ 人", 1'000, kExact},
           CountCase{"约6000余个", 6'000, kAbout},
           CountCase{"6000余个", 6'000, kOver},
           CountCase{"300多人", 300, kOver},
           CountCase{"超过500人", 500, kOver},
           CountCase{"500人以上", 500, kAtLeast},
           CountCase{"不少于300个就业岗位", 300, kAtLeast},
           CountCase{"1.25万人", 12'500, kExact},
           CountCase{"10万人", 100'000, kExact},
           CountCase{"约3000名", 3'000, kAbout},
           CountCase{"0", 0, kExact},
           CountCase{"1亿", kMostCount, kExact},
       }) {
    const auto parsed = parse_count(c.text);
    const auto* count = std::get_if<QualifiedCount>(&parsed);
    ASSERT_NE(count, nullptr) << c.text << ": " << std::get<TextFault>(parsed).message.zh;
    EXPECT_EQ(*count, (QualifiedCount{c.number, c.qualifier})) << c.text;
  }
}

TEST(Counts, HalfAPersonAndARangeAreRefused) {
  for (const FaultCase& c : {
           FaultCase{"1.5人", kNone, 1, "不是整数"},
           FaultCase{"300-500人", kNone, 4, "范围"},
           FaultCase{"近千人", kNone, 2, "阿拉伯数字"},
           FaultCase{"数百人", kNone, 1, "不是确定的数"},
           FaultCase{"1.1亿", kNone, 1, "上限"},
           FaultCase{"1000元", kNone, 5, "不认识"},
           FaultCase{"50户100人", kNone, 4, "不认识"},
           FaultCase{"", kNone, 0, "没有填写"},
       }) {
    const auto parsed = parse_count(c.text);
    const auto* fault = std::get_if<TextFault>(&parsed);
    ASSERT_NE(fault, nullptr) << c.text;
    EXPECT_EQ(fault->at_character, c.at) << c.text << ": " << fault->message.zh;
    EXPECT_NE(fault->message.zh.find(c.zh), std::string::npos)
        << c.text << ": " << fault->message.zh;
  }
}

}  // namespace
}  // namespace silkledger
