#include "clients/cli/text/event_line.h"

#include <boost/json.hpp>

#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"
#include "domain/kernel/time.h"

namespace silkledger::cli {
namespace {

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string beijing_time(const std::string& rfc3339) {
  const auto instant = parse_instant(rfc3339);
  if (!instant) return printable(rfc3339);
  const CivilDate day = beijing_date(*instant);
  const auto second = (instant->us - beijing_midnight(day).us) / kMicrosPerSecond;
  return to_string(day) + ' ' + two_digits(second / 3600) + ':' + two_digits(second / 60 % 60) +
         ':' + two_digits(second % 60);
}

std::string event_line(const boost::json::value& event, Lang lang, const Paint& paint) {
  const std::string sentence = text_at(event, lang == Lang::zh ? "zh" : "en");
  return paint(Colour::dim, '#' + text_at(event, "position")) + ' ' +
         paint(Colour::dim, beijing_time(text_at(event, "recordedAt"))) + "  " +
         printable(sentence);
}

}  // namespace silkledger::cli
