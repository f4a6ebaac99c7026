// A Rejection is a command's refusal as a value: what is wrong, where, under which article and
// rule-set version, and what would satisfy the rule; in Chinese and in English. A refused command
// changes nothing.
#pragma once

#include <string>

#include "domain/kernel/text.h"

namespace silkledger {

struct Rejection {
  enum class Kind {
    invalid,         // the stated facts cannot be true: an impossible date, a sum below zero
    not_permitted,   // this role may not send this command
    not_your_unit,   // the subject belongs to other units
    not_found,       // an id names nothing
    wrong_state,     // the subject is not, or no longer, where this command makes sense
    already_exists,  // the id is taken
    stale_version,   // the sender decided on an older version
  };
  Kind kind = Kind::invalid;
  std::string code;  // stable, kebab case: "lead-already-classified"
  std::string
      article;  // of the regulation, "19"; empty when the refusal is not one of the regulation
  std::string rule_set;  // version in force
  Text message;          // what is wrong
  Text remedy;           // what would satisfy the rule
  std::string pointer;   // JSON Pointer of the field at fault, or empty
  friend bool operator==(const Rejection&, const Rejection&) = default;
};

}  // namespace silkledger
