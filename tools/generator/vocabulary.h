// Made-up names, codes and sentences. Nothing here can be taken for real: enterprises come from
// invented places and carry 示例 or 测试, codes stand in the unassigned division 999999, telephone
// numbers begin with 129, which was never issued.
//
// Pure, any thread. Texts are UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tools/generator/draw.h"
#include "tools/generator/quantiles.h"

namespace silkledger::generator {

struct ChainWords {
  std::string_view id;    // "textile"
  std::string_view name;  // "示例纺织服装产业链"
  std::string_view name_en;
  std::string_view lead;  // name of the chain-lead unit, a department of government
  std::string_view lead_en;
  Labour labour;
  std::string_view trade;     // in names of enterprises
  std::string_view products;  // what a project makes
};

std::span<const ChainWords> chain_words();

std::string enterprise_name(const Dice& dice, const ChainWords& chain);
std::string project_name(const Dice& dice, const ChainWords& chain);
std::string person_name(const Dice& dice);
std::string visit_place(const Dice& dice);

// 18 characters with both check digits right; another serial gives another code. 0 ≤ serial < 10^8.
std::string made_up_uscc(std::int64_t serial);
// 11 digits.
std::string made_up_phone(const Dice& dice);

enum class Note : std::uint8_t {
  lead_content,
  background,
  demands,
  judgement,
  project_content,
  negotiation,
  slip_reason,
  close_reason,
  decline_reason,
  proceed_reason,
  evaluation_pass,
  evaluation_fail,
  opinion,
  amendment_reason,
  pause_reason,
  refusal_reason,
  fund_basis,
  fund_reject_reason,
  correction_reason,
  termination_reason,
};
std::string note(Note kind, const Dice& dice, const ChainWords& chain, std::uint64_t index = 0);

// "2.35亿元" or "3500万元".
std::string amount_words(std::int64_t fen);

}  // namespace silkledger::generator
