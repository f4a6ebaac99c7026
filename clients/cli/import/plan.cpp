#include "clients/cli/import/plan.h"

#include <algorithm>
#include <array>
#include <map>

#include "clients/cli/import/collisions.h"
#include "clients/cli/text/identity.h"
#include "clients/cli/text/width.h"
#include "domain/schema/projects.json.h"

namespace silkledger::cli {
namespace {

constexpr std::size_t kIdHexDigits = 24;  // 96 bits of a digest

std::string joined(const std::vector<Remark>& remarks, Lang lang) {
  std::string text;
  for (const Remark& remark : remarks) {
    if (!text.empty()) text += lang == Lang::zh ? "；" : "; ";
    text += remark.address + ' ' + in(lang, remark.why);
  }
  return text;
}

}  // namespace

std::size_t ImportPlan::accepted() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const PlannedRow& row) { return !row.judged.refused(); }));
}

ImportPlan plan_import(const Sheet& sheet, const UnitBook& units, const std::string& batch) {
  std::vector<JudgedRow> judged;
  judged.reserve(sheet.rows.size());
  for (const SheetRow& row : sheet.rows) judged.push_back(judge_row(sheet, row, units));
  find_collisions(sheet, judged);
  ImportPlan plan;
  for (JudgedRow& row : judged) {
    PlannedRow planned{std::move(row)};
    if (!planned.judged.refused()) {
      auto& opening = planned.judged.opening;
      opening.project_id =
          "op-" +
          sha256_hex(opening.unit_id + '\n' + name_key(opening.name)).substr(0, kIdHexDigits);
      if (!batch.empty()) opening.batch = batch;
      planned.project_id = opening.project_id;
      planned.body = json::to_json(opening);
      planned.command_id = "import-" + sha256_hex(planned.body).substr(0, kIdHexDigits);
    }
    plan.rows.push_back(std::move(planned));
  }
  return plan;
}

Text outcome_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::refused:
      return {"未录入", "refused"};
    case Outcome::planned:
      return {"将录入", "would be recorded"};
    case Outcome::recorded:
      return {"已录入", "recorded"};
    case Outcome::already_there:
      return {"此前已有", "already there"};
    case Outcome::refused_by_server:
      return {"服务器拒绝", "refused by the server"};
    case Outcome::not_sent:
      return {"未送达", "not sent"};
  }
  return {};
}

std::vector<std::string> remark_lines(const JudgedRow& row, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::vector<std::string> lines;
  for (const Remark& remark : row.remarks) {
    std::string line = remark.address + "  ";
    if (!remark.refuses) line += zh ? "提示 " : "note: ";
    const std::string what = cut(printable(remark.what), 40);
    if (!what.empty()) line += zh ? "“" + what + "”：" : "\"" + what + "\": ";
    line += printable(in(lang, remark.why));
    const std::string& help = in(lang, remark.help);
    if (!help.empty()) line += (zh ? "。" : ". ") + printable(help);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string report_csv(const ImportPlan& plan, const std::vector<RowResult>& results) {
  std::string csv(kByteOrderMark);
  csv +=
      "row,project_name,unit,outcome,outcome_zh,reason,reason_zh,project_id,command_id,position,"
      "details,details_zh\r\n";
  for (std::size_t i = 0; i < plan.rows.size() && i < results.size(); ++i) {
    const PlannedRow& row = plan.rows[i];
    const Text outcome = outcome_words(results[i].outcome);
    const Remark* refusal = row.judged.refusal();
    const Text reason = refusal == nullptr ? Text{} : reason_words(refusal->reason);
    std::string zh = joined(row.judged.remarks, Lang::zh);
    std::string en = joined(row.judged.remarks, Lang::en);
    if (!results[i].detail.en.empty()) {
      zh += (zh.empty() ? "" : "；") + results[i].detail.zh;
      en += (en.empty() ? "" : "; ") + results[i].detail.en;
    }
    const std::array<std::string, 12> fields = {std::to_string(row.judged.row),
                                                row.judged.name,
                                                row.judged.place,
                                                outcome.en,
                                                outcome.zh,
                                                reason.en,
                                                reason.zh,
                                                row.project_id,
                                                row.command_id,
                                                results[i].position,
                                                en,
                                                zh};
    for (std::size_t field = 0; field < fields.size(); ++field) {
      csv += (field == 0 ? "" : ",") + csv_field(fields[field]);
    }
    csv += "\r\n";
  }
  return csv;
}

std::vector<std::string> summary_lines(const ImportPlan& plan,
                                       const std::vector<RowResult>& results, Lang lang) {
  const bool zh = lang == Lang::zh;
  std::map<Outcome, std::size_t> outcomes;
  std::map<Reason, std::size_t> reasons;
  for (std::size_t i = 0; i < plan.rows.size() && i < results.size(); ++i) {
    ++outcomes[results[i].outcome];
    const Remark* refusal = plan.rows[i].judged.refusal();
    if (refusal != nullptr) ++reasons[refusal->reason];
  }
  std::vector<std::string> lines;
  lines.push_back(zh ? "共 " + std::to_string(plan.rows.size()) + " 行"
                     : counted(plan.rows.size(), "row", "rows"));
  for (const auto& [outcome, count] : outcomes) {
    std::string line = "  " + in(lang, outcome_words(outcome)) + ' ' + std::to_string(count);
    if (outcome == Outcome::refused) {
      std::string by;
      for (const auto& [reason, rows] : reasons) {
        by += (by.empty() ? ""
               : zh       ? "、"
                          : ", ") +
              in(lang, reason_words(reason)) + ' ' + std::to_string(rows);
      }
      line += zh ? "（" + by + "）" : " (" + by + ")";
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace silkledger::cli
