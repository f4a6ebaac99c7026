#include "tools/generator/generate.h"

#include <utility>

#include "tools/generator/oracle/expected.h"
#include "tools/generator/rule_files.h"
#include "tools/generator/simulation.h"
#include "tools/generator/world.h"

namespace silkledger::generator {

std::variant<Product, std::string> generate(const Order& order) {
  auto read = read_rule_files(order.rules);
  if (auto* fault = std::get_if<std::string>(&read)) return std::move(*fault);
  const RuleFiles& files = std::get<RuleFiles>(read);
  auto made = World::make(files, order.size, order.seed);
  if (auto* fault = std::get_if<std::string>(&made)) return order.rules + ": " + *fault;
  Simulation simulation(files, std::move(std::get<World>(made)), order.size, order.seed);
  simulation.run(order.progress ? order.progress : [](Instant) {});
  if (simulation.failure()) return order.rules + ": " + *simulation.failure();
  Product product;
  product.script = simulation.desk().take_script();
  product.expected = expected_json(simulation, order.seed, product.script);
  product.truth = truth_json(simulation);
  return product;
}

}  // namespace silkledger::generator
