#include "server/app/limits.h"

#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <system_error>

namespace silkledger::server {
namespace {

struct Setting {
  std::string_view name;
  // False: the number does not fit.
  bool (*set)(ServerLimits&, std::uint64_t);
};

template <class Number>
bool put(Number& into, std::uint64_t value) {
  if (value > static_cast<std::uint64_t>(std::numeric_limits<Number>::max())) return false;
  into = static_cast<Number>(value);
  return true;
}

template <auto Field>
constexpr Setting core(std::string_view name) {
  return {name, [](ServerLimits& limits, std::uint64_t v) { return put(limits.core.*Field, v); }};
}
template <auto Field>
constexpr Setting edge(std::string_view name) {
  return {name, [](ServerLimits& limits, std::uint64_t v) { return put(limits.edge.*Field, v); }};
}

constexpr std::array kSettings{
    core<&CoreLimits::commands_in_flight_max>("commands_in_flight_max"),
    core<&CoreLimits::aggregates_cached_max>("aggregates_cached_max"),
    core<&CoreLimits::page_rows_max>("page_rows_max"),
    core<&CoreLimits::page_rows_default>("page_rows_default"),
    core<&CoreLimits::min_position_wait_ms_max>("min_position_wait_ms_max"),
    core<&CoreLimits::queries_waiting_max>("queries_waiting_max"),
    core<&CoreLimits::wave_ms_min>("wave_ms_min"),
    core<&CoreLimits::wave_ms_max>("wave_ms_max"),
    core<&CoreLimits::wave_us_per_client>("wave_us_per_client"),
    core<&CoreLimits::wave_clients_max>("wave_clients_max"),
    core<&CoreLimits::ring_bytes_max>("ring_bytes_max"),
    core<&CoreLimits::replay_pages_bytes_max>("replay_pages_bytes_max"),
    core<&CoreLimits::pump_frames_max>("pump_frames_max"),
    core<&CoreLimits::catch_up_records_max>("catch_up_records_max"),
    core<&CoreLimits::catch_up_bytes>("catch_up_bytes"),
    core<&CoreLimits::dirty_rows_max>("dirty_rows_max"),
    core<&CoreLimits::subscriptions_per_connection_max>("subscriptions_per_connection_max"),
    core<&CoreLimits::commands_per_connection_max>("commands_per_connection_max"),
    core<&CoreLimits::unsent_frames_max>("unsent_frames_max"),
    core<&CoreLimits::connections_per_person_max>("connections_per_person_max"),
    core<&CoreLimits::day_steps_max>("day_steps_max"),
    core<&CoreLimits::lapses_per_step_max>("lapses_per_step_max"),
    edge<&EdgeLimits::header_bytes_max>("header_bytes_max"),
    edge<&EdgeLimits::header_fields_max>("header_fields_max"),
    edge<&EdgeLimits::target_bytes_max>("target_bytes_max"),
    edge<&EdgeLimits::query_fields_max>("query_fields_max"),
    edge<&EdgeLimits::body_bytes_max>("body_bytes_max"),
    edge<&EdgeLimits::header_timeout_ms>("header_timeout_ms"),
    edge<&EdgeLimits::body_timeout_ms>("body_timeout_ms"),
    edge<&EdgeLimits::write_timeout_ms>("write_timeout_ms"),
    edge<&EdgeLimits::idle_timeout_ms>("idle_timeout_ms"),
    edge<&EdgeLimits::linger_timeout_ms>("linger_timeout_ms"),
    edge<&EdgeLimits::sweep_interval_ms>("sweep_interval_ms"),
    edge<&EdgeLimits::connections_max>("connections_max"),
    edge<&EdgeLimits::connections_per_address_max>("connections_per_address_max"),
    edge<&EdgeLimits::listen_backlog>("listen_backlog"),
    edge<&EdgeLimits::retry_after_s>("retry_after_s"),
    edge<&EdgeLimits::accept_backoff_ms>("accept_backoff_ms"),
    edge<&EdgeLimits::socket_send_buffer_bytes>("socket_send_buffer_bytes"),
    edge<&EdgeLimits::live_message_bytes_max>("live_message_bytes_max"),
    edge<&EdgeLimits::live_fragments_max>("live_fragments_max"),
    edge<&EdgeLimits::live_control_frames_per_s_max>("live_control_frames_per_s_max"),
    edge<&EdgeLimits::live_inbound_messages_max>("live_inbound_messages_max"),
    edge<&EdgeLimits::live_outbox_bytes_max>("live_outbox_bytes_max"),
    edge<&EdgeLimits::live_stalled_ms_max>("live_stalled_ms_max"),
    edge<&EdgeLimits::live_ping_ms>("live_ping_ms"),
    edge<&EdgeLimits::live_idle_ms_max>("live_idle_ms_max"),
    edge<&EdgeLimits::live_close_ms_max>("live_close_ms_max"),
};

std::string all_names() {
  std::string names;
  for (const auto& setting : kSettings) names += "\n  " + std::string(setting.name);
  return names;
}

}  // namespace

std::optional<std::string> set_limits(const std::vector<std::string>& settings,
                                      ServerLimits& limits) {
  for (const std::string& text : settings) {
    const auto equals = text.find('=');
    const std::string_view name = std::string_view(text).substr(0, equals);
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    std::from_chars_result read{text.data(), std::errc::invalid_argument};
    if (equals != std::string::npos) {
      read = std::from_chars(text.data() + equals + 1, end, value);
    }
    const bool is_number = read.ec == std::errc() && read.ptr == end;
    bool known = false;
    bool done = false;
    for (const auto& setting : kSettings) {
      if (setting.name != name) continue;
      known = true;
      done = is_number && setting.set(limits, value);
    }
    if (!known) return "没有这个限值 / no such limit: " + text + all_names();
    if (!done) return "限值须为整数 / a limit is a whole number: " + text;
  }
  return std::nullopt;
}

}  // namespace silkledger::server
