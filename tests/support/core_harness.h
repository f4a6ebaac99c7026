// The whole server in one thread under virtual time: a log in memory, views in memory, the core,
// and a client that is a function call. `crash` loses what is not durable, as kill -9 would;
// `restart` opens what is left.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/schema/json/json.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/memory/memory_event_store.h"
#include "projections/memory/memory_view_stores.h"
#include "projections/view.h"
#include "server/core/core.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {

// A live client's side of the wire: what it was sent, and an outbox of a chosen size.
class FakeOutlet final : public server::LiveOutlet {
 public:
  bool send(server::WireFrames wire, std::uint64_t) override {
    if (closed || (queued >= budget && queued > 0)) return false;
    queued += wire->size();
    if (on_send) on_send();
    for (std::string_view left = *wire; !left.empty();) frames.push_back(take_payload(left));
    return true;
  }
  std::uint64_t first_kept_back() const override { return 0; }
  void close(server::CloseCode code, std::string reason) override {
    closed = code;
    close_reason = std::move(reason);
  }
  std::size_t queued_bytes() const override { return queued; }

  std::function<void()> on_send;  // however many frames were in it
  std::vector<std::string> frames;
  std::size_t budget = 1024 * 1024;
  std::size_t queued = 0;
  std::optional<server::CloseCode> closed;
  std::string close_reason;

 private:
  // Of the first frame, which a server sends unmasked.
  static std::string take_payload(std::string_view& wire) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(wire[i]); };
    std::uint64_t length = at(1);
    std::size_t header = 2;
    if (length >= 126) {
      header += length == 126 ? 2 : 8;
      length = 0;
      for (std::size_t i = 2; i < header; ++i) length = length << 8 | at(i);
    }
    std::string payload(wire.substr(header, length));
    wire.remove_prefix(header + length);
    return payload;
  }
};

// The room on a disk, as a test says.
class FakeDiskSpace final : public server::DiskSpace {
 public:
  std::optional<std::uint64_t> free_bytes() const override { return free; }
  std::optional<std::uint64_t> free = UINT64_MAX;
};

class CoreHarness {
 public:
  explicit CoreHarness(std::uint64_t seed = 1, server::CoreLimits limits = {},
                       std::optional<server::BackupPlace> backups = {})
      : world(seed),
        limits_(std::move(limits)),
        backups_(std::move(backups)),
        disk_(std::make_shared<eventstore::MemoryDisk>()) {
    start();
  }

  // The token of a person that grant() made.
  static std::string token_of(const std::string& person) { return "token-of-" + person; }

  // Rule set, units and one administrator, who then lets the others in.
  void set_up();
  void grant(const std::string& person, const std::string& unit, const std::string& role);

  server::HttpResponse get(const std::string& person, std::string path,
                           server::NamedValues query = {}) {
    server::HttpRequest request;
    request.method = "GET";
    request.path = std::move(path);
    request.query = std::move(query);
    return send(person, std::move(request));
  }

  server::HttpResponse command(const std::string& person, const std::string& name, std::string body,
                               server::NamedValues headers = {}) {
    server::HttpRequest request;
    request.method = "POST";
    request.path = "/api/v1/commands/" + name;
    request.body = std::move(body);
    request.headers = std::move(headers);
    request.headers.emplace_back("content-type", "application/json");
    if (!request.header("idempotency-key")) {
      request.headers.emplace_back("idempotency-key", "c-" + std::to_string(++commands_));
    }
    return send(person, std::move(request));
  }

  server::HttpResponse send(const std::string& person, server::HttpRequest request) {
    if (!person.empty()) request.token = token_of(person);
    std::optional<server::HttpResponse> answer;
    core->handle(std::move(request),
                 [&](server::HttpResponse response) { answer = std::move(response); });
    run();
    assert(answer && "a request was never answered");
    return std::move(*answer);
  }

  struct Live {
    std::shared_ptr<FakeOutlet> outlet;
    std::shared_ptr<server::LiveConnection> connection;
    void say(std::string text) { connection->on_message(std::move(text)); }
  };
  Live open_live(const std::string& person, std::size_t budget = 1024 * 1024,
                 std::string_view subprotocol = server::kJsonSubprotocol) {
    Live live{std::make_shared<FakeOutlet>(), nullptr};
    live.outlet->budget = budget;
    server::LiveRequest request;
    request.token = token_of(person);
    request.subprotocol = std::string(subprotocol);
    live.connection = core->open_live(std::move(request), live.outlet).connection;
    return live;
  }

  // Lets everything happen that is due within the next moments.
  void run() { world.advance(std::chrono::milliseconds(50)); }

  void crash() {
    log->crash();
    world.drop_all();
    core.reset();
    log.reset();
  }
  void restart() { start(); }
  // After a crash: as a restore leaves it.
  void begin_epoch(eventstore::Epoch epoch) { disk_->begin_epoch(epoch); }

  VirtualExecutor world;
  VirtualExecutor background;  // for work that waits for the disk; driven by the test
  std::unique_ptr<eventstore::MemoryEventStore> log;
  std::unique_ptr<server::Core> core;
  std::shared_ptr<projections::MemoryViewStores> views;
  std::vector<std::string> fatal;
  FakeDiskSpace disk_space;
  // Taken by the next restart.
  server::MakeCheck make_check;
  // What the next restart is told of a log that was restored.
  std::optional<eventstore::Continuation> continues;

 private:
  void start() {
    log = std::make_unique<eventstore::MemoryEventStore>(
        world, world, eventstore::MemoryOptions{limits_.store, 200}, disk_);
    if (!views)
      views = std::make_shared<projections::MemoryViewStores>(
          projections::families_of(projections::catalogue()));
    core = std::make_unique<server::Core>(
        server::CoreParts{*log, world, world, world, *views, server::PersonalKey{}, limits_,
                          [](server::LogLevel, std::string_view, const server::LogFields&) {}, "{}",
                          false, [this](const std::string& reason) { fatal.push_back(reason); },
                          &disk_space, continues, backups_, make_check, &background});
    const auto failure = core->start();
    assert(!failure && "the core must start");
    run();
  }

  // A command of the system or of a person, past the front door of HTTP.
  void submit(const std::string& principal, schema::Command command);

  server::CoreLimits limits_;
  std::optional<server::BackupPlace> backups_;
  std::shared_ptr<eventstore::MemoryDisk> disk_;
  std::uint64_t commands_ = 0;
};

}  // namespace silkledger::testing
