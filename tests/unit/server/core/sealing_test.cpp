#include "server/core/sealing.h"

#include <gtest/gtest.h>

namespace silkledger::server {
namespace {

PersonalKey key(std::uint8_t fill, std::uint32_t id = 1) {
  PersonalKey made;
  made.key_id = id;
  made.secret.fill(fill);
  return made;
}

TEST(PersonalSealer, OpensWhatItSealed) {
  PersonalSealer sealer(key(7));
  for (const std::string text : {"", "张·某", "测试·古丽𠮷"}) {
    EXPECT_EQ(sealer.unseal(sealer.seal(text)), text);
  }
}

TEST(PersonalSealer, TheSameTextGivesTheSameBytesSoThatARetryKeepsItsFingerprint) {
  PersonalSealer sealer(key(7));
  EXPECT_EQ(sealer.seal("张·某"), sealer.seal("张·某"));
  EXPECT_NE(sealer.seal("张·某").ciphertext, sealer.seal("李·某").ciphertext);
}

TEST(PersonalSealer, TheTextCannotBeReadFromTheBytes) {
  PersonalSealer sealer(key(7));
  const auto sealed = sealer.seal("13800000000");
  EXPECT_EQ(sealed.ciphertext.find("138000"), std::string::npos);
  EXPECT_EQ(sealed.ciphertext.size(), 12u + 11u + 16u);
}

TEST(PersonalSealer, EveryFlippedBitIsFound) {
  PersonalSealer sealer(key(7));
  const auto sealed = sealer.seal("张·某");
  for (std::size_t bit = 0; bit < sealed.ciphertext.size() * 8; ++bit) {
    auto changed = sealed;
    changed.ciphertext[bit / 8] = static_cast<char>(changed.ciphertext[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(sealer.unseal(changed)) << "bit " << bit;
  }
}

TEST(PersonalSealer, AnotherKeyOpensNothing) {
  PersonalSealer mine(key(7));
  PersonalSealer other(key(8));
  PersonalSealer renumbered(key(7, 2));
  EXPECT_FALSE(other.unseal(mine.seal("张·某")));
  EXPECT_FALSE(renumbered.unseal(mine.seal("张·某")));
  EXPECT_NE(mine.seal("张·某").blind_index, other.seal("张·某").blind_index);
}

TEST(PersonalSealer, ShortBytesAreNoSeal) {
  PersonalSealer sealer(key(7));
  auto sealed = sealer.seal("张");
  for (std::size_t size = 0; size < 28; ++size) {
    auto cut = sealed;
    cut.ciphertext.resize(size);
    EXPECT_FALSE(sealer.unseal(cut)) << size;
  }
}

}  // namespace
}  // namespace silkledger::server
