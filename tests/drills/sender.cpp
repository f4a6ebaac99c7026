#include "tests/drills/sender.h"

#include "tests/e2e/live_subscriber.h"

namespace silkledger::testing {

std::string Sender::begin(int number) {
  auto id = name + "-" + std::to_string(number);
  history.sent(id);
  return id;
}

void Sender::take(const std::string& id, int status, const boost::json::value& body) {
  if (status == 200) {
    history.stored(id, number_of(body.as_object(), "position"));
    return on_stored();
  }
  refused.push_back({status, boost::json::serialize(body)});
  if (!refused.back().outcome_unknown()) history.refused(id);
}

void Sender::over_http(const client::Endpoint& endpoint) {
  ApiClient client(endpoint);
  for (int i = 0; i < commands_max; ++i) {
    const auto id = begin(i);
    const auto answer = client.command("report-lead", id, lead_body(id, unit));
    if (answer.status == 0) return;
    take(id, answer.status, answer.body);
  }
}

void Sender::over_websocket(const client::Endpoint& endpoint) {
  constexpr int kInFlight = 8;
  client::LiveClient live(endpoint);
  if (live.connect()) return;
  int in_flight = 0;
  for (int i = 0; i < commands_max || in_flight > 0;) {
    for (; in_flight < kInFlight && i < commands_max; ++in_flight, ++i) {
      const auto id = begin(i);
      if (live.send(command_frame(id, "reportLead", lead_body(id, unit)))) return;
    }
    const auto text = live.receive(kFrameLimit);
    if (!text) return;
    const auto frame = boost::json::parse(*text).as_object();
    if (text_of(frame, "type") != "answer") {
      refused.push_back({0, *text});
      return;
    }
    take(text_of(frame, "commandId"), static_cast<int>(number_of(frame, "status")),
         frame.at("body"));
    --in_flight;
  }
}

}  // namespace silkledger::testing
