#include "server/core/sequencer.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "domain/schema/message.h"
#include "eventstore/ledger/sha256.h"
#include "projections/registry_fold.h"

namespace silkledger::server {
namespace {

using domain::Decision;
using domain::Fact;
using eventstore::StoreError;

// Before the first rule set is published there is nothing to cite.
const schema::RuleSet& no_rules() {
  static const schema::RuleSet rules = [] {
    schema::RuleSet none;
    none.version = "none";
    return none;
  }();
  return rules;
}

Rejection stale(std::uint64_t expected, std::uint64_t actual, const schema::RuleSet& rules) {
  Rejection refusal;
  refusal.kind = Rejection::Kind::stale_version;
  refusal.code = "stale-version";
  refusal.rule_set = rules.version;
  refusal.message = {"提交所依据的版本为 " + std::to_string(expected) + "，当前版本为 " +
                         std::to_string(actual) + "，其间已有他人更新。",
                     "The command was decided on version " + std::to_string(expected) +
                         ", but the current version is " + std::to_string(actual) + "."};
  refusal.remedy = {"请刷新后核对变化，再行提交。",
                    "Reload, look at what changed, and send it again."};
  refusal.pointer = "/expectedVersion";
  return refusal;
}

Rejection in_the_future(CivilDate stated, CivilDate today, const schema::RuleSet& rules) {
  Rejection refusal;
  refusal.kind = Rejection::Kind::invalid;
  refusal.code = "occurred-in-the-future";
  refusal.rule_set = rules.version;
  refusal.message = {
      "发生日期 " + to_string(stated) + " 晚于今天（" + to_string(today) + "，北京时间）。",
      "The date " + to_string(stated) + " lies after today (" + to_string(today) +
          ", Beijing time)."};
  refusal.remedy = {"请填写今天或更早的日期。", "State today or an earlier day."};
  refusal.pointer = "/occurredOn";
  return refusal;
}

std::optional<std::string> text_or_nothing(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Text unreadable(const std::string& detail) {
  return {"账本无法读取（" + detail + "）", "the log cannot be read: " + detail};
}

// What the log's limits would refuse, said before the state is touched.
std::optional<Undecided> beyond_limits(const eventstore::Append& append,
                                       const eventstore::Limits& limits) {
  std::uint64_t bytes = 0;
  const auto too_large = [](std::string what) {
    return Undecided{Undecided::Kind::too_large, std::move(what)};
  };
  for (const auto& record : append.records) {
    bytes += record.payload.size();
    if (record.payload.size() > limits.record_payload_bytes_max)
      return too_large("record_payload_bytes_max");
    if (record.stream.size() > limits.stream_name_bytes_max)
      return too_large("stream_name_bytes_max");
  }
  if (append.records.size() > limits.append_records_max) return too_large("append_records_max");
  if (bytes > limits.append_bytes_max) return too_large("append_bytes_max");
  if (append.conditions.size() > limits.append_conditions_max)
    return too_large("append_conditions_max");
  if (append.command.id.size() > limits.command_id_bytes_max)
    return too_large("command_id_bytes_max");
  if (append.command.principal.size() > limits.principal_bytes_max)
    return too_large("principal_bytes_max");
  for (const auto& expected : append.expected) {
    const auto added = static_cast<std::uint64_t>(
        std::count_if(append.records.begin(), append.records.end(),
                      [&](const auto& record) { return record.stream == expected.stream; }));
    if (expected.version + added > limits.stream_records_max)
      return too_large("stream_records_max");
  }
  return std::nullopt;
}

}  // namespace

struct Sequencer::InFlight {
  eventstore::CommandKey key;
  eventstore::Hash fingerprint{};
  std::string stream;
  std::uint64_t first_position = 0;  // predicted
  std::uint64_t version = 0;         // of the stream after the command
  std::vector<CommandAnswer> answers;
  std::optional<CommandOutcome> outcome;
};

Sequencer::Sequencer(eventstore::EventStore& store, eventstore::Executor& executor,
                     const eventstore::Clock& clock, const CoreLimits& limits)
    : store_(store),
      executor_(executor),
      clock_(clock),
      limits_(limits),
      aggregates_(store, limits.aggregates_cached_max) {}

std::optional<StoreError> Sequencer::open() { return reload(); }

CivilDate Sequencer::today() const {
  return std::max(latest_day_, beijing_date(Instant{clock_.now_us()}));
}

std::optional<StoreError> Sequencer::reload() {
  reference_ = {};
  ++reloads_;
  aggregates_.clear();
  const projections::LogReader log(store_);
  if (auto failure = projections::fold_registry(log, log.head().position, {}, reference_)) {
    return StoreError{StoreError::Kind::corrupt, *failure, 0};
  }
  latest_day_ = reference_.current_day().value_or(latest_day_);
  next_position_ = store_.head().position + 1;
  read_only_.reset();
  discarding_ = false;
  return std::nullopt;
}

// The first reason stands: what follows from it says less.
void Sequencer::stop_writing(Text reason, bool recoverable) {
  if (!read_only_) {
    read_only_ = std::move(reason);
    recoverable_ = recoverable;
  }
  recoverable_ = recoverable_ && recoverable;
}

void Sequencer::go_read_only(Text reason) {
  store_.go_read_only(reason.en);
  stop_writing(std::move(reason), true);
}

std::optional<StoreError> Sequencer::recover() {
  if (!read_only_) return std::nullopt;
  if (!idle()) return StoreError{StoreError::Kind::io, "commands are still in flight", 0};
  if (auto error = store_.recover()) return error;
  return reload();
}

void Sequencer::submit(Submission submission, CommandAnswer answer) {
  auto command = std::make_shared<InFlight>();
  command->key = {submission.principal, submission.command_id};
  command->fingerprint = eventstore::sha256(schema::encode(submission.request));
  command->stream = domain::stream_of(submission.request.command);
  command->answers.push_back(std::move(answer));

  if (auto same = by_id_.find(command->key); same != by_id_.end()) {
    if (same->second->fingerprint == command->fingerprint) {
      same->second->answers.push_back(std::move(command->answers.front()));
    } else {
      refuse_when_durable(command, Undecided{Undecided::Kind::id_reused,
                                             "the id is in use by a command in flight"});
    }
    return;
  }
  take(command, submission);
}

void Sequencer::take(const InFlightPtr& command, Submission& submission) {
  if (auto answered = known_before(*command))
    return refuse_when_durable(command, std::move(*answered));
  if (stopped_ || read_only_ || discarding_) {
    const Text why =
        read_only_.value_or(stopped_ ? Text{"服务正在停止", "the server is stopping"}
                                     : Text{"正在重新读取状态", "the state is being read anew"});
    return refuse_when_durable(command, Undecided{Undecided::Kind::read_only, why.en, why.zh});
  }
  if (in_flight_.size() >= limits_.commands_in_flight_max) {
    return refuse_when_durable(command,
                               Undecided{Undecided::Kind::overloaded, "commands_in_flight_max"});
  }
  domain::Actor actor;
  aggregates_.begin();
  auto decision = consider(submission, actor);
  if (aggregates_.failure()) {
    const auto detail = aggregates_.failure()->detail;
    stop_writing(unreadable(detail), false);
    return refuse_when_durable(command, Undecided{Undecided::Kind::failed, detail});
  }
  if (decision.has_error()) return refuse_when_durable(command, decision.error());
  write(command, submission, actor, std::move(decision).value());
}

std::optional<CommandOutcome> Sequencer::known_before(const InFlight& command) {
  auto found = store_.find_command(command.key);
  if (auto* error = std::get_if<StoreError>(&found)) {
    return Undecided{Undecided::Kind::failed, error->detail};
  }
  const auto& receipt = std::get<std::optional<eventstore::Receipt>>(found);
  if (!receipt) return std::nullopt;
  if (receipt->fingerprint != command.fingerprint) {
    return Undecided{Undecided::Kind::id_reused,
                     "first used at position " + std::to_string(receipt->first)};
  }
  return Accepted{*receipt, command.stream, version_after(*receipt, command.stream), true};
}

// A repeated answer says what the first one said.
std::uint64_t Sequencer::version_after(const eventstore::Receipt& receipt,
                                       const std::string& stream) const {
  const auto count = static_cast<std::uint32_t>(receipt.last - receipt.first + 1);
  auto read = store_.read(receipt.first, {count, limits_.store.append_bytes_max}, {});
  std::uint64_t version = 0;
  if (const auto* batch = std::get_if<eventstore::ReadBatch>(&read)) {
    for (const auto& record : batch->records) {
      if (record.header.position <= receipt.last && record.header.stream == stream)
        version = record.header.version;
    }
  }
  return version;
}

Result<Decision> Sequencer::consider(Submission& submission, domain::Actor& actor) {
  auto& request = submission.request;
  const CivilDate day = today();
  const CivilDate occurred_on = request.occurred_on.value_or(day);
  const auto* in_force = reference_.rules_on(occurred_on);
  const auto& rules = in_force ? *in_force : no_rules();

  if (submission.grants) {
    auto allowed =
        domain::authorise(reference_, *submission.grants, domain::name_of(request.command),
                          request.acting_unit, request.on_behalf_of, day);
    if (allowed.has_error()) return allowed.error();
    actor = std::move(allowed).value();
  } else {
    actor.person = std::string(domain::kSystemActor);
    actor.everything = true;
  }
  if (occurred_on > day) return in_the_future(occurred_on, day, rules);
  const auto& stream = domain::stream_of(request.command);
  if (request.expected_version) {
    const auto actual = aggregates_.version(stream);
    if (actual != *request.expected_version) return stale(*request.expected_version, actual, rules);
  }
  return domain::decide(request.command, {actor, day, occurred_on, reference_, rules, aggregates_});
}

void Sequencer::write(const InFlightPtr& command, const Submission& submission,
                      const domain::Actor& actor, Decision decision) {
  assert(!decision.facts.empty());
  const auto& request = submission.request;
  const CivilDate occurred_on = request.occurred_on.value_or(today());
  const auto* in_force = reference_.rules_on(occurred_on);
  const auto& rules = in_force ? *in_force : no_rules();

  eventstore::Append append;
  append.command = command->key;
  append.fingerprint = command->fingerprint;
  for (auto& fact : decision.facts) {
    schema::StoredEvent stored;
    stored.occurred_on = occurred_on;
    stored.actor = fact.by_system ? std::string(domain::kSystemActor) : actor.person;
    stored.acting_unit = text_or_nothing(actor.unit);
    stored.on_behalf_of = text_or_nothing(actor.on_behalf_of);
    stored.rule_set = rules.version;
    stored.article = fact.article;
    stored.basis_lapsed = in_force && reference_.lapsed(rules, occurred_on);
    if (!append.records.empty()) stored.cause = next_position_;
    stored.correlation = request.correlation;
    stored.event = std::move(fact.event);
    append.records.push_back({fact.stream, schema::encode(stored)});
    const bool known =
        std::any_of(append.expected.begin(), append.expected.end(),
                    [&](const auto& expected) { return expected.stream == fact.stream; });
    if (!known) append.expected.push_back({fact.stream, aggregates_.version(fact.stream)});
  }
  for (const auto& stream : aggregates_.read()) {
    const bool written =
        std::any_of(append.expected.begin(), append.expected.end(),
                    [&](const auto& expected) { return expected.stream == stream; });
    if (!written) append.conditions.push_back({stream, aggregates_.version(stream)});
  }
  if (auto refused = beyond_limits(append, limits_.store))
    return refuse_when_durable(command, *refused);

  command->first_position = next_position_;
  for (const auto& record : append.records) {
    schema::MessageReader message(record.payload);
    auto event = message.root<wire::StoredEvent>().getEvent();
    aggregates_.apply(record.stream, event, next_position_, occurred_on);
    reference_.evolve(event, {next_position_, aggregates_.version(record.stream), occurred_on});
    ++next_position_;
  }
  command->version = aggregates_.version(command->stream);
  latest_day_ = std::max(latest_day_, reference_.current_day().value_or(latest_day_));
  in_flight_.push_back(command);
  by_id_.emplace(command->key, command);
  store_.append(store_.epoch(), std::move(append),
                [this, command](eventstore::AppendOutcome outcome) {
                  finished(command, std::move(outcome));
                });
}

void Sequencer::refuse_when_durable(const InFlightPtr& command, CommandOutcome outcome) {
  command->outcome = std::move(outcome);
  in_flight_.push_back(command);
  if (in_flight_.front() == command) executor_.post([this] { release_front(); });
}

void Sequencer::finished(const InFlightPtr& command, eventstore::AppendOutcome outcome) {
  using namespace eventstore;
  if (const auto* stored = std::get_if<Stored>(&outcome)) {
    // The sequencer is the log's only writer, so the prediction holds or the design is broken.
    assert(stored->receipt.first == command->first_position);
    command->outcome = Accepted{stored->receipt, command->stream, command->version, false};
    release_front();
    if (!discarding_) aggregates_.trim(stored->receipt.last);
    return;
  }
  command->outcome = failed_append(outcome);
  discarding_ = true;
  release_front();
}

// Any other outcome than a stored one ends writing, until the log is brought back.
Undecided Sequencer::failed_append(const eventstore::AppendOutcome& outcome) {
  using namespace eventstore;
  if (const auto* unknown = std::get_if<Unknown>(&outcome)) {
    stop_writing(unknown->recoverable
                     ? Text{"磁盘已满，腾出空间后自动恢复写入",
                            "the disk is full; writing goes on by itself once there is room"}
                     : Text{"写盘失败（" + unknown->reason + "）", unknown->reason},
                 unknown->recoverable);
    return {Undecided::Kind::unknown, unknown->reason, {}, unknown->recoverable};
  }
  Text why{"账本拒绝了写入", "an append was refused by the log"};
  bool recoverable = false;
  if (const auto* read_only = std::get_if<ReadOnly>(&outcome)) {
    why = {"账本暂不可写（" + read_only->reason + "）", read_only->reason};
    recoverable = true;
  }
  if (const auto* fenced = std::get_if<Fenced>(&outcome)) {
    const auto epoch = std::to_string(fenced->current);
    why = {"另一服务已接管账本（纪元 " + epoch + "）",
           "another server took over in epoch " + epoch};
  }
  stop_writing(why, recoverable);
  return {Undecided::Kind::read_only, why.en, why.zh};
}

void Sequencer::release_front() {
  while (!in_flight_.empty() && in_flight_.front()->outcome) {
    const auto command = in_flight_.front();
    in_flight_.pop_front();
    by_id_.erase(command->key);
    // A refusal decided on a state that then failed to become durable is no refusal.
    const bool unfounded = discarding_ && std::holds_alternative<Rejection>(*command->outcome);
    if (unfounded)
      command->outcome = Undecided{
          Undecided::Kind::unknown, "the state it was decided on was lost", {}, recoverable_};
    for (auto& answer : command->answers) answer(*command->outcome);
  }
  if (discarding_ && in_flight_.empty()) discard_speculation();
}

void Sequencer::discard_speculation() {
  auto reason = read_only_;
  if (auto error = reload()) {
    read_only_.reset();
    return stop_writing(unreadable(error->detail), false);
  }
  read_only_ = std::move(reason);
}

}  // namespace silkledger::server
