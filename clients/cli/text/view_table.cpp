#include "clients/cli/text/view_table.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <span>

#include "clients/cli/text/bar.h"
#include "clients/cli/text/event_line.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/width.h"
#include "domain/kernel/money_text.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

enum class Show { text, unit, word, money, fen, count, number, light, flag, nodes, items, instant };

struct Column {
  std::string_view field;
  std::string_view zh;
  std::string_view en;
  Show show = Show::text;
};

constexpr std::array kLead = {
    Column{"leadId", "线索", "lead"},
    Column{"investorName", "投资方", "investor"},
    Column{"reportingUnit", "上报单位", "reported by", Show::unit},
    Column{"status", "状态", "status", Show::word},
    Column{"leadClass", "类别", "class"},
    Column{"amount", "意向投资额（万元）", "amount (10k yuan)", Show::money},
    Column{"intendedUnit", "意向落地", "intended for", Show::unit},
    Column{"reportedOn", "上报日期", "reported on"}};
constexpr std::array kProject = {
    Column{"projectId", "项目", "project"},
    Column{"name", "名称", "name"},
    Column{"unitId", "承接单位", "unit", Show::unit},
    Column{"stage", "阶段", "stage", Show::word},
    Column{"tier", "档次", "tier", Show::number},
    Column{"agreementAmount|amount", "投资额（万元）", "amount (10k yuan)", Show::money},
    Column{"promisedJobs|jobs", "就业岗位", "jobs", Show::count},
    Column{"fundsVerifiedFen", "核定到位（万元）", "verified (10k yuan)", Show::fen}};
constexpr std::array kProgress = {Column{"light", "灯", "light", Show::light},
                                  Column{"name", "项目", "project"},
                                  Column{"unitId", "承接单位", "unit", Show::unit},
                                  Column{"stage", "阶段", "stage", Show::word},
                                  Column{"nodesReached", "节点", "nodes", Show::nodes},
                                  Column{"nextNode", "下一节点", "next node"},
                                  Column{"nextOn", "计划日期", "planned"},
                                  Column{"daysOverdue", "逾期天数", "days late", Show::number},
                                  Column{"projectId", "编号", "id"}};
constexpr std::array kApproval = {Column{"approvalId", "办件", "approval"},
                                  Column{"projectName", "项目", "project"},
                                  Column{"itemName", "事项", "item"},
                                  Column{"handlingUnit", "办理单位", "handled by", Show::unit},
                                  Column{"status", "状态", "status", Show::word},
                                  Column{"halfTime", "减半时限", "half time", Show::word},
                                  Column{"claimBy", "应认领", "claim by"},
                                  Column{"halfDueOn", "减半到期", "half due"},
                                  Column{"statutoryDueOn", "法定到期", "statutory due"}};
constexpr std::array kFund = {
    Column{"fundId", "资金", "fund"},
    Column{"projectId", "项目", "project"},
    Column{"unitId", "承接单位", "unit", Show::unit},
    Column{"status", "状态", "status", Show::word},
    Column{"reportedFen", "上报（万元）", "reported (10k yuan)", Show::fen},
    Column{"verifiedFen", "核定（万元）", "verified (10k yuan)", Show::fen},
    Column{"paidOn", "到位日期", "paid on"},
    Column{"source", "来源", "source", Show::word}};
constexpr std::array kEvaluation = {Column{"evaluationId", "评估", "evaluation"},
                                    Column{"projectId", "项目", "project"},
                                    Column{"heldOn", "会议日期", "held on"},
                                    Column{"verdict", "结论", "verdict"},
                                    Column{"opinions", "意见数", "opinions", Show::items},
                                    Column{"agenda", "议题", "agenda"}};
constexpr std::array kAudit = {Column{"position", "位置", "position", Show::number},
                               Column{"recordedAt", "录入时间", "recorded at", Show::instant},
                               Column{"occurredOn", "发生日期", "occurred on"},
                               Column{"kind", "事件", "event"},
                               Column{"stream", "事件流", "stream"},
                               Column{"actor", "经办人", "by"},
                               Column{"actingUnit", "经办单位", "for", Show::unit},
                               Column{"article", "条款", "article"}};
constexpr std::array kUnit = {Column{"unitId", "单位编号", "unit"},
                              Column{"name", "名称", "name"},
                              Column{"nameEn", "英文名称", "English name"},
                              Column{"kind", "类别", "kind"},
                              Column{"parent", "上级", "parent", Show::unit},
                              Column{"receives", "可承接", "receives", Show::flag},
                              Column{"validFrom", "启用", "from"},
                              Column{"validUntil", "停用", "until"}};
constexpr std::array kPerson = {Column{"personId", "人员", "person"},
                                Column{"name", "姓名", "name"}, Column{"title", "职务", "title"},
                                Column{"roles", "角色数", "roles", Show::items}};
constexpr std::array kItem = {Column{"itemId", "事项", "item"},
                              Column{"name", "名称", "name"},
                              Column{"stage", "阶段", "stage"},
                              Column{"authority", "办理部门", "authority"},
                              Column{"days", "期限单位", "days", Show::word},
                              Column{"statutoryDays", "法定期限", "statutory", Show::number}};
constexpr std::array kChain = {Column{"chainId", "产业链", "chain"}, Column{"name", "名称", "name"},
                               Column{"nameEn", "英文名称", "English name"},
                               Column{"leadUnit", "链主单位", "lead unit", Show::unit}};
struct View {
  std::string_view name;
  std::span<const Column> columns;
};

constexpr std::array kChosen = {
    View{"lead", kLead},   View{"project", kProject},   View{"progress", kProgress},
    View{"fund", kFund},   View{"approval", kApproval}, View{"evaluation", kEvaluation},
    View{"audit", kAudit}, View{"unit", kUnit},         View{"person", kPerson},
    View{"item", kItem},   View{"chain", kChain}};
constexpr std::size_t kFieldsShownMax = 8;

// What every row has and a table does not need to say.
bool is_shown(const FieldInfo& field) {
  return field.name != "units" && field.name != "version" && field.name != "position";
}

Show show_of(const FieldInfo& field) {
  if (field.name == "light") return Show::light;
  switch (field.kind) {
    case FieldKind::enumeration:
      return Show::word;
    case FieldKind::money:
      return Show::money;
    case FieldKind::count:
      return Show::count;
    case FieldKind::boolean:
      return Show::flag;
    case FieldKind::list:
      return Show::items;
    case FieldKind::instant:
      return Show::instant;
    case FieldKind::integer:
      return Show::number;
    case FieldKind::big:
      return field.name.ends_with("Fen") ? Show::fen : Show::number;
    default:
      return names_a_unit(field.name) ? Show::unit : Show::text;
  }
}

// A column of either kind; borrows from the table above or from `fields`.
std::vector<Column> columns_of(std::string_view view, const std::vector<FieldInfo>& fields) {
  const auto chosen = std::ranges::find(kChosen, view, &View::name);
  if (chosen != kChosen.end()) return {chosen->columns.begin(), chosen->columns.end()};
  std::vector<Column> columns;
  for (const FieldInfo& field : fields) {
    if (columns.size() == kFieldsShownMax) break;
    if (is_shown(field)) columns.push_back({field.name, field.zh, field.name, show_of(field)});
  }
  return columns;
}

bool is_number(Show show) {
  return show == Show::money || show == Show::fen || show == Show::count || show == Show::number ||
         show == Show::items || show == Show::nodes;
}

std::string plain(const value* found) {
  if (found == nullptr || found->is_null()) return {};
  return printable(found->is_string() ? std::string(found->get_string())
                                      : boost::json::serialize(*found));
}

// "agreementAmount|amount": the first that is there.
const value* first_of(const value& row, std::string_view fields) {
  while (!fields.empty()) {
    const std::size_t bar = fields.find('|');
    if (const value* found = member(row, fields.substr(0, bar))) return found;
    fields = bar == std::string_view::npos ? std::string_view() : fields.substr(bar + 1);
  }
  return nullptr;
}

std::string fen_cell(const value* fen) {
  const auto number = fen == nullptr ? std::nullopt : integer_of(*fen);
  return number ? format_wan_yuan(*number) : std::string();
}

std::string qualifier_word(const std::string& qualifier, Lang lang) {
  const bool zh = lang == Lang::zh;
  if (qualifier == "about") return zh ? "约" : "about ";
  if (qualifier == "over") return zh ? "超" : "over ";
  if (qualifier == "atLeast") return zh ? "不少于" : "at least ";
  return {};
}

std::string nodes_cell(const value& row) {
  const auto* nodes = member(row, "nodes");
  const std::size_t all = nodes != nullptr && nodes->is_array() ? nodes->get_array().size() : 0;
  return std::to_string(count_at(row, "nodesReached").value_or(0)) + '/' + std::to_string(all);
}

std::string items_cell(const value* list) {
  return list != nullptr && list->is_array() ? std::to_string(list->get_array().size()) : "";
}

TableCell cell_of(const Column& column, std::string_view schema, const value& row,
                  const ViewWords& words) {
  const value* found = first_of(row, column.field);
  const bool zh = words.lang == Lang::zh;
  switch (column.show) {
    case Show::unit:
      return {printable(words.units.name(plain(found), words.lang))};
    case Show::word:
      return {found == nullptr
                  ? std::string()
                  : words.catalogue.enum_word(schema, column.field, plain(found), words.lang)};
    case Show::money:
      return {money_cell(found, words.lang)};
    case Show::fen:
      return {fen_cell(found)};
    case Show::count:
      return {count_cell(found, words.lang)};
    case Show::light:
      return light_cell(plain(found), words.lang);
    case Show::flag:
      return {flag_at(row, column.field) ? (zh ? "是" : "yes") : (zh ? "否" : "no")};
    case Show::nodes:
      return {nodes_cell(row)};
    case Show::items:
      return {items_cell(found)};
    case Show::instant:
      return {beijing_time(plain(found))};
    case Show::number:
    case Show::text:
      break;
  }
  return {plain(found)};
}

}  // namespace

std::vector<TableColumn> view_heads(std::string_view view, const ViewWords& words) {
  const auto fields = words.catalogue.fields(words.catalogue.row_schema(view));
  const bool zh = words.lang == Lang::zh;
  std::vector<TableColumn> heads;
  for (const Column& column : columns_of(view, fields)) {
    heads.push_back({zh && !column.zh.empty() ? std::string(column.zh) : spaced(column.en),
                     is_number(column.show) ? Align::right : Align::left});
  }
  return heads;
}

TableRow view_row(std::string_view view, const value& row, const ViewWords& words) {
  TableRow cells;
  const std::string schema = words.catalogue.row_schema(view);
  const auto fields = words.catalogue.fields(schema);
  for (const Column& column : columns_of(view, fields)) {
    cells.push_back(cell_of(column, schema, row, words));
  }
  return cells;
}

std::string row_key(std::string_view view, const value& row, const Catalogue& catalogue) {
  const auto fields = catalogue.fields(catalogue.row_schema(view));
  return plain(member(row, fields.empty() ? "position" : std::string_view(fields.front().name)));
}

std::string money_cell(const value* money, Lang lang) {
  if (money == nullptr) return {};
  const auto* fen = member(*money, "fen");
  const std::string number = fen_cell(fen);
  return number.empty() ? number : qualifier_word(text_at(*money, "qualifier"), lang) + number;
}

std::string count_cell(const value* count, Lang lang) {
  if (count == nullptr) return {};
  const auto number = count_at(*count, "number");
  if (!number) return {};
  return qualifier_word(text_at(*count, "qualifier"), lang) + grouped(*number);
}

bool names_a_unit(std::string_view field) {
  return field == "units" || field == "invited" || field == "parent" || field == "unitId" ||
         field.ends_with("Unit") || field.ends_with("Units");
}

TableCell light_cell(const std::string& light, Lang lang) {
  const bool zh = lang == Lang::zh;
  if (light == "green") return {zh ? "● 绿" : "● green", Colour::green};
  if (light == "yellow") return {zh ? "▲ 黄" : "▲ yellow", Colour::yellow};
  if (light == "red") return {zh ? "■ 红" : "■ red", Colour::red};
  return {zh ? "○ 灰" : "○ grey", Colour::dim};
}

std::string position_line(const value& answer, Lang lang, bool as_of) {
  const bool zh = lang == Lang::zh;
  const std::uint64_t applied = count_at(answer, "applied").value_or(0);
  const std::uint64_t head = count_at(answer, "head").value_or(0);
  std::string line =
      zh ? "截至位置 " + std::to_string(applied) + " / 账本 " + std::to_string(head)
         : "as of position " + std::to_string(applied) + " / ledger " + std::to_string(head);
  if (as_of) {
    line += zh ? "（回溯）" : " (as it was then)";
  } else if (applied < head) {
    line += zh ? "（视图落后 " + std::to_string(head - applied) + "）"
               : " (" + std::to_string(head - applied) + " behind)";
  }
  if (const auto stopped = count_at(answer, "stoppedAt")) {
    const std::string cause = printable(text_at(answer, "stoppedBecause"));
    line += zh ? "（视图在位置 " + std::to_string(*stopped) + " 停住：" + cause + "）"
               : " (the view stopped at " + std::to_string(*stopped) + ": " + cause + ")";
  }
  return line;
}

}  // namespace silkledger::cli
