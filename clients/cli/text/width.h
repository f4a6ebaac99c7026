// How wide a text stands on a terminal, and how to make it fit.
//
// Values, pure, no locale. Widths are columns: two for East Asian wide characters, none for
// combining marks. Ambiguous characters (“ ” … ●) count one, as most terminals draw them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace silkledger::cli {

std::size_t display_width(std::string_view text);

// Safe to print on one line: line breaks and tabs become blanks, other control characters and
// broken UTF-8 become U+FFFD, so that no text from a ledger can steer the terminal.
std::string printable(std::string_view text);

// At most `columns` wide; what was cut off is shown by "…".
std::string cut(std::string_view text, std::size_t columns);

std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

}  // namespace silkledger::cli
