#include "domain/registry/circles.h"

#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

struct Place {
  const char* code;
  std::optional<std::string> circle;
};

class CircleOfTheText : public testing::TestWithParam<Place> {};

// A rule set that names no circles has the five of Art. 16.
TEST_P(CircleOfTheText, FollowsFromTheFirstDigitsOfThePlace) {
  EXPECT_EQ(circle_of(example::rules(), GetParam().code), GetParam().circle);
}

INSTANTIATE_TEST_SUITE_P(
    Article16, CircleOfTheText,
    testing::Values(Place{"440100", "pearl-river-delta"}, Place{"440305", "pearl-river-delta"},
                    Place{"440200", {}}, Place{"310000", "yangtze-delta"},
                    Place{"340100", "yangtze-delta"}, Place{"350100", {}},
                    Place{"370200", "shandong"}, Place{"500112", "sichuan-chongqing"},
                    Place{"510100", "sichuan-chongqing"}, Place{"110105", "beijing-tianjin-hebei"},
                    Place{"130100", "beijing-tianjin-hebei"}, Place{"653101", {}}));

TEST(Circles, OfARuleSetReplaceThoseOfTheText) {
  schema::RuleSet rules = example::rules();
  EXPECT_EQ(circles_of(rules).size(), 5U);
  rules.circles = std::vector<schema::Circle>{{"a", "甲", "A", {"31"}, "示例"},
                                              {"b", "乙", "B", {"3101", "310000"}, "示例"}};
  EXPECT_EQ(circle_of(rules, "310200"), "a");
  EXPECT_EQ(circle_of(rules, "310115"), "b") << "the longer prefix decides";
  EXPECT_EQ(circle_of(rules, "310000"), "b") << "a whole code is a prefix as well";
  EXPECT_EQ(circle_of(rules, "370200"), std::nullopt);
  rules.circles->clear();
  EXPECT_EQ(circle_of(rules, "310200"), std::nullopt) << "a rule set may name no circle at all";
}

TEST(Circles, EachSaysWhyItIsDrawnSo) {
  for (const schema::Circle& circle : circles_of(example::rules())) {
    EXPECT_FALSE(circle.reason.empty()) << circle.code;
    EXPECT_FALSE(circle.prefixes.empty()) << circle.code;
  }
}

}  // namespace
}  // namespace silkledger::domain
