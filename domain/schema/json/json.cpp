#include "domain/schema/json/json.h"

#include "domain/schema/json/decoder.h"
#include "domain/schema/json/node.h"

namespace silkledger::json {

std::vector<JsonError> decode_text(std::string_view text, const DecodeOptions& options,
                                   void (*decode)(const Node&, Decoder&, void*), void* out) {
  std::vector<JsonError> errors;
  const Document document(text, options.limits, errors);
  if (!errors.empty()) return errors;
  Decoder decoder(options, errors);
  decode(document.root(), decoder, out);
  return errors;
}

}  // namespace silkledger::json
