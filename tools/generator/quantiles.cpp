#include "tools/generator/quantiles.h"

#include <array>

namespace silkledger::generator {
namespace {

constexpr std::array<std::int32_t, 65> kAmounts = {
    131,   284,   446,   596,   742,   889,   1037,  1189,  1345,  1506,   1672,   1844,   2023,
    2208,  2401,  2602,  2812,  3031,  3260,  3500,  3750,  4013,  4289,   4578,   4882,   5202,
    5539,  5894,  6269,  6665,  7084,  7529,  8000,  8501,  9034,  9602,   10209,  10858,  11555,
    12303, 13109, 13980, 14923, 15948, 17065, 18288, 19631, 21113, 22758,  24592,  26653,  28984,
    31643, 34707, 38280, 42504, 47583, 53824, 61705, 72026, 86257, 107463, 143549, 225416, 487919};

using Table = std::array<std::int32_t, 9>;
constexpr Table kTextileJobs = {120, 200, 240, 280, 330, 400, 500, 650, 900};
constexpr Table kElectronicsJobs = {90, 150, 190, 230, 280, 330, 420, 520, 700};
constexpr Table kFoodJobs = {30, 50, 70, 90, 120, 150, 200, 280, 400};
constexpr Table kAgricultureJobs = {20, 40, 60, 80, 100, 140, 190, 260, 380};
constexpr Table kLogisticsJobs = {10, 20, 25, 32, 40, 50, 62, 80, 120};
constexpr Table kEnergyJobs = {6, 10, 13, 16, 20, 25, 31, 40, 60};
constexpr Table kBuildingJobs = {40, 60, 75, 90, 110, 135, 170, 230, 320};
constexpr Table kTourismJobs = {15, 30, 40, 55, 70, 95, 130, 180, 260};

using Lags = std::array<std::int32_t, 21>;
constexpr Lags kPunctualLags = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3};
constexpr Lags kLateLags = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 9};
constexpr Lags kCarelessLags = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 7, 14, 40};

}  // namespace

std::int64_t draw_quantile(const Dice& dice, std::string_view purpose,
                           std::span<const std::int32_t> quantiles, std::uint64_t index) {
  constexpr std::int64_t kSteps = 1 << 16;  // between two quantiles
  const auto cells = static_cast<std::int64_t>(quantiles.size()) - 1;
  const std::int64_t place = dice.below(purpose, cells * kSteps, index);
  const auto cell = static_cast<std::size_t>(place / kSteps);
  const std::int64_t low = quantiles[cell];
  const std::int64_t high = quantiles[cell + 1];
  return low + (high - low) * (place % kSteps) / kSteps;
}

std::span<const std::int32_t> amount_quantiles() { return kAmounts; }

std::span<const std::int32_t> jobs_quantiles(Labour labour) {
  switch (labour) {
    case Labour::textile:
      return kTextileJobs;
    case Labour::electronics:
      return kElectronicsJobs;
    case Labour::food:
      return kFoodJobs;
    case Labour::agriculture:
      return kAgricultureJobs;
    case Labour::logistics:
      return kLogisticsJobs;
    case Labour::energy:
      return kEnergyJobs;
    case Labour::building:
      return kBuildingJobs;
    case Labour::tourism:
      return kTourismJobs;
  }
  return kFoodJobs;
}

std::span<const std::int32_t> entry_lag_quantiles(Temperament temperament) {
  switch (temperament) {
    case Temperament::punctual:
      return kPunctualLags;
    case Temperament::late:
      return kLateLags;
    case Temperament::careless:
      return kCarelessLags;
  }
  return kPunctualLags;
}

}  // namespace silkledger::generator
