// The edge between JSON and the ledger's values: limits, errors, and the keeper of personal fields.
//
// Values and interfaces; pure apart from what a Sealer does.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/schema/common.values.h"

namespace silkledger::json {

// What a document from outside may cost.
struct Limits {
  std::size_t document_bytes_max = 1 << 20;
  std::size_t depth_levels_max = 32;       // objects and arrays within each other
  std::size_t keys_count_max = 10'000;     // of all objects together
  std::size_t values_count_max = 100'000;  // each costs about 150 bytes while it is read
  std::size_t string_bytes_max = 256 << 10;
  std::size_t errors_count_max = 32;  // further ones are not reported
};

// One fault of a document. A document is reported with all its faults, in the order of the
// document.
struct JsonError {
  std::string code;     // stable, for programs: docs/formats/json.md lists them
  std::string pointer;  // RFC 6901; "" is the whole document
  std::string zh;
  std::string en;
  friend bool operator==(const JsonError&, const JsonError&) = default;
};

// Seals a personal text (UTF-8). Called on the thread that decodes.
class Sealer {
 public:
  virtual ~Sealer() = default;
  virtual schema::Sealed seal(std::string_view text) = 0;
};

// Opens a personal field; nothing if the reader may not see it or its key was erased.
class Unsealer {
 public:
  virtual ~Unsealer() = default;
  virtual std::optional<std::string> unseal(const schema::Sealed& sealed) = 0;
};

// For clients, which hold no keys: what the server shows is kept as it is (algorithm none).
class PlainText final : public Sealer, public Unsealer {
 public:
  schema::Sealed seal(std::string_view text) override;
  std::optional<std::string> unseal(const schema::Sealed& sealed) override;
};

// Shown in the place of a personal field that is not opened.
inline constexpr std::string_view kMask = "＊＊＊";
// A personal text must fit its ciphertext (common.capnp: 512 bytes with nonce and tag).
inline constexpr std::size_t kSealedTextBytesMax = 480;

struct DecodeOptions {
  Limits limits = {};
  Sealer* sealer = nullptr;  // borrowed; without one, personal fields are refused
  // For clients that read what the ledger wrote: skips keys that a newer server added, and the
  // lengths of $maxBytes and $maxItems, which bind only what comes in.
  bool from_ledger = false;
};

struct EncodeOptions {
  Unsealer* unsealer = nullptr;  // borrowed; without one, personal fields are masked
};

}  // namespace silkledger::json
