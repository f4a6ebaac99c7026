// Which stage a status in words stands for.
//
// The stage is the furthest milestone that the words prove: 已竣工 proves that building began, not
// that production did. Words that state only a plan prove nothing and are refused, unless they say
// that nothing has begun. The words themselves are kept verbatim beside the stage. Values, pure.
#pragma once

#include <optional>
#include <string_view>

#include "domain/kernel/text.h"
#include "domain/schema/projects.values.h"

namespace silkledger::cli {

struct StageFound {
  schema::OpeningStage stage = schema::OpeningStage::planned;
  // The words say more than the stage: 已竣工.
  std::optional<Text> caution = {};
};

// What stands in brackets is a remark and not looked at: "已签约(亚欧博览会)".
std::optional<StageFound> stage_of(std::string_view status);

}  // namespace silkledger::cli
