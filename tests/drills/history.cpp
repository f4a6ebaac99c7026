#include "tests/drills/history.h"

#include <gtest/gtest.h>

namespace silkledger::testing {

std::vector<std::string> History::Facts::unanswered() const {
  std::vector<std::string> ids;
  for (const auto& id : sent) {
    if (!stored.contains(id)) ids.push_back(id);
  }
  return ids;
}

void History::sent(const std::string& id) {
  const std::lock_guard lock(mutex_);
  facts_.sent.push_back(id);
}

void History::stored(const std::string& id, std::uint64_t position) {
  const std::lock_guard lock(mutex_);
  facts_.stored[id] = position;
  facts_.refused.erase(id);
}

void History::refused(const std::string& id) {
  const std::lock_guard lock(mutex_);
  facts_.refused.insert(id);
}

void History::forget() {
  const std::lock_guard lock(mutex_);
  facts_ = {};
}

History::Facts History::facts() const {
  const std::lock_guard lock(mutex_);
  return facts_;
}

SeenLog read_log(ApiClient& auditor) {
  SeenLog log;
  const auto head = auditor.stand().head;
  for (const auto& event : auditor.events()) {
    EXPECT_EQ(number_of(event, "position"), ++log.last) << "a gap, or twice";
    if (number_of(event, "commandIndex") != 0) continue;
    const auto id = text_of(event, "commandId");
    const bool first = log.position_of.emplace(id, log.last).second;
    if (text_of(event, "stream").starts_with("lead/")) {
      EXPECT_TRUE(first) << id << " has two effects";
      log.lead_of[id] = text_of(event, "stream") + boost::json::serialize(event.at("stored"));
    }
  }
  EXPECT_EQ(log.last, head);
  return log;
}

void expect_kept(const History::Facts& facts, const SeenLog& log) {
  for (const auto& [id, position] : facts.stored) {
    const auto found = log.position_of.find(id);
    ASSERT_NE(found, log.position_of.end()) << id << " was acknowledged and is lost";
    EXPECT_EQ(found->second, position) << id;
    const auto& lead = log.lead_of.at(id);
    EXPECT_TRUE(lead.starts_with("lead/" + id + "{")) << lead;
    EXPECT_NE(lead.find("示例 " + id + "\""), std::string::npos) << lead;
  }
  for (const auto& id : facts.refused) {
    EXPECT_FALSE(log.position_of.contains(id)) << id << " was refused and had an effect";
  }
}

}  // namespace silkledger::testing
