#include "tools/tidy/layers.h"

#include <algorithm>
#include <array>
#include <optional>

#include "tools/tidy/code_text.h"

namespace silkledger::tidy {
namespace {

const std::vector<Layer> kLayers = {
    {"domain",
     {"domain/"},
     {"boost/system/result.hpp"},
     false,
     "the domain is pure and depends on its schema only"},
    {"domain/schema",
     {"domain/schema/", "domain/kernel/"},
     {"capnp/", "kj/"},
     false,
     "the schema stands below the rules and knows Cap'n Proto only"},
    {"domain/schema/json",
     {"domain/schema/", "domain/kernel/"},
     {"boost/json", "boost/system/"},
     false,
     "JSON is read and written here and nowhere else in the domain"},
    {"eventstore",
     {"eventstore/"},
     {"rocksdb/", "openssl/"},
     true,
     "the log stores opaque bytes and knows no word of the domain"},
    {"projections",
     {"projections/", "domain/", "eventstore/event_store.h", "eventstore/executor.h",
      "eventstore/record.h", "eventstore/reading/", "eventstore/ledger/sha256.h",
      "eventstore/rocksdb/info_log.h"},
     {"rocksdb/", "capnp/", "kj/"},
     true,
     "views fold the domain's events over the reading side of the log"},
    {"server",
     {"server/", "domain/", "eventstore/", "projections/"},
     {"boost/", "CLI/", "openssl/", "prometheus/", "spdlog/"},
     true,
     "the server wires what stands below it and never sees a client"},
    {"server/core",
     {"server/core/", "server/edge.h", "server/edge_limits.h", "server/runtime/log.h",
      "server/websocket/frame_header.h", "domain/", "eventstore/", "projections/"},
     {"boost/json", "boost/system/", "openssl/", "prometheus/", "kj/exception.h"},
     true,
     "the core is a deterministic machine without a network; clock, storage and executor are "
     "passed in"},
    {"server/http",
     {"server/http/", "server/websocket/", "server/runtime/", "server/edge.h",
      "server/edge_limits.h", "domain/kernel/code_points.h", "eventstore/executor.h"},
     {"boost/", "openssl/", "spdlog/"},
     true,
     "the network reaches the application through server/edge.h only"},
    {"server/websocket",
     {"server/websocket/", "server/http/", "server/runtime/", "server/edge.h",
      "server/edge_limits.h", "domain/kernel/code_points.h", "eventstore/executor.h"},
     {"boost/", "openssl/", "spdlog/"},
     true,
     "the network reaches the application through server/edge.h only"},
    {"server/runtime",
     {"server/runtime/", "server/edge.h", "server/edge_limits.h", "eventstore/executor.h"},
     {"boost/asio", "boost/system/", "spdlog/"},
     true,
     "the runtime gives threads, time and shutdown; it knows neither the domain nor the log"},
    {"clients",
     {"clients/", "domain/schema/", "domain/kernel/"},
     {"boost/", "CLI/", "openssl/"},
     true,
     "clients know the published protocol only: the generated types and their JSON"},
    {"tools",
     {"tools/", "domain/schema/", "domain/kernel/"},
     {"boost/json", "capnp/", "kj/", "CLI/", "openssl/"},
     true,
     "tools work from the schema; an oracle shares no code with what it checks"},
    {"tests",
     {"tests/", "domain/", "eventstore/", "projections/", "server/", "clients/", "tools/"},
     {"boost/", "capnp/", "kj/", "gtest/", "gmock/", "openssl/", "rocksdb/", "spdlog/", "CLI/",
      "prometheus/"},
     true,
     "tests may include everything that ships"},
};

struct Include {
  int line = 0;
  char open = '"';
  std::string_view path;
};

std::optional<Include> parse_include(std::string_view code, int line) {
  std::string_view text = trimmed(code);
  if (!text.starts_with('#')) return std::nullopt;
  text = trimmed(text.substr(1));
  if (!text.starts_with("include")) return std::nullopt;
  text = trimmed(text.substr(7));
  if (text.empty() || (text.front() != '"' && text.front() != '<')) return std::nullopt;
  const std::size_t end = text.find(text.front() == '"' ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{line, text.front(), text.substr(1, end - 1)};
}

// Headers of the C++ library that reach for the world outside a pure function.
constexpr std::array<std::string_view, 18> kWorldlyHeaders = {
    "atomic",     "barrier",    "condition_variable",
    "filesystem", "fstream",    "future",
    "iostream",   "istream",    "latch",
    "locale",     "mutex",      "ostream",
    "random",     "semaphore",  "shared_mutex",
    "stop_token", "syncstream", "thread"};

bool is_standard(std::string_view path) {
  return path.find_first_of("./") == std::string_view::npos;
}

bool is_worldly(std::string_view path) {
  return std::ranges::find(kWorldlyHeaders, path) != kWorldlyHeaders.end();
}

// <unistd.h>, <sys/stat.h>: the operating system's own.
bool is_posix(std::string_view path) {
  constexpr std::array<std::string_view, 6> kFolders = {"sys/",   "netinet/", "arpa/",
                                                        "linux/", "net/",     "bits/"};
  if (std::ranges::any_of(kFolders,
                          [path](std::string_view folder) { return path.starts_with(folder); })) {
    return true;
  }
  return path.ends_with(".h") && path.find('/') == std::string_view::npos;
}

// "domain/" covers what lies below, "eventstore/record.h" and "openssl/" likewise by prefix.
bool covered(std::string_view path, const std::vector<std::string_view>& prefixes) {
  return std::ranges::any_of(prefixes,
                             [path](std::string_view prefix) { return path.starts_with(prefix); });
}

const Layer* layer_of(const SourceFile& file) {
  const Layer* best = nullptr;
  for (const Layer& layer : layers()) {
    if (!file.within(layer.folder)) continue;
    if (best == nullptr || layer.folder.size() > best->folder.size()) best = &layer;
  }
  return best;
}

std::string list_of(const Layer& layer) {
  std::string text;
  for (const std::string_view prefix : layer.own)
    text.append(text.empty() ? "" : ", ").append(prefix);
  for (const std::string_view prefix : layer.library)
    text.append(", <").append(prefix).append("…>");
  text.append(layer.system ? ", the system" : ", the pure part of std");
  return text;
}

std::string refusal(const Include& include, const Layer& layer) {
  const bool quoted = include.open == '"';
  const std::string shown =
      (quoted ? "\"" : "<") + std::string(include.path) + (quoted ? "\"" : ">");
  if (quoted && include.path.find('/') == std::string_view::npos) {
    return shown + ": write includes from the repository root";
  }
  return std::string(layer.folder) + "/ must not include " + shown + ": " +
         std::string(layer.reason) + "; it may include " + list_of(layer);
}

bool allowed(const Include& include, const Layer& layer) {
  if (include.open == '"') return covered(include.path, layer.own);
  if (covered(include.path, layer.library)) return true;
  if (is_standard(include.path)) return layer.system || !is_worldly(include.path);
  return layer.system && is_posix(include.path);
}

}  // namespace

const std::vector<Layer>& layers() { return kLayers; }

Findings check_layers(const SourceFile& file) {
  if (file.kind != Kind::cpp) return {};
  const Layer* layer = layer_of(file);
  if (layer == nullptr)
    return {{file.path, 1, "layer", "C++ lives in the top-level folders of README.md"}};
  Findings findings;
  for (std::size_t index = 0; index < file.code.size(); ++index) {
    const auto include = parse_include(file.code[index], static_cast<int>(index) + 1);
    if (!include || allowed(*include, *layer)) continue;
    findings.push_back({file.path, include->line, "layer", refusal(*include, *layer)});
  }
  return findings;
}

Findings check_beast(const std::vector<SourceFile>& files) {
  Findings findings;
  int units = 0;
  for (const SourceFile& file : files) {
    if (file.kind != Kind::cpp || file.within("tests")) continue;
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      const auto include = parse_include(file.code[index], static_cast<int>(index) + 1);
      if (!include || !include->path.starts_with("boost/beast")) continue;
      if (file.is_header()) {
        findings.push_back({file.path, include->line, "beast",
                            "no Beast in a header; forward-declare and include it in the .cpp"});
      } else if (++units > kBeastUnitsMax) {
        findings.push_back({file.path, include->line, "beast",
                            "Beast is in more than " + std::to_string(kBeastUnitsMax) +
                                " .cpp files; move this work into one of those that have it"});
      }
      break;
    }
  }
  return findings;
}

}  // namespace silkledger::tidy
