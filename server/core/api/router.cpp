#include "server/core/api/router.h"

#include <optional>
#include <string>
#include <vector>

#include "server/core/api/command_api.h"
#include "server/core/core.h"
#include "server/core/jobs/jobs.h"
#include "server/core/metrics.h"
#include "server/core/problems.h"
#include "server/core/query_service.h"

namespace silkledger::server {
namespace {

using Segments = std::vector<std::string>;
using Answer = std::function<void(const Reply&)>;

Segments split(std::string_view path) {
  Segments segments;
  while (!path.empty() && path.front() == '/') {
    path.remove_prefix(1);
    const auto end = path.find('/');
    segments.emplace_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view() : path.substr(end);
  }
  return segments;
}

HttpResponse plain(int status, std::string body, const char* type = "text/plain; charset=utf-8") {
  HttpResponse response{status, type, {}, std::move(body)};
  say_when(response);
  return response;
}

Reply method_not_allowed(std::string_view allowed) {
  auto reply = problem(405, "method-not-allowed", {"方法不允许", "Method not allowed"},
                       {"此路径只接受 " + std::string(allowed) + "。",
                        "This path takes " + std::string(allowed) + " only."});
  reply.headers.emplace_back("Allow", allowed);
  return reply;
}

// What needs no token. Nothing when the path is none of these.
std::optional<HttpResponse> open_to_all(Core& core, const HttpRequest& request,
                                        const Segments& path) {
  if (path.size() == 1 && path[0] == "healthz") return plain(200, "ok\n");
  if (path.size() == 1 && path[0] == "readyz") {
    const auto state = core.runner().state();
    if (state.failure) return plain(503, "views: " + *state.failure + "\n");
    if (const auto& why = core.sequencer().read_only_reason())
      return plain(503, "log: " + why->en + "\n账本：" + why->zh + "\n");
    const auto applied = state.checkpoint.position;
    if (applied < core.head_at_start()) {
      return plain(503, "views: at " + std::to_string(applied) + " of " +
                            std::to_string(core.head_at_start()) + "\n");
    }
    return plain(200, "ready\n");
  }
  if (path.size() == 1 && path[0] == "metrics") {
    return plain(200, core.metrics().text(core), "text/plain; version=0.0.4; charset=utf-8");
  }
  if (request.path == "/api/v1/openapi.json") {
    return plain(200, core.parts().openapi, "application/json; charset=utf-8");
  }
  return std::nullopt;
}

void route_api(Core& core, const Identity& who, const HttpRequest& request, const Segments& path,
               Answer answer) {
  // path: api v1 resource …
  const auto& resource = path[2];
  const bool get = request.method == "GET";
  const bool post = request.method == "POST";
  const std::size_t size = path.size();
  if (resource == "commands" && size == 4) {
    if (!post) return answer(method_not_allowed("POST"));
    return post_command(core, who, path[3], request, std::move(answer));
  }
  if (resource == "jobs")
    return core.jobs().route(who, request, {path.begin() + 3, path.end()}, answer);
  if (!get) return answer(method_not_allowed("GET"));
  if (resource == "views" && size == 4)
    return core.queries().list(who, path[3], request, std::move(answer));
  if (resource == "views" && size == 5)
    return core.queries().row(who, path[3], path[4], request, std::move(answer));
  if (resource == "history" && size == 3)
    return core.queries().history(who, request, std::move(answer));
  if (resource == "head" && size == 3) return answer(core.queries().head(who));
  if (resource == "me" && size == 3) return answer(core.queries().me(who));
  answer(not_found({"没有这个地址。", "There is nothing at this path."}));
}

}  // namespace

void route(Core& core, HttpRequest request, std::function<void(HttpResponse)> reply) {
  const auto path = split(request.path);
  if (auto open = open_to_all(core, request, path)) {
    if (request.method != "GET") return reply(to_http(method_not_allowed("GET")));
    return reply(std::move(*open));
  }
  if (path.size() < 3 || path[0] != "api" || path[1] != "v1") {
    return reply(to_http(not_found({"没有这个地址，接口在 /api/v1 下。",
                                    "There is nothing at this path; the API is below /api/v1."})));
  }
  const auto who = core.identify(request.token);
  if (!who) {
    auto refused = unauthorised();
    refused.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply(to_http(std::move(refused)));
  }
  route_api(core, *who, request, path,
            [&core, kind = path[2], reply = std::move(reply)](const Reply& answer) {
              core.metrics().query(kind == "commands" || kind == "views" || kind == "history" ||
                                           kind == "jobs" || kind == "head" || kind == "me"
                                       ? kind
                                       : "other",
                                   answer.status);
              reply(to_http(answer));
            });
}

}  // namespace silkledger::server
