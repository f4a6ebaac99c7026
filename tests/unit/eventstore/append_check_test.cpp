#include "eventstore/sequencer/append_check.h"

#include <gtest/gtest.h>

namespace silkledger::eventstore {
namespace {

Append append(std::size_t records, std::size_t payload_bytes) {
  Append made;
  made.command = {"clerk", "c1"};
  for (std::size_t i = 0; i < records; ++i) {
    made.records.push_back({"lead/L1", std::string(payload_bytes, '\0')});
  }
  made.expected.push_back({"lead/L1", 0});
  return made;
}

TEST(AppendCheck, WhatIsAtEveryLimitIsWithinThem) {
  Limits limits;
  limits.append_records_max = 2;
  limits.record_payload_bytes_max = 8;
  limits.append_bytes_max = 16;
  EXPECT_FALSE(exceeded_limit(append(2, 8), limits));
}

TEST(AppendCheck, NamesTheFirstLimitBeyond) {
  Limits limits;
  limits.append_records_max = 2;
  limits.record_payload_bytes_max = 16;
  limits.append_bytes_max = 24;
  EXPECT_EQ(exceeded_limit(append(3, 8), limits)->limit, "append_records_max");
  EXPECT_EQ(exceeded_limit(append(1, 24), limits)->limit, "record_payload_bytes_max");
  EXPECT_EQ(exceeded_limit(append(2, 16), limits)->limit, "append_bytes_max");
  auto named = append(1, 8);
  named.command.id = std::string(limits.command_id_bytes_max + 1, 'x');
  EXPECT_EQ(exceeded_limit(named, limits)->limit, "command_id_bytes_max");
}

struct Queued {
  Append append;
};

TEST(AppendCheck, AGroupCommitTakesAtLeastOneAndNoMoreThanItsLimits) {
  Limits limits;
  limits.commit_records_max = 3;
  const std::vector<Queued> small{{append(1, 8)}, {append(2, 8)}, {append(1, 8)}};
  EXPECT_EQ(commit_size(small, limits), 2u);
  const std::vector<Queued> large{{append(9, 8)}, {append(1, 8)}};
  EXPECT_EQ(commit_size(large, limits), 1u);
  limits.commit_records_max = 100;
  limits.commit_bytes_max = 24;
  EXPECT_EQ(commit_size(small, limits), 2u);
  EXPECT_EQ(commit_size(std::vector<Queued>{}, limits), 0u);
}

}  // namespace
}  // namespace silkledger::eventstore
