#include "server/http/answer_writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "server/http/text.h"

namespace silkledger::server {

namespace {

struct Default {
  const char* name;
  const char* value;
};

constexpr Default kDefaults[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

struct Reason {
  int status;
  const char* phrase;
};

constexpr Reason kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

// Empty for a status without a phrase, as RFC 9112 allows.
const char* reason_phrase(int status) {
  for (const Reason& reason : kReasons) {
    if (reason.status == status) return reason.phrase;
  }
  return "";
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

void add(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

bool has_header(const HttpResponse& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(), [name](const auto& header) {
    return equal_ignoring_case(header.first, name);
  });
}

// RFC 9110: these have no body, and a 304 that claimed a length would describe another answer.
bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

bool is_sendable(const HttpResponse& response) {
  if (response.status < 200 || response.status > 599) return false;
  if (has_control_character(response.content_type)) return false;
  if (has_no_body(response.status) && !response.body.empty()) return false;
  return std::all_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
    // Framing is the edge's business alone.
    return is_token(header.first) && !has_control_character(header.second) &&
           !equal_ignoring_case(header.first, "content-length") &&
           !equal_ignoring_case(header.first, "transfer-encoding") &&
           !equal_ignoring_case(header.first, "connection");
  });
}

std::string http_date(std::int64_t seconds_since_epoch) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds_since_epoch)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::string answer_head(const HttpResponse& response, bool keep_alive, const std::string& date) {
  std::string head;
  head.reserve(512);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_phrase(response.status)).append("\r\n");
  add(head, "Date", date);
  for (const Default& header : kDefaults) {
    if (!has_header(response, header.name)) add(head, header.name, header.value);
  }
  for (const auto& [name, value] : response.headers) add(head, name, value);
  if (!response.content_type.empty()) add(head, "Content-Type", response.content_type);
  if (!has_no_body(response.status)) {
    add(head, "Content-Length", std::to_string(response.body.size()));
  }
  add(head, "Connection", keep_alive ? "keep-alive" : "close");
  head.append("\r\n");
  return head;
}

}  // namespace silkledger::server
