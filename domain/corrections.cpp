#include "domain/corrections.h"

#include <variant>

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;

Text written(std::string_view value) { return {quoted_zh(value), quoted_en(value)}; }
Text written(CivilDate value) { return {to_string(value), to_string(value)}; }
Text written_fen(std::int64_t fen) {
  return {std::to_string(fen) + " 分", std::to_string(fen) + " fen"};
}
Text missing() { return {"（空）", "(nothing)"}; }

Text qualified(schema::Qualifier qualifier, Text number) {
  switch (qualifier) {
    case schema::Qualifier::exact:
      return number;
    case schema::Qualifier::about:
      return {"约 " + number.zh, "about " + number.en};
    case schema::Qualifier::over:
      return {"超过 " + number.zh, "over " + number.en};
    case schema::Qualifier::at_least:
      return {"不少于 " + number.zh, "at least " + number.en};
  }
  return number;
}

Text written(const std::optional<schema::Money>& value) {
  return value ? qualified(value->qualifier, written_fen(value->fen)) : missing();
}
Text written(const std::optional<schema::Count>& value) {
  if (!value) return missing();
  const std::string number = std::to_string(value->number);
  return qualified(value->qualifier, {number, number});
}

Objection names_its_event(const Checks& check, const Correction& correction) {
  if (correction.set_at != 0 && correction.corrects.position == correction.set_at) return {};
  const std::string stated = std::to_string(correction.corrects.position);
  if (correction.set_at == 0) {
    return check.reject(Kind::wrong_state, "field-never-set", "/corrects/position",
                        {"该字段从未填报，无可更正。", "This field was never set."},
                        {"请核对字段。", "Check the field."});
  }
  const std::string held = std::to_string(correction.set_at);
  return check.reject(
      Kind::invalid, "corrects-another-event", "/corrects/position",
      {"位置 " + stated + " 的事件不是该字段现值的来源；现值来自位置 " + held + "。",
       "The event at position " + stated + " did not set the present value; the one at position " +
           held + " did."},
      {"请指明位置 " + held + " 的事件。", "Name the event at position " + held + "."});
}

Objection is_explained(const Checks& check, const Correction& correction) {
  if (auto no = check.words(correction.reason, "/reason")) return no;
  return check.words(correction.basis, "/basis");
}

Rejection another_kind(const Checks& check, Text kind) {
  return check.reject(
      Kind::invalid, "change-of-another-kind", "/change/type",
      {"该字段的更正值应为" + kind.zh + "。", "A change of this field is a " + kind.en + "."},
      {"请改用" + kind.zh + "类的更正。", "State a change of that kind."});
}

// Requires: the change is of the field's kind.
template <class Value, class Becomes>
Objection check_values(const Checks& check, const Correction& correction, const Value& held,
                       const Value& was, const Becomes& becomes, Text held_text, Text was_text) {
  if (auto no = is_explained(check, correction)) return no;
  if (auto no = names_its_event(check, correction)) return no;
  if (was != held) {
    return check.reject(Kind::invalid, "was-differs", "/change/was",
                        {"所述原值" + was_text.zh + "与台账现值" + held_text.zh + "不符。",
                         "The stated old value " + was_text.en + " is not what the ledger holds, " +
                             held_text.en + "."},
                        {"请重新读取后再更正。", "Read the present value, then correct it."});
  }
  if (becomes == was) {
    return check.reject(Kind::invalid, "nothing-corrected", "/change/becomes",
                        {"更正后的值与原值相同。", "The new value equals the old one."},
                        {"请填写不同的值，或不作更正。", "State another value, or leave it."});
  }
  return {};
}

Objection not_negative(const Checks& check, std::int64_t number) {
  if (number >= 0) return {};
  return check.reject(Kind::invalid, "below-zero", "/change/becomes",
                      {"更正后的值为负数。", "The new value is below zero."},
                      {"请填写零或正数。", "State zero or more."});
}

}  // namespace

Objection check_correction(const Checks& check, const Correction& correction, std::string_view held,
                           TextKind kind, std::size_t most_bytes) {
  const auto* change = std::get_if<schema::TextChange>(&correction.change);
  if (change == nullptr) return another_kind(check, {"文本", "text"});
  if (auto no = check_values<std::string_view>(check, correction, held, change->was,
                                               std::string_view(change->becomes), written(held),
                                               written(change->was))) {
    return no;
  }
  if (auto no =
          refuse_text(check.context(), check.article(), change->becomes, kind, "/change/becomes")) {
    return no;
  }
  if (change->becomes.size() <= most_bytes) return {};
  const std::string most = std::to_string(most_bytes);
  return check.reject(
      Kind::invalid, "text-too-long", "/change/becomes",
      {"更正后的文本超过 " + most + " 字节。", "The new text is longer than " + most + " bytes."},
      {"请缩短文本。", "Shorten the text."});
}

Objection check_correction(const Checks& check, const Correction& correction,
                           const std::optional<schema::Money>& held) {
  const auto* change = std::get_if<schema::MoneyChange>(&correction.change);
  if (change == nullptr) return another_kind(check, {"金额", "money"});
  if (auto no = check_values(check, correction, held, change->was, change->becomes, written(held),
                             written(change->was))) {
    return no;
  }
  return not_negative(check, change->becomes.fen);
}

Objection check_correction(const Checks& check, const Correction& correction,
                           const std::optional<schema::Count>& held) {
  const auto* change = std::get_if<schema::CountChange>(&correction.change);
  if (change == nullptr) return another_kind(check, {"数量", "count"});
  if (auto no = check_values(check, correction, held, change->was, change->becomes, written(held),
                             written(change->was))) {
    return no;
  }
  return not_negative(check, change->becomes.number);
}

Objection check_correction(const Checks& check, const Correction& correction, CivilDate held) {
  const auto* change = std::get_if<schema::DateChange>(&correction.change);
  if (change == nullptr) return another_kind(check, {"日期", "date"});
  return check_values(check, correction, held, change->was, change->becomes, written(held),
                      written(change->was));
}

Objection check_correction(const Checks& check, const Correction& correction,
                           std::int64_t held_fen) {
  const auto* change = std::get_if<schema::FenChange>(&correction.change);
  if (change == nullptr) return another_kind(check, {"分", "fen"});
  if (auto no = check_values(check, correction, held_fen, change->was, change->becomes,
                             written_fen(held_fen), written_fen(change->was))) {
    return no;
  }
  return not_negative(check, change->becomes);
}

bool apply_change(wire::Change::Reader change, std::string& field) {
  if (!change.isText()) return false;
  field = schema::read(change.getText()).becomes;
  return true;
}

bool apply_change(wire::Change::Reader change, schema::Money& field) {
  if (!change.isMoney()) return false;
  field = schema::read(change.getMoney()).becomes;
  return true;
}

bool apply_change(wire::Change::Reader change, std::optional<schema::Money>& field) {
  if (!change.isMoney()) return false;
  field = schema::read(change.getMoney()).becomes;
  return true;
}

bool apply_change(wire::Change::Reader change, std::optional<schema::Count>& field) {
  if (!change.isCount()) return false;
  field = schema::read(change.getCount()).becomes;
  return true;
}

bool apply_change(wire::Change::Reader change, CivilDate& field) {
  if (!change.isDate()) return false;
  field = schema::read(change.getDate()).becomes;
  return true;
}

bool apply_change(wire::Change::Reader change, std::int64_t& field_fen) {
  if (!change.isFen()) return false;
  field_fen = schema::read(change.getFen()).becomes;
  return true;
}

}  // namespace silkledger::domain
