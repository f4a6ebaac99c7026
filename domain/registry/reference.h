// Reference is what every decision looks things up in: units, people and their roles, rule sets,
// chains, the working calendar, the item catalogue and the current day. It is folded from the
// registry's events in log order and from nothing else.
//
// Values inside, pure, one thread at a time. Lookups are by id and by date, because all of it is
// dated: a unit exists from a day, a role is held between two days, a rule set is in force between
// two days (Art. 2, 32, 33).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/kernel/working_days.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

struct Unit {
  std::string unit_id;
  std::string kind;
  std::string name;
  std::string name_en;
  std::optional<std::string> parent;
  std::optional<std::string> division_code;
  std::vector<std::string> aliases;
  CivilDate valid_from;
  std::optional<CivilDate> valid_until;  // last day
  bool exists_on(CivilDate day) const {
    return valid_from <= day && (!valid_until || day <= *valid_until);
  }
};

struct RoleHeld {
  std::string unit_id;
  std::string role;
  CivilDate from;
  // Last day. A revocation ends the role with the day before the one on which it occurred: nobody
  // acts under a role on the day on which it was taken back.
  std::optional<CivilDate> until;
  bool held_on(CivilDate day) const { return from <= day && (!until || day <= *until); }
};

struct Token {
  std::string token_id;
  std::string person_id;
  std::string secret_sha256;  // 32 bytes
  CivilDate expires_on;       // last day
  bool revoked = false;
};

struct Person {
  std::string person_id;
  schema::Sealed name;
  std::optional<std::string> title;
  std::vector<RoleHeld> roles;
};

struct Chain {
  std::string chain_id;
  std::string name;
  std::string name_en;
  CivilDate from;
  std::vector<std::pair<CivilDate, std::string>> lead_units;  // from that day, this unit; by day
};

class Reference {
 public:
  // Folds one event; events of other aggregates, and of ids that were never registered, are
  // ignored.
  void evolve(wire::Event::Reader event, const EventPlace& place);

  const Unit* unit(std::string_view unit_id) const;
  const Person* person(std::string_view person_id) const;
  const Chain* chain(std::string_view chain_id) const;
  const schema::ApprovalItemDefined* item(std::string_view item_id) const;
  const Token* token(std::string_view token_id) const;
  const Token* token_by_secret(std::string_view secret_sha256) const;

  // The version in force on that day: the latest whose validity had begun. Null before the first.
  const schema::RuleSet* rules_on(CivilDate day) const;
  const schema::RuleSet* rules_by_version(std::string_view version) const;
  // Art. 33: the version's validity has ended before that day.
  bool lapsed(const schema::RuleSet& rules, CivilDate day) const;

  const schema::UnitKind* kind_of(const Unit& unit, const schema::RuleSet& rules) const;
  const schema::Role* role(const schema::RuleSet& rules, std::string_view code) const;
  const schema::LeadClass* lead_class(const schema::RuleSet& rules, std::string_view code) const;

  // True when `unit` is `ancestor` or stands below it.
  bool within(std::string_view unit, std::string_view ancestor) const;
  // The chain-lead unit of a chain on that day, or nothing.
  std::optional<std::string> chain_lead(std::string_view chain_id, CivilDate day) const;

  // Counts the changes: what was derived from the reference holds until it moves.
  std::uint64_t revision() const { return revision_; }

  const WorkingCalendar& calendar() const { return calendar_; }
  // Layers that apply to a unit, from the most general: national, region, then the unit and its
  // parents.
  std::vector<std::string> calendar_layers(std::string_view unit_id) const;

  // The last day that began (DayBegan); nothing before the first.
  std::optional<CivilDate> current_day() const { return current_day_; }
  // Lives of the log after its first, in order; each names the last position it kept of the one
  // before.
  const std::vector<schema::EpochBegan>& epochs() const { return epochs_; }
  // The life that was told last; 1 before any restore.
  std::uint64_t epoch() const { return epochs_.empty() ? 1 : epochs_.back().epoch; }
  // True once anybody was granted a role that administers, under the rules in force then.
  bool has_administrator() const { return has_administrator_; }

  const std::map<std::string, Unit, std::less<>>& units() const { return units_; }
  const std::map<std::string, Person, std::less<>>& persons() const { return persons_; }
  const std::map<std::string, Chain, std::less<>>& chains() const { return chains_; }

 private:
  void on(const schema::RuleSetPublished& event);
  void on(const schema::RuleSetRenewed& event);
  void on(const schema::UnitRegistered& event);
  void on(const schema::UnitRenamed& event);
  void on(const schema::UnitClosed& event);
  void on(const schema::PersonRegistered& event);
  void on(const schema::RoleGranted& event, CivilDate occurred_on);
  void on(const schema::RoleRevoked& event, CivilDate occurred_on);
  void on(const schema::TokenIssued& event);
  void on(const schema::TokenRevoked& event);
  void on(const schema::ChainDefined& event);
  void on(const schema::ChainLeadAssigned& event);
  void on(const schema::CalendarDaysSet& event);

  std::map<std::string, Unit, std::less<>> units_;
  std::map<std::string, Person, std::less<>> persons_;
  std::map<std::string, Token, std::less<>> tokens_;
  std::map<std::string, std::string, std::less<>> token_by_secret_;  // secret hash → token id
  std::map<std::string, Chain, std::less<>> chains_;
  std::map<std::string, schema::ApprovalItemDefined, std::less<>> items_;
  std::vector<schema::RuleSet> rule_sets_;  // by valid_from, then publication
  WorkingCalendar calendar_;
  std::optional<CivilDate> current_day_;
  std::vector<schema::EpochBegan> epochs_;
  bool has_administrator_ = false;
  std::uint64_t revision_ = 0;
};

}  // namespace silkledger::domain
