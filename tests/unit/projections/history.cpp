#include "tests/unit/projections/history.h"

#include <gtest/gtest.h>

#include <cassert>

#include "projections/digest.h"

namespace silkledger::projections {

schema::Money yuan(std::int64_t yuan) { return {yuan * 100, schema::Qualifier::exact}; }

schema::RuleSet rules_of_2026() {
  schema::RuleSet rules;
  rules.version = "2026-1";
  rules.title = "示例规则";
  rules.title_en = "Example rules";
  rules.valid_from = day(-400);
  rules.valid_until = day(4000);
  rules.unit_kinds = {{"county", "县市", "county", true, true},
                      {"department", "部门", "department", false, false}};
  rules.lights = {10, 30, 30, 90};
  rules.claim_working_days = 2;
  return rules;
}

Position History::record_bytes(const std::string& stream, std::string bytes) {
  eventstore::Append append;
  append.command = {"test", "c" + std::to_string(++commands_)};
  append.records = {{stream, std::move(bytes)}};
  append.expected = {{stream, versions_[stream]++}};
  bool stored = false;
  log.append(log.epoch(), std::move(append), [&](eventstore::AppendOutcome outcome) {
    stored = std::holds_alternative<eventstore::Stored>(outcome);
  });
  // Only as far as the append needs: views are folded when the test says so.
  while (!stored && world.run_one()) {
  }
  assert(stored);
  return head();
}

Position History::record(const std::string& stream, schema::Event event) {
  schema::StoredEvent stored;
  stored.occurred_on = today;
  stored.actor = "person-1";
  stored.rule_set = "2026-1";
  stored.article = "19";
  stored.event = std::move(event);
  return record_bytes(stream, schema::encode(stored));
}

void History::begin_day(std::int32_t days) {
  today.days += days;
  record("day/beijing", schema::DayBegan{today});
}

void History::set_up() {
  record("rules/2026-1", schema::RuleSetPublished{rules_of_2026()});
  const auto unit = [this](const std::string& id, const std::string& kind,
                           const std::string& name) {
    schema::UnitRegistered event;
    event.unit_id = id;
    event.kind = kind;
    event.name = name;
    event.name_en = id;
    event.valid_from = day(-300);
    record("unit/" + id, event);
  };
  unit("county-a", "county", "示例县");
  unit("county-b", "county", "示例市");
  unit("commerce", "department", "示例商务局");
  unit("industry", "department", "示例工信局");
  unit("planning", "department", "示例发改委");
  record("chain/textile", schema::ChainDefined{"textile", "纺织服装", "Textiles", day(-300)});
  record("chain/textile", schema::ChainLeadAssigned{"textile", "commerce", day(-300)});
  schema::ApprovalItemDefined item;
  item.item_id = "permit";
  item.stage = "开工";
  item.name = "施工许可";
  item.authority = "示例住建局";
  item.days = schema::ItemDays::working;
  item.statutory_days = 20;
  record("item/permit", item);
  record("day/beijing", schema::DayBegan{today});
}

void History::report_lead(const std::string& lead_id) {
  schema::LeadReported event;
  event.lead_id = lead_id;
  event.investor_name = "测试企业";
  event.reporting_unit = "county-a";
  event.chain_id = "textile";
  event.content = "示例意向";
  record("lead/" + lead_id, event);
}

void History::open_project(const std::string& project_id, std::optional<std::string> lead_id) {
  schema::ProjectNegotiationOpened event;
  event.project_id = project_id;
  event.name = "测试项目 " + project_id;
  event.investor_name = "测试企业";
  event.unit_id = "county-b";
  event.lead_id = std::move(lead_id);
  event.lead_class = "other";
  event.content = "示例建设内容";
  record("project/" + project_id, event);
}

void History::plan(const std::string& project_id,
                   const std::vector<std::pair<std::string, CivilDate>>& nodes) {
  schema::ProjectPlanSet event;
  event.project_id = project_id;
  for (const auto& [node_id, planned_on] : nodes) {
    event.nodes.push_back({node_id, "节点" + node_id, planned_on, std::nullopt});
  }
  record("project/" + project_id, event);
}

void History::reach(const std::string& project_id, const std::string& node_id) {
  record("project/" + project_id,
         schema::ProjectNodeReached{project_id, node_id, today, std::nullopt});
}

void History::sign(const std::string& project_id, const std::string& contract_id,
                   std::int64_t amount) {
  schema::ContractSigned event;
  event.contract_id = contract_id;
  event.project_id = project_id;
  event.signed_on = today;
  event.amount = yuan(amount);
  record("contract/" + contract_id, event);
  record("project/" + project_id,
         schema::ProjectSigned{project_id, contract_id, schema::ContractKind::formal});
}

void History::request_approval(const std::string& approval_id, const std::string& project_id) {
  record("approval/" + approval_id,
         schema::ApprovalRequested{approval_id, project_id, "permit", "planning", today});
}

void History::accept(const std::string& approval_id, std::int32_t working_days) {
  schema::ApprovalAccepted event;
  event.approval_id = approval_id;
  event.submitted_on = today;
  event.accepted_on = today;
  event.days = schema::ItemDays::working;
  event.statutory_days = working_days;
  record("approval/" + approval_id, event);
}

void History::report_fund(const std::string& fund_id, const std::string& project_id,
                          std::int64_t amount, std::optional<std::string> voucher) {
  schema::FundReported event;
  event.fund_id = fund_id;
  event.project_id = project_id;
  event.amount_fen = amount * 100;
  event.paid_on = today;
  event.voucher_no = std::move(voucher);
  record("fund/" + fund_id, event);
}

// ---------------------------------------------------------------- any history

void History::grow(std::size_t events) {
  const Position until = head() + events;
  while (head() < until) grow_one();
}

void History::grow_one() {
  const std::string name = std::to_string(++names_);
  switch (world.below(12)) {
    case 0:
      return begin_day(static_cast<std::int32_t>(1 + world.below(20)));
    case 1:
      report_lead("l" + name);
      leads_.push_back("l" + name);
      return;
    case 2: {
      if (leads_.empty()) return;
      const std::string lead = leads_[world.below(leads_.size())];
      record("lead/" + lead, schema::LeadDelegated{lead, "county-b", std::nullopt});
      return;
    }
    case 3:
      open_project("p" + name, leads_.empty() ? std::nullopt
                                              : std::optional(leads_[world.below(leads_.size())]));
      projects_.push_back({"p" + name, false, false, {}});
      return;
    case 4: {
      const std::string unit = world.below(2) == 0 ? "industry" : "commerce";
      const CivilDate from{today.days + static_cast<std::int32_t>(world.below(5))};
      record("chain/textile", schema::ChainLeadAssigned{"textile", unit, from});
      return;
    }
    case 5: {
      if (world.below(4) != 0) return;
      schema::CalendarDaysSet set;
      set.layer = "national";
      set.year = year_month_day(today).year;
      set.days = {{CivilDate{today.days + 3}, schema::DayKind::holiday, "示例节"}};
      set.source = "示例";
      record("calendar/national", set);
      return;
    }
    case 6:
      if (!approvals_.empty()) {
        auto& [approval_id, step] = approvals_[world.below(approvals_.size())];
        grow_approval(approval_id, step);
      }
      return;
    case 7:
      if (!open_funds_.empty()) {
        const std::string fund = open_funds_.back();
        open_funds_.pop_back();
        record("fund/" + fund, schema::FundVerified{fund, 5'000, "示例核定"});
      }
      return;
    default:
      if (!projects_.empty()) grow_project(projects_[world.below(projects_.size())]);
  }
}

void History::grow_project(Grown& project) {
  const std::string name = std::to_string(++names_);
  const std::string stream = "project/" + project.id;
  if (project.is_out) {
    if (world.below(3) != 0) return;
    project.is_out = false;  // from reserve
    record(stream,
           schema::ProjectEvaluated{project.id, "e" + name, schema::EvaluationVerdict::pass});
    return;
  }
  switch (world.below(12)) {
    case 9:
    case 10:
    case 11:
      return grow_dispatch(project.id);
    case 0: {
      project.nodes.clear();
      std::vector<std::pair<std::string, CivilDate>> nodes;
      for (std::size_t i = 0; i <= world.below(4); ++i) {
        project.nodes.push_back("n" + std::to_string(i));
        nodes.emplace_back(project.nodes.back(),
                           CivilDate{today.days + static_cast<std::int32_t>(world.below(90)) - 5});
      }
      return plan(project.id, nodes);
    }
    case 1:
      if (!project.nodes.empty())
        reach(project.id, project.nodes[world.below(project.nodes.size())]);
      return;
    case 2:
      if (!project.nodes.empty()) {
        record(stream, schema::ProjectNodeSlipped{project.id, project.nodes.front(),
                                                  CivilDate{today.days + 30}, "示例原因"});
      }
      return;
    case 3:
      record(stream, schema::ProjectChainAssigned{project.id, "textile"});
      return;
    case 4:
      if (!project.signed_) sign(project.id, "c" + name, 1'000'000);
      project.signed_ = true;
      return;
    case 5:
      request_approval("a" + name, project.id);
      approvals_.emplace_back("a" + name, 0);
      return;
    case 6:
      report_fund("f" + name, project.id, 40'000, "v" + std::to_string(world.below(5)));
      open_funds_.push_back("f" + name);
      return;
    case 7:
      if (!project.signed_ && world.below(3) == 0) {
        record(stream, schema::ProjectEnteredReserve{project.id, "示例原因"});
        project.is_out = true;
      }
      return;
    default:
      record("evaluation/e" + name,
             schema::EvaluationConvened{
                 "e" + name, project.id, today, "示例议题", {"planning", "industry"}});
  }
}

void History::grow_dispatch(const std::string& project_id) {
  const std::string name = std::to_string(++names_);
  const std::string project = "project/" + project_id;
  const auto soon = [this](std::uint64_t days) {
    return CivilDate{today.days + static_cast<std::int32_t>(world.below(days))};
  };
  switch (world.below(7)) {
    case 0:
      record("problem/q" + name,
             schema::ProblemRaised{"q" + name, project_id, schema::ProblemClass::progress,
                                   "示例问题", "commerce"});
      record("problem/q" + name, schema::ProblemAssigned{"q" + name, "county-b", soon(20)});
      problems_.emplace_back("q" + name, false);
      return;
    case 1: {
      if (problems_.empty()) return;
      auto& [id, resolved] = problems_[world.below(problems_.size())];
      if (resolved) {
        record("problem/" + id, schema::ProblemReopened{id, "示例原因"});
      } else {
        record("problem/" + id, schema::ProblemResolved{id, "示例结果"});
      }
      resolved = !resolved;
      return;
    }
    case 2:
      record("action/a" + name,
             schema::ActionAssigned{"a" + name, std::nullopt, project_id, "planning", "county-b",
                                    "示例事项", soon(20)});
      actions_.emplace_back("a" + name, false);
      return;
    case 3: {
      if (actions_.empty()) return;
      auto& [id, done] = actions_[world.below(actions_.size())];
      if (done) {
        record("action/" + id, schema::ActionReturned{id, "示例原因"});
      } else {
        record("action/" + id, schema::ActionDone{id, "示例结果"});
      }
      done = !done;
      return;
    }
    case 4:
      record(project,
             schema::ProjectLightOverridden{project_id, schema::Light::red, "示例原因", soon(30)});
      return;
    case 5:
      record(project,
             schema::ProjectRiskRaised{project_id, "r" + name, schema::RiskKind::land, "示例风险"});
      if (world.below(2) == 0) {
        record(project, schema::ProjectRiskCleared{project_id, "r" + name, "示例化解"});
      }
      return;
    default:
      record("work-group/" + project_id,
             schema::WorkGroupFormed{project_id,
                                     "person-1",
                                     schema::SponsorLevel::county_leader,
                                     "planning",
                                     {"industry", "commerce"},
                                     {}});
  }
}

void History::grow_approval(const std::string& approval_id, int& step) {
  const std::string stream = "approval/" + approval_id;
  switch (step++) {
    case 0:
      record(stream, schema::ApprovalClaimed{approval_id, "agent-1", today});
      return;
    case 1:
      return accept(approval_id, 20);
    case 2:
      record(stream,
             schema::ApprovalClockPaused{approval_id, today, "专家评审", "行政许可法第四十五条"});
      return;
    case 3:
      record(stream, schema::ApprovalClockResumed{approval_id, today});
      return;
    case 4:
      record(stream, schema::ApprovalGranted{approval_id, today, std::nullopt});
      return;
    default:
      return;
  }
}

// ---------------------------------------------------------------- served views

Served::Served(History& of, RunnerLimits limits, std::shared_ptr<ViewStore> in, Catalogue views)
    : history(of),
      store(in ? std::move(in) : std::make_shared<MemoryViewStore>(families_of(views))) {
  RunnerCallbacks callbacks;
  callbacks.on_applied = [this](const Applied& batch) { applied.push_back(batch); };
  callbacks.on_restarted = [this](const std::string& reason) { restarts.push_back(reason); };
  callbacks.on_view_stopped = [this](const std::string& view, const Stopped& why) {
    stopped.emplace_back(view, why);
    if (!expects_stops)
      ADD_FAILURE() << view << " stopped at " << why.position << ": " << why.cause;
  };
  callbacks.on_failed = [this](const std::string& reason) { failures.push_back(reason); };
  callbacks.on_switched = [this] { ++switches; };
  limits.gather_us_max = 0;  // time stands still here
  runner = std::make_unique<Runner>(history.world, LogReader(history.log), store, std::move(views),
                                    limits, std::move(callbacks));
  runner->start();
}

std::map<std::string, std::vector<KeyValue>> everything(const ViewSnapshot& snapshot) {
  std::map<std::string, std::vector<KeyValue>> all;
  for (const View& view : catalogue()) {
    all[view.name] =
        std::get<std::vector<KeyValue>>(snapshot.scan(view.name, KeyRange{}, 1'000'000));
  }
  return all;
}

Digest scanned_digest(const ViewSnapshot& snapshot, const std::string& family) {
  Digest digest;
  const auto scanned = snapshot.scan(family, KeyRange{}, 1'000'000);
  for (const KeyValue& entry : std::get<std::vector<KeyValue>>(scanned)) {
    digest.add(entry_hash(entry.key, entry.value));
  }
  return digest;
}

}  // namespace silkledger::projections
