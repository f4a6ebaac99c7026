// The folder of one installation:
//
//   DIR/log/     the event log, the only copy of the truth
//   DIR/views/   rows folded from it; may be deleted while the server is stopped
//   DIR/backups/ what the server was asked to back up, unless another folder is named
//   DIR/keys/    personal.key: without it personal fields stay sealed for ever (mode 0600)
//
// Errors: in words, for the terminal.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "server/core/first_setup.h"
#include "server/core/sealing.h"

namespace silkledger::server {

class DataFolder {
 public:
  explicit DataFolder(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path log() const { return root_ / "log"; }
  std::filesystem::path views() const { return root_ / "views"; }
  std::filesystem::path backups() const { return root_ / "backups"; }
  std::filesystem::path personal_key() const { return root_ / "keys" / "personal.key"; }

  // Makes the folder, a new key and a new log. Refuses a folder that holds a log or a key already.
  std::variant<std::unique_ptr<eventstore::RocksEventStore>, Failure> create(
      eventstore::Executor& executor, const eventstore::Clock& clock) const;
  // The same with a key that everybody knows, and without a sync for each commit: for synthetic
  // data.
  std::variant<std::unique_ptr<eventstore::RocksEventStore>, Failure> create_for_demonstration(
      eventstore::Executor& executor, const eventstore::Clock& clock, const PersonalKey& key) const;
  // Makes the folder for a log to be restored into. Refuses one that holds anything but the
  // leftovers of a restore that was interrupted.
  std::optional<Failure> make_for_restore() const;
  std::variant<std::unique_ptr<eventstore::RocksEventStore>, Failure> open(
      eventstore::Executor& executor, const eventstore::Clock& clock,
      bool accept_missing_head = false) const;
  std::variant<PersonalKey, Failure> read_key() const;

 private:
  std::variant<std::unique_ptr<eventstore::RocksEventStore>, Failure> create_with(
      eventstore::Executor& executor, const eventstore::Clock& clock, const PersonalKey& key,
      bool sync) const;
  std::optional<Failure> write_key(const PersonalKey& key) const;

  std::filesystem::path root_;
};

}  // namespace silkledger::server
