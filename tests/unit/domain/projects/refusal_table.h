// Rows of refusals: what was done, and how the ledger said no.
#pragma once

#include <functional>
#include <string>

#include "tests/unit/domain/projects/small_prefecture.h"

namespace silkledger::domain {

struct Refused {
  const char* name;
  std::function<Result<Decision>(SmallPrefecture&)> when;
  Rejection::Kind kind;
  const char* code;
  const char* article;
  const char* pointer;
};

inline void expect_row(const Refused& row) {
  SmallPrefecture in;
  expect_refused(row.when(in), row.kind, row.code, row.article, row.pointer);
}

inline std::string name_of_row(const testing::TestParamInfo<Refused>& tested) {
  return tested.param.name;
}

}  // namespace silkledger::domain
