// The oracle's books: what a script must lead to, kept by the simplest path from its lines alone.
// They share no code with deciders and views, whose results are compared with them.
//
// Values, single thread. Sums in fen. Every line is taken to be accepted unless it expects a
// refusal.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/schema/meta.h"
#include "domain/schema/script/script.values.h"
#include "domain/schema/view.values.h"
#include "tools/generator/rule_files.h"

namespace silkledger::generator {

using Tally = std::map<std::string, std::int64_t>;

struct UnitBook {
  std::string kind;
  std::optional<std::string> parent;
  CivilDate from;
  std::optional<CivilDate> until;
};

struct LeadBook {
  CivilDate reported_on;
  schema::LeadStatus status = schema::LeadStatus::reported;
  schema::LeadReported report;  // as corrected
  std::optional<std::string> lead_class;
  bool six_classes = false;
  std::optional<schema::AnalysisVerdict> analysis;
  std::optional<std::string> following_unit;
  std::optional<std::string> project_id;
  std::array<std::uint64_t, 4> set_at{};  // by LeadField
};

struct NodeBook {
  std::string node_id;
  CivilDate planned_on;
  bool reached = false;
};

struct ProjectBook {
  schema::Library library = schema::Library::negotiating;
  schema::Stage stage = schema::Stage::negotiating;
  std::string unit_id;
  std::string name;
  std::optional<std::string> chain_id;
  bool prefecture_led = false;
  bool opening = false;
  std::int32_t tier = 0;
  std::optional<std::string> contract_id;  // the formal one
  std::optional<schema::Money> amount;     // intended
  std::vector<NodeBook> nodes;
  std::int64_t reported_fen = 0;  // what was rejected stays reported
  std::int64_t verified_fen = 0;
  std::array<std::uint64_t, 5> set_at{};  // by ProjectField
  bool on_board() const {
    return library == schema::Library::negotiating || library == schema::Library::signed_;
  }
};

struct EvaluationBook {
  std::string project_id;
  std::int64_t opinions = 0;
  std::optional<schema::EvaluationVerdict> verdict;
};

// A tier and what it was decided on: any change of these is determined anew.
struct TierBook {
  std::int32_t tier = 0;
  bool by_amount = false;
  bool by_jobs = false;
  std::int64_t amount_fen = 0;
  std::int32_t jobs = 0;
  friend bool operator==(const TierBook&, const TierBook&) = default;
};

struct ContractBook {
  std::string project_id;
  bool formal = true;
  schema::Money amount;
  std::optional<schema::Money> fixed_assets;
  std::optional<schema::Count> jobs;
  CivilDate signed_on;
  std::optional<TierBook> tier;
  std::array<std::uint64_t, 3> set_at{};  // by ContractField
};

struct ApprovalBook {
  schema::ApprovalStatus status = schema::ApprovalStatus::requested;
  std::string project_id;
  std::string item_id;
  std::string handling_unit;
  schema::ItemDays days = schema::ItemDays::none;
  std::optional<std::int32_t> statutory_days;
  std::optional<CivilDate> accepted_on;
  std::optional<CivilDate> decided_on;
  // The first day that does not count, the first that counts again.
  std::vector<std::pair<CivilDate, std::optional<CivilDate>>> pauses;
};

struct FundBook {
  schema::FundStatus status = schema::FundStatus::reported;
  std::string project_id;
  std::int64_t reported_fen = 0;
  std::optional<std::int64_t> verified_fen;
  CivilDate paid_on;
  std::array<std::uint64_t, 2> set_at{};  // by FundField
};

struct DutyBook {
  schema::DutyKind kind = schema::DutyKind::weekly_report;
  std::string unit_id;
  std::string project_id;  // of a half month
  CivilDate period_begins;
  CivilDate due_on;
  schema::DutyStatus status = schema::DutyStatus::open;
};

class Books {
 public:
  // Borrows the files.
  explicit Books(const RuleFiles& files) : files_(&files) {}

  void take(const schema::ScriptLine& line);

  std::uint64_t position() const { return position_; }  // of the last event
  std::uint64_t lines() const { return lines_; }
  std::uint64_t refused() const { return refused_; }
  const Tally& commands() const { return commands_; }
  const Tally& events() const { return events_; }
  const Tally& articles() const { return articles_; }
  const Tally& actors() const { return actors_; }
  const std::map<std::string, LeadBook>& leads() const { return leads_; }
  const std::map<std::string, ProjectBook>& projects() const { return projects_; }
  const std::map<std::string, EvaluationBook>& evaluations() const { return evaluations_; }
  const std::map<std::string, ContractBook>& contracts() const { return contracts_; }
  const std::map<std::string, ApprovalBook>& approvals() const { return approvals_; }
  const std::map<std::string, FundBook>& funds() const { return funds_; }
  const std::map<std::string, DutyBook>& duties() const { return duties_; }
  std::int64_t nil_reports() const { return nil_reports_; }
  // National, region, then the unit below its parents.
  std::vector<std::string> calendar_layers(const std::string& unit_id) const;
  const RuleFiles& files() const { return *files_; }

 private:
  struct Place {
    const std::string& actor;
    CivilDate occurred_on;
    Instant at;
  };
  // Under the type's article, unless the rules say another one.
  void event(const schema::TypeMeta& type, const std::string& actor,
             std::optional<std::string> article = std::nullopt);

  // Of the registry nothing is needed but units, who leads chains, days and the limits of items.
  template <class Registry>
  void on(const Registry& stated, const Place& place);
  void on(const schema::UnitRegistered& stated, const Place& place);
  void on(const schema::UnitClosed& stated, const Place& place);
  void on(const schema::ChainLeadAssigned& stated, const Place& place);
  void on(const schema::DayBegan& stated, const Place& place);
  void on(const schema::ApprovalItemDefined& stated, const Place& place);
  void on(const schema::LeadReported& stated, const Place& place);
  void on(const schema::LeadFormFiled& stated, const Place& place);
  void on(const schema::ClassifyLead& stated, const Place& place);
  void on(const schema::LeadAnalysisConcluded& stated, const Place& place);
  void on(const schema::LeadLeaderReviewed& stated, const Place& place);
  void on(const schema::LeadLeadingGroupDecided& stated, const Place& place);
  void on(const schema::LeadDelegated& stated, const Place& place);
  void on(const schema::LeadClosed& stated, const Place& place);
  void on(const schema::LeadCorrected& stated, const Place& place);
  void on(const schema::ProjectNegotiationOpened& stated, const Place& place);
  void on(const schema::ProjectChainAssigned& stated, const Place& place);
  void on(const schema::ProjectPlanSet& stated, const Place& place);
  void on(const schema::ProjectNodeReached& stated, const Place& place);
  void on(const schema::ProjectNodeSlipped& stated, const Place& place);
  void on(const schema::ProjectMilestoneReached& stated, const Place& place);
  void on(const schema::ProjectTerminated& stated, const Place& place);
  void on(const schema::ProjectOpeningRecorded& stated, const Place& place);
  void on(const schema::ProjectCorrected& stated, const Place& place);
  void on(const schema::EvaluationConvened& stated, const Place& place);
  void on(const schema::EvaluationOpinionGiven& stated, const Place& place);
  void on(const schema::EvaluationConcluded& stated, const Place& place);
  void on(const schema::ContractSigned& stated, const Place& place);
  void on(const schema::ContractAmended& stated, const Place& place);
  void on(const schema::ContractCorrected& stated, const Place& place);
  void on(const schema::ApprovalRequested& stated, const Place& place);
  void on(const schema::ApprovalPlanned& stated, const Place& place);
  void on(const schema::ApprovalClaimed& stated, const Place& place);
  void on(const schema::AcceptApproval& stated, const Place& place);
  void on(const schema::ApprovalClockPaused& stated, const Place& place);
  void on(const schema::ApprovalClockResumed& stated, const Place& place);
  void on(const schema::ApprovalGranted& stated, const Place& place);
  void on(const schema::ApprovalRefused& stated, const Place& place);
  void on(const schema::FundReported& stated, const Place& place);
  void on(const schema::FundVerified& stated, const Place& place);
  void on(const schema::FundRejected& stated, const Place& place);
  void on(const schema::FundCorrected& stated, const Place& place);
  void on(const schema::WeeklyReportSubmitted& stated, const Place& place);
  void on(const schema::WeeklyReportReturned& stated, const Place& place);
  void on(const schema::WeeklyReportLapsed& stated, const Place& place);
  void on(const schema::HalfMonthReportSubmitted& stated, const Place& place);
  void on(const schema::HalfMonthReportReturned& stated, const Place& place);
  void on(const schema::HalfMonthReportLapsed& stated, const Place& place);
  void on(const schema::EnterOfferLibrary& stated, const Place& place);
  void on(const schema::ConfirmOffer& stated, const Place& place);
  void on(const schema::AssignEnterpriseByRegion& stated, const Place& place);
  void on(const schema::UnitPlanDrafted& stated, const Place& place);
  void on(const schema::UnitPlanIssued& stated, const Place& place);
  void on(const schema::UnitPlanWithdrawn& stated, const Place& place);

  void close_lead(LeadBook& lead);
  std::optional<std::string> chain_lead(const std::string& chain_id, CivilDate day) const;
  void owe_weekly_reports(CivilDate monday);
  void owe_half_month_reports(CivilDate last);
  void report_came(const std::string& duty_id, const Place& place);
  void advance(ProjectBook& project, schema::Stage stage);
  void determine_tier(ContractBook& contract, CivilDate day);

  const RuleFiles* files_;
  std::uint64_t position_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t refused_ = 0;
  Tally commands_;
  Tally events_;
  Tally articles_;
  Tally actors_;
  std::map<std::string, UnitBook> units_;
  // From that day, this unit.
  std::map<std::string, std::vector<std::pair<CivilDate, std::string>>> chain_leads_;
  std::map<std::string, DutyBook> duties_;
  std::int64_t nil_reports_ = 0;
  std::map<std::string, schema::ApprovalItemDefined> items_;
  std::map<std::string, LeadBook> leads_;
  std::map<std::string, ProjectBook> projects_;
  std::map<std::string, EvaluationBook> evaluations_;
  std::map<std::string, ContractBook> contracts_;
  std::map<std::string, ApprovalBook> approvals_;
  std::map<std::string, FundBook> funds_;
  std::map<std::string, std::string> plan_articles_;  // by plan
};

}  // namespace silkledger::generator
