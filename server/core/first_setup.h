// What a new ledger is told before its first administrator can log in: the rule set, the units, the
// calendar and the item catalogue of domain/rules/, and that administrator.
//
// It goes through the sequencer as commands of the system; there is no second door into the log.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/core/sealing.h"
#include "server/core/sequencer.h"

namespace silkledger::server {

// Why something at the terminal did not work, in words.
struct Failure {
  std::string words;
};

struct FirstAdministrator {
  std::string person_id = "admin";
  std::string name;
  std::string unit_id;  // of the office
  std::string token;    // printed once by whoever called
  CivilDate token_expires_on;
};

// Lines of {"name":…,"commandId":…,"body":{…}}; `files` are whole files of them.
std::variant<std::vector<Submission>, Failure> setup_commands(
    const std::vector<std::string_view>& files, PersonalSealer& sealer);

std::vector<Submission> administrator_commands(const FirstAdministrator& administrator,
                                               PersonalSealer& sealer, CivilDate today);

// Sends them one after the other; the first that is not accepted ends it.
void send_all(Sequencer& sequencer, std::vector<Submission> commands,
              std::function<void(std::variant<std::size_t, Failure>)> done);

}  // namespace silkledger::server
