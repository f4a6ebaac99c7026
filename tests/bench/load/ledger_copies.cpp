#include "tests/bench/load/ledger_copies.h"

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "domain/schema/event.capnp.h"
#include "domain/schema/message.h"

namespace silkledger::bench {
namespace {

using namespace eventstore;

constexpr std::size_t kInFlight = 4096;
constexpr std::array<std::string_view, 6> kKinds = {"lead/",     "project/",  "evaluation/",
                                                    "contract/", "approval/", "fund/"};
constexpr std::array<const char*, 6> kIds = {"leadId",     "projectId",  "evaluationId",
                                             "contractId", "approvalId", "fundId"};

bool is_copied(const StreamName& stream) {
  return std::ranges::any_of(kKinds, [&](auto kind) { return stream.starts_with(kind); });
}

// The same event about other leads and projects.
std::string renamed(std::string_view payload, const std::string& suffix) {
  schema::MessageReader reader(payload);
  capnp::MallocMessageBuilder message;
  message.setRoot(reader.root<wire::StoredEvent>());
  auto stored = message.getRoot<wire::StoredEvent>();
  capnp::DynamicStruct::Builder event(stored.getEvent());
  KJ_IF_MAYBE (arm, event.which()) {
    auto fields = event.get(*arm).as<capnp::DynamicStruct>();
    for (const char* id : kIds) {
      KJ_IF_MAYBE (field, fields.getSchema().findFieldByName(id)) {
        const std::string was = fields.get(*field).as<capnp::Text>().cStr();
        if (!was.empty()) fields.set(*field, capnp::Text::Reader((was + suffix).c_str()));
      }
    }
  }
  return schema::detail::bytes_of(capnp::canonicalize(stored.asReader()));
}

}  // namespace

OpenLog::OpenLog(const std::filesystem::path& data, bool sync) {
  RocksOptions options;
  options.sync = sync;
  auto opened = RocksEventStore::open(data / "log", options, executor_, clock_);
  if (const auto* error = std::get_if<StoreError>(&opened)) throw std::runtime_error(error->detail);
  store_ = std::move(std::get<0>(opened));
  const auto last = store_->read(store_->head().position, {1, ReadLimit{}.bytes_max}, {});
  if (const auto* batch = std::get_if<ReadBatch>(&last); batch && !batch->records.empty()) {
    clock_.set(batch->records.front().header.recorded_at);
  }
}

std::vector<OpenLog::Command> OpenLog::commands_to_copy() {
  std::vector<Command> commands;
  std::map<CommandKey, std::size_t> known;
  for (Position next = 1; next <= store_->head().position;) {
    auto read = store_->read(next, {}, {});
    if (const auto* error = std::get_if<StoreError>(&read)) throw std::runtime_error(error->detail);
    const auto& batch = std::get<ReadBatch>(read);
    for (const auto& record : batch.records) {
      if (!is_copied(record.header.stream)) continue;
      const auto [found, is_new] = known.try_emplace(record.header.command, commands.size());
      if (is_new) commands.push_back({record.header.command, {}});
      commands[found->second].records.push_back(
          {record.header.stream, std::string(record.payload)});
    }
    next = batch.next;
  }
  if (commands.empty()) throw std::runtime_error("the log holds no leads and projects to copy");
  return commands;
}

Append OpenLog::copy_of(const Command& command, const std::string& suffix) {
  Append append;
  append.command = {command.key.principal, command.key.id + suffix};
  for (std::size_t i = 0; i < append.fingerprint.size(); ++i) {
    append.fingerprint[i] = static_cast<std::uint8_t>(command.key.id.size() * 31 + i * 7);
  }
  for (const auto& record : command.records) {
    append.records.push_back({record.stream + suffix, renamed(record.payload, suffix)});
  }
  return append;
}

void OpenLog::fill(std::uint64_t events) {
  const auto commands = commands_to_copy();
  std::size_t in_flight = 0;
  const auto wait_until_at_most = [&](std::size_t most) {
    if (!executor_.run_until([&] { return in_flight <= most; })) {
      throw std::runtime_error("the log takes no more");
    }
  };
  // Copies are told apart by where they begin, so that a log may be filled further later.
  for (Position begin = store_->head().position; begin < events;) {
    const std::string suffix = "-" + std::to_string(begin);
    std::map<StreamName, Version> versions;
    for (const auto& command : commands) {
      Append append = copy_of(command, suffix);
      std::map<StreamName, Version> written;
      for (const auto& record : append.records) ++written[record.stream];
      for (const auto& [stream, count] : written) {
        append.expected.push_back({stream, versions[stream]});
        versions[stream] += count;
      }
      begin += append.records.size();
      ++in_flight;
      store_->append(store_->epoch(), std::move(append),
                     [&in_flight](const AppendOutcome& outcome) {
                       if (!std::holds_alternative<Stored>(outcome))
                         throw std::runtime_error("not stored");
                       --in_flight;
                     });
      wait_until_at_most(kInFlight);
      if (begin >= events) break;
    }
  }
  wait_until_at_most(0);
}

}  // namespace silkledger::bench
