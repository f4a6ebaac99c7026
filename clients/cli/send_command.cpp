// `send`: one command from the command line, or many from a file of NDJSON.
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <thread>

#include "clients/cli/chance.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/bar.h"
#include "clients/cli/text/fields.h"
#include "clients/cli/text/problem_text.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"
#include "clients/cpp/retry_pause.h"

namespace silkledger::cli {
namespace {

using client::Headers;
using client::HttpResult;

constexpr std::uint32_t kAttempts = 4;  // of one line of a file, with the same command id

Headers headers_of(const SendOptions& options, const std::string& id) {
  Headers headers = {{"Idempotency-Key", id}, {"Content-Type", "application/json"}};
  const auto add = [&headers](const char* name, const std::string& value) {
    if (!value.empty()) headers.emplace_back(name, value);
  };
  add("Silkledger-Acting-Unit", options.acting_unit);
  add("Silkledger-On-Behalf-Of", options.on_behalf_of);
  add("Silkledger-Occurred-On", options.occurred_on);
  if (!options.if_match.empty()) {
    const bool is_quoted = options.if_match.starts_with('"');
    headers.emplace_back("If-Match", is_quoted ? options.if_match : '"' + options.if_match + '"');
  }
  return headers;
}

HttpResult post(Api& api, const std::string& name, const Headers& headers,
                const std::string& body) {
  return api.post("/api/v1/commands/" + percent_encoded(name), headers, body);
}

void show_receipt(Terminal& terminal, const std::string& body) {
  if (terminal.json()) return terminal.out(body);
  const boost::json::value receipt = parse_json(body);
  const std::string stream = printable(text_at(receipt, "stream"));
  const std::string version = text_at(receipt, "version");
  const std::string position = text_at(receipt, "position");
  const bool repeated = flag_at(receipt, "repeated");
  const std::string mark = terminal.paint()(Colour::green, "✓");
  if (terminal.zh()) {
    terminal.out(mark + (repeated ? " 此前已记录（同一命令编号，没有新效果）：" : " 已记录：") +
                 stream + " 第 " + version + " 版，位置 " + position);
  } else {
    terminal.out(
        mark + (repeated ? " Recorded before (same command id, no new effect): " : " Recorded: ") +
        stream + " version " + version + ", position " + position);
  }
}

struct Line {
  std::size_t number = 0;
  std::string name, id, body;
};

// Nothing, with words, when a line is no command.
std::optional<Line> read_line(const std::string& text, std::size_t number) {
  const boost::json::value value = parse_json(text);
  const auto* body = member(value, "body");
  Line line{number, text_at(value, "name"), text_at(value, "commandId"), {}};
  if (line.name.empty() || line.id.empty() || body == nullptr || !body->is_object()) {
    return std::nullopt;
  }
  // Digits of 64-bit numbers are strings on this side of the API, so nothing is rounded here.
  line.body = boost::json::serialize(*body);
  return line;
}

HttpResult post_with_patience(Api& api, const Line& line, const SendOptions& options) {
  const Headers headers = headers_of(options, line.id);
  for (std::uint32_t attempt = 0;; ++attempt) {
    HttpResult result = post(api, line.name, headers, line.body);
    const bool again = outcome_is_unknown(result) || result.status == 503 || result.status == 429;
    if (!again || attempt + 1 == kAttempts) return result;
    std::this_thread::sleep_for(client::retry_pause(attempt, new_chance()));
  }
}

struct Tally {
  std::size_t recorded = 0, repeated = 0, refused = 0;
};

void tell(Api& api, const Line& line, const HttpResult& result, Tally& tally) {
  Terminal& terminal = api.terminal();
  if (result.ok()) {
    ++(flag_at(parse_json(result.body), "repeated") ? tally.repeated : tally.recorded);
    if (terminal.json()) terminal.out(result.body);
    return;
  }
  ++tally.refused;
  terminal.say({"第 " + std::to_string(line.number) + " 行 " + line.name + "：",
                "Line " + std::to_string(line.number) + ", " + line.name + ":"});
  api.fail(result);
}

int summary(Terminal& terminal, const Tally& tally, std::size_t bad_lines) {
  const auto n = [](std::size_t number) { return std::to_string(number); };
  terminal.say({"已记录 " + n(tally.recorded) + "，此前已有 " + n(tally.repeated) + "，被拒绝 " +
                    n(tally.refused) + "，格式有误 " + n(bad_lines),
                "recorded " + n(tally.recorded) + ", already there " + n(tally.repeated) +
                    ", refused " + n(tally.refused) + ", malformed " + n(bad_lines)});
  return tally.refused + bad_lines > 0 ? kRefused : kDone;
}

int send_file(Api& api, const SendOptions& options) {
  Terminal& terminal = api.terminal();
  std::string text;
  if (!read_whole(terminal, options.file, text)) return kUsage;
  const auto total = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) +
                     (text.empty() || text.ends_with('\n') ? 0 : 1);
  std::istringstream lines(text);
  Tally tally;
  std::size_t bad_lines = 0;
  std::size_t number = 0;
  for (std::string raw; std::getline(lines, raw);) {
    ++number;
    if (trimmed(raw).empty()) continue;
    const auto line = read_line(raw, number);
    if (!line) {
      ++bad_lines;
      terminal.error(
          {"第 " + std::to_string(number) + " 行须为 {\"name\",\"commandId\",\"body\"}。",
           "Line " + std::to_string(number) + " must be {\"name\",\"commandId\",\"body\"}."});
      continue;
    }
    const HttpResult result = post_with_patience(api, *line, options);
    tell(api, *line, result, tally);
    if (outcome_is_unknown(result)) {
      terminal.say(
          {"停在第 " + std::to_string(number) + " 行；再次发送同一文件即可继续，不会重复记录。",
           "Stopped at line " + std::to_string(number) +
               "; send the same file again to go on: nothing is recorded twice."});
      return kUnreachable;
    }
    if (result.status == 401) return kRefused;
    terminal.progress(
        bar_line(terminal.zh() ? "发送" : "sending", {number, total, {}, {}}, terminal.lang()));
  }
  return summary(terminal, tally, bad_lines);
}

}  // namespace

bool read_whole(Terminal& terminal, const std::string& path, std::string& text) {
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
    return true;
  }
  std::ifstream file(path, std::ios::binary);
  if (file) {
    std::ostringstream whole;
    whole << file.rdbuf();
    text = whole.str();
    if (file.good() || file.eof()) return true;
  }
  terminal.error({"无法读取文件 " + path + "。", "Cannot read the file " + path + "."});
  return false;
}

int send_one(Api& api, const std::string& name, const std::string& body,
             const SendOptions& options) {
  Terminal& terminal = api.terminal();
  const std::string id = options.id.empty() ? new_command_id() : options.id;
  if (options.id.empty()) terminal.say({"命令编号 " + id, "command id " + id});
  const HttpResult result = post(api, name, headers_of(options, id), body);
  if (result.ok()) {
    show_receipt(terminal, result.body);
    return kDone;
  }
  const int code = api.fail(result);
  // Nothing was sent when nobody listens; after that, only the ledger knows.
  if (code == kUnreachable && result.error.kind != client::ErrorKind::refused) {
    terminal.say({"结果未知：命令可能已记录。请加 --id " + id + " 原样重发，不会重复记录。",
                  "The outcome is not known: it may have been recorded. Send the same again with "
                  "--id " +
                      id + "; it has one effect."});
  } else if (code == kUnreachable) {
    terminal.say({"重发时可加 --id " + id + "。", "To retry, add --id " + id + "."});
  }
  return code;
}

int run_send(Api& api, const SendOptions& options) {
  Terminal& terminal = api.terminal();
  if (!options.file.empty()) {
    if (options.name.empty()) return send_file(api, options);
    terminal.error({"--file 里每行自带命令名，不能再写命令名。",
                    "The lines of --file name their commands; give no name."});
    return kUsage;
  }
  if (options.name.empty()) {
    terminal.error({"请写命令名，如 silkledger send report-lead …；silkledger commands 列出全部。",
                    "Name a command, as in silkledger send report-lead …; silkledger commands "
                    "lists them."});
    return kUsage;
  }
  std::string base = options.body;
  if (!options.body_file.empty() && !read_whole(terminal, options.body_file, base)) return kUsage;
  const ParsedFields parsed =
      parse_fields(api.catalogue_with(options.name), options.name, base, options.fields);
  for (const FieldFault& fault : parsed.faults) {
    const std::string where = fault.argument.empty() ? "" : fault.argument + "  ";
    terminal.error({where + fault.message.zh, where + fault.message.en});
  }
  if (!parsed.faults.empty()) return kUsage;
  return send_one(api, options.name, parsed.body, options);
}

}  // namespace silkledger::cli
