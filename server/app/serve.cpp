#include <openssl/rand.h>
#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>

#include "projections/rocksdb/rocksdb_view_stores.h"
#include "projections/view.h"
#include "server/app/commands.h"
#include "server/app/data_folder.h"
#include "server/app/disk_space.h"
#include "server/app/embedded.h"
#include "server/app/limits.h"
#include "server/app/logging.h"
#include "server/core/core.h"
#include "server/http/edge_server.h"
#include "server/runtime/background.h"
#include "server/runtime/runtime.h"
#include "server/runtime/signals.h"
#include "server/runtime/system_clock.h"

namespace silkledger::server {
namespace {

class SystemRandom final : public eventstore::Random {
 public:
  std::uint64_t next() override {
    std::uint64_t value = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&value), sizeof value);
    return value;
  }
};

int fail(const std::string& words) {
  std::fprintf(stderr, "%s\n", words.c_str());
  return 1;
}

// The one clock of the log and of the core, so that what is recorded bears the day that is decided
// by. A demonstration goes on from the last moment of its data, which is known once the log is
// open; a real installation never does.
class ServerClock final : public eventstore::Clock {
 public:
  std::int64_t now_us() const override { return demo_ ? demo_->now_us() : system_.now_us(); }
  // Before anything is recorded.
  void go_on_from(std::int64_t last_recorded_us) { demo_.emplace(last_recorded_us); }

 private:
  SystemClock system_;
  std::optional<DemoClock> demo_;
};

// Tables of the log and of the views and every connection take a descriptor each, while most
// systems give a process 1,024 until it asks for what it may have. If refused, those have to do.
void take_every_descriptor() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::int64_t last_recorded(const eventstore::EventStore& log) {
  const auto head = log.head().position;
  auto read = log.read(head, {1, 1024 * 1024}, {});
  const auto* batch = std::get_if<eventstore::ReadBatch>(&read);
  return batch && !batch->records.empty() ? batch->records.front().header.recorded_at : 0;
}

std::optional<std::string> write_port(const std::string& path, std::uint16_t port) {
  if (path.empty()) return std::nullopt;
  const std::string unfinished = path + ".part";
  std::ofstream out(unfinished);
  out << port << '\n';
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(unfinished, path, error);
  if (!out || error) return "cannot write " + path;
  return std::nullopt;
}

// Everything that lives as long as the server, made once, in order; destroyed in reverse.
class Server {
 public:
  Server(const ServeOptions& options, const ServerLimits& limits, const DataFolder& folder)
      : options_(options),
        limits_(limits),
        say_(make_log(options.log_level)),
        runtime_(options.threads),
        disk_(folder.log()),
        views_(folder.views(), projections::families_of(projections::catalogue())) {}

  int run(const DataFolder& folder) {
    if (options_.disk_free_bytes_resume < options_.disk_free_bytes_min) {
      return fail("--disk-free-bytes-resume 不得低于 / must not be below --disk-free-bytes-min");
    }
    auto opened = folder.open(runtime_.core(), clock_, options_.accept_missing_head);
    if (const auto* failure = std::get_if<Failure>(&opened)) return fail(failure->words);
    log_ = std::move(std::get<std::unique_ptr<eventstore::RocksEventStore>>(opened));
    say_opening(log_->report());
    auto key = folder.read_key();
    if (const auto* failure = std::get_if<Failure>(&key)) return fail(failure->words);
    if (options_.demo_clock) clock_.go_on_from(last_recorded(*log_));

    const std::filesystem::path backups =
        options_.backups.empty() ? folder.backups() : std::filesystem::path(options_.backups);
    background_ = std::make_unique<BackgroundExecutor>();
    core_ = std::make_unique<Core>(
        CoreParts{*log_, runtime_.core(), clock_, random_, views_, std::get<PersonalKey>(key),
                  core_limits(), say_, std::string(embedded::kOpenapi), options_.demo_clock,
                  [this](const std::string& reason) { stop_for(reason); }, &disk_,
                  log_->continues(), BackupPlace{backups, log_->store_id()},
                  [this] { return log_->check(); }, background_.get()});
    runtime_.core().post([this] { start(); });
    signals_ = std::make_unique<Signals>(runtime_.context(), [this](int, int count) {
      if (count > 1) return runtime_.abort();
      say_(LogLevel::info, "stopping", {});
      shut_down();
    });
    runtime_.run();
    edge_.reset();
    background_.reset();
    core_.reset();
    say_(LogLevel::info, "stopped", {});
    return code_;
  }

 private:
  CoreLimits core_limits() const {
    CoreLimits limits = limits_.core;
    limits.disk_free_bytes_min = options_.disk_free_bytes_min;
    limits.disk_free_bytes_resume = options_.disk_free_bytes_resume;
    return limits;
  }

  void say_opening(const eventstore::OpenReport& report) {
    say_(LogLevel::info, "log_opened",
         {{"head", std::to_string(log_->head().position)},
          {"promised", std::to_string(report.promised)},
          {"beyond_the_head_file", std::to_string(report.beyond)}});
    for (const std::string& note : report.notes) {
      say_(LogLevel::warning, "log_note", {{"detail", note}});
    }
  }

  void start() {
    if (auto failure = core_->start()) return give_up(*failure);
    EdgeConfig config;
    config.bind_address = options_.bind;
    config.port = options_.port;
    config.allowed_origins = options_.allowed_origins;
    config.limits = limits_.edge;
    edge_ = std::make_unique<EdgeServer>(runtime_, *core_, config, say_);
    if (auto failure = edge_->start()) return give_up(*failure);
    if (auto failure = write_port(options_.port_file, edge_->port())) return give_up(*failure);
    say_(LogLevel::info, "serving",
         {{"address", options_.bind},
          {"port", std::to_string(edge_->port())},
          {"head", std::to_string(log_->head().position)},
          {"demo", options_.demo_clock ? "true" : "false"}});
  }

  void give_up(const std::string& why) {
    code_ = fail(why);
    signals_->stop();
    runtime_.abort();
  }

  // The log cannot be trusted to be written: stop, so that the next start reads what is really on
  // the disk.
  void stop_for(const std::string& reason) {
    say_(LogLevel::error, "log_failed", {{"reason", reason}});
    code_ = 2;
    shut_down();
  }

  void shut_down() {
    if (std::exchange(stopping_, true) || !edge_) return;
    const auto drain = [this](std::int64_t, std::function<void()> done) {
      core_->drain(std::move(done));
    };
    run_shutdown(runtime_.core(), say_, shutdown_steps(*edge_, {}, drain), [this](bool in_time) {
      signals_->stop();
      if (in_time) {
        runtime_.finish();
      } else {
        runtime_.abort();
      }
    });
  }

  ServeOptions options_;
  ServerLimits limits_;
  Log say_;
  Runtime runtime_;
  ServerClock clock_;
  SystemRandom random_;
  FolderDiskSpace disk_;
  projections::RocksDbViewStores views_;
  std::unique_ptr<eventstore::RocksEventStore> log_;
  std::unique_ptr<BackgroundExecutor> background_;
  std::unique_ptr<Core> core_;
  std::unique_ptr<EdgeServer> edge_;
  std::unique_ptr<Signals> signals_;
  int code_ = 0;
  bool stopping_ = false;
};

}  // namespace

int run_serve(const ServeOptions& options) {
  ServerLimits limits;
  if (const auto wrong = set_limits(options.limits, limits)) return fail(*wrong);
  take_every_descriptor();
  const DataFolder folder(options.data);
  Server server(options, limits, folder);
  return server.run(folder);
}

}  // namespace silkledger::server
