// Value types and their canonical bytes.
#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

#include "domain/schema/message.h"
#include "tests/unit/schema/traps.samples.h"
#include "tests/unit/schema/traps.wire.h"

namespace silkledger::schema {
namespace {

template <class T>
T from_own(const std::string& bytes) {
  const auto value = decode<T>(bytes, Trust::own);
  EXPECT_TRUE(value.has_value());
  return value.value_or(T{});
}

TEST(Values, DeclaredDefaultsHold) {
  const Scalars scalars;
  EXPECT_EQ(scalars.class_, 7);
  EXPECT_TRUE(scalars.raised);
  EXPECT_EQ(from_own<Scalars>(encode(scalars)), scalars);
}

TEST(Values, ZeroAndMissingStayDistinct) {
  Maybes missing;
  Maybes zero;
  zero.number = 0;
  zero.big = 0;
  zero.count = 0U;
  zero.day = CivilDate{0};
  zero.moment = Instant{0};
  zero.text = "";
  zero.data = "";
  zero.list.emplace();
  zero.colour = Colour::red;
  zero.money.emplace();
  zero.shape.emplace();
  EXPECT_NE(encode(missing), encode(zero));
  EXPECT_EQ(from_own<Maybes>(encode(missing)), missing);
  EXPECT_EQ(from_own<Maybes>(encode(zero)), zero);
}

TEST(Values, ExtremesOfEveryWidthSurvive) {
  Scalars value;
  value.tiny = std::numeric_limits<std::int8_t>::min();
  value.small = std::numeric_limits<std::int16_t>::min();
  value.middle = std::numeric_limits<std::int32_t>::max();
  value.big = std::numeric_limits<std::int64_t>::min();
  value.utiny = std::numeric_limits<std::uint8_t>::max();
  value.usmall = std::numeric_limits<std::uint16_t>::max();
  value.umiddle = std::numeric_limits<std::uint32_t>::max();
  value.ubig = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(from_own<Scalars>(encode(value)), value);
}

TEST(Values, AUnionsIndexIsTheOrdinalOfItsArm) {
  static_assert(std::is_same_v<std::variant_alternative_t<0, Shape::Arms>, Disc>);
  static_assert(std::is_same_v<std::variant_alternative_t<1, Shape::Arms>, Square>);
  static_assert(std::is_same_v<std::variant_alternative_t<3, Shape::Arms>, Deep>);
  const Shape shape =
      Square{.side = 3, .corner = {.x = -1, .y = 2, .rounding = Square::Corner::Rounding::soft}};
  EXPECT_EQ(from_own<Shape>(encode(shape)), shape);
}

TEST(Values, EqualValuesGiveEqualBytesHoweverTheyWereBuilt) {
  const auto wanted = sample<Everything>(7);
  const std::string bytes = encode(wanted);
  // An edited builder keeps the garbage of its former life; canonical bytes do not.
  capnp::MallocMessageBuilder edited;
  auto root = edited.initRoot<wire::Everything>();
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    write(sample<Everything>(seed, Sampler::Style::random), root);
  }
  write(wanted, root);
  EXPECT_EQ(encode(read(root.asReader())), bytes);
  EXPECT_EQ(detail::bytes_of(capnp::canonicalize(root.asReader())), bytes);
  // Spelled-out emptiness is the same value as no pointer at all.
  capnp::MallocMessageBuilder spelled;
  auto texts = spelled.initRoot<wire::Texts>();
  texts.setName("");
  texts.initBlob(0);
  EXPECT_EQ(encode(read(texts.asReader())), encode(Texts{}));
}

TEST(Values, WritingOverAnotherValueLeavesNothingOfIt) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<wire::Maybes>();
  write(sample<Maybes>(3), root);
  write(Maybes{}, root);
  EXPECT_EQ(read(root.asReader()), Maybes{});
}

TEST(Values, AnArmOfANewerVersionIsNotTakenForTheFirst) {
  // Ordinal 9 stands where this build knows arms 0 to 3.
  std::string bytes = encode(Shape(Square{}));
  ASSERT_GE(bytes.size(), 16U);
  ASSERT_EQ(bytes[8], 1);  // the discriminant stands first in the struct, behind the root pointer
  bytes[8] = 9;
  EXPECT_FALSE(decode<Shape>(bytes, Trust::own).has_value());
  MessageReader message(bytes);
  EXPECT_THROW(static_cast<void>(read(message.root<wire::Shape>())), UnknownArm);
}

TEST(Values, EverySampleComesBackFromItsBytes) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const auto value = sample<Everything>(seed, Sampler::Style::random);
    const std::string bytes = encode(value);
    EXPECT_EQ(from_own<Everything>(bytes), value) << "seed " << seed;
    EXPECT_EQ(encode(from_own<Everything>(bytes)), bytes) << "seed " << seed;
  }
}

}  // namespace
}  // namespace silkledger::schema
