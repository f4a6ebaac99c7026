// Tables of names, articles and aggregates.
#include <gtest/gtest.h>

#include "domain/schema/leads.meta.h"
#include "tests/unit/schema/traps.meta.h"

namespace silkledger::schema {
namespace {

TEST(Meta, ATypeTellsItsNamesArticleAggregateAndComment) {
  const TypeMeta& circle = meta<Disc>();
  EXPECT_EQ(circle.name, "Disc");
  EXPECT_EQ(circle.kebab, "disc");
  EXPECT_EQ(circle.zh, "圆");
  EXPECT_EQ(circle.article, "19");
  EXPECT_EQ(circle.aggregate, "shape");
  EXPECT_EQ(circle.doc, "A circle.\n\nWith a second paragraph.");
  EXPECT_EQ(meta<Square>().retired, "CircleV2");
}

TEST(Meta, AnEventTellsItsStream) {
  EXPECT_EQ(stream_of(Disc{}), "shape/only");
  EXPECT_EQ(stream_of(LeadClosed{.lead_id = "L7", .reason = ""}), "lead/L7");
}

TEST(Meta, ArmsStandAtTheIndexOfTheirVariant) {
  static_assert(kShapeArms == std::variant_size_v<Shape::Arms>);
  EXPECT_EQ(shape_arms()[Shape(Square{}).index()].name, "square");
  EXPECT_EQ(shape_arms()[0].type, &meta<Disc>());
}

TEST(Meta, EnumerantsAreNamedInBothLanguages) {
  EXPECT_EQ(name(Colour::deep_blue), "deepBlue");
  EXPECT_EQ(zh(Colour::deep_blue), "深蓝");
  EXPECT_EQ(name(static_cast<Colour>(77)), "");
}

}  // namespace
}  // namespace silkledger::schema
