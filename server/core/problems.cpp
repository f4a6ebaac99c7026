#include "server/core/problems.h"

#include "domain/schema/json/writer.h"

namespace silkledger::server {
namespace {

const json::EncodeOptions kPlain{};

// Writes the members that all problems share; the caller adds its own and closes the object.
void begin_problem(json::Writer& out, int status, std::string_view code, const Text& title,
                   const Text& detail) {
  out.begin_object();
  out.key("type");
  out.string("urn:silkledger:problem:" + std::string(code));
  out.key("title");
  out.string(title.en);
  out.key("titleZh");
  out.string(title.zh);
  out.key("status");
  out.integer(status);
  out.key("detail");
  out.string(detail.en);
  out.key("detailZh");
  out.string(detail.zh);
}

void member(json::Writer& out, std::string_view key, const std::string& value) {
  if (value.empty()) return;
  out.key(key);
  out.string(value);
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

Reply problem(int status, std::string_view code, const Text& title, const Text& detail) {
  Reply reply{status, {}, {}};
  json::Writer out(reply.body, kPlain);
  begin_problem(out, status, code, title, detail);
  out.end_object();
  return reply;
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
  Reply reply{400, {}, {}};
  json::Writer out(reply.body, kPlain);
  begin_problem(out, 400, "bad-parameter", {"参数有误", "Bad parameter"}, detail);
  out.key("parameter");
  out.string(name);
  out.end_object();
  return reply;
}

Reply unavailable(const Text& detail, int retry_after_s) {
  auto reply = problem(503, "unavailable", {"暂不可用", "Unavailable"}, detail);
  reply.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return reply;
}

Reply epoch_changed(std::uint64_t now, std::uint64_t theirs, std::uint64_t kept) {
  Reply reply{409, {}, {}};
  json::Writer out(reply.body, kPlain);
  const std::string epoch = std::to_string(now);
  const std::string last = std::to_string(kept);
  const std::string next = std::to_string(kept + 1);
  begin_problem(
      out, 409, "epoch-changed", {"账本已恢复", "The log was restored"},
      {"账本已从备份恢复，现为第 " + epoch + " 纪元；第 " + std::to_string(theirs) +
           " 纪元中位置 " + last + " 之后的事件不再有效，请从位置 " + next + " 重新订阅。",
       "The log was restored from a backup and is in epoch " + epoch + " now; what epoch " +
           std::to_string(theirs) + " had behind position " + last +
           " is void. Subscribe again from position " + next + "."});
  out.key("epoch");
  out.big(now);
  out.key("continuesFrom");
  out.big(kept + 1);
  out.end_object();
  return reply;
}

Reply invalid_json(const std::vector<json::JsonError>& errors) {
  Reply reply{400, {}, {}};
  json::Writer out(reply.body, kPlain);
  const std::string count = std::to_string(errors.size());
  begin_problem(
      out, 400, "invalid-json", {"内容格式有误", "Invalid document"},
      {"共发现 " + count + " 处问题，详见 errors。", count + " fault(s) found; see errors."});
  out.key("errors");
  out.begin_array();
  for (const auto& error : errors) {
    out.begin_object();
    out.key("code");
    out.string(error.code);
    out.key("pointer");
    out.string(error.pointer);
    out.key("zh");
    out.string(error.zh);
    out.key("en");
    out.string(error.en);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return reply;
}

Reply refusal(const Rejection& rejection) {
  Reply reply{status_of(rejection.kind), {}, {}};
  json::Writer out(reply.body, kPlain);
  begin_problem(out, reply.status, rejection.code, title_of(rejection.kind), rejection.message);
  member(out, "article", rejection.article);
  member(out, "ruleSet", rejection.rule_set);
  member(out, "remedy", rejection.remedy.en);
  member(out, "remedyZh", rejection.remedy.zh);
  member(out, "pointer", rejection.pointer);
  out.end_object();
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
  Reply reply;
  json::Writer out(reply.body, kPlain);
  out.begin_object();
  out.key("commandId");
  out.string(command_id);
  out.key("stream");
  out.string(accepted.stream);
  out.key("version");
  out.big(accepted.version);
  out.key("epoch");
  out.big(accepted.receipt.epoch);
  out.key("position");
  out.big(accepted.receipt.first);
  out.key("lastPosition");
  out.big(accepted.receipt.last);
  out.key("recordedAt");
  out.instant(Instant{accepted.receipt.recorded_at});
  out.key("repeated");
  out.boolean(accepted.repeated);
  out.end_object();
  reply.headers.emplace_back("ETag", '"' + std::to_string(accepted.version) + '"');
  return reply;
}

Reply reply_to(const std::string& command_id, const CommandOutcome& outcome) {
  if (const auto* accepted = std::get_if<Accepted>(&outcome)) return receipt(command_id, *accepted);
  if (const auto* rejected = std::get_if<Rejection>(&outcome)) return refusal(*rejected);
  return undecided(std::get<Undecided>(outcome));
}

HttpResponse to_http(Reply reply) {
  HttpResponse response;
  response.status = reply.status;
  response.content_type = reply.status >= 400 ? "application/problem+json; charset=utf-8"
                                              : "application/json; charset=utf-8";
  response.headers = std::move(reply.headers);
  response.body = std::move(reply.body);
  return response;
}

}  // namespace silkledger::server
