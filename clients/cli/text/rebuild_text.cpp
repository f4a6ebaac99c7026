#include "clients/cli/text/rebuild_text.h"

#include <boost/json.hpp>

#include "clients/cli/text/bar.h"
#include "clients/cli/text/phase.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/row_difference.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

Text advice(const std::string& phase, bool resumable) {
  if (phase == "differs") {
    return {"核对差异后：silkledger rebuild --accept 切换，或 --cancel 放弃。",
            "Look at the differences, then silkledger rebuild --accept, or --cancel."};
  }
  if (phase == "following") {
    return {"两边一致，未切换：silkledger rebuild --accept 切换，或 --cancel 放弃。",
            "Both are equal; not switched: silkledger rebuild --accept, or --cancel."};
  }
  if (phase == "switched") {
    return {"旧视图仍保留：silkledger rebuild --roll-back 可退回。",
            "The old views are kept: silkledger rebuild --roll-back returns to them."};
  }
  if (resumable) {
    return {"现用视图未受影响；silkledger rebuild --resume 可继续。",
            "The served views are untouched; silkledger rebuild --resume goes on."};
  }
  if (phase == "cancelled" || phase == "failed") {
    return {"现用视图未受影响；silkledger rebuild 可重新开始。",
            "The served views are untouched; silkledger rebuild begins again."};
  }
  return {};
}

}  // namespace

bool rebuild_rests(const value& state, bool compare_only) {
  const std::string phase = text_at(state, "phase");
  return phase == "idle" || phase == "differs" || phase == "switched" || phase == "cancelled" ||
         phase == "failed" || (compare_only && phase == "following");
}

bool rebuild_succeeded(const value& state, bool compare_only) {
  const std::string phase = text_at(state, "phase");
  return phase == "switched" || phase == "idle" || (compare_only && phase == "following");
}

std::string rebuild_line(const value& state, Lang lang) {
  const std::string what = in(lang, {"重建 ", "rebuild "}) + phase_word(state, lang);
  Progress progress;
  progress.done = count_at(state, "position").value_or(0);
  progress.total = count_at(state, "head").value_or(0);
  progress.per_second = count_at(state, "eventsPerSecond");
  progress.seconds_left = count_at(state, "secondsLeft");
  return bar_line(what, progress, lang);
}

std::vector<std::string> rebuild_summary(const value& state, Lang lang, const Paint& paint) {
  const bool zh = lang == Lang::zh;
  const std::string phase = text_at(state, "phase");
  std::vector<std::string> lines = {rebuild_line(state, lang)};
  add_reason(lines, state, lang);
  if (const auto at = count_at(state, "comparedAt")) {
    const std::uint64_t count = count_at(state, "differenceCount").value_or(0);
    lines.push_back(zh ? "  比对位置 " + std::to_string(*at) + "，差异 " + std::to_string(count) +
                             " 行"
                       : "  compared at position " + std::to_string(*at) + ", " +
                             counted(count, "row differs", "rows differ"));
  }
  const auto* differences = member(state, "differences");
  if (differences != nullptr && differences->is_array()) {
    for (const value& one : differences->get_array()) {
      const auto* live = member(one, "live");
      const auto* rebuilt = member(one, "rebuilt");
      lines.push_back("  " + text_at(one, "view") + '/' + printable(text_at(one, "key")));
      for (const std::string& line : difference_lines(
               live, rebuilt, {{"现用", "served"}, {"重建", "rebuilt"}}, lang, paint)) {
        lines.push_back("    " + line);
      }
    }
  }
  if (const std::string next = in(lang, advice(phase, flag_at(state, "resumable"))); !next.empty())
    lines.push_back("  " + next);
  return lines;
}

}  // namespace silkledger::cli
