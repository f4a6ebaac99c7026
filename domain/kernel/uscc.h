// The unified social credit code of an organisation (统一社会信用代码, GB 32100).
//
// Checks warn and never block: genuine codes with a wrong check digit are in circulation, and an
// overseas or not yet registered investor has none. Whoever enters a doubtful code keeps it, with
// its warnings.
//
// Values, pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/kernel/text.h"

namespace silkledger {

inline constexpr std::size_t kUsccCharacters = 18;

enum class UsccDoubt : std::uint8_t {
  length,              // not 18 characters; nothing else was checked
  character,           // one outside 0-9 and A-Z without I O S V Z; check digits were not computed
  organisation_digit,  // character 17 does not follow from 9…16 (GB 11714, mod 11)
  check_digit,         // character 18 does not follow from 1…17 (mod 31)
};

struct UsccWarning {
  UsccDoubt doubt = UsccDoubt::length;
  TextFault fault;
  friend bool operator==(const UsccWarning&, const UsccWarning&) = default;
};

// Empty when nothing is doubtful. Warnings come in the order of the characters.
std::vector<UsccWarning> check_uscc(std::string_view code);

}  // namespace silkledger
