#include "tools/schemac/names.h"

#include <algorithm>
#include <array>

namespace silkledger::schemac {
namespace {

constexpr std::array kKeywords = {
    "alignas",  "alignof",  "and",      "asm",     "auto",    "bitand",    "bitor",   "bool",
    "break",    "case",     "catch",    "char",    "class",   "compl",     "concept", "const",
    "continue", "decltype", "default",  "delete",  "do",      "double",    "else",    "enum",
    "explicit", "export",   "extern",   "false",   "float",   "for",       "friend",  "goto",
    "if",       "inline",   "int",      "long",    "mutable", "namespace", "new",     "noexcept",
    "not",      "nullptr",  "operator", "or",      "private", "protected", "public",  "register",
    "requires", "return",   "short",    "signed",  "sizeof",  "static",    "struct",  "switch",
    "template", "this",     "throw",    "true",    "try",     "typedef",   "typeid",  "typename",
    "union",    "unsigned", "using",    "virtual", "void",    "volatile",  "while",   "xor"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string split(std::string_view camel, char separator) {
  std::string out;
  for (std::size_t i = 0; i < camel.size(); ++i) {
    const bool upper = is_upper(camel[i]);
    // A run of capitals is one word: "esgScoreURL" -> "esg-score-url".
    const bool starts_word = upper && i > 0 &&
                             (!is_upper(camel[i - 1]) ||
                              (i + 1 < camel.size() && camel[i + 1] >= 'a' && camel[i + 1] <= 'z'));
    if (starts_word) out += separator;
    out += to_lower(camel[i]);
  }
  return out;
}

}  // namespace

std::string snake(std::string_view camel) { return split(camel, '_'); }

std::string member(std::string_view camel) {
  std::string name = snake(camel);
  const bool keyword = std::find(kKeywords.begin(), kKeywords.end(), name) != kKeywords.end();
  return keyword ? name + '_' : name;
}

std::string kebab(std::string_view pascal) { return split(pascal, '-'); }

std::string title(std::string_view camel) {
  std::string out(camel);
  if (!out.empty()) out[0] = to_upper(out[0]);
  return out;
}

std::string words(std::string_view camel) { return split(camel, ' '); }

std::string macro(std::string_view pascal) {
  std::string out = snake(pascal);
  std::ranges::transform(out, out.begin(), to_upper);
  return out;
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        break;
      case '\t':
        out += "\\t";
        break;
      case '?':
        out += "\\?";
        break;  // no trigraphs
      default:
        out += c;
    }
  }
  return out + '"';
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '$' || i + 1 == pattern.size()) {
      out += pattern[i];
      continue;
    }
    const char next = pattern[++i];
    if (next == '$') {
      out += '$';
    } else {
      out += *(arguments.begin() + (next - '0'));
    }
  }
  return out;
}

}  // namespace silkledger::schemac
