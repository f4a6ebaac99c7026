// Projects of the example prefecture that approvals and funds can belong to: P1 of county-a, signed
// for 100 million yuan; OLD of county-a, from before the ledger; TALKS of county-a, still
// negotiated; OVER, ended.
#pragma once

#include <string>
#include <utility>

#include "tests/support/example_prefecture.h"

namespace silkledger::domain::example {

inline constexpr std::int64_t kAgreedFen = 10'000'000'000;

inline schema::ProjectNegotiationOpened negotiation(std::string project_id) {
  schema::ProjectNegotiationOpened opened;
  opened.project_id = std::move(project_id);
  opened.name = "示例项目";
  opened.investor_name = "测试企业";
  opened.unit_id = "county-a";
  opened.lead_class = "other";
  opened.content = "示例内容";
  return opened;
}

inline Given landed(CivilDate on) {
  schema::ContractSigned contract;
  contract.contract_id = "C1";
  contract.project_id = "P1";
  contract.signed_on = on;
  contract.amount.fen = kAgreedFen;
  schema::ProjectOpeningRecorded old;
  old.project_id = "OLD";
  old.name = "示例旧项目";
  old.unit_id = "county-a";
  old.stage = schema::OpeningStage::under_construction;
  old.status_text = "在建";
  Given ledger = prefecture();
  ledger.happened(on, {negotiation("P1"), contract,
                       schema::ProjectSigned{"P1", "C1", schema::ContractKind::formal}, old,
                       negotiation("TALKS"), negotiation("OVER"),
                       schema::ProjectTerminated{"OVER", "示例原因"}});
  return ledger;
}

}  // namespace silkledger::domain::example
