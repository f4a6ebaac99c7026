// How signed projects are served: their working group (Art. 22), risks and lights set by hand
// (Art. 21), meetings and what they give out (Art. 25), the list of major projects (Art. 27),
// problems (Art. 28). A course stays with one project for some days; the first are whole and hold
// every kind of event, of those behind them some is left undone, so that the boards look alive.
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "domain/schema/command.meta.h"
#include "domain/schema/json/options.h"
#include "tools/generator/simulation.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;

struct DepartmentWords {
  std::string_view id, name, name_en;
};
constexpr std::array<DepartmentWords, 3> kDepartments = {{
    {"reform", "发展和改革委员会", "Development and Reform Commission"},
    {"land", "自然资源局", "Natural Resources Bureau"},
    {"industry", "工业和信息化局", "Industry and Information Bureau"},
}};

std::string department_of(const std::string& unit_id, std::size_t index) {
  return std::string(kDepartments[index].id) + "-" + unit_id;
}

// Leaders and departments that take part in the groups of a county, registered for its first.
class Staff {
 public:
  explicit Staff(Simulation& simulation) : sim_(simulation) {}

  static std::string leader(const std::string& unit_id) { return "county-leader." + unit_id; }
  static std::string principal(const std::string& unit_id) { return "principal." + unit_id; }

  void register_for(const std::string& unit_id) {
    if (!known_.insert(unit_id).second) return;
    person(leader(unit_id), "包联县领导（示例）");
    person(principal(unit_id), "党政主要领导（示例）");
    const auto& units = sim_.files().units;
    const auto county = std::ranges::find(units, unit_id, &schema::UnitRegistered::unit_id);
    if (county == units.end()) return;  // receiving units are those of the files
    const std::string handling = sim_.world().handling_unit_of(unit_id);
    for (std::size_t i = 0; i < kDepartments.size(); ++i) {
      const DepartmentWords& words = kDepartments[i];
      by_administrator(schema::UnitRegistered{
          .unit_id = department_of(unit_id, i),
          .kind = sim_.world().unit(handling).kind,
          .name = "示例·" + county->name + std::string(words.name),
          .name_en = "Demo " + std::string(words.name_en) + ", " + county->name_en,
          .parent = unit_id,
          .valid_from = sim_.desk().today()});
    }
  }

 private:
  void by_administrator(schema::Command command) {
    sim_.send_by(&sim_.world().administrator(), std::move(command), sim_.desk().today());
  }

  void person(const std::string& person_id, std::string_view title) {
    json::PlainText plain;
    const std::string name = person_name(sim_.dice("person/" + person_id));
    by_administrator(schema::PersonRegistered{
        .person_id = person_id, .name = plain.seal(name), .title = std::string(title)});
  }

  Simulation& sim_;
  std::set<std::string> known_;
};

struct Served {
  std::string project_id, unit_id;
  std::string chain_lead;  // the managing unit itself where no chain was assigned
};

// What happens around one project. Days are counted in steps from its first day.
class Course final : public std::enable_shared_from_this<Course> {
 public:
  Course(Simulation& simulation, std::shared_ptr<Staff> staff, Served served, std::int64_t number)
      : sim_(simulation),
        staff_(std::move(staff)),
        first_(simulation.desk().today()),
        project_(std::move(served.project_id)),
        unit_(std::move(served.unit_id)),
        chain_lead_(std::move(served.chain_lead)),
        number_(number),
        index_(static_cast<std::size_t>(number)),
        stretch_(simulation.size().has_seasons ? 2 : 1),
        whole_(number < 2) {
    office_ = sim_.world().prefecture_sender("call-meeting", 0)->unit_id;
    leader_ = sim_.world().prefecture_sender("review-lead", 0)->person_id;
    problem_ = sim_.next_id("W");
    meeting_ = sim_.next_id("M");
    action_ = sim_.next_id("T");
    risk_ = sim_.next_id("R");
  }

  void schedule() {
    work_group();
    watch();
    problem();
    meetings();
    action();
    sim_.plant({"service-" + std::to_string(number_ + 1),
                whole_ ? "项目服务全过程：工作组、风险、定灯、调度、交办、问题"
                       : "项目服务过程，部分事项仍在办",
                {{"projectId", project_},
                 {"problemId", problem_},
                 {"meetingId", meeting_},
                 {"actionId", action_},
                 {"riskId", risk_}}});
  }

 private:
  // On that step, behind what was put there before. Nobody goes on with a project that has ended.
  void on(std::size_t step, std::function<void()> act) {
    const auto days = static_cast<std::int32_t>(step) * stretch_;
    const CivilDate day = sim_.calendar().add_working_days(first_, days).day;
    const std::int64_t minute = 10 * 60 + 7 + 23 * taken_.at(step)++;
    const std::int64_t second = number_ * 7 % 60;  // courses may share a day
    const Instant moment{beijing_midnight(day).us + minute * kMinute + second * kMicrosPerSecond};
    sim_.desk().at(moment, [self = shared_from_this(), act = std::move(act)] {
      if (self->sim_.books().projects().at(self->project_).on_board()) act();
    });
  }

  // The same for one command that needs nothing but its words.
  void unit_on(std::size_t step, schema::Command command) {
    on(step, [this, command = std::move(command)] { by(unit_, command); });
  }
  void chain_on(std::size_t step, schema::Command command) {
    on(step, [this, command = std::move(command)] { by(chain_lead_, command); });
  }
  void office_on(std::size_t step, schema::Command command) {
    on(step, [this, command = std::move(command)] { by_office(command); });
  }

  void by(const std::string& unit_id, schema::Command command) {
    sim_.send_for(unit_id, std::move(command), sim_.desk().today());
  }
  void by_office(schema::Command command) {
    sim_.send_for_prefecture(std::move(command), sim_.desk().today());
  }

  CivilDate day_of(std::int32_t step) const {
    return sim_.calendar().add_working_days(first_, step * stretch_).day;
  }

  // ---------------------------------------------------------------- working group (Art. 22)

  void work_group() {
    using enum schema::SponsorLevel;
    const std::string handling = sim_.world().handling_unit_of(unit_);
    on(0, [this] { form_group(); });
    const Member* contact = sim_.world().within_unit("claim-approval", handling, 0);
    schema::WorkGroupMemberSet fourth{.project_id = project_,
                                      .unit_id = handling,
                                      .deviation = "示例：审批事项较多，增加一个成员部门"};
    if (contact != nullptr) fourth.contact = contact->person_id;
    unit_on(2, fourth);
    if (whole_ || number_ % 2 == 0) {
      unit_on(3,
              schema::WorkGroupLeaderSet{project_, leader_, prefecture_leader, fourth.deviation});
    }
    if (!whole_) return;
    unit_on(4, schema::WorkGroupMemberRemoved{.project_id = project_,
                                              .unit_id = department_of(unit_, 2),
                                              .reason = "示例：设备核准已办结"});
    unit_on(5, schema::WorkGroupLeadServiceUnitSet{project_, department_of(unit_, 0)});
    unit_on(6, schema::WorkGroupDissolved{project_, "示例：并入园区服务专班"});
  }

  void form_group() {
    staff_->register_for(unit_);
    using enum schema::SponsorLevel;
    const bool principal = sim_.books().projects().at(project_).tier > 1;
    by(unit_, schema::WorkGroupFormed{
                  .project_id = project_,
                  .sponsor = principal ? Staff::principal(unit_) : Staff::leader(unit_),
                  .sponsor_level = principal ? county_principal : county_leader,
                  .lead_service_unit = sim_.world().handling_unit_of(unit_),
                  .departments = {department_of(unit_, 0), department_of(unit_, 1),
                                  department_of(unit_, 2)}});
  }

  // ---------------------------------------------------------------- risks, list, lights

  void watch() {
    static constexpr std::array kRisks = {"示例：股东近期有被执行记录，待核实",
                                          "示例：供地时间可能晚于计划",
                                          "示例：能耗指标尚未落实",
                                          "示例：环评公众意见待答复",
                                          "示例：第二期资金到位时间不明",
                                          "示例：标准厂房补助口径待明确",
                                          "示例：关键设备交货期较长"};
    const std::size_t kind = index_ % kRisks.size();
    chain_on(0, schema::ProjectRiskRaised{project_, risk_, static_cast<schema::RiskKind>(kind),
                                          kRisks[kind]});
    if (whole_ || number_ % 2 == 1) {
      office_on(0, schema::ProjectMajorListed{project_, "示例：达到档次，列入重大项目清单"});
    }
    if (whole_ || number_ % 3 != 1) {
      using enum schema::Light;
      schema::ProjectLightOverridden set{.project_id = project_,
                                         .light = number_ % 3 == 2 ? red : yellow,
                                         .reason = "示例：现场进展与填报不一致，先行提示"};
      if (number_ % 2 == 0) set.until = day_of(10);
      office_on(1, std::move(set));
    }
    if (whole_ || number_ % 3 == 0) {
      unit_on(5, schema::ProjectRiskCleared{project_, risk_, "示例：经核实已化解"});
    }
    if (!whole_) return;
    office_on(6, schema::ProjectMajorDelisted{project_, "示例：清单调整，改由县市调度"});
    office_on(6, schema::ProjectLightReleased{project_, "示例：现场核查已与填报一致"});
  }

  // ---------------------------------------------------------------- problems (Art. 28)

  // Every third stays with its owner behind the due day.
  void problem() {
    static constexpr std::array kProblems = {
        "示例：设备安装进度落后于协议约定", "示例：承诺的标准厂房尚未交付",
        "示例：厂区供电容量不足，影响试产", "示例：务工人员通勤班车未开通"};
    const std::size_t kind = (index_ + 2) % kProblems.size();
    const bool stays = !whole_ && number_ % 3 == 2;
    using enum schema::EscalationVerdict;
    chain_on(0, schema::ProblemRaised{problem_, project_, static_cast<schema::ProblemClass>(kind),
                                      kProblems[kind], chain_lead_});
    office_on(1, schema::ProblemAssigned{problem_, unit_, day_of(6)});
    unit_on(2, schema::ProblemFeedbackGiven{problem_, "示例：已现场踏勘，正在制定方案"});
    if (whole_ || stays) {
      unit_on(3, schema::ProblemEscalated{problem_, "示例：请地区协调有关部门"});
    }
    if (number_ == 0) {
      office_on(4, schema::ProblemEscalationDecided{problem_, taken, "示例：列入调度会议题"});
    } else if (whole_ || (stays && number_ % 2 == 0)) {
      office_on(4, schema::ProblemEscalationDecided{problem_, returned, "示例：请自行协调"});
    }
    if (stays) return;
    unit_on(4, schema::ProblemResolved{problem_, "示例：整改方案已实施"});
    if (whole_) {
      chain_on(5, schema::ProblemReopened{problem_, "示例：企业反映尚未根本解决"});
      unit_on(5, schema::ProblemResolved{problem_, "示例：已补充整改并复核"});
    }
    chain_on(6, schema::ProblemConfirmed{problem_});
  }

  // ---------------------------------------------------------------- meetings (Art. 25, 27)

  void meetings() {
    const bool has_chain = chain_lead_ != unit_;
    const std::vector<std::string> parties =
        has_chain ? std::vector{unit_, chain_lead_} : std::vector{unit_};
    const std::vector<std::string> heard = {chain_lead_};
    office_on(1, schema::MeetingCalled{.meeting_id = meeting_,
                                       .kind = schema::MeetingKind::dispatch,
                                       .unit_id = office_,
                                       .on = day_of(2),
                                       .agenda = "示例：项目推进情况调度",
                                       .invited = parties,
                                       .chair = leader_});
    office_on(2, schema::MeetingHeld{.meeting_id = meeting_,
                                     .held_on = day_of(2),
                                     .attended = parties,
                                     .heard = has_chain ? heard : std::vector<std::string>()});
    office_on(3, schema::MeetingMinutesIssued{
                     meeting_, "示例纪要〔2026〕" + std::to_string(number_ + 1) + "号",
                     "示例：会议听取项目进展，明确责任单位和办结期限。"});
    if (!whole_ && number_ % 4 != 3) return;
    const std::string another = sim_.next_id("M");
    unit_on(1, schema::MeetingCalled{.meeting_id = another,
                                     .kind = schema::MeetingKind::promotion,
                                     .unit_id = unit_,
                                     .on = day_of(4),
                                     .agenda = "示例：用地和用工现场推进",
                                     .invited = {sim_.world().handling_unit_of(unit_)},
                                     .chair = leader_});
    unit_on(2, schema::MeetingCalledOff{another, "示例：并入地区调度会"});
  }

  // ---------------------------------------------------------------- action items (Art. 25)

  // Of three one is struck off, one waits for that, one asks for more time.
  void action() {
    const bool is_struck_off = whole_ || number_ % 3 == 0;
    const schema::ActionExtensionAsked asks{action_, day_of(8), "示例：设备到货推迟"};
    office_on(2, schema::ActionAssigned{.action_id = action_,
                                        .meeting_id = meeting_,
                                        .project_id = project_,
                                        .assigned_by = office_,
                                        .owner_unit = unit_,
                                        .text = "示例：落实调度会要求并报结果",
                                        .due = day_of(5)});
    unit_on(3, schema::ActionFeedbackGiven{action_, "示例：已与有关部门对接"});
    if (whole_ || number_ % 3 != 1) unit_on(3, asks);
    if (whole_) {
      office_on(4, schema::ActionExtensionRefused{action_, "示例：请先说明保障措施"});
      unit_on(4, asks);
    }
    if (is_struck_off) office_on(5, schema::ActionExtensionGranted{action_, day_of(7)});
    if (whole_ || number_ % 3 != 2) {
      unit_on(5, schema::ActionDone{action_, "示例：已落实，附现场照片"});
    }
    if (whole_) {
      office_on(5, schema::ActionReturned{action_, "示例：缺验收单"});
      unit_on(6, schema::ActionDone{action_, "示例：已补验收单"});
    }
    if (is_struck_off) office_on(6, schema::ActionConfirmed{action_});
  }

  Simulation& sim_;
  std::shared_ptr<Staff> staff_;
  CivilDate first_;
  std::string project_, unit_, chain_lead_, office_, leader_;
  std::string problem_, meeting_, action_, risk_;
  std::int64_t number_;
  std::size_t index_;
  std::int32_t stretch_;
  bool whole_;
  std::array<std::int64_t, 7> taken_{};
};

// Looks each working day for a project to serve.
class Services final : public std::enable_shared_from_this<Services> {
 public:
  explicit Services(Simulation& simulation)
      : sim_(simulation), staff_(std::make_shared<Staff>(simulation)) {}

  void schedule() {
    const bool office_calls = sim_.world().prefecture_sender("call-meeting", 0) != nullptr;
    if (!office_calls || !everybody_is_there()) return;
    constexpr std::int64_t kBeforeOffice = 9 * 60 + 30;
    const CivilDate from = days_after(sim_.size().first, 11);
    for (CivilDate day = from; day <= sim_.size().last; ++day.days) {
      if (!sim_.calendar().is_working(day)) continue;
      sim_.desk().at({beijing_midnight(day).us + kBeforeOffice * kMinute},
                     [self = shared_from_this(), day] { self->look(day); });
    }
  }

 private:
  // Other rule sets may know nobody for these commands.
  bool everybody_is_there() const {
    constexpr std::string_view kFirst = "raise-problem", kLast = "release-light";
    const std::string unit_id = sim_.world().receiving(sim_.size().last).front();
    const auto arms = schema::command_arms();
    const auto begin = std::ranges::find(arms, kFirst, &schema::ArmMeta::kebab);
    const auto end = std::ranges::find(arms, kLast, &schema::ArmMeta::kebab) + 1;
    return std::all_of(begin, end, [&](const schema::ArmMeta& arm) {
      return sim_.world().sender(arm.kebab, unit_id, 0) != nullptr;
    });
  }

  void look(CivilDate day) {
    const std::int64_t wanted = sim_.size().has_seasons ? 12 : 1;
    if (courses_ == wanted || day < next_) return;
    for (const auto& [project_id, project] : sim_.books().projects()) {
      using enum schema::Stage;
      const bool is_landing =
          project.stage == signed_ || project.stage == landing || project.stage == construction;
      const bool is_signed = project.contract_id && is_landing && project.on_board();
      if (!is_signed || project.tier == 0 || !served_.insert(project_id).second) continue;
      const Served served{project_id, project.unit_id, chain_lead_of(project)};
      std::make_shared<Course>(sim_, staff_, served, courses_++)->schedule();
      next_ = sim_.calendar().add_working_days(day, 14).day;
      return;
    }
  }

  std::string chain_lead_of(const ProjectBook& project) const {
    for (const ChainInPlay& chain : sim_.world().chains()) {
      if (chain.chain_id == project.chain_id) return chain.lead_unit;
    }
    return project.unit_id;
  }

  Simulation& sim_;
  std::shared_ptr<Staff> staff_;
  std::set<std::string> served_;
  CivilDate next_{0};
  std::int64_t courses_ = 0;
};

}  // namespace

void schedule_services(Simulation& simulation) {
  std::make_shared<Services>(simulation)->schedule();
}

}  // namespace silkledger::generator
