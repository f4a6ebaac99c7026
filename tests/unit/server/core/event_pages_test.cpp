// Pages of old events: whoever catches up is told from them what the log tells, and no more.
#include "server/core/live/event_pages.h"

#include <gtest/gtest.h>

#include "domain/schema/binary/message_frame.h"
#include "domain/schema/protocol.wire.h"
#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using testing::CoreHarness;
using Frames = std::vector<std::string>;

constexpr std::uint64_t kEnough = 64 * 1024 * 1024;

// The ring holds one frame, so that all the others are read as old ones.
CoreLimits limits(std::uint64_t pages_bytes_max) {
  CoreLimits limits;
  limits.ring_bytes_max = 1;
  limits.replay_pages_bytes_max = pages_bytes_max;
  return limits;
}

std::string message_of(const schema::LiveMessage& message) {
  std::string bytes;
  binary::append_message(bytes, [&](capnp::MessageBuilder& builder) {
    schema::write(message, builder.initRoot<wire::LiveMessage>());
  });
  return bytes;
}

// Leads of two counties and persons, more than two pages of them.
class Ledger {
 public:
  explicit Ledger(std::uint64_t pages_bytes_max) : harness_(1, limits(pages_bytes_max)) {
    harness_.set_up();
    harness_.grant("clerk", "653101", "county-clerk");
    harness_.grant("neighbour", "653121", "county-clerk");
    harness_.grant("auditor", "office", "auditor");
    for (int i = 0; i < 240; ++i) {
      const bool ours = i % 3 != 0;
      const auto answer = harness_.command(
          ours ? "clerk" : "neighbour", "report-lead",
          R"({"leadId":"L)" + std::to_string(i) +
              R"(","investorName":"测试企业","origin":"foreign","reportingUnit":")" +
              (ours ? "653101" : "653121") +
              R"(","content":"示例","contactName":"测试甲","contactPhone":"000"})");
      if (answer.status != 200) throw std::runtime_error(answer.body);
    }
  }

  // What this person is told from that position to the end.
  Frames told(const std::string& person, Encoding encoding, const std::string& json_filter,
              schema::LiveSubscribeEvents filter) {
    const bool binary = encoding == Encoding::binary;
    auto live = harness_.open_live(person, kEnough, binary ? kBinarySubprotocol : kJsonSubprotocol);
    live.say(binary ? message_of(filter)
                    : R"({"type":"subscribeEvents","from":")" + std::to_string(filter.from) + '"' +
                          json_filter + "}");
    harness_.world.advance(std::chrono::seconds(5));
    Frames frames = live.outlet->frames;
    live.connection->on_closed();
    return frames;
  }

  void rename_a_county() {
    const auto answer = harness_.command(
        "admin", "rename-unit",
        R"({"unitId":"653101","name":"测试新名","nameEn":"Test","from":"2026-01-01"})");
    if (answer.status != 200) throw std::runtime_error(answer.body);
  }

  std::uint64_t head() const { return harness_.log->head().position; }

 private:
  CoreHarness harness_;
};

struct Question {
  std::string json_filter;
  schema::LiveSubscribeEvents filter;
};

std::vector<Question> questions() {
  using Names = std::vector<std::string>;
  return {{"", {1, {}, {}, {}}},
          {"", {200, {}, {}, {}}},
          {R"(,"units":["653101"])", {1, {}, Names{"653101"}, {}}},
          {R"(,"subjects":["lead/L3","lead/L170"])", {1, Names{"lead/L3", "lead/L170"}, {}, {}}}};
}

void expect_the_same(Ledger& paged, Ledger& plain) {
  for (const auto* person : {"auditor", "clerk", "neighbour", "admin", "clerk"}) {
    for (const auto encoding : {Encoding::json, Encoding::binary}) {
      for (const auto& question : questions()) {
        const auto read = plain.told(person, encoding, question.json_filter, question.filter);
        ASSERT_GE(read.size(), 2u) << person;
        EXPECT_EQ(paged.told(person, encoding, question.json_filter, question.filter), read)
            << person << question.json_filter;
      }
    }
  }
}

TEST(EventPagesTest, EveryReaderIsToldFromSharedPagesWhatTheLogTells) {
  Ledger paged(kEnough);
  Ledger plain(0);
  ASSERT_GT(paged.head(), 2 * kPagePositions);
  expect_the_same(paged, plain);
}

TEST(EventPagesTest, AfterAUnitWasRenamedOldEventsAreToldWithItsNewName) {
  Ledger paged(kEnough);
  Ledger plain(0);
  const auto before = paged.told("auditor", Encoding::json, "", {1, {}, {}, {}});
  ASSERT_EQ(before, plain.told("auditor", Encoding::json, "", {1, {}, {}, {}}));
  paged.rename_a_county();
  plain.rename_a_county();
  const auto after = paged.told("auditor", Encoding::json, "", {1, {}, {}, {}});
  const auto of_pages = [](const Frames& told) {
    return Frames(told.begin() + 1, told.begin() + 1 + 2 * kPagePositions);
  };
  EXPECT_NE(of_pages(before), of_pages(after));
  EXPECT_EQ(after, plain.told("auditor", Encoding::json, "", {1, {}, {}, {}}));
}

TEST(EventPagesTest, TheBytesOfPagesAreBoundedAndTheLastUsedStay) {
  const eventstore::RecordHeader header{1, 1, "lead/L1", 1, 0, {"p", "c"}, 0};
  const std::string stored = schema::encode(schema::StoredEvent());
  const std::string subject;
  const std::vector<std::string> units;
  const domain::Reference reference;
  PersonalSealer sealer{PersonalKey{}};
  auto page = std::make_shared<EventPage>(1);
  page->add({header, stored, subject, units}, Encoding::binary, {reference, sealer});
  EventPages pages(2 * page->bytes());
  const auto key = [](std::uint64_t first) {
    return EventPages::Key{first, Encoding::binary, false};
  };

  pages.keep(key(1), 0, page);
  pages.keep(key(129), 0, page);
  ASSERT_NE(pages.find(key(1), 0), nullptr);
  pages.keep(key(257), 0, page);

  EXPECT_LE(pages.bytes(), 2 * page->bytes());
  EXPECT_NE(pages.find(key(1), 0), nullptr);
  EXPECT_EQ(pages.find(key(129), 0), nullptr) << "not used for longest";
  EXPECT_NE(pages.find(key(257), 0), nullptr);

  pages.forget_all();
  EXPECT_EQ(pages.find(key(1), 0), nullptr);
  EXPECT_EQ(pages.bytes(), 0u);
}

}  // namespace
}  // namespace silkledger::server
