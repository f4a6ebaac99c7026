// Pieces of sentences that several events share. Inside this folder only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/money_text.h"
#include "domain/schema/corrections.values.h"
#include "domain/schema/meta.h"
#include "domain/sentences/sentence.h"

namespace silkledger::domain::sentences {

Text join(std::initializer_list<Text> parts);
inline Text same(std::string text) { return {text, text}; }
inline Text day(CivilDate date) { return same(to_string(date)); }

// "，理由：…" and ", because: …"; nothing for an empty text.
Text reason(const std::string& text);
Text reason(const std::optional<std::string>& text);

Text money(const schema::Money& amount);
Text money(std::int64_t fen);
Text jobs(const schema::Count& count);
Text number(std::int64_t value);
// "、" and ", " between the names of units.
Text units(const std::vector<std::string>& ids, const Names& names);
// "金额由 1亿元 更正为 1.2亿元"
Text change(std::string_view field_zh, std::string_view field_en, const schema::Change& change);

// An enumerant in Chinese from the schema and in English from its name: "constructionStarted" →
// "construction started".
std::string words_of(std::string_view camel_case);
template <class E>
Text enumerant(E value) {
  return {std::string(schema::zh(value)), words_of(schema::name(value))};
}

}  // namespace silkledger::domain::sentences
