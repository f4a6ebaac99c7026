#include "domain/landing/fund.h"

#include "tests/support/landed_project.h"

namespace silkledger::domain {
namespace {

using example::kAgreedFen;

const CivilDate kDay = day("2024-06-03");
const Actor kCounty = clerk_of("county-a");

schema::FundReported report(std::int64_t fen, std::string fund_id = "F1") {
  schema::FundReported reported;
  reported.fund_id = std::move(fund_id);
  reported.project_id = "P1";
  reported.amount_fen = fen;
  reported.paid_on = kDay;
  return reported;
}

schema::FundReported of_project(std::string project_id) {
  schema::FundReported reported = report(100);
  reported.project_id = std::move(project_id);
  return reported;
}

// F1 of 500 fen was reported; the report stands at the returned ledger's last position.
Given reported() { return example::landed(day("2024-05-01")).happened(kDay, {report(500)}); }

schema::FundCorrected correct_amount(std::int64_t was, std::int64_t becomes,
                                     std::uint64_t position) {
  return {
      "F1",      schema::FundField::amount_fen, schema::FenChange{was, becomes}, {position}, "笔误",
      "银行回单"};
}

TEST(FundReport, IsTakenForSignedProjectsAndThoseFromBeforeTheLedger) {
  Given ledger = example::landed(day("2024-05-01"));
  ledger.when(report(1), kCounty, kDay).then({report(1)});
  schema::FundReported old = of_project("OLD");
  old.fund_id = "F2";
  ledger.when(old, kCounty, kDay).then({old});
}

TEST(FundReport, IsRefusedWithItsReason) {
  Given ledger = reported();
  ledger.when(report(1), kCounty, kDay).then_rejected("fund-already-exists", "26");
  Given fresh = example::landed(day("2024-05-01"));
  fresh.when(of_project("P9"), kCounty, kDay).then_rejected("project-unknown", "26");
  fresh.when(of_project("TALKS"), kCounty, kDay).then_rejected("project-not-signed", "26");
  fresh.when(of_project("OVER"), kCounty, kDay).then_rejected("project-ended", "26");
  fresh.when(report(100), clerk_of("county-b"), kDay).then_rejected("not-your-unit", "26");
  EXPECT_EQ(fresh.rejection().kind, Rejection::Kind::not_your_unit);
  fresh.when(report(100), clerk_of("bureau-a"), kDay).then_rejected("not-your-unit", "26");
  fresh.when(report(0), kCounty, kDay).then_rejected("amount-not-positive", "26");
}

TEST(FundReport, IsOfMoneyThatCameByTheStatedDay) {
  Given ledger = example::landed(day("2024-05-01"));
  schema::FundReported tomorrow = report(100);
  tomorrow.paid_on = {kDay.days + 1};
  ledger.when(tomorrow, kCounty, kDay).then_rejected("date-in-the-future", "26");
  ledger.when(report(100), kCounty, {kDay.days + 1}, kDay).then_accepted();
}

// 120% of the agreement is not over it; one fen more is, and may be explained.
TEST(FundReport, AboveItsShareOfTheAgreementNeedsAReason) {
  const std::int64_t share = kAgreedFen / 100 * 120;
  Given ledger = example::landed(day("2024-05-01"));
  ledger.when(report(share + 1), kCounty, kDay).then_rejected("funds-exceed-agreement", "26");
  EXPECT_EQ(ledger.rejection().pointer, "/reason");
  EXPECT_NE(ledger.rejection().message.zh.find("120000000.01"), std::string::npos);
  schema::FundReported explained = report(share + 1);
  explained.reason = "追加设备投资";
  ledger.when(explained, kCounty, kDay).then({explained});
  ledger.when(report(share, "F2"), kCounty, kDay).then_accepted();
}

TEST(FundReport, OfAProjectWithoutAnAgreementHasNoShareToExceed) {
  Given ledger = example::landed(day("2024-05-01"));
  schema::FundReported old = of_project("OLD");
  old.amount_fen = 9'000'000'000'000'000;
  ledger.when(old, kCounty, kDay).then_accepted();
}

TEST(FundVerification, IsTheOfficesAndStaysBesideTheReport) {
  Given ledger = reported();
  const schema::FundVerified verified{"F1", 400, "回单3张"};
  ledger.when(verified, kCounty, kDay).then_rejected("prefecture-decides", "26");
  ledger.when(verified, office_clerk(), kDay).then({verified});
  const FundState& fund = ledger.states().get<FundState>("F1");
  EXPECT_EQ(fund.reported_fen, 500);
  EXPECT_EQ(fund.verified_fen, 400);
}

struct Amount {
  std::int64_t fen;
  const char* code;  // empty: accepted
};

class VerifiedAmount : public testing::TestWithParam<Amount> {};

TEST_P(VerifiedAmount, LiesBetweenZeroAndTheReportedSum) {
  Given ledger = reported();
  ledger.when(schema::FundVerified{"F1", GetParam().fen, "回单"}, office_clerk(), kDay);
  if (*GetParam().code == '\0') {
    ledger.then_accepted();
  } else {
    ledger.then_rejected(GetParam().code, "26");
  }
}

INSTANTIATE_TEST_SUITE_P(Article26, VerifiedAmount,
                         testing::Values(Amount{-1, "verified-exceeds-reported"}, Amount{0, ""},
                                         Amount{500, ""},
                                         Amount{501, "verified-exceeds-reported"}));

TEST(FundVerification, MayBeRestatedButNotRepeated) {
  Given ledger = reported();
  ledger.when(schema::FundVerified{"F9", 1, "回单"}, office_clerk(), kDay)
      .then_rejected("fund-unknown", "26");
  ledger.when(schema::FundVerified{"F1", 400, " "}, office_clerk(), kDay)
      .then_rejected("text-empty", "26");
  ledger.when(schema::FundVerified{"F1", 400, "回单"}, office_clerk(), kDay).then_accepted();
  ledger.when(schema::FundVerified{"F1", 400, "回单"}, office_clerk(), kDay)
      .then_rejected("fund-verified", "26");
  ledger.when(schema::FundRejected{"F1", "不实"}, office_clerk(), kDay)
      .then_rejected("fund-verified", "26");
  ledger.when(schema::FundVerified{"F1", 300, "复核"}, office_clerk(), kDay).then_accepted();
  EXPECT_EQ(ledger.states().get<FundState>("F1").verified_fen, 300);
}

TEST(FundRejection, EndsTheSum) {
  Given ledger = reported();
  const schema::FundRejected rejected{"F1", "凭证不符"};
  ledger.when(rejected, kCounty, kDay).then_rejected("prefecture-decides", "26");
  ledger.when(rejected, office_clerk(), kDay).then({rejected});
  ledger.when(rejected, office_clerk(), kDay).then_rejected("fund-rejected", "26");
  ledger.when(schema::FundVerified{"F1", 1, "回单"}, office_clerk(), kDay)
      .then_rejected("fund-rejected", "26");
  ledger.when(correct_amount(500, 400, ledger.last_position() - 1), kCounty, kDay)
      .then_rejected("fund-rejected", "26");
}

TEST(FundCorrection, NamesTheValueAndTheEventItCameFrom) {
  Given ledger = reported();
  const std::uint64_t at = ledger.last_position();
  ledger.when(correct_amount(499, 450, at), kCounty, kDay).then_rejected("was-differs", "26");
  ledger.when(correct_amount(500, 450, at - 1), kCounty, kDay)
      .then_rejected("corrects-another-event", "26");
  ledger.when(correct_amount(500, 500, at), kCounty, kDay).then_rejected("nothing-corrected", "26");
  ledger.when(correct_amount(500, 0, at), kCounty, kDay).then_rejected("amount-not-positive", "26");
  ledger.when(correct_amount(500, 450, at), clerk_of("county-b"), kDay)
      .then_rejected("not-your-unit", "26");
  ledger.when(correct_amount(500, 450, at), kCounty, kDay).then({correct_amount(500, 450, at)});
  EXPECT_EQ(ledger.states().get<FundState>("F1").reported_fen, 450);
  // The next one corrects the correction.
  ledger.when(correct_amount(450, 440, at), kCounty, kDay)
      .then_rejected("corrects-another-event", "26");
  ledger.when(correct_amount(450, 440, at + 1), kCounty, kDay).then_accepted();
}

TEST(FundCorrection, DoesNotFallBelowWhatWasVerified) {
  Given ledger = reported();
  const std::uint64_t at = ledger.last_position();
  ledger.happened(kDay, {schema::FundVerified{"F1", 400, "回单"}});
  ledger.when(correct_amount(500, 399, at), kCounty, kDay)
      .then_rejected("amount-below-verified", "26");
  ledger.when(correct_amount(500, 400, at), kCounty, kDay).then_accepted();
  EXPECT_EQ(ledger.states().get<FundState>("F1").verified_fen, 400);
}

TEST(FundCorrection, MovesTheDayOfPaymentBackOnly) {
  Given ledger = reported();
  const std::uint64_t at = ledger.last_position();
  const auto correct_day = [&](CivilDate becomes) {
    return schema::FundCorrected{
        "F1", schema::FundField::paid_on, schema::DateChange{kDay, becomes}, {at}, "笔误", "回单"};
  };
  ledger.when(correct_day({kDay.days + 1}), kCounty, kDay)
      .then_rejected("date-in-the-future", "26");
  schema::FundCorrected money = correct_amount(500, 400, at);
  money.field = schema::FundField::paid_on;
  ledger.when(money, kCounty, kDay).then_rejected("change-of-another-kind", "26");
  ledger.when(correct_day({kDay.days - 1}), kCounty, kDay).then_accepted();
  EXPECT_EQ(ledger.states().get<FundState>("F1").paid_on, CivilDate{kDay.days - 1});
  EXPECT_EQ(ledger.states().get<FundState>("F1").reported_fen, 500);
}

}  // namespace
}  // namespace silkledger::domain
