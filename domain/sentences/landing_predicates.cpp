#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::ApprovalRequested& event, const Names& names) {
  const auto item = names.item(event.item_id);
  const auto unit = names.unit(event.handling_unit);
  return {"为项目 " + event.project_id + " 申请帮办“" + item.zh + "”，办理单位 " + unit.zh,
          "requested assistance with \"" + item.en + "\" for project " + event.project_id +
              ", handled by " + unit.en};
}

Text predicate(const schema::ApprovalPlanned& event, const Names&) {
  return {"排定于 " + to_string(event.submit_by) + " 前提交",
          "planned the submission by " + to_string(event.submit_by)};
}

Text predicate(const schema::ApprovalClaimed& event, const Names& names) {
  const auto agent = names.person(event.agent);
  return {"由 " + agent + " 于 " + to_string(event.claimed_on) + " 认领",
          "let " + agent + " claim it on " + to_string(event.claimed_on)};
}

Text predicate(const schema::ApprovalAccepted& event, const Names&) {
  Text text{
      "于 " + to_string(event.accepted_on) + " 受理（" + to_string(event.submitted_on) + " 提交）",
      "accepted it on " + to_string(event.accepted_on) + " (submitted on " +
          to_string(event.submitted_on) + ")"};
  if (!event.statutory_days) return text;
  return join({text,
               {"，法定期限 ", ", statutory limit "},
               number(*event.statutory_days),
               {" 个", " "},
               enumerant(event.days),
               {"", " days"}});
}

Text predicate(const schema::ApprovalClockPaused& event, const Names&) {
  return {"自 " + to_string(event.paused_on) + " 中止计时，原因：" + event.reason + "，依据：" +
              event.legal_basis,
          "paused the clock from " + to_string(event.paused_on) + ", because: " + event.reason +
              ", under: " + event.legal_basis};
}

Text predicate(const schema::ApprovalClockResumed& event, const Names&) {
  return {"自 " + to_string(event.resumed_on) + " 恢复计时",
          "resumed the clock from " + to_string(event.resumed_on)};
}

Text predicate(const schema::ApprovalGranted& event, const Names&) {
  Text text{"于 " + to_string(event.decided_on) + " 准予",
            "granted it on " + to_string(event.decided_on)};
  return event.document_no
             ? join({text, {"，文号 " + *event.document_no, ", document " + *event.document_no}})
             : text;
}

Text predicate(const schema::ApprovalRefused& event, const Names&) {
  return join({{"于 " + to_string(event.decided_on) + " 不予许可",
                "refused it on " + to_string(event.decided_on)},
               reason(event.reason)});
}

Text predicate(const schema::FundReported& event, const Names&) {
  const auto source = enumerant(event.source);
  const auto evidence = enumerant(event.evidence);
  Text text = join(
      {{"为项目 " + event.project_id + " 上报到位资金 ",
        "reported funds in place for project " + event.project_id + ": "},
       money(event.amount_fen),
       {"（" + source.zh + "），到位日期 " + to_string(event.paid_on) + "，凭证：" + evidence.zh,
        " (" + source.en + "), paid on " + to_string(event.paid_on) +
            ", evidence: " + evidence.en}});
  if (event.voucher_no) text = join({text, {" " + *event.voucher_no, " " + *event.voucher_no}});
  return join({text, reason(event.reason)});
}

Text predicate(const schema::FundVerified& event, const Names&) {
  return join({{"核定到位资金 ", "verified funds of "},
               money(event.amount_fen),
               {"，依据：" + event.basis, ", on the basis of: " + event.basis}});
}

Text predicate(const schema::FundRejected& event, const Names&) {
  return join({{"不予核定资金 " + event.fund_id, "rejected the funds " + event.fund_id},
               reason(event.reason)});
}

Text predicate(const schema::FundCorrected& event, const Names&) {
  return join({{"更正资金：", "corrected the funds: "},
               change(schema::zh(event.field), words_of(schema::name(event.field)), event.change),
               reason(event.reason)});
}

namespace {

// "，说明：…": what deviates from the rules stands with its reason.
Text deviation(const std::optional<std::string>& text) {
  if (!text) return {};
  return {"，偏离说明：" + *text, ", deviating because: " + *text};
}

}  // namespace

Text predicate(const schema::WorkGroupFormed& event, const Names& names) {
  const auto level = enumerant(event.sponsor_level);
  const auto unit = names.unit(event.lead_service_unit);
  const auto sponsor = names.person(event.sponsor);
  return join({{"为项目 " + event.project_id + " 成立工作组，包联领导 " + sponsor + "（" +
                    level.zh + "），牵头服务单位 " + unit.zh + "，成员部门：",
                "formed the working group of project " + event.project_id + " under " + sponsor +
                    " (" + level.en + "), led in service by " + unit.en + ", with "},
               units(event.departments, names),
               deviation(event.deviation)});
}

Text predicate(const schema::WorkGroupLeaderSet& event, const Names& names) {
  const auto level = enumerant(event.sponsor_level);
  const auto sponsor = names.person(event.sponsor);
  return join({{"包联领导调整为 " + sponsor + "（" + level.zh + "）",
                "put the working group under " + sponsor + " (" + level.en + ")"},
               deviation(event.deviation)});
}

Text predicate(const schema::WorkGroupMemberSet& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  Text text{"确定" + unit.zh + "为工作组成员部门", "made " + unit.en + " a member of the group"};
  if (event.contact) {
    const auto contact = names.person(*event.contact);
    text = join({text, {"，联系人 " + contact, ", represented by " + contact}});
  }
  return join({text, deviation(event.deviation)});
}

Text predicate(const schema::WorkGroupMemberRemoved& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  return join({{"将" + unit.zh + "调出工作组", "took " + unit.en + " out of the group"},
               reason(event.reason),
               deviation(event.deviation)});
}

Text predicate(const schema::WorkGroupLeadServiceUnitSet& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  return {"牵头服务单位调整为" + unit.zh, "made " + unit.en + " the lead service unit"};
}

Text predicate(const schema::WorkGroupDissolved& event, const Names&) {
  return join({{"撤销项目 " + event.project_id + " 的工作组",
                "dissolved the working group of project " + event.project_id},
               reason(event.reason)});
}

}  // namespace silkledger::domain::sentences
