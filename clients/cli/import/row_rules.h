// One row of a sheet judged by itself: what is clear becomes an opening entry, what is vague keeps
// its qualifier, and whatever is ambiguous or outside is refused with the reason. Nothing is
// guessed.
//
// Values, pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/import/remark.h"
#include "clients/cli/import/sheet.h"
#include "clients/cli/import/unit_book.h"
#include "domain/schema/projects.values.h"

namespace silkledger::cli {

// Beyond these a figure is more likely a slip of the unit than a project of a prefecture.
inline constexpr std::int64_t kAmountImplausibleFen = 10'000'000'000'000;  // 1,000亿元
inline constexpr std::int32_t kJobsImplausible = 100'000;                  // people

struct JudgedRow {
  std::size_t row = 0;
  std::string name;   // as written
  std::string place;  // as written
  std::vector<Remark> remarks;
  schema::ProjectOpeningRecorded opening;  // complete when nothing refuses, but for its ids
  bool refused() const;
  const Remark* refusal() const;  // the first; null when it goes in
};

JudgedRow judge_row(const Sheet& sheet, const SheetRow& row, const UnitBook& units);

// A name for comparison: without blanks, brackets, quotes and other punctuation.
std::string name_key(std::string_view name);

}  // namespace silkledger::cli
