#include "server/core/problems.h"

#include <optional>

#include "domain/schema/json/json.h"
#include "domain/schema/protocol.json.h"

namespace silkledger::server {
namespace {

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

int status_of(Rejection::Kind kind) {
  switch (kind) {
    case Rejection::Kind::not_permitted:
    case Rejection::Kind::not_your_unit:
      return 403;
    case Rejection::Kind::not_found:
      return 404;
    case Rejection::Kind::already_exists:
    case Rejection::Kind::wrong_state:
      return 409;
    case Rejection::Kind::stale_version:
      return 412;
    case Rejection::Kind::invalid:
      return 422;
  }
  return 422;
}

Text title_of(Rejection::Kind kind) {
  switch (kind) {
    case Rejection::Kind::not_permitted:
      return {"无权办理", "Not permitted"};
    case Rejection::Kind::not_your_unit:
      return {"不属本单位", "Not your unit"};
    case Rejection::Kind::not_found:
      return {"查无此项", "Not found"};
    case Rejection::Kind::already_exists:
      return {"编号已存在", "Already exists"};
    case Rejection::Kind::wrong_state:
      return {"当前状态不允许", "Not possible in this state"};
    case Rejection::Kind::stale_version:
      return {"版本已过时", "Stale version"};
    case Rejection::Kind::invalid:
      return {"内容不符合规定", "Not valid under the rules"};
  }
  return {"不予受理", "Refused"};
}

}  // namespace

std::string body_of(const Reply& reply) {
  if (const auto* receipt = std::get_if<schema::ReceiptBody>(&reply.value))
    return json::to_json(*receipt);
  if (const auto* problem = std::get_if<schema::ProblemBody>(&reply.value))
    return json::to_json(*problem);
  return reply.body;
}

Reply problem(int status, std::string_view code, const Text& title, const Text& detail) {
  schema::ProblemBody body;
  body.type = "urn:silkledger:problem:" + std::string(code);
  body.title = title.en;
  body.title_zh = title.zh;
  body.status = status;
  body.detail = detail.en;
  body.detail_zh = detail.zh;
  return {status, {}, {}, std::move(body)};
}

Reply unauthorised() {
  return problem(
      401, "unauthorised", {"未通过身份验证", "Not authenticated"},
      {"令牌缺失、无效、已吊销或已过期。请使用有效令牌。",
       "The token is missing, unknown, revoked or past its last day. Send a valid one."});
}

Reply forbidden(const Text& detail) {
  return problem(403, "forbidden", {"无权查看", "Not permitted"}, detail);
}

Reply not_found(const Text& detail) {
  return problem(404, "not-found", {"查无此项", "Not found"}, detail);
}

Reply bad_parameter(std::string_view name, const Text& detail) {
  Reply reply = problem(400, "bad-parameter", {"参数有误", "Bad parameter"}, detail);
  std::get<schema::ProblemBody>(reply.value).parameter = std::string(name);
  return reply;
}

Reply unavailable(const Text& detail, int retry_after_s) {
  auto reply = problem(503, "unavailable", {"暂不可用", "Unavailable"}, detail);
  reply.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return reply;
}

Reply epoch_changed(std::uint64_t now, std::uint64_t theirs, std::uint64_t kept) {
  const std::string epoch = std::to_string(now);
  const std::string last = std::to_string(kept);
  const std::string next = std::to_string(kept + 1);
  Reply reply =
      problem(409, "epoch-changed", {"账本已恢复", "The log was restored"},
              {"账本已从备份恢复，现为第 " + epoch + " 纪元；第 " + std::to_string(theirs) +
                   " 纪元中位置 " + last + " 之后的事件不再有效，请从位置 " + next + " 重新订阅。",
               "The log was restored from a backup and is in epoch " + epoch + " now; what epoch " +
                   std::to_string(theirs) + " had behind position " + last +
                   " is void. Subscribe again from position " + next + "."});
  auto& body = std::get<schema::ProblemBody>(reply.value);
  body.epoch = now;
  body.continues_from = kept + 1;
  return reply;
}

Reply invalid_json(const std::vector<json::JsonError>& errors) {
  const std::string count = std::to_string(errors.size());
  Reply reply = problem(
      400, "invalid-json", {"内容格式有误", "Invalid document"},
      {"共发现 " + count + " 处问题，详见 errors。", count + " fault(s) found; see errors."});
  auto& list = std::get<schema::ProblemBody>(reply.value).errors.emplace();
  for (const auto& error : errors) list.push_back({error.code, error.pointer, error.zh, error.en});
  return reply;
}

Reply refusal(const Rejection& rejection) {
  Reply reply = problem(status_of(rejection.kind), rejection.code, title_of(rejection.kind),
                        rejection.message);
  auto& body = std::get<schema::ProblemBody>(reply.value);
  body.article = unless_empty(rejection.article);
  body.rule_set = unless_empty(rejection.rule_set);
  body.remedy = unless_empty(rejection.remedy.en);
  body.remedy_zh = unless_empty(rejection.remedy.zh);
  body.pointer = unless_empty(rejection.pointer);
  return reply;
}

Reply undecided(const Undecided& why) {
  switch (why.kind) {
    case Undecided::Kind::id_reused:
      return problem(
          409, "command-id-reused", {"命令编号重复", "Command id reused"},
          {"该命令编号已用于内容不同的命令（" + why.detail + "）。请换用新编号。",
           "This command id was used for a different command (" + why.detail + "). Use a new id."});
    case Undecided::Kind::overloaded:
      return unavailable({"在办命令过多，请稍后用同一编号重试。",
                          "Too many commands in flight; retry later with the same command id."},
                         1);
    case Undecided::Kind::read_only:
      return unavailable({"账本暂停写入（" + (why.detail_zh.empty() ? why.detail : why.detail_zh) +
                              "），查询不受影响。",
                          "The ledger takes no writes now (" + why.detail + "); reading goes on."},
                         10);
    case Undecided::Kind::unknown:
      return problem(
          503, "outcome-unknown", {"结果未知", "Outcome unknown"},
          {"无法确认该命令是否已记录。请用同一命令编号重试，不会重复记录。",
           "Whether the command was recorded is not known. Retry with the same command id: it has "
           "one effect."});
    case Undecided::Kind::too_large:
      return problem(413, "too-large", {"内容过大", "Too large"},
                     {"超出上限 " + why.detail + "。", "Beyond the limit " + why.detail + "."});
    case Undecided::Kind::failed:
      break;
  }
  return problem(
      500, "log-unreadable", {"账本读取失败", "The log cannot be read"},
      {"请联系管理员；系统日志已记录原因。", "Call the administrator; the server's log says why."});
}

Reply receipt(const std::string& command_id, const Accepted& accepted) {
  schema::ReceiptBody body;
  body.command_id = command_id;
  body.stream = accepted.stream;
  body.version = accepted.version;
  body.epoch = accepted.receipt.epoch;
  body.position = accepted.receipt.first;
  body.last_position = accepted.receipt.last;
  body.recorded_at = Instant{accepted.receipt.recorded_at};
  body.repeated = accepted.repeated;
  return {200, {}, {}, std::move(body)};
}

Reply reply_to(const std::string& command_id, const CommandOutcome& outcome) {
  if (const auto* accepted = std::get_if<Accepted>(&outcome)) return receipt(command_id, *accepted);
  if (const auto* rejected = std::get_if<Rejection>(&outcome)) return refusal(*rejected);
  return undecided(std::get<Undecided>(outcome));
}

// Whoever is told to come later is told when: in a second, unless the reply knows better.
void say_when(HttpResponse& response) {
  const bool later = response.status == 429 || response.status == 503;
  if (later && !find_value(response.headers, "Retry-After")) {
    response.headers.emplace_back("Retry-After", "1");
  }
}

HttpResponse to_http(Reply reply) {
  HttpResponse response;
  response.status = reply.status;
  response.content_type = reply.status >= 400 ? "application/problem+json; charset=utf-8"
                                              : "application/json; charset=utf-8";
  response.headers = std::move(reply.headers);
  say_when(response);
  if (const auto* receipt = std::get_if<schema::ReceiptBody>(&reply.value)) {
    response.headers.emplace_back("ETag", '"' + std::to_string(receipt->version) + '"');
  }
  response.body = reply.value.index() == 0 ? std::move(reply.body) : body_of(reply);
  return response;
}

}  // namespace silkledger::server
