// The views of S0, digest by digest: the same from every compiler, sanitizer and size of a batch,
// and from one version to the next. The head in the file is what `silkledger-server seed` prints.
//
// A view that is meant to show something else gets a new version; then put the new lines, which the
// failure prints, into tests/golden/views_of_s0.txt.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "eventstore/ledger/sha256.h"
#include "projections/group.h"
#include "projections/memory/memory_view_stores.h"
#include "tests/support/s0_log.h"

namespace silkledger::projections {
namespace {

constexpr const char* kGolden = "tests/golden/views_of_s0.txt";

class ViewsOfS0 : public ::testing::Test {
 protected:
  // A line for the head and one for each view: name, version, entries, digest.
  static std::string folded(std::uint32_t batch_records) {
    static testing::S0Log s0;
    auto store = std::make_shared<MemoryViewStore>(families_of(catalogue()));
    RunnerLimits limits;
    limits.batch_records_max = batch_records;
    ViewGroup group(catalogue(), store, LogReader(s0.log), limits, ViewGroup::Past::none);
    EXPECT_FALSE(group.open(ViewGroup::Mismatch::refuse).failure);
    const auto head = s0.log.head();
    while (group.position() < head.position) {
      const auto step = group.step(head.position);
      if (step.failure || !step.stopped.empty()) {
        ADD_FAILURE() << step.failure.value_or(step.stopped.front().second.cause);
        break;
      }
    }
    std::ostringstream lines;
    lines << "head " << head.position << ' ' << eventstore::to_hex(head.root) << '\n';
    for (const auto& view : group.checkpoint().views) {
      lines << view.name << ' ' << view.version << ' ' << view.digest.entries << ' '
            << to_hex(view.digest) << '\n';
    }
    return lines.str();
  }
  static std::string golden() {
    std::stringstream text;
    text << std::ifstream(kGolden).rdbuf();
    return text.str();
  }
};

TEST_F(ViewsOfS0, AreWhatTheyAlwaysWere) { EXPECT_EQ(folded(512), golden()); }

TEST_F(ViewsOfS0, DoNotDependOnHowManyEventsAreFoldedAtOnce) {
  EXPECT_EQ(folded(7), golden());
  EXPECT_EQ(folded(2'048), golden());
}

}  // namespace
}  // namespace silkledger::projections
