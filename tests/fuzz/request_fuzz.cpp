// The bytes of an HTTP client. A second reading of the framing, written apart from the first, must
// agree with every request that was taken: no byte belongs to two requests, none to a body that the
// header does not announce. And how the bytes were cut into packets changes nothing.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "server/http/request_reader.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

using namespace server;

// Small, so that they are reached.
EdgeLimits small_limits() {
  EdgeLimits limits;
  limits.header_bytes_max = 700;
  limits.header_fields_max = 12;
  limits.target_bytes_max = 200;
  limits.query_fields_max = 5;
  limits.body_bytes_max = 300;
  return limits;
}
const EdgeLimits kLimits = small_limits();

struct Taken {
  HttpRequest request;
  bool upgrade = false;
  bool keep_alive = false;
  std::string bytes;  // what it was read from
};

// Reads requests as a session does, one after the other.
class Session {
 public:
  void receive(std::string_view bytes) {
    if (over_) return;
    received_.append(bytes);
    buffer_.append(bytes);
    while (!over_ && !buffer_.empty()) {
      if (!reader_) reader_.emplace(kLimits);
      const auto step = reader_->advance(buffer_);
      if (step == RequestReader::Step::need_header || step == RequestReader::Step::need_body)
        return;
      if (step == RequestReader::Step::refused) {
        refused_ = over_ = true;
        expect(status_of(reader_->problem().kind) >= 400, "a refusal has a status");
        expect(!reader_->problem().detail_en.empty() && !reader_->problem().detail_zh.empty(),
               "a refusal has words in both languages");
      } else {
        take();
      }
    }
  }

  bool refused() const { return refused_; }
  const std::vector<Taken>& taken() const { return taken_; }

 private:
  void take() {
    Taken one;
    one.upgrade = reader_->wants_upgrade();
    one.keep_alive = reader_->keep_alive();
    one.request = reader_->take();
    const std::size_t end = received_.size() - buffer_.size();
    one.bytes = received_.substr(begin_, end - begin_);
    begin_ = end;
    over_ = one.upgrade || !one.keep_alive;
    taken_.push_back(std::move(one));
    reader_.reset();
  }

  std::string received_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::optional<RequestReader> reader_;
  std::vector<Taken> taken_;
  bool refused_ = false;
  bool over_ = false;
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Framing {
  std::vector<std::string> hosts, lengths, encodings;
};

Framing fields_of(std::string_view head) {
  Framing found;
  head.remove_prefix(head.find("\r\n") + 2);
  while (head != "\r\n") {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(line.size() + 2);
    const std::size_t colon = line.find(':');
    expect(colon != std::string_view::npos && colon > 0, "a field has a name");
    const std::string name = lower(line.substr(0, colon));
    expect(name.find_first_of(" \t\r\n\f\v") == std::string::npos, "a name has no blank");
    const std::string value(without_blanks(line.substr(colon + 1)));
    if (name == "host") found.hosts.push_back(value);
    if (name == "content-length") found.lengths.push_back(value);
    if (name == "transfer-encoding") found.encodings.push_back(value);
    expect(name != "trailer", "no trailer is announced");
  }
  return found;
}

// Chunks as RFC 9112 section 7.1 has them, without extensions and trailers; nothing if they are not
// exactly these bytes.
std::optional<std::string> unchunked(std::string_view bytes) {
  std::string body;
  while (true) {
    const std::size_t line = bytes.find("\r\n");
    if (line == std::string_view::npos || line == 0) return std::nullopt;
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + line, size, 16);
    if (error != std::errc() || end != bytes.data() + line) return std::nullopt;
    bytes.remove_prefix(line + 2);
    if (bytes.size() < size + 2 || bytes.substr(size, 2) != "\r\n") return std::nullopt;
    body.append(bytes.substr(0, size));
    bytes.remove_prefix(size + 2);
    if (size == 0) return bytes.empty() ? std::optional(body) : std::nullopt;
  }
}

void expect_one_reading(const Taken& taken) {
  const std::size_t end = taken.bytes.find("\r\n\r\n");
  expect(end != std::string::npos, "a request has a header");
  const std::string_view head = std::string_view(taken.bytes).substr(0, end + 4);
  const std::string_view rest = std::string_view(taken.bytes).substr(end + 4);
  expect(head.size() <= kLimits.header_bytes_max, "a header keeps its limit");
  for (std::size_t i = 0; i < head.size(); ++i) {
    expect((head[i] == '\n') == (i > 0 && head[i - 1] == '\r'), "every line ends with CR LF");
    expect(head[i] != '\0', "a header has no NUL");
    if (i > 0 && head[i - 1] == '\n') {
      expect(head[i] != ' ' && head[i] != '\t', "no line is folded");
    }
  }
  const Framing framing = fields_of(head);
  expect(framing.hosts.size() == 1, "there is one Host");
  expect(framing.lengths.size() + framing.encodings.size() <= 1, "one field says the length");
  if (!framing.encodings.empty()) {
    expect(framing.encodings.front() == "chunked", "the only encoding is chunked");
    expect(head.find(" HTTP/1.1\r\n") != std::string_view::npos, "chunks come with HTTP/1.1");
    expect(unchunked(rest) == taken.request.body, "the chunks are the body");
  } else {
    expect(rest == taken.request.body, "the body is what follows the header");
    const std::string length = framing.lengths.empty() ? "0" : framing.lengths.front();
    expect(length.find_first_not_of("0123456789") == std::string::npos, "a length is a number");
    expect(std::stoull(length) == rest.size(), "the body is as long as the header says");
  }
}

void expect_sound(const HttpRequest& request) {
  expect(request.body.size() <= kLimits.body_bytes_max, "a body keeps its limit");
  expect(request.query.size() <= kLimits.query_fields_max, "a query keeps its limit");
  const std::string path = request.path + '/';
  expect(path.front() == '/', "a path begins with a slash");
  for (const char* odd : {"//", "/./", "/../", "\\"}) {
    // One slash may stand at the end.
    expect(path.substr(0, path.size() - 1).find(odd) == std::string::npos, "no odd segment");
  }
  for (const char c : path) {
    expect(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "no control character in a path");
  }
}

bool equal(const Taken& a, const Taken& b) {
  return a.bytes == b.bytes && a.request.method == b.request.method &&
         a.request.path == b.request.path && a.request.query == b.request.query &&
         a.request.headers == b.request.headers && a.request.body == b.request.body &&
         a.request.token == b.request.token && a.keep_alive == b.keep_alive &&
         a.upgrade == b.upgrade;
}

void requests(std::string_view bytes) {
  Session whole;
  whole.receive(bytes);
  Session in_pieces;
  for (Slices slices(bytes); !slices.empty();) in_pieces.receive(slices.next());
  expect(whole.refused() == in_pieces.refused(), "packets do not change a refusal");
  expect(std::equal(whole.taken().begin(), whole.taken().end(), in_pieces.taken().begin(),
                    in_pieces.taken().end(), equal),
         "packets do not change a request");
  for (const Taken& taken : whole.taken()) {
    expect_one_reading(taken);
    expect_sound(taken.request);
  }
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::requests(silkledger::fuzz::text_of(data, size));
  return 0;
}
