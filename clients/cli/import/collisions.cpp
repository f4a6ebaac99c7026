#include "clients/cli/import/collisions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "clients/cli/import/wording.h"

namespace silkledger::cli {
namespace {

constexpr std::size_t kCommonNameBytes = 12;  // four Chinese characters

class Collisions {
 public:
  Collisions(const Sheet& sheet, std::span<JudgedRow> judged) : sheet_(sheet), judged_(judged) {}

  void find() {
    same_names();
    for (std::size_t i = 0; i < judged_.size(); ++i) {
      if (judged_[i].opening.unit_id.empty()) continue;
      phase_of_a_total(i);
      phase_named_by_another(i);
      name_the_double(i);
      name_the_total(i);
    }
  }

 private:
  void say(std::size_t at, bool refuses, Reason reason, Column column, const std::string& what,
           Text why, Text help) {
    judged_[at].remarks.push_back({refuses, reason, sheet_.address(column, judged_[at].row), what,
                                   std::move(why), std::move(help)});
  }

  std::string row_name(std::size_t at) const { return std::to_string(judged_[at].row); }

  bool same_unit(std::size_t a, std::size_t b) const {
    return a != b && judged_[a].opening.unit_id == judged_[b].opening.unit_id;
  }

  // Two rows of one name in one unit: equal ones count once, unequal ones are both in doubt.
  void same_names() {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < judged_.size(); ++i) {
      if (judged_[i].opening.unit_id.empty()) continue;
      const std::string key = judged_[i].opening.unit_id + '\n' + name_key(judged_[i].name);
      const auto [known, is_new] = first.emplace(key, i);
      if (is_new) continue;
      const std::size_t other = known->second;
      if (sheet_.rows[i].cells == sheet_.rows[other].cells) {
        say(i, true, Reason::duplicate, Column::name, judged_[i].name,
            {"与第 " + row_name(other) + " 行完全相同", "the same as row " + row_name(other)},
            {"删去一行即可", "delete one of them"});
        continue;
      }
      for (const auto& [mine, others] : {std::pair{i, other}, std::pair{other, i}}) {
        say(mine, true, Reason::duplicate, Column::name, judged_[mine].name,
            {"与第 " + row_name(others) + " 行同名同单位而内容不同",
             "row " + row_name(others) + " has the same name and unit, and says otherwise"},
            {"判定后只留一行；确为两个项目的请区分名称",
             "keep one row, or tell the two apart by their names"});
      }
    }
  }

  // "示例项目一期" beside "示例项目": the total is another row.
  void phase_of_a_total(std::size_t at) {
    const std::string word = phase_word(judged_[at].name);
    if (word.empty()) return;
    std::string total = name_key(judged_[at].name);
    total.erase(total.find(word), word.size());
    for (std::size_t other = 0; other < judged_.size(); ++other) {
      if (!same_unit(at, other) || name_key(judged_[other].name) != total) continue;
      say(at, true, Reason::phase, Column::name, word,
          {"是第 " + row_name(other) + " 行“" + judged_[other].name + "”的分期",
           "a phase of row " + row_name(other) + ", " + judged_[other].name},
          {"只录总项目，或各期分别录而不录总项目", "enter the total or the phases, not both"});
      return;
    }
  }

  // Another row of the same investor in the same unit tells of this phase as its own.
  void phase_named_by_another(std::size_t at) {
    const std::string word = phase_word(judged_[at].name);
    const auto& investor = judged_[at].opening.investor_name;
    if (word.empty() || !investor) return;
    for (std::size_t other = 0; other < judged_.size(); ++other) {
      const auto& row = judged_[other].opening;
      if (!same_unit(at, other) || row.investor_name != investor) continue;
      const bool told = row.note.value_or("").find(word) != std::string::npos ||
                        row.content.value_or("").find(word) != std::string::npos;
      if (!told || judged_[other].name.find(word) != std::string::npos) continue;
      say(at, true, Reason::phase, Column::name, word,
          {"第 " + row_name(other) + " 行“" + judged_[other].name + "”已把它作为自己的" + word,
           "row " + row_name(other) + ", " + judged_[other].name + ", tells of it as its own " +
               word},
          {"判定是一个还是两个项目；两个项目请写清各自金额",
           "decide whether it is one project or two, with the figures of each"});
      return;
    }
  }

  bool is_refused_for(std::size_t at, Reason reason) const {
    return std::ranges::any_of(judged_[at].remarks, [reason](const Remark& remark) {
      return remark.refuses && remark.reason == reason;
    });
  }

  // Where the note names its suspected double in quotes, says in which row it stands.
  void name_the_double(std::size_t at) {
    const auto& note = judged_[at].opening.note;
    if (!note || !is_refused_for(at, Reason::duplicate)) return;
    for (const std::string& quoted : quoted_parts(*note)) {
      const std::string key = name_key(quoted);
      for (std::size_t other = 0; other < judged_.size(); ++other) {
        if (other == at || key.empty() || name_key(judged_[other].name) != key) continue;
        say(at, true, Reason::duplicate, Column::note, quoted,
            {"即第 " + row_name(other) + " 行", "this is row " + row_name(other)}, {});
        return;
      }
    }
  }

  // Where the note tells of a total, finds it by its amount and the beginning of its name.
  void name_the_total(std::size_t at) {
    const auto& note = judged_[at].opening.note;
    if (!note || phase_phrase(*note).empty()) return;
    for (const WrittenAmount& written : written_amounts(*note)) {
      for (std::size_t other = 0; other < judged_.size(); ++other) {
        const auto& amount = judged_[other].opening.amount;
        if (!same_unit(at, other) || !amount || amount->fen != written.amount.fen) continue;
        const std::string mine = name_key(judged_[at].name);
        const std::string theirs = name_key(judged_[other].name);
        if (mine.substr(0, kCommonNameBytes) != theirs.substr(0, kCommonNameBytes)) continue;
        say(at, true, Reason::phase, Column::note, written.text,
            {"总项目即第 " + row_name(other) + " 行“" + judged_[other].name + "”",
             "the total is row " + row_name(other) + ", " + judged_[other].name},
            {});
        return;
      }
    }
  }

  const Sheet& sheet_;
  std::span<JudgedRow> judged_;
};

}  // namespace

void find_collisions(const Sheet& sheet, std::span<JudgedRow> judged) {
  Collisions(sheet, judged).find();
}

}  // namespace silkledger::cli
