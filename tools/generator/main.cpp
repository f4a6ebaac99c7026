// silkledger-generate: writes a script of commands about made-up people and enterprises
// (docs/formats/script.md).
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "tools/generator/generate.h"

namespace {

namespace gen = silkledger::generator;

bool write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out.good()) return true;
  std::fprintf(stderr, "%s: 无法写入 / cannot be written\n", path.c_str());
  return false;
}

// A bar by days, only on a terminal.
std::function<void(silkledger::Instant)> progress_over(const gen::Size& size) {
  if (isatty(STDERR_FILENO) == 0) return {};
  return [size, shown = -1](silkledger::Instant now) mutable {
    const std::int32_t days = size.last.days - size.first.days + 1;
    const std::int32_t done = silkledger::beijing_date(now).days - size.first.days;
    constexpr int kWidth = 40;
    const int filled = done < 0 ? 0 : done * kWidth / days;
    if (filled == shown) return;
    shown = filled;
    std::fprintf(stderr, "\r[%.*s%*s]", filled, "########################################",
                 kWidth - filled, "");
  };
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("生成合成数据的命令脚本 / writes a script of commands with synthetic data");
  std::string size = "s0";
  std::string out;
  std::string expected;
  std::string truth;
  gen::Order order;
  order.rules = SILKLEDGER_RULES_FOLDER;
  app.add_option("--size", size, "规模 / how much: tiny, s0, demo")
      ->check(CLI::IsMember({"tiny", "s0", "demo"}))
      ->required();
  app.add_option("--seed", order.seed, "种子 / seed")->capture_default_str();
  app.add_option("--out", out, "脚本 / the script, one command a line")->required();
  app.add_option("--expected", expected, "预期结果 / what the views must show");
  app.add_option("--truth", truth, "预设情形 / the planted cases");
  app.add_option("--rules", order.rules, "规则文件目录 / folder of the rule files")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  order.size = *gen::size_named(size);
  order.progress = progress_over(order.size);
  auto made = gen::generate(order);
  if (isatty(STDERR_FILENO) != 0) std::fputc('\n', stderr);
  if (const auto* fault = std::get_if<std::string>(&made)) {
    std::fprintf(stderr, "无法生成 / cannot generate: %s\n", fault->c_str());
    return 1;
  }
  const auto& product = std::get<gen::Product>(made);
  bool written = write_file(out, product.script);
  if (!expected.empty()) written = write_file(expected, product.expected) && written;
  if (!truth.empty()) written = write_file(truth, product.truth) && written;
  return written ? 0 : 1;
}
