// `watch`: boards and events as they change, over the live channel. Connects again by itself.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <thread>

#include "clients/cli/chance.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/board.h"
#include "clients/cli/text/problem_text.h"
#include "clients/cli/text/reading.h"
#include "clients/cpp/retry_pause.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;
using client::ErrorKind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kReceiveSlice{200};  // how late a redraw or the end of --seconds may come
constexpr milliseconds kRedrawEvery{250};
constexpr int kTokenRefused = 4401;    // close code of the protocol
constexpr std::size_t kFrameRows = 4;  // of the screen, around the board

class Watch {
 public:
  Watch(Api& api, const WatchOptions& options)
      : api_(api),
        terminal_(api.terminal()),
        options_(options),
        words_{api.catalogue(), api.unit_names(), terminal_.lang()},
        board_(words_, terminal_.paint()),
        live_(api.endpoint()) {}

  int run() {
    if (!read_arguments()) return kUsage;
    if (options_.seconds > 0) {
      deadline_ = steady_clock::now() + std::chrono::seconds(options_.seconds);
    }
    for (std::uint32_t attempt = 0; !is_over(); ++attempt) {
      if (const client::Error error = live_.connect()) {
        if (error.kind == ErrorKind::rejected && error.status < 500 && error.status != 429) {
          return api_.fail(error);
        }
        wait_offline(attempt);
        continue;
      }
      begin();
      if (const auto code = follow()) return *code;
      if (is_over()) break;
      // A server that takes us and sends us away at once is asked ever more slowly.
      if (received_) attempt = 0;
      wait_offline(attempt);
    }
    live_.close();
    return connected_before_ ? kDone : kUnreachable;
  }

 private:
  void begin() {
    api_.unit_names();  // what could not be asked while the server was away
    connected_before_ = true;
    received_ = false;
    const bool was_away = !online_;
    online_ = true;
    if (was_away) tell({"已连接。", "Connected."});
    board_.begin_again();
    subscribe();
  }

  bool read_arguments() {
    const auto views = api_.catalogue().views();
    for (const std::string& argument : options_.arguments) {
      std::pair<std::string, std::string> filter;
      if (split_pair(argument, filter)) {
        filters_.push_back(std::move(filter));
      } else if (argument == "events" || std::ranges::find(views, argument) != views.end()) {
        topics_.push_back(argument);
      } else {
        terminal_.error(
            {"没有看板“" + argument + "”；可用 progress、approval、project、lead、events。",
             "There is no board \"" + argument +
                 "\"; there are progress, approval, project, lead and events."});
        return false;
      }
    }
    if (topics_.empty()) topics_.emplace_back("progress");
    return true;
  }

  void subscribe() {
    for (const std::string& topic : topics_) {
      live_.send(js::serialize(topic == "events" ? subscribe_events() : subscribe_rows(topic)));
    }
  }

  js::object subscribe_rows(const std::string& view) const {
    js::array filters;
    for (const auto& [field, value] : filters_) {
      filters.push_back(js::object{{"field", field}, {"value", value}});
    }
    return {{"type", "subscribeRows"}, {"topic", view}, {"view", view}, {"filters", filters}};
  }

  // New events only, the first time; from where it broke off, afterwards.
  js::object subscribe_events() {
    std::uint64_t from = board_.next_event();
    if (from == 0) {
      const auto head = api_.get("/api/v1/head");
      from = head.ok() ? count_at(parse_json(head.body), "head").value_or(0) + 1 : 1;
    }
    js::array subjects;
    js::array units;
    for (const auto& [field, value] : filters_) {
      if (field == "subject") subjects.emplace_back(value);
      if (field == "project") subjects.emplace_back("project/" + value);
      if (field == "lead") subjects.emplace_back("lead/" + value);
      if (field == "unit") units.emplace_back(value);
    }
    js::object message{{"type", "subscribeEvents"}, {"from", std::to_string(from)}};
    if (board_.epoch() > 0) message["epoch"] = std::to_string(board_.epoch());
    if (!subjects.empty()) message["subjects"] = std::move(subjects);
    if (!units.empty()) message["units"] = std::move(units);
    return message;
  }

  // Until the connection ends (nothing) or the program does (its exit code).
  std::optional<int> follow() {
    while (!is_over()) {
      const auto frame = live_.receive(kReceiveSlice);
      if (frame) {
        if (const auto code = take(*frame)) return code;
      } else if (!live_.is_open()) {
        return ended(live_.error());
      }
      redraw_when_due();
    }
    if (terminal_.out_is_terminal() && !terminal_.json()) redraw();
    return std::nullopt;
  }

  std::optional<int> take(const std::string& text) {
    received_ = true;
    if (terminal_.json()) terminal_.out(text);
    const js::value frame = parse_json(text);
    if (text_at(frame, "type") == "problem") {
      const auto* body = member(frame, "body");
      if (body != nullptr && goes_on_in_another_epoch(*body)) return std::nullopt;
      const auto status = static_cast<int>(count_at(frame, "status").value_or(0));
      terminal_.say_lines(problem_lines(
          read_problem(status, body == nullptr ? std::string() : js::serialize(*body)),
          terminal_.lang(), terminal_.error_paint()));
      return kRefused;
    }
    const std::uint64_t epoch = board_.epoch();
    const Board::Step step = board_.take(text);
    if (epoch > 0 && board_.epoch() > epoch) tell_epoch(board_.epoch());
    if (step.is_update) ++updates_;
    dirty_ = dirty_ || step.needs_redraw;
    if (!terminal_.json() && !terminal_.out_is_terminal()) terminal_.out(step.lines);
    return std::nullopt;
  }

  // The log was restored while we were away: what we saw behind a position is void, and events go
  // on from there.
  bool goes_on_in_another_epoch(const js::value& problem) {
    const auto from = count_at(problem, "continuesFrom");
    if (!from || !text_at(problem, "type").ends_with(":epoch-changed")) return false;
    tell_epoch(count_at(problem, "epoch").value_or(0));
    tell({"位置 " + std::to_string(*from - 1) + " 之后先前显示的事件不再有效。",
          "Events shown before from behind position " + std::to_string(*from - 1) + " are void."});
    board_.resume_events_at(*from);
    live_.send(js::serialize(subscribe_events()));
    return true;
  }

  void tell_epoch(std::uint64_t epoch) {
    tell({"账本已从备份恢复，进入第 " + std::to_string(epoch) + " 纪元。",
          "The ledger was restored from a backup and is in epoch " + std::to_string(epoch) + "."});
  }

  std::optional<int> ended(const client::Error& error) {
    if (error.close_code != kTokenRefused) {
      online_ = false;
      return std::nullopt;
    }
    terminal_.error(
        {"令牌已失效，连接结束。", "The token is no longer valid; the connection ended."});
    return kRefused;
  }

  bool is_over() const {
    if (options_.count > 0 && updates_ >= options_.count) return true;
    return options_.seconds > 0 && steady_clock::now() >= deadline_;
  }

  void wait_offline(std::uint32_t attempt) {
    online_ = false;
    const milliseconds delay = client::retry_pause(attempt, new_chance());
    const std::string seconds = std::to_string((delay.count() + 999) / 1000);
    tell({"未连接，约 " + seconds + " 秒后重连。所显示的可能已过时。",
          "Not connected; trying again in about " + seconds +
              " s. What is shown may be out of date."});
    auto until = steady_clock::now() + delay;
    if (options_.seconds > 0) until = std::min(until, deadline_);
    std::this_thread::sleep_until(until);
  }

  void tell(const Text& text) {
    status_ = in(terminal_.lang(), text);
    if (terminal_.out_is_terminal() && !terminal_.json() && connected_before_) {
      redraw();
    } else {
      terminal_.say(text);
    }
  }

  void redraw_when_due() {
    if (!dirty_ || terminal_.json() || !terminal_.out_is_terminal()) return;
    if (steady_clock::now() - drawn_ < kRedrawEvery) return;
    redraw();
  }

  void redraw() {
    dirty_ = false;
    drawn_ = steady_clock::now();
    const js::value position = {{"applied", std::to_string(board_.applied())},
                                {"head", std::to_string(board_.head())}};
    const std::size_t rows = terminal_.rows();
    std::string title = terminal_.zh() ? "丝路台账" : "Silkledger";
    for (const std::string& topic : topics_) title += " · " + topic;
    std::vector<std::string> screen = {terminal_.paint()(Colour::bold, title), {}};
    for (std::string& line :
         board_.render(terminal_.columns(), rows > 2 * kFrameRows ? rows - kFrameRows : rows)) {
      screen.push_back(std::move(line));
    }
    std::string foot = position_line(position, terminal_.lang());
    if (!online_) foot += "  " + terminal_.paint()(Colour::red, status_);
    screen.push_back(terminal_.paint()(Colour::dim, foot));
    terminal_.redraw(screen);
  }

  Api& api_;
  Terminal& terminal_;
  const WatchOptions& options_;
  ViewWords words_;
  Board board_;
  client::LiveClient live_;
  std::vector<std::string> topics_;
  QueryParameters filters_;
  std::size_t updates_ = 0;
  bool online_ = true;
  bool connected_before_ = false;
  bool received_ = false;  // anything over the present connection
  bool dirty_ = false;
  std::string status_;
  steady_clock::time_point deadline_{};
  steady_clock::time_point drawn_{};
};

}  // namespace

int run_watch(Api& api, const WatchOptions& options) { return Watch(api, options).run(); }

}  // namespace silkledger::cli
