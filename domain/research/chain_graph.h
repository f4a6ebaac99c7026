// The graph of an industrial chain (Art. 4, 12): links and products, what lies upstream of what,
// which of them are weak, short or broken, and the enterprises that stand at them.
// Stream: "chain-graph/<chain id>".
//
// Drawn by the chain-lead unit of the day, or by the office; it never holds a cycle.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// Most nodes, edges and enterprises of one graph, each, where the rule set does not say.
inline constexpr std::int32_t kChainGraphMost = 500;

// State: what later decisions need, nothing for display.
struct ChainGraphState {
  static constexpr std::string_view kAggregate = "chain-graph";
  struct Judgement {
    schema::ChainNodeStatus status;
    std::string basis;
    friend bool operator==(const Judgement&, const Judgement&) = default;
  };
  std::map<std::string, std::optional<Judgement>, std::less<>> nodes;  // by node id
  std::set<std::pair<std::string, std::string>> edges;                 // upstream, downstream
  // By node and name: the credit code.
  std::map<std::pair<std::string, std::string>, std::optional<std::string>> enterprises;

  bool has_node(std::string_view node_id) const { return nodes.contains(node_id); }
  // A way along the edges leads from one to the other.
  bool leads_to(const std::string& from, const std::string& to) const;
};

void evolve(ChainGraphState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::ChainNodeAdded& stated, const Context& context);
Result<Decision> decide(const schema::ChainNodeStatusSet& stated, const Context& context);
Result<Decision> decide(const schema::ChainNodeRemoved& stated, const Context& context);
Result<Decision> decide(const schema::ChainEdgeAdded& stated, const Context& context);
Result<Decision> decide(const schema::ChainEdgeRemoved& stated, const Context& context);
Result<Decision> decide(const schema::ChainEnterpriseAttached& stated, const Context& context);
Result<Decision> decide(const schema::ChainEnterpriseDetached& stated, const Context& context);

}  // namespace silkledger::domain
