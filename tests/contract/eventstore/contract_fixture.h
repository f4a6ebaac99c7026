// The vocabulary of the contract suite: short appends, answers, readings.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/event_store.h"
#include "tests/contract/eventstore/engine.h"

namespace silkledger::testing {

// Payload of whole words that tells where it came from.
inline std::string payload(const std::string& text) {
  std::string bytes = text;
  bytes.resize((text.size() + 7) / 8 * 8, '.');
  return bytes;
}

inline eventstore::Hash fingerprint(std::uint8_t body) {
  eventstore::Hash hash{};
  hash.fill(body);
  return hash;
}

// One record on one stream whose version is `expected` before.
inline eventstore::Append one(const std::string& id, const std::string& stream,
                              eventstore::Version expected) {
  eventstore::Append append;
  append.command = {"principal-1", id};
  append.fingerprint = fingerprint(1);
  append.records = {{stream, payload(id)}};
  append.expected = {{stream, expected}};
  return append;
}

// `records` records on one stream.
inline eventstore::Append several(const std::string& id, const std::string& stream,
                                  eventstore::Version expected, std::size_t records) {
  eventstore::Append append = one(id, stream, expected);
  append.records.clear();
  for (std::size_t i = 0; i < records; ++i) {
    append.records.push_back({stream, payload(id + "#" + std::to_string(i))});
  }
  return append;
}

template <class T>
T value_of(eventstore::StoreResult<T> result) {
  if (const auto* error = std::get_if<eventstore::StoreError>(&result)) {
    ADD_FAILURE() << error->detail;
    return T{};
  }
  return std::get<T>(std::move(result));
}

class EventStoreContract : public ::testing::TestWithParam<EngineKind> {
 protected:
  // An append on its way; the answer comes later, once.
  struct Pending {
    int answers = 0;
    std::optional<eventstore::AppendOutcome> outcome;
  };

  eventstore::EventStore& store() { return engine_->store(); }
  eventstore::Epoch epoch() { return store().epoch(); }

  std::shared_ptr<Pending> send(eventstore::Append append) {
    return send_in(epoch(), std::move(append));
  }
  std::shared_ptr<Pending> send_in(eventstore::Epoch epoch, eventstore::Append append) {
    auto pending = std::make_shared<Pending>();
    store().append(epoch, std::move(append), [pending](eventstore::AppendOutcome outcome) {
      ++pending->answers;
      pending->outcome = std::move(outcome);
    });
    return pending;
  }
  eventstore::AppendOutcome answer(const std::shared_ptr<Pending>& pending) {
    engine_->run_until([&pending] { return pending->outcome.has_value(); });
    return pending->outcome.value_or(eventstore::Unknown{"never answered"});
  }
  eventstore::AppendOutcome append(eventstore::Append append) {
    return answer(send(std::move(append)));
  }
  eventstore::Receipt stored(eventstore::Append append) {
    return receipt_of<eventstore::Stored>(this->append(std::move(append)));
  }

  template <class Outcome>
  static eventstore::Receipt receipt_of(const eventstore::AppendOutcome& outcome) {
    const auto* found = std::get_if<Outcome>(&outcome);
    EXPECT_NE(found, nullptr) << "another outcome, number " << outcome.index();
    return found == nullptr ? eventstore::Receipt{} : found->receipt;
  }
  template <class Outcome>
  static Outcome expect(const eventstore::AppendOutcome& outcome) {
    const auto* found = std::get_if<Outcome>(&outcome);
    EXPECT_NE(found, nullptr) << "another outcome, number " << outcome.index();
    return found == nullptr ? Outcome{} : *found;
  }

  eventstore::ReadBatch read(eventstore::Position from, eventstore::ReadLimit limit = {},
                             const eventstore::ReadFilter& filter = {}) {
    return value_of(store().read(from, limit, filter));
  }
  eventstore::ReadBatch read_stream(const std::string& stream, eventstore::Version from = 1,
                                    eventstore::ReadLimit limit = {}) {
    return value_of(store().read_stream(stream, from, limit));
  }
  eventstore::Version version(const std::string& stream) {
    return value_of(store().stream_version(stream));
  }
  std::vector<std::string> payloads(const eventstore::ReadBatch& batch) {
    std::vector<std::string> found;
    for (const auto& record : batch.records) found.emplace_back(record.payload);
    return found;
  }

  std::unique_ptr<Engine> engine_ = GetParam().make();
};

}  // namespace silkledger::testing
