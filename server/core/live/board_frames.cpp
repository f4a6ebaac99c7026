// What a live client is shown of a board: its rows page by page, then every change in its latest
// state.
#include <utility>

#include "domain/schema/json/json.h"
#include "server/core/live/live_codec.h"
#include "server/core/live/live_connection.h"
#include "server/core/query_service.h"
#include "server/core/row_json.h"

namespace silkledger::server {

bool LiveConnectionState::pump_board(const std::string& topic, Board& board) {
  if (board.in_snapshot) return send_snapshot_page(topic, board);
  if (!board.dirty.empty()) return send_changes(topic, board);
  return false;
}

namespace {

// One frame of rows in the making. JSON is written as it comes; a binary frame carries the rows as
// they are stored, unless they hold personal fields.
class RowsFrame {
 public:
  RowsFrame(Encoding encoding, const json::EncodeOptions& options, schema::LiveRows head)
      : encoding_(encoding), options_(options), head_(std::move(head)) {}

  void add(std::string_view row) {
    if (encoding_ == Encoding::binary) {
      head_.rows.push_back(shown_row(head_.view, row, options_.unsealer));
      return;
    }
    if (!rows_.empty()) rows_ += ',';
    append_row_json(rows_, head_.view, row, options_);
  }
  void gone(std::string key) { head_.gone.push_back(std::move(key)); }

  WireFrames finish() {
    if (encoding_ == Encoding::binary) return render(std::move(head_), encoding_);
    std::string bytes;
    const auto begin = begin_frame(bytes);
    json::Writer out(bytes, options_);
    out.begin_object();
    out.key("type");
    out.string("rows");
    out.key("topic");
    out.string(head_.topic);
    out.key("view");
    out.string(head_.view);
    out.key("snapshot");
    out.boolean(head_.snapshot);
    out.key("applied");
    out.big(head_.applied);
    out.key("head");
    out.big(head_.head);
    out.key("epoch");
    out.big(head_.epoch);
    if (head_.snapshot) {
      out.key("first");
      out.boolean(head_.first);
      out.key("complete");
      out.boolean(head_.complete);
    }
    bytes += ",\"rows\":[" + rows_ + ']';
    if (!head_.snapshot) {
      out.key("gone");
      out.begin_array();
      for (const auto& key : head_.gone) out.string(key);
      out.end_array();
    }
    out.end_object();
    end_frame(bytes, begin, Opcode::text);
    return std::make_shared<const std::string>(std::move(bytes));
  }

 private:
  Encoding encoding_;
  json::EncodeOptions options_;
  schema::LiveRows head_;
  std::string rows_;
};

}  // namespace

bool LiveConnectionState::send_snapshot_page(const std::string& topic, Board& board) {
  projections::ListQuery query;
  query.view = board.view;
  query.filters = board.filters;
  query.cursor = board.cursor;
  query.limit = core_.parts().limits.page_rows_default;
  const projections::ViewReader reader(core_.runner().snapshot());
  auto listed = reader.list(query, core_.queries().visible_to(standing_->who));
  if (const auto* refusal = std::get_if<projections::QueryRefusal>(&listed)) {
    refuse(topic, refused_query(*refusal));
    boards_.erase(topic);
    return false;
  }
  const auto& page = std::get<projections::ListPage>(listed);
  const auto& log = core_.parts().log;
  RowsFrame frame(encoding_, core_.queries().encode_options(standing_->who),
                  {topic,
                   board.view,
                   true,
                   reader.at().position,
                   log.head().position,
                   log.epoch(),
                   board.cursor.empty(),
                   !page.next,
                   {},
                   {}});
  for (const auto& row : page.rows) frame.add(row.bytes);
  send(frame.finish());
  board.in_snapshot = page.next.has_value();
  board.cursor = page.next.value_or("");
  return board.in_snapshot || !board.dirty.empty();
}

bool LiveConnectionState::send_changes(const std::string& topic, Board& board) {
  const projections::ViewReader reader(core_.runner().snapshot());
  const auto& log = core_.parts().log;
  const auto visible = [standing = standing_](std::span<const std::string> units) {
    return standing->sight.may_read(units);
  };
  RowsFrame frame(encoding_, core_.queries().encode_options(standing_->who),
                  {topic,
                   board.view,
                   false,
                   reader.at().position,
                   log.head().position,
                   log.epoch(),
                   false,
                   false,
                   {},
                   {}});
  projections::ListQuery query;
  query.view = board.view;
  query.filters = board.filters;
  std::uint32_t told = 0;
  auto next = board.dirty.begin();
  for (; next != board.dirty.end() && told < core_.parts().limits.page_rows_default; ++told) {
    query.key = *next;
    const auto found = reader.list(query, visible);
    const auto* page = std::get_if<projections::ListPage>(&found);
    if (page && !page->rows.empty()) {
      frame.add(page->rows.front().bytes);
    } else {
      frame.gone(*next);
    }
    ++next;
  }
  board.dirty.erase(board.dirty.begin(), next);
  send(frame.finish());
  return !board.dirty.empty();
}

}  // namespace silkledger::server
