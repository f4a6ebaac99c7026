#include "domain/corrections.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/small_prefecture.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = LeadState::Status;

schema::LeadCorrected correction(schema::MoneyChange change, std::uint64_t position) {
  return {"L1", schema::LeadField::amount, change, {position}, "笔误", "示例依据"};
}

TEST(LeadCorrection, NamesTheEventThatSetTheValueEachTime) {
  SmallPrefecture in;
  in.must(some_lead("L0"), acting_for("branch"));
  in.must(some_lead(), acting_for("branch"));
  in.must(schema::ClassifyLead{"L1", "ordinary", {}, {}, {}});
  in.must(correction({yuan(80'000'000), yuan(90'000'000)}, 2), acting_for("branch"));
  EXPECT_EQ(in.lead("L1").amount, yuan(90'000'000));
  expect_refused(in.send(correction({yuan(90'000'000), yuan(70'000'000)}, 2), office()),
                 Kind::invalid, "corrects-another-event", "19", "/corrects/position");
  in.must(correction({yuan(90'000'000), yuan(70'000'000)}, 4), acting_for("branch"));
  EXPECT_EQ(in.lead("L1").amount, yuan(70'000'000));
  EXPECT_EQ(in.lead("L1").investor_name, "测试企业甲");
}

TEST(LeadCorrection, AddsWhatTheReportLeftOut) {
  SmallPrefecture in;
  auto lead = some_lead();
  lead.amount.reset();
  in.must(lead, acting_for("branch"));
  in.must(correction({{}, yuan(1)}, 1), acting_for("branch"));
  EXPECT_EQ(in.lead("L1").amount, yuan(1));
}

TEST(LeadCorrection, QualifierCountsAsPartOfTheValue) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  const schema::Money about{8'000'000'000, schema::Qualifier::about};
  expect_refused(in.send(correction({about, yuan(1)}, 1), office()), Kind::invalid, "was-differs",
                 "19", "/change/was");
  in.must(correction({yuan(80'000'000), about}, 1));
  EXPECT_EQ(in.lead("L1").amount, about);
}

TEST(LeadCorrection, RefusesWhatCorrectsNothing) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  expect_refused(in.send(correction({yuan(80'000'000), yuan(80'000'000)}, 1), office()),
                 Kind::invalid, "nothing-corrected", "19", "/change/becomes");
  expect_refused(in.send(correction({yuan(80'000'000), yuan(-1)}, 1), office()), Kind::invalid,
                 "below-zero", "19", "/change/becomes");
  const schema::LeadCorrected as_text{
      "L1", schema::LeadField::amount, schema::TextChange{"8000万", "9000万"}, {1}, "笔误", "依据"};
  expect_refused(in.send(as_text, office()), Kind::invalid, "change-of-another-kind", "19",
                 "/change/type");
  auto unfounded = correction({yuan(80'000'000), yuan(1)}, 1);
  unfounded.basis = "";
  expect_refused(in.send(unfounded, office()), Kind::invalid, "text-empty", "19", "/basis");
}

TEST(LeadCorrection, ClosedLeadCanStillBePutRight) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  in.must(schema::LeadClosed{"L1", "示例原因"});
  const schema::LeadCorrected name{"L1",
                                   schema::LeadField::investor_name,
                                   schema::TextChange{"测试企业甲", "测试企业丙"},
                                   {1},
                                   "笔误",
                                   "依据"};
  in.must(name, acting_for("branch"));
  EXPECT_EQ(in.lead("L1").investor_name, "测试企业丙");
  EXPECT_EQ(in.lead("L1").status, Status::closed);
}

}  // namespace
}  // namespace silkledger::domain
