#include "clients/cli/import/unit_book.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {
namespace {

// Prefecture-level places of Xinjiang but Kashgar (GB/T 2260 65), and the cities of the Corps. They
// serve to say "outside" instead of "unknown"; both are refused.
constexpr std::array<std::string_view, 32> kOutside = {
    "乌鲁木齐", "克拉玛依", "吐鲁番", "哈密",     "昌吉",   "博州",     "博尔塔拉", "巴州",
    "巴音郭楞", "阿克苏",   "克州",   "克孜勒苏", "和田",   "伊犁",     "塔城",     "阿勒泰",
    "兵团",     "石河子",   "阿拉尔", "图木舒克", "五家渠", "北屯",     "铁门关",   "双河",
    "可克达拉", "昆玉",     "胡杨河", "新星市",   "白杨市", "建设兵团", "农一师",   "农三师"};

constexpr std::array<std::string_view, 7> kSeparators = {"、", "，", ",", ";", "；", "/", "和"};

std::string normal(std::string_view name) {
  std::string text = half_width(trimmed(name));
  std::erase(text, ' ');
  return text;
}

void note(std::vector<std::string>& ids, const std::string& id) {
  if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

// "莎车县、叶城县" in its parts; empty when nothing separates it.
std::vector<std::string> parts_of(const std::string& place) {
  for (const std::string_view separator : kSeparators) {
    const std::size_t at = place.find(separator);
    if (at == std::string::npos || at == 0 || at + separator.size() == place.size()) continue;
    return {place.substr(0, at), place.substr(at + separator.size())};
  }
  return {};
}

Remark unit_remark(Reason reason, Text why, Text help) {
  return {true, reason, {}, {}, std::move(why), std::move(help)};
}

}  // namespace

bool UnitBook::add(std::string_view answer) {
  const boost::json::value document = parse_json(answer);
  const auto* rows = member(document, "rows");
  if (rows == nullptr || !rows->is_array()) return false;
  for (const auto& row : rows->get_array()) {
    const std::string id = text_at(row, "unitId");
    if (id.empty() || !flag_at(row, "receives") || member(row, "validUntil") != nullptr) continue;
    ++units_;
    note(ids_by_name_[normal(text_at(row, "name"))], id);
    const auto* aliases = member(row, "aliases");
    if (aliases == nullptr || !aliases->is_array()) continue;
    for (const auto& alias : aliases->get_array()) {
      if (alias.is_string()) note(ids_by_name_[normal(std::string(alias.get_string()))], id);
    }
  }
  return true;
}

std::variant<std::string, Remark> UnitBook::find(std::string_view place) const {
  const std::string name = normal(place);
  if (name.empty()) {
    return unit_remark(Reason::unit, {"没有写承接单位", "no unit is stated"},
                       {"请写明县市或开发区", "state the county, city or zone"});
  }
  const auto found = ids_by_name_.find(name);
  if (found != ids_by_name_.end() && found->second.size() == 1) return found->second.front();
  if (found != ids_by_name_.end()) {
    std::string ids;
    for (const std::string& id : found->second) ids += (ids.empty() ? "" : ", ") + id;
    return unit_remark(Reason::unit, {"对应多个单位：" + ids, "names several units: " + ids},
                       {"请写全称", "write the full name"});
  }
  for (const std::string& part : parts_of(name)) {
    if (!ids_by_name_.contains(part)) continue;
    return unit_remark(
        Reason::bundle, {"写了多个单位", "several units are stated"},
        {"请按县市拆分为多行，各写各的数", "split the row by unit, each with its figures"});
  }
  const bool outside = std::ranges::any_of(
      kOutside, [&](std::string_view other) { return name.find(other) != std::string::npos; });
  if (outside) {
    return unit_remark(
        Reason::outside, {"不在本地区管辖范围内", "lies outside the prefecture"},
        {"此台账只记本地区承接的项目", "this ledger holds the prefecture's projects"});
  }
  return unit_remark(Reason::unit,
                     {"不是可承接项目的单位的名称或别名",
                      "is neither name nor alias of a unit that receives projects"},
                     {"请核对写法；确为本地区单位的，请管理员登记别名",
                      "check the spelling; if it is a unit of the prefecture, an administrator can "
                      "register the alias"});
}

}  // namespace silkledger::cli
