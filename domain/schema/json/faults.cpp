#include "domain/schema/json/faults.h"

#include <utility>

#include "domain/kernel/time.h"

namespace silkledger::json {

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > kIdBytesMax) return false;
  for (const char c : text) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
    if (!fits) return false;
  }
  return true;
}

JsonError bad_id(std::string pointer) {
  return {"bad_id", std::move(pointer), "编号应为 1 至 64 个字母、数字、“.”、“_”或“-”",
          "an id is 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'"};
}

JsonError bad_partial_date(std::string pointer) {
  return {"bad_partial_date", std::move(pointer), "日期应写作 2026、2026-03 或 2026-03-05",
          "a date is written 2026, 2026-03 or 2026-03-05"};
}

JsonError bad_date(std::string pointer) {
  const std::string years = std::to_string(kEarliestYear) + "–" + std::to_string(kLatestYear);
  return {"bad_date", std::move(pointer),
          "日期应写作 2026-03-05，且为 " + years + " 年间的真实日期",
          "a date is written 2026-03-05 and is a real day of the years " + years};
}

JsonError bad_instant(std::string pointer) {
  return {"bad_instant", std::move(pointer), "时刻应写作 2026-03-05T01:02:03.000004Z（RFC 3339）",
          "an instant is written 2026-03-05T01:02:03.000004Z (RFC 3339)"};
}

JsonError nul_character(std::string pointer) {
  return {"nul_character", std::move(pointer), "文本不得含有字符 U+0000",
          "text must not hold the character U+0000"};
}

JsonError string_too_long(std::string pointer, std::size_t bytes_max) {
  const std::string most = std::to_string(bytes_max);
  return {"string_too_long", std::move(pointer), "过长：最多 " + most + " 字节（每个汉字 3 字节）",
          "too long: at most " + most + " bytes of UTF-8"};
}

JsonError too_many_items(std::string pointer, std::size_t items_max) {
  const std::string most = std::to_string(items_max);
  return {"too_many_items", std::move(pointer), "项数过多：最多 " + most + " 项",
          "too many items: at most " + most};
}

JsonError out_of_range(std::string pointer, const std::string& least, const std::string& most) {
  return {"out_of_range", std::move(pointer), "应在 " + least + " 与 " + most + " 之间（含两端）",
          "must lie between " + least + " and " + most + ", both included"};
}

JsonError bad_enum(std::string pointer, std::span<const schema::EnumerantMeta> names,
                   int reserved) {
  std::string allowed;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (static_cast<int>(i) == reserved) continue;
    allowed += (allowed.empty() ? "" : ", ") + std::string(names[i].name);
  }
  return {"bad_enum", std::move(pointer), "应为下列之一：" + allowed, "must be one of: " + allowed};
}

JsonError sealing_unavailable(std::string pointer) {
  return {"sealing_unavailable", std::move(pointer), "此处不接受个人信息：没有可用的密封密钥",
          "personal data is not accepted here: there is no key to seal it"};
}

}  // namespace silkledger::json
