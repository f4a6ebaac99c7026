// What tests say and hear on the live channel.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <stdexcept>
#include <string>

#include "clients/cpp/client.h"
#include "tests/support/api_client.h"

namespace silkledger::testing {

inline constexpr std::chrono::seconds kFrameLimit{20};

// {"leadId":…} as a command of the live channel: the fields with their type.
inline std::string command_frame(const std::string& id, const std::string& type,
                                 const std::string& body, const std::string& more = {}) {
  return R"({"type":"command","commandId":")" + id + R"(","request":{)" + more +
         R"("command":{"type":")" + type + "\"," + body.substr(1) + "}}";
}

inline boost::json::object next_frame(client::LiveClient& live) {
  const auto text = live.receive(kFrameLimit);
  if (!text) throw std::runtime_error("no frame: " + live.error().message);
  return boost::json::parse(*text).as_object();
}

// Sends a command and reads to its answer.
inline boost::json::object answered(client::LiveClient& live, const std::string& id,
                                    const std::string& type, const std::string& body) {
  if (const auto error = live.send(command_frame(id, type, body))) {
    throw std::runtime_error("send: " + error.message);
  }
  while (true) {
    auto frame = next_frame(live);
    if (text_of(frame, "type") == "answer" && text_of(frame, "commandId") == id) return frame;
  }
}

}  // namespace silkledger::testing
