#include "projections/checkpoint.h"

#include <charconv>

namespace silkledger::projections {
namespace {

constexpr std::string_view kForm = "silkledger-views 3";
constexpr std::string_view kEnd = "end";
constexpr std::string_view kHex = "0123456789abcdef";

std::string hex_of(const eventstore::Hash& hash) {
  std::string hex;
  for (const std::uint8_t byte : hash) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 0xFU];
  }
  return hex;
}

std::optional<eventstore::Hash> hash_of(std::string_view hex) {
  eventstore::Hash hash{};
  if (hex.size() != 2 * hash.size()) return std::nullopt;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const std::size_t digit = kHex.find(hex[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    hash[i / 2] = static_cast<std::uint8_t>((std::size_t{hash[i / 2]} << 4U) | digit);
  }
  return hash;
}

// A cause is one line, whatever an exception said.
std::string one_line(std::string_view cause) {
  std::string line(cause);
  for (char& c : line) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return line;
}

// Takes the first line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// Takes the first word off `line`.
std::string_view take_word(std::string_view& line) {
  const std::size_t end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

template <class Number>
std::optional<Number> number_of(std::string_view word) {
  Number number{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

template <class Number>
std::optional<Number> numbered_line(std::string_view& text, std::string_view name) {
  std::string_view line = take_line(text);
  if (take_word(line) != name) return std::nullopt;
  return number_of<Number>(line);
}

std::optional<ViewState> view_line(std::string_view line) {
  ViewState view;
  view.name = take_word(line);
  const auto version = number_of<std::uint32_t>(take_word(line));
  const auto entries = number_of<std::uint64_t>(take_word(line));
  const auto lanes = lanes_from_hex(line);
  if (view.name.empty() || !version || !entries || !lanes) return std::nullopt;
  view.version = *version;
  view.digest = {*lanes, *entries};
  return view;
}

std::optional<std::vector<ViewState>> view_lines(std::string_view text) {
  std::vector<ViewState> views;
  while (!text.empty()) {
    std::string_view line = take_line(text);
    const std::string_view word = take_word(line);
    if (word == kEnd) return text.empty() ? std::optional(std::move(views)) : std::nullopt;
    if (word == "view") {
      auto view = view_line(line);
      if (!view) return std::nullopt;
      views.push_back(std::move(*view));
    } else if (word == "stopped" && !views.empty() && !views.back().stopped) {
      const auto position = number_of<eventstore::Position>(take_word(line));
      if (!position) return std::nullopt;
      views.back().stopped = Stopped{*position, std::string(line)};
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;  // without its end the text was cut
}

}  // namespace

const ViewState* Checkpoint::view(std::string_view name) const {
  for (const ViewState& state : views) {
    if (state.name == name) return &state;
  }
  return nullptr;
}

std::string encode(const Checkpoint& checkpoint) {
  std::string text(kForm);
  text += "\nepoch " + std::to_string(checkpoint.epoch);
  text += "\nposition " + std::to_string(checkpoint.position);
  text += "\nroot " + hex_of(checkpoint.root) + "\n";
  for (const ViewState& view : checkpoint.views) {
    text += "view " + view.name + " " + std::to_string(view.version) + " " +
            std::to_string(view.digest.entries) + " " + to_hex(view.digest) + "\n";
    if (view.stopped) {
      text += "stopped " + std::to_string(view.stopped->position) + " " +
              one_line(view.stopped->cause) + "\n";
    }
  }
  return text.append(kEnd).append("\n");
}

std::optional<Checkpoint> decode_checkpoint(std::string_view text) {
  if (take_line(text) != kForm) return std::nullopt;
  const auto epoch = numbered_line<eventstore::Epoch>(text, "epoch");
  const auto position = numbered_line<eventstore::Position>(text, "position");
  std::string_view root_line = take_line(text);
  const bool is_root = take_word(root_line) == "root";
  const auto root = hash_of(root_line);
  if (!epoch || !position || !is_root || !root) return std::nullopt;
  auto views = view_lines(text);
  if (!views) return std::nullopt;
  return Checkpoint{*epoch, *position, *root, std::move(*views)};
}

}  // namespace silkledger::projections
