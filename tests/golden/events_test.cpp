// Stored events are read for ever: the bytes of every event of every released version must keep
// their meaning.
#include <gtest/gtest.h>

#include <set>

#include "domain/schema/event.meta.h"
#include "domain/schema/event.values.h"
#include "tests/golden/golden_events.h"

namespace silkledger::golden {
namespace {

constexpr const char* kAdvice =
    "\nThe stored form of an event has changed. Events of this form are in the logs of running "
    "ledgers, so never update "
    "a golden file of a released event: put the schema back, and give the new meaning a struct and "
    "an arm of its own "
    "(leadReportedV2), with $retired on the old one. Only an event that no release has contained "
    "(CHANGELOG.md) may "
    "change: then delete its files below tests/golden/events and build the target golden_files.";

TEST(GoldenEvents, EveryEventKeepsItsBytesAndItsJson) {
  for (std::size_t arm = 0; arm < schema::kEventArms; ++arm) {
    const std::filesystem::path path = std::filesystem::path(kEventFolder) / golden_name(arm);
    SCOPED_TRACE(path.string());
    const auto hex = read_file(path.string() + ".hex");
    const auto json = read_file(path.string() + ".json");
    if (!hex || !json) {
      ADD_FAILURE() << "A new event has no golden bytes yet: build the target golden_files and "
                       "commit what it writes.";
      continue;
    }
    const auto bytes = from_lines(*hex);
    ASSERT_TRUE(bytes.has_value());
    const auto event = schema::decode<schema::StoredEvent>(*bytes, schema::Trust::own);
    ASSERT_TRUE(event.has_value()) << kAdvice;
    EXPECT_EQ(event->event.index(), arm) << kAdvice;
    EXPECT_EQ(to_lines(encode(*event)), *hex) << kAdvice;
    EXPECT_EQ(json_of(*bytes), *json) << kAdvice;
  }
}

TEST(GoldenEvents, NoGoldenEventHasLostItsArm) {
  std::set<std::string> known;
  for (std::size_t arm = 0; arm < schema::kEventArms; ++arm) known.insert(golden_name(arm));
  for (const auto& entry : std::filesystem::directory_iterator(kEventFolder)) {
    EXPECT_TRUE(known.contains(entry.path().stem().string())) << entry.path() << kAdvice;
  }
}

TEST(GoldenEvents, ArmsOfEventHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (std::size_t arm = 0; arm < schema::kEventArms; ++arm)
    EXPECT_TRUE(names.insert(golden_name(arm)).second);
}

}  // namespace
}  // namespace silkledger::golden
