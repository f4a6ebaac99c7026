// Questions to views: one row by its key, or a page of rows by what stands in them.
//
// A ViewReader answers everything from one snapshot, so a page that shows several views shows one
// position. Any field of the row type can be asked for, by its name in the schema; a field of many
// values (units) matches when one of them is equal. Short names: unit → units, chain → chainId,
// project → projectId, lead → leadId, item → itemId, person → personId, or the actor or agent of
// the row. Dates are written "2026-03-05".
//
// Threads: any; const. Ownership: keeps its snapshot alive.
// Errors: a refusal is a value with a code and words for people.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/kernel/text.h"
#include "domain/schema/encoding.h"
#include "projections/checkpoint.h"
#include "projections/view_store.h"

namespace silkledger::projections {

struct QueryLimits {
  std::uint32_t page_rows_default = 50;
  std::uint32_t page_rows_max = 500;
  // A page that had to look at so many rows ends there, with fewer rows than asked and a cursor to
  // go on.
  std::uint32_t page_rows_looked_at_max = 20'000;
  std::uint32_t cursor_bytes_max = 1024;
};

struct Filter {
  std::string field;
  std::string value;
};

struct ListQuery {
  std::string view = {};
  std::vector<Filter> filters = {};               // all of them hold
  std::optional<std::string> key = {};            // only the row of this key, if it matches
  std::optional<eventstore::Position> from = {};  // rows whose `position` lies in from..until
  std::optional<eventstore::Position> until = {};
  std::optional<std::uint32_t> limit = {};
  std::string cursor = {};  // empty: the first page
  bool backwards = false;   // by key; the audit view: newest first
};

// May the asker see a row in which these units take part? Not asked for views of reference data
// (unit, item, chain), which name none. Empty: the asker sees none, and nothing is looked at.
using Visible = std::function<bool(std::span<const std::string> units)>;

struct RowBytes {
  std::string key;
  std::string bytes;  // canonical; schema::decode<schema::LeadRow>(bytes, Trust::own)
};

struct ListPage {
  std::vector<RowBytes> rows;
  std::optional<std::string> next;  // cursor of the following page; nothing at the end
};

struct QueryRefusal {
  // unknown-view, unknown-field, bad-value, bad-limit, bad-cursor, cursor-of-other-epoch,
  // damaged-store
  std::string code;
  Text text;
};

template <class T>
using QueryResult = std::variant<T, QueryRefusal>;

class ViewReader {
 public:
  explicit ViewReader(std::shared_ptr<const ViewSnapshot> snapshot, QueryLimits limits = {});

  // Position and epoch of every answer of this reader, and how each view is.
  const Checkpoint& at() const { return checkpoint_; }
  // Set when the view met an event it could not fold: its rows are older than at().position.
  const std::optional<Stopped>& stopped(std::string_view view) const;

  QueryResult<ListPage> list(const ListQuery& query, const Visible& visible) const;
  // Nothing when there is no such row or it may not be seen: the asker cannot tell which.
  QueryResult<std::optional<RowBytes>> get(std::string_view view, std::string_view key,
                                           const Visible& visible) const;

 private:
  std::shared_ptr<const ViewSnapshot> snapshot_;
  QueryLimits limits_;
  Checkpoint checkpoint_;
};

// The values of a page: rows_of<schema::LeadRow>(page).
template <class Row>
std::vector<Row> rows_of(const ListPage& page) {
  std::vector<Row> rows;
  for (const RowBytes& row : page.rows) {
    if (auto value = schema::decode<Row>(row.bytes, schema::Trust::own)) rows.push_back(*value);
  }
  return rows;
}

// The key of an audit row: its position in twenty digits, so that key order is log order.
std::string audit_key(eventstore::Position position);

}  // namespace silkledger::projections
