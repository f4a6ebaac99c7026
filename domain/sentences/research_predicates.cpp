#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {
namespace {

// "在纺织服装图谱中" and "in the graph of Textiles, ".
Text in_graph(const std::string& chain_id, const Names& names) {
  const Text chain = names.chain(chain_id);
  return {"在" + chain.zh + "图谱中", "in the graph of " + chain.en + " "};
}

Text edge(const std::string& upstream, const std::string& downstream) {
  return {upstream + " → " + downstream, "from " + upstream + " to " + downstream};
}

Text at_code(const std::optional<std::string>& uscc) {
  return uscc ? Text{"（" + *uscc + "）", " (" + *uscc + ")"} : Text{};
}

}  // namespace

Text predicate(const schema::ChainNodeAdded& event, const Names& names) {
  const Text kind = enumerant(event.kind);
  return join({in_graph(event.chain_id, names),
               {"增加" + kind.zh + " " + event.node_id + "“" + event.name + "”",
                "added the " + kind.en + " " + event.node_id + " \"" + event.name + "\""}});
}

Text predicate(const schema::ChainNodeStatusSet& event, const Names& names) {
  const Text status = enumerant(event.status);
  return join({in_graph(event.chain_id, names),
               {"认定节点 " + event.node_id + " 为“" + status.zh + "”，依据：" + event.basis,
                "judged node " + event.node_id + " as " + status.en +
                    ", on the basis of: " + event.basis}});
}

Text predicate(const schema::ChainNodeRemoved& event, const Names& names) {
  return join({in_graph(event.chain_id, names),
               {"删除节点 " + event.node_id, "removed node " + event.node_id},
               reason(event.reason)});
}

Text predicate(const schema::ChainEdgeAdded& event, const Names& names) {
  return join({in_graph(event.chain_id, names),
               {"连接上下游 ", "drew an edge "},
               edge(event.upstream, event.downstream)});
}

Text predicate(const schema::ChainEdgeRemoved& event, const Names& names) {
  return join({in_graph(event.chain_id, names),
               {"断开上下游 ", "removed the edge "},
               edge(event.upstream, event.downstream),
               reason(event.reason)});
}

Text predicate(const schema::ChainEnterpriseAttached& event, const Names& names) {
  return join({in_graph(event.chain_id, names),
               {"将企业“" + event.name + "”", "attached the enterprise \"" + event.name + "\""},
               at_code(event.uscc),
               {"挂接到节点 " + event.node_id, " to node " + event.node_id}});
}

Text predicate(const schema::ChainEnterpriseDetached& event, const Names& names) {
  return join({in_graph(event.chain_id, names),
               {"从节点 " + event.node_id + " 移除企业“" + event.name + "”",
                "detached the enterprise \"" + event.name + "\" from node " + event.node_id},
               reason(event.reason)});
}

Text predicate(const schema::OfferProposed& event, const Names& names) {
  const Text unit = names.unit(event.unit_id);
  Text text{"为" + unit.zh + "谋划项目“" + event.name + "”",
            "proposed the project \"" + event.name + "\" for " + unit.en};
  if (event.chain_id) {
    const Text chain = names.chain(*event.chain_id);
    text = join({text, {"，产业链：" + chain.zh, ", chain: " + chain.en}});
  }
  if (event.amount) text = join({text, {"，投资额 ", ", amount "}, money(*event.amount)});
  return text;
}

Text predicate(const schema::OfferReviewedByChainUnit& event, const Names&) {
  const Text verdict = enumerant(event.verdict);
  return {"审阅谋划项目 " + event.offer_id + "：" + verdict.zh + "，" + event.opinion,
          "reviewed the offer " + event.offer_id + ": " + verdict.en + ", " + event.opinion};
}

Text predicate(const schema::OfferAssessed& event, const Names&) {
  const Text outcome = enumerant(event.feasibility);
  return {"论证谋划项目 " + event.offer_id + "：" + outcome.zh + "，" + event.opinion,
          "assessed the offer " + event.offer_id + ": " + outcome.en + ", " + event.opinion};
}

Text predicate(const schema::OfferEnteredLibrary& event, const Names&) {
  const std::string by = to_string(event.confirm_by);
  return {"将谋划项目 " + event.offer_id + " 列入重点项目库，应于 " + by + " 前确认",
          "entered the offer " + event.offer_id +
              " into the key-project library, to be confirmed " + "by " + by};
}

Text predicate(const schema::OfferConfirmed& event, const Names&) {
  const std::string by = to_string(event.confirm_by);
  return {"确认在库项目 " + event.offer_id + "，下次应于 " + by + " 前确认",
          "confirmed the offer " + event.offer_id + ", next to be confirmed by " + by};
}

Text predicate(const schema::OfferUpdated& event, const Names& names) {
  Text text{"更新谋划项目 " + event.offer_id, "updated the offer " + event.offer_id};
  const auto add = [&text](Text more) { text = join({text, more}); };
  if (event.name) add({"，名称：" + *event.name, ", name: " + *event.name});
  if (event.chain_id) {
    const Text chain = names.chain(*event.chain_id);
    add({"，产业链：" + chain.zh, ", chain: " + chain.en});
  }
  if (event.node_id) add({"，节点：" + *event.node_id, ", node: " + *event.node_id});
  if (event.content) add({"，建设内容：" + *event.content, ", content: " + *event.content});
  if (event.amount) add(join({{"，投资额 ", ", amount "}, money(*event.amount)}));
  if (event.land) add({"，用地：" + *event.land, ", land: " + *event.land});
  if (event.expected_return) {
    add({"，研究所载回报：" + *event.expected_return,
         ", return by its study: " + *event.expected_return});
  }
  if (event.study) add({"，研究来源：" + event.study->title, ", study: " + event.study->title});
  return join({text, reason(event.reason)});
}

Text predicate(const schema::OfferWithdrawn& event, const Names&) {
  return join({{"撤回谋划项目 " + event.offer_id, "withdrew the offer " + event.offer_id},
               reason(event.reason)});
}

Text predicate(const schema::OfferLanded& event, const Names&) {
  return {"登记谋划项目 " + event.offer_id + " 落地为项目 " + event.project_id,
          "recorded that the offer " + event.offer_id + " landed as project " + event.project_id};
}

Text predicate(const schema::UnitPlanDrafted& event, const Names& names) {
  const Text unit = names.unit(event.unit_id);
  const Text kind = enumerant(event.kind);
  const std::string year = std::to_string(event.year);
  return {
      "起草" + unit.zh + " " + year + " 年" + kind.zh + "《" + event.title + "》",
      "drafted the " + kind.en + " of " + unit.en + " for " + year + ", \"" + event.title + "\""};
}

Text predicate(const schema::UnitPlanIssued& event, const Names&) {
  const std::string day = to_string(event.issued_on);
  return {"于 " + day + " 印发文件 " + event.plan_id + "，文号 " + event.document_no,
          "issued the document " + event.plan_id + " on " + day + " as " + event.document_no};
}

Text predicate(const schema::UnitPlanWithdrawn& event, const Names&) {
  return join({{"撤回文件 " + event.plan_id, "withdrew the document " + event.plan_id},
               reason(event.reason)});
}

}  // namespace silkledger::domain::sentences
