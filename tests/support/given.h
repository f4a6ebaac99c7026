// given(events) → when(command, actor, day) → then(facts) or then_rejected(code, article): how
// deciders are tested.
//
// Given folds events into a Reference and into the states of aggregates, as the server does. What
// was decided and expected becomes history for the next step. Single thread.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/registry/reference.h"
#include "domain/schema/message.h"
#include "tests/support/memory_states.h"

namespace silkledger::domain {

inline CivilDate day(std::string_view text) {
  const auto parsed = parse_date(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(CivilDate{});
}

inline const Actor& the_system() {
  static const Actor system{std::string(kSystemActor), "", "", true};
  return system;
}
inline Actor clerk_of(std::string unit) { return {"clerk." + unit, std::move(unit), "", false}; }
inline Actor office_clerk() { return {"clerk.office", "office", "", true}; }

class Given {
 public:
  // Events that happened on that day, at the next positions of the log.
  Given& happened(CivilDate on, const std::vector<schema::Event>& events) {
    for (const schema::Event& event : events) add(stream_of_event(event), event, on);
    return *this;
  }

  // `on` is today and the business day, unless another business day is stated.
  Given& when(const schema::Command& command, const Actor& actor, CivilDate on,
              std::optional<CivilDate> occurred_on = std::nullopt) {
    static const schema::RuleSet kNone = [] {
      schema::RuleSet none;
      none.version = "none";
      return none;
    }();
    occurred_ = occurred_on.value_or(on);
    const schema::RuleSet* rules = reference_.rules_on(occurred_);
    decided_ = decide(command, Context{.actor = actor,
                                       .today = on,
                                       .occurred_on = occurred_,
                                       .reference = reference_,
                                       .rules = rules == nullptr ? kNone : *rules,
                                       .states = states_});
    return *this;
  }

  // The decision wrote exactly these events, each to its own stream.
  Given& then(const std::vector<schema::Event>& events) {
    if (!taken()) return *this;
    EXPECT_EQ(decided_->facts.size(), events.size());
    for (std::size_t i = 0; i < events.size() && i < decided_->facts.size(); ++i) {
      EXPECT_EQ(decided_->facts[i].stream, stream_of_event(events[i]));
      EXPECT_TRUE(decided_->facts[i].event == events[i]) << "fact " << i << " differs";
      EXPECT_FALSE(decided_->facts[i].article.empty());
    }
    return then_accepted();
  }

  // Whatever was decided becomes history.
  Given& then_accepted() {
    if (!taken()) return *this;
    for (const Fact& fact : decided_->facts) add(fact.stream, fact.event, occurred_);
    return *this;
  }

  Given& then_rejected(std::string_view code, std::string_view article) {
    EXPECT_FALSE(decided_.has_value()) << "accepted, though " << code << " was expected";
    if (decided_.has_value()) return *this;
    const Rejection& no = decided_.error();
    EXPECT_EQ(no.code, code) << no.message.en;
    EXPECT_EQ(no.article, article) << code;
    for (const std::string* words :
         {&no.message.zh, &no.message.en, &no.remedy.zh, &no.remedy.en}) {
      EXPECT_FALSE(words->empty()) << code << " does not speak both languages";
    }
    return *this;
  }

  Rejection rejection() const { return decided_.error(); }
  const Reference& reference() const { return reference_; }
  MemoryStates& states() { return states_; }
  std::uint64_t last_position() const { return position_; }

 private:
  bool taken() const {
    if (decided_.has_value()) return true;
    ADD_FAILURE() << decided_.error().code << ": " << decided_.error().message.en;
    return false;
  }

  void add(const std::string& stream, const schema::Event& event, CivilDate on) {
    const EventPlace place{++position_, ++versions_[stream], on};
    const std::string bytes = schema::encode(event);
    schema::MessageReader message(bytes);
    reference_.evolve(message.root<wire::Event>(), place);
    states_.evolve_stream(stream, message.root<wire::Event>(), place);
  }

  Reference reference_;
  MemoryStates states_;
  std::map<std::string, std::uint64_t> versions_;
  std::uint64_t position_ = 0;
  CivilDate occurred_;
  Result<Decision> decided_ = Decision{};
};

inline Given given(CivilDate on, const std::vector<schema::Event>& events) {
  Given history;
  history.happened(on, events);
  return history;
}

}  // namespace silkledger::domain
