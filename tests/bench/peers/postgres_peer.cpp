// PostgreSQL: the extended query protocol of version 3, statements prepared once, binary values.
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "tests/bench/load/loopback_socket.h"
#include "tests/bench/peers/peers.h"
#include "tests/support/child_process.h"

namespace silkledger::bench {
namespace {

constexpr const char* kInstalled = "/usr/lib/postgresql";
constexpr std::int64_t kPageEvents = 10'000;
constexpr auto kStartLimit = std::chrono::seconds(30);
constexpr auto kAskAgain = std::chrono::milliseconds(50);

std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    text.push_back(static_cast<char>(value >> static_cast<unsigned>(shift)));
  }
  return text;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<std::uint8_t>(byte);
  return value;
}

class PostgresConnection {
 public:
  explicit PostgresConnection(std::uint16_t port) : socket_(port) {
    using std::string_literals::operator""s;
    const auto words = "user\0bench\0database\0postgres\0\0"s;
    socket_.add(big_endian(8 + words.size(), 4) + big_endian(3U << 16U, 4) + words);
    wait_until_ready();
  }

  int descriptor() const { return socket_.descriptor(); }
  void flush() { socket_.flush(); }

  void prepare(const std::string& name, const std::string& sql) {
    add('P', name + '\0' + sql + '\0' + big_endian(0, 2));
    add('S', "");
    wait_until_ready();
  }

  // Binary values in, binary rows out, a transaction of its own.
  void add_execute(const std::string& name, const std::vector<std::string>& values) {
    std::string bind = '\0' + name + '\0' + big_endian(1, 2) + big_endian(1, 2);
    bind += big_endian(values.size(), 2);
    for (const auto& value : values) bind += big_endian(value.size(), 4) + value;
    bind += big_endian(1, 2) + big_endian(1, 2);
    add('B', bind);
    add('E', '\0' + big_endian(0, 4));
    add('S', "");
  }

  void query(const std::string& sql) {
    add('Q', sql + '\0');
    wait_until_ready();
  }

  // The next message, its kind and its body; nothing when it has not come as a whole.
  struct Message {
    char kind = 0;
    std::string_view body;
  };
  std::optional<Message> next(LoopbackSocket::Wait wait) {
    while (true) {
      const auto bytes = socket_.unread();
      if (bytes.size() >= 5) {
        const auto size = from_big_endian(bytes.substr(1, 4));
        if (bytes.size() > size) {
          socket_.take(size + 1);
          const Message message{bytes.front(), bytes.substr(5, size - 4)};
          if (message.kind == 'E') {
            std::string words(message.body);  // fields that end with a zero
            std::ranges::replace(words, '\0', ' ');
            throw std::runtime_error("PostgreSQL: " + words);
          }
          return message;
        }
      }
      if (!socket_.receive(wait)) return std::nullopt;
    }
  }

  // The only column of the only row of the answer, as text.
  std::string ask(const std::string& sql) {
    add('Q', sql + '\0');
    flush();
    std::string value;
    while (true) {
      const auto message = *next(LoopbackSocket::Wait::yes);
      if (message.kind == 'Z') return value;
      // A count of columns, the size of the first, its bytes.
      if (message.kind == 'D') value = message.body.substr(6);
    }
  }

  void wait_until_ready() {
    flush();
    while (next(LoopbackSocket::Wait::yes)->kind != 'Z') continue;
  }

 private:
  void add(char kind, const std::string& body) {
    socket_.add(kind + big_endian(body.size() + 4, 4) + body);
  }

  LoopbackSocket socket_;
};

class PostgresClient final : public AppendClient {
 public:
  PostgresClient(std::uint16_t port, PeerStreams streams) : connection_(port), streams_(streams) {
    connection_.prepare("append",
                        "INSERT INTO events(stream, version, event) "
                        "VALUES ($1::text, $2::bigint, $3::bytea)");
  }

  int descriptor() const override { return connection_.descriptor(); }
  void add(std::uint64_t number) override {
    const auto next = streams_.next();
    connection_.add_execute("append",
                            {next.stream, big_endian(next.version, 8), peer_event(number)});
    sent_.push_back(number);
  }
  void flush() override { connection_.flush(); }
  std::optional<std::uint64_t> next_stored() override {
    while (const auto message = connection_.next(LoopbackSocket::Wait::no)) {
      if (message->kind != 'Z') continue;
      const auto number = sent_.front();
      sent_.pop_front();
      return number;
    }
    return std::nullopt;
  }

 private:
  PostgresConnection connection_;
  PeerStreams streams_;
  std::deque<std::uint64_t> sent_;
};

// The server refuses to run as root: then it is somebody else.
struct Account {
  uid_t user = 0;
  gid_t group = 0;
};
Account account() {
  if (::geteuid() != 0) return {::geteuid(), ::getegid()};
  const passwd* entry = ::getpwnam("postgres");
  if (entry == nullptr) entry = ::getpwnam("nobody");
  if (entry == nullptr) throw std::runtime_error("PostgreSQL: there is nobody to run it as");
  return {entry->pw_uid, entry->pw_gid};
}

std::string newest_binaries() {
  std::string found;
  std::error_code none;
  for (const auto& version : std::filesystem::directory_iterator(kInstalled, none)) {
    const auto folder = version.path() / "bin";
    if (::access((folder / "initdb").c_str(), X_OK) == 0) found = std::max(found, folder.string());
  }
  return found;
}

class Postgres final : public SqlPeer {
 public:
  explicit Postgres(const std::string& binaries) : port_(free_port()) {
    const auto owner = account();
    const auto data = folder_.file("data");
    std::filesystem::create_directory(data);
    if (::chown(folder_.path().c_str(), owner.user, owner.group) != 0 ||
        ::chown(data.c_str(), owner.user, owner.group) != 0) {
      fail_with_errno("chown");
    }
    const auto made = testing::run_program(
        as(owner, {binaries + "/initdb", "-D", data, "-U", "bench", "-A", "trust", "--no-sync"}));
    if (made.code != 0) throw std::runtime_error("initdb: " + made.out + made.err);
    process_ = std::make_unique<testing::ChildProcess>(
        as(owner, {binaries + "/postgres", "-D", data, "-p", std::to_string(port_), "-c",
                   "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
                   "max_connections=200", "-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB"}),
        folder_.file("log"), folder_.file("log"));
    wait_until_up();
    PostgresConnection(port_).query(
        "CREATE TABLE events(position bigserial PRIMARY KEY, stream text NOT NULL, "
        "version bigint NOT NULL, event bytea NOT NULL, UNIQUE(stream, version))");
  }
  // Its own children end with it, not with a kill.
  ~Postgres() override {
    process_->signal(SIGINT);
    process_->wait(kStartLimit);
  }

  std::string name() const override { return "PostgreSQL, table of events"; }

  void run(const std::string& statements) override { session().query(statements); }
  std::string answer(const std::string& statement) override { return session().ask(statement); }
  std::string file(const std::string& name) const override { return folder_.file(name); }

  std::vector<std::unique_ptr<AppendClient>> clients(std::size_t count) override {
    std::vector<std::unique_ptr<AppendClient>> made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(std::make_unique<PostgresClient>(port_, PeerStreams{i, count}));
    }
    return made;
  }

  void fill(std::uint64_t events) override {
    PostgresConnection connection(port_);
    connection.query("INSERT INTO events(stream, version, event) SELECT 'lead/' || i % " +
                     std::to_string(kPeerStreams) + ", i / " + std::to_string(kPeerStreams) +
                     ", decode(rpad(md5(i::text), " + std::to_string(2 * kPeerEventBytes) +
                     ", '70726f6a65637420'), 'hex') FROM generate_series(0, " +
                     std::to_string(events - 1) + ") AS i");
    connection.query("VACUUM ANALYZE events");
  }

  std::uint64_t replay() override {
    if (!reader_) {
      reader_ = std::make_unique<PostgresConnection>(port_);
      reader_->prepare("page",
                       "SELECT position, stream, version, event FROM events "
                       "WHERE position > $1::bigint ORDER BY position LIMIT " +
                           std::to_string(kPageEvents));
    }
    std::uint64_t events = 0;
    std::uint64_t last = 0;
    while (true) {
      reader_->add_execute("page", {big_endian(last, 8)});
      reader_->flush();
      std::uint64_t page = 0;
      while (const auto message = reader_->next(LoopbackSocket::Wait::yes)) {
        if (message->kind == 'Z') break;
        if (message->kind != 'D') continue;
        // A count of columns, then the first: its size and its eight bytes.
        last = from_big_endian(message->body.substr(6, 8));
        ++page;
      }
      if (page == 0) return events;
      events += page;
    }
  }

 private:
  PostgresConnection& session() {
    if (!session_) session_ = std::make_unique<PostgresConnection>(port_);
    return *session_;
  }

  static std::vector<std::string> as(const Account& owner, std::vector<std::string> words) {
    if (::geteuid() != 0) return words;
    words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid=" + std::to_string(owner.user),
                                 "--regid=" + std::to_string(owner.group), "--clear-groups"});
    return words;
  }

  void wait_until_up() {
    const auto start = SteadyClock::now();
    while (true) {
      try {
        PostgresConnection connection(port_);
        return;
      } catch (const std::runtime_error&) {
        if (SteadyClock::now() - start > kStartLimit) throw;
      }
      if (process_->wait(kAskAgain))
        throw std::runtime_error(testing::contents_of(folder_.file("log")));
    }
  }

  testing::TemporaryFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<testing::ChildProcess> process_;
  std::unique_ptr<PostgresConnection> reader_;
  std::unique_ptr<PostgresConnection> session_;
};

}  // namespace

std::unique_ptr<SqlPeer> start_postgres() {
  const auto binaries = newest_binaries();
  if (binaries.empty()) return nullptr;
  return std::make_unique<Postgres>(binaries);
}

}  // namespace silkledger::bench
