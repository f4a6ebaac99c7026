// Matching a correction against what the ledger holds: it names the event that set the field,
// states its value and brings another one. The old value stays in the log beside the new one.
//
// Pure. Amounts in fen. The caller knows the field and what a valid value of it is beyond this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/checks.h"
#include "domain/schema/corrections.wire.h"

namespace silkledger::domain {

// Borrows from the stated command.
struct Correction {
  const schema::Change& change;
  schema::EventRef corrects;
  std::string_view reason;
  std::string_view basis;
  std::uint64_t set_at;  // position of the event that last set the field; 0 when none did
};

template <class Stated>
Correction correction_of(const Stated& stated, std::uint64_t set_at) {
  return {stated.change, stated.corrects, stated.reason, stated.basis, set_at};
}

// `held` is the field's value in the ledger; an optional one may be missing there, never
// afterwards.
Objection check_correction(const Checks& check, const Correction& correction, std::string_view held,
                           TextKind kind, std::size_t most_bytes);
Objection check_correction(const Checks& check, const Correction& correction,
                           const std::optional<schema::Money>& held);
Objection check_correction(const Checks& check, const Correction& correction,
                           const std::optional<schema::Count>& held);
Objection check_correction(const Checks& check, const Correction& correction, CivilDate held);
Objection check_correction(const Checks& check, const Correction& correction,
                           std::int64_t held_fen);

// For evolve: takes the new value over when the change is of the field's kind. Total.
bool apply_change(wire::Change::Reader change, std::string& field);
bool apply_change(wire::Change::Reader change, schema::Money& field);
bool apply_change(wire::Change::Reader change, std::optional<schema::Money>& field);
bool apply_change(wire::Change::Reader change, std::optional<schema::Count>& field);
bool apply_change(wire::Change::Reader change, CivilDate& field);
bool apply_change(wire::Change::Reader change, std::int64_t& field_fen);

}  // namespace silkledger::domain
