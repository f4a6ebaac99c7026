#include "server/core/jobs/jobs.h"

#include <utility>

#include "server/core/core.h"
#include "server/core/jobs/backup_job.h"
#include "server/core/jobs/check_job.h"
#include "server/core/jobs/rebuild_job.h"
#include "server/core/live/live_hub.h"

namespace silkledger::server {

Reply not_possible(const Job& job, std::string_view phase, const std::string& action) {
  const std::string what(job.name());
  return problem(
      409, "job-not-possible", {"当前不能执行", "Not possible now"},
      {"任务 " + what + " 处于“" + std::string(phase) + "”，不能执行“" + action + "”。",
       "The job " + what + " is " + std::string(phase) + "; \"" + action + "\" is not possible."});
}

Reply unknown_action(const std::string& actions) {
  return not_found({"动作须为 " + actions + "。", "The action must be one of " + actions + "."});
}

Jobs::Jobs(Core& core) : core_(core) {
  jobs_.push_back(std::make_unique<RebuildJob>(core));
  jobs_.push_back(std::make_unique<BackupJob>(core));
  jobs_.push_back(std::make_unique<CheckJob>(core));
}

Jobs::~Jobs() = default;

void Jobs::stop() {
  for (const auto& job : jobs_) job->stop();
}

void Jobs::tell(const Job& job) { core_.hub().on_job(std::string(job.name()), job.state_json()); }

Job* Jobs::find(const std::string& name) const {
  for (const auto& job : jobs_) {
    if (job->name() == name) return job.get();
  }
  return nullptr;
}

Reply Jobs::list() const {
  std::string body = R"({"jobs":[)";
  for (const auto& job : jobs_) {
    if (body.back() != '[') body += ',';
    body += job->state_json();
  }
  return {200, body + "]}", {}};
}

void Jobs::route(const Identity& who, const HttpRequest& request,
                 const std::vector<std::string>& rest,
                 const std::function<void(const Reply&)>& answer) {
  if (!who.grants.administers) {
    return answer(forbidden({"仅管理员可管理任务。", "Jobs are for administrators."}));
  }
  Job* job = rest.empty() ? nullptr : find(rest[0]);
  if (rest.size() > 2 || (!rest.empty() && job == nullptr)) {
    return answer(not_found({"没有这个任务；任务有 rebuild、backup、check。",
                             "There is no such job; there are rebuild, backup and check."}));
  }
  if (request.method == "GET" && rest.empty()) return answer(list());
  if (request.method == "GET" && rest.size() == 1) return answer({200, job->state_json(), {}});
  if (request.method == "POST" && rest.size() == 2) {
    return answer(act(who, *job, rest[1], request));
  }
  answer(problem(405, "method-not-allowed", {"方法不允许", "Method not allowed"},
                 {"查看用 GET /api/v1/jobs/{任务}，操作用 POST /api/v1/jobs/{任务}/{动作}。",
                  "GET /api/v1/jobs/{job} shows it, POST /api/v1/jobs/{job}/{action} acts."}));
}

// What an administrator did stands in the server's log, refused or not.
Reply Jobs::act(const Identity& who, Job& job, const std::string& action,
                const HttpRequest& request) {
  Reply reply;
  const Job* busy = nullptr;
  for (const auto& other : jobs_) {
    if (other->is_busy()) busy = other.get();
  }
  if (busy != nullptr && job.begins_work(action)) {
    const std::string name(busy->name());
    reply = problem(
        409, "job-under-way", {"已有任务在进行", "Another job is under way"},
        {"任务 " + name + " 正在进行，一次只能进行一个；请等它结束，或先取消它。",
         "The job " + name + " is under way, and there is one at a time; wait, or cancel it."});
  } else {
    reply = job.act(action, request);
  }
  core_.parts().say(LogLevel::info, "job_action",
                    {{"job", std::string(job.name())},
                     {"action", action},
                     {"by", who.grants.person},
                     {"status", std::to_string(reply.status)}});
  return reply;
}

}  // namespace silkledger::server
