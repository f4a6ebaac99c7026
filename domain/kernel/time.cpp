#include "domain/kernel/time.h"

#include <array>
#include <cassert>

namespace silkledger {
namespace {

// Integer calendar arithmetic on a 400-year era that begins on 1 March, so that the leap day is the
// last day of its year and needs no special case. std::chrono::year ends at ±32767 and a CivilDate
// does not, hence our own arithmetic.
constexpr std::int64_t kDaysPerEra = 146'097;
constexpr std::int64_t kDaysFromEraToEpoch = 719'468;  // 0000-03-01 to 1970-01-01

constexpr std::int64_t floor_div(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

constexpr std::int64_t floor_mod(std::int64_t value, std::int64_t divisor) {
  const std::int64_t rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}

constexpr std::int64_t days_from(std::int64_t year, std::int64_t month, std::int64_t day) {
  const std::int64_t shifted_year = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(shifted_year, 400);
  const std::int64_t year_of_era = shifted_year - era * 400;
  const std::int64_t month_from_march = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysFromEraToEpoch;
}

constexpr YearMonthDay from_days(std::int64_t days) {
  const std::int64_t shifted = days + kDaysFromEraToEpoch;
  const std::int64_t era = floor_div(shifted, kDaysPerEra);
  const std::int64_t day_of_era = shifted - era * kDaysPerEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<std::int32_t>(year), static_cast<std::int32_t>(month),
          static_cast<std::int32_t>(day)};
}

static_assert(days_from(1970, 1, 1) == 0);
static_assert(days_from(2000, 2, 29) == 11'016);
static_assert(from_days(-1) == YearMonthDay{1969, 12, 31});

constexpr bool is_leap(std::int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap(year)) return 29;
  return kDays[static_cast<std::size_t>(month - 1)];
}

constexpr bool is_accepted_year(std::int32_t year) {
  return year >= kEarliestYear && year <= kLatestYear;
}

// Takes exactly `width` digits off the front of `text`; nothing when they are not all digits.
std::optional<std::int32_t> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  std::int32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take_char(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<YearMonthDay> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take_char(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take_char(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  return YearMonthDay{*year, *month, *day};
}

// "HH:MM:SS" and up to six digits of a second, as microseconds of the day. Second 60 is refused:
// the ledger's instants, like POSIX time, have no leap seconds.
std::optional<std::int64_t> take_time_of_day(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take_char(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take_char(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  std::int64_t micros = 0;
  if (take_char(text, '.')) {
    std::int64_t scale = kMicrosPerSecond;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      if (scale == 1) return std::nullopt;  // A seventh digit would be lost without a word.
      scale /= 10;
      micros += scale * (text.front() - '0');
      text.remove_prefix(1);
    }
    if (scale == kMicrosPerSecond) return std::nullopt;
  }
  const std::int64_t seconds = (*hour * 60LL + *minute) * 60 + *second;
  return seconds * kMicrosPerSecond + micros;
}

// "Z" or "±HH:MM", as microseconds to subtract from the written local time.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take_char(text, 'Z') || take_char(text, 'z')) return 0;
  const bool is_east = take_char(text, '+');
  if (!is_east && !take_char(text, '-')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take_char(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const std::int64_t micros = (*hour * 60LL + *minute) * 60 * kMicrosPerSecond;
  return is_east ? micros : -micros;
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

YearMonthDay year_month_day(CivilDate date) { return from_days(date.days); }

std::optional<CivilDate> civil_date(YearMonthDay ymd) {
  if (ymd.month < 1 || ymd.month > 12) return std::nullopt;
  if (ymd.day < 1 || ymd.day > days_in_month(ymd.year, ymd.month)) return std::nullopt;
  const std::int64_t days = days_from(ymd.year, ymd.month, ymd.day);
  if (days < INT32_MIN || days > INT32_MAX) return std::nullopt;
  return CivilDate{static_cast<std::int32_t>(days)};
}

std::optional<CivilDate> parse_date(std::string_view text) {
  const auto ymd = take_date(text);
  if (!ymd || !text.empty() || !is_accepted_year(ymd->year)) return std::nullopt;
  return civil_date(*ymd);
}

std::string to_string(CivilDate date) {
  const YearMonthDay ymd = year_month_day(date);
  std::string out;
  out.reserve(10);
  if (ymd.year < 0) out += '-';
  append_padded(out, ymd.year < 0 ? -std::int64_t{ymd.year} : ymd.year, 4);
  out += '-';
  append_padded(out, ymd.month, 2);
  out += '-';
  append_padded(out, ymd.day, 2);
  return out;
}

std::string to_string(Instant instant) {
  const std::int64_t days = floor_div(instant.us, kMicrosPerDay);
  const std::int64_t of_day = floor_mod(instant.us, kMicrosPerDay);
  const std::int64_t seconds = of_day / kMicrosPerSecond;
  std::string out = to_string(CivilDate{static_cast<std::int32_t>(days)});
  out += 'T';
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  out += '.';
  append_padded(out, of_day % kMicrosPerSecond, 6);
  out += 'Z';
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto ymd = take_date(text);
  if (!ymd) return std::nullopt;
  const auto date = civil_date(*ymd);
  if (!date || !(take_char(text, 'T') || take_char(text, 't'))) return std::nullopt;
  const auto time_of_day = take_time_of_day(text);
  if (!time_of_day) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const Instant instant{date->days * kMicrosPerDay + *time_of_day - *offset};
  // Judged by the Beijing day, so that what to_string writes for an accepted instant is accepted.
  if (!is_accepted_year(year_month_day(beijing_date(instant)).year)) return std::nullopt;
  return instant;
}

CivilDate beijing_date(Instant instant) {
  // Floored before the offset is added: the sum of the two could leave the range of 64 bits.
  const std::int64_t days = floor_div(instant.us, kMicrosPerDay);
  const std::int64_t of_day = floor_mod(instant.us, kMicrosPerDay);
  return CivilDate{static_cast<std::int32_t>(days + (of_day + kBeijingOffsetUs) / kMicrosPerDay)};
}

Instant beijing_midnight(CivilDate date) {
  constexpr std::int32_t kMostDays = 100'000'000;  // 64 bits of microseconds end 6 % beyond.
  assert(date.days >= -kMostDays && date.days <= kMostDays);
  return Instant{date.days * kMicrosPerDay - kBeijingOffsetUs};
}

std::int32_t iso_weekday(CivilDate date) {
  // 1970-01-01 was a Thursday.
  const std::int64_t from_monday = std::int64_t{date.days} + 3;
  return static_cast<std::int32_t>(floor_mod(from_monday, 7)) + 1;
}

bool is_partial_date(std::string_view text) {
  if (text.size() == 10) return parse_date(text).has_value();
  const auto year = take_digits(text, 4);
  if (!year || !is_accepted_year(*year)) return false;
  if (text.empty()) return true;
  if (!take_char(text, '-')) return false;
  const auto month = take_digits(text, 2);
  return month && text.empty() && *month >= 1 && *month <= 12;
}

}  // namespace silkledger
