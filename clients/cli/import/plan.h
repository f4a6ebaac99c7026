// What an import would send: every row with its verdict, and for those that go in the command with
// ids that follow from the row alone, so that importing twice has one effect.
//
// Values, pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/import/row_rules.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {

struct PlannedRow {
  JudgedRow judged;
  std::string project_id = {};  // from name and unit
  std::string command_id = {};  // from the whole body: the same row gives the same
  std::string body = {};        // of record-opening-project
};

struct ImportPlan {
  std::vector<PlannedRow> rows;
  std::size_t accepted() const;
};

// Call only when the sheet has no faults. `batch` names the import in each entry, if it is not
// empty.
ImportPlan plan_import(const Sheet& sheet, const UnitBook& units, const std::string& batch);

// What became of a row in the end.
enum class Outcome {
  refused,  // by this program
  planned,  // a dry run: it would be sent
  recorded,
  already_there,
  refused_by_server,
  not_sent,  // the server could not be reached
};
Text outcome_words(Outcome outcome);

struct RowResult {
  Outcome outcome = Outcome::refused;
  std::string position = {};
  Text detail = {};  // of a refusal by the server
};

// "E7  超10亿元：…；…" one line for each remark.
std::vector<std::string> remark_lines(const JudgedRow& row, Lang lang);

// The report: all rows with outcome and reasons, with a byte-order mark for spreadsheets.
std::string report_csv(const ImportPlan& plan, const std::vector<RowResult>& results);

// Counts by outcome, and the refused by reason; one line each.
std::vector<std::string> summary_lines(const ImportPlan& plan,
                                       const std::vector<RowResult>& results, Lang lang);

}  // namespace silkledger::cli
