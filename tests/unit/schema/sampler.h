// Deterministic values for generated sample() functions. Tests only.
//
// Full: every optional field present, every list with items, personal fields as ciphertext: what
// golden bytes are made of. Random: presence, sizes and edges by chance, personal fields as plain
// text (so that json::PlainText round-trips them).
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "domain/schema/common.values.h"

namespace silkledger::schema {

class Sampler {
 public:
  enum class Style { full, random };

  Sampler(std::uint64_t seed, Style style) : state_(seed), style_(style) {}

  // SplitMix64.
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  bool boolean() { return full() || below(2) == 0; }
  bool present() { return full() || below(3) != 0; }
  std::size_t items(std::size_t most) {
    return full() ? std::min<std::size_t>(most, 2) : below(std::min<std::size_t>(most, 3) + 1);
  }

  template <class I>
  I integer(I least, I most) {
    if (!full() && below(4) == 0) return below(2) == 0 ? least : most;
    const auto span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
    const std::uint64_t step = span == UINT64_MAX ? next() : next() % (span + 1);
    return static_cast<I>(static_cast<std::uint64_t>(least) + step);
  }

  template <class E>
  E enumerant(std::size_t count, int reserved) {
    for (;;) {
      const auto value = static_cast<int>(below(count));
      if (value != reserved) return static_cast<E>(value);
    }
  }

  std::string text(std::size_t most) {
    static constexpr const char* kPieces[] = {"丝路", "示例县", "a", "\"", "\\", "\n",
                                              "é",    "𠮷",     "/", "～", "7",  "\x01"};
    const std::size_t wanted = full() ? 4 : below(8);
    std::string out = full() && most >= 6 ? "示例" : "";
    for (std::size_t i = 0; i < wanted; ++i) {
      const std::string piece = kPieces[below(std::size(kPieces))];
      if (out.size() + piece.size() <= most) out += piece;
    }
    return out;
  }

  std::string id() { return "id-" + std::to_string(below(1'000'000)); }
  std::string bytes(std::size_t most) {
    std::string out;
    const std::size_t size = most == 32 ? 32 : std::min<std::size_t>(most, full() ? 5 : below(9));
    while (out.size() < size) out += static_cast<char>(next() & 0xff);
    return out;
  }
  CivilDate date() { return {integer<std::int32_t>(-7'670, 84'005)}; }  // 1949-01-01 … 2199-12-31
  Instant instant() { return {integer<std::int64_t>(0, 7'258'000'000'000'000)}; }  // 1970 … 2199
  std::string partial_date() {
    const std::string day = to_string(date());
    return day.substr(0, full() ? 7 : 4 + 3 * below(3));
  }
  Sealed sealed() {
    Sealed out;
    if (!full()) {
      out.ciphertext = text(64);
      return out;
    }
    while (out.ciphertext.size() < 40) out.ciphertext += static_cast<char>(next() & 0xff);
    out.blind_index = bytes(32);
    out.key_id = 1;
    out.algorithm = SealAlgorithm::aes256_gcm_siv1;
    return out;
  }

 private:
  bool full() const { return style_ == Style::full; }

  std::uint64_t state_;
  Style style_;
};

template <class T>
T sample(std::uint64_t seed, Sampler::Style style = Sampler::Style::full) {
  Sampler sampler(seed, style);
  T out{};
  sample(sampler, out);
  return out;
}

}  // namespace silkledger::schema
