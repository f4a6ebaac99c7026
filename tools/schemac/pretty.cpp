#include <boost/json/serialize.hpp>

#include "tools/schemac/openapi.h"

namespace silkledger::schemac {
namespace {

namespace bj = boost::json;

constexpr std::size_t kLineColumns = 100;

void append(std::string& out, const bj::value& value, std::size_t indent) {
  const std::string flat = bj::serialize(value);
  const bool leaf = !value.is_object() && !value.is_array();
  if (leaf || flat.size() + indent <= kLineColumns) {
    out += flat;
    return;
  }
  const bool object = value.is_object();
  const std::string pad(indent + 2, ' ');
  bool first = true;
  const auto begin_item = [&] {
    out += first ? "\n" : ",\n";
    out += pad;
    first = false;
  };
  out += object ? '{' : '[';
  if (object) {
    for (const auto& member : value.as_object()) {
      begin_item();
      out += bj::serialize(member.key()) + ": ";
      append(out, member.value(), indent + 2);
    }
  } else {
    for (const auto& item : value.as_array()) {
      begin_item();
      append(out, item, indent + 2);
    }
  }
  out += '\n' + std::string(indent, ' ') + (object ? '}' : ']');
}

}  // namespace

std::string pretty(const bj::value& value) {
  std::string out;
  append(out, value, 0);
  return out + '\n';
}

}  // namespace silkledger::schemac
