// Draws, tables and made-up words.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "domain/kernel/name_rules.h"
#include "domain/kernel/uscc.h"
#include "tools/generator/draw.h"
#include "tools/generator/quantiles.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

TEST(Draws, DependOnSeedStreamPurposeAndIndexAndOnNothingElse) {
  const Dice dice(1, "lead/L-0001");
  EXPECT_EQ(dice.raw("amount", 3), Dice(1, "lead/L-0001").raw("amount", 3));
  EXPECT_NE(dice.raw("amount", 3), Dice(2, "lead/L-0001").raw("amount", 3));
  EXPECT_NE(dice.raw("amount", 3), Dice(1, "lead/L-0002").raw("amount", 3));
  EXPECT_NE(dice.raw("amount", 3), dice.raw("jobs", 3));
  EXPECT_NE(dice.raw("amount", 3), dice.raw("amount", 4));
}

// Frozen: a change here changes every script, the one in the repository included.
TEST(Draws, AreTheSameOnEveryMachine) {
  EXPECT_EQ(mix(0), 0xE220A8397B1DCDAFU);          // the first output of SplitMix64 from 0
  EXPECT_EQ(hash_text("a"), 0xAF63DC4C8601EC8CU);  // FNV-1a, 64 bits
}

TEST(Draws, AreSpreadEvenly) {
  const Dice dice(7, "spread");
  std::array<int, 10> seen{};
  for (std::uint64_t i = 0; i < 10'000; ++i)
    ++seen[static_cast<std::size_t>(dice.below("x", 10, i))];
  for (const int count : seen) EXPECT_NEAR(count, 1000, 150);
}

TEST(QuantileTables, NeverFall) {
  EXPECT_TRUE(std::ranges::is_sorted(amount_quantiles()));
  for (int labour = 0; labour < 8; ++labour) {
    EXPECT_TRUE(std::ranges::is_sorted(jobs_quantiles(static_cast<Labour>(labour)))) << labour;
  }
  for (int temperament = 0; temperament < 3; ++temperament) {
    EXPECT_TRUE(std::ranges::is_sorted(entry_lag_quantiles(static_cast<Temperament>(temperament))))
        << temperament;
  }
}

// Published figures: a good two fifths of the projects reach 1 亿元, a fifth 3 亿元.
TEST(QuantileTables, GiveTheSharesOfLargeProjectsThatWerePublished) {
  const Dice dice(7, "amounts");
  int one = 0;
  int three = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const std::int64_t wan = draw_quantile(dice, "amount", amount_quantiles(), i);
    one += wan >= 10'000 ? 1 : 0;
    three += wan >= 30'000 ? 1 : 0;
  }
  EXPECT_NEAR(one, 4400, 200);
  EXPECT_NEAR(three, 1950, 200);
}

TEST(MadeUpCodes, HaveRightCheckDigitsInADivisionThatIsNone) {
  std::set<std::string> seen;
  for (std::int64_t serial = 0; serial < 100'000'000; serial += 9'973) {
    const std::string code = made_up_uscc(serial);
    ASSERT_TRUE(check_uscc(code).empty()) << code;
    ASSERT_EQ(code.substr(2, 6), "999999");
    ASSERT_TRUE(seen.insert(code).second) << code;
  }
}

TEST(MadeUpTelephones, LieOutsideTheIssuedRanges) {
  for (int i = 0; i < 1'000; ++i) {
    const std::string phone = made_up_phone(Dice(1, std::to_string(i)));
    ASSERT_EQ(phone.size(), 11U);
    ASSERT_EQ(phone.substr(0, 3), "129");  // issued are 13 to 19
  }
}

TEST(MadeUpNames, AreAcceptedWithoutAQuestion) {
  for (int i = 0; i < 1'000; ++i) {
    const Dice dice(1, std::to_string(i));
    for (const ChainWords& chain : chain_words()) {
      for (const std::string& name :
           {enterprise_name(dice, chain), project_name(dice, chain), person_name(dice)}) {
        ASSERT_TRUE(check_text(name, TextKind::name).empty()) << name;
      }
    }
  }
}

TEST(MadeUpEnterprises, SayThatTheyAreNone) {
  for (int i = 0; i < 1'000; ++i) {
    const Dice dice(1, std::to_string(i));
    for (const ChainWords& chain : chain_words()) {
      const std::string name = enterprise_name(dice, chain);
      const bool marked =
          name.find("示例") != std::string::npos || name.find("测试") != std::string::npos;
      ASSERT_TRUE(marked) << name;
    }
  }
}

TEST(Notes, LeaveNoMarkUnfilled) {
  const ChainWords& chain = chain_words().front();
  for (int kind = 0; kind <= static_cast<int>(Note::termination_reason); ++kind) {
    for (std::uint64_t index = 0; index < 50; ++index) {
      const std::string text = note(static_cast<Note>(kind), Dice(1, "note"), chain, index);
      ASSERT_FALSE(text.empty());
      ASSERT_EQ(text.find('{'), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace silkledger::generator
