#include "clients/cpp/event_follower.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <random>
#include <thread>
#include <utility>

#include "clients/cpp/live_binary.h"

namespace silkledger::client {

namespace {

namespace bj = boost::json;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// What a frame is to a follower.
struct Heard {
  std::uint64_t position = 0;  // of an event
  std::uint64_t epoch = 0;     // of a subscription that stands
  int problem = 0;             // status
};

std::uint64_t number_at(const bj::object& frame, std::string_view key) {
  std::uint64_t number = 0;
  if (const auto* value = frame.if_contains(key); value != nullptr && value->is_string()) {
    const auto& digits = value->get_string();
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
  }
  return number;
}

Heard hear_text(const std::string& text) {
  Heard heard;
  boost::system::error_code code;
  const auto value = bj::parse(text, code);
  if (code || !value.is_object()) return heard;
  const auto& frame = value.get_object();
  const auto* type = frame.if_contains("type");
  if (type == nullptr || !type->is_string()) return heard;
  if (type->get_string() == "subscribed") heard.epoch = number_at(frame, "epoch");
  if (type->get_string() == "event") heard.position = number_at(frame, "position");
  if (const auto* status = frame.if_contains("status");
      type->get_string() == "problem" && status != nullptr && status->is_int64()) {
    heard.problem = static_cast<int>(status->get_int64());
  }
  return heard;
}

Heard hear_binary(const std::string& bytes) {
  Heard heard;
  const auto frame = decode_frame(bytes);
  if (!frame) return heard;
  if (const auto* subscribed = std::get_if<schema::LiveSubscribed>(&*frame))
    heard.epoch = subscribed->epoch.value_or(0);
  if (const auto* event = std::get_if<schema::LiveEvent>(&*frame)) heard.position = event->position;
  if (const auto* problem = std::get_if<schema::LiveProblem>(&*frame))
    heard.problem = problem->status;
  return heard;
}

// `epoch` is the one in which everything up to `from` was seen, if anything was.
std::string subscription(Encoding encoding, std::uint64_t from,
                         std::optional<std::uint64_t> epoch) {
  if (encoding == Encoding::binary)
    return encode_message(schema::LiveSubscribeEvents{from, {}, {}, epoch});
  std::string text = R"({"type":"subscribeEvents","from":")" + std::to_string(from) + '"';
  if (epoch) text += R"(,"epoch":")" + std::to_string(*epoch) + '"';
  return text + '}';
}

}  // namespace

struct EventFollower::State {
  State(Endpoint at, FollowOptions follow) : endpoint(std::move(at)), options(follow) {
    if (options.seed == 0) options.seed = std::random_device{}();
    random.seed(options.seed);
    position = options.from - 1;
  }

  bool ready(SteadyClock::time_point deadline);
  void broken(const Error& why);

  Endpoint endpoint;
  FollowOptions options;
  std::mt19937_64 random;
  std::unique_ptr<LiveClient> live;
  Error error;
  std::uint64_t position = 0;
  std::optional<std::uint64_t> epoch;  // of the last subscription
  std::uint64_t connections = 0;
  std::uint32_t failures = 0;
  SteadyClock::time_point again = SteadyClock::time_point::min();
};

// Connected and subscribed, at the latest at the deadline.
bool EventFollower::State::ready(SteadyClock::time_point deadline) {
  while (!live) {
    if (error || again > deadline) {
      if (!error) std::this_thread::sleep_until(deadline);
      return false;
    }
    std::this_thread::sleep_until(again);
    live = std::make_unique<LiveClient>(endpoint, options.limits, options.encoding);
    Error failed = live->connect();
    if (!failed) failed = live->send(subscription(options.encoding, position + 1, epoch));
    if (!failed) {
      ++connections;
      return true;
    }
    broken(failed);
  }
  return true;
}

void EventFollower::State::broken(const Error& why) {
  live.reset();
  constexpr int kUnauthorised = 401;
  constexpr int kForbidden = 403;
  constexpr int kTokenNoLongerValid = 4401;
  if (why.status == kUnauthorised || why.status == kForbidden ||
      why.close_code == kTokenNoLongerValid) {
    error = why;
    return;
  }
  const auto pause = retry_pause(failures++, random(), options.pauses);
  again = SteadyClock::now() + std::max<milliseconds>(pause, why.retry_after);
}

EventFollower::EventFollower(Endpoint endpoint, FollowOptions options)
    : state_(std::make_unique<State>(std::move(endpoint), options)) {}
EventFollower::~EventFollower() = default;
EventFollower::EventFollower(EventFollower&&) noexcept = default;
EventFollower& EventFollower::operator=(EventFollower&&) noexcept = default;

std::optional<FollowedEvent> EventFollower::next(milliseconds timeout) {
  State& state = *state_;
  const auto deadline = SteadyClock::now() + timeout;
  while (state.ready(deadline)) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - SteadyClock::now());
    auto frame = state.live->receive(std::max(left, milliseconds(0)));
    if (!frame) {
      if (state.live->error().kind == ErrorKind::timeout) return std::nullopt;
      state.broken(Error(state.live->error()));
      continue;
    }
    const Heard heard =
        state.options.encoding == Encoding::binary ? hear_binary(*frame) : hear_text(*frame);
    if (heard.epoch != 0) {
      state.failures = 0;
      state.epoch = heard.epoch;
    }
    if (heard.problem != 0) {
      state.error.kind = ErrorKind::rejected;
      state.error.message = "the subscription was refused";
      state.error.status = heard.problem;
      state.error.body = std::move(*frame);
      state.live.reset();
      return std::nullopt;
    }
    if (heard.position <= state.position) continue;
    state.position = heard.position;
    return FollowedEvent{heard.position, std::move(*frame)};
  }
  return std::nullopt;
}

const Error& EventFollower::error() const { return state_->error; }
std::uint64_t EventFollower::position() const { return state_->position; }
std::uint64_t EventFollower::connections() const { return state_->connections; }
void EventFollower::move_to(Endpoint endpoint) { state_->endpoint = std::move(endpoint); }

}  // namespace silkledger::client
