// Seeded random histories against a model made of plain maps.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "eventstore/ledger/merkle_tree.h"
#include "tests/contract/eventstore/contract_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

struct ModelRecord {
  StreamName stream;
  Version version;
  std::string payload;
  CommandKey command;
};

// What the port says, in the fewest words.
class Model {
 public:
  // The index of the outcome's alternative.
  std::size_t apply(const Append& append) {
    if (const auto known = commands_.find(append.command); known != commands_.end()) {
      return known->second == append.fingerprint ? AppendOutcome(Duplicate{}).index()
                                                 : AppendOutcome(CommandIdReused{}).index();
    }
    for (const auto* expectations : {&append.expected, &append.conditions}) {
      for (const Expectation& each : *expectations) {
        if (versions_[each.stream] != each.version) return AppendOutcome(Conflict{}).index();
      }
    }
    for (const NewRecord& record : append.records) {
      records_.push_back(
          {record.stream, ++versions_[record.stream], record.payload, append.command});
    }
    commands_[append.command] = append.fingerprint;
    return AppendOutcome(Stored{}).index();
  }
  Version version(const StreamName& stream) const {
    const auto found = versions_.find(stream);
    return found == versions_.end() ? 0 : found->second;
  }
  const std::vector<ModelRecord>& records() const { return records_; }

 private:
  std::vector<ModelRecord> records_;
  std::map<StreamName, Version> versions_;
  std::map<CommandKey, Hash> commands_;
};

class ModelContract : public EventStoreContract {
 protected:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  std::string stream() { return "s/" + std::to_string(below(12)); }
  // Mostly right, sometimes not.
  Version guess(const StreamName& stream) {
    return model_.version(stream) + (below(12) == 0 ? 1 : 0);
  }

  Append random_append() {
    Append append;
    // Few ids, so that repetitions and reuse happen.
    append.command = {"p" + std::to_string(below(2)), "c" + std::to_string(below(700))};
    append.fingerprint = fingerprint(static_cast<std::uint8_t>(below(2)));
    const std::size_t records = 1 + below(6);
    for (std::size_t i = 0; i < records; ++i) {
      const StreamName name = below(2) == 0 && i > 0 ? append.records.back().stream : stream();
      append.records.push_back({name, std::string(8 * below(40), static_cast<char>(below(256)))});
      const auto same = [&name](const Expectation& e) { return e.stream == name; };
      if (std::none_of(append.expected.begin(), append.expected.end(), same)) {
        append.expected.push_back({name, guess(name)});
      }
    }
    if (below(3) == 0) {
      const StreamName name = stream();
      append.conditions.push_back({name, guess(name)});
    }
    return append;
  }

  void run(int appends) {
    std::vector<std::pair<std::shared_ptr<Pending>, std::size_t>> pending;
    const auto settle = [this, &pending] {
      for (const auto& [sent, expected] : pending) ASSERT_EQ(answer(sent).index(), expected);
      pending.clear();
    };
    for (int i = 0; i < appends; ++i) {
      const Append append = random_append();
      const std::size_t expected = model_.apply(append);
      pending.emplace_back(send(append), expected);
      if (below(20) == 0) settle();
      if (below(200) == 0) {
        settle();
        if (below(2) == 0) {
          engine_->reopen();
        } else {
          engine_->crash_and_reopen();
        }
      }
      if (HasFatalFailure()) return;
    }
    settle();
  }

  void expect_same_log() {
    const auto& records = model_.records();
    ASSERT_EQ(store().head().position, records.size());
    Frontier frontier;
    Position next = 1;
    while (next <= records.size()) {
      const ReadBatch batch =
          read(next, {static_cast<std::uint32_t>(1 + below(200)),
                      static_cast<std::uint32_t>(1 + below(20'000)), UINT32_MAX});
      ASSERT_FALSE(batch.records.empty());
      for (const RecordView& record : batch.records) {
        const ModelRecord& expected = records[record.header.position - 1];
        ASSERT_EQ(record.header.position, next++);
        ASSERT_EQ(record.header.stream, expected.stream);
        ASSERT_EQ(record.header.version, expected.version);
        ASSERT_EQ(record.header.command, expected.command);
        ASSERT_EQ(record.payload, expected.payload);
      }
      ASSERT_EQ(batch.next, next);
    }
    for (Position at = 1; at <= records.size(); ++at) frontier.append(value_of(store().leaf(at)));
    ASSERT_EQ(frontier.root(), store().head().root);
  }

  void expect_same_streams() {
    for (const StreamName& name : value_of(store().list_streams("", "", 1000))) {
      ASSERT_EQ(version(name), model_.version(name));
      std::vector<std::string> expected;
      for (const ModelRecord& record : model_.records()) {
        if (record.stream == name) expected.push_back(record.payload);
      }
      std::vector<std::string> found;
      for (Version next = 1; next <= expected.size();) {
        const ReadBatch batch = read_stream(
            name, next, {static_cast<std::uint32_t>(1 + below(64)), 1U << 20U, UINT32_MAX});
        ASSERT_FALSE(batch.records.empty());
        for (const auto& text : payloads(batch)) found.push_back(text);
        next = batch.next;
      }
      ASSERT_EQ(found, expected) << name;
    }
  }

  std::mt19937_64 random_;
  Model model_;
};
INSTANTIATE_TEST_SUITE_P(Engines, ModelContract, all_engines(), engine_name);

TEST_P(ModelContract, RandomHistoriesGiveTheModelsLog) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    random_.seed(seed);
    model_ = {};
    engine_ = GetParam().make();
    run(1500);
    if (HasFatalFailure()) return;
    expect_same_log();
    expect_same_streams();
  }
}

}  // namespace
}  // namespace silkledger::testing
