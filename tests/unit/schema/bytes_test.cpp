// Base64 and hex.
#include "domain/schema/json/bytes.h"

#include <gtest/gtest.h>

namespace silkledger::json {
namespace {

TEST(Bytes, Base64FollowsTheVectorsOfRfc4648) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Bytes, Base64WithStrayBitsOrWrongPaddingIsRefused) {
  for (const char* text : {"Zh==", "Zg=", "Zg", "Zg===", "Z", "Zm9v=", "=Zg=", "Zg==Zg==", "Zm 9v",
                           "Zm9_", "\xff\xff\xff\xff"}) {
    EXPECT_FALSE(from_base64(text).has_value()) << text;
  }
}

TEST(Bytes, HexIsLowerCaseAndWhole) {
  EXPECT_EQ(to_hex(std::string("\x00\xff\x7f", 3)), "00ff7f");
  EXPECT_EQ(from_hex("00ff7f"), std::string("\x00\xff\x7f", 3));
  EXPECT_FALSE(from_hex("0").has_value());
  EXPECT_FALSE(from_hex("FF").has_value());
  EXPECT_FALSE(from_hex("0g").has_value());
}

}  // namespace
}  // namespace silkledger::json
