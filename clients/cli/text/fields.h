// "field=value" of a command line into the JSON body of a command.
//
//   investorName=测试企业        a text, as it stands
//   amount=约1.2亿元             an amount: {"fen":"12000000000","qualifier":"about"}
//   jobs=300余人                 a count
//   source.title=县政府网站       a field of a nested object
//   invited[]=653126             one more item of a list
//   nodes[0].name=开工           a field of one item
//   change={"type":"text",…}     JSON, where a nested object or list is wanted
//
// Types come from the Catalogue; without an entry there, numbers, true, false and JSON are read as
// such and everything else as text. Values, pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/text/catalogue.h"
#include "domain/kernel/text.h"

namespace silkledger::cli {

struct FieldFault {
  std::string argument;  // as it was written; empty when the base document is at fault
  Text message;
};

struct ParsedFields {
  std::string body;  // JSON object; meaningless when there are faults
  std::vector<FieldFault> faults;
};

inline constexpr std::size_t kListIndexMost = 255;  // as many items as the server takes

// `base` is a JSON object that the arguments add to, or empty.
ParsedFields parse_fields(const Catalogue& catalogue, std::string_view command,
                          std::string_view base, std::span<const std::string> arguments);

}  // namespace silkledger::cli
