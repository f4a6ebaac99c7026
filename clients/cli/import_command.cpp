// `import`: published projects from a file into the ledger as opening entries, row by row.
#include <boost/json.hpp>
#include <fstream>
#include <thread>

#include "clients/cli/chance.h"
#include "clients/cli/import/plan.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/bar.h"
#include "clients/cli/text/problem_text.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"
#include "clients/cpp/retry_pause.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;
using client::HttpResult;

constexpr std::uint32_t kAttempts = 4;  // of one row, with the same command id
constexpr const char* kCommandPath = "/api/v1/commands/record-opening-project";
constexpr const char* kAlreadyThere = "project-already-exists";

class Import {
 public:
  Import(Api& api, const ImportOptions& options)
      : api_(api), terminal_(api.terminal()), options_(options) {}

  int run() {
    Sheet sheet;
    if (!read_file(sheet)) return kUsage;
    if (!sheet.faults.empty()) return refuse_file(sheet);
    UnitBook units;
    if (const auto code = read_units(units)) return *code;
    plan_ = plan_import(sheet, units, options_.batch);
    results_.assign(plan_.rows.size(), {});
    int code = kDone;
    if (options_.dry_run) {
      for (std::size_t i = 0; i < plan_.rows.size(); ++i) {
        if (!plan_.rows[i].judged.refused()) results_[i].outcome = Outcome::planned;
      }
    } else {
      code = send_all();
    }
    terminal_.end_progress();
    tell(sheet);
    if (!write_report()) return kUsage;
    return code != kDone ? code : all_went_in() ? kDone : kRefused;
  }

 private:
  bool read_file(Sheet& sheet) {
    const std::string& path = options_.file;
    const bool is_csv = path.ends_with(".csv") || path.ends_with(".CSV");
    const bool is_ndjson = path.ends_with(".ndjson") || path.ends_with(".jsonl");
    if (!is_csv && !is_ndjson) {
      terminal_.error({"只读 .csv 与 .ndjson 文件。", "Only .csv and .ndjson files are read."});
      return false;
    }
    std::string text;
    if (!read_whole(terminal_, path, text)) return false;
    sheet = is_csv ? read_csv_sheet(text) : read_ndjson_sheet(text);
    return true;
  }

  int refuse_file(const Sheet& sheet) {
    for (const Remark& fault : sheet.faults) {
      const std::string place = fault.address.empty() ? std::string() : fault.address + "  ";
      const auto words = [&](Lang lang) {
        return place + in(lang, fault.why) + (lang == Lang::zh ? "。" : ". ") +
               in(lang, fault.help);
      };
      terminal_.error({words(Lang::zh), words(Lang::en)});
    }
    terminal_.say({"文件未录入任何一行。", "Nothing of the file was imported."});
    return kRefused;
  }

  std::optional<int> read_units(UnitBook& units) {
    int code = kDone;
    const auto rows = api_.rows("unit", {}, kRowsMost, code);
    if (!rows) return code;
    units.add(js::serialize(*rows));
    if (units.size() > 0) return std::nullopt;
    terminal_.error({"台账中没有可承接项目的单位（或您无权查看）。",
                     "The ledger has no unit that receives projects, or none that you may see."});
    return kRefused;
  }

  HttpResult post(const PlannedRow& row) {
    client::Headers headers = {{"Idempotency-Key", row.command_id},
                               {"Content-Type", "application/json"}};
    if (!options_.acting_unit.empty()) {
      headers.emplace_back("Silkledger-Acting-Unit", options_.acting_unit);
    }
    for (std::uint32_t attempt = 0;; ++attempt) {
      HttpResult result = api_.post(kCommandPath, headers, row.body);
      const bool again = outcome_is_unknown(result) || result.status == 503 || result.status == 429;
      if (!again || attempt + 1 == kAttempts) return result;
      std::this_thread::sleep_for(client::retry_pause(attempt, new_chance()));
    }
  }

  // One after another: the order in the ledger is the order in the file.
  int send_all() {
    const std::uint64_t total = plan_.accepted();
    std::uint64_t done = 0;
    int code = kDone;
    for (std::size_t i = 0; i < plan_.rows.size(); ++i) {
      if (plan_.rows[i].judged.refused()) continue;
      if (code != kDone) {
        results_[i].outcome = Outcome::not_sent;
        continue;
      }
      code = take(post(plan_.rows[i]), results_[i]);
      ++done;
      terminal_.progress(
          bar_line(terminal_.zh() ? "导入" : "importing", {done, total, {}, {}}, terminal_.lang()));
    }
    return code;
  }

  // The code to stop with; kDone goes on with the next row.
  int take(const HttpResult& answer, RowResult& result) {
    if (answer.ok()) {
      const js::value receipt = parse_json(answer.body);
      result.outcome = flag_at(receipt, "repeated") ? Outcome::already_there : Outcome::recorded;
      result.position = text_at(receipt, "position");
      return kDone;
    }
    if (outcome_is_unknown(answer)) {
      result.outcome = Outcome::not_sent;
      const int code = api_.fail(answer);
      terminal_.say({"导入中断；再次导入同一文件即可继续，不会重复录入。",
                     "The import stopped; import the same file again to go on: nothing is recorded "
                     "twice."});
      return code;
    }
    const Problem problem = read_problem(answer.status, answer.body);
    if (problem.code == kAlreadyThere) {
      result.outcome = Outcome::already_there;
      return kDone;
    }
    result.outcome = Outcome::refused_by_server;
    result.detail = problem.detail;
    return answer.status == 401 ? api_.fail(answer) : kDone;
  }

  bool all_went_in() const {
    for (const RowResult& result : results_) {
      if (result.outcome != Outcome::recorded && result.outcome != Outcome::already_there &&
          result.outcome != Outcome::planned) {
        return false;
      }
    }
    return true;
  }

  void tell(const Sheet& sheet) {
    for (std::size_t i = 0; i < plan_.rows.size(); ++i) {
      if (terminal_.json()) {
        terminal_.out(row_json(plan_.rows[i], results_[i]));
      } else {
        tell_row(plan_.rows[i], results_[i]);
      }
    }
    if (terminal_.json()) return;
    std::string unread;
    for (const std::string& head : sheet.not_read) unread += (unread.empty() ? "" : ", ") + head;
    if (!unread.empty()) {
      terminal_.out((terminal_.zh() ? "未读取的列：" : "columns not read: ") + printable(unread));
    }
    terminal_.out(summary_lines(plan_, results_, terminal_.lang()));
  }

  void tell_row(const PlannedRow& row, const RowResult& result) {
    const auto lines = remark_lines(row.judged, terminal_.lang());
    if (lines.empty() && result.detail.en.empty()) return;
    const bool good = !row.judged.refused() && result.outcome != Outcome::refused_by_server;
    std::string words = in(terminal_.lang(), outcome_words(result.outcome));
    if (const Remark* refusal = row.judged.refusal()) {
      words += " · " + in(terminal_.lang(), reason_words(refusal->reason));
    }
    terminal_.out(terminal_.paint()(Colour::bold, std::to_string(row.judged.row)) + "  " +
                  printable(row.judged.name) + "  " +
                  terminal_.paint()(good ? Colour::yellow : Colour::red, words));
    for (const std::string& line : lines) terminal_.out("    " + line);
    if (!result.detail.en.empty()) {
      terminal_.out("    " + printable(in(terminal_.lang(), result.detail)));
    }
  }

  static std::string row_json(const PlannedRow& row, const RowResult& result) {
    js::array remarks;
    for (const Remark& remark : row.judged.remarks) {
      remarks.push_back(js::object{{"address", remark.address},
                                   {"refuses", remark.refuses},
                                   {"reason", reason_words(remark.reason).en},
                                   {"what", remark.what},
                                   {"zh", remark.why.zh},
                                   {"en", remark.why.en},
                                   {"helpZh", remark.help.zh},
                                   {"helpEn", remark.help.en}});
    }
    js::object object{{"row", row.judged.row},
                      {"name", row.judged.name},
                      {"unit", row.judged.place},
                      {"outcome", outcome_words(result.outcome).en},
                      {"outcomeZh", outcome_words(result.outcome).zh},
                      {"projectId", row.project_id},
                      {"commandId", row.command_id},
                      {"position", result.position},
                      {"remarks", std::move(remarks)}};
    if (!result.detail.en.empty()) {
      object["detail"] = result.detail.en;
      object["detailZh"] = result.detail.zh;
    }
    return js::serialize(object);
  }

  bool write_report() {
    if (options_.report.empty()) return true;
    std::ofstream file(options_.report, std::ios::binary | std::ios::trunc);
    file << report_csv(plan_, results_);
    file.close();
    if (file) return true;
    terminal_.error({"无法写入报告 " + options_.report + "。",
                     "Cannot write the report " + options_.report + "."});
    return false;
  }

  Api& api_;
  Terminal& terminal_;
  const ImportOptions& options_;
  ImportPlan plan_;
  std::vector<RowResult> results_;
};

}  // namespace

int run_import(Api& api, const ImportOptions& options) { return Import(api, options).run(); }

}  // namespace silkledger::cli
