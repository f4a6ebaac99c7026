// Who takes part: the units of the rule files and those the generator adds, chains, and one person
// for each role in each unit. Whether somebody may send a command is read off the rule set, never
// assumed.
//
// Values, single thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/generator/quantiles.h"
#include "tools/generator/rule_files.h"
#include "tools/generator/size.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {

struct UnitInPlay {
  std::string unit_id = {};
  std::string kind = {};
  std::optional<std::string> parent = {};
  CivilDate valid_from = {};
  Temperament temperament = Temperament::punctual;
};

struct Member {
  std::string person_id = {};
  std::string unit_id = {};
  std::string role = {};
};

struct ChainInPlay {
  std::string chain_id = {};
  std::string lead_unit = {};
  const ChainWords* words = nullptr;
};

class World {
 public:
  // Borrows the files, whose rules of `first` hold throughout.
  static std::variant<World, std::string> make(const RuleFiles& files, const Size& size,
                                               std::uint64_t seed);

  const schema::RuleSet& rules() const { return *rules_; }
  // Registered besides those of the files, parents first.
  const std::vector<schema::UnitRegistered>& more_units() const { return more_units_; }
  const std::vector<ChainInPlay>& chains() const { return chains_; }
  // The administrator first.
  const std::vector<Member>& members() const { return members_; }
  const Member& administrator() const { return members_.front(); }
  // Zone, counties and cities that take part and exist on that day.
  std::vector<std::string> receiving(CivilDate day) const;
  // Units that report leads by themselves: the receiving ones, branches, stations, chain-lead
  // units.
  std::vector<std::string> reporting(CivilDate day) const;
  bool receives(const std::string& unit_id) const;
  // A county's people: where its approvals are handled.
  std::string handling_unit_of(const std::string& receiving_unit) const;

  const UnitInPlay& unit(const std::string& unit_id) const { return units_.at(unit_id); }
  bool within(std::string_view unit_id, std::string_view ancestor) const;

  // Somebody who may send the command about that unit's business; first of its own people, then of
  // those above, then of those whose word is the prefecture's. Null when the rules allow nobody.
  const Member* sender(std::string_view command, const std::string& unit_id,
                       std::uint64_t draw) const;
  const Member* prefecture_sender(std::string_view command, std::uint64_t draw) const;
  // Somebody with a role in the unit or below it, of those who may send the command.
  const Member* within_unit(std::string_view command, const std::string& unit_id,
                            std::uint64_t draw) const;
  bool may(const Member& member, std::string_view command) const;
  const schema::Role& role(std::string_view code) const;
  // The class that a county follows by itself, and the six.
  const std::string& other_class() const { return other_class_; }
  const std::vector<std::string>& six_classes() const { return six_classes_; }

 private:
  void choose_units(const RuleFiles& files, const Size& size, std::uint64_t seed);
  void bring_in(const RuleFiles& files, schema::UnitRegistered unit);
  void add_branches(const RuleFiles& files, const Size& size);
  void add_chains(const RuleFiles& files, const Size& size);
  void add_department(const RuleFiles& files, const schema::UnitRegistered& county);
  void add_members();
  void add_members_of(const schema::Role& role);
  std::optional<std::string> missing() const;

  const schema::RuleSet* rules_ = nullptr;
  std::map<std::string, UnitInPlay> units_;  // those that take part
  std::vector<std::string> order_;           // their ids, as registered
  std::vector<schema::UnitRegistered> more_units_;
  std::vector<ChainInPlay> chains_;
  std::vector<Member> members_;
  std::string other_class_;
  std::vector<std::string> six_classes_;
};

}  // namespace silkledger::generator
