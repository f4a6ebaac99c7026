// The live boards of `watch`: takes the server's frames, keeps the rows, and renders them grouped
// by unit, or says what changed, line by line.
//
// One thread. Borrows its ViewWords for its life. Pure: no clock and no terminal.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/text/paint.h"
#include "clients/cli/text/view_table.h"

namespace silkledger::cli {

class Board {
 public:
  Board(const ViewWords& words, Paint paint);
  ~Board();

  // What a frame did, as lines to append where nothing is redrawn. Frames of other types than
  // "rows", "event", "caughtUp" and "subscribed" give nothing.
  struct Step {
    bool is_update = false;  // counts for --count: an event, a complete snapshot, a change
    bool needs_redraw = false;
    std::vector<std::string> lines;
  };
  Step take(std::string_view frame);

  // The whole board, at most `rows` lines of `columns` width (0: no limit).
  std::vector<std::string> render(std::size_t columns, std::size_t rows) const;

  // The position behind the last event received; 0 when there was none. To resume from.
  std::uint64_t next_event() const { return next_event_; }
  std::uint64_t applied() const { return applied_; }
  std::uint64_t head() const { return head_; }
  // Of the log, as the last frame said; 0 before any. Another one means that it was restored.
  std::uint64_t epoch() const { return epoch_; }

  // Events go on from here: the log was restored, and what came behind it is void.
  void resume_events_at(std::uint64_t position);

  // A new connection sends its snapshots anew; what is shown stays until they are complete.
  void begin_again();

 private:
  struct Rows;
  Step take_rows(const boost::json::value& frame);
  Step take_event(const boost::json::value& frame);
  std::vector<std::string> change_lines(const std::string& view, const boost::json::value* before,
                                        const boost::json::value& after) const;
  std::vector<std::string> view_lines(const std::string& view, const Rows& rows,
                                      std::size_t columns) const;
  void finish_snapshot(const std::string& view, Rows& rows, Step& step);
  std::string left_line(const std::string& key) const;
  void note_position(const boost::json::value& frame);

  const ViewWords& words_;
  Paint paint_;
  std::map<std::string, std::unique_ptr<Rows>> views_;
  std::vector<std::string> events_;  // the last ones, as lines
  std::uint64_t next_event_ = 0;
  std::uint64_t applied_ = 0;
  std::uint64_t head_ = 0;
  std::uint64_t epoch_ = 0;
};

}  // namespace silkledger::cli
