// Writes the golden files of events that have none yet. An existing file is never touched.
#include <cstdio>
#include <fstream>

#include "domain/schema/event.meta.h"
#include "tests/golden/golden_events.h"

int main() {
  using namespace silkledger;
  const std::filesystem::path folder(golden::kEventFolder);
  std::filesystem::create_directories(folder);
  for (std::size_t arm = 0; arm < schema::kEventArms; ++arm) {
    const auto path = folder / (golden::golden_name(arm) + ".hex");
    if (std::filesystem::exists(path)) continue;
    const std::string bytes = golden::golden_bytes(arm);
    std::ofstream(path, std::ios::binary) << golden::to_lines(bytes);
    std::ofstream(folder / (golden::golden_name(arm) + ".json"), std::ios::binary)
        << golden::json_of(bytes);
    std::printf("%s\n", path.c_str());
  }
  return 0;
}
