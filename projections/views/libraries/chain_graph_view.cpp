// 产业链图谱: the graph of each chain, what in it is weak, short or broken, and who stands where
// (Art. 4, 12). How it looked at an earlier time is what as-of answers.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/uscc_warnings.h"

namespace silkledger::projections {
namespace {

using schema::ChainGraphNode;
using schema::ChainGraphRow;
using schema::ChainNodeJudged;

ChainNodeJudged judged(schema::ChainNodeStatus status) {
  switch (status) {
    case schema::ChainNodeStatus::present:
      return ChainNodeJudged::present;
    case schema::ChainNodeStatus::weak:
      return ChainNodeJudged::weak;
    case schema::ChainNodeStatus::short_:
      return ChainNodeJudged::short_;
    case schema::ChainNodeStatus::broken:
      return ChainNodeJudged::broken;
  }
  return ChainNodeJudged::unjudged;
}

void count(ChainGraphRow& row) {
  const auto of = [&](ChainNodeJudged status) {
    return static_cast<std::int32_t>(
        std::ranges::count(row.nodes, status, &ChainGraphNode::status));
  };
  row.node_count = static_cast<std::int32_t>(row.nodes.size());
  row.weak = of(ChainNodeJudged::weak);
  row.short_ = of(ChainNodeJudged::short_);
  row.broken = of(ChainNodeJudged::broken);
}

void add_node(ChainGraphRow& row, schema::ChainNodeAdded event) {
  ChainGraphNode node;
  node.node_id = std::move(event.node_id);
  node.name = std::move(event.name);
  node.kind = event.kind;
  row.nodes.push_back(std::move(node));
}

void judge(ChainGraphRow& row, const schema::ChainNodeStatusSet& event, CivilDate on) {
  const auto node = std::ranges::find(row.nodes, event.node_id, &ChainGraphNode::node_id);
  if (node == row.nodes.end()) {
    throw ImpossibleEvent("the graph of chain " + row.chain_id + " has no node " + event.node_id);
  }
  node->status = judged(event.status);
  node->basis = event.basis;
  node->judged_on = on;
}

void remove_node(ChainGraphRow& row, const std::string& node_id) {
  std::erase_if(row.nodes, [&](const auto& node) { return node.node_id == node_id; });
  std::erase_if(row.enterprises, [&](const auto& one) { return one.node_id == node_id; });
}

void attach(ChainGraphRow& row, schema::ChainEnterpriseAttached event) {
  std::vector<std::string> warnings = uscc_warnings(event.uscc);
  row.enterprises.push_back({std::move(event.node_id), std::move(event.name), std::move(event.uscc),
                             std::move(warnings)});
}

void change(ChainGraphRow& row, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::CHAIN_NODE_ADDED:
      return add_node(row, read(event.getChainNodeAdded()));
    case EventKind::CHAIN_NODE_STATUS_SET:
      return judge(row, read(event.getChainNodeStatusSet()), input.occurred_on());
    case EventKind::CHAIN_NODE_REMOVED:
      return remove_node(row, read(event.getChainNodeRemoved()).node_id);
    case EventKind::CHAIN_EDGE_ADDED: {
      const auto added = read(event.getChainEdgeAdded());
      row.edges.push_back({added.upstream, added.downstream});
      return;
    }
    case EventKind::CHAIN_EDGE_REMOVED: {
      const auto removed = read(event.getChainEdgeRemoved());
      std::erase(row.edges, schema::ChainGraphEdge{removed.upstream, removed.downstream});
      return;
    }
    case EventKind::CHAIN_ENTERPRISE_ATTACHED:
      return attach(row, read(event.getChainEnterpriseAttached()));
    case EventKind::CHAIN_ENTERPRISE_DETACHED: {
      const auto detached = read(event.getChainEnterpriseDetached());
      std::erase_if(row.enterprises, [&](const auto& one) {
        return one.node_id == detached.node_id && one.name == detached.name;
      });
      return;
    }
    default:
      return;
  }
}

void fold_chain_graph(Fold& fold, const EventInput& input) {
  const std::string chain_id(input.stream.substr(input.stream.find('/') + 1));
  const ChainGraphRow* present = fold.get<ChainGraphRow>(chain_id);
  ChainGraphRow row = present ? *present : ChainGraphRow();
  if (!present) {
    row.chain_id = chain_id;
    const domain::Chain* chain = fold.reference().chain(chain_id);
    row.name = chain ? chain->name : chain_id;
  }
  change(row, input);
  count(row);
  row.version = input.version;
  row.position = input.position;
  fold.put(std::move(row));
}

}  // namespace

View chain_graph_view() {
  return {.name = "chain-graph",
          .version = 1,
          .folds = {EventKind::CHAIN_NODE_ADDED, EventKind::CHAIN_NODE_STATUS_SET,
                    EventKind::CHAIN_NODE_REMOVED, EventKind::CHAIN_EDGE_ADDED,
                    EventKind::CHAIN_EDGE_REMOVED, EventKind::CHAIN_ENTERPRISE_ATTACHED,
                    EventKind::CHAIN_ENTERPRISE_DETACHED},
          .reads = {},
          .fold = fold_chain_graph};
}

}  // namespace silkledger::projections
