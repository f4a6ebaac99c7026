// Asks a stored row for a field by its name in the schema, whatever its type. Used to filter: no
// row is copied.
//
// Pure; borrows the bytes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silkledger::projections {

// Field names of one view's rows that may be asked for.
class RowFields {
 public:
  // Null when no view has that name.
  static const RowFields* of(std::string_view view);

  // The schema's name for a field or one of its short names; nothing when there is none, or when it
  // can be compared with no text (structs, sealed fields).
  std::optional<std::string> resolve(std::string_view name) const;
  // A comparison of that field with `value`; nothing when the value is not of the field's type
  // ("soon" for a date, "blue" for a light). Requires: `field` came from resolve.
  struct Wanted {
    std::string field;
    std::string text;         // for texts and lists of them
    std::int64_t number = 0;  // for numbers, dates, booleans and enums
  };
  std::optional<Wanted> parse(const std::string& field, std::string_view value) const;

  bool names_units() const { return names_units_; }

  // What a page asks of one row.
  struct Row {
    bool matches = false;
    std::vector<std::string> units;
    std::uint64_t position = 0;
  };
  // Throws kj::Exception at damaged bytes.
  Row read(std::string_view bytes, std::span<const Wanted> wanted) const;

 private:
  struct Known;
  friend struct KnownViews;
  explicit RowFields(const Known& known);
  const Known* known_;
  bool names_units_ = false;
};

}  // namespace silkledger::projections
