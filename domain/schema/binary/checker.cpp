#include "domain/schema/binary/checker.h"

#include "domain/kernel/code_points.h"

namespace silkledger::binary {

void reveal(schema::Sealed& value, json::Unsealer* unsealer) {
  std::optional<std::string> text;
  if (unsealer != nullptr) text = unsealer->unseal(value);
  value = {};
  value.ciphertext = text ? std::move(*text) : std::string(json::kMask);
}

bool Checker::is_accepted(CivilDate date) {
  const auto year = year_month_day(date).year;
  return year >= kEarliestYear && year <= kLatestYear;
}

bool Checker::is_accepted(Instant instant) { return is_accepted(beijing_date(instant)); }

json::JsonError Checker::bad_sha256(std::string pointer) {
  return {"bad_hex", std::move(pointer), "SHA-256 应为 32 字节", "a SHA-256 has 32 bytes"};
}

std::string Checker::pointer(Step last) const {
  std::string out;
  const auto append = [&out](const Step& step) {
    out += '/';
    out += step.name.empty() ? std::to_string(step.index) : std::string(step.name);
  };
  for (const Step& step : path_) append(step);
  append(last);
  return out;
}

void Checker::report(json::JsonError error) {
  if (errors_.size() < json::Limits{}.errors_count_max) errors_.push_back(std::move(error));
}

void Checker::text_at(Step last, const std::string& value, std::size_t bytes_max,
                      json::TextFormat format) {
  if (format == json::TextFormat::id) {
    if (!json::is_id(value)) report(json::bad_id(pointer(last)));
    return;
  }
  if (format == json::TextFormat::partial_date && !is_partial_date(value)) {
    report(json::bad_partial_date(pointer(last)));
  } else if (value.size() > bytes_max) {
    report(json::string_too_long(pointer(last), bytes_max));
  } else if (value.find('\0') != std::string::npos) {
    report(json::nul_character(pointer(last)));
  } else if (!is_utf8(value)) {
    report({"bad_utf8", pointer(last), "不是有效的 UTF-8", "is not UTF-8"});
  }
}

void Checker::sealed_at(Step last, schema::Sealed& value, std::size_t bytes_max) {
  if (value.algorithm != schema::SealAlgorithm::none || value.key_id != 0 ||
      !value.blind_index.empty()) {
    return report({"sealed_outside", pointer(last),
                   "个人信息应以明文传送（algorithm 为 none），由服务器密封",
                   "a personal field is sent in clear (algorithm none); the server seals it"});
  }
  const std::size_t before = errors_.size();
  text_at(last, value.ciphertext, bytes_max, json::TextFormat::plain);
  if (errors_.size() != before) return;
  if (sealer_ == nullptr) return report(json::sealing_unavailable(pointer(last)));
  value = sealer_->seal(value.ciphertext);
}

}  // namespace silkledger::binary
