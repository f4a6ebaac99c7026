// Digests and checkpoints: what is committed beside the rows.
#include "projections/checkpoint.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace silkledger::projections {
namespace {

Checkpoint sample() {
  Checkpoint checkpoint;
  checkpoint.epoch = 1;
  checkpoint.position = 42;
  checkpoint.root.fill(0xab);
  Digest digest;
  digest.add(entry_hash("l1", "row"));
  checkpoint.views = {{"lead", 1, digest, std::nullopt},
                      {"project", 2, Digest{}, Stopped{17, "there is no lead l9"}}};
  return checkpoint;
}

TEST(Digest, DoesNotDependOnTheOrderOfChanges) {
  Digest one;
  one.add(entry_hash("a", "1"));
  one.add(entry_hash("b", "2"));
  one.add(entry_hash("c", "3"));
  one.remove(entry_hash("b", "2"));
  Digest other;
  other.add(entry_hash("c", "3"));
  other.add(entry_hash("a", "1"));
  EXPECT_EQ(one, other);
}

TEST(Digest, KeepsKeyAndValueApart) {
  EXPECT_NE(entry_hash("ab", "c"), entry_hash("a", "bc"));
  EXPECT_NE(entry_hash("a", ""), entry_hash("", "a"));
}

TEST(Digest, IsShownInHexAndReadBack) {
  Digest digest;
  digest.add(entry_hash("a", "1"));
  EXPECT_EQ(to_hex(digest).size(), 64U);
  EXPECT_EQ(lanes_from_hex(to_hex(digest)), digest.lanes);
  EXPECT_FALSE(lanes_from_hex("xyz"));
}

TEST(Checkpoint, IsReadBackAsItWasWritten) {
  EXPECT_EQ(decode_checkpoint(encode(sample())), sample());
}

TEST(Checkpoint, ACauseOfSeveralLinesBecomesOne) {
  Checkpoint checkpoint = sample();
  checkpoint.views[1].stopped->cause = "first\nview lead 9 9 9\rend";
  const auto read = decode_checkpoint(encode(checkpoint));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->views.size(), 2U);
  EXPECT_EQ(read->views[1].stopped->cause, "first view lead 9 9 9 end");
}

TEST(Checkpoint, ACutOrChangedTextIsNoCheckpoint) {
  const std::string text = encode(sample());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto read = decode_checkpoint(text.substr(0, size));
    EXPECT_TRUE(!read || size + 1 == text.size()) << "cut at " << size;
  }
  EXPECT_FALSE(decode_checkpoint(text + "more"));
}

TEST(Checkpoint, TheExampleOfTheFormatIsOne) {
  std::ifstream file("docs/formats/views.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string document = text.str();
  const std::size_t begin = document.find("silkledger-views 3\n");
  ASSERT_NE(begin, std::string::npos);
  const std::string example = document.substr(begin, document.find("```", begin) - begin);
  const auto read = decode_checkpoint(example);
  ASSERT_TRUE(read);
  EXPECT_EQ(encode(*read), example);
}

}  // namespace
}  // namespace silkledger::projections
