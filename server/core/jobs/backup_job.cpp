#include "server/core/jobs/backup_job.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "domain/kernel/time.h"
#include "eventstore/ledger/sha256.h"
#include "server/core/core.h"
#include "server/core/jobs/jobs.h"
#include "server/core/jobs/reason.h"

namespace silkledger::server {
namespace {

namespace fs = std::filesystem;
using eventstore::BackupPhase;
using eventstore::BackupSummary;
using eventstore::BackupTask;
using eventstore::StoreError;

constexpr std::string_view kSuffix = ".backup";
constexpr std::string_view kUnfinished = ".part";  // behind it, as UnfinishedFile has it
const json::EncodeOptions kPlain{};

// "20261124T173602Z-e1-1-1847.backup": sorts by time, and says what it holds.
std::string file_name(std::int64_t taken_at, std::uint64_t epoch, std::uint64_t first,
                      std::uint64_t last) {
  std::string when = to_string(Instant{taken_at});
  std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
  when = when.substr(0, when.find('.')) + "Z";
  return when + "-e" + std::to_string(epoch) + "-" + std::to_string(first) + "-" +
         std::to_string(last) + std::string(kSuffix);
}

struct Found {
  std::string file;
  BackupSummary summary;
};

// The newest backup in the folder that this log goes on from, or nothing.
std::optional<Found> newest(const fs::path& folder, const std::string& store_id,
                            const eventstore::EventStore& log) {
  std::optional<Found> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != kSuffix) continue;
    auto read = eventstore::read_backup_summary(entry.path());
    auto* summary = std::get_if<BackupSummary>(&read);
    if (summary == nullptr || summary->header.store_id != store_id) continue;
    if (found && summary->header.last <= found->summary.header.last) continue;
    const auto root = log.root_at(summary->header.last);
    const auto* hash = std::get_if<eventstore::Hash>(&root);
    if (hash == nullptr || *hash != summary->header.root) continue;
    found = Found{entry.path().filename().string(), std::move(*summary)};
  }
  return found;
}

// What a killed server left half written of this ledger. Whatever cannot be read, or belongs to
// another ledger that shares the folder, stays.
void remove_unfinished(const fs::path& folder, const std::string& store_id) {
  std::vector<fs::path> left;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != kUnfinished) continue;
    const auto opened = eventstore::BackupReader::open(entry.path());
    const auto* reader = std::get_if<std::unique_ptr<eventstore::BackupReader>>(&opened);
    if (reader != nullptr && (*reader)->header().store_id == store_id) left.push_back(entry.path());
  }
  for (const auto& file : left) fs::remove(file, error);
}

}  // namespace

// What runs on the background executor.
class BackupJob::Taking {
 public:
  Taking(const CoreParts& parts, bool incremental, std::function<void(const Told&)> report)
      : log_(parts.log),
        clock_(parts.clock),
        place_(*parts.backups),
        incremental_(incremental),
        report_(std::move(report)) {}

  // False when it is done or has failed.
  bool slice() {
    const auto failure = task_ ? reason_of(task_->step()) : begin();
    if (failure) {
      told_.failure = failure;
      report_(told_);
      return false;
    }
    if (told_.nothing_new) {
      report_(told_);
      return false;
    }
    const bool moved_on = task_->progress().phase != told_.progress.phase || told_.file.empty();
    told_.progress = task_->progress();
    told_.file = file_;
    const bool done = told_.progress.phase == BackupPhase::done;
    if (moved_on || done || clock_.now_us() - reported_us_ >= Pace::kTellEveryUs) {
      reported_us_ = clock_.now_us();
      report_(told_);
    }
    return !done;
  }

 private:
  static std::optional<Text> reason_of(const std::optional<StoreError>& error) {
    return error ? std::optional(server::reason_of(*error)) : std::nullopt;
  }

  std::optional<Text> begin() {
    std::error_code error;
    fs::create_directories(place_.folder, error);
    if (error) {
      return reason_of(
          StoreError{StoreError::Kind::io,
                     "could not make \"" + place_.folder.string() + "\": " + error.message(), 0});
    }
    remove_unfinished(place_.folder, place_.store_id);
    eventstore::BackupPlan plan;
    plan.store_id = place_.store_id;
    plan.taken_at = clock_.now_us();
    plan.until = log_.head();
    if (incremental_) {
      auto found = newest(place_.folder, place_.store_id, log_);
      if (!found) {
        return Text{"没有可接续的备份，请先做一次全量备份",
                    "there is no backup of this history to follow; take a full one first"};
      }
      if (found->summary.header.last == plan.until.position) {
        told_.nothing_new = true;
        told_.file = std::move(found->file);
        return std::nullopt;
      }
      plan.follows = std::move(found->summary);
    }
    const auto first = plan.follows ? plan.follows->header.last + 1 : 1;
    file_ = file_name(plan.taken_at, plan.until.epoch, first, plan.until.position);
    plan.target = place_.folder / file_;
    auto begun = BackupTask::begin(log_, std::move(plan));
    if (auto* failed = std::get_if<StoreError>(&begun)) return reason_of(std::move(*failed));
    task_ = std::get<std::unique_ptr<BackupTask>>(std::move(begun));
    return std::nullopt;
  }

  const eventstore::EventStore& log_;
  const eventstore::Clock& clock_;
  const BackupPlace place_;
  const bool incremental_;
  const std::function<void(const Told&)> report_;
  std::unique_ptr<BackupTask> task_;
  std::string file_;
  Told told_;
  std::int64_t reported_us_ = 0;
};

Reply BackupJob::act(const std::string& action, const HttpRequest& request) {
  if (action == "cancel") {
    if (!work_) return not_possible(*this, phase_, action);
    work_->cancel();
    return accepted(*this);
  }
  if (action != "start") return unknown_action("start、cancel");
  const auto* incremental = request.parameter("incremental");
  return start(incremental != nullptr && *incremental != "false");
}

Reply BackupJob::start(bool incremental) {
  const auto& parts = core_.parts();
  if (!parts.backups) {
    return problem(409, "no-backup-folder", {"未设备份目录", "No folder for backups"},
                   {"服务启动时没有给出备份目录（--backups）。",
                    "The server was started without a folder for backups (--backups)."});
  }
  incremental_ = incremental;
  told_ = {};
  phase_ = "writing";
  auto report = [this, alive = std::weak_ptr<bool>(alive_), &core = parts.executor](Told told) {
    core.post([this, alive, told = std::move(told)] {
      if (!alive.expired()) take(told);
    });
  };
  auto taking = std::make_shared<Taking>(parts, incremental, std::move(report));
  work_ = SlicedWork::start(
      core_.background(), parts.executor, [taking] { return taking->slice(); },
      [this, alive = std::weak_ptr<bool>(alive_)](bool cancelled) {
        if (!alive.expired()) ended(cancelled);
      });
  return accepted(*this);
}

void BackupJob::take(const Told& told) {
  const auto now = core_.parts().clock.now_us();
  const bool moved_on = told_.file.empty() || told.progress.phase != told_.progress.phase;
  told_ = told;
  const auto done = told.progress.position;
  if (moved_on) pace_.begin(now, done);
  pace_.reached(now, done);
  // ended() tells.
  if (told.progress.phase == BackupPhase::done || told.nothing_new || told.failure) return;
  phase_ = name_of(told.progress.phase);
  if (moved_on || pace_.is_due()) tell();
}

void BackupJob::ended(bool cancelled) {
  work_.reset();
  const auto& header = told_.progress.header;
  phase_ = told_.failure ? "failed" : cancelled ? "cancelled" : "done";
  if (phase_ == "done" && !told_.nothing_new) {
    core_.parts().say(LogLevel::info, "backup_taken",
                      {{"file", told_.file},
                       {"first", std::to_string(header.first)},
                       {"last", std::to_string(header.last)},
                       {"root", eventstore::to_hex(header.root)},
                       {"bytes", std::to_string(told_.progress.bytes)}});
  } else if (told_.failure) {
    core_.parts().say(LogLevel::error, "backup_failed", {{"detail", told_.failure->en}});
  }
  tell();
}

void BackupJob::stop() {
  if (work_) work_->cancel();
}

void BackupJob::tell() { core_.jobs().tell(*this); }

std::string BackupJob::state_json() const {
  const auto& progress = told_.progress;
  std::string body;
  json::Writer out(body, kPlain);
  begin_state(out, *this, phase_);
  out.key("incremental");
  out.boolean(incremental_);
  if (told_.nothing_new) {
    out.key("nothingNew");
    out.boolean(true);
    out.key("file");
    out.string(told_.file);
  } else if (!told_.file.empty()) {
    const auto& header = progress.header;
    out.key("file");
    out.string(told_.file);
    out.key("epoch");
    out.big(header.epoch);
    out.key("first");
    out.big(header.first);
    out.key("last");
    out.big(header.last);
    out.key("root");
    out.string(eventstore::to_hex(header.root));
    out.key("position");
    out.big(progress.position);
    out.key("bytes");
    out.big(progress.bytes);
    if (is_busy()) pace_.write(out, "recordsPerSecond", header.last);
    out.key("verified");
    out.boolean(phase_ == "done");
  }
  if (told_.failure) write_reason(out, *told_.failure);
  out.end_object();
  return body;
}

}  // namespace silkledger::server
