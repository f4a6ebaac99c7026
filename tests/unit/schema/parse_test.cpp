// The text of a document: what no type has to be known for. One test for each trap.
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/schema/json/node.h"
#include "tests/unit/schema/traps.json.h"

namespace silkledger::json {
namespace {

std::vector<JsonError> faults(std::string_view text, const Limits& limits = {}) {
  std::vector<JsonError> errors;
  const Document document(text, limits, errors);
  return errors;
}

std::string only_code(std::string_view text, const Limits& limits = {}) {
  const auto errors = faults(text, limits);
  return errors.size() == 1 ? errors[0].code : std::to_string(errors.size()) + " errors";
}

std::string text_of(std::string_view json) {
  std::vector<JsonError> errors;
  const Document document(json, {}, errors);
  return errors.empty() ? document.root().text : "refused";
}

TEST(Parse, EscapesWithHexLettersComeOutAsTheRightCharacters) {
  EXPECT_EQ(text_of(R"("\u5580\u4ec0\u5730\u533a")"), "喀什地区");
  EXPECT_EQ(text_of(R"("\u4EFB\u52A1\uABCD\uabcd")"), "任务\uabcd\uabcd");
  EXPECT_EQ(text_of(R"("\ud842\udfb7\/\b\f")"), "𠮷/\b\f");
}

TEST(Parse, ALoneSurrogateIsRefused) {
  EXPECT_EQ(only_code(R"("\ud800")"), "lone_surrogate");
  EXPECT_EQ(only_code(R"("\udc00")"), "lone_surrogate");
  EXPECT_EQ(only_code(R"("\ud842x")"), "lone_surrogate");
  EXPECT_EQ(only_code(R"("\ud842\u0041")"), "lone_surrogate");
}

TEST(Parse, BadUtf8IsRefused) {
  EXPECT_EQ(only_code("\"\xc0\xaf\""), "bad_utf8");          // overlong slash
  EXPECT_EQ(only_code("\"\xe0\x80\xaf\""), "bad_utf8");      // overlong, three bytes
  EXPECT_EQ(only_code("\"\xed\xa0\x80\""), "bad_utf8");      // a surrogate in UTF-8
  EXPECT_EQ(only_code("\"\xf4\x90\x80\x80\""), "bad_utf8");  // above U+10FFFF
  EXPECT_EQ(only_code("\"\xe5\x96\""), "bad_utf8");          // cut short
  EXPECT_EQ(only_code("{\"\xff\":1}"), "bad_utf8");          // in a key
}

TEST(Parse, NanAndInfinityAreRefused) {
  for (const char* text :
       {"NaN", "[Infinity]", "-Infinity", "[1e]", "[.5]", "[01]", "[+1]", "[0x10]"}) {
    EXPECT_EQ(only_code(text), "syntax") << text;
  }
}

TEST(Parse, WhatJavaScriptAllowsAndJsonDoesNotIsRefused) {
  for (const char* text : {"", " ", "{a:1}", "{'a':1}", "[1,]", "{\"a\":1,}", "[1] [2]", "[1]x",
                           "// c\n1", "/* c */1", "\"a\nb\"", "tru", "\xef\xbb\xbf{}"}) {
    EXPECT_EQ(only_code(text), "syntax") << text;
  }
}

TEST(Parse, DuplicateKeysAreRefusedEachWithItsPointer) {
  const auto errors = faults(R"({"a":1,"b":{"c/~":1,"c\u002f~":2},"a":3,"a":4})");
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_EQ(errors[0].code, "duplicate_key");
  EXPECT_EQ(errors[0].pointer, "/b/c~1~0");
  EXPECT_EQ(errors[1].pointer, "/a");
}

TEST(Parse, KeysKeepTheirOrderAndNumbersTheirDigits) {
  std::vector<JsonError> errors;
  const Document document(R"({"z":12345678901234567890123,"a":-0.10e+5,"m":[0,-7]})", {}, errors);
  ASSERT_TRUE(errors.empty());
  const Node* z = document.root().first;
  EXPECT_EQ(z->key, "z");
  EXPECT_EQ(z->text, "12345678901234567890123");
  EXPECT_EQ(z->next->key, "a");
  EXPECT_EQ(z->next->text, "-0.10e+5");
  EXPECT_EQ(z->next->next->first->next->text, "-7");
  EXPECT_EQ(pointer(*z->next->next->first->next), "/m/1");
}

TEST(Parse, TooDeepATextIsRefusedAndTheDeepestAllowedIsNot) {
  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
  };
  EXPECT_TRUE(faults(nested(32)).empty());
  EXPECT_EQ(only_code(nested(33)), "too_deep");
  EXPECT_EQ(only_code(std::string(200'000, '[')), "too_deep");
}

TEST(Parse, EveryLimitHoldsAtItsNumber) {
  EXPECT_TRUE(faults("[1,2]", {.document_bytes_max = 5}).empty());
  EXPECT_EQ(only_code("[1,2]", {.document_bytes_max = 4}), "too_large");
  EXPECT_TRUE(faults(R"({"a":1,"b":{"c":2}})", {.keys_count_max = 3}).empty());
  EXPECT_EQ(only_code(R"({"a":1,"b":{"c":2}})", {.keys_count_max = 2}), "too_many_keys");
  EXPECT_TRUE(faults("[1,2,3]", {.values_count_max = 4}).empty());
  EXPECT_EQ(only_code("[1,2,3]", {.values_count_max = 3}), "too_many_values");
  EXPECT_TRUE(faults(R"("示例")", {.string_bytes_max = 6}).empty());
  EXPECT_EQ(only_code(R"("示例x")", {.string_bytes_max = 6}), "string_too_long");
  EXPECT_EQ(only_code(R"({"示例x":1})", {.string_bytes_max = 6}), "string_too_long");
}

TEST(Parse, AMessageSaysWhereTheTextBreaks) {
  const auto errors = faults(R"({"a":tru})");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].en.find("byte"), std::string::npos);
  EXPECT_NE(errors[0].zh.find("字节"), std::string::npos);
}

}  // namespace
}  // namespace silkledger::json
