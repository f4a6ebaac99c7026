#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>

#include "domain/schema/script/script.json.h"
#include "eventstore/ledger/sha256.h"
#include "server/app/commands.h"
#include "server/app/data_folder.h"
#include "server/runtime/runtime.h"

namespace silkledger::server {
namespace {

// The moment of the line that is being sent.
class ScriptClock final : public eventstore::Clock {
 public:
  std::int64_t now_us() const override { return now_us_; }
  void set(std::int64_t now_us) { now_us_ = now_us; }

 private:
  std::int64_t now_us_ = 0;
};

// One line at a time: a line's moment is the recorded time of its events, so the next may only move
// the clock once this one is stored. That is what makes the same script give the same log, byte for
// byte.
class Seeder {
 public:
  Seeder(Runtime& runtime, ScriptClock& clock, Sequencer& sequencer, PersonalSealer& sealer,
         std::ifstream& script, std::uint64_t bytes)
      : runtime_(runtime),
        clock_(clock),
        sequencer_(sequencer),
        sealer_(sealer),
        script_(script),
        bytes_(bytes) {}

  void next() {
    std::string line;
    do {
      if (!std::getline(script_, line)) return runtime_.finish();
      ++line_number_;
      read_ += line.size() + 1;
    } while (line.empty());
    auto parsed = json::from_json<schema::ScriptLine>(line, {{}, &sealer_});
    if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&parsed)) {
      return stop(errors->front().pointer + " " + errors->front().en);
    }
    send(std::get<schema::ScriptLine>(std::move(parsed)));
  }

  const std::optional<std::string>& failure() const { return failure_; }
  std::uint64_t lines() const { return line_number_; }

 private:
  void send(schema::ScriptLine line) {
    if (line.at.us < clock_.now_us()) return stop("its moment lies before the line above");
    clock_.set(line.at.us);
    Submission submission;
    submission.principal = line.principal;
    submission.command_id = line.command_id;
    submission.request = std::move(line.request);
    if (line.principal != domain::kSystemActor) {
      submission.grants =
          domain::grants_of_person(sequencer_.reference(), line.principal, sequencer_.today());
    }
    sequencer_.submit(std::move(submission),
                      [this, expected = line.expect_refusal](const CommandOutcome& outcome) {
                        check(outcome, expected);
                      });
  }

  void check(const CommandOutcome& outcome, const std::optional<std::string>& expected) {
    const auto* rejection = std::get_if<Rejection>(&outcome);
    if (rejection && (!expected || *expected != rejection->code)) {
      return stop("refused (" + rejection->code + "): " + rejection->message.en);
    }
    if (!rejection && expected) return stop("was to be refused as " + *expected + ", but was not");
    if (const auto* undecided = std::get_if<Undecided>(&outcome)) return stop(undecided->detail);
    show_progress();
    // By the executor, or the calls would nest.
    runtime_.core().post([this] { next(); });
  }

  void stop(std::string why) {
    failure_ = "line " + std::to_string(line_number_) + ": " + std::move(why);
    runtime_.finish();
  }

  void show_progress() {
    if (line_number_ % 200 != 0 || isatty(STDERR_FILENO) == 0) return;
    constexpr int kWidth = 40;
    const int done = bytes_ == 0 ? kWidth : static_cast<int>(read_ * kWidth / bytes_);
    std::fprintf(stderr, "\r[%.*s%*s] %llu", done, "########################################",
                 kWidth - done, "", static_cast<unsigned long long>(line_number_));
  }

  Runtime& runtime_;
  ScriptClock& clock_;
  Sequencer& sequencer_;
  PersonalSealer& sealer_;
  std::ifstream& script_;
  std::uint64_t bytes_;
  std::uint64_t read_ = 0;
  std::uint64_t line_number_ = 0;
  std::optional<std::string> failure_;
};

int fail(const std::string& words) {
  std::fprintf(stderr, "%s\n", words.c_str());
  return 1;
}

}  // namespace

int run_seed(const SeedOptions& options) {
  Runtime runtime;
  ScriptClock clock;
  const DataFolder folder(options.data);
  // Synthetic people need no secret key, and a known one makes the seeded log the same everywhere.
  const PersonalKey key{1, eventstore::sha256("silkledger demonstration key")};
  auto created = folder.create_for_demonstration(runtime.core(), clock, key);
  if (const auto* failure = std::get_if<Failure>(&created)) return fail(failure->words);
  auto& log = *std::get<std::unique_ptr<eventstore::RocksEventStore>>(created);
  PersonalSealer sealer(key);
  Sequencer sequencer(log, runtime.core(), clock, {});
  if (auto error = sequencer.open()) return fail(error->detail);

  std::ifstream script(options.script, std::ios::binary);
  const auto bytes = static_cast<std::uint64_t>(std::filesystem::file_size(options.script));
  Seeder seeder(runtime, clock, sequencer, sealer, script, bytes);
  runtime.core().post([&] { seeder.next(); });
  runtime.run();
  if (isatty(STDERR_FILENO) != 0) std::fprintf(stderr, "\n");
  if (seeder.failure()) return fail(options.script + " " + *seeder.failure());
  const auto head = log.head();
  std::printf("已载入 / seeded: %llu 条命令 / commands, %llu 个事件 / events, root %s\n",
              static_cast<unsigned long long>(seeder.lines()),
              static_cast<unsigned long long>(head.position),
              eventstore::to_hex(head.root).c_str());
  return 0;
}

}  // namespace silkledger::server
