#include "eventstore/rocksdb/log_check.h"

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>

#include <functional>
#include <utility>

#include "eventstore/rocksdb/check_records.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/head_file.h"
#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/log_opening.h"

namespace silkledger::eventstore {
namespace {

using Phase = CheckState::Phase;

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

std::string number(std::uint64_t value) { return std::to_string(value); }

// Notes findings, as many as are kept.
FindingSink sink_of(CheckState& state, std::uint32_t findings_max) {
  return [&state, findings_max](Position position, std::string what) {
    ++state.findings_count;
    if (state.findings.size() < findings_max) {
      state.findings.push_back({position, std::move(what), state.phase});
    }
  };
}

}  // namespace

std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::kRecords:
      return "records";
    case Phase::kTrees:
      return "trees";
    case Phase::kStreams:
      return "streams";
    case Phase::kCommands:
      return "commands";
    case Phase::kDone:
      return "done";
  }
  return "";
}

// The part of the check that goes through the indexes, behind the records.
class LogCheck::Walk {
 public:
  Walk(const Database& database, std::optional<HeadPromise> promise, CheckLimits limits,
       CheckState& state)
      : database_(database),
        limits_(limits),
        state_(state),
        note_(sink_of(state, limits.findings_max)),
        records_(database, std::move(promise), note_) {
    state_.head = records_.head();
    state_.records_total = 3 * state_.head.position;
  }

  void step() {
    switch (state_.phase) {
      case Phase::kRecords:
        state_.records_done += records_.step(limits_.slice_records_max);
        if (!records_.done()) return;
        records_.finish();
        return next(Phase::kTrees);
      case Phase::kTrees:
        if (walk(database_.meta_family(), [this](auto key, auto) { on_meta(key); })) return;
        compare(trees_, records_.subtrees(), "subtrees are stored", "the records make");
        return next(Phase::kStreams);
      case Phase::kStreams:
        if (walk(database_.streams(), [this](auto key, auto value) { on_stream(key, value); })) {
          return;
        }
        compare(runs_, records_.runs(), "runs are in the index of streams", "the records make");
        compare(names_, streams_, "streams are named in the index", "it has runs for");
        return next(Phase::kCommands);
      case Phase::kCommands:
        if (walk(database_.commands(), [this](auto, auto value) { on_command(value); })) return;
        compare(commands_, records_.commands(), "commands are in the index", "the records name");
        return next(Phase::kDone);
      case Phase::kDone:
        return;
    }
  }

  void note(Position position, std::string what) { note_(position, std::move(what)); }

 private:
  using Visit = std::function<void(std::string_view key, std::string_view value)>;

  void next(Phase phase) {
    state_.phase = phase;
    after_.clear();
    // What a damaged index did not account for is behind us all the same.
    const auto phases_done = static_cast<std::uint64_t>(phase == Phase::kDone       ? 3
                                                        : phase == Phase::kCommands ? 2
                                                                                    : 1);
    state_.records_done = phases_done * state_.head.position;
  }

  // One slice of a family; false at its end.
  bool walk(rocksdb::ColumnFamilyHandle* family, const Visit& visit) {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> entries(database_.db().NewIterator(options, family));
    entries->Seek(slice(after_));
    if (entries->Valid() && !after_.empty() && view(entries->key()) == after_) entries->Next();
    std::uint32_t seen = 0;
    for (; entries->Valid() && seen < limits_.slice_records_max; entries->Next(), ++seen) {
      visit(view(entries->key()), view(entries->value()));
      after_ = view(entries->key());
    }
    if (!entries->status().ok()) {
      note_(0, "the index could not be read: " + entries->status().ToString());
      return false;
    }
    return entries->Valid();
  }

  void on_meta(std::string_view key) {
    for (const std::string& prefix : {std::string("tree/"), keys::followed(kSm3Algorithm) + '/'}) {
      if (!key.starts_with(prefix)) continue;
      const auto end = keys::read_subtree_end(prefix, key);
      if (!end) return note_(0, "an entry of the trees breaks its grammar");
      const Position known = prefix == "tree/" ? state_.head.position : records_.sm3_position();
      if (*end <= known) ++trees_;
    }
  }

  // Names come first, then the runs of each stream in order of version.
  void on_stream(std::string_view key, std::string_view value) {
    if (key.starts_with('n')) {
      const auto first = keys::read_name_value(value);
      if (!first)
        return note_(
            0, "the name of stream \"" + std::string(key.substr(1)) + "\" breaks its grammar");
      if (*first <= state_.head.position) ++names_;
      return;
    }
    const auto run = keys::read_any_run(key, value);
    if (!run) return note_(0, "an entry of the index of streams breaks its grammar");
    if (run->second.first_position > state_.head.position) return;
    const auto& [stream, at] = *run;
    ++runs_;
    state_.records_done += at.records;
    if (stream != stream_) begin_stream(std::string(stream), at);
    if (at.first_version != next_version_) {
      note_(at.first_position, "the index of stream \"" + stream_ + "\" goes on with version " +
                                   number(at.first_version) + " behind version " +
                                   number(next_version_ - 1));
    }
    next_version_ = at.first_version + at.records;
  }

  void begin_stream(std::string stream, const keys::Run& run) {
    stream_ = std::move(stream);
    next_version_ = 1;
    ++streams_;
    auto name = database_.get(database_.streams(), keys::name(stream_));
    const auto* found = std::get_if<std::optional<std::string>>(&name);
    if (found == nullptr || !*found || keys::read_name_value(**found) != run.first_position) {
      note_(run.first_position, "the name of stream \"" + stream_ +
                                    "\" does not say that it begins at position " +
                                    number(run.first_position));
    }
  }

  void on_command(std::string_view value) {
    const auto command = keys::read_command_value(value);
    if (!command) return note_(0, "an entry of the index of commands breaks its grammar");
    if (command->first > state_.head.position) return;
    ++commands_;
    state_.records_done += command->records;
  }

  // Each thing the records name was found in the index, so equal numbers mean equal sets.
  void compare(std::uint64_t found, std::uint64_t expected, std::string_view what,
               std::string_view against) {
    if (found == expected || records_.unreadable() > 0) return;
    note_(0, number(found) + ' ' + std::string(what) + ", and " + std::string(against) + ' ' +
                 number(expected));
  }

  const Database& database_;
  const CheckLimits limits_;
  CheckState& state_;
  FindingSink note_;
  RecordCheck records_;

  std::string after_;  // the last key seen of the family under way
  std::uint64_t trees_ = 0;
  std::uint64_t names_ = 0;
  std::uint64_t streams_ = 0;
  std::uint64_t runs_ = 0;
  std::uint64_t commands_ = 0;
  std::string stream_;
  Version next_version_ = 1;
};

LogCheck::LogCheck(const Database& database, std::optional<HeadPromise> promise, CheckLimits limits)
    : walk_(std::make_unique<Walk>(database, std::move(promise), limits, state_)) {}

LogCheck::~LogCheck() = default;

bool LogCheck::step() {
  if (state_.phase == Phase::kDone) return false;
  walk_->step();
  return state_.phase != Phase::kDone;
}

void LogCheck::note(Position position, std::string what) { walk_->note(position, std::move(what)); }

struct OfflineLog::Parts {
  std::unique_ptr<Database> database;
  StoreResult<HeadFile::Reading> head_file;
};

StoreResult<std::unique_ptr<OfflineLog>> OfflineLog::open(const std::string& folder) {
  auto opened = Database::open_to_check(folder, {});
  if (auto* error = std::get_if<StoreError>(&opened)) return std::move(*error);
  auto database = std::get<std::unique_ptr<Database>>(std::move(opened));
  auto head_file = HeadFile::read(*database->db().GetEnv(), folder);
  return std::unique_ptr<OfflineLog>(
      new OfflineLog(std::make_unique<Parts>(Parts{std::move(database), std::move(head_file)})));
}

OfflineLog::OfflineLog(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

OfflineLog::~OfflineLog() = default;

std::unique_ptr<LogCheck> OfflineLog::check(CheckLimits limits) const {
  std::optional<HeadPromise> promise;
  const auto* reading = std::get_if<HeadFile::Reading>(&parts_->head_file);
  if (reading != nullptr) promise = reading->promise;
  auto check = std::make_unique<LogCheck>(*parts_->database, std::move(promise), limits);
  if (reading == nullptr) check->note(0, std::get<StoreError>(parts_->head_file).detail);
  if (reading != nullptr && !reading->damage.empty()) {
    check->note(0, "the head file is damaged: " + reading->damage);
  }
  return check;
}

}  // namespace silkledger::eventstore
