// `backup`, `verify-backup` and `restore`: without a server, on the files themselves.
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "domain/kernel/time.h"
#include "eventstore/backup/backup_task.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/restore.h"
#include "server/app/commands.h"
#include "server/app/data_folder.h"
#include "server/app/progress_bar.h"
#include "server/runtime/runtime.h"
#include "server/runtime/system_clock.h"

namespace silkledger::server {
namespace {

namespace fs = std::filesystem;
using eventstore::BackupHeader;
using eventstore::BackupPhase;
using eventstore::BackupReader;
using eventstore::BackupTask;
using eventstore::RestorePhase;
using eventstore::RestoreTask;
using eventstore::StoreError;

int fail(const std::string& words) {
  std::fprintf(stderr, "%s\n", words.c_str());
  return 1;
}

void print_contents(const BackupHeader& header) {
  std::printf("  位置 / positions  %" PRIu64 "–%" PRIu64 "，纪元 / epoch %" PRIu64 "\n",
              header.first, header.last, header.epoch);
  std::printf("  根 / root         %s\n", eventstore::to_hex(header.root).c_str());
  std::printf("  账本 / ledger     %s\n", header.store_id.c_str());
  std::printf("  时间 / taken at   %s\n", to_string(Instant{header.taken_at}).c_str());
}

void print_key_warning(const DataFolder& folder) {
  std::printf(
      "备份不含个人信息密钥，请另行妥善保管：%s\n"
      "The key of personal fields is not in the backup; keep it elsewhere, apart: %s\n",
      folder.personal_key().c_str(), folder.personal_key().c_str());
}

}  // namespace

int run_backup(const BackupOptions& options) {
  Runtime runtime;
  const SystemClock clock;
  const DataFolder folder(options.data);
  auto opened = folder.open(runtime.core(), clock);
  if (const auto* failure = std::get_if<Failure>(&opened)) {
    return fail(failure->words +
                "\n服务运行时请用 silkledger backup / while a server runs: silkledger backup");
  }
  const auto& log = *std::get<std::unique_ptr<eventstore::RocksEventStore>>(opened);
  eventstore::BackupPlan plan{log.store_id(), log.head(), options.to, {}, clock.now_us()};
  if (!options.follows.empty()) {
    auto before = eventstore::read_backup_summary(options.follows);
    if (const auto* error = std::get_if<StoreError>(&before)) return fail(error->detail);
    plan.follows = std::get<eventstore::BackupSummary>(std::move(before));
  }
  auto begun = BackupTask::begin(log, std::move(plan));
  if (const auto* error = std::get_if<StoreError>(&begun)) return fail(error->detail);
  BackupTask& task = *std::get<std::unique_ptr<BackupTask>>(begun);
  {
    ProgressBar bar;
    while (task.progress().phase != BackupPhase::done) {
      const bool verifying = task.progress().phase == BackupPhase::verifying;
      const eventstore::Position before = task.progress().header.first - 1;
      bar.show(verifying ? "读回校验 / verify" : "备份 / back up",
               task.progress().position - before, task.progress().header.last - before);
      if (const auto error = task.step()) return fail(error->detail);
    }
  }
  std::printf("备份已写入并读回校验 / backed up and read back: %s（%" PRIu64 " 字节 / bytes）\n",
              options.to.c_str(), task.progress().bytes);
  print_contents(task.progress().header);
  print_key_warning(folder);
  return 0;
}

int run_verify_backup(const VerifyBackupOptions& options) {
  std::optional<eventstore::BackupSummary> before;
  for (const std::string& file : options.files) {
    auto opened = BackupReader::open(file);
    if (const auto* error = std::get_if<StoreError>(&opened)) return fail(error->detail);
    BackupReader& reader = *std::get<std::unique_ptr<BackupReader>>(opened);
    {
      ProgressBar bar;
      while (!reader.footer()) {
        const auto read = reader.next();
        if (const auto* error = std::get_if<StoreError>(&read)) return fail(error->detail);
        bar.show("校验 / verify " + file, reader.bytes_read(), reader.bytes());
      }
    }
    if (before) {
      if (const auto error = follows(*before, reader.header())) {
        return fail("\"" + file + "\": " + error->detail);
      }
    }
    std::printf("完好 / whole: %s（%" PRIu64 " 条记录 / records, %" PRIu64 " 条命令 / commands）\n",
                file.c_str(), reader.footer()->records, reader.footer()->commands);
    print_contents(reader.header());
    before = eventstore::BackupSummary{reader.header(), *reader.footer()};
  }
  return 0;
}

int run_restore(const RestoreOptions& options) {
  Runtime runtime;
  const SystemClock clock;
  const DataFolder folder(options.data);
  if (auto failure = folder.make_for_restore()) return fail(failure->words);
  eventstore::RestorePlan plan{{options.from}, folder.log(), options.epoch};
  plan.backups.insert(plan.backups.end(), options.then.begin(), options.then.end());
  auto begun = RestoreTask::begin(std::move(plan), runtime.core(), clock);
  if (const auto* error = std::get_if<StoreError>(&begun)) return fail(error->detail);
  RestoreTask& task = *std::get<std::unique_ptr<RestoreTask>>(begun);
  {
    ProgressBar bar;
    while (task.progress().phase != RestorePhase::done) {
      const bool checking = task.progress().phase == RestorePhase::checking;
      bar.show(checking ? "核对 / check" : "恢复 / restore", task.progress().done,
               task.progress().total);
      if (const auto error = task.step()) return fail(error->detail);
    }
  }
  const auto& done = task.progress();
  std::printf("已恢复 / restored: %s\n", options.data.c_str());
  std::printf("  位置 / position   %" PRIu64 "，纪元 / epoch %" PRIu64 "\n", done.last.last,
              done.epoch);
  std::printf("  根 / root         %s\n", eventstore::to_hex(done.last.root).c_str());
  std::printf(
      "启动前请将个人信息密钥放回（权限 0600）：%s\n"
      "Before serving, put the key of personal fields back (mode 0600): %s\n",
      folder.personal_key().c_str(), folder.personal_key().c_str());
  return 0;
}

}  // namespace silkledger::server
