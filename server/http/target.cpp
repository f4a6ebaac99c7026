#include "server/http/target.h"

#include <algorithm>
#include <boost/url/encoding_opts.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "domain/kernel/code_points.h"
#include "server/http/text.h"

namespace silkledger::server {

namespace {

namespace urls = boost::urls;

Problem bad(const char* detail_en, const char* detail_zh) {
  return {EdgeProblem::bad_target, detail_en, detail_zh};
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// Either side of a '%2F' disagrees on where the segment ends.
bool has_escaped_slash(std::string_view encoded_path) {
  for (std::size_t at = encoded_path.find('%'); at != std::string_view::npos;
       at = encoded_path.find('%', at + 1)) {
    const std::string_view escape = encoded_path.substr(at, 3);
    if (equal_ignoring_case(escape, "%2f") || equal_ignoring_case(escape, "%5c")) return true;
  }
  return false;
}

bool has_odd_segment(std::string_view path) {
  if (path.empty() || path.front() != '/') return true;
  path.remove_prefix(1);
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, slash);
    if (segment.empty() || segment == "." || segment == "..") return true;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return false;
}

}  // namespace

std::variant<Target, Problem> parse_target(std::string_view target, const EdgeLimits& limits) {
  const auto parsed = urls::parse_origin_form({target.data(), target.size()});
  if (!parsed) {
    return bad("The target is not a valid path with an optional query; escape other characters.",
               "请求地址不是有效的路径和查询参数，其他字符须转义。");
  }
  const urls::url_view url = *parsed;
  Target result;
  result.path = url.path();
  const auto encoded = url.encoded_path();
  if (has_escaped_slash({encoded.data(), encoded.size()}) || has_odd_segment(result.path) ||
      result.path.find('\\') != std::string::npos) {
    return bad("The path contains an empty, dot or ambiguous segment.",
               "请求路径包含空段、点段或有歧义的分隔符。");
  }
  if (!is_utf8(result.path) || has_control_character(result.path)) {
    return bad("The path is not valid UTF-8 text once decoded.",
               "请求路径解码后不是有效的 UTF-8 文本。");
  }
  const urls::encoding_opts plus_is_space(true);
  for (const auto& parameter : url.params(plus_is_space)) {
    if (result.query.size() == limits.query_fields_max) {
      return bad("There are too many query parameters.", "查询参数过多。");
    }
    if (!is_utf8(parameter.key) || !is_utf8(parameter.value)) {
      return bad("A query parameter is not valid UTF-8 text once decoded.",
                 "查询参数解码后不是有效的 UTF-8 文本。");
    }
    result.query.emplace_back(parameter.key, parameter.value);
  }
  return result;
}

}  // namespace silkledger::server
