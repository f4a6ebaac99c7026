#include "tests/bench/peers/sql_views.h"

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "domain/schema/encoding.h"
#include "domain/schema/event.json.h"
#include "domain/schema/event.meta.h"
#include "domain/schema/event.wire.h"
#include "domain/schema/json/json.h"
#include "domain/schema/view.json.h"
#include "domain/schema/view.wire.h"
#include "projections/query.h"
#include "tests/bench/peers/view_statements.h"

namespace silkledger::bench {
namespace {

// A value of COPY's text format.
std::string escaped(std::string_view text) {
  std::string value;
  for (const char c : text) {
    if (c == '\\') value += '\\';
    value += c == '\n' || c == '\t' ? ' ' : c;
  }
  return value;
}

std::string date_of(CivilDate day) {
  std::string quoted;
  json::Writer(quoted, {}).date(day);
  return quoted.substr(1, quoted.size() - 2);
}

class CopyFile {
 public:
  CopyFile(SqlPeer& database, std::string table)
      : database_(database),
        table_(std::move(table)),
        path_(database.file(table_)),
        out_(path_, std::ios::binary) {}

  void line(const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) out_ << (i > 0 ? "\t" : "") << values[i];
    out_ << '\n';
  }
  void load() {
    out_.close();
    if (!out_) throw std::runtime_error("cannot write " + path_);
    database_.run("COPY " + table_ + " FROM '" + path_ + "'; ANALYZE " + table_);
  }

 private:
  SqlPeer& database_;
  std::string table_;
  std::string path_;
  std::ofstream out_;
};

std::vector<std::string> columns_of(const eventstore::RecordView& record) {
  const auto stored = schema::decode<schema::StoredEvent>(record.payload, schema::Trust::own);
  if (!stored) throw std::runtime_error("an event is damaged");
  const auto& header = record.header;
  return {std::to_string(header.position),
          header.stream,
          header.stream.substr(header.stream.find('/') + 1),
          std::to_string(header.version),
          std::string(schema::event_arms()[stored->event.index()].name),
          date_of(stored->occurred_on),
          stored->actor,
          stored->acting_unit.value_or("\\N"),
          stored->rule_set,
          stored->article,
          escaped(json::to_json(stored->event))};
}

template <class Row>
void write_rows(CopyFile& file, const projections::ViewReader& reader, const std::string& view) {
  projections::ListQuery query{.view = view};
  do {
    const auto listed = reader.list(query, [](const auto&) { return true; });
    const auto& page = std::get<projections::ListPage>(listed);
    for (const auto& row : projections::rows_of<Row>(page)) {
      file.line({view, escaped(json::to_json(row))});
    }
    query.cursor = page.next.value_or("");
  } while (!query.cursor.empty());
}

}  // namespace

SqlViews::SqlViews(SqlPeer& database, const eventstore::EventStore& log) : database_(database) {
  database_.run(std::string(kEventsTable));
  CopyFile file(database_, "history");
  for (eventstore::Position next = 1; next <= log.head().position;) {
    const auto read = log.read(next, {}, {});
    const auto& batch = std::get<eventstore::ReadBatch>(read);
    for (const auto& record : batch.records) file.line(columns_of(record));
    next = batch.next;
  }
  file.load();
  database_.run("SET work_mem = '256MB'");
}

void SqlViews::rebuild() {
  for (const auto& one : view_statements()) {
    database_.run("DROP TABLE IF EXISTS " + std::string(one.view) + "_rows");
    database_.run(std::string(one.sql));
  }
}

void SqlViews::expect_same(const projections::ViewStore& ours) {
  database_.run("CREATE UNLOGGED TABLE ours(view text NOT NULL, value jsonb NOT NULL)");
  CopyFile file(database_, "ours");
  const projections::ViewReader reader(ours.snapshot());
  write_rows<schema::LeadRow>(file, reader, "lead");
  write_rows<schema::ProjectRow>(file, reader, "project");
  write_rows<schema::ProgressRow>(file, reader, "progress");
  write_rows<schema::ApprovalRow>(file, reader, "approval");
  write_rows<schema::FundRow>(file, reader, "fund");
  write_rows<schema::EvaluationRow>(file, reader, "evaluation");
  write_rows<schema::AuditRow>(file, reader, "audit");
  file.load();
  for (const auto& one : view_statements()) {
    const std::string view(one.view);
    const std::string key(one.key);
    // Rows that only one side has, or whose columns differ; a column that is null there is left
    // out here.
    const auto differing = database_.answer(
        "SELECT count(*) || coalesce(': ' || min(theirs::text) || ' | ' || min(mine::text), '') "
        "FROM (SELECT jsonb_strip_nulls(to_jsonb(r)) AS theirs, (SELECT jsonb_object_agg(k, v) "
        "FROM jsonb_each(value) AS each(k, v) WHERE to_jsonb(r) ? k) AS mine FROM " +
        view + "_rows AS r FULL JOIN (SELECT value FROM ours WHERE view = '" + view +
        "') AS o ON r.\"" + key + "\" = value->>'" + key +
        "') AS pairs WHERE theirs IS DISTINCT FROM mine");
    if (differing != "0")
      throw std::runtime_error("SQL folds " + view + " otherwise: " + differing);
  }
}

}  // namespace silkledger::bench
