#include "clients/cli/text/phase.h"

#include <array>
#include <boost/json.hpp>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

struct PhaseWord {
  std::string_view phase;
  Text word;
};

const std::array<PhaseWord, 17>& phase_words() {
  static const std::array<PhaseWord, 17> kWords = {{{"idle", {"未进行", "idle"}},
                                                    {"building", {"重新折叠", "building"}},
                                                    {"comparing", {"逐行比对", "comparing"}},
                                                    {"differs", {"结果有差异", "differs"}},
                                                    {"filling", {"补齐其余视图", "filling"}},
                                                    {"following", {"跟随账本", "following"}},
                                                    {"switched", {"已切换", "switched"}},
                                                    {"writing", {"写入", "writing"}},
                                                    {"syncing", {"落盘", "syncing"}},
                                                    {"verifying", {"读回校验", "reading back"}},
                                                    {"records", {"核对记录", "records"}},
                                                    {"trees", {"核对哈希树", "trees"}},
                                                    {"streams", {"核对流索引", "streams"}},
                                                    {"commands", {"核对命令索引", "commands"}},
                                                    {"done", {"完成", "done"}},
                                                    {"cancelled", {"已取消", "cancelled"}},
                                                    {"failed", {"失败", "failed"}}}};
  return kWords;
}

}  // namespace

std::string phase_word(const boost::json::value& state, Lang lang) {
  const std::string phase = text_at(state, "phase");
  for (const PhaseWord& one : phase_words()) {
    if (one.phase == phase) return in(lang, one.word);
  }
  return printable(phase);
}

void add_reason(std::vector<std::string>& lines, const boost::json::value& state, Lang lang) {
  const std::string reason = text_at(state, lang == Lang::zh ? "reasonZh" : "reason");
  if (reason.empty()) return;
  lines.push_back(in(lang, {"  原因：", "  reason: "}) + printable(reason));
}

}  // namespace silkledger::cli
