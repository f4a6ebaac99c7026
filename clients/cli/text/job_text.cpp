#include "clients/cli/text/job_text.h"

#include <boost/json.hpp>

#include "clients/cli/text/bar.h"
#include "clients/cli/text/phase.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

std::string labelled(Lang lang, const Text& label, const std::string& text) {
  return "  " + in(lang, label) + (lang == Lang::zh ? "：" : ": ") + text;
}

}  // namespace

bool job_rests(const value& state) {
  const std::string phase = text_at(state, "phase");
  return phase == "idle" || phase == "done" || phase == "cancelled" || phase == "failed";
}

bool backup_succeeded(const value& state) { return text_at(state, "phase") == "done"; }

std::string backup_line(const value& state, Lang lang) {
  const std::string what = in(lang, {"备份 ", "backup "}) + phase_word(state, lang);
  const auto last = count_at(state, "last");
  if (!last) return what;
  const std::uint64_t before = count_at(state, "first").value_or(1) - 1;
  Progress progress;
  progress.done = count_at(state, "position").value_or(before) - before;
  progress.total = *last - before;
  progress.per_second = count_at(state, "recordsPerSecond");
  progress.seconds_left = count_at(state, "secondsLeft");
  return bar_line(what, progress, lang);
}

std::vector<std::string> backup_summary(const value& state, Lang lang, const Paint&) {
  std::vector<std::string> lines = {backup_line(state, lang)};
  add_reason(lines, state, lang);
  const std::string phase = text_at(state, "phase");
  if (flag_at(state, "nothingNew")) {
    lines.push_back(labelled(lang, {"此备份之后没有新事件", "nothing was recorded since"},
                             printable(text_at(state, "file"))));
  } else if (phase == "done") {
    lines.push_back(labelled(lang, {"文件", "file"}, printable(text_at(state, "file"))));
    lines.push_back(labelled(lang, {"位置", "positions"},
                             text_at(state, "first") + "–" + text_at(state, "last") +
                                 in(lang, {"，纪元 ", ", epoch "}) + text_at(state, "epoch")));
    lines.push_back(labelled(lang, {"根", "root"}, printable(text_at(state, "root"))));
    lines.push_back(in(lang, {"  已读回校验。备份不含个人信息密钥，请另行妥善保管。",
                              "  Read back and checked. The key of personal fields is not in it: "
                              "keep that apart."}));
  }
  if (phase == "cancelled") {
    lines.push_back(in(lang, {"  没有留下文件；silkledger backup 可重新开始。",
                              "  No file was left; silkledger backup begins again."}));
  }
  return lines;
}

bool check_succeeded(const value& state) {
  return text_at(state, "phase") == "done" && count_at(state, "findingsCount").value_or(1) == 0;
}

std::string check_line(const value& state, Lang lang) {
  const std::string what = in(lang, {"校验 ", "check "}) + phase_word(state, lang);
  const auto total = count_at(state, "total");
  if (!total) return what;
  Progress progress;
  progress.done = count_at(state, "done").value_or(0);
  progress.total = *total;
  progress.per_second = count_at(state, "recordsPerSecond");
  progress.seconds_left = count_at(state, "secondsLeft");
  return bar_line(what, progress, lang);
}

std::vector<std::string> check_summary(const value& state, Lang lang, const Paint& paint) {
  std::vector<std::string> lines = {check_line(state, lang)};
  add_reason(lines, state, lang);
  const std::string phase = text_at(state, "phase");
  const std::uint64_t count = count_at(state, "findingsCount").value_or(0);
  if (phase == "done" && count == 0) {
    lines.push_back(labelled(lang, {"完好，截至位置", "whole, up to position"},
                             printable(text_at(state, "head"))));
    lines.push_back(labelled(lang, {"根", "root"}, printable(text_at(state, "root"))));
  }
  if (count > 0) {
    lines.push_back(paint(Colour::red, labelled(lang, {"发现问题", "findings"}, grouped(count))));
    const auto* findings = member(state, "findings");
    if (findings != nullptr && findings->is_array()) {
      for (const value& one : findings->get_array()) {
        const auto what = text_at(one, lang == Lang::zh ? "whatZh" : "what");
        lines.push_back("  #" + text_at(one, "position") + "  " + printable(what));
      }
    }
    lines.push_back(in(lang, {"  请勿清理数据目录；从校验过的备份恢复到新目录。",
                              "  Keep the data folder as it is; restore a verified backup into "
                              "another folder."}));
  }
  if (phase == "cancelled") {
    lines.push_back(
        in(lang, {"  silkledger check 可重新开始。", "  silkledger check begins again."}));
  }
  return lines;
}

}  // namespace silkledger::cli
