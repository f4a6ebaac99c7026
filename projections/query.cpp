#include "projections/query.h"

#include <kj/exception.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "projections/fold_tables.h"
#include "projections/past.h"
#include "projections/row_fields.h"

namespace silkledger::projections {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// ---------------------------------------------------------------- refusals

QueryRefusal unknown_view(std::string_view view) {
  const std::string name(view);
  return {"unknown-view",
          {"没有名为“" + name + "”的视图", "there is no view named \"" + name + "\""}};
}

QueryRefusal unknown_field(const ListQuery& query, const Filter& filter) {
  return {"unknown-field",
          {"视图“" + query.view + "”没有可筛选的字段“" + filter.field + "”",
           "view \"" + query.view + "\" has no field \"" + filter.field + "\" to filter by"}};
}

QueryRefusal bad_value(const Filter& filter) {
  return {"bad-value",
          {"字段“" + filter.field + "”不能取值“" + filter.value + "”；日期写作 2026-03-05",
           "field \"" + filter.field + "\" cannot be \"" + filter.value +
               "\"; dates are written 2026-03-05"}};
}

QueryRefusal bad_limit(std::uint32_t most) {
  const std::string text = std::to_string(most);
  return {"bad-limit",
          {"每页行数须在 1 至 " + text + " 之间", "a page holds 1 to " + text + " rows"}};
}

QueryRefusal bad_cursor() {
  return {"bad-cursor",
          {"翻页标记无效，请从第一页重新开始",
           "the cursor is not one of ours: begin again with the first page"}};
}

QueryRefusal cursor_of_other_epoch() {
  return {"cursor-of-other-epoch",
          {"台账已恢复，翻页标记失效，请从第一页重新开始",
           "the log was restored since this cursor was given: begin again with the first page"}};
}

QueryRefusal damaged(const std::string& detail) {
  return {"damaged-store",
          {"视图数据无法读取，请管理员重建视图：" + detail,
           "the view cannot be read and should be rebuilt by an administrator: " + detail}};
}

// ---------------------------------------------------------------- cursors

// "<epoch>.<hex of the last key>": a key stays where it is, so paging goes on over later positions.
std::string cursor_of(eventstore::Epoch epoch, std::string_view key) {
  std::string cursor = std::to_string(epoch) + ".";
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    cursor += kHex[byte >> 4U];
    cursor += kHex[byte & 0xFU];
  }
  return cursor;
}

struct Cursor {
  eventstore::Epoch epoch = 0;
  std::string key;
};

std::optional<Cursor> parse_cursor(std::string_view text) {
  Cursor cursor;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cursor.epoch);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with('.') || text.size() % 2 == 0 || text.size() == 1) return std::nullopt;
  for (std::size_t i = 1; i < text.size(); i += 2) {
    const std::size_t high = kHex.find(text[i]);
    const std::size_t low = kHex.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    cursor.key += static_cast<char>(high * 16 + low);
  }
  return cursor;
}

// ---------------------------------------------------------------- one page

// Everything a page needs, checked.
struct Plan {
  const RowFields* fields = nullptr;
  std::vector<RowFields::Wanted> wanted;
  KeyRange range;
  std::uint32_t rows_max = 0;
};

class Pager {
 public:
  Pager(const ViewSnapshot& snapshot, const QueryLimits& limits, const Checkpoint& at,
        const ListQuery& query, const Visible& visible)
      : snapshot_(snapshot), limits_(limits), at_(at), query_(query), visible_(visible) {}

  QueryResult<ListPage> run() {
    if (auto refusal = plan()) return *refusal;
    ListPage page;
    if (plan_.fields->names_units() && !visible_) return page;
    std::uint32_t looked_at = 0;
    // As many as fit the page if all match; more at once the fewer do.
    std::uint32_t step = std::min(kScanKeys, plan_.rows_max);
    while (true) {
      const std::uint32_t keys = std::min(step, limits_.page_rows_looked_at_max - looked_at);
      step = std::min(kScanKeys, step * 4);
      auto scanned = snapshot_.scan(query_.view, plan_.range, keys);
      if (const auto* error = std::get_if<ViewStoreError>(&scanned)) return damaged(error->detail);
      auto& entries = std::get<std::vector<KeyValue>>(scanned);
      for (KeyValue& entry : entries) {
        plan_.range.after = entry.key;
        if (auto refusal = look_at(entry, page)) return *refusal;
        if (page.rows.size() == plan_.rows_max) return with_cursor(std::move(page));
      }
      if (entries.size() < keys) return page;
      looked_at += keys;
      if (looked_at >= limits_.page_rows_looked_at_max) return with_cursor(std::move(page));
    }
  }

 private:
  std::optional<QueryRefusal> plan() {
    plan_.fields = RowFields::of(query_.view);
    if (!plan_.fields || !at_.view(query_.view)) return unknown_view(query_.view);
    plan_.rows_max = query_.limit.value_or(limits_.page_rows_default);
    if (plan_.rows_max < 1 || plan_.rows_max > limits_.page_rows_max) {
      return bad_limit(limits_.page_rows_max);
    }
    for (const Filter& filter : query_.filters) {
      const auto field = plan_.fields->resolve(filter.field);
      if (!field) return unknown_field(query_, filter);
      auto wanted = plan_.fields->parse(*field, filter.value);
      if (!wanted) return bad_value(filter);
      plan_.wanted.push_back(std::move(*wanted));
    }
    plan_.range.from = std::string(kFirstRowKey);
    if (query_.view == "audit") plan_positions();
    if (query_.key) {
      plan_.range.from = plan_.range.until = std::max(*query_.key, std::string(kFirstRowKey));
    }
    plan_.range.backwards = query_.backwards;
    return plan_cursor();
  }

  // Keys of the audit view are positions: a stretch of the log is a stretch of keys.
  void plan_positions() {
    if (query_.from) plan_.range.from = audit_key(*query_.from);
    if (query_.until) plan_.range.until = audit_key(*query_.until);
  }

  std::optional<QueryRefusal> plan_cursor() {
    if (query_.cursor.empty()) return std::nullopt;
    if (query_.cursor.size() > limits_.cursor_bytes_max) return bad_cursor();
    auto cursor = parse_cursor(query_.cursor);
    if (!cursor || cursor->key < kFirstRowKey) return bad_cursor();
    if (cursor->epoch != at_.epoch) return cursor_of_other_epoch();
    plan_.range.after = std::move(cursor->key);
    return std::nullopt;
  }

  std::optional<QueryRefusal> look_at(KeyValue& entry, ListPage& page) {
    try {
      const RowFields::Row row = plan_.fields->read(entry.value, plan_.wanted);
      const bool in_range = (!query_.from || row.position >= *query_.from) &&
                            (!query_.until || row.position <= *query_.until);
      if (!row.matches || !in_range) return std::nullopt;
      if (plan_.fields->names_units() && !visible_(row.units)) return std::nullopt;
    } catch (const kj::Exception&) {
      return damaged(query_.view + "/" + entry.key);
    }
    page.rows.push_back({std::move(entry.key), std::move(entry.value)});
    return std::nullopt;
  }

  ListPage with_cursor(ListPage page) {
    page.next = cursor_of(at_.epoch, *plan_.range.after);
    return page;
  }

  const ViewSnapshot& snapshot_;
  const QueryLimits& limits_;
  const Checkpoint& at_;
  const ListQuery& query_;
  const Visible& visible_;
  Plan plan_;
};

}  // namespace

ViewReader::ViewReader(std::shared_ptr<const ViewSnapshot> snapshot, QueryLimits limits)
    : snapshot_(std::move(snapshot)), limits_(limits) {
  auto stored = snapshot_->checkpoint();
  if (const auto* text = std::get_if<std::string>(&stored)) {
    if (auto checkpoint = decode_checkpoint(*text)) checkpoint_ = std::move(*checkpoint);
  }
}

const std::optional<Stopped>& ViewReader::stopped(std::string_view view) const {
  static const std::optional<Stopped> kNone;
  const ViewState* state = checkpoint_.view(view);
  return state ? state->stopped : kNone;
}

QueryResult<ListPage> ViewReader::list(const ListQuery& query, const Visible& visible) const {
  return Pager(*snapshot_, limits_, checkpoint_, query, visible).run();
}

QueryResult<std::optional<RowBytes>> ViewReader::get(std::string_view view, std::string_view key,
                                                     const Visible& visible) const {
  const RowFields* fields = RowFields::of(view);
  if (!fields) return unknown_view(view);
  if (!checkpoint_.view(view) || key < kFirstRowKey) return std::optional<RowBytes>();
  if (fields->names_units() && !visible) return std::optional<RowBytes>();
  auto read = snapshot_->get(view, key);
  if (const auto* error = std::get_if<ViewStoreError>(&read)) return damaged(error->detail);
  auto& entry = std::get<std::optional<KeyValue>>(read);
  if (!entry) return std::optional<RowBytes>();
  try {
    const RowFields::Row row = fields->read(entry->value, {});
    if (fields->names_units() && !visible(row.units)) return std::optional<RowBytes>();
  } catch (const kj::Exception&) {
    return damaged(std::string(view) + "/" + std::string(key));
  }
  return std::optional(RowBytes{std::move(entry->key), std::move(entry->value)});
}

std::string audit_key(eventstore::Position position) { return position_key(position); }

}  // namespace silkledger::projections
