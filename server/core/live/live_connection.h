// One live client: its commands, its subscription to events, its boards.
//
// It holds no queue of its own. Events are a cursor into the log; a board is the set of keys that
// changed since they were last sent, so a slow client costs a bounded amount of memory and gets the
// latest state.
//
// Threads: the core executor's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/schema/protocol.values.h"
#include "projections/query.h"
#include "projections/runner.h"
#include "server/core/core.h"
#include "server/core/live/event_pages.h"
#include "server/core/live/standing.h"
#include "server/core/problems.h"

namespace silkledger::server {

class LiveHub;

class LiveConnectionState final : public LiveConnection,
                                  public std::enable_shared_from_this<LiveConnectionState> {
 public:
  LiveConnectionState(Core& core, LiveHub& hub, std::shared_ptr<const Standing> standing,
                      Encoding encoding, std::shared_ptr<LiveOutlet> outlet);
  ~LiveConnectionState() override;

  void on_message(std::string message) override;
  void on_writable() override;
  void on_closed() override;
  std::string stalled_reason() override;

  // From the hub.
  void note_changes(const projections::Applied& applied);
  void start_boards_again();
  void job(const std::string& name, const std::string& body);
  void pump();
  void close(CloseCode code, const std::string& reason);
  bool follows_events() const { return events_ != nullptr; }
  std::size_t queued_bytes() const { return outlet_->queued_bytes(); }

 private:
  struct Events {
    std::uint64_t next = 1;  // position of the next event to look at
    std::optional<std::set<std::string>> subjects;
    std::optional<std::set<std::string>> units;
    bool caught_up_said = false;
  };
  struct Board {
    std::string view;
    std::vector<projections::Filter> filters;
    bool in_snapshot = true;
    std::string cursor;           // of the snapshot's next page
    std::set<std::string> dirty;  // keys changed since they were last sent
  };
  struct Unsent {
    WireFrames frames;
    std::uint64_t position;  // of the first event in them; 0: no events
  };

  void take(const schema::LiveCommand& message);
  void take(const schema::LiveSubscribeEvents& message);
  void take(const schema::LiveSubscribeRows& message);
  void take(const schema::LiveSubscribeJobs& message);
  void take(const schema::LiveUnsubscribe& message);

  void send(WireFrames frames, std::uint64_t position = 0);
  bool flush();
  void answer(const std::string& command_id, const Reply& reply);
  void refuse(const std::string& topic, const Reply& reply);
  bool pump_events();
  bool wants_everything() const;
  void pump_recent();
  bool catch_up(std::uint64_t applied);
  void say_caught_up(std::uint64_t applied);
  bool pump_board(const std::string& topic, Board& board);
  bool send_snapshot_page(const std::string& topic, Board& board);
  bool send_changes(const std::string& topic, Board& board);
  bool wanted(std::string_view stream, const std::string& subject,
              const std::vector<std::string>& units) const;
  EventPagePtr page_at(std::uint64_t position, std::uint64_t applied);
  void send_page(const EventPagePtr& page);
  Telling telling() const;
  bool still_allowed();

  Core& core_;
  LiveHub& hub_;
  std::weak_ptr<bool> hub_alive_;  // the edge may hold a connection longer than the core lives
  std::shared_ptr<const Standing> standing_;
  std::shared_ptr<LiveOutlet> outlet_;
  std::vector<Unsent> unsent_;  // answers and small frames that found the outbox full
  std::unique_ptr<Events> events_;
  std::map<std::string, Board> boards_;
  const Encoding encoding_;
  bool jobs_ = false;
  bool blocked_ = false;  // the outbox is full: on_writable comes
  bool open_ = true;
  bool again_ = false;  // a further turn of pump is posted
  std::uint32_t commands_ = 0;
};

}  // namespace silkledger::server
