// Amounts, jobs and delays as integer quantile tables: a draw picks a place between two quantiles.
// The tables were computed once; nothing is computed with floating point when data are made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "tools/generator/draw.h"

namespace silkledger::generator {

// A value of the distribution whose quantiles, at equal steps from 0 to 1, are given. At least two.
std::int64_t draw_quantile(const Dice& dice, std::string_view purpose,
                           std::span<const std::int32_t> quantiles, std::uint64_t index = 0);

// Log-normal, median 0.8 亿元, sigma 1.55, cut at the 0.4 and 99.6 percent points; unit 万元.
std::span<const std::int32_t> amount_quantiles();

// Jobs of a project, by the kind of its chain: persons.
enum class Labour : std::uint8_t {
  textile,
  electronics,
  food,
  agriculture,
  logistics,
  energy,
  building,
  tourism
};
std::span<const std::int32_t> jobs_quantiles(Labour labour);

// Days between an occurrence and its entry: mostly none, a tail to forty.
enum class Temperament : std::uint8_t { punctual, late, careless };
std::span<const std::int32_t> entry_lag_quantiles(Temperament temperament);

}  // namespace silkledger::generator
