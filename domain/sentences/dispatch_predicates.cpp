#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::ProblemRaised& event, const Names& names) {
  const auto kind = enumerant(event.problem_class);
  const auto unit = names.unit(event.raised_by);
  return {unit.zh + "就项目 " + event.project_id + " 提出" + kind.zh + "问题：" + event.text,
          "raised a problem of " + kind.en + " of project " + event.project_id + " for " + unit.en +
              ": " + event.text};
}

Text predicate(const schema::ProblemAssigned& event, const Names& names) {
  const auto unit = names.unit(event.owner_unit);
  return {"将问题交由" + unit.zh + "办理，期限 " + to_string(event.due),
          "assigned the problem to " + unit.en + ", due on " + to_string(event.due)};
}

Text predicate(const schema::ProblemFeedbackGiven& event, const Names&) {
  return {"反馈问题进展：" + event.text, "reported on the problem: " + event.text};
}

Text predicate(const schema::ProblemEscalated& event, const Names&) {
  return {"将问题提请地区协调：" + event.matter,
          "put the problem to the prefecture: " + event.matter};
}

Text predicate(const schema::ProblemEscalationDecided& event, const Names&) {
  const bool taken = event.verdict == schema::EscalationVerdict::taken;
  return {std::string(taken ? "受理" : "退回") + "提请事项：" + event.text,
          std::string(taken ? "took up" : "returned") +
              " what was put to the prefecture: " + event.text};
}

Text predicate(const schema::ProblemResolved& event, const Names&) {
  return {"办结问题：" + event.result, "resolved the problem: " + event.result};
}

Text predicate(const schema::ProblemConfirmed&, const Names&) {
  return {"确认问题已解决", "confirmed that the problem is solved"};
}

Text predicate(const schema::ProblemReopened& event, const Names&) {
  return join({{"重新打开问题", "reopened the problem"}, reason(event.reason)});
}

Text predicate(const schema::MeetingCalled& event, const Names& names) {
  const auto kind = enumerant(event.kind);
  const auto unit = names.unit(event.unit_id);
  return join({{unit.zh + "定于 " + to_string(event.on) + " 召开" + kind.zh + "，主持人 " +
                    names.person(event.chair) + "，议题：" + event.agenda + "，受邀单位：",
                "called a " + kind.en + " meeting of " + unit.en + " for " + to_string(event.on) +
                    " with " + names.person(event.chair) + " in the chair, on: " + event.agenda +
                    ", inviting "},
               units(event.invited, names)});
}

Text predicate(const schema::MeetingHeld& event, const Names& names) {
  Text text = join({{"会议于 " + to_string(event.held_on) + " 召开，出席单位：",
                     "held the meeting on " + to_string(event.held_on) + ", attended by "},
                    units(event.attended, names)});
  if (event.heard.empty()) return text;
  return join({text, {"，听取汇报：", ", hearing "}, units(event.heard, names)});
}

Text predicate(const schema::MeetingMinutesIssued& event, const Names&) {
  return {"印发会议纪要 " + event.number, "issued the minutes " + event.number};
}

Text predicate(const schema::MeetingCalledOff& event, const Names&) {
  return join({{"取消会议", "called the meeting off"}, reason(event.reason)});
}

Text predicate(const schema::ActionAssigned& event, const Names& names) {
  const auto from = names.unit(event.assigned_by);
  const auto to = names.unit(event.owner_unit);
  const std::string due = to_string(event.due);
  Text text{from.zh + "将事项交" + to.zh + "办理，期限 " + due + "：" + event.text,
            "charged " + to.en + " for " + from.en + ", due on " + due + ": " + event.text};
  if (event.meeting_id) {
    text = join(
        {text, {"（会议 " + *event.meeting_id + "）", " (meeting " + *event.meeting_id + ")"}});
  }
  if (event.project_id) {
    text = join(
        {text, {"（项目 " + *event.project_id + "）", " (project " + *event.project_id + ")"}});
  }
  return text;
}

Text predicate(const schema::ActionFeedbackGiven& event, const Names&) {
  return {"反馈办理进展：" + event.text, "reported on the item: " + event.text};
}

Text predicate(const schema::ActionExtensionAsked& event, const Names&) {
  return join({{"申请延期至 " + to_string(event.until),
                "asked for an extension until " + to_string(event.until)},
               reason(event.reason)});
}

Text predicate(const schema::ActionExtensionGranted& event, const Names&) {
  return {"同意延期至 " + to_string(event.until), "extended it until " + to_string(event.until)};
}

Text predicate(const schema::ActionExtensionRefused& event, const Names&) {
  return join({{"不同意延期", "refused the extension"}, reason(event.reason)});
}

Text predicate(const schema::ActionDone& event, const Names&) {
  return {"办结事项：" + event.result, "did the item: " + event.result};
}

Text predicate(const schema::ActionConfirmed&, const Names&) {
  return {"核实销号", "struck the item off"};
}

Text predicate(const schema::ActionReturned& event, const Names&) {
  return join({{"退回继续办理", "returned the item"}, reason(event.reason)});
}

}  // namespace silkledger::domain::sentences
