// What fuzz targets are made of: a property that must hold for every input, and cuts of an input
// into pieces.
//
// A target is total: it takes any bytes, returns for all of them, and ends the process with the
// property's sentence where one does not hold; the fuzzer then keeps the bytes. Nothing in a target
// depends on anything but its bytes, so that a kept file fails again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace silkledger::fuzz {

inline void expect(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", sentence);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// FNV-1a: spreads, and is the same everywhere.
inline std::uint64_t spread(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3;
  }
  return hash;
}

// Cuts bytes into pieces of 1 to 16, differently for every input.
class Slices {
 public:
  explicit Slices(std::string_view bytes) : left_(bytes), state_(spread(bytes)) {}

  bool empty() const { return left_.empty(); }
  std::string_view next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    const std::size_t size = std::min<std::size_t>(1 + (state_ >> 60), left_.size());
    const std::string_view piece = left_.substr(0, size);
    left_.remove_prefix(size);
    return piece;
  }

 private:
  std::string_view left_;
  std::uint64_t state_;
};

}  // namespace silkledger::fuzz
