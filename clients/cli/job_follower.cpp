#include "clients/cli/job_follower.h"

#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "clients/cli/chance.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/reading.h"
#include "clients/cpp/retry_pause.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kReceiveSlice{250};
// Progress is pushed; asking now and then finds what was missed while the channel was closed.
constexpr milliseconds kAskEvery{2'000};
constexpr std::uint32_t kAttempts = 6;

volatile std::sig_atomic_t interrupted = 0;

extern "C" void on_interrupt(int) { interrupted = 1; }

std::string path_of(const FollowedJob& job) { return "/api/v1/jobs/" + job.name; }

int show(Api& api, const FollowedJob& job, const std::string& body) {
  Terminal& terminal = api.terminal();
  if (terminal.json()) {
    terminal.out(body);
  } else {
    terminal.out(job.summary(parse_json(body), terminal.lang(), terminal.paint()));
  }
  return kDone;
}

class Follower {
 public:
  Follower(Api& api, const FollowedJob& job)
      : api_(api), terminal_(api.terminal()), job_(job), live_(api.endpoint()) {}

  int follow(const std::string& first_state) {
    std::signal(SIGINT, on_interrupt);
    if (take(first_state)) return finish();
    subscribe();
    asked_ = steady_clock::now();
    while (true) {
      if (interrupted != 0 && !cancelled_) {
        if (const auto code = cancel()) return *code;
      }
      if (live_.is_open()) {
        if (const auto frame = live_.receive(kReceiveSlice); frame && take_frame(*frame)) {
          return finish();
        }
      } else {
        std::this_thread::sleep_for(kReceiveSlice);
      }
      if (steady_clock::now() - asked_ < kAskEvery) continue;
      if (const auto code = ask()) return *code;
    }
  }

 private:
  void subscribe() {
    if (!live_.connect()) live_.send(R"({"type":"subscribeJobs"})");
  }

  // Once: a second Ctrl-C ends the program, whatever the server does.
  std::optional<int> cancel() {
    cancelled_ = true;
    std::signal(SIGINT, SIG_DFL);
    terminal_.end_progress();
    const auto result = api_.post(path_of(job_) + "/cancel", {}, {}, job_.cancel_with);
    if (!result.ok() && result.status != 409) return api_.fail(result);
    return ask();
  }

  // Asks for the state; the exit code when it came to rest or the server is gone for good.
  std::optional<int> ask() {
    asked_ = steady_clock::now();
    const auto result = api_.get(path_of(job_));
    if (!result.ok()) {
      if (!result.error || ++failures_ >= kAttempts) return api_.fail(result);
      std::this_thread::sleep_for(client::retry_pause(failures_, new_chance()));
      return std::nullopt;
    }
    failures_ = 0;
    if (!live_.is_open()) subscribe();
    if (take(result.body)) return finish();
    return std::nullopt;
  }

  bool take_frame(const std::string& text) {
    const js::value frame = parse_json(text);
    const auto* body = member(frame, "body");
    if (text_at(frame, "type") != "job" || text_at(frame, "job") != job_.name || body == nullptr) {
      return false;
    }
    return take(js::serialize(*body));
  }

  // True when nothing more happens by itself.
  bool take(const std::string& state_text) {
    state_ = parse_json(state_text);
    if (terminal_.json() && state_text != told_) terminal_.out(state_text);
    told_ = state_text;
    const std::string phase = text_at(state_, "phase");
    if (terminal_.err_is_terminal()) {
      terminal_.progress(job_.line(state_, terminal_.lang()));
    } else if (phase != phase_ && !terminal_.json()) {
      const std::string line = job_.line(state_, terminal_.lang());
      terminal_.say({line, line});
    }
    phase_ = phase;
    return job_.rests(state_);
  }

  int finish() {
    terminal_.end_progress();
    if (!terminal_.json()) {
      terminal_.out(job_.summary(state_, terminal_.lang(), terminal_.paint()));
    }
    return job_.succeeded(state_) ? kDone : kRefused;
  }

  Api& api_;
  Terminal& terminal_;
  const FollowedJob& job_;
  client::LiveClient live_;
  js::value state_;
  std::string told_;
  std::string phase_;
  steady_clock::time_point asked_{};
  std::uint32_t failures_ = 0;
  bool cancelled_ = false;
};

}  // namespace

int show_job(Api& api, const FollowedJob& job) {
  const auto result = api.get(path_of(job));
  return result.ok() ? show(api, job, result.body) : api.fail(result);
}

int cancel_job(Api& api, const FollowedJob& job, const QueryParameters& parameters) {
  const auto result = api.post(path_of(job) + "/cancel", {}, {}, parameters);
  return result.ok() ? show(api, job, result.body) : api.fail(result);
}

int run_job(Api& api, const FollowedJob& job, const std::string& action,
            const QueryParameters& parameters) {
  const auto result = api.post(path_of(job) + '/' + action, {}, {}, parameters);
  if (!result.ok()) return api.fail(result);
  return Follower(api, job).follow(result.body);
}

}  // namespace silkledger::cli
