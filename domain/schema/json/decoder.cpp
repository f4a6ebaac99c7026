#include "domain/schema/json/decoder.h"

#include <charconv>
#include <utility>

#include "domain/schema/json/bytes.h"

namespace silkledger::json {
namespace {

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

// One spelling for each number: no plus sign, no leading zero, no minus zero.
bool is_canonical_integer(std::string_view text) {
  if (text == "0") return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.front() < '1' || text.front() > '9') return false;
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

template <class I>
std::optional<I> number(std::string_view text, I least, I most) {
  I value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size() || value < least || value > most)
    return std::nullopt;
  return value;
}

}  // namespace

void Decoder::report(JsonError error) {
  if (errors_.size() < options_.limits.errors_count_max) errors_.push_back(std::move(error));
}

void Decoder::wrong_type(const Node& node, std::string_view zh, std::string_view en) {
  const bool null = node.kind == Node::Kind::null;
  std::string zh_text = "应为" + std::string(zh);
  std::string en_text = "must be " + std::string(en);
  if (null) {
    zh_text += "；没有值时请省略该键，不要写 null";
    en_text += "; leave the key out where there is no value, do not write null";
  }
  report({"wrong_type", pointer(node), std::move(zh_text), std::move(en_text)});
}

bool Decoder::short_enough(const Node& node, std::size_t bytes, std::size_t bytes_max) {
  if (bytes <= bytes_max || options_.from_ledger) return true;
  report(string_too_long(pointer(node), bytes_max));
  return false;
}

const std::string* Decoder::string(const Node& node) {
  if (node.kind == Node::Kind::string) return &node.text;
  wrong_type(node, "字符串", "a string");
  return nullptr;
}

bool Decoder::boolean(const Node& node, bool& out) {
  if (node.kind != Node::Kind::boolean) {
    wrong_type(node, " true 或 false", "true or false");
    return false;
  }
  out = node.boolean;
  return true;
}

bool Decoder::text(const Node& node, std::string& out, std::size_t bytes_max, TextFormat format) {
  const std::string* value = string(node);
  if (value == nullptr) return false;
  if (format == TextFormat::id && !is_id(*value)) {
    report(bad_id(pointer(node)));
    return false;
  }
  if (format == TextFormat::partial_date && !is_partial_date(*value)) {
    report(bad_partial_date(pointer(node)));
    return false;
  }
  if (!short_enough(node, value->size(), bytes_max)) return false;
  if (value->find('\0') != std::string::npos) {
    report(nul_character(pointer(node)));
    return false;
  }
  out = *value;
  return true;
}

bool Decoder::base64(const Node& node, std::string& out, std::size_t bytes_max) {
  const std::string* value = string(node);
  if (value == nullptr) return false;
  auto bytes = from_base64(*value);
  if (!bytes) {
    report({"bad_base64", pointer(node), "应为带填充的 base64（RFC 4648 第 4 节）",
            "must be padded base64 (RFC 4648, section 4)"});
    return false;
  }
  if (!short_enough(node, bytes->size(), bytes_max)) return false;
  out = std::move(*bytes);
  return true;
}

bool Decoder::sha256(const Node& node, std::string& out) {
  const std::string* value = string(node);
  if (value == nullptr) return false;
  auto bytes = from_hex(*value);
  if (!bytes || bytes->size() != kSha256Bytes) {
    report({"bad_hex", pointer(node), "SHA-256 应为 64 个小写十六进制数字",
            "a SHA-256 is 64 lower-case hex digits"});
    return false;
  }
  out = std::move(*bytes);
  return true;
}

bool Decoder::date(const Node& node, CivilDate& out) {
  const std::string* value = string(node);
  if (value == nullptr) return false;
  const auto parsed = parse_date(*value);
  if (!parsed) {
    report(bad_date(pointer(node)));
    return false;
  }
  out = *parsed;
  return true;
}

bool Decoder::instant(const Node& node, Instant& out) {
  const std::string* value = string(node);
  if (value == nullptr) return false;
  const auto parsed = parse_instant(*value);
  if (!parsed) {
    report(bad_instant(pointer(node)));
    return false;
  }
  out = *parsed;
  return true;
}

bool Decoder::sealed(const Node& node, schema::Sealed& out, std::size_t bytes_max) {
  std::string plain;
  if (!text(node, plain, bytes_max)) return false;
  if (options_.sealer == nullptr) {
    report(sealing_unavailable(pointer(node)));
    return false;
  }
  out = options_.sealer->seal(plain);
  return true;
}

bool Decoder::digits(const Node& node) {
  if (node.kind == Node::Kind::string && is_canonical_integer(node.text)) return true;
  if (node.kind == Node::Kind::number) {
    report({"number_must_be_string", pointer(node),
            "64 位整数应写成字符串，例如 \"" + node.text + "\"",
            "a 64-bit integer is written as a string, for instance \"" + node.text + "\""});
    return false;
  }
  wrong_type(node, "十进制整数的字符串，如 \"1200\"", "a string of decimal digits, like \"1200\"");
  return false;
}

std::optional<std::int64_t> Decoder::small(const Node& node, std::int64_t least,
                                           std::int64_t most) {
  if (node.kind != Node::Kind::number || !is_canonical_integer(node.text)) {
    wrong_type(node, "整数（不写小数和指数）", "an integer, without fraction or exponent");
    return std::nullopt;
  }
  const auto value = number<std::int64_t>(node.text, least, most);
  if (!value) report(out_of_range(pointer(node), std::to_string(least), std::to_string(most)));
  return value;
}

std::optional<std::int64_t> Decoder::big_signed(const Node& node, std::int64_t least,
                                                std::int64_t most) {
  if (!digits(node)) return std::nullopt;
  const auto value = number<std::int64_t>(node.text, least, most);
  if (!value) report(out_of_range(pointer(node), std::to_string(least), std::to_string(most)));
  return value;
}

std::optional<std::uint64_t> Decoder::big_unsigned(const Node& node, std::uint64_t least,
                                                   std::uint64_t most) {
  if (!digits(node)) return std::nullopt;
  const auto value = number<std::uint64_t>(node.text, least, most);
  if (!value) report(out_of_range(pointer(node), std::to_string(least), std::to_string(most)));
  return value;
}

std::optional<std::uint16_t> Decoder::ordinal(const Node& node,
                                              std::span<const schema::EnumerantMeta> names,
                                              int reserved) {
  const std::string* value = string(node);
  if (value == nullptr) return std::nullopt;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (static_cast<int>(i) != reserved && names[i].name == *value)
      return static_cast<std::uint16_t>(i);
  }
  report(bad_enum(pointer(node), names, reserved));
  return std::nullopt;
}

bool Decoder::array(const Node& node, std::size_t items_max) {
  if (node.kind != Node::Kind::array) {
    wrong_type(node, "数组", "an array");
    return false;
  }
  if (node.children <= items_max || options_.from_ledger) return true;
  report(too_many_items(pointer(node), items_max));
  return false;
}

std::optional<std::size_t> Decoder::arm(const Node& node, std::span<const std::string_view> arms) {
  if (node.kind != Node::Kind::object) {
    wrong_type(node, "对象", "an object");
    return std::nullopt;
  }
  for (const Node* child = node.first; child != nullptr; child = child->next) {
    if (child->key != "type") continue;
    child->used = true;
    const std::string* value = string(*child);
    if (value == nullptr) return std::nullopt;
    for (std::size_t i = 0; i < arms.size(); ++i) {
      if (arms[i] == *value) return i;
    }
    report({"unknown_arm", pointer(*child), "应为下列之一：" + listed(arms),
            "must be one of: " + listed(arms)});
    return std::nullopt;
  }
  report({"missing_field", pointer(node, "type"), "缺少 type，应为下列之一：" + listed(arms),
          "type is missing; it is one of: " + listed(arms)});
  return std::nullopt;
}

Fields::Fields(const Node& node, Decoder& decoder, std::span<const std::string_view> known)
    : node_(node), decoder_(decoder), known_(known), next_(node.first) {
  if (node.kind == Node::Kind::object) return;
  decoder.report({"wrong_type", pointer(node), "应为对象", "must be an object"});
}

// Keys mostly come in the order of the schema, so the search goes on where the last one ended.
const Node* Fields::optional(std::string_view key) {
  if (node_.kind != Node::Kind::object) return nullptr;
  for (int round = 0; round < 2; ++round) {
    for (const Node* child = round == 0 ? next_ : node_.first; child != nullptr;
         child = child->next) {
      if (child->used || child->key != key) continue;
      child->used = true;
      next_ = child->next;
      return child;
    }
  }
  return nullptr;
}

const Node* Fields::required(std::string_view key) {
  const Node* found = optional(key);
  if (found == nullptr && node_.kind == Node::Kind::object) {
    const std::string name(key);
    decoder_.report({"missing_field", pointer(node_, key), "缺少必填项 " + name,
                     "required field " + name + " is missing"});
  }
  return found;
}

void Fields::finish() {
  if (node_.kind != Node::Kind::object || decoder_.skips_unknown()) return;
  for (const Node* child = node_.first; child != nullptr; child = child->next) {
    if (child->used) continue;
    const std::string names = listed(known_);
    decoder_.report({"unknown_field", pointer(*child), "未知的键；可用的键：" + names,
                     "unknown key; known keys: " + names});
  }
}

}  // namespace silkledger::json
