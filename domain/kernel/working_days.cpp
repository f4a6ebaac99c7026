#include "domain/kernel/working_days.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <set>
#include <utility>

namespace silkledger {
namespace {

constexpr std::size_t kDaysOfLongestYear = 366;
constexpr std::size_t kBitsPerWord = 64;
constexpr std::size_t kWords = (kDaysOfLongestYear + kBitsPerWord - 1) / kBitsPerWord;
// A list may reach this far into its neighbour years: exchanged weekends lie near their holiday.
constexpr std::int32_t kListReachDays = 31;

// One bit for each day of a year, bit 0 for 1 January.
using YearBits = std::array<std::uint64_t, kWords>;

constexpr bool test(const YearBits& bits, std::size_t day) {
  return (bits[day / kBitsPerWord] >> (day % kBitsPerWord) & 1U) != 0;
}

constexpr void assign(YearBits& bits, std::size_t day, bool value) {
  const std::uint64_t mask = std::uint64_t{1} << (day % kBitsPerWord);
  if (value) {
    bits[day / kBitsPerWord] |= mask;
  } else {
    bits[day / kBitsPerWord] &= ~mask;
  }
}

// Monday to Friday, for a year that begins on each of the seven weekdays.
constexpr std::array<YearBits, 7> make_weekday_bits() {
  std::array<YearBits, 7> all{};
  for (std::size_t first = 0; first < 7; ++first) {
    for (std::size_t day = 0; day < kDaysOfLongestYear; ++day) {
      assign(all[first], day, (first + day) % 7 < 5);
    }
  }
  return all;
}
constexpr std::array<YearBits, 7> kWeekdayBits = make_weekday_bits();

CivilDate first_day(std::int32_t year) { return *civil_date({year, 1, 1}); }

std::size_t day_of_year(CivilDate date, std::int32_t year) {
  return static_cast<std::size_t>(date.days - first_day(year).days);
}

std::int32_t year_of(CivilDate date) { return year_month_day(date).year; }

// The bits `from` to `to`, both included, of word `word`.
std::uint64_t word_in_range(const YearBits& bits, std::size_t word, std::size_t from,
                            std::size_t to) {
  const std::size_t begin = word * kBitsPerWord;
  const std::size_t end = begin + kBitsPerWord;  // one past
  if (to < begin || from >= end) return 0;
  std::uint64_t value = bits[word];
  if (from > begin) value &= ~std::uint64_t{0} << (from - begin);
  if (to < end - 1) value &= ~std::uint64_t{0} >> (end - 1 - to);
  return value;
}

std::int32_t count_in_range(const YearBits& bits, std::size_t from, std::size_t to) {
  int count = 0;
  for (std::size_t word = from / kBitsPerWord; word <= to / kBitsPerWord; ++word) {
    count += std::popcount(word_in_range(bits, word, from, to));
  }
  return count;
}

// The n-th set bit at or after `from`, n from 1; the caller knows that it exists.
std::size_t nth_from(const YearBits& bits, std::size_t from, std::int32_t n) {
  for (std::size_t word = from / kBitsPerWord; word < kWords; ++word) {
    std::uint64_t value = word_in_range(bits, word, from, kDaysOfLongestYear - 1);
    const std::int32_t here = std::popcount(value);
    if (n > here) {
      n -= here;
      continue;
    }
    for (; n > 1; --n) value &= value - 1;
    return word * kBitsPerWord + static_cast<std::size_t>(std::countr_zero(value));
  }
  assert(false);
  return kDaysOfLongestYear;
}

}  // namespace

class CalendarLayer {
 public:
  struct Year {
    std::int32_t year = 0;
    YearBits named{};    // days this layer speaks about
    YearBits working{};  // those of them that are working days
  };

  void publish(std::int32_t year, std::vector<DayEntry> days) {
    lists_.insert_or_assign(year, std::move(days));
    index();
  }

  void set(DayEntry entry) {
    const CivilDate date = entry.date;
    single_days_.insert_or_assign(date, std::move(entry));
    index();
  }

  void clear(CivilDate date) {
    single_days_.erase(date);
    index();
  }

  bool is_empty() const { return lists_.empty() && single_days_.empty(); }
  bool has_lists() const { return !lists_.empty(); }
  bool has_list(std::int32_t year) const { return lists_.contains(year); }

  const Year* find_year(std::int32_t year) const {
    const auto at = std::ranges::lower_bound(years_, year, {}, &Year::year);
    return at != years_.end() && at->year == year ? &*at : nullptr;
  }

  const DayEntry* find_entry(CivilDate date) const {
    if (const auto at = single_days_.find(date); at != single_days_.end()) return &at->second;
    for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
      const auto at = std::ranges::lower_bound(list->second, date, {}, &DayEntry::date);
      if (at != list->second.end() && at->date == date) return &*at;
    }
    return nullptr;
  }

  friend bool operator==(const CalendarLayer& a, const CalendarLayer& b) {
    return a.lists_ == b.lists_ && a.single_days_ == b.single_days_;
  }

 private:
  // In the order of precedence from weak to strong: lists by year, then single days.
  void index() {
    std::map<std::int32_t, Year> by_year;
    const auto mark = [&by_year](const DayEntry& entry) {
      const std::int32_t year = year_of(entry.date);
      Year& bits = by_year.try_emplace(year, Year{year, {}, {}}).first->second;
      const std::size_t day = day_of_year(entry.date, year);
      assign(bits.named, day, true);
      assign(bits.working, day, entry.kind == DayEntryKind::workday);
    };
    for (const auto& [year, days] : lists_) std::ranges::for_each(days, mark);
    for (const auto& [date, entry] : single_days_) mark(entry);
    years_.clear();
    for (const auto& [year, bits] : by_year) years_.push_back(bits);
  }

  std::map<std::int32_t, std::vector<DayEntry>> lists_;  // by list year, each sorted by date
  std::map<CivilDate, DayEntry> single_days_;
  std::vector<Year> years_;  // derived, sorted by year
};

namespace {

// The working days of one year under a stack of layers, widest first.
template <typename Layers>
YearBits working_bits(const Layers& layers, std::int32_t year) {
  YearBits bits = kWeekdayBits[static_cast<std::size_t>(iso_weekday(first_day(year)) - 1)];
  for (const auto& named : layers) {
    const CalendarLayer::Year* own = named.layer->find_year(year);
    if (own == nullptr) continue;
    for (std::size_t word = 0; word < kWords; ++word) {
      bits[word] = (bits[word] & ~own->named[word]) | own->working[word];
    }
  }
  return bits;
}

}  // namespace

bool UnitCalendar::is_working(CivilDate date) const {
  const std::int32_t year = year_of(date);
  const std::size_t day = day_of_year(date, year);
  for (auto named = layers_.rbegin(); named != layers_.rend(); ++named) {
    const CalendarLayer::Year* own = named->layer->find_year(year);
    if (own != nullptr && test(own->named, day)) return test(own->working, day);
  }
  return iso_weekday(date) <= 5;
}

DayKind UnitCalendar::explain(CivilDate date) const {
  DayKind kind;
  kind.is_provisional = is_provisional(year_of(date));
  for (auto named = layers_.rbegin(); named != layers_.rend(); ++named) {
    const DayEntry* entry = named->layer->find_entry(date);
    if (entry == nullptr) continue;
    kind.is_working = entry->kind == DayEntryKind::workday;
    kind.because = DayKind::Because::layer;
    kind.layer = named->name;
    kind.name = entry->name;
    return kind;
  }
  kind.is_working = iso_weekday(date) <= 5;
  kind.because = kind.is_working ? DayKind::Because::weekday : DayKind::Because::weekend;
  return kind;
}

bool UnitCalendar::is_provisional(std::int32_t year) const {
  if (layers_.empty() || !layers_.front().layer->has_list(year)) return true;
  return std::ranges::any_of(layers_, [year](const Named& named) {
    return named.name == kRegionalLayer && named.layer->has_lists() && !named.layer->has_list(year);
  });
}

Due UnitCalendar::add_working_days(CivilDate from, std::int32_t n) const {
  assert(n >= 0 && n <= kMostAddedDays);
  if (n == 0) return {from, false};
  Due due;
  CivilDate start{from.days + 1};
  for (;;) {
    const std::int32_t year = year_of(start);
    const CivilDate next_year = first_day(year + 1);
    const YearBits bits = working_bits(layers_, year);
    const std::size_t begin = day_of_year(start, year);
    const std::int32_t here =
        count_in_range(bits, begin, day_of_year(CivilDate{next_year.days - 1}, year));
    due.is_provisional = due.is_provisional || is_provisional(year);
    if (n <= here) {
      const auto day = static_cast<std::int32_t>(nth_from(bits, begin, n));
      due.day = CivilDate{first_day(year).days + day};
      return due;
    }
    n -= here;
    start = next_year;
  }
}

DayCount UnitCalendar::working_days_between(CivilDate after, CivilDate through,
                                            std::span<const Pause> pauses) const {
  return days_between(DayUnit::working, after, through, pauses);
}

Due UnitCalendar::add_days(DayUnit unit, CivilDate from, std::int32_t n) const {
  if (unit == DayUnit::working) return add_working_days(from, n);
  assert(n >= 0 && n <= kMostAddedDays);
  return {CivilDate{from.days + n}, false};
}

DayCount UnitCalendar::days_between(DayUnit unit, CivilDate after, CivilDate through,
                                    std::span<const Pause> pauses) const {
  assert(std::ranges::is_sorted(pauses, {}, &Pause::paused_on));
  DayCount total;
  const auto add = [&](CivilDate from, CivilDate to) {
    const DayCount part = count(unit, from, to);
    total.days += part.days;
    total.is_provisional = total.is_provisional || part.is_provisional;
  };
  CivilDate cursor = after;
  for (const Pause& pause : pauses) {
    assert(!pause.resumed_on || *pause.resumed_on >= pause.paused_on);
    add(cursor, std::min(pause.paused_on, through));
    if (!pause.resumed_on) return total;
    cursor = std::max(cursor, *pause.resumed_on);
  }
  add(cursor, through);
  return total;
}

// Days in (after, through]; 0 when `through` is not later.
DayCount UnitCalendar::count(DayUnit unit, CivilDate after, CivilDate through) const {
  if (through <= after) return {};
  if (unit == DayUnit::calendar) return {through.days - after.days, false};
  DayCount total;
  CivilDate start{after.days + 1};
  while (start <= through) {
    const std::int32_t year = year_of(start);
    const CivilDate next_year = first_day(year + 1);
    const CivilDate last = std::min(through, CivilDate{next_year.days - 1});
    total.days += count_in_range(working_bits(layers_, year), day_of_year(start, year),
                                 day_of_year(last, year));
    total.is_provisional = total.is_provisional || is_provisional(year);
    start = next_year;
  }
  return total;
}

bool operator==(const UnitCalendar& a, const UnitCalendar& b) {
  return std::ranges::equal(a.layers_, b.layers_, [](const auto& x, const auto& y) {
    return x.name == y.name && (x.layer == y.layer || *x.layer == *y.layer);
  });
}

void WorkingCalendar::publish_list(std::string_view layer, std::int32_t year,
                                   std::vector<DayEntry> days) {
  // A day named twice (check_holiday_list refuses it) takes its last entry, here and in the bitmap.
  std::ranges::reverse(days);
  std::ranges::stable_sort(days, {}, &DayEntry::date);
  const auto is_same_day = [](const DayEntry& a, const DayEntry& b) { return a.date == b.date; };
  days.erase(std::unique(days.begin(), days.end(), is_same_day), days.end());
  CalendarLayer next = copy_of(layer);
  next.publish(year, std::move(days));
  put(layer, std::move(next));
}

void WorkingCalendar::set_day(std::string_view layer, DayEntry entry) {
  CalendarLayer next = copy_of(layer);
  next.set(std::move(entry));
  put(layer, std::move(next));
}

void WorkingCalendar::clear_day(std::string_view layer, CivilDate date) {
  CalendarLayer next = copy_of(layer);
  next.clear(date);
  put(layer, std::move(next));
}

bool WorkingCalendar::has_list(std::string_view layer, std::int32_t year) const {
  const auto at = layers_.find(layer);
  return at != layers_.end() && at->second->has_list(year);
}

UnitCalendar WorkingCalendar::for_layers(std::span<const std::string> layers) const {
  static const auto kNothing = std::make_shared<const CalendarLayer>();
  UnitCalendar calendar;
  calendar.layers_.reserve(layers.size() + 1);
  const auto push = [&](std::string_view name) {
    const auto at = layers_.find(name);
    calendar.layers_.push_back({std::string(name), at == layers_.end() ? kNothing : at->second});
  };
  push(kNationalLayer);
  for (const std::string& name : layers) {
    if (name != kNationalLayer) push(name);
  }
  return calendar;
}

CalendarLayer WorkingCalendar::copy_of(std::string_view layer) const {
  const auto at = layers_.find(layer);
  return at == layers_.end() ? CalendarLayer{} : *at->second;
}

// A layer that says nothing is dropped, so that equal contents are equal calendars.
void WorkingCalendar::put(std::string_view name, CalendarLayer layer) {
  const auto at = layers_.find(name);
  if (layer.is_empty()) {
    if (at != layers_.end()) layers_.erase(at);
    return;
  }
  auto shared = std::make_shared<const CalendarLayer>(std::move(layer));
  if (at == layers_.end()) {
    layers_.emplace(std::string(name), std::move(shared));
  } else {
    at->second = std::move(shared);
  }
}

bool operator==(const WorkingCalendar& a, const WorkingCalendar& b) {
  return std::ranges::equal(a.layers_, b.layers_, [](const auto& x, const auto& y) {
    return x.first == y.first && (x.second == y.second || *x.second == *y.second);
  });
}

std::vector<Text> check_holiday_list(std::int32_t year, std::span<const DayEntry> days) {
  std::vector<Text> faults;
  const CivilDate earliest{first_day(year).days - kListReachDays};
  const CivilDate latest{first_day(year + 1).days - 1 + kListReachDays};
  std::set<CivilDate> seen;
  for (const DayEntry& entry : days) {
    const std::string day = to_string(entry.date);
    const std::string list_year = std::to_string(year);
    if (entry.date < earliest || entry.date > latest) {
      faults.push_back(
          {day + " 不属于 " + list_year + " 年的安排；请核对日期，或改入对应年份的通知",
           day + " does not belong to the list of " + list_year +
               "; check the date or enter it with the list of its own year"});
    }
    if (!seen.insert(entry.date).second) {
      faults.push_back({day + " 出现两次；同一日期只能有一种安排，请删去其一",
                        day + " is named twice; a day has one arrangement only, remove one"});
    }
  }
  return faults;
}

}  // namespace silkledger
