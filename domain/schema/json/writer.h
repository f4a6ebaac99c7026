// Appends compact JSON to a string. UTF-8 stays as it is; 64-bit numbers become strings.
//
// The caller opens and closes in order; commas are the writer's business. Strings must be UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "domain/schema/json/options.h"
#include "domain/schema/meta.h"

namespace silkledger::json {

class Writer {
 public:
  // Both are borrowed for the life of the writer.
  Writer(std::string& out, const EncodeOptions& options) : out_(out), options_(options) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);  // of a schema: needs no escaping
  void string(std::string_view text);
  void boolean(bool value);
  void integer(std::int64_t value);  // at most 32 bits wide, as a number
  void big(std::int64_t value);      // as a string
  void big(std::uint64_t value);
  void base64(std::string_view bytes);
  void hex(std::string_view bytes);
  void date(CivilDate value);
  void instant(Instant value);
  void sealed(const schema::Sealed& value);
  // A number that this build does not know is written as its digits.
  void enumerant(std::span<const schema::EnumerantMeta> names, std::uint16_t value);

 private:
  void separate();
  void open(char bracket);
  void close(char bracket);
  void quoted(std::string_view plain);  // without anything to escape

  std::string& out_;
  const EncodeOptions& options_;
  bool comma_ = false;
};

}  // namespace silkledger::json
