#include "server/core/row_json.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

#include "domain/schema/json/json.h"
#include "domain/schema/view.binary.h"
#include "domain/schema/view.json.h"
#include "domain/schema/view.meta.h"
#include "domain/schema/view.values.h"

namespace silkledger::server {
namespace {

template <class Row>
bool append(std::string& out, std::string_view bytes, const json::EncodeOptions& options) {
  const auto row = schema::decode<Row>(bytes, schema::Trust::own);
  if (!row) return false;
  json::append_json(out, *row, options);
  return true;
}

template <class Row>
std::string shown(std::string_view bytes, json::Unsealer* unsealer) {
  if constexpr (binary::kHoldsPersonal<Row>) {
    auto row = schema::decode<Row>(bytes, schema::Trust::own);
    if (!row) return {};
    binary::reveal(*row, unsealer);
    return schema::encode(*row);
  } else {
    static_cast<void>(unsealer);
    return std::string(bytes);
  }
}

struct Entry {
  bool (*append)(std::string&, std::string_view, const json::EncodeOptions&);
  std::string (*shown)(std::string_view, json::Unsealer*);
};

template <class... Rows>
constexpr std::array<Entry, sizeof...(Rows)> entries(std::type_identity<std::variant<Rows...>>) {
  return {Entry{&append<Rows>, &shown<Rows>}...};
}

// One for each arm.
constexpr auto kViews = entries(std::type_identity<schema::ViewRow::Arms>());

const Entry* entry_of(std::string_view view) {
  const auto arms = schema::view_row_arms();
  const auto found = std::ranges::find(arms, view, &schema::ArmMeta::kebab);
  return found == arms.end() ? nullptr : &kViews[static_cast<std::size_t>(found - arms.begin())];
}

}  // namespace

bool append_row_json(std::string& out, std::string_view view, std::string_view bytes,
                     const json::EncodeOptions& options) {
  const Entry* entry = entry_of(view);
  return entry && entry->append(out, bytes, options);
}

std::string shown_row(std::string_view view, std::string_view bytes, json::Unsealer* unsealer) {
  const Entry* entry = entry_of(view);
  return entry ? entry->shown(bytes, unsealer) : std::string();
}

}  // namespace silkledger::server
