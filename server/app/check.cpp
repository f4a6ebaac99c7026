// `check`: the full check of a log whose server does not run.
#include <cinttypes>
#include <cstdio>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/log_check.h"
#include "server/app/commands.h"
#include "server/app/data_folder.h"
#include "server/app/progress_bar.h"
#include "server/core/jobs/reason.h"

namespace silkledger::server {
namespace {

constexpr int kFaultsFound = 3;

const char* words_of(eventstore::CheckState::Phase phase) {
  using Phase = eventstore::CheckState::Phase;
  switch (phase) {
    case Phase::kRecords:
      return "记录 / records";
    case Phase::kTrees:
      return "哈希树 / trees";
    case Phase::kStreams:
      return "流索引 / streams";
    case Phase::kCommands:
      return "命令索引 / commands";
    case Phase::kDone:
      break;
  }
  return "";
}

int report(const eventstore::CheckState& state) {
  if (state.whole()) {
    std::printf("账本完整 / the log is whole: %" PRIu64 " 个事件 / events，根 / root %s\n",
                state.head.position, eventstore::to_hex(state.head.root).c_str());
    return 0;
  }
  std::printf("发现 %" PRIu64 " 处问题 / faults found: %" PRIu64 "\n", state.findings_count,
              state.findings_count);
  for (const auto& finding : state.findings) {
    const std::string what = reason_of(finding).zh;  // the English is in it
    if (finding.position > 0) {
      std::printf("  位置 / position %" PRIu64 ": %s\n", finding.position, what.c_str());
    } else {
      std::printf("  %s\n", what.c_str());
    }
  }
  const std::uint64_t further = state.findings_count - state.findings.size();
  if (further > 0) std::printf("  另有 / and further: %" PRIu64 "\n", further);
  std::printf(
      "请从备份恢复；此检查未改动任何数据 / restore from a backup; this check changed nothing\n");
  return kFaultsFound;
}

}  // namespace

int run_check(const CheckOptions& options) {
  const DataFolder folder(options.data);
  auto opened = eventstore::OfflineLog::open(folder.log().string());
  if (const auto* error = std::get_if<eventstore::StoreError>(&opened)) {
    std::fprintf(stderr, "%s\n", error->detail.c_str());
    return error->kind == eventstore::StoreError::Kind::corrupt ? kFaultsFound : 1;
  }
  const auto check = std::get<std::unique_ptr<eventstore::OfflineLog>>(opened)->check();
  {
    ProgressBar bar;
    do {
      const auto& state = check->state();
      bar.show(words_of(state.phase), state.records_done, state.records_total);
    } while (check->step());
  }
  return report(check->state());
}

}  // namespace silkledger::server
