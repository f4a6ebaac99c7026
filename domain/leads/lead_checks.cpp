#include "domain/leads/lead_checks.h"

#include <utility>

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;
using Status = LeadState::Status;

const Text kLead{"线索", "lead"};

Text stage_of(Status status) {
  switch (status) {
    case Status::unknown:
      return {"未知", "unknown"};
    case Status::reported:
      return {"已上报", "reported"};
    case Status::classified:
      return {"已分类", "classified"};
    case Status::analysed:
      return {"已研判", "analysed"};
    case Status::reviewed:
      return {"已审核", "reviewed"};
    case Status::decided:
      return {"领导小组已确定", "decided by the leading group"};
    case Status::delegated:
      return {"已交办", "delegated"};
    case Status::closed:
      return {"已办结", "closed"};
  }
  return {};
}

}  // namespace

Objection lead_exists(const Checks& check, const LeadState& lead, std::string_view lead_id) {
  return check.exists(lead.exists(), kLead, lead_id, "/leadId");
}

Rejection wrong_stage(const Checks& check, const LeadState& lead, std::string_view code,
                      Text remedy) {
  const Text stage = stage_of(lead.status);
  return check.reject(
      Kind::wrong_state, code, "/leadId",
      {"线索" + quoted_zh(lead.lead_id) + "目前的状态是“" + stage.zh + "”，不能办理该事项。",
       "The lead " + quoted_en(lead.lead_id) + " is " + stage.en + "; this cannot be done now."},
      std::move(remedy));
}

Objection lead_is_open(const Checks& check, const LeadState& lead) {
  if (lead.status != Status::closed) return {};
  return wrong_stage(
      check, lead, "lead-closed",
      {"办结的线索只能更正；如有新意向，请另行上报。",
       "A closed lead can only be corrected; report a new intention as a new lead."});
}

}  // namespace silkledger::domain
