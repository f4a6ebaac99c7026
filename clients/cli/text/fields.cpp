#include "clients/cli/text/fields.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <utility>
#include <variant>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/target.h"
#include "domain/kernel/money_text.h"
#include "domain/kernel/time.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;
using Value = std::variant<js::value, Text>;  // or what is wrong

struct Step {
  std::string key;       // of an object
  bool in_list = false;  // then `index`, or one more item
  std::optional<std::size_t> index = {};
};

// "nodes[0].name" → nodes, [0], name. Nothing when it is not of this form.
std::optional<std::vector<Step>> parse_path(std::string_view path) {
  std::vector<Step> steps;
  while (!path.empty()) {
    if (path.front() == '[') {
      const std::size_t close = path.find(']');
      if (close == std::string_view::npos || steps.empty()) return std::nullopt;
      const std::string_view digits = path.substr(1, close - 1);
      Step step{{}, true, {}};
      if (!digits.empty()) {
        std::size_t index = 0;
        const char* last = digits.data() + digits.size();
        const auto [end, error] = std::from_chars(digits.data(), last, index);
        if (error != std::errc() || end != last || index > kListIndexMost) return std::nullopt;
        step.index = index;
      }
      steps.push_back(std::move(step));
      path.remove_prefix(close + 1);
    } else {
      if (path.front() == '.') path.remove_prefix(1);
      const std::size_t end = std::min(path.find_first_of(".["), path.size());
      if (end == 0) return std::nullopt;
      steps.push_back({std::string(path.substr(0, end)), false, {}});
      path.remove_prefix(end);
      if (path == ".") return std::nullopt;
    }
  }
  if (steps.empty()) return std::nullopt;
  return steps;
}

js::value quantity(std::string_view number_key, js::value number, Qualifier qualifier) {
  constexpr std::array<std::string_view, 4> kQualifiers = {"exact", "about", "over", "atLeast"};
  return js::object{
      {js::string_view(number_key), std::move(number)},
      {"qualifier", js::string_view(kQualifiers[static_cast<std::size_t>(qualifier)])}};
}

Value money(std::string_view text) {
  const auto parsed = parse_amount(text, AmountUnit::none);
  if (const auto* fault = std::get_if<TextFault>(&parsed)) return fault->message;
  const auto& amount = std::get<Amount>(parsed);
  return quantity("fen", js::value(std::to_string(amount.fen)), amount.qualifier);
}

Value count(std::string_view text) {
  const auto parsed = parse_count(text);
  if (const auto* fault = std::get_if<TextFault>(&parsed)) return fault->message;
  const auto& counted = std::get<QualifiedCount>(parsed);
  return quantity("number", counted.number, counted.qualifier);
}

Value integer(std::string_view text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
    return Text{"须为整数", "must be a whole number"};
  }
  return js::value(number);
}

Value boolean(std::string_view text) {
  if (text == "true" || text == "是") return js::value(true);
  if (text == "false" || text == "否") return js::value(false);
  return Text{"须为 true（是）或 false（否）", "must be true or false"};
}

Value enumeration(const FieldInfo& field, const std::string& text) {
  for (const Text& one : field.values) {
    if (one.en == text || one.zh == text) return js::value(one.en);
  }
  return Text{"须为 " + kind_word(field, Lang::zh) + " 之一",
              "must be one of " + kind_word(field, Lang::en)};
}

Value document(std::string_view text) {
  boost::system::error_code error;
  js::value parsed = js::parse(text, error);
  if (error) return Text{"不是有效的 JSON", "is not valid JSON"};
  return parsed;
}

bool looks_like_json(std::string_view text) {
  return text.starts_with('{') || text.starts_with('[');
}

// Without a schema: what is plainly a number, a truth value or a document, else a text.
Value untyped(const std::string& text) {
  if (looks_like_json(text)) return document(text);
  if (text == "true" || text == "false") return js::value(text == "true");
  auto number = integer(text);
  return std::holds_alternative<js::value>(number) ? number : js::value(text);
}

Value typed(const FieldInfo& field, const std::string& text) {
  switch (field.kind) {
    case FieldKind::money:
      return looks_like_json(text) ? document(text) : money(text);
    case FieldKind::count:
      return looks_like_json(text) ? document(text) : count(text);
    case FieldKind::integer:
      return integer(text);
    case FieldKind::boolean:
      return boolean(text);
    case FieldKind::enumeration:
      return enumeration(field, text);
    case FieldKind::date:
      if (!parse_date(text)) {
        return Text{"须为真实日期，写作 2026-03-05", "must be a real day, written 2026-03-05"};
      }
      return js::value(text);
    case FieldKind::list:
      if (looks_like_json(text)) return document(text);
      return Text{"是列表：每项写一个 " + field.name + "[]=值",
                  "is a list: write " + field.name + "[]=value once for each item"};
    case FieldKind::object:
    case FieldKind::choice:
      if (looks_like_json(text)) return document(text);
      return Text{"是对象：请写 " + field.name + ".字段=值，或 JSON",
                  "is an object: write " + field.name + ".field=value, or JSON"};
    case FieldKind::text:
    case FieldKind::id:
    case FieldKind::partial_date:
    case FieldKind::instant:
    case FieldKind::big:
      break;
  }
  return js::value(text);
}

class Builder {
 public:
  Builder(const Catalogue& catalogue, const CommandInfo* command, js::value& root)
      : catalogue_(catalogue), command_(command), root_(root) {}

  std::optional<Text> add(std::string_view path, const std::string& text) {
    const auto steps = parse_path(path);
    if (!steps) {
      return Text{"字段名写法有误；可写 名称、a.b、a[]、a[0].b",
                  "not a field; write name, a.b, a[] or a[0].b"};
    }
    js::value* at = &root_;
    std::optional<FieldInfo> field;  // what stands at `at`; nothing at the root or when unknown
    bool known = command_ != nullptr;
    std::string schema = known ? command_->schema : std::string();
    for (const Step& step : *steps) {
      if (step.in_list) {
        if (known && field->kind != FieldKind::list) return Text{"不是列表", "is not a list"};
        at = item(*at, step);
        if (at == nullptr)
          return Text{"列表序号须从 0 起连续", "items are numbered from 0, in order"};
        if (known) {
          field->kind = item_kind(field->schema);
          schema = field->schema;
        }
        continue;
      }
      if (known) {
        const auto fields = fields_at(*at, schema, step.key);
        const auto found = std::ranges::find(fields, step.key, &FieldInfo::name);
        if (found == fields.end()) return unknown(fields);
        field = *found;
        schema = field->schema;
      }
      if (at->is_null()) at->emplace_object();
      if (!at->is_object()) return Text{"上一级不是对象", "what it belongs to is no object"};
      at = &at->get_object()[step.key];
    }
    Value value = known ? typed(*field, text) : untyped(text);
    if (auto* fault = std::get_if<Text>(&value)) return *fault;
    *at = std::get<js::value>(std::move(value));
    return std::nullopt;
  }

 private:
  static js::value* item(js::value& list, const Step& step) {
    if (list.is_null()) list.emplace_array();
    if (!list.is_array()) return nullptr;
    js::array& items = list.get_array();
    const std::size_t index = step.index.value_or(items.size());
    if (index > items.size()) return nullptr;
    if (index == items.size()) items.emplace_back(nullptr);
    return &items[index];
  }

  FieldKind item_kind(const std::string& schema) const {
    if (schema.empty()) return FieldKind::text;
    if (schema == "Money") return FieldKind::money;
    if (schema == "Count") return FieldKind::count;
    if (!catalogue_.arms(schema).empty()) return FieldKind::choice;
    return catalogue_.fields(schema).empty() ? FieldKind::text : FieldKind::object;
  }

  // A choice takes the fields of the arm that its "type" names; without one, only "type".
  std::vector<FieldInfo> fields_at(const js::value& at, const std::string& schema,
                                   std::string_view key) const {
    const auto arms = catalogue_.arms(schema);
    if (arms.empty()) return catalogue_.fields(schema);
    if (key == "type") {
      FieldInfo type{"type", "类别", {}, FieldKind::enumeration, true, {}, {}};
      for (const std::string& arm : arms) type.values.push_back({arm, arm});
      return {type};
    }
    return catalogue_.arm_fields(schema, text_at(at, "type"));
  }

  static Text unknown(const std::vector<FieldInfo>& fields) {
    std::string names;
    for (const FieldInfo& field : fields) names += (names.empty() ? "" : ", ") + field.name;
    return {"没有这个字段；可用字段：" + names, "no such field; there are: " + names};
  }

  const Catalogue& catalogue_;
  const CommandInfo* command_;
  js::value& root_;
};

bool names_the_arm(const std::string& argument) {
  return argument.substr(0, argument.find('=')).ends_with(".type");
}

}  // namespace

ParsedFields parse_fields(const Catalogue& catalogue, std::string_view command,
                          std::string_view base, std::span<const std::string> arguments) {
  ParsedFields parsed;
  js::value root = js::object();
  if (!base.empty()) {
    boost::system::error_code error;
    root = js::parse(base, error);
    if (error || !root.is_object()) {
      parsed.faults.push_back({{}, {"--body 须为 JSON 对象", "--body must be a JSON object"}});
      return parsed;
    }
  }
  Builder builder(catalogue, catalogue.command(command), root);
  // Which arm of a choice is meant must be known before its fields are read.
  std::vector<std::string> ordered(arguments.begin(), arguments.end());
  std::stable_partition(ordered.begin(), ordered.end(), names_the_arm);
  for (const std::string& argument : ordered) {
    std::pair<std::string, std::string> pair;
    if (!split_pair(argument, pair)) {
      parsed.faults.push_back({argument, {"须写作 字段=值", "write field=value"}});
    } else if (auto fault = builder.add(pair.first, pair.second)) {
      parsed.faults.push_back({argument, std::move(*fault)});
    }
  }
  if (parsed.faults.empty()) parsed.body = js::serialize(root);
  return parsed;
}

}  // namespace silkledger::cli
