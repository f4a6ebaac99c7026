#include "tests/support/s0_log.h"

#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "domain/schema/script/script.json.h"
#include "eventstore/ledger/sha256.h"
#include "server/core/sealing.h"
#include "server/core/sequencer.h"

namespace silkledger::testing {
namespace {

using server::CommandOutcome;

// Nothing when the outcome is what the line expects.
std::optional<std::string> wrong(const CommandOutcome& outcome, const schema::ScriptLine& line) {
  if (const auto* refused = std::get_if<Rejection>(&outcome)) {
    if (line.expect_refusal == refused->code) return std::nullopt;
    return refused->code + ": " + refused->message.en;
  }
  if (const auto* undecided = std::get_if<server::Undecided>(&outcome)) return undecided->detail;
  if (line.expect_refusal) return "was to be refused as " + *line.expect_refusal;
  return std::nullopt;
}

}  // namespace

S0Log::S0Log() {
  server::PersonalSealer sealer({1, eventstore::sha256("silkledger demonstration key")});
  server::Sequencer sequencer(log, world, clock, {});
  if (const auto error = sequencer.open()) throw std::runtime_error(error->detail);
  std::ifstream script("tests/data/s0/script.ndjson", std::ios::binary);
  std::uint64_t number = 0;
  for (std::string text; std::getline(script, text);) {
    ++number;
    const auto fail = [&](const std::string& why) {
      throw std::runtime_error("line " + std::to_string(number) + ": " + why);
    };
    auto parsed = json::from_json<schema::ScriptLine>(text, {{}, &sealer});
    if (std::holds_alternative<std::vector<json::JsonError>>(parsed))
      fail("is no line of a script");
    auto line = std::get<schema::ScriptLine>(std::move(parsed));
    clock.set(line.at.us);
    server::Submission submission;
    submission.principal = line.principal;
    submission.command_id = line.command_id;
    submission.request = std::move(line.request);
    if (line.principal != domain::kSystemActor) {
      submission.grants =
          domain::grants_of_person(sequencer.reference(), line.principal, sequencer.today());
    }
    std::optional<CommandOutcome> outcome;
    sequencer.submit(std::move(submission), [&](const CommandOutcome& given) { outcome = given; });
    world.run_until_idle();
    if (!outcome) fail("was not answered");
    if (const auto why = wrong(*outcome, line)) fail(*why);
  }
  if (number == 0) throw std::runtime_error("there is no script; run from the root of the tree");
}

}  // namespace silkledger::testing
