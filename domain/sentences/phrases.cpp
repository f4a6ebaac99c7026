#include "domain/sentences/phrases.h"

#include <variant>

#include "domain/kernel/time.h"

namespace silkledger::domain::sentences {
namespace {

Amount amount_of(const schema::Money& money) {
  return {money.fen, static_cast<Qualifier>(money.qualifier)};
}

Text qualified(schema::Qualifier qualifier) {
  switch (qualifier) {
    case schema::Qualifier::exact:
      return {};
    case schema::Qualifier::about:
      return {"约", "about "};
    case schema::Qualifier::over:
      return {"超过", "over "};
    case schema::Qualifier::at_least:
      return {"不少于", "at least "};
  }
  return {};
}

Text shown(const schema::TextChange& one, bool becomes) {
  const auto& text = becomes ? one.becomes : one.was;
  return {"“" + text + "”", "\"" + text + "\""};
}
Text shown(const schema::MoneyChange& one, bool becomes) {
  if (becomes) return money(one.becomes);
  return one.was ? money(*one.was) : Text{"空缺", "nothing"};
}
Text shown(const schema::CountChange& one, bool becomes) {
  if (becomes) return jobs(one.becomes);
  return one.was ? jobs(*one.was) : Text{"空缺", "nothing"};
}
Text shown(const schema::DateChange& one, bool becomes) {
  return day(becomes ? one.becomes : one.was);
}
Text shown(const schema::FenChange& one, bool becomes) {
  return money(becomes ? one.becomes : one.was);
}

}  // namespace

Text join(std::initializer_list<Text> parts) {
  Text whole;
  for (const auto& part : parts) {
    whole.zh += part.zh;
    whole.en += part.en;
  }
  return whole;
}

Text reason(const std::string& text) {
  if (text.empty()) return {};
  return {"，理由：" + text, ", because: " + text};
}

Text reason(const std::optional<std::string>& text) { return text ? reason(*text) : Text{}; }

Text money(const schema::Money& amount) { return describe(amount_of(amount)); }
Text money(std::int64_t fen) { return describe(Amount{fen, Qualifier::exact}); }
Text number(std::int64_t value) { return same(std::to_string(value)); }

Text jobs(const schema::Count& count) {
  return join({qualified(count.qualifier), number(count.number), {" 人", " jobs"}});
}

Text units(const std::vector<std::string>& ids, const Names& names) {
  Text all;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) all = join({all, {"、", ", "}});
    all = join({all, names.unit(ids[i])});
  }
  return all;
}

Text change(std::string_view field_zh, std::string_view field_en, const schema::Change& change) {
  const auto was = std::visit([](const auto& one) { return shown(one, false); }, change);
  const auto becomes = std::visit([](const auto& one) { return shown(one, true); }, change);
  return {std::string(field_zh) + "由 " + was.zh + " 更正为 " + becomes.zh,
          std::string(field_en) + " from " + was.en + " to " + becomes.en};
}

std::string words_of(std::string_view camel_case) {
  std::string words;
  for (const char c : camel_case) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !words.empty()) words += ' ';
    words += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

}  // namespace silkledger::domain::sentences
