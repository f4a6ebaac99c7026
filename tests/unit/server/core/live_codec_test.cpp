// JSON and binary frames say the same to the same person.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <random>

#include "domain/schema/event.json.h"
#include "domain/schema/json/json.h"
#include "domain/schema/protocol.json.h"
#include "domain/schema/protocol.wire.h"
#include "server/core/live/live_codec.h"
#include "server/core/row_json.h"
#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

namespace bj = boost::json;
using testing::CoreHarness;

std::string message_of(const schema::LiveMessage& message) {
  std::string bytes;
  binary::append_message(bytes, [&](capnp::MessageBuilder& builder) {
    schema::write(message, builder.initRoot<wire::LiveMessage>());
  });
  return bytes;
}

schema::LiveFrame frame_of(const std::string& bytes) {
  schema::LiveFrame frame;
  const auto wrong = binary::open_message(bytes, {}, [&](capnp::MessageReader& reader) {
    frame = schema::read(reader.getRoot<wire::LiveFrame>());
  });
  EXPECT_FALSE(wrong) << wrong->en;
  return frame;
}

// What the JSON frame would be, made from the binary one as docs/API.md describes the difference.
bj::object as_json(const schema::LiveFrame& frame) {
  json::PlainText plain;
  const json::EncodeOptions clear{&plain};
  auto object = bj::parse(json::to_json(frame, clear)).as_object();
  if (const auto* answer = std::get_if<schema::LiveAnswer>(&frame)) {
    object.erase("receipt");
    object.erase("problem");
    object["body"] = bj::parse(answer->receipt ? json::to_json(*answer->receipt)
                                               : json::to_json(*answer->problem));
  }
  if (const auto* event = std::get_if<schema::LiveEvent>(&frame)) {
    const auto stored = schema::decode<schema::StoredEvent>(event->stored, schema::Trust::outside);
    object["stored"] = bj::parse(json::to_json(*stored, clear));
  }
  if (const auto* rows = std::get_if<schema::LiveRows>(&frame)) {
    bj::array list;
    for (const auto& row : rows->rows) {
      std::string text;
      append_row_json(text, rows->view, row, clear);
      list.push_back(bj::parse(text));
    }
    object["rows"] = std::move(list);
    if (rows->snapshot) {
      object.erase("gone");
    } else {
      object.erase("first");
      object.erase("complete");
    }
  }
  if (const auto* job = std::get_if<schema::LiveJob>(&frame)) object["body"] = bj::parse(job->body);
  return object;
}

bj::object without_sentences(const std::string& text) {
  auto object = bj::parse(text).as_object();
  if (object.at("type").as_string() == "event") {
    object.erase("zh");
    object.erase("en");
  }
  return object;
}

class BothEncodings : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
    harness.grant("auditor", "office", "auditor");
  }

  struct Pair {
    CoreHarness::Live text;
    CoreHarness::Live binary;
    void say(const schema::LiveMessage& message) {
      json::PlainText plain;
      text.say(json::to_json(message, {&plain}));
      binary.say(message_of(message));
    }
  };
  Pair open(const std::string& person) {
    return {harness.open_live(person), harness.open_live(person, 1 << 20, kBinarySubprotocol)};
  }
  void expect_same(const Pair& pair) {
    harness.run();
    ASSERT_EQ(pair.text.outlet->frames.size(), pair.binary.outlet->frames.size());
    for (std::size_t i = 0; i < pair.text.outlet->frames.size(); ++i) {
      EXPECT_EQ(without_sentences(pair.text.outlet->frames[i]),
                as_json(frame_of(pair.binary.outlet->frames[i])));
    }
  }
  static schema::CommandRequest report(const std::string& id) {
    schema::LeadReported lead;
    lead.lead_id = id;
    lead.investor_name = "测试企业" + id;
    lead.origin = schema::InvestorOrigin::foreign;
    lead.reporting_unit = "653101";
    lead.content = "示例";
    lead.contact_name.emplace().ciphertext = "测试·联系人";
    schema::CommandRequest request;
    request.command = lead;
    return request;
  }

  CoreHarness harness;
};

TEST_F(BothEncodings, EventsWithPersonsMaskedOrInClearAndBoards) {
  for (const std::string person : {"auditor", "clerk", "admin"}) {
    auto pair = open(person);
    pair.say(schema::LiveSubscribeEvents{1, {}, {}});
    for (const std::string view : {"lead", "person", "unit"})
      pair.say(schema::LiveSubscribeRows{view, view, {}});
    harness.run();
    auto clerk = harness.open_live("clerk", 1 << 20, kBinarySubprotocol);
    clerk.say(message_of(schema::LiveCommand{person, report("L-" + person)}));
    harness.run();
    const auto answer = std::get<schema::LiveAnswer>(frame_of(clerk.outlet->frames.back()));
    ASSERT_TRUE(answer.receipt) << answer.problem->detail;
    expect_same(pair);
    EXPECT_GT(pair.text.outlet->frames.size(), 5u);
  }
}

TEST_F(BothEncodings, AnswersRefusalsAndProblems) {
  auto pair = open("clerk");
  pair.say(schema::LiveSubscribeEvents{999'999, {}, {}});
  pair.say(schema::LiveSubscribeRows{"b1", "weather", {}});
  pair.say(schema::LiveSubscribeJobs{});
  pair.say(schema::LiveUnsubscribe{"b1"});
  auto refused = report("L1");
  std::get<schema::LeadReported>(refused.command).reporting_unit = "653121";
  pair.say(schema::LiveCommand{"c1", refused});
  auto faulty = report("no id");
  pair.say(schema::LiveCommand{"c2", faulty});
  expect_same(pair);
  EXPECT_EQ(pair.text.outlet->frames.size(), 6u);
}

TEST_F(BothEncodings, AReceiptIsTheSameForARepeatedCommand) {
  auto pair = open("clerk");
  json::PlainText plain;
  pair.text.say(
      json::to_json(schema::LiveMessage(schema::LiveCommand{"c1", report("L1")}), {&plain}));
  harness.run();
  pair.binary.say(message_of(schema::LiveCommand{"c1", report("L1")}));
  harness.run();
  const auto answer = std::get<schema::LiveAnswer>(frame_of(pair.binary.outlet->frames.back()));
  ASSERT_TRUE(answer.receipt);
  EXPECT_TRUE(answer.receipt->repeated) << "both encodings give one fingerprint";
}

TEST_F(BothEncodings, ProgressOfJobs) {
  auto pair = open("admin");
  pair.say(schema::LiveSubscribeJobs{});
  HttpRequest start;
  start.method = "POST";
  start.path = "/api/v1/jobs/rebuild/start";
  harness.send("admin", start);
  harness.world.advance(std::chrono::seconds(2));
  expect_same(pair);
  EXPECT_GT(pair.text.outlet->frames.size(), 1u);
}

TEST_F(BothEncodings, GarbageIsAnsweredWithItsFaultAndTheConnectionLives) {
  auto live = harness.open_live("clerk", 1 << 20, kBinarySubprotocol);
  std::mt19937_64 random(11);  // NOLINT: the seed is part of the test
  const auto good = message_of(schema::LiveCommand{"c1", report("L1")});
  for (int i = 0; i < 2000; ++i) {
    std::string bad = good.substr(0, i % 3 == 0 ? random() % good.size() : good.size());
    for (int n = 0; n < 1 + i % 8 && !bad.empty(); ++n)
      bad[random() % bad.size()] = static_cast<char>(random());
    read_binary_message(bad, &harness.core->sealer());
  }
  live.say("\x01garbage");
  harness.run();
  const auto problem = std::get<schema::LiveProblem>(frame_of(live.outlet->frames.back()));
  EXPECT_EQ(problem.status, 400);
  ASSERT_TRUE(problem.body.errors);
  EXPECT_EQ(problem.body.errors->front().code, "bad_message");
  live.say(message_of(schema::LiveSubscribeEvents{1, {}, {}}));
  harness.run();
  EXPECT_GT(live.outlet->frames.size(), 2u);
}

}  // namespace
}  // namespace silkledger::server
