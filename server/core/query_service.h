// Answers questions about what is: views now or at an earlier position, histories in plain
// sentences, the head of the log, and who the asker is. Every answer names the position it was
// taken at and the head of the log.
//
// Threads: the core executor's. Ownership: belongs to the Core. Errors: problem replies.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "domain/schema/json/writer.h"
#include "projections/as_of.h"
#include "projections/query.h"
#include "projections/runner.h"
#include "server/core/problems.h"
#include "server/edge.h"

namespace silkledger::server {

class Core;
struct Identity;

// The same problem for a page that is asked for and for a board that is subscribed to.
Reply refused_query(const projections::QueryRefusal& refusal);

class QueryService {
 public:
  using Answer = std::function<void(Reply)>;

  explicit QueryService(Core& core);

  // GET /api/v1/views/{view}: minPosition, asOf, limit, cursor, backwards, from, until, and any
  // field as a filter.
  void list(const Identity& who, const std::string& view, const HttpRequest& request,
            Answer answer);
  // GET /api/v1/views/{view}/{key}
  void row(const Identity& who, const std::string& view, const std::string& key,
           const HttpRequest& request, Answer answer);
  // GET /api/v1/history: the audit view's filters, as frames with sentences.
  void history(const Identity& who, const HttpRequest& request, Answer answer);
  // GET /api/v1/head and /api/v1/me
  Reply head(const Identity& who) const;
  Reply me(const Identity& who) const;

  // May the asker see rows in which these units take part? Empty for whoever sees none at all, as
  // one who only administers: there a page need not look through a view to stay empty.
  projections::Visible visible_to(const Identity& who) const;
  json::EncodeOptions encode_options(const Identity& who) const;
  // Rows of people: their own names are for those who may see persons; `applied`, `head` and
  // `epoch` of an answer.
  void write_position(json::Writer& out, std::uint64_t applied) const;

 private:
  using Snapshot = std::shared_ptr<const projections::ViewSnapshot>;
  using Then = std::function<void(Snapshot)>;

  void with_snapshot(const HttpRequest& request, const std::string& view, Answer answer, Then then);
  void wait_for(std::uint64_t position, Answer answer, Then then);
  void at_earlier(const std::string& as_of, const std::string& view, Answer answer, Then then);
  Reply list_now(const Identity& who, const projections::ListQuery& query, const Snapshot& snapshot,
                 bool as_of) const;
  Reply history_now(const Identity& who, projections::ListQuery query,
                    const Snapshot& snapshot) const;
  std::optional<Reply> read_query(const std::string& view, const HttpRequest& request,
                                  projections::ListQuery& query) const;

  Core& core_;
  projections::AsOf as_of_;
  std::uint32_t waiting_ = 0;
};

}  // namespace silkledger::server
