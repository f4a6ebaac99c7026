// Civil dates, instants and the one time zone of the ledger.
//
// Values, pure. Nothing here reads a clock: time enters with a command or as the event DayBegan.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silkledger {

// A day of the Gregorian calendar, as days since 1970-01-01.
struct CivilDate {
  std::int32_t days = 0;
  friend constexpr auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

struct YearMonthDay {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
  friend constexpr bool operator==(const YearMonthDay&, const YearMonthDay&) = default;
};

// A moment, as microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
};

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;
// Beijing time all year round, also in Xinjiang's public offices; no daylight saving.
inline constexpr std::int64_t kBeijingOffsetUs = 8 * 3600 * kMicrosPerSecond;

// Accepted years of dates that people enter; outside, a date is a slip of the pen.
inline constexpr std::int32_t kEarliestYear = 1949;
inline constexpr std::int32_t kLatestYear = 2199;

// Conversions are total over CivilDate and Instant; the one exception is beijing_midnight.
YearMonthDay year_month_day(CivilDate date);
std::optional<CivilDate> civil_date(YearMonthDay ymd);  // nothing for 2026-02-30
std::int32_t iso_weekday(CivilDate date);               // 1 Monday … 7 Sunday
CivilDate beijing_date(Instant instant);
// The instant at which the day begins in Beijing. Defined for days within ±100,000,000 of 1970.
Instant beijing_midnight(CivilDate date);

std::string to_string(CivilDate date);   // "2026-03-05"
std::string to_string(Instant instant);  // "2026-03-05T01:02:03.000004Z", always six digits

// What people and programs write. Nothing when the text is not exactly of the form, names a day
// that does not exist, or lies outside the accepted years: no blanks, no full-width digits, no
// guessing.
std::optional<CivilDate> parse_date(std::string_view text);  // "YYYY-MM-DD"
// RFC 3339: "Z" or "±HH:MM", one to six digits of a second or none. A leap second (":60") is
// refused. The accepted years are those of the Beijing day, so to_string of an accepted instant is
// accepted.
std::optional<Instant> parse_instant(std::string_view text);
// "YYYY", "YYYY-MM" or "YYYY-MM-DD" with a real month and day.
bool is_partial_date(std::string_view text);

}  // namespace silkledger
