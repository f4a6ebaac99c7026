// What a live client is shown of a board: its rows page by page, then every change in its latest
// state.
#include <utility>

#include "domain/schema/json/json.h"
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

const json::EncodeOptions kPlain{};

void begin_rows(json::Writer& out, const std::string& topic, const std::string& view,
                bool snapshot) {
  out.begin_object();
  out.key("type");
  out.string("rows");
  out.key("topic");
  out.string(topic);
  out.key("view");
  out.string(view);
  out.key("snapshot");
  out.boolean(snapshot);
}

}  // namespace

bool LiveConnectionState::send_snapshot_page(const std::string& topic, Board& board) {
  const bool first_page = board.cursor.empty();
  projections::ListQuery query;
  query.view = board.view;
  query.filters = board.filters;
  query.cursor = board.cursor;
  query.limit = core_.parts().limits.page_rows_default;
  const projections::ViewReader reader(core_.runner().snapshot());
  auto listed = reader.list(query, core_.queries().visible_to(who_));
  if (const auto* refusal = std::get_if<projections::QueryRefusal>(&listed)) {
    refuse(topic, refused_query(*refusal));
    boards_.erase(topic);
    return false;
  }
  const auto& page = std::get<projections::ListPage>(listed);
  std::string frame;
  const auto options = core_.queries().encode_options(who_);
  json::Writer out(frame, options);
  begin_rows(out, topic, board.view, true);
  core_.queries().write_position(out, reader.at().position);
  out.key("first");
  out.boolean(first_page);
  out.key("complete");
  out.boolean(!page.next);
  frame += ",\"rows\":[";
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    if (i > 0) frame += ',';
    append_row_json(frame, board.view, page.rows[i].bytes, options);
  }
  frame += "]}";
  send(std::move(frame));
  board.in_snapshot = page.next.has_value();
  board.cursor = page.next.value_or("");
  return board.in_snapshot || !board.dirty.empty();
}

bool LiveConnectionState::send_changes(const std::string& topic, Board& board) {
  const projections::ViewReader reader(core_.runner().snapshot());
  const auto visible = core_.queries().visible_to(who_);
  const auto options = core_.queries().encode_options(who_);
  std::string rows;
  std::string gone;
  json::Writer keys(gone, kPlain);
  keys.begin_array();
  std::vector<std::string> told;
  projections::ListQuery query;
  query.view = board.view;
  query.filters = board.filters;
  for (const auto& key : board.dirty) {
    if (told.size() >= core_.parts().limits.page_rows_default) break;
    told.push_back(key);
    query.key = key;
    const auto found = reader.list(query, visible);
    const auto* page = std::get_if<projections::ListPage>(&found);
    if (page && !page->rows.empty()) {
      if (!rows.empty()) rows += ',';
      append_row_json(rows, board.view, page->rows.front().bytes, options);
    } else {
      keys.string(key);
    }
  }
  keys.end_array();
  std::string frame;
  json::Writer out(frame, options);
  begin_rows(out, topic, board.view, false);
  core_.queries().write_position(out, reader.at().position);
  frame += ",\"rows\":[" + rows + "],\"gone\":" + gone + '}';
  send(std::move(frame));
  for (const auto& key : told) board.dirty.erase(key);
  return !board.dirty.empty();
}

}  // namespace silkledger::server
