// The questions that most deciders of leads and projects ask, under one article.
//
// A Checks belongs to one decision; it borrows the context. Every question answers with the
// rejection that stands against the command, or with nothing. Pure; one thread at a time. What is
// general is in refusal.h.
//
//   const Checks check(context, "19");
//   if (auto no = check.own_unit(state.unit_id)) return *no;
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/refusal.h"

namespace silkledger::domain {

using Objection = std::optional<Rejection>;

class Checks {
 public:
  Checks(const Context& context, std::string_view article) : context_(context), article_(article) {}

  // `pointer` is the JSON Pointer of the stated field at fault, "/leadId".
  Rejection reject(Rejection::Kind kind, std::string_view code, std::string_view pointer,
                   Text message, Text remedy) const;

  // `what` names the subject in both languages: {"线索", "lead"}. Codes begin with the English
  // name.
  Objection id_is_free(bool taken, const Text& what, std::string_view id,
                       std::string_view pointer) const;
  Objection exists(bool known, const Text& what, std::string_view id,
                   std::string_view pointer) const;

  // The actor's unit is the subject's unit or stands above it, or its word is the prefecture's.
  Objection own_unit(std::string_view unit_id) const;
  // For the leading group, its leaders and its office alone.
  Objection prefecture_acts() const;

  // On the day the command states.
  Objection unit_exists(std::string_view unit_id, std::string_view pointer) const;
  Objection unit_receives(std::string_view unit_id, std::string_view pointer) const;
  // At least one unit, each once and in being.
  Objection invited(const std::vector<std::string>& units, std::string_view pointer) const;
  Objection units_once(const std::vector<std::string>& units, std::string_view pointer) const;
  Objection chain_exists(std::string_view chain_id, std::string_view pointer) const;
  Objection person_known(std::string_view person_id, std::string_view pointer) const;

  Objection name(std::string_view text, std::string_view pointer) const;
  Objection words(std::string_view text, std::string_view pointer) const;
  // What is left out is not looked at.
  Objection words_if_stated(const std::optional<std::string>& text, std::string_view pointer) const;
  // What is said to have happened cannot lie after the day on which it is said to be known.
  Objection happened(CivilDate day, const Text& what, std::string_view pointer) const;
  Objection in_order(CivilDate earlier, const Text& earlier_what, CivilDate later,
                     const Text& later_what, std::string_view pointer) const;

  // The event in its own stream, under this article.
  Fact fact(schema::Event event) const;

  const Context& context() const { return context_; }
  const std::string& article() const { return article_; }

 private:
  const Context& context_;
  std::string article_;
};

Decision only(Fact fact);
// Marks a consequence that the rules drew.
Fact by_system(Fact fact);

// “id” and "id".
std::string quoted_zh(std::string_view text);
std::string quoted_en(std::string_view text);

}  // namespace silkledger::domain
