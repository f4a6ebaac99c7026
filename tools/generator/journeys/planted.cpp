// Cases whose outcome is known beforehand. They begin on 2026-05-06, which every size holds: the
// week after the May holiday, whose Saturday is a working day by exchange.
#include <utility>

#include "domain/schema/json/options.h"
#include "tools/generator/journeys/landing_journeys.h"
#include "tools/generator/journeys/lead_journey.h"
#include "tools/generator/journeys/project_journey.h"
#include "tools/generator/simulation.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

CivilDate may(std::int32_t day) { return *civil_date({2026, 5, day}); }

class Planting {
 public:
  explicit Planting(Simulation& simulation)
      : sim_(simulation), unit_(simulation.world().receiving(may(6)).front()) {}

  void schedule() {
    thresholds();
    half_times();
    leads();
    declined_but_disagreed();
    corrected_after_verification();
    two_hats();
    refusals();
  }

 private:
  // That many seconds after nine in the morning of the day.
  void at(CivilDate day, std::function<void()> act) {
    const std::int64_t second = 9 * 3600 + second_++ % 3000;
    sim_.desk().at({beijing_midnight(day).us + second * kMicrosPerSecond}, std::move(act));
  }

  const ChainInPlay& chain() const { return sim_.world().chains().front(); }

  void open(const std::string& project_id, const std::string& name, CivilDate day) {
    sim_.send_for(unit_,
                  schema::ProjectNegotiationOpened{.project_id = project_id,
                                                   .name = name,
                                                   .investor_name = "青澜市（测试）示例企业",
                                                   .unit_id = unit_,
                                                   .lead_class = sim_.world().other_class(),
                                                   .chain_id = chain().chain_id,
                                                   .content = "边界情形（测试）"},
                  day);
  }

  // Art. 22: both thresholds, from both sides, and amendments in both directions.
  void thresholds() {
    using Agreements = std::vector<std::pair<std::int64_t, std::int32_t>>;
    struct Case {
      std::string_view name, what;
      Agreements agreements;
    };
    const std::vector<Case> cases = {
        {"tier-exactly-1yi", "恰为1亿元，一档", {{10'000'000'000, 10}}},
        {"tier-one-fen-less", "少一分、299岗，无档", {{9'999'999'999, 299}}},
        {"tier-300-jobs", "300岗，一档", {{5'000'000'000, 300}}},
        {"tier-499-jobs", "499岗，仍为一档", {{5'000'000'000, 499}}},
        {"tier-500-jobs", "500岗，二档", {{5'000'000'000, 500}}},
        {"tier-exactly-3yi", "恰为3亿元，二档", {{30'000'000'000, 0}}},
        {"tier-up-and-down",
         "先升档后降档",
         {{5'000'000'000, 50}, {12'000'000'000, 50}, {4'000'000'000, 50}}},
    };
    for (const Case& one : cases) {
      const std::string project_id = "PT-" + std::string(one.name);
      sim_.plant({std::string(one.name), std::string(one.what), {{"projectId", project_id}}});
      at(may(6), [this, project_id, one] {
        open(project_id, "（测试）" + std::string(one.what), may(6));
        sim_.start<ProjectJourney>(ProjectCourse{.project_id = project_id,
                                                 .unit_id = unit_,
                                                 .chain = &chain(),
                                                 .has_chain = true,
                                                 .day = may(6),
                                                 .agreements = one.agreements});
      });
    }
  }

  // ---------------------------------------------------------------- Art. 23

  struct Clock {
    std::string_view name, what;
    std::int32_t limit;
    std::optional<std::int32_t> paused, resumed, decided;  // days of May
  };

  // Accepted on Wednesday the 6th. Saturday the 9th is a working day, Sunday the 10th is none.
  void half_times() {
    const std::string project_id = "PT-approvals";
    at(may(6), [this, project_id] {
      sim_.send_for(
          unit_,
          schema::ProjectOpeningRecorded{.project_id = project_id,
                                         .name = "（测试）办件时限项目",
                                         .unit_id = unit_,
                                         .stage = schema::OpeningStage::under_construction,
                                         .status_text = "在建",
                                         .source = {.title = "测试"}},
          may(6));
    });
    const std::vector<Clock> clocks = {
        {"limit-1", "法定1日，不适用减半", 1, {}, {}, 7},
        {"limit-7-met", "法定7日，跨调休周中止，计3日，达标", 7, 8, 11, 12},
        {"limit-7-missed", "法定7日，跨调休周中止，计4日，超减半", 7, 8, 11, 13},
        {"limit-7-saturday", "法定7日，周六上班计入：至9日计3日，达标", 7, {}, {}, 9},
        {"limit-20-met", "法定20日，中止至14日，计10日，达标", 20, 9, 14, 25},
        {"limit-20-paused", "法定20日，中止未恢复", 20, 8, {}, {}},
        {"limit-20-running", "法定20日，计时中", 20, {}, {}, {}},
    };
    for (const Clock& clock : clocks) run(project_id, clock);
  }

  void run(const std::string& project_id, const Clock& clock) {
    const std::string id = "AT-" + std::string(clock.name);
    sim_.plant({std::string(clock.name), std::string(clock.what), {{"approvalId", id}}});
    const std::string item = "demo-days-" + std::to_string(clock.limit);
    at(may(6), [this, id, project_id, item] {
      const Member* agent = sim_.world().within_unit("claim-approval", unit_, 0);
      sim_.send_for(unit_, schema::ApprovalRequested{id, project_id, item, unit_, may(6)}, may(6));
      sim_.send_by(agent, schema::ApprovalClaimed{id, agent->person_id, may(6)}, may(6));
      sim_.send_for(unit_, schema::AcceptApproval{id, may(6), may(6)}, may(6));
    });
    if (clock.paused) {
      const CivilDate day = may(*clock.paused);
      at(day, [this, id, day] {
        sim_.send_for(unit_,
                      schema::ApprovalClockPaused{id, day, "专家评审（测试）", "行政许可法第45条"},
                      day);
      });
    }
    if (clock.resumed) {
      const CivilDate day = may(*clock.resumed);
      at(day, [this, id, day] {
        sim_.send_for(unit_, schema::ApprovalClockResumed{id, day}, day);
      });
    }
    if (!clock.decided) return;
    const CivilDate day = may(*clock.decided);
    at(day, [this, id, day] {
      sim_.send_for(unit_, schema::ApprovalGranted{id, day, std::nullopt}, day);
    });
  }

  // ---------------------------------------------------------------- leads

  void leads() {
    const std::vector<std::string> units = sim_.world().reporting(may(6));
    const std::vector<std::string> counties = sim_.world().receiving(may(6));
    const std::string second = counties.size() > 1 ? counties[1] : units.back();
    LeadCourse course{.reporting_unit = counties.front(),
                      .day = may(6),
                      .investor = "望川市同名（测试）企业有限公司",
                      .uscc = made_up_uscc(90'000'001),
                      .entered_days_later = 0,
                      .stays_reported = true};
    const std::string first_id = sim_.start<LeadJourney>(course).id();
    course.reporting_unit = second;
    const std::string second_id = sim_.start<LeadJourney>(course).id();
    sim_.plant({"same-investor-twice",
                "同一投资方同日由两个单位上报",
                {{"leadId", first_id}, {"secondLeadId", second_id}}});

    std::string wrong = made_up_uscc(90'000'002);
    wrong.back() = wrong.back() == '1' ? '2' : '1';
    course = {.reporting_unit = unit_,
              .day = may(7),
              .investor = "岚州市错码（测试）企业有限公司",
              .uscc = wrong,
              .entered_days_later = 0,
              .stays_reported = true};
    sim_.plant({"wrong-uscc",
                "校验位不符的代码仍予受理",
                {{"leadId", sim_.start<LeadJourney>(course).id()}, {"uscc", wrong}}});

    const CivilDate eve = days_after(sim_.size().first, -10);
    course = {
        .reporting_unit = unit_, .day = eve, .entered_days_later = 17, .stays_reported = true};
    sim_.plant(
        {"late-entry",
         "迟报：业务日期早于台账首日",
         {{"leadId", sim_.start<LeadJourney>(course).id()}, {"occurredOn", to_string(eve)}}});
  }

  void report(const std::string& lead_id, const std::string& investor, CivilDate day) {
    sim_.send_for(unit_,
                  schema::LeadReported{.lead_id = lead_id,
                                       .investor_name = investor,
                                       .reporting_unit = unit_,
                                       .content = "边界情形（测试）"},
                  day);
  }

  // The office would not negotiate, the leader does not share that: another analysis.
  void declined_but_disagreed() {
    const std::string id = "LT-declined-but-disagreed";
    sim_.plant({"declined-but-disagreed",
                "办公室不予洽谈、分管领导不同意：退回重新研判",
                {{"leadId", id}, {"status", "classified"}}});
    at(may(7), [this, id] {
      report(id, "云沙市（测试）示例企业", may(7));
      sim_.send_for_prefecture(
          schema::ClassifyLead{.lead_id = id, .lead_class = sim_.world().six_classes().front()},
          may(7));
    });
    at(may(8), [this, id] {
      sim_.send_for_prefecture(
          schema::LeadAnalysisConcluded{id, schema::AnalysisVerdict::decline, "能耗偏高（测试）"},
          may(8));
      if (!sim_.world().rules().decline_needs_review) return;
      sim_.send_for_prefecture(
          schema::LeadLeaderReviewed{id, schema::ReviewVerdict::disagree, "请再研究"}, may(8));
    });
  }

  // ---------------------------------------------------------------- funds

  void corrected_after_verification() {
    const std::string id = "FT-corrected-after-verification";
    sim_.plant({"corrected-after-verification",
                "核定后更正上报金额，两个数并存",
                {{"fundId", id}, {"reportedFen", "600000000"}, {"verifiedFen", "400000000"}}});
    at(may(7), [this, id] {
      sim_.send_for(unit_,
                    schema::FundReported{.fund_id = id,
                                         .project_id = "PT-approvals",
                                         .amount_fen = 500'000'000,
                                         .paid_on = may(6),
                                         .source = schema::FundSource::outside_region,
                                         .evidence = schema::EvidenceKind::bank_slip},
                    may(7));
    });
    at(may(8), [this, id] {
      sim_.send_for_prefecture(schema::FundVerified{id, 400'000'000, "抽查（测试）"}, may(8));
    });
    at(may(12), [this, id] {
      const FundBook& held = sim_.books().funds().at(id);
      sim_.send_for(
          unit_,
          schema::FundCorrected{.fund_id = id,
                                .field = schema::FundField::amount_fen,
                                .change = schema::FenChange{held.reported_fen, 600'000'000},
                                .corrects = {held.set_at[0]},
                                .reason = "漏报尾款（测试）",
                                .basis = "银行回单（测试）"},
          may(12));
    });
  }

  // ---------------------------------------------------------------- two hats

  // A county's clerk who also works for a chain-lead unit: acts for either, and has to say for
  // which.
  void two_hats() {
    const Member* clerk = sim_.world().within_unit("report-lead", unit_, 0);
    if (clerk == nullptr) return;
    const Member* other = sim_.world().within_unit("report-lead", chain().lead_unit, 0);
    if (other == nullptr) return;
    const Member second{clerk->person_id, other->unit_id, other->role};
    sim_.plant({"two-hats",
                "一人两岗，须写明经办单位",
                {{"personId", clerk->person_id}, {"leadId", "LT-two-hats"}}});
    at(may(7), [this, second] {
      sim_.send_by(
          &sim_.world().administrator(),
          schema::RoleGranted{second.person_id, second.unit_id, second.role, may(7), std::nullopt},
          may(7));
      schema::LeadReported lead{.lead_id = "LT-two-hats",
                                .investor_name = "朔林市（测试）示例企业",
                                .reporting_unit = second.unit_id,
                                .content = "一人两岗（测试）"};
      sim_.desk().send(
          {.principal = second.person_id, .command = lead, .expect_refusal = "acting-unit-needed"});
      sim_.send_by(&second, std::move(lead), may(7));
    });
  }

  // ---------------------------------------------------------------- refusals

  void refusals() {
    sim_.plant({"refusals", "按码拒绝、台账不变的命令", {{"day", to_string(may(8))}}});
    at(may(8), [this] { refused_by_state(); });
    at(may(8), [this] { refused_by_rights(); });
  }

  void refused_by_state() {
    const World& world = sim_.world();
    const auto by_county = [&](std::string_view command) {
      return world.within_unit(command, unit_, 0);
    };
    open("PT-refusals", "（测试）拒绝情形项目", may(8));
    sim_.send_in_vain(
        by_county("reach-milestone"),
        schema::ProjectMilestoneReached{.project_id = "PT-refusals", .reached_on = may(8)},
        "project-not-signed");
    sim_.send_in_vain(
        by_county("request-approval"),
        schema::ApprovalRequested{"AT-in-vain", "PT-refusals", "demo-days-7", unit_, may(8)},
        "project-not-signed");
    sim_.send_in_vain(by_county("sign-contract"),
                      schema::ContractSigned{.contract_id = "CT-refused",
                                             .project_id = "PT-refusals",
                                             .signed_on = may(9),
                                             .amount = {100, schema::Qualifier::exact}},
                      "date-in-the-future");
    sim_.send_in_vain(by_county("open-negotiation"),
                      schema::ProjectNegotiationOpened{.project_id = "PT-six-classes",
                                                       .name = "（测试）六类项目",
                                                       .investor_name = "（测试）示例企业",
                                                       .unit_id = unit_,
                                                       .lead_class = world.six_classes().front(),
                                                       .content = "未经研判（测试）"},
                      "prefecture-decides-first");
    sim_.send_in_vain(by_county("note-negotiation"),
                      schema::ProjectNegotiationNoted{"PT-refusals", "依据旧版本（测试）"},
                      "stale-version", 99);
    sim_.send_in_vain(
        world.prefecture_sender("verify-fund", 0),
        schema::FundVerified{"FT-corrected-after-verification", 500'000'001, "超过上报（测试）"},
        "verified-exceeds-reported");
    sim_.send_in_vain(by_county("open-negotiation"),
                      schema::ProjectNegotiationOpened{.project_id = "PT-refusals",
                                                       .name = "（测试）重复编号",
                                                       .investor_name = "（测试）示例企业",
                                                       .unit_id = unit_,
                                                       .lead_class = world.other_class(),
                                                       .content = "重复（测试）"},
                      "project-already-exists");
  }

  void refused_by_rights() {
    const World& world = sim_.world();
    const Member* clerk = world.within_unit("report-fund", unit_, 0);
    if (clerk != nullptr && !world.may(*clerk, "verify-fund")) {
      sim_.send_in_vain(clerk,
                        schema::FundVerified{"FT-corrected-after-verification", 1, "越权（测试）"},
                        "role-not-allowed");
    }
    // Of another unit of the same kind, or at least of another one.
    const std::string other = world.reporting(may(8)).back();
    sim_.send_in_vain(world.within_unit("correct-lead", other, 0),
                      schema::LeadClosed{"LT-declined-but-disagreed", "非本单位（测试）"},
                      "prefecture-decides");
    const std::vector<std::string> counties = world.receiving(may(8));
    if (counties.size() < 2) return;
    sim_.send_in_vain(world.within_unit("note-negotiation", counties[1], 0),
                      schema::ProjectNegotiationNoted{"PT-refusals", "别县项目（测试）"},
                      "not-your-unit");
  }

  Simulation& sim_;
  std::string unit_;
  std::int64_t second_ = 0;
};

}  // namespace

void schedule_planted(Simulation& simulation) {
  auto planting = std::make_shared<Planting>(simulation);
  planting->schedule();
  simulation.keep_alive(std::move(planting));  // its acts come later
}

}  // namespace silkledger::generator
