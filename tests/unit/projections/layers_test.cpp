// Two layers are read as one table would be: in both directions, in pages of any size.
#include "projections/layers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "projections/memory/memory_view_stores.h"

namespace silkledger::projections {
namespace {

constexpr std::uint64_t kSeed = 7;

// Any two layers, and what they are together.
struct Layers {
  explicit Layers(std::mt19937_64& random) {
    WriteBatch below;
    WriteBatch above;
    for (int i = 0; i < 40; ++i) {
      const std::string key = (random() % 2 ? "a/" : "b/") + std::to_string(random() % 40);
      const std::string value = std::to_string(i);
      if (random() % 2) {
        below.writes.push_back({"lead", key, value});
        if (!changed.contains(key)) together[key] = value;
      } else {
        const auto change = random() % 3 ? std::optional(value) : std::nullopt;
        above.writes.push_back({"lead", key, encode_change(change)});
        changed[key] = change;
        if (change) {
          together[key] = *change;
        } else {
          together.erase(key);
        }
      }
    }
    EXPECT_FALSE(lower.commit(below));
    EXPECT_FALSE(upper.commit(above));
  }

  std::vector<KeyValue> scan(const KeyRange& range, std::uint32_t keys_max) const {
    const auto changes = [&](const KeyRange& part, std::uint32_t keys) {
      std::vector<Change> found;
      auto read = upper.snapshot()->scan("lead", part, keys);
      for (const KeyValue& entry : std::get<0>(read)) {
        found.push_back({entry.key, decode_change(entry.value)});
      }
      return ViewResult<std::vector<Change>>(std::move(found));
    };
    const auto rows = [&](const KeyRange& part, std::uint32_t keys) {
      return lower.snapshot()->scan("lead", part, keys);
    };
    return std::get<0>(scan_layers(changes, rows, range, keys_max));
  }

  MemoryViewStore lower{{"lead"}};
  MemoryViewStore upper{{"lead"}};
  std::map<std::string, std::optional<std::string>> changed;
  std::map<std::string, std::string> together;
};

TEST(Layers, AreReadAsOneTableInPagesOfAnySize) {
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 50; ++round) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", round " + std::to_string(round));
    const Layers layers(random);
    std::vector<KeyValue> expected;
    for (const auto& [key, value] : layers.together) {
      if (key.starts_with("a/")) expected.push_back({key, value});
    }
    for (const bool backwards : {false, true}) {
      std::vector<KeyValue> paged;
      KeyRange range{.prefix = "a/", .backwards = backwards};
      const auto most = static_cast<std::uint32_t>(1 + random() % 5);
      while (true) {
        const auto page = layers.scan(range, most);
        paged.insert(paged.end(), page.begin(), page.end());
        if (page.size() < most) break;
        range.after = page.back().key;
      }
      if (backwards) std::ranges::reverse(paged);
      EXPECT_EQ(paged, expected) << (backwards ? "backwards" : "forwards");
    }
  }
}

TEST(Layers, AnErasedKeyHidesWhatStandsBelowAndARowOfNoBytesDoesNot) {
  EXPECT_EQ(decode_change(encode_change(std::nullopt)), std::nullopt);
  EXPECT_EQ(decode_change(encode_change("")), std::optional<std::string>(""));
  EXPECT_EQ(decode_change(encode_change("row")), std::optional<std::string>("row"));
}

TEST(Layers, AFaultOfEitherIsTheFaultOfBoth) {
  const ReadPage<Change> no_change = [](const KeyRange&, std::uint32_t) {
    return ViewResult<std::vector<Change>>(std::vector<Change>());
  };
  const ReadPage<KeyValue> no_row = [](const KeyRange&, std::uint32_t) {
    return ViewResult<std::vector<KeyValue>>(std::vector<KeyValue>());
  };
  const ReadPage<Change> broken_changes = [](const KeyRange&, std::uint32_t) {
    return ViewResult<std::vector<Change>>(ViewStoreError{"示例故障"});
  };
  const ReadPage<KeyValue> broken_rows = [](const KeyRange&, std::uint32_t) {
    return ViewResult<std::vector<KeyValue>>(ViewStoreError{"示例故障"});
  };
  EXPECT_EQ(std::get<1>(scan_layers(broken_changes, no_row, {}, 5)).detail, "示例故障");
  EXPECT_EQ(std::get<1>(scan_layers(no_change, broken_rows, {}, 5)).detail, "示例故障");
}

}  // namespace
}  // namespace silkledger::projections
