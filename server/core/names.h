// Names for ids, for sentences that people read: units, chains, items and codes from the Reference,
// people unsealed or masked.
//
// Borrows the Reference and the unsealer for its life; one thread.
#pragma once

#include "domain/registry/reference.h"
#include "domain/schema/json/options.h"
#include "domain/sentences/sentence.h"

namespace silkledger::server {

class ReferenceNames final : public domain::Names {
 public:
  // Without an unsealer people are masked.
  ReferenceNames(const domain::Reference& reference, json::Unsealer* unsealer)
      : reference_(reference), unsealer_(unsealer) {}

  std::string person(std::string_view person_id) const override;
  Text unit(std::string_view unit_id) const override;
  Text chain(std::string_view chain_id) const override;
  Text item(std::string_view item_id) const override;
  Text code(std::string_view kind, std::string_view code) const override;

 private:
  const domain::Reference& reference_;
  json::Unsealer* unsealer_;
};

}  // namespace silkledger::server
