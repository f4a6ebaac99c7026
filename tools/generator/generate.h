// The generator as a function: equal orders give equal bytes, on every machine and compiler.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "domain/kernel/time.h"
#include "tools/generator/size.h"

namespace silkledger::generator {

struct Order {
  Size size;
  std::uint64_t seed = 1;
  std::string rules;  // folder of the rule files
  // Called with the moment of every act; may be empty.
  std::function<void(Instant)> progress;
};

struct Product {
  std::string script;    // one command a line
  std::string expected;  // what the views must show then
  std::string truth;     // the planted cases
};

// A failure is a sentence.
std::variant<Product, std::string> generate(const Order& order);

}  // namespace silkledger::generator
