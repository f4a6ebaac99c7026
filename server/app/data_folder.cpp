#include "server/app/data_folder.h"

#include <openssl/rand.h>

#include <fstream>

#include "eventstore/ledger/sha256.h"
#include "server/app/token.h"

namespace silkledger::server {
namespace fs = std::filesystem;
namespace {

using Opened = std::variant<std::unique_ptr<eventstore::RocksEventStore>, Failure>;

// What helps whoever reads why their log does not open.
std::string_view help(eventstore::StoreError::Kind kind) {
  using Kind = eventstore::StoreError::Kind;
  switch (kind) {
    case Kind::corrupt:
      return "账本不打开，也未作任何改动。请保留该目录原样，从备份恢复到新目录（silkledger-server "
             "restore）。/ The log is not opened, and nothing was changed. Keep the folder as it "
             "is "
             "and restore a backup into a new one (silkledger-server restore).";
    case Kind::not_found:
      return "请检查 --data；新账本用 silkledger-server init 建立。/ Check --data; a new ledger is "
             "made by silkledger-server init.";
    case Kind::wrong_format:
      return "请使用写入该账本的版本。/ Use the version that wrote this ledger.";
    case Kind::locked:
      return "请先停止正在使用它的程序。/ Stop the program that uses it first.";
    case Kind::io:
    case Kind::reopen:
      return "请检查磁盘和目录权限后重试。/ Check the disk and the rights to the folder, and try "
             "again.";
  }
  return "";
}

Opened opened(eventstore::StoreResult<std::unique_ptr<eventstore::RocksEventStore>> result) {
  if (auto* error = std::get_if<eventstore::StoreError>(&result)) {
    return Failure{error->detail + "\n" + std::string(help(error->kind))};
  }
  return std::move(std::get<std::unique_ptr<eventstore::RocksEventStore>>(result));
}

}  // namespace

Opened DataFolder::create(eventstore::Executor& executor, const eventstore::Clock& clock) const {
  PersonalKey key;
  if (RAND_bytes(key.secret.data(), static_cast<int>(key.secret.size())) != 1) {
    return Failure{"the system gives no random bytes"};
  }
  return create_with(executor, clock, key, true);
}

Opened DataFolder::create_for_demonstration(eventstore::Executor& executor,
                                            const eventstore::Clock& clock,
                                            const PersonalKey& key) const {
  return create_with(executor, clock, key, false);
}

Opened DataFolder::create_with(eventstore::Executor& executor, const eventstore::Clock& clock,
                               const PersonalKey& key, bool sync) const {
  std::error_code error;
  fs::create_directories(root_ / "keys", error);
  if (error) return Failure{"cannot make " + (root_ / "keys").string() + ": " + error.message()};
  fs::permissions(root_ / "keys", fs::perms::owner_all, error);
  if (eventstore::RocksEventStore::exists(log()) || fs::exists(personal_key())) {
    return Failure{root_.string() +
                   " holds a ledger already; choose another folder / 该目录已有账本，请另选目录"};
  }
  if (auto failure = write_key(key)) return *failure;
  eventstore::RocksOptions options;
  options.mode = eventstore::RocksOptions::Mode::kCreate;
  options.sync = sync;
  return opened(eventstore::RocksEventStore::open(log(), options, executor, clock));
}

std::optional<Failure> DataFolder::make_for_restore() const {
  std::error_code error;
  fs::create_directories(root_ / "keys", error);
  fs::permissions(root_ / "keys", fs::perms::owner_all, error);
  if (error) return Failure{"cannot make " + root_.string() + ": " + error.message()};
  for (const fs::path& home : {root_, root_ / "keys"}) {
    for (const auto& entry : fs::directory_iterator(home, error)) {
      const auto name = entry.path().filename();
      if (name == "keys" || name == "log.restoring") continue;
      return Failure{root_.string() + " is not empty (" + name.string() +
                     "); choose another folder / 目录非空，请另选目录"};
    }
  }
  return std::nullopt;
}

Opened DataFolder::open(eventstore::Executor& executor, const eventstore::Clock& clock,
                        bool accept_missing_head) const {
  eventstore::RocksOptions options;
  options.accept_missing_head = accept_missing_head;
  return opened(eventstore::RocksEventStore::open(log(), options, executor, clock));
}

// One line: "1 " and 64 hex digits. The number names the key in sealed fields.
std::optional<Failure> DataFolder::write_key(const PersonalKey& key) const {
  const std::string line = std::to_string(key.key_id) + ' ' + eventstore::to_hex(key.secret) + '\n';
  if (auto error = write_secret(personal_key().string(), line)) return Failure{*error};
  return std::nullopt;
}

std::variant<PersonalKey, Failure> DataFolder::read_key() const {
  std::ifstream in(personal_key());
  PersonalKey key;
  std::string hex;
  if (!(in >> key.key_id >> hex) || hex.size() != 2 * key.secret.size()) {
    return Failure{"cannot read the key of personal fields: " + personal_key().string()};
  }
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i < key.secret.size(); ++i) {
    key.secret[i] = static_cast<std::uint8_t>(digit(hex[2 * i]) * 16 + digit(hex[2 * i + 1]));
  }
  return key;
}

}  // namespace silkledger::server
