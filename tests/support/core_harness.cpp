#include "tests/support/core_harness.h"

#include <fstream>
#include <sstream>

#include "server/core/first_setup.h"

namespace silkledger::testing {
namespace {

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

void CoreHarness::set_up() {
  auto& sealer = core->sealer();
  const std::string rules = file("domain/rules/rule-set.ndjson");
  const std::string units = file("domain/rules/units.ndjson");
  const std::string calendar = file("domain/rules/calendar.ndjson");
  auto commands = std::get<std::vector<server::Submission>>(
      server::setup_commands({rules, units, calendar}, sealer));
  const server::FirstAdministrator admin{"admin", "测试管理员", "office", token_of("admin"),
                                         CivilDate{30'000}};
  for (auto& one : server::administrator_commands(admin, sealer, core->sequencer().today())) {
    commands.push_back(std::move(one));
  }
  std::string failure;
  bool done = false;
  server::send_all(core->sequencer(), std::move(commands), [&](const auto& result) {
    done = true;
    if (const auto* failed = std::get_if<server::Failure>(&result)) failure = failed->words;
  });
  world.advance(std::chrono::seconds(10));
  if (!done || !failure.empty()) throw std::runtime_error("set-up failed: " + failure);
}

void CoreHarness::grant(const std::string& person, const std::string& unit,
                        const std::string& role) {
  const auto hash = eventstore::sha256(token_of(person));
  if (!core->sequencer().reference().person(person)) {
    submit("admin",
           schema::PersonRegistered{person, core->sealer().seal("测试·" + person), std::nullopt});
    submit("admin",
           schema::TokenIssued{person, person + "-token", std::string(eventstore::bytes_of(hash)),
                               CivilDate{30'000}});
  }
  submit("admin", schema::RoleGranted{person, unit, role, core->sequencer().today(), std::nullopt});
}

void CoreHarness::submit(const std::string& principal, schema::Command command) {
  server::Submission submission;
  submission.principal = principal;
  submission.command_id = "h-" + std::to_string(++commands_);
  submission.request.command = std::move(command);
  submission.grants =
      domain::grants_of_person(core->sequencer().reference(), principal, core->sequencer().today());
  std::optional<server::CommandOutcome> outcome;
  core->submit(std::move(submission),
               [&](server::CommandOutcome given) { outcome = std::move(given); });
  run();
  if (const auto* refused = outcome ? std::get_if<Rejection>(&*outcome) : nullptr) {
    throw std::runtime_error(refused->code + ": " + refused->message.en);
  }
  if (!outcome || !std::holds_alternative<server::Accepted>(*outcome))
    throw std::runtime_error("no answer");
}

}  // namespace silkledger::testing
