#include "domain/kernel/result.h"

#include <gtest/gtest.h>

namespace silkledger {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) {
    Rejection odd;
    odd.code = "odd-number";
    odd.message = {"不是偶数", "not an even number"};
    return odd;
  }
  return number / 2;
}

TEST(Result, IsAValueOrTheRejectionInItsPlace) {
  ASSERT_TRUE(half(4).has_value());
  EXPECT_EQ(half(4).value(), 2);
  ASSERT_TRUE(half(3).has_error());
  EXPECT_EQ(half(3).error().code, "odd-number");
}

TEST(ResultDeathTest, AskingARefusalForItsValueIsABugAndStopsTheProgram) {
  EXPECT_DEATH(static_cast<void>(half(3).value()), "odd-number");
}

}  // namespace
}  // namespace silkledger
