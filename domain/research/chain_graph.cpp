#include "domain/research/chain_graph.h"

#include <algorithm>
#include <vector>

#include "domain/checks.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;

constexpr std::string_view kArticle = "12";
const Text kNode{"图谱节点", "chain node"};

const ChainGraphState& graph_of(const Context& context, std::string_view chain_id) {
  return context.states.get<ChainGraphState>(chain_id);
}

// Art. 12: the graph is the chain-lead unit's to draw; of a chain without one, the office's.
Objection may_draw(const Checks& check, std::string_view chain_id) {
  if (auto no = check.chain_exists(chain_id, "/chainId")) return no;
  const Context& context = check.context();
  const auto lead = context.reference.chain_lead(chain_id, context.occurred_on);
  return lead ? check.own_unit(*lead) : check.prefecture_acts();
}

Objection node_exists(const Checks& check, const ChainGraphState& graph, std::string_view node_id,
                      std::string_view pointer) {
  return check.exists(graph.has_node(node_id), kNode, node_id, pointer);
}

Objection has_room(const Checks& check, std::size_t count, const Text& what) {
  const std::int32_t most = check.context().rules.chain_graph_most.value_or(kChainGraphMost);
  if (count < static_cast<std::size_t>(most)) return {};
  const std::string number = std::to_string(most);
  return check.reject(
      Kind::wrong_state, "chain-graph-full", "/chainId",
      {"该产业链图谱的" + what.zh + "已达上限 " + number + " 个。",
       "The graph of this chain holds its most of " + number + " " + what.en + "."},
      {"请先删除不再需要的" + what.zh + "，或由办公室发布提高上限的规则集。",
       "Remove some that are no longer needed, or let the office publish a higher limit."});
}

Text edge_words(std::string_view upstream, std::string_view downstream) {
  return {quoted_zh(upstream) + "到" + quoted_zh(downstream),
          quoted_en(upstream) + " to " + quoted_en(downstream)};
}

Objection edge_is_new(const Checks& check, const ChainGraphState& graph,
                      const schema::ChainEdgeAdded& stated) {
  const Text edge = edge_words(stated.upstream, stated.downstream);
  if (stated.upstream == stated.downstream) {
    return check.reject(Kind::invalid, "chain-edge-to-itself", "/downstream",
                        {"节点不能是自己的上游。", "A node cannot lie upstream of itself."},
                        {"请填写另一节点。", "Name another node."});
  }
  if (graph.edges.contains({stated.upstream, stated.downstream})) {
    return check.reject(Kind::already_exists, "chain-edge-already-exists", "/downstream",
                        {edge.zh + "的上下游关系已在图谱中。",
                         "The edge from " + edge.en + " is in the graph already."},
                        {"无需重复连接。", "There is nothing to add."});
  }
  if (!graph.leads_to(stated.downstream, stated.upstream)) return {};
  return check.reject(
      Kind::invalid, "chain-edge-closes-cycle", "/downstream",
      {"连接" + edge.zh + "会形成循环：下游已是其上游。",
       "An edge from " + edge.en + " would close a cycle: a way leads back already."},
      {"请核对方向；确有回收利用的，请另设节点表示。",
       "Check the direction; draw what is recycled as a node of its own."});
}

// One enterprise stands once at a node, under whatever name.
Objection enterprise_is_new(const Checks& check, const ChainGraphState& graph,
                            const schema::ChainEnterpriseAttached& stated) {
  const auto is_it = [&](const auto& attached) {
    return attached.first.first == stated.node_id &&
           (attached.first.second == stated.name ||
            (stated.uscc && attached.second == stated.uscc));
  };
  const auto found = std::ranges::find_if(graph.enterprises, is_it);
  if (found == graph.enterprises.end()) return {};
  return check.reject(
      Kind::already_exists, "chain-enterprise-already-attached", "/name",
      {"企业" + quoted_zh(found->first.second) + "已挂接在该节点。",
       "The enterprise " + quoted_en(found->first.second) + " stands at this node already."},
      {"名称或代码有变化的，请先移除再挂接。",
       "If its name or code changed, detach it and attach it anew."});
}

}  // namespace

bool ChainGraphState::leads_to(const std::string& from, const std::string& to) const {
  std::set<std::string> seen{from};
  std::vector<std::string> open{from};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    if (at == to) return true;
    for (auto edge = edges.lower_bound({at, {}}); edge != edges.end() && edge->first == at;
         ++edge) {
      if (seen.insert(edge->second).second) open.push_back(edge->second);
    }
  }
  return false;
}

void evolve(ChainGraphState& state, wire::Event::Reader event, const EventPlace&) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::CHAIN_NODE_ADDED:
      state.nodes.emplace(read(event.getChainNodeAdded()).node_id, std::nullopt);
      return;
    case wire::Event::CHAIN_NODE_STATUS_SET: {
      const auto set = read(event.getChainNodeStatusSet());
      state.nodes[set.node_id] = ChainGraphState::Judgement{set.status, set.basis};
      return;
    }
    case wire::Event::CHAIN_NODE_REMOVED: {
      const auto removed = read(event.getChainNodeRemoved());
      state.nodes.erase(removed.node_id);
      std::erase_if(state.enterprises,
                    [&](const auto& one) { return one.first.first == removed.node_id; });
      return;
    }
    case wire::Event::CHAIN_EDGE_ADDED: {
      const auto added = read(event.getChainEdgeAdded());
      state.edges.emplace(added.upstream, added.downstream);
      return;
    }
    case wire::Event::CHAIN_EDGE_REMOVED: {
      const auto removed = read(event.getChainEdgeRemoved());
      state.edges.erase({removed.upstream, removed.downstream});
      return;
    }
    case wire::Event::CHAIN_ENTERPRISE_ATTACHED: {
      const auto attached = read(event.getChainEnterpriseAttached());
      state.enterprises.insert_or_assign({attached.node_id, attached.name}, attached.uscc);
      return;
    }
    case wire::Event::CHAIN_ENTERPRISE_DETACHED: {
      const auto detached = read(event.getChainEnterpriseDetached());
      state.enterprises.erase({detached.node_id, detached.name});
      return;
    }
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::ChainNodeAdded& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  const bool taken = graph.has_node(stated.node_id);
  if (auto no = check.id_is_free(taken, kNode, stated.node_id, "/nodeId")) return *no;
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = has_room(check, graph.nodes.size(), {"节点", "nodes"})) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ChainNodeStatusSet& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  if (auto no = node_exists(check, graph, stated.node_id, "/nodeId")) return *no;
  if (auto no = check.words(stated.basis, "/basis")) return *no;
  const ChainGraphState::Judgement judgement{stated.status, stated.basis};
  if (graph.nodes.at(stated.node_id) == judgement) {
    return check.reject(
        Kind::wrong_state, "chain-node-already-judged", "/status",
        {"该节点已按同一依据认定为此状况。", "The node was judged so already, on the same basis."},
        {"如有变化，请填写新的状况或依据。", "State another status or basis."});
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ChainNodeRemoved& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  if (auto no = node_exists(check, graph, stated.node_id, "/nodeId")) return *no;
  const auto edges = std::ranges::count_if(graph.edges, [&](const auto& edge) {
    return edge.first == stated.node_id || edge.second == stated.node_id;
  });
  if (edges > 0) {
    const std::string number = std::to_string(edges);
    return check.reject(
        Kind::wrong_state, "chain-node-connected", "/nodeId",
        {"该节点仍有 " + number + " 条上下游关系。", "The node still has " + number + " edges."},
        {"请先断开其上下游关系。", "Remove its edges first."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ChainEdgeAdded& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  if (auto no = node_exists(check, graph, stated.upstream, "/upstream")) return *no;
  if (auto no = node_exists(check, graph, stated.downstream, "/downstream")) return *no;
  if (auto no = edge_is_new(check, graph, stated)) return *no;
  if (auto no = has_room(check, graph.edges.size(), {"上下游关系", "edges"})) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ChainEdgeRemoved& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  const bool known = graph.edges.contains({stated.upstream, stated.downstream});
  if (auto no = check.exists(known, {"上下游关系", "chain edge"},
                             stated.upstream + " → " + stated.downstream, "/downstream")) {
    return *no;
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

// A doubtful credit code is a question for views, never a refusal, as with leads.
Result<Decision> decide(const schema::ChainEnterpriseAttached& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  if (auto no = node_exists(check, graph, stated.node_id, "/nodeId")) return *no;
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = enterprise_is_new(check, graph, stated)) return *no;
  if (auto no = has_room(check, graph.enterprises.size(), {"企业", "enterprises"})) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ChainEnterpriseDetached& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_draw(check, stated.chain_id)) return *no;
  const ChainGraphState& graph = graph_of(context, stated.chain_id);
  const bool known = graph.enterprises.contains({stated.node_id, stated.name});
  if (auto no = check.exists(known, {"挂接企业", "attached enterprise"}, stated.name, "/name")) {
    return *no;
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
