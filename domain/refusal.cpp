#include "domain/refusal.h"

#include <utility>

#include "domain/registry/reference.h"

namespace silkledger::domain {

Text operator+(Text left, const Text& right) {
  left.zh += right.zh;
  left.en += right.en;
  return left;
}

Rejection refuse(const Context& context, Rejection::Kind kind, std::string_view code,
                 std::string_view article, Text message, Text remedy, std::string_view pointer) {
  return {.kind = kind,
          .code = std::string(code),
          .article = std::string(article),
          .rule_set = context.rules.version,
          .message = std::move(message),
          .remedy = std::move(remedy),
          .pointer = std::string(pointer)};
}

std::optional<Rejection> refuse_text(const Context& context, std::string_view article,
                                     std::string_view text, TextKind kind,
                                     std::string_view pointer) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return refuse(context, Rejection::Kind::invalid, "text-empty", article,
                  {"该项未填写。", "This field says nothing."},
                  {"请填写实际内容。", "State it in words."}, pointer);
  }
  const std::vector<TextFinding> findings = check_text(text, kind);
  const TextFinding* refusal = first_refusal(findings);
  if (refusal == nullptr) return std::nullopt;
  const std::string at = std::to_string(refusal->fault.at_character);
  return refuse(
      context, Rejection::Kind::invalid, "text-not-allowed", article, refusal->fault.message,
      {"请改正第" + at + "个字符后重新提交。", "Put character " + at + " right and send again."},
      pointer);
}

std::optional<Rejection> refuse_order(const Context& context, std::string_view article,
                                      NamedDay earlier, NamedDay later, std::string_view pointer) {
  if (earlier.day <= later.day) return std::nullopt;
  const std::string first = to_string(earlier.day);
  const std::string second = to_string(later.day);
  return refuse(
      context, Rejection::Kind::invalid, "dates-out-of-order", article,
      {std::string(later.zh) + "（" + second + "）早于" + std::string(earlier.zh) + "（" + first +
           "）。",
       std::string(later.en) + " (" + second + ") lies before " + std::string(earlier.en) + " (" +
           first + ")."},
      {"请核对两个日期；" + std::string(later.zh) + "不得早于" + std::string(earlier.zh) + "。",
       "Check both days; " + std::string(later.en) + " cannot lie before " +
           std::string(earlier.en) + "."},
      pointer);
}

std::optional<Rejection> refuse_future(const Context& context, std::string_view article,
                                       NamedDay stated, std::string_view pointer) {
  if (stated.day <= context.occurred_on) return std::nullopt;
  const std::string day = to_string(stated.day);
  const std::string occurred = to_string(context.occurred_on);
  return refuse(
      context, Rejection::Kind::invalid, "date-in-the-future", article,
      {std::string(stated.zh) + "（" + day + "）晚于业务发生日期（" + occurred + "）。",
       std::string(stated.en) + " (" + day + ") lies after the day on which this occurred (" +
           occurred + ")."},
      {"只登记已经发生的事项；请核对日期。", "Only what has happened is entered; check the day."},
      pointer);
}

std::optional<Rejection> refuse_unit(const Context& context, std::string_view article,
                                     std::string_view unit_id, CivilDate day,
                                     std::string_view pointer) {
  const Unit* unit = context.reference.unit(unit_id);
  if (unit == nullptr) {
    return refuse(context, Rejection::Kind::not_found, "unit-unknown", article,
                  {"没有编号为“" + std::string(unit_id) + "”的单位。",
                   "There is no unit \"" + std::string(unit_id) + "\"."},
                  {"请使用单位名录中的编号，或先登记该单位。",
                   "Use an id of the unit register, or register the unit first."},
                  pointer);
  }
  if (unit->exists_on(day)) return std::nullopt;
  const std::string when = to_string(day);
  const std::string since = to_string(unit->valid_from);
  const std::string until = unit->valid_until ? to_string(*unit->valid_until) : "";
  return refuse(
      context, Rejection::Kind::invalid, "unit-not-in-existence", article,
      {unit->name + "在" + when + "不存在：自" + since + (until.empty() ? "起" : "至" + until) +
           "。",
       unit->name_en + " does not exist on " + when + ": it is in being from " + since +
           (until.empty() ? "." : " until " + until + ".")},
      {"请核对日期，或选择当日存续的单位。", "Check the day, or name a unit that exists on it."},
      pointer);
}

bool is_own_unit(const Context& context, std::string_view subject_unit) {
  return context.actor.everything || context.actor.person == kSystemActor ||
         context.reference.within(subject_unit, context.actor.unit);
}

std::optional<Rejection> refuse_foreign(const Context& context, std::string_view article,
                                        std::string_view subject_unit) {
  if (is_own_unit(context, subject_unit)) return std::nullopt;
  const Text subject = unit_label(context, subject_unit);
  const Text actor = unit_label(context, context.actor.unit);
  return refuse(context, Rejection::Kind::not_your_unit, "not-your-unit", article,
                {"该事项属于" + subject.zh + "，不属于经办单位" + actor.zh + "。",
                 "This belongs to " + subject.en + ", not to the acting unit " + actor.en + "."},
                {"请由" + subject.zh + "或领导小组办公室办理。",
                 "Let " + subject.en + " or the office of the leading group do it."});
}

Text unit_label(const Context& context, std::string_view unit_id) {
  const Unit* unit = context.reference.unit(unit_id);
  if (unit == nullptr) return {std::string(unit_id), std::string(unit_id)};
  return {unit->name, unit->name_en};
}

}  // namespace silkledger::domain
