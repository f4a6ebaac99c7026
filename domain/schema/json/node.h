// A document from outside, bounded by Limits: keys in their order, numbers as they were written.
//
// Document owns its nodes; a Node lives as long as its Document. One thread at a time.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "domain/schema/json/options.h"

namespace silkledger::json {

struct Node {
  enum class Kind { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  bool boolean = false;
  mutable bool used = false;  // a decoder asked for this member; what nobody asked for is unknown
  std::size_t index = 0;      // place within the parent
  std::string key;            // of a member of an object
  std::string text;           // of a string its characters, of a number its digits
  const Node* parent = nullptr;
  const Node* first = nullptr;  // child
  const Node* next = nullptr;   // sibling
  std::size_t children = 0;
};

std::string pointer(const Node& node);                        // RFC 6901
std::string pointer(const Node& node, std::string_view key);  // of a member that may be missing

class Document {
 public:
  // Parses one JSON value. Faults of the text (syntax, limits, duplicate keys) go to `errors`;
  // unless some did, root() is the value.
  Document(std::string_view text, const Limits& limits, std::vector<JsonError>& errors);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const Node& root() const { return nodes_.front(); }

 private:
  friend class Builder;
  std::deque<Node> nodes_;
};

}  // namespace silkledger::json
