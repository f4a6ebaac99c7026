// What the schema says about its types besides their fields: names for people, the article of the
// regulation, the aggregate. The tables are generated (<stem>.meta.h); views into static storage.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace silkledger::schema {

struct TypeMeta {
  std::string_view name;       // "LeadReported"
  std::string_view kebab;      // "lead-reported"
  std::string_view zh;         // "上报客商信息"
  std::string_view doc;        // the comment of the schema
  std::string_view article;    // "19"; empty if none
  std::string_view aggregate;  // "lead": the stream is "lead/<id>"; empty if none
  std::string_view retired;    // of an event that is read but no longer written: its successor
};

// One arm of a union, at the index that std::variant gives it.
struct ArmMeta {
  std::string_view name;   // "reportLead": the "type" in JSON
  std::string_view kebab;  // "report-lead": of a command, its name in the API
  const TypeMeta* type;    // of the arm's struct
};

struct EnumerantMeta {
  std::string_view name;  // "atLeast", as in JSON
  std::string_view zh;
};

// Specialised for every struct that carries an article or aggregate, or is the arm of a union.
template <class T>
const TypeMeta& meta();

// Specialised for every enum; the index is the number of the enumerant.
template <class E>
std::span<const EnumerantMeta> enumerants();

// Empty for a number that this build does not know.
template <class E>
std::string_view name(E value) {
  const auto all = enumerants<E>();
  return static_cast<std::size_t>(value) < all.size() ? all[static_cast<std::size_t>(value)].name
                                                      : std::string_view();
}
template <class E>
std::string_view zh(E value) {
  const auto all = enumerants<E>();
  return static_cast<std::size_t>(value) < all.size() ? all[static_cast<std::size_t>(value)].zh
                                                      : std::string_view();
}

}  // namespace silkledger::schema
