// What a value read from an outside Cap'n Proto message must satisfy before anybody acts on it: the
// same formats, ranges and lengths that the JSON decoder asks for, with the same faults.
//
// A missing field reads as its default, so presence is not told apart from an empty value here: an
// id, an enumerant or a date that is required and missing is a fault by its format.
//
// Personal fields travel in clear, as a Sealed of algorithm none; check() seals them, reveal()
// opens or masks them. Generated code (<stem>.binary.h) calls field by field. Pure apart from the
// Sealer; one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/kernel/time.h"
#include "domain/schema/json/faults.h"

namespace silkledger::binary {

// True for values that hold a personal field somewhere; specialised by generated code.
template <class T>
inline constexpr bool kHoldsPersonal = false;

// For a reader who may see it when there is an unsealer, else the mask.
void reveal(schema::Sealed& value, json::Unsealer* unsealer);

class Checker {
 public:
  // Without a sealer, personal fields are refused. Both are borrowed.
  Checker(json::Sealer* sealer, std::vector<json::JsonError>& errors)
      : sealer_(sealer), errors_(errors) {}

  // `place` is the name of a field or the index of an item.
  template <class Place>
  void enter(Place place) {
    path_.push_back(step(place));
  }
  void leave() { path_.pop_back(); }

  template <class Place>
  void text(Place place, const std::string& value, std::size_t bytes_max,
            json::TextFormat format = json::TextFormat::plain) {
    text_at(step(place), value, bytes_max, format);
  }
  template <class Place>
  void data(Place place, const std::string& value, std::size_t bytes_max) {
    if (value.size() > bytes_max) report(json::string_too_long(pointer(step(place)), bytes_max));
  }
  template <class Place>
  void sha256(Place place, const std::string& value) {
    if (value.size() != json::kSha256Bytes) report(bad_sha256(pointer(step(place))));
  }
  template <class Place>
  void date(Place place, CivilDate value) {
    if (!is_accepted(value)) report(json::bad_date(pointer(step(place))));
  }
  template <class Place>
  void instant(Place place, Instant value) {
    if (!is_accepted(value)) report(json::bad_instant(pointer(step(place))));
  }
  template <class Place, class I>
  void integer(Place place, I value, std::int64_t least, std::int64_t most) {
    if (std::cmp_greater_equal(value, least) && std::cmp_less_equal(value, most)) return;
    report(json::out_of_range(pointer(step(place)), std::to_string(least), std::to_string(most)));
  }
  template <class Place, class E>
  void enumerant(Place place, E value, int reserved = json::kNoOrdinal) {
    const auto names = schema::enumerants<E>();
    if (static_cast<std::size_t>(value) < names.size()) return;
    report(json::bad_enum(pointer(step(place)), names, reserved));
  }
  // True when the items are worth looking at.
  template <class Place>
  bool items(Place place, std::size_t count, std::size_t items_max) {
    if (count <= items_max) return true;
    report(json::too_many_items(pointer(step(place)), items_max));
    return false;
  }
  template <class Place>
  void sealed(Place place, schema::Sealed& value, std::size_t bytes_max) {
    sealed_at(step(place), value, bytes_max);
  }

 private:
  struct Step {
    std::string_view name;  // empty: an item
    std::size_t index = 0;
  };
  static Step step(std::string_view name) { return {name, 0}; }
  static Step step(std::size_t index) { return {{}, index}; }

  static bool is_accepted(CivilDate date);
  static bool is_accepted(Instant instant);
  static json::JsonError bad_sha256(std::string pointer);
  std::string pointer(Step last) const;
  void report(json::JsonError error);
  void text_at(Step last, const std::string& value, std::size_t bytes_max, json::TextFormat format);
  void sealed_at(Step last, schema::Sealed& value, std::size_t bytes_max);

  json::Sealer* sealer_;
  std::vector<json::JsonError>& errors_;
  std::vector<Step> path_;
};

}  // namespace silkledger::binary
