// One row of a view with every field: what `show` prints.
#include <boost/json.hpp>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/view_table.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

constexpr std::size_t kNameColumns = 18;

class RowLines {
 public:
  explicit RowLines(const ViewWords& words) : words_(words) {}

  void object(const std::vector<FieldInfo>& fields, const std::string& schema, const value& object,
              std::size_t depth) {
    for (const FieldInfo& field : fields) {
      if (const value* found = member(object, field.name)) one(field, schema, *found, depth);
    }
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  void line(std::size_t depth, const std::string& name, const std::string& text) {
    const std::string indent(2 * depth, ' ');
    lines_.push_back(indent + (text.empty() ? name : pad_right(name, kNameColumns) + "  " + text));
  }

  std::string name_of(const FieldInfo& field) const {
    return words_.lang == Lang::zh && !field.zh.empty() ? field.zh : spaced(field.name);
  }

  std::string scalar(const FieldInfo& field, const std::string& schema, const value& found) const {
    if (found.is_bool()) {
      const bool yes = found.get_bool();
      return words_.lang == Lang::zh ? (yes ? "是" : "否") : (yes ? "yes" : "no");
    }
    const std::string text =
        found.is_string() ? std::string(found.get_string()) : boost::json::serialize(found);
    if (field.kind == FieldKind::enumeration) {
      return words_.catalogue.enum_word(schema, field.name, text, words_.lang);
    }
    if (names_a_unit(field.name)) {
      const std::string& name = words_.units.name(text, words_.lang);
      return printable(name == text ? text : name + " (" + text + ')');
    }
    return printable(text);
  }

  void one(const FieldInfo& field, const std::string& schema, const value& found,
           std::size_t depth) {
    const std::string wan = words_.lang == Lang::zh ? " 万元" : " (10k yuan)";
    if (field.kind == FieldKind::money) {
      line(depth, name_of(field), money_cell(&found, words_.lang) + wan);
    } else if (field.kind == FieldKind::count) {
      line(depth, name_of(field), count_cell(&found, words_.lang));
    } else if (field.name == "light") {
      line(depth, name_of(field), light_cell(scalar({}, schema, found), words_.lang).text);
    } else if (field.kind == FieldKind::big && field.name.ends_with("Fen")) {
      const value money = {{"fen", found}};
      line(depth, name_of(field), money_cell(&money, words_.lang) + wan);
    } else if (found.is_array()) {
      list(field, schema, found, depth);
    } else if (found.is_object()) {
      line(depth, name_of(field), "");
      object(words_.catalogue.fields(field.schema), field.schema, found, depth + 1);
    } else {
      line(depth, name_of(field), scalar(field, schema, found));
    }
  }

  void list(const FieldInfo& field, const std::string& schema, const value& found,
            std::size_t depth) {
    std::string joined;
    bool nested = false;
    for (const value& item : found.get_array()) {
      nested = nested || item.is_object();
      if (!nested) joined += (joined.empty() ? "" : ", ") + scalar(field, schema, item);
    }
    line(depth, name_of(field), joined);
    if (!nested) return;
    const auto fields = words_.catalogue.fields(field.schema);
    std::size_t number = 0;
    for (const value& item : found.get_array()) {
      lines_.push_back(std::string(2 * depth + 2, ' ') + std::to_string(++number) + '.');
      object(fields, field.schema, item, depth + 2);
    }
  }

  const ViewWords& words_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> row_lines(std::string_view view, const value& row,
                                   const ViewWords& words) {
  RowLines lines(words);
  const std::string schema = words.catalogue.row_schema(view);
  lines.object(words.catalogue.fields(schema), schema, row, 0);
  return lines.take();
}

}  // namespace silkledger::cli
