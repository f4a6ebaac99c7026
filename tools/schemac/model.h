// The schema as the generators see it: files, records, unions and enums with their annotations
// resolved.
//
// Built once from a CodeGeneratorRequest and then read-only. A schema that breaks a rule of
// domain/schema/README.md is refused here, with the name of the offending declaration.
#pragma once

#include <capnp/schema.capnp.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace silkledger::schemac {

struct SchemaError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Base {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  text,
  data,
  list,
  enumeration,
  record
};

enum class Format { none, date, instant, partial_date, id, sha256 };

struct Type {
  Base base = Base::text;
  std::uint64_t id = 0;           // of the enum or record
  std::shared_ptr<Type> element;  // of a list
};

struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

struct Field {
  std::string name;    // as in the schema: "leadId"
  std::string member;  // as in C++: "lead_id"
  std::string zh;
  std::string doc;
  Type type;
  Format format = Format::none;
  bool optional = false;
  bool defaulted = false;  // may be left out of JSON
  bool group = false;
  std::optional<std::uint32_t> max_bytes;
  std::optional<std::uint32_t> max_items;
  std::optional<Range> range;
  std::int64_t default_value = 0;  // of a scalar; an unsigned value keeps its bits
};

struct Enumerant {
  std::string name;
  std::string member;
  std::string zh;
  std::string doc;
};

struct Enum {
  std::uint64_t id = 0;
  std::string name;  // flat: "OuterInner"
  std::string wire;  // "Outer::Inner"
  std::string zh;
  std::string doc;
  std::vector<Enumerant> enumerants;
};

// A struct, or a union: a struct whose only member is one unnamed union of distinct structs.
struct Record {
  std::uint64_t id = 0;
  std::string name;   // flat: "OuterInner"
  std::string local;  // "Inner"
  std::string wire;   // "Outer::Inner"
  std::string zh;
  std::string doc;
  std::string article;
  std::string aggregate;
  std::string singleton;  // id of the only stream; else the first field is the id
  std::string retired;
  bool is_union = false;
  bool sealed = false;        // common.capnp:Sealed, a plain string in JSON
  std::vector<Field> fields;  // in source order; of a union in ordinal order
  std::vector<std::pair<std::string, std::string>> nested;  // local name -> flat name
};

struct File {
  std::uint64_t id = 0;
  std::string path;                  // "domain/schema/event.capnp"
  std::string stem;                  // "domain/schema/event"
  std::vector<std::string> imports;  // stems
  std::vector<Enum> enums;
  std::vector<Record> records;  // every record stands behind those it contains
};

struct Model {
  std::vector<File> files;  // those asked for
  std::map<std::uint64_t, Record> records;
  std::map<std::uint64_t, Enum> enums;

  const Record& record(const Type& type) const { return records.at(type.id); }
  const Enum& enumeration(const Type& type) const { return enums.at(type.id); }
};

// Throws SchemaError.
Model load(capnp::schema::CodeGeneratorRequest::Reader request);

// Shared by the generators. Two unions mean more than others: the one list of what may be asked
// for, and the one list of the views with their rows.
bool is_commands(const Record& record);
bool is_view_rows(const Record& record);
bool is_scalar(const Type& type);
const Type& innermost(const Type& type);  // of a list of lists its items
bool is_integer(const Type& type);
std::string integer_type(Base base);  // "std::int32_t"
std::int64_t least_of(Base base);
std::int64_t most_of(Base base);  // of a uint64: all bits set
std::string integer_literal(Base base, std::int64_t value);
std::string value_type(const Model& model, const Field& field);  // without std::optional

}  // namespace silkledger::schemac
