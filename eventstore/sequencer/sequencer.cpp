#include "eventstore/sequencer/sequencer.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace silkledger::eventstore {

std::size_t Sequencer::CommandHash::operator()(const CommandKey& key) const {
  const std::hash<std::string_view> hash;
  return hash(key.principal) * 31 + hash(key.id);
}

Sequencer::Sequencer(LogEnd end, const Limits& limits, const CommittedState& committed)
    : end_(std::move(end)), limits_(limits), committed_(committed) {}

std::optional<StoreError> Sequencer::plan(const std::vector<const Append*>& appends,
                                          Microseconds now, CommitSink& sink,
                                          std::vector<AppendOutcome>& outcomes) {
  age_cache();
  planned_commands_.clear();
  outcomes.clear();
  outcomes.reserve(appends.size());
  for (const Append* append : appends) {
    if (auto error = decide(*append, now, sink, outcomes.emplace_back())) return error;
  }
  return std::nullopt;
}

std::optional<StoreError> Sequencer::decide(const Append& append, Microseconds now,
                                            CommitSink& sink, AppendOutcome& outcome) {
  auto refused = refusal(append);
  if (auto* error = std::get_if<StoreError>(&refused)) return std::move(*error);
  if (auto& why = std::get<std::optional<AppendOutcome>>(refused)) {
    outcome = *std::move(why);
    return std::nullopt;
  }
  // The clock may jump back; what was recorded may not.
  end_.recorded_at = std::max(end_.recorded_at, now);
  const Receipt receipt = write(append, sink);
  planned_commands_.emplace(append.command, receipt);
  sink.on_command(append.command, receipt);
  outcome = Stored{receipt};
  return std::nullopt;
}

StoreResult<std::optional<AppendOutcome>> Sequencer::refusal(const Append& append) {
  // First of all: a repetition carries the expectations of its first time, which no longer hold.
  auto known = known_command(append);
  if (std::holds_alternative<StoreError>(known)) return known;
  if (std::get<std::optional<AppendOutcome>>(known)) return known;
  for (const auto* expectations : {&append.expected, &append.conditions}) {
    for (const Expectation& expectation : *expectations) {
      auto found = version(expectation.stream);
      if (auto* error = std::get_if<StoreError>(&found)) return std::move(*error);
      const Version actual = *std::get<Version*>(found);
      if (actual != expectation.version) {
        return AppendOutcome(Conflict{expectation.stream, expectation.version, actual});
      }
    }
  }
  if (auto exceeded = overfull_stream(append)) return AppendOutcome(*std::move(exceeded));
  return std::nullopt;
}

StoreResult<std::optional<AppendOutcome>> Sequencer::known_command(const Append& append) {
  std::optional<Receipt> receipt;
  if (const auto planned = planned_commands_.find(append.command);
      planned != planned_commands_.end()) {
    receipt = planned->second;
  } else {
    auto committed = committed_.receipt_of(append.command);
    if (auto* error = std::get_if<StoreError>(&committed)) return std::move(*error);
    receipt = std::get<std::optional<Receipt>>(committed);
  }
  if (!receipt) return std::nullopt;
  if (receipt->fingerprint == append.fingerprint) return AppendOutcome(Duplicate{*receipt});
  return AppendOutcome(CommandIdReused{*receipt});
}

// Requires: the expectations hold, so `version` is where the stream stands.
std::optional<LimitExceeded> Sequencer::overfull_stream(const Append& append) const {
  for (const Expectation& expected : append.expected) {
    // Most appends are far from the limit; only then is it worth counting.
    if (expected.version + append.records.size() <= limits_.stream_records_max) continue;
    const auto added = static_cast<std::uint64_t>(
        std::count_if(append.records.begin(), append.records.end(),
                      [&expected](const NewRecord& r) { return r.stream == expected.stream; }));
    const std::uint64_t after = expected.version + added;
    if (after > limits_.stream_records_max) {
      return LimitExceeded{"stream_records_max", after, limits_.stream_records_max};
    }
  }
  return std::nullopt;
}

StoreResult<Version*> Sequencer::version(const StreamName& stream) {
  if (const auto cached = young_.find(stream); cached != young_.end()) return &cached->second;
  if (auto cached = old_.extract(stream)) {
    return &young_.insert(std::move(cached)).position->second;
  }
  auto committed = committed_.version_of(stream);
  if (auto* error = std::get_if<StoreError>(&committed)) return std::move(*error);
  return &young_.emplace(stream, std::get<Version>(committed)).first->second;
}

Receipt Sequencer::write(const Append& append, CommitSink& sink) {
  const Position first = position() + 1;
  RecordRef record;
  record.epoch = end_.epoch;
  record.recorded_at = end_.recorded_at;
  record.principal = append.command.principal;
  record.command_id = append.command.id;
  StreamRun run;
  Version* at = nullptr;
  for (const NewRecord& added : append.records) {
    if (run.stream != added.stream) {
      if (run.records > 0) sink.on_run(run);
      // The expectations were checked, so the version is cached.
      const auto cached = young_.find(added.stream);
      assert(cached != young_.end());
      at = &cached->second;
      run = {added.stream, *at + 1, position() + 1, 0};
    }
    record.position = position() + 1;
    record.version = ++*at;
    record.stream = added.stream;
    record.payload = added.payload;
    record_bytes_.clear();
    encode_record(record, record_bytes_);
    const Hash leaf = leaf_hash(record_bytes_);
    sink.on_record(record, record_bytes_, leaf);
    end_.frontier.append(leaf, &sink);
    ++run.records;
    ++record.command_index;
  }
  sink.on_run(run);
  return {end_.epoch, first, position(), end_.recorded_at, append.fingerprint};
}

// Only between commits: within one, a version that is not on disk yet must not be forgotten.
void Sequencer::age_cache() {
  if (young_.size() < kCachedStreamsMax) return;
  old_ = std::exchange(young_, {});
}

}  // namespace silkledger::eventstore
