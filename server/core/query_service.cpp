#include "server/core/query_service.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/schema/json/writer.h"
#include "projections/view.h"
#include "server/core/core.h"
#include "server/core/live/event_frame.h"
#include "server/core/names.h"
#include "server/core/row_json.h"

namespace silkledger::server {
namespace {

constexpr std::array<std::string_view, 4> kOwnParameters{"minPosition", "asOf", "limit", "cursor"};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

Reply not_a_number(std::string_view name) {
  return bad_parameter(
      name, {"参数 " + std::string(name) + " 须为非负整数。",
             "The parameter " + std::string(name) + " must be a whole number from 0 up."});
}

Reply damaged(const std::string& detail) {
  return problem(500, "damaged-store", {"视图存储损坏", "View store damaged"},
                 {"视图无法读取（" + detail + "），请联系管理员重建。",
                  "The view cannot be read (" + detail + "); an administrator should rebuild it."});
}

}  // namespace

Reply refused_query(const projections::QueryRefusal& refusal) {
  const int status = refusal.code == "unknown-view"    ? 404
                     : refusal.code == "damaged-store" ? 500
                                                       : 400;
  return problem(status, refusal.code, {"查询有误", "Query not possible"}, refusal.text);
}

QueryService::QueryService(Core& core)
    : core_(core),
      as_of_(core.parts().executor, projections::LogReader(core.parts().log),
             [&core] { return core.runner().snapshot(); }, projections::catalogue(), {}) {}

projections::Visible QueryService::visible_to(const Identity& who) const {
  if (!domain::may_read_any(who.grants)) return {};
  return [this, grants = who.grants](std::span<const std::string> units) {
    return domain::may_read(core_.sequencer().reference(), grants, units);
  };
}

json::EncodeOptions QueryService::encode_options(const Identity& who) const {
  return {who.grants.sees_persons ? &core_.sealer() : nullptr};
}

void QueryService::write_position(json::Writer& out, std::uint64_t applied) const {
  out.key("applied");
  out.big(applied);
  out.key("head");
  out.big(core_.parts().log.head().position);
  out.key("epoch");
  out.big(core_.parts().log.epoch());
}

void QueryService::with_snapshot(const HttpRequest& request, const std::string& view,
                                 Answer answer, Then then) {
  if (const auto* as_of = request.parameter("asOf"))
    return at_earlier(*as_of, view, std::move(answer), std::move(then));
  std::uint64_t position = 0;
  if (const auto* stated = request.parameter("minPosition")) {
    const auto value = number(*stated);
    if (!value) return answer(not_a_number("minPosition"));
    position = *value;
  }
  if (core_.runner().applied() >= position) return then(core_.runner().snapshot());
  wait_for(position, std::move(answer), std::move(then));
}

// The views are on their way to that position, or the position does not exist yet: wait for it, not
// for ever.
void QueryService::wait_for(std::uint64_t position, Answer answer, Then then) {
  if (waiting_ >= core_.parts().limits.queries_waiting_max) {
    return answer(unavailable(
        {"等待中的查询过多，请稍后再试。", "Too many queries are waiting; try again later."}, 1));
  }
  struct Waiting {
    bool done = false;
    projections::Runner::Wait handle;
  };
  ++waiting_;
  auto waiting = std::make_shared<Waiting>();
  waiting->handle = core_.runner().wait_applied(position, [this, waiting, then = std::move(then)] {
    if (std::exchange(waiting->done, true)) return;
    --waiting_;
    then(core_.runner().snapshot());
  });
  const auto limit = std::chrono::milliseconds(core_.parts().limits.min_position_wait_ms_max);
  core_.parts().executor.post_after(limit, [this, waiting, position, answer = std::move(answer)] {
    if (std::exchange(waiting->done, true)) return;
    --waiting_;
    waiting->handle.reset();
    const auto text = std::to_string(position);
    answer(unavailable({"视图尚未更新到位置 " + text + "，请稍后再试。",
                        "The views have not reached position " + text + " yet; try again later."},
                       1));
  });
}

// A position, or a day: then what had been recorded by its end, Beijing time.
void QueryService::at_earlier(const std::string& as_of, const std::string& view, Answer answer,
                              Then then) {
  std::uint64_t position = 0;
  if (const auto stated = number(as_of)) {
    position = *stated;
  } else if (const auto day = parse_date(as_of)) {
    const Instant end{beijing_midnight(CivilDate{day->days + 1}).us - 1};
    auto found = projections::position_recorded_by(projections::LogReader(core_.parts().log), end);
    if (const auto* error = std::get_if<eventstore::StoreError>(&found))
      return answer(damaged(error->detail));
    position = std::get<eventstore::Position>(found);
  } else {
    return answer(
        bad_parameter("asOf", {"参数 asOf 须为位置（整数）或日期（YYYY-MM-DD）。",
                               "asOf must be a position (a whole number) or a day (YYYY-MM-DD)."}));
  }
  as_of_.at(position, view,
            [answer = std::move(answer), then = std::move(then)](projections::AsOf::Answer found) {
              if (const auto* refusal = std::get_if<projections::AsOfRefusal>(&found)) {
                const int status = refusal->code == "position-ahead" ? 400 : 503;
                return answer(problem(status, refusal->code, {"无法回溯", "As-of not possible"},
                                      refusal->text));
              }
              then(std::get<Snapshot>(found));
            });
}

std::optional<Reply> QueryService::read_query(const std::string& view, const HttpRequest& request,
                                              projections::ListQuery& query) const {
  query.view = view;
  for (const auto& [name, value] : request.query) {
    if (name == "limit" || name == "from" || name == "until") {
      const auto parsed = number(value);
      if (!parsed) return not_a_number(name);
      if (name == "limit") {
        const auto most = core_.parts().limits.page_rows_max;
        if (*parsed < 1 || *parsed > most) {
          return bad_parameter("limit", {"参数 limit 须为 1 到 " + std::to_string(most) + "。",
                                         "limit must be 1 to " + std::to_string(most) + "."});
        }
        query.limit = static_cast<std::uint32_t>(*parsed);
      }
      if (name == "from") query.from = *parsed;
      if (name == "until") query.until = *parsed;
    } else if (name == "cursor") {
      query.cursor = value;
    } else if (name == "backwards") {
      query.backwards = value == "true" || value == "1";
    } else if (std::find(kOwnParameters.begin(), kOwnParameters.end(), name) ==
               kOwnParameters.end()) {
      query.filters.push_back({name, value});
    }
  }
  if (!query.limit) query.limit = core_.parts().limits.page_rows_default;
  return std::nullopt;
}

void QueryService::list(const Identity& who, const std::string& view, const HttpRequest& request,
                        Answer answer) {
  projections::ListQuery query;
  if (auto refused = read_query(view, request, query)) return answer(std::move(*refused));
  const bool as_of = request.parameter("asOf") != nullptr;
  with_snapshot(request, view, answer, [this, who, query, as_of, answer](Snapshot snapshot) {
    answer(list_now(who, query, snapshot, as_of));
  });
}

Reply QueryService::list_now(const Identity& who, const projections::ListQuery& query,
                             const Snapshot& snapshot, bool as_of) const {
  const projections::ViewReader reader(snapshot);
  auto listed = reader.list(query, visible_to(who));
  if (const auto* refusal = std::get_if<projections::QueryRefusal>(&listed))
    return refused_query(*refusal);
  const auto& page = std::get<projections::ListPage>(listed);
  Reply reply;
  const auto options = encode_options(who);
  json::Writer out(reply.body, options);
  out.begin_object();
  out.key("view");
  out.string(query.view);
  write_position(out, reader.at().position);
  out.key("asOf");
  out.boolean(as_of);
  if (const auto& stopped = reader.stopped(query.view)) {
    out.key("stoppedAt");
    out.big(stopped->position);
    out.key("stoppedBecause");
    out.string(stopped->cause);
  }
  if (page.next) {
    out.key("next");
    out.string(*page.next);
  }
  reply.body += ",\"rows\":[";
  bool first = true;
  for (const auto& row : page.rows) {
    if (!std::exchange(first, false)) reply.body += ',';
    if (!append_row_json(reply.body, query.view, row.bytes, options))
      return damaged(query.view + "/" + row.key);
  }
  reply.body += "]}";
  return reply;
}

void QueryService::row(const Identity& who, const std::string& view, const std::string& key,
                       const HttpRequest& request, Answer answer) {
  with_snapshot(request, view, answer, [this, who, view, key, answer](Snapshot snapshot) {
    const projections::ViewReader reader(snapshot);
    auto found = reader.get(view, key, visible_to(who));
    if (const auto* refusal = std::get_if<projections::QueryRefusal>(&found))
      return answer(refused_query(*refusal));
    const auto& row = std::get<std::optional<projections::RowBytes>>(found);
    if (!row) {
      return answer(not_found(
          {"没有可查看的“" + key + "”。", "There is no \"" + key + "\" that you may see."}));
    }
    Reply reply;
    const auto options = encode_options(who);
    json::Writer out(reply.body, options);
    out.begin_object();
    write_position(out, reader.at().position);
    reply.body += ",\"row\":";
    if (!append_row_json(reply.body, view, row->bytes, options))
      return answer(damaged(view + "/" + key));
    reply.body += '}';
    answer(std::move(reply));
  });
}

void QueryService::history(const Identity& who, const HttpRequest& request, Answer answer) {
  projections::ListQuery query;
  if (auto refused = read_query("audit", request, query)) return answer(std::move(*refused));
  with_snapshot(request, query.view, answer, [this, who, query, answer](Snapshot snapshot) {
    answer(history_now(who, query, snapshot));
  });
}

Reply QueryService::history_now(const Identity& who, projections::ListQuery query,
                                const Snapshot& snapshot) const {
  const projections::ViewReader reader(snapshot);
  const auto& reference = core_.sequencer().reference();
  const auto everything = [](std::span<const std::string>) { return true; };
  // Which events may be seen is asked of the frame: some are everybody's, some only the person's
  // own.
  auto listed = reader.list(query, everything);
  if (const auto* refusal = std::get_if<projections::QueryRefusal>(&listed))
    return refused_query(*refusal);
  const auto& page = std::get<projections::ListPage>(listed);
  Reply reply;
  const auto options = encode_options(who);
  json::Writer out(reply.body, options);
  out.begin_object();
  write_position(out, reader.at().position);
  if (page.next) {
    out.key("next");
    out.string(*page.next);
  }
  reply.body += ",\"events\":[";
  const Sight sight(reference, who.grants);
  const Telling telling{reference, core_.sealer(), who.grants.sees_persons};
  bool first = true;
  for (const auto& audit : projections::rows_of<schema::AuditRow>(page)) {
    const auto read = each_event(core_.parts().log, *snapshot, audit.position, audit.position, 1,
                                 [&](const EventPart& event) {
                                   if (!visible(event.header.stream, event.units, sight))
                                     return true;
                                   if (!std::exchange(first, false)) reply.body += ',';
                                   append_event_json(reply.body, event, telling);
                                   return true;
                                 });
    if (const auto* error = std::get_if<eventstore::StoreError>(&read))
      return damaged(error->detail);
  }
  reply.body += "]}";
  return reply;
}

Reply QueryService::head(const Identity&) const {
  Reply reply;
  const auto head = core_.parts().log.head();
  const auto state = core_.runner().state();
  const json::EncodeOptions options;
  json::Writer out(reply.body, options);
  out.begin_object();
  write_position(out, state.checkpoint.position);
  out.key("root");
  out.hex({reinterpret_cast<const char*>(head.root.data()), head.root.size()});
  out.key("today");
  out.date(core_.sequencer().today());
  out.key("demo");
  out.boolean(core_.parts().demo);
  out.key("writable");
  out.boolean(!core_.sequencer().read_only_reason());
  out.key("views");
  out.begin_array();
  for (const auto& view : state.checkpoint.views) {
    out.begin_object();
    out.key("view");
    out.string(view.name);
    out.key("version");
    out.integer(view.version);
    out.key("digest");
    out.string(projections::to_hex(view.digest));
    out.key("entries");
    out.big(view.digest.entries);
    if (view.stopped) {
      out.key("stoppedAt");
      out.big(view.stopped->position);
      out.key("stoppedBecause");
      out.string(view.stopped->cause);
    }
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return reply;
}

Reply QueryService::me(const Identity& who) const {
  Reply reply;
  const auto& reference = core_.sequencer().reference();
  const ReferenceNames names(reference, &core_.sealer());  // one's own name is one's own
  const json::EncodeOptions options;
  json::Writer out(reply.body, options);
  out.begin_object();
  out.key("personId");
  out.string(who.grants.person);
  out.key("name");
  out.string(names.person(who.grants.person));
  out.key("readsEverything");
  out.boolean(who.grants.reads_everything);
  out.key("administers");
  out.boolean(who.grants.administers);
  out.key("seesPersons");
  out.boolean(who.grants.sees_persons);
  out.key("roles");
  out.begin_array();
  for (const auto& role : who.grants.roles) {
    out.begin_object();
    out.key("role");
    out.string(role.role);
    out.key("roleZh");
    out.string(names.code("role", role.role).zh);
    out.key("unitId");
    out.string(role.unit_id);
    out.key("unitZh");
    out.string(names.unit(role.unit_id).zh);
    out.key("unitEn");
    out.string(names.unit(role.unit_id).en);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return reply;
}

}  // namespace silkledger::server
