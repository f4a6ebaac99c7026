#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace silkledger::tidy {

// Replaces comments, string and character literals of C++ by blanks, keeping every line and column
// in its place. The path in an #include stays readable. Knows raw strings and digit separators; it
// is no parser and need not be.
std::vector<std::string> blank_prose(const std::vector<std::string>& lines);

// Where `word` stands in `code` as a whole identifier, or npos. A word that ends in '(' matches a
// call.
std::size_t find_word(std::string_view code, std::string_view word);

bool is_identifier_character(char character);

std::string_view trimmed(std::string_view text);

}  // namespace silkledger::tidy
