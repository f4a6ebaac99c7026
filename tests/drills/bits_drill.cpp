// Bits that flip while nobody looks. Every bit and every length of a record is tried against the
// codec; a sample of bits, lengths and missing files of a stopped server's log against the real
// server. It refuses and says why, or it serves the complete history under the same root; it never
// serves a shorter or another one.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/ledger/sha256.h"
#include "tests/drills/drill.h"

namespace silkledger::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kCyclesMin = 3;
constexpr int kCommands = 60;
constexpr int kDidNotStart = 1;

std::string stored_record(std::size_t name_bytes, std::size_t payload_words) {
  const std::string name(name_bytes, 'n');
  const std::string payload(8 * payload_words, '\x5a');
  std::string bytes;
  eventstore::encode_record({.epoch = 1,
                             .position = 7,
                             .version = 3,
                             .recorded_at = 1'767'225'600'000'000,
                             .command_index = 1,
                             .stream = name,
                             .principal = name,
                             .command_id = name,
                             .payload = payload},
                            bytes);
  return std::string(eventstore::bytes_of(eventstore::leaf_hash(bytes))) + bytes;
}

bool is_accepted(const std::string& stored) {
  return std::holds_alternative<eventstore::StoredRecord>(
      eventstore::open_stored_record(stored, 7));
}

TEST(RecordBits, NoFlippedBitAndNoOtherLengthIsAccepted) {
  std::size_t tried = 0;
  for (const auto& [name, payload] : {std::pair{1, 0}, {3, 1}, {8, 20}, {37, 64}}) {
    std::string stored =
        stored_record(static_cast<std::size_t>(name), static_cast<std::size_t>(payload));
    ASSERT_TRUE(is_accepted(stored));
    for (std::size_t bit = 0; bit < 8 * stored.size(); ++bit, ++tried) {
      const auto mask = static_cast<char>(1u << (bit % 8));
      stored[bit / 8] = static_cast<char>(stored[bit / 8] ^ mask);
      EXPECT_FALSE(is_accepted(stored)) << "bit " << bit << " of " << 8 * stored.size();
      stored[bit / 8] = static_cast<char>(stored[bit / 8] ^ mask);
    }
    for (std::size_t size = 0; size < stored.size(); ++size, ++tried) {
      EXPECT_FALSE(is_accepted(stored.substr(0, size))) << "cut to " << size;
    }
    for (int more = 1; more <= 16; ++more, ++tried) {
      EXPECT_FALSE(is_accepted(stored + std::string(static_cast<std::size_t>(more), '\0')));
    }
  }
  std::printf("%zu changes of records\n", tried);
}

class Bits : public Drill {
 protected:
  struct Truth {
    Stand stand;
    std::string events;
  };

  void SetUp() override {
    Drill::SetUp();
    if (HasFatalFailure()) return;
    start_server();
    Sender sender{.history = history, .unit = unit, .name = "bits", .commands_max = kCommands};
    sender.over_http(server->endpoint(kClerk));
    truth = {as("demo-auditor").stand(), read_events()};
    ASSERT_EQ(server->stop(), 0);
    fs::rename(data(), folder.file("whole"));
    for (const auto& entry : fs::recursive_directory_iterator(folder.file("whole") + "/log")) {
      const auto name = entry.path().filename().string();
      if (entry.is_regular_file() && name != "LOCK" && !name.starts_with("LOG") &&
          entry.file_size() > 0) {
        files.push_back(fs::relative(entry.path(), folder.file("whole")).string());
      }
    }
    std::sort(files.begin(), files.end());
    ASSERT_FALSE(files.empty());
  }

  // The history as its readers get it, or the first problem.
  std::string read_events() {
    try {
      std::string all;
      for (const auto& event : as("demo-auditor").events()) all += boost::json::serialize(event);
      return all;
    } catch (const std::exception& problem) {
      return problem.what();
    }
  }

  // Changes one file of a fresh copy; says what was done.
  std::string change() {
    fs::remove_all(data());
    copy_folder(folder.file("whole"), data());
    const auto& file = files[pick(files.size())];
    const auto path = data() + "/" + file;
    const auto size = fs::file_size(path);
    switch (pick(8)) {
      case 0:
        fs::remove(path);
        return file + " removed";
      case 1: {
        const auto kept = pick(size);
        fs::resize_file(path, kept);
        return file + " cut to " + std::to_string(kept) + " of " + std::to_string(size);
      }
      default: {
        const auto bit = pick(8 * size);
        std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(static_cast<std::streamoff>(bit / 8));
        const char changed = static_cast<char>(bytes.get() ^ (1 << (bit % 8)));
        bytes.seekp(static_cast<std::streamoff>(bit / 8));
        bytes.put(changed);
        return file + " bit " + std::to_string(bit) + " of " + std::to_string(8 * size);
      }
    }
  }

  std::uint64_t pick(std::uint64_t bound) {
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random);
  }

  void expect_refused_or_whole() {
    server = std::make_unique<ServerProcess>(SILKLEDGER_SERVER_PROGRAM, data(), true,
                                             std::vector<std::string>{}, false);
    if (!server->try_start()) {
      EXPECT_EQ(server->wait_for_exit(), kDidNotStart) << server->log();
      EXPECT_NE(server->log(), "") << "it says nothing";
      ++refused;
      return;
    }
    const auto events = read_events();
    const auto head = as("demo-auditor").get("/api/v1/head");
    EXPECT_EQ(head.status, 200) << head.raw;
    EXPECT_EQ(number_of(head.object(), "head"), truth.stand.head) << "another history";
    EXPECT_EQ(text_of(head.object(), "root"), truth.stand.root) << "another root";
    if (events == truth.events) {
      ++whole;
    } else {
      EXPECT_NE(events.find("urn:silkledger:problem:"), std::string::npos) << "another history";
      ++found_on_read;
    }
    EXPECT_GE(server->stop(), 0);
  }

  Truth truth;
  std::vector<std::string> files;
  int refused = 0, whole = 0, found_on_read = 0;
};

TEST_F(Bits, AnyChangedByteIsFound) {
  Cycles cycles(kCyclesMin);
  while (cycles.next()) {
    SCOPED_TRACE(change());
    expect_refused_or_whole();
  }
  std::printf(
      "%d changes of %zu files: %d refused at the start, %d found on reading, %d without "
      "effect\n",
      cycles.done(), files.size(), refused, found_on_read, whole);
}

}  // namespace
}  // namespace silkledger::testing
