// Outside Cap'n Proto messages: what may come in, and that it is what JSON lets in.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <random>

#include "domain/schema/binary/checker.h"
#include "domain/schema/binary/message_frame.h"
#include "tests/unit/schema/traps.binary.h"
#include "tests/unit/schema/traps.json.h"
#include "tests/unit/schema/traps.samples.h"
#include "tests/unit/schema/traps.wire.h"

namespace silkledger::binary {
namespace {

using schema::Sampler;

template <class Wire, class T>
std::string message_of(const T& value) {
  std::string bytes;
  append_message(bytes, [&](capnp::MessageBuilder& message) {
    schema::write(value, message.initRoot<Wire>());
  });
  return bytes;
}

template <class Wire, class T>
std::optional<json::JsonError> read_into(std::string_view bytes, T& out,
                                         const MessageLimits& limits = {}) {
  return open_message(bytes, limits, [&](capnp::MessageReader& reader) {
    out = schema::read(reader.getRoot<Wire>());
  });
}

template <class T>
std::vector<std::string> faults_of(T value) {
  json::PlainText plain;
  std::vector<json::JsonError> errors;
  Checker checker(&plain, errors);
  check(checker, value);
  std::vector<std::string> found;
  for (const auto& error : errors) found.push_back(error.code + " " + error.pointer);
  return found;
}

template <class T>
std::vector<std::string> json_faults_of(const T& value) {
  json::PlainText plain;
  const auto read = json::from_json<T>(json::to_json(value, {&plain}), {{}, &plain});
  std::vector<std::string> found;
  if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&read)) {
    for (const auto& error : *errors) found.push_back(error.code + " " + error.pointer);
  }
  return found;
}

TEST(BinaryMessage, EveryTypeComesBackAndIsAccepted) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto value = schema::sample<schema::Everything>(seed, Sampler::Style::random);
    schema::Everything back;
    const auto wrong = read_into<wire::Everything>(message_of<wire::Everything>(value), back);
    ASSERT_FALSE(wrong) << wrong->en << " seed " << seed;
    EXPECT_EQ(back, value) << "seed " << seed;
    EXPECT_EQ(faults_of(back), std::vector<std::string>{}) << "seed " << seed;
  }
}

TEST(BinaryMessage, WhatJsonRefusesIsRefusedWithTheSameCodeAtTheSamePlace) {
  const auto good = schema::sample<schema::Texts>(1, Sampler::Style::random);
  const std::vector<std::function<void(schema::Texts&)>> spoils = {
      [](auto& texts) { texts.name = std::string(13, 'x'); },
      [](auto& texts) { texts.id = "no id"; },
      [](auto& texts) { texts.id = ""; },
      [](auto& texts) { texts.partial = "2026-13"; },
      [](auto& texts) { texts.blob = std::string(9, 'b'); },
      [](auto& texts) { texts.day = CivilDate{-2'147'483'647}; },
      [](auto& texts) { texts.person.ciphertext = std::string(481, 'p'); },
  };
  for (const auto& spoil : spoils) {
    auto bad = good;
    spoil(bad);
    EXPECT_EQ(faults_of(bad).size(), 1u);
    EXPECT_EQ(faults_of(bad), json_faults_of(bad));
  }
}

TEST(BinaryMessage, TextMustBeUtf8WithoutNul) {
  schema::Texts texts = schema::sample<schema::Texts>(1, Sampler::Style::random);
  texts.name = "\xff";
  EXPECT_EQ(faults_of(texts), std::vector<std::string>{"bad_utf8 /name"});
  texts.name = std::string("a\0b", 3);
  EXPECT_EQ(faults_of(texts), std::vector<std::string>{"nul_character /name"});
}

TEST(BinaryMessage, NumbersBeyondTheirRangeAndUnknownEnumerantsAreRefused) {
  schema::Scalars scalars;
  scalars.middle = 11;
  scalars.colour = static_cast<schema::Colour>(99);
  EXPECT_EQ(faults_of(scalars),
            (std::vector<std::string>{"out_of_range /middle", "bad_enum /colour"}));
}

TEST(BinaryMessage, PersonalFieldsComeInClearAndNobodySmugglesASealedOne) {
  auto texts = schema::sample<schema::Texts>(1, Sampler::Style::random);
  texts.person = {};
  texts.person.ciphertext = "x";
  texts.person.algorithm = schema::SealAlgorithm::aes256_gcm_siv1;
  EXPECT_EQ(faults_of(texts), std::vector<std::string>{"sealed_outside /person"});
}

TEST(BinaryMessage, IsRevealedOrMaskedAsInJson) {
  json::PlainText plain;
  auto texts = schema::sample<schema::Texts>(1, Sampler::Style::random);
  texts.person = plain.seal("测试员");
  auto clear = texts;
  reveal(clear, &plain);
  EXPECT_EQ(clear.person.ciphertext, "测试员");
  reveal(texts, nullptr);
  EXPECT_EQ(texts.person.ciphertext, json::kMask);
  static_assert(kHoldsPersonal<schema::Texts> && !kHoldsPersonal<schema::Scalars>);
}

TEST(BinaryMessage, SizesAndSegmentsAreCheckedBeforeAnythingIsFollowed) {
  schema::Scalars out;
  const auto good = message_of<wire::Scalars>(schema::Scalars{});
  const auto code = [&](std::string_view bytes, MessageLimits limits = {}) {
    const auto wrong = read_into<wire::Scalars>(bytes, out, limits);
    return wrong ? wrong->code : std::string("taken");
  };
  EXPECT_EQ(code(good), "taken");
  EXPECT_EQ(code(""), "bad_message");
  EXPECT_EQ(code(good.substr(0, 8)), "bad_message");
  EXPECT_EQ(code(good.substr(0, good.size() - 8)), "bad_message");
  EXPECT_EQ(code(good.substr(0, good.size() - 1)), "bad_message");
  EXPECT_EQ(code(good + std::string(8, '\0')), "bad_message");
  EXPECT_EQ(code(good, {.bytes_max = good.size() - 1}), "too_large");
  std::string many = good;
  many[0] = '\xff';  // 256 segments
  EXPECT_EQ(code(many), "bad_message");
  many[3] = '\xff';  // 4 billion segments
  EXPECT_EQ(code(many), "bad_message");
  std::string beyond = good;
  beyond[7] = '\x7f';  // the only segment claims 16 GiB
  EXPECT_EQ(code(beyond), "bad_message");
  const std::string shifted = " " + good;  // not aligned
  EXPECT_EQ(code(std::string_view(shifted).substr(1)), "taken");
}

// The same list, pointed at from every field of a great one, would be read again and again.
TEST(BinaryMessage, SharedPointersCannotMultiplyAMessage) {
  std::string bytes;
  append_message(bytes, [](capnp::MessageBuilder& message) {
    auto list = message.initRoot<wire::Maybes>().initList(4096);
    list.set(0, std::string(2000, 'x').c_str());
  });
  // Word 0 of the list's content points at the long text; copy the pointer, corrected for distance.
  schema::Maybes value;
  ASSERT_FALSE(read_into<wire::Maybes>(bytes, value));
  const std::string marker(2000, 'x');
  const std::size_t text = bytes.find(marker);
  ASSERT_NE(text, std::string::npos);
  const std::size_t first = text - std::size_t{4096} * 8;
  for (std::size_t i = 1; i < 4096; ++i) {
    std::uint64_t pointer = 0;
    std::memcpy(&pointer, bytes.data() + first, sizeof pointer);
    const auto offset = static_cast<std::uint64_t>(4095 - i);
    pointer = (pointer & 0xFFFFFFFF00000003U) | offset << 2U;
    std::memcpy(bytes.data() + first + 8 * i, &pointer, sizeof pointer);
  }
  const auto wrong = read_into<wire::Maybes>(bytes, value);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->code, "bad_message");
}

TEST(BinaryMessage, AnyChangedByteIsReadOrRefusedButNeverMore) {
  std::mt19937_64 random(7);  // NOLINT: the seed is part of the test
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto value = schema::sample<schema::Everything>(seed, Sampler::Style::random);
    const auto good = message_of<wire::Everything>(value);
    for (int i = 0; i < 500; ++i) {
      std::string bad = good;
      for (int n = 0; n <= i % 4; ++n) bad[random() % bad.size()] = static_cast<char>(random());
      schema::Everything out;
      if (!read_into<wire::Everything>(bad, out)) faults_of(out);
    }
  }
}

}  // namespace
}  // namespace silkledger::binary
