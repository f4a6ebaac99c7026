// From a document to a value: one test for each way in which it may not fit its type.
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/schema/json/decoder.h"
#include "tests/unit/schema/traps.json.h"

namespace silkledger::json {
namespace {

PlainText plain;

template <class T>
std::vector<JsonError> faults(std::string_view text, Limits limits = {}) {
  auto result = from_json<T>(text, {.limits = limits, .sealer = &plain});
  return std::holds_alternative<T>(result) ? std::vector<JsonError>{} : std::get<1>(result);
}

// "code at pointer" of each fault.
template <class T>
std::vector<std::string> seen(std::string_view text, Limits limits = {}) {
  std::vector<std::string> out;
  for (const JsonError& error : faults<T>(text, limits)) {
    out.push_back(error.code + " at " + error.pointer);
    EXPECT_FALSE(error.zh.empty());
    EXPECT_FALSE(error.en.empty());
  }
  return out;
}

using Seen = std::vector<std::string>;

constexpr std::string_view kScalars =
    R"({"flag":true,"tiny":-1,"small":2,"middle":3,"big":"4","utiny":5,"usmall":6,"umiddle":7,"ubig":"8",)"
    R"("colour":"red","class":9,"raised":false})";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kScalars);
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(Decode, AWholeObjectIsAccepted) { EXPECT_EQ(seen<schema::Scalars>(kScalars), Seen{}); }

TEST(Decode, AnUnknownUnionArmIsRefused) {
  EXPECT_EQ(seen<schema::Shape>(R"({"type":"hexagon","radius":1})"), Seen{"unknown_arm at /type"});
  EXPECT_EQ(seen<schema::Shape>(R"({"radius":1})"), Seen{"missing_field at /type"});
  EXPECT_EQ(seen<schema::Shape>(R"({"type":1})"), Seen{"wrong_type at /type"});
  EXPECT_EQ(seen<schema::Shape>(R"("circle")"), Seen{"wrong_type at "});
  EXPECT_NE(faults<schema::Shape>(R"({"type":"hexagon"})").at(0).en.find("circle"),
            std::string::npos);
}

TEST(Decode, DuplicateKeysAreRefusedAlsoWhenTheyAgree) {
  EXPECT_EQ(seen<schema::Disc>(R"({"radius":1,"radius":1})"), Seen{"duplicate_key at /radius"});
}

TEST(Decode, UnknownKeysAreRefused) {
  EXPECT_EQ(seen<schema::Disc>(R"({"radius":1,"Radius":2,"x~/y":3})"),
            (Seen{"unknown_field at /Radius", "unknown_field at /x~0~1y"}));
  EXPECT_EQ(seen<schema::Shape>(R"({"type":"circle","radius":1,"side":2})"),
            Seen{"unknown_field at /side"});
  EXPECT_EQ(seen<schema::Disc>(R"({"type":"circle","radius":1})"),
            Seen{"unknown_field at /type"});
}

TEST(Decode, ARequiredFieldMustBeThereAndAnOptionalOneMayBeMissing) {
  EXPECT_EQ(seen<schema::Disc>("{}"), Seen{"missing_field at /radius"});
  EXPECT_EQ(seen<schema::Maybes>("{}"), Seen{});
  EXPECT_EQ(seen<schema::Maybes>(R"({"money":{"fen":"1"}})"),
            Seen{"missing_field at /money/qualifier"});
}

TEST(Decode, ASettingLeftOutHoldsItsDefault) {
  const auto left_out = std::get<schema::Settings>(from_json<schema::Settings>("{}"));
  EXPECT_EQ(left_out.days, 3);
  EXPECT_TRUE(left_out.on);
  EXPECT_TRUE(left_out.names.empty());
  const auto said = std::get<schema::Settings>(
      from_json<schema::Settings>(R"({"days":4,"on":false,"names":["a"]})"));
  EXPECT_EQ(said.days, 4);
  EXPECT_FALSE(said.on);
  EXPECT_EQ(said.names.size(), 1U);
  EXPECT_EQ(seen<schema::Settings>(R"({"days":0})"), Seen{"out_of_range at /days"});
}

TEST(Decode, MissingAndZeroAreToldApart) {
  const auto zero = std::get<schema::Maybes>(
      from_json<schema::Maybes>(R"({"number":0,"big":"0","text":"","list":[]})"));
  EXPECT_EQ(zero.number, 0);
  EXPECT_EQ(zero.big, 0);
  EXPECT_EQ(zero.text, "");
  EXPECT_TRUE(zero.list.has_value());
  const auto missing = std::get<schema::Maybes>(from_json<schema::Maybes>("{}"));
  EXPECT_FALSE(missing.number || missing.big || missing.text || missing.list);
}

TEST(Decode, TheNumberThatMeansAbsentCannotBeWritten) {
  EXPECT_EQ(seen<schema::Maybes>(R"({"number":-2147483648})"), Seen{"out_of_range at /number"});
  EXPECT_EQ(seen<schema::Maybes>(R"({"number":-2147483647})"), Seen{});
  EXPECT_EQ(seen<schema::Maybes>(R"({"big":"-9223372036854775808"})"),
            Seen{"out_of_range at /big"});
  EXPECT_EQ(seen<schema::Maybes>(R"({"count":4294967295})"), Seen{"out_of_range at /count"});
  EXPECT_EQ(seen<schema::Maybes>(R"({"colour":"default"})"), Seen{"bad_enum at /colour"});
}

TEST(Decode, NullIsNotAValue) {
  const auto errors =
      faults<schema::Maybes>(R"({"text":null,"number":null,"list":null,"money":null})");
  EXPECT_EQ(errors.size(), 4U);
  for (const JsonError& error : errors) EXPECT_EQ(error.code, "wrong_type");
  EXPECT_NE(errors.at(0).en.find("leave the key out"), std::string::npos);
}

TEST(Decode, SixtyFourBitIntegersAreExactAsStrings) {
  const auto value = std::get<schema::Scalars>(
      from_json<schema::Scalars>(with(R"("big":"4")", R"("big":"-9007199254740993")")));
  EXPECT_EQ(value.big, -9007199254740993);
  const auto most = std::get<schema::Scalars>(
      from_json<schema::Scalars>(with(R"("ubig":"8")", R"("ubig":"18446744073709551615")")));
  EXPECT_EQ(most.ubig, UINT64_MAX);
}

TEST(Decode, SixtyFourBitIntegersAreRefusedAsNumbers) {
  EXPECT_EQ(seen<schema::Scalars>(with(R"("big":"4")", R"("big":4)")),
            Seen{"number_must_be_string at /big"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("ubig":"8")", R"("ubig":8)")),
            Seen{"number_must_be_string at /ubig"});
}

TEST(Decode, AnIntegerHasOneSpelling) {
  for (const char* bad : {"\"+4\"", "\"04\"", "\"-0\"", "\" 4\"", "\"4 \"", "\"4.0\"", "\"4e2\"",
                          "\"\"", "\"-\"", "\"４\""}) {
    EXPECT_EQ(seen<schema::Scalars>(with(R"("4")", bad)), Seen{"wrong_type at /big"}) << bad;
  }
  for (const char* bad : {"2.0", "2e0", "-0", "\"2\"", "true"}) {
    EXPECT_EQ(seen<schema::Scalars>(with(R"("small":2)", std::string(R"("small":)") + bad)),
              Seen{"wrong_type at /small"})
        << bad;
  }
}

TEST(Decode, NumbersOutOfTheirRangeAreRefused) {
  EXPECT_EQ(seen<schema::Scalars>(with(R"("tiny":-1)", R"("tiny":-129)")),
            Seen{"out_of_range at /tiny"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("tiny":-1)", R"("tiny":-128)")), Seen{});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("utiny":5)", R"("utiny":256)")),
            Seen{"out_of_range at /utiny"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("utiny":5)", R"("utiny":-1)")),
            Seen{"out_of_range at /utiny"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("middle":3)", R"("middle":11)")),
            Seen{"out_of_range at /middle"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("middle":3)", R"("middle":10)")), Seen{});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("umiddle":7)", R"("umiddle":99999999999999999999)")),
            Seen{"out_of_range at /umiddle"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("big":"4")", R"("big":"9223372036854775808")")),
            Seen{"out_of_range at /big"});
  EXPECT_EQ(seen<schema::Scalars>(with(R"("ubig":"8")", R"("ubig":"-1")")),
            Seen{"out_of_range at /ubig"});
}

TEST(Decode, ABadEnumNameIsRefusedAndTheAllowedOnesAreListed) {
  const auto errors = faults<schema::Scalars>(with(R"("colour":"red")", R"("colour":"Red")"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, "bad_enum");
  EXPECT_NE(errors[0].zh.find("red, deepBlue, default"), std::string::npos);
}

TEST(Decode, FormatsAreChecked) {
  EXPECT_EQ(
      seen<schema::Texts>(
          R"({"name":"示例县测试x","day":"2026-02-30","moment":"2026-03-05 01:02","partial":"2026-13",)"
          R"("id":"a b","digest":"AB","blob":"Zg=","person":5})"),
      (Seen{"string_too_long at /name", "bad_date at /day", "bad_instant at /moment",
            "bad_partial_date at /partial", "bad_id at /id", "bad_hex at /digest",
            "bad_base64 at /blob", "wrong_type at /person"}));
}

TEST(Decode, AnIdIsOneToSixtyFourPlainCharacters) {
  const auto ids = [](const std::string& id) {
    const auto codes = seen<schema::Texts>(
        R"({"name":"","day":"2026-03-05","moment":"2026-03-05T01:02:03Z","partial":"2026",)"
        R"("digest":")" +
        std::string(64, 'a') + R"(","blob":"","person":"","id":")" + id + "\"}");
    return codes.empty();
  };
  EXPECT_TRUE(ids("a"));
  EXPECT_TRUE(ids(std::string(64, 'A')));
  EXPECT_TRUE(ids("L.2026-01_x"));
  EXPECT_FALSE(ids(""));
  EXPECT_FALSE(ids(std::string(65, 'A')));
  EXPECT_FALSE(ids("a/b"));
  EXPECT_FALSE(ids("编号"));
}

TEST(Decode, TextWithANulCharacterIsRefused) {
  EXPECT_EQ(seen<schema::Maybes>(R"({"text":"a\u0000b"})"), Seen{"nul_character at /text"});
}

TEST(Decode, ListsAreBoundedAndTheirItemsChecked) {
  const auto lists = [](const char* numbers, const char* names) {
    return std::string(
               R"({"flags":[true],"bigs":["1"],"days":["2026-03-05"],"colours":["red"],"records":[],"shapes":[],)"
               R"("grid":[[1],[]],"people":[],"numbers":)") +
           numbers + R"(,"names":)" + names + "}";
  };
  EXPECT_EQ(seen<schema::Lists>(lists("[0,9,1,2]", "[\"示例\"]")), Seen{});
  EXPECT_EQ(seen<schema::Lists>(lists("[0,9,1,2,3]", "[]")), Seen{"too_many_items at /numbers"});
  EXPECT_EQ(seen<schema::Lists>(lists("[0,10,true]", "[\"示例x\",1]")),
            (Seen{"out_of_range at /numbers/1", "wrong_type at /numbers/2",
                  "string_too_long at /names/0", "wrong_type at /names/1"}));
  EXPECT_EQ(seen<schema::Lists>(lists("{}", "[]")), Seen{"wrong_type at /numbers"});
}

TEST(Decode, AllFaultsOfADocumentAreToldUpToALimit) {
  std::string text = "{\"radius\":1";
  for (int i = 0; i < 100; ++i) text += ",\"k" + std::to_string(i) + "\":0";
  text += '}';
  EXPECT_EQ(faults<schema::Disc>(text).size(), 32U);
  EXPECT_EQ(faults<schema::Disc>(text, {.errors_count_max = 5}).size(), 5U);
}

TEST(Decode, AClientOfAnOlderVersionReadsWhatANewerLedgerWrites) {
  const std::string text = R"({"radius":1,"shade":"new"})";
  EXPECT_TRUE(std::holds_alternative<schema::Disc>(
      from_json<schema::Disc>(text, {.from_ledger = true})));
  EXPECT_FALSE(std::holds_alternative<schema::Disc>(from_json<schema::Disc>(text)));
}

TEST(Decode, KeysMayComeInAnyOrder) {
  const auto value = std::get<schema::Square>(
      from_json<schema::Square>(R"({"corner":{"rounding":"soft","y":2,"x":1},"side":3})"));
  EXPECT_EQ(value,
            (schema::Square{
                .side = 3,
                .corner = {.x = 1, .y = 2, .rounding = schema::Square::Corner::Rounding::soft}}));
}

}  // namespace
}  // namespace silkledger::json
