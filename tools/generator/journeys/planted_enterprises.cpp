// The target-enterprise library (Art. 16, 17, 19): entered and divided by the office, pushed,
// contacted by a branch bureau, handed over to an aid command; and records that are one enterprise.
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "domain/schema/json/options.h"
#include "tools/generator/journeys/paced_course.h"
#include "tools/generator/simulation.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

constexpr std::int64_t kEnterprisesOfAYear = 22;
constexpr std::int64_t kTwinEvery = 7;  // the second of so many is the first, entered again

// Where a branch bureau looks, and which command stands nearest to it.
struct Area {
  std::string_view branch, place, code, command;
};
constexpr std::array<Area, 6> kAreas = {
    {{"branch-pearl-river", "珠三角某市（示例）", "440300", "command-guangdong"},
     {"branch-yangtze-delta", "长三角某市（示例）", "320500", "command-shanghai"},
     {"branch-shandong", "山东某市（示例）", "370200", "command-shandong"},
     {"branch-chuan-yu", "川渝某市（示例）", "510100", "command-shenzhen"},
     {"branch-jing-jin-ji", "京津冀某市（示例）", "130100", "command-shanghai"},
     {"branch-central", "中部某市（示例）", "420100", "command-shandong"}}};

class TargetEnterprises {
 public:
  explicit TargetEnterprises(Simulation& simulation)
      : sim_(simulation), whole_year_(simulation.size().has_seasons) {
    const std::vector<std::string> units = sim_.world().reporting(sim_.size().first);
    for (const Area& area : kAreas) {
      if (std::ranges::find(units, area.branch) != units.end()) areas_.push_back(&area);
    }
  }

  void schedule() {
    const bool known = sim_.world().prefecture_sender("add-enterprise", 0) != nullptr;
    if (!known || areas_.empty()) return;
    Target last;
    for (std::int64_t i = 0; i < (whole_year_ ? kEnterprisesOfAYear : 3); ++i) {
      if (i % kTwinEvery == 1) {
        enter_again(last, i);
      } else {
        last = target(i);
        work_on(last, i);
      }
    }
  }

 private:
  struct Target {
    std::string id = {};
    std::string name = {};
    std::optional<std::string> uscc = {};
    const ChainInPlay* chain = nullptr;
    const Area* area = nullptr;
    std::string county = {};
    std::string successor = {};  // takes it over from the branch
  };

  CivilDate start(std::int64_t index) const {
    const CivilDate first = sim_.size().first;
    return whole_year_ ? days_after(first, 8 + 12 * index) : first;
  }

  void sent(const std::string& unit_id, schema::Command command) {
    sim_.send_for(unit_id, std::move(command), sim_.desk().today());
  }

  // A step that is one command of the unit, or of the office, known beforehand.
  void then(PacedCourse& course, std::int64_t gap, const std::string& unit_id,
            schema::Command command) {
    course.then(gap, [this, unit_id, command = std::move(command)] { sent(unit_id, command); });
  }

  void decided(PacedCourse& course, std::int64_t gap, schema::Command command) {
    course.then(gap, [this, command = std::move(command)] {
      sim_.send_for_prefecture(command, sim_.desk().today());
    });
  }

  Dice dice_of(const std::string& id) const { return sim_.dice("target-enterprise/" + id); }

  Target target(std::int64_t i) {
    const World& world = sim_.world();
    const auto index = static_cast<std::size_t>(i);
    const std::vector<std::string> counties = world.receiving(start(i));
    Target made{.id = sim_.next_id("TE")};
    const Dice dice = dice_of(made.id);
    made.chain = &world.chains()[index % world.chains().size()];
    made.area = areas_[index % areas_.size()];
    made.county = counties[index * 3 % counties.size()];
    made.name = enterprise_name(dice, *made.chain->words);
    if (i % 5 != 4) made.uscc = made_up_uscc(sim_.next_uscc_serial());
    const std::string command(made.area->command);
    const bool takes_part = world.within_unit("record-enterprise-contact", command, 0) != nullptr;
    made.successor = takes_part ? command : made.county;
    return made;
  }

  void enter(PacedCourse& course, std::int64_t gap, const Target& one) {
    decided(course, gap,
            schema::EnterpriseAdded{.enterprise_id = one.id,
                                    .name = one.name,
                                    .uscc = one.uscc,
                                    .main_business = std::string(one.chain->words->products),
                                    .registered_place = std::string(one.area->place),
                                    .registered_code = std::string(one.area->code)});
    decided(course, 0, schema::EnterpriseAssignedByChain{one.id, one.chain->chain_id});
  }

  void work_on(const Target& one, std::int64_t i) {
    PacedCourse course(sim_, dice_of(one.id), start(i));
    enter(course, 0, one);
    divide(course, one, i);
    push(course, one, i);
    const std::string branch(one.area->branch);
    contact(course, 4, one, branch, 1);
    if (i % 3 == 0) claim(course, one, i % 6 == 0);
    contact(course, 10, one, branch, 2);
    if (i % 2 == 0) {
      then(course, 6, branch,
           schema::EnterpriseHandedOver{one.id, branch, one.successor, "请就近继续对接（示例）"});
      contact(course, 5, one, one.successor, 3);
    }
    if (i % 4 == 0) contact(course, 30, one, i % 2 == 0 ? one.successor : branch, 4);
  }

  void divide(PacedCourse& course, const Target& one, std::int64_t i) {
    decided(course, 1,
            schema::AssignEnterpriseByRegion{.enterprise_id = one.id,
                                             .unit_id = std::string(one.area->branch),
                                             .basis = schema::AssignmentBasis::registered_place});
    if (i % 5 != 3 || areas_.size() < 2) return;
    // Its headquarters lie elsewhere: two branches have a claim to it.
    const Area& other = *areas_[static_cast<std::size_t>(i + 1) % areas_.size()];
    decided(course, 2,
            schema::AssignEnterpriseByRegion{.enterprise_id = one.id,
                                             .unit_id = std::string(other.branch),
                                             .basis = schema::AssignmentBasis::headquarters,
                                             .place_code = std::string(other.code)});
  }

  void push(PacedCourse& course, const Target& one, std::int64_t i) {
    const std::string branch(one.area->branch);
    decided(course, 1, schema::EnterprisePushed{one.id, branch});
    decided(course, 0, schema::EnterprisePushed{one.id, one.county});
    then(course, 2, branch, schema::EnterpriseReceiptConfirmed{one.id, branch});
    // Not everybody confirms.
    if (i % 4 == 2) return;
    then(course, 1, one.county, schema::EnterpriseReceiptConfirmed{one.id, one.county});
  }

  void contact(PacedCourse& course, std::int64_t gap, const Target& one, const std::string& unit_id,
               std::uint64_t number) {
    course.then(gap, [this, one, unit_id, number] {
      json::PlainText plain;
      const Dice dice = dice_of(one.id);
      schema::EnterpriseContactMade made{
          .enterprise_id = one.id,
          .unit_id = unit_id,
          .contacted_on = sim_.desk().today(),
          .result = note(Note::negotiation, dice, *one.chain->words, number)};
      made.person = plain.seal(person_name(dice));
      if (number % 2 == 1) made.phone = plain.seal(made_up_phone(dice));
      sent(unit_id, std::move(made));
    });
  }

  void claim(PacedCourse& course, const Target& one, bool upheld) {
    const auto& classes = sim_.world().six_classes();
    const std::int64_t chosen =
        dice_of(one.id).below("class", static_cast<std::int64_t>(classes.size()));
    schema::EnterpriseStatusClaimed claimed{.enterprise_id = one.id,
                                            .claim_id = "claim-1",
                                            .lead_class = classes[static_cast<std::size_t>(chosen)],
                                            .list = "示例榜单",
                                            .list_year = year_month_day(sim_.size().first).year - 1,
                                            .evidence = "榜单网页截图（示例）"};
    if (!upheld) claimed.holding_path = "示例控股集团持股51%（示例）";
    then(course, 3, std::string(one.area->branch), std::move(claimed));
    decided(course, 6,
            schema::EnterpriseStatusChecked{
                one.id, "claim-1", upheld,
                upheld ? "与榜单原文一致（示例）" : "持股关系未能证实（示例）"});
  }

  // The last one of a year has not been noticed yet.
  void enter_again(const Target& first, std::int64_t i) {
    Target again = first;
    again.id = sim_.next_id("TE");
    PacedCourse course(sim_, dice_of(again.id), start(i));
    enter(course, 3, again);
    if (i + kTwinEvery >= kEnterprisesOfAYear) return;
    decided(course, 8, schema::EnterpriseMerged{again.id, first.id, "同名同码，重复登记（示例）"});
  }

  Simulation& sim_;
  bool whole_year_;
  std::vector<const Area*> areas_;  // of the branches that take part
};

}  // namespace

void schedule_enterprises(Simulation& simulation) {
  auto enterprises = std::make_shared<TargetEnterprises>(simulation);
  enterprises->schedule();
  simulation.keep_alive(std::move(enterprises));  // its acts come later
}

}  // namespace silkledger::generator
