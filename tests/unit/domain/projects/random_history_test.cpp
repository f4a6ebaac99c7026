// What holds for leads, projects, evaluations and contracts after any sequence of commands.
// A failing run prints its seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "domain/schema/event.meta.h"
#include "domain/schema/message.h"
#include "tests/unit/domain/projects/small_prefecture.h"

namespace silkledger::domain {
namespace {

constexpr int kSeeds = 12;
constexpr int kStepsPerSeed = 1500;

// Sends random commands, most of them half sensible, and looks at the whole after each that was
// taken.
class RandomClerk {
 public:
  explicit RandomClerk(std::uint64_t seed) : random_(seed), aside_(seed) {
    // Half of the histories go without a quorum or a review, so that they come further.
    in.rules().evaluation_needs_every_opinion = seed % 2 == 0;
    in.rules().decline_needs_review = seed % 3 != 0;
  }

  void step() {
    if (aside_() % 12 == 0) watch();
    switch (below(34)) {
      case 0:
        report();
        break;
      case 1:
        send(schema::LeadFormFiled{lead(), "F", day(), "地点", {}, "景", "诉求", true, "断"});
        break;
      case 2:
      case 3:
        send(schema::ClassifyLead{lead(), one_of({"top500", "ordinary"}), {}, {}, {}});
        break;
      case 4:
        send(schema::LeadAnalysisConcluded{
            lead(), below(4) == 0 ? schema::AnalysisVerdict::decline : schema::AnalysisVerdict{},
            "理由"});
        break;
      case 5:
        send(schema::LeadLeaderReviewed{
            lead(), static_cast<schema::ReviewVerdict>(below(5) < 3 ? 0 : below(3)), {}});
        break;
      case 6:
        send(schema::LeadLeadingGroupDecided{lead(), "p-leader", "会议", project(), county()});
        break;
      case 7:
        send(schema::LeadDelegated{lead(), county(), {}});
        break;
      case 8:
        if (below(8) == 0) send(schema::LeadClosed{lead(), "原因"});
        break;
      case 9:
        correct_lead();
        break;
      case 10:
        open();
        break;
      case 11:
        sign(project());
        break;
      case 12:
        send(schema::ProjectChainAssigned{project(), one_of({"textile", "orphan"})});
        break;
      case 13:
        send(schema::ProjectNegotiationNoted{project(), "记录"}, Repeats::yes);
        break;
      case 14:
        plan();
        break;
      case 15:
        send(schema::ProjectNodeReached{project(), node(), day(), {}});
        break;
      case 16:
        send(schema::ProjectNodeSlipped{project(), node(), day(), "原因"});
        break;
      case 17:
      case 18:
        send(schema::ProjectMilestoneReached{
            project(), static_cast<schema::Milestone>(below(4)), day(), {}});
        break;
      case 19:
        if (below(8) == 0) send(schema::ProjectTerminated{project(), "原因"});
        break;
      case 20:
        if (below(4) == 0) record_opening();
        break;
      case 21:
        correct_project();
        break;
      case 22:
        send(schema::EvaluationConvened{
            evaluation(), project(), day(), "议题", {"county-a", "county-b", "chain-lead"}});
        break;
      case 23:
        for (int i = 0; i < 4; ++i) {
          send(schema::EvaluationOpinionGiven{evaluation(),
                                              one_of({"county-a", "county-b", "chain-lead"}),
                                              one_of({"feasibility", "capacity"}),
                                              schema::OpinionVerdict::support,
                                              {}});
        }
        break;
      case 24:
        send(schema::EvaluationConcluded{
            evaluation(),
            below(4) == 0 ? schema::EvaluationVerdict::fail : schema::EvaluationVerdict{}, "理由"});
        break;
      case 25:
        sign(project());
        break;
      case 26:
        send(schema::ContractAmended{contract(), day(), money(), {}, jobs(), "原因"});
        break;
      case 27:
        correct_contract();
        break;
      case 28:
      case 29:
      case 30:
        advance_lead(lead());
        break;
      default:
        advance_project(project());
        break;
    }
  }

  SmallPrefecture in;
  int taken = 0;

 private:
  enum class Repeats { no, yes };

  template <class Stated>
  void send(const Stated& stated, Repeats repeats = Repeats::no) {
    const Actor actor =
        below(3) > 0 ? office() : acting_for(one_of({"county-a", "branch", "chain-lead"}));
    const CivilDate on = below(4) == 0 ? day() : kToday;
    const auto decided = in.ask(stated, actor, on);
    const auto again = in.ask(stated, actor, on);
    ASSERT_EQ(decided.has_value(), again.has_value());
    if (!decided) {
      EXPECT_EQ(decided.error(), again.error());
      EXPECT_FALSE(decided.error().code.empty() || decided.error().message.zh.empty() ||
                   decided.error().message.en.empty() || decided.error().remedy.zh.empty() ||
                   decided.error().remedy.en.empty() || decided.error().article.empty());
      return;
    }
    EXPECT_EQ(*decided, *again);
    in.record(*decided, on);
    ++taken;
    if (repeats == Repeats::no) {
      EXPECT_FALSE(in.ask(stated, actor, on).has_value())
          << "taken twice: " << decided->facts[0].stream << " arm "
          << decided->facts[0].event.index();
    }
  }

  // What a purposeful office would do next; else the long paths are hardly ever walked to their
  // end.
  void advance_lead(const std::string& id) {
    const LeadState& state = in.lead(id);
    switch (state.status) {
      case LeadState::Status::unknown:
        return send(some_lead(id));
      case LeadState::Status::reported:
        return send(schema::ClassifyLead{id, "top500", {}, {}, {}});
      case LeadState::Status::classified:
        return send(schema::LeadAnalysisConcluded{id, schema::AnalysisVerdict::proceed, "理由"});
      case LeadState::Status::analysed:
        return send(schema::LeadLeaderReviewed{id, schema::ReviewVerdict::agree, {}});
      case LeadState::Status::reviewed:
        return send(schema::LeadLeadingGroupDecided{id, "p-leader", "会议", project(), "county-a"});
      default:
        return;
    }
  }

  void advance_project(const std::string& id) {
    const ProjectState project = in.project(id);
    if (project.status != ProjectState::Status::negotiating) return;
    if (project.open_evaluation) {
      for (const char* unit : {"county-a", "county-b", "chain-lead"}) {
        for (const char* criterion : {"feasibility", "capacity"}) {
          send(schema::EvaluationOpinionGiven{
              *project.open_evaluation, unit, criterion, schema::OpinionVerdict::support, {}});
        }
      }
      send(schema::EvaluationConcluded{
          *project.open_evaluation,
          below(4) == 0 ? schema::EvaluationVerdict::fail : schema::EvaluationVerdict::pass,
          "理由"});
    } else if (project.prefecture_led && below(3) > 0) {
      send(schema::EvaluationConvened{
          evaluation(), id, day(), "议题", {"county-a", "county-b", "chain-lead"}});
    } else {
      sign(id);
    }
  }

  void report() {
    auto stated = some_lead(lead());
    if (below(2) == 0) stated.amount.reset();
    send(stated);
  }

  void open() {
    auto stated = county_project(project());
    stated.unit_id = county();
    stated.lead_class = below(6) == 0 ? "top500" : "ordinary";
    if (below(2) == 0) stated.lead_id = lead();
    send(stated);
  }

  // Risks, the major list, lights set by hand: by chance of its own, so that it leaves the long
  // paths as often walked as they are without it.
  void watch() {
    std::swap(random_, aside_);
    watch(project());
    std::swap(random_, aside_);
  }

  void watch(const std::string& id) {
    switch (below(6)) {
      case 0:
        return send(schema::ProjectRiskRaised{id, risk(), schema::RiskKind::land, "风险"});
      case 1:
        return send(schema::ProjectRiskCleared{id, risk(), "化解"});
      case 2:
        return send(schema::ProjectMajorListed{id, "原因"});
      case 3:
        return send(schema::ProjectMajorDelisted{id, "原因"});
      case 4:
        // Another one replaces it.
        return send(schema::ProjectLightOverridden{id, schema::Light::red, "原因", in_days(30)},
                    Repeats::yes);
      default:
        return send(schema::ProjectLightReleased{id, "原因"});
    }
  }

  void record_opening() {
    schema::ProjectOpeningRecorded stated;
    stated.project_id = project();
    stated.name = "示例";
    stated.unit_id = county();
    stated.stage = static_cast<schema::OpeningStage>(below(4));
    send(stated);
  }

  void plan() {
    schema::ProjectPlanSet stated{project(), {}};
    for (int i = below(4); i >= 0; --i) stated.nodes.push_back({node(), "节点", day(), {}});
    send(stated, Repeats::yes);  // a plan may be confirmed
  }

  void sign(std::string project_id) {
    auto stated = some_contract(contract());
    stated.project_id = std::move(project_id);
    stated.signed_on = day();
    stated.amount = money();
    stated.jobs = jobs();
    stated.kind = below(5) == 0 ? schema::ContractKind::framework : schema::ContractKind::formal;
    send(stated);
  }

  void correct_lead() {
    const std::string id = lead();
    const LeadState& state = in.lead(id);
    send(schema::LeadCorrected{id,
                               schema::LeadField::amount,
                               schema::MoneyChange{state.amount, money()},
                               {maybe(state.set_at[2])},
                               "更正",
                               "依据"});
  }

  void correct_project() {
    const std::string id = project();
    const ProjectState& state = in.project(id);
    send(schema::ProjectCorrected{id,
                                  schema::ProjectField::jobs,
                                  schema::CountChange{state.jobs, people(below(600))},
                                  {maybe(state.set_at[4])},
                                  "更正",
                                  "依据"});
  }

  void correct_contract() {
    const std::string id = contract();
    const ContractState& state = in.contract(id);
    if (below(2) == 0) {
      send(schema::ContractCorrected{id,
                                     schema::ContractField::amount,
                                     schema::MoneyChange{state.amount, money()},
                                     {maybe(state.set_at[0])},
                                     "更正",
                                     "依据"});
    } else {
      send(schema::ContractCorrected{id,
                                     schema::ContractField::signed_on,
                                     schema::DateChange{state.signed_on, day()},
                                     {maybe(state.set_at[2])},
                                     "更正",
                                     "依据"});
    }
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
  std::string one_of(std::vector<std::string> names) {
    return names[static_cast<std::size_t>(below(static_cast<int>(names.size())))];
  }
  std::uint64_t maybe(std::uint64_t position) { return below(5) == 0 ? position + 1 : position; }
  std::string lead() { return "L" + std::to_string(below(8)); }
  std::string project() { return "P" + std::to_string(below(12)); }
  std::string evaluation() { return "E" + std::to_string(below(12)); }
  std::string contract() { return "C" + std::to_string(below(16)); }
  std::string risk() { return "R" + std::to_string(below(3)); }
  std::string node() { return "n" + std::to_string(below(4)); }
  std::string county() { return one_of({"county-a", "county-b"}); }
  CivilDate day() { return days_ago(below(12)); }
  schema::Money money() {
    static const std::vector<std::int64_t> kFen{1, 9'999'999'999, 10'000'000'000, 29'999'999'999,
                                                30'000'000'000};
    return {kFen[static_cast<std::size_t>(below(5))], static_cast<schema::Qualifier>(below(4))};
  }
  std::optional<schema::Count> jobs() {
    static const std::vector<std::int32_t> kJobs{0, 299, 300, 499, 500};
    if (below(3) == 0) return std::nullopt;
    return people(kJobs[static_cast<std::size_t>(below(5))]);
  }

  std::mt19937_64 random_;
  std::mt19937_64 aside_;
};

void expect_sound_project(SmallPrefecture& in, const std::string& id, const ProjectState& project) {
  SCOPED_TRACE(id);
  EXPECT_EQ(project.project_id, id);
  if (project.open_evaluation) {
    EXPECT_EQ(in.evaluation(*project.open_evaluation).status, EvaluationState::Status::convened);
    EXPECT_EQ(in.evaluation(*project.open_evaluation).project_id, id);
    EXPECT_EQ(project.status, ProjectState::Status::negotiating);
  }
  if (project.contract_id) {
    EXPECT_TRUE(in.contract(*project.contract_id).formal());
    EXPECT_EQ(in.contract(*project.contract_id).project_id, id);
    EXPECT_FALSE(project.status == ProjectState::Status::negotiating);
    // Art. 20: the six classes are signed after a passed evaluation, not before its day.
    if (project.prefecture_led) {
      ASSERT_TRUE(project.passed_evaluation.has_value());
      EXPECT_LE(in.evaluation(*project.passed_evaluation).held_on,
                in.contract(*project.contract_id).signed_on);
    }
  } else if (!project.opening) {
    EXPECT_FALSE(project.status == ProjectState::Status::signed_);
  }
  // Art. 19: of the six classes by the leading group's decision, and only so.
  if (!project.opening) {
    EXPECT_EQ(project.prefecture_led, project.lead_class == "top500");
  }
  if (project.prefecture_led) {
    EXPECT_EQ(in.lead(project.lead_id.value_or("")).status, LeadState::Status::decided);
  }
  if (project.lead_id) {
    EXPECT_EQ(in.lead(*project.lead_id).project_id, id);
  }
  const auto construction = project.reached(schema::Milestone::construction_started);
  const auto production = project.reached(schema::Milestone::production_started);
  if (construction && production) {
    EXPECT_LE(*construction, *production);
  }
  if (production && !project.opening) {
    EXPECT_TRUE(construction.has_value());
  }
}

void expect_sound(SmallPrefecture& in) {
  // Copies, for looking up an unknown id adds an empty state.
  const auto projects = in.states().all<ProjectState>();
  const auto contracts = in.states().all<ContractState>();
  const auto leads = in.states().all<LeadState>();
  for (const auto& [id, project] : projects) {
    if (project.exists()) expect_sound_project(in, id, project);
  }
  for (const auto& [id, contract] : contracts) {
    SCOPED_TRACE(id);
    if (!contract.exists()) continue;
    EXPECT_EQ(contract.tier.has_value(), contract.formal());
    if (!contract.formal()) continue;
    EXPECT_EQ(in.project(contract.project_id).contract_id, id);  // so one formal contract a project
    EXPECT_EQ(contract.tier, determine_tier({.total_investment = contract.amount,
                                             .fixed_assets = contract.fixed_assets,
                                             .jobs = contract.jobs},
                                            small_rules()));
    if (contract.amended_on) {
      EXPECT_LE(contract.signed_on, *contract.amended_on);
    }
  }
  for (const auto& [id, lead] : leads) {
    SCOPED_TRACE(id);
    if (lead.status == LeadState::Status::decided) {
      EXPECT_TRUE(in.project(lead.project_id.value_or("")).prefecture_led);
    }
    if (lead.status == LeadState::Status::delegated) {
      EXPECT_FALSE(lead.prefecture_decides);
    }
  }
}

void expect_ended_projects_rest(const SmallPrefecture& in) {
  std::set<std::string> ended;
  for (const auto& recorded : in.history()) {
    if (ended.contains(recorded.stream)) {
      EXPECT_TRUE(std::holds_alternative<schema::ProjectCorrected>(recorded.event) ||
                  std::holds_alternative<schema::ProjectEnteredReserve>(recorded.event))
          << recorded.stream << " arm " << recorded.event.index();
    }
    if (std::holds_alternative<schema::ProjectTerminated>(recorded.event)) {
      ended.insert(recorded.stream);
    }
  }
}

template <class State>
State folded(const SmallPrefecture& in, const std::string& stream, std::size_t restart_after = 0) {
  State state;
  std::size_t seen = 0;
  for (const auto& recorded : in.history()) {
    if (recorded.stream != stream) continue;
    if (++seen == restart_after) state = State(state);  // a snapshot is a copy of the state
    schema::MessageReader reader(recorded.bytes);
    evolve(state, reader.root<wire::Event>(), recorded.place);
  }
  return state;
}

template <class State>
void expect_folded_alike(const SmallPrefecture& in, std::size_t restart_after) {
  for (const auto& [id, state] : in.states().all<State>()) {
    const std::string stream = std::string(State::kAggregate) + "/" + id;
    EXPECT_EQ(folded<State>(in, stream, restart_after), state) << stream;
  }
}

int signed_of_the_six_classes(const SmallPrefecture& in) {
  const auto projects = in.states().all<ProjectState>();
  return static_cast<int>(std::ranges::count_if(projects, [](const auto& entry) {
    return entry.second.prefecture_led && entry.second.contract_id.has_value();
  }));
}

TEST(AnyHistory, KeepsEveryPromiseAndComesToEveryEvent) {
  int of_the_six_classes = 0;
  std::set<std::size_t> seen;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomClerk clerk(seed);
    int looked_at = 0;
    for (int step = 0; step < kStepsPerSeed && !testing::Test::HasFailure(); ++step) {
      clerk.step();
      if (clerk.taken == looked_at) continue;
      looked_at = clerk.taken;
      expect_sound(clerk.in);
    }
    expect_ended_projects_rest(clerk.in);
    of_the_six_classes += signed_of_the_six_classes(clerk.in);
    for (const auto& recorded : clerk.in.history()) seen.insert(recorded.event.index());
  }
  EXPECT_GE(of_the_six_classes, kSeeds / 2)
      << "the longest path is walked too seldom to prove much";
  const auto arms = schema::event_arms();
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const std::string_view aggregate = arms[i].type->aggregate;
    if (aggregate == "lead" || aggregate == "project" || aggregate == "evaluation" ||
        aggregate == "contract") {
      EXPECT_TRUE(seen.contains(i)) << "never happened: " << arms[i].name;
    }
  }
}

TEST(AnyHistory, FoldedAnewFromItsBytesGivesTheSameStates) {
  RandomClerk clerk(7);
  for (int step = 0; step < kStepsPerSeed; ++step) clerk.step();
  expect_folded_alike<LeadState>(clerk.in, 0);
  expect_folded_alike<ProjectState>(clerk.in, 3);
  expect_folded_alike<EvaluationState>(clerk.in, 2);
  expect_folded_alike<ContractState>(clerk.in, 2);
}

TEST(AnyOrderOfEvents, IsTakenWithoutComplaint) {
  RandomClerk clerk(3);
  for (int step = 0; step < kStepsPerSeed; ++step) clerk.step();
  auto events = clerk.in.history();
  std::mt19937_64 random(3);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(events.begin(), events.end(), random);
    LeadState lead;
    ProjectState project;
    EvaluationState evaluation;
    ContractState contract;
    for (const auto& recorded : events) {
      schema::MessageReader reader(recorded.bytes);
      const auto event = reader.root<wire::Event>();
      evolve(lead, event, recorded.place);
      evolve(project, event, recorded.place);
      evolve(evaluation, event, recorded.place);
      evolve(contract, event, recorded.place);
    }
    EXPECT_TRUE(lead.exists() && project.exists() && evaluation.exists() && contract.exists());
  }
}

TEST(EventFromANewerVersion, WithAnUnknownFieldOrMilestoneChangesNothing) {
  SmallPrefecture in;
  in.must(county_project(), office());
  in.must(some_contract(), office());
  const ProjectState project = in.project("P1");
  const ContractState contract = in.contract("C1");
  const schema::Change change = schema::TextChange{"甲", "乙"};
  in.record(
      {{{"project/P1",
         schema::ProjectMilestoneReached{"P1", static_cast<schema::Milestone>(77), kToday, {}},
         "21", false},
        {"project/P1",
         schema::ProjectCorrected{
             "P1", static_cast<schema::ProjectField>(77), change, {1}, "更正", "依据"},
         "21", false},
        {"contract/C1",
         schema::ContractCorrected{
             "C1", static_cast<schema::ContractField>(77), change, {1}, "更正", "依据"},
         "22", false}}});
  EXPECT_EQ(in.project("P1"), project);
  EXPECT_EQ(in.contract("C1"), contract);
}

}  // namespace
}  // namespace silkledger::domain
