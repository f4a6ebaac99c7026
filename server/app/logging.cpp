#include "server/app/logging.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "domain/schema/json/writer.h"

namespace silkledger::server {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

Log make_log(const std::string& level) {
  // Not in spdlog's registry: whoever logs is given its log.
  auto logger = std::make_shared<spdlog::logger>("silkledger",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(spdlog::level::from_str(level));
  logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})",
                      spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  return [logger](LogLevel at, std::string_view event, const LogFields& fields) {
    if (!logger->should_log(level_of(at))) return;
    // The writer escapes control characters, so a field cannot forge a line.
    std::string text;
    const json::EncodeOptions options;
    json::Writer out(text, options);
    out.begin_object();
    out.key("event");
    out.string(event);
    for (const auto& [name, value] : fields) {
      out.key(name);
      out.string(value);
    }
    out.end_object();
    logger->log(level_of(at), "{}", std::string_view(text).substr(1, text.size() - 2));
  };
}

}  // namespace silkledger::server
