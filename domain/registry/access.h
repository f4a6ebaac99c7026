// Who may do what: pure questions to the Reference. Roles and their commands are data of the rule
// set.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {

// What a person may see and do on one day, over all of the roles held on it.
struct Grants {
  std::string person;
  std::vector<RoleHeld> roles;     // valid on that day
  std::vector<std::string> units;  // units in which roles are held, sorted
  // Those of them whose rows may be seen, sorted: a role that only administers carries no right to
  // read.
  std::vector<std::string> reading_units;
  bool reads_everything = false;
  bool administers = false;
  bool sees_persons = false;
};

// Nothing when the token is unknown, revoked, past its last day, or its person holds no role on
// that day.
std::optional<Grants> grants_of_token(const Reference& reference, std::string_view secret_sha256,
                                      CivilDate day);
Grants grants_of_person(const Reference& reference, std::string_view person_id, CivilDate day);

// What only the system sends: it begins days and epochs. No role may name these.
bool is_systems_command(std::string_view command_name);
// The system sets a ledger up until somebody administers it; after that it only lets the days
// begin. What it decides as a consequence of somebody's command is that command's, not the
// system's.
bool may_system_send(const Reference& reference, std::string_view command_name);

// May see rows in which some units take part; who only administers may not.
bool may_read_any(const Grants& grants);
// May see a row in which these units take part.
bool may_read(const Reference& reference, const Grants& grants, std::span<const std::string> units);

// Chooses the acting unit (the stated one, or the only one whose role allows the command) and
// answers with the actor, or a rejection that names the roles that would be allowed.
Result<Actor> authorise(const Reference& reference, const Grants& grants,
                        std::string_view command_name,
                        const std::optional<std::string>& acting_unit,
                        const std::optional<std::string>& on_behalf_of, CivilDate day);

}  // namespace silkledger::domain
