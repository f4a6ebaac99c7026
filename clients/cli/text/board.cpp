#include "clients/cli/text/board.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "clients/cli/text/event_line.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

constexpr std::size_t kEventsShown = 12;
constexpr std::size_t kIndent = 2;  // of rows below their unit

// The unit under which a row of a view stands.
std::string group_of(const std::string& view, const value& row) {
  return text_at(row, view == "lead"       ? "reportingUnit"
                      : view == "approval" ? "handlingUnit"
                                           : "unitId");
}

struct LightCounts {
  std::size_t red = 0, yellow = 0, green = 0, grey = 0;

  void add(const std::string& light) {
    if (light == "red") {
      ++red;
    } else if (light == "yellow") {
      ++yellow;
    } else if (light == "green") {
      ++green;
    } else {
      ++grey;
    }
  }

  std::string words(const Paint& paint) const {
    return paint(Colour::red, "■ " + std::to_string(red)) + "  " +
           paint(Colour::yellow, "▲ " + std::to_string(yellow)) + "  " +
           paint(Colour::green, "● " + std::to_string(green)) + "  " +
           paint(Colour::dim, "○ " + std::to_string(grey));
  }
};

}  // namespace

struct Board::Rows {
  std::map<std::string, value> shown;
  std::map<std::string, value> arriving;  // pages of a snapshot that is not complete yet
  bool in_snapshot = true;
  bool was_complete = false;
};

Board::Board(const ViewWords& words, Paint paint) : words_(words), paint_(paint) {}
Board::~Board() = default;

void Board::begin_again() {
  for (auto& [view, rows] : views_) {
    rows->in_snapshot = true;
    rows->arriving.clear();
  }
}

void Board::resume_events_at(std::uint64_t position) {
  next_event_ = position;
  events_.clear();
}

void Board::note_position(const value& frame) {
  applied_ = std::max(applied_, count_at(frame, "applied").value_or(0));
  head_ = std::max(head_, count_at(frame, "head").value_or(0));
  const std::uint64_t epoch = count_at(frame, "epoch").value_or(epoch_);
  if (epoch == epoch_) return;
  // Positions of another epoch are no measure of this one. An event of an earlier epoch is not
  // news.
  if (text_at(frame, "type") == "event" && epoch < epoch_) return;
  epoch_ = epoch;
  applied_ = count_at(frame, "applied").value_or(0);
  head_ = count_at(frame, "head").value_or(0);
}

Board::Step Board::take(std::string_view text) {
  const value frame = parse_json(text);
  const std::string type = text_at(frame, "type");
  note_position(frame);
  if (type == "rows") return take_rows(frame);
  if (type == "event") return take_event(frame);
  Step step;
  step.needs_redraw = type == "subscribed" || type == "caughtUp";
  return step;
}

Board::Step Board::take_event(const value& frame) {
  Step step{true, true, {event_line(frame, words_.lang, paint_)}};
  const std::uint64_t position = count_at(frame, "position").value_or(0);
  next_event_ = std::max(next_event_, position + 1);
  applied_ = std::max(applied_, position);
  head_ = std::max(head_, position);
  events_.push_back(step.lines.front());
  if (events_.size() > kEventsShown) events_.erase(events_.begin());
  return step;
}

Board::Step Board::take_rows(const value& frame) {
  const std::string view = text_at(frame, "view");
  auto& slot = views_[view];
  if (!slot) slot = std::make_unique<Rows>();
  Rows& rows = *slot;
  const bool snapshot = flag_at(frame, "snapshot");
  if (snapshot && flag_at(frame, "first")) {
    rows.in_snapshot = true;
    rows.arriving.clear();
  }
  Step step;
  const auto* sent = member(frame, "rows");
  if (sent != nullptr && sent->is_array()) {
    auto& into = rows.in_snapshot ? rows.arriving : rows.shown;
    for (const value& row : sent->get_array()) {
      const std::string key = row_key(view, row, words_.catalogue);
      if (!rows.in_snapshot) {
        const auto before = into.find(key);
        auto lines = change_lines(view, before == into.end() ? nullptr : &before->second, row);
        step.lines.insert(step.lines.end(), lines.begin(), lines.end());
      }
      into.insert_or_assign(key, row);
    }
  }
  const auto* gone = member(frame, "gone");
  if (gone != nullptr && gone->is_array()) {
    for (const value& key : gone->get_array()) {
      if (!key.is_string()) continue;
      const std::string id(key.get_string());
      rows.arriving.erase(id);
      if (rows.shown.erase(id) > 0) step.lines.push_back(left_line(id));
    }
  }
  if (snapshot && flag_at(frame, "complete")) {
    finish_snapshot(view, rows, step);
  }
  step.is_update = step.is_update || !snapshot;
  step.needs_redraw = !rows.in_snapshot;
  return step;
}

std::string Board::left_line(const std::string& key) const {
  return (words_.lang == Lang::zh ? "离开看板  " : "left the board  ") + printable(key);
}

// The first snapshot is told as it is; a later one, behind a lost connection, by what changed.
void Board::finish_snapshot(const std::string& view, Rows& rows, Step& step) {
  const auto before = std::exchange(rows.shown, std::exchange(rows.arriving, {}));
  rows.in_snapshot = false;
  step.is_update = true;
  if (!std::exchange(rows.was_complete, true)) {
    step.lines = view_lines(view, rows, 0);
    return;
  }
  for (const auto& [key, row] : rows.shown) {
    const auto was = before.find(key);
    if (was != before.end() && was->second == row) continue;
    auto lines = change_lines(view, was == before.end() ? nullptr : &was->second, row);
    step.lines.insert(step.lines.end(), lines.begin(), lines.end());
  }
  for (const auto& [key, row] : before) {
    if (!rows.shown.contains(key)) step.lines.push_back(left_line(key));
  }
}

// "#57 ● 绿 → ■ 红  示例项目  示例县 …": the mark first, since it is what people look for.
std::vector<std::string> Board::change_lines(const std::string& view, const value* before,
                                             const value& after) const {
  const TableRow now = view_row(view, after, words_);
  const auto heads = view_heads(view, words_);
  const bool zh = words_.lang == Lang::zh;
  std::string line = paint_(Colour::dim, '#' + text_at(after, "position")) + ' ';
  const std::string name =
      text_at(after, "name").empty() ? text_at(after, "investorName") : text_at(after, "name");
  line += printable(name.empty() ? text_at(after, "projectName") : name);
  const std::string key = row_key(view, after, words_.catalogue);
  line += " (" + key + ")";
  if (before == nullptr) {
    line += zh ? "  新上看板" : "  new on the board";
  }
  const TableRow then = before == nullptr ? TableRow() : view_row(view, *before, words_);
  for (std::size_t i = 0; i < now.size(); ++i) {
    const std::string was = i < then.size() ? then[i].text : std::string();
    if (now[i].text == was || (before == nullptr && now[i].text.empty())) continue;
    if (before == nullptr && (now[i].text == name || now[i].text == key)) continue;
    line += "  " + heads[i].head + (zh ? "：" : ": ");
    if (before != nullptr) line += (was.empty() ? std::string("—") : was) + " → ";
    line += paint_(now[i].colour, now[i].text.empty() ? "—" : now[i].text);
  }
  return {line};
}

std::vector<std::string> Board::view_lines(const std::string& view, const Rows& rows,
                                           std::size_t columns) const {
  std::map<std::string, std::vector<const value*>> groups;
  for (const auto& [key, row] : rows.shown) groups[group_of(view, row)].push_back(&row);
  // One table over all groups, so that their columns stand below each other.
  std::vector<TableRow> cells;
  for (const auto& [unit, members] : groups) {
    for (const value* row : members) cells.push_back(view_row(view, *row, words_));
  }
  const auto table =
      table_lines(view_heads(view, words_), cells, columns == 0 ? 0 : columns - kIndent, paint_);
  std::vector<std::string> lines;
  if (!cells.empty()) lines.push_back(std::string(kIndent, ' ') + table[0]);
  std::size_t next = 1;
  for (const auto& [unit, members] : groups) {
    LightCounts lights;
    for (const value* row : members) lights.add(text_at(*row, "light"));
    lines.push_back(paint_(Colour::bold, printable(words_.units.name(unit, words_.lang))) + "  " +
                    (view == "progress" ? lights.words(paint_) : std::to_string(members.size())));
    for (std::size_t i = 0; i < members.size(); ++i) {
      lines.push_back(std::string(kIndent, ' ') + table[next++]);
    }
  }
  if (lines.empty()) lines.push_back(words_.lang == Lang::zh ? "（没有内容）" : "(nothing)");
  return lines;
}

std::vector<std::string> Board::render(std::size_t columns, std::size_t rows) const {
  std::vector<std::string> lines;
  for (const auto& [view, shown] : views_) {
    if (views_.size() > 1) lines.push_back(paint_(Colour::blue, "── " + view));
    for (std::string& line : view_lines(view, *shown, columns)) lines.push_back(std::move(line));
  }
  for (const std::string& event : events_) lines.push_back(event);
  if (rows > 0 && lines.size() > rows) {
    const std::size_t hidden = lines.size() - rows + 1;
    lines.resize(rows - 1);
    lines.push_back(words_.lang == Lang::zh ? "… 还有 " + std::to_string(hidden) + " 行"
                                            : "… " + counted(hidden, "more line", "more lines"));
  }
  return lines;
}

}  // namespace silkledger::cli
