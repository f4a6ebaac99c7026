// States gives deciders the aggregates of the log by id, as of the point where the decision is
// made.
//
// The implementation loads and evolves them from their streams and notes which were read, so that
// the append can be conditioned on them. References stay valid until the decision returns. An
// unknown id gives a state whose exists() is false.
#pragma once

#include <string_view>

#include "domain/landing/approval.h"
#include "domain/landing/fund.h"
#include "domain/leads/lead.h"
#include "domain/projects/contract.h"
#include "domain/projects/evaluation.h"
#include "domain/projects/project.h"

namespace silkledger::domain {

class States {
 public:
  virtual ~States() = default;
  virtual const LeadState& lead(std::string_view lead_id) = 0;
  virtual const ProjectState& project(std::string_view project_id) = 0;
  virtual const EvaluationState& evaluation(std::string_view evaluation_id) = 0;
  virtual const ContractState& contract(std::string_view contract_id) = 0;
  virtual const ApprovalState& approval(std::string_view approval_id) = 0;
  virtual const FundState& fund(std::string_view fund_id) = 0;
};

}  // namespace silkledger::domain
