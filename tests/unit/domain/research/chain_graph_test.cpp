#include "domain/research/chain_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;

const Actor kLead = acting_for("chain-lead");

schema::ChainNodeAdded node(std::string node_id) {
  return {"textile", std::move(node_id), "示例环节", schema::ChainNodeKind::link};
}
schema::ChainNodeStatusSet judgement(std::string node_id, schema::ChainNodeStatus status) {
  return {"textile", std::move(node_id), status, "示例调研"};
}
schema::ChainEdgeAdded edge(std::string upstream, std::string downstream) {
  return {"textile", std::move(upstream), std::move(downstream)};
}
schema::ChainEnterpriseAttached attached(std::string name, std::optional<std::string> code = {}) {
  return {"textile", "yarn", std::move(name), std::move(code)};
}

// cotton → yarn → cloth.
void draw(SmallPrefecture& in) {
  for (const char* id : {"cotton", "yarn", "cloth"}) in.must(node(id), kLead);
  in.must(edge("cotton", "yarn"), kLead);
  in.must(edge("yarn", "cloth"), kLead);
}

ChainGraphState graph(const SmallPrefecture& in) {
  return in.states().all<ChainGraphState>().at("textile");
}

class ChainGraphRefusal : public testing::TestWithParam<Refused> {};

TEST_P(ChainGraphRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Article12, ChainGraphRefusal,
    testing::Values(
        Refused{"ChainUnknown",
                [](SmallPrefecture& in) {
                  return in.send(schema::ChainNodeAdded{"none", "n", "名", {}}, office());
                },
                Kind::not_found, "chain-unknown", "12", "/chainId"},
        Refused{"ChainOfTomorrow",
                [](SmallPrefecture& in) {
                  return in.send(schema::ChainNodeAdded{"later", "n", "名", {}}, office());
                },
                Kind::invalid, "dates-out-of-order", "12", "/chainId"},
        Refused{"AnotherUnitDraws",
                [](SmallPrefecture& in) { return in.send(node("n"), acting_for("county-a")); },
                Kind::not_your_unit, "not-your-unit", "12", ""},
        Refused{"ChainWithoutALeadIsTheOffices",
                [](SmallPrefecture& in) {
                  return in.send(schema::ChainNodeAdded{"orphan", "n", "名", {}}, kLead);
                },
                Kind::not_your_unit, "prefecture-decides", "12", ""},
        Refused{"NodeTwice",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(node("yarn"), kLead);
                },
                Kind::already_exists, "chain-node-already-exists", "12", "/nodeId"},
        Refused{"NodeWithoutName",
                [](SmallPrefecture& in) {
                  return in.send(schema::ChainNodeAdded{"textile", "n", " ", {}}, kLead);
                },
                Kind::invalid, "text-empty", "12", "/name"},
        Refused{"StatusOfUnknownNode",
                [](SmallPrefecture& in) {
                  return in.send(judgement("n", schema::ChainNodeStatus::weak), kLead);
                },
                Kind::not_found, "chain-node-unknown", "12", "/nodeId"},
        Refused{"StatusWithoutBasis",
                [](SmallPrefecture& in) {
                  draw(in);
                  auto stated = judgement("yarn", schema::ChainNodeStatus::weak);
                  stated.basis = "";
                  return in.send(stated, kLead);
                },
                Kind::invalid, "text-empty", "12", "/basis"},
        Refused{"SameJudgementTwice",
                [](SmallPrefecture& in) {
                  draw(in);
                  in.must(judgement("yarn", schema::ChainNodeStatus::weak), kLead);
                  return in.send(judgement("yarn", schema::ChainNodeStatus::weak), kLead);
                },
                Kind::wrong_state, "chain-node-already-judged", "12", "/status"},
        Refused{"EdgeFromUnknownNode",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(edge("n", "yarn"), kLead);
                },
                Kind::not_found, "chain-node-unknown", "12", "/upstream"},
        Refused{"EdgeToUnknownNode",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(edge("yarn", "n"), kLead);
                },
                Kind::not_found, "chain-node-unknown", "12", "/downstream"},
        Refused{"EdgeToItself",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(edge("yarn", "yarn"), kLead);
                },
                Kind::invalid, "chain-edge-to-itself", "12", "/downstream"},
        Refused{"EdgeTwice",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(edge("cotton", "yarn"), kLead);
                },
                Kind::already_exists, "chain-edge-already-exists", "12", "/downstream"},
        Refused{"EdgeBack",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(edge("yarn", "cotton"), kLead);
                },
                Kind::invalid, "chain-edge-closes-cycle", "12", "/downstream"},
        Refused{"EdgeBackOverAnother",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(edge("cloth", "cotton"), kLead);
                },
                Kind::invalid, "chain-edge-closes-cycle", "12", "/downstream"},
        Refused{
            "UnknownEdgeRemoved",
            [](SmallPrefecture& in) {
              draw(in);
              return in.send(schema::ChainEdgeRemoved{"textile", "cotton", "cloth", "误"}, kLead);
            },
            Kind::not_found, "chain-edge-unknown", "12", "/downstream"},
        Refused{"ConnectedNodeRemoved",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(schema::ChainNodeRemoved{"textile", "cloth", "误"}, kLead);
                },
                Kind::wrong_state, "chain-node-connected", "12", "/nodeId"},
        Refused{"NodeRemovedWithoutReason",
                [](SmallPrefecture& in) {
                  in.must(node("n"), kLead);
                  return in.send(schema::ChainNodeRemoved{"textile", "n", ""}, kLead);
                },
                Kind::invalid, "text-empty", "12", "/reason"},
        Refused{"EnterpriseAtUnknownNode",
                [](SmallPrefecture& in) { return in.send(attached("测试企业"), kLead); },
                Kind::not_found, "chain-node-unknown", "12", "/nodeId"},
        Refused{"EnterpriseTwiceByName",
                [](SmallPrefecture& in) {
                  draw(in);
                  in.must(attached("测试企业"), kLead);
                  return in.send(attached("测试企业", "X"), kLead);
                },
                Kind::already_exists, "chain-enterprise-already-attached", "12", "/name"},
        Refused{"EnterpriseTwiceByCode",
                [](SmallPrefecture& in) {
                  draw(in);
                  in.must(attached("测试企业", "X"), kLead);
                  return in.send(attached("测试企业乙", "X"), kLead);
                },
                Kind::already_exists, "chain-enterprise-already-attached", "12", "/name"},
        Refused{"UnknownEnterpriseDetached",
                [](SmallPrefecture& in) {
                  draw(in);
                  return in.send(
                      schema::ChainEnterpriseDetached{"textile", "yarn", "测试企业", "停产"},
                      kLead);
                },
                Kind::not_found, "attached-enterprise-unknown", "12", "/name"}),
    name_of_row);

TEST(ChainGraph, IsDrawnByItsLeadUnitAndByTheOffice) {
  SmallPrefecture in;
  const auto decided = in.must(node("yarn"), kLead);
  ASSERT_EQ(decided.facts.size(), 1U);
  EXPECT_EQ(decided.facts[0].stream, "chain-graph/textile");
  EXPECT_EQ(decided.facts[0].article, "12");
  EXPECT_TRUE(decided.facts[0].event == schema::Event(node("yarn")));
  in.must(judgement("yarn", schema::ChainNodeStatus::broken), office());
  in.must(schema::ChainNodeAdded{"orphan", "n", "名", {}}, office());
  EXPECT_EQ(graph(in).nodes.at("yarn")->status, schema::ChainNodeStatus::broken);
}

TEST(ChainGraph, TakesTwoWaysToOneNodeWhichAreNoCycle) {
  SmallPrefecture in;
  draw(in);
  in.must(edge("cotton", "cloth"), kLead);
  EXPECT_EQ(graph(in).edges.size(), 3U);
}

TEST(ChainGraph, ANodeGoesOnceItsEdgesAreGoneAndTakesItsEnterprisesAlong) {
  SmallPrefecture in;
  draw(in);
  in.must(attached("测试企业"), kLead);
  in.must(schema::ChainEdgeRemoved{"textile", "cotton", "yarn", "改道"}, kLead);
  in.must(schema::ChainEdgeRemoved{"textile", "yarn", "cloth", "改道"}, kLead);
  in.must(schema::ChainNodeRemoved{"textile", "yarn", "合并"}, kLead);
  EXPECT_FALSE(graph(in).has_node("yarn"));
  EXPECT_TRUE(graph(in).enterprises.empty());
  in.must(edge("cloth", "cotton"), kLead);  // the way that would have closed a cycle is gone
  in.must(node("yarn"), kLead);
  EXPECT_FALSE(graph(in).nodes.at("yarn")) << "a new node is judged anew";
}

TEST(ChainGraph, AnEnterpriseStandsAtSeveralNodesAndLeavesOne) {
  SmallPrefecture in;
  draw(in);
  in.must(attached("测试企业", "X"), kLead);
  in.must(schema::ChainEnterpriseAttached{"textile", "cloth", "测试企业", "X"}, kLead);
  in.must(schema::ChainEnterpriseDetached{"textile", "yarn", "测试企业", "停产"}, kLead);
  EXPECT_EQ(graph(in).enterprises.size(), 1U);
  EXPECT_EQ(graph(in).enterprises.begin()->first.first, "cloth");
}

TEST(ChainGraph, HoldsAsManyAsTheRulesSayAndNotOneMore) {
  SmallPrefecture in;
  in.rules().chain_graph_most = 2;
  in.must(node("a"), kLead);
  in.must(node("b"), kLead);
  expect_refused(in.send(node("c"), kLead), Kind::wrong_state, "chain-graph-full", "12",
                 "/chainId");
  in.rules().chain_graph_most.reset();
  for (int i = 2; i < kChainGraphMost; ++i) in.must(node("n" + std::to_string(i)), kLead);
  expect_refused(in.send(node("c"), kLead), Kind::wrong_state, "chain-graph-full", "12",
                 "/chainId");
}

// An order of the nodes in which every edge leads forward exists exactly when there is no cycle.
bool is_acyclic(const ChainGraphState& graph) {
  auto edges = graph.edges;
  std::set<std::string> left;
  for (const auto& [id, judged] : graph.nodes) left.insert(id);
  while (!left.empty()) {
    const auto source = std::ranges::find_if(left, [&](const std::string& id) {
      return std::ranges::none_of(edges, [&](const auto& one) { return one.second == id; });
    });
    if (source == left.end()) return false;
    std::erase_if(edges, [&](const auto& one) { return one.first == *source; });
    left.erase(source);
  }
  return edges.empty();  // every edge stood between known nodes
}

TEST(ChainGraph, NeverHoldsACycleWhateverIsDrawn) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallPrefecture in;
    std::mt19937_64 random(seed);
    const auto some = [&] { return "n" + std::to_string(random() % 7); };
    int drawn = 0;
    int cycles_refused = 0;
    for (int step = 0; step < 400; ++step) {
      switch (random() % 8) {
        case 0:
          (void)in.send(node(some()), kLead);
          break;
        case 1:
          (void)in.send(schema::ChainNodeRemoved{"textile", some(), "因"}, kLead);
          break;
        case 2:
          (void)in.send(schema::ChainEdgeRemoved{"textile", some(), some(), "因"}, kLead);
          break;
        default: {
          const auto decided = in.send(edge(some(), some()), kLead);
          const bool would_close = !decided && decided.error().code == "chain-edge-closes-cycle";
          drawn += decided ? 1 : 0;
          cycles_refused += would_close ? 1 : 0;
          break;
        }
      }
      const auto graphs = in.states().all<ChainGraphState>();
      if (graphs.contains("textile")) {
        ASSERT_TRUE(is_acyclic(graphs.at("textile")));
      }
    }
    EXPECT_GT(drawn, 10);
    EXPECT_GT(cycles_refused, 5);
  }
}

}  // namespace
}  // namespace silkledger::domain
