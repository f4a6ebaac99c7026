#include "server/core/api/command_api.h"

#include <charconv>

#include "domain/schema/command.json.h"
#include "server/core/metrics.h"

namespace silkledger::server {
namespace {

Reply bad_header(std::string_view name, const Text& detail) { return bad_parameter(name, detail); }

// If-Match: "12" is the stream version the sender has seen.
std::optional<std::uint64_t> version_of(std::string_view etag) {
  if (etag.size() < 3 || etag.front() != '"' || etag.back() != '"') return std::nullopt;
  etag = etag.substr(1, etag.size() - 2);
  std::uint64_t version = 0;
  const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), version);
  if (error != std::errc() || end != etag.data() + etag.size()) return std::nullopt;
  return version;
}

bool is_printable_id(std::string_view text) {
  for (const char c : text) {
    if (c < '!' || c > '~') return false;
  }
  return !text.empty();
}

// Fills everything but the command from the headers.
std::optional<Reply> read_headers(const HttpRequest& request, schema::CommandRequest& out) {
  if (const auto* unit = request.header("silkledger-acting-unit")) out.acting_unit = *unit;
  if (const auto* other = request.header("silkledger-on-behalf-of")) out.on_behalf_of = *other;
  if (const auto* correlation = request.header("silkledger-correlation"))
    out.correlation = *correlation;
  if (const auto* day = request.header("silkledger-occurred-on")) {
    out.occurred_on = parse_date(*day);
    if (!out.occurred_on) {
      return bad_header("Silkledger-Occurred-On",
                        {"发生日期须为 YYYY-MM-DD 的真实日期。",
                         "The date must be a real day, written YYYY-MM-DD."});
    }
  }
  if (const auto* match = request.header("if-match")) {
    out.expected_version = version_of(*match);
    if (!out.expected_version) {
      return bad_header("If-Match", {"If-Match 须为带引号的版本号，如 \"12\"。",
                                     "If-Match must be a quoted version, such as \"12\"."});
    }
  }
  return std::nullopt;
}

}  // namespace

void send_command(Core& core, const Identity& who, const std::string& command_id,
                  const schema::CommandRequest& request, std::function<void(const Reply&)> answer) {
  const auto most = core.parts().limits.store.command_id_bytes_max;
  if (!is_printable_id(command_id) || command_id.size() > most) {
    const std::string limit = std::to_string(most);
    return answer(bad_header("Idempotency-Key",
                             {"命令编号须为 1 至 " + limit + " 个可见 ASCII 字符，建议用 UUIDv7。",
                              "The command id must be 1 to " + limit +
                                  " visible ASCII characters; a UUIDv7 is a good one."}));
  }
  const auto began = core.parts().clock.now_us();
  const std::string name(domain::name_of(request.command));
  core.submit(
      {who.grants.person, command_id, request, who.grants},
      [&core, began, name, command_id, answer = std::move(answer)](const CommandOutcome& outcome) {
        const auto took = core.parts().clock.now_us() - began;
        core.metrics().command(name, outcome, static_cast<double>(took) / 1e6);
        answer(reply_to(command_id, outcome));
      });
}

void post_command(Core& core, const Identity& who, const std::string& name,
                  const HttpRequest& request, std::function<void(const Reply&)> answer) {
  if (!json::is_command_name(name)) {
    return answer(
        problem(404, "unknown-command", {"没有这个命令", "Unknown command"},
                {"没有名为“" + name + "”的命令，命令清单见 /api/v1/openapi.json。",
                 "There is no command \"" + name + "\"; /api/v1/openapi.json lists them."}));
  }
  const auto* id = request.header("idempotency-key");
  if (!id) {
    return answer(problem(
        400, "missing-command-id", {"缺少命令编号", "Missing command id"},
        {"请用 Idempotency-Key 头给出命令编号，重试时用同一编号。",
         "Send the command id in the Idempotency-Key header, and the same one on a retry."}));
  }
  const auto* type = request.header("content-type");
  if (!type || !type->starts_with("application/json")) {
    return answer(
        problem(415, "not-json", {"内容类型有误", "Not JSON"},
                {"内容类型须为 application/json。", "The content type must be application/json."}));
  }
  auto command = json::command_from_json(name, request.body, {{}, &core.sealer()});
  if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&command)) {
    return answer(invalid_json(*errors));
  }
  schema::CommandRequest full;
  full.command = std::move(std::get<schema::Command>(command));
  if (auto refused = read_headers(request, full)) return answer(*refused);
  send_command(core, who, *id, full, std::move(answer));
}

}  // namespace silkledger::server
