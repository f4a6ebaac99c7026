#include "clients/cli/import/stages.h"

#include <algorithm>
#include <array>
#include <string>

#include "clients/cli/text/words.h"

namespace silkledger::cli {
namespace {

using schema::OpeningStage;

struct StatusWord {
  std::string_view word;
  OpeningStage stage;
  bool completed = false;  // built, but production is not stated
};

constexpr std::array kWords = {
    StatusWord{"拟建", OpeningStage::planned},
    StatusWord{"规划", OpeningStage::planned},
    StatusWord{"规划中", OpeningStage::planned},
    StatusWord{"前期", OpeningStage::planned},
    StatusWord{"前期工作", OpeningStage::planned},
    StatusWord{"筹建", OpeningStage::planned},
    StatusWord{"计划开工", OpeningStage::planned},
    StatusWord{"未开工", OpeningStage::planned},
    StatusWord{"待开工", OpeningStage::planned},
    StatusWord{"planned", OpeningStage::planned},
    StatusWord{"已签约", OpeningStage::signed_},
    StatusWord{"签约", OpeningStage::signed_},
    StatusWord{"已签订协议", OpeningStage::signed_},
    StatusWord{"已签协议", OpeningStage::signed_},
    StatusWord{"签约未开工", OpeningStage::signed_},
    StatusWord{"已签约未开工", OpeningStage::signed_},
    StatusWord{"signed", OpeningStage::signed_},
    StatusWord{"已开工", OpeningStage::under_construction},
    StatusWord{"开工", OpeningStage::under_construction},
    StatusWord{"新开工", OpeningStage::under_construction},
    StatusWord{"开工建设", OpeningStage::under_construction},
    StatusWord{"在建", OpeningStage::under_construction},
    StatusWord{"建设中", OpeningStage::under_construction},
    StatusWord{"开复工", OpeningStage::under_construction},
    StatusWord{"复工", OpeningStage::under_construction},
    StatusWord{"已复工", OpeningStage::under_construction},
    StatusWord{"续建", OpeningStage::under_construction},
    StatusWord{"主体完工", OpeningStage::under_construction},
    StatusWord{"主体封顶", OpeningStage::under_construction},
    StatusWord{"设备安装", OpeningStage::under_construction},
    StatusWord{"安装调试", OpeningStage::under_construction},
    StatusWord{"设备调试", OpeningStage::under_construction},
    StatusWord{"调试", OpeningStage::under_construction},
    StatusWord{"待投产", OpeningStage::under_construction},
    StatusWord{"under construction", OpeningStage::under_construction},
    StatusWord{"基本完工", OpeningStage::under_construction, true},
    StatusWord{"一期基本完工", OpeningStage::under_construction, true},
    StatusWord{"一期完工", OpeningStage::under_construction, true},
    StatusWord{"已完工", OpeningStage::under_construction, true},
    StatusWord{"已竣工", OpeningStage::under_construction, true},
    StatusWord{"竣工", OpeningStage::under_construction, true},
    StatusWord{"已建成", OpeningStage::under_construction, true},
    StatusWord{"建成", OpeningStage::under_construction, true},
    StatusWord{"已投产", OpeningStage::producing},
    StatusWord{"投产", OpeningStage::producing},
    StatusWord{"部分投产", OpeningStage::producing},
    StatusWord{"全面投产", OpeningStage::producing},
    StatusWord{"建成投产", OpeningStage::producing},
    StatusWord{"竣工投产", OpeningStage::producing},
    StatusWord{"试生产", OpeningStage::producing},
    StatusWord{"试运行", OpeningStage::producing},
    StatusWord{"已运营", OpeningStage::producing},
    StatusWord{"运营中", OpeningStage::producing},
    StatusWord{"投入运营", OpeningStage::producing},
    StatusWord{"已投用", OpeningStage::producing},
    StatusWord{"投用", OpeningStage::producing},
    StatusWord{"投入使用", OpeningStage::producing},
    StatusWord{"已并网", OpeningStage::producing},
    StatusWord{"并网发电", OpeningStage::producing},
    StatusWord{"部分并网", OpeningStage::producing},
    StatusWord{"全容量并网", OpeningStage::producing},
    StatusWord{"producing", OpeningStage::producing},
};

}  // namespace

std::optional<StageFound> stage_of(std::string_view status) {
  const std::string half = half_width(trimmed(status));
  std::string_view word = half;
  word = trimmed(word.substr(0, word.find('(')));
  const auto found = std::ranges::find(kWords, word, &StatusWord::word);
  if (found == kWords.end()) return std::nullopt;
  StageFound stage{found->stage, {}};
  if (found->completed) {
    stage.caution = {"完工不等于投产，按在建录入，原文保留",
                     "completed is not producing: entered as under construction, words kept"};
  }
  return stage;
}

}  // namespace silkledger::cli
