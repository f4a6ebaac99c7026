// `rebuild`: starts or steers the job that folds the views again, and follows it with a bar.
#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "clients/cli/chance.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/pace.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/rebuild_text.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kJobPath = "/api/v1/jobs/rebuild";
constexpr milliseconds kReceiveSlice{250};
// Progress is pushed; asking now and then finds what was missed while the channel was closed.
constexpr milliseconds kAskEvery{2'000};
constexpr std::uint32_t kAttempts = 6;

volatile std::sig_atomic_t interrupted = 0;

extern "C" void on_interrupt(int) { interrupted = 1; }

class Follower {
 public:
  Follower(Api& api, bool compare_only)
      : api_(api), terminal_(api.terminal()), compare_only_(compare_only), live_(api.endpoint()) {}

  int follow(const std::string& first_state) {
    std::signal(SIGINT, on_interrupt);
    if (take(first_state)) return finish();
    subscribe();
    asked_ = steady_clock::now();
    while (interrupted == 0) {
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
    terminal_.say(
        {"不再跟随；重建仍在服务器上进行。silkledger rebuild --status 查看，--cancel 取消。",
         "No longer following; the rebuild goes on in the server. silkledger rebuild "
         "--status shows it, --cancel stops it."});
    return kDone;
  }

 private:
  void subscribe() {
    if (!live_.connect()) live_.send(R"({"type":"subscribeJobs"})");
  }

  // Asks for the state; the exit code when it came to rest or the server is gone for good.
  std::optional<int> ask() {
    asked_ = steady_clock::now();
    const auto result = api_.get(kJobPath);
    if (!result.ok()) {
      if (!result.error || ++failures_ >= kAttempts) return api_.fail(result);
      std::this_thread::sleep_for(retry_delay(failures_, new_chance()));
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
    if (text_at(frame, "type") != "job" || body == nullptr) return false;
    return take(js::serialize(*body));
  }

  // True when nothing more happens by itself.
  bool take(const std::string& state_text) {
    state_ = parse_json(state_text);
    if (terminal_.json() && state_text != told_) terminal_.out(state_text);
    told_ = state_text;
    const std::string phase = text_at(state_, "phase");
    if (terminal_.err_is_terminal()) {
      terminal_.progress(rebuild_line(state_, terminal_.lang()));
    } else if (phase != phase_ && !terminal_.json()) {
      const std::string line = rebuild_line(state_, terminal_.lang());
      terminal_.say({line, line});
    }
    phase_ = phase;
    return rebuild_rests(state_, compare_only_);
  }

  int finish() {
    terminal_.end_progress();
    if (!terminal_.json()) {
      terminal_.out(rebuild_summary(state_, terminal_.lang(), terminal_.paint()));
    }
    return rebuild_succeeded(state_, compare_only_) ? kDone : kRefused;
  }

  Api& api_;
  Terminal& terminal_;
  const bool compare_only_;
  client::LiveClient live_;
  js::value state_;
  std::string told_;
  std::string phase_;
  steady_clock::time_point asked_{};
  std::uint32_t failures_ = 0;
};

const char* action_of(const RebuildOptions& options) {
  if (options.resume) return "resume";
  if (options.accept) return "accept";
  if (options.cancel) return "cancel";
  if (options.roll_back) return "roll-back";
  return "start";
}

int show_state(Api& api, const std::string& body) {
  Terminal& terminal = api.terminal();
  if (terminal.json()) {
    terminal.out(body);
  } else {
    terminal.out(rebuild_summary(parse_json(body), terminal.lang(), terminal.paint()));
  }
  return kDone;
}

}  // namespace

int run_rebuild(Api& api, const RebuildOptions& options) {
  if (options.status) {
    const auto result = api.get(kJobPath);
    return result.ok() ? show_state(api, result.body) : api.fail(result);
  }
  QueryParameters parameters;
  for (const std::string& view : options.views) parameters.emplace_back("view", view);
  if (options.compare_only) parameters.emplace_back("switch", "false");
  const auto result =
      api.post(std::string(kJobPath) + '/' + action_of(options), {}, {}, parameters);
  if (!result.ok()) return api.fail(result);
  if (options.cancel) return show_state(api, result.body);
  return Follower(api, options.compare_only).follow(result.body);
}

}  // namespace silkledger::cli
