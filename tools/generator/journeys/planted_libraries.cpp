// What the research behind the work leaves in the ledger: graphs of chains (Art. 12), offers up to
// the key-project library (Art. 13–15), plans of units (Art. 7, 11). One course of each in a short
// size, so that S0 holds every kind of event; over a whole year so many that the boards look alive.
#include <array>
#include <memory>
#include <utility>

#include "tools/generator/journeys/paced_course.h"
#include "tools/generator/simulation.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

constexpr std::int64_t kOffersOfAYear = 14;

class Libraries {
 public:
  explicit Libraries(Simulation& simulation)
      : sim_(simulation), whole_year_(simulation.size().has_seasons) {}

  void schedule() {
    const World& world = sim_.world();
    const std::string& lead = world.chains().front().lead_unit;
    const std::string county = world.receiving(sim_.size().last).front();
    if (world.sender("add-chain-node", lead, 0) != nullptr) graphs();
    if (world.sender("propose-offer", county, 0) != nullptr) offers();
    if (world.sender("draft-unit-plan", county, 0) != nullptr) plans();
  }

 private:
  CivilDate start(std::int64_t behind, std::int64_t apart, std::int64_t index) const {
    return whole_year_ ? days_after(sim_.size().first, behind + apart * index) : sim_.size().first;
  }

  void sent(const std::string& unit_id, schema::Command command) {
    sim_.send_for(unit_id, std::move(command), sim_.desk().today());
  }

  void decided(schema::Command command) {
    sim_.send_for_prefecture(std::move(command), sim_.desk().today());
  }

  // A step that is one command of the unit, known beforehand.
  void then(PacedCourse& course, std::int64_t gap, const std::string& unit_id,
            schema::Command command) {
    course.then(gap, [this, unit_id, command = std::move(command)] { sent(unit_id, command); });
  }

  // ---------------------------------------------------------------- chain graphs

  void graphs() {
    const auto& chains = sim_.world().chains();
    const std::size_t count = whole_year_ ? chains.size() : 1;
    for (std::size_t i = 0; i < count; ++i) graph(chains[i], i);
  }

  void graph(const ChainInPlay& chain, std::size_t index) {
    const Dice dice = sim_.dice("graph/" + chain.chain_id);
    PacedCourse course(sim_, dice, start(5, 4, static_cast<std::int64_t>(index)));
    draw(course, chain);
    judge(course, chain, index);
    attach(course, chain);
    redraw(course, chain);
  }

  void draw(PacedCourse& course, const ChainInPlay& chain) {
    struct Node {
      std::string_view id, name;
      schema::ChainNodeKind kind = schema::ChainNodeKind::link;
    };
    constexpr std::array<Node, 6> kNodes = {
        {{"raw", "原料供应（示例）"},
         {"parts", "配套加工（示例）"},
         {"core", "主产品（示例）", schema::ChainNodeKind::product},
         {"testing", "检验检测（示例）"},
         {"delivery", "包装物流（示例）"},
         {"former", "代工环节（示例）"}}};
    for (const Node& node : kNodes) {
      const std::string name = std::string(chain.words->trade) + std::string(node.name);
      then(course, 0, chain.lead_unit,
           schema::ChainNodeAdded{chain.chain_id, std::string(node.id), name, node.kind});
    }
    using Edge = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Edge, 5> kEdges = {Edge{"raw", "parts"}, Edge{"parts", "core"},
                                            Edge{"testing", "core"}, Edge{"core", "delivery"},
                                            Edge{"former", "core"}};
    for (const auto& [upstream, downstream] : kEdges) {
      then(course, 0, chain.lead_unit,
           schema::ChainEdgeAdded{chain.chain_id, std::string(upstream), std::string(downstream)});
    }
  }

  // Each chain has its weak places elsewhere.
  void judge(PacedCourse& course, const ChainInPlay& chain, std::size_t index) {
    using Status = schema::ChainNodeStatus;
    constexpr std::array<Status, 5> kStatuses = {Status::weak, Status::short_, Status::present,
                                                 Status::broken, Status::present};
    constexpr std::array<std::string_view, 5> kNodes = {"raw", "parts", "core", "testing",
                                                        "delivery"};
    for (std::size_t i = 0; i < kNodes.size(); ++i) {
      then(course, i == 0 ? 4 : 0, chain.lead_unit,
           schema::ChainNodeStatusSet{chain.chain_id, std::string(kNodes[i]),
                                      kStatuses[(i + index) % kStatuses.size()],
                                      "走访园区企业后的判断（示例）"});
    }
  }

  void attach(PacedCourse& course, const ChainInPlay& chain) {
    for (const std::string node_id : {"raw", "core", "delivery"}) {
      schema::ChainEnterpriseAttached attached{
          .chain_id = chain.chain_id, .node_id = node_id, .name = standing_at(chain, node_id)};
      if (node_id != "raw") attached.uscc = made_up_uscc(sim_.next_uscc_serial());
      then(course, node_id == "raw" ? 6 : 0, chain.lead_unit, std::move(attached));
    }
  }

  std::string standing_at(const ChainInPlay& chain, const std::string& node_id) const {
    return enterprise_name(sim_.dice("graph/" + chain.chain_id + "/" + node_id), *chain.words);
  }

  void redraw(PacedCourse& course, const ChainInPlay& chain) {
    const std::string& id = chain.chain_id;
    const std::string& lead = chain.lead_unit;
    then(course, 30, lead, schema::ChainEdgeRemoved{id, "former", "core", "代工已停止（示例）"});
    then(course, 0, lead, schema::ChainNodeRemoved{id, "former", "并入配套加工（示例）"});
    then(course, 0, lead,
         schema::ChainEnterpriseDetached{id, "delivery", standing_at(chain, "delivery"),
                                         "企业已迁出（示例）"});
    then(course, 60, lead,
         schema::ChainNodeStatusSet{id, "parts", schema::ChainNodeStatus::present,
                                    "新投产企业补上配套（示例）"});
  }

  // ---------------------------------------------------------------- offers

  enum class Fate { lands, is_withdrawn, is_kept, is_forgotten, is_not_feasible, is_under_way };
  struct Offer {
    std::string id;
    std::string unit;
    const ChainInPlay* chain;
    Dice dice;
  };

  void offers() {
    constexpr std::array<Fate, 6> kFates = {Fate::lands,           Fate::is_withdrawn,
                                            Fate::is_kept,         Fate::is_forgotten,
                                            Fate::is_not_feasible, Fate::is_under_way};
    const auto& chains = sim_.world().chains();
    for (std::int64_t i = 0; i < (whole_year_ ? kOffersOfAYear : 2); ++i) {
      const auto index = static_cast<std::size_t>(i);
      const CivilDate day = start(60, 14, i);
      const std::vector<std::string> units = sim_.world().receiving(day);
      const std::string id = sim_.next_id("OF");
      const Offer offer{id, units[index * 5 % units.size()],
                        &chains[whole_year_ ? index % chains.size() : 0], sim_.dice("offer/" + id)};
      course_of(offer, day, kFates[index % kFates.size()]);
    }
  }

  void course_of(const Offer& offer, CivilDate day, Fate fate) {
    PacedCourse course(sim_, offer.dice, day);
    course.then(1, [this, offer] { propose(offer); });
    const bool doubtful = fate == Fate::is_withdrawn;
    then(course, 5, offer.chain->lead_unit,
         schema::OfferReviewedByChainUnit{
             offer.id, doubtful ? schema::OfferVerdict::doubts : schema::OfferVerdict::supports,
             doubtful ? "市场容量存疑，建议另选方向（示例）" : "有助于补链，建议论证（示例）"});
    if (fate == Fate::is_under_way) return;
    if (fate == Fate::is_withdrawn) {
      then(course, 10, offer.unit, schema::OfferWithdrawn{offer.id, "按链主意见另行谋划（示例）"});
      return;
    }
    const bool feasible = fate != Fate::is_not_feasible;
    course.then(8, [this, offer, feasible] {
      decided(schema::OfferAssessed{
          offer.id, feasible ? schema::Feasibility::feasible : schema::Feasibility::not_feasible,
          feasible ? "用地、用水、用电均有保障，可行（示例）" : "用水指标不足，不可行（示例）"});
    });
    if (!feasible) return;
    course.then(4, [this, offer] { decided(schema::EnterOfferLibrary{offer.id}); });
    if (fate == Fate::is_forgotten) return;
    course.then(12, [this, offer] { update(offer); });
    if (fate == Fate::lands) {
      then(course, 15, offer.unit, schema::ConfirmOffer{offer.id});
      course.then(20, [this, offer] { land(offer); });
      return;
    }
    constexpr int kConfirmations = 4;  // some three months apart
    for (int i = 0; i < kConfirmations; ++i) {
      then(course, 45, offer.unit, schema::ConfirmOffer{offer.id});
    }
  }

  void propose(const Offer& offer) {
    const ChainWords& words = *offer.chain->words;
    schema::OfferProposed proposed{
        .offer_id = offer.id,
        .unit_id = offer.unit,
        .name = project_name(offer.dice, words),
        .chain_id = offer.chain->chain_id,
        .node_id = "core",
        .content = note(Note::project_content, offer.dice, words),
        .amount = drawn_amount(offer.dice, "amount"),
        .land = "示例园区，约" + std::to_string(offer.dice.between("land", 3, 20) * 10) + "亩"};
    if (offer.dice.percent("study", 60)) {
      const std::int64_t percent = offer.dice.between("return", 8, 16);
      proposed.expected_return = "报告所载内部收益率" + std::to_string(percent) + "%（示例）";
      proposed.study = schema::Source{.title = "示例项目可行性研究报告", .kind = "可研报告"};
    }
    sent(offer.unit, std::move(proposed));
  }

  void update(const Offer& offer) {
    schema::OfferUpdated updated{.offer_id = offer.id, .reason = "按论证意见细化（示例）"};
    updated.land = "示例园区二期，已落实建设用地指标";
    updated.content = note(Note::project_content, offer.dice, *offer.chain->words, 1) +
                      "同步建设职工宿舍（示例）。";
    sent(offer.unit, std::move(updated));
  }

  // Into a project of the same unit, or of another one that took it over.
  void land(const Offer& offer) {
    const std::string* found = nullptr;
    for (const auto& [project_id, project] : sim_.books().projects()) {
      if (!project.on_board()) continue;
      const bool own = project.unit_id == offer.unit;
      if (own || found == nullptr) found = &project_id;
      if (own) break;
    }
    if (found != nullptr) sent(offer.unit, schema::OfferLanded{offer.id, *found});
  }

  // ---------------------------------------------------------------- plans

  void plans() {
    const std::vector<std::string> counties = sim_.world().receiving(sim_.size().last);
    for (std::size_t i = 0; i < counties.size(); ++i) plans_of(counties[i], i);
    const auto& chains = sim_.world().chains();
    for (std::size_t i = 0; i < (whole_year_ ? chains.size() : 1); ++i) {
      PacedCourse course = course_of(chains[i].lead_unit, i);
      const std::string id =
          drafted(course, 2, chains[i].lead_unit, schema::UnitPlanKind::research);
      if (i % 3 != 2) issued(course, 25, chains[i].lead_unit, id);
    }
  }

  PacedCourse course_of(const std::string& unit_id, std::size_t index) const {
    const CivilDate exists = days_after(sim_.world().unit(unit_id).valid_from, 7);
    const CivilDate first = start(6, 3, static_cast<std::int64_t>(index));
    return {sim_, sim_.dice("plans/" + unit_id), std::max(first, exists)};
  }

  void plans_of(const std::string& unit_id, std::size_t index) {
    using Kind = schema::UnitPlanKind;
    PacedCourse course = course_of(unit_id, index);
    const std::string plan = drafted(course, 0, unit_id, Kind::plan);
    issued(course, 12, unit_id, plan);
    const std::string programme = drafted(course, 3, unit_id, Kind::programme);
    if (index % 4 != 3) issued(course, 15, unit_id, programme);
    if (index % 5 == 0) {
      then(course, 20, unit_id, schema::UnitPlanWithdrawn{programme, "目标任务调整（示例）"});
      issued(course, 10, unit_id, drafted(course, 5, unit_id, Kind::programme));
    }
    if (index % 3 == 2) return;
    const std::string research = drafted(course, 20, unit_id, Kind::research);
    if (index % 3 == 0) issued(course, 30, unit_id, research);
  }

  std::string drafted(PacedCourse& course, std::int64_t gap, const std::string& unit_id,
                      schema::UnitPlanKind kind) {
    constexpr std::array<std::string_view, 3> kTitles = {
        "年招商引资规划（示例）", "年招商引资工作方案（示例）", "年重点产业研究（示例）"};
    const std::int32_t year = year_month_day(sim_.size().first).year;
    std::string id = sim_.next_id("UP");
    then(course, gap, unit_id,
         schema::UnitPlanDrafted{
             id, unit_id, kind, year,
             std::to_string(year) + std::string(kTitles[static_cast<std::size_t>(kind)])});
    return id;
  }

  void issued(PacedCourse& course, std::int64_t gap, const std::string& unit_id,
              const std::string& plan_id) {
    course.then(gap, [this, unit_id, plan_id] {
      const CivilDate today = sim_.desk().today();
      const std::string year = std::to_string(year_month_day(today).year);
      sent(unit_id, schema::UnitPlanIssued{
                        plan_id, "示例发〔" + year + "〕" + plan_id.substr(3) + "号", today});
    });
  }

  Simulation& sim_;
  bool whole_year_;
};

}  // namespace

void schedule_libraries(Simulation& simulation) {
  auto libraries = std::make_shared<Libraries>(simulation);
  libraries->schedule();
  simulation.keep_alive(std::move(libraries));  // its acts come later
  schedule_enterprises(simulation);
}

}  // namespace silkledger::generator
