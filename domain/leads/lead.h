// A lead is an intention to invest, from its first report until somebody may negotiate or it is
// closed. Art. 18 (registration form), Art. 19 (weekly report, six classes, analysis, review,
// decision). Stream: "lead/<lead id>".
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.wire.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct LeadState {
  static constexpr std::string_view kAggregate = "lead";
  static constexpr std::size_t kFields = 4;  // of schema::LeadField
  enum class Status {
    unknown,
    reported,
    classified,
    analysed,
    reviewed,
    decided,
    delegated,
    closed
  };
  Status status = Status::unknown;
  std::string lead_id;
  std::string investor_name;
  std::string content;
  std::string reporting_unit;
  std::optional<std::string> home_unit;
  std::optional<std::string> intended_unit;
  std::optional<std::string> following_unit;  // after delegation
  std::optional<std::string> chain_id;
  std::optional<schema::Money> amount;
  std::optional<schema::Count> jobs;
  std::optional<std::string> lead_class;
  std::optional<schema::LeadClassified>
      classification;  // as last recorded; no repeat of it is taken
  bool prefecture_decides = false;
  bool form_filed = false;
  std::optional<schema::AnalysisVerdict> analysis;
  std::optional<std::string>
      project_id;  // decided by the leading group, or opened by the following unit
  std::uint64_t reported_at_position = 0;
  CivilDate reported_on;
  // By LeadField: position of the event that last set the field; 0 when none did.
  std::array<std::uint64_t, kFields> set_at{};
  bool exists() const { return status != Status::unknown; }
  friend bool operator==(const LeadState&, const LeadState&) = default;
};

void evolve(LeadState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::LeadReported& stated, const Context& context);
Result<Decision> decide(const schema::LeadFormFiled& stated, const Context& context);
Result<Decision> decide(const schema::ClassifyLead& stated, const Context& context);
Result<Decision> decide(const schema::LeadAnalysisConcluded& stated, const Context& context);
Result<Decision> decide(const schema::LeadLeaderReviewed& stated, const Context& context);
Result<Decision> decide(const schema::LeadLeadingGroupDecided& stated, const Context& context);
Result<Decision> decide(const schema::LeadDelegated& stated, const Context& context);
Result<Decision> decide(const schema::LeadClosed& stated, const Context& context);
Result<Decision> decide(const schema::LeadCorrected& stated, const Context& context);

}  // namespace silkledger::domain
