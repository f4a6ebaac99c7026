// Art. 21, 27: risks, the list of major projects, lights set by hand.
#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using schema::Light;
using schema::RiskKind;

const schema::ProjectRiskRaised kRisk{"P1", "R1", RiskKind::land, "示例用地未落实"};
const schema::ProjectRiskCleared kCleared{"P1", "R1", "示例用地已落实"};
const schema::ProjectMajorListed kListed{"P1", "示例原因"};
const schema::ProjectMajorDelisted kDelisted{"P1", "示例原因"};
const schema::ProjectLightReleased kReleased{"P1", "示例原因"};

schema::ProjectLightOverridden override_light(Light light = Light::yellow,
                                              std::optional<CivilDate> until = in_days(3)) {
  return {"P1", light, "示例原因", until};
}

const Actor kCounty = acting_for("county-a");
const Actor kChainLead = acting_for("chain-lead");

void open(SmallPrefecture& in) { in.must(county_project(), kCounty); }
void raise(SmallPrefecture& in) {
  open(in);
  in.must(kRisk, kCounty);
}
void list(SmallPrefecture& in) {
  open(in);
  in.must(kListed, kCounty);
}
void end(SmallPrefecture& in) {
  list(in);
  in.must(schema::ProjectTerminated{"P1", "示例原因"}, kCounty);
}

template <class Stated>
auto asked(void (*before)(SmallPrefecture&), Stated stated, Actor actor = kCounty) {
  return [=](SmallPrefecture& in) {
    before(in);
    return in.ask(stated, actor);
  };
}

class AttentionRefusal : public testing::TestWithParam<Refused> {};

TEST_P(AttentionRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

schema::ProjectRiskRaised risk(std::string project, std::string text) {
  return {std::move(project), "R1", RiskKind::credit, std::move(text)};
}

INSTANTIATE_TEST_SUITE_P(
    Risks, AttentionRefusal,
    testing::Values(Refused{"OfNothing", asked(open, risk("P9", "示例")), Kind::not_found,
                            "project-unknown", "21", "/projectId"},
                    Refused{"OfAnother", asked(open, kRisk, acting_for("county-b")),
                            Kind::not_your_unit, "not-following-project", "21", ""},
                    Refused{"OfAnEndedProject", asked(end, risk("P1", "示例")), Kind::wrong_state,
                            "project-ended", "21", "/projectId"},
                    Refused{"Twice", asked(raise, kRisk), Kind::already_exists,
                            "risk-already-exists", "21", "/riskId"},
                    Refused{"WithoutWords", asked(open, risk("P1", " ")), Kind::invalid,
                            "text-empty", "21", "/text"},
                    Refused{"ClearedUnknown", asked(open, kCleared), Kind::not_found,
                            "risk-unknown", "21", "/riskId"},
                    Refused{"ClearedWithoutWords",
                            asked(raise, schema::ProjectRiskCleared{"P1", "R1", ""}), Kind::invalid,
                            "text-empty", "21", "/how"},
                    Refused{"ClearedTwice",
                            [](SmallPrefecture& in) {
                              raise(in);
                              in.must(kCleared, kCounty);
                              return in.ask(kCleared, kCounty);
                            },
                            Kind::wrong_state, "risk-cleared", "21", "/riskId"},
                    Refused{"RaisedAnewUnderTheIdOfAClearedOne",
                            [](SmallPrefecture& in) {
                              raise(in);
                              in.must(kCleared, kCounty);
                              return in.ask(kRisk, kCounty);
                            },
                            Kind::already_exists, "risk-already-exists", "21", "/riskId"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    MajorList, AttentionRefusal,
    testing::Values(Refused{"OfNothing", asked(open, schema::ProjectMajorListed{"P9", "示例"}),
                            Kind::not_found, "project-unknown", "27", "/projectId"},
                    Refused{"ByTheChainLead", asked(open, kListed, kChainLead), Kind::not_your_unit,
                            "not-your-unit", "27", ""},
                    Refused{"WithoutReason", asked(open, schema::ProjectMajorListed{"P1", ""}),
                            Kind::invalid, "text-empty", "27", "/reason"},
                    Refused{"Twice",
                            [](SmallPrefecture& in) {
                              open(in);
                              in.must(kListed, kCounty);
                              return in.ask(kListed, kCounty);
                            },
                            Kind::wrong_state, "project-listed", "27", "/projectId"},
                    Refused{"OffWhatIsNotOnIt", asked(open, kDelisted), Kind::wrong_state,
                            "project-not-listed", "27", "/projectId"},
                    Refused{"OffWithoutReason",
                            asked(list, schema::ProjectMajorDelisted{"P1", " "}), Kind::invalid,
                            "text-empty", "27", "/reason"},
                    Refused{"OffAfterItsEnd", asked(end, kDelisted), Kind::wrong_state,
                            "project-ended", "27", "/projectId"},
                    Refused{"OffByAnother", asked(list, kDelisted, acting_for("county-b")),
                            Kind::not_your_unit, "not-your-unit", "27", ""}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Lights, AttentionRefusal,
    testing::Values(Refused{"Grey", asked(open, override_light(Light::grey)), Kind::invalid,
                            "grey-not-set-by-hand", "21", "/light"},
                    Refused{"UntilYesterday", asked(open, override_light(Light::red, days_ago(1))),
                            Kind::invalid, "dates-out-of-order", "21", "/until"},
                    Refused{"WithoutReason",
                            asked(open, schema::ProjectLightOverridden{"P1", Light::red, "", {}}),
                            Kind::invalid, "text-empty", "21", "/reason"},
                    Refused{"ByTheChainLead", asked(open, override_light(), kChainLead),
                            Kind::not_your_unit, "not-your-unit", "21", ""},
                    Refused{"OfAnEndedProject", asked(end, override_light()), Kind::wrong_state,
                            "project-ended", "21", "/projectId"},
                    Refused{"ReleasedWhereNoneIsSet", asked(open, kReleased), Kind::wrong_state,
                            "no-light-set", "21", "/projectId"},
                    Refused{"ReleasedWithoutReason",
                            [](SmallPrefecture& in) {
                              open(in);
                              in.must(override_light(), kCounty);
                              return in.ask(schema::ProjectLightReleased{"P1", ""}, kCounty);
                            },
                            Kind::invalid, "text-empty", "21", "/reason"},
                    Refused{"ReleasedAfterItRanOut",
                            [](SmallPrefecture& in) {
                              open(in);
                              in.must(override_light(Light::red, days_ago(1)), kCounty,
                                      days_ago(1));
                              return in.ask(kReleased, kCounty);
                            },
                            Kind::wrong_state, "no-light-set", "21", "/projectId"}),
    name_of_row);

TEST(Attention, RisksAreRaisedAndClearedByWhoFollowsTheProject) {
  SmallPrefecture in;
  open(in);
  for (const Actor& actor : {kCounty, kChainLead, office()}) {
    schema::ProjectRiskRaised raised = kRisk;
    raised.risk_id = "R-" + actor.unit;
    in.must(raised, actor);
    in.must(schema::ProjectRiskCleared{"P1", raised.risk_id, "示例"}, actor);
    EXPECT_TRUE(in.project("P1").risk(raised.risk_id)->cleared);
  }
}

TEST(Attention, AMajorProjectIsTakenOffTheListWhileItGoesOn) {
  SmallPrefecture in;
  list(in);
  EXPECT_TRUE(in.project("P1").major);
  in.must(kDelisted, office());
  EXPECT_FALSE(in.project("P1").major);
}

TEST(Attention, ALightSetByHandStandsUntilItsLastDayOrItsRelease) {
  SmallPrefecture in;
  open(in);
  in.must(override_light(Light::red, kToday), kCounty);
  EXPECT_TRUE(in.project("P1").light_set_on(kToday));
  EXPECT_FALSE(in.project("P1").light_set_on(in_days(1)));
  in.must(override_light(Light::green, std::nullopt), kCounty);
  EXPECT_TRUE(in.project("P1").light_set_on(in_days(1000)));
  in.must(kReleased, office());
  EXPECT_FALSE(in.project("P1").light_set_on(kToday));
}

}  // namespace
}  // namespace silkledger::domain
