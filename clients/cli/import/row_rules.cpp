#include "clients/cli/import/row_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "clients/cli/import/dates.h"
#include "clients/cli/import/stages.h"
#include "clients/cli/import/wording.h"
#include "clients/cli/text/words.h"
#include "domain/kernel/code_points.h"
#include "domain/kernel/name_rules.h"

namespace silkledger::cli {
namespace {

struct Bound {
  Column column;
  std::size_t bytes_max;  // as the schema has them
  TextKind kind;
};

constexpr std::array kBounds = {Bound{Column::name, 512, TextKind::name},
                                Bound{Column::unit, 256, TextKind::name},
                                Bound{Column::industry, 128, TextKind::free_text},
                                Bound{Column::investor, 512, TextKind::free_text},
                                Bound{Column::content, 4096, TextKind::free_text},
                                Bound{Column::status, 256, TextKind::free_text},
                                Bound{Column::source_url, 2048, TextKind::free_text},
                                Bound{Column::source_kind, 64, TextKind::free_text},
                                Bound{Column::source_title, 512, TextKind::free_text},
                                Bound{Column::note, 4096, TextKind::free_text}};

class Judge {
 public:
  Judge(const Sheet& sheet, const SheetRow& row, const UnitBook& units)
      : sheet_(sheet), row_(row), units_(units) {
    judged_.row = row.row;
    judged_.name = cell(Column::name);
    judged_.place = cell(Column::unit);
    judged_.remarks = row.remarks;
  }

  JudgedRow take() {
    if (judged_.refused()) return std::move(judged_);  // not readable: its cells cannot be trusted
    take_texts();
    take_unit();
    take_wording();
    take_status();
    take_amount();
    take_jobs();
    take_in_place();
    take_source();
    return std::move(judged_);
  }

 private:
  std::string cell(Column column) const { return std::string(trimmed(row_[column])); }

  std::optional<std::string> optional_cell(Column column) const {
    std::string text = cell(column);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }

  void say(bool refuses, Reason reason, Column column, std::string what, Text why, Text help = {}) {
    judged_.remarks.push_back({refuses, reason, sheet_.address(column, row_.row), std::move(what),
                               std::move(why), std::move(help)});
  }
  void refuse(Reason reason, Column column, std::string what, Text why, Text help) {
    say(true, reason, column, std::move(what), std::move(why), std::move(help));
  }
  void warn(Reason reason, Column column, std::string what, Text why) {
    say(false, reason, column, std::move(what), std::move(why));
  }

  void take_texts() {
    for (const Bound& bound : kBounds) {
      const std::string text = cell(bound.column);
      if (text.empty() && bound.column != Column::name) continue;
      for (const TextFinding& finding : check_text(text, bound.kind)) {
        say(is_refusal(finding.problem), Reason::format, bound.column, text, finding.fault.message);
      }
      if (text.size() > bound.bytes_max) {
        const std::string most = std::to_string(bound.bytes_max);
        refuse(Reason::format, bound.column, {},
               {"超过 " + most + " 字节", "longer than " + most + " bytes"},
               {"请缩短", "shorten it"});
      }
    }
    judged_.opening.name = cell(Column::name);
    judged_.opening.investor_name = optional_cell(Column::investor);
    judged_.opening.industry = optional_cell(Column::industry);
    judged_.opening.content = optional_cell(Column::content);
    judged_.opening.note = optional_cell(Column::note);
    const std::string unverified = unverified_phrase(cell(Column::note));
    if (!unverified.empty()) {
      warn(Reason::source, Column::note, unverified,
           {"来源自称未核实，备注照录", "the source itself says so; the note is kept"});
    }
  }

  void take_unit() {
    auto found = units_.find(row_[Column::unit]);
    if (auto* remark = std::get_if<Remark>(&found)) {
      refuse(remark->reason, Column::unit, cell(Column::unit), remark->why, remark->help);
    } else {
      judged_.opening.unit_id = std::get<std::string>(std::move(found));
    }
    const std::string presumed = presumed_unit_phrase(cell(Column::note));
    if (!presumed.empty()) {
      refuse(Reason::unit, Column::note, presumed,
             {"承接单位是推定的，不是来源写明的", "the unit is presumed, not stated by the source"},
             {"请查明承接单位后删去此说明", "find out the unit, then remove the remark"});
    }
  }

  // Refuses once for the first of these columns in which the words stand.
  void refuse_wording(std::string (*phrase_of)(std::string_view), std::span<const Column> columns,
                      Reason reason, const Text& why, const Text& help) {
    for (const Column column : columns) {
      std::string phrase = phrase_of(cell(column));
      if (!phrase.empty()) return refuse(reason, column, std::move(phrase), why, help);
    }
  }

  void take_wording() {
    constexpr std::array kAnywhere = {Column::name, Column::investor, Column::content,
                                      Column::status, Column::note};
    constexpr std::array kName = {Column::name};
    constexpr std::array kInvestor = {Column::investor};
    constexpr std::array kNote = {Column::note};
    const Text split = {"请按项目拆分为多行，各写各的数",
                        "one row for each project, with its own figures"};
    refuse_wording(
        not_promotion_phrase, kAnywhere, Reason::not_promotion,
        {"行内写明不是招商引资项目", "the row itself says that it is no investment promotion"},
        {"不录入；如属误写请删去此说明", "leave it out, or remove the remark if it is wrong"});
    refuse_wording(bundle_phrase, kAnywhere, Reason::bundle,
                   {"一行含多个项目或多个地区", "several projects or places in one row"}, split);
    refuse_wording(many_enterprises_phrase, kInvestor, Reason::bundle,
                   {"投资方是多家企业，金额和岗位不属于一个项目",
                    "several enterprises: the figures are not one project's"},
                   split);
    refuse_wording(many_projects_phrase, kName, Reason::bundle,
                   {"一行是多个项目", "the row is several projects"}, split);
    refuse_wording(
        framework_phrase, kAnywhere, Reason::framework,
        {"框架协议或意向合作，尚不是项目", "a framework or an intention, not a project yet"},
        {"签订正式协议后再录", "enter it once a formal agreement is signed"});
    refuse_wording(
        phase_phrase, kNote, Reason::phase,
        {"是另一行总项目的分期，重复计数", "a phase whose total is another row"},
        {"只录总项目，或各期分别录而不录总项目", "enter the total or the phases, not both"});
    refuse_wording(same_project_phrase, kNote, Reason::duplicate,
                   {"疑与另一项目相同，尚未判定", "suspected to be another project's double"},
                   {"判定后只留一行，并删去此说明", "decide, keep one row and remove the remark"});
  }

  void take_status() {
    const std::string status = cell(Column::status);
    judged_.opening.status_text = status;
    if (status.empty()) {
      refuse(Reason::status, Column::status, {}, {"没有写状态", "no status is stated"},
             {"请写 已签约、在建、已投产 等", "state 已签约, 在建, 已投产 or the like"});
    } else if (const auto found = stage_of(status)) {
      judged_.opening.stage = found->stage;
      if (found->caution) warn(Reason::status, Column::status, status, *found->caution);
    } else if (framework_phrase(status).empty()) {
      refuse(Reason::status, Column::status, status,
             {"看不出已到哪个阶段", "no stage can be told from it"},
             {"请改写为 拟建、已签约、在建、已投产 等，括号内可作说明",
              "write 拟建, 已签约, 在建, 已投产 or the like; remarks go in brackets"});
    }
    const auto date = date_cell(Column::status_date);
    const std::string presumed = presumed_date_phrase(cell(Column::note));
    if (date && !presumed.empty()) {
      warn(Reason::value, Column::status_date, *date,
           {"日期是推定的（" + presumed + "），不录入",
            "the date is presumed (" + presumed + ") and is left out"});
    } else {
      judged_.opening.status_date = date;
    }
  }

  std::optional<std::string> date_cell(Column column) {
    const std::string text = cell(column);
    if (text.empty()) return std::nullopt;
    auto date = partial_date(text);
    if (!date) {
      refuse(Reason::format, column, text, {"日期无法辨认", "the date cannot be read"},
             {"请写 2023、2023-09 或 2023-09-20", "write 2023, 2023-09 or 2023-09-20"});
    }
    return date;
  }

  void refuse_fault(Column column, const std::string& text, const TextFault& fault) {
    const std::string place = std::to_string(fault.at_character);
    const bool whole = fault.at_character == 0;
    refuse(Reason::format, column, text,
           {(whole ? "" : "第 " + place + " 个字：") + fault.message.zh,
            (whole ? "" : "character " + place + ": ") + fault.message.en},
           {"请按“1.2亿元”“约300人”的写法改写，或留空",
            "write it as 1.2亿元 or 约300人, or leave it empty"});
  }

  std::optional<Amount> amount_cell(Column column, AmountUnit unit) {
    const std::string text = cell(column);
    if (text.empty()) return std::nullopt;
    const auto parsed = parse_amount(text, unit);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
      refuse_fault(column, text, *fault);
      return std::nullopt;
    }
    const Amount amount = std::get<Amount>(parsed);
    if (amount.fen == 0 || amount.fen >= kAmountImplausibleFen) {
      refuse(Reason::value, column, text, {"一个项目的金额不合常理", "implausible for one project"},
             {"请核对单位（亿元、万元）；没有数就留空",
              "check the unit; leave it empty if there is none"});
      return std::nullopt;
    }
    return amount;
  }

  static schema::Money money(const Amount& amount) {
    return {amount.fen, static_cast<schema::Qualifier>(amount.qualifier)};
  }

  void take_amount() {
    auto amount = amount_cell(Column::amount, row_.amount_unit);
    if (!amount) return;
    const std::string note = cell(Column::note);
    const std::string shared = shared_figures_phrase(note);
    if (!shared.empty()) {
      refuse(Reason::bundle, Column::amount, cell(Column::amount),
             {"金额是几个项目的合计（" + shared + "）",
              "the sum of several projects (" + shared + ")"},
             {"请拆分，或将金额留空", "split it, or leave the amount empty"});
      return;
    }
    for (const WrittenAmount& written : written_amounts(note)) {
      if (!compare(written, *amount)) return;
    }
    judged_.opening.amount = money(*amount);
  }

  // What the note writes of the same number: its qualifier is kept; a contradiction is refused.
  bool compare(const WrittenAmount& written, Amount& amount) {
    const auto behind = [&written](std::string_view word) {
      return written.before.ends_with(word) || written.before.ends_with(std::string(word) + "“");
    };
    const bool same = written.amount.fen == amount.fen;
    if (same && (behind("合计") || behind("合计投资") || behind("总计"))) {
      refuse(Reason::bundle, Column::amount, cell(Column::amount),
             {"备注说这是几个项目的合计", "the note says that this is the sum of several"},
             {"请拆分，或将金额留空", "split it, or leave the amount empty"});
      return false;
    }
    if (same && written.amount.qualifier != Qualifier::exact) {
      if (amount.qualifier == Qualifier::exact) {
        amount.qualifier = written.amount.qualifier;
        warn(Reason::value, Column::amount, written.text,
             {"按备注的写法保留口径", "the qualifier of the note is kept"});
      } else if (amount.qualifier != written.amount.qualifier) {
        refuse(Reason::value, Column::amount, cell(Column::amount),
               {"与备注“" + written.text + "”口径不同",
                "the note qualifies it differently: " + written.text},
               {"请核对后统一", "make them agree"});
        return false;
      }
    }
    if (!same && (behind("投资写作") || behind("总投资写作"))) {
      refuse(Reason::value, Column::amount, cell(Column::amount),
             {"与备注“" + written.text + "”不符", "the note says " + written.text},
             {"请核对后统一", "make them agree"});
      return false;
    }
    return true;
  }

  void take_jobs() {
    const std::string text = cell(Column::jobs);
    if (text.empty()) return;
    const std::string note = cell(Column::note);
    const auto parsed = parse_count(text);
    if (const auto* fault = std::get_if<TextFault>(&parsed))
      return refuse_fault(Column::jobs, text, *fault);
    const QualifiedCount jobs = std::get<QualifiedCount>(parsed);
    if (const std::string phrase = not_own_jobs_phrase(note); !phrase.empty()) {
      return warn(Reason::value, Column::jobs, text,
                  {"备注说不是本项目的岗位（" + phrase + "），不录入",
                   "not the project's own by the note (" + phrase + "): left out"});
    }
    if (const std::string shared = shared_figures_phrase(note); !shared.empty()) {
      return refuse(Reason::bundle, Column::jobs, text,
                    {"岗位是几个项目的合计（" + shared + "）",
                     "the sum of several projects (" + shared + ")"},
                    {"请拆分，或将岗位留空", "split it, or leave the jobs empty"});
    }
    if (jobs.number >= kJobsImplausible) {
      return refuse(Reason::value, Column::jobs, text,
                    {"一个项目的岗位数不合常理", "implausible for one project"},
                    {"请核对；预计数或带动数请留空", "check it; leave forecasts out"});
    }
    judged_.opening.jobs =
        schema::Count{jobs.number, static_cast<schema::Qualifier>(jobs.qualifier)};
  }

  void take_in_place() {
    const auto in_place = amount_cell(Column::in_place, row_.in_place_unit);
    if (!in_place) return;
    judged_.opening.in_place = money(*in_place);
    const auto& total = judged_.opening.amount;
    if (total && in_place->fen > total->fen) {
      warn(Reason::value, Column::in_place, cell(Column::in_place),
           {"到位资金多于总投资", "more in place than the whole investment"});
    }
  }

  void take_source() {
    schema::Source& source = judged_.opening.source;
    source.url = optional_cell(Column::source_url);
    source.published_on = date_cell(Column::source_date);
    source.kind = optional_cell(Column::source_kind);
    const std::string title = cell(Column::source_title);
    if (source.url && !is_web_address(*source.url)) {
      refuse(Reason::source, Column::source_url, *source.url,
             {"不是 http 或 https 网址", "is no http or https address"},
             {"请写完整网址，或留空", "write the whole address, or leave it empty"});
    }
    if (!title.empty()) {
      source.title = title;
    } else if (source.url) {
      source.title = host_of(*source.url);
    } else if (source.kind) {
      source.title = *source.kind + "（未注明网址）";
      warn(Reason::source, Column::source_url, {}, {"来源没有网址", "the source has no address"});
    } else {
      refuse(Reason::source, Column::source_url, {}, {"没有写来源", "no source is stated"},
             {"期初录入须注明来源：网址、类别或标题",
              "an opening entry needs a source: address, kind or title"});
    }
  }

  static bool is_web_address(std::string_view url) {
    if (url.find_first_of(" \t\r\n\"<>") != std::string_view::npos) return false;
    return (url.starts_with("http://") && url.size() > 7) ||
           (url.starts_with("https://") && url.size() > 8);
  }

  static std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#")));
  }

  const Sheet& sheet_;
  const SheetRow& row_;
  const UnitBook& units_;
  JudgedRow judged_;
};

}  // namespace

bool JudgedRow::refused() const { return refusal() != nullptr; }

const Remark* JudgedRow::refusal() const {
  const auto found = std::ranges::find(remarks, true, &Remark::refuses);
  return found == remarks.end() ? nullptr : &*found;
}

JudgedRow judge_row(const Sheet& sheet, const SheetRow& row, const UnitBook& units) {
  return Judge(sheet, row, units).take();
}

std::string name_key(std::string_view name) {
  constexpr std::u32string_view kDropped = U"()[]{}<>《》“”‘’\"'、，,。.;；:：·-—_/ ";
  std::string key;
  for (const char32_t point : decode_utf8(half_width(name)).points) {
    if (kDropped.find(point) != std::u32string_view::npos) continue;
    append_utf8(key, point >= U'A' && point <= U'Z' ? point - U'A' + U'a' : point);
  }
  return key;
}

}  // namespace silkledger::cli
