// The sequencer decides one group commit: which of its appends are stored, and at which positions.
//
// The same for every engine, so that all of them mean the same by "expected version". It holds the
// writer's state — last position and time, Merkle frontier, versions of streams recently written —
// which runs ahead of the disk while a commit is on its way: after a failed commit, discard the
// sequencer.
//
// Threads: one owner, the engine's writer. Ownership: keeps references to what it is given.
// Errors: those of CommittedState, passed through; the plan is then unusable and nothing may be
// written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eventstore/codec/record_codec.h"
#include "eventstore/event_store.h"
#include "eventstore/ledger/merkle_tree.h"

namespace silkledger::eventstore {

// What is on disk, as the sequencer asks for it.
class CommittedState {
 public:
  virtual ~CommittedState() = default;
  virtual StoreResult<Version> version_of(const StreamName& stream) const = 0;
  virtual StoreResult<std::optional<Receipt>> receipt_of(const CommandKey& command) const = 0;
};

// Neighbouring records of one stream within one append: versions and positions rise together.
struct StreamRun {
  std::string_view stream;
  Version first_version = 0;
  Position first_position = 0;
  std::uint32_t records = 0;
};

// Takes what a commit has to write, in position order. Views are valid during the call only.
class CommitSink : public SubtreeSink {
 public:
  virtual void on_record(const RecordRef& record, std::string_view bytes, const Hash& leaf) = 0;
  virtual void on_run(const StreamRun& run) = 0;
  virtual void on_command(const CommandKey& command, const Receipt& receipt) = 0;
};

// Where the log ends.
struct LogEnd {
  Epoch epoch = 1;
  Microseconds recorded_at = 0;  // of the last record
  Frontier frontier;             // its size is the last position
};

class Sequencer {
 public:
  // How many streams' versions are kept beyond one commit; two generations of this size exist.
  static constexpr std::size_t kCachedStreamsMax = 65'536;

  Sequencer(LogEnd end, const Limits& limits, const CommittedState& committed);

  // Decides `appends` in order at time `now`; `outcomes` gets one outcome each. Position, time,
  // versions and command ids of earlier appends of the same call count for later ones. Requires:
  // appends passed exceeded_limit(); earlier plans were committed.
  std::optional<StoreError> plan(const std::vector<const Append*>& appends, Microseconds now,
                                 CommitSink& sink, std::vector<AppendOutcome>& outcomes);

  Position position() const { return end_.frontier.size(); }
  Microseconds recorded_at() const { return end_.recorded_at; }
  Head head() const { return {end_.epoch, position(), end_.frontier.root()}; }

 private:
  // Lets the cache be asked by view without making a string.
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  struct CommandHash {
    std::size_t operator()(const CommandKey& key) const;
  };
  using Versions = std::unordered_map<StreamName, Version, NameHash, std::equal_to<>>;

  std::optional<StoreError> decide(const Append& append, Microseconds now, CommitSink& sink,
                                   AppendOutcome& outcome);
  StoreResult<std::optional<AppendOutcome>> refusal(const Append& append);
  StoreResult<std::optional<AppendOutcome>> known_command(const Append& append);
  std::optional<LimitExceeded> overfull_stream(const Append& append) const;
  // The version including planned records. The pointer is good until the next plan().
  StoreResult<Version*> version(const StreamName& stream);
  Receipt write(const Append& append, CommitSink& sink);
  void age_cache();

  LogEnd end_;
  const Limits& limits_;
  const CommittedState& committed_;
  // Two generations: what was not asked for while the younger one filled up is forgotten.
  Versions young_;
  Versions old_;
  std::unordered_map<CommandKey, Receipt, CommandHash> planned_commands_;
  std::string record_bytes_;
};

}  // namespace silkledger::eventstore
