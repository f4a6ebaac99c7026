#include "domain/schema/json/node.h"

#include <boost/json/basic_parser_impl.hpp>

#include <unordered_set>
#include <utility>

#include "domain/kernel/code_points.h"

namespace silkledger::json {
namespace {

void append_escaped(std::string& out, std::string_view key) {
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

}  // namespace

std::string pointer(const Node& node) {
  if (node.parent == nullptr) return "";
  std::string out = pointer(*node.parent) + '/';
  if (node.parent->kind == Node::Kind::object) {
    append_escaped(out, node.key);
  } else {
    out += std::to_string(node.index);
  }
  return out;
}

std::string pointer(const Node& node, std::string_view key) {
  std::string out = pointer(node) + '/';
  append_escaped(out, key);
  return out;
}

// Receives the events of Boost.JSON's streaming parser.
class Builder {
 public:
  using error_code = boost::json::error_code;
  using string_view = boost::json::string_view;
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  Builder(std::deque<Node>& nodes, const Limits& limits, std::vector<JsonError>& errors)
      : nodes_(nodes), limits_(limits), errors_(errors) {}

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) { return open(Node::Kind::object, ec); }
  bool on_array_begin(error_code& ec) { return open(Node::Kind::array, ec); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_object_end(std::size_t, error_code&) {
    report_duplicates(*open_.back().node);
    return close();
  }
  bool on_key_part(string_view part, std::size_t bytes, error_code& ec) {
    key_.append(part.data(), part.size());
    return check_string(bytes, ec);
  }
  bool on_key(string_view part, std::size_t bytes, error_code& ec) {
    key_.append(part.data(), part.size());
    if (++keys_ > limits_.keys_count_max) {
      return refuse({"too_many_keys", "",
                     "文档中的键过多，最多 " + std::to_string(limits_.keys_count_max) + " 个",
                     "too many keys; at most " + std::to_string(limits_.keys_count_max)},
                    ec);
    }
    return check_string(bytes, ec);
  }
  bool on_string_part(string_view part, std::size_t bytes, error_code& ec) {
    text_.append(part.data(), part.size());
    return check_string(bytes, ec);
  }
  bool on_string(string_view part, std::size_t bytes, error_code& ec) {
    text_.append(part.data(), part.size());
    return check_string(bytes, ec) && add_text(Node::Kind::string, ec);
  }
  bool on_number_part(string_view part, error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  // Only the digits count: a double would round what they say.
  bool on_int64(std::int64_t, string_view part, error_code& ec) { return on_number(part, ec); }
  bool on_uint64(std::uint64_t, string_view part, error_code& ec) { return on_number(part, ec); }
  bool on_double(double, string_view part, error_code& ec) { return on_number(part, ec); }
  bool on_bool(bool value, error_code& ec) {
    Node* node = add(Node::Kind::boolean, ec);
    if (node != nullptr) node->boolean = value;
    return node != nullptr;
  }
  bool on_null(error_code& ec) { return add(Node::Kind::null, ec) != nullptr; }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  struct Open {
    Node* node;
    Node* last = nullptr;  // child
  };

  // Stops the parser; the error code only carries "stopped", the reason is in errors_.
  bool refuse(JsonError error, error_code& ec) {
    errors_.push_back(std::move(error));
    ec = boost::json::error::input_error;
    return false;
  }

  bool check_string(std::size_t bytes, error_code& ec) {
    if (bytes <= limits_.string_bytes_max) return true;
    return refuse(
        {"string_too_long", open_.empty() ? "" : pointer(*open_.back().node),
         "字符串过长，最多 " + std::to_string(limits_.string_bytes_max) + " 字节",
         "string too long; at most " + std::to_string(limits_.string_bytes_max) + " bytes"},
        ec);
  }

  Node* add(Node::Kind kind, error_code& ec) {
    if (nodes_.size() >= limits_.values_count_max) {
      refuse({"too_many_values", "",
              "文档中的值过多，最多 " + std::to_string(limits_.values_count_max) + " 个",
              "too many values; at most " + std::to_string(limits_.values_count_max)},
             ec);
      return nullptr;
    }
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    if (open_.empty()) return &node;
    Open& above = open_.back();
    node.parent = above.node;
    node.index = above.node->children++;
    if (above.node->kind == Node::Kind::object) node.key = std::exchange(key_, {});
    (above.last == nullptr ? above.node->first : above.last->next) = &node;
    above.last = &node;
    return &node;
  }

  bool add_text(Node::Kind kind, error_code& ec) {
    Node* node = add(kind, ec);
    if (node != nullptr) node->text = std::exchange(text_, {});
    return node != nullptr;
  }

  bool on_number(string_view part, error_code& ec) {
    text_.append(part.data(), part.size());
    return add_text(Node::Kind::number, ec);
  }

  bool open(Node::Kind kind, error_code& ec) {
    Node* node = add(kind, ec);
    if (node != nullptr) open_.push_back({node});
    return node != nullptr;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  void report_duplicates(const Node& object) {
    std::unordered_set<std::string_view> seen;
    for (const Node* child = object.first; child != nullptr; child = child->next) {
      if (seen.insert(child->key).second || errors_.size() >= limits_.errors_count_max) continue;
      errors_.push_back({"duplicate_key", pointer(*child),
                         "键重复：" + child->key + "；每个键只能出现一次",
                         "duplicate key " + child->key + "; every key may stand only once"});
    }
  }

  std::deque<Node>& nodes_;
  const Limits& limits_;
  std::vector<JsonError>& errors_;
  std::vector<Open> open_;
  std::string key_;
  std::string text_;
  std::size_t keys_ = 0;
};

namespace {

// Boost.JSON calls a high surrogate without any escape behind it plain bad syntax; here the parser
// stopped.
bool ends_in_high_surrogate(std::string_view parsed) {
  if (parsed.size() < 6) return false;
  const std::string_view escape = parsed.substr(parsed.size() - 6);
  const auto is_one_of = [&](std::size_t i, std::string_view set) {
    return set.find(escape[i]) != std::string_view::npos;
  };
  return escape.starts_with("\\u") && is_one_of(2, "dD") && is_one_of(3, "89abAB");
}

JsonError syntax_error(boost::json::error_code ec, std::string_view text, std::size_t offset,
                       const Limits& limits) {
  const std::string zh_at = "（第 " + std::to_string(offset + 1) + " 字节）";
  const std::string en_at = " at byte " + std::to_string(offset + 1);
  if (ec == boost::json::error::too_deep) {
    const std::string most = std::to_string(limits.depth_levels_max);
    return {"too_deep", "", "嵌套过深，最多 " + most + " 层" + zh_at,
            "nested too deeply; at most " + most + " levels" + en_at};
  }
  if (ec == boost::json::error::illegal_leading_surrogate ||
      ec == boost::json::error::illegal_trailing_surrogate ||
      ends_in_high_surrogate(text.substr(0, offset))) {
    return {"lone_surrogate", "", "\\u 转义的代理对不成对" + zh_at,
            "a \\u escape is half of a surrogate pair" + en_at};
  }
  return {"syntax", "", "不是合法的 JSON" + zh_at, "not valid JSON" + en_at};
}

}  // namespace

Document::Document(std::string_view text, const Limits& limits, std::vector<JsonError>& errors) {
  if (text.size() > limits.document_bytes_max) {
    const std::string most = std::to_string(limits.document_bytes_max);
    errors.push_back({"too_large", "", "文档过大，最多 " + most + " 字节",
                      "document too large; at most " + most + " bytes"});
    return;
  }
  // Boost.JSON refuses bad UTF-8 as well, but only as a syntax error; people need to hear the
  // cause.
  if (const auto bad = decode_utf8(text).bad_byte) {
    const std::string at = std::to_string(*bad + 1);
    errors.push_back({"bad_utf8", "", "第 " + at + " 字节不是合法的 UTF-8",
                      "byte " + at + " is not valid UTF-8"});
    return;
  }
  boost::json::parse_options options;
  options.max_depth = limits.depth_levels_max;
  boost::json::basic_parser<Builder> parser(options, nodes_, limits, errors);
  boost::json::error_code ec;
  const std::size_t consumed = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && consumed < text.size()) ec = boost::json::error::extra_data;
  if (!ec || (ec == boost::json::error::input_error && !errors.empty())) return;
  errors.push_back(syntax_error(ec, text, consumed, limits));
}

}  // namespace silkledger::json
