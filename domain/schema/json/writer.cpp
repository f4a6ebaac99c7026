#include "domain/schema/json/writer.h"

#include "domain/schema/json/bytes.h"

namespace silkledger::json {

void Writer::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

void Writer::open(char bracket) {
  separate();
  out_ += bracket;
  comma_ = false;
}

void Writer::close(char bracket) {
  out_ += bracket;
  comma_ = true;
}

void Writer::quoted(std::string_view plain) {
  separate();
  out_ += '"';
  out_ += plain;
  out_ += '"';
}

void Writer::key(std::string_view name) {
  quoted(name);
  out_ += ':';
  comma_ = false;
}

void Writer::string(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  separate();
  out_ += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '\t':
        out_ += "\\t";
        break;
      default:
        if (byte < 0x20 || byte == 0x7f) {
          out_ += "\\u00";
          out_ += kHex[byte >> 4];
          out_ += kHex[byte & 15];
        } else {
          out_ += c;
        }
    }
  }
  out_ += '"';
}

void Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void Writer::integer(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
}

void Writer::big(std::int64_t value) { quoted(std::to_string(value)); }
void Writer::big(std::uint64_t value) { quoted(std::to_string(value)); }
void Writer::base64(std::string_view bytes) { quoted(to_base64(bytes)); }
void Writer::hex(std::string_view bytes) { quoted(to_hex(bytes)); }
void Writer::date(CivilDate value) { quoted(to_string(value)); }
void Writer::instant(Instant value) { quoted(to_string(value)); }

void Writer::sealed(const schema::Sealed& value) {
  if (options_.unsealer != nullptr) {
    if (const auto text = options_.unsealer->unseal(value)) return string(*text);
  }
  quoted(kMask);
}

void Writer::enumerant(std::span<const schema::EnumerantMeta> names, std::uint16_t value) {
  if (value < names.size()) return quoted(names[value].name);
  quoted(std::to_string(value));
}

schema::Sealed PlainText::seal(std::string_view text) {
  schema::Sealed out;
  out.ciphertext = text;
  return out;
}

std::optional<std::string> PlainText::unseal(const schema::Sealed& sealed) {
  if (sealed.algorithm != schema::SealAlgorithm::none) return std::nullopt;
  return sealed.ciphertext;
}

}  // namespace silkledger::json
