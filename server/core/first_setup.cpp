#include "server/core/first_setup.h"

#include <boost/json.hpp>

#include "domain/schema/command.json.h"
#include "eventstore/ledger/sha256.h"

namespace silkledger::server {
namespace {

Submission of_system(std::string command_id, schema::Command command) {
  Submission submission;
  submission.principal = std::string(domain::kSystemActor);
  submission.command_id = std::move(command_id);
  submission.request.command = std::move(command);
  return submission;
}

std::variant<Submission, Failure> parse_line(std::string_view line, PersonalSealer& sealer) {
  boost::system::error_code error;
  const auto value = boost::json::parse(line, error);
  if (error || !value.is_object())
    return Failure{"a set-up line is not a JSON object: " + std::string(line.substr(0, 80))};
  const auto& object = value.as_object();
  const auto* name = object.if_contains("name");
  const auto* id = object.if_contains("commandId");
  const auto* body = object.if_contains("body");
  if (!name || !id || !body || !name->is_string() || !id->is_string()) {
    return Failure{"a set-up line needs name, commandId and body: " +
                   std::string(line.substr(0, 80))};
  }
  const std::string command_name(name->as_string());
  if (!json::is_command_name(command_name))
    return Failure{"unknown command in set-up: " + command_name};
  auto command =
      json::command_from_json(command_name, boost::json::serialize(*body), {{}, &sealer});
  if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&command)) {
    return Failure{std::string(id->as_string()) + errors->front().pointer + ": " +
                   errors->front().en};
  }
  return of_system(std::string(id->as_string()), std::move(std::get<schema::Command>(command)));
}

struct Sending {
  Sequencer& sequencer;
  std::vector<Submission> commands;
  std::function<void(std::variant<std::size_t, Failure>)> done;
  std::size_t next = 0;
};

std::string why(const std::string& command_id, const CommandOutcome& outcome) {
  if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
    return command_id + ": " + rejection->message.en + " / " + rejection->message.zh;
  }
  return command_id + ": " + std::get<Undecided>(outcome).detail;
}

void send_next(const std::shared_ptr<Sending>& sending) {
  if (sending->next == sending->commands.size()) return sending->done(sending->next);
  auto command = sending->commands[sending->next++];
  const auto id = command.command_id;
  sending->sequencer.submit(std::move(command), [sending, id](const CommandOutcome& outcome) {
    if (!std::holds_alternative<Accepted>(outcome)) return sending->done(Failure{why(id, outcome)});
    send_next(sending);
  });
}

}  // namespace

std::variant<std::vector<Submission>, Failure> setup_commands(
    const std::vector<std::string_view>& files, PersonalSealer& sealer) {
  std::vector<Submission> commands;
  for (auto text : files) {
    while (!text.empty()) {
      const auto end = text.find('\n');
      const auto line = text.substr(0, end);
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
      if (line.empty()) continue;
      auto parsed = parse_line(line, sealer);
      if (auto* failure = std::get_if<Failure>(&parsed)) return *failure;
      commands.push_back(std::move(std::get<Submission>(parsed)));
    }
  }
  return commands;
}

std::vector<Submission> administrator_commands(const FirstAdministrator& administrator,
                                               PersonalSealer& sealer, CivilDate today) {
  const auto& id = administrator.person_id;
  const auto hash = eventstore::sha256(administrator.token);
  std::vector<Submission> commands;
  commands.push_back(
      of_system("setup-person-" + id,
                schema::PersonRegistered{id, sealer.seal(administrator.name), std::nullopt}));
  // The token first: once there is an administrator the system grants and issues nothing more.
  commands.push_back(
      of_system("setup-token-" + id,
                schema::TokenIssued{id, id + "-first", std::string(eventstore::bytes_of(hash)),
                                    administrator.token_expires_on}));
  commands.push_back(of_system(
      "setup-role-" + id,
      schema::RoleGranted{id, administrator.unit_id, "administrator", today, std::nullopt}));
  return commands;
}

void send_all(Sequencer& sequencer, std::vector<Submission> commands,
              std::function<void(std::variant<std::size_t, Failure>)> done) {
  send_next(std::make_shared<Sending>(Sending{sequencer, std::move(commands), std::move(done)}));
}

}  // namespace silkledger::server
