#include "domain/landing/fund.h"

#include <utility>

#include "domain/corrections.h"
#include "domain/landing/landed.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Status = FundState::Status;

constexpr std::string_view kArticle = "26";
constexpr std::int64_t kPercent = 100;
const Text kFund{"资金", "fund"};
const Text kPaid{"到位日期", "the day of payment"};

Decision one(schema::Event event) { return {{recorded(std::move(event))}}; }

std::string yuan(std::int64_t fen) {
  const std::int64_t cents = fen % 100;
  return std::to_string(fen / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

// A sum beyond the rule set's share of the agreement may be true, and then somebody can say why.
// Exactly the share is not beyond it. Without a formal agreement (opening entries) there is nothing
// to compare with.
Objection is_explained(const Checks& check, const schema::FundReported& stated) {
  const Context& context = check.context();
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (!project.contract_id) return {};
  const std::int64_t agreed = context.states.get<ContractState>(*project.contract_id).amount.fen;
  const std::int64_t percent = context.rules.funds_over_agreement_percent;
  // Both products stay below 2^63: sums are at most 9·10^15 fen and the percentage at most 1000.
  const bool is_beyond = stated.amount_fen * kPercent > agreed * percent;
  if (!is_beyond || stated.reason) return check.words_if_stated(stated.reason, "/reason");
  const std::string share = std::to_string(percent);
  return check.reject(Rejection::Kind::invalid, "funds-exceed-agreement", "/reason",
                      {"本笔 " + yuan(stated.amount_fen) + " 元超过协议总投资 " + yuan(agreed) +
                           " 元的 " + share + "%。",
                       "This sum of " + yuan(stated.amount_fen) + " yuan exceeds " + share +
                           "% of the agreement of " + yuan(agreed) + " yuan."},
                      {"请核对金额；确属实际到位的，在 reason 中写明原因。",
                       "Check the amount; if it is right, say in `reason` why."});
}

Objection wrong_state(const Checks& check, const FundState& state, Text remedy) {
  const bool verified = state.status == Status::verified;
  return check.reject(
      Rejection::Kind::wrong_state, verified ? "fund-verified" : "fund-rejected", {},
      {verified ? "该笔资金已核定。" : "该笔资金已决定不予核定。",
       verified ? "This sum was verified." : "The verification of this sum was refused."},
      std::move(remedy));
}

Objection may_verify(const Checks& check, const FundState& state, std::string_view fund_id) {
  if (auto no = check.exists(state.exists(), kFund, fund_id, "/fundId")) return no;
  return check.prefecture_acts();
}

// A corrected amount stays a payment, and no smaller than what was verified of it.
Objection is_amount(const Checks& check, const FundState& state, std::int64_t fen) {
  if (fen < 1) {
    return check.reject(
        Rejection::Kind::invalid, "amount-not-positive", "/change/becomes",
        {"更正后的金额须大于零。", "The corrected amount has to be above zero."},
        {"未到位的资金请由办公室不予核定。", "Let the office reject a sum that never came."});
  }
  if (!state.verified_fen || fen >= *state.verified_fen) return {};
  return check.reject(
      Rejection::Kind::invalid, "amount-below-verified", "/change/becomes",
      {"更正后的金额小于已核定的 " + yuan(*state.verified_fen) + " 元。",
       "The corrected amount is below the verified " + yuan(*state.verified_fen) + " yuan."},
      {"请办公室先按实际重新核定。", "Let the office verify the lower amount first."});
}

}  // namespace

void evolve(FundState& state, wire::Event::Reader event, const EventPlace& place) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::FUND_REPORTED: {
      const auto reported = read(event.getFundReported());
      state.status = Status::reported;
      state.fund_id = reported.fund_id;
      state.project_id = reported.project_id;
      state.reported_fen = reported.amount_fen;
      state.paid_on = reported.paid_on;
      state.amount_set_at = place.position;
      state.paid_on_set_at = place.position;
      return;
    }
    case wire::Event::FUND_VERIFIED:
      state.status = Status::verified;
      state.verified_fen = event.getFundVerified().getAmountFen();
      return;
    case wire::Event::FUND_REJECTED:
      state.status = Status::rejected;
      return;
    case wire::Event::FUND_CORRECTED: {
      const auto corrected = event.getFundCorrected();
      if (corrected.getField() == wire::FundField::AMOUNT_FEN) {
        if (apply_change(corrected.getChange(), state.reported_fen)) {
          state.amount_set_at = place.position;
        }
      } else if (apply_change(corrected.getChange(), state.paid_on)) {
        state.paid_on_set_at = place.position;
      }
      return;
    }
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::FundReported& stated, const Context& context) {
  const Checks check(context, kArticle);
  const FundState& state = context.states.get<FundState>(stated.fund_id);
  if (auto no = check.id_is_free(state.exists(), kFund, stated.fund_id, "/fundId")) return *no;
  if (auto no = project_has_landed(check, stated.project_id)) return *no;
  if (auto no = check.own_unit(context.states.get<ProjectState>(stated.project_id).unit_id))
    return *no;
  if (stated.amount_fen < 1) {
    return check.reject(Rejection::Kind::invalid, "amount-not-positive", "/amountFen",
                        {"到位资金须大于零。", "A sum in place has to be above zero."},
                        {"没有到位资金时无需填报。", "Report nothing when nothing came."});
  }
  if (auto no = check.happened(stated.paid_on, kPaid, "/paidOn")) return *no;
  if (auto no = is_explained(check, stated)) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::FundVerified& stated, const Context& context) {
  const Checks check(context, kArticle);
  const FundState& state = context.states.get<FundState>(stated.fund_id);
  if (auto no = may_verify(check, state, stated.fund_id)) return *no;
  if (state.status == Status::rejected) {
    return *wrong_state(check, state, {"请重新上报该笔资金。", "Report the sum anew."});
  }
  if (state.verified_fen == stated.amount_fen) {
    return *wrong_state(check, state,
                        {"金额与已核定的相同，无需重复核定。",
                         "The amount is the verified one; nothing is left to do."});
  }
  if (stated.amount_fen < 0 || stated.amount_fen > state.reported_fen) {
    return check.reject(
        Rejection::Kind::invalid, "verified-exceeds-reported", "/amountFen",
        {"核定金额须在 0 与上报金额 " + yuan(state.reported_fen) + " 元之间。",
         "The verified amount has to lie between 0 and the reported " + yuan(state.reported_fen) +
             " yuan."},
        {"上报有误时，请先更正上报金额。", "If the report is wrong, correct it first."});
  }
  if (auto no = check.words(stated.basis, "/basis")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::FundRejected& stated, const Context& context) {
  const Checks check(context, kArticle);
  const FundState& state = context.states.get<FundState>(stated.fund_id);
  if (auto no = may_verify(check, state, stated.fund_id)) return *no;
  if (state.status != Status::reported) {
    return *wrong_state(check, state,
                        {"已核定的资金可以重新核定，最低为零。",
                         "A verified sum can be verified anew, down to zero."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::FundCorrected& stated, const Context& context) {
  const Checks check(context, kArticle);
  const FundState& state = context.states.get<FundState>(stated.fund_id);
  if (auto no = check.exists(state.exists(), kFund, stated.fund_id, "/fundId")) return *no;
  if (auto no = check.own_unit(context.states.get<ProjectState>(state.project_id).unit_id))
    return *no;
  if (state.status == Status::rejected) {
    return *wrong_state(check, state, {"请重新上报该笔资金。", "Report the sum anew."});
  }
  if (stated.field == schema::FundField::amount_fen) {
    const Correction correction = correction_of(stated, state.amount_set_at);
    if (auto no = check_correction(check, correction, state.reported_fen)) return *no;
    const std::int64_t becomes = std::get<schema::FenChange>(stated.change).becomes;
    if (auto no = is_amount(check, state, becomes)) return *no;
  } else {
    const Correction correction = correction_of(stated, state.paid_on_set_at);
    if (auto no = check_correction(check, correction, state.paid_on)) return *no;
    const CivilDate becomes = std::get<schema::DateChange>(stated.change).becomes;
    if (auto no = check.happened(becomes, kPaid, "/change/becomes")) return *no;
  }
  return one(stated);
}

}  // namespace silkledger::domain
