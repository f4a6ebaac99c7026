#include "server/http/problem.h"

#include <cassert>

namespace silkledger::server {

namespace {

struct Kind {
  EdgeProblem kind;
  int status;
  const char* slug;
  const char* title_en;
  const char* title_zh;
};

constexpr Kind kKinds[] = {
    {EdgeProblem::malformed_request, 400, "malformed-request", "Malformed request", "请求格式错误"},
    {EdgeProblem::ambiguous_framing, 400, "ambiguous-framing", "Ambiguous message length",
     "报文长度有歧义"},
    {EdgeProblem::bad_target, 400, "bad-target", "Bad request target", "请求地址无效"},
    {EdgeProblem::bad_upgrade, 400, "bad-upgrade", "Bad WebSocket upgrade",
     "WebSocket 升级请求无效"},
    {EdgeProblem::origin_not_allowed, 403, "origin-not-allowed", "Origin not allowed",
     "来源不被允许"},
    {EdgeProblem::method_not_allowed, 405, "method-not-allowed", "Method not allowed",
     "请求方法不被允许"},
    {EdgeProblem::request_timeout, 408, "request-timeout", "Request timeout", "请求超时"},
    {EdgeProblem::body_too_large, 413, "body-too-large", "Request body too large", "请求内容过大"},
    {EdgeProblem::target_too_long, 414, "target-too-long", "Request target too long",
     "请求地址过长"},
    {EdgeProblem::expectation_failed, 417, "expectation-failed", "Expectation failed",
     "无法满足期望"},
    {EdgeProblem::upgrade_required, 426, "upgrade-required", "Upgrade required", "需要升级协议"},
    {EdgeProblem::too_many_connections, 429, "too-many-connections", "Too many connections",
     "连接数过多"},
    {EdgeProblem::header_too_large, 431, "header-too-large", "Request header too large",
     "请求头过大"},
    {EdgeProblem::application_failed, 500, "internal", "Internal error", "内部错误"},
    {EdgeProblem::server_full, 503, "server-full", "Server is full", "服务器繁忙"},
    {EdgeProblem::version_not_supported, 505, "version-not-supported", "HTTP version not supported",
     "不支持的 HTTP 版本"},
};

const Kind& describe(EdgeProblem kind) {
  for (const Kind& row : kKinds) {
    if (row.kind == kind) return row;
  }
  assert(false && "every EdgeProblem has a row");
  return kKinds[0];
}

}  // namespace

int status_of(EdgeProblem kind) { return describe(kind).status; }

HttpResponse to_response(const Problem& problem) {
  assert(problem.detail_en.find_first_of("\"\\\r\n") == std::string::npos);
  assert(problem.detail_zh.find_first_of("\"\\\r\n") == std::string::npos);
  const Kind& kind = describe(problem.kind);
  HttpResponse response;
  response.status = kind.status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = std::string("{\"type\":\"urn:silkledger:problem:") + kind.slug +
                  "\",\"title\":\"" + kind.title_en + "\",\"titleZh\":\"" + kind.title_zh +
                  "\",\"status\":" + std::to_string(kind.status) + ",\"detail\":\"" +
                  problem.detail_en + "\",\"detailZh\":\"" + problem.detail_zh + "\"}";
  switch (problem.kind) {
    case EdgeProblem::method_not_allowed:
      response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
      break;
    case EdgeProblem::upgrade_required:
      response.headers.emplace_back("Upgrade", "websocket");
      response.headers.emplace_back("Sec-WebSocket-Version", "13");
      break;
    default:
      break;
  }
  return response;
}

}  // namespace silkledger::server
