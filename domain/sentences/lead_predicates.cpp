#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::LeadReported& event, const Names& names) {
  const auto unit = names.unit(event.reporting_unit);
  const auto origin = enumerant(event.origin);
  Text text{"上报客商信息：" + event.investor_name + "（" + origin.zh + "），" + event.content +
                "，上报单位 " + unit.zh,
            "reported the investor " + event.investor_name + " (" + origin.en +
                "): " + event.content + "; reporting unit " + unit.en};
  if (event.amount)
    text = join({text, {"，意向投资 ", ", intended investment "}, money(*event.amount)});
  if (event.jobs) text = join({text, {"，就业 ", ", "}, jobs(*event.jobs)});
  if (event.intended_unit) {
    text = join({text, {"，意向落地 ", ", intended for "}, names.unit(*event.intended_unit)});
  }
  return text;
}

Text predicate(const schema::LeadFormFiled& event, const Names&) {
  const std::string zh = event.feasible ? "基本可行" : "暂不可行";
  const std::string en = event.feasible ? "feasible" : "not feasible for now";
  return {"填报转办登记表 " + event.form_no + "：" + to_string(event.visited_on) + " 在" +
              event.place + "拜访，判断为" + zh + "，" + event.judgement,
          "filed registration form " + event.form_no + ": visit at " + event.place + " on " +
              to_string(event.visited_on) + ", judged " + en + ": " + event.judgement};
}

Text predicate(const schema::LeadClassified& event, const Names& names) {
  const auto of = names.code("lead-class", event.lead_class);
  Text text{
      "将投资方归为“" + of.zh + "”" + (event.prefecture_decides ? "，由地区统筹" : "，由县市跟踪"),
      "classified the investor as \"" + of.en + "\", to be decided by the " +
          (event.prefecture_decides ? "prefecture" : "county")};
  if (event.list)
    text = join({text, {"，依据榜单：" + *event.list, ", by the list: " + *event.list}});
  if (event.list_year) text = join({text, {"（", " ("}, number(*event.list_year), {" 年）", ")"}});
  return text;
}

Text predicate(const schema::LeadAnalysisConcluded& event, const Names&) {
  return join({{"综合研判结论：", "concluded the analysis: "},
               enumerant(event.verdict),
               reason(event.reasons)});
}

Text predicate(const schema::LeadLeaderReviewed& event, const Names&) {
  return join({{"审核意见：", "reviewed: "}, enumerant(event.verdict), reason(event.reasons)});
}

Text predicate(const schema::LeadLeadingGroupDecided& event, const Names& names) {
  const auto leader = names.person(event.responsible_leader);
  const auto unit = names.unit(event.unit_id);
  return {"记录领导小组决定（" + event.meeting + "）：洽谈责任领导 " + leader + "，安置于 " +
              unit.zh + "，项目 " + event.project_id,
          "recorded the leading group's decision (" + event.meeting + "): responsible leader " +
              leader + ", placed with " + unit.en + ", project " + event.project_id};
}

Text predicate(const schema::LeadDelegated& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  Text text{"交 " + unit.zh + " 自行跟踪接洽", "left the lead to " + unit.en};
  if (event.opinion)
    text = join({text, {"，转办意见：" + *event.opinion, ", opinion: " + *event.opinion}});
  return text;
}

Text predicate(const schema::LeadNegotiationOpened& event, const Names&) {
  return {"线索转入项目 " + event.project_id + " 洽谈",
          "turned the lead into project " + event.project_id};
}

Text predicate(const schema::LeadClosed& event, const Names&) {
  return join({{"办结线索", "closed the lead"}, reason(event.reason)});
}

Text predicate(const schema::LeadCorrected& event, const Names&) {
  return join({{"更正线索：", "corrected the lead: "},
               change(schema::zh(event.field), words_of(schema::name(event.field)), event.change),
               reason(event.reason)});
}

}  // namespace silkledger::domain::sentences
