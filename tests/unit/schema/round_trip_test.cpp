// Values to JSON and back.
#include <gtest/gtest.h>

#include "domain/schema/json/writer.h"
#include "tests/unit/schema/traps.json.h"
#include "tests/unit/schema/traps.samples.h"

namespace silkledger::json {
namespace {

using schema::Sampler;

template <class T>
void expect_round_trip(std::uint64_t seed) {
  PlainText plain;
  const auto value = schema::sample<T>(seed, Sampler::Style::random);
  const std::string text = to_json(value, {.unsealer = &plain});
  auto result = from_json<T>(text, {.sealer = &plain});
  ASSERT_TRUE(std::holds_alternative<T>(result))
      << "seed " << seed << '\n'
      << text << '\n'
      << std::get<1>(result).front().code << " at " << std::get<1>(result).front().pointer;
  EXPECT_EQ(std::get<T>(result), value) << "seed " << seed << '\n' << text;
  EXPECT_EQ(to_json(std::get<T>(result), {.unsealer = &plain}), text) << "seed " << seed;
}

TEST(RoundTrip, EveryTypeComesBackFromItsJson) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    expect_round_trip<schema::Scalars>(seed);
    expect_round_trip<schema::Maybes>(seed);
    expect_round_trip<schema::Texts>(seed);
    expect_round_trip<schema::Lists>(seed);
    expect_round_trip<schema::Shape>(seed);
    expect_round_trip<schema::Everything>(seed);
  }
}

TEST(RoundTrip, FieldsStandInTheOrderOfTheSchemaAndAbsentOnesAreLeftOut) {
  EXPECT_EQ(to_json(schema::Maybes{}), "{}");
  schema::Maybes some;
  some.number = 0;
  some.text = "";
  some.day = CivilDate{0};
  EXPECT_EQ(to_json(some), R"({"text":"","number":0,"day":"1970-01-01"})");
}

TEST(RoundTrip, WideIntegersAreStringsAndNarrowOnesNumbers) {
  schema::Scalars value;
  value.big = INT64_MIN;
  value.ubig = UINT64_MAX;
  value.umiddle = UINT32_MAX;
  EXPECT_EQ(
      to_json(value),
      R"({"flag":false,"tiny":0,"small":0,"middle":0,"big":"-9223372036854775808","utiny":0,)"
      R"("usmall":0,"umiddle":4294967295,"ubig":"18446744073709551615","colour":"red","class":7,"raised":true})");
}

TEST(RoundTrip, AUnionIsAnObjectThatNamesItsArm) {
  EXPECT_EQ(to_json(schema::Shape(schema::Disc{.radius = 2})), R"({"type":"circle","radius":2})");
  EXPECT_EQ(to_json(schema::Shape(schema::Nothing{})), R"({"type":"nothing"})");
}

TEST(RoundTrip, TextIsEscapedWhereJsonAsksForItAndElseKept) {
  schema::Texts value;
  value.name = "示\"\\\n\x01";
  EXPECT_NE(to_json(value).find(R"("name":"示\"\\\n\u0001")"), std::string::npos) << to_json(value);
}

class Rot1 final : public Sealer, public Unsealer {
 public:
  schema::Sealed seal(std::string_view text) override {
    schema::Sealed out;
    for (const char c : text) out.ciphertext += static_cast<char>(c + 1);
    out.key_id = 42;
    return out;
  }
  std::optional<std::string> unseal(const schema::Sealed& sealed) override {
    if (sealed.key_id != 42) return std::nullopt;
    std::string out;
    for (const char c : sealed.ciphertext) out += static_cast<char>(c - 1);
    return out;
  }
};

TEST(RoundTrip, APersonalFieldIsSealedOnTheWayInAndOpenedOnlyForWhoeverMay) {
  Rot1 keys;
  const std::string text =
      R"({"flags":[],"numbers":[],"bigs":[],"names":[],"days":[],"colours":[],"records":[],)"
      R"("shapes":[],"grid":[],"people":["zhang"]})";
  auto result = from_json<schema::Lists>(text, {.sealer = &keys});
  ASSERT_TRUE(std::holds_alternative<schema::Lists>(result));
  auto& lists = std::get<schema::Lists>(result);
  EXPECT_EQ(lists.people.at(0).ciphertext, "{iboh");
  EXPECT_EQ(to_json(lists, {.unsealer = &keys}), text);
  EXPECT_NE(to_json(lists).find(R"("people":["＊＊＊"])"), std::string::npos);
  lists.people.at(0).key_id = 1;  // its key was erased
  EXPECT_NE(to_json(lists, {.unsealer = &keys}).find(R"("people":["＊＊＊"])"), std::string::npos);
}

TEST(RoundTrip, WithoutAKeyPersonalFieldsAreRefused) {
  auto result = from_json<schema::Maybes>(R"({"shape":{"type":"circle","radius":1}})");
  EXPECT_TRUE(std::holds_alternative<schema::Maybes>(result));
  auto refused = from_json<schema::Lists>(
      R"({"flags":[],"numbers":[],"bigs":[],"names":[],"days":[],"colours":[],)"
      R"("records":[],"shapes":[],"grid":[],"people":["zhang"]})");
  ASSERT_EQ(refused.index(), 1U);
  EXPECT_EQ(std::get<1>(refused).at(0).code, "sealing_unavailable");
  EXPECT_EQ(std::get<1>(refused).at(0).pointer, "/people/0");
}

}  // namespace
}  // namespace silkledger::json
