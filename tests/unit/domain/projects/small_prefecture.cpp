#include "tests/unit/domain/projects/small_prefecture.h"

#include <utility>

#include "domain/schema/message.h"

namespace silkledger::domain {

namespace {

using schema::Event;

Event unit(std::string id, std::string kind, std::optional<std::string> parent = {},
           CivilDate from = days_ago(3000)) {
  schema::UnitRegistered event;
  event.unit_id = id;
  event.kind = std::move(kind);
  event.name = "测试单位" + id;
  event.name_en = "Unit " + id;
  event.parent = std::move(parent);
  event.valid_from = from;
  return event;
}

Event person(std::string id) {
  schema::PersonRegistered event;
  event.person_id = std::move(id);
  return event;
}

schema::UnitKind kind(std::string code, bool attracting, bool receives) {
  return {code, code, code, attracting, receives};
}

}  // namespace

schema::RuleSet small_rules() {
  schema::RuleSet rules;
  rules.version = "test-1";
  rules.valid_from = days_ago(3000);
  rules.valid_until = in_days(3000);
  rules.unit_kinds = {kind("office", false, false),  kind("county", true, true),
                      kind("branch", true, false),   kind("chain-lead", true, false),
                      kind("station", false, false), kind("command", false, false)};
  rules.lead_classes = {{"top500", "世界500强", "Global 500", true},
                        {"unicorn", "独角兽", "Unicorn", true},
                        {"ordinary", "其他", "Other", false}};
  rules.criteria = {{"feasibility", "可行性", "Feasibility"}, {"capacity", "承载能力", "Capacity"}};
  rules.tiers = {{2, 30'000'000'000, 500}, {1, 10'000'000'000, 300}};
  rules.decline_needs_review = true;
  rules.sign_reminder_days = 30;
  rules.claim_working_days = 1;
  rules.evaluation_needs_every_opinion = true;
  rules.funds_over_agreement_percent = 120;
  return rules;
}

SmallPrefecture::SmallPrefecture(schema::RuleSet rules) : rules_(std::move(rules)) {
  register_everybody();
}

void SmallPrefecture::register_everybody() {
  refer(schema::RuleSetPublished{rules_});
  refer(unit("office", "office"));
  refer(unit("county-a", "county"));
  refer(unit("county-b", "county"));
  refer(unit("county-new", "county", {}, in_days(1)));
  refer(unit("bureau-a", "station", "county-a"));
  refer(unit("branch", "branch"));
  refer(unit("station", "station", "branch"));
  refer(unit("chain-lead", "chain-lead"));
  refer(unit("command", "command"));
  for (const char* id : {"p-leader", "p-visitor"}) refer(person(id));
  refer(schema::ChainDefined{"textile", "测试纺织链", "Textile", days_ago(2000)});
  refer(schema::ChainDefined{"orphan", "测试无主链", "Orphan", days_ago(2000)});
  refer(schema::ChainDefined{"later", "测试未来链", "Later", in_days(1)});
  refer(schema::ChainLeadAssigned{"textile", "chain-lead", days_ago(2000)});
}

void SmallPrefecture::refer(const Event& event) {
  const std::string bytes = schema::encode(event);
  schema::MessageReader reader(bytes);
  reference_.evolve(reader.root<wire::Event>(), {1, 1, days_ago(3000)});
}

void SmallPrefecture::record(const Decision& decision, CivilDate on) {
  for (const Fact& fact : decision.facts) {
    std::uint64_t version = 1;
    for (const Recorded& before : history_) version += before.stream == fact.stream ? 1u : 0u;
    history_.push_back({fact.stream,
                        schema::encode(fact.event),
                        {.position = history_.size() + 1, .version = version, .occurred_on = on},
                        fact.event});
    const Recorded& recorded = history_.back();
    schema::MessageReader reader(recorded.bytes);
    states_.evolve_stream(fact.stream, reader.root<wire::Event>(), recorded.place);
  }
}

schema::LeadReported some_lead(std::string lead_id) {
  schema::LeadReported lead;
  lead.lead_id = std::move(lead_id);
  lead.investor_name = "测试企业甲";
  lead.reporting_unit = "branch";
  lead.home_unit = "county-a";
  lead.chain_id = "textile";
  lead.content = "示例纺纱项目";
  lead.amount = yuan(80'000'000);
  lead.jobs = people(120);
  return lead;
}

void decide_lead(SmallPrefecture& in, std::string lead_id, std::string project_id) {
  in.must(some_lead(lead_id), acting_for("branch"));
  in.must(schema::ClassifyLead{lead_id, "top500", {}, {}, {}});
  in.must(schema::LeadAnalysisConcluded{lead_id, schema::AnalysisVerdict::proceed, "示例理由"});
  in.must(schema::LeadLeaderReviewed{lead_id, schema::ReviewVerdict::agree, {}});
  in.must(schema::LeadLeadingGroupDecided{lead_id, "p-leader", "示例会议", project_id, "county-a"});
}

void delegate_lead(SmallPrefecture& in, std::string lead_id) {
  in.must(some_lead(lead_id), acting_for("branch"));
  in.must(schema::ClassifyLead{lead_id, "ordinary", {}, {}, {}});
  in.must(schema::LeadDelegated{lead_id, "county-a", {}});
}

schema::ProjectNegotiationOpened county_project(std::string project_id) {
  schema::ProjectNegotiationOpened project;
  project.project_id = std::move(project_id);
  project.name = "示例项目";
  project.investor_name = "测试企业乙";
  project.unit_id = "county-a";
  project.lead_class = "ordinary";
  project.chain_id = "textile";
  project.content = "示例建设内容";
  return project;
}

schema::EvaluationConvened some_evaluation(std::string evaluation_id) {
  return {std::move(evaluation_id), "P1", days_ago(5), "示例议题", {"county-a", "chain-lead"}};
}

void give_every_opinion(SmallPrefecture& in, std::string evaluation_id) {
  for (const char* unit_id : {"county-a", "chain-lead"}) {
    for (const char* criterion : {"feasibility", "capacity"}) {
      in.must(
          schema::EvaluationOpinionGiven{
              evaluation_id, unit_id, criterion, schema::OpinionVerdict::support, {}},
          acting_for(unit_id));
    }
  }
}

void pass_evaluation(SmallPrefecture& in, std::string evaluation_id) {
  in.must(some_evaluation(evaluation_id));
  give_every_opinion(in, evaluation_id);
  in.must(schema::EvaluationConcluded{evaluation_id, schema::EvaluationVerdict::pass, "示例理由"});
}

schema::ContractSigned some_contract(std::string contract_id) {
  schema::ContractSigned contract;
  contract.contract_id = std::move(contract_id);
  contract.project_id = "P1";
  contract.signed_on = days_ago(2);
  contract.amount = yuan(100'000'000);
  contract.jobs = people(80);
  return contract;
}

void expect_refused(const Result<Decision>& decided, Rejection::Kind kind, std::string_view code,
                    std::string_view article, std::string_view pointer) {
  ASSERT_FALSE(decided.has_value()) << "taken, though " << code << " was expected";
  const Rejection& rejection = decided.error();
  EXPECT_EQ(rejection.code, code) << rejection.message.en;
  EXPECT_EQ(rejection.kind, kind);
  EXPECT_EQ(rejection.article, article);
  EXPECT_EQ(rejection.pointer, pointer);
  EXPECT_EQ(rejection.rule_set, "test-1");
  EXPECT_FALSE(rejection.message.zh.empty());
  EXPECT_FALSE(rejection.message.en.empty());
  EXPECT_FALSE(rejection.remedy.zh.empty());
  EXPECT_FALSE(rejection.remedy.en.empty());
}

}  // namespace silkledger::domain
