// Colours of a terminal, or none.
//
// Values, pure. Colour never carries a meaning alone: words or shapes stand beside it.
#pragma once

#include <string>
#include <string_view>

namespace silkledger::cli {

enum class Colour { plain, bold, dim, red, green, yellow, blue };

class Paint {
 public:
  explicit Paint(bool on = false) : on_(on) {}

  std::string operator()(Colour colour, std::string_view text) const {
    if (!on_ || colour == Colour::plain) return std::string(text);
    return "\x1b[" + std::string(code(colour)) + 'm' + std::string(text) + "\x1b[0m";
  }

 private:
  static std::string_view code(Colour colour) {
    switch (colour) {
      case Colour::bold:
        return "1";
      case Colour::dim:
        return "2";
      case Colour::red:
        return "31";
      case Colour::green:
        return "32";
      case Colour::yellow:
        return "33";
      case Colour::blue:
        return "34";
      case Colour::plain:
        break;
    }
    return "0";
  }

  bool on_;
};

}  // namespace silkledger::cli
